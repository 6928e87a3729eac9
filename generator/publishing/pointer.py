"""Publishes whole versions: a new one is complete beside the old one before a link leads to it (class P).

Readers see one version or the other, byte for byte. A rollback leads the link to an older one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.exchange.checksums import Checksums, read_checksums
from generator.model.addresses import SIGNATURE, SUMS
from generator.publishing.comparison import folders_of
from generator.publishing.edition import Edition
from generator.publishing.lease import Lease
from generator.publishing.staged_files import Filling, Progress, Wanted
from generator.publishing.target_state import CURRENT, RELEASES, Holding, Version, is_digest, versions
from generator.publishing.targets.target import Target, TargetRefused


def release_path(digest: str) -> str:
    """Return the folder of a version."""
    return f"{RELEASES}/{digest}"


def publish_release(
    target: Target, lease: Lease, edition: Edition, holding: Holding, *, check_all: bool, progress: Progress
) -> int:
    """Make a site the current version; return how many files were sent. Raises Lost, TargetRefused, OSError."""
    tree = f"{lease.stage}/tree"
    target.make_folder(tree)
    target.make_folders(f"{tree}/{folder}" for folder in folders_of(edition.checksums))
    filling = Filling(target, lease, edition, _available(target, holding), check_all, progress)
    wanted = [Wanted(path, f"{tree}/{path}", sha256) for path, sha256 in sorted(edition.checksums.items())]
    sent = filling.fill(wanted)
    target.write(f"{tree}/{SUMS}", edition.sums)
    target.remove(f"{tree}/{SIGNATURE}")
    if edition.signature:
        target.write(f"{tree}/{SIGNATURE}", edition.signature)
    lease.check()
    release = release_path(edition.digest)
    target.make_folder(RELEASES)
    if target.exists(release):  # an older version with the same bytes, or one that was not reached by its link
        target.move(release, f"{lease.stage}/replaced-{lease.nonce}")
    target.move(tree, release)
    lead_to(target, lease, edition.digest)
    return sent


def lead_to(target: Target, lease: Lease, digest: str) -> None:
    """Let the link lead to a version in one step, which is the commit. Raises Lost."""
    lease.check()
    target.remove(f"{lease.stage}/{CURRENT}")
    target.link(f"{lease.stage}/{CURRENT}", release_path(digest))
    target.move(f"{lease.stage}/{CURRENT}", CURRENT)


def edition_at(target: Target, digest: str, sums_path: str) -> Edition:
    """Return a version that a target keeps, by the path of its list; its files are not looked at.

    Raises TargetRefused where the list is gone, or is that of another version.
    """
    sums = target.read(sums_path)
    if sums is None:
        raise TargetRefused("no-version", digest)
    edition = Edition(sums, read_checksums(sums), None, target.read(f"{sums_path}.sig") or b"")
    if edition.digest != digest:
        raise TargetRefused("version-incomplete", SUMS)
    return edition


def checked_release(target: Target, digest: str) -> Edition:
    """Return an older version after hashing all of it. Raises TargetRefused where it is gone or not whole."""
    release = release_path(digest)
    edition = edition_at(target, digest, f"{release}/{SUMS}")
    paths = sorted(edition.checksums)
    for path, found in zip(paths, target.digests([f"{release}/{each}" for each in paths]), strict=True):
        if found != edition.checksums[path]:
            raise TargetRefused("version-incomplete", path)
    return edition


def kept_releases(target: Target, history: Iterable[Version]) -> tuple[Version, ...]:
    """Return the versions that a target still has, the newest last."""
    return tuple(each for each in versions(history) if target.exists(release_path(each.digest)))


def prune_releases(target: Target, lease: Lease, history: Sequence[Version], *, keep: int, current: str) -> None:
    """Delete the oldest versions, beyond `keep`; only those that the history knows, and never the current one."""
    kept = kept_releases(target, history)
    for each in kept[: max(0, len(kept) - keep)]:
        if each.digest != current:
            old = f"{lease.stage}/pruned-{each.digest}"
            target.move(release_path(each.digest), old)
            target.remove_tree(old)


def _available(target: Target, holding: Holding) -> Mapping[str, Sequence[str]]:
    """Return the files of the current version by their SHA-256; of the release itself, for the link may change."""
    folder, _, digest = (target.read_link(CURRENT) or "").rstrip("/").rpartition("/")
    if folder != RELEASES or not is_digest(digest):  # whatever it leads to is not ours
        return {}
    return files_by_digest(holding.checksums, f"{release_path(digest)}/")


def files_by_digest(checksums: Checksums, prefix: str) -> dict[str, list[str]]:
    """Return paths by the SHA-256 of their files, each with a prefix."""
    found: dict[str, list[str]] = {}
    for path, digest in checksums.items():
        found.setdefault(digest, []).append(f"{prefix}{path}")
    return found
