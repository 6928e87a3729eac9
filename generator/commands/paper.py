"""What the commands that write for paper share: a report as PDF or for Word by its ending, or several in a folder."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.export import ensure_writable, read_portfolio, write_file, write_files
from generator.commands.options import portfolio_folder

if TYPE_CHECKING:
    from generator.reports.pack import PaperFiles

_ENDINGS = (".pdf", ".docx")


def export_paper(
    portfolio: Path | None,
    out: Path,
    as_of: datetime.date | None,
    papers: Sequence[PaperFiles],
    *,
    replace: bool,
) -> int:
    """Write the first of some reports, or all where `out` is a folder, and return the exit code.

    Files that no export wrote are replaced only if asked to.

    Raises Click's error for a file of another kind, one in the portfolio's folders, or a portfolio with errors.
    """
    from generator.reports.pack import pack, written
    from generator.reports.pdf import NoTypesetter
    from generator.site import published

    is_folder = _is_folder(out)
    root = portfolio_folder(portfolio)
    ensure_writable(out, root)
    outcome = read_portfolio(root, as_of)
    assert outcome.readiness is not None
    contents = published.contents(outcome.readiness, outcome.files, root)
    try:
        if is_folder:
            return _write_pack(out, pack(contents, papers), replace=replace)
        write_file(out, written(papers[0].report(contents), out.suffix), replace=replace)
    except NoTypesetter:
        click.echo(
            _(
                "There is no Typst for this kind of computer, which sets the PDF. Write the report for Word: "
                "-o {name}. Word saves it as PDF."
            ).format(name=out.with_suffix(".docx")),
            err=True,
        )
        return exitcodes.ENVIRONMENT
    click.echo(_("{path} written.").format(path=out))
    return exitcodes.OK


def _write_pack(out: Path, files: Mapping[str, bytes], *, replace: bool) -> int:
    write_files(out, {name: partial(_write, content) for name, content in files.items()}, replace=replace)
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
    if ending in _ENDINGS:
        return False
    sentence = _("{name} is of no kind that can be written. Name a file .pdf or .docx, or a folder: -o {folder}")
    raise click.UsageError(sentence.format(name=out, folder=out.with_suffix("") if ending else f"{out}-usulan"))
