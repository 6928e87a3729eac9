"""A zip that is a bag (BagIt 1.0, RFC 8493): files with their digests, the same bytes for the same input."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from msgspec import Struct

from generator.evidence import ending
from generator.exchange.checksums import Checksums
from generator.output.document_copies import FileChanged

PAYLOAD = "data/"
DECLARATION = "bagit.txt"
INFORMATION = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SOFTWARE = "Bag-Software-Agent"
_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3
_BLOCK = 1 << 20
_PACKED = frozenset((
    "7z", "docm", "docx", "epub", "gif", "gz", "heic", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "odp", "ods", "odt",
    "ogg", "pdf", "png", "pptx", "rar", "webm", "webp", "xlsm", "xlsx", "zip",
))  # fmt: skip
"""Endings of files that are compressed already."""

_AMBIGUOUS = re.compile("%(?:0[AaDd]|25)")
_BROKEN = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]|\\s$")


class Bag(Struct, frozen=True):
    """A bag to be written: the name of its folder, the folder that its payload is read from, and its tag files.

    `files` are the digests of the payload by path, `information` the lines of bag-info.txt.
    """

    name: str
    folder: Path
    files: Checksums
    information: Mapping[str, str]
    texts: Mapping[str, bytes]


def unfit_names(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that programs read differently in a manifest: with %0A, %0D, %25 or a line break, or no text."""
    return tuple(path for path in sorted(paths) if _is_unfit(path))


def _is_unfit(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return True
    return bool(_AMBIGUOUS.search(path) or _BROKEN.search(path))


def write_bag(bag: Bag, target: IO[bytes], *, progress: Callable[[int, int], None]) -> None:
    """Write a bag as a zip. Raises FileChanged where a file is not what its digest says, OSError."""
    sizes = {path: (bag.folder / path).stat().st_size for path in sorted(bag.files)}
    oxum = {"Payload-Oxum": f"{sum(sizes.values())}.{len(sizes)}"}
    manifest = {f"{PAYLOAD}{path}": digest for path, digest in bag.files.items()}
    tags = {
        DECLARATION: _DECLARED,
        INFORMATION: _information({**bag.information, **oxum}),
        MANIFEST: _manifest(manifest),
        **bag.texts,
    }
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in tags.items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for path, content in {**tags, TAG_MANIFEST: _manifest(digests)}.items():
            archive.writestr(_entry(f"{bag.name}/{path}", len(content)), content)
        for number, (path, size) in enumerate(sizes.items(), start=1):
            entry = _entry(f"{bag.name}/{PAYLOAD}{path}", size)
            with (bag.folder / path).open("rb") as source, archive.open(entry, "w") as packed:
                if _copied(source, packed) != bag.files[path]:
                    raise FileChanged(path)
            progress(number, len(sizes))


def is_bag_of(path: Path, software: str) -> bool:
    """Whether a file is a zip with a bag that was written by a program."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = (name for name in archive.namelist()[:_FIRST] if re.fullmatch(rf"[^/]+/{INFORMATION}", name))
            return any(f"{SOFTWARE}: {software}".encode() in archive.read(name) for name in names)
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        return False


_FIRST = 20
"""The tag files are the first entries of our bags."""


def _entry(name: str, size: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system, entry.external_attr, entry.file_size = _UNIX, _MODE, size
    entry.compress_type = zipfile.ZIP_STORED if ending(name) in _PACKED else zipfile.ZIP_DEFLATED
    return entry


def _copied(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _manifest(files: Checksums) -> bytes:
    """Return a manifest, names as they are: so both bagit.py and `sha256sum -c` read it."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(files.items())).encode()


def _information(lines: Mapping[str, str]) -> bytes:
    return "".join(_lines(lines)).encode()


def _lines(lines: Mapping[str, str]) -> Iterator[str]:
    for name, value in lines.items():
        yield f"{name}: {' '.join(value.split())}\n"
