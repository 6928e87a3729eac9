"""The steps of `catat publish`: build, examine, compare, ask, send, look again, note."""

from __future__ import annotations

import datetime
import getpass
import os
import socket
from collections.abc import Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from generator import exitcodes
from generator.build import configuration, project
from generator.build.outcome import Outcome
from generator.build.published_contents import published_contents
from generator.commands.console import language_of, print_report
from generator.commands.progress import ProgressLine
from generator.commands.publish_text import difference_line, moment, names, published_line, version_lines
from generator.commands.sign import passphrase
from generator.exchange.readiness_json import portfolio_id
from generator.joining.publications import closed_marks, is_closed
from generator.messages.diagnostics import Diagnostic, Severity, has_errors
from generator.messages.printable import printable
from generator.model.addresses import FRONT, READINESS
from generator.model.paths import SITE
from generator.model.target_address import TargetKind
from generator.publishing import public_address, signature
from generator.publishing.comparison import Difference, compare, withdraws_much
from generator.publishing.edition import Edition
from generator.publishing.named_targets import find_target, is_bare
from generator.publishing.preparation import (
    NotBuilt,
    Preparation,
    Prepared,
    is_noted,
    note_publication,
    published_before,
    rollback_line,
    shown_addresses,
)
from generator.publishing.publish import Publisher, is_in_use, kept_versions, set_up, version_edition, wrong_after
from generator.publishing.target_state import Holding, Layout, read_holding
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Target
from generator.publishing.withheld import RESTRICTED, withheld
from generator.reading.settings import FILE

if TYPE_CHECKING:
    from generator.commands.publish import PublishOptions


_QUICK_BYTES = 256 * 1024 * 1024


