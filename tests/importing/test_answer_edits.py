"""An answer changes in its place, whatever its written form, and every other byte of the file stays."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.build.project import Project
from generator.importing import (
    answer_edits,
    answer_rewriting,
    assessment_changes,
    file_writing,
    worksheet_answers,
)
from generator.importing.answer_edits import AnswerEdit, WrittenAnswer
from generator.importing.worksheet_answers import SheetAnswer
from generator.messages.source import Source, decode
from generator.model.instrument import Item
from generator.model.portfolio import Portfolio
from generator.model.yaml_text import quoted, quoted_if_needed
from generator.reading import answers, assessment, nodes
from generator.reading.assessment import AssessmentReading
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Problems
from tests.support.imported import blank_portfolio
from tests.support.worksheets import shipped


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """A portfolio with nothing in it."""
    root = blank_portfolio(tmp_path_factory.mktemp("blank") / "portfolio")
    found = Project(root).read(on=datetime.date(2026, 11, 20)).portfolio
    assert found is not None
    return found


ITEMS = {item.id: item for item in shipped().items()}
FLAG, LETTER, RATIO, MARK = (ITEMS[id_] for id_ in ("A.I.1.i.a", "A.I.1.i.b", "A.II.1.i.a", "B.I.a"))


def reading_of(content: bytes) -> AssessmentReading:
    source = decode("assessment/x.md", content)
    assert isinstance(source, Source)
    return assessment.read(source)


def edited(text: str, *edits: AnswerEdit) -> str | None:
    """The text of a file after edits; None where one was refused."""
    content, reading = text.encode(), reading_of(text.encode())
    for each in edits:
        found = answer_rewriting.rewritten(reading, content, each)
        if found is None:
            return None
        reading, content = found
    return content.decode()


def file_of(*lines: str) -> str:
    return "\n".join(("---", "jawaban:", *lines, "---", "Cerita.", ""))


YES, NO, B = WrittenAnswer("Ya"), WrittenAnswer("Tidak"), WrittenAnswer("B")
COUNTS = WrittenAnswer("", (("n_agen", "5"), ("n_perubahan", "4")))
BLANK = WrittenAnswer()


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("  A.I.1.i.a: Ya   # sudah", AnswerEdit(FLAG, NO), "  A.I.1.i.a: Tidak   # sudah"),
        ("  A.I.1.i.a: 'Ya'", AnswerEdit(FLAG, NO), "  A.I.1.i.a: Tidak"),
        ("  A.I.1.i.a: Ya   # sudah", AnswerEdit(FLAG, BLANK), "  A.I.1.i.a:   # sudah"),
        ("  A.I.1.i.a: ~", AnswerEdit(FLAG, NO), "  A.I.1.i.a: Tidak"),
        ("  A.I.1.i.a:  # nanti", AnswerEdit(FLAG, NO), "  A.I.1.i.a: Tidak  # nanti"),
        (
            "  A.I.1.i.a: Ya # sudah",
            AnswerEdit(FLAG, None, "satu"),
            "  A.I.1.i.a: # sudah\n    jawaban: Ya\n    catatan: satu",
        ),
        (
            "  A.I.1.i.a: Ya",
            AnswerEdit(FLAG, NO, "satu\n\ndua"),
            "  A.I.1.i.a:\n    jawaban: Tidak\n    catatan: |-\n      satu\n\n      dua",
        ),
        (
            "  A.I.1.i.b: {answer: A, note: 'x'}  # k",
            AnswerEdit(LETTER, B),
            "  A.I.1.i.b: {answer: B, note: 'x'}  # k",
        ),
        (
            "  A.I.1.i.b: {answer: A}",
            AnswerEdit(LETTER, None, "satu, dua"),
            '  A.I.1.i.b: {answer: A, note: "satu, dua"}',
        ),
        ("  A.I.1.i.b: {catatan: x}", AnswerEdit(LETTER, B), "  A.I.1.i.b: {jawaban: B, catatan: x}"),
        (
            "  A.I.1.i.b:\n    # dari rapat\n    jawaban: A  # lama\n    catatan: >\n      satu\n      dua\n\n    # akhir",
            AnswerEdit(LETTER, B, "tiga"),
            "  A.I.1.i.b:\n    # dari rapat\n    jawaban: B  # lama\n    catatan: tiga\n\n    # akhir",
        ),
        (
            "  A.I.1.i.b:\n    jawaban: A\n    catatan: lama # k\n  A.I.1.i.a: Ya",
            AnswerEdit(LETTER, None, "a\nb"),
            "  A.I.1.i.b:\n    jawaban: A\n    catatan: |- # k\n      a\n      b\n  A.I.1.i.a: Ya",
        ),
        (
            "  A.II.1.i.a:\n    isian:\n      n_agen: 4  # agen\n      n_perubahan: 4\n",
            AnswerEdit(RATIO, COUNTS),
            "  A.II.1.i.a:\n    isian:\n      n_agen: 5  # agen\n      n_perubahan: 4\n",
        ),
        ("  A.II.1.i.a: 3/4", AnswerEdit(RATIO, COUNTS), "  A.II.1.i.a: {isian: {n_agen: 5, n_perubahan: 4}}"),
        (
            "  A.II.1.i.a:\n    isian: # x\n      n_agen: 4\n      n_perubahan: 4\n    catatan: c",
            AnswerEdit(RATIO, WrittenAnswer("75%"), ""),
            "  A.II.1.i.a:\n    jawaban: 75% # x\n    catatan:",
        ),
        (
            "  A.II.1.i.a: {isian: {n_agen: 4, n_perubahan: 4}, catatan: c}",
            AnswerEdit(RATIO, BLANK),
            "  A.II.1.i.a: {isian: , catatan: c}",
        ),
        ("  B.I.a: 3,72", AnswerEdit(MARK, WrittenAnswer("3.8")), "  B.I.a: 3.8"),
    ],
)
def test_a_value_changes_and_nothing_else(before: str, edit: AnswerEdit, after: str) -> None:
    assert edited(file_of(before), edit) == file_of(after)


@pytest.mark.parametrize(
    "before",
    [
        "  A.I.1.i.a: &x Ya\n  A.I.1.ii.a: *x",  # the other one would have no answer then
        "  A.I.1.ii.a: &x Ya\n  A.I.1.i.a: *x",  # and here the other one would change
        "  A.I.1.ii.a: Ya",
    ],
)
def test_what_cannot_be_changed_alone_is_refused(before: str) -> None:
    assert edited(file_of(before), AnswerEdit(FLAG, NO)) is None


def test_answers_in_braces_change_in_their_place() -> None:
    text = "---\nanswers: {A.I.1.i.a: Ya, A.I.1.i.b: A} # dua\n---\n"
    changed = edited(text, AnswerEdit(FLAG, BLANK), AnswerEdit(LETTER, None, "a\nb: {c}"))
    assert changed == '---\nanswers: {A.I.1.i.a: , A.I.1.i.b: {answer: A, note: "a\\nb: {c}"}} # dua\n---\n'


# Every written form


NOTES = st.text(st.sampled_from("ab é:#-'\"{}[],|>&*!%\\\n"), max_size=25).map(worksheet_answers.written_note)
REMARKS = st.sampled_from(["", "  # kata: {x}", " #"])


@st.composite
def written(draw: st.DrawFn, item: Item) -> WrittenAnswer:
    if item is RATIO and draw(st.booleans()):
        return WrittenAnswer("", (("n_agen", draw(_COUNTS)), ("n_perubahan", draw(_COUNTS))))
    texts = {"A.I.1.i.a": ["Ya", "Tidak"], "A.I.1.i.b": ["A", "B", "C"], "A.II.1.i.a": ["3/4", "85%"]}
    return WrittenAnswer(draw(st.sampled_from(texts.get(item.id, ["3.72", "0", "4"]))))


_COUNTS = st.integers(1, 99).map(str)


@st.composite
def entries(draw: st.DrawFn, item: Item, *, braced: bool) -> str:
    """An answer to an item in any form that people write."""
    names = answer_edits.key_names(draw(st.sampled_from(["id", "en"])))
    given, note = draw(written(item)), draw(NOTES)
    form = draw(
        st.sampled_from(["blank", "word", "braces"] if braced else ["blank", "word", "braces", "lines", "lines"])
    )
    remark = "" if braced else draw(REMARKS)
    key = draw(st.sampled_from([item.id, f'"{item.id}"']))
    if form == "blank":
        return f"{key}:{draw(st.sampled_from([' ', ' ~', ' null']))}{remark}"
    if form == "word" and not given.inputs:
        word = draw(st.sampled_from([given.text, f"'{given.text}'", quoted(given.text)]))
        if not braced and draw(st.integers(0, 9)) == 0:
            return f"{key}: |{remark if remark.startswith('  ') else ''}\n    {given.text}"
        return f"{key}: {word}{remark}"
    parts = [
        *([f"{names['inputs']}: {answer_edits.counts(given)}"] if given.inputs else []),
        *([f"{names['answer']}: {given.text}"] if given.text and draw(st.booleans()) else []),
        *([f"{names['note']}: {_in_braces(note)}"] if note else []),
    ]
    parts = draw(st.permutations(parts))
    if form != "lines" or not parts:
        ending = draw(st.sampled_from(["", ", "])) if parts else ""
        return f"{key}: {{{', '.join(parts)}{ending}}}{remark}"
    return "\n".join([f"{key}:{remark}", *draw(_lines(given, note, parts, names))])


def _in_braces(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@st.composite
def _lines(draw: st.DrawFn, given: WrittenAnswer, note: str, parts: Sequence[str], names: dict[str, str]) -> list[str]:
    """The parts of an answer on lines of their own, with remarks between and behind them."""
    indent = " " * draw(st.sampled_from([3, 4, 6]))
    found: list[str] = []
    for part in parts:
        if draw(st.integers(0, 3)) == 0:
            found.append(f"{indent}# sela")
        if part.startswith(f"{names['inputs']}:") and draw(st.booleans()):
            found.append(f"{indent}{names['inputs']}:{draw(REMARKS)}")
            found += [f"{indent}  {key}: {count}{draw(REMARKS)}" for key, count in given.inputs]
        elif part.startswith(f"{names['note']}:"):
            found += draw(_note(note, indent, names["note"]))
        else:
            found.append(f"{indent}{part}{draw(REMARKS)}")
        if draw(st.integers(0, 5)) == 0:
            found.append("")
    return found


@st.composite
def _note(draw: st.DrawFn, note: str, indent: str, name: str) -> list[str]:
    style = draw(st.sampled_from(["quotes", "literal", "folded", "plain"]))
    if style in {"literal", "folded"} and not note.startswith((" ", "\n")):
        mark = {"literal": "|", "folded": ">"}[style] + draw(st.sampled_from(["", "-", "+"]))
        deeper = [f"{indent}  {line}" if line else "" for line in note.split("\n")]
        return [f"{indent}{name}: {mark}{draw(st.sampled_from(['', '  # di atas']))}", *deeper]
    if style == "plain" and "\n" not in note:
        return [f"{indent}{name}: {quoted_if_needed(note)}{draw(REMARKS)}"]
    if style == "plain":
        words = " ".join(note.split())
        half = words.find(" ")
        if half > 0 and re.fullmatch(r"[ab é]+", words):
            return [f"{indent}{name}: {words[:half]}", f"{indent}  {words[half + 1 :]}{draw(REMARKS)}"]
    return [f"{indent}{name}: {_in_braces(note)}{draw(REMARKS)}"]


@st.composite
def files(draw: st.DrawFn, least: int = 4) -> str:
    """A file with answers to four items, or some of them, in any order and form."""
    braced = draw(st.integers(0, 3)) == 0
    chosen = draw(st.permutations([FLAG, LETTER, RATIO, MARK]))[: draw(st.integers(least, 4))]
    several = [draw(entries(item, braced=braced)) for item in chosen]
    heading = draw(st.sampled_from(["jawaban", "answers"]))
    if braced:
        glue = draw(st.sampled_from([", ", ",\n  "]))
        body = f"{heading}: {{{glue.join(several)}}}\n"
    else:
        indented = ("\n".join(f"  {line}" if line else "" for line in each.split("\n")) for each in several)
        between = draw(st.sampled_from(["", "\n", "  # antara\n", "# di tepi\n"]))
        body = f"{heading}:\n{between}" + f"\n{between}".join(indented) + f"\n{between}"
    text = f"---\n# awal\n{body}---\nCerita: *ini* {draw(st.sampled_from(['', chr(0x1F600)]))}\n"
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@st.composite
def wishes(draw: st.DrawFn) -> list[AnswerEdit]:
    chosen = draw(st.lists(st.sampled_from([FLAG, LETTER, RATIO, MARK]), min_size=1, max_size=3, unique=True))
    found = []
    for item in chosen:
        answer = draw(st.one_of(st.none(), st.just(BLANK), written(item)))
        note = draw(st.one_of(st.none(), st.just(""), NOTES.filter(bool)))
        found.append(AnswerEdit(item, answer, note))
    return found


def meant(reading: AssessmentReading) -> dict[str, tuple[object, object, str]]:
    """What each answer of a file means: its text, its counts, and its note to the letter."""
    found = {}
    for key, node in reading.answers:
        answer = answers.understand(node, ITEMS[key.text], Problems(reading.source))
        shown = (None, None) if answer is None else (answer.text, answer.inputs)
        found[key.text] = (*shown, _note_of(node))
    return found


def _note_of(node: Node) -> str:
    if not isinstance(node, nodes.Mapping):
        return ""
    values = [value for key, value in node.entries if key.text in {"note", "catatan"}]
    return next((each.text for each in values if isinstance(each, Scalar) and not each.blank), "")


def outside(text: str, edited_items: set[str]) -> list[str]:
    """The lines of a file that belong to no edited answer, and its remarks, as they are."""
    reading = reading_of(text.encode())
    starts = {reading.source.text.count("\n", 0, key.span.start): key.text for key, _ in reading.answers}
    found, current = [], ""
    for number, line in enumerate(text.split("\n")):
        current = "" if line.startswith("---") else starts.get(number, current)
        if current not in edited_items or re.match(r"\s*# (?:sela|antara|di tepi|awal)", line):
            found.append(line)
    return found


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(text=files(), wanted=wishes())
@example("---\njawaban: {A.I.1.i.a: , A.II.1.i.a: 3/4}\n---\n", [AnswerEdit(FLAG, YES, "x")])
def test_a_file_means_exactly_what_is_wanted_after_edits(text: str, wanted: list[AnswerEdit]) -> None:
    content = text.encode()
    reading = reading_of(content)
    assert not [each for each in reading.diagnostics if each.severity == "error"], text
    expected = meant(reading)
    for each in wanted:
        found = answer_rewriting.rewritten(reading, content, each)
        assert found is not None, (text, each)
        reading, content = found
        shown, counts, note = expected[each.item.id]
        if each.answer is not None:
            answer = worksheet_answers.understood(each.item, each.answer.text, each.answer.inputs)
            shown, counts = (None, None) if answer is None else (answer.text, answer.inputs)
        expected[each.item.id] = (shown, counts, note if each.note is None else each.note)
    assert meant(reading_of(content)) == expected
    items = {each.item.id for each in wanted}
    before, after = text, content.decode()
    if re.search(r"(?:jawaban|answers): \{", before):
        assert raw(before, items) == raw(after, items)
    else:
        left = iter(after.split("\n"))
        assert all(line in left for line in outside(before, items)), after


def raw(text: str, edited_items: set[str]) -> list[str]:
    """What stands before the first answer of a file with braces, after the last, and the answers that were not edited."""
    reading = reading_of(text.encode())
    source = reading.source.text
    start, end = reading.answers[0][0].span.start - 1, source.rfind("}\n---\n")
    entries_ = [(key, node) for key, node in reading.answers if key.text not in edited_items]
    return [source[:start], source[end:], *(source[key.span.start : node.span.end] for key, node in entries_)]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)
@given(text=files(1), wanted=wishes())
def test_new_answers_come_into_a_file_beside_edits_of_others(
    tmp_path: Path, portfolio: Portfolio, text: str, wanted: list[AnswerEdit]
) -> None:
    root = tmp_path / "each"
    shutil.rmtree(root, ignore_errors=True)
    (root / "assessment").mkdir(parents=True)
    (root / "assessment/x.md").write_bytes(text.encode())
    expected = meant(reading_of(text.encode()))
    edits, new = [], []
    for each in wanted:
        written_answer = each.answer or BLANK
        answer = worksheet_answers.understood(each.item, written_answer.text, written_answer.inputs)
        if each.item.id in expected:
            edits.append(each)
            shown, counts, note = expected[each.item.id]
            if each.answer is not None:
                shown, counts = (None, None) if answer is None else (answer.text, answer.inputs)
            expected[each.item.id] = (shown, counts, note if each.note is None else each.note)
        elif answer is not None or each.note:
            given_text, inputs = written_answer.text, written_answer.inputs
            new.append(SheetAnswer(each.item, 1, "K2", given_text, inputs, each.note or "", True, 1.0, answer))
            shown, counts = (None, None) if answer is None else (answer.text, answer.inputs)
            expected[each.item.id] = (shown, counts, each.note or "")
    sources = [reading_of(text.encode()).source]
    plan = assessment_changes.plan(root, sources, portfolio, new, edits)
    assert plan.refused == ()
    file_writing.write(root, plan.changes, plan.new_files)
    found: dict[str, tuple[object, object, str]] = {}
    for path in sorted((root / "assessment").iterdir()):
        found |= meant(reading_of(path.read_bytes()))
    assert found == expected
