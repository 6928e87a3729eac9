"""Parts of formulas that read what is typed into a cell, as a number or as text, like the import reads it.

A number that is pasted, or typed into a cell for text, is text. No formula here depends on the decimal mark of the
program that computes it: text is turned into a number only where nothing but digits is left of it.
"""

from __future__ import annotations

from collections.abc import Iterable


def words(cell: str) -> str:
    """Return the words of a cell, or of each cell of a range, without blanks around them, of any kind."""
    return f'TRIM(SUBSTITUTE({cell},"\u00a0"," "))'


def count(cell: str) -> str:
    """Return the count in a cell that `are_counts` is true of."""
    return f"VALUE({words(cell)})"


def are_counts(cells: str, needed: Iterable[str]) -> str:
    """Return the condition that a range holds nothing but whole numbers and blanks, and each needed cell a number."""
    filled = ",".join(f'{words(each)}<>""' for each in needed)
    return f"AND({filled},SUMPRODUCT(LEN({_without_digits(words(cells))}))=0)"


def are_blank(cells: str) -> str:
    """Return the condition that a range holds nothing but blanks."""
    return f"SUMPRODUCT(LEN({words(cells)}))=0"


def is_mark(cell: str) -> str:
    """Return the condition that a cell holds a number, zero or more, with or without decimals."""
    return f"IF(ISNUMBER({cell}),{cell}>=0,{_is_decimal(_pointed(cell))})"


def mark(cell: str) -> str:
    """Return the number in a cell that `is_mark` is true of."""
    return f"IF(ISNUMBER({cell}),{cell},{_decimal(_pointed(cell))})"


def is_share(cell: str) -> str:
    """Return the condition that a cell holds a number as of a mark, or one with a sign of per cent behind it."""
    text = words(cell)
    at_end = f'ISNUMBER(FIND("%",{text}))=(RIGHT({text})="%")'
    return f"IF(ISNUMBER({cell}),{cell}>=0,AND({at_end},{_is_decimal(_pointed(cell, of_hundred=True))}))"


def share(cell: str) -> str:
    """Return the share in a cell that `is_share` is true of; a number from 2 on is a percentage."""
    number = _decimal(_pointed(cell, of_hundred=True))
    text = f'IF(OR(RIGHT({words(cell)})="%",{number}>=2),{number}/100,{number})'
    return f"MIN(1,IF(ISNUMBER({cell}),IF({cell}>=2,{cell}/100,{cell}),{text}))"


def _pointed(cell: str, *, of_hundred: bool = False) -> str:
    """Return the words of a cell with a point for a comma, and without its first sign of per cent."""
    plain = f'SUBSTITUTE({cell},"\u00a0"," ")'
    plain = f'SUBSTITUTE({plain},"%","",1)' if of_hundred else plain
    return f'TRIM(SUBSTITUTE({plain},",","."))'


def _is_decimal(text: str) -> str:
    """Return the condition that a text is digits with one point at most, which neither begins nor ends it."""
    rest = _without_digits(f'SUBSTITUTE({text},".","",1)')
    return f'AND({text}<>"",LEFT({text})<>".",RIGHT({text})<>".",{rest}="")'


def _decimal(text: str) -> str:
    """Return the number that such a text is."""
    return f'VALUE(SUBSTITUTE({text},".","",1))/10^IFERROR(LEN({text})-FIND(".",{text}),0)'


def _without_digits(text: str) -> str:
    for digit in range(10):
        text = f'SUBSTITUTE({text},{digit},"")'
    return text
