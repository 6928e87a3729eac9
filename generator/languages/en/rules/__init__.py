"""What each code means, why it matters and what its diagnostics say in English; one module a family of rules."""

from __future__ import annotations

from generator.languages.en.rules import (
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
from generator.languages.sentences import RuleWords

RULE_WORDS: dict[str, RuleWords] = (
    answers.WORDS
    | dates.WORDS
    | documents.WORDS
    | evidence_files.WORDS
    | evidence_links.WORDS
    | fields.WORDS
    | findings.WORDS
    | front_matter.WORDS
    | history.WORDS
    | misplaced_files.WORDS
    | portability.WORDS
    | publications.WORDS
    | published_site.WORDS
    | records.WORDS
    | settings.WORDS
    | text_files.WORDS
    | text_links.WORDS
)
