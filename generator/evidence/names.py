"""What a file's name alone says of it."""

from __future__ import annotations

_PLACEHOLDERS = {
    "shortcut": {"lnk", "url", "webloc", "desktop", "website"},
    "google": {"gdoc", "gsheet", "gslides", "gform", "gdraw", "gsite", "gmap", "gjam", "gscript", "glink"},
    "unfinished": {"crdownload", "part", "partial", "download", "tmp", "asd", "wbk", "icloud"},
}
_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"}


def placeholder(name: str) -> str | None:
    """Return the sort of a file that stands for a document, or that a program left behind; None for others."""
    name = name.casefold()
    if name.startswith(("~$", ".~lock.")):
        return "lock"
    if name in _LEFT_BEHIND:
        return "system"
    return next((sort for sort, endings in _PLACEHOLDERS.items() if ending(name) in endings), None)


def ending(name: str) -> str:
    """Return the ending of a file's name, without the dot and in small letters."""
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return suffix.casefold() if stem else ""
