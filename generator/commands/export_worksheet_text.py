"""What was filled into a worksheet as lines of text: the counts, what was not written, and the index of the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.messages.printable import printable

if TYPE_CHECKING:
    from generator.exchange.worksheet.filling import CellKind, FillingPlan, FillingReason, FillingRemark
    from generator.exchange.worksheet.sheet_index import ComputedIndex, DifferingRow, IndexEffect, UnknownIndex

_WIDTH, _SHOWN = 100, 40
_LINES, _LINES_OF_LESS = 6, 3
"""Of one reason no more lines are shown, so that a report fits on a screen: fewer where no answer is lost."""


def lines(plan: FillingPlan, index: ComputedIndex | UnknownIndex | None, sheet: str, out: Path) -> list[str]:
    """Return the whole report."""
    return [*_counts(plan, sheet, out), *_remarks(plan), "", *_index(index), "", next_step(out)]


def next_step(out: Path) -> str:
    """Return what to do with the workbook."""
    sentence = _("Next: open {out} in Excel or LibreOffice, look at it, and save it: then its scores are computed.")
    return sentence.format(out=out)


def sentence(remark: FillingRemark) -> str:
    """Return a remark in one sentence."""
    written = " ".join(part for part in _parts(remark)[2:] if part)
    return f"{_headings()[remark.reason]}: {written}" if written else _headings()[remark.reason]


def _counts(plan: FillingPlan, sheet: str, out: Path) -> Iterator[str]:
    from generator.exchange.worksheet.filling import CellKind

    answers = {each.item for each in plan.cells if each.kind in {CellKind.ANSWER, CellKind.COUNT}}
    notes, evidence = (sum(each.kind is kind for each in plan.cells) for kind in (CellKind.NOTE, CellKind.EVIDENCE))
    parts = [
        ngettext("{count} answer", "{count} answers", len(answers)).format(count=len(answers)),
        ngettext("{count} note", "{count} notes", notes).format(count=notes),
        ngettext("{count} cell with evidence", "{count} cells with evidence", evidence).format(count=evidence),
    ]
    heading = _("Sheet {sheet}").format(sheet=printable(sheet))
    yield f"{click.style(heading, bold=True)} ({out})"
    changed = ngettext("{count} cell was changed", "{count} cells were changed", len(plan.changes))
    yield f"  {', '.join(parts)}; {changed.format(count=len(plan.changes))}."
    if lost := len({each.item for each in plan.remarks if each.blocks}):
        sentence = ngettext("{count} answer is not in the workbook:", "{count} answers are not in the workbook:", lost)
        yield click.style("  " + sentence.format(count=lost), fg="red")


def _headings() -> dict[FillingReason, str]:
    """Return what each reason means, in the order in which they are reported."""
    from generator.exchange.worksheet.filling import FillingReason

    return {
        FillingReason.UNCERTAIN: _("Not written: which item the row asks for is uncertain"),
        FillingReason.NO_ROW: _("Not written: the sheet has no row for the item"),
        FillingReason.OTHER_SCALE: _("Not written: the sheet offers another scale"),
        FillingReason.VALIDATION: _("Not written: the cell takes other values only"),
        FillingReason.SHARE_ALONE: _("Not written: the sheet asks for counts, and the portfolio has only their share"),
        FillingReason.NO_COUNT_ROWS: _("Not written: the sheet has other counts than the item"),
        FillingReason.FORMULA: _("Not written: the cell has a formula"),
        FillingReason.MERGED: _("Not written: the cell is hidden in a merged one"),
        FillingReason.TOO_LONG: _("Not written: it is longer than a cell can hold (32,767 characters)"),
        FillingReason.DIFFERS: _("Left: the sheet has another note or link (--replace writes over it)"),
        FillingReason.NOT_IN_PORTFOLIO: _("Left: the sheet has an answer that the portfolio lacks"),
        FillingReason.TYPED_RESULT: _("Left: somebody typed a number where a formula belongs"),
        FillingReason.ROW_WITHOUT_ITEM: _("Left: the row is like no item that has no row yet"),
        FillingReason.NO_COLUMN: _("Left: the sheet has no column for it"),
        FillingReason.UNCERTAIN_FILLED: _("Written; compare the question, which is worded otherwise"),
        FillingReason.ODD_CHOICE: _(
            "Written; but the sheet writes the choices otherwise, and may not count the answer"
        ),
        FillingReason.LINK_LEFT: _("Written; but the cell still leads to another address: remove its link by hand"),
        FillingReason.UNCHECKED: _("Written; whether the cell takes the value can only be seen in Excel"),
        FillingReason.CHARACTERS: _("Written without characters that a workbook cannot hold"),
        FillingReason.LOCKED: _("Written; by hand nobody can, for the protection of the sheet locks the cell"),
    }


def _remarks(plan: FillingPlan) -> Iterator[str]:
    for reason, heading in _headings().items():
        found = [each for each in plan.remarks if each.reason is reason]
        if not found:
            continue
        blocks = any(each.blocks for each in found)
        yield ""
        yield click.style(heading, fg="red" if blocks else "yellow") + f" ({len(found)})"
        most = _LINES if blocks else _LINES_OF_LESS
        rows = [_parts(each) for each in found[:most]]
        widths = [max(len(row[at]) for row in rows) for at in range(2)]
        for cell, item, value, detail in rows:
            yield f"  {cell:<{widths[0]}}  {item:<{widths[1]}}  {value}  {detail}".rstrip()
        if len(found) > most:
            yield "  " + _("… and {count} more; --json lists all").format(count=len(found) - most)


def _parts(remark: FillingRemark) -> tuple[str, str, str, str]:
    """Return a remark as its cell, item, value, and what that is compared with."""
    from generator.exchange.worksheet.filling import CellKind, FillingReason
    from generator.importing.worksheet_remarks import answer_words

    value, detail = _cut(remark.value), _cut(remark.detail)
    if remark.kind in {CellKind.ANSWER, CellKind.COUNT}:
        value, detail = answer_words(value), answer_words(detail)
    if remark.reason is FillingReason.TYPED_RESULT and detail:
        detail = _("the counts give {figure}").format(figure=detail)
    elif remark.reason in {FillingReason.OTHER_SCALE, FillingReason.ODD_CHOICE, FillingReason.VALIDATION} and detail:
        detail = _("the sheet has {choices}").format(choices=detail)
    elif detail and value:
        detail = f"({detail})"
    if remark.kind in {CellKind.NOTE, CellKind.EVIDENCE}:
        value = f"{_kind(remark.kind)} {value}".rstrip()
    return remark.place.rpartition("!")[2], remark.item, value, detail


def _kind(kind: CellKind) -> str:
    from generator.exchange.worksheet.filling import CellKind

    return _("note") if kind is CellKind.NOTE else _("evidence")


def _cut(text: str) -> str:
    plain = printable(" ".join(text.split()))
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def _index(index: ComputedIndex | UnknownIndex | None) -> Iterator[str]:
    from generator.exchange.worksheet.sheet_index import UnknownIndex
    from generator.importing.worksheet_remarks import figure

    if index is None:
        yield _("The sheet computes no index.")
        return
    if isinstance(index, UnknownIndex):
        sentence = _("Index: what {index} will show is not known here, for the formula in {cell} uses {what}.")
        what = f"`{_cut(index.what)}`" if index.what else _("what only Excel or LibreOffice computes")
        yield _wrapped(sentence.format(index=index.place, cell=index.cell, what=what))
        return
    portfolio = figure(index.portfolio, 4)
    if index.sheet is None:
        sentence = _(
            "Index: {cell} will show {error}. The sheet cannot do with blanks and zeros; the answers give {portfolio}."
        )
        yield _wrapped(sentence.format(cell=index.place, error=index.error, portfolio=portfolio))
    elif not index.effects:
        yield _("Index: {cell} will show {index}, which is what the answers give.").format(
            cell=index.place, index=figure(index.sheet, 4)
        )
    else:
        sentence = _("Index: {cell} will show {index}; the answers give {portfolio}. The difference comes from:")
        shown = figure(index.sheet, 4)
        yield _wrapped(sentence.format(cell=index.place, index=shown, portfolio=portfolio))
    for each in index.effects[:_LINES]:
        yield _wrapped(_effect(each), "  ")
    if len(index.effects) > _LINES:
        yield "  " + _("… and {count} more; --json lists all").format(count=len(index.effects) - _LINES)


def _effect(effect: IndexEffect) -> str:
    from generator.importing.worksheet_remarks import figure

    parts = [f"{effect.place.rpartition('!')[2]} {effect.name}".rstrip()]
    if effect.effect:
        points = figure(abs(effect.effect), 4)
        parts.append((_("{points} too high") if effect.effect > 0 else _("{points} too low")).format(points=points))
    text = ": ".join(parts)
    rows = [f"{_row(each)} ({each.item})" for each in effect.rows]
    return f"{text} – {', '.join(rows)}" if rows else text


def _row(row: DifferingRow) -> str:
    """Return why a row differs: the cells that somebody has to fill in, else what it shows."""
    from generator.importing.worksheet_remarks import answer_words

    cell, blanks = row.place.rpartition("!")[2], [each.rpartition("!")[2] for each in row.blanks]
    if blanks:
        return ngettext("{cells} is blank", "{cells} are blank", len(blanks)).format(cells=", ".join(blanks))
    said = _("{cell} is left out") if row.shown is None else _("{cell} shows {value}")
    return said.format(cell=cell, value=printable(answer_words(row.shown or "")))


def _wrapped(text: str, indent: str = "") -> str:
    return click.wrap_text(text, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  " * bool(indent))
