"""The registers as tables: their columns in the portfolio's language, their rows as values."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from generator.exchange.registers.contents import RegisterContents, RegisteredDocument, RegisteredFinding, people_of
from generator.languages import LANGUAGES
from generator.languages.words import Words, words_in
from generator.markup.render import words as words_of
from generator.model.addresses import item_path, record_path
from generator.model.evidence import UrlForm
from generator.model.portfolio import UNDATED, Document, DocumentUrl, Judgement, Record
from generator.readiness.follow_up import follow_up
from generator.readiness.scores import ItemReadiness


class CellLink(NamedTuple):
    """Words that lead somewhere: to a path of the site, or to an address on the web."""

    text: str
    path: str = ""
    address: str = ""


Cell = str | int | Fraction | Decimal | datetime.date | CellLink | None
"""A cell of a register: words, a count, an exact figure, one as it is written, a day; None is blank."""

Row = tuple[Cell, ...]


class Column(NamedTuple):
    """A column: its title, and its width in characters."""

    title: str
    width: int


class RegisterTable(Struct, frozen=True):
    """A register: the name of its file, its title, its columns, and its rows, computed when somebody asks for them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


NAMES = ("records", "evidence", "findings", "gaps", "items")
"""The names of the registers, in their order."""


def tables(contents: RegisterContents) -> tuple[RegisterTable, ...]:
    """Return the registers in the order of `NAMES`."""
    return (_records(contents), _evidence(contents), _findings(contents), _gaps(contents), _items(contents))


def plain(text: str) -> str:
    """Return words on one line, without characters that a file of XML cannot hold."""
    return " ".join(_UNFIT.sub("\ufffd", text).split())


_UNFIT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _table(
    name: str, title: str, columns: Sequence[tuple[str, int]], rows: Callable[[], Iterator[Row]]
) -> RegisterTable:
    return RegisterTable(name, title, tuple(Column(*each) for each in columns), rows)


def record_id_titles() -> frozenset[str]:
    """Return the titles, in every language, of the column with the ids of records."""
    return frozenset(map(_record_id_title, map(words_in, LANGUAGES)))


def _record_id_title(words: Words) -> str:
    return words("Id of the record")


# Records


def _records(contents: RegisterContents) -> RegisterTable:
    words = contents.words
    columns = [
        (words("Date"), 12),
        (words("Until"), 12),
        (words("Record"), 60),
        (_record_id_title(words), 34),
        (words("Area"), 7),
        (words("Items"), 24),
        (words("Responsible person"), 28),
        (words("Tags"), 20),
        (words("Documents"), 10),
        (words("Documents that count"), 12),
        (words("State"), 14),
    ]
    return _table("records", words("Records"), columns, lambda: map(_record_row(contents), contents.records))


def _record_row(contents: RegisterContents) -> Callable[[Record], Row]:
    words, acceptance = contents.words, contents.readiness.acceptance

    def row(record: Record) -> Row:
        accepted = sum(acceptance[each.key].accepted for each in record.documents)
        hidden = record.restricted
        return (
            record.date,
            record.end_date if record.end_date != record.date else None,
            CellLink(plain(record.title), record_path(record.id)),
            plain(record.id),
            record.area,
            ", ".join(record.items),
            _several(record.people),
            None if hidden else _several(record.tags),
            None if hidden else len(record.documents),
            None if hidden else accepted,
            words("restricted") if hidden else None,
        )

    return row


def _several(names: Sequence[str]) -> str:
    return plain("; ".join(names))


# Evidence


def _evidence(contents: RegisterContents) -> RegisterTable:
    words = contents.words
    columns = [
        (words("No."), 7),
        (words("Document"), 52),
        (words("Document type"), 28),
        (words("Date"), 12),
        (words("In force until"), 12),
        (words("Items"), 24),
        (words("Record"), 52),
        (_record_id_title(words), 34),
        (words("State"), 16),
        (words("Why it does not count"), 44),
        (words("Not in this copy"), 40),
        (words("File or address"), 40),
        (words("Address in the site"), 40),
        (words("Pages to look at"), 10),
        (words("Number of pages"), 9),
        (words("Size in bytes"), 12),
        ("SHA-256", 66),
    ]
    row = _document_row(contents)
    return _table("evidence", words("Evidence"), columns, lambda: map(row, contents.documents()))


def _document_row(contents: RegisterContents) -> Callable[[RegisteredDocument], Row]:
    words, wording, unit = contents.words, contents.wording, contents.portfolio.unit

    def row(of: RegisteredDocument) -> Row:
        document, record, verdict = of.document, of.record, of.acceptance
        path, hidden = contents.path_of(document), document.confidential
        inspection = None if document.file is None else document.file.inspection
        open_to_all = None if hidden else inspection
        title = plain(wording.document_title(document, record))
        return (
            of.number,
            CellLink(title, path or "", web_address(document)),
            plain(wording.types_label(document.types)),
            None if document.date == UNDATED else document.date,
            None if hidden else document.valid_until,
            ", ".join(document.items),
            CellLink(plain(record.title), record_path(record.id)),
            plain(record.id),
            words("counts") if verdict.accepted else words("does not count"),
            plain(" ".join(wording.refusal(each, document, verdict.reason) for each in verdict.refusals)),
            plain(wording.withheld(document, record, unit=unit, placed=path is not None)),
            None if hidden else plain(document.written),
            None if path is None else plain(path),
            None if hidden or not document.pages else plain(document.pages),
            None if open_to_all is None else open_to_all.pages,
            None if open_to_all is None or not open_to_all.size else open_to_all.size,
            None if inspection is None else inspection.sha256,
        )

    return row


