"""The units of a roll-up as values: what the list says of each, what was received, why one could not be read."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from msgspec import Struct

from generator.languages.words import Words
from generator.rollup.unit_readiness import UnitReadiness

OLD_DAYS = 90
"""Days after which figures are marked as old (contract: rollup, section 2)."""


class UnitFault(Struct, frozen=True):
    """Why a unit could not be read: a message of the catalogue, and the values that fill it in."""

    message: str
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, words: Words) -> str:
        """Return the reason in the language of the words."""
        return words(self.message, **dict(self.values))


def real_path(folder: Path, place: str) -> str:
    """Return the path that a place leads to which is relative to a folder; the place where it can be no path."""
    try:
        return os.path.realpath(folder / place)
    except ValueError:  # such as one with a NUL
        return place


class ListedUnit(Struct, frozen=True):
    """A unit as the list names it; texts that are not written are "". Its entry is in a `line`, and has a `number`.

    `place` is an address, or a path relative to the list. `signer` is who must have signed the site. With a `fault` its
    entry cannot be used.
    """

    id: str
    place: str
    unit: str = ""
    region: str = ""
    parent: str = ""
    person: str = ""
    target: str = ""
    signer: str = ""
    line: int = 1
    number: int = 1
    fault: UnitFault | None = None

    @property
    def page_id(self) -> str:
        """The name of its page; unlike the id, no two units of a list have the same one."""
        return self.id if self.fault is None else f"{self.id}~{self.number}"


class UnitList(Struct, frozen=True):
    """The list of a roll-up. `signers` is a file of allowed signers, `instrument` the one that all units must have.

    `language` is that of the site.
    """

    file: Path
    title: str
    units: tuple[ListedUnit, ...]
    deadline: datetime.date | None = None
    language: str = "id"
    instrument: str = ""
    signers: Path | None = None


class Received(Struct, frozen=True):
    """What a unit's site says, checked against its list of checksums; digests are SHA-256 in hexadecimal digits.

    `digest` is that of readiness.json, `site` that of SHA256SUMS. `signed`: somebody who may sign has signed.
    """

    readiness: UnitReadiness
    digest: str
    site: str
    signed: bool


class UnitResult(Struct, frozen=True):
    """What a roll-up knows of one unit: what the list says, and what was received or the reason why nothing was.

    `remarks` are what somebody should look at although the figures count.
    """

    listed: ListedUnit
    received: Received | None
    fault: UnitFault | None = None
    remarks: tuple[UnitFault, ...] = ()

    @property
    def name(self) -> str:
        """The name of the unit: as the list has it, else as its site has it, else its id."""
        return self.listed.unit or (self.received.readiness.unit if self.received is not None else "") or self.listed.id

    @property
    def target(self) -> str:
        """The predicate that it aims at: that of the list, unless its figures do not have it; else its own."""
        listed, found = self.listed.target, self.readiness
        return listed if found is None or found.predicate(listed) is not None else found.target

    @property
    def readiness(self) -> UnitReadiness | None:
        """The figures; None where it could not be read."""
        return None if self.received is None else self.received.readiness

    def age(self, on: datetime.date) -> int | None:
        """Return the age of the figures in days; None where there are none."""
        return None if self.received is None else (on - self.received.readiness.as_of).days

    def is_old(self, on: datetime.date) -> bool:
        """Whether the figures are older than 90 days."""
        age = self.age(on)
        return age is not None and age > OLD_DAYS
