"""Answers of a worksheet as changes of `assessment/`: new files, and lines in the files of editors.

What an editor wrote stays as it is, byte for byte. An answer goes where its item stands without one, else below the
last answer of its area's file. Each changed text is read again before it is offered: where it would not be read as
meant, the answers go into a further file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, assert_never

from msgspec import Struct

from generator import disk
from generator.authoring import yaml_text
from generator.fixes.changes import Change, apply_edits
from generator.importing.worksheet_answers import SheetAnswer
from generator.messages.diagnostics import Edit
from generator.messages.source import Source
from generator.model.instrument import Area, Instrument, Item
from generator.model.portfolio import Answer, Portfolio
from generator.model.yaml_text import quoted, quoted_if_needed
from generator.reading import answers, assessment, nodes
from generator.reading.assessment import AssessmentReading
from generator.reading.fields import Key
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Problems


class AnswerState(Enum):
    """What an answer of a worksheet is to the portfolio: NEW is written, SAME is there, DIFFERS is left."""

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"


class ExistingAnswer(Struct, frozen=True):
    """What the portfolio has for an item: the answer as it is written, its note, and the file with its key."""

    path: str
    key: Scalar
    blank: bool
    written: str
    note: str
    answer: Answer | None


class NewText(Struct, frozen=True):
    """A file that does not exist yet."""

    path: str
    text: str


def existing(texts: Iterable[Source], portfolio: Portfolio) -> Mapping[str, ExistingAnswer]:
    """Return what the files of `assessment/` have for each item, by its id."""
    items = {item.id: item for item in portfolio.instrument.items()}
    found: dict[str, ExistingAnswer] = {}
    for reading in readings(texts):
        for key, node in reading.answers:
            if (item := items.get(key.text)) is not None:
                found[item.id] = _existing(reading.source, key, node, item)
    return found


def readings(texts: Iterable[Source]) -> list[AssessmentReading]:
    """Return the readings of the files of `assessment/`."""
    return [assessment.read(text) for text in texts if text.path.startswith("assessment/")]


def _existing(source: Source, key: Scalar, node: Node, item: Item) -> ExistingAnswer:
    blank = isinstance(node, Scalar) and (node.blank or not node.text.strip())
    note = next((each for name, each in _entries(node) if name in {answers.NOTE.name, answers.NOTE.alias}), "")
    written = " ".join(source.text[node.span.start : node.span.end].split())
    return ExistingAnswer(source.path, key, blank, written, note, answers.understand(node, item, Problems(source)))


def _entries(node: Node) -> list[tuple[str, str]]:
    if not isinstance(node, nodes.Mapping):
        return []
    return [(key.text, value.text) for key, value in node.entries if isinstance(value, Scalar)]


def state_of(given: SheetAnswer, known: ExistingAnswer | None) -> AnswerState:
    """Return what an answer of a worksheet is to what the portfolio has for the item."""
    if known is None or known.blank:
        return AnswerState.NEW
    same_note = " ".join(given.note.split()) in {"", " ".join(known.note.split())}
    if given.answer is None:
        return AnswerState.SAME if same_note else AnswerState.DIFFERS
    same = known.answer is not None and _is_same(given.answer, known.answer)
    return AnswerState.SAME if same and same_note else AnswerState.DIFFERS


def _is_same(one: Answer, other: Answer) -> bool:
    if one.inputs and other.inputs:
        return dict(one.inputs) == dict(other.inputs)
    return one.value == other.value


# Lines


def lines_of(given: SheetAnswer, language: str) -> tuple[str, ...]:
    """Return what stands behind an item's key, then below it: one line for a plain answer, else several."""
    if not given.note:
        return (_value(given, language),)
    names = _names(language)
    found = [""]
    if given.inputs:
        found.append(f"{names['inputs']}: {_inputs(given)}")
    elif given.text:
        found.append(f"{names['answer']}: {_value(given, language)}")
    note = given.note.split("\n")
    if len(note) == 1:
        found.append(f"{names['note']}: {quoted_if_needed(note[0])}")
    else:
        found += [f"{names['note']}: |-", *(f"  {line}" if line else "" for line in note)]
    return tuple(found)


