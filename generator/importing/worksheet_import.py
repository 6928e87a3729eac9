"""A filled worksheet as a plan for a portfolio: what would be written, what is there already, and the remarks.

The plan is computed from the worksheet and the portfolio as they are. Writing follows it and overwrites nothing; the
plan of the same worksheet is empty from then on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build.inspections import read_isolated
from generator.exchange.worksheet import matching, rows
from generator.exchange.worksheet.columns import AnswerColumns
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook, WorkbookFault
from generator.fixes.changes import Change
from generator.importing import (
    assessment_changes,
    review_tables,
    worksheet_answers,
    worksheet_base,
    worksheet_checks,
    worksheet_evidence,
    worksheet_findings,
    worksheet_formulas,
    worksheet_merge,
)
from generator.importing.assessment_changes import AnswerState, ExistingAnswer, NewText, readings
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_base import BaseState, ExportedAnswer, WorksheetBase
from generator.importing.worksheet_checks import SheetIndex
from generator.importing.worksheet_evidence import EvidencePlan
from generator.importing.worksheet_findings import FindingsPlan
from generator.importing.worksheet_merge import PlannedAnswer
from generator.importing.worksheet_remarks import Remark
from generator.messages.diagnostics import has_errors
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.messages.source import Source
from generator.model.instrument import Instrument
from generator.model.portfolio import Portfolio


class OpenedWorksheet(Struct, frozen=True):
    """The worksheet of a workbook with the places of its rows, and the remarks on the workbook itself.

    `base` is what it held when Catat exported it; None where Catat did not. `anonymous`: it names no days or assessors.
    """

    worksheet: Worksheet
    placement: Placement
    remarks: tuple[Remark, ...]
    base: WorksheetBase | None = None
    anonymous: bool = False


class WorksheetPlan(Struct, frozen=True):
    """All that an import would do, and all that it tells."""

    sheet: str
    answers: tuple[PlannedAnswer, ...]
    evidence: EvidencePlan
    findings: FindingsPlan
    index: SheetIndex | None
    remarks: tuple[Remark, ...]
    changes: tuple[Change, ...]
    new_files: tuple[NewText, ...]
    base: WorksheetBase | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that would be written, changed ones first."""
        return (*(each.path for each in self.changes), *(each.path for each in self.new_files))

    @property
    def complete(self) -> bool:
        """Whether every answer of the sheet has its place in the portfolio, or is there already."""
        return not any(each.blocks for each in self.remarks)


def open_worksheet(source: Path, portfolio: Portfolio) -> OpenedWorksheet:
    """Return the worksheet in a workbook. Raises Refused where there is none, OSError where the disk refuses."""
    found = read_isolated(source, workbook.read)
    if not isinstance(found, Workbook):
        raise Refused(_why_not(source, found))
    if review_tables.is_of_desk(found):
        sentence = _("{file} is a workbook of the assessor's desk. Bring it in with: catat merge {file}")
        raise Refused(sentence.format(file=printable(source.name)))
    worksheet = rows.find(found)
    remarks = []
    if not found.has_parts:
        sentence = _("Addresses behind words, and formulas, cannot be read in this kind of file. Save it as xlsx.")
        remarks.append(Remark("parts-unread", worksheet.sheet.name, sentence))
    if worksheet.sheet.hidden:
        remarks.append(
            Remark("sheet-hidden", worksheet.sheet.name, _("The sheet is hidden; no visible one is a worksheet."))
        )
    base = worksheet_base.read(found, portfolio)
    if base is not None:
        remarks += base.remarks()
    placement = matching.place(worksheet, portfolio.instrument)
    remarks += worksheet_formulas.remarks(found, worksheet, placement, portfolio.instrument, base)
    return OpenedWorksheet(worksheet, placement, tuple(remarks), base)


def is_edited(opened: OpenedWorksheet) -> bool:
    """Whether somebody changed answers or notes in a workbook since Catat exported it from this portfolio."""
    worksheet, base = opened.worksheet, opened.base
    if base is None or base.state is not BaseState.USED:
        return False
    columns = worksheet.columns
    blank = ExportedAnswer("", (), "", None)
    rows = [(base.unit.get(each.item.id, blank), each) for each in _rows(opened, columns.unit)]
    for level in columns.levels:
        rows += [(base.of_level(level.name, each.item.id) or blank, each) for each in _rows(opened, level)]
    return not all(worksheet_merge.is_untouched(each, exported) for exported, each in rows)


def _rows(opened: OpenedWorksheet, columns: AnswerColumns) -> Sequence[SheetAnswer]:
    return worksheet_answers.read_all(opened.worksheet, opened.placement, columns)[0]


def _why_not(source: Path, fault: WorkbookFault | None) -> str:
    """Return why a file is not read; None where the process that read it was ended."""
    sentences = {
        WorkbookFault.NO_WORKBOOK: _("{file} is no workbook (xlsx, xlsm, ods or xls)."),
        WorkbookFault.DAMAGED: _("{file} is damaged: open it in Excel or LibreOffice, and save it again."),
        WorkbookFault.PASSWORD: _("{file} is protected with a password. Save it without one, and import again."),
        WorkbookFault.TOO_LARGE: _("{file} is too large: a worksheet has less than 64 MB."),
        None: _("{file} cannot be read within limits of time and memory. Copy its worksheet into a new workbook."),
    }
    return sentences[fault].format(file=source.name)


