"""What is shown of a document beside its name: a picture, the first rows of a table, the beginning of a text."""

from __future__ import annotations

from dataclasses import dataclass

from generator.evidence import ending, tables


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP picture in the store, its sides in pixels."""

    key: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """What is shown of a document: nothing at all where it has nothing, or could not be read.

    `small` is the first page of a PDF, or the picture; `large` is the picture; both may be the same. `rows` are a
    table's first, cut to fit. `beginning` is the first of a text that has neither. `text_key` tells where the store has
    all of its text. Where it went past its limits, `failed` says of what it took too much: `Failure.variant`, or `size`
    of a picture or page that is too large to be drawn.
    """

    small: Picture | None = None
    large: Picture | None = None
    rows: tables.Rows = ()
    text_key: str | None = None
    beginning: str = ""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """A file to look into: where it lies, its name, whose ending says how it is read, and its digest."""

    path: str
    name: str
    sha256: str


_ENDINGS = {
    "pdf": "pdf",
    "picture": "jpg jpeg jfif png gif webp tif tiff bmp",
    "word": "docx docm dotx",
    "slides": "pptx pptm ppsx",
    "workbook": "xlsx xlsm xltx",
    "old-workbook": "xls",
    "open-text": "odt odp",
    "open-table": "ods",
    "list": "csv",
    "tabbed-list": "tsv",
    "plain": "txt md",
}


KINDS = {each: kind for kind, endings in _ENDINGS.items() for each in endings.split()}
"""How a document is read for its preview, by the ending of its name."""


def has_preview(name: str) -> bool:
    """Whether files of this name's ending are looked into."""
    return ending(name) in KINDS
