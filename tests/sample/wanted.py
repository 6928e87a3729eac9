"""What the records of a portfolio ask for: one document per file that an entry or an image names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Self
from urllib.parse import unquote

import yaml

ALIASES = {
    "judul": "title", "tanggal": "date", "tanggal_selesai": "end_date", "penanggung_jawab": "people",
    "bukti": "evidence", "berkas": "file", "jenis": "type", "berlaku_sampai": "valid_until", "tautan": "url",
}  # fmt: skip
IMAGE = re.compile(r"!\[(?P<title>[^\]]*)\]\(<?(?P<file>[^)>]+)>?\)")


@dataclass(frozen=True, slots=True)
class Text:
    """What a record says, without its markup."""

    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the running text."""
        return tuple(s for p in self.paragraphs for s in re.split(r"(?<=[.?!])\s+(?=[A-Z])", p))


@dataclass(frozen=True, slots=True)
class Document:
    """One file to make: what it is called, what kinds it holds, and the record it belongs to."""

    path: Path
    key: str
    title: str
    kinds: tuple[str, ...]
    day: date
    valid_until: date | None
    record: str
    held_on: date
    ends_on: date | None
    people: tuple[str, ...]
    text: Text

    @property
    def kind(self) -> str:
        """Its main kind."""
        return self.kinds[0]

    @property
    def parts(self) -> tuple[Self, ...]:
        """What it was merged from, each of one kind; the parts behind the first are called after the event."""
        first, *others = self.kinds
        named = (replace(self, kinds=(kind,), title=self.record) for kind in others)
        return (replace(self, kinds=(first,)), *named)

    def chance(self) -> Random:
        """A source of choices that is the same for this document on every run."""
        return Random(self.key)

    @property
    def number(self) -> int:
        """The running number on the document."""
        return self.chance().randint(3, 248)


def wanted(portfolio: Path, kinds: frozenset[str]) -> tuple[Document, ...]:
    """Every document that the records ask for, each file once, in the order of their paths.

    A file that several records share tells of the earliest of them.
    """
    found: dict[str, Document] = {}
    records = sorted((portfolio / "records").rglob("*.md"))
    documents = [document for record in records for document in _documents(portfolio, record, kinds)]
    for document in sorted(documents, key=lambda document: document.held_on):
        found.setdefault(document.key, document)
    return tuple(found[key] for key in sorted(found))


def kind_of(name: str, kinds: frozenset[str]) -> str:
    """The kind that a file's name tells, else a plain report or photo."""
    words = "-" + re.sub(r"[\W_]+", "-", Path(name).stem.lower()) + "-"
    matches = sorted((kind for kind in kinds if f"-{kind}-" in words), key=len)
    fallback = "foto" if name.lower().endswith((".jpg", ".png")) else "laporan"
    return matches[-1] if matches else fallback


def _documents(portfolio: Path, record: Path, kinds: frozenset[str]) -> Iterator[Document]:
    _, front, body = record.read_text(encoding="utf-8").split("---\n", 2)
    meta = _english(yaml.safe_load(front))
    entries = [_english(entry) for entry in meta.get("evidence") or []]
    named = {entry["file"] for entry in entries if "file" in entry}
    images = [match.groupdict() for match in IMAGE.finditer(body)]
    entries += [image for image in images if unquote(image["file"]) not in named]
    for entry in entries:
        if "file" not in entry:
            continue
        name = unquote(str(entry["file"]))
        rooted = name.startswith(("evidence/", "records/"))
        path = (portfolio / name if rooted else record.parent / name).resolve()
        yield Document(
            path=path,
            key=path.relative_to(portfolio.resolve()).as_posix(),
            title=str(entry.get("title") or Path(name).stem.replace("-", " ").capitalize()),
            kinds=_kinds(entry, name, kinds),
            day=entry.get("date") or meta["date"],
            valid_until=entry.get("valid_until"),
            record=str(meta["title"]),
            held_on=meta["date"],
            ends_on=meta.get("end_date"),
            people=tuple(meta.get("people") or ()),
            text=read_text(body),
        )


def _kinds(entry: dict[str, Any], name: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """The kinds that an entry gives, one or several, else the one that the file's name tells."""
    given = entry.get("type") or kind_of(name, kinds)
    return (given,) if isinstance(given, str) else tuple(given)


def _english(mapping: dict[str, Any]) -> dict[str, Any]:
    return {ALIASES.get(key, key): value for key, value in mapping.items()}


def read_text(body: str) -> Text:
    """Paragraphs, list points and tables of a Markdown text."""
    paragraphs: list[str] = []
    points: list[str] = []
    tables: list[tuple[tuple[str, ...], ...]] = []
    for block in re.split(r"\n\s*\n", body):
        lines = [line.strip() for line in block.strip().splitlines()]
        lines = [line for line in lines if not line.startswith(("#", "![", "!!!", "[^", "```"))]
        rows = [line for line in lines if line.startswith("|")]
        if rows:
            cells = [tuple(_plain(cell) for cell in row.strip("|").split("|")) for row in rows]
            tables.append(tuple(row for row in cells if not set("".join(row)) <= set("-: ")))
            continue
        prose: list[str] = []
        for line in lines:
            point = re.match(r"(?:[-*+]|\d+\.)\s+(?:\[[ xX]\]\s+)?(.*)", line)
            if point:
                points.append(_plain(point.group(1)))
            elif points and not prose and block.lstrip()[:1] in "-*+0123456789":
                points[-1] += " " + _plain(line)
            else:
                prose.append(line)
        if prose:
            paragraphs.append(_plain(" ".join(prose)))
    return Text(tuple(paragraphs), tuple(points), tuple(tables))


def _plain(text: str) -> str:
    text = re.sub(r"!?\[([^\]^]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[\^[^\]]*\]", "", text)
    return re.sub(r"[*`>]+", "", text).strip()
