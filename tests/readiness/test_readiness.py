"""Readiness: published figures to the digit, every rule of acceptance, and that nothing broken raises a figure."""

from __future__ import annotations

import dataclasses
import datetime
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator import resources
from generator.build import project
from generator.evidence import State
from generator.languages.words import Words
from generator.messages.source import Source
from generator.model.instrument import Documents, Instrument, Requirement
from generator.model.portfolio import DocumentFile, Portfolio, Record
from generator.readiness.acceptance import Refusal
from generator.readiness.bases import ByBasis
from generator.readiness.readiness import Readiness
from generator.readiness.scores import Coverage
from generator.reading import instrument_file as reading
from tests.support.builders import (
    DAY,
    FindingPart,
    ItemPart,
    Written,
    answered,
    document,
    finding,
    front_matter,
    gate,
    instrument,
    item,
    node,
    pdf,
    portfolio,
    predicate,
    readiness,
    readiness_of,
    record,
    understood,
    write,
)

T = TypeVar("T")


@cache
def lke() -> Instrument:
    text = resources.instruments()["lke-zi-90-2021"].read_text(encoding="utf-8")
    made, _ = reading.read(Source("lke.yaml", text))
    assert made is not None
    return made


def with_answers(answers: dict[str, Written], **given: Any) -> Readiness:
    """The readiness of a portfolio that answers items of the shipped instrument and shows nothing for them."""
    items = {each.id: each for each in lke().items()}
    parts = [ItemPart(items[name], written) for name, written in answers.items()]
    return readiness(*parts, of=lke(), **given)


# Figures that were published


@pytest.mark.parametrize(
    ("node_id", "answers", "score", "percent"),
    [
        ("A.I.2.i", {"a": "B", "b": "B", "c": "A"}, "0.81", "80.67%"),  # PN Pekalongan, SOP
        ("A.I.6.i", {"a": "B", "b": "B", "c": "B", "d": "Ya"}, "0.77", "77.25%"),  # PN Pekalongan, service standards
        ("A.I.1.ii", {"a": "Ya", "b": "C", "c": "A"}, "0.67", "66.67%"),  # PN Serang, work plan
    ],
)
def test_published_figures_come_out_to_the_digit(
    node_id: str, answers: dict[str, Written], score: str, percent: str
) -> None:
    found = with_answers({f"{node_id}.{letter}": answer for letter, answer in answers.items()})
    words = Words("en")
    assert words.number(found.nodes[node_id].scores.claimed) == score
    assert words.percent(found.nodes[node_id].share.claimed) == percent


def test_nothing_is_rounded_inside() -> None:
    found = with_answers({"A.I.2.i.a": "B", "A.I.2.i.b": "B", "A.I.2.i.c": "A"})
    assert found.nodes["A.I.2.i"].scores.claimed == (Fraction("0.67") + Fraction("0.75") + 1) / 3
    assert found.index.scores.claimed == found.nodes["A"].scores.claimed == found.nodes["A.I.2"].scores.claimed


def test_wealth_reports_count_on_both_lines() -> None:
    # A spreadsheet in use averages the first line only; the regulation's own sample shows 1.00 + 1.00 = 2.00.
    found = with_answers(
        {
            "A.II.5.iii.a": {"inputs": {"n_kepala": 1, "n_pejabat": 4, "n_lainnya": 0, "n_lapor": 5}},
            "A.II.5.iii.b": {"inputs": {"n_eselon3": 2, "n_eselon4": 5, "n_staf": 33, "n_lapor": 40}},
        }
    )
    assert found.nodes["A.II.5.iii"].scores.claimed == 2


def test_best_answers_everywhere_give_a_hundred() -> None:
    best: dict[str, Written] = {}
    for each in lke().items():
        roles = {role.key: 1 for role in each.inputs}
        name = type(each.scale).__name__
        best[each.id] = (
            {"inputs": {**roles, "n_ini": 0}} if name == "Decrease"
            else {"inputs": {key.key: 3 if key.role == "of" else 1 for key in each.inputs}} if name == "Ratio"
            else "4" if name == "Linear" else each.criteria[0].choice
        )  # fmt: skip
    found = with_answers(best)
    assert found.index.scores == ByBasis(Fraction(100), Fraction(0), Fraction(0))
    passed = {(row.gate.id, row.passed.claimed) for row in found.predicate("WBBM").gates}
    assert {name for name, good in passed if not good} == {"documents", "held-wbk"}


# Gates


@pytest.mark.parametrize(
    ("survey", "score", "passes"), [("3.60", "15.75", True), ("3,6", "15.75", True), ("3.59", "15.70625", False)]
)
def test_the_survey_of_3_60_just_passes(survey: str, score: str, passes: bool) -> None:
    found = with_answers({"B.I.a": survey})
    (row,) = (each for each in found.predicate("WBK").gates if each.gate.id == "ipak")
    assert row.value.claimed == Fraction(score)
    assert row.passed.claimed is passes


@pytest.mark.parametrize(
    "language",
    ["en", "id"],
)
def test_a_figure_just_below_a_gate_neither_passes_nor_looks_as_if_it_did(language: str) -> None:
    found = readiness(item("A.1", weight=100, scale="marks10", answer="7.4996"))
    (row,) = found.target.gates
    assert row.value.claimed == Fraction("74.996")
    assert row.passed == ByBasis(False, False, False)
    shown = Words(language).number_against(row.value.claimed, row.gate.minimum)
    assert shown == {"id": "74,996", "en": "74.996"}[language]


def test_a_gate_passes_at_its_minimum() -> None:
    parts = [item(f"A.{number}", weight=1, answer="A" if number < 4 else "C") for number in range(1, 5)]
    assert readiness(*parts, gates=[gate("share", "0.75", node="A")]).target.met == ByBasis(True, False, False)
    assert readiness(*parts, gates=[gate("share", "0.750001", node="A")]).target.met == ByBasis(False, False, False)


def test_thirds_add_up_to_a_gate() -> None:
    parts = [item(f"A.{number}", weight=Fraction(1, 3), answer="A") for number in range(1, 4)]
    assert readiness(*parts, gates=[gate("score", 1, node="index")]).target.met.claimed


