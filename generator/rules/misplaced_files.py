"""Rules on files that nothing reads or names. `folder-misnamed` and the texts of records: see `reading.files`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    Rule(
        "text-misnamed",
        Severity.ERROR,
        place=AREA,
        wrong="rapat/index.txt\n",
        right="rapat/index.md\n",
    ),
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
    # What lies beside a text that names nothing we could read may well be what it names.
    silent = [reading.source for reading in invalid_readings if _names_unknown(reading)]
    unknown = tuple(f"{PurePosixPath(path).parent}/" for path in (*unreadable, *(source.path for source in silent)))
    if any(path.startswith("records/") for path in unreadable):  # nor is it known what it names of what all share
        unknown = (*unknown, "evidence/")
    last_names = {
        entry.file.value.rsplit("/", 1)[-1] for reading in invalid_readings for entry in reading.evidence if entry.file
    }
    written = "\n".join(source.text for source in silent[:_MOST_SEARCHED])
    have_texts = {path.rpartition("/")[0] for path in (*texts, *unreadable) if path.endswith("/index.md")}
    for path in filter(_beside_records, files):
        folder, _, name = path.rpartition("/")
        misnamed = _misnamed_text(path, has_text=folder in have_texts) if path.startswith("records/") else None
        if misnamed is not None:
            yield misnamed
        elif not path.startswith(unknown) and name not in last_names and name not in written:
            yield Diagnostic.warning("evidence-unreferenced", Place(path), file=path)


_MOST_SEARCHED = 20
"""So many texts are searched for the names of files that nothing seems to name, because it takes time."""


def _names_unknown(reading: RecordReading) -> bool:
    """Whether some of what an invalid record names could not be read."""
    nameless = any(entry.file is None and entry.url is None for entry in reading.evidence)
    return nameless or reading.incomplete or not reading.evidence or reading.source.path.endswith("/index.md")


def _misnamed_text(path: str, *, has_text: bool) -> Diagnostic | None:
    """Return that a file below `records/` was meant for defaults, or for a record where the folder `has_text` not."""
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
    """Whether a file lies where evidence does, and is no defaults that no record would follow."""
    return path.startswith("records/") or (
        path.startswith("evidence/") and not is_for_defaults(path.rpartition("/")[2])
    )


_TO_BE_WRITTEN_ANEW = (".html", ".htm", ".doc", ".docx", ".odt", ".rtf")


def _among_texts(
    paths: Sequence[str], portfolio: Portfolio, texts: Mapping[str, Source], unreadable: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with each of the files that nothing names: it was meant for a text, or is not published.

    Beside a text of its folder that could not be read whole a file is passed over if that text has its name.
    """
    if not paths:
        return
    whole = {page.path for page in portfolio.pages}
    whole |= {statement.path for statement in portfolio.statements} | {finding.path for finding in portfolio.findings}
    silent = [each for path, each in texts.items() if path not in whole and not path.startswith("records/")]
    for path in paths:
        top, _, below = path.partition("/")
        folder, _, name = path.rpartition("/")
        if is_for_defaults(name):
            yield Diagnostic.error("text-misplaced", Place(path), variant="defaults", file=name)
            continue
        if any(each.startswith(f"{top}/") for each in unreadable):
            continue
        if any(each.path.startswith(f"{top}/") and (name in each.text or quote(name) in each.text) for each in silent):
            continue
        meant = answer_or_page_meant(name)
        if meant is None or f"{folder}/{meant}" in texts:
            yield Diagnostic.warning("evidence-unreferenced", Place(path), variant="among-texts", file=below)
        else:
            variant = "other-format" if name.casefold().endswith(_TO_BE_WRITTEN_ANEW) else "ending"
            yield Diagnostic.error("text-misnamed", Place(path), variant=variant, file=name, folder=top, meant=meant)


def unread_diagnostics(
    found: Iterable[Unread], instrument: Instrument | None, *, texts: Iterable[str], named: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what lies where nothing reads it: records and other texts as errors, documents as warnings.

    `texts` are the paths of the portfolio's texts, which tell what its areas' folders are called; `named` are the files
    that a record or text names, wherever they lie.
    """
    found = tuple(found)
    if not found:
        return
    folders = {number: path for path in sorted(texts, reverse=True) if (number := _area_number(path)) is not None}
    # What a link leads to is used through the link, or told of where it lies itself.
    passed_over = {each.target for each in found if each.where is UnreadSort.LINK and _holds(each.path, named)}
    lying = {each.path for each in found}
    passed_over |= {each.path for each in found if each.where is UnreadSort.LINK and each.target in lying}
    for each in found:
        if each.path in passed_over or each.path in named or _holds(each.path, named):
            continue
        nothing_new = each.text is None and not each.documents
        if each.where is UnreadSort.LINK and (nothing_new or each.target.partition("/")[0] in FOLDERS):
            target = each.target or "."
            yield Diagnostic.warning(
                "evidence-unreferenced", Place(each.path), variant="link-read", file=each.path, target=target
            )
        elif each.text is None:
            yield _unread_documents(each)
        elif each.kind != "records":
            yield Diagnostic.error(
                "text-misplaced", Place(each.text.path), variant="unread", file=each.text.path, meant=each.kind
            )
        else:
            yield _misplaced(each, _record_folder(each.text, instrument, folders))


def _holds(folder: str, paths: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for path in paths)


def _misplaced(found: Unread, meant: str) -> Diagnostic:
    """Return the diagnostic of a record, or a folder with one, that lies where nobody reads it."""
    assert found.text is not None  # asked only of what holds one
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
    bare = name.lstrip(".")
    return Diagnostic.error(
        "record-misplaced",
        Place(found.path),
        variant=variant,
        file=found.path,
        record=found.text.path,
        meant=meant,
        name=bare,
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
