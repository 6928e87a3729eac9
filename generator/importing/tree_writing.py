"""Writes the records of a tree, each with its documents in one step; what was stopped goes on with the next run."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from generator.authoring import new_record, record_files, safe_names
from generator.authoring.yaml_text import line, name
from generator.build.outcome import Outcome
from generator.importing.tree_days import TreeDaySource, record_day
from generator.importing.tree_plan import KnownDocument, PlanRow, TreeRecord
from generator.languages.words import Words
from generator.messages.printable import printable
from generator.messages.refusals import errors_naming
from generator.model.instrument import Instrument
from generator.model.portfolio import Portfolio
from generator.model.yaml_text import listed, quoted_if_needed
from generator.reading import records as record_keys


def known_documents(outcome: Outcome) -> dict[str, KnownDocument]:
    """Return by their digest the documents that a portfolio has, those in `evidence/` that nothing names among them.

    Raises OSError where one of these cannot be read.
    """
    portfolio = outcome.portfolio
    found: dict[str, KnownDocument] = {}
    named: set[str] = set()
    for record in portfolio.records if portfolio is not None else ():
        for document in record.documents:
            if document.file is None or not document.file.inspection.sha256:
                continue
            named.add(str(document.file.reference))
            before = found.get(document.file.inspection.sha256)
            key = (record.area, record.title.casefold())
            path = before.path if before is not None else str(document.file.reference)
            known = (*before.records, key) if before is not None else (key,)
            found[document.file.inspection.sha256] = KnownDocument(path, tuple(dict.fromkeys(known)))
    for path in outcome.other_files:
        if path.startswith("evidence/") and path not in named:
            found.setdefault(digest_of(outcome.root / path), KnownDocument(path, ()))
    return found


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class TreeWriter(Struct):
    """Writes records into a portfolio; `digests` and `real` are those of the tree's files by their paths in it."""

    outcome: Outcome
    portfolio: Portfolio
    digests: Mapping[str, str]
    real: Mapping[str, Path]
    known: dict[str, KnownDocument]

    def write(self, records: Sequence[TreeRecord], written: Callable[[TreeRecord, str], None]) -> None:
        """Write the records one after another, and call `written` after each with its path. Raises OSError.

        Bytes that several of them have are one document in `evidence/`, which is there before the first that names it.
        """
        root = self.outcome.root
        shared = _shared(records, self.digests)
        for record in records:
            folders, taken = record_files.existing_names(root, (source.path for source in self.outcome.texts))
            day = record_day(row.day for row in record.rows)
            id_ = safe_names.unlike(new_record.record_id(record.title, day[0] if day else None), taken)
            home = "/".join(("records", *self._area_folder(record, folders), id_))
            paths = self._paths(record, shared)
            copies = [(self.real[source], path) for source, path in paths.items() if "/" not in path]
            text = record_text(record, paths, self.portfolio)
            _remove_left_behind(root / home)
            record_files.write_folder(root / home, text, copies)
            written(record, f"{home}/index.md")

    def _area_folder(self, record: TreeRecord, folders: Sequence[str]) -> list[str]:
        areas = [area for area in self.portfolio.instrument.areas if area.number == record.area]
        return [new_record.area_folder(area, folders) for area in areas]

    def _paths(self, record: TreeRecord, shared: Mapping[str, str]) -> dict[str, str]:
        """Return the path of each document of a record: a name beside it, else where the portfolio has it."""
        fallback = "dokumen" if self.portfolio.language == "id" else "document"
        names = {"index.md"}
        found = {}
        for row in record.rows:
            digest = self.digests[row.source]
            if digest in self.known:
                found[row.source] = self.known[digest].path
            elif digest in shared:
                found[row.source] = self._put_in_evidence(row.source, digest, fallback)
            else:
                found[row.source] = safe_names.tidy(row.source.rpartition("/")[2], names, otherwise=fallback)
                names.add(found[row.source])
        return found

    def _put_in_evidence(self, source: str, digest: str, fallback: str) -> str:
        """Copy a document into `evidence/`, complete or not at all, and return its path in the portfolio."""
        folder = self.outcome.root / "evidence"
        folder.mkdir(exist_ok=True)
        taken = {path.name.casefold() for path in folder.iterdir()}
        name_ = safe_names.tidy(source.rpartition("/")[2], taken, otherwise=fallback)
        staging = folder / f".{name_}-{os.getpid()}.tmp"
        try:
            with errors_naming(folder / name_, staging):
                shutil.copyfile(self.real[source], staging)
                staging.rename(folder / name_)
        except BaseException:  # Ctrl-C too
            staging.unlink(missing_ok=True)
            raise
        self.known[digest] = KnownDocument(f"evidence/{name_}", ())
        return f"evidence/{name_}"


def _shared(records: Iterable[TreeRecord], digests: Mapping[str, str]) -> dict[str, str]:
    """Return the digests that several records have."""
    counts = Counter(digest for record in records for digest in {digests[row.source] for row in record.rows})
    return {digest: digest for digest, count in counts.items() if count > 1}


