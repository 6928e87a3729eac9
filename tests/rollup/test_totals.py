"""What is counted over units: exact, of what was read alone, and never better for a unit that could not be read."""

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exchange.readiness_json import rounded
from generator.languages.words import words_in
from generator.readiness.bases import ByBasis
from generator.rollup.rollup import Rollup, roll_up
from generator.rollup.rollup_json import rollup_data
from generator.rollup.totals import groups, missed_gates, missing_documents, stage_counts
from generator.rollup.units import UnitList, UnitResult
from tests.support import rollup_sites, unit_sites

ON = datetime.date(2026, 5, 20)


def rollup(*results: UnitResult, on: datetime.date = ON, instrument: str = "") -> Rollup:
    units = tuple(each.listed for each in results)
    return roll_up(
        UnitList(Path("units.yaml"), "Kementerian", units, language="en", instrument=instrument), results, on
    )


def test_stages_are_counted_on_each_basis() -> None:
    found = rollup(
        unit_sites.result(unit_sites.readiness("A", index=unit_sites.bases(80, 74, 0))),
        unit_sites.result(unit_sites.readiness("B", index=80)),
        unit_sites.result(unit_sites.readiness("C", index=80, documents=0.5)),
        unit_sites.unread("D"),
    )
    counts = stage_counts(found.units, found.predicates)
    assert (counts.units, counts.read) == (4, 3)
    assert dict(counts.predicates) == {"TPI": ByBasis(2, 2, 2), "WBK": ByBasis(2, 1, 1)}


def test_the_json_has_the_keys_of_the_contract_and_no_figure_of_a_unit_that_was_not_read() -> None:
    data = rollup_data(rollup(unit_sites.result(unit_sites.readiness("A")), unit_sites.unread("B")))
    assert list(data) == ["schema", "title", "as_of", "counts", "units"]
    assert data["counts"] == {
        "units": 2,
        "read": 1,
        "TPI": {"claimed": 1, "supported": 1, "assessed": 1},
        "WBK": {"claimed": 1, "supported": 1, "assessed": 1},
    }
    read, unread = data["units"]
    assert read["gates"][0] == {
        "predicate": "TPI",
        "id": "documents",
        "area": 1,
        "min": 0.6,
        "value": 0.7,
        "passed": True,
    }
    assert (read["index"], read["error"], read["open_findings"]) == (unit_sites.bases(80), None, 2)
    assert unread["error"] == "it does not answer"
    assert (unread["index"], unread["predicates"], unread["gates"], unread["digest"], unread["as_of"]) == (
        None,
        {},
        [],
        None,
        None,
    )


def test_a_threshold_that_was_lowered_is_refused() -> None:
    data = rollup_sites.readiness("A")
    next(each for each in data["predicates"][1]["gates"] if each["id"] == "index")["min"] = 40
    found = rollup(unit_sites.result(data), unit_sites.result(rollup_sites.readiness("B")))
    assert [each.fault is None for each in found.units] == [False, True]
    (fault,) = [each.fault for each in found.unread]
    assert fault is not None
    assert dict(fault.values) == {"gate": "index", "predicate": "WBK", "found": "40", "right": "75.0"}


def test_an_index_above_the_points_of_the_instrument_is_refused() -> None:
    data = rollup_sites.readiness("A")
    data["index"] = {"weight": 900, **unit_sites.bases(100.1)}
    (unit,) = rollup(unit_sites.result(data)).unread
    assert unit.fault is not None
    assert unit.fault.sentence(words_in("en")) == "its index is 100.1, more than the 100 points of its instrument"


def test_an_instrument_that_the_list_names_is_said_to_be_its_word() -> None:
    found = rollup(unit_sites.result(unit_sites.readiness("A")), instrument="lain")
    (fault,) = [each.fault for each in found.unread]
    assert fault is not None
    assert fault.message.endswith("which the list names")


def test_the_instrument_is_that_of_most_units_and_the_others_are_not_read() -> None:
    other = {"instrument": "lke-lain"}
    found = rollup(
        unit_sites.result(unit_sites.readiness("A")),
        unit_sites.result(unit_sites.readiness("B", **other)),
        unit_sites.result(unit_sites.readiness("C")),
    )
    assert [each.listed.id for each in found.unread] == ["B"]
    named = rollup(
        *(unit_sites.result(unit_sites.readiness(name, **more)) for name, more in (("A", {}), ("B", other))),
        instrument="lke-lain",
    )
    assert [each.listed.id for each in named.unread] == ["A"]


