"""Rules on files that nothing reads or names. Those known from the folder alone are checked by `reading.tree`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import assert_never
from urllib.parse import quote

from generator.joining.vocabulary import items_meant
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.source import Source
from generator.model.instrument import Instrument
from generator.model.portfolio import Portfolio
from generator.reading import records
from generator.reading.records import RecordReading
from generator.reading.unread_files import Unread, UnreadSort
from generator.rules.rule import AREA, RECORD, Rule, document_with
from generator.typos.file_names import (
    FOLDERS,
    answer_or_page_meant,
    copied_from,
    defaults_meant,
    is_for_defaults,
    text_meant,
)

RULES = (
    Rule(
        "folder-misnamed",
        Severity.ERROR,
        place="./",
        wrong="kegiatan/1-manajemen-perubahan/rapat.md\n",
        right="records/1-manajemen-perubahan/rapat.md\n",
    ),
    Rule("text-misnamed", Severity.ERROR, place=AREA, wrong="rapat/index.txt\n", right="rapat/index.md\n"),
    Rule(
        "text-misplaced",
        Severity.ERROR,
        place="./",
        wrong="assessment/rapat.md\n",
        right="records/1-manajemen-perubahan/rapat.md\n",
    ),
    Rule(
        "record-misplaced",
        Severity.ERROR,
        place="./",
        wrong="arsip/rapat/index.md\n",
        right="records/1-manajemen-perubahan/rapat/index.md\n",
    ),
    Rule(
        "evidence-unreferenced",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("berkas: sk.pdf\n    jenis: sk\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n  - berkas: notulen.pdf\n    jenis: notulen\n"),
    ),
)


def unreferenced(
    files: Sequence[str],
    portfolio: Portfolio,
    texts: Mapping[str, Source],
    *,
    invalid_readings: Sequence[RecordReading],
    unreadable: Sequence[str],
) -> Iterator[Diagnostic]:
    """Yield what is wrong with each of the `files` that nothing names: it was meant for a text, or is not published.

    `invalid_readings` are the records that could not be read whole, `unreadable` the paths of texts that could not be
    read at all: what those may name is not reported.
    """
    if not files:
        return
    yield from _among_texts([path for path in files if not _beside_records(path)], portfolio, texts, unreadable)
    may_be_named = _may_be_named(invalid_readings, unreadable)
    have_texts = {path.rpartition("/")[0] for path in (*texts, *unreadable) if path.endswith("/index.md")}
    for path in filter(_beside_records, files):
        has_text = path.rpartition("/")[0] in have_texts
        misnamed = _misnamed_text(path, has_text=has_text) if path.startswith("records/") else None
        if misnamed is not None:
            yield misnamed
        elif not may_be_named(path):
            yield Diagnostic.warning("evidence-unreferenced", Place(path), file=path)


def _may_be_named(invalid_readings: Sequence[RecordReading], unreadable: Sequence[str]) -> Callable[[str], bool]:
    """Return whether a file may be named by a text that could not be read whole, as a function of its path."""
    sources = [reading.source for reading in invalid_readings if _names_unknown(reading)]
    # The files beside such a text may be those that it names.
    folders = tuple(f"{PurePosixPath(path).parent}/" for path in (*unreadable, *(source.path for source in sources)))
    if any(path.startswith("records/") for path in unreadable):
        folders = (*folders, "evidence/")
    names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in invalid_readings for entry in reading.evidence if entry.file
    }
    searched = "\n".join(source.text for source in sources[:_MOST_SEARCHED])

    def may_be_named(path: str) -> bool:
        name = path.rpartition("/")[2]
        return path.startswith(folders) or name in names or name in searched

    return may_be_named


_MOST_SEARCHED = 20
"""So many texts are searched for the names of files that nothing seems to name, because it takes time."""


def _names_unknown(reading: RecordReading) -> bool:
    """Return whether some of what an invalid record names is not known."""
    nameless = any(entry.file is None and entry.url is None for entry in reading.evidence)
    return nameless or reading.incomplete or not reading.evidence or reading.source.path.endswith("/index.md")


def _misnamed_text(path: str, *, has_text: bool) -> Diagnostic | None:
    """Return that a file below `records/` was meant for defaults or, in a folder without a text, for a record."""
    name = path.rpartition("/")[2]
    if (meant := defaults_meant(name)) is not None:
        return Diagnostic.error("text-misnamed", Place(path), variant="defaults", file=name, meant=meant)
    if copied_from(name) == "_defaults.yaml":
        return Diagnostic.error("text-misnamed", Place(path), variant="copy", file=name, meant="_defaults.yaml")
    if has_text or (meant := text_meant(name)) is None:
        return None
    variant = "document" if name.casefold().endswith((".doc", ".docx", ".rtf", ".odt")) else ""
    return Diagnostic.error("text-misnamed", Place(path), variant=variant, file=name, meant=meant)


def _beside_records(path: str) -> bool:
    """Return whether a file is where evidence belongs, and is not a file of defaults where no records are."""
    return path.startswith("records/") or (
        path.startswith("evidence/") and not is_for_defaults(path.rpartition("/")[2])
    )


_OTHER_FORMATS = (".html", ".htm", ".doc", ".docx", ".odt", ".rtf")


def _among_texts(
    paths: Sequence[str], portfolio: Portfolio, texts: Mapping[str, Source], unreadable: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with each file among answers, findings and pages that nothing names.

    A file is passed over if a text of its folder that could not be read whole contains its name.
    """
    if not paths:
        return
    read = {page.path for page in portfolio.pages}
    read |= {statement.path for statement in portfolio.statements} | {finding.path for finding in portfolio.findings}
    invalid = [each for path, each in texts.items() if path not in read and not path.startswith("records/")]
    for path in paths:
        top, _, below = path.partition("/")
        folder, _, name = path.rpartition("/")
        if is_for_defaults(name):
            yield Diagnostic.error("text-misplaced", Place(path), variant="defaults", file=name)
            continue
        if any(each.startswith(f"{top}/") for each in unreadable):
            continue
        beside = (each.text for each in invalid if each.path.startswith(f"{top}/"))
        if any(name in text or quote(name) in text for text in beside):
            continue
        meant = answer_or_page_meant(name)
        if meant is None or f"{folder}/{meant}" in texts:
            yield Diagnostic.warning("evidence-unreferenced", Place(path), variant="among-texts", file=below)
        else:
            variant = "other-format" if name.casefold().endswith(_OTHER_FORMATS) else "ending"
            yield Diagnostic.error("text-misnamed", Place(path), variant=variant, file=name, folder=top, meant=meant)


