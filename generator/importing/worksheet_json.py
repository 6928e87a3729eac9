"""The plan of a worksheet's import as data: schema `catat.import-worksheet/1`.

`answers`, `links` and `findings` are the rows of the table, each with its `cell` and `state`: new, same or differs. An
answer that was merged or replaced may also be changed, removed, kept, conflict or refused; it has the states of its
parts (null where the sheet says nothing of one) and what was exported. `remarks` are the remarks, each with a `code`;
`files` what would be written, or was where `written` is true. `index` is null where the sheet shows none, `base` where
Catat did not export the workbook. Keys are only added.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from generator.importing.assessment_changes import AnswerState, ExistingAnswer
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_evidence import SheetLink
from generator.importing.worksheet_findings import SheetFinding
from generator.importing.worksheet_import import WorksheetPlan
from generator.importing.worksheet_merge import PlannedAnswer

SCHEMA = "catat.import-worksheet/1"


def plan_json(plan: WorksheetPlan, source: str, *, written: bool) -> str:
    """Return a plan as JSON; `source` is the name of the workbook, `written` whether the plan was carried out."""
    data = {
        "schema": SCHEMA,
        "source": source,
        "sheet": plan.sheet,
        "complete": plan.complete,
        "written": written,
        "base": None if plan.base is None else {"state": plan.base.state.value, "as_of": plan.base.as_of or None},
        "answers": [_answer(each) for each in plan.answers],
        "links": [
            *(_link(each, AnswerState.NEW) for each in plan.evidence.new),
            *(_link(each, AnswerState.SAME) for each in plan.evidence.known),
        ],
        "findings": [
            *(_finding(each, AnswerState.NEW) for each in plan.findings.new),
            *(_finding(each, AnswerState.SAME) for each in plan.findings.known),
            *(_finding(each, AnswerState.DIFFERS) for each in plan.findings.differing),
        ],
        "remarks": [
            {"code": each.code, "cell": each.place, "message": each.sentence, "blocks": each.blocks}
            for each in plan.remarks
        ],
        "index": _index(plan),
        "files": [
            *({"path": each.path, "change": "changed", "answers": each.mended} for each in plan.changes),
            *({"path": each.path, "change": "new"} for each in plan.new_files),
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _answer(planned: PlannedAnswer) -> dict[str, Any]:
    return {
        **_given(planned.given),
        "state": planned.state.value,
        "certain": planned.given.certain,
        "likeness": round(planned.given.likeness, 3),
        "portfolio": _known(planned.known),
        **(_merged(planned) if planned.merged else {}),
    }


def _merged(planned: PlannedAnswer) -> dict[str, Any]:
    base = planned.base
    exported = None
    if base is not None:
        inputs = {key: int(count) for key, count in base.inputs} or None
        exported = {"answer": base.text or None, "inputs": inputs, "note": base.note or None}
    return {
        "answer_state": None if planned.answer is None else planned.answer.value,
        "note_state": None if planned.note is None else planned.note.value,
        "base": exported,
    }


def _given(given: SheetAnswer) -> dict[str, Any]:
    return {
        "cell": given.place,
        "item": given.item.id,
        "answer": given.text or None,
        "inputs": {key: int(count) for key, count in given.inputs} or None,
        "value": None if given.answer is None else _number(given.answer.value),
        "note": given.note or None,
    }


def _known(known: ExistingAnswer | None) -> dict[str, Any] | None:
    if known is None or known.blank:
        return None
    answer = None if known.answer is None else known.answer.text
    return {"path": known.path, "answer": answer, "note": known.note or None}


def _link(link: SheetLink, state: AnswerState) -> dict[str, Any]:
    return {
        "cell": link.place,
        "item": link.item.id,
        "url": link.address,
        "title": link.title or None,
        "state": state.value,
    }


def _finding(finding: SheetFinding, state: AnswerState) -> dict[str, Any]:
    day = None if finding.day is None else finding.day.isoformat()
    return {**_given(finding.given), "level": finding.level, "day": day, "state": state.value}


def _index(plan: WorksheetPlan) -> dict[str, Any] | None:
    if plan.index is None:
        return None
    return {
        "cell": plan.index.place,
        "sheet": _number(plan.index.sheet),
        "computed": _number(plan.index.computed),
        "lines": [
            {"cell": each.place, "id": each.name, "sheet": _number(each.sheet), "computed": _number(each.computed)}
            for each in plan.index.lines
        ],
    }


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 6)
