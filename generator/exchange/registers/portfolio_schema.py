"""The JSON Schema of `portfolio.json` (draft 2020-12); keys are only ever added, so a reader passes over others."""

from __future__ import annotations

import json
from typing import Any

from generator.evidence import State
from generator.exchange.registers.portfolio_json import SCHEMA
from generator.model.evidence import UrlForm
from generator.model.portfolio import Level
from generator.readiness.acceptance import Refusal
from generator.readiness.prerequisites import PrerequisiteState

JsonSchema = dict[str, Any]

_TEXT: JsonSchema = {"type": "string"}
_TEXTS: JsonSchema = {"type": "array", "items": _TEXT}
_DAY: JsonSchema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_COUNT: JsonSchema = {"type": "integer", "minimum": 0}
_PLACE: JsonSchema = {"type": "integer", "minimum": 1}
_YES_OR_NO: JsonSchema = {"type": "boolean"}
_DIGEST: JsonSchema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _or_null(schema: JsonSchema, description: str) -> JsonSchema:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _about(schema: JsonSchema, description: str) -> JsonSchema:
    return {**schema, "description": description}


def _object(**properties: JsonSchema) -> JsonSchema:
    """Return the schema of an object that has all of these keys, and perhaps others."""
    return {"type": "object", "properties": properties, "required": [*properties]}


