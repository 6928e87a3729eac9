"""How a unit stands with the prerequisites of a proposal (PermenPANRB 90/2021, Lampiran II, Tabel 5; kept in 5/2024).

They enter no figure and no gate: a unit may meet every threshold and still not be proposed.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from msgspec import Struct

from generator.model.instrument import (
    INSTITUTION_KINDS,
    Completed,
    Grades,
    MaturityLevel,
    Predicate,
    Prerequisite,
    Since,
)
from generator.model.portfolio import Document, Portfolio, PrerequisiteAnswer
from generator.readiness.acceptance import fault_of


class PrerequisiteState(StrEnum):
    """How a unit stands with one prerequisite. UNPROVEN: the answer is enough, but no document that opens proves it."""

    MET = "met"
    UNPROVEN = "unproven"
    UNMET = "unmet"
    UNANSWERED = "unanswered"


class PrerequisiteReadiness(Struct, frozen=True):
    """One prerequisite, what is required, the answer, and the documents that prove it: those that open."""

    prerequisite: Prerequisite
    required: str | Fraction
    answer: PrerequisiteAnswer | None
    state: PrerequisiteState
    proofs: tuple[Document, ...] = ()


def standing(portfolio: Portfolio, predicate: Predicate, on: datetime.date) -> tuple[PrerequisiteReadiness, ...]:
    """Return how a unit stands on a day with each prerequisite of a predicate, in the order of the instrument."""
    kind = portfolio.institution_kind or INSTITUTION_KINDS[0]
    return tuple(
        _standing(each, each.required[predicate.id], portfolio.prerequisites.get(each.id), on)
        for each in portfolio.instrument.prerequisites
        if predicate.id in each.required and each.only_for in {None, kind}
    )


def _standing(
    prerequisite: Prerequisite, required: str | Fraction, answer: PrerequisiteAnswer | None, on: datetime.date
) -> PrerequisiteReadiness:
    proofs = () if answer is None else tuple(each for each in answer.documents if fault_of(each) is None)
    if answer is None:
        state = PrerequisiteState.UNANSWERED
    elif not _is_enough(prerequisite, required, answer, on):
        state = PrerequisiteState.UNMET
    else:
        state = PrerequisiteState.MET if proofs else PrerequisiteState.UNPROVEN
    return PrerequisiteReadiness(prerequisite, required, answer, state, proofs)


def _is_enough(
    prerequisite: Prerequisite, required: str | Fraction, answer: PrerequisiteAnswer, on: datetime.date
) -> bool:
    value, scale = answer.value, prerequisite.scale
    match scale:
        case Grades(names):
            return names.index(str(value)) <= names.index(str(required))
        case MaturityLevel() | Completed():
            assert isinstance(value, Fraction)
            assert isinstance(required, Fraction)
            return value >= required
        case Since():
            assert isinstance(value, datetime.date)
            assert isinstance(required, Fraction)
            return years_later(value, int(required)) <= on
        case _:
            assert_never(scale)


def years_later(day: datetime.date, years: int) -> datetime.date:
    """Return the same day some years later, the next where a leap day has none; at most the last day there is."""
    if day.year + years > datetime.MAXYEAR:
        return datetime.date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)