def _value(given: SheetAnswer, language: str) -> str:
    if given.inputs:
        return f"{{{_names(language)['inputs']}: {_inputs(given)}}}"
    return given.text if re.fullmatch(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)?%?", given.text) else quoted(given.text)


def _inputs(given: SheetAnswer) -> str:
    return f"{{{', '.join(f'{key}: {count}' for key, count in given.inputs)}}}"


def _names(language: str) -> Mapping[str, str]:
    keys: Mapping[str, Key[Any]] = {"answer": answers.ANSWER, "note": answers.NOTE, "inputs": answers.INPUTS}
    return {name: key.alias if language == "id" and key.alias else key.name for name, key in keys.items()}


def _indented(lines: Sequence[str], indent: str) -> str:
    return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


def _entry(given: SheetAnswer, language: str, indent: str) -> str:
    """Return an item with its answer as lines of the mapping of answers."""
    first, *below = lines_of(given, language)
    return f"{indent}{given.item.id}: {first}".rstrip() + "\n" + _indented(below, f"{indent}  ")


# Files


def plan(
    root: Path, texts: Sequence[Source], portfolio: Portfolio, new: Sequence[SheetAnswer]
) -> tuple[tuple[Change, ...], tuple[NewText, ...]]:
    """Return the changes of files and the new files that bring answers into a portfolio."""
    known = existing(texts, portfolio)
    read = readings(texts)
    by_path: dict[str, list[SheetAnswer]] = {}
    for given in new:
        home = known[given.item.id].path if given.item.id in known else _home(given.item, read, portfolio)
        by_path.setdefault(home or "", []).append(given)
    changes, apart = [], by_path.pop("", [])
    sources = {each.source.path: each for each in read}
    for path, several in by_path.items():
        change = _change(root, sources[path], several, known)
        if change is None:
            apart += several
        else:
            changes.append(change)
    return tuple(changes), _new_files(root, apart, portfolio)


def _home(item: Item, read: Sequence[AssessmentReading], portfolio: Portfolio) -> str | None:
    """Return the file of an item's area: the one that is named so, else the one with most of its items."""
    stem = _stem(item, portfolio)
    paths = [each.source.path for each in read]
    if f"assessment/{stem}.md" in paths:
        return f"assessment/{stem}.md"
    areas = {each.id: each.area for each in portfolio.instrument.items()}
    counts = {each.source.path: sum(areas.get(key.text, -1) == item.area for key, _ in each.answers) for each in read}
    best = max(counts, key=lambda path: (counts[path], path), default=None)
    return best if best is not None and counts[best] else None


def _stem(item: Item, portfolio: Portfolio) -> str:
    """Return the name of the file with the answers of an item's area, as a new portfolio has it."""
    area = _area(item, portfolio.instrument)
    return area.folder if area is not None else {"id": "hasil", "en": "results"}[portfolio.language]


def _area(item: Item, instrument: Instrument) -> Area | None:
    return next((area for area in instrument.areas if area.number == item.area), None)


def _change(
    root: Path, reading: AssessmentReading, new: Sequence[SheetAnswer], known: Mapping[str, ExistingAnswer]
) -> Change | None:
    """Return a file with new answers in it; None where they cannot be put there with certainty."""
    source = reading.source
    language = "id" if re.search(r"^jawaban\b", source.text, re.MULTILINE) else "en"
    edits = _edits(reading, new, known, language)
    if edits is None:
        return None
    changed = _applied(source.text, edits)
    if not _reads_as_meant(reading, Source(source.path, changed), new):
        return None
    before = disk.file_content(root / source.path)
    if b"\r\n" in before:
        edits = [Edit(each.file, each.start, each.end, each.text.replace("\n", "\r\n")) for each in edits]
    return Change(source.path, before, apply_edits(before, edits), len(new))


