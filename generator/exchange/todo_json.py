"""What is missing as data: the schema `catat.todo/1` that `catat todo --json` writes."""

from __future__ import annotations

import json
from typing import Any

from generator.model.portfolio import Record
from generator.readiness.follow_up import FollowedFinding, open_findings
from generator.readiness.gaps import AreaGaps, Deadline, Gaps, PersonGaps
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness

SCHEMA = "catat.todo/1"


def todo_json(gaps: Gaps, of: PersonGaps | None = None, area: AreaGaps | None = None) -> str:
    """Return what is missing as data, schema `catat.todo/1`; of one responsible person or area, where one is given."""
    readiness = gaps.readiness
    restricted = frozenset(record.id for record in readiness.portfolio.records if record.restricted)
    records = _records_of(readiness, of, area)
    people = () if area is not None else gaps.people if of is None else (of,)
    areas = gaps.areas if area is None else (area,)
    data = {
        "schema": SCHEMA,
        "as_of": readiness.on.isoformat(),
        "unit": readiness.portfolio.unit,
        "missing": area.missing if area is not None else gaps.missing if of is None else of.missing,
        "areas": [
            {
                "area": each.area.number if each.area is not None else None,
                "missing": each.missing,
                "items": [_gap(item) for item in each.items],
            }
            for each in areas
        ]
        if of is None
        else [],
        "people": [_person(each) for each in people],
        "without_people": gaps.without_people,
        "deadlines": [_deadline(each, gaps, restricted) for each in gaps.deadlines(records)],
        "findings": [_finding(each) for each in open_findings(gaps, of, area)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _records_of(readiness: Readiness, of: PersonGaps | None, area: AreaGaps | None) -> tuple[Record, ...] | None:
    """Return the records whose deadlines are listed; None for all."""
    if area is not None:
        number = area.area.number if area.area is not None else None
        return tuple(each for each in readiness.portfolio.published() if each.area == number)
    return None if of is None else of.records


def _gap(each: ItemReadiness) -> dict[str, Any]:
    answered, missing = each.answer is not None, [str(requirement) for requirement in each.missing]
    return {"id": each.item.id, "missing": missing, "answered": answered, "supported": each.supported}


def _person(each: PersonGaps) -> dict[str, Any]:
    return {
        "person": each.person,
        "items": [_gap(item) for item in each.items],
        "missing": each.missing,
        "refused": [{"record": document.key[0], "document": document.name or None} for document in each.refused],
    }


def _deadline(each: Deadline, gaps: Gaps, restricted: frozenset[str]) -> dict[str, Any]:
    document, finding = each.document, each.finding
    data: dict[str, Any] = {"day": each.day.isoformat(), "due": str(each.due), "left": each.left(gaps.readiness.on)}
    if document is not None:
        hidden = document.key[0] in restricted
        data |= {"record": document.key[0], "document": None if hidden else document.name or None}
    if finding is not None:
        data |= {"finding": finding.path, "item": finding.item}
    return data


def _finding(each: FollowedFinding) -> dict[str, Any]:
    finding, response = each.finding, each.finding.response
    return {
        "finding": finding.path,
        "item": finding.item,
        "area": None if each.area is None else each.area.number,
        "day": finding.date.isoformat(),
        "age": each.age,
        "state": str(finding.state),
        "level": finding.level.value,
        "assessor": finding.assessor,
        "condition": finding.condition or None,
        "recommendation": finding.recommendation or None,
        "answered": None if response is None else response.date.isoformat(),
        "people": list(each.people),
    }
