"""`catat export bundle`: the whole site, or one area's part of it, in one zip that proves itself."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.export import ensure_writable, export
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today

if TYPE_CHECKING:
    from generator.publishing.bundle import BundleRequest, BundleResult


@export.command(
    help=_(
        "Write the whole site into one zip that proves itself (a BagIt bag): read without a network, checked with "
        "catat verify or sha256sum, signed with --key. With --area it is one area's part, for one assessor."
    ),
    epilog=examples(
        "  catat export bundle -o bukti-zi.zip\n  catat export bundle -o area-2.zip --area 2\n"
        "  catat export bundle my-portfolio -o bukti-zi.zip --key ~/.ssh/id_ed25519"
    ),
)
@portfolio_argument
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar=_("FILE"),
    help=_("The zip to write."),
)  # fmt: skip
@click.option("--area", type=int, metavar=_("NUMBER"), help=_("Only the records, items and documents of this area."))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=_("FILE"),
    help=_("Sign it: the private key of SSH, or the public one of a key in the SSH agent."),
)  # fmt: skip
@as_of_option
@click.option("-y", "--yes", is_flag=True, help=_("Replace a file that is no bundle."))
@lang_option
def bundle(
    portfolio: Path | None,
    out: Path,
    area: int | None,
    key: Path | None,
    as_of: datetime.date | None,
    yes: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Bundle."""
    from generator.commands.sign import passphrase
    from generator.publishing import signature
    from generator.publishing.bundle import BundleRequest
    from generator.publishing.signature import SigningRefused

    root, day = portfolio_folder(portfolio), as_of or today()
    ensure_writable(out, root)
    try:
        loaded = None if key is None else signature.load_key(key, passphrase)
        result = _written(BundleRequest(root, out, day, area, loaded, replace_other=yes))
    except SigningRefused as refused:
        click.echo(refused.sentence, err=True)
        return refused.code
    return exitcodes.ENVIRONMENT if result is None else _print_result(result, out)


def _written(request: BundleRequest) -> BundleResult | None:
    """Write a bundle; None where a file changed meanwhile, which is said. Raises SigningRefused, OSError."""
    from generator.commands.progress import ProgressLine
    from generator.output.document_copies import FileChanged
    from generator.output.folder_checks import OutputRefused
    from generator.publishing import bundle as bundles

    try:
        with ProgressLine() as progress:
            return bundles.write(request, progress=progress)
    except bundles.NoArea as none:
        known = ", ".join(map(str, none.known))
        sentence = _("there is no area {number}; there are {known}").format(number=request.area, known=known)
        raise click.BadParameter(sentence, param_hint="--area") from none
    except bundles.NotOurs as other:
        sentence = _("{name} is no bundle of Catat. Name another file, or replace it with --yes.")
        raise click.UsageError(sentence.format(name=request.out)) from other
    except OutputRefused as refused:
        sentence = _("{name} is in the portfolio's own folders. Name a file outside of them.")
        raise click.UsageError(sentence.format(name=request.out)) from refused
    except FileChanged as changed:
        sentence = _("{name} changed while the bundle was written. Write it again.")
        click.echo(sentence.format(name=changed), err=True)
        return None


def _print_result(result: BundleResult, out: Path) -> int:
    from generator.commands.console import language_of, print_report
    from generator.messages.printable import printable

    if result.errors:
        print_report(result.errors, language_of(result.language), to_stderr=True)
    if result.unfit:
        click.echo(
            _("Programs read these names differently in a list of checksums. Rename the files, without %0A, %0D, %25:"),
            err=True,
        )
        for path in result.unfit:
            click.echo(f"  {printable(path)}", err=True)
    if not result.files:
        click.echo(_("No bundle was written; {out} is as it was.").format(out=out), err=True)
        return exitcodes.ERRORS
    files = ngettext("{count} file in {out}", "{count} files in {out}", result.files)
    click.echo(files.format(count=result.files, out=out))
    click.echo(_("Digest: {digest}").format(digest=result.digest))
    return exitcodes.OK
