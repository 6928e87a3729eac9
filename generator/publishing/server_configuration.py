"""What a web server needs to serve a site, written for one server from a template and checked values."""

from __future__ import annotations

import html
import ipaddress
import re
import shlex
import textwrap
from collections.abc import Iterator, Mapping
from functools import partial
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct

from generator.evidence.filetypes import DATA, TYPES
from generator.languages import DEFAULT, selection
from generator.messages.refusals import Refused
from generator.model import addresses
from generator.site.theme import CSP

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Value = str | tuple[str, ...]
"""What stands for a placeholder; the line of a tuple is repeated for each of its values, and left out without any."""

TEMPLATES = {"nginx": "nginx.conf", "apache": "apache.conf", "caddy": "Caddyfile", "iis": "web.config"}
"""The template of each server, by the name that the command knows it by."""

PAGE_POLICY = f"{CSP}; frame-ancestors 'self'"
"""The content security policy of pages as a header: that of their own meta tag, and who may show them in a frame."""

FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; object-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""The policy of documents: nothing runs. Browsers show pictures, films and PDFs (see docs/platforms.md)."""

EXAMPLE_NETWORK = ipaddress.ip_network("10.0.0.0/8")
LONGEST_NAME = 200
LONGEST_LINE = 100

SITE_MODULES = "alias allowmethods auth_basic authn_file authz_host authz_user deflate dir env filter headers"
"""The modules of Apache that serve a site."""

_BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")
_ROOT = re.compile(r"(?:/|[A-Za-z]:/|//[^/])[^\x00-\x1f\x7f\"'`$%{}<>*?|\[\]\\]*")
_PLACEHOLDER = re.compile(r"__([A-Z]+(?:_[A-Z]+)*)__")
_SITE_TYPES = {
    "text/html; charset=utf-8": "html",
    "text/css; charset=utf-8": "css",
    "text/javascript; charset=utf-8": "js mjs",
    "application/json": "json",
    "image/svg+xml": "svg",
    "image/vnd.microsoft.icon": "ico",
    "font/woff2": "woff2",
}
"""Endings of pages, assets and data; a document of one of these that a browser could run is published in a zip."""


class Serving(Struct, frozen=True):
    """Where a site is served: its address on the server, its folder there, who may read it, its name."""

    base: str
    """Begins and ends with `/`."""
    root: str
    """An absolute path with `/` between its parts and none at its end."""
    networks: tuple[Network, ...]
    """Where readers need no password; without any everybody may read."""
    name: str

    @property
    def identifier(self) -> str:
        """Return a word for names in the configuration, which several sites of one server do not share."""
        return re.sub(r"[^a-z0-9]+", "_", f"catat{self.base.lower()}").strip("_")

    @property
    def file_name(self) -> str:
        """Return the name, without an ending, under which the configuration is kept."""
        return self.identifier.replace("_", "-")


def base_path(written: str) -> str:
    """Return the address of a site on its server, from and to a `/`. Raises Refused."""
    inner = written.strip("/")
    base = f"/{inner}/" if inner else "/"
    if not _BASE.fullmatch(base):
        raise Refused(_("{value} is no address on a server. Write it like /zi/").format(value=written))
    return base


def root_path(written: str) -> str:
    """Return the folder of a site on its server, without a `/` at its end. Raises Refused."""
    root = written.replace("\\", "/") if re.match(r"[A-Za-z]:|\\\\", written) else written
    root = root.rstrip("/")
    if not _ROOT.fullmatch(root) or {".", ".."} & set(root.split("/")):
        sentence = _("{value} is no whole path of a folder on the server. Write it like /var/www/zi/current")
        raise Refused(sentence.format(value=written))
    return root


def network(written: str) -> Network:
    """Return a range of addresses. Raises Refused."""
    try:
        return ipaddress.ip_network(written, strict=False)
    except ValueError as error:
        raise Refused(_("{value} is no network. Write it like 10.0.0.0/8").format(value=written)) from error


def site_name(written: str) -> str:
    """Return the name of a site for its error page. Raises Refused."""
    if not written.isprintable() or len(written) > LONGEST_NAME:
        raise Refused(_("The name of the site is one line of at most {count} characters.").format(count=LONGEST_NAME))
    return written


def configuration(server: str, serving: Serving) -> str:
    """Return the configuration of a server, with comments in the language of the run."""
    comment = "<!-- {} -->" if server == "iis" else "# {}"
    return from_template(TEMPLATES[server], _values(server, serving), comment, restricted=bool(serving.networks))


def from_template(name: str, values: Mapping[str, Value], comment: str = "# {}", *, restricted: bool = False) -> str:
    """Return a template with its values; lines for sites that not everybody may read are comments of other sites."""
    lines = (Path(__file__).with_name("server_configurations") / name).read_text("utf-8").splitlines()
    kept = (each for line in lines for each in _switched(line, comment, restricted=restricted))
    return "".join(f"{each}\n" for line in kept for each in _filled(line, values))


def _switched(line: str, comment: str, *, restricted: bool) -> Iterator[str]:
    """Yield a line; one that begins with `~` is for sites that not everybody may read, else it is a comment."""
    indent, mark, rest = line.partition("~ ")
    if not mark or indent.strip():
        yield line
    else:
        yield indent + (rest if restricted else comment.format(rest))


def _filled(line: str, values: Mapping[str, Value]) -> Iterator[str]:
    """Yield a line with the values of its placeholders, once for each value of one that has several."""
    names = _PLACEHOLDER.findall(line)
    several = next((values[name] for name in names if isinstance(values[name], tuple)), None)
    for each in ("",) if several is None else several:
        yield _PLACEHOLDER.sub(lambda match, own=each: _text(values[match[1]], own), line)  # type: ignore[misc]


def _text(value: Value, own: str) -> str:
    return value if isinstance(value, str) else own


def _values(server: str, serving: Serving) -> dict[str, Value]:
    networks = serving.networks or (EXAMPLE_NETWORK,)
    root = serving.root
    return {
        **_comments(server, serving),
        "ID": serving.identifier,
        "NAME": serving.file_name,
        "BASE": serving.base,
        "BASE_BARE": (serving.base[:-1],) if serving.base != "/" else (),
        "BASE_PATTERN": re.escape(serving.base),
        "ROOT": root,
        "PAGE_POLICY": PAGE_POLICY,
        "FILE_POLICY": FILE_POLICY,
        "STYLED_FILE_POLICY": FILE_POLICY.replace("style-src", "style-src 'self'"),
        "NETWORKS": tuple(str(each) for each in networks),
        "NETWORK_LIST": " ".join(str(each) for each in networks),
        "NETWORK_ELEMENTS": tuple(
            f'<add ipAddress="{each.network_address}" subnetMask="{each.netmask}" allowed="true" />'
            for each in networks
        ),
        "REALM": _("The unit's portfolio"),
        "LOST": lost_page(serving),
        **_types(),
    }


def _types() -> dict[str, Value]:
    """Return the types of files, in the form of each server; all else is data that a browser saves."""
    by_type: dict[str, list[str]] = {type_: endings.split() for type_, endings in _SITE_TYPES.items()}
    known = {each for endings in by_type.values() for each in endings}
    for row in TYPES:
        if row.media_type != DATA:
            by_type.setdefault(row.media_type, []).extend(each for each in row.endings.split() if each not in known)
    by_type["text/plain; charset=utf-8"].append("sig")
    rows = sorted(by_type.items())
    return {
        "TYPES_NGINX": tuple(f"{type_.partition(';')[0]} {' '.join(endings)}" for type_, endings in rows),
        "TYPES_APACHE": tuple(
            f'<FilesMatch "(?i)\\.({"|".join(endings)})$">\n        ForceType "{type_}"\n    </FilesMatch>'
            for type_, endings in rows
        ),
        "TYPES_CADDY": tuple(f'~(?i)\\.({"|".join(endings)})$ "{type_}"' for type_, endings in rows),
        "TYPES_IIS": tuple(
            f'<remove fileExtension=".{each}" /><mimeMap fileExtension=".{each}" mimeType="{type_}" />'
            for type_, endings in rows
            for each in endings
        ),
    }


def lost_page(serving: Serving) -> str:
    """Return the page for what is not there, one line of ASCII that no server reads anything else in.

    Its addresses are whole, unlike those of the site's own 404.html, because it answers at every depth.
    """
    ways = (
        (_("Readiness"), addresses.FRONT),
        (_("Search"), addresses.SEARCH),
        (_("Changes"), addresses.CHANGES),
    )
    title, base = _("This page is not here"), serving.base
    sentence = _(
        "The address may be mistyped, or the page was taken out when the portfolio was last published. "
        "Items, records and documents keep their addresses as long as they are there."
    )
    links = "".join(f"<li><a href='{base}{address}'>{_in_html(name)}</a></li>" for name, address in ways)
    return (
        f"<!DOCTYPE html><html lang='{selection.spoken() or DEFAULT}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'><meta name='robots' content='noindex'>"
        "<meta name='color-scheme' content='light dark'>"
        f"<title>{_in_html(title)} - {_in_html(serving.name)}</title>"
        f"<link rel='stylesheet' href='{base}{addresses.ASSETS}/style.css'>"
        f"<link rel='icon' href='{base}{addresses.ASSETS}/icon.svg' type='image/svg+xml'></head><body>"
        f"<header class='side'><a class='brand' href='{base}{addresses.FRONT}'>"
        f"<strong>{_in_html(serving.name)}</strong></a></header><main id='main'><h1>{_in_html(title)}</h1>"
        f"<p class='measure'>{_in_html(sentence)}</p>"
        f"<ul class='lines ways'>{links}</ul></main></body></html>"
    )


def _in_html(text: str) -> str:
    """Return text for a page that stands in a configuration: what a server could read is a character reference."""
    escaped = html.escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return re.sub(r"[\\$%{}`]", lambda match: f"&#{ord(match[0])};", escaped)


def _comments(server: str, serving: Serving) -> dict[str, Value]:
    """Return the comments of a configuration, each as the lines of a paragraph."""
    texts = {
        "ABOUT": "\n    ".join(
            (_("The portfolio at {base}. Written with:").format(base=serving.base), _command(server, serving))
        ),
        "PLACE": place(server).replace("{name}", serving.file_name).replace("{base}", serving.base),
        "ROOTS": _(
            "The folder that is served ({root}) is the link `current` which each publication sets anew, or a plain "
            "folder that has .catat/ in it. Names that begin with a dot, .catat above all, are never served."
        ).format(root=serving.root),
        "TIMES": _(
            "Browsers ask by size and time whether a file is another one. Never give published files a fixed or a "
            "copied time (cp -p, touch, rsync -t, a mirror): another file of the same size and time passes for the old."
        ),
        "POLICIES": _(
            "Policies: pages load only what is theirs; nothing of files/ runs. The page of a withdrawn document, "
            "files/.../index.html, is a page."
        ),
        "ACCESS": _(
            "Who may read. As an example: no password from a network of the office, one from everywhere else. "
            "Behind a proxy each request comes from the proxy: decide there."
        ),
        "PASSWORDS": _passwords(server).replace("{name}", serving.file_name),
        "LOST_PAGE": _("The page for what is not there, with whole addresses: it answers at every depth."),
        "ONLY_READING": _("Only reading, no lists of folders, nothing that is run."),
    }
    return comments(texts, server)


def comments(texts: Mapping[str, str], server: str) -> dict[str, Value]:
    """Return paragraphs as the lines of comments in the configuration of a server."""
    wrap = partial(textwrap.wrap, width=LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
    return {
        key: tuple(line for written in _plain(text, server).split("\n") for line in wrap(written))
        for key, text in texts.items()
    }


def _plain(text: str, server: str) -> str:
    """Return a comment as it can stand in a file: in XML it must not hold two hyphens."""
    return re.sub(r"-(?=-)", "- ", text) if server == "iis" else text


def place(server: str, modules: str = SITE_MODULES) -> str:
    """Return where to put the configuration and how to try it: a sentence, and lines to type.

    `modules` are those that Apache needs.
    """
    if server == "iis":
        return _(
            "NOT TRIED on IIS; tell us how it went. Save as web.config in the folder that {base} leads to. "
            "Catat leaves it there."
        )
    file, context, *commands = _PLACES[server]
    sentence = _("Save as {file} and write into the {context} of this address the first of these lines; then try it:")
    lines = (each.replace("{modules}", modules) for each in commands)
    return "\n    ".join((sentence.replace("{file}", file).replace("{context}", context), *lines))


_PLACES = {
    "nginx": (
        "/etc/nginx/snippets/{name}.conf",
        "server { }",
        "include snippets/{name}.conf;",
        "nginx -t && systemctl reload nginx",
    ),
    "apache": (
        "/etc/apache2/{name}.conf",
        "<VirtualHost>",
        "Include {name}.conf",
        "a2enmod {modules}",
        "apachectl configtest && systemctl reload apache2",
    ),
    "caddy": (
        "/etc/caddy/{name}.caddy",
        "site block",
        "import {name}.caddy",
        "caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy",
    ),
}
"""For each server the file, what includes it, and what to type: to include it, and on the command line."""


def _passwords(server: str) -> str:
    """Return how passwords are made."""
    if server == "caddy":
        return _(
            "/etc/caddy/{name}.users has a line for each reader: a name, and what caddy hash-password prints. "
            "From Caddy 2.8 on basicauth is called basic_auth."
        )
    if server == "iis":
        return _(
            "IIS knows no choice of network or password: this is by network alone, and needs the role service IP "
            "and Domain Restrictions."
        )
    folder = {"nginx": "nginx", "apache": "apache2"}[server]
    return f"{_('Passwords:')} htpasswd -c /etc/{folder}/{{name}}.htpasswd {_('NAME')}"


def _command(server: str, serving: Serving) -> str:
    options = ["--base", serving.base, "--root", serving.root]
    for each in serving.networks:
        options += ["--network", str(each)]
    return shlex.join(["catat", "server-config", server, *options])