def test_a_predicate_is_met_where_all_its_gates_pass_on_that_basis() -> None:
    gates = [gate("score", 1, node="A.1", identifier="one"), gate("score", 1, node="A.2", identifier="two")]
    found = readiness(
        item("A.1", weight=2, answer="A"),
        item("A.2", weight=2, answer="B"),
        record("r", document("sk"), items=["A.1"]),
        finding("A.1", answer="A"),
        finding("A.2", answer="A"),
        gates=gates,
    )
    assert [row.passed for row in found.target.gates] == [ByBasis(True, True, True), ByBasis(True, False, True)]
    assert found.target.met == ByBasis(True, False, True)


def test_a_gate_per_area_gives_a_row_for_each() -> None:
    parts = [item("A.1", answer="A", area=1), item("A.2", answer="B", area=2), item("A.3", area=3)]
    found = readiness(*parts, gates=[gate("share", "0.5", areas=[1, 2, 3])])
    assert [(row.area, row.value.claimed, row.passed.claimed) for row in found.target.gates] == [
        (1, 1, True), (2, Fraction(1, 2), True), (3, 0, False),
    ]  # fmt: skip


def test_documents_are_the_same_on_every_basis() -> None:
    found = readiness(
        item("A.1", answer="A", documents=["sk", "foto"]),
        record("r", document("sk")),
        gates=[gate("documents", "0.5", node="A")],
    )
    (row,) = found.target.gates
    assert row.value.each() == (Fraction(1, 2),) * 3
    assert row.passed == ByBasis(True, True, True)


def test_where_no_document_is_expected_the_share_is_one() -> None:
    found = readiness(item("A.1", documents=[]), gates=[gate("documents", 1, node="A")])
    assert found.nodes["A"].coverage == Coverage(0, 0)
    assert found.target.met == ByBasis(True, True, True)


@pytest.mark.parametrize("held", [True, False])
def test_a_predicate_held_is_one_that_the_settings_name(held: bool) -> None:
    goals = (predicate("FIRST", gate("score", 0, node="index")), predicate("NEXT", gate("held", predicate="FIRST")))
    made = instrument(node("A", item("A.1")), predicates=goals)
    found = readiness(item("A.1"), of=made, target="NEXT", held=["FIRST"] if held else [])
    assert found.target.met == ByBasis(held, held, held)
    assert found.predicate("FIRST").met == ByBasis(True, True, True)  # met or not does not make it held


def test_the_shortfall_is_what_is_missing_to_the_minimum() -> None:
    found = readiness(
        item("A.1", weight=10, answer="B", documents=["sk", "foto", "laporan"]),
        record("r", document("sk")),
        gates=[gate("score", 8, node="A"), gate("documents", "0.6", node="A")],
    )
    score, documents = found.target.gates
    assert score.shortfall(score.value.claimed) == 3
    assert score.shortfall(Fraction(9)) == 0
    assert score.documents_short is None
    assert documents.documents_short == 1  # 60 % of 3 is 1.8, so 2 are needed and 1 is there


def test_sixty_percent_of_five_documents_are_three_and_not_four() -> None:
    found = readiness(
        item("A.1", documents=["sk", "foto", "laporan", "notulen", "undangan"]),
        record("r", document("sk"), document("foto")),
        gates=[gate("documents", "0.6", node="A")],
    )
    assert found.target.gates[0].documents_short == 1


# Answers


def value(scale: str, written: Written, inputs: dict[str, str] | None = None) -> Fraction:
    part = item("A.1", scale=scale, inputs=inputs)
    made = answered(part.item, written)
    assert made is not None
    return made.value


RATIO = {"n_all": "over", "n_other": "over", "n_done": "of", "n_open": "info"}
FALL = {"n_before": "before", "n_now": "now", "n_punished": "info"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("17/20", "17/20"),
        ("17 / 20", "17/20"),
        ("85%", "85/100"),
        ("85,5 %", "855/1000"),
        ("25/20", "1"),
        ("120%", "1"),
        ("0/20", "0"),
        ("0/0", "1"),
        ("0%", "0"),
        ({"inputs": {"n_all": 3, "n_other": 1, "n_done": 1}}, "1/4"),
        ({"inputs": {"n_all": 3, "n_other": 0, "n_done": 9, "n_open": 7}}, "1"),
        ({"inputs": {"n_all": 0, "n_other": 0, "n_done": 0}}, "1"),
        ({"answer": "1/3", "note": "of three"}, "1/3"),
    ],
)
def test_a_ratio_is_capped_and_nothing_of_nothing_is_all(written: Written, expected: str) -> None:
    assert value("ratio", written, RATIO) == Fraction(expected)


@pytest.mark.parametrize("written", ["0/0", {"inputs": {"n_all": 0, "n_other": 0, "n_done": 0}}])
def test_nothing_of_nothing_is_flagged(written: Written) -> None:
    answer, found = understood(item("A.1", scale="ratio", inputs=RATIO).item, written)
    assert answer is not None
    assert answer.nothing_of_nothing
    assert [(each.code, each.severity) for each in found] == [("ratio-empty", "warning")]


@pytest.mark.parametrize(
    "written",
    ["5/0", "-1/3", "0.85", "85", "abc", "1/3/5", "'%'", {"inputs": {"n_all": 3}}, {"inputs": {"n_al": 3}},
     {"inputs": {"n_all": -3, "n_other": 1, "n_done": 1}}, {"inputs": {"n_all": 0, "n_other": 0, "n_done": 2}},
     {"answer": "1/3", "inputs": {"n_all": 3}}, ["1/3"]],
)  # fmt: skip
def test_what_is_no_ratio_is_no_answer(written: Written) -> None:
    answer, found = understood(item("A.1", scale="ratio", inputs=RATIO).item, written)
    assert answer is None
    assert [each.severity for each in found] == ["error"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(4, 1, "3/4"), (4, 0, "1"), (4, 4, "0"), (4, 9, "0"), (0, 0, "1"), (0, 3, "0"), (3, 2, "1/3")],
)
def test_a_decrease_is_floored_at_nothing(before: int, now: int, expected: str) -> None:
    assert value("decrease", {"inputs": {"n_before": before, "n_now": now}}, FALL) == Fraction(expected)


