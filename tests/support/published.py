"""Small sites, targets that stop, and what must hold of a published tree at any moment."""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.exchange.checksums import checksum_lines, read_checksums
from generator.publishing import target_state
from generator.publishing.edition import Edition
from generator.publishing.in_place import page_links
from generator.publishing.lease import STOLEN_AFTER
from generator.publishing.publish import Publisher, set_up
from generator.publishing.target_state import Layout, read_holding
from generator.publishing.targets.folder import FolderTarget
from generator.publishing.targets.target import Target, Upload

Tree = Mapping[str, bytes]


def site(folder: Path, files: Mapping[str, str | bytes], *, unit: str = "Unit") -> Edition:
    """Write a site of some files, with its readiness and list of checksums."""
    every = {path: each.encode() if isinstance(each, str) else each for path, each in files.items()}
    every["readiness.json"] = json.dumps({"schema": "catat.readiness/1", "unit": unit, "portfolio": unit}).encode()
    for path, content in every.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    sums = checksum_lines({path: hashlib.sha256(content).hexdigest() for path, content in every.items()})
    (folder / "SHA256SUMS").write_bytes(sums)
    return Edition.of_folder(folder)


def page(path: str, *links: str, text: str = "") -> str:
    """Return a page with relative links to some paths of its site."""
    here = posixpath.dirname(path)
    return text + "".join(f'<a href="{posixpath.relpath(each, here or ".")}">{each}</a>' for each in links)


def tree_of(folder: Path) -> Tree:
    """Return the public files below a folder."""
    root = os.fspath(folder)
    found = {}
    for here, folders, names in os.walk(root):
        folders[:] = [each for each in folders if each != ".catat"]
        for name in names:
            path = os.path.join(here, name)
            found[os.path.relpath(path, root)] = Path(path).read_bytes()
    return found


def edition_tree(edition: Edition) -> Tree:
    """Return the files of a site as they are to be published."""
    assert edition.folder is not None
    return {**{path: (edition.folder / path).read_bytes() for path in edition.checksums}, "SHA256SUMS": edition.sums}


def ensure_invariants(public: Tree, *editions: Tree) -> None:
    """Fail where a public tree breaks one of the invariants I1 to I3 (contract: publish, section 2)."""
    for path, content in public.items():
        assert content in [tree[path] for tree in editions if path in tree], f"I1: {path}"
    for path, content in public.items():
        if path.endswith(".html"):
            broken = [each for each in page_links(path, content) if not is_there(public, each)]
            assert not broken, f"I2: {path} links to {broken}"
    if public.get("SHA256SUMS") == editions[-1]["SHA256SUMS"]:
        listed = read_checksums(public["SHA256SUMS"])
        for path, digest in listed.items():
            assert path in public, f"I3: {path} is missing"
            assert hashlib.sha256(public[path]).hexdigest() == digest, f"I3: {path}"


def is_there(public: Tree, path: str) -> bool:
    return path in public or f"{path}/index.html" in public


class Stopped(BaseException):
    """The process was killed, or its connection cut for good."""


