"""Publishes a site to a target, brings an older one back, and says what a target holds.

A publication is: the lease, the transfer into the stage, the commit, the history; every step may be the last one, and
the next publication goes on from there.
"""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.model.addresses import FRONT, READINESS, SIGNATURE, SUMS
from generator.publishing import in_place, pointer, target_state
from generator.publishing.comparison import Difference, compare
from generator.publishing.edition import Edition
from generator.publishing.in_place import InPlace
from generator.publishing.lease import STOLEN_AFTER, Holder, Lease, Lost, discard, new_nonce, take
from generator.publishing.staged_files import Progress
from generator.publishing.target_state import Holding, Layout, Version, read_holding
from generator.publishing.targets.living_sign import LivingSign
from generator.publishing.targets.target import Target, TargetRefused

KEPT_VERSIONS = 5
"""Versions that a target keeps, with the one that is published."""
_SAMPLE = 20


class Transfer(NamedTuple):
    """What a publication did: the difference, and how many files were sent from this machine."""

    difference: Difference
    sent: int


class Publisher(Struct, frozen=True):
    """Somebody who publishes: a person and machine, how many versions to keep, and how far to check.

    With `check_all` every file at the target is hashed, not only those that were sent.
    """

    by: str
    keep: int = KEPT_VERSIONS
    check_all: bool = False

    def publish(self, target: Target, edition: Edition, agreed: Holding, progress: Progress) -> Transfer:
        """Publish a site where `agreed` is held. Raises Busy, Lost, NotASite, TargetRefused, OSError.

        TargetRefused("target-changed") where the target holds something else by now.
        """
        with _leased(target, self.by, edition.digest) as lease:
            holding = read_holding(target)
            if holding.sums != agreed.sums:
                raise TargetRefused("target-changed", target.shown)
            renewed = holding.layout is Layout.POINTER and edition.digest != holding.digest
            if self.check_all and not renewed:  # of a new version every file is hashed before the commit
                holding = replace(holding, doubtful=holding.doubtful | wrong_files(target, holding))
            difference = compare(holding.checksums, edition.checksums, holding.doubtful)
            if target.read(target_state.LAYOUT) is None:
                _put(target, lease, target_state.LAYOUT, target_state.layout_content(holding.layout))
            if edition.contents:  # before the commit: the next publication is compared with them
                target.make_folder(target_state.CONTENTS)
                _put(target, lease, f"{target_state.CONTENTS}/{edition.digest}", edition.contents)
            sent = self._replace(target, lease, edition, holding, difference, progress)
            self._finish(target, lease, edition, holding)
        return Transfer(difference, sent)

    def _replace(
        self,
        target: Target,
        lease: Lease,
        edition: Edition,
        holding: Holding,
        difference: Difference,
        progress: Progress,
    ) -> int:
        unchanged = edition.digest == holding.digest
        if holding.layout is Layout.POINTER and not unchanged:
            return pointer.publish_release(target, lease, edition, holding, check_all=self.check_all, progress=progress)
        signature = target.read(f"{holding.public}{SIGNATURE}") or b""
        if unchanged and not difference and signature == edition.signature:
            return 0
        return InPlace(target, lease, edition, holding, difference, progress).publish()

    def roll_back(self, target: Target, digest: str, progress: Progress) -> Transfer:
        """Bring an older version back, after hashing all of it. Raises as `publish` does."""
        with _leased(target, self.by, digest) as lease:
            holding = read_holding(target)
            if holding.layout is Layout.POINTER:
                edition = pointer.checked_release(target, digest)
                difference = compare(holding.checksums, edition.checksums)
                pointer.lead_to(target, lease, digest)
            else:
                edition = in_place.kept_version(target, digest)
                difference = compare(holding.checksums, edition.checksums, holding.doubtful)
                InPlace(target, lease, edition, holding, difference, progress).publish()
            self._finish(target, lease, edition, holding, rollback=True)
        return Transfer(difference, 0)

    def _finish(
        self, target: Target, lease: Lease, edition: Edition, holding: Holding, *, rollback: bool = False
    ) -> None:
        """Note what was published, and delete the versions beyond those that are kept, and the stage."""
        history = [*holding.history]
        if holding.digest and holding.digest not in {each.digest for each in history}:
            published = _day(target.modified(f"{holding.public}{SUMS}") or 0)
            history.append(Version(holding.digest, published, "?", len(holding.checksums) + 1))
        if not history or history[-1].digest != edition.digest:
            now = f"{lease.stage}/clock"
            target.write(now, b"")
            date = _day(target.modified(now) or 0)
            history.append(Version(edition.digest, date, self.by, len(edition.checksums) + 1, rollback))
        if len(history) != len(holding.history):
            _put(target, lease, target_state.HISTORY, target_state.history_content(history))
        lease.check()
        if holding.layout is Layout.POINTER:
            pointer.prune_releases(target, lease, history, keep=self.keep, current=edition.digest)
        else:
            in_place.prune_versions(target, lease, history, keep=self.keep, current=edition.digest)
        known = {each.digest for each in kept_versions(target, holding.layout, history, edition.digest)}
        unknown = [name for name in target.names(target_state.CONTENTS) if name not in known]
        leftovers = [name for name in target.names(target_state.ROOT) if _LEFTOVER.match(name)]
        discard(target, lease, [f"{target_state.CONTENTS}/{name}" for name in unknown])
        discard(target, lease, [f"{target_state.ROOT}/{name}" for name in leftovers if _is_old(target, lease, name)])
        target.remove_tree(lease.stage)


