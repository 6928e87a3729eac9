"""The JSON Schemas accept what the checks accept, and refuse what they refuse, in every case and in the sample."""

from __future__ import annotations

import datetime
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator import resources
from generator.authoring.new_portfolio import shipped
from generator.editor import schemas
from generator.incremental.steps import Steps
from generator.messages import source
from generator.messages.diagnostics import Diagnostic
from generator.model.instrument import Instrument
from generator.model.text import Span
from generator.reading import front_matter, instrument_file, nodes
from generator.reading.nodes import Mapping, Node, Scalar, Sequence
from generator.rules import RULES
from tests.commands.test_commands import catat
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support import casefiles
from tests.support.plans import read_with

ON = datetime.date(2023, 6, 30)
PATHS = sorted(casefiles.CASES.glob("*.txt"))
STEPS = Steps()

SHAPE_CODES = {
    "key-duplicate",
    "settings-invalid",
    "instrument-invalid",
    "key-unknown",
    "field-missing",
    "field-invalid",
    "date-invalid",
    "item-unknown",
    "type-unknown",
    "answer-invalid",
    "area-unknown",
    "text-misplaced",
}
"""What is wrong with the shape of a file: the rest is about other files, or about what YAML itself cannot say."""

ELSEWHERE = "what is compared lies on the disk, not in the file"
TWO_VALUES = "one value is compared with another"
TWO_PLACES = "one part of the file names another"
BEYOND_A_SCHEMA = {
    "area-unknown/folder": ELSEWHERE,
    "area-unknown/none": ELSEWHERE,
    "area-unknown/results": ELSEWHERE,
    "instrument-invalid/not-found": ELSEWHERE,
    "settings-invalid/prerequisite-kind": TWO_VALUES,
    "settings-invalid/root-missing": ELSEWHERE,
    "settings-invalid/root-taken": ELSEWHERE,
    "date-invalid/end-first": TWO_VALUES,
    "field-invalid/not-narrower": TWO_VALUES,
    "field-invalid/bullets": "a text may begin with any mark; that it stands for a list's is known by its key",
    "instrument-invalid/weights": TWO_VALUES,
    "instrument-invalid/area-twice": TWO_PLACES,
    "instrument-invalid/area-unknown": TWO_PLACES,
    "instrument-invalid/criterion-unknown": TWO_PLACES,
    "instrument-invalid/extends-item": ELSEWHERE,
    "instrument-invalid/extends-itself": ELSEWHERE,
    "instrument-invalid/helpful-required": TWO_PLACES,
    "instrument-invalid/portalrb-twice": TWO_PLACES,
    "instrument-invalid/gate-areas": TWO_PLACES,
    "instrument-invalid/id-twice": TWO_PLACES,
    "instrument-invalid/prerequisite-predicate": TWO_PLACES,
    "instrument-invalid/prerequisite-required": TWO_PLACES,
    "instrument-invalid/prerequisite-scale": TWO_VALUES,
    "instrument-invalid/roles": TWO_PLACES,
    "instrument-invalid/scale-unknown": TWO_PLACES,
    "instrument-invalid/type-twice": TWO_PLACES,
    "instrument-invalid/type-unknown": TWO_PLACES,
    "instrument-invalid/weight-missing": TWO_PLACES,
    "answer-invalid/count": "YAML makes the whole number 13 of 13.000 before a schema sees it",
    "key-duplicate": "a key written twice is gone before a schema sees it; the language server tells it by itself",
    "field-invalid/degree": "which words are degrees is no matter of form",
}
"""Mistakes that the checks tell and a schema cannot, each with the reason."""

INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def as_json(node: Node | None) -> Any:
    """Return what the language server takes YAML for: the core schema of YAML 1.2."""
    match node:
        case None:
            return None
        case Mapping(entries):
            return {key.text: as_json(value) for key, value in entries}
        case Sequence(items):
            return [as_json(item) for item in items]
        case Scalar(text, _, plain):
            return plain_value(text) if plain else text


def plain_value(text: str) -> Any:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text, 8 if "o" in text else 16 if "x" in text else 10)
    return float(text) if NUMBER.fullmatch(text) else text


