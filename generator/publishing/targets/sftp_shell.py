"""What the shell of an account does much quicker than requests of SFTP, where it has one.

Digests, and of very many files hard links and deletions, so that a publication costs what changed and not what the site
holds. One stream of `tar` sends no quicker than SFTP with many files on their way.
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
_MANY = 500
"""Files from which on links and deletions are worth it."""
_DONE = b"done"
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
        if len(paths) >= _WORTH_IT and await self._sees_the_same(paths):
            batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
            for several in await self._files.session.each(self._sha256sum, batches, at_once=_PROCESSES):
                found.update(several)
        left = [path for path in paths if path not in found]  # not there, not readable, or no shell any more
        by_sftp = dict(zip(left, await self._files.digests(left), strict=True))
        return [found[path] if path in found else by_sftp[path] for path in paths]

    async def link_alike(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Give very many files second names that differ in the folder they begin with; False where nothing is sure.

        Names that are there are replaced.
        """
        prefixes = {_prefixes(*pair) for pair in pairs[:_SAMPLES]}
        if len(pairs) < _MANY or len(prefixes) != 1 or not await self._sees_the_same([source for source, _ in pairs]):
            return False
        old, new = prefixes.pop()
        if any(not a.startswith(old) or f"{new}{a[len(old) :]}" != b for a, b in pairs):
            return False
        real = self._files.session.real
        script = 'cd -- "$1" && xargs -0 cp -lf --parents -t "$2" -- 2>/dev/null && printf done'
        names = _names([source[len(old) :] for source, _ in pairs])
        return await self._run(script, names, real(old.rstrip("/")), real(new.rstrip("/"))) == _DONE

    async def remove_tree(self, path: str, names: Sequence[str]) -> bool:
        """Delete a folder with very much in it; False where nothing is sure. `names` are those in it."""
        if self._has_one is not True or len(names) < _FEW:
            return False
        return await self._run('rm -rf -- "$1" && printf done', b"", self._files.session.real(path)) == _DONE

    async def _run(self, script: str, given: bytes, *arguments: str) -> bytes:
        """Return what a script prints; its arguments are quoted, and the command has no other name."""
        quoted = " ".join(map(shlex.quote, ("sh", *arguments)))
        return await self._files.session.run(f"exec sh -c {shlex.quote(script)} {quoted}", given, patience=_PATIENCE)

    async def _sees_the_same(self, paths: Sequence[str]) -> bool:
        """Whether there is a shell that finds the same file at the root's path as SFTP does, found out once."""
        if self._has_one is not None:
            return self._has_one
        few = paths[:_SAMPLES]
        looks = await self._files.each(self._files.look, few)
        sizes = [(found.size or 0, path) for path, found in zip(few, looks, strict=True) if found is not None]
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
        script = 'cd -- "$1" && exec xargs -0 sha256sum -bz -- 2>/dev/null'
        return dict(_digests(await self._run(script, _names(paths), self._files.session.real(""))))


_FEW = 8
"""Names in a folder below which there is not much in it."""


def _prefixes(source: str, path: str) -> tuple[str, str]:
    """Return how two paths with the same last folders and name begin, up to where they are the same."""
    old, new = source.split("/"), path.split("/")
    while old and new and old[-1] == new[-1]:
        old.pop()
        new.pop()
    return "".join(f"{each}/" for each in old), "".join(f"{each}/" for each in new)


def _names(paths: Sequence[str]) -> bytes:
    """Return paths as `xargs -0` reads them; none is taken for an option."""
    return b"".join(b"./" + path.encode("utf-8", "surrogateescape") + b"\0" for path in paths)


def _digests(output: bytes) -> Iterator[tuple[str, str]]:
    """Yield paths and digests of what `sha256sum -z` printed."""
    for line in output.split(b"\0"):
        match = _DIGEST_LINE.fullmatch(line)
        if match:
            yield match[2].decode("utf-8", "surrogateescape"), match[1].decode()
