"""Publishes file by file into the folder that is served, in an order in which no link of a page is broken (class R).

Where a rename replaces a file, all new files are complete in the stage before the first is renamed out. WebDAV cannot
replace a file whole: there files are sent to their place, in the same order (class N). Of S3 a rename is a copy (W).
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.exchange.checksums import read_checksums
from generator.model.addresses import SIGNATURE, SUMS
from generator.publishing.comparison import Difference, ReplacementOrder, folders_of, rank, replacement_order
from generator.publishing.edition import Edition
from generator.publishing.lease import Lease, Lost, discard
from generator.publishing.pointer import edition_at, files_by_digest
from generator.publishing.staged_files import Filling, Progress, Wanted
from generator.publishing.target_state import (
    MANIFESTS,
    OBJECTS,
    ROOT,
    STATE,
    Holding,
    NotASite,
    Version,
    done_content,
    is_digest,
    replacing_content,
    versions,
)
from generator.publishing.targets.target import Target, TargetRefused, Upload


class InPlace(Struct, frozen=True):
    """Puts a site in the place of another. `holding.public` is the beginning of the path of a public file."""

    target: Target
    lease: Lease
    edition: Edition
    holding: Holding
    difference: Difference
    progress: Progress

    def publish(self) -> int:
        """Do it; return how many files were sent from here. Raises Lost, TargetRefused, OSError."""
        self.ensure_free()
        state = self.target.version(STATE)
        listed = self.target.version(f"{self.holding.public}{SUMS}")
        self.keep_old()
        sent = 0
        staged: dict[str, str] = {}
        if self.target.replaces_whole:
            staged, sent = self._stage()
        steps = replacement_order(self.difference, self._links(staged))
        self.lease.check()
        touched = {*self.difference.sent, *self.difference.withdrawn, *self.holding.doubtful}
        state = self._put_if(STATE, replacing_content(self.edition.digest, self.holding.digest, touched), state)
        deliver = partial(self._rename_out, staged) if self.target.replaces_whole else self._send_to_place
        sent += self._replace(steps, deliver)
        self._commit(listed)
        for number, group in enumerate(steps.removals):
            self.lease.check()
            self._withdraw(group, f"{number}")
        self._remove_empty_folders()
        self._put_if(STATE, done_content(self.edition.digest), state)
        return sent

    def _put_if(self, path: str, content: bytes, version: str | None) -> str | None:
        """Write a file that nobody else has written since; return its new version. Raises Lost.

        Where a target has no versions it is a rename out of the stage, which a publisher that was robbed lacks.
        """
        if not self.target.has_versions:
            self.put(path, content)
            return None
        if not self.target.write_if(path, content, version):
            raise Lost
        return self.target.version(path)

    def put(self, path: str, content: bytes) -> None:
        """Write a file of the target's state, by a rename out of the stage."""
        draft = f"{self.lease.stage}/{posixpath.basename(path)}"
        self.target.write(draft, content)
        self.target.move(draft, path)

    # Before

    def ensure_free(self) -> None:
        """Make sure that no file of others has the name of an added one. Raises NotASite."""
        if not self.holding.sums:
            return  # then nothing was there
        added = [path for path in self.difference.added if path not in self.holding.doubtful]
        places = [f"{self.holding.public}{path}" for path in added]
        there = [path for path, is_there in zip(added, self.target.exist(places), strict=True) if is_there]
        digests = self.target.digests([f"{self.holding.public}{path}" for path in there])
        for path, found in zip(there, digests, strict=True):
            if found not in {None, self.edition.checksums[path]}:
                raise NotASite(path)

    def keep_old(self) -> None:
        """Keep what will change or go, and its list, so that the old site can be brought back."""
        if not self.holding.sums or self.holding.public:
            return
        self.target.make_folders([OBJECTS, MANIFESTS])
        known = set(self.target.names(OBJECTS))
        gone = [*self.difference.changed, *self.difference.withdrawn]
        old = {self.holding.checksums.get(path, ""): path for path in gone if path not in self.holding.doubtful}
        wanted = {digest: path for digest, path in old.items() if digest and digest not in known}
        pairs = {(path, f"{self.lease.stage}/keep-{digest}"): digest for digest, path in wanted.items()}
        missing = set(self.target.copy_all(list(pairs)))
        kept = [(staged, f"{OBJECTS}/{pairs[path, staged]}") for path, staged in pairs if (path, staged) not in missing]
        self.target.move_all(kept)
        manifest = f"{MANIFESTS}/{self.holding.digest}"
        signature = self.target.read(f"{self.holding.public}{SIGNATURE}")
        if signature is not None:
            self.put(f"{manifest}.sig", signature)
        if self.target.read(manifest) != self.holding.sums:
            self.put(manifest, self.holding.sums)

    def _stage(self) -> tuple[dict[str, str], int]:
        """Get all new files into the stage; return the path there of each, and how many were sent from here."""
        uses: dict[str, int] = {}
        wanted = []
        for path in self.difference.sent:
            digest = self.edition.checksums[path]
            number = uses[digest] = uses.get(digest, 0) + 1
            wanted.append(Wanted(path, f"{self.lease.stage}/{digest}-{number}", digest))
        sound = {path: digest for path, digest in self.holding.checksums.items() if path not in self.holding.doubtful}
        available = files_by_digest(sound, self.holding.public)
        if wanted:
            available |= {name: [f"{OBJECTS}/{name}"] for name in self.target.names(OBJECTS) if name not in available}
        filling = Filling(self.target, self.lease, self.edition, available, True, self.progress)
        sent = filling.fill(wanted)
        return {each.path: each.staged for each in wanted}, sent

    def _links(self, staged: Mapping[str, str]) -> Mapping[str, AbstractSet[str]]:
        """Return the links of each added page, for the order; nothing where no page is to be seen yet."""
        if not self.holding.sums:
            return {}
        found: dict[str, AbstractSet[str]] = {}
        for path in self.difference.added:
            if rank(path) in {2, 3} and path.endswith(".html"):
                if self.edition.folder is not None:
                    content = (self.edition.folder / path).read_bytes()
                else:
                    content = self.target.read(staged.get(path, "")) or b"" if path in staged else b""
                found[path] = page_links(path, content)
        return found

    # The replacement

    def _replace(self, steps: ReplacementOrder, deliver: Callable[[Sequence[str]], int]) -> int:
        self._withdraw(steps.first, "first")
        self._remove_empty(folders_of(steps.first))
        self.target.make_folders(
            f"{self.holding.public}{folder}" for folder in folders_of(each for group in steps.groups for each in group)
        )
        sent = 0
        for number, group in enumerate(steps.groups):
            self.progress("replacing", number, len(steps.groups))
            self.lease.check()
            sent += deliver(group)
        if steps.last_group:
            for number, going in enumerate(steps.last):
                self.lease.check()
                self._withdraw(going, f"last-{number}")
            self.target.make_folders(f"{self.holding.public}{folder}" for folder in folders_of(steps.last_group))
            sent += deliver(steps.last_group)
        return sent

    def _rename_out(self, staged: Mapping[str, str], paths: Sequence[str]) -> int:
        try:
            self.target.move_all([(staged[path], f"{self.holding.public}{path}") for path in paths])
        except FileNotFoundError:
            self.lease.check()
            raise
        return 0

    def _send_to_place(self, paths: Sequence[str]) -> int:
        """Send files to their public names, for a target that cannot replace a file whole; read them back."""
        folder, checksums = self.edition.folder, self.edition.checksums
        places = [f"{self.holding.public}{path}" for path in paths]
        if folder is None:
            missing = self.target.copy_all(
                [(f"{OBJECTS}/{checksums[path]}", place) for path, place in zip(paths, places, strict=True)]
            )
            if missing:
                raise TargetRefused("version-incomplete", missing[0][1])
        else:
            sources = [folder / path for path in paths]
            self.target.upload_all(
                [Upload(one, place, one.stat().st_size) for one, place in zip(sources, places, strict=True)]
            )
        for path, found in zip(paths, self.target.digests(places), strict=True):
            if found != checksums[path]:
                raise TargetRefused("damaged-on-the-way", path)
        return 0 if folder is None else len(paths)

    def _commit(self, version: str | None) -> None:
        """Put the new list of checksums in its place, and its signature before it. Raises Lost."""
        place = f"{self.holding.public}{SIGNATURE}"
        self.lease.check()
        if self.edition.signature:
            self.put(place, self.edition.signature)
        elif self.target.exists(place):
            self._withdraw((SIGNATURE,), "signature")
        self.lease.check()
        self._put_if(f"{self.holding.public}{SUMS}", self.edition.sums, version)

    # Withdrawals

    def _withdraw(self, paths: Sequence[str], name: str) -> None:
        """Remove public files, by a rename into the stage, so that a publisher that lost its lease removes nothing."""
        for number, path in enumerate(self._without_other_case(paths)):
            place = f"{self.holding.public}{path}"
            if name.startswith("last") and self.target.has_folders and self.target.names(place):
                continue  # an earlier try has put the folder in its place
            if not self.target.replaces_whole:
                self.target.remove(place)
                continue
            try:
                self.target.move(place, f"{self.lease.stage}/gone-{self.lease.nonce}-{name}-{number}")
            except FileNotFoundError:  # it is gone already, or else the stage is
                self.lease.check()
            except NotADirectoryError:
                continue

    def _without_other_case(self, paths: Sequence[str]) -> Sequence[str]:
        """Return those of the paths that are not, at this target, names of files of the new site in other letters."""
        if not paths or not self.target.exists(ROOT.upper()):
            return paths
        names = {path.casefold() for path in self.edition.checksums}
        return [path for path in paths if path.casefold() not in names]

    def _remove_empty_folders(self) -> None:
        gone = folders_of(self.difference.withdrawn) - folders_of(self.edition.checksums)
        self._remove_empty(gone)

    def _remove_empty(self, folders: Iterable[str]) -> None:
        for folder in sorted(folders, key=lambda each: (-each.count("/"), each)):
            self.target.remove_folder(f"{self.holding.public}{folder}")


