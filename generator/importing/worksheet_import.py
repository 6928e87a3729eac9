"""A filled worksheet as a plan for a portfolio: what would be written, what is there already, and the remarks.

The plan is computed from the worksheet and the portfolio as they are. Writing follows it and overwrites nothing; the
plan of the same worksheet is empty from then on.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct

from generator.build.inspections import read_isolated
from generator.exchange import workbook
from generator.exchange.workbook import Workbook, WorkbookFault
from generator.exchange.worksheet import matching, rows
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.fixes import changes
from generator.fixes.changes import Change
from generator.importing import (
    assessment_changes,
    worksheet_answers,
    worksheet_checks,
    worksheet_evidence,
    worksheet_findings,
)
from generator.importing.assessment_changes import AnswerState, ExistingAnswer, NewText
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_checks import SheetIndex
from generator.importing.worksheet_evidence import EvidencePlan
from generator.importing.worksheet_findings import FindingsPlan
from generator.importing.worksheet_remarks import Remark
from generator.messages.refusals import Refused, errors_naming
from generator.messages.source import Source
from generator.model.portfolio import Portfolio


class OpenedWorksheet(Struct, frozen=True):
    """The worksheet of a workbook with the places of its rows, and the remarks on the workbook itself."""

    worksheet: Worksheet
    placement: Placement
    remarks: tuple[Remark, ...]


class PlannedAnswer(Struct, frozen=True):
    """An answer of the sheet, and what it is to the portfolio; `known` is what the portfolio has."""

    given: SheetAnswer
    state: AnswerState
    known: ExistingAnswer | None


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
    worksheet = rows.find(found)
    remarks = []
    if not found.has_parts:
        sentence = _("Addresses behind words, and formulas, cannot be read in this kind of file. Save it as xlsx.")
        remarks.append(Remark("parts-unread", worksheet.sheet.name, sentence))
    if worksheet.sheet.hidden:
        remarks.append(
            Remark("sheet-hidden", worksheet.sheet.name, _("The sheet is hidden; no visible one is a worksheet."))
        )
    return OpenedWorksheet(worksheet, matching.place(worksheet, portfolio.instrument), tuple(remarks))


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
) -> WorksheetPlan:
    """Return what the import of a worksheet would do. Raises Refused where findings lack their day, and OSError."""
    worksheet, placement = opened.worksheet, opened.placement
    given, of_answers = worksheet_answers.read(worksheet, placement, worksheet.columns.unit)
    known = assessment_changes.existing(texts, portfolio)
    answers = tuple(
        PlannedAnswer(each, assessment_changes.state_of(each, known.get(each.item.id)), known.get(each.item.id))
        for each in given
    )
    new = [each.given for each in answers if each.state is AnswerState.NEW]
    changed, new_files = assessment_changes.plan(root, texts, portfolio, new)
    evidence = worksheet_evidence.plan(worksheet, placement, portfolio, texts, root)
    own: Mapping[str, SheetAnswer] = {each.item.id: each for each in given}
    found = worksheet_findings.plan(worksheet, placement, portfolio, texts, own, day=day, level=level)
    index = worksheet_checks.index(worksheet, placement, given, portfolio.instrument)
    remarks = [
        *opened.remarks,
        *worksheet_checks.remarks(worksheet, placement, portfolio.instrument),
        *of_answers,
        *(_differs(each) for each in answers if each.state is AnswerState.DIFFERS),
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
        changed,
        (*new_files, *evidence.files, *found.files),
    )


def _differs(answer: PlannedAnswer) -> Remark:
    """Return the remark on an answer that the portfolio has otherwise, with both."""
    given, known = answer.given, answer.known
    assert known is not None  # only what is there can differ
    same = given.answer is not None and known.answer is not None and given.answer.text == known.answer.text
    if same:
        sentence = _("The note differs from that of {item} in {path}, which was left as it is.")
        filled_in = sentence.format(item=given.item.id, path=known.path)
        return Remark("note-differs", given.place, filled_in)
    sentence = _("The sheet answers {item} with `{value}`; {path} has `{known}`, which was left as it is.")
    value = given.answer.text if given.answer is not None else ""
    shown = known.answer.text if known.answer is not None else known.written
    filled_in = sentence.format(item=given.item.id, value=value, path=known.path, known=shown)
    return Remark("answer-differs", given.place, filled_in)


class WrittenFiles(Struct, frozen=True):
    """The files that were written, and those left because somebody changed or made them in the meantime."""

    written: tuple[str, ...]
    left: tuple[str, ...]


def write(root: Path, changed: Sequence[Change], new_files: Sequence[NewText]) -> WrittenFiles:
    """Write changes and new files, each in one step; nothing is overwritten. Raises OSError as the disk does."""
    written: list[str] = []
    left: list[str] = []
    for change in changed:
        (written if changes.write(root, change) else left).append(change.path)
    for new in new_files:
        (written if _write_new(root / new.path, new.text) else left).append(new.path)
    return WrittenFiles(tuple(written), tuple(left))


def _write_new(target: Path, text: str) -> bool:
    """Write a file that does not exist, whole or not at all; return whether it was free."""
    temporary = target.with_name(f".{target.name}-{os.getpid()}.tmp")  # hidden, so it is never read
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with errors_naming(target, temporary):
            with temporary.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            return _placed(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _placed(temporary: Path, target: Path) -> bool:
    """Give a file its name, unless another has it by now; return whether it was free."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a disk without second names
        if target.exists():
            return False
        temporary.rename(target)
    return True
