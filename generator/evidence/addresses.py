"""Addresses on the web by their form alone: a document's, a shared folder's, one of either, or none at all."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final, assert_never
from urllib.parse import SplitResult, unquote, urlsplit

from generator import folding
from generator.evidence.sharing_services import SharedPlace, names_nothing, target
from generator.model.evidence import UrlForm


class UrlFault(StrEnum):
    """Why an address cannot be opened by an assessor. The values are the variants of `url-invalid`."""

    SYNTAX = ""
    SCHEME = "scheme"
    PLACEHOLDER = "placeholder"
    PRIVATE = "private"
    ONE_WORD = "one-word"
    PASSWORD = "password"  # noqa: S105 - the name of a fault


def url_form(address: str) -> UrlForm:
    """Tell a document's address from that of a folder of a sharing service."""
    parts = _split(address)
    if isinstance(parts, UrlFault):
        return UrlForm.INVALID
    led_to = target(_host(parts), parts)
    match led_to:
        case SharedPlace.DOCUMENT:
            return UrlForm.DOCUMENT
        case SharedPlace.FOLDER:
            return UrlForm.FOLDER
        case SharedPlace.EITHER:
            return UrlForm.UNCLEAR
    assert_never(led_to)


def url_fault(address: str) -> UrlFault | None:
    """Return why an assessor cannot open an address of the web; None where its form is right.

    Meant for evidence and for links of texts alike.
    """
    parts = _split(address)
    return parts if isinstance(parts, UrlFault) else None


@lru_cache(maxsize=1000)
def _split(address: str) -> SplitResult | UrlFault:
    """Return the parts of an address, or what is wrong with it."""
    if _is_placeholder(address):
        return UrlFault.PLACEHOLDER
    scheme = _SCHEME.match(address)
    if scheme is not None and scheme[1].casefold() not in {"http", "https"} and not is_http_misspelt(scheme[1]):
        return UrlFault.SCHEME
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", address):
        return UrlFault.SYNTAX
    try:
        parts = urlsplit(address)
        host = _host(parts)
        _ = parts.port
    except ValueError:
        return UrlFault.SYNTAX
    if parts.scheme.casefold() not in {"http", "https"} or not parts.netloc:
        return UrlFault.SYNTAX
    fault = _host_fault(host)
    if fault is None and "@" in parts.netloc:  # whoever reads the site would have it
        return UrlFault.PASSWORD
    if fault is None and names_nothing(host, parts):
        return UrlFault.PLACEHOLDER
    return parts if fault is None else fault


_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+\-]+):(?!\d+(?:/|$))")


def is_http_misspelt(scheme: str) -> bool:
    """Whether a scheme is `http` or `https`, or one of them with a slip."""
    word = scheme.casefold()
    return word in {"ttps", "ttp", "tps"} or (word != "ftps" and bool(folding.misspelt(word, ("http", "https"))))


def _host(parts: SplitResult) -> str:
    """Return the host of an address as a browser reads it: decoded, in small letters, without a dot at its end."""
    written = unicodedata.normalize("NFKC", unquote(parts.hostname or ""))
    return written.replace("\u3002", ".").removesuffix(".").casefold()


def without_password(address: str) -> str:
    """Return an address without the user name and password that stand before its host."""
    return re.sub(r"^([A-Za-z][A-Za-z0-9+\-]*:/*)[^/?#]*@", r"\1", address)


# Hosts


