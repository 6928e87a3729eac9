"""Rules on dates. Those on how a date is written are checked by `reading.values` and `reading.records`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.source import Source
from generator.model.portfolio import Finding, Portfolio, Record
from generator.rules.rule import RECORD, Rule, record_with

RULES = (
    Rule(
        "date-invalid",
        Severity.ERROR,
        place=RECORD,
        wrong="---\njudul: Rapat persiapan\ntanggal: 18/01/2023\n---\n",
        right=record_with(""),
    ),
    Rule(
        "evidence-guessed-date",
        Severity.WARNING,
        place=RECORD,
        wrong="---\njudul: Rapat persiapan\ntanggal:\nstatus: draf\n---\n",
        right=record_with(""),
    ),
    Rule(
        "date-mismatch",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with("", text="Rapat diadakan Senin, 18 Januari 2023.\n"),
        right=record_with("", text="Rapat diadakan Rabu, 18 Januari 2023.\n"),
    ),
    Rule(
        "date-unlikely",
        Severity.WARNING,
        place=RECORD,
        wrong="---\njudul: Rapat persiapan\ntanggal: 0203-01-18\n---\n",
        right=record_with(""),
    ),
    Rule(
        "date-in-future",
        Severity.WARNING,
        place=RECORD,
        wrong="---\njudul: Rapat persiapan\ntanggal: 2123-01-18\n---\n",
        right=record_with(""),
    ),
)


def record_diagnostics(record: Record, source: Source, *, on: datetime.date) -> Iterator[Diagnostic]:
    """Yield the dates of a record that lie after the day `on`: its own, else those of its documents."""
    if record.date > on:
        yield Diagnostic.warning("date-in-future", source.place(record.date_span), date=record.date, on=on)
        return
    for document in record.documents:
        if document.date > on:
            place = source.place(document.date_span)
            yield Diagnostic.warning("date-in-future", place, variant="document", date=document.date, on=on)


def finding_diagnostics(finding: Finding, source: Source, *, on: datetime.date) -> Iterator[Diagnostic]:
    """Yield the date of a finding that lies after the day `on`."""
    if finding.date > on:
        place = source.place(finding.date_span)
        yield Diagnostic.warning("date-in-future", place, variant="finding", date=finding.date, on=on)


def settings_diagnostics(portfolio: Portfolio, source: Source, *, on: datetime.date) -> Iterator[Diagnostic]:
    """Yield the days that answer a prerequisite and lie after the day `on`."""
    for answer in portfolio.prerequisites.values():
        if isinstance(answer.value, datetime.date) and answer.value > on:
            place = source.place(answer.span)
            yield Diagnostic.warning("date-in-future", place, variant="prerequisite", date=answer.value, on=on)