def plan(
    opened: OpenedWorksheet,
    portfolio: Portfolio,
    texts: Sequence[Source],
    root: Path,
    *,
    day: datetime.date | None = None,
    level: str | None = None,
    replacing: bool = False,
) -> WorksheetPlan:
    """Return what the import of a worksheet would do; `replacing`: its answers count where the portfolio's differ.

    Findings that lack their day have no file. Raises Refused where `level` names none of several, and OSError.
    """
    worksheet, placement = opened.worksheet, opened.placement
    every, of_answers = worksheet_answers.read_all(worksheet, placement, worksheet.columns.unit)
    given = [each for each in every if each.answer is not None or each.note]
    known = assessment_changes.existing(texts, portfolio.instrument)
    base = _base_for(opened.base, known, texts)
    answers = _planned(every, known, base, noted=worksheet.columns.unit.note is not None, replacing=replacing)
    new = [each.new for each in answers if each.new is not None]
    edits = [each.edit for each in answers if each.edit is not None]
    changed = assessment_changes.plan(root, texts, portfolio, new, edits)
    answers = tuple(
        replace(each, state=AnswerState.REFUSED) if each.given.item.id in changed.refused else each for each in answers
    )
    exported = {} if base is None else {item: each.evidence or "" for item, each in base.unit.items()}
    evidence = worksheet_evidence.plan(worksheet, placement, portfolio, texts, root, exported)
    own: Mapping[str, SheetAnswer] = {each.item.id: each for each in given}
    found = worksheet_findings.plan(
        worksheet, placement, portfolio, texts, own, day=day, level=level, base=base, anonymous=opened.anonymous
    )
    index = worksheet_checks.index(worksheet, placement, given, portfolio.instrument)
    remarks = [
        *opened.remarks,
        *_misfits(opened, portfolio.instrument, _typed_shares(every, base)),
        *of_answers,
        *(remark for each in answers for remark in worksheet_merge.remarks(each)),
        *evidence.remarks,
        *found.remarks,
    ]
    if index is not None and (remark := worksheet_checks.index_remark(index)) is not None:
        remarks.append(remark)
    return WorksheetPlan(
        worksheet.sheet.name,
        answers,
        evidence,
        found,
        index,
        tuple(dict.fromkeys(remarks)),
        changed.changes,
        (*changed.new_files, *evidence.files, *found.files),
        base,
    )


def _misfits(opened: OpenedWorksheet, instrument: Instrument, typed: AbstractSet[str]) -> Iterator[Remark]:
    """Yield what does not fit the instrument, but for the cells into which the export itself typed a share."""
    for each in worksheet_checks.remarks(opened.worksheet, opened.placement, instrument):
        if each.place not in typed or each.code != "formula-overwritten":
            yield each


def _base_for(
    base: WorksheetBase | None, known: Mapping[str, ExistingAnswer], texts: Sequence[Source]
) -> WorksheetBase | None:
    """Return a base as it is for a portfolio: one without any answer has none that was removed since."""
    readable = all(each.divided is not None and not has_errors(each.diagnostics) for each in readings(texts))
    blank = readable and all(each.blank for each in known.values())
    return replace(base, state=BaseState.EMPTY) if base is not None and base.state is BaseState.USED and blank else base


def _planned(
    every: Sequence[SheetAnswer],
    known: Mapping[str, ExistingAnswer],
    base: WorksheetBase | None,
    *,
    noted: bool,
    replacing: bool,
) -> tuple[PlannedAnswer, ...]:
    """Return what the rows of a sheet are to the portfolio: merged where it is known what was exported."""
    found = []
    for each in every:
        stands, exported = known.get(each.item.id), None if base is None else base.unit.get(each.item.id)
        if exported is not None and base is not None and base.state is BaseState.USED:
            planned = worksheet_merge.merged(
                each, stands, exported, noted=noted and not each.note_unread, replacing=replacing
            )
        else:
            planned = worksheet_merge.planned(_as_exported(each, exported), stands, replacing=replacing)
        if planned is not None:
            found.append(planned)
    return tuple(found)


def _typed_shares(every: Sequence[SheetAnswer], base: WorksheetBase | None) -> frozenset[str]:
    """Return the cells into which the export wrote a share without counts, where other rows have a formula."""
    pairs = [(each, base.unit.get(each.item.id)) for each in every] if base is not None else []
    return frozenset(
        each.place
        for each, exported in pairs
        if exported is not None
        and each.text
        and worksheet_merge.is_as_exported(each.item, each.answer, exported.answer)
    )


def _as_exported(given: SheetAnswer, exported: ExportedAnswer | None) -> SheetAnswer:
    """Return an answer as the export wrote it, where it is the same: a cell may round it."""
    if exported is None or exported.answer is None or given.answer is None:
        return given
    if not worksheet_merge.is_as_exported(given.item, given.answer, exported.answer):
        return given
    return replace(given, text=exported.text, inputs=exported.inputs, answer=exported.answer)
