"""The JSON Schema (draft-07) of a review, which the assessor's desk exports (contract: review, section 3)."""

from __future__ import annotations

from typing import Any

from generator.exchange.review_digest import SCHEMA
from generator.model.portfolio import REASONS, Level

JsonSchema = dict[str, Any]

STATES = ("begun", "decided", "flagged", "changed")
"""What became of an item at the desk; an untouched one is not exported."""
VERDICTS = ("accepted", "rejected")

_TEXT: JsonSchema = {"type": "string"}
_NAME: JsonSchema = {"type": "string", "pattern": r"\S"}
_TIME: JsonSchema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$"}
_COUNT: JsonSchema = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]*$"}]}


def review_schema() -> JsonSchema:
    """Return the schema of a review; keys are only ever added, so a reader passes over others."""
    portfolio = _object(
        {"id": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}, {"unit", "instrument", "as_of", "sums"}
    )
    level = {"enum": [*map(str, Level)], "description": "Who assesses."}
    assessor = _object({"name": _NAME, "level": level}, {"assignment"})
    properties = {
        "schema": {"const": SCHEMA},
        "portfolio": portfolio,
        "assessor": assessor,
        "exported": _TIME,
        "items": {"type": "array", "items": _item()},
        "digest": {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "SHA-256 of the JSON without this key: keys sorted, no blanks, non-ASCII as itself, UTF-8.",
        },
    }
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": SCHEMA, **_object(properties)}


def _item() -> JsonSchema:
    inputs = {"type": "object", "additionalProperties": _COUNT}
    answer = {"anyOf": [_TEXT, _object({"inputs": inputs})], "description": "As a finding has it; empty where none."}
    properties = {
        "item": _NAME,
        "claimed": {"type": ["string", "null"], "description": "The unit's answer that the assessor saw."},
        "answer": answer,
        "state": {"enum": [*STATES]},
        "decided": {"anyOf": [{"const": ""}, _TIME], "description": "When; empty where it is not decided."},
        "evidence": {"type": "array", "items": _verdict()},
    }
    return _object(properties, {"condition", "note", "recommendation"})


def _verdict() -> JsonSchema:
    properties = {
        "record": {"type": "string", "description": "The id of its record."},
        "file": {"type": "string", "description": "The file, or the web address, as the record writes it."},
        "sha256": {"type": "string", "pattern": "^([0-9a-f]{64})?$", "description": "Of the bytes that were judged."},
        "verdict": {"enum": [*VERDICTS]},
        "reason": {"type": "string", "description": f"One of {', '.join(REASONS)}; or free text."},
    }
    return _object(properties, {"note"})


def _object(properties: JsonSchema, texts: set[str] | frozenset[str] = frozenset()) -> JsonSchema:
    """Return the schema of an object that has all of these keys, `texts` besides, and perhaps others."""
    every = {**properties, **dict.fromkeys(sorted(texts), _TEXT)}
    return {"type": "object", "properties": every, "required": [*every]}