class StoppingTarget(Target):
    """A target on which each operation is one of a count, and every one from the `last` on does not happen.

    `before` is called before each with its number. With `half`, what is sent last arrives in part.
    """

    def __init__(
        self, target: Target, last: int = 1 << 60, *, before: Callable[[int], None] = lambda _: None, half: bool = False
    ) -> None:
        self._target, self._last, self._before, self._half = target, last, before, half
        self.count = 0
        self.shown, self.replaces_whole = target.shown, target.replaces_whole
        self.has_folders, self.has_versions = target.has_folders, target.has_versions

    def close(self) -> None:
        self._target.close()

    def _next(self, cut: Callable[[], None] = lambda: None) -> Target:
        self._before(self.count)
        self.count += 1
        if self.count >= self._last:
            if self._half and self.count == self._last:
                cut()
            raise Stopped
        return self._target

    def read(self, path: str) -> bytes | None:
        return self._next().read(path)

    def exists(self, path: str) -> bool:
        return self._next().exists(path)

    def names(self, folder: str) -> tuple[str, ...]:
        return self._next().names(folder)

    def modified(self, path: str) -> float | None:
        return self._next().modified(path)

    def digest(self, path: str) -> str | None:
        return self._next().digest(path)

    def create(self, path: str, content: bytes) -> bool:
        return self._next().create(path, content)

    def touch(self, path: str) -> bool:
        return self._next().touch(path)

    def upload(self, upload: Upload) -> None:
        content = upload.source.read_bytes()
        self._next(lambda: self._target.write(upload.path, content[: len(content) // 2])).upload(upload)

    def write(self, path: str, content: bytes) -> None:
        self._next(lambda: self._target.write(path, content[: len(content) // 2])).write(path, content)

    def copy(self, source: str, path: str) -> None:
        self._next().copy(source, path)

    def move(self, source: str, path: str) -> None:
        self._next().move(source, path)

    def make_folder(self, path: str) -> None:
        self._next().make_folder(path)

    def remove(self, path: str) -> None:
        self._next().remove(path)

    def remove_folder(self, path: str) -> bool:
        return self._next().remove_folder(path)

    def remove_tree(self, path: str) -> None:
        self._next().remove_tree(path)

    def link(self, path: str, to: str) -> None:
        self._next().link(path, to)

    def read_link(self, path: str) -> str | None:
        return self._next().read_link(path)

    def version(self, path: str) -> str | None:
        return self._next().version(path)

    def write_if(self, path: str, content: bytes, version: str | None) -> bool:
        return self._next().write_if(path, content, version)

    def hold(self, nonce: str) -> None:
        self._next().hold(nonce)

    def renew(self) -> bool:
        return self._next().renew()

    def let_go(self) -> None:
        self._next().let_go()


A = Publisher("a@here")
B = Publisher("b@there")
"""Another person, on another machine."""


def old_site(folder: Path) -> Edition:
    nav = ("index.html", "records.html")
    return site(
        folder,
        {
            "files/a.pdf": "a",
            "files/b.pdf": "b",
            "files/sub/c.pdf": "c",
            "files/moved.pdf": "moves",
            "assets/style.css": "old",
            "search/1.js": "1",
            "records/one.html": page("records/one.html", *nav, "files/a.pdf", "files/moved.pdf"),
            "records/two.html": page("records/two.html", *nav, "files/b.pdf", "files/sub/c.pdf"),
            "records.html": page("records.html", "records/one.html", "records/two.html", *nav),
            "index.html": page("index.html", "records.html", "records/two.html", "files/b.pdf"),
        },
    )


def new_site(folder: Path) -> Edition:
    """A document is withdrawn and its address becomes a page, one changes, one moves, one comes, a record goes."""
    nav = ("index.html", "records.html")
    return site(
        folder,
        {
            "files/a.pdf": "a changed",
            "files/b.pdf/index.html": page("files/b.pdf/index.html", "index.html"),
            "files/new/moved.pdf": "moves",
            "files/new/d.pdf": "d",
            "files/new/same-as-d.pdf": "d",
            "assets/style.css": "new",
            "search/2.js": "2",
            "lists/tag.html": page("lists/tag.html", "records/three.html", *nav),
            "records/one.html": page("records/one.html", *nav, "files/a.pdf", "files/new/moved.pdf", "lists/tag.html"),
            "records/three.html": page("records/three.html", *nav, "files/new/d.pdf", "files/new/same-as-d.pdf"),
            "records.html": page("records.html", "records/one.html", "records/three.html", "lists/tag.html", *nav),
            "index.html": page("index.html", "records.html", "records/three.html"),
        },
    )


class Place:
    """A folder as a target, with what readers see of it."""

    def __init__(self, root: Path, layout: Layout, opened: Callable[[Path], Target] = FolderTarget) -> None:
        self.root, self.layout, self._opened = root, layout, opened
        root.mkdir()
        if layout is Layout.POINTER:
            assert set_up(self.opened()) is layout

    def opened(self) -> Target:
        """Open it as a publisher does, by whatever way."""
        return self._opened(self.root)

    @property
    def public(self) -> Tree:
        return tree_of(self.root / "current" if self.layout is Layout.POINTER else self.root)

    def publish(self, edition: Edition, by: Publisher = A, target: Target | None = None) -> int:
        target = target or self.opened()
        with pytest.MonkeyPatch.context() as patch:
            if by is not A:  # somebody else has another memory
                patch.setenv("CATAT_CACHE", str(self.root.parent / by.by))
            return by.publish(target, edition, read_holding(target), lambda *_: None).sent

    def age_lease(self) -> None:
        """Let the time pass after which a lease may be taken over."""
        lock = self.root / target_state.LOCK
        if lock.exists():
            then = lock.stat().st_mtime - STOLEN_AFTER - 1
            os.utime(lock, (then, then))

    def stages(self) -> list[str]:
        return sorted(os.listdir(self.root / target_state.STAGES))
