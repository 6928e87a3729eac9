"""The shipped instrument says what the regulation says; another one works as well; a faulty one is reported."""

from __future__ import annotations

import datetime
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from generator import resources
from generator.build import project
from generator.build.outcome import Outcome
from generator.folding import hyphenated
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.instrument import (
    Choices,
    Decrease,
    Documents,
    Gate,
    Held,
    Instrument,
    Item,
    Label,
    Linear,
    Ratio,
    Score,
    Share,
    choice_named,
    decimal,
)
from generator.readiness.bases import ByBasis
from generator.readiness.readiness import Readiness
from generator.reading import instrument_file as reading
from tests.support.builders import front_matter, pdf, write, yaml_of

OTHER = Path(__file__).parents[1] / "instruments" / "akreditasi.yaml"


@cache
def shipped() -> Instrument:
    made, found = reading.read(
        Source("lke.yaml", resources.instruments()["lke-zi-90-2021"].read_text(encoding="utf-8"))
    )
    assert found == ()
    assert made is not None
    return made


def scale_name(item: Item) -> str:
    match item.scale:
        case Choices(values):
            return "/".join(name for name, _ in values)
        case Ratio():
            return "ratio"
        case Decrease():
            return "decrease"
        case Linear(maximum):
            return f"0-{maximum}"


def weight_of(identifier: str) -> Fraction:
    return next(each.weight for each in shipped().aspects() if each.id == identifier)


# The shipped instrument (PermenPANRB 90/2021)


def test_it_has_the_113_items_of_the_regulation_on_their_scales() -> None:
    assert Counter(scale_name(item) for item in shipped().items()) == {
        "Ya/Tidak": 17, "A/B/C": 36, "A/B/C/D": 33, "A/B/C/D/E": 17, "ratio": 7, "decrease": 1, "0-4": 2,
    }  # fmt: skip
    assert len({item.id.casefold() for item in shipped().items()}) == 113


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Ya/Tidak", "1 0"),
        ("A/B/C", "1 1/2 0"),
        ("A/B/C/D", "1 67/100 33/100 0"),
        ("A/B/C/D/E", "1 3/4 1/2 1/4 0"),
    ],
)
def test_a_letter_is_worth_exactly_what_the_sheet_says(name: str, values: str) -> None:
    scales = {item.scale for item in shipped().items() if scale_name(item) == name}
    assert len(scales) == 1
    (scale,) = scales
    assert isinstance(scale, Choices)
    assert [value for _, value in scale.values] == [Fraction(value) for value in values.split()]


@pytest.mark.parametrize(
    ("area", "fulfilment", "fulfilment_items", "reform", "reform_items"),
    [
        (1, "4", 12, "4", 4),
        (2, "3.5", 9, "3.5", 6),
        (3, "5", 18, "5", 3),
        (4, "5", 11, "5", 3),
        (5, "7.5", 18, "7.5", 4),
        (6, "5", 19, "5", 3),
    ],
)
def test_an_area_weighs_what_the_regulation_gives_it(
    area: int, fulfilment: str, fulfilment_items: int, reform: str, reform_items: int
) -> None:
    for aspect, weight, count in (("A.I", fulfilment, fulfilment_items), ("A.II", reform, reform_items)):
        inside = [item for item in shipped().items() if item.id.startswith(f"{aspect}.{area}.")]
        assert len(inside) == count
        assert {item.area for item in inside} == {area}
        assert sum(item.weight for item in inside) == weight_of(f"{aspect}.{area}") == Fraction(weight)
    of_area = [item for item in shipped().items() if item.area == area]
    assert sum(item.weight for item in of_area) == (8, 7, 10, 10, 15, 10)[area - 1]


def test_the_weights_add_up_to_a_hundred() -> None:
    assert [weight_of(each) for each in ("A.I", "A.II", "A", "B.I", "B.II", "B")] == [
        30, 30, 60, Fraction("22.5"), Fraction("17.5"), 40,
    ]  # fmt: skip
    assert sum(item.weight for item in shipped().items()) == 100
    assert [top.id for top in shipped().tree] == ["A", "B"]
    by_id = {item.id: item for item in shipped().items()}
    assert [by_id[each].weight for each in ("B.I.a", "B.I.b", "B.II.a")] == [Fraction("17.5"), 5, Fraction("17.5")]
    assert {by_id[each].area for each in ("B.I.a", "B.I.b", "B.II.a")} == {None}


