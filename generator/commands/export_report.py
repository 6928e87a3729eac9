"""`catat export report`: the readiness report as PDF or for Word, or the whole pack that goes with a proposal."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.export import export, yes_option
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument
from generator.commands.paper import export_paper


@export.command(
    help=_(
        "Write the readiness report for the head of the unit: two pages to sign and an annex with all figures, as PDF "
        "or for Word. In a folder it writes the pack of a proposal: the report, the annex to the letter, and the "
        "statement of absolute responsibility (SPTJM), filled in from portfolio.yaml."
    ),
    epilog=examples(
        "  catat export report -o laporan.pdf\n  catat export report -o laporan.docx\n"
        "  catat export report my-portfolio -o usulan --as-of 2023-06-30"
    ),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar=_("PLACE"),
    help=_("The report (.pdf or .docx), or a folder for the pack of a proposal."),
)  # fmt: skip
@yes_option
@as_of_option
@lang_option
def report(portfolio: Path | None, out: Path, yes: bool, as_of: datetime.date | None) -> int:  # noqa: FBT001 - a Click flag
    """Report."""
    from generator.reports.pack import PROPOSAL

    return export_paper(portfolio, out, as_of, PROPOSAL, replace=yes)
