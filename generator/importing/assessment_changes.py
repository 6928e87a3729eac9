"""Answers of a worksheet as changes of `assessment/`: new files, and lines and values in the files of editors.

What an editor wrote stays as it is, byte for byte, but for the values that are to change. A new answer goes where its
item stands without one, else below the last answer of its area's file. Each changed text is read again before it is
offered: where it would not be read as meant, new answers go into a further file, and a standing answer is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator import disk
from generator.authoring import yaml_text
from generator.fixes.changes import Change
from generator.importing import answer_edits, answer_rewriting
from generator.importing.answer_edits import AnswerEdit, WrittenAnswer
from generator.importing.answer_rewriting import is_blank, language_of, plain
from generator.importing.worksheet_answers import SheetAnswer
from generator.messages.diagnostics import Edit
from generator.messages.source import Source, decode
from generator.model.instrument import Area, Instrument, Item
from generator.model.portfolio import Answer, Portfolio
from generator.model.yaml_text import quoted_if_needed
from generator.reading import answers, assessment
from generator.reading.assessment import AssessmentReading
from generator.reading.nodes import Mapping as MappingNode
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Problems


class AnswerState(Enum):
    """What an answer of a worksheet is to the portfolio.

    NEW is written, SAME is there, DIFFERS is left. Of what was exported and changed since: CHANGED replaces what the
    portfolio has, REMOVED takes it away; KEPT was changed in the portfolio alone, CONFLICT in both, and REFUSED could
    not be changed in its file, so these are left.
    """

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"
    CONFLICT = "conflict"
    REFUSED = "refused"


class ExistingAnswer(Struct, frozen=True):
    """What the portfolio has for an item: the answer as it is written, its note, and the file with its key.

    `blank`: neither answer nor note. `unread`: an answer that means nothing on its scale. `twice`: two files have one.
    """

    path: str
    key: Scalar
    blank: bool
    written: str
    note: str
    answer: Answer | None
    unread: bool = False
    twice: bool = False


class NewText(Struct, frozen=True):
    """A file that does not exist yet."""

    path: str
    text: str


def existing(texts: Iterable[Source], instrument: Instrument) -> Mapping[str, ExistingAnswer]:
    """Return what the files of `assessment/` have for each item, by its id."""
    items = {item.id: item for item in instrument.items()}
    found: dict[str, ExistingAnswer] = {}
    for reading in readings(texts):
        for key, node in reading.answers:
            if (item := items.get(key.text)) is not None:
                again = item.id in found
                found[item.id] = replace(_existing(reading.source, key, node, item), twice=again)
    return found


def readings(texts: Iterable[Source]) -> list[AssessmentReading]:
    """Return the readings of the files of `assessment/`."""
    return [assessment.read(text) for text in texts if text.path.startswith("assessment/")]


def _existing(source: Source, key: Scalar, node: Node, item: Item) -> ExistingAnswer:
    parts = answer_edits.parts_of(node)
    note = parts["note"][1] if "note" in parts else None
    note_text = note.text if isinstance(note, Scalar) else ""
    written = " ".join(source.text[node.span.start : node.span.end].split())
    answer = answers.understand(node, item, Problems(source))
    others = isinstance(node, MappingNode) and any(not is_blank(value) for _key, value in node.entries)
    says = bool(parts.keys() - {"note"}) or (
        not parts and (others or not (isinstance(node, MappingNode) or is_blank(node)))
    )
    blank = not says and not note_text
    return ExistingAnswer(source.path, key, blank, written, note_text, answer, unread=says and answer is None)


def state_of(given: SheetAnswer, known: ExistingAnswer | None) -> AnswerState:
    """Return what an answer of a worksheet is to what the portfolio has for the item."""
    if known is None or known.blank:
        return AnswerState.NEW
    same_note = " ".join(given.note.split()) in {"", " ".join(known.note.split())}
    if given.answer is None:
        return AnswerState.SAME if same_note else AnswerState.DIFFERS
    same = known.answer is not None and is_same(given.answer, known.answer)
    return AnswerState.SAME if same and same_note else AnswerState.DIFFERS


def is_same(one: Answer, other: Answer) -> bool:
    """Whether two answers to an item say the same, in whatever words."""
    if one.inputs and other.inputs:
        return dict(one.inputs) == dict(other.inputs)
    return one.value == other.value


# Lines


def lines_of(given: SheetAnswer, language: str) -> tuple[str, ...]:
    """Return what stands behind an item's key, then below it: one line for a plain answer, else several."""
    names, written = answer_edits.key_names(language), WrittenAnswer(given.text, given.inputs)
    if not given.note:
        return (answer_edits.plain_value(written, names),)
    found = [""]
    if given.inputs:
        found.append(f"{names['inputs']}: {answer_edits.counts(written)}")
    elif given.text:
        found.append(f"{names['answer']}: {answer_edits.plain_text(given.text)}")
    note = given.note.split("\n")
    if len(note) == 1:
        found.append(f"{names['note']}: {quoted_if_needed(note[0])}")
    else:
        found += [f"{names['note']}: |-", *(f"  {line}" if line else "" for line in note)]
    return tuple(found)