def test_items_of_a_sub_area_share_its_weight_equally() -> None:
    for aspect in shipped().aspects():
        if aspect.items and aspect.id.startswith("A"):
            assert {item.weight for item in aspect.items} == {aspect.weight / len(aspect.items)}, aspect.id


def test_every_weight_of_a_node_is_the_sum_of_its_parts() -> None:
    for aspect in shipped().aspects():
        weights = [each.weight for each in aspect.children] + [each.weight for each in aspect.items]
        assert aspect.weight == sum(weights), aspect.id


def test_ids_follow_the_tree() -> None:
    for aspect in shipped().aspects():
        for identifier in [each.id for each in aspect.children] + [each.id for each in aspect.items]:
            assert identifier.rsplit(".", 1)[0] == aspect.id


def test_it_requires_145_documents_of_its_52_types() -> None:
    types = shipped().document_types
    assert len(types) == 52
    assert all(hyphenated(name) == name for name in types)
    assert sum(map(len, shipped().type_names.values())) == 254
    assert sum(len(item.documents) for item in shipped().items()) == 145
    named = {type_ for item in shipped().items() for each in item.documents for type_ in each.types}
    assert named | {type_ for item in shipped().items() for type_ in item.helpful} <= set(types)
    assert all(item.documents for item in shipped().items())


def test_every_question_of_portalrb_is_that_of_one_item_or_input() -> None:
    asked = [each.portalrb for item in shipped().items() for each in (item.inputs or (item,))]
    assert sorted(number for number in asked if number is not None) == [*range(1, 128)]
    assert len(asked) == 127


def test_everything_is_labelled_in_both_languages() -> None:
    made = shipped()
    labels: list[Label] = [
        made.title,
        *made.document_types.values(),
        *(area.label for area in made.areas),
        *(aspect.label for aspect in made.aspects()),
        *(item.label for item in made.items()),
        *(each.label for item in made.items() for each in item.criteria),
        *(each.label for item in made.items() for each in item.inputs),
        *(predicate.label for predicate in made.predicates),
    ]
    assert [each for each in labels if not each.id.strip() or not each.en.strip()] == []
    # A wording given in one language stands for both: a whole sentence that is the same in both was not translated.
    same = {item.label.id for item in made.items() if item.label.id == item.label.en}
    assert same == set()
    assert len({item.label.id for item in made.items()}) == len({item.label.en for item in made.items()}) == 113


def test_every_choice_has_a_criterion_in_the_order_of_its_scale() -> None:
    for item in shipped().items():
        names = [name for name, _ in item.scale.values] if isinstance(item.scale, Choices) else []
        assert [each.choice for each in item.criteria] == names, item.id


def test_the_areas_are_the_six_of_the_regulation() -> None:
    assert [(area.number, area.code, area.folder) for area in shipped().areas] == [
        (1, "MP", "1-manajemen-perubahan"), (2, "TT", "2-tatalaksana"), (3, "SDM", "3-sdm"),
        (4, "AK", "4-akuntabilitas"), (5, "PW", "5-pengawasan"), (6, "PP", "6-pelayanan-publik"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "roles"),
    [
        ("A.II.1.i.a", {"n_agen": "over", "n_perubahan": "of"}),
        ("A.II.1.i.b", {"n_perubahan": "over", "n_terintegrasi": "of"}),
        ("A.II.3.iii.a", {"n_lalu": "before", "n_ini": "now", "n_sanksi": "info"}),
        ("A.II.4.i.a", {"n_sasaran": "over", "n_tercapai": "of"}),
        ("A.II.5.ii.a", {"n_wajib": "over", "n_proses": "info", "n_selesai": "of"}),
        ("A.II.5.iii.a", {"n_kepala": "over", "n_pejabat": "over", "n_lainnya": "over", "n_lapor": "of"}),
        ("A.II.5.iii.b", {"n_eselon3": "over", "n_eselon4": "over", "n_staf": "over", "n_lapor": "of"}),
        ("A.II.6.i.b", {"n_terdata": "over", "n_dipermudah": "of"}),
    ],
)
def test_a_counted_item_asks_for_what_its_formula_needs(item: str, roles: dict[str, str]) -> None:
    (found,) = (each for each in shipped().items() if each.id == item)
    assert {each.key: each.role for each in found.inputs} == roles


def test_only_counted_items_have_inputs() -> None:
    counted = {item.id for item in shipped().items() if isinstance(item.scale, Ratio | Decrease)}
    assert {item.id for item in shipped().items() if item.inputs} == counted
    assert len(counted) == 8


