"""What can be said of a file: its state, and the rest that an inspection finds."""

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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the content of a file is judged to be; the fields are those of `Inspection`."""

    state: State = State.SOUND
    found: str = ""
    pages: int | None = None
    blank: bool = False


SOUND = Verdict()
BLANK = Verdict(blank=True)


def damaged(found: str = "") -> Verdict:
    """Return the verdict on a file that its program does not open."""
    return Verdict(State.DAMAGED, found)


def encrypted(found: str = "") -> Verdict:
    """Return the verdict on a file that opens with a password only."""
    return Verdict(State.ENCRYPTED, found)


def mismatch(found: str | None = "") -> Verdict:
    """Return the verdict on a file whose content is of another kind than its ending says."""
    return Verdict(State.MISMATCH, found or "")
