"""Required documents, one-of groups, several types of one document, helpful ones, and items that have any."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from generator.exchange.readiness_json import readiness_data
from generator.model.instrument import Requirement
from generator.readiness.bases import ByBasis
from generator.readiness.scores import Coverage
from tests.support.builders import TYPES, document, gate, instrument, item, node, predicate, readiness, record


def test_any_type_of_a_group_fulfils_it_once() -> None:
    asked = item("A.1", documents=["sk", ["notulen", "laporan"]])
    assert readiness(asked, record("r", document("laporan"))).item("A.1").coverage == Coverage(2, 1)
    both = readiness(asked, record("r", document("laporan"), document("notulen"))).item("A.1")
    assert both.coverage == Coverage(2, 1)
    assert both.missing == (Requirement(("sk",)),)


def test_one_document_may_fulfil_several() -> None:
    asked = item("A.1", documents=["sk", ["notulen", "laporan"], "foto"])
    merged = readiness(asked, record("r", document("laporan", "foto"))).item("A.1")
    assert merged.coverage == Coverage(3, 2)
    assert [each.key for documents in merged.fulfilled.values() for each in documents] == [("r", 1), ("r", 1)]


def test_helpful_documents_are_advice_and_never_counted() -> None:
    found = readiness(item("A.1", documents=["sk"], helpful=["foto", "notulen"]), record("r", document("foto")))
    assert found.item("A.1").coverage == Coverage(1, 0)
    assert found.item("A.1").helpful_present == ("foto",)
    assert readiness_data(found)["items"][0]["helpful"] == {"listed": ["foto", "notulen"], "present": ["foto"]}


def test_what_the_unit_requires_itself_is_no_longer_helpful() -> None:
    found = readiness(item("A.1", documents=["sk"], helpful=["foto", "notulen"]), expected={"A.1": [["foto", "sk"]]})
    assert found.item("A.1").helpful == ("notulen",)
    assert found.item("A.1").missing == (Requirement(("foto", "sk")),)


def test_an_item_is_covered_by_a_document_of_whatever_type() -> None:
    parts = [
        item("A.1", documents=["sk"]),
        item("A.2", documents=["sk"]),
        item("A.3", documents=[]),
        record("r", document(None), items=["A.1", "A.3"]),
    ]
    found = readiness(*parts, gates=[gate("covered", "0.5", node="index"), gate("covered", "0.6", areas=[1])])
    assert found.index.covered == Coverage(2, 1)
    first, second = found.target.gates
    assert first.value.each() == (Fraction(1, 2),) * 3
    assert first.passed == ByBasis(True, True, True)
    assert second.passed == ByBasis(False, False, False)
    assert second.short == 1
    assert second.documents_short is None
    assert readiness_data(found)["areas"][0]["covered"] == {"items": 2, "covered": 1}


def test_nothing_to_cover_is_all_covered() -> None:
    found = readiness(item("A.1", documents=[]), gates=[gate("covered", 1, node="A")])
    assert found.target.gates[0].value.claimed == 1


def test_a_gate_with_a_node_and_areas_counts_the_items_of_each_area_below_the_node() -> None:
    goals = [
        predicate("GOAL", gate("documents", "0.5", node="A.I", areas=[1, 2]), gate("covered", 1, node="A.I", areas=[1]))
    ]
    tree = node(
        "A",
        node("A.I", item("A.I.1", area=1, documents=["sk", "foto"]), item("A.I.2", area=2, documents=["sk"])),
        node("A.II", item("A.II.1", area=1, documents=["sk"])),
    )
    made = instrument(tree, predicates=goals)
    found = readiness(record("r", document("sk"), items=["A.I.1", "A.II.1"]), of=made)
    rows = [(each.area, each.gate.node, each.value.claimed, each.short) for each in found.target.gates]
    assert rows == [(1, "A.I", Fraction(1, 2), 0), (2, "A.I", Fraction(0), 1), (1, "A.I", Fraction(1), 0)]
    assert [each.covered for each in found.target.gates] == [Coverage(1, 1), Coverage(1, 0), None]
    opening = [(each.item.id, each.opens_gate) for each in found.next_documents]
    assert opening == [("A.I.2", True), ("A.I.1", False)]


def test_the_data_join_the_types_of_a_group() -> None:
    found = readiness(item("A.1", documents=["sk", ["notulen", "laporan"]]), record("r", document("laporan")))
    documents = readiness_data(found)["items"][0]["documents"]
    assert documents == {"expected": ["sk", "notulen|laporan"], "fulfilled": ["notulen|laporan"], "missing": ["sk"]}


TYPE = st.sampled_from(TYPES)
CHECKLISTS = st.lists(st.lists(TYPE, min_size=1, max_size=3, unique=True), max_size=4, unique_by=tuple)
DOCUMENTS = st.lists(st.lists(TYPE, max_size=3, unique=True), max_size=4)


@given(checklist=CHECKLISTS, documents=DOCUMENTS, more=TYPE)
def test_a_further_true_type_never_costs_anything(
    checklist: list[list[str]], documents: list[list[str]], more: str
) -> None:
    def covered(types: list[list[str]]) -> tuple[Coverage, Coverage]:
        parts = [document(*each) if each else document(None) for each in types]
        found = readiness(item("A.1", answer="A", documents=checklist), record("r", *parts))
        return found.item("A.1").coverage, found.index.covered

    before, after = covered(documents), covered([[*each, more] for each in documents])
    assert after[0].fulfilled >= before[0].fulfilled
    assert after[1] == before[1]
    untyped = covered([[] for _ in documents])
    assert untyped[0].fulfilled == 0
    assert untyped[1] == before[1]
