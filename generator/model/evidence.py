"""The result of inspecting a document: the state of a file, the form of an address."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """The state of a document's file. Only a sound one can be accepted."""

    SOUND = "sound"
    MISSING = "missing"
    OUTSIDE = "outside"
    EMPTY = "empty"
    DAMAGED = "damaged"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    UNEXAMINED = "unexamined"
    PLACEHOLDER = "placeholder"


class Inspection(Struct, frozen=True, gc=False):
    """The inspection of a file: `size` in bytes, `pages` of a PDF, `found` the kind of its content where known.

    Of a placeholder `found` is its sort: `shortcut`, `google`, `unfinished`, `lock` or `system`; of a file that could
    not be examined the limit that it exceeded, `time` or `memory`, or `crash`.
    `active`: a browser or a web server may run it. `blank`: it opens and shows nothing.
    `location`: where a photograph was taken, as decimal degrees "latitude, longitude"; empty where unknown.
    `stripped`: the SHA-256 of such a photograph without its position.
    """

    state: State
    size: int
    sha256: str
    pages: int | None = None
    found: str = ""
    active: bool = False
    blank: bool = False
    location: str = ""
    stripped: str = ""


class UrlForm(StrEnum):
    """The kind of an address, by its form alone; `UNCLEAR` may be that of a document or a folder."""

    DOCUMENT = "document"
    FOLDER = "folder"
    UNCLEAR = "unclear"
    INVALID = "invalid"
