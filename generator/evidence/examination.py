"""The request to inspect a file, and the examination of its content."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from generator.disk import Identity
from generator.model.evidence import State


class Examination(Struct, frozen=True):
    """What the content of a file is found to be; the fields are those of `Inspection`."""

    state: State = State.SOUND
    found: str = ""
    pages: int | None = None
    blank: bool = False


SOUND = Examination()
BLANK = Examination(blank=True)


def damaged(found: str = "") -> Examination:
    """Return the examination of a file that its program does not open."""
    return Examination(State.DAMAGED, found)


def encrypted(found: str = "") -> Examination:
    """Return the examination of a file that opens with a password only."""
    return Examination(State.ENCRYPTED, found)


def mismatch(found: str | None = "") -> Examination:
    """Return the examination of a file whose content is of another kind than its ending says."""
    return Examination(State.MISMATCH, found or "")


class InspectionRequest(NamedTuple):
    """A file to inspect: its real path, the name that it is judged by, and what the disk says of it."""

    real: str
    name: str
    identity: Identity

    @property
    def key(self) -> str:
        """The key under which its inspection is kept; it begins with the name, which has no `/`."""
        return f"{self.name}/{self.real}"