def test_an_input_for_information_does_not_enter_the_formula() -> None:
    for punished in (0, 50):
        inputs = {"n_before": 4, "n_now": 1, "n_punished": punished}
        assert value("decrease", {"inputs": inputs}, FALL) == Fraction(3, 4)


@pytest.mark.parametrize(("written", "expected"), [("3.72", "93/100"), ("3,72", "93/100"), (4, "1"), ("0", "0")])
def test_a_mark_is_a_share_of_the_best(written: Written, expected: str) -> None:
    assert value("survey4", written) == Fraction(expected)


@pytest.mark.parametrize("written", ["4.01", "-1", "best", "3.7.2", "1e1", "372%"])
def test_what_is_no_mark_is_no_answer(written: str) -> None:
    answer, found = understood(item("A.1", scale="survey4").item, written)
    assert answer is None
    assert [each.code for each in found] == ["answer-invalid"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Ya", 1), ("ya", 1), (" YA ", 1), ("tidak", 0), ("yes", 1), ("true", 1), ("no", 0), ("FALSE", 0)],
)
def test_yaml_s_yes_is_ya(written: str, expected: int) -> None:
    assert value("yes-no", written) == expected


BLANK = ["", "~", "null", "''", "{answer: }", "{note: later}"]


@pytest.mark.parametrize(
    ("scale", "written"),
    [(scale, written) for scale in ("abc", "yes-no", "ratio", "survey4") for written in BLANK]
    + [("ratio", "{inputs: {}}"), ("ratio", "{inputs: {n_all: , n_done: ~}}"), ("ratio", "{inputs: }")],
)
def test_a_blank_answer_is_no_answer_and_no_mistake(scale: str, written: str) -> None:
    inputs = RATIO if scale == "ratio" else None
    assert understood(item("A.1", scale=scale, inputs=inputs).item, written) == (None, [])


def test_a_blank_answer_counts_as_zero() -> None:
    # The official sheet averages what is filled in and would say 1.00 here.
    found = readiness(item("A.1", answer="A"), item("A.2"), item("A.3"), item("A.4", answer="A"))
    assert found.nodes["A"].share.claimed == Fraction(1, 2)


# The three bases


def test_claimed_supported_and_assessed_are_three_facts() -> None:
    found = readiness(
        item("A.1", weight=2, answer="B"),
        item("A.2", weight=2, answer="A"),
        item("A.3", weight=2),
        record("r", document("sk"), items=["A.1", "A.3"]),
        finding("A.2", answer="B"),
        finding("A.3", answer="A"),
    )
    assert found.index.scores == ByBasis(Fraction(3), Fraction(1), Fraction(3))


def test_an_answer_is_supported_by_any_accepted_document() -> None:
    found = readiness(item("A.1", answer="A", documents=["sk", "foto"]), record("r", document("laporan")))
    assert found.index.scores.supported == 1
    assert found.index.coverage == Coverage(2, 0)


def test_an_answer_that_needs_no_document_is_supported() -> None:
    found = readiness(item("A.1", answer="A", documents=[]))
    assert found.index.scores.supported == 1
    assert found.item("A.1").supported


def test_a_record_alone_supports_nothing() -> None:
    found = readiness(item("A.1", answer="A"), record("r"))
    assert found.index.scores.supported == 0
    assert [each.id for each in found.item("A.1").records] == ["r"]


def test_a_document_without_an_answer_scores_nothing() -> None:
    found = readiness(item("A.1"), record("r", document("sk")))
    assert found.index.scores == ByBasis(Fraction(0), Fraction(0), Fraction(0))
    assert found.index.coverage == Coverage(1, 1)
    assert not found.item("A.1").supported


def test_a_document_speaks_for_the_items_it_is_narrowed_to() -> None:
    found = readiness(
        item("A.1", answer="A"),
        item("A.2", answer="A"),
        record("r", document("sk", items=["A.2"]), items=["A.1", "A.2"]),
    )
    assert [each.scores.supported for each in found.items] == [0, 1]


def test_the_newest_assessed_answer_counts() -> None:
    parts = [finding("A.1", answer="A", date="2023-03-01"), finding("A.1", answer="B", date="2023-04-01")]
    for order in (parts, parts[::-1]):
        assert readiness(item("A.1", weight=2), *order).index.scores.assessed == 1


def test_a_finding_without_an_answer_leaves_the_earlier_one() -> None:
    found = readiness(item("A.1"), finding("A.1", answer="A", date="2023-03-01"), finding("A.1", date="2023-04-01"))
    assert found.index.scores.assessed == 1


def test_of_two_assessed_answers_of_one_day_the_lower_counts() -> None:
    parts = [finding("A.1", answer="A"), finding("A.1", answer="B")]
    for order in (parts, parts[::-1]):
        assert readiness(item("A.1", weight=2), *order).index.scores.assessed == 1


def test_a_closed_finding_still_tells_the_assessed_answer() -> None:
    assert readiness(item("A.1"), finding("A.1", answer="A", closed=True)).index.scores.assessed == 1


def test_findings_after_the_day_do_not_speak() -> None:
    parts = [
        item("A.1", answer="A"),
        record("r", document("sk")),
        finding("A.1", answer="B", rejects=[("r", 1)], date="2023-03-02"),
    ]
    before, after = readiness(*parts, on="2023-03-01"), readiness(*parts, on="2023-03-02")
    assert before.index.scores == ByBasis(Fraction(1), Fraction(1), Fraction(0))
    assert before.item("A.1").findings == ()
    assert after.index.scores == ByBasis(Fraction(1), Fraction(0), Fraction(1, 2))
    assert len(after.item("A.1").findings) == 1


# Documents


