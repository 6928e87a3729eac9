"""`catat export portalrb`: the files that PortalRB pulls of a unit, under the names that it asks for."""

from __future__ import annotations

import datetime
import re
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.export import ensure_writable, export, read_portfolio
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder
from generator.messages.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.build.outcome import Outcome
    from generator.exchange.portalrb import PortalrbFault, UnitAnswers


@export.command(
    help=_(
        "Write what PortalRB pulls of the unit: the units to propose (pengusulan/unit-wbk, pengusulan/unit-wbbm) and "
        "the answers with those of TPI (lke/jawaban-unit/ID). A web server hands the folder out as it is: "
        "catat server-config --portalrb. What PortalRB would reject is refused, with its place. The JSON Schemas of "
        "the files: catat schema portalrb-units, catat schema portalrb-answers."
    ),
    epilog=examples("  catat export portalrb -o portalrb\n  catat export portalrb my-portfolio -o portalrb"),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(file_okay=False, path_type=Path), metavar=_("FOLDER"),
    help=_("The folder to write: a new one, or one that this command wrote."),
)  # fmt: skip
@as_of_option
@click.option("-y", "--yes", is_flag=True, help=_("Replace the answers of another unit."))
@lang_option
def portalrb(portfolio: Path | None, out: Path, as_of: datetime.date | None, yes: bool) -> int:  # noqa: FBT001 - a Click flag
    """Export."""
    from generator.exchange.portalrb import SOALS, files, unit_answers

    root = portfolio_folder(portfolio)
    ensure_writable(out, root)
    outcome = read_portfolio(root, as_of)
    assert outcome.readiness is not None  # else the portfolio has errors
    unit, faults = unit_answers(outcome.readiness)
    if unit is None:
        _print_faults(faults, outcome)
        return exitcodes.ERRORS
    content = files((unit,))
    _ensure_ours(out, unit.id, replace_other=yes)
    _write(out, content)
    count = len(content)
    click.echo(ngettext("{count} file in {out}", "{count} files in {out}", count).format(count=count, out=out))
    for sentence in _unusual(unit, outcome, SOALS):
        click.echo(sentence, err=True)
    return exitcodes.OK


def _unusual(unit: UnitAnswers, outcome: Outcome, soals: int) -> list[str]:
    """Return what PortalRB takes, and what somebody should look at."""
    found, of = [], len(unit.answers)
    if unit.blank:
        sentence = ngettext(
            "{count} of {of} questions has no answer.", "{count} of {of} questions have no answer.", unit.blank
        )
        found.append(sentence.format(count=unit.blank, of=of))
    if of != soals:
        sentence = _("PortalRB has {soals} questions; the instrument has {of} of them.")
        found.append(sentence.format(soals=soals, of=of))
    if unit.affirmative and unit.category == "WBK":
        found.append(_("Affirmation applies to the unit, but its category is WBK. Is WBK-AFIRMASI meant?"))
    if outcome.portfolio is not None and outcome.portfolio.site_url is None:
        found.append(
            _(
                "portfolio.yaml does not have the address of the site (site_url), so the evidence is only documents on "
                "the web: files have no address."
            )
        )
    return found


# Faults


def _print_faults(faults: Sequence[PortalrbFault], outcome: Outcome) -> None:
    for each in faults:
        place = click.style(printable(_place(each, outcome)), fg="blue")
        click.echo(f"{place}: {printable(each.sentence)}", err=True)
        click.echo(f"  {printable(each.hint)}", err=True)
    click.echo(_("Nothing was written."), err=True)


def _place(fault: PortalrbFault, outcome: Outcome) -> str:
    """Return the place of a fault as `file:line`; of settings that are not there, and of a shipped file, the file."""
    from generator.exchange.portalrb import INSTRUMENT, SETTINGS
    from generator.messages.source import Source
    from generator.model.text import Span

    assert outcome.settings is not None  # else the portfolio has errors
    if fault.path == INSTRUMENT:
        path = outcome.settings.instrument.value
        file = outcome.root / path
        source = Source(path, file.read_text("utf-8", "replace") if file.is_file() else "")
    elif fault.path == SETTINGS:
        source = outcome.settings.source
    else:
        source = next((each for each in outcome.texts if each.path == fault.path), Source(fault.path, ""))
    if isinstance(fault.at, str):
        name = "periode|period" if fault.at == "period" else re.escape(fault.at)
        found = re.search(rf"(?<![\w.])(?:{name})(?![\w.])", source.text)
        at = Span(*found.span()) if found else None
    else:
        at = fault.at
    return source.path if at is None or not source.text else f"{source.path}:{source.place(at).line}"


# The folder


def _ensure_ours(out: Path, unit: str, *, replace_other: bool) -> None:
    """Raise Click's error where a folder holds anything but an export, or that of another unit. Raises OSError."""
    from generator.exchange.portalrb import UNITS_WBK, exported_units

    if not out.exists() or not any(out.iterdir()):
        return
    paths = [each.relative_to(out).as_posix() for each in out.rglob("*") if not each.is_dir()]
    first = out / UNITS_WBK
    units = exported_units(paths, first.read_bytes() if first.is_file() else b"")
    if units is None:
        sentence = _("{name} is no export for PortalRB. Name an empty or new folder; nothing was changed.")
        raise click.UsageError(sentence.format(name=out))
    if units != (unit,) and not replace_other:
        sentence = _("{name} has the answers of {units}. Name another folder, or replace them with --yes.")
        raise click.UsageError(sentence.format(name=out, units=printable(", ".join(units))))


def _write(out: Path, files: dict[str, bytes]) -> None:
    """Write a folder whole, or leave what is there. Raises OSError, which names the folder."""
    from generator.messages.refusals import errors_naming
    from generator.output import swap

    real = out.resolve()
    with errors_naming(out, swap.staging_prefix(real)), swap.staging_folder(real) as folder:
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        swap.swap(folder, real)
