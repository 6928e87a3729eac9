"""Fills the stage of a publisher: with what the target has already, else from this machine, and checks what arrived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import NamedTuple

from msgspec import Struct

from generator.publishing.edition import Edition
from generator.publishing.lease import Lease
from generator.publishing.targets.target import Target, TargetRefused, Upload

_BATCH_FILES = 200
_BATCH_BYTES = 50_000_000
_COPIES = 10_000

Progress = Callable[[str, int, int], None]
"""Called with a stage, the bytes or files that are done, and all of them."""


class Wanted(NamedTuple):
    """A file that the stage is to have: its path in the site, its path there, its SHA-256."""

    path: str
    staged: str
    sha256: str


class Filling(Struct, frozen=True):
    """Fills a stage. `available` are files of the target by their SHA-256, as far as its list tells.

    Copies within the target are checked too with `check_copies`; a copy that is not right is sent from here instead.
    """

    target: Target
    lease: Lease
    edition: Edition
    available: Mapping[str, Sequence[str]]
    check_copies: bool
    progress: Progress

    def fill(self, wanted: Sequence[Wanted]) -> int:
        """Get all files; return how many were sent from here. Raises Lost, TargetRefused, OSError."""
        arrived = self._arrived()
        rest = [each for each in wanted if arrived.get(each.staged) != each.sha256]
        missing = self._copied([each for each in rest if each.sha256 in self.available])
        missing += [each for each in rest if each.sha256 not in self.available]
        first = {each.sha256: each for each in reversed(missing)}
        sent = sorted(first.values())
        self._send(sent, number=len(arrived))
        again = [each for each in missing if first[each.sha256] is not each]
        pairs = [(first[each.sha256].staged, each.staged) for each in again]
        lost = self.target.copy_all(pairs)
        if lost:
            self.lease.check()
            raise TargetRefused("unreachable", lost[0][0])
        return len(sent)

    # What an earlier try has sent

    def _arrived(self) -> dict[str, str]:
        """Return the files of an earlier try of the same publication that are still in the stage, by their paths.

        Their SHA-256 was checked then; some may have been renamed out since.
        """
        arrived: dict[str, str] = {}
        for name in self.target.names(self.lease.stage):
            if name.startswith("done-"):
                try:
                    arrived.update(json.loads(self.target.read(f"{self.lease.stage}/{name}") or b"{}"))
                except ValueError:  # it was cut off while this list was written
                    continue
        paths = [f"{self.lease.stage}/{path}" for path in arrived]
        there = self.target.exist(paths)
        return {
            path: str(each) for path, each, is_there in zip(paths, arrived.values(), there, strict=True) if is_there
        }

    # Copies within the target

    def _copied(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Copy files within the target; return those that could not be had so."""
        missing: list[Wanted] = []
        for start in range(0, len(wanted), _COPIES):
            part = wanted[start : start + _COPIES]
            by_pair = {(self._source(each), each.staged): each for each in part}
            lost = {by_pair[pair] for pair in self.target.copy_all(list(by_pair))}
            here = [each for each in part if each not in lost]
            if self.check_copies:
                found = self.target.digests([each.staged for each in here])
                lost |= {each for each, digest in zip(here, found, strict=True) if digest != each.sha256}
            missing += [each for each in part if each in lost]
            self.progress("copying", start + len(part), len(wanted))
            self.lease.check()
        return missing

    def _source(self, wanted: Wanted) -> str:
        paths = self.available[wanted.sha256]
        return next((path for path in paths if path.endswith(f"/{wanted.path}")), paths[0])

    # Files from this machine

    def _send(self, wanted: Sequence[Wanted], *, number: int) -> None:
        """Send files part by part; what arrived of one part is checked while the next is sent, where that can be."""
        expected = {each.staged: each for each in wanted}
        uploads = [self._upload(each) for each in wanted]
        done, whole = 0, sum(each.size for each in uploads)
        with ExitStack() as stack:
            threads = stack.enter_context(ThreadPoolExecutor(1)) if self.target.parallel > 1 else None
            checking: Future[None] | None = None
            for batch in _batches(uploads):
                self.progress("sending", done, whole)
                self.target.upload_all(batch)
                number += len(batch)
                if checking is not None:
                    checking.result()
                if threads is None:
                    self._note_arrival(batch, expected, number)
                else:
                    checking = threads.submit(self._note_arrival, batch, expected, number)
                done += sum(each.size for each in batch)
                self.lease.check()
            if checking is not None:
                checking.result()
        self.progress("sending", done, whole)

    def _note_arrival(self, batch: Sequence[Upload], expected: Mapping[str, Wanted], number: int) -> None:
        """Check what arrived, and note it at the target, so that another try need not send it again."""
        self._check_arrival(batch, expected)
        rows = {each.path.removeprefix(f"{self.lease.stage}/"): expected[each.path].sha256 for each in batch}
        self.target.write(f"{self.lease.stage}/done-{number}", json.dumps(rows).encode("utf-8", "surrogateescape"))

    def _upload(self, wanted: Wanted) -> Upload:
        if self.edition.folder is None:
            raise TargetRefused("version-incomplete", wanted.path)
        source = self.edition.folder / wanted.path
        return Upload(source, wanted.staged, source.stat().st_size)

    def _check_arrival(self, batch: Sequence[Upload], expected: Mapping[str, Wanted]) -> None:
        """Read files back; one that is not right is sent once more, if it is still right here."""
        for attempt in (1, 2):
            found = self.target.digests([each.path for each in batch])
            wrong = [each for each, digest in zip(batch, found, strict=True) if digest != expected[each.path].sha256]
            if not wrong:
                return
            self.lease.check()
            for each in wrong:
                with each.source.open("rb") as stream:
                    here = hashlib.file_digest(stream, "sha256").hexdigest()
                if here != expected[each.path].sha256:
                    raise TargetRefused("site-changed", expected[each.path].path)
            if attempt == 2:
                raise TargetRefused("damaged-on-the-way", expected[wrong[0].path].path)
            self.target.upload_all(wrong)


def _batches(uploads: Sequence[Upload]) -> Iterator[list[Upload]]:
    batch: list[Upload] = []
    size = 0
    for each in uploads:
        if batch and (len(batch) == _BATCH_FILES or size + each.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch
