"""What can be asked and said of a file: the request to inspect it, and the judgement on its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.disk import Identity
from generator.model.evidence import State


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the content of a file is judged to be; the fields are those of `Inspection`."""

    state: State = State.SOUND
    found: str = ""
    pages: int | None = None
    blank: bool = False


SOUND = Judgement()
BLANK = Judgement(blank=True)


def damaged(found: str = "") -> Judgement:
    """Return the judgement on a file that its program does not open."""
    return Judgement(State.DAMAGED, found)


def encrypted(found: str = "") -> Judgement:
    """Return the judgement on a file that opens with a password only."""
    return Judgement(State.ENCRYPTED, found)


def mismatch(found: str | None = "") -> Judgement:
    """Return the judgement on a file whose content is of another kind than its ending says."""
    return Judgement(State.MISMATCH, found or "")


class InspectionRequest(NamedTuple):
    """A file to inspect: its real path, the name that it is judged by, and what the disk says of it."""

    real: str
    name: str
    identity: Identity

    @property
    def key(self) -> str:
        """The key under which its inspection is kept."""
        return f"{self.name} {self.real}"