def gates_of(predicate: str) -> dict[str, Gate]:
    (found,) = (each for each in shipped().predicates if each.id == predicate)
    made = {gate.id: gate for gate in found.gates}
    assert len(made) == len(found.gates)
    return made


def test_it_has_three_predicates_and_aims_at_wbk() -> None:
    assert [each.id for each in shipped().predicates] == ["TPI", "WBK", "WBBM"]
    assert shipped().default_target().id == "WBK"


THRESHOLDS = [
    # subject, WBK, WBBM: PermenPANRB 90/2021, pages 52-53 and table 6
    ("index", "75", "85"),
    ("A", "40", "48"),
    ("B.I", "18.25", "19.5"),
    ("B.I.a", "15.75", "15.75"),
    ("B.I.b", "2.5", "3.75"),
    ("B.II", "14", "15.75"),
]


@pytest.mark.parametrize(("node", "wbk", "wbbm"), THRESHOLDS)
def test_a_score_threshold_is_the_regulation_s(node: str, wbk: str, wbbm: str) -> None:
    for predicate, minimum in (("WBK", wbk), ("WBBM", wbbm)):
        (gate,) = (each for each in gates_of(predicate).values() if each.node == node)
        assert (gate.measure, gate.minimum) == (Score(), Fraction(minimum))


@pytest.mark.parametrize(("predicate", "minimum"), [("WBK", "0.6"), ("WBBM", "0.75")])
def test_each_of_the_six_areas_has_its_share_to_reach(predicate: str, minimum: str) -> None:
    gate = gates_of(predicate)["area-share"]
    assert (gate.measure, gate.areas, gate.minimum, gate.node) == (Share(), (1, 2, 3, 4, 5, 6), Fraction(minimum), None)


@pytest.mark.parametrize("predicate", ["TPI", "WBK", "WBBM"])
def test_documents_are_asked_for_in_areas_one_to_four(predicate: str) -> None:
    gate = gates_of(predicate)["documents"]
    assert (gate.measure, gate.areas, gate.minimum) == (Documents(), (1, 2, 3, 4), Fraction("0.6"))


def test_no_predicate_has_a_gate_that_the_table_does_not_name() -> None:
    assert len(gates_of("TPI")) == 1
    assert len(gates_of("WBK")) == 2 + len(THRESHOLDS)
    assert len(gates_of("WBBM")) == 3 + len(THRESHOLDS)
    assert [gate.measure for gate in gates_of("WBBM").values() if isinstance(gate.measure, Held)] == [Held("WBK")]


# A quite different instrument

DAY = datetime.date(2023, 6, 30)


def accreditation(folder: Path, **settings: object) -> Outcome:
    """A portfolio for the accreditation of a library; the figures it leads to are worked out beside the tests."""
    write(
        folder,
        {
            "portfolio.yaml": yaml_of(title="Akreditasi", unit="U", instrument="instruments/a.yaml", **settings),
            "instruments/a.yaml": OTHER.read_text(encoding="utf-8"),
            "records/1-koleksi/katalog.md": front_matter(
                title="Katalog", date="2023-02-01", items=["1.1.1.a", "1.2.a"],
                evidence=[
                    {"file": "evidence/katalog.pdf", "type": "Daftar Koleksi", "items": ["1.1.1.a"]},
                    {"file": "evidence/2022.pdf", "items": ["1.2.a"]},
                ],
            ),
            "records/2-layanan/ruang-baca.md": front_matter(
                title="Ruang baca", date="2023-03-01", items=["2.1.a", "2.1.b"],
                evidence=[{"file": "evidence/ruang.pdf", "type": "foto"}],
            ),
            "assessment/1.md": "---\nanswers:\n  1.1.1.a: B\n  1.1.1.b: 8,5\n"
            "  1.2.a: {inputs: {seluruh: 120, baru: 30}}\n  1.2.b: SB\n---\n",
            "assessment/2.md": "---\njawaban:\n  2.1.a: C\n  2.1.b: 10\n  2.2.a:\n  3.1.a: K\n  3.1.b: 12/10\n---\n",
            "findings/1.md": front_matter(item="1.1.1.a", date="2023-04-01", answer="C"),
            "findings/2.md": front_matter(item="2.1.a", date="2023-04-01", answer="B"),
            "findings/3.md": front_matter(item="2.1.a", date="2023-04-02", answer="SB"),
            "findings/4.md": front_matter(item="2.1.a", date="2023-07-01", answer="K"),
            **{f"evidence/{name}.pdf": pdf(name) for name in ("katalog", "2022", "ruang")},
        },
    )  # fmt: skip
    return project.read(folder, on=DAY)


