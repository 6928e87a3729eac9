"""`catat sign`: the list of checksums of a site, signed with a key of SSH."""

from __future__ import annotations

import sys
from gettext import gettext as _
from pathlib import Path

import click

from generator import exitcodes
from generator.commands.group import catat
from generator.commands.options import examples, lang_option
from generator.messages.refusals import N_

_NOBODY = "zi@satker"
"""The identity of the example where the key's own file names none."""


@catat.command(
    help=_(
        "Sign a site: write SHA256SUMS.sig beside its SHA256SUMS. Only a site that is what its list says is signed. "
        "The key is one of SSH (Ed25519); if FILE is a public key, the SSH agent signs."
    ),
    epilog=examples("  catat sign site --key ~/.ssh/id_ed25519\n  catat sign site --key ~/.ssh/id_ed25519.pub"),
)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar=N_("SITE"))
@click.option(
    "--key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("The private key, or the public one of a key in the SSH agent."),
)
@lang_option
def sign(site: Path, key: Path) -> int:
    """Sign."""
    from generator.commands.progress import ProgressLine
    from generator.commands.verify import no_site
    from generator.commands.verify_text import verdict_lines
    from generator.publishing import verify
    from generator.publishing.signature import SigningRefused
    from generator.publishing.site_copies import FolderCopy, NoSite

    copy = FolderCopy(site)
    try:
        with ProgressLine() as progress:
            found = verify.verify(copy, progress=lambda done, of: progress("verify", done, of))
    except NoSite as none:
        raise click.UsageError(no_site(str(site), none)) from none
    if not found.sound:
        click.echo("\n".join(verdict_lines(found)), err=True)
        click.echo(
            _("Nothing was signed: {site} is not what its list says. Build it again.").format(site=site), err=True
        )
        return exitcodes.ERRORS
    try:
        _sign(copy.root, found.sums, key)
    except SigningRefused as refused:
        click.echo(refused.sentence, err=True)
        return refused.code
    return exitcodes.OK


def passphrase() -> str | None:
    """Ask for the passphrase of a key; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    return click.prompt(_("Passphrase"), hide_input=True, default="", show_default=False, err=True)


def _sign(folder: Path, sums: bytes, key: Path) -> None:
    from generator.model.addresses import SIGNATURE
    from generator.output.whole_files import write_whole
    from generator.publishing import signature

    loaded = signature.load_key(key, passphrase)
    write_whole(folder / SIGNATURE, signature.sign_bytes(sums, loaded).encode())
    identity = _identity(key)
    click.echo(_("Signed: {path}").format(path=folder / SIGNATURE))
    click.echo(_("For those who check it, a line in their file allowed_signers:"))
    click.echo(f"  {signature.allowed_signer(loaded, identity)}")
    click.echo(_("They check it in the folder of the site with:"))
    click.echo(f"  {signature.check_command(identity)}")
    click.echo("  sha256sum -c SHA256SUMS")


def _identity(key: Path) -> str:
    """Return the comment of a key, which names its owner, where its public half has one that can stand in the file."""
    public = key if key.suffix == ".pub" else key.with_name(f"{key.name}.pub")
    try:
        words = public.read_bytes()[:10_000].decode("ascii").split()
    except (OSError, UnicodeDecodeError):
        return _NOBODY
    usable = len(words) == 3 and words[2].isprintable() and not set(words[2]) & set("\"',*?!#")
    return words[2] if usable else _NOBODY
