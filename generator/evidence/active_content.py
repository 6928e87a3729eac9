"""Whether a browser or a web server may run a file: by a list of what is harmless, not of what is harmful."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.evidence.filetypes import BY_ENDING, Runs
from generator.evidence.sample import Sample


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RUN_BY_BROWSERS = _words("shtm stm hta htc svgz mml xul xbl js mjs cjs jse wasm swf jar class jnlp xap xpi crx")
"""Endings by which browsers run what is no evidence, beside the rows of the table that say so."""
_RUN_BY_SERVERS = _words(
    "php php2 php3 php4 php5 php6 php7 php8 phps pht phtm phtml phar inc "
    "asp aspx asa asax ascx ashx asmx axd cdx cer cshtml vbhtml svc soap rem config "
    "jsp jspx jspf jsw jsv jtml jhtml war "
    "cgi fcgi fpl pl pm py pyc pyo pyw wsgi rb erb rhtml lua tcl cfm cfml cfc "
    "shtml shtm stm ssi sh bash zsh ksh csh fish command "
    "exe dll com bat cmd msi msp scr cpl pif ps1 psm1 vbs vbe wsf wsh ws reg scf "
    "htaccess htpasswd"
)
_RUN_BEHIND_ANOTHER = _words(
    "php php2 php3 php4 php5 php6 php7 php8 phps pht phtm phtml phar asp aspx asa ashx asmx cer "
    "jsp jspx cgi fcgi cfm cfml shtml"
)
"""Endings by which a server may run `a.php.jpg`: Apache's handlers look at every ending, old IIS at `a.asp;.jpg`."""
_SETTINGS_OF_SERVERS = _words("web.config .user.ini php.ini _headers _redirects global.asa global.asax")

_BLANKS = " \t\r\n\f\v\xa0\x85\u2028\u2029\u200b\u200c\u200d\u2060\ufeff"
_MOST_BLANKS = 8 * 1024 * 1024
_BLOCK = 64 * 1024


def is_active(file: Sample, name: str) -> bool:
    """Whether a file of this name may be run when it is opened or served. Raises OSError."""
    endings = _endings(name)
    last = endings[-1] if endings else ""
    if runs_on_server(name) or _runs_in_browsers(last):
        return True
    if _runs(last) is Runs.NEVER:
        return False
    # A server that does not know the last ending goes by the one before: `a.html.id` is a page in Indonesian.
    return any(map(_runs_in_browsers, endings)) or _begins_with_markup(file)


def _runs(ending: str) -> Runs:
    row = BY_ENDING.get(ending)
    return Runs.BY_CONTENT if row is None else row.runs


def _runs_in_browsers(ending: str) -> bool:
    return ending in _RUN_BY_BROWSERS or _runs(ending) is Runs.ALWAYS


def runs_on_server(name: str) -> bool:
    """Whether a web server may run a file of this name, or take it for its own settings."""
    plain, endings = _plain(name), _endings(name)
    if plain in _SETTINGS_OF_SERVERS or plain.startswith(".ht"):
        return True
    return bool(endings) and (endings[-1] in _RUN_BY_SERVERS or not _RUN_BEHIND_ANOTHER.isdisjoint(endings))


def _plain(name: str) -> str:
    """Return a name as systems compare it: Windows drops dots and blanks at its end."""
    return name.rpartition("/")[2].casefold().rstrip(". ")


def _endings(name: str) -> list[str]:
    return [each.strip() for each in re.split(r"[.;:]", _plain(name))[1:]]


def _begins_with_markup(file: Sample) -> bool:
    """Whether the first sign of a file is `<`, after blanks and marks of an encoding; scripts begin with `#!`."""
    head = file.head
    if head.startswith(b"#!"):
        return True
    encoding = _encoding(head)
    if (sign := _first_sign([head], encoding)) is None:  # as many blanks as a browser may still pass over
        with file.opened() as stream:
            blocks = iter(lambda: stream.read(_BLOCK), b"")
            sign = _first_sign(
                (block for block, _ in zip(blocks, range(_MOST_BLANKS // _BLOCK), strict=False)), encoding
            )
    return sign == "<"


def _encoding(head: bytes) -> str:
    """Return how a text that begins like this is encoded: by its mark, else by the zeros around its first sign."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    return next((encoding for encoding, pattern in _WIDE.items() if pattern.match(head)), "utf-8")


_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32-le", b"\x00\x00\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be",
}  # fmt: skip
_WIDE = {
    "utf-32-le": re.compile(rb"(?:[\t\n\r ]\0\0\0)*<\0\0\0"),
    "utf-32-be": re.compile(rb"(?:\0\0\0[\t\n\r ])*\0\0\0<\0\0\0"),
    "utf-16-le": re.compile(rb"(?:[\t\n\r ]\0)*<\0"),
    "utf-16-be": re.compile(rb"(?:\0[\t\n\r ])*\0<\0"),
}


def _first_sign(blocks: Iterable[bytes], encoding: str) -> str | None:
    for block in blocks:
        text = block.decode(encoding, "replace").lstrip(_BLANKS)
        if text:
            return text[0]
    return None
