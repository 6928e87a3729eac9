"""Reads what a report says: the pages of a PDF, the tables of a document of Word."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx
import pypdfium2

_BREAKS = re.compile("[\u0002\u00ad\u200b\ufeff\ufffe]|\\s", re.IGNORECASE)


def squeezed(text: str) -> str:
    """Return a text without blanks, ends of lines, and places where a word may be parted."""
    return _BREAKS.sub("", text)


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, squeezed."""
    paper = pypdfium2.PdfDocument(pdf)
    return [squeezed(page.get_textpage().get_text_range()) for page in paper]


def lines_of(word: bytes) -> list[str]:
    """Return the paragraphs of a document of Word that are in no table."""
    return [" ".join(each.text.split()) for each in docx.Document(io.BytesIO(word)).paragraphs]


def tables_of(word: bytes) -> list[list[list[str]]]:
    """Return the tables of a document of Word: the words of each cell, by rows."""
    return [
        [[" ".join("".join(cell.itertext("{*}t")).split()) for cell in row.tc_lst] for row in table._tbl.tr_lst]
        for table in docx.Document(io.BytesIO(word)).tables
    ]


def table_with(word: bytes, *head: str) -> list[list[str]]:
    """Return the rows, without the first, of the first table whose head begins with some words."""
    for table in tables_of(word):
        if table[0][: len(head)] == [*head]:
            return table[1:]
    raise AssertionError((head, [table[0] for table in tables_of(word)]))


def everything(word: bytes) -> str:
    """Return all words of a document of Word."""
    rows: Sequence[str] = [" ".join(row) for table in tables_of(word) for row in table]
    return "\n".join([*lines_of(word), *rows])
