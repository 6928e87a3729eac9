"""What is shown of a document beside its name: a picture, the first rows of a table, the beginning of a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.evidence import document_texts, pictures, tables
from generator.evidence.personal_data import PersonalCount
from generator.evidence.pictures import Drawn


class Picture(Struct, frozen=True):
    """A WebP picture in the store, its sides in pixels."""

    key: str
    width: int
    height: int


class DocumentPreview(Struct, frozen=True):
    """What is shown of a document: nothing at all where it has nothing, or could not be read.

    `small` is the first page of a PDF, or the picture; `large` is the picture; both may be the same. `rows` are a
    table's first, cut to fit. `beginning` is the first of a text that has neither. `text_key` is the key of all of its
    text in the store. `failed` says of what it took too much: `Failure.variant`, or `size` where a picture or page is
    too large to be drawn. `personal` counts the numbers of persons in its text.
    """

    small: Picture | None = None
    large: Picture | None = None
    rows: tables.Rows = ()
    text_key: str | None = None
    beginning: str = ""
    failed: str = ""
    personal: tuple[PersonalCount, ...] = ()


class PreviewRequest(Struct, frozen=True):
    """A file whose preview is wanted: its path, its name, whose ending says how it is read, and its digest."""

    path: str
    name: str
    sha256: str


class PreviewReader(Struct, frozen=True):
    """How what is shown of a document is taken from it; the functions raise whatever the libraries raise.

    `name` is part of the key that previews are kept by.
    """

    name: str
    picture: Callable[[Path], tuple[Drawn, Drawn | None]] | None = None
    """Returns it small, and large where there is more to see."""
    rows: Callable[[Path], tables.Rows] | None = None
    text: Callable[[Path], str] | None = None
    pages: Callable[[Path], Sequence[str]] | None = None
    """Returns the text of each page, and stands for the text."""
    rows_and_text: Callable[[Path], tuple[tables.Rows, str]] | None = None
    """Stands for both, where they are read at once."""


PDF = PreviewReader("pdf", picture=lambda path: (pictures.first_page(path), None), pages=document_texts.pages_of_pdf)
PICTURE = PreviewReader("picture", picture=pictures.photograph)
WORD = PreviewReader("word", text=document_texts.of_word)
SLIDES = PreviewReader("slides", text=document_texts.of_slides)
WORKBOOK = PreviewReader("workbook", rows=tables.of_workbook, text=document_texts.of_workbook)
OLD_WORKBOOK = PreviewReader("old-workbook", rows_and_text=tables.of_old_workbook)
OPEN_TEXT = PreviewReader("open-text", text=document_texts.of_open_document)
OPEN_TABLE = PreviewReader("open-table", rows=tables.of_open_document, text=document_texts.of_open_document)
LIST = PreviewReader("list", rows=tables.of_list, text=document_texts.of_plain)
TABBED_LIST = PreviewReader("tabbed-list", rows=partial(tables.of_list, delimiter="\t"), text=document_texts.of_plain)
PLAIN = PreviewReader("plain", text=document_texts.of_plain)