def _indented(lines: Sequence[str], indent: str) -> str:
    return "".join(f"{indent}{line}\n" if line else "\n" for line in lines)


def _entry(given: SheetAnswer, language: str, indent: str) -> str:
    """Return an item with its answer as lines of the mapping of answers."""
    first, *below = lines_of(given, language)
    return f"{indent}{given.item.id}: {first}".rstrip() + "\n" + _indented(below, f"{indent}  ")


# Files


class AssessmentPlan(Struct, frozen=True):
    """The changed files, the new ones, and the items whose standing answers could not be changed."""

    changes: tuple[Change, ...] = ()
    new_files: tuple[NewText, ...] = ()
    refused: tuple[str, ...] = ()


def plan(
    root: Path,
    texts: Sequence[Source],
    portfolio: Portfolio,
    new: Sequence[SheetAnswer],
    edits: Sequence[AnswerEdit] = (),
) -> AssessmentPlan:
    """Return the changes of files and the new files that bring answers into a portfolio: new ones, and edits."""
    known = existing(texts, portfolio.instrument)
    read = readings(texts)
    files = {each.source.path: _ChangedFile(root, each) for each in read}
    refused, apart = [], []
    for edit in edits:
        place = known[edit.item.id]
        if place.twice or not files[place.path].edit(edit):
            refused.append(edit.item.id)
    below: dict[str, list[SheetAnswer]] = {}
    for given in new:
        place_of_key = known.get(given.item.id)
        if place_of_key is None:
            below.setdefault(_home(given.item, read, portfolio) or "", []).append(given)
        elif not files[place_of_key.path].edit(_edit_of(given)):
            apart.append(given)
    apart += below.pop("", [])
    for path, several in below.items():
        if not files[path].add(several):
            apart += several
    changed = (each.change() for each in files.values())
    return AssessmentPlan(
        tuple(each for each in changed if each is not None), _new_files(root, apart, portfolio), tuple(refused)
    )


def _edit_of(given: SheetAnswer) -> AnswerEdit:
    answer = WrittenAnswer(given.text, given.inputs) if given.answer is not None else None
    return AnswerEdit(given.item, answer, given.note or None)


class _ChangedFile:
    """A file of editors with the answers that came into it so far."""

    def __init__(self, root: Path, reading: AssessmentReading) -> None:
        self._root, self._reading = root, reading
        self._before: bytes | None = None
        self._content = b""
        self._count = 0

    def _begin(self) -> bool:
        """Whether the file is on the disk what was read of it, and so can be changed."""
        if self._before is None:
            self._before = self._content = disk.file_content(self._root / self._reading.source.path)
        return self._count > 0 or decode(self._reading.source.path, self._before) == self._reading.source

    def edit(self, wanted: AnswerEdit) -> bool:
        """Change the answer to an item that stands in the file; return whether that could be done."""
        if not self._begin():
            return False
        found = answer_rewriting.rewritten(self._reading, self._content, wanted)
        if found is None:
            return False
        self._reading, self._content = found
        self._count += 1
        return True

    def add(self, new: Sequence[SheetAnswer]) -> bool:
        """Add answers to items that the file does not have, below the others; return whether that could be done."""
        edit = _added(self._reading, new) if self._begin() else None
        if edit is None:
            return False
        content = answer_rewriting.applied(self._content, [edit])
        after = decode(self._reading.source.path, content)
        if not isinstance(after, Source) or not _reads_as_meant(self._reading, after, new):
            return False
        self._reading, self._content = assessment.read(after), content
        self._count += len(new)
        return True

    def change(self) -> Change | None:
        """Return the change of the file; None where nothing changed."""
        if self._before is None or self._content == self._before:
            return None
        return Change(self._reading.source.path, self._before, self._content, self._count)


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


def _added(reading: AssessmentReading, new: Sequence[SheetAnswer]) -> Edit | None:
    """Return the edit that puts answers below the others; None where these are not one below the other."""
    if reading.divided is None or not reading.answers:
        return None
    source = reading.source
    indents = {_before(source.text, key.span.start) for key, _node in reading.answers}
    if len(indents) != 1 or (indent := indents.pop()).strip() or not indent:
        return None
    at = _end_of_answers(reading, indent)
    return Edit(source.path, at, at, "".join(_entry(given, language_of(source), indent) for given in new))


def _before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


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
    kept = {key.text: plain(node) for key, node in before.answers if key.text not in given}
    found = {key.text: (key, node) for key, node in read.answers}
    if len(read.answers) != len(found) or set(found) != set(kept) | set(given):
        return False
    if any(plain(found[name][1]) != kept[name] for name in kept):
        return False
    for each in new:
        known = _existing(after, *found[each.item.id], each.item)
        if (known.answer is None) != (each.answer is None) or state_of(each, known) is not AnswerState.SAME:
            return False
    return True


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