def test_documents_of_an_item_are_counted_by_type() -> None:
    found = readiness(
        item("A.1", documents=["sk", "foto", "laporan"]),
        record("r", document("sk"), document("sk"), document("foto"), document("notulen")),
    )
    assert found.item("A.1").coverage == Coverage(3, 2)
    assert found.item("A.1").missing == (Requirement(("laporan",)),)
    assert [each.key for each in found.item("A.1").fulfilled[Requirement(("sk",))]] == [("r", 1), ("r", 2)]


def test_a_document_without_a_type_fulfils_nothing_even_where_one_is_required() -> None:
    found = readiness(item("A.1", documents=["sk"]), record("r", document(None)))
    assert found.item("A.1").coverage == Coverage(1, 0)


def test_where_one_type_is_expected_a_document_of_another_type_does_not_fulfil_it() -> None:
    found = readiness(item("A.1", documents=["sk"]), record("r", document("foto")))
    assert found.item("A.1").coverage == Coverage(1, 0)


def test_where_several_types_are_expected_a_document_without_a_type_fulfils_none() -> None:
    found = readiness(item("A.1", answer="A", documents=["sk", "foto"]), record("r", document(None)))
    assert found.item("A.1").coverage == Coverage(2, 0)
    assert found.index.scores.supported == 1


def test_a_refused_document_without_a_type_fulfils_nothing() -> None:
    found = readiness(item("A.1", documents=["sk"]), record("r", document(None, state=State.EMPTY)))
    assert found.item("A.1").coverage == Coverage(1, 0)


def test_the_unit_s_own_checklist_replaces_the_expected_documents() -> None:
    parts = [item("A.1", answer="A", documents=["sk"]), item("A.2", documents=["sk"]), record("r", document("foto"))]
    found = readiness(*parts, expected={"A.1": ["foto", "laporan"]})
    assert found.item("A.1").coverage == Coverage(2, 1)
    assert found.item("A.2").coverage == Coverage(1, 0)
    assert readiness(*parts[:2], expected={"A.1": []}).index.scores.supported == 1


def test_a_document_counts_once_for_each_item_it_supports() -> None:
    found = readiness(item("A.1"), item("A.2"), record("r", document("sk"), items=["A.1", "A.2"]))
    assert found.index.coverage == Coverage(2, 2)
    assert found.areas[1].coverage == Coverage(2, 2)


# When a document is accepted


def refusals(*parts: Record | FindingPart, number: int = 1, **given: Any) -> tuple[Refusal, ...]:
    return readiness(item("A.1"), *parts, **given).acceptance[("r", number)].refusals


def test_a_sound_file_of_a_final_record_is_accepted() -> None:
    assert refusals(record("r", document())) == ()


def test_a_draft_does_not_count() -> None:
    assert refusals(record("r", document(), draft=True)) == (Refusal.DRAFT,)
    found = readiness(item("A.1", answer="A"), record("r", document("sk"), draft=True))
    assert (found.index.scores.supported, found.index.coverage) == (0, Coverage(1, 0))
    assert found.item("A.1").records == ()


@pytest.mark.parametrize("state", [state for state in State if state is not State.SOUND])
def test_a_file_that_is_not_sound_is_refused(state: State) -> None:
    assert refusals(record("r", document(state=state))) == (Refusal(state.value),)


def test_a_restricted_document_counts_all_the_same() -> None:
    for made in (record("r", document(restricted=True)), record("r", document(), restricted=True)):
        found = readiness(item("A.1", answer="A"), made)
        assert (found.index.scores.supported, found.index.coverage) == (1, Coverage(1, 1))


@pytest.mark.parametrize(
    ("date", "valid_until", "accepted"),
    [
        ("2022-09-01", None, True),
        ("2023-06-30", None, True),
        ("2022-08-31", None, False),
        ("2023-07-01", None, False),
        ("2021-01-05", "2022-08-31", False),
        ("2021-01-05", "2022-09-01", True),
        ("2021-01-05", "2025-12-31", True),
        ("2023-07-01", "2025-12-31", False),
    ],
)
def test_with_a_period_the_days_of_a_document_have_to_meet_it(
    date: str, valid_until: str | None, accepted: bool
) -> None:
    made = record("r", document(date=date, valid_until=valid_until))
    found = refusals(made, period=("2022-09-01", "2023-06-30"), on="2024-01-01")
    assert found == (() if accepted else (Refusal.OUT_OF_PERIOD,))


def test_without_a_period_the_date_does_not_matter() -> None:
    assert refusals(record("r", document(date="1999-01-01", valid_until="2000-01-01"))) == ()


@pytest.mark.parametrize(
    ("period", "accepted"), [(("2023-02-01", None), False), ((None, "2023-01-01"), False), ((None, None), True)]
)
def test_a_period_may_be_open_at_an_end(period: tuple[str | None, str | None], accepted: bool) -> None:
    assert refusals(record("r", document(), date="2023-01-18"), period=period) == (
        () if accepted else (Refusal.OUT_OF_PERIOD,)
    )


def test_a_document_without_a_date_has_its_record_s() -> None:
    made = record("r", document(), document(date="2023-05-01"), date="2023-06-30")
    assert refusals(made, on="2023-06-29") == (Refusal.FUTURE,)
    assert refusals(made, on="2023-06-29", number=2) == ()


def test_a_document_of_a_later_day_is_not_there_yet() -> None:
    made = record("r", document(date="2023-03-01"))
    assert refusals(made, on="2023-02-28") == (Refusal.FUTURE,)
    assert refusals(made, on="2023-03-01") == ()


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("https://example.org/news/1", None),
        ("https://drive.google.com/file/d/1a/view", None),
        ("https://drive.google.com/drive/folders/1a", Refusal.FOLDER),
        ("ftp://example.org/a.pdf", Refusal.URL_INVALID),
    ],
)
def test_an_address_is_accepted_on_its_form(url: str, refusal: Refusal | None) -> None:
    assert refusals(record("r", document("foto", url=url))) == (() if refusal is None else (refusal,))


def test_a_rejected_document_says_why() -> None:
    found = readiness(item("A.1"), record("r", document()), finding(rejects=[("r", 1)], reason="unsigned"))
    assert found.acceptance[("r", 1)].refusals == (Refusal.REJECTED,)
    assert found.acceptance[("r", 1)].reason == "unsigned"


