"""Reads `publications.jsonl`: one publication a line; what is not sound is reported and passed over."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from msgspec import Struct

from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.source import Source
from generator.model.publications import PUBLICATIONS, Publication, PublishedIndex
from generator.model.text import Span

INVALID = "publication-invalid"
MAX_BYTES = 64 * 1024 * 1024
"""A file above this size is not read: the addresses of a million documents are shorter."""
_MOST = 10**6
"""No index is larger."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class PublicationsReading(Struct, frozen=True):
    """The publications in the order of the file, and the warnings about the other lines."""

    publications: tuple[Publication, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(content: bytes) -> Source | Diagnostic:
    """Return the text of the file; what is no UTF-8, as in a line that was cut, is replaced and makes no error."""
    if len(content) > MAX_BYTES:
        return Diagnostic.warning(INVALID, Place(PUBLICATIONS), variant="large", limit=MAX_BYTES // 1024**2)
    text = content.decode("utf-8-sig", "replace")
    return Source(PUBLICATIONS, text.replace("\r\n", "\n"))


def read(source: Source | Diagnostic | None) -> PublicationsReading:
    """Return the publications of a file, which may be missing or refused by the disk."""
    if source is None:
        return PublicationsReading()
    if isinstance(source, Diagnostic):
        return PublicationsReading(diagnostics=(source,))
    publications, found = [], []
    for span in _lines(source.text):
        publication = _read_line(source.text[span.start : span.end])
        if isinstance(publication, Publication):
            publications.append(publication)
        else:
            found.append(Diagnostic.warning(INVALID, source.place(span), variant=publication))
    return PublicationsReading(tuple(publications), tuple(found))


def _lines(text: str) -> Iterator[Span]:
    """Yield the lines that are not blank."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _read_line(line: str) -> Publication | str:
    """Return the publication of a line, or the variant of the warning where it is none."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict):
        return "object"
    day = _day(found.get("date"))
    if day is None:
        return "date"
    return Publication(
        date=day,
        as_of=_day(found.get("as_of")),
        digest=_text(found.get("digest")),
        content=_text(found.get("content")),
        target=_text(found.get("target")),
        index=_index(found.get("index")),
        gates=_gates(found.get("gates")),
        answers=dict(_answers(found.get("answers"))),
        added=_addresses(found.get("added")),
        changed=_addresses(found.get("changed")),
        withdrawn=_addresses(found.get("withdrawn")),
        closed=_addresses(found.get("closed")),
    )


def _day(written: object) -> datetime.date | None:
    if not isinstance(written, str) or not _DAY.fullmatch(written):
        return None
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _text(written: object) -> str:
    return written if isinstance(written, str) else ""


def _mapping(written: object) -> Mapping[str, Any]:
    return written if isinstance(written, dict) else {}


def _index(written: object) -> PublishedIndex:
    given = _mapping(written)
    weight, claimed, supported, assessed = (
        _figure(given.get(name)) for name in ("weight", "claimed", "supported", "assessed")
    )
    return PublishedIndex(weight, claimed, supported, assessed)


def _figure(written: object) -> Fraction | None:
    if isinstance(written, bool) or not isinstance(written, int | float) or not 0 <= written <= _MOST:
        return None
    return Fraction(str(written))


def _gates(written: object) -> Mapping[str, Mapping[str, bool]]:
    """Return by predicate whether each gate passed on the supported basis; a gate may be given as that alone."""
    return {
        predicate: {
            gate: passed
            for gate, bases in _mapping(gates).items()
            if isinstance(passed := _mapping(bases).get("supported", bases), bool)
        }
        for predicate, gates in _mapping(written).items()
    }


def _answers(written: object) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    for item, pair in _mapping(written).items():
        if isinstance(pair, list) and len(pair) == 2 and all(each is None or isinstance(each, str) for each in pair):
            yield item, (pair[0], pair[1])


def _addresses(written: object) -> tuple[str, ...]:
    if not isinstance(written, list):
        return ()
    return tuple(dict.fromkeys(each for each in written if isinstance(each, str) and each))
