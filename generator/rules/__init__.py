"""What is wrong with a portfolio: one module a family of rules, each rule with its severity and an example.

Offers `RULES`, every rule by its code. `checks` has the checks over a whole portfolio, `consequences` leaves out what
follows from another mistake, `explanations` explains a code to people. Checks of one file are where it is read.
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
    publications,
    published_site,
    records,
    settings,
    text_files,
    text_links,
)
from generator.rules.rule import Rule

FAMILIES = (
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
    publications,
    published_site,
    records,
    settings,
    text_files,
    text_links,
)

RULES: Mapping[str, Rule] = {rule.code: rule for family in FAMILIES for rule in family.RULES}
"""Every rule by its code."""
