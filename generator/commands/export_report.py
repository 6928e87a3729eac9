"""`catat export report`: the readiness report as PDF or for Word, or the whole pack that goes with a proposal."""

from __future__ import annotations

import datetime
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.export import ensure_writable, export, read_portfolio, write_file
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder

if TYPE_CHECKING:
    from generator.site.contents import Contents

_PDF, _WORD = ".pdf", ".docx"


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
@as_of_option
@lang_option
def report(portfolio: Path | None, out: Path, as_of: datetime.date | None) -> int:
    """Report."""
    from generator.reports.pdf import NoTypesetter
    from generator.site import published

    is_folder = _is_folder(out)
    root = portfolio_folder(portfolio)
    ensure_writable(out, root)
    outcome = read_portfolio(root, as_of)
    assert outcome.readiness is not None
    contents = published.contents(outcome.readiness, outcome.files, root)
    try:
        return _write_pack(out, contents) if is_folder else _write_report(out, contents)
    except NoTypesetter:
        click.echo(
            _(
                "There is no Typst for this kind of computer, which sets the PDF. Write the report for Word: "
                "-o {name}. Word saves it as PDF."
            ).format(name=out.with_suffix(_WORD)),
            err=True,
        )
        return exitcodes.ENVIRONMENT


def _write_report(out: Path, contents: Contents) -> int:
    from generator.reports import docx, pack, pdf

    written = pack.readiness_report(contents)
    write_file(out, (pdf if out.suffix.casefold() == _PDF else docx).content(written))
    click.echo(_("{path} written.").format(path=out))
    return exitcodes.OK


def _write_pack(out: Path, contents: Contents) -> int:
    from generator.output.whole_files import write_together
    from generator.reports import pack

    files = pack.pack(contents)
    write_together(out, {name: partial(_write, content) for name, content in files.items()})
    written = ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", len(files))
    click.echo(written.format(count=len(files), folder=out))
    return exitcodes.OK


def _write(content: bytes, stream: IO[bytes]) -> None:
    stream.write(content)


def _is_folder(out: Path) -> bool:
    """Whether a folder is meant. Raises Click's error for a file of another kind."""
    ending = out.suffix.casefold()
    if out.is_dir() or (not ending and not out.exists()):
        return True
    if ending in {_PDF, _WORD}:
        return False
    sentence = _("{name} is of no kind that can be written. Name a file .pdf or .docx, or a folder: -o {folder}")
    raise click.UsageError(sentence.format(name=out, folder=out.with_suffix("") if ending else f"{out}-usulan"))
