"""The sentences of `catat publish`: what changes, what is published, and why it was refused."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.messages.printable import printable

if TYPE_CHECKING:
    from generator.output.folder_checks import OutputRefused
    from generator.publishing.comparison import Difference
    from generator.publishing.lease import Busy
    from generator.publishing.named_targets import TargetUnknown
    from generator.publishing.target_state import Version
    from generator.publishing.targets.target import TargetRefused

_MOST_NAMES = 2000


class _PublishRefused(click.ClickException):
    """Nothing was published, or not all, for a reason that lies outside."""

    exit_code = exitcodes.ENVIRONMENT


def difference_line(difference: Difference) -> str:
    """Return what would change, as counts."""
    added, changed, withdrawn = map(len, (difference.added, difference.changed, difference.withdrawn))
    counts = (
        ngettext("{count} new", "{count} new", added).format(count=added),
        ngettext("{count} updated", "{count} updated", changed).format(count=changed),
        ngettext("{count} withdrawn", "{count} withdrawn", withdrawn).format(count=withdrawn),
    )
    return ", ".join(counts)


def names(difference: Difference) -> Iterator[str]:
    """Yield what would change, by name: a sign and the path."""
    rows = [
        *(("+", path) for path in difference.added),
        *(("~", path) for path in difference.changed),
        *(("-", path) for path in difference.withdrawn),
        *(("!", path) for path in difference.doubtful),
    ]
    for sign, path in rows[:_MOST_NAMES]:
        yield f"  {sign} {printable(path)}"
    if len(rows) > _MOST_NAMES:
        more = len(rows) - _MOST_NAMES
        yield "  … " + ngettext("and {count} more", "and {count} more", more).format(count=more)


def moment(written: str) -> str:
    """Return a moment of a target's clock, in UTC, as people write it."""
    try:
        when = datetime.datetime.fromisoformat(written).astimezone(datetime.UTC)
    except ValueError:
        return printable(written)
    return f"{when:%Y-%m-%d %H:%M} UTC"


def published_line(files: int, difference: Difference, *, verified: bool, every: bool) -> str:
    """Return the clear end of a publication; `every` says that all files were hashed, and not those sent alone."""
    updated = len(difference.sent)
    withdrawn = len(difference.withdrawn)
    parts = [
        ngettext("{count} file", "{count} files", files).format(count=files),
        ngettext("{count} updated", "{count} updated", updated).format(count=updated),
        ngettext("{count} withdrawn", "{count} withdrawn", withdrawn).format(count=withdrawn),
    ]
    if verified:
        parts.append(_("verified") if every else _("what was sent verified"))
    return _("Published: {what}").format(what=", ".join(parts))


def version_lines(kept: Sequence[Version], current: str) -> Iterator[str]:
    """Yield a line for each version that a target keeps, the newest first."""
    for each in reversed(kept):
        files = ngettext("{count} file", "{count} files", each.files).format(count=each.files)
        notes = [_("published now")] if each.digest == current else []
        notes += [_("brought back")] if each.rollback else []
        line = f"{each.digest}  {moment(each.date)}  {printable(each.by)}  {files}"
        yield f"{line}  ({', '.join(notes)})" if notes else line


@contextmanager
def words_for_errors(target: str) -> Iterator[None]:
    """Turn what publishing raises into sentences with exit codes."""
    from generator.model.target_address import AddressInvalid
    from generator.output.document_copies import FileChanged
    from generator.output.folder_checks import OutputRefused
    from generator.publishing.lease import Busy, Lost
    from generator.publishing.named_targets import TargetIsPortfolio, TargetUnknown
    from generator.publishing.signature import SigningRefused
    from generator.publishing.target_state import NotASite
    from generator.publishing.targets.target import TargetRefused

    try:
        yield
    except AddressInvalid as invalid:
        raise click.UsageError(_invalid(invalid.reason)) from None  # its text may hold a password
    except TargetIsPortfolio as portfolio:
        sentence = _("{folder} is a portfolio. Name the target first: {command}")
        name = printable(str(portfolio))
        command = f"catat publish {_('TARGET')} {name}"
        raise click.UsageError(sentence.format(folder=name, command=command)) from portfolio
    except TargetUnknown as unknown:
        raise click.UsageError(_unknown(unknown)) from unknown
    except OutputRefused as refused:
        raise click.UsageError(_unbuilt(refused)) from refused
    except NotASite as foreign:
        sentence = _("{target} holds files that Catat did not publish ({name}). Name an empty folder.")
        raise click.UsageError(sentence.format(target=target, name=printable(foreign.name))) from foreign
    except Busy as busy:
        raise _PublishRefused(_busy(busy)) from busy
    except Lost as lost:
        sentence = _("Somebody else has begun to publish there meanwhile; nothing more was changed. Look: {command}")
        raise _PublishRefused(sentence.format(command=f"catat publish {target} --status")) from lost
    except SigningRefused as refused:
        if refused.code == exitcodes.USAGE:
            raise click.UsageError(refused.sentence) from refused
        raise _PublishRefused(refused.sentence) from refused
    except TargetRefused as refused:
        sentence = _refusal(refused, target)
        if refused.reason in {"unsupported", "no-version"}:
            raise click.UsageError(sentence) from refused
        raise _PublishRefused(sentence) from refused
    except FileChanged as changed:
        sentence = _("{name} changed while the site was built. Publish again.")
        raise _PublishRefused(sentence.format(name=changed)) from changed


