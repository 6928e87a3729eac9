"""What an address of a sharing service leads to, by its form alone: a document, a folder, or what may be either."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote

from msgspec import Struct


class SharedPlace(Enum):
    """What an address leads to. `EITHER`: its form is the same for a document and for a folder."""

    DOCUMENT = "document"
    FOLDER = "folder"
    EITHER = "either"


class _Service(Struct, frozen=True):
    """A service by its hosts, and its addresses by pattern; what matches none of them is a document.

    The patterns are searched in the decoded path, with `?query` and `#fragment` where there are any. One of
    `documents` comes before `folders`, and that before `either`.
    """

    hosts: str
    documents: str = ""
    folders: str = ""
    either: str = ""


@cache  # most runs need none of the patterns, and few need all
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written or r"(?!)", re.IGNORECASE)


_NAMED_FILE: Final = r"\.[A-Za-z0-9]{2,5}(?=$|[?#])"
_OWN_FILES: Final = r"^/?(?:$|[?#])"
"""The first page of a service: the files of whoever opens it."""

_SERVICES: Final = (
    _Service(
        r"drive\.google\.com",
        documents=r"^/(?:a/[^/]+/)?(?:file/d|uc|thumbnail)(?=[/?#]|$)",
        folders=rf"/(?:folders|folderview|embeddedfolderview|folder/d)(?=[/?#]|$)|^/drive(?=[/?#]|$)|{_OWN_FILES}",
        either=r"^/(?:a/[^/]+/)?(?:open|leaf)(?=[/?#]|$)",
    ),
    _Service(
        r"docs\.google\.com",
        documents=r"/d/(?!$)(?<!folder/d/)",
        folders=(
            r"/(?:folders|folderview|embeddedfolderview|folder/d)(?=[/?#]|$)"
            rf"|^/(?:document|spreadsheets|presentation|forms)(?:/u/\d+)?/?(?:$|[?#])|{_OWN_FILES}"
        ),
        either=r"^/(?:a/[^/]+/)?(?:open|leaf)(?=[/?#]|$)",
    ),
    _Service(
        r"photos\.google\.com",
        documents=r"/photo/",
        folders=rf"^/(?:u/\d+/)?(?:share|albums?|direct)(?=[/?#]|$)|{_OWN_FILES}",
    ),
    _Service(r"photos\.app\.goo\.gl", either=r"."),
    _Service(
        r"(?:www\.)?mega(?:\.co)?\.(?:nz|io)",
        documents=r"/file/|^/?#!|^/?#F![^?]*\?",
        folders=rf"^/(?:folder|collection|fm)(?=[/?#]|$)|^/?#(?:F!|fm)|{_OWN_FILES}",
    ),
    _Service(
        r"1drv\.ms",
        documents=r"^/[bwxptiv]/",
        folders=r"^/f/",
        either=r".",
    ),
    _Service(
        r"(?:www\.)?mediafire\.com",
        documents=r"^/(?:file|view|download|file_premium|convkey)/",
        folders=r"^/(?:folder/|myfiles)|^/?(?:#|$)",
        either=r"^/?\?",
    ),
    _Service(
        r"(?:[\w\-]+\.)*box\.com",
        documents=r"/file/\d|^/(?:shared/)?static/",
        folders=r"/folder/\d|^/(?:files|folder)(?:/|$)",
        either=r"^/(?:embed/|embed_widget/)?(?:s|v)/",
    ),
    _Service(
        r"(?:disk\.(?:360\.)?yandex\.(?:com|ru|kz|by|net|com\.tr|uz)|yadi\.sk)",
        documents=rf"^/i/|^/d/[^?#]*{_NAMED_FILE}",
        folders=rf"^/(?:a|client)/|{_OWN_FILES}",
        either=r"^/(?:d|mail|public)(?=[/?#]|$)",
    ),
    _Service(
        r"(?:[\w\-]+\.)*pcloud\.(?:com|link)",
        documents=r"[?&]code=XZ",
        folders=r"[?&]code=kZ|page=filemanager",
        either=r"/publink/|/show(?=[?#]|$)",
    ),
    _Service(r"filedn\.(?:com|eu)", documents=_NAMED_FILE, folders=r"."),
    _Service(
        r"(?:www\.)?(?:\d*tera(?:box|share|fileshare)\w*|freeterabox|nephobox|4funbox|mirrobox|momerybox|tibibox)\.(?:com|app|co)",
        folders=r"^/(?:main|disk)(?=[/?#]|$)",
        either=r"^/(?:\w+/)?(?:s/|sharing/|wap/share)",
    ),
    _Service(
        r"(?:www\.)?4shared\.com",
        folders=r"^/(?:folder|dir|account|minifolder)(?=[/?#]|$)",
        either=r"^/s/",
    ),
    _Service(
        r"(?:www\.)?icloud\.com|share\.icloud\.com",
        documents=rf"^/iclouddrive/[^#]*#[^#]*{_NAMED_FILE}|^/(?:pages|numbers|keynote)/",
        folders=rf"^/sharedalbum(?=[/#?]|$)|^/(?:iclouddrive|photos)/?(?:$|\?|#/?$)|{_OWN_FILES}",
        either=r"^/(?:iclouddrive|photos)/|^/(?:photos/)?#",
    ),
    _Service(r"(?:[\w\-]+\.)?wetransfer\.com", either=r"^/downloads/"),
    _Service(r"we\.tl", either=r"."),
    _Service(r"gofile\.io", folders=r"^/d/"),
    _Service(r"gofile\.me|(?:[\w\-]+\.)+(?:quickconnect\.to|synology\.me)", either=r"."),
    _Service(r"workdrive\.zoho(?:public|external)?\.\w+(?:\.\w+)?", folders=r"/folders?/", either=r"^/external/"),
    _Service(r"files\.fm", folders=r"^/u/"),
    _Service(r"drive\.proton\.me", folders=r"^/u/\d+/?[^/]*$", either=r"^/urls/"),
    _Service(r"k?drive\.infomaniak\.com", either=r"/share/"),
    _Service(r"(?:www\.)?(?:jottacloud\.com|koofr\.net|(?:ln\d?\.)?sync\.com|filen\.io)", either=r"."),
    _Service(r"db\.tt", either=r"."),
)  # fmt: skip

_SHORTENED: Final = re.compile(
    r"(?:www\.)?(?:"
    r"bit\.ly|bitly\.com|s\.id|tinyurl\.com|cutt\.ly|goo\.gl|rb\.gy|shorturl\.(?:at|asia)|is\.gd|v\.gd|t\.ly|tiny\.cc|ow\.ly"
    r"|buff\.ly|rebrand\.ly|intip\.in|gg\.gg|t\.co|lnkd\.in|adf\.ly|bl\.ink|short\.io|dub\.sh|qrco\.de|me-qr\.com|clck\.ru"
    r"|linktr\.ee|lynk\.id|heylink\.me|msha\.ke|bio\.link|beacons\.ai|taplink\.cc|campsite\.bio|linkin\.bio|solo\.to)"
)
"""Services that lead on to another address, or to a page of addresses: what is behind them may be anything."""

_WITHOUT_ID: Final = re.compile(r"/d(?:/e)?/{0,2}(?:view|viewform|edit|preview|htmlview|pub)?/?$")
_NAMES_BY_PATH: Final = re.compile(r"youtu\.be|forms\.gle|(?:maps|photos)\.app\.goo\.gl|1drv\.ms|we\.tl")

_OWN_CLOUD: Final = re.compile(r"(?:/index\.php)?/s/(?P<token>[A-Za-z0-9]{4,})(?P<more>/.*)?")
_OWN_CLOUD_HOST: Final = re.compile(
    r"(?:^|[.\-])(?:\w*cloud|drive|awan|files?|berkas|share|berbagi|box|arsip|data)\d*[.\-]"
)
_OWN_CLOUD_TOKEN: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{15}")


def target(host: str, parts: SplitResult) -> SharedPlace:
    """Return what an address leads to; `host` is its host in small letters, without a dot at its end."""
    path = unquote(parts.path)
    if host.removeprefix("www.") == "dropbox.com":
        return _dropbox(path, parse_qs(parts.query))
    if host == "onedrive.live.com":
        return _onedrive(path, parse_qs(parts.query))
    if host.endswith(".sharepoint.com"):
        return _sharepoint(path, parse_qs(parts.query))
    whole = path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    service = next((each for each in _SERVICES if re.fullmatch(each.hosts, host)), None)
    if service is not None:
        return _of(service, whole)
    if _SHORTENED.fullmatch(host):
        return SharedPlace.EITHER
    return _own_cloud(host, path, parse_qs(parts.query))


def names_nothing(host: str, parts: SplitResult) -> bool:
    """Whether an address of a service lacks what names the document: `drive.google.com/file/d/`, `bit.ly/`."""
    if host in {"drive.google.com", "docs.google.com"}:
        return _WITHOUT_ID.search(parts.path) is not None
    return parts.path in {"", "/"} and (_SHORTENED.fullmatch(host) or _NAMES_BY_PATH.fullmatch(host)) is not None


def _of(service: _Service, address: str) -> SharedPlace:
    if _pattern(service.documents).search(address):
        return SharedPlace.DOCUMENT
    if _pattern(service.folders).search(address):
        return SharedPlace.FOLDER
    return SharedPlace.EITHER if _pattern(service.either).search(address) else SharedPlace.DOCUMENT


def _names_a_file(path: str) -> bool:
    return re.search(r"\.[A-Za-z0-9]{2,5}$", path) is not None


def _dropbox(path: str, query: dict[str, list[str]]) -> SharedPlace:
    if _names_a_file(path):
        return SharedPlace.DOCUMENT
    if re.match(r"/(?:l|request)/", path):
        return SharedPlace.EITHER
    own = re.match(r"/?$|/(?:home|personal|work)(?:/|$)", path) is not None and "preview" not in query
    return SharedPlace.FOLDER if own or re.match(r"/(?:scl/fo|sh)/", path) else SharedPlace.DOCUMENT


def _onedrive(path: str, query: dict[str, list[str]]) -> SharedPlace:
    if path.startswith("/:"):
        return SharedPlace.FOLDER if path.startswith("/:f:") else SharedPlace.DOCUMENT
    if path == "/redir":
        return SharedPlace.EITHER
    opened = "oneup" in (query.get("o", [""])[0]).casefold()
    return SharedPlace.FOLDER if path in {"", "/"} and not opened else SharedPlace.DOCUMENT


_LIBRARY_VIEW = re.compile(r"/forms/(?!(?:disp|edit)form\.)[^/]+\.aspx$|/(?:allitems|onedrive)\.aspx$")
"""A library as it is shown; `DispForm` and `EditForm` show one document of it."""


def _sharepoint(path: str, query: dict[str, list[str]]) -> SharedPlace:
    if path.startswith("/:"):
        return SharedPlace.FOLDER if path.startswith("/:f:") else SharedPlace.DOCUMENT
    if _LIBRARY_VIEW.search(path.casefold()):
        return SharedPlace.DOCUMENT if _names_a_file(query.get("id", [""])[0]) else SharedPlace.FOLDER
    if "/_layouts/" in path.casefold():
        return SharedPlace.FOLDER if "folderid" in query else SharedPlace.DOCUMENT
    return SharedPlace.DOCUMENT if _names_a_file(path) else SharedPlace.FOLDER


def _own_cloud(host: str, path: str, query: dict[str, list[str]]) -> SharedPlace:
    """Return what an address of Nextcloud or ownCloud leads to, which offices run on hosts of their own."""
    if re.match(r"(?:/index\.php)?/apps/files(?:/|$)", path):
        return SharedPlace.EITHER if "openfile" in query or "fileid" in query else SharedPlace.FOLDER
    shared = _OWN_CLOUD.fullmatch(path)
    if shared is None:
        return SharedPlace.DOCUMENT
    named = _OWN_CLOUD_HOST.search(host) is not None or path.startswith("/index.php/")
    if not named and not _OWN_CLOUD_TOKEN.fullmatch(shared["token"]):
        return SharedPlace.DOCUMENT
    return SharedPlace.DOCUMENT if "files" in query or _names_a_file(path) else SharedPlace.EITHER