def test_a_verdict_means_one_document_of_the_record() -> None:
    made = record("r", document(), document())
    assert refusals(made, finding(rejects=[("r", 2)])) == ()
    assert refusals(made, finding(rejects=[("r", 2)]), number=2) == (Refusal.REJECTED,)


def test_the_newest_finding_decides() -> None:
    made = record("r", document())
    rejected = finding(rejects=[("r", 1)], date="2023-03-01")
    accepted = finding(accepts=[("r", 1)], date="2023-04-01")
    again = finding(rejects=[("r", 1)], date="2023-05-01", closed=True)
    for order in ((rejected, accepted), (accepted, rejected)):
        assert refusals(made, *order) == ()
    assert refusals(made, rejected, accepted, again) == (Refusal.REJECTED,)
    assert refusals(made, rejected, accepted, again, on="2023-04-30") == ()
    assert refusals(made, rejected, accepted, again, on="2023-03-31") == (Refusal.REJECTED,)
    assert refusals(made, rejected, accepted, again, on="2023-02-28") == ()


def test_of_two_verdicts_of_one_day_the_rejection_stands() -> None:
    made = record("r", document())
    verdicts = [finding(rejects=[("r", 1)]), finding(accepts=[("r", 1)])]
    for order in (verdicts, verdicts[::-1]):
        assert refusals(made, *order) == (Refusal.REJECTED,)


def test_an_assessor_s_yes_does_not_mend_a_file() -> None:
    found = refusals(record("r", document(state=State.EMPTY)), finding(accepts=[("r", 1)]))
    assert found == (Refusal.EMPTY,)


def test_all_that_speaks_against_a_document_is_told() -> None:
    made = record("r", document(state=State.ENCRYPTED, date="2024-01-01"), draft=True)
    found = refusals(made, finding(rejects=[("r", 1)]), period=("2022-09-01", "2023-06-30"))
    assert set(found) == {
        Refusal.DRAFT, Refusal.ENCRYPTED, Refusal.OUT_OF_PERIOD, Refusal.FUTURE, Refusal.REJECTED,
    }  # fmt: skip


# What to collect next


def test_documents_that_open_a_gate_come_first_nearest_area_first() -> None:
    # Area 1 is short by two documents, area 2 by one, area 3 by none: so many open a gate, the rest open nothing.
    found = readiness(
        item("A.1", area=1, documents=["sk", "foto", "laporan"]),
        item("A.2", area=2, documents=["sk", "foto"]),
        item("A.3", area=3, documents=["sk", "foto"]),
        record("r", document("sk"), items=["A.3"]),
        gates=[gate("documents", "0.5", areas=[1, 2, 3])],
    )
    rows = [(each.item.id, str(each.requirement), each.opens_gate, each.completes) for each in found.next_documents]
    assert rows == [
        ("A.2", "sk", True, True),
        ("A.1", "sk", True, False),
        ("A.1", "foto", True, True),
        ("A.1", "laporan", False, False),
        ("A.2", "foto", False, False),
        ("A.3", "foto", False, False),
    ]
    assert [each.area_share for each in found.next_documents[:2]] == [Fraction(1, 2), Fraction(1, 3)]


def test_a_document_worth_much_comes_before_those_that_open_nothing() -> None:
    found = readiness(
        item("A.1", area=1, documents=["sk", "foto", "laporan"]),
        item("A.2", area=2, weight=5, answer="A", documents=["sk", "foto"]),
        gates=[gate("documents", "0.3", areas=[1])],
    )
    rows = [(each.item.id, str(each.requirement)) for each in found.next_documents]
    assert rows[:2] == [("A.1", "sk"), ("A.2", "sk")]


def test_then_those_that_bring_a_claimed_score_in() -> None:
    found = readiness(
        item("A.1", weight=1, answer="A", documents=["sk", "foto"]),
        item("A.2", weight=5, answer="B", documents=["sk"]),
        item("A.3", weight=9, documents=["sk"]),
        item("A.4", weight=9, answer="A", documents=["sk", "foto"]),
        record("r", document("sk"), items=["A.4"]),
    )
    rows = [(each.item.id, str(each.requirement), each.score) for each in found.next_documents]
    # A.2 brings 2.5 in and A.1 brings 1 in, by their first document; then by the weight of the item.
    assert rows == [
        ("A.2", "sk", Fraction(5, 2)), ("A.1", "sk", 1), ("A.3", "sk", 0), ("A.4", "foto", 0), ("A.1", "foto", 0),
    ]  # fmt: skip


def test_the_first_document_of_the_list_adds_what_it_says() -> None:
    parts: list[ItemPart | Record] = [
        item("A.1", weight=3, answer="B", documents=["sk", "foto"]),
        item("A.2", answer="C"),
    ]
    before = readiness(*parts)
    first = before.next_documents[0]
    after = readiness(*parts, record("r", document(first.requirement.types[0]), items=[first.item.id]))
    assert after.index.scores.supported - before.index.scores.supported == first.score
    assert after.areas[1].coverage.share - before.areas[1].coverage.share == first.area_share


# Properties: nothing broken or blank raises a figure


@dataclass(frozen=True)
class Figures:
    """Every figure that a broken or blank thing may not raise."""

    claimed: tuple[Fraction, ...]
    supported: tuple[Fraction, ...]
    documents: tuple[Fraction, ...]

    def at_most(self, other: Figures) -> bool:
        return all(
            mine <= theirs
            for own, others in (
                (self.claimed, other.claimed),
                (self.supported, other.supported),
                (self.documents, other.documents),
            )
            for mine, theirs in zip(own, others, strict=True)
        )


