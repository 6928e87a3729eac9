"""The plan of a merge of reviews as data: schema `catat.merge/1`.

`reviews` are the files that were read, each with the check code of its signed sheet; who wrote them is declared and not
proven. `findings` are the entries of all of them, each with its `state`: new, same, differs, replaced, older,
undecided, blank or refused. `remarks` have the file, the JSON pointer, the line (null where there is none), and of a
workbook the cell; the pointers of a workbook are those of the JSON that says the same. A workbook that was `edited`
since its export has no `code`. `files` are what would be written, or was where `written` is true. Keys are only added.
"""

from __future__ import annotations

import json
from typing import Any

from generator.exchange.review_digest import review_code
from generator.importing.review_merge import MergePlan, MergeRow
from generator.importing.review_reading import Review

SCHEMA = "catat.merge/1"


def merge_json(plan: MergePlan, *, written: bool) -> str:
    """Return a plan as JSON; `written`: it was carried out."""
    data = {
        "schema": SCHEMA,
        "complete": plan.complete,
        "written": written,
        "reviews": [_review(each) for each in plan.reviews],
        "findings": [_finding(each) for each in plan.rows],
        "remarks": [
            {
                "code": each.code,
                "file": each.place.file,
                "pointer": each.place.pointer,
                "line": each.place.line or None,
                "cell": each.place.cell or None,
                "message": each.sentence,
                "blocks": each.blocks,
            }
            for each in plan.remarks
        ],
        "passed_over": list(plan.passed_over),
        "files": [
            *({"path": each.path, "change": "changed"} for each in plan.changes),
            *({"path": each.path, "change": "new"} for each in plan.new_files),
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _review(review: Review) -> dict[str, Any]:
    return {
        "file": review.file,
        "assessor": review.assessor,
        "level": review.level.value,
        "assignment": review.assignment or None,
        "exported": review.exported,
        "digest": review.digest,
        "code": None if review.edited else review_code(review.digest),
        "edited": review.edited,
        "identity": "declared",
    }


def _finding(row: MergeRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "file": row.review.file,
        "pointer": entry.place.pointer,
        "cell": entry.place.cell or None,
        "item": entry.item,
        "assessor": row.review.assessor,
        "level": row.review.level.value,
        "date": None if entry.day is None else entry.day.isoformat(),
        "answer": row.answer or None,
        "verdicts": {"accepted": sum(row.verdicts), "rejected": len(row.verdicts) - sum(row.verdicts)},
        "state": row.state.value,
        "path": row.path or None,
    }
