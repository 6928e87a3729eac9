"""What was filled into a worksheet as data: schema `catat.export-worksheet/1`.

`cells` hold what the portfolio says, `changed` those in which the workbook had something else; `remarks` are what was
not written and what to look at, each with a `reason`; `index` is null where the sheet computes none, or in a way that
is not known: then `unknown_index` has the cell because of which, and what its formula has. An `effect` is how many
points more the sheet shows than the answers give. Keys are only added.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from generator.exchange.worksheet.filling import FillingPlan, FillingRemark
from generator.exchange.worksheet.sheet_index import ComputedIndex, IndexEffect, UnknownIndex

SCHEMA = "catat.export-worksheet/1"


def filling_json(
    plan: FillingPlan | None,
    index: ComputedIndex | UnknownIndex | None,
    sentence: Callable[[FillingRemark], str],
    *,
    template: str | None,
    sheet: str | None,
    output: str,
) -> str:
    """Return what was filled as JSON; of a workbook of our own, without a template, there is no plan."""
    data = {
        "schema": SCHEMA,
        "template": template,
        "sheet": sheet,
        "output": output,
        "complete": plan is None or plan.complete,
        "cells": [
            {"cell": each.place, "item": each.item, "kind": each.kind.value, "changed": each.changed}
            for each in (plan.cells if plan is not None else ())
        ],
        "remarks": [_remark(each, sentence) for each in (plan.remarks if plan is not None else ())],
        "index": _index(index) if isinstance(index, ComputedIndex) else None,
        "unknown_index": (
            {"index": index.place, "cell": index.cell, "what": index.what or None}
            if isinstance(index, UnknownIndex)
            else None
        ),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _remark(remark: FillingRemark, sentence: Callable[[FillingRemark], str]) -> dict[str, Any]:
    return {
        "reason": remark.reason.value,
        "cell": remark.place,
        "item": remark.item or None,
        "kind": remark.kind.value,
        "value": remark.value or None,
        "detail": remark.detail or None,
        "blocks": remark.blocks,
        "message": sentence(remark),
    }


def _index(index: ComputedIndex) -> dict[str, Any]:
    return {
        "cell": index.place,
        "sheet": None if index.sheet is None else _number(index.sheet),
        "error": index.error or None,
        "portfolio": _number(index.portfolio),
        "effects": [_effect(each) for each in index.effects],
    }


def _effect(effect: IndexEffect) -> dict[str, Any]:
    rows = [
        {"cell": each.place, "item": each.item, "shown": each.shown, "blanks": list(each.blanks)}
        for each in effect.rows
    ]
    return {"cell": effect.place, "id": effect.name or None, "effect": _number(effect.effect), "rows": rows}


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 9)
