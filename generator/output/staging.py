"""Writes a site into a tree beside the output, so that a failed or killed build leaves the last site as it was."""

from __future__ import annotations

import hashlib
import os
import posixpath
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.exchange.checksums import checksum_lines
from generator.messages.refusals import errors_naming
from generator.model.addresses import SIGNATURE, SUMS
from generator.output import folder_checks, standby, swap, trees
from generator.output.document_copies import CopiedFile, FileChanged, write_copy
from generator.output.trees import NOTHING, TreeContents
from generator.site.copies import Copy


class Written(NamedTuple):
    """A file of a site as it was written: the digest of its inputs (`key`), its own digest, and its state on disk."""

    key: str
    sha256: str
    size: int
    modified: int
    inode: int


Manifest = Mapping[str, Written]
"""The files of a site by their paths; an entry holds only as long as size, time and inode on disk are the same."""


class Staging:
    """A tree beside the output that a site is written into, file by file, before it is exchanged with the last site.

    It may hold files of the last site already, which are second names (hard links): each is removed, never written to.
    A file that would be written the same now is kept.
    """

    def __init__(
        self, folder: Path, before: Path, manifest: Manifest, site: TreeContents = NOTHING, has: TreeContents = NOTHING
    ) -> None:
        """Write into `folder`, which `has` files of the last site; that one is in `before`, and holds `site`."""
        self._folder, self._before, self._manifest = os.fspath(folder), os.fspath(before), manifest
        self._site, self._inodes = site, dict(has.inodes)
        self._written: dict[str, Written] = {}
        self._folders: set[str] = set()

    @property
    def written(self) -> Manifest:
        """The files written so far."""
        return self._written

    def keep(self, path: str, key: str) -> bool:
        """Keep a file of the last site, if its key is the same and nobody has changed it since; else return False."""
        known = self._manifest.get(path)
        if known is None or known.key != key or self._site.states.get(path) != known[2:]:
            return False
        self._written[path] = known
        return True

    def write(self, path: str, content: bytes, key: str = "") -> None:
        """Write one file; `key` is the digest of its inputs, by default that of its bytes."""
        key = key or hashlib.sha256(content).hexdigest()
        if self.keep(path, key):
            return
        self.note(path, written(self.target(path), content, key))

    def note(self, path: str, entry: Written) -> None:
        """Record a file that was written to its `target`."""
        self._written[path] = entry
        self._inodes[path] = entry.inode

    def copy(self, copy: Copy) -> None:
        """Copy one document, or pack it. Raises FileChanged where it is no longer what was inspected."""
        if not self.keep(copy.path, copy.key):
            self.note_copy(copy, write_copy(copy, self.target(copy.path)))

    def note_copy(self, copy: Copy, written: CopiedFile) -> None:
        """Record a document that was copied to its `target`."""
        self.note(copy.path, Written(copy.key, *written))

    def finish(self) -> int:
        """Write SHA256SUMS over all other files; return how many files there are with it."""
        files = {path: each.sha256 for path, each in self._written.items()}
        self.write(SUMS, checksum_lines(files))
        return len(files) + 1

    def target(self, path: str) -> str:
        """Return the path to create a file of the site at; its folder is there, and no file of the last site is."""
        target = f"{self._folder}{os.sep}{path}"
        folder = posixpath.dirname(path)
        if folder not in self._folders:
            self._create_folder(folder)
            self._folders.add(folder)
        if trees.clear_place(target):
            for each in [each for each in tuple(self._inodes) if each.startswith(f"{path}/")]:
                del self._inodes[each]
        self._inodes.pop(path, None)
        return target

    def _create_folder(self, folder: str) -> None:
        steps = folder.split("/")
        for above in ("/".join(steps[: count + 1]) for count in range(len(steps))):
            if self._inodes.pop(above, None) is not None:  # the last site had a file of that name
                os.unlink(f"{self._folder}{os.sep}{above}")
        os.makedirs(f"{self._folder}{os.sep}{folder}", exist_ok=True)

    def complete(self) -> None:
        """Give the tree all files of the new site, and no other. Raises FileChanged, OSError."""
        has = TreeContents(self._inodes)
        trees.make_equal(self._folder, has, self.inodes(), source=self._before, link=self._take)

    def inodes(self) -> Mapping[str, int]:
        """Return the inodes of the files of the new site."""
        return {path: each.inode for path, each in self._written.items()}

    def _take(self, path: str) -> None:
        """Give the tree a file of the last site that it lacks: linked, or copied where it cannot be linked."""
        source, target = f"{self._before}{os.sep}{path}", self.target(path)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target, follow_symlinks=False)
            self._written[path] = self._written[path]._replace(inode=trees.state_of(target)[2])
        if trees.state_of(target) != self._written[path][2:]:  # another user's build replaced it meanwhile
            raise FileChanged(source)