def kind_of(path: str) -> str | None:
    """Return which schema a file of a portfolio is held to."""
    if path == "portfolio.yaml":
        return "portfolio"
    if path.startswith("instruments/"):
        return "instrument"
    kinds = {"records": "record", "assessment": "assessment", "findings": "finding", "pages": "page"}
    return kinds.get(path.partition("/")[0]) if path.endswith(".md") else None


def composed(path: Path, name: str) -> Node | None | Diagnostic:
    """Return the YAML of a file, or what is wrong with it before any schema is asked."""
    text = source.decode(name, path.read_bytes())
    if isinstance(text, Diagnostic):
        return text
    if name.endswith(".md"):
        divided = front_matter.divide(text)
        return divided if isinstance(divided, Diagnostic) else nodes.compose(text, divided.yaml)
    return nodes.compose(text, Span(0, len(text.text)))


VALIDATORS: dict[tuple[str, int], tuple[Draft7Validator, Instrument | None]] = {}


def validator(name: str, instrument: Instrument | None) -> Draft7Validator:
    key = (name, id(instrument))  # the instrument is kept, so that no other has its id
    if key not in VALIDATORS:
        VALIDATORS[key] = (Draft7Validator(schemas.schema(name, instrument=instrument, language="en")), instrument)
    return VALIDATORS[key][0]


def disagreements(root: Path, on: datetime.date) -> list[str]:
    """Return every file of which the schema and the checks think differently."""
    outcome = read_with(STEPS, root, on=on)
    instrument = outcome.portfolio.instrument if outcome.portfolio is not None else None
    found = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        kind = kind_of(name)
        if kind is None or not path.is_file():
            continue
        written = composed(path, name)
        reported = [each for each in outcome.diagnostics if each.place.file == name]
        if isinstance(written, Diagnostic):
            continue
        shape = [each.sentence for each in reported if each.code in SHAPE_CODES]
        told_by_both = set(shape) - set(BEYOND_A_SCHEMA)
        refused = [each.message for each in validator(kind, instrument).iter_errors(as_json(written))]
        if (told_by_both and not refused) or (refused and not shape):
            found.append(f"{name}: the checks tell {shape}, the schema {refused}")
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_schema_refuses_what_the_checks_refuse(path: Path) -> None:
    case = casefiles.parse(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        assert disagreements(casefiles.build(case, Path(folder)), ON) == []


def test_the_sample_is_accepted() -> None:
    assert disagreements(SAMPLE, SAMPLE_DAY) == []


OVERLAY = {"schema": "catat.instrument/1", "id": "kami", "extends": "lke-zi-90-2021"}


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({"items": {"A.I.1.i.a": {"documents": ["sk", ["notulen", "laporan"]], "helpful": []}}}, True),
        ({"items": {"A.I.1.i.a": {"documents": []}}}, True),
        ({"items": {"A.I.1.i.a": {"documents": [[]]}}}, False),
        ({"items": {"A.I.1.i.a": {"documents": [["sk", ["foto"]]]}}}, False),
        ({"items": {"A.I.1.i.a": None}, "nodes": None, "predicates": None, "document_types": None}, True),
        ({"items": "x"}, False),
        ({"document_types": {"sk": {"names": ["ketetapan"]}, "foto": None}}, True),
        ({"document_types": {"sk|foto": "X"}}, False),
        ({"predicates": [{"id": "TPI", "gates": [{"id": "documents", "areas": [1]}]}]}, True),
        ({"id": None}, False),
    ],
)
def test_an_overlay_is_held_to_what_the_checks_accept(changes: dict[str, Any], accepted: bool) -> None:
    assert validator("instrument", None).is_valid({**OVERLAY, **changes}) == accepted
    text = source.Source("instruments/kami.yaml", json.dumps({**OVERLAY, **changes}))
    beneath = source.Source("lke", resources.instruments()["lke-zi-90-2021"].read_text(encoding="utf-8"))
    assert (instrument_file.read(text, (beneath,))[0] is not None) == accepted


