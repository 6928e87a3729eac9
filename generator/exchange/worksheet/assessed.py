"""What assessors say of an item in a worksheet: the finding that its assessed answer is from."""

from __future__ import annotations

from generator.model.portfolio import Finding
from generator.readiness.scores import ItemReadiness


def shown_finding(readiness: ItemReadiness) -> Finding | None:
    """Return the finding that an export shows of an item: the one whose answer counts, else the newest without one.

    It is one of the level whose answers are the assessed ones.
    """
    counted = readiness.assessed_answer
    shown = [each for each in readiness.findings if each.level is readiness.level and each.answer == counted]
    return max(shown, key=lambda each: (each.date, each.path), default=None)