def written(target: str, content: bytes, key: str) -> Written:
    """Write a file of a site to its target, where there is none yet. Raises OSError."""
    with open(target, "xb") as stream:
        stream.write(content)
    return Written(key, hashlib.sha256(content).hexdigest(), *trees.state_of(target))


@contextmanager
def staging(out: Path, manifest: Manifest) -> Iterator[Staging]:
    """Offer a tree to write a site into; when the block ends well it takes the place of `out`, else `out` stays.

    `manifest` is what was written into `out` before. Raises OutputRefused where `out` holds what Catat did not write.
    """
    real = Path(os.path.realpath(out))
    missing = [each for each in real.parents if not each.exists()]
    try:
        with errors_naming(out, swap.staging_prefix(real)), ExitStack() as stack:
            beside = stack.enter_context(standby.standing(real))
            tree = stack.enter_context(swap.staging_folder(real)) if beside is None else beside.tree
            site = _Site.read(real, tree, named=out, manifest=manifest)
            stage = Staging(tree, real, manifest, site.tree, _cleared(tree, site.tree))
            yield stage
            stage.complete()
            site.ensure_unchanged()
            swap.swap(tree, real)
            if beside is not None and trees.inode_of(os.fspath(tree)) == site.inode:
                with suppress(OSError):  # the new site is in its place, and the standby is settled or removed
                    trees.make_equal(os.fspath(tree), site.tree, stage.inodes(), source=os.fspath(real))
                    beside.is_equal = True
    except BaseException:  # Ctrl-C too
        for each in missing:
            with suppress(OSError):  # somebody has put something there since
                each.rmdir()
        raise


def _cleared(tree: Path, site: TreeContents) -> TreeContents:
    """Remove from a standby all that is not the same in the site; return what it holds then."""
    top = os.fspath(tree)
    has = trees.read(top)
    same = {path: inode for path, inode in has.inodes.items() if site.inodes.get(path) == inode}
    trees.make_equal(top, has, same, source=top)
    return TreeContents(same)


class _Site(NamedTuple):
    """The last site as it was found: the path that the user named, its inode and its files, and when it was read."""

    named: Path
    real: str
    inode: int
    tree: TreeContents
    listed: Collection[str]
    at: int

    @classmethod
    def read(cls, real: Path, beside: Path, *, named: Path, manifest: Manifest) -> _Site:
        """Read the site in an output folder. Raises OutputRefused where it holds what Catat did not write."""
        top = os.fspath(real)
        os.utime(beside)
        at = _changed(os.fspath(beside))
        inode, tree = trees.inode_of(top), trees.read(top, with_states=True)
        sums = manifest.get(SUMS)
        is_known = sums is not None and tree.states.get(SUMS) == sums[2:]
        listed = {*manifest, SIGNATURE} if is_known else folder_checks.listed_files(real)
        folder_checks.ensure_ours(named, tree, listed)
        return cls(named, top, inode, tree, listed, at)

    def ensure_unchanged(self) -> None:
        """Raise OutputRefused where a file was laid into the site since it was read.

        Only folders that have changed by the clock of the disk are read again.
        """
        for folder in self.tree.folders:
            path = f"{self.real}{os.sep}{folder}"
            if _changed(path) < self.at:
                continue
            tree = trees.read(path)
            found = [f"{folder}{each}" for each in (*tree.inodes, *tree.others)]
            folder_checks.ensure_ours(self.named, TreeContents({}, found), self.listed)


def _changed(folder: str) -> int:
    """Return when the names in a folder changed last, in nanoseconds of the disk's clock; 0 where it is gone."""
    try:
        status = os.stat(folder)
    except OSError:
        return 0
    return max(status.st_mtime_ns, status.st_ctime_ns)
