"""An edit of an answer in a file of `assessment/`: the file is read again, and has to mean exactly what is wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec import Struct

from generator.fixes.changes import apply_edits
from generator.importing import answer_edits, worksheet_answers
from generator.importing.answer_edits import AnswerEdit, AnswerPlace
from generator.messages.diagnostics import Edit
from generator.messages.source import Source, decode
from generator.model.instrument import Item
from generator.model.portfolio import Answer
from generator.reading import answers, assessment, nodes
from generator.reading.assessment import AssessmentReading
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Problems


def language_of(source: Source) -> str:
    """Return the language of a file's keys."""
    return "id" if re.search(r"^jawaban\b", source.text, re.MULTILINE) else "en"


def applied(content: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a file's bytes with edits applied, whose lines end as the file's do."""
    if b"\r\n" in content:
        edits = [Edit(each.file, each.start, each.end, each.text.replace("\n", "\r\n")) for each in edits]
    return apply_edits(content, edits)


def rewritten(reading: AssessmentReading, content: bytes, wanted: AnswerEdit) -> tuple[AssessmentReading, bytes] | None:
    """Return a file, of which `content` are the bytes, after an edit; None where it would not mean what is wanted."""
    entry = next(((key, node) for key, node in reading.answers if key.text == wanted.item.id), None)
    if entry is None or reading.divided is None:
        return None
    source = reading.source
    place = AnswerPlace(*entry, braced=_is_braced(reading))
    try:
        changed = applied(content, answer_edits.edits(source, place, wanted, language_of(source)))
    except ValueError:  # no colon behind the key
        return None
    after = decode(source.path, changed)
    if not isinstance(after, Source):
        return None
    read = assessment.read(after)
    return (read, changed) if _is_as_meant(reading, read, wanted) else None


def _root(reading: AssessmentReading) -> nodes.Mapping | None:
    assert reading.divided is not None
    root = nodes.compose(reading.source, reading.divided.yaml)
    return root if isinstance(root, nodes.Mapping) else None


def _is_braced(reading: AssessmentReading) -> bool:
    """Whether the mapping of the answers is in braces."""
    root = _root(reading)
    key = assessment.ANSWERS
    found = (value for name, value in (root.entries if root else ()) if name.text in {key.name, key.alias})
    return any(reading.source.text.startswith("{", value.span.start) for value in found)


def _is_as_meant(before: AssessmentReading, after: AssessmentReading, wanted: AnswerEdit) -> bool:
    """Whether a changed file has the answer that is wanted, and all else as it was."""
    if after.divided is None or before.divided is None or len(after.diagnostics) > len(before.diagnostics):
        return False
    if after.divided.body_text != before.divided.body_text:
        return False
    if [key.text for key, _ in before.answers] != [key.text for key, _ in after.answers]:
        return False
    if _other_keys(before) != _other_keys(after):
        return False
    for (key, old), (_, new) in zip(before.answers, after.answers, strict=True):
        if key.text != wanted.item.id and plain(old) != plain(new):
            return False
        if key.text == wanted.item.id and not _is_wanted(before.source, old, after.source, new, wanted):
            return False
    return True


def _other_keys(reading: AssessmentReading) -> list[tuple[str, object]]:
    root = _root(reading)
    names = {assessment.ANSWERS.name, assessment.ANSWERS.alias}
    return [(key.text, plain(value)) for key, value in (root.entries if root else ()) if key.text not in names]


def _is_wanted(before: Source, old: Node, after: Source, new: Node, wanted: AnswerEdit) -> bool:
    was, stands = _meant(before, old, wanted.item), _meant(after, new, wanted.item)
    note = was.note if wanted.note is None else wanted.note
    if stands.note != note or stands.others != was.others or stands.faults > was.faults:
        return False
    if wanted.answer is None:
        return stands.answer == was.answer and (was.answer is not None or stands.written == was.written)
    text, inputs = wanted.answer.text, wanted.answer.inputs
    if not text and not inputs:
        return stands.answer is None and stands.written == {}
    return stands.answer is not None and stands.answer == worksheet_answers.understood(wanted.item, text, inputs)


class _Meant(Struct, frozen=True):
    """What an answer means: its value without the note, what is written, the note to the letter, and unknown keys."""

    answer: Answer | None
    written: Mapping[str, object]
    note: str
    others: tuple[object, ...]
    faults: int


def _meant(source: Source, node: Node, item: Item) -> _Meant:
    problems = Problems(source)
    answer = answers.understand(node, item, problems)
    if answer is not None:
        answer = Answer(answer.text, answer.value, None, answer.inputs, answer.nothing_of_nothing)
    parts = answer_edits.parts_of(node)
    written: dict[str, object] = {name: plain(value) for name, (_, value) in parts.items() if name != "note"}
    if not isinstance(node, nodes.Mapping) and not is_blank(node):
        written = {"answer": plain(node)}
    note = parts["note"][1] if "note" in parts else None
    names = {name for key in (answers.ANSWER, answers.NOTE, answers.INPUTS) for name in (key.name, key.alias)}
    entries = node.entries if isinstance(node, nodes.Mapping) else ()
    others = tuple((key.text, plain(value)) for key, value in entries if key.text not in names)
    faults = sum(each.severity == "error" for each in problems.found)
    return _Meant(answer, written, note.text if isinstance(note, Scalar) else "", others, faults)


def is_blank(node: Node) -> bool:
    """Whether nothing is written."""
    return isinstance(node, Scalar) and (node.blank or not node.text.strip())


def plain(node: Node) -> object:
    """Return a node for comparison, wherever it stands."""
    match node:
        case nodes.Scalar():
            return node.text, node.blank
        case nodes.Sequence():
            return [plain(each) for each in node.items]
        case nodes.Mapping():
            return [(key.text, plain(value)) for key, value in node.entries]
        case _:
            assert_never(node)