def figures(found: Readiness) -> Figures:
    standings = [found.index, *found.nodes.values(), *found.areas.values()]
    rows = [row for each in found.predicates for row in each.gates if row.gate.measure != Documents()]
    return Figures(
        claimed=(
            *(each.scores.claimed for each in (*standings, *found.items)),
            *(row.value.claimed for row in rows),
            *(Fraction(row.passed.claimed) for row in rows),
        ),
        supported=(
            *(each.scores.supported for each in (*standings, *found.items)),
            *(row.value.supported for row in rows),
            *(Fraction(row.passed.supported) for row in rows),
            *(Fraction(each.met.supported) for each in found.predicates),
        ),
        documents=(
            *(each.coverage.share for each in (*standings, *found.items)),
            Fraction(sum(acceptance.accepted for acceptance in found.acceptance.values())),
        ),
    )


GOALS = (
    predicate("FIRST", gate("score", 5, node="index"), gate("share", "0.5", areas=[1, 2])),
    predicate(
        "NEXT",
        gate("documents", "0.6", areas=[1, 2]),
        gate("documents", "0.5", node="A.2"),
        gate("held", predicate="FIRST"),
    ),
)
ITEMS = (
    item("A.1.a", weight=2, documents=["sk"], area=1),
    item("A.1.b", weight=3, documents=["sk", "foto", "laporan"], area=1, scale="abcd"),
    item("A.2.a", weight=Fraction(5, 3), documents=[], area=2, scale="yes-no"),
    item("A.2.b", weight=4, documents=["foto", "notulen"], area=2, scale="survey4"),
)
SMALL = instrument(node("A", node("A.1", *ITEMS[:2]), node("A.2", *ITEMS[2:])), predicates=GOALS)
CHOICES: dict[str, list[str]] = {
    "A.1.a": ["A", "B", "C"], "A.1.b": ["A", "B", "C", "D"], "A.2.a": ["Ya", "Tidak"],
    "A.2.b": ["4", "3.6", "1,5", "0"],
}  # fmt: skip
dates = st.sampled_from(["2022-06-01", "2022-12-31", "2023-01-18", "2023-06-30", "2023-08-01"])
item_ids = st.lists(st.sampled_from([part.item.id for part in ITEMS]), unique=True, max_size=4)
documents = st.builds(
    document,
    st.sampled_from([None, "sk", "foto", "laporan", "notulen", "undangan"]),
    state=st.sampled_from([State.SOUND, State.SOUND, State.SOUND, *State]),
    url=st.sampled_from([None, None, None, "https://example.org/a", "https://drive.google.com/drive/folders/1"]),
    date=st.none() | dates,
    valid_until=st.sampled_from([None, None, "2022-10-01", "2030-01-01"]),
    items=st.none() | item_ids,
    restricted=st.booleans(),
)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    records = [
        record(
            f"r{number}",
            *draw(st.lists(documents, max_size=4)),
            items=draw(item_ids),
            date=draw(dates),
            draft=draw(st.integers(0, 4)) == 0,
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    keys = [each.key for made in records for each in made.documents]
    some_keys = st.lists(st.sampled_from(keys), max_size=2) if keys else st.just([])
    found = []
    for _ in range(draw(st.integers(0, 3))):
        about = draw(st.none() | st.sampled_from(sorted(CHOICES)))
        answer = draw(st.none() | st.sampled_from(CHOICES[about])) if about else None
        found.append(finding(about, date=draw(dates), answer=answer, rejects=draw(some_keys), accepts=draw(some_keys)))
    answers = [
        dataclasses.replace(part, answer=draw(st.none() | st.sampled_from(CHOICES[part.item.id]))) for part in ITEMS
    ]
    period = draw(st.sampled_from([None, ("2022-09-01", "2023-06-30"), ("2023-01-01", None)]))
    held = draw(st.sampled_from([(), ("FIRST",)]))
    return portfolio(*answers, *records, *found, of=SMALL, period=period, held=held)


def with_document(made: Portfolio, record_: Record, number: int, **changes: object) -> Portfolio:
    """The portfolio with one document changed; with `gone=True`, without it."""
    gone = changes.pop("gone", False)
    mended = tuple(
        replace(each, **changes) if place == number else each  # type: ignore[arg-type]
        for place, each in enumerate(record_.documents)
        if not (gone and place == number)
    )
    return replace(
        made, records=tuple(replace(each, documents=mended) if each is record_ else each for each in made.records)
    )


def breakages(made: Portfolio) -> Iterator[tuple[str, Portfolio]]:
    """Every portfolio that this one becomes by one thing removed, blanked or broken."""
    for name in made.answers:
        answers = {key: answer for key, answer in made.answers.items() if key != name}
        yield f"answer {name} blanked", replace(made, answers=answers)
    for each in made.records:
        others = tuple(other for other in made.records if other is not each)
        yield f"record {each.id} removed", replace(made, records=others)
        yield f"record {each.id} made a draft", replace(made, records=(*others, replace(each, draft=True)))
        yield (
            f"record {each.id} without items",
            replace(
                made,
                records=(
                    *others,
                    replace(each, items=(), documents=tuple(replace(shown, items=()) for shown in each.documents)),
                ),
            ),
        )
        for number, shown in enumerate(each.documents):
            named = f"document {shown.key}"
            yield f"{named} removed", with_document(made, each, number, gone=True)
            yield f"{named} supports nothing", with_document(made, each, number, items=())
            yield (
                f"{named} dated in the future",
                with_document(made, each, number, date=datetime.date(2033, 1, 1), valid_until=None),
            )
            if isinstance(shown.source, DocumentFile):
                for state in (State.EMPTY, State.MISSING, State.DAMAGED, State.ENCRYPTED):
                    inspection = replace(shown.source.inspection, state=state)
                    source = replace(shown.source, inspection=inspection)
                    yield f"{named} {state}", with_document(made, each, number, source=source)
            rejection = portfolio(finding(rejects=[shown.key], date=DAY), of=SMALL).findings
            yield f"{named} rejected", replace(made, findings=(*made.findings, *rejection))
    for finding_ in made.findings:
        for judgement in finding_.judgements:
            if judgement.accepted:
                kept = tuple(each for each in finding_.judgements if each is not judgement)
                # Without the acceptance an earlier rejection may speak again; a rejection of its own day spoke before.
                others_ = tuple(other for other in made.findings if other is not finding_)
                yield "acceptance removed", replace(made, findings=(*others_, replace(finding_, judgements=kept)))
    if made.held:
        yield "nothing held any more", replace(made, held=())


@given(portfolios())
@settings(max_examples=60, deadline=None)
def test_nothing_removed_blanked_or_broken_raises_a_figure(made: Portfolio) -> None:
    before = figures(readiness_of(made, on=DAY))
    for what, broken in breakages(made):
        after = figures(readiness_of(broken, on=DAY))
        assert after.at_most(before), what


@given(portfolios(), st.sampled_from(["sk", "foto", "laporan", "notulen", "undangan", None]), item_ids)
@settings(max_examples=80, deadline=None)
def test_an_accepted_document_more_never_lowers_a_figure(
    made: Portfolio, type_: str | None, supports: list[str]
) -> None:
    before = figures(readiness_of(made, on=DAY))
    more = record("more", document(type_, date="2023-03-01"), items=supports, date="2023-03-01")
    richer = readiness_of(replace(made, records=(*made.records, more)), on=DAY)
    assert richer.acceptance[("more", 1)].accepted
    assert before.at_most(figures(richer))


@given(portfolios(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_records_findings_and_documents_does_not_matter(made: Portfolio, chance: random.Random) -> None:
    def shuffled(parts: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(chance.sample(parts, len(parts)))

    other = replace(
        made,
        records=shuffled(tuple(replace(each, documents=shuffled(each.documents)) for each in made.records)),
        findings=shuffled(made.findings),
        answers=dict(shuffled(tuple(made.answers.items()))),
    )
    before, after = readiness_of(made, on=DAY), readiness_of(other, on=DAY)
    assert figures(before) == figures(after)
    assert before.index == after.index
    assert before.nodes == after.nodes
    assert [each.gates for each in before.predicates] == [each.gates for each in after.predicates]
    assert before.next_documents == after.next_documents
    refused = {key: (set(each.refusals), each.reason) for key, each in before.acceptance.items()}
    assert refused == {key: (set(each.refusals), each.reason) for key, each in after.acceptance.items()}


@given(portfolios())
@settings(max_examples=60, deadline=None)
def test_every_figure_lies_between_nothing_and_its_weight(made: Portfolio) -> None:
    found = readiness_of(made, on=DAY)
    for each in (found.index, *found.nodes.values(), *found.areas.values()):
        assert all(0 <= score <= each.weight for score in each.scores.each())
        assert each.scores.supported <= each.scores.claimed
        assert 0 <= each.coverage.fulfilled <= each.coverage.expected
    for item_ in found.items:
        assert set(item_.fulfilled) | set(item_.missing) == set(item_.expected)
    assert found.index.scores == found.nodes["A"].scores


# The same through files

FOLDER: dict[str, str | bytes] = {
    "portfolio.yaml": "title: T\nunit: U\nperiod: {from: 2022-09-01, to: 2023-06-30}\n",
    "assessment/1.md": "---\nanswers:\n  A.I.1.i.a: Ya\n  A.I.1.i.b: B\n  A.I.4.ii.f: A\n  A.II.4.i.a: 17/20\n---\n",
    "records/1-manajemen-perubahan/tim.md": front_matter(
        title="Tim", date="2023-01-18", items=["A.I.1.i.a", "A.I.1.i.b"],
        evidence=[{"file": "evidence/sk.pdf"}, {"file": "evidence/notulen.pdf", "items": ["A.I.1.i.b"]}],
    ),
    "records/4-akuntabilitas/lkjip.md": front_matter(
        title="LKjIP", date="2023-02-18", items=["A.I.4.ii.f", "A.II.4.i.a"],
        evidence=[{"file": "evidence/dokumen.pdf"}],
    ),
    "findings/1.md": front_matter(
        item="A.I.4.ii.f", date="2023-03-01", answer="B",
        evidence=[{"record": "lkjip", "file": "evidence/dokumen.pdf", "verdict": "rejected", "reason": "draf"}],
    ),
    "findings/2.md": front_matter(
        date="2023-04-01", evidence=[{"record": "lkjip", "file": "evidence/dokumen.pdf", "verdict": "accepted"}],
    ),
    "evidence/sk.pdf": pdf("SK"),
    "evidence/notulen.pdf": pdf("Notulen"),
    "evidence/dokumen.pdf": pdf("Dokumen"),
}  # fmt: skip


def read_folder(folder: Path, files: dict[str, str | bytes]) -> Readiness:
    outcome = project.read(write(folder, files), on=DAY)
    assert outcome.readiness is not None, outcome.diagnostics
    return outcome.readiness


def test_a_folder_gives_the_figures_its_files_give(tmp_path: Path) -> None:
    found = read_folder(tmp_path, FOLDER)
    # A.I.1.i: 0.25 each; A.I.4.ii: 2.5/8; A.II.4.i.a: 2, of which 17/20.
    claimed = Fraction("0.25") + Fraction("0.125") + Fraction("2.5") / 8 + Fraction(2) * 17 / 20
    assert found.index.scores.each() == (claimed, claimed, Fraction("2.5") / 16)
    assert found.item("A.I.4.ii.f").coverage == Coverage(1, 0)  # the document has no type
    assert found.item("A.I.4.ii.f").covered == Coverage(1, 1)
    assert found.item("A.II.4.i.a").coverage == Coverage(1, 0)
    assert found.item("A.I.1.i.b").coverage == Coverage(1, 1)


BREAKS: dict[str, Callable[[dict[str, str | bytes]], object]] = {
    "evidence emptied": lambda files: files.update({"evidence/sk.pdf": b""}),
    "evidence removed": lambda files: files.pop("evidence/sk.pdf"),
    "evidence damaged": lambda files: files.update({"evidence/sk.pdf": pdf("SK")[:500]}),
    "record removed": lambda files: files.pop("records/1-manajemen-perubahan/tim.md"),
    "record emptied": lambda files: files.update({"records/1-manajemen-perubahan/tim.md": ""}),
    "assessment removed": lambda files: files.pop("assessment/1.md"),
    "assessment emptied": lambda files: files.update({"assessment/1.md": ""}),
    "acceptance removed": lambda files: files.pop("findings/2.md"),
    "acceptance emptied": lambda files: files.update({"findings/2.md": ""}),
}


def text_break(path: str, old: str, new: str) -> Callable[[dict[str, str | bytes]], object]:
    def change(files: dict[str, str | bytes]) -> None:
        before = files[path]
        assert isinstance(before, str)
        assert old in before
        files[path] = before.replace(old, new)

    return change


BREAKS |= {
    "record made a draft": text_break("records/4-akuntabilitas/lkjip.md", "title:", "status: draft\ntitle:"),
    "record's date blanked": text_break("records/4-akuntabilitas/lkjip.md", 'date: "2023-02-18"', "date:"),
    "record's date broken": text_break("records/4-akuntabilitas/lkjip.md", "2023-02-18", "2023-02-30"),
    "record's items blanked": text_break("records/4-akuntabilitas/lkjip.md", '["A.I.4.ii.f", "A.II.4.i.a"]', ""),
    "record's item misspelt": text_break("records/4-akuntabilitas/lkjip.md", '"A.I.4.ii.f"', '"A.I.4.ii.x"'),
    "record's evidence blanked": text_break(
        "records/4-akuntabilitas/lkjip.md", '[{"file": "evidence/dokumen.pdf"}]', ""
    ),
    "record's key misspelt": text_break("records/4-akuntabilitas/lkjip.md", "evidence:", "evidenc:"),
    "record is no YAML": text_break("records/4-akuntabilitas/lkjip.md", "title:", "title: [\n"),
    "answer blanked": text_break("assessment/1.md", "A.I.1.i.a: Ya", "A.I.1.i.a:"),
    "answer invalid": text_break("assessment/1.md", "A.I.1.i.a: Ya", "A.I.1.i.a: Sudah"),
    "answer given twice": text_break("assessment/1.md", "A.I.1.i.b: B", "A.I.1.i.b: B\n  A.I.1.i.b: A"),
    "ratio over zero": text_break("assessment/1.md", "17/20", "17/0"),
    "acceptance without a date": text_break("findings/2.md", 'date: "2023-04-01"', "date:"),
    "a finding's rejection misspelt in the newer file": text_break("findings/2.md", '"accepted"', '"acepted"'),
    "an answer of the assessors misspelt": text_break("findings/1.md", 'answer: "B"', 'answer: "Z"'),
    "nothing expected because the checklist is blank": text_break(
        "portfolio.yaml", "title:", "documents:\n  A.I.1.i.b:\ntitle:"
    ),
    "nothing expected because the checklist is misspelt": text_break(
        "portfolio.yaml", "title:", "documents: {A.I.1.i.b: [sop-kegiatan-x]}\ntitle:"
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_no_broken_file_raises_a_figure(tmp_path: Path, what: str) -> None:
    before = figures(read_folder(tmp_path / "whole", FOLDER))
    broken = dict(FOLDER)
    BREAKS[what](broken)
    outcome = project.read(write(tmp_path / "broken", broken), on=DAY)
    if outcome.readiness is None:  # settings with a mistake give no figure at all, and say why
        assert outcome.failed
    else:
        assert figures(outcome.readiness).at_most(before)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("item:", "itm:"),
        ('"A.I.4.ii.f"', '"A.I.4.ii.x"'),
        ('answer: "B"', 'answer: "Z"'),
        ("item:", "assesor: X\nitem:"),
    ],
    ids=["key misspelt", "item misspelt", "answer misspelt", "assessor misspelt"],
)
def test_a_rejection_stands_though_its_file_has_a_mistake_elsewhere(tmp_path: Path, old: str, new: str) -> None:
    files = {path: content for path, content in FOLDER.items() if path != "findings/2.md"}
    whole = read_folder(tmp_path / "whole", files)
    assert Refusal.REJECTED in whole.acceptance[("lkjip", 1)].refusals
    text_break("findings/1.md", old, new)(files)
    found = read_folder(tmp_path / "broken", files)
    assert figures(found).at_most(figures(whole))


def test_the_names_of_files_do_not_matter(tmp_path: Path) -> None:
    renamed = {
        "assessment/1.md": "assessment/z-answers.md",
        "findings/1.md": "findings/zz.md",
        "findings/2.md": "findings/aa.md",
        "records/4-akuntabilitas/lkjip.md": "records/4 akun/2023/lkjip.md",
    }
    before = read_folder(tmp_path / "one", FOLDER)
    after = read_folder(tmp_path / "two", {renamed.get(path, path): content for path, content in FOLDER.items()})
    assert figures(before) == figures(after)
    assert before.index == after.index


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[]", []),
        ("[sk, Daftar Hadir, sk]", ["sk", "daftar-hadir"]),
        ("notulen", ["notulen"]),
        ("[[sop], [notulen, Daftar Hadir], [daftar_hadir, notulen, notulen]]", ["sop", "daftar-hadir|notulen"]),
    ],
)
def test_the_checklist_of_the_settings_replaces_the_expected_documents(
    tmp_path: Path, written: str, expected: list[str]
) -> None:
    settings_ = f"title: T\nunit: U\ndocuments: {{A.I.1.i.a: {written}}}\n"
    found = read_folder(tmp_path, {**FOLDER, "portfolio.yaml": settings_})
    assert [*map(str, found.item("A.I.1.i.a").expected)] == expected
    assert [*map(str, found.item("A.I.1.i.b").expected)] == ["sop|notulen|laporan|berita-acara"]


def test_an_answer_in_two_places_is_none(tmp_path: Path) -> None:
    for number, text in enumerate(("A.I.1.i.a: Ya", "A.I.1.i.a:")):
        files = {**FOLDER, "assessment/2.md": f"---\nanswers:\n  {text}\n---\n"}
        outcome = project.read(write(tmp_path / str(number), files), on=DAY)
        assert "answer-duplicate" in {each.code for each in outcome.diagnostics}
        assert outcome.readiness is not None
        assert outcome.readiness.item("A.I.1.i.a").answer is None
