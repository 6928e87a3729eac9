"""`catat publish`: the site, onto the server where it is read."""

from __future__ import annotations

import datetime
import re
from gettext import gettext as _
from pathlib import Path

import click
from msgspec import Struct

from generator.commands.group import catat
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today


class PublishOptions(Struct, frozen=True):
    """What was asked for."""

    dry_run: bool
    listed: bool
    yes: bool
    strict: bool
    check_all: bool
    keep: int
    key: Path | None
    setup: bool
    status: bool
    versions: bool
    rollback: str | None


@catat.command(
    help=_(
        "Publish the site to a target: a name from publish: in portfolio.yaml, a folder, or an address (sftp://, "
        "smb://, https:// for WebDAV, s3://). The portfolio is built and its site examined first; what is the same "
        "there is not sent; readers see the old site or the new one. Without TARGET it is the only one of the settings."
    ),
    epilog=examples(
        "  catat publish intranet --dry-run\n"
        "  catat publish intranet\n"
        "  catat publish sftp://zi@server/var/www/zi --setup\n"
        "  catat publish intranet --status\n"
        "  catat publish intranet --versions\n"
        "  catat publish intranet --rollback"
    ),
)
@click.argument("target", required=False, default="", metavar=_("[TARGET]"))
@portfolio_argument
@as_of_option
@click.option("--dry-run", is_flag=True, help=_("Show by name what would change, and stop."))
@click.option("--list", "listed", is_flag=True, help=_("Show by name what changes."))
@click.option("-y", "--yes", is_flag=True, help=_("Agree to whatever would be asked, such as many withdrawals."))
@click.option("--strict", is_flag=True, help=_("Publish nothing if the examination of the site has warnings."))
@click.option("--verify", "check_all", is_flag=True, help=_("Read every file at the target back, and mend wrong ones."))
@click.option(
    "--keep", type=click.IntRange(min=1), default=5, show_default=True, help=_("How many versions the target keeps.")
)
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Sign the list of checksums with this key (as catat sign does)."),
)
@click.option("--setup", is_flag=True, help=_("Prepare the target once: whole versions behind a link, where it can."))
@click.option("--status", is_flag=True, help=_("Show what is published, since when, by whom, and what would change."))
@click.option("--versions", is_flag=True, help=_("Show the versions that the target keeps."))
@click.option(
    "--rollback",
    is_flag=False,
    flag_value="",
    metavar=_("[DIGEST]"),
    help=_("Bring a version back: the one before, or the one with this digest."),
)
@lang_option
def publish(
    target: str,
    portfolio: Path | None,
    as_of: datetime.date | None,
    dry_run: bool,  # noqa: FBT001 - Click flags
    listed: bool,  # noqa: FBT001
    yes: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
    check_all: bool,  # noqa: FBT001
    keep: int,
    key: Path | None,
    setup: bool,  # noqa: FBT001
    status: bool,  # noqa: FBT001
    versions: bool,  # noqa: FBT001
    rollback: str | None,
) -> int:
    """Publish."""
    actions = [setup, status, versions, rollback is not None]
    if sum(actions) > 1:
        raise click.UsageError(_("Use only one of --setup, --status, --versions and --rollback."))
    if rollback and not re.fullmatch("[0-9a-f]+", rollback):  # the option takes the next word as its own
        right = f"catat publish {rollback} --rollback"
        raise click.UsageError(
            _("{word} is no digest. Write --rollback last: {command}").format(word=rollback, command=right)
        )
    options = PublishOptions(dry_run, listed, yes, strict, check_all, keep, key, setup, status, versions, rollback)
    root = portfolio_folder(portfolio)
    from generator.commands.publish_steps import PublishCommand, print_unpublished, settings_errors
    from generator.commands.publish_text import words_for_errors

    if errors := settings_errors(root, target):
        return print_unpublished(errors, "id")
    with words_for_errors(target):
        command = PublishCommand(root, target, options, on=as_of or today(), date=today())
    with words_for_errors(command.name):  # the only one of the settings was not written
        return command.run()
