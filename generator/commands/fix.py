"""`catat check --fix`: shows what can be mended with certainty as a difference, and writes it when confirmed."""

from __future__ import annotations

import datetime
import sys
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from generator.fixes.changes import Change


def fix(root: Path, *, on: datetime.date, agreed: bool) -> bool:
    """Show the changes, and write them if `agreed` or if the user says so; return whether the disk refused."""
    from generator.authoring import prompts
    from generator.commands.progress import ProgressLine
    from generator.fixes import fixes

    with ProgressLine() as progress:
        changes = fixes.plan(root, on=on, progress=progress)
    if not changes:
        click.echo(_("Nothing can be mended with certainty; nothing was changed."))
        return False
    for change in changes:
        _show(change)
    if not agreed and not sys.stdin.isatty():
        click.echo(_("Nothing was changed. To make these changes: catat check --fix --yes"))
        return False
    if not agreed and not prompts.ask_yes(_question(changes), blank=False):
        click.echo(_("Nothing was changed."))
        return False
    return _write(root, changes)


def _question(changes: tuple[Change, ...]) -> str:
    count = sum(change.mended for change in changes)
    what = ngettext("Make this {count} change", "Make these {count} changes", count).format(count=count)
    where = ngettext("in {count} file?", "in {count} files?", len(changes)).format(count=len(changes))
    return f"{what} {where}"


def _show(change: Change) -> None:
    from generator.fixes.changes import difference
    from generator.messages.printable import printable

    colours = {"+": "green", "-": "red", "@": "cyan"}
    if change.converted:
        sentence = _("{file}: from UTF-16 to UTF-8, the whole file; its words stay as they are")
        click.echo(click.style(sentence.format(file=printable(change.path)), fg="cyan"))
    for line in difference(change):
        header = line.startswith(("--- ", "+++ "))
        click.echo(click.style(line, bold=True) if header else click.style(line, fg=colours.get(line[:1])))
    click.echo()


def _write(root: Path, changes: tuple[Change, ...]) -> bool:
    """Write each change by itself: where one file cannot be written the others are written all the same."""
    from generator.fixes.changes import write
    from generator.messages.printable import printable
    from generator.messages.refusals import why

    done: list[Change] = []
    refused = False
    for change in changes:
        file = printable(change.path)
        try:
            written = write(root, change)
        except OSError as error:
            click.echo(_("{file} was not changed: {reason}").format(file=file, reason=why(error)), err=True)
            refused = True
            continue
        if written:
            done.append(change)
        else:
            sentence = _("{file} was not changed: somebody else changed it in the meantime. Run the command again.")
            click.echo(sentence.format(file=file), err=True)
    count = sum(change.mended for change in done)
    what = ngettext("{count} change made", "{count} changes made", count).format(count=count)
    where = ngettext("in {count} file.", "in {count} files.", len(done)).format(count=len(done))
    click.echo(f"{what} {where}\n")
    return refused
