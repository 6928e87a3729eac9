"""What the shell of an account does much quicker than requests of SFTP, where it has one: digests.

Hard links and deletions by the shell were measured, too: they gain seconds in thousands of files, which is not worth
commands that write. One stream of `tar` sends no quicker than SFTP with many files on their way.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from generator.publishing.targets.sftp_files import SftpFiles

_DIGEST_LINE = re.compile(rb"([0-9a-f]{64}) [ *]\./(.+)", re.DOTALL)
_PATIENCE = 600.0
"""Seconds that a command may take; then its work is done by SFTP."""
_PROCESSES = 4
_BATCH = 200
"""Files of one command: a server's disk reads them in less than its time, unless they are very large."""
_WORTH_IT = 4
"""Files from which on it is worth starting a process on the server."""
_SAMPLES = 16
"""Files of which the smallest is read by SFTP, too."""


class SftpShell:
    """The shell of the account of a target. It is tried, not configured; all works without it."""

    def __init__(self, files: SftpFiles) -> None:
        self._files = files
        self._has_one: bool | None = None

    async def digests(self, paths: Sequence[str]) -> list[str | None]:
        """Return the SHA-256 of files; None for those that are not there."""
        found: dict[str, str] = {}
        if len(paths) >= _WORTH_IT and await self._sees_the_same(paths[:_SAMPLES]):
            batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
            for several in await self._files.session.each(self._sha256sum, batches, at_once=_PROCESSES):
                found.update(several)
        left = [path for path in paths if path not in found]  # not there, not readable, or no shell any more
        by_sftp = dict(zip(left, await self._files.digests(left), strict=True))
        return [found[path] if path in found else by_sftp[path] for path in paths]

    async def _sees_the_same(self, paths: Sequence[str]) -> bool:
        """Whether there is a shell that finds the same file at the root's path as SFTP does, found out once."""
        if self._has_one is not None:
            return self._has_one
        looks = await self._files.each(self._files.look, paths)
        sizes = [(found.size or 0, path) for path, found in zip(paths, looks, strict=True) if found is not None]
        if not sizes:
            return False
        sample = min(sizes)[1]
        digest = (await self._sha256sum([sample])).get(sample)
        self._has_one = digest is not None and digest == await self._files.digest(sample)
        return self._has_one

    async def _sha256sum(self, paths: Sequence[str]) -> dict[str, str]:
        """Return the digests of those files of which the server's `sha256sum` prints one.

        It reads the paths from its input: of all names only the root's stands in the command, quoted.
        """
        root = shlex.quote(self._files.session.real(""))
        script = shlex.quote('cd -- "$1" && exec xargs -0 sha256sum -bz -- 2>/dev/null')
        names = b"".join(b"./" + path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)
        output = await self._files.session.run(f"exec sh -c {script} sh {root}", names, patience=_PATIENCE)
        return dict(_digests(output))


def _digests(output: bytes) -> Iterator[tuple[str, str]]:
    """Yield paths and digests of what `sha256sum -z` printed."""
    for line in output.split(b"\0"):
        match = _DIGEST_LINE.fullmatch(line)
        if match:
            yield match[2].decode("utf-8", "surrogateescape"), match[1].decode()
