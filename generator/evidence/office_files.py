"""Office files: zip archives of XML, unpacked and parsed within limits, whatever they say of themselves."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self
from xml.parsers import expat

MAX_PART_BYTES = 64 * 1024 * 1024
MAX_FILE_BYTES = 2 * MAX_PART_BYTES
_BLOCK = 64 * 1024

Attributes = dict[str, str]


class Archive:
    """The parts of an office file, none of them unpacked beyond measure, nor all of them together."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises OSError, zipfile.BadZipFile."""
        self._zip = zipfile.ZipFile(path)
        self._left = MAX_FILE_BYTES

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Return the names of its parts."""
        return self._zip.namelist()

    def blocks(self, name: str, *, partly: bool = False) -> Iterator[bytes]:
        """Yield a part in blocks; with `partly`, of a too large one its beginning. Raises ValueError, KeyError."""
        if not partly and self._zip.getinfo(name).file_size > MAX_PART_BYTES:
            raise ValueError(name)
        read = 0
        with self._zip.open(name) as part:
            while block := part.read(_BLOCK):
                read += len(block)
                self._left -= len(block)
                if read > MAX_PART_BYTES or self._left < 0:
                    if partly:
                        return
                    raise ValueError(name)
                yield block


def parsed(
    blocks: Iterable[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda name: None,
    data: Callable[[str], None] = lambda text: None,
) -> Iterator[None]:
    """Read XML block by block, yielding after each; names have no prefixes. Raises ValueError, expat.ExpatError.

    A document type is refused: office files have none, and only there could entities be declared that unfold.
    """
    parser = _parser()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = data
    for block in blocks:
        parser.Parse(block, False)
        yield


def beginning(blocks: Iterable[bytes], *, most: Mapping[str, int], limit: int) -> bytes:
    """Return an XML document with no more of some elements than `most` says, cut before the next one.

    One larger than `limit` bytes is cut before the last of them that begins within. Raises ValueError where there is
    none to cut it at, else what `parsed` does.
    """
    parser = _parser()
    content = bytearray()
    opened: list[str] = []
    counts = dict.fromkeys(most, 0)
    cut: tuple[int, str] | None = None
    enough = False

    def start(name: str, _: Attributes) -> None:
        nonlocal cut, enough
        kind = name.rpartition(":")[2]
        if kind in counts and not enough:
            counts[kind] += 1
            cut = parser.CurrentByteIndex, "".join(f"</{each}>" for each in reversed(opened))
            enough = counts[kind] > most[kind]
        opened.append(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: opened.pop()
    for block in blocks:
        content += block
        parser.Parse(block, False)
        if enough or len(content) > limit:
            if cut is None:
                raise ValueError("too large")
            return bytes(content[: cut[0]]) + cut[1].encode()
    return bytes(content)


def _parser() -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise ValueError("document type")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    return parser
