"""What can be asked and said of a file: the request to inspect it, and the verdict on its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.disk import Identity
from generator.model.evidence import State


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


class InspectionRequest(NamedTuple):
    """A file to inspect: its real path, the name that it is judged by, and what the disk says of it."""

    real: str
    name: str
    identity: Identity

    @property
    def key(self) -> str:
        """The key under which its inspection is kept."""
        return f"{self.name} {self.real}"
