"""The words inside documents, for the search: of PDFs, office files and plain texts, each page in one line."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice
from pathlib import Path

from generator.evidence.office_files import Archive, Attributes, parsed

MAX_TEXT = 200_000
_MAX_GATHERED = 4 * MAX_TEXT
"""Characters, white space included, of which a text is made."""
_MAX_PAGES = 300
PAGE = "\f"
"""What stands between two pages of a text."""
_SHARED_STRINGS = "xl/sharedStrings.xml"
_SHEET_BLOCKS = 256


def pages_of_pdf(path: Path) -> Sequence[str]:
    """Return the text of a PDF's first pages, as far as `collapsed` takes it. Raises pypdfium2.PdfiumError."""
    import pypdfium2

    pages: list[str] = []
    left = _MAX_GATHERED
    with pypdfium2.PdfDocument(path) as document:
        for number in range(min(len(document), _MAX_PAGES)):
            try:
                page = document[number]
                text = page.get_textpage().get_text_bounded() + "\n"
                page.close()  # and its text with it: of 300 pages not all at once
            except pypdfium2.PdfiumError:
                text = ""  # one damaged page
            pages.append(text[:left])
            left -= len(pages[-1])
            if not left:
                break
    return pages


def of_pages(pages: Iterable[str]) -> str:
    """Return the text of all pages with `PAGE` between them, each as `collapsed`, at most MAX_TEXT characters."""
    return PAGE.join(collapsed([page]) for page in pages)[:MAX_TEXT].rstrip(f"{PAGE} ")


def of_plain(path: Path) -> str:
    """Return a text file's text. Raises OSError."""
    return collapsed([decoded(path, 8 * MAX_TEXT)])


def of_word(path: Path) -> str:
    """Return the words of a text document of Word. Raises as `_of_parts` does."""
    return _of_parts(path, r"word/(document|footnotes|endnotes|header|footer)(\d*)\.xml", inside={"t"})


def of_slides(path: Path) -> str:
    """Return the words of a presentation of PowerPoint, in the order of its slides. Raises as `_of_parts` does."""
    return _of_parts(path, r"ppt/slides/(slide)(\d+)\.xml", inside={"t"})


def of_workbook(path: Path) -> str:
    """Return the words, not the figures, of a workbook of Excel. Raises as `_of_parts` does."""
    return _of_parts(path, r"xl/(sharedStrings|worksheets/sheet)(\d*)\.xml", inside={"t"})


def of_open_document(path: Path) -> str:
    """Return the words of a text, table or presentation of OpenDocument. Raises as `_of_parts` does."""
    return _of_parts(path, r"(content)()\.xml", inside={"p", "h"})


def _of_parts(path: Path, pattern: str, *, inside: AbstractSet[str]) -> str:
    """Return what stands inside some elements of an office file's parts, ordered as in `pattern`, then by number.

    Raises OSError, ValueError, zipfile.BadZipFile, expat.ExpatError.
    """
    with Archive(path) as archive:
        found = (match for name in archive.names() if (match := re.fullmatch(pattern, name)))
        parts = [match[0] for match in sorted(found, key=lambda one: (pattern.index(one[1]), int(one[2] or 0)))]
        if parts[:1] == [_SHARED_STRINGS]:
            parts = parts[:1]  # all words of a workbook are there, unless it has no such part
        return collapsed(piece for part in parts for piece in chain(_pieces(_blocks(archive, part), inside), " "))


def _blocks(archive: Archive, part: str) -> Iterator[bytes]:
    # Of a sheet some 16 MB: its words, where they are in it at all, are few among its figures.
    return islice(archive.blocks(part, partly=True), _SHEET_BLOCKS) if "/sheet" in part else archive.blocks(part)


_BREAKS = {"p", "h", "tab", "br", "tc", "s", "line-break", "si", "is"}
# What is said twice, or was taken out, or is said of the text; how a word is read aloud in a workbook.
_HIDDEN = {"Fallback", "tracked-changes", "annotation", "rPh"}


def _pieces(blocks: Iterable[bytes], inside: AbstractSet[str]) -> Iterator[str]:
    """Yield the text inside some elements, block by block."""
    pieces: list[str] = []
    depth = hidden = 0

    def start(name: str, _: Attributes) -> None:
        nonlocal depth, hidden
        depth += name in inside
        hidden += name in _HIDDEN
        if name in _BREAKS:
            pieces.append(" ")

    def end(name: str) -> None:
        nonlocal depth, hidden
        depth -= name in inside
        hidden -= name in _HIDDEN
        if name in _BREAKS:
            pieces.append(" ")

    def data(text: str) -> None:
        if depth and not hidden:
            pieces.append(text)

    for _ in parsed(blocks, start=start, end=end, data=data):
        yield "".join(pieces)
        pieces.clear()


def decoded(path: Path, limit: int) -> str:
    """Return the first `limit` bytes of a text file, in the encodings that are met: UTF-8, UTF-16 marked, Windows."""
    with path.open("rb") as stream:
        head = stream.read(limit)
        whole = not stream.read(1)
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")


def collapsed(pieces: Iterable[str]) -> str:
    """Return text in one line, ligatures and wide letters as plain ones, at most MAX_TEXT characters."""
    gathered: list[str] = []
    size = 0
    for piece in pieces:
        gathered.append(piece[: _MAX_GATHERED - size])
        size += len(gathered[-1])
        if size >= _MAX_GATHERED:
            break
    # U+FFFE is how pdfium marks a hyphen at the end of a line.
    joined = re.sub("\ufffe\\s*", "", "".join(gathered))
    joined = unicodedata.normalize("NFKC", joined).encode("utf-8", "ignore").decode()
    return " ".join(_NOT_SHOWN.sub("", " ".join(joined.split()))[:MAX_TEXT].split())


_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\xad\ufeff\uffff]")