def _applied(text: str, edits: Iterable[Edit]) -> str:
    for each in sorted(edits, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def _edits(
    reading: AssessmentReading, new: Sequence[SheetAnswer], known: Mapping[str, ExistingAnswer], language: str
) -> list[Edit] | None:
    """Return the edits that put answers into a file; None where its answers are not one below the other."""
    if reading.divided is None or not reading.answers:
        return None
    source = reading.source
    indents = {_before(source.text, key.span.start) for key, _node in reading.answers}
    if len(indents) != 1 or (indent := indents.pop()).strip() or not indent:
        return None
    edits, below = [], ""
    for given in new:
        place = known.get(given.item.id)
        if place is None:
            below += _entry(given, language, indent)
        else:
            edits += _filled_in(source, place.key, lines_of(given, language), indent)
    if below:  # first in the list: of two edits at one place the later one comes to stand before the other
        at = _end_of_answers(reading, indent)
        edits.insert(0, Edit(source.path, at, at, below))
    return edits


def _before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


def _filled_in(source: Source, key: Scalar, lines: Sequence[str], indent: str) -> list[Edit]:
    """Return the edits behind a key that stands without an answer; a remark on its line stays where it is."""
    colon = source.text.index(":", key.span.end) + 1
    end = source.text.find("\n", colon)
    end = len(source.text) if end < 0 else end
    first, *below = lines
    written = re.match(r"[ \t]*(?:~|null|Null|NULL)?", source.text[colon:end])
    stop = colon + (written.end() if written and written[0].strip() else 0)
    edits = [Edit(source.path, colon, stop, f" {first}" if first else "")]
    if below:
        edits.append(Edit(source.path, end + 1, end + 1, _indented(below, f"{indent}  ")))
    return edits


def _end_of_answers(reading: AssessmentReading, indent: str) -> int:
    """Return where the line below the last answer begins; remarks and blank lines behind it are no part of it."""
    text = reading.source.text
    ends = (key.span.end if isinstance(node, Scalar) and node.blank else node.span.end for key, node in reading.answers)
    end = max(ends)
    if text[end - 1] != "\n":
        found = text.find("\n", end)
        return len(text) if found < 0 else found + 1
    while True:  # a value of several lines is read up to the next key
        start = text.rfind("\n", 0, end - 1) + 1
        line = text[start:end].rstrip()
        if line.strip() and not (line.lstrip().startswith("#") and len(line) - len(line.lstrip()) <= len(indent)):
            return end
        end = start


def _reads_as_meant(before: AssessmentReading, after: Source, new: Sequence[SheetAnswer]) -> bool:
    """Whether a changed text has its old answers as they were, and the new ones as the worksheet has them."""
    read = assessment.read(after)
    if len(read.diagnostics) > len(before.diagnostics):
        return False
    given = {each.item.id: each for each in new}
    kept = {key.text: _plain(node) for key, node in before.answers if key.text not in given}
    found = {key.text: (key, node) for key, node in read.answers}
    if len(read.answers) != len(found) or set(found) != set(kept) | set(given):
        return False
    if any(_plain(found[name][1]) != kept[name] for name in kept):
        return False
    for each in new:
        known = _existing(after, *found[each.item.id], each.item)
        if (known.answer is None) != (each.answer is None) or state_of(each, known) is not AnswerState.SAME:
            return False
    return True


def _plain(node: Node) -> object:
    """Return a node for comparison, wherever it stands."""
    match node:
        case nodes.Scalar():
            return node.text, node.blank
        case nodes.Sequence():
            return [_plain(each) for each in node.items]
        case nodes.Mapping():
            return [(key.text, _plain(value)) for key, value in node.entries]
        case _:
            assert_never(node)


def _new_files(root: Path, new: Sequence[SheetAnswer], portfolio: Portfolio) -> tuple[NewText, ...]:
    """Return a new file for each area, and one for the results."""
    instrument, language = portfolio.instrument, portfolio.language
    by_stem: dict[str, list[SheetAnswer]] = {}
    for given in new:
        by_stem.setdefault(_stem(given.item, portfolio), []).append(given)
    found = []
    for stem, several in by_stem.items():
        area = _area(several[0].item, instrument)
        label = (area or instrument.path_to(several[0].item)[0]).label.in_(language)
        entries = "".join(_entry(given, language, "  ") for given in several)
        heading = yaml_text.name(assessment.ANSWERS, language)
        found.append(NewText(_free(root, stem), f"---\n{heading}:\n{entries}---\n{label}.\n"))
    return tuple(found)


def _free(root: Path, stem: str) -> str:
    """Return the path of a new file: named by its area, or as a further one where that name is taken."""
    names = (stem, f"impor-{stem}", *(f"impor-{stem}-{number}" for number in range(2, 1000)))
    return next(path for name in names if not (root / (path := f"assessment/{name}.md")).exists())