def assessed(outcome: Outcome) -> Readiness:
    assert [each for each in outcome.diagnostics if each.severity == "error"] == []
    assert outcome.readiness is not None
    return outcome.readiness


def test_another_instrument_gives_the_figures_worked_out_by_hand(tmp_path: Path) -> None:
    found = assessed(accreditation(tmp_path))
    # Weights: 1.2 weighs 5, so its two items 2.5 each; 2 weighs 8, so 2.1 and 2.2 weigh 4 each, and the items of 2.1
    # 2 each. P = 3 + 2 + 5 + 8 + 1.5 + 0.5 = 20.
    assert found.index.weight == found.nodes["P"].weight == 20
    weights = {"1": 10, "1.1": 5, "1.1.1": 5, "1.2": 5, "2": 8, "2.1": 4, "2.2": 4, "3": 2, "3.1": 2}
    assert {name: found.nodes[name].weight for name in weights} == weights
    # Claimed: 0.75*3 + 0.85*2 + 30/120*2.5 + 1*2.5 + 0.5*2 + 1*2 + 0 (blank) + 0.25*1.5 + 1 (12/10, capped)*0.5
    claimed = {
        "1.1.1.a": "2.25", "1.1.1.b": "1.7", "1.2.a": "0.625", "1.2.b": "2.5", "2.1.a": "1", "2.1.b": "2",
        "2.2.a": "0", "3.1.a": "0.375", "3.1.b": "0.5",
    }  # fmt: skip
    assert {each.item.id: each.scores.claimed for each in found.items} == {
        name: Fraction(value) for name, value in claimed.items()
    }
    assert found.index.scores.claimed == Fraction("10.95")
    # Supported: without 1.1.1.b (no document) and 3.1.a (no document); 1.2.b and 3.1.b expect none.
    assert found.index.scores.supported == Fraction("10.95") - Fraction("1.7") - Fraction("0.375")
    # Assessed: C on 1.1.1.a = 1.5, the newer SB on 2.1.a = 2; the finding of July is not there yet.
    assert found.index.scores.assessed == Fraction("3.5")
    standing = {name: found.nodes[name].scores.each() for name in ("1", "1.1", "2", "3")}
    assert standing == {
        "1": (Fraction("7.075"), Fraction("5.375"), Fraction("1.5")),
        "1.1": (Fraction("3.95"), Fraction("2.25"), Fraction("1.5")),
        "2": (3, 3, 2),
        "3": (Fraction("0.875"), Fraction("0.5"), 0),
    }


def test_another_instrument_counts_its_own_documents(tmp_path: Path) -> None:
    found = assessed(accreditation(tmp_path))
    # 1.1.1.a 1 of 1; 1.1.1.b 0 of 2; 1.2.a 0 of 1 (its document has no type); 1.2.b none required;
    # 2.1.a 1 of 1; 2.1.b 1 of 2 (the photograph); 2.2.a 0 of 1; 3.1.a 0 of 1; 3.1.b none expected.
    coverage = {
        name: (standing.coverage.fulfilled, standing.coverage.expected) for name, standing in found.nodes.items()
    }
    assert coverage == {
        "P": (3, 9), "1": (1, 4), "1.1": (1, 3), "1.1.1": (1, 3), "1.2": (0, 1),
        "2": (2, 4), "2.1": (2, 3), "2.2": (0, 1), "3": (0, 1), "3.1": (0, 1),
    }  # fmt: skip
    by_area = {number: (s.coverage.fulfilled, s.coverage.expected) for number, s in found.areas.items()}
    assert by_area == {1: (1, 4), 2: (2, 4), 3: (0, 1)}
    assert [*map(str, found.item("2.1.b").missing)] == ["kebijakan-tertulis"]


