"""`catat export worksheet`: the unit's own copy of the official workbook, filled; or a workbook of our own."""

from __future__ import annotations

import datetime
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import print_data
from generator.commands.export import ensure_writable, export, read_portfolio, write_file, yes_option
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder
from generator.messages.refusals import Refused

if TYPE_CHECKING:
    from generator.exchange.worksheet.filling import FillingPlan
    from generator.exchange.worksheet.sheet_index import ComputedIndex, UnknownIndex
    from generator.exchange.xlsx.sheet_rules import SheetRules
    from generator.exchange.xlsx.workbook import Workbook
    from generator.readiness.readiness import Readiness

_KINDS = (".xlsx", ".xlsm")


@export.command(
    help=_(
        "Fill the unit's own copy of the official workbook (LKE) with the portfolio's answers, notes and evidence. "
        "Nothing but these cells is changed; what cannot be written is listed. Without --template the workbook is one "
        "of Catat's own, with formulas for every score."
    ),
    epilog=examples(
        "  catat export worksheet --template LKE.xlsx -o LKE-terisi.xlsx\n"
        "  catat export worksheet my-portfolio --template LKE.xlsx -o LKE-terisi.xlsx --replace\n"
        "  catat export worksheet -o LKE.xlsx"
    ),
)
@portfolio_argument
@click.option(
    "--template", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=_("FILE"),
    help=_("The workbook to fill; it is read, never changed."),
)  # fmt: skip
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar=_("FILE"),
    help=_("The workbook to write."),
)  # fmt: skip
@yes_option
@click.option("--replace", is_flag=True, help=_("Write over notes and links that the workbook has otherwise."))
@as_of_option
@click.option("--json", "as_json", is_flag=True, help=_("Print what was written and what was not as data."))
@lang_option
def worksheet(
    portfolio: Path | None,
    template: Path | None,
    out: Path,
    yes: bool,  # noqa: FBT001 - a Click flag
    replace: bool,  # noqa: FBT001 - a Click flag
    as_of: datetime.date | None,
    as_json: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Export a worksheet."""
    root = portfolio_folder(portfolio)
    ensure_writable(out, root, sources=(template,) if template is not None else ())
    _ensure_named(out, template)
    if replace and template is None:
        raise click.UsageError(_("--replace is for the notes and links of a workbook: name it with --template."))
    readiness = read_portfolio(root, as_of).readiness
    assert readiness is not None  # a portfolio without errors was judged
    if not yes and _is_edited(out, readiness):
        sentence = _("{name} was edited since it was exported. Read it with catat import, or replace it with --yes.")
        raise click.UsageError(sentence.format(name=out))
    if template is None:
        return _write_own(readiness, out, yes=yes, as_json=as_json)
    try:
        return _fill(readiness, template, out, yes=yes, replace=replace, as_json=as_json)
    except Refused as refused:
        click.echo(refused.sentence, err=True)
        click.echo(_("Nothing was written."), err=True)
        return exitcodes.ERRORS


def _is_edited(out: Path, readiness: Readiness) -> bool:
    """Whether a file to write is a workbook of our own with answers that nobody has read back."""
    from generator.importing import worksheet_import

    if not out.is_file():
        return False
    try:
        return worksheet_import.is_edited(worksheet_import.open_worksheet(out, readiness.portfolio))
    except Refused:
        return False


def _ensure_named(out: Path, template: Path | None) -> None:
    """Refuse a name by which no program would open the workbook: one with macros is another kind of file."""
    kind = template.suffix.casefold() if template is not None else ""
    ending = kind if kind in _KINDS else _KINDS[0]
    if out.suffix.casefold() != ending:
        sentence = _("{name} has to end in {ending}, for it is a workbook of this kind.")
        raise click.UsageError(sentence.format(name=out, ending=ending))


def _write_own(readiness: Readiness, out: Path, *, yes: bool, as_json: bool) -> int:
    from generator.commands import export_worksheet_text
    from generator.exchange.worksheet.filling_json import filling_json
    from generator.exchange.worksheet.own.workbook import own_workbook

    write_file(out, own_workbook(readiness), replace=yes)
    if as_json:
        print_data(filling_json(None, None, export_worksheet_text.sentence, template=None, sheet=None, output=str(out)))
    else:
        click.echo(_("{path} written.").format(path=out))
        spoken = [each for each in readiness.portfolio.findings if each.date <= readiness.on]
        level = readiness.portfolio.level
        if others := sum(each.item is not None and each.level is not level for each in spoken):
            sentence = ngettext(
                "The columns of assessors show {level}; {count} finding of another level is in the hidden sheet alone. "
                "The setting level in portfolio.yaml chooses which is shown.",
                "The columns of assessors show {level}; {count} findings of other levels are in the hidden sheet "
                "alone. The setting level in portfolio.yaml chooses which is shown.",
                others,
            )
            click.echo(sentence.format(level=level, count=others))
        if left := sum(each.item is None or bool(each.judgements or each.response) for each in spoken):
            sentence = ngettext(
                "{count} finding is about no item, judges documents or has a response, which a worksheet cannot hold.",
                "{count} findings are about no item, judge documents or have a response, which a worksheet cannot "
                "hold.",
                left,
            )
            click.echo(sentence.format(count=left))
        click.echo(export_worksheet_text.next_step(out))
    return exitcodes.OK


# The unit's own copy


def _fill(readiness: Readiness, template: Path, out: Path, *, yes: bool, replace: bool, as_json: bool) -> int:
    """Write a filled copy of a template. Raises Refused where it cannot be filled, and OSError."""
    from generator.build.inspections import read_isolated
    from generator.commands import export_worksheet_text
    from generator.disk import identity_of
    from generator.exchange.worksheet import rows
    from generator.exchange.worksheet.filling_json import filling_json
    from generator.exchange.xlsx import workbook_filling

    before = identity_of(str(template))
    book, name = _opened(template), template.name
    sheet = rows.find(book).sheet.name
    rules = _rules(template, sheet)
    plan, index = _planned(readiness, book, rules, replace=replace)
    fill = partial(workbook_filling.fill_file, sheet=sheet, cells=dict(plan.changes))
    content = read_isolated(template, fill)
    if content is None:
        raise Refused(_DAMAGED().format(file=name))
    if identity_of(str(template)) != before:
        raise Refused(_("{file} changed while it was read. Run the command again.").format(file=name))
    write_file(out, content, replace=yes)
    if as_json:
        sentence = export_worksheet_text.sentence
        print_data(filling_json(plan, index, sentence, template=name, sheet=sheet, output=str(out)))
    else:
        click.echo("\n".join(export_worksheet_text.lines(plan, index, sheet, out)))
    return exitcodes.OK if plan.complete else exitcodes.ERRORS


def _planned(
    readiness: Readiness, book: Workbook, rules: SheetRules, *, replace: bool
) -> tuple[FillingPlan, ComputedIndex | UnknownIndex | None]:
    from generator.exchange.worksheet import contents, filling, matching, rows, sheet_index
    from generator.exchange.xlsx.cell_choices import CellRules

    found, instrument = rows.find(book), readiness.portfolio.instrument
    placement = matching.place(found, instrument)
    typed = CellRules(book, found.sheet, rules, sheet_index.calculator(found, rules, {}))
    plan = filling.plan(found, placement, typed, contents.contents(readiness), instrument, replace=replace)
    values = {each.item.id: each.answer.value for each in readiness.items if each.answer is not None}
    return plan, sheet_index.compute(found, placement, rules, plan.changes, values, instrument)


def _opened(template: Path) -> Workbook:
    """Return the sheets of a template. Raises Refused where it is no workbook, and OSError."""
    from generator.build.inspections import read_isolated
    from generator.exchange.xlsx import workbook
    from generator.exchange.xlsx.workbook import Workbook, WorkbookFault

    found = read_isolated(template, workbook.read)
    if isinstance(found, Workbook):
        return found
    sentences = {
        WorkbookFault.NO_WORKBOOK: _("{file} is no workbook of Excel (xlsx or xlsm)."),
        WorkbookFault.DAMAGED: _DAMAGED(),
        WorkbookFault.PASSWORD: _("{file} asks for a password to be opened. Save it without one, and fill that file."),
        WorkbookFault.TOO_LARGE: _("{file} is too large: a worksheet has less than 64 MB."),
        None: _("{file} cannot be read within limits of time and memory. Copy its worksheet into a new workbook."),
    }
    raise Refused(sentences[found].format(file=template.name))


def _DAMAGED() -> str:  # noqa: N802 - a constant in the language that is spoken
    return _("{file} is damaged: open it in Excel or LibreOffice, and save it again.")


def _rules(template: Path, sheet: str) -> SheetRules:
    """Return what a sheet says of its cells. Raises Refused where the file is of a kind that cannot be filled."""
    from generator.build.inspections import read_isolated
    from generator.exchange.xlsx import sheet_rules

    found = read_isolated(template, partial(sheet_rules.read, sheet=sheet))
    if found is None:
        sentence = _(
            "{file} cannot be filled in this form. Save it in Excel or LibreOffice as xlsx, and fill that file."
        )
        raise Refused(sentence.format(file=template.name))
    return found