_UNREACHABLE: Final = tuple(
    ipaddress.ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
"""This computer, local networks and groups of computers (RFC 6890), without the ranges that guides use as examples."""

_LOCAL_HOSTS: Final = re.compile(
    r"(?:.*\.)?(?:localhost|local|localdomain|lokal|lan|test|invalid|internal|intranet|intra|corp|home|private|home\.arpa|domain\.local)"
)
_LABEL: Final = re.compile(r"(?!-)[\w\-]{1,63}(?<!-)")


def _host_fault(host: str) -> UrlFault | None:
    number = _number(host)
    if number is not None:
        return UrlFault.PRIVATE if _is_local(number) else None
    labels = host.split(".")
    if ":" in host or labels[-1].isdecimal() or not all(map(_LABEL.fullmatch, labels)):
        return UrlFault.SYNTAX
    if _LOCAL_HOSTS.fullmatch(host):
        return UrlFault.PRIVATE
    return UrlFault.ONE_WORD if len(labels) == 1 else None


def _is_local(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return _is_local(inner)
    return any(number in network for network in _UNREACHABLE if network.version == number.version)


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the number that a host is, in any form that browsers read: `127.1`, `2130706433`, `0x7f.1`, `::1`."""
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host)
        except ValueError:
            return None
    values = [_integer(part) for part in host.split(".")]
    *first, last = values
    if last is None or len(values) > _OCTETS or any(each is None or each > _BYTE for each in first):
        return None
    left = _OCTETS - len(first)
    if last >= 256**left:
        return None
    return ipaddress.IPv4Address(sum((each or 0) << 8 * (3 - place) for place, each in enumerate(first)) + last)


_OCTETS: Final = 4
_BYTE: Final = 255


def _integer(part: str) -> int | None:
    """Return a part of a number as the URL standard reads it: decimal, octal after `0`, hexadecimal after `0x`."""
    if re.fullmatch(r"0x[0-9a-f]{0,8}", part):
        return int(part[2:] or "0", 16)
    if re.fullmatch(r"0[0-7]{1,11}", part):
        return int(part, 8)
    return int(part) if re.fullmatch(r"[0-9]{1,10}", part) else None


# Placeholders


_FILL_IN_WORD: Final = (
    r"(?:x{3,}|isi|isilah|diisi|contoh|contohnya|misal|misalnya|sample|example|link|tautan|alamat|url|uri|website|situs"
    r"|domain|host|hostname|nama|judul|berkas|file|dokumen|todo|tbd|tba|menyusul|belum|kosong|placeholder|dummy|www)"
)
_FILL_IN: Final = re.compile(
    rf"{_FILL_IN_WORD}(?:-?(?:{_FILL_IN_WORD}|di-?sini|here|anda|kami|satker|unit|web|lengkap|your|ada|nya))*"
)
_EXAMPLE_HOST: Final = re.compile(
    r"(?:www\.)?(?:example\.(?:com|net)|contoh\.(?:com|id|net|co\.id)|domain\.com|x{3,}(?:\.\w+)+"
    r"|(?:your|nama)-?(?:domain|website|site|situs)\.[\w.]+|(?:domain|website|situs)-?(?:anda|kami)\.[\w.]+)"
)
"""Hosts that forms name as an example. `example.org` and `.example` stand for real hosts in guides and tests."""
_ELLIPSIS: Final = re.compile(r"(?:\u2026|\.{3,})(?=$|[/?#&])|(?<=[/=])(?:\u2026|\.{3,})")
_IN_BRACKETS: Final = re.compile(r"[/=](?:<[^<>]*>|\{[^{}]*\}|\[(?=[^\]]*[^\W\d_])[^\[\]:]*\])")
_ID_TO_FILL_IN: Final = re.compile(
    r"(?<=[/=])(?:x{3,}(?=[/?&#]|$)"
    r"|(?:(?:your|file|doc|folder|document)[_\-]?(?:file|doc|folder)?[_\-]?id|id[_\-]?(?:file|berkas|dokumen))"
    r"(?=/?$|[?&#]|/(?:view|edit|preview|copy|pub)))",  # not where the id stands behind: `/unduh/id_file/12`
    re.IGNORECASE,
)


def _is_placeholder(address: str) -> bool:
    """Whether nobody has written an address yet, or it was cut off: `https://…`, `<isi di sini>`, `https://link`."""
    match = re.match(r"\s*(https?:)/*([^/?#]*)(.*)", address, re.IGNORECASE | re.DOTALL)
    if match is None:
        words = _words(address)
        in_brackets = re.fullmatch(r"\s*<[^<>.:]+>\s*", address) is not None
        return bool(address.strip()) and (not words or in_brackets or _FILL_IN.fullmatch(words) is not None)
    host, rest = match[2].casefold().strip().removesuffix("."), match[3].rstrip()
    words = _words(host)
    if not words and ":" not in host:
        return bool(host) or not rest.strip("/")
    return (
        _FILL_IN.fullmatch(words) is not None
        or _EXAMPLE_HOST.fullmatch(host) is not None
        or _ELLIPSIS.search(host + rest) is not None
        or _IN_BRACKETS.search(address) is not None
        or _ID_TO_FILL_IN.search(rest) is not None
    )


def _words(text: str) -> str:
    """Return the words of a text in small letters with `-` between them; nothing where it has no letter or digit."""
    return "-".join(folding.words(text))
