"""Addresses on the web by their form alone: a document's, a shared folder's, or none at all."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit


class UrlForm(StrEnum):
    """What an address is by its form alone."""

    DOCUMENT = "document"
    FOLDER = "folder"
    INVALID = "invalid"


def url_form(address: str) -> UrlForm:
    """Tell a document's address from a folder's in Google Drive, OneDrive, SharePoint or Dropbox."""
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", address):
        return UrlForm.INVALID
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").casefold()
        _ = parts.port
    except ValueError:
        return UrlForm.INVALID
    if parts.scheme.casefold() not in {"http", "https"} or not host:
        return UrlForm.INVALID
    return UrlForm.FOLDER if _is_folder(host, parts) else UrlForm.DOCUMENT


def _is_folder(host: str, parts: SplitResult) -> bool:
    path, query = unquote(parts.path), parse_qs(parts.query)
    if host in {"drive.google.com", "docs.google.com"}:
        opens = re.search(r"/(folders|folderview|embeddedfolderview|folder/d)(/|$)", path)
        return opens is not None or (
            re.fullmatch(r"/(?:drive(?:/.*)?)?", path) is not None and host.startswith("drive")
        )
    if host in {"dropbox.com", "www.dropbox.com"}:
        return _is_dropbox_folder(path, query)
    if host == "1drv.ms":
        return path.startswith("/f/")
    if host == "onedrive.live.com":
        return path in {"", "/"} and "oneup" not in (query.get("o", [""])[0]).casefold()
    if host.endswith(".sharepoint.com"):
        return _is_sharepoint_folder(path, query)
    return False


def _names_a_file(path: str) -> bool:
    return re.search(r"\.[A-Za-z0-9]{2,5}$", path) is not None


def _is_dropbox_folder(path: str, query: dict[str, list[str]]) -> bool:
    if _names_a_file(path):
        return False
    if re.match(r"/(?:scl/fo|sh)/", path):
        return True
    return re.match(r"/?$|/(?:home|personal|work)(?:/|$)", path) is not None and "preview" not in query


_LIBRARY_VIEW = re.compile(r"/forms/(?!(?:disp|edit)form\.)[^/]+\.aspx$|/(?:allitems|onedrive)\.aspx$")
"""A library as it is shown; `DispForm` and `EditForm` show one document of it."""


def _is_sharepoint_folder(path: str, query: dict[str, list[str]]) -> bool:
    if path.startswith("/:"):
        return path.startswith("/:f:")
    if _LIBRARY_VIEW.search(path.casefold()):
        return not _names_a_file(query.get("id", [""])[0])
    return "/_layouts/" not in path.casefold() and not _names_a_file(path)


def without_marks(written: str) -> str | None:
    """Return the address between the marks of Markdown, `<…>` or `[words](…)`; None where there are none."""
    marked = re.fullmatch(r"<([^<>\s]+)>|\[[^\[\]]*\]\(\s*<?([^\s()<>]+)>?\s*\)", written.strip())
    if marked is None:
        return None
    address = marked[1] or marked[2]
    whole = address if "://" in address else address_meant(address)
    return whole if whole is not None and url_form(whole) is not UrlForm.INVALID else None


def address_meant(written: str) -> str | None:
    """Return the address that was probably meant: `https://` left out, or spaces within."""
    whole = re.sub(r"\s+", "%20", written.strip())
    if "://" not in whole and re.match(r"(?:[\w\-]+\.)+[a-z]{2,}(?:[:/?#]|$)", whole, re.IGNORECASE):
        whole = f"https://{whole}"
    return whole if whole != written and url_form(whole) is not UrlForm.INVALID else None
