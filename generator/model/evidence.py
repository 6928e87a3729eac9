"""What a document is found to be: the state of a file, the form of an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What was found where a document was named. Only a sound file can be accepted."""

    SOUND = "sound"
    MISSING = "missing"
    OUTSIDE = "outside"
    EMPTY = "empty"
    DAMAGED = "damaged"
    MISMATCH = "mismatch"
    ENCRYPTED = "encrypted"
    UNEXAMINED = "unexamined"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is: `size` in bytes, `pages` of a PDF, `found` the kind its content has where that is known.

    Of a placeholder `found` is its sort: `shortcut`, `google`, `unfinished`, `lock` or `system`; of a file that could
    not be examined what it takes too much of: `time` or `memory`, or `crash`.
    `active`: a browser or a web server may run it. `blank`: it opens and shows nothing.
    `location`: where a photograph was taken, as decimal degrees "latitude, longitude"; empty where it does not say.
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
    """What an address is by its form alone; `UNCLEAR` may be a document's or a folder's."""

    DOCUMENT = "document"
    FOLDER = "folder"
    UNCLEAR = "unclear"
    INVALID = "invalid"