def is_in_use(target: Target) -> bool:
    """Whether somebody publishes, or was stopped and left a lease or a stage."""
    return target.exists(target_state.LOCK) or bool(target.names(target_state.STAGES))


def kept_versions(target: Target, layout: Layout, history: Sequence[Version], current: str) -> tuple[Version, ...]:
    """Return the versions that a target can bring back, and the current one; the newest last."""
    if layout is Layout.POINTER:
        return pointer.kept_releases(target, history)
    return in_place.kept_versions(target, history, current)


def version_edition(target: Target, layout: Layout, digest: str) -> Edition:
    """Return a version that a target keeps, by its list; its files are not looked at. Raises TargetRefused."""
    if layout is Layout.PLAIN and digest != read_holding(target).digest:
        return in_place.kept_version(target, digest)
    public = f"{pointer.release_path(digest)}/" if layout is Layout.POINTER else ""
    return pointer.edition_at(target, digest, f"{public}{SUMS}")


def wrong_files(target: Target, holding: Holding) -> frozenset[str]:
    """Return the published files that are missing or have other bytes than the target's list says."""
    paths = sorted(holding.checksums)
    found = target.digests([f"{holding.public}{path}" for path in paths])
    return frozenset(path for path, digest in zip(paths, found, strict=True) if digest != holding.checksums[path])


def wrong_after(target: Target, edition: Edition, transfer: Transfer, *, check_all: bool) -> tuple[str, ...]:
    """Return the public files that are not as they should be after a publication: of all, or of a sample."""
    holding = read_holding(target)
    expected = edition.checksums
    sent, every = transfer.difference.sent, sorted(expected)
    sample = {*sent[:: max(1, len(sent) // _SAMPLE)], *every[:: max(1, len(every) // _SAMPLE)], FRONT, READINESS}
    paths = every if check_all else sorted(sample & expected.keys())
    found = target.digests([f"{holding.public}{path}" for path in paths])
    wrong = [path for path, digest in zip(paths, found, strict=True) if digest != expected[path]]
    return tuple(wrong if holding.sums == edition.sums else [SUMS, *wrong])


def set_up(target: Target) -> Layout:
    """Prepare a target: whole versions behind a link where it has links, else files in place; return which.

    What is set up stays as it is. Raises NotASite, TargetRefused, OSError.
    """
    holding = read_holding(target)
    if target.read(target_state.LAYOUT) is not None:
        return holding.layout
    target.make_folder(target_state.ROOT)
    layout = Layout.POINTER if not holding.sums and _has_links(target) else Layout.PLAIN
    if layout is Layout.POINTER:
        target.make_folder(target_state.RELEASES)
    target.write(target_state.LAYOUT, target_state.layout_content(layout))
    return layout


def _has_links(target: Target) -> bool:
    """Whether a link can take the place of another in one step."""
    first, second = (f"{target_state.ROOT}/try-{new_nonce()}" for _ in range(2))
    try:
        target.link(first, "first")
        target.link(second, "second")
        target.move(second, first)
        return target.read_link(first) == "second"
    except (TargetRefused, OSError):
        return False
    finally:
        for each in (first, second):
            with suppress(OSError, TargetRefused):
                target.remove(each)


@contextmanager
def _leased(target: Target, by: str, digest: str) -> Iterator[Lease]:
    """Hold the lease of a target while a site is published; it is given back whatever happens, if it can be."""
    nonce = new_nonce()
    sign = LivingSign(nonce)
    try:
        lease = take(target, Holder(nonce, by), digest=digest)
        try:
            with lease.kept():
                yield lease
        except FileNotFoundError:  # what it is out of may be the stage, of which somebody else has robbed it
            lease.check()
            raise
        finally:
            lease.release()
    except Lost:
        sign.end()
        raise
    except BaseException:  # Ctrl-C too
        sign.abandon()  # it may be held still: then the next run takes it over at once
        raise
    sign.end()


_LEFTOVER = re.compile(r"lock[.-]|clock-|try-|\.catat-")
"""Beginnings of names that a publisher which was killed may have left next to the lease."""


def _is_old(target: Target, lease: Lease, name: str) -> bool:
    """Whether a file of the state was written before anybody who may be at work now."""
    now, then = (target.modified(path) for path in (f"{lease.stage}/site", f"{target_state.ROOT}/{name}"))
    return now is not None and then is not None and now - then > STOLEN_AFTER


def _put(target: Target, lease: Lease, path: str, content: bytes) -> None:
    draft = f"{lease.stage}/{posixpath.basename(path)}.new"
    target.write(draft, content)
    target.move(draft, path)


def _day(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).isoformat(timespec="seconds")