def web_address(document: Document) -> str:
    """Return the address that a document leads to on the web, as it is written; nothing where it leads nowhere."""
    source = document.source
    leads = isinstance(source, DocumentUrl) and source.form != UrlForm.INVALID and not document.confidential
    return source.address if isinstance(source, DocumentUrl) and leads else ""


# Findings


def _findings(contents: RegisterContents) -> RegisterTable:
    words = contents.words
    columns = [
        (words("Date"), 12),
        (words("State"), 12),
        (words("Item"), 14),
        (words("Wording"), 48),
        (words("Level"), 8),
        (words("Assessor"), 28),
        (words("Assignment"), 18),
        (words("Assessed answer"), 12),
        (words("Condition"), 60),
        (words("Recommendation"), 60),
        (words("Text of the finding"), 70),
        (words("Documents"), 60),
        (words("Replaced since"), 12),
        (words("Day of the response"), 12),
        (words("Response of the unit"), 60),
        (words("Records of the response"), 40),
        (words("Days open"), 10),
        (words("Responsible person"), 36),
    ]
    return _table("findings", words("Findings"), columns, lambda: map(_finding_row(contents), contents.findings))


def _finding_row(contents: RegisterContents) -> Callable[[RegisteredFinding], Row]:
    words, wording = contents.words, contents.wording
    items = {each.item.id: each.item for each in contents.readiness.items}

    followed = {each.finding.path: each for each in follow_up(contents.readiness).findings}

    def row(of: RegisteredFinding) -> Row:
        finding, response = of.finding, of.finding.response
        return (
            finding.date,
            wording.finding_state(finding.state),
            None if finding.item is None else CellLink(finding.item, item_path(finding.item)),
            None if finding.item is None else plain(wording.label(items[finding.item])),
            finding.level.value,
            plain(finding.assessor or ""),
            plain(finding.assignment),
            None if finding.answer is None else plain(words.answer(finding.answer.text)),
            plain(finding.condition),
            plain(finding.recommendation),
            plain(words_of(finding.text.rendered)),
            _several([_verdict(contents, each) for each in of.judged]),
            words("yes") if finding.stale else None,
            None if response is None else response.date,
            None if response is None else plain(response.text),
            _several([each.title for each in of.records]),
            None if finding.closed else followed[finding.path].age,
            None if finding.closed else _several(followed[finding.path].people),
        )

    return row


def _verdict(contents: RegisterContents, judged: tuple[Document, Record, Judgement]) -> str:
    words, wording, (document, record, judgement) = contents.words, contents.wording, judged
    verdict = words("accepted") if judgement.accepted else words("rejected")
    why = ", ".join(filter(None, (wording.reason(judgement.reason or ""), judgement.note)))
    title = f"{wording.document_title(document, record)}: {verdict}"
    return f"{title} ({why})" if why else title


# Gaps


def _gaps(contents: RegisterContents) -> RegisterTable:
    words = contents.words
    columns = [
        (words("Area"), 7),
        (words("Item"), 14),
        (words("Wording"), 60),
        (words("State"), 26),
        (words("Missing documents"), 10),
        (words("What is missing"), 60),
        (words("Responsible person"), 36),
    ]
    return _table("gaps", words("Gaps"), columns, lambda: map(_gap_row(contents), contents.gaps))


def _gap_row(contents: RegisterContents) -> Callable[[ItemReadiness], Row]:
    words, wording = contents.words, contents.wording

    def row(each: ItemReadiness) -> Row:
        unsupported = None if each.supported else words("answered but not supported")
        return (
            each.item.area,
            CellLink(each.item.id, item_path(each.item.id)),
            plain(wording.label(each.item)),
            words("not answered") if each.answer is None else unsupported,
            len(each.missing),
            plain(wording.missing_label(each.missing)),
            _several(people_of(each)),
        )

    return row


# Items


def _items(contents: RegisterContents) -> RegisterTable:
    words = contents.words
    columns = [
        (words("Area"), 7),
        (words("Item"), 14),
        (words("Wording"), 60),
        (words("Part of the worksheet"), 40),
        (words("Weight"), 9),
        (words("Answer"), 12),
        (words("State"), 18),
        (words("Claimed"), 10),
        (words("Supported"), 10),
        (words("Assessed answer"), 12),
        (words("Assessed"), 10),
        (words("Required documents"), 10),
        (words("Required and there"), 10),
        (words("What is missing"), 48),
        (words("Documents that count"), 10),
        (words("Records"), 10),
        (words("Findings"), 10),
        (words("Note"), 48),
    ]
    return _table("items", words("Items"), columns, lambda: map(_item_row(contents), contents.items))


def _item_row(contents: RegisterContents) -> Callable[[ItemReadiness], Row]:
    words, wording, instrument = contents.words, contents.wording, contents.portfolio.instrument

    def row(each: ItemReadiness) -> Row:
        item, answer, assessed = each.item, each.answer, each.assessed_answer
        return (
            item.area,
            CellLink(item.id, item_path(item.id)),
            plain(wording.label(item)),
            plain(" › ".join(map(wording.label, instrument.path_to(item)))),
            item.weight,
            None if answer is None else plain(words.answer(answer.text)),
            wording.answer_state(each),
            each.scores.claimed,
            each.scores.supported,
            None if assessed is None else plain(words.answer(assessed.text)),
            each.scores.assessed,
            len(each.expected),
            len(each.fulfilled),
            plain(wording.missing_label(each.missing)),
            len(each.accepted),
            len(each.records),
            len(each.findings),
            None if answer is None or answer.note is None else plain(answer.note),
        )

    return row
