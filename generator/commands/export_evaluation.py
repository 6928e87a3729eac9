"""`catat export evaluation`: the report of an evaluation (LHE) by one level of assessors, as PDF or for Word."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path

import click

from generator.commands.export import export, yes_option
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument
from generator.commands.paper import export_paper
from generator.model.portfolio import Level


@export.command(
    help=_(
        "Write the report of an evaluation (LHE) by one level of assessors: what they judged, results by part and item "
        "next to the self-assessment, thresholds, recommendations, and lines to sign, as PDF or for Word. In a folder "
        "it writes both."
    ),
    epilog=examples(
        "  catat export evaluation -o lhe.pdf\n  catat export evaluation -o lhe.docx --level TPN\n"
        "  catat export evaluation my-portfolio -o lhe --as-of 2023-06-30"
    ),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar=_("PLACE"),
    help=_("The report (.pdf or .docx), or a folder for both."),
)  # fmt: skip
@click.option(
    "--level", type=click.Choice([each.value for each in Level], case_sensitive=False),
    help=_("Whose findings: TPP, TPI or TPN (default: the level of portfolio.yaml)."),
)  # fmt: skip
@yes_option
@as_of_option
@lang_option
def evaluation(
    portfolio: Path | None,
    out: Path,
    level: str | None,
    yes: bool,  # noqa: FBT001 - a Click flag
    as_of: datetime.date | None,
) -> int:
    """Evaluation."""
    from generator.reports.evaluated import NotAssessed
    from generator.reports.evaluation import papers

    try:
        return export_paper(portfolio, out, as_of, papers(None if level is None else Level(level)), replace=yes)
    except NotAssessed as refused:
        raise click.UsageError(_refusal(refused.level, refused.levels)) from refused


def _refusal(level: Level, levels: tuple[Level, ...]) -> str:
    if not levels:
        return _("No assessor has found anything up to that day: there is no finding to report on.")
    sentence = _("No finding is of the level {level} up to that day. There are findings of: {levels} (--level).")
    return sentence.format(level=level, levels=", ".join(levels))
