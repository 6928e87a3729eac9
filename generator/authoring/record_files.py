"""The files of a new record: its text, and its folder with the documents, written in one step."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.authoring.document_dates import DaySource
from generator.authoring.incoming_files import IncomingFile
from generator.authoring.new_record import NewRecord
from generator.authoring.yaml_text import line, name
from generator.languages.words import Words
from generator.messages.printable import printable
from generator.messages.refusals import errors_naming
from generator.model.portfolio import Portfolio
from generator.model.yaml_text import listed, quoted_if_needed
from generator.reading import records


def existing_names(root: Path, texts: Iterable[str]) -> tuple[list[str], set[str]]:
    """Return the folders below `records/`, and the ids of records there are, in small letters.

    `texts` are the paths of the portfolio's texts; names in the folders count as ids, whatever they are.
    """
    home = root / "records"
    folders = [path.name for path in home.iterdir() if path.is_dir()] if home.is_dir() else []
    ids = {records.record_id(path).casefold() for path in texts if path.startswith("records/")}
    return folders, ids | {path.name.casefold() for folder in folders for path in (home / folder).iterdir()}


def text_of(record: NewRecord, portfolio: Portfolio) -> str:
    """Return the text of a record's file."""
    language = portfolio.language
    words = Words(language)
    lines = [
        "---",
        line(records.TITLE, quoted_if_needed(record.title), language),
        f"{line(records.DATE, _day(record), language)}{_day_comment(record, words)}",
        line(records.ITEMS, listed(item.id for item in record.items), language),
        *(f"# {item.id}: {_one_line(item.label.in_(language))}" for item in record.items),
        *([line(records.PEOPLE, listed(record.people), language)] if record.people else []),
        line(records.STATUS_KEY, records.status_word(language, final=not record.draft), language),
    ]
    if record.documents:
        lines.append(f"{name(records.EVIDENCE, language)}:")
    for document in record.documents:
        lines.append(f"  - {line(records.FILE, quoted_if_needed(document.name), language)}")
        if document.title:
            lines.append(f"    {line(records.DOCUMENT_TITLE, quoted_if_needed(document.title), language)}")
        lines.append(f"    {_types_line(document, language)}")
    hint = words("Tell below the line what was done, by whom, with what result.")
    lines += [*([] if record.text else [f"# {hint}"]), "---", *([record.text] if record.text else []), ""]
    return "\n".join(lines)


def _types_line(document: IncomingFile, language: str) -> str:
    """Return the line with the types of a document, or a remark to fill in."""
    if not document.types:
        return f"# {name(records.TYPE, language)}: …"
    main, *others = document.types
    return line(records.TYPE, listed(document.types) if others else main, language)


def _day(record: NewRecord) -> str:
    return record.day.isoformat() if record.day is not None else ""


def _day_comment(record: NewRecord, words: Words) -> str:
    """Return the comment behind the date: what to fill in, or where a date comes from that nobody gave."""
    if record.day is None:
        return f" # {words('fill in the day it was done, such as 2023-01-18, then set the status to final')}"
    if record.day_from is None:
        return ""
    by = printable(record.day_from.by)
    match record.day_from.source:
        case DaySource.PHOTO:
            comment = words("the photo {name} was taken on this day", name=by)
        case DaySource.NAME:
            comment = words("read from the name {name}", name=by)
        case DaySource.PDF:
            comment = words("the PDF {name} was made on this day; look whether the activity was, too", name=by)
    return f"  # {comment}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def write(root: Path, record: NewRecord, portfolio: Portfolio) -> Path:
    """Write a record with its documents and return its file's path; whatever goes wrong, nothing is left behind.

    Raises OSError as the disk does. Documents in the portfolio already are not copied.
    """
    copies = [(document.path, document.name) for document in record.documents if not document.in_portfolio]
    return write_folder(root / record.home, text_of(record, portfolio), copies)


def write_folder(home: Path, text: str, copies: Iterable[tuple[Path, str]]) -> Path:
    """Write the folder of a record in one step: its text, and copies of files under the names given.

    Returns the path of the text. Raises OSError as the disk does; whatever goes wrong, nothing is left behind.
    """
    staging = home.parent / f".{home.name}-{os.getpid()}.tmp"  # hidden, so it is never read as a record
    missing = [folder for folder in (home.parent, *home.parent.parents) if not folder.exists()]
    try:
        with errors_naming(home, os.path.abspath(staging)):  # noqa: PTH100 - as `errors_naming` compares paths
            staging.mkdir(parents=True)
            for path, name_ in copies:
                shutil.copyfile(path, staging / name_)
            with (staging / "index.md").open("x", encoding="utf-8", newline="\n") as new:
                new.write(text)
            staging.rename(home)
    except BaseException:  # Ctrl-C too
        shutil.rmtree(staging, ignore_errors=True)
        for folder in missing:
            try:
                folder.rmdir()
            except OSError:  # somebody has put something there since
                break
        raise
    return home / "index.md"
