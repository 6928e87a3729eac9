"""What is wrong with a portfolio: one module a family of rules, each rule with its severity and an example.

Offers `RULES`, every rule by its code. `checks` makes the checks over a whole portfolio, `consequences` leaves out what
follows from another mistake, `explanations` explains a code to people.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.rules import (
    answers,
    dates,
    documents,
    evidence_files,
    evidence_links,
    fields,
    findings,
    front_matter,
    history,
    misplaced_files,
    portability,
    records,
    settings,
    text_files,
    text_links,
)
from generator.rules.rule import Rule

_FAMILIES = (
    answers,
    dates,
    documents,
    evidence_files,
    evidence_links,
    fields,
    findings,
    front_matter,
    history,
    misplaced_files,
    portability,
    records,
    settings,
    text_files,
    text_links,
)

RULES: Mapping[str, Rule] = {rule.code: rule for family in _FAMILIES for rule in family.RULES}
"""Every rule by its code."""