def _list(**properties: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": _object(**properties)}


_RECORDS = _list(
    id=_TEXT,
    title=_TEXT,
    date=_DAY,
    end_date=_or_null(_DAY, "The last day, where it is given."),
    area=_or_null(_PLACE, "The number of the area of change; null for the components of results."),
    items=_about(_TEXTS, "Ids of the items that it supports."),
    people=_about(_TEXTS, "Who answers for it."),
    tags=_about(_TEXTS, "Empty where the record is restricted."),
    restricted=_about(_YES_OR_NO, "Whether nothing but title, days, items and people is published."),
    documents=_or_null(_COUNT, "How many documents it has; null where it is restricted."),
    accepted=_or_null(_COUNT, "How many of them count; null where it is restricted."),
    page=_about(_TEXT, "The path of its page in the site."),
)
_DOCUMENTS = _list(
    record=_about(_TEXT, "The id of its record."),
    number=_about(_PLACE, "Its number among the evidence of the record, from 1."),
    register=_about(_PLACE, "The number of its file or address: entries of the same one have the same number."),
    title=_TEXT,
    types=_about(_TEXTS, "Ids of document types of the instrument, the main one first."),
    date=_DAY,
    valid_until=_or_null(_DAY, "The day until which it is in force."),
    pages=_or_null(_TEXT, "The pages to look at, as the record says it."),
    items=_about(_TEXTS, "Ids of the items that it supports."),
    state={"enum": [*map(str, State), *map(str, UrlForm)], "description": "Of the file, or the form of the address."},
    accepted=_about(_YES_OR_NO, "Whether it counts."),
    refusals={"type": "array", "items": {"enum": [*map(str, Refusal)]}, "description": "Why it does not count."},
    reason=_or_null(_TEXT, "What the assessors say where they rejected it."),
    sha256=_or_null(_DIGEST, "Of the file; of a restricted one as well."),
    stripped_sha256=_or_null(_DIGEST, "Of a photograph as the site has it, without its position."),
    size=_or_null(_COUNT, "In bytes."),
    page_count=_or_null(_COUNT, "The pages of a PDF."),
    file=_or_null(_TEXT, "The file as the record names it."),
    path=_or_null(_TEXT, "Its path in the site; null where it is not there."),
    url=_or_null(_TEXT, "Its address, where it is on the web."),
    restricted=_about(_YES_OR_NO, "Whether it is restricted here, or the same file or address is elsewhere."),
)
_ANSWERS = _list(
    item=_TEXT,
    answer=_about(_TEXT, "The unit's answer on the item's scale."),
    inputs={"type": "object", "additionalProperties": {"type": "number"}, "description": "The counts it rests on."},
    note=_or_null(_TEXT, "What the unit says besides."),
)
_FINDINGS = _list(
    item=_or_null(_TEXT, "The item it is about."),
    date=_DAY,
    assessor=_or_null(_TEXT, "Who found it."),
    answer=_or_null(_TEXT, "The assessors' own answer."),
    status={"enum": ["open", "closed"]},
    level={"enum": [*map(str, Level)], "description": "Whose assessors found it."},
    assignment=_or_null(_TEXT, "Their letter of assignment."),
    condition=_or_null(_TEXT, "What was found."),
    recommendation=_or_null(_TEXT, "What the unit shall do."),
    stale=_about(_YES_OR_NO, "Whether a document that was judged has been replaced or removed."),
    text=_about(_TEXT, "Its words, without markup."),
    documents=_list(
        record=_TEXT,
        number=_or_null(_PLACE, "The document's number in its record; null where the record is restricted."),
        verdict={"enum": ["accepted", "rejected"]},
        reason=_or_null(_TEXT, "Why: a word of the list of reasons, or free text."),
        note=_or_null(_TEXT, "What the assessors say besides."),
        sha256=_or_null(_DIGEST, "Of the file that was judged, where they name it."),
        stale=_about(_YES_OR_NO, "Whether the document has other bytes by now."),
    ),
    response=_or_null(
        _object(date=_DAY, text=_TEXT, records=_about(_TEXTS, "Ids of the records that show what was done.")),
        "What the unit answered.",
    ),
)
_GAPS = _list(
    item=_TEXT,
    missing=_about(_TEXTS, "Required documents: ids of types, those of which any will do joined by |."),
    answered=_YES_OR_NO,
    supported=_YES_OR_NO,
    people=_about(_TEXTS, "Who answers for the records of the item."),
)


def portfolio_schema() -> JsonSchema:
    """Return the JSON Schema of `portfolio.json`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Zona Integritas portfolio",
        **_object(
            schema={"const": SCHEMA},
            portfolio=_about(_TEXT, "What identifies the portfolio of one unit, instrument and period."),
            title=_TEXT,
            unit=_TEXT,
            institution=_or_null(_TEXT, "The institution that the unit belongs to."),
            instrument=_about(_TEXT, "The id of the instrument that the items and types are of."),
            target=_about(_TEXT, "The predicate that the unit aims at."),
            language={"enum": ["id", "en"]},
            site_url=_or_null(_TEXT, "Where the site is read; paths go behind it."),
            as_of=_about(_DAY, "The day of the computation."),
            period=_or_null(
                _object(**{"from": _or_null(_DAY, "The first day."), "to": _or_null(_DAY, "The last day.")}),
                "The days that evidence has to be about.",
            ),
            readiness=_about(_TEXT, "The file with the figures: at the site's root, and next to an exported one."),
            prerequisites=_list(
                id=_about(_TEXT, "Of the instrument."),
                of={"enum": ["unit", "institution"]},
                required={"type": ["string", "number"], "description": "A grade, a number, or a number of years."},
                answer=_or_null(_TEXT, "What the unit answers."),
                note=_or_null(_TEXT, "What the unit says besides."),
                state={"enum": [*map(str, PrerequisiteState)]},
                documents=_list(
                    title=_TEXT,
                    path=_or_null(_TEXT, "Its path in the site."),
                    url=_or_null(_TEXT, "Its address, where it is on the web."),
                ),
            ),
            left_out=_about(
                _object(drafts=_COUNT, documents_of_drafts=_COUNT, documents_of_restricted_records=_COUNT),
                "What the counts of that file include and this file does not list.",
            ),
            records=_RECORDS,
            documents=_DOCUMENTS,
            answers=_ANSWERS,
            findings=_FINDINGS,
            gaps=_GAPS,
        ),
    }


def portfolio_schema_json() -> str:
    """Return the JSON Schema of `portfolio.json` as the text of a file."""
    return json.dumps(portfolio_schema(), ensure_ascii=False, indent=1) + "\n"