def test_figures_of_a_later_day_are_not_read() -> None:
    later = unit_sites.result(unit_sites.readiness("A", as_of="2026-05-21"))
    assert rollup(later).read == ()
    assert len(rollup(later, on=datetime.date(2026, 5, 21)).read) == 1


def test_figures_older_than_ninety_days_are_old() -> None:
    unit = unit_sites.result(unit_sites.readiness("A", as_of="2026-02-19"))
    assert unit.age(ON) == 90
    assert not unit.is_old(ON)
    assert unit.is_old(ON + datetime.timedelta(days=1))


def test_one_portfolio_under_two_ids_is_remarked_and_counts() -> None:
    found = rollup(*(unit_sites.result(unit_sites.readiness("A"), identifier) for identifier in ("a", "b")))
    assert len(found.read) == 2
    assert [each.sentence(words_in("en")) for unit in found.units for each in unit.remarks] == [
        "its figures name the same unit and period as b; each of them counts",
        "its figures name the same unit and period as a; each of them counts",
    ]


def test_one_portfolio_under_many_ids_is_remarked_in_one_sentence() -> None:
    found = rollup(*(unit_sites.result(unit_sites.readiness("A"), identifier) for identifier in "abcdefg"))
    assert found.units[0].remarks[0].sentence(words_in("en")).endswith("as b, c, d, e, …; each of them counts")


def remarks_of(data: dict[str, Any]) -> list[str]:
    (unit,) = rollup(unit_sites.result(data)).units
    assert unit.received is not None
    return [each.sentence(words_in("en")) for each in unit.remarks]


def test_a_unit_as_the_program_writes_it_has_no_remark() -> None:
    assert remarks_of(rollup_sites.readiness("A", documents=0.55)) == []


def test_gates_that_are_left_out_or_invented_are_remarked() -> None:
    data = rollup_sites.readiness("A")
    gates = data["predicates"][1]["gates"]
    gates.remove(next(each for each in gates if each["id"] == "documents" and each["area"] == 3))
    gates.append(unit_sites.gate("new", 1, 1, measure="held"))
    lacking, strange = remarks_of(data)
    assert "lack thresholds of the instrument (1), such as documents 3 of WBK" in lacking
    assert "thresholds that the instrument does not have (1), such as new of WBK" in strange


def test_a_predicate_that_the_instrument_does_not_have_counts_nowhere() -> None:
    data = rollup_sites.readiness("A")
    data["predicates"].append(unit_sites.predicate("MAGIC", [unit_sites.gate("x", 1, 0)]))
    found = rollup(unit_sites.result(data))
    assert list(rollup_data(found)["counts"]) == ["units", "read", "TPI", "WBK", "WBBM"]
    assert [each["id"] for each in data["predicates"]][:3] == [*rollup_data(found)["units"][0]["predicates"]]
    assert "such as x of MAGIC" in found.units[0].remarks[0].sentence(words_in("en"))


@pytest.mark.parametrize(
    ("part", "gate"), [("index", "index"), ("areas", "documents 1"), ("nodes", "pengungkit"), ("items", "ipak")]
)
def test_a_gate_that_differs_from_the_figure_that_it_is_on_is_remarked(part: str, gate: str) -> None:
    data = rollup_sites.readiness("A")
    found = (
        data[part] if part == "index" else next(each for each in data[part] if each.get("id") in {None, "A", "B.I.a"})
    )
    if part == "areas":
        found["documents"]["fulfilled"] = 2
    else:
        found["supported"] = 1.5
    (remark,) = remarks_of(data)
    assert f"its threshold {gate} of " in remark
    assert f"its own figures {'0.1' if part == 'areas' else '1.5'}:" in remark


@given(st.lists(st.floats(0, 1), min_size=6, max_size=6), st.integers(0, 60))
def test_rounded_figures_of_a_unit_are_never_remarked(shares: list[float], fulfilled: int) -> None:
    """Scores are rounded to six decimals, and so is the share of the weight that a gate is on."""
    data = rollup_sites.readiness("A")
    documents = round(fulfilled / 60, 6)
    for area, share in zip(data["areas"], shares, strict=True):
        exact = Fraction(share) * area["weight"]
        area |= unit_sites.bases(rounded(exact)) | {"documents": {"expected": 60, "fulfilled": fulfilled}}
        for each in (
            each for predicate in data["predicates"] for each in predicate["gates"] if each["area"] == area["area"]
        ):
            value = rounded(Fraction(share)) if each["measure"] == "share" else documents
            each |= {"value": unit_sites.bases(value), "passed": dict.fromkeys(unit_sites.BASES, value >= each["min"])}
    for each in data["predicates"]:
        each["met"] = dict.fromkeys(unit_sites.BASES, False)
    assert remarks_of(data) == []


