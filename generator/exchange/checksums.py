"""The list of digests of a site, `SHA256SUMS`, as `sha256sum` of GNU coreutils reads and writes it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping

Checksums = Mapping[str, str]
"""The SHA-256 of files, in hexadecimal digits, by their paths in the site."""


def checksum_lines(files: Checksums) -> bytes:
    """Return the list of some files, ordered by path."""
    lines = (_line(digest, path) for path, digest in sorted(files.items()))
    return "".join(lines).encode("utf-8", "surrogateescape")


def read_checksums(content: bytes) -> dict[str, str]:
    """Return the files of a list; lines of another form are passed over, as `sha256sum -c` does."""
    text = content.decode("utf-8", "surrogateescape")
    matches = (_LINE.fullmatch(line) for line in text.split("\n"))
    return {_unescaped(match[3]) if match[1] else match[3]: match[2] for match in matches if match}


def documents_digest(files: Checksums) -> str:
    """Return what identifies the documents that an assessor saw: the SHA-256 of the lines of their list."""
    return hashlib.sha256(checksum_lines(files)).hexdigest()


def site_digest(content: bytes) -> str:
    """Return what identifies a site: the first 16 digits of the SHA-256 of its list."""
    return hashlib.sha256(content).hexdigest()[:16]


def leads_out(path: str) -> bool:
    """Whether a path of a list leads out of the folder of the list, or names no file at all."""
    steps = re.split(r"[/\\]", path) if os.name == "nt" else path.split("/")
    named = all(step not in {"", ".", ".."} for step in steps)
    return not named or "\0" in path or (os.name == "nt" and ":" in path)


_LINE = re.compile(r"(\\?)([0-9a-f]{64}) [ *](.+)", re.DOTALL)


def _line(digest: str, path: str) -> str:
    if "\\" in path or "\n" in path or "\r" in path:
        escaped = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
        return f"\\{digest}  {escaped}\n"
    return f"{digest}  {path}\n"


def _unescaped(path: str) -> str:
    return re.sub(r"\\([\\nr])", lambda match: {"\\": "\\", "n": "\n", "r": "\r"}[match[1]], path)
