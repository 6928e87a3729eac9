"""`catat verify`: a copy of a site against its own list of checksums, and against another list or the last one seen."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.group import catat
from generator.commands.options import examples, lang_option

if TYPE_CHECKING:
    from generator.commands.verify_text import Comparison
    from generator.publishing.signature import Signers
    from generator.publishing.site_copies import NoSite, SiteCopy
    from generator.publishing.verify import Verification


@catat.command(
    help=_(
        "Compare a copy of a site with its own list of checksums. PLACE is a folder, a bundle (.zip), an address, or a "
        "target as catat publish knows it. "
        "What is missing, what has changed and what is unexpected is named, each by itself; an older version than the "
        "one seen last is reported."
    ),
    epilog=examples(
        "  catat verify site\n  catat verify bukti-zi.zip\n  catat verify https://satker.example.go.id/zi/\n"
        "  catat verify Z:\\zi --against SHA256SUMS\n  catat verify site --against 1f0c3a9be27d4458\n"
        "  catat verify site --signers allowed_signers --identity zi@satker"
    ),
)
@click.argument("place", metavar=_("PLACE"))
@click.option("--against", metavar=_("FILE"), help=_("A SHA256SUMS kept elsewhere, or its digest: 16 or 64 digits."))
@click.option(
    "--signers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Check the signature with this file of allowed signers (allowed_signers)."),
)
@click.option("--identity", help=_("Who must have signed, as that file names them."))
@click.option("--json", "as_json", is_flag=True, help=_("Write the verdicts as data."))
@lang_option
def verify(
    place: str,
    against: str | None,
    signers: Path | None,
    identity: str | None,
    as_json: bool,  # noqa: FBT001 - a Click flag
) -> int:
    """Verify."""
    from generator.commands.console import print_data
    from generator.commands.publish_text import words_for_errors
    from generator.commands.verify_text import comparison_json, comparison_lines
    from generator.publishing.signature import Signers, SigningRefused
    from generator.publishing.site_copies import CopyUnreachable, NoSite

    if (signers is None) != (identity is None):
        raise click.UsageError(_("--signers and --identity belong together."))
    try:
        with words_for_errors(place):
            compared = _compared(place, against, None if signers is None else Signers(signers, identity or ""))
    except NoSite as none:
        raise click.UsageError(no_site(place, none)) from none
    except FileNotFoundError as error:
        raise click.UsageError(_("There is nothing at {place}.").format(place=place)) from error
    except CopyUnreachable as unreachable:
        click.echo(_("{place} cannot be reached: {why}").format(place=place, why=unreachable.detail), err=True)
        return exitcodes.ENVIRONMENT
    except SigningRefused as refused:
        click.echo(refused.sentence, err=True)
        return refused.code
    if as_json:
        print_data(comparison_json(compared))
    else:
        click.echo("\n".join(comparison_lines(compared)))
    return exitcodes.OK if compared.sound else exitcodes.ERRORS


def no_site(place: str, none: NoSite) -> str:
    """Return the sentence on a place that has no site."""
    from generator.messages.printable import printable

    sentences = {
        "no-list": _("{place} is no site of Catat: it has no SHA256SUMS."),
        "empty-list": _("{place} is no site of Catat: its SHA256SUMS is empty."),
        "too-large": _("{place} is no site of Catat: {detail} is too large to be one of its lists."),
        "not-zip": _("{place} cannot be read as a zip. It was cut short, or is no bundle."),
        "scheme": _("{place} cannot be verified there: {detail} is not known. Name a folder, a .zip or an address."),
        "address": _("{place} is not the address of a folder, such as https://satker.example.go.id/zi/"),
        "password": _("{place} has a user or a password in it, which others would read. Leave it out."),
        "redirect": _("{place} leads elsewhere: {detail}. Name the address that it leads to."),
        "login": _("{place} asks who reads it ({detail}). Verify it from a network that may read it, or the folder."),
    }
    return sentences[none.reason].format(place=printable(place), detail=printable(none.detail))


def _compared(place: str, against: str | None, signers: Signers | None) -> Comparison:
    """Verify a place, and compare it with what is asked for.

    Raises NoSite, CopyUnreachable, SigningRefused, OSError.
    """
    from generator.commands.progress import ProgressLine
    from generator.commands.verify_text import Comparison
    from generator.publishing import seen_digests
    from generator.publishing import verify as verifying

    wanted = None if against is None else _wanted(against)
    with _opened(place) as copy, ProgressLine() as progress:
        found = verifying.verify(copy, progress=lambda done, of: progress("verify", done, of))
    name = seen_digests.place_name(place)
    same = found.sums == wanted if isinstance(wanted, bytes) else found.digest.startswith(wanted or "")
    compared = Comparison(
        place,
        found,
        another=not same,
        difference=verifying.difference(found.sums, wanted) if isinstance(wanted, bytes) and not same else None,
        newest=seen_digests.last_seen(name) if wanted is None and seen_digests.is_older(name, found.digest) else None,
        signed_by=None if signers is None else signers.identity,
        signature_fault=None if signers is None else _signature_fault(found, signers),
    )
    if compared.sound:
        seen_digests.note(name, found.digest)
    return compared


def _opened(place: str) -> AbstractContextManager[SiteCopy]:
    """Return the copy at a place, or at a target: by its name in the settings, or by an address that is no web page.

    Raises NoSite, TargetRefused, OSError.
    """
    from generator.commands.publish_steps import named_targets
    from generator.model.target_address import TargetKind, parse_target
    from generator.publishing.named_targets import find_target
    from generator.publishing.site_copies import open_copy
    from generator.publishing.target_copy import TargetCopy
    from generator.publishing.targets.opening import open_target

    root, named = named_targets()
    if place in named and not Path(place).exists():
        return TargetCopy(open_target(find_target(place, named, root)[1]))
    if re.match(r"(sftp|smb|s3)://", place, re.IGNORECASE) and parse_target(place).kind is not TargetKind.FOLDER:
        return TargetCopy(open_target(parse_target(place)))
    return open_copy(place)


def _signature_fault(found: Verification, signers: Signers) -> str | None:
    """Return what is wrong with the signature of a list, None where it is good. Raises SigningRefused."""
    from generator.publishing import signature

    if found.signature is None:
        return _("there is no SHA256SUMS.sig")
    return signature.fault(found.sums, found.signature, signers)


def _wanted(against: str) -> bytes | str:
    """Return the list, or the beginning of the digest, that a copy is to have. Raises OSError."""
    from generator.disk import file_content
    from generator.exchange.checksums import read_checksums

    if re.fullmatch(r"[0-9A-Fa-f]{16}|[0-9A-Fa-f]{64}", against) and not Path(against).exists():
        return against.lower()
    path = Path(against)
    if not path.is_file():
        sentence = _("{value} is neither a file nor a digest of 16 or 64 digits")
        raise click.BadParameter(sentence.format(value=against), param_hint="--against")
    content = file_content(path)
    if not read_checksums(content):
        raise click.BadParameter(_("{file} is no list of checksums").format(file=against), param_hint="--against")
    return content