def test_another_instrument_has_predicates_of_its_own(tmp_path: Path) -> None:
    found = assessed(accreditation(tmp_path))
    assert found.target.predicate.id == "B"  # the first with a gate on a score, though A comes first
    rows = [(row.gate.id, row.area, row.value.each(), row.passed.each()) for row in found.predicate("A").gates]
    assert rows == [
        ("dokumen-jumlah", None, (Fraction(1, 3),) * 3, (False,) * 3),
        ("dokumen-layanan", None, (Fraction(1, 2),) * 3, (True,) * 3),
        ("layanan", None, (Fraction(3, 8), Fraction(3, 8), Fraction(1, 4)), (False,) * 3),
        ("mutu-buku", None, (Fraction(3, 4), Fraction(3, 4), Fraction(1, 2)), (True, True, False)),
        ("sudah-b", None, (0, 0, 0), (False,) * 3),
    ]
    per_area = [(row.gate.id, row.area, row.value.claimed, row.passed.each()) for row in found.predicate("B").gates]
    # area 1: 7.075 of 10, supported 5.375, assessed 1.5; area 3: 0.875 of 2, supported 0.5
    assert per_area == [
        ("nilai", None, Fraction("10.95"), (True, False, False)),
        ("tenaga-dan-koleksi", 1, Fraction("0.7075"), (True, True, False)),
        ("tenaga-dan-koleksi", 3, Fraction("0.4375"), (True, False, False)),
    ]
    assert found.predicate("B").met == ByBasis(True, False, False)


def test_another_instrument_knows_what_is_held(tmp_path: Path) -> None:
    found = assessed(accreditation(tmp_path, held=["B"], target="A"))
    assert found.target.predicate.id == "A"
    assert found.target.gates[-1].passed == ByBasis(True, True, True)


def test_a_label_in_one_language_stands_for_both_and_a_node_without_one_is_called_by_its_id(tmp_path: Path) -> None:
    portfolio = assessed(accreditation(tmp_path)).portfolio
    labels = {aspect.id: aspect.label for aspect in portfolio.instrument.aspects()}
    assert labels["3"] == Label("3", "3")
    (item,) = (each for each in portfolio.instrument.items() if each.id == "2.1.a")
    assert item.label.in_("en") == item.label.in_("id") == "Kenyamanan"
    assert [area.number for area in portfolio.instrument.areas] == [1, 2, 3]
    assert portfolio.instrument.areas[2].folder == "3"


# Faulty instruments

SOUND = """\
schema: catat.instrument/1
id: ours
title: Ours
scales:
  abc: {choices: {A: 1, B: 0.5, C: 0}}
  mark: {kind: linear, max: 4}
  ratio: {kind: ratio}
  fall: {kind: decrease}
document_types:
  sk: Decree
  foto: Photo
areas:
- {number: 1, label: One}
- {number: 2, label: Two}
nodes:
- id: A
  label: All
  weight: 10
  children:
  - id: A.1
    area: 1
    weight: 6
    items:
    - {id: A.1.a, label: First, scale: abc, documents: [sk], criteria: {A: all, B: some, C: none}}
    - {id: A.1.b, label: Second, scale: mark, documents: [foto]}
  - id: A.2
    area: 2
    weight: 4
    items:
    - id: A.2.a
      label: Third
      scale: ratio
      weight: 4
      inputs: [{key: n_all, role: over, portalrb: 7}, {key: n_done, role: of}]
predicates:
- id: GOOD
  label: Good
  gates:
  - {id: index, measure: score, node: index, min: 7.5}
  - {id: per-area, measure: share, per: area, min: 0.6}
- id: BEST
  label: Best
  gates:
  - {id: before, measure: held, predicate: GOOD}
"""

NO_GATES = "  gates:\n  - {id: before, measure: held, predicate: GOOD}\n"


def read(text: str) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
    return reading.read(Source("instruments/ours.yaml", text))