def unread_diagnostics(
    found: Sequence[Unread], instrument: Instrument | None, *, texts: Iterable[str], used: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what lies where nothing reads it: records and other texts as errors, documents as warnings.

    `texts` are the paths of the portfolio's texts, from which the folders of its areas are known; `used` are the files
    that a record or text names, wherever they are.
    """
    if not found:
        return
    folders = {number: path for path in sorted(texts, reverse=True) if (number := _area_number(path)) is not None}
    links = [each for each in found if each.where is UnreadSort.LINK]
    paths = {each.path for each in found}
    # The target of a link is used through the link, or reported at its own place.
    passed_over = {each.target for each in links if _holds(each.path, used)}
    passed_over |= {each.path for each in links if each.target in paths}
    for each in found:
        if each.path not in passed_over and each.path not in used and not _holds(each.path, used):
            yield _unread(each, instrument, folders)


def _holds(folder: str, paths: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for path in paths)


def _unread(found: Unread, instrument: Instrument | None, folders: Mapping[int, str]) -> Diagnostic:
    place = Place(found.path)
    holds_nothing = found.text is None and not found.documents
    if found.where is UnreadSort.LINK and (holds_nothing or found.target.partition("/")[0] in FOLDERS):
        target = found.target or "."
        return Diagnostic.warning("evidence-unreferenced", place, variant="link-read", file=found.path, target=target)
    if found.text is None:
        return _unread_documents(found)
    if found.kind != "records":
        path = found.text.path
        return Diagnostic.error("text-misplaced", Place(path), variant="unread", file=path, meant=found.kind)
    return _misplaced(found, found.text.path, _record_folder(found.text, instrument, folders))


def _misplaced(found: Unread, record: str, meant: str) -> Diagnostic:
    """Return that the file or folder is, or holds, the `record`, which belongs to the folder `meant`."""
    variant = {
        UnreadSort.TEXT: "",
        UnreadSort.FILE: "",
        UnreadSort.FOLDER: "folder",
        UnreadSort.PORTFOLIO: "portfolio",
        UnreadSort.HIDDEN: "hidden",
        UnreadSort.LINK: "link",
    }[found.where]
    name = found.path.rpartition("/")[2]
    if found.where is UnreadSort.FOLDER and (original := copied_from(name)) is not None:
        variant, meant = "copy", original
    elif found.where is UnreadSort.FOLDER and re.match(r"[1-9][0-9]?[-_. ]+[^\W\d]", name):
        meant = "records"
    elif found.where is UnreadSort.TEXT and name.startswith("."):
        variant = "hidden"
    place, bare = Place(found.path), name.lstrip(".")
    return Diagnostic.error(
        "record-misplaced", place, variant=variant, file=found.path, record=record, meant=meant, name=bare
    )


def _unread_documents(found: Unread) -> Diagnostic:
    match found.where:
        case UnreadSort.FILE | UnreadSort.TEXT:
            archive = found.path.casefold().endswith((".zip", ".rar", ".7z"))
            variant = "archive" if archive else "beside"
        case UnreadSort.FOLDER | UnreadSort.PORTFOLIO | UnreadSort.HIDDEN:
            variant = "folder"
        case UnreadSort.LINK:
            variant = "link"
        case _:
            assert_never(found.where)
    return Diagnostic.warning(
        "evidence-unreferenced", Place(found.path), variant=variant, file=found.path, count=found.documents
    )


def _area_number(path: str) -> int | None:
    """Return the number of the area whose folder a text lies in."""
    match = re.match(r"records/(\d+)[^/]*/", path)
    return int(match[1]) if match else None


def _record_folder(text: Source, instrument: Instrument | None, folders: Mapping[int, str]) -> str:
    """Return the folder that a record belongs to, by its area or its items, as it is called in this portfolio."""
    reading = records.read(Source(f"records/{text.path}", text.text))
    number = None if reading.area is None else reading.area.value
    if number is None and instrument is not None:
        items = {item.id: item for item in instrument.items()}
        meant = (name for written in reading.items for name in sorted(items_meant(written.value, items)))
        number = next((area for name in meant if (area := items[name].area) is not None), None)
    if number is None and (folder := re.search(r"(?:^|/)([1-9][0-9]?)[-_. ]+[^\W\d][^/]*/", text.path)) is not None:
        number = int(folder[1])
    if number is None:
        return "records/1-\u2026"
    if number in folders:
        return "/".join(PurePosixPath(folders[number]).parts[:2])
    areas = instrument.areas if instrument is not None else ()
    name = next((area.folder for area in areas if area.number == number), f"{number}-\u2026")
    return f"records/{name}"
