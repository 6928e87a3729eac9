"""Instruments that change another one: what they say replaces those keys alone, and the rest stays."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import resources
from generator.authoring.new_portfolio import shipped
from generator.build import project
from generator.messages.source import Source
from generator.model.instrument import Gate, Instrument, Label, Requirement
from generator.reading import instrument_file
from tests.support.builders import DAY, write

BASE = Source("lke-zi-90-2021", resources.instruments()["lke-zi-90-2021"].read_text(encoding="utf-8"))
HEAD = "schema: catat.instrument/1\nid: kemenkes\nextends: lke-zi-90-2021\n"


def laid(changes: str, *beneath: Source) -> Instrument:
    made, found = instrument_file.read(Source("instruments/kemenkes.yaml", HEAD + changes), (*beneath, BASE))
    assert found == ()
    assert made is not None
    return made


def gates_of(made: Instrument, predicate: str) -> dict[str, Gate]:
    return {gate.id: gate for each in made.predicates if each.id == predicate for gate in each.gates}


def test_an_overlay_of_nothing_is_the_instrument_beneath_under_another_id() -> None:
    assert laid("") == replace(shipped(), id="kemenkes")
    assert laid("title: LKE Kementerian\n").title == Label("LKE Kementerian", "LKE Kementerian")


WAYS = {
    "by id": "items:\n  A.I.1.i.a: {documents: [sk, [notulen, undangan]]}\n",
    "as a list": "items:\n  - {id: A.I.1.i.a, documents: [sk, [notulen, undangan]]}\n",
    "in its node": "nodes: [{id: A.I.1.i, items: [{id: A.I.1.i.a, documents: [sk, [notulen, undangan]]}]}]\n",
    "in the tree": "nodes:\n- id: A\n  children:\n  - id: A.I\n    children:\n    - id: A.I.1\n      children:\n      - id: A.I.1.i\n        items:\n        - {id: A.I.1.i.a, documents: [sk, [notulen, undangan]]}\n",
    "by itself": "nodes: [{id: A.I.1.i.a, documents: [sk, [notulen, undangan]]}]\n",
}


@pytest.mark.parametrize("changes", WAYS.values(), ids=WAYS)
def test_an_item_is_changed_wherever_its_id_stands(changes: str) -> None:
    made = laid(changes)
    by_id, before = {item.id: item for item in made.items()}, {item.id: item for item in shipped().items()}
    changed, old = by_id.pop("A.I.1.i.a"), before.pop("A.I.1.i.a")
    assert by_id == before
    assert changed.documents == (Requirement(("sk",)), Requirement(("undangan", "notulen")))
    # What is required now is no longer helpful.
    assert changed.helpful == tuple(type_ for type_ in old.helpful if type_ not in {"undangan", "notulen"})
    assert replace(changed, documents=old.documents, helpful=old.helpful) == old


def test_the_official_wording_is_laid_over_the_short_one() -> None:
    made = laid("items: {A.I.1.i.b: {question: Apakah …?, criteria: {B: {wording: Jika …}}}}\n")
    (item,) = (each for each in made.items() if each.id == "A.I.1.i.b")
    (old,) = (each for each in shipped().items() if each.id == "A.I.1.i.b")
    assert item.question == Label("Apakah …?", "Apakah …?")
    assert [each.wording for each in item.criteria] == [None, Label("Jika …", "Jika …"), None]
    assert [each.label for each in item.criteria] == [each.label for each in old.criteria]


def test_a_type_keeps_what_is_not_said_of_it() -> None:
    made = laid("document_types: {SK: {names: [ketetapan]}, nota: Nota, notulen: Risalah}\n")
    assert made.document_types["sk"] == shipped().document_types["sk"]
    assert made.type_names["sk"] == ("ketetapan",)
    assert [*made.document_types][:2] == ["sk", "sop"]
    assert [*made.document_types][-1] == "nota"
    assert made.document_types["notulen"] == Label("Risalah", "Risalah")


def test_a_gate_keeps_what_is_not_said_of_it_and_a_new_one_is_added() -> None:
    made = laid(
        "predicates:\n- id: TPI\n  gates:\n  - {id: documents, min: 0.8}\n"
        "  - {id: butir, measure: covered, per: area, areas: [1, 2], node: A.I, min: 0.5}\n"
    )
    gates, before = gates_of(made, "TPI"), gates_of(shipped(), "TPI")
    assert gates["documents"] == replace(before["documents"], minimum=Fraction("0.8"))
    assert (gates["butir"].node, gates["butir"].areas) == ("A.I", (1, 2))
    assert gates_of(made, "WBK") == gates_of(shipped(), "WBK")
    assert [each.label for each in made.predicates] == [each.label for each in shipped().predicates]


def test_a_prerequisite_keeps_what_is_not_said_of_it_and_a_new_one_is_added() -> None:
    changes = "{id: spip, required: {WBK: 4, WBBM: 4}}, {id: survei, of: unit, label: Survei, kind: since, required: {WBK: 0}}"
    made = {each.id: each for each in laid(f"prerequisites: [{changes}]\n").prerequisites}
    before = {each.id: each for each in shipped().prerequisites}
    assert made["spip"] == replace(before["spip"], required={"WBK": Fraction(4), "WBBM": Fraction(4)})
    assert made.pop("survei").label == Label("Survei", "Survei")
    assert {**made, "spip": before["spip"]} == before


def test_a_new_item_is_added_to_its_node() -> None:
    made = laid("nodes:\n- id: A.I.1.i\n  items:\n  - {id: A.I.1.i.c, label: Baru, scale: yes-no}\n")
    (node,) = (each for each in made.aspects() if each.id == "A.I.1.i")
    assert [item.id for item in node.items] == ["A.I.1.i.a", "A.I.1.i.b", "A.I.1.i.c"]
    assert {item.weight for item in node.items} == {Fraction("0.5") / 3}


def test_an_overlay_may_lie_over_another_one() -> None:
    ministry = Source("instruments/kementerian.yaml", HEAD + "items: {A.I.1.i.a: {documents: [sk, foto]}}\n")
    made = laid("items: {A.I.1.i.a: {helpful: [video]}}\n", ministry)
    (item,) = (each for each in made.items() if each.id == "A.I.1.i.a")
    assert ([*map(str, item.documents)], item.helpful) == (["sk", "foto"], ("video",))


@pytest.mark.parametrize(
    ("changes", "sentence", "line"),
    [
        ("items: {A.I.1.i.z: {documents: [sk]}}\n", "instrument-invalid/extends-item", 4),
        ("items:\n- documents: [sk]\n", "instrument-invalid/extends-item", 5),
        ("items: {A.I.1.i.a: {documents: [skk]}}\n", "instrument-invalid/type-unknown", 4),
        ("items: {A.I.1.i.a: {colour: red}}\n", "key-unknown/item", 4),
        ("items: {A.I.1.i.a: {documents: [foto], helpful: [foto]}}\n", "instrument-invalid/helpful-required", 4),
        ("items: {A.I.1.i.a: {helpful: [sk]}}\n", "instrument-invalid/helpful-required", 4),
        ("predicates: [{id: TPI, gates: [{id: documents, min: x}]}]\n", "field-invalid/not-number", 4),
        (
            "predicates: [{id: X, label: X, gates: [{id: a, measure: score, min: 1}]}]\n",
            "instrument-invalid/gate-subject",
            4,
        ),
        ("nodes: [{id: A.9, label: Baru}]\n", "instrument-invalid/children-or-items", 4),
        ("nodes:\n- {id: A.9, items: [{id: A.I.1.i.a, documents: [sk]}]}\n", "instrument-invalid/extends-item", 5),
        ("items: x\n", "field-invalid/not-mapping", 4),
        ("items: {A.I.1.i.a: sk}\n", "field-invalid/not-mapping", 4),
        ("items: {A.I.1.i.a: {documents: {sk: 1}}}\n", "field-invalid/mapping", 4),
        ("nodes: x\n", "field-invalid/not-mapping", 4),
        ("areas: x\n", "field-invalid/not-mapping", 4),
        ("predicates: x\n", "field-invalid/not-mapping", 4),
        ("document_types: [sk]\n", "field-invalid/list-of-keys", 4),
        ("extends: lke-zi-90-2021\n", "key-duplicate", 4),
        ("document_types:\n  nota: N\n  nota: M\n", "key-duplicate", 6),
        ("document_types:\n  surat tugas: N\n  surat_tugas: M\n", "key-duplicate", 6),
        ("document_types: {sk: {names: [a]}}\ndocument_types: {sk: {names: [b]}}\n", "key-duplicate", 5),
        ("items:\n  A.I.1.i.a: {helpful: []}\n  A.I.1.i.a: {match: [x]}\n", "key-duplicate", 6),
        ("items: {A.I.1.i.b: {criteria: {B: x, b: y}}}\n", "key-duplicate", 4),
        ("predicates:\n- id: TPI\n- id: TPI\n", "instrument-invalid/id-twice", 6),
        (
            "predicates:\n- id: TPI\n  gates:\n  - {id: documents, min: 0.5}\n  - {id: documents, min: 1}\n",
            "instrument-invalid/id-twice",
            8,
        ),
        ("predicates: [{id: WBK, gates: [{id: index, areas: [1]}]}]\n", "instrument-invalid/gate-per", 4),
    ],
)
def test_a_fault_stands_where_it_was_written(changes: str, sentence: str, line: int) -> None:
    made, found = instrument_file.read(Source("instruments/kemenkes.yaml", HEAD + changes), (BASE,))
    assert made is None
    assert [(each.sentence, each.place.line, each.code) for each in found] == [(sentence, line, "instrument-invalid")]


BLANK = "items: {A.I.1.i.a: {documents: , weight: , criteria: , inputs: }, A.I.1.i.b: }\ndocument_types: {sk: {id: , names: }, foto: }\n"


@pytest.mark.parametrize(
    "changes",
    [BLANK, "items:\n", "nodes:\n", "areas:\n", "scales:\n", "document_types:\n", "not_names:\n", "title:\n",
     "predicates:\n", "predicates: [{id: TPI, label: , gates: }]\n", "predicates: [{id: TPI, gates: [{id: documents, min: }]}]\n"],
)  # fmt: skip
def test_what_is_left_blank_changes_nothing(changes: str) -> None:
    assert laid(changes) == laid("")


def test_a_choice_is_named_as_in_an_answer() -> None:
    made = laid("items: {A.I.1.i.a: {criteria: {yes: {wording: Jika …}}}, A.I.1.i.b: {criteria: {b: Cukup}}}\n")
    items = {item.id: [(each.choice, each.label.id) for each in item.criteria] for item in made.items()}
    assert items["A.I.1.i.a"] == [("Ya", "ada/sudah"), ("Tidak", "belum")]
    assert items["A.I.1.i.b"][1] == ("B", "Cukup")


def test_a_single_entry_may_stand_for_a_list_in_either_instrument() -> None:
    beneath = Source(
        "instruments/kementerian.yaml", HEAD + "nodes: {id: C, weight: 1, items: {id: C.a, label: C, scale: yes-no}}\n"
    )
    made = laid("items: {C.a: {documents: sk}}\npredicates: {id: TPI, gates: {id: documents, min: 1}}\n", beneath)
    assert [[*map(str, item.documents)] for item in made.items() if item.id == "C.a"] == [["sk"]]
    assert gates_of(made, "TPI")["documents"].minimum == 1


def test_what_many_items_suffer_from_one_change_is_told_once() -> None:
    made, found = instrument_file.read(
        Source("instruments/kemenkes.yaml", HEAD + "scales: {yes-no: {choices: {Ya: 1}}}\n"), (BASE,)
    )
    assert made is None
    assert [each.sentence for each in found] == ["instrument-invalid/criterion-unknown"]


RECORD = {
    "portfolio.yaml": "title: T\nunit: U\ninstrument: instruments/a.yaml\n",
    "records/1-mp/tim.md": "---\ntitle: Tim\ndate: 2023-01-18\nstatus: draft\n---\n",
}


def codes(folder: Path, files: dict[str, str]) -> list[tuple[str, str | None]]:
    outcome = project.read(write(folder, {**RECORD, **files}), on=DAY)
    return [(each.sentence, each.place.file) for each in outcome.diagnostics if each.severity == "error"]


def test_a_portfolio_finds_the_instruments_by_id_from_its_own_folder_and_beside_each_other(tmp_path: Path) -> None:
    over = "schema: catat.instrument/1\nid: {}\nextends: {}\n"
    for number, (first, second) in enumerate((("b.yaml", "lke-zi-90-2021"), ("instruments/b.yaml", "lke-zi-90-2021"))):
        files = {"instruments/a.yaml": over.format("a", first), "instruments/b.yaml": over.format("b", second)}
        assert codes(tmp_path / str(number), files) == []


@pytest.mark.parametrize(
    ("first", "second", "sentence", "file"),
    [
        ("tidak-ada", "lke-zi-90-2021", "instrument-invalid/not-found", "instruments/a.yaml"),
        ("b.yaml", "a.yaml", "instrument-invalid/extends-itself", "instruments/b.yaml"),
        ("a.yaml", "", "instrument-invalid/extends-itself", "instruments/a.yaml"),
    ],
)
def test_an_instrument_that_extends_nothing_or_itself_is_told(
    tmp_path: Path, first: str, second: str, sentence: str, file: str
) -> None:
    over = "schema: catat.instrument/1\nid: {}\nextends: {}\n"
    files = {"instruments/a.yaml": over.format("a", first), "instruments/b.yaml": over.format("b", second)}
    assert codes(tmp_path, files) == [(sentence, file)]


def test_a_fault_of_the_instrument_beneath_stands_in_its_own_file(tmp_path: Path) -> None:
    over = "schema: catat.instrument/1\nid: a\nextends: b.yaml\n"
    beneath = "schema: catat.instrument/1\nid: b\nextends: lke-zi-90-2021\nitems: {A.I.1.i.a: {documents: [x]}}\n"
    files = {"instruments/a.yaml": over, "instruments/b.yaml": beneath}
    assert codes(tmp_path, files) == [("instrument-invalid/type-unknown", "instruments/b.yaml")]