def changed(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


def test_the_sound_instrument_of_these_tests_is_sound() -> None:
    made, found = read(SOUND)
    assert found == ()
    assert made is not None
    assert [(item.id, item.weight) for item in made.items()] == [("A.1.a", 3), ("A.1.b", 3), ("A.2.a", 4)]


FAULTS: list[tuple[str, str, str, str, str]] = [
    # what is wrong, the sound text, the faulty one, its wording (`/` stands for the code's own), what the line holds
    ("another schema", "instrument/1", "instrument/2", "/schema", "schema:"),
    ("no schema", "schema: catat.instrument/1\n", "", "field-missing/one-name", "id: ours"),
    ("no id", "id: ours\n", "", "field-missing/one-name", "schema:"),
    ("an id that is no file name", "id: ours", "id: our/s", "field-invalid/identifier", "our/s"),
    ("an id that climbs", "id: A.1.a,", "id: ../a,", "field-invalid/identifier", "../a"),
    ("an id that ends in a dot", "id: A.1.a,", "id: A.1.,", "field-invalid/identifier", "A.1.,"),
    ("no title", "title: Ours\n", "", "field-missing/one-name", "schema:"),
    ("a label that says nothing", "label: All", "label: {}", "field-invalid/label", "label: {}"),
    ("a label in another language", "label: All", "label: {id: Semua, fr: Tout}", "key-unknown/label", "fr: Tout"),
    ("a key that is none", "title: Ours", "title: Ours\ncolour: red", "key-unknown/instrument", "colour"),
    ("a key twice", "id: ours", "id: ours\nid: theirs", "key-duplicate", "theirs"),
    ("no YAML", "scales:", "scales: [", "front-matter-syntax/bracket", ""),
    ("no mapping", SOUND, "- 1\n- 2\n", "field-invalid/list-of-keys", "- 1"),
    ("scales as a list", "  ratio: {kind: ratio}\n", "  ratio: [x]\n", "field-invalid/list-of-keys", "ratio: [x]"),
    ("a kind of scale that is none", "kind: decrease", "kind: fall", "field-invalid/choice", "kind: fall"),
    ("a scale of nothing", "fall: {kind: decrease}", "fall: {}", "/scale-choices", "fall:"),
    ("a scale without choices", "fall: {kind: decrease}", "fall: {kind: choices}", "/scale-choices", "fall:"),
    ("a scale with no choices", "fall: {kind: decrease}", "fall: {choices: {}}", "/scale-choices", "fall:"),
    ("choices as a list", "choices: {A: 1, B: 0.5, C: 0}", "choices: [A, B]", "field-invalid/list-of-keys", "[A, B]"),
    ("a linear scale without an end", ", max: 4", "", "/scale-max", "mark:"),
    ("a linear scale that ends at nothing", "max: 4", "max: 0", "/scale-max", "mark:"),
    ("a linear scale that ends below nothing", "max: 4", "max: -4", "field-invalid/not-number", "mark:"),
    ("a choice above 1", "B: 0.5,", "B: 5,", "/choice-value", "B: 5"),
    ("a choice below 0", "B: 0.5,", "B: -0.5,", "/choice-value", "B: -0.5"),
    ("a choice worth a word", "B: 0.5,", "B: half,", "/choice-value", "B: half"),
    ("a choice twice", "B: 0.5,", "B: 0.5, B: 0.4,", "key-duplicate", "B: 0.4"),
    ("a document type twice", "  foto: Photo", "  foto: Photo\n  SK: Photo", "/type-twice", "SK:"),
    ("an area twice", "label: Two}", "label: Two}\n- {number: 1, label: Three}", "/area-twice", "Three"),
    ("an area without a number", "{number: 2,", "{number: two,", "field-invalid/not-integer", "two"),
    ("an area that there is not", "    area: 2\n", "    area: 5\n", "/area-unknown", "area: 5"),
    ("no nodes", SOUND[SOUND.index("nodes:") : SOUND.index("predicates:")], "nodes: []\n", "/empty", ""),
    ("no predicates", SOUND[SOUND.index("predicates:") :], "predicates: []\n", "/empty", ""),
    ("an id twice", "id: A.1.b", "id: A.1.A", "/id-twice", "A.1.A"),
    ("a node called index", "- id: A.2\n", "- id: index\n", "/id-twice", "id: index"),
    ("a node and an item of one id", "id: A.2.a", "id: A.2", "/id-twice", ""),
    ("a node of nothing", "  children:\n", "  children:\n  - {id: A.3, weight: 0}\n", "/children-or-items", "A.3"),
    ("a node of children and items", "  children:\n", "  items: [{}]\n  children:\n", "/children-or-items", "id: A"),
    ("parts that weigh too much", "    weight: 6\n", "    weight: 7\n", "/weights", "weight: 10"),
    ("items that weigh too little", "      weight: 4\n", "      weight: 3.999999\n", "/weights", "    weight: 4"),
    ("a weight below nothing", "    weight: 6\n", "    weight: -6\n", "field-invalid/not-number", "weight: -6"),
    ("an item without a weight", "{id: A.1.a,", "{id: A.1.a, weight: 6,", "/weight-missing", "A.1.b"),
    ("an item without a label", "label: First, ", "", "field-missing/one-name", "A.1.a"),
    ("an item without a scale", "label: First, scale: abc,", "label: First,", "field-missing/one-name", "A.1.a"),
    ("a scale that there is not", "scale: mark", "scale: marks", "/scale-unknown", "marks"),
    ("a type that there is not", "documents: [foto]", "documents: [photo]", "/type-unknown", "photo"),
    ("a group of types that is empty", "documents: [foto]", "documents: [foto, []]", "field-invalid/group-empty", "[]"),
    ("a group in a group", "documents: [foto]", "documents: [[sk, [foto]]]", "field-invalid/list", "[[sk, [foto]]]"),
    ("a group in a group alone", "documents: [foto]", "documents: [[[sk]]]", "field-invalid/list", "[[[sk]]]"),
    ("required documents by keys", "documents: [foto]", "documents: {foto: 1}", "field-invalid/mapping", "{foto: 1}"),
    ("a required document by keys", "documents: [foto]", "documents: [{foto: 1}]", "field-invalid/mapping", "[{foto: 1}]"),
    ("a required document of no name", "documents: [foto]", 'documents: [""]', "field-invalid/blank", '[""]'),
    ("types as a list", "  foto: Photo", "  foto: [Photo]", "field-invalid/list", "[Photo]"),
    ("a criterion twice", "C: none}", "C: none, c: nothing}", "key-duplicate", "c: nothing"),
    ("a helpful type that is required", "documents: [foto]", "documents: [foto], helpful: [foto]", "/helpful-required", "A.1.b"),
    ("a helpful type that there is not", "documents: [foto]", "helpful: [photo]", "/type-unknown", "photo"),
    ("a number of PortalRB twice", "{key: n_done,", "{portalrb: 7, key: n_done,", "/portalrb-twice", "n_done"),
    ("a bar in a type", "  foto: Photo", "  'foto|sk': Photo\n  foto: Photo", "/type-bar", "foto|sk"),
    ("items outside of nodes", "title: Ours", "title: Ours\nitems: {A.1.a: {documents: [sk]}}", "/items-alone", "items:"),
    ("a criterion of no choice", "C: none}", "D: none}", "/criterion-unknown", "D: none"),
    ("a ratio of nothing", ", {key: n_done, role: of}", "", "/roles", "A.2.a"),
    ("an input with another role", "role: of}", "role: from}", "field-invalid/choice", "role: from"),
    ("an input twice", "key: n_done", "key: n_all", "/id-twice", "n_all, role: of"),
    ("a predicate twice", "- id: BEST", "- id: good", "/id-twice", "good"),
    ("a predicate without gates", NO_GATES, "", "field-missing/one-name", "BEST"),
    ("a gate without an id", "{id: index, ", "{", "field-missing/one-name", "min: 7.5"),
    ("a measure that there is not", "measure: score", "measure: points", "field-invalid/choice", "points"),
    ("a gate without a minimum", ", min: 7.5", "", "/gate-min", "id: index"),
    ("a minimum that is no number", "min: 7.5", "min: high", "field-invalid/not-number", "high"),
    ("a gate on nothing", "node: index, ", "", "/gate-subject", "id: index"),
    ("a gate on nothing", "node: index, ", "", "/gate-subject", "id: index"),
    ("a gate of areas and of a node as a whole", "node: index,", "node: index, areas: [1],", "/gate-per", "areas: [1]"),
    ("a gate twice", "{id: index, ", "{id: index, measure: score, node: A, min: 1}\n  - {id: index, ", "/id-twice", "min: 7.5"),
    ("a gate on a node that there is not", "node: index,", "node: A.9,", "/gate-node", "A.9"),
    ("a gate on an area that there is not", "per: area,", "per: area, areas: [1, 7],", "/area-unknown", "7"),
    ("a gate on a predicate that there is not", "predicate: GOOD", "predicate: BETTER", "/gate-predicate", "BETTER"),
    ("a gate on no predicate", ", predicate: GOOD", "", "/gate-predicate", "before"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wording", "at"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_is_told_once_where_it_stands(old: str, new: str, wording: str, at: str) -> None:
    text = changed(old, new)
    made, found = read(text)
    assert made is None
    sentence = f"instrument-invalid{wording}" if wording.startswith("/") else wording
    assert [(each.code, each.sentence) for each in found] == [("instrument-invalid", sentence)]
    line = found[0].place.line
    assert line is not None
    assert at in text.splitlines()[line - 1]


@pytest.mark.parametrize("row", FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_is_instrument_invalid_with_a_line(row: tuple[str, str, str, str, str]) -> None:
    made, found = read(changed(row[1], row[2]))
    assert made is None
    assert {each.code for each in found} == {"instrument-invalid"}
    for each in found:
        assert each.place.file == "instruments/ours.yaml"
        assert each.place.line is not None
        for language in ("en", "id"):
            assert each.message(language)
            assert each.hint(language)


@pytest.mark.parametrize(
    "gates", ["gates: []", "gates:", "gates: [{id: x, measure: documents, per: area, areas: [], min: 1}]"]
)
def test_a_predicate_with_nothing_to_pass_is_told_of(gates: str) -> None:
    made, found = read(changed(NO_GATES, f"  {gates}\n"))
    assert made is None
    assert {each.code for each in found} == {"instrument-invalid"}


@pytest.mark.parametrize("measure", ["score", "share", "documents"])
def test_a_gate_per_area_needs_areas(measure: str) -> None:
    text = changed("areas:\n- {number: 1, label: One}\n- {number: 2, label: Two}\n", "")
    text = (
        text.replace("    area: 1\n", "").replace("    area: 2\n", "").replace("measure: share", f"measure: {measure}")
    )
    made, found = read(text)
    assert made is None
    assert {each.sentence for each in found} == {"instrument-invalid/gate-areas"}


def test_an_empty_file_is_no_instrument() -> None:
    for text in ("", "# nothing\n", "---\n"):
        made, found = read(text)
        assert made is None
        assert {each.code for each in found} == {"instrument-invalid"}
        assert None not in {each.place.line for each in found}


def test_all_faults_of_a_file_are_told_together() -> None:
    text = (
        SOUND.replace("scale: mark", "scale: marks")
        .replace("documents: [foto]", "documents: [poto]")
        .replace("min: 0.6", "min: x")
    )
    made, found = read(text)
    assert made is None
    assert {each.sentence for each in found} >= {
        "instrument-invalid/scale-unknown", "instrument-invalid/type-unknown", "field-invalid/not-number",
    }  # fmt: skip
    suggested = {each.sentence: each.suggestion for each in found}
    assert suggested["instrument-invalid/scale-unknown"] == "mark"
    assert suggested["instrument-invalid/type-unknown"] == "foto"


def test_an_instrument_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"portfolio.yaml": "title: T\nunit: U\ninstrument: lke-zi-90-2022\n"})
    outcome = project.read(tmp_path, on=DAY)
    (found,) = outcome.diagnostics
    assert (found.code, found.place.file, found.place.line) == ("instrument-invalid", "portfolio.yaml", 3)
    assert found.suggestion == "lke-zi-90-2021"
    assert outcome.failed


def test_a_faulty_instrument_of_a_portfolio_is_told_under_its_own_name(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "portfolio.yaml": "title: T\nunit: U\ninstrument: instruments/ours.yaml\n",
            "instruments/ours.yaml": changed("measure: score", "measure: points"),
            "instruments/unused.yaml": "nothing of an instrument",
        },
    )
    (found,) = project.read(tmp_path, on=DAY).diagnostics
    assert (found.code, found.place.file, found.place.line) == ("instrument-invalid", "instruments/ours.yaml", 39)


# Names


@pytest.mark.parametrize(
    "written", ["daftar-hadir", "Daftar Hadir", "DAFTAR_HADIR", " daftar  hadir ", "daftar-_hadir"]
)
def test_types_are_compared_without_regard_to_case_with_spaces_as_hyphens(written: str) -> None:
    assert hyphenated(written) == "daftar-hadir"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ya", "Ya"),
        ("yes", "Ya"),
        ("Yes", "Ya"),
        ("TRUE", "Ya"),
        ("no", "Tidak"),
        ("False", "Tidak"),
        ("on", None),
        ("1", None),
    ],
)
def test_yaml_s_own_words_mean_yes_and_no(written: str, meant: str | None) -> None:
    assert choice_named(written, ["Ya", "Tidak"]) == meant


def test_yaml_s_own_words_mean_nothing_on_another_scale() -> None:
    assert choice_named("yes", ["A", "B"]) is None
    assert choice_named("yes", ["yes", "no"]) == "yes"


@pytest.mark.parametrize(
    ("value", "written"),
    [("60", "60"), ("0.25", "0.25"), ("1/3", "0.333333"), ("0", "0"), ("7.5", "7.5"), ("100", "100")],
)
def test_a_weight_is_written_with_the_decimals_it_has(value: str, written: str) -> None:
    assert decimal(Fraction(value)) == written
