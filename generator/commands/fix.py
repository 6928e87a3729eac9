"""`catat check --fix`: what is mended beyond doubt, shown as a difference and made when told to."""

from __future__ import annotations

import datetime
import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.fixes.fixes import Change


def mend(root: Path, *, on: datetime.date, agreed: bool) -> bool:
    """Show what can be mended with certainty, and do it where `agreed` or told to; return whether the disk refused."""
    from generator.commands.terminal import Progress
    from generator.fixes import fixes

    with Progress() as progress:
        changes = fixes.plan(root, on=on, progress=progress)
    if not changes:
        click.echo(_("Nothing can be mended with certainty; nothing was changed."))
        return False
    for change in changes:
        _show(change)
    count = sum(change.mended for change in changes)
    if not agreed and not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To make these changes: catat check --fix --yes"))
        return False
    if not agreed and not _agreed(_question(count, len(changes))):
        click.echo(_("Nothing was changed."))
        return False
    return _make(root, changes)


def _agreed(question: str) -> bool:
    from generator.authoring import prompts

    return prompts.ask_yes(question, blank=False)


def _question(count: int, files: int) -> str:
    what = ngettext("Make this {count} change", "Make these {count} changes", count).format(count=count)
    where = ngettext("in {count} file?", "in {count} files?", files).format(count=files)
    return f"{what} {where}"


def _show(change: Change) -> None:
    from generator.fixes.fixes import difference
    from generator.messages.diagnostics import printable

    colours = {"+": "green", "-": "red", "@": "cyan"}
    if change.converted:
        told = _("{file}: from UTF-16 to UTF-8, the whole file; its words stay as they are")
        click.echo(click.style(told.format(file=printable(change.path)), fg="cyan"))
    for line in difference(change):
        header = line.startswith(("--- ", "+++ "))
        click.echo(click.style(line, bold=True) if header else click.style(line, fg=colours.get(line[:1])))
    click.echo()


def _make(root: Path, changes: tuple[Change, ...]) -> bool:
    """Make each change for itself: where one file cannot be written the others are mended all the same."""
    from generator.fixes import fixes
    from generator.messages.diagnostics import printable
    from generator.messages.refusals import why

    done: list[Change] = []
    refused = False
    for change in changes:
        try:
            made = fixes.make(root, change)
        except OSError as error:
            told = _("{file} was not changed: {reason}").format(file=printable(change.path), reason=why(error))
            click.echo(told, err=True)
            refused = True
            continue
        if made:
            done.append(change)
        else:
            told = _("{file} was not changed: somebody else changed it in the meantime. Run the command again.")
            click.echo(told.format(file=printable(change.path)), err=True)
    count = sum(change.mended for change in done)
    what = ngettext("{count} change made", "{count} changes made", count).format(count=count)
    where = ngettext("in {count} file.", "in {count} files.", len(done)).format(count=len(done))
    click.echo(f"{what} {where}\n")
    return refused