def _invalid(reason: str) -> str:
    sentences = {
        "password": _(
            "The address holds a password. Leave it out: the key ring, the SSH agent or the variable CATAT_PASSWORD "
            "has it."
        ),
        "scheme": _("No kind of target has such an address. Name a folder, or sftp://, smb://, https:// or s3://."),
        "parts": _("The address is not whole. Write for instance sftp://user@host/var/www/zi, without ? and #."),
        "empty": _("Name a target."),
    }
    return sentences[reason]


def _unbuilt(refused: OutputRefused) -> str:
    if refused.reason == "another":
        sentence = _(
            "The site is built in {name} first, which holds the site of another portfolio ({unit}). Move that away, or "
            "replace it with --yes; nothing was changed."
        )
        return sentence.format(name=refused.name, unit=printable(refused.unit))
    sentence = _("The site is built first, but {name} was not made by Catat. Move it away; nothing was changed.")
    return sentence.format(name=refused.name)


def _unknown(unknown: TargetUnknown) -> str:
    if not unknown.known and unknown.name:
        sentence = _("There is no target {name}, and no such folder. For a new folder write {folder}.")
        return sentence.format(name=printable(unknown.name), folder=f"./{printable(unknown.name)}")
    if not unknown.known:
        return _("Name a target: a folder or an address, or write one as publish: in portfolio.yaml.")
    known = ", ".join(map(printable, unknown.known))
    if not unknown.name:
        return _("There are several targets. Name one: {known}").format(known=known)
    sentence = _("There is no target {name}; there are: {known}.").format(name=printable(unknown.name), known=known)
    if unknown.suggestion:
        sentence += " " + _("Did you mean {name}?").format(name=printable(unknown.suggestion))
    return sentence


def _busy(busy: Busy) -> str:
    sentence = ngettext(
        "{by} is publishing there, last heard of {count} second ago. Nothing was changed. Try again later: after 5 "
        "minutes of silence it is taken over.",
        "{by} is publishing there, last heard of {count} seconds ago. Nothing was changed. Try again later: after 5 "
        "minutes of silence it is taken over.",
        round(busy.seconds),
    )
    return sentence.format(by=printable(busy.by), count=round(busy.seconds))


def _refusal(refused: TargetRefused, target: str) -> str:
    sentences = {
        "library": _("Publishing there needs {detail}, which is not installed. Install it with: {command}"),
        "host-key": _(
            "The key of the server is not known here, or is another one than the known one: {detail}. Nothing was "
            "sent. Ask its administrator whether it is right; then put it into known_hosts (ssh-keyscan shows it)."
        ),
        "login": _("The server does not let you in: {detail}."),
        "key-locked": _("The key {detail} needs a passphrase. Add it to the SSH agent first: {add}"),
        "unreachable": _("The connection failed: {detail}. Publish again to go on where it stopped."),
        "no-folder": _("{detail} is not there. Create the folder, or look whether the share is connected."),
        "locked": _("Another program holds a lock there: {detail}. Try again in 5 minutes."),
        "moved": _("The server says that the place has another address: {detail}. Write that one."),
        "unsupported": _("The target cannot do that: {detail}."),
        "site-changed": _("{detail} changed while it was sent. Publish again."),
        "target-changed": _("Somebody else has published to {detail} meanwhile. Publish again to see what changes."),
        "damaged-on-the-way": _("{detail} arrived with other bytes, twice. The old site is as it was."),
        "no-version": _("The target has no version {detail}. See: {versions}"),
        "version-incomplete": _("That version is not whole any more at the target ({detail}). Nothing was changed."),
    }
    return sentences[refused.reason].format(
        detail=printable(refused.detail),
        add=f"ssh-add {refused.detail}",
        command="pip install 'catat[publish]'",
        versions=f"catat publish {target} --versions",
    )
