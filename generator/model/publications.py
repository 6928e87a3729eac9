"""What was published when: one value for each line of `publications.jsonl`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

PUBLICATIONS = "publications.jsonl"
"""The file in the portfolio's folder that a publication adds a line to."""


class PublishedIndex(Struct, frozen=True):
    """The index as it was published, on its three bases, of `weight`; None where that is not known."""

    weight: Fraction | None = None
    claimed: Fraction | None = None
    supported: Fraction | None = None
    assessed: Fraction | None = None


class Publication(Struct, frozen=True):
    """One publication of the site; all but its day may be unknown.

    `as_of` is the day of the figures, `digest` identifies the site, `content` what it showed. `gates` says of each
    predicate which of its gates passed on the supported basis, by the gate's id and area (`area-share/1`). `answers`
    has the answers before and now of the items whose answer changed. `added`, `changed` and `withdrawn` are addresses;
    `closed` are marks of the addresses and names that were restricted then.
    """

    date: datetime.date
    as_of: datetime.date | None = None
    digest: str = ""
    content: str = ""
    target: str = ""
    index: PublishedIndex = PublishedIndex()
    gates: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def gate_key(gate: str, area: int | None) -> str:
    """Return the name of a gate within its predicate: its id, with the area where it has one."""
    return gate if area is None else f"{gate}/{area}"


def distinct(publications: tuple[Publication, ...]) -> tuple[Publication, ...]:
    """Return the publications by date, without those that brought what was published before once more.

    Such a line is written for another target, or for another day or theme; pages that left it out stay the same.
    """
    kept: list[Publication] = []
    for each in sorted(publications, key=lambda one: one.date):
        if not (kept and each.content and each.content == kept[-1].content):
            kept.append(each)
    return tuple(kept)