class PublishCommand:
    """One run of the command for a portfolio and a target; `name` is how the history names that."""

    def __init__(
        self, root: Path, written: str, options: PublishOptions, *, on: datetime.date, date: datetime.date
    ) -> None:
        self._root, self._options, self._on, self._date = root, options, on, date
        named = _named(root)
        self.name, self._address = find_target(written, named, root)
        if self._address.kind is TargetKind.FOLDER and _is_within(self._address.path, root / SITE):
            sentence = _("{target} is in the folder where the site is built first. Name another one.")
            raise click.UsageError(sentence.format(target=self._address.shown))
        self._publisher = Publisher(_person(), options.keep, options.check_all)

    def run(self) -> int:
        """Do what was asked for; return the exit code."""
        options = self._options
        with open_target(self._address) as target:
            if options.setup:
                is_empty = not read_holding(target).sums
                return _print_layout(set_up(target), is_empty=is_empty)
            holding = read_holding(target)
            if options.versions:
                return _print_versions(target, holding)
            if options.rollback is not None:
                return self._roll_back(target, holding, options.rollback)
            return self._publish(target, holding)

    # Publishing

    def _publish(self, target: Target, holding: Holding) -> int:
        options = self._options
        if options.status:
            _print_published(holding)
        try:
            prepared = self._prepared(target, holding)
        except NotBuilt as failed:
            return print_unpublished(failed.result.errors, failed.result.language, is_status=options.status)
        edition = prepared.edition
        difference = compare(holding.checksums, edition.checksums, holding.doubtful)
        if options.status:
            click.echo(_("Would change: {changes}").format(changes=difference_line(difference)))
            return exitcodes.OK
        self._ensure_owner(holding, prepared)
        if prepared.unnoted and not options.dry_run:
            note_publication(self._root, prepared.unnoted)
        is_same = not difference and holding.digest == edition.digest and _is_noted(holding)
        if is_same and not self._is_wanted(target, holding) and not is_in_use(target):
            click.echo(_("Nothing has changed since the last publication."))
            _print_published(holding)
            return exitcodes.OK
        if (code := self._examined(prepared)) != exitcodes.OK:
            return code
        if options.dry_run or options.listed:
            click.echo("\n".join((difference_line(difference), *names(difference))))
        if options.dry_run:
            return exitcodes.OK
        self._ask(holding, difference)
        return self._send(target, holding, prepared)

    def _is_wanted(self, target: Target, holding: Holding) -> bool:
        """Whether there is something to do with a site that is the same: to check, to sign, or to prune."""
        if self._options.check_all or self._options.key is not None:
            return True
        return len(kept_versions(target, holding.layout, holding.history, holding.digest)) > self._options.keep

    def _prepared(self, target: Target, holding: Holding) -> Prepared:
        with ProgressLine() as progress:
            out = self._root / SITE
            replace_other = self._options.yes
            preparation = Preparation(self._root, out, self._on, self._date, self.name, progress, replace_other)
            prepared = preparation.prepare(target, holding)
        key = self._options.key
        if key is None or self._options.dry_run or self._options.status:
            return prepared
        return prepared.signed(_signature(key, prepared.edition.sums))

    def _ensure_owner(self, holding: Holding, prepared: Prepared) -> None:
        """Refuse to replace the site of another portfolio, unless that was agreed to."""
        portfolio = prepared.outcome.portfolio
        assert portfolio is not None
        if holding.portfolio not in {None, portfolio_id(portfolio)} and not self._options.yes:
            sentence = _("{target} holds the site of another portfolio. Name another target, or replace it with --yes.")
            raise click.UsageError(sentence.format(target=self._address.shown))

    def _examined(self, prepared: Prepared) -> int:
        """Print what the examination of the site found; return an exit code other than 0 where it must not go out."""
        from generator.publishing import audit

        found = audit.audit(self._root / SITE, prepared.outcome, prepared.edition.checksums)
        found = audit.strict(found) if self._options.strict else found
        if not found:
            return exitcodes.OK
        if has_errors(found):
            return print_unpublished(found, prepared.result.language)
        print_report(found, language_of(prepared.result.language), to_stderr=True)
        return exitcodes.OK

    def _ask(self, holding: Holding, difference: Difference) -> None:
        """Ask where a mistake is likely: many withdrawals, or an empty target that was published to before."""
        if self._options.yes:
            return
        question = ""
        if not holding.checksums and published_before(self._root, self.name):
            question = _("{target} is empty, although it was published to before. Is it the right one, and connected?")
        elif withdraws_much(difference, holding.checksums):
            question = ngettext(
                "{count} file would be withdrawn. Go on?",
                "{count} files would be withdrawn. Go on?",
                len(difference.withdrawn),
            )
        if question:
            click.echo(difference_line(difference))
            text = question.format(count=len(difference.withdrawn), target=self._address.shown)
            click.confirm(text, abort=True, err=True)

    def _send(self, target: Target, holding: Holding, prepared: Prepared) -> int:
        edition = prepared.edition
        if not target.replaces_whole:
            sentence = _("This target cannot replace a file whole: for moments readers may meet a part of one.")
            click.echo(sentence, err=True)
        every = self._options.check_all or self._is_quick_to_check(edition)
        publisher = replace(self._publisher, check_all=every)
        with ProgressLine() as progress:
            transfer = publisher.publish(target, edition, holding, progress)
        if edition.digest != holding.digest or not is_noted(self._root, edition.digest):
            note_publication(self._root, prepared.line(date=self._date, digest=edition.digest, target=self.name))
        wrong = wrong_after(target, edition, transfer, check_all=self._options.check_all)
        for path in wrong:
            click.echo(_("not as it was sent: {path}").format(path=printable(path)), err=True)
        is_seen = self._seen_through_address(prepared)
        verified = not wrong and is_seen
        every = every or len(transfer.difference.sent) == len(edition.checksums)
        click.echo(published_line(prepared.result.files, transfer.difference, verified=verified, every=every))
        if holding.signed and not edition.signature and edition.digest != holding.digest:
            click.echo(_("The site is no longer signed; sign it with --key."), err=True)
        return exitcodes.ENVIRONMENT if wrong else exitcodes.OK

    def _is_quick_to_check(self, edition: Edition) -> bool:
        """Whether every file of the target may be hashed at each publication: in a folder, of a site of usual size."""
        if self._address.kind is not TargetKind.FOLDER or edition.folder is None:
            return False
        return sum((edition.folder / path).stat().st_size for path in edition.checksums) <= _QUICK_BYTES

    def _seen_through_address(self, prepared: Prepared) -> bool:
        """Look at the site as readers do, where its address is known; say what is wrong there."""
        portfolio = prepared.outcome.portfolio
        if portfolio is None or not portfolio.site_url:
            return True
        wrong = public_address.wrong_at(portfolio.site_url, prepared.edition.checksums, (FRONT, READINESS))
        for path, why in wrong.items():
            reason = _("it shows another version") if why == "changed" else why
            sentence = _("published, but {address} does not show it: {reason}")
            click.echo(sentence.format(address=f"{portfolio.site_url}{path}", reason=printable(reason)), err=True)
        return not wrong

    # Older versions

    def _ensure_open(self, target: Target, holding: Holding, digest: str, outcome: Outcome) -> None:
        """Refuse to bring a version back that shows documents which are restricted by now."""
        portfolio = outcome.portfolio
        if portfolio is None:
            sentence = _("The portfolio cannot be read, so what is restricted is not known. See: {command}")
            raise click.UsageError(sentence.format(command="catat check"))
        every = withheld(portfolio, outcome.files, outcome.root).secrets.items()
        secrets = {sha256 for sha256, each in every if each.code == RESTRICTED}
        present = published_contents(outcome)
        shown = version_edition(target, holding.layout, digest).checksums
        closed = {path for path, sha256 in shown.items() if sha256 in secrets}
        marks = closed_marks(portfolio.publications)
        addresses = shown_addresses(target, digest)
        closed.update(each for each in addresses if present.is_restricted(each) or is_closed(each, marks))
        if closed:
            sentence = ngettext(
                "That version shows {count} file that is restricted by now. Publish the present site instead.",
                "That version shows {count} files that are restricted by now. Publish the present site instead.",
                len(closed),
            )
            raise click.UsageError(sentence.format(count=len(closed)))

    def _roll_back(self, target: Target, holding: Holding, digest: str) -> int:
        kept = kept_versions(target, holding.layout, holding.history, holding.digest)
        others = [each for each in kept if each.digest != holding.digest]
        if digest:
            others = [each for each in others if each.digest.startswith(digest)]
        if not others or (digest and len(others) > 1):
            sentence = _("There is no such version to bring back. See: {command}")
            raise click.UsageError(sentence.format(command=f"catat publish {self.name} --versions"))
        chosen = others[-1]
        with ProgressLine() as progress:
            outcome = project.read(self._root, on=self._on, progress=progress)
            self._ensure_open(target, holding, chosen.digest, outcome)
            transfer = self._publisher.roll_back(target, chosen.digest, progress)
        brought = version_edition(target, holding.layout, chosen.digest)
        wrong = wrong_after(target, brought, transfer, check_all=False)
        for path in wrong:
            click.echo(_("not as it was sent: {path}").format(path=printable(path)), err=True)
        line = rollback_line(
            target, outcome, before=holding.digest, digest=chosen.digest, date=self._date, target_name=self.name
        )
        if line:
            note_publication(self._root, line)
        click.echo(
            _("Brought back: {digest} of {date} ({changes}).").format(
                digest=chosen.digest, date=moment(chosen.date), changes=difference_line(transfer.difference)
            )
        )
        return exitcodes.ENVIRONMENT if wrong else exitcodes.OK