def _remove_left_behind(home: Path) -> None:
    """Remove what a run that was killed left of this record: hidden folders that nothing reads."""
    if home.parent.is_dir():
        for left in home.parent.glob(f".{home.name}-*.tmp"):
            shutil.rmtree(left, ignore_errors=True)


def record_text(record: TreeRecord, paths: Mapping[str, str], portfolio: Portfolio) -> str:
    """Return the text of a record; `paths` are those of its documents by their paths in the tree."""
    language, words = portfolio.language, Words(portfolio.language)
    by_id = {item.id: item for item in portfolio.instrument.items()}
    items = record.items
    lines = [
        "---",
        line(record_keys.TITLE, quoted_if_needed(record.title), language),
        line(record_keys.DATE, _day(record, words), language).rstrip(),
        line(record_keys.ITEMS, listed(items), language),
        *(f"# {item}: {' '.join(by_id[item].label.in_(language).split())}" for item in items if item in by_id),
        *_items_to_choose(record, portfolio.instrument, words),
        *_doubts(record, words),
        line(record_keys.STATUS_KEY, record_keys.status_word(language, final=record.final), language),
        f"{name(record_keys.EVIDENCE, language)}:",
    ]
    day = record_day(row.day for row in record.rows)
    for row in record.rows:
        lines += _entry(row, paths[row.source], items, day[0] if day else None, language)
    lines += [f"# {words('Tell below the line what was done, by whom, with what result.')}", "---", ""]
    return "\n".join(lines)


def _entry(row: PlanRow, path: str, items: tuple[str, ...], day: object, language: str) -> list[str]:
    """Return the lines of one document."""
    lines = [f"  - {line(record_keys.FILE, quoted_if_needed(path), language)}"]
    if row.title:
        lines.append(f"    {line(record_keys.DOCUMENT_TITLE, quoted_if_needed(row.title), language)}")
    types = row.types[0] if len(row.types) == 1 else listed(row.types)
    key = line(record_keys.TYPE, types, language)
    lines.append(f"    {key}" if row.types else f"    # {name(record_keys.TYPE, language)}: …")
    if row.day is not None and row.day[0] != day:
        lines.append(f"    {line(record_keys.DOCUMENT_DATE, row.day[0].isoformat(), language)}")
    if row.items and row.items != items:
        lines.append(f"    {line(record_keys.NARROWED_ITEMS, listed(row.items), language)}")
    return lines


def _day(record: TreeRecord, words: Words) -> str:
    """Return the day of a record with a comment that says where it comes from, or that it has still to be given."""
    day = record_day(row.day for row in record.rows)
    if day is None:
        return f"# {words('fill in the day it was done, such as 2023-01-18, then set the status to final')}"
    row = next(row for row in record.rows if row.day == day)
    by = printable(row.source.rpartition("/")[2])
    folder = printable(row.source.rpartition("/")[0].rpartition("/")[2])
    comments = {
        TreeDaySource.GIVEN: "",
        TreeDaySource.FOLDER: words("read from the name {name}", name=folder),
        TreeDaySource.NAME: words("read from the name {name}", name=by),
        TreeDaySource.PHOTO: words("the photo {name} was taken on this day", name=by),
        TreeDaySource.PDF: words("the PDF {name} was made on this day; look whether the activity was, too", name=by),
    }
    comment = comments[day[1]]
    return f"{day[0].isoformat()}  # {comment}" if comment else day[0].isoformat()


def _items_to_choose(record: TreeRecord, instrument: Instrument, words: Words) -> list[str]:
    """Return the comment with the items of the part that a record is about, where its names say no item."""
    parts = [aspect for aspect in instrument.aspects() if aspect.id in record.nodes]
    items = tuple(dict.fromkeys(item for part in parts for item in part.all_items()))
    if not 0 < len(items) <= _MOST_ITEMS:
        return []
    labels = (f"#   {item.id}: {' '.join(item.label.in_(words.language).split())}" for item in items)
    return [f"# {words('Name above those of these items that it supports:')}", *labels]


_MOST_ITEMS = 12


def _doubts(record: TreeRecord, words: Words) -> list[str]:
    """Return the comment that names the places which the names of the files may mean."""
    readings = tuple(dict.fromkeys(each for row in record.rows for each in row.readings))
    if not readings:
        return []
    return [f"# {words('The names leave open what is meant: {places}', places=', '.join(readings[:_MOST]))}"]


_MOST = 8


def remove_moved(source: Path, digests: Mapping[Path, str]) -> None:
    """Remove files of a folder that are in the portfolio now, and the folders that are empty without them.

    A file that is not as it was read, by its digest, stays. Raises OSError where a file cannot be removed.
    """
    paths = [path for path, digest in digests.items() if path.is_file() and digest_of(path) == digest]
    for path in paths:
        path.unlink()
    for folder in sorted({path.parent for path in paths}, key=lambda each: -len(each.parts)):
        while folder != source and folder.is_relative_to(source):
            with suppress(OSError):
                folder.rmdir()
            if folder.exists():
                break
            folder = folder.parent