def test_a_listed_target_that_the_worksheet_does_not_have_is_remarked() -> None:
    (unit,) = rollup(unit_sites.result(unit_sites.readiness("A"), target="NOPE")).units
    (remark,) = unit.remarks
    assert "aims at NOPE" in remark.sentence(words_in("en"))


def test_gates_are_counted_by_the_units_that_miss_them() -> None:
    found = missed_gates(
        rollup(
            *(
                unit_sites.result(unit_sites.readiness(name, index=index))
                for name, index in (("B", 70), ("A", 60), ("C", 80))
            )
        )
    )
    assert [(each.predicate, each.gate.id, [unit.name for unit in each.units]) for each in found] == [
        ("WBK", "index", ["A", "B"])
    ]


def test_missing_documents_are_counted_by_unit() -> None:
    (found,) = missing_documents(rollup(*(unit_sites.result(unit_sites.readiness(name)) for name in "AB")))
    assert (found.item, found.requirement, found.units) == ("A.I.1.i.a", "sk", 2)


def test_groups_have_every_unit_once_and_those_without_a_name_last() -> None:
    found = groups(
        rollup(
            unit_sites.result(unit_sites.readiness("A")),
            unit_sites.result(unit_sites.readiness("B"), region="Sumatra"),
            unit_sites.unread("C", region="Jawa"),
        ),
        lambda each: each.listed.region,
    )
    assert [(each.name, [unit.listed.id for unit in each.units], each.counts.read) for each in found] == [
        ("Jawa", ["C"], 0), ("Sumatra", ["B"], 1), ("", ["A"], 1),
    ]  # fmt: skip


SCORES = st.integers(0, 100)
UNITS = st.lists(st.tuples(SCORES, SCORES, SCORES, st.sampled_from((0.0, 0.5, 0.6, 1.0))), min_size=1, max_size=6)


@given(UNITS, st.data())
def test_a_unit_that_cannot_be_read_never_improves_a_figure(
    units: list[tuple[int, int, int, float]], data: st.DataObject
) -> None:
    results = [
        unit_sites.result(unit_sites.readiness(f"U{number}", index=unit_sites.bases(*scores), documents=documents))
        for number, (*scores, documents) in enumerate(units)
    ]
    lost = data.draw(st.integers(0, len(units) - 1))
    with_all = rollup(*results)
    without = rollup(*(unit_sites.unread(each.listed.id) if n == lost else each for n, each in enumerate(results)))
    before, after = (stage_counts(each.units, with_all.predicates) for each in (with_all, without))
    assert after.units == before.units
    assert after.read == before.read - 1
    for (_, then), (_, now) in zip(before.predicates, after.predicates, strict=True):
        assert all(one <= other for one, other in zip(now.each(), then.each(), strict=True))


@given(UNITS, st.data())
def test_the_order_of_the_list_changes_no_count(units: list[tuple[int, int, int, float]], data: st.DataObject) -> None:
    results = [
        unit_sites.result(unit_sites.readiness(f"U{number}", index=unit_sites.bases(*scores), documents=documents))
        for number, (*scores, documents) in enumerate(units)
    ]
    shuffled = data.draw(st.permutations(results))
    one, other = rollup(*results), rollup(*shuffled)
    assert one.units == other.units
    assert stage_counts(one.units, one.predicates) == stage_counts(other.units, other.predicates)
    assert missed_gates(one) == missed_gates(other)


def test_a_document_that_one_unit_names_twice_is_missing_once() -> None:
    data = unit_sites.readiness("A")
    data["items"][0]["documents"]["missing"] = ["sk", "sk"]
    (missing,) = missing_documents(rollup(unit_sites.result(data)))
    assert missing.units == 1


def test_a_target_that_the_figures_do_not_have_is_not_repeated() -> None:
    found = rollup(
        *(
            unit_sites.result(unit_sites.readiness(name), target=target)
            for name, target in (("A", "NOPE"), ("B", "TPI"))
        )
    )
    assert [each["target"] for each in rollup_data(found)["units"]] == ["WBK", "TPI"]