def _signature(key: Path, sums: bytes) -> bytes:
    """Return the signature of a list of checksums. Raises SigningRefused."""
    return signature.sign_bytes(sums, signature.load_key(key, passphrase)).encode()


def named_targets() -> tuple[Path, Mapping[str, str]]:
    """Return the portfolio here, and the targets of its settings; none where there is no portfolio."""
    root = next((each for each in (Path(), Path("content")) if (each / FILE).is_file()), Path())
    return root, _named(root)


def print_unpublished(found: Sequence[Diagnostic], language: str, *, is_status: bool = False) -> int:
    """Print why nothing was published; return the exit code."""
    print_report(found, language_of(language), to_stderr=True)
    if not is_status:
        click.echo(_("Nothing was published; the target is as it was."), err=True)
    return exitcodes.ERRORS


def settings_errors(root: Path, written: str) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the settings, where they might have had the target that is written."""
    if not (root / FILE).is_file() or not is_bare(written):
        return ()
    settings, _instrument, problems = configuration.basis(root)
    is_known = settings is not None and written in dict(settings.publish)
    return () if is_known else tuple(each for each in problems if each.severity is Severity.ERROR)


def _is_within(path: str, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _named(root: Path) -> Mapping[str, str]:
    if not (root / FILE).is_file():
        return {}
    settings, _instrument, _problems = configuration.basis(root)
    return {} if settings is None else dict(settings.publish)


def _person() -> str:
    """Return the person and machine, as others who publish see them."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "?"
    return f"{name}@{socket.gethostname()}"


def _is_noted(holding: Holding) -> bool:
    return bool(holding.history) and holding.history[-1].digest == holding.digest


def _print_layout(layout: Layout, *, is_empty: bool) -> int:
    if layout is Layout.POINTER:
        click.echo(_("Set up. Let the web server serve the folder current in it: each version is published whole."))
    elif not is_empty:
        click.echo(
            _(
                "A site is there already, so files are replaced one by one, in a safe order. For whole versions behind "
                "a link set up an empty folder."
            )
        )
    else:
        click.echo(_("Set up. This target has no links, so files are replaced one by one, in a safe order."))
    return exitcodes.OK


def _print_versions(target: Target, holding: Holding) -> int:
    kept = kept_versions(target, holding.layout, holding.history, holding.digest)
    click.echo("\n".join(version_lines(kept, holding.digest)) or _("Nothing was published there yet."))
    return exitcodes.OK


def _print_published(holding: Holding) -> None:
    if holding.doubtful:
        click.echo(_("A publication was begun and not finished; publish again to finish it."))
    if not holding.digest:
        click.echo(_("Nothing was published there yet."))
        return
    last = holding.history[-1] if _is_noted(holding) else None
    files = len(holding.checksums) + 1
    sentence = ngettext("{count} file, {digest}", "{count} files, {digest}", files)
    what = sentence.format(count=files, digest=holding.digest)
    if last is None:
        click.echo(_("Published: {what}").format(what=what))
    else:
        sentence = _("Published: {what}, since {date}, by {by}")
        click.echo(sentence.format(what=what, date=moment(last.date), by=printable(last.by)))
