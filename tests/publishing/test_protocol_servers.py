"""The protocol on real servers: OpenSSH stopped at every operation, the others by sample (contract: publish, 2)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from generator.model.target_address import parse_target
from generator.publishing import target_state
from generator.publishing.edition import Edition
from generator.publishing.publish import kept_versions
from generator.publishing.target_state import Layout, read_holding
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.s3 import S3Target
from generator.publishing.targets.target import Target
from generator.publishing.targets.webdav import WebDavTarget
from tests.conftest import silent
from tests.support.dav_server import DavServer, own
from tests.support.published import (
    A,
    Place,
    Stopped,
    StoppingTarget,
    edition_tree,
    ensure_invariants,
    new_site,
    old_site,
)
from tests.support.smb_server import PASSWORD, SmbServer
from tests.support.ssh_server import SshServer

SAMPLE = 17
"""Of a sample every so many operations is one that a publication stops at."""


@pytest.fixture
def old(tmp_path: Path) -> Edition:
    return old_site(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Edition:
    return new_site(tmp_path / "new")


class OnePlace(Place):
    """A place that is opened once, over one connection."""

    def __init__(self, root: Path, layout: Layout, address: str, own: Callable[[Path], None] = lambda _: None) -> None:
        self._address, self._own = parse_target(address), own
        self._target: Target | None = None
        super().__init__(root, layout)
        own(root)

    def opened(self) -> Target:
        if self._target is None:
            self._target = open_target(self._address)
        return self._target

    def close(self) -> None:
        if self._target is not None:
            self._target.close()
            self._target = None

    def forget(self) -> None:
        """What a connection knows of a lock goes with the process that was killed."""
        if isinstance(self._target, WebDavTarget):
            self.close()

    def saved(self, folder: Path) -> Path:
        return Path(shutil.copytree(self.root, folder, symlinks=True))

    def restore(self, folder: Path) -> None:
        for each in self.root.iterdir():
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
        shutil.copytree(folder, self.root, symlinks=True, dirs_exist_ok=True)
        for each in (self.root, *self.root.rglob("*")):
            self._own(each)


def ensure_stops(
    place: OnePlace, old: Edition, new: Edition, begun: Path, stops: Iterator[int], *, recover_each: int = 1
) -> int:
    """Stop at each of some operations of the second publication, and look; return the number of operations.

    After one of so many stops the next publication is tried.
    """
    trees = edition_tree(old), edition_tree(new)
    place.publish(old)
    place.saved(begun)
    for number in stops:
        place.restore(begun)
        try:
            place.publish(new, target=StoppingTarget(place.opened(), number))
        except Stopped:
            place.forget()
        else:
            return number
        public = place.public
        if place.layout is Layout.POINTER:
            assert public in trees, f"I0 at {number}"
        ensure_invariants(public, *trees)
        if number % recover_each:
            continue
        again = new if number % 2 else old
        place.publish(again)
        assert place.public == edition_tree(again), f"I4 at {number}"
        assert place.stages() == []
    raise AssertionError(stops)


@pytest.mark.parametrize("layout", [Layout.POINTER, Layout.PLAIN], ids=lambda each: each.value)
def test_ssh_stopped_at_any_operation_shows_no_half_site(
    ssh: SshServer, layout: Layout, old: Edition, new: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ssh.environment.items():
        monkeypatch.setenv(name, value)
    place = OnePlace(tmp_path / "target", layout, ssh.address(tmp_path / "target"))
    try:
        assert ensure_stops(place, old, new, tmp_path / "begun", count(1), recover_each=5) > 30
    finally:
        place.close()


def test_samba_stopped_here_and_there_shows_no_half_site(
    smb: SmbServer, old: Edition, new: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATAT_PASSWORD", PASSWORD)
    place = OnePlace(smb.folder / "protocol", Layout.PLAIN, smb.address("protocol"))
    try:
        assert ensure_stops(place, old, new, tmp_path / "begun", count(1, SAMPLE)) > 30
    finally:
        place.close()


def test_webdav_stopped_here_and_there_is_gone_on_with(
    webdav: DavServer, old: Edition, new: Edition, tmp_path: Path
) -> None:
    """Of WebDAV a file is whole between two operations; a page may be followed by what it links to."""
    place = OnePlace(webdav.folder / "protocol", Layout.PLAIN, webdav.address("protocol"), own)
    try:
        assert ensure_stops(place, old, new, tmp_path / "begun", count(1, SAMPLE)) > 30
    finally:
        place.close()


def test_s3_stopped_here_and_there_is_gone_on_with(s3_place: str, old: Edition, new: Edition) -> None:
    target = open_target(parse_target(s3_place))
    assert isinstance(target, S3Target)

    def public() -> dict[str, bytes]:
        paths = [path for path in target.paths("") if not path.startswith(f"{target_state.ROOT}/")]
        return {path: target.read(path) or b"" for path in paths}

    trees = edition_tree(old), edition_tree(new)
    A.publish(target, old, read_holding(target), silent)
    assert public() == trees[0]
    for number in count(1, SAMPLE):
        stopping = StoppingTarget(target, number)
        try:
            A.publish(stopping, new, read_holding(target), silent)
        except Stopped:
            pass
        else:
            break
        ensure_invariants(public(), *trees)
        A.publish(target, old, read_holding(target), silent)
        assert public() == trees[0], number
    assert public() == trees[1]
    holding = read_holding(target)
    assert [each.digest for each in kept_versions(target, holding.layout, holding.history, holding.digest)][
        -1
    ] == new.digest
    A.roll_back(target, old.digest, silent)
    assert public() == trees[0]
