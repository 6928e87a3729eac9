"""Documents are cloned where the disk can: they take no space, and are no less what was looked at."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.output import staging
from generator.output.document_copies import FileChanged
from tests.support import builders, small

MEBIBYTE = 1024 * 1024
SCAN = b"halaman;isi\n1;" + os.urandom(8 * MEBIBYTE).hex().encode() + b"\n"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk that has clones: btrfs in a file."""
    make = shutil.which("mkfs.btrfs", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if make is None:
        pytest.skip("NOT RUN: there is no mkfs.btrfs (Debian: btrfs-progs)")
    place = tmp_path_factory.mktemp("disk")
    image, mounted = place / "image", place / "mounted"
    mounted.mkdir()
    with image.open("wb") as file:
        file.truncate(512 * MEBIBYTE)
    subprocess.run([make, "--quiet", str(image)], check=True)
    done = subprocess.run(["mount", "-o", "loop", str(image), str(mounted)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"NOT RUN: no disk can be mounted here: {done.stderr.decode(errors='replace').strip()}")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def free(disk: Path) -> int:
    subprocess.run(["sync", "-f", str(disk)], check=True)
    status = os.statvfs(disk)
    return status.f_bavail * status.f_frsize


@pytest.fixture
def home(disk: Path) -> Iterator[Path]:
    """A portfolio with a large scan, on that disk."""
    place = disk / "work"
    place.mkdir()
    home = small.write(place)
    builders.write(home, {"evidence/pindaian.csv": SCAN, "records/1-manajemen-perubahan/besar.md": _RECORD})
    yield home
    shutil.rmtree(place)


_RECORD = """\
---
title: Pindaian besar
date: 2026-02-03
items: [A.I.1.i.a]
evidence:
  - file: evidence/pindaian.csv
---
"""


def test_a_site_takes_no_space_for_its_documents_and_keeps_them_when_they_are_changed(home: Path, disk: Path) -> None:
    before = free(disk)
    _, count = small.build_site(home, home.parent / "site")
    assert count
    assert before - free(disk) < len(SCAN) // 2
    [published] = (home.parent / "site").rglob("pindaian.csv")
    with (home / "evidence/pindaian.csv").open("r+b") as file:
        file.write(b"another beginning")
    assert published.read_bytes() == SCAN


def test_a_document_that_changed_since_it_was_looked_at_is_refused(home: Path) -> None:
    path = home / "evidence/pindaian.csv"
    seen = path.stat()
    path.write_bytes(SCAN[:-1] + b"?")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    stage = staging.Staging(home.parent / "aside", home.parent / "none", {})
    with pytest.raises(FileChanged):
        stage.copy(staging.Copy("copy.csv", str(path), path.name, hashlib.sha256(SCAN).hexdigest(), packed=False))
