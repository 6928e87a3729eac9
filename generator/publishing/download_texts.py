"""What the downloads of a site say, so that an audit can look into them as into its pages."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from generator.exchange.registers.tables import record_id_titles
from generator.model.addresses import DOWNLOADS, PORTFOLIO_JSON

_TEXTS = (".csv", ".json")
_PARTS = (".xlsx", ".docx")


def is_read(path: str) -> bool:
    """Whether a path of a site is that of a download that can be read."""
    return path.startswith(DOWNLOADS) and path.endswith((*_TEXTS, *_PARTS))


def text_of(file: Path) -> str:
    """Return the text of a download; of a document of Office the text of all its parts. Raises OSError."""
    if file.name.endswith(_TEXTS):
        return file.read_bytes().decode("utf-8", "replace")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [archive.read(each).decode("utf-8", "replace") for each in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError):
        return ""
    return "\n".join(parts).replace("\\", "/")  # relative links are written with backslashes


def records_in(path: str, text: str) -> frozenset[str]:
    """Return the ids of the records that a download has a row of: of the data, or of a csv."""
    if path == f"{DOWNLOADS}{PORTFOLIO_JSON}":
        return frozenset(_in_data(text))
    return frozenset(_in_csv(text)) if path.endswith(".csv") else frozenset()


def _in_data(text: str) -> Iterator[str]:
    try:
        data = json.loads(text)
        yield from (each["id"] for each in data["records"])
        yield from (each["record"] for each in data["documents"])
        yield from (each["record"] for finding in data["findings"] for each in finding["documents"])
    except (ValueError, KeyError, TypeError):
        return


def _in_csv(text: str) -> Iterator[str]:
    rows = csv.reader(text.removeprefix("\ufeff").splitlines())
    header = next(rows, [])
    columns = [number for number, title in enumerate(header) if title in record_id_titles()]
    for row in rows:
        yield from (row[number] for number in columns if number < len(row))
