"""The addresses of a site: the path of every page, list, document and picture, relative to its root."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from enum import StrEnum

from generator.model.paths import DEVICES

ASSETS = "assets"
FRONT = "index.html"
ITEMS = "items.html"
RECORDS = "records.html"
EVIDENCE = "evidence.html"
MATRIX = "matrix.html"
FINDINGS = "findings.html"
FOLLOW_UP = "follow-up.html"
GAPS = "gaps.html"
COMPUTATION = "computation.html"
CHANGES = "changes.html"
INTEGRITY = "integrity.html"
SEARCH = "search.html"
SEARCH_INDEX = "search"
DESK = "desk.html"
DESK_FOLDER = "desk/"
ROLLUP_FOLDER = "rollup/"
DESK_INDEX = f"{DESK_FOLDER}index.js"
NOT_FOUND = "404.html"
PREVIEWS = "previews"
READINESS = "readiness.json"
ROLLUP = "rollup.json"
SUMS = "SHA256SUMS"
SIGNATURE = f"{SUMS}.sig"
FILES = "files/"
DOCUMENTS = "documents/"
DOWNLOADS = "downloads/"
REGISTERS = "registers.xlsx"
PORTFOLIO_JSON = "portfolio.json"
PORTFOLIO_SCHEMA = "portfolio.schema.json"


class Paper(StrEnum):
    """What can be written for paper."""

    REPORT = "report"
    ANNEX = "annex"
    STATEMENT = "statement"
    EVALUATION = "evaluation"


_PAPER_NAMES = {
    "id": {
        Paper.REPORT: "laporan-kesiapan",
        Paper.ANNEX: "lampiran-usulan",
        Paper.STATEMENT: "sptjm",
        Paper.EVALUATION: "laporan-hasil-evaluasi",
    },
    "en": {
        Paper.REPORT: "readiness-report",
        Paper.ANNEX: "proposal-annex",
        Paper.STATEMENT: "statement-of-responsibility",
        Paper.EVALUATION: "evaluation-report",
    },
}


def paper_name(paper: Paper, ending: str, language: str, of: str = "") -> str:
    """Return the name of a file for paper in a portfolio's language, in English for others; the ending has its dot.

    `of` parts it from others of its kind, such as the level of assessors whose report it is.
    """
    names = _PAPER_NAMES.get(language, _PAPER_NAMES["en"])
    return f"{'-'.join(filter(None, (names[paper], of)))}{ending}"


def area_register(number: int) -> str:
    """Return the name of the workbook with an area's registers."""
    return f"area-{number}.xlsx"


def area_path(number: int) -> str:
    """Return the path of an area's page."""
    return f"areas/{number}.html"


def item_path(identifier: str) -> str:
    """Return the path of an item's page."""
    return f"items/{identifier}.html"


def desk_item_path(identifier: str) -> str:
    """Return the path of the data of an item for the assessor's desk."""
    return f"{DESK_FOLDER}{identifier}.js"


def record_path(identifier: str) -> str:
    """Return the path of a record's page."""
    return f"records/{identifier}.html"


def record_part_path(identifier: str, number: int) -> str:
    """Return the path of the n-th page of a record with very many documents, from 1."""
    return record_path(identifier) if number == 1 else f"lists/record-{slug(identifier)}.{number}.html"


def document_path(sha256: str) -> str:
    """Return the path of the page of a document's file, by the digest of the file."""
    return f"{DOCUMENTS}{sha256[:_DOCUMENT_DIGITS]}.html"


def free_page_path(identifier: str) -> str:
    """Return the path of a free page."""
    return f"pages/{identifier}.html"


def list_path(name: str, facet: str, value: str) -> str:
    """Return the path of a list ("records", "evidence", "findings") narrowed to one value of a facet."""
    return f"lists/{name}-{facet}-{slug(value) or '_'}.html"


def person_path(person: str) -> str:
    """Return the path of the to-do list of a person."""
    return f"people/{slug(person)}.html"


def preview_path(sha256: str, *, large: bool = False) -> str:
    """Return the path of the picture of a file, by the digest of the file."""
    return f"{PREVIEWS}/{sha256[:20]}{'-large' if large else ''}.webp"


def slug(name: str) -> str:
    """Return a name as part of an address: its letters and digits, with a digest where others are lost."""
    letters = _NOT_PLAIN.sub("-", unicodedata.normalize("NFC", name)).strip("-").casefold()[:60]
    letters = letters.encode()[:_MOST_BYTES].decode("utf-8", "ignore")
    if not name:
        return ""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    plain = letters == name and not _RESERVED.fullmatch(name)
    return letters if plain else "-".join(filter(None, (letters, digest)))


_DOCUMENT_DIGITS = 16
"""Digits of a SHA-256 that no two of many millions of documents have in common."""


_RESERVED = re.compile(DEVICES)


_MOST_BYTES = 150
"""Bytes that a name is cut to, so that the whole file name is valid on every system."""


_NOT_PLAIN = re.compile(r"[\W_]+")


def matrix_path(area: int | None) -> str:
    """Return the path of the matrix: the whole one, or that of one area."""
    return MATRIX if area is None else list_path("matrix", "area", str(area))
