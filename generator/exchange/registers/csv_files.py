"""The registers as csv: UTF-8 with a byte order mark, so that Excel sees the letters, a line for each row.

Days are written as 2023-01-18, figures with the decimal mark that goes with the separator: a point with commas, a
comma with semicolons, as Excel reads them where the language of Windows is Indonesian.
"""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import IO

from generator.exchange.readiness_json import rounded
from generator.exchange.registers.tables import Cell, CellLink, RegisterTable

_FORMULA = "=+-@\u2212"
_AFTER_SEPARATOR = re.compile(r"([,;]\s*[\"']?\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])")
"""Where a cell would begin for a program that takes the other separator for that of the file."""


def write_csv(stream: IO[str], table: RegisterTable, *, separator: str = ",") -> None:
    """Write a register to a stream that was opened with `newline=""`."""
    stream.write("\ufeff")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow([each.title for each in table.columns])
    writer.writerows([_written(cell, separator) for cell in row] for row in table.rows())


def _written(cell: Cell, separator: str) -> str:
    match cell:
        case None:
            return ""
        case CellLink():
            return guarded(cell.text)
        case str():
            return guarded(cell)
        case datetime.date():
            return cell.isoformat()
        case Fraction():
            return str(rounded(cell)).replace(".", "," if separator == ";" else ".")
        case Decimal():
            return f"{cell.normalize():f}".replace(".", "," if separator == ";" else ".")
        case int():
            return str(cell)


def guarded(text: str) -> str:
    """Return words that no spreadsheet takes for a formula: with an apostrophe before what begins like one.

    It is the remedy of OWASP ("CSV Injection"), also for letters of full width and behind characters that nobody sees,
    and within words where a program that takes another separator would begin a cell.
    """
    if text[:1].isalnum() and "," not in text and ";" not in text:
        return text  # as nearly all words
    inner = _AFTER_SEPARATOR.sub(r"\1'", text)
    first = next((each for each in text if unicodedata.category(each) not in _UNSEEN), "")
    starts = first != "" and unicodedata.normalize("NFKC", first) in _FORMULA
    return f"'{inner}" if starts or text.startswith(_UNSEEN_STARTS) else inner


_UNSEEN_STARTS = ("\t", "\r", "\n")
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")


def decoded(content: bytes) -> str:
    """Return the text of a csv as programs of tables save it: in UTF-8 or UTF-16, else in the code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
