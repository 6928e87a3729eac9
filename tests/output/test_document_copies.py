"""Documents are copied whole, and only as they were inspected, in this process or another."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.output.document_copies import CopiedFile, FileChanged, copy_all
from generator.site.copies import Copy

MEBIBYTE = 1024 * 1024


def copy_of(source: Path, content: bytes) -> tuple[Copy, str]:
    source.write_bytes(content)
    target = source.with_name(f"copy of {source.name}")
    return Copy(source.name, str(source), source.name, sha256(content).hexdigest(), packed=False), str(target)


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"",
        bytes(3 * MEBIBYTE),
        b"x" + bytes(2 * MEBIBYTE),
        bytes(MEBIBYTE) + b"x",
        os.urandom(MEBIBYTE) + bytes(MEBIBYTE) + b"x",
    ],
    ids=range(6),
)
def test_a_copy_is_the_document_and_its_state_is_returned(tmp_path: Path, content: bytes) -> None:
    copy, target = copy_of(tmp_path / "a.txt", content)
    (found,) = copy_all([(copy, target)])
    assert Path(target).read_bytes() == content
    status = Path(target).stat()
    assert found == CopiedFile(sha256(content).hexdigest(), len(content), status.st_mtime_ns, status.st_ino)


def test_other_processes_copy_in_batches(tmp_path: Path) -> None:
    copies = [copy_of(tmp_path / f"{number}.txt", str(number).encode()) for number in range(7)]
    digests: list[str] = []
    for each in workers.isolated([copies[:4], copies[4:]], copy_all):
        assert not isinstance(each, Failure)
        digests += [copied.sha256 for copied in each]
    assert digests == [copy.sha256 for copy, _ in copies]
    assert [Path(target).read_bytes() for _, target in copies] == [b"0", b"1", b"2", b"3", b"4", b"5", b"6"]


def test_a_document_that_changed_is_refused_by_another_process_as_well(tmp_path: Path) -> None:
    copy, target = copy_of(tmp_path / "a.txt", b"one")
    Path(copy.real).write_bytes(b"two")
    with pytest.raises(FileChanged, match=r"a\.txt"):
        list(workers.isolated([[(copy, target)]], copy_all))