def test_a_checklist_of_nothing_is_accepted() -> None:
    made = {"title": "T", "unit": "U", "documents": {"A.I.1.i.a": []}}
    for instrument in (None, shipped()):
        assert validator("portfolio", instrument).is_valid(made)
        assert not validator("portfolio", instrument).is_valid({**made, "documents": {"A.I.1.i.a": None}})
        assert not validator("portfolio", instrument).is_valid({**made, "documents": {"A.I.1.i.a": [[]]}})


def test_what_a_schema_cannot_tell_is_told_by_a_case() -> None:
    found = set()
    for path in PATHS:
        case = casefiles.parse(path.read_text(encoding="utf-8"))
        found |= {name for name in BEYOND_A_SCHEMA if f"[{name.split('/')[0]}]" in case.expected["en"]}
    assert found == set(BEYOND_A_SCHEMA)


def test_every_rule_names_keys_of_its_shape() -> None:
    for name in schemas.NAMES:
        for language in casefiles.LANGUAGES:
            made = schemas.schema(name, instrument=None, language=language)  # an unknown name is a KeyError
            Draft7Validator.check_schema(made)


@pytest.mark.parametrize("words", ["title judul", "items butir", "evidence bukti"])
def test_an_editor_is_offered_the_names_of_the_portfolios_language_and_may_write_both(words: str) -> None:
    english, indonesian = words.split()
    made = {each: schemas.schema("record", instrument=None, language=each)["properties"] for each in ("en", "id")}
    assert "doNotSuggest" not in made["en"][english]
    assert made["en"][indonesian]["doNotSuggest"]
    assert made["id"][english]["doNotSuggest"]
    assert "doNotSuggest" not in made["id"][indonesian]


def test_days_are_those_of_the_calendar() -> None:
    made = Draft7Validator(schemas.schema("page", instrument=None, language="en"))
    assert not list(made.iter_errors({"title": "x", "order": 1}))
    record = Draft7Validator(schemas.schema("record", instrument=None, language="en"))
    day = datetime.date(1895, 1, 1)
    while day.year < 1905:
        assert record.is_valid({"title": "x", "date": day.isoformat()}), day
        day += datetime.timedelta(days=1)
    for wrong in ("1900-02-29", "2023-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "2023-01-00", "0000-01-01"):
        assert not record.is_valid({"title": "x", "date": wrong}), wrong
    assert record.is_valid({"title": "x", "date": "2000-02-29"})
    assert record.is_valid({"title": "x", "date": "2024-02-29"})


def test_names_of_the_instrument_come_with_their_labels() -> None:
    outcome = read_with(STEPS, SAMPLE, on=SAMPLE_DAY)
    assert outcome.portfolio is not None
    made = schemas.schema("record", instrument=outcome.portfolio.instrument, language="id")["definitions"]
    types, items = made["known-type"]["anyOf"][0], made["known-item"]["anyOf"][0]
    assert dict(zip(types["enum"], types["markdownEnumDescriptions"], strict=True))["sk"] == "Surat Keputusan"
    assert len(items["enum"]) == len(items["markdownEnumDescriptions"]) == 113


def test_a_schema_is_the_same_bytes_each_time() -> None:
    twice = [json.dumps(schemas.schema("portfolio", instrument=None, language="id")) for _ in range(2)]
    assert twice[0] == twice[1]
    assert RULES.keys() >= SHAPE_CODES


def test_the_command_writes_a_schema_for_other_programs() -> None:
    done = catat("schema", "record", str(SAMPLE))
    assert done.returncode == 0
    made = json.loads(done.stdout)
    Draft7Validator.check_schema(made)
    assert "A.I.1.i.a" in made["definitions"]["known-item"]["anyOf"][0]["enum"]
    unknown = catat("schema", "recrod", str(SAMPLE), "--lang", "en")
    assert unknown.returncode == 2
    assert "there are portfolio, record" in unknown.stderr


def test_outside_a_portfolio_a_schema_knows_no_instrument_and_says_so(tmp_path: Path) -> None:
    done = catat("schema", "record", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0
    assert "known-item" not in json.loads(done.stdout)["definitions"]
    assert "no items and types" in done.stderr
