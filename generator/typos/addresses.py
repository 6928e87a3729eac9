"""The address on the web that was probably meant, where what was written is none."""

from __future__ import annotations

import re
from typing import Final

from generator.evidence.addresses import is_http_misspelt, url_form
from generator.folding import straight
from generator.model.evidence import UrlForm


def without_marks(written: str) -> str | None:
    """Return the address between the marks of Markdown, `<…>` or `[words](…)`; None where there are none."""
    marked = re.fullmatch(r"<([^<>\s]+)>|\[[^\[\]]*\]\(\s*<?([^\s()<>]+)>?\s*\)", written.strip())
    if marked is None:
        return None
    address = marked[1] or marked[2]
    whole = address if "://" in address else address_meant(address)
    return whole if whole is not None and url_form(whole) is not UrlForm.INVALID else None


def address_meant(written: str) -> str | None:
    r"""Return the address that was probably meant: `https://` left out or misspelt, or spaces within.

    `www.a.go.id`, `htps://a.go.id`, `https:/a.go.id`, `https//a.go.id` and `https:\\a.go.id` mean `https://a.go.id`.
    """
    if url_form(written) is not UrlForm.INVALID:
        return None
    whole = re.sub(r"\s+", "%20", _with_scheme(straight(written)))
    return whole if url_form(whole) is not UrlForm.INVALID else None


def _with_scheme(written: str) -> str:
    """Return an address with its scheme as it is spelt; as it stands where none is meant for certain."""
    match = _NEARLY_SCHEME.match(written)
    if match is not None and is_http_misspelt(match["scheme"]):
        scheme = "http" if match["scheme"].casefold() == "http" else "https"
        rest = written[match.end() :].replace("\\", "/")
        again = _NEARLY_SCHEME.match(rest)
        if again is not None and is_http_misspelt(again["scheme"]):  # `https://https://a.go.id`
            return _with_scheme(rest)
        return f"{scheme}://{rest}"
    if "://" not in written and re.match(r"/{0,2}(?:[\w\-]+\.)+[a-z]{2,}(?:[:/?#]|$)", written, re.IGNORECASE):
        return f"https://{written.lstrip('/')}"
    return written


_NEARLY_SCHEME: Final = re.compile(r"(?P<scheme>[A-Za-z]{2,8})\s*(?:[:;.,]+\s*[/\\]*|[/\\]{2,})\s*")
