"""JSON Schemas (draft-07) of the files that PortalRB pulls; they say what is written, and nothing besides it."""

from __future__ import annotations

from typing import Any, get_type_hints

from generator.exchange.portalrb import CATEGORIES, UNIT_ID, SoalAnswer, soals_of
from generator.model.instrument import Choices, Instrument, Item, Linear

JsonSchema = dict[str, Any]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_ID: JsonSchema = {"type": "string", "pattern": f"^{UNIT_ID}$"}
_NAME: JsonSchema = {"type": "string", "minLength": 1}
_YEAR: JsonSchema = {"type": "integer", "minimum": 2000, "maximum": 2100}
_WORDS: JsonSchema = {"type": ["string", "null"], "minLength": 1}


def units_schema() -> JsonSchema:
    """Return the schema of the files with the units to propose."""
    category = {"enum": list(CATEGORIES)}
    properties = {"id": _ID, "nama": _NAME, "kategori": category, "afirmasi": {"type": "boolean"}}
    units = {"type": "array", "items": _object(properties, optional={"kategori", "afirmasi"})}
    return {"$schema": _DRAFT, "title": "PortalRB: pengusulan", **_object({"tahun": _YEAR, "units": units})}


def answers_schema(instrument: Instrument | None) -> JsonSchema:
    """Return the schema of a unit's file of answers: with an instrument each answer by its question, in their order."""
    answers: JsonSchema = {"type": "array", "items": _answer({"type": "integer", "minimum": 1}, _WORDS)}
    if instrument is not None:
        questions = [(item, number) for item in instrument.items() for number, _key in soals_of(item)]
        known = sorted(((number, item) for item, number in questions if number is not None), key=lambda each: each[0])
        rows = [_answer({"const": number}, _of_item(item)) for number, item in known]
        answers = {"type": "array", "items": rows, "minItems": len(rows), "additionalItems": False}
    properties = {"unit_id": _ID, "nama_unit": _NAME, "tahun": _YEAR, "answers": answers}
    return {"$schema": _DRAFT, "title": "PortalRB: jawaban unit", **_object(properties)}


def _object(properties: JsonSchema, optional: frozenset[str] | set[str] = frozenset()) -> JsonSchema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _answer(number: JsonSchema, value: JsonSchema) -> JsonSchema:
    names = list(get_type_hints(SoalAnswer))
    values = {"soal_id": number, "jawaban_unit": value, "jawaban_tpi": value}
    return _object({name: values.get(name, _WORDS) for name in names})


def _of_item(item: Item) -> JsonSchema:
    """Return the schema of an answer to a question of an item: a choice, a mark, or one of its counts."""
    if item.inputs:
        return {"type": ["string", "null"], "pattern": "^(0|[1-9][0-9]*)$"}
    match item.scale:
        case Choices(values):
            return {"enum": [*(name.upper() if len(name) == 1 else name for name, _value in values), None]}
        case Linear():
            return {"type": ["string", "null"], "pattern": "^[0-9]+([.][0-9]+)?$"}
        case _:
            return _WORDS