# Older versions


def kept_version(target: Target, digest: str) -> Edition:
    """Return an older version by its list. Raises TargetRefused where the target does not have it."""
    return edition_at(target, digest, f"{MANIFESTS}/{digest}")


def kept_versions(target: Target, history: Iterable[Version], current: str) -> tuple[Version, ...]:
    """Return the versions that a target still has, the newest last."""
    manifests = set(target.names(MANIFESTS)) | {current}
    return tuple(each for each in versions(history) if each.digest in manifests)


def prune_versions(target: Target, lease: Lease, history: Iterable[Version], *, keep: int, current: str) -> None:
    """Delete the lists of the oldest versions, beyond `keep`, and the files that only they had. Raises Lost."""
    kept = kept_versions(target, history, current)
    old = {each.digest for each in kept[: max(0, len(kept) - keep)] if each.digest != current}
    names = [name for name in target.names(MANIFESTS) if is_digest(name.removesuffix(".sig"))]
    gone = [name for name in names if name.removesuffix(".sig") in old]
    needed: set[str] = set()
    for name in {*names} - {*gone}:
        needed.update(read_checksums(target.read(f"{MANIFESTS}/{name}") or b"").values())
    unneeded = [name for name in target.names(OBJECTS) if name not in needed]
    # The lists go last: a file without a list is deleted by the next publication, a list without files is no version.
    discard(target, lease, [f"{OBJECTS}/{name}" for name in unneeded] + [f"{MANIFESTS}/{name}" for name in gone])


_LINK = re.compile(rb"""<[a-z][^>]*?\s(?:href|src)\s*=\s*["']([^"'>]+)["']""", re.IGNORECASE)


def page_links(path: str, content: bytes) -> frozenset[str]:
    """Return the paths in the site that a page links to."""
    found = set()
    for match in _LINK.finditer(content):
        target = html.unescape(match[1].decode("utf-8", "replace"))
        parts = urlsplit(target) if not target.startswith("//") else None
        if parts is not None and not parts.scheme and parts.path:
            found.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))))
    return frozenset(found)
