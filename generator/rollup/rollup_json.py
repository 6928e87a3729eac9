"""The roll-up as data: `rollup.json`, schema `catat.rollup/1` (contract: rollup, section 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from generator.languages.words import Words, words_in
from generator.output.folder_checks import ROLLUP_SCHEMA
from generator.readiness.bases import ByBasis
from generator.rollup.rollup import Rollup
from generator.rollup.totals import StageCounts, stage_counts
from generator.rollup.unit_readiness import Figure, UnitReadiness
from generator.rollup.units import UnitResult

T = TypeVar("T")


def rollup_data(rollup: Rollup) -> dict[str, Any]:
    """Return the roll-up as plain data, keys in the order of the contract, units in the order of the list."""
    words = words_in(rollup.listed.language)
    units = sorted(rollup.units, key=lambda each: each.listed.number)
    return {
        "schema": ROLLUP_SCHEMA,
        "title": rollup.listed.title,
        "as_of": rollup.on.isoformat(),
        "counts": _counts(stage_counts(rollup.units, rollup.predicates)),
        "units": [_unit(each, words) for each in units],
    }


def rollup_json(rollup: Rollup) -> bytes:
    """Return the text of `rollup.json`, a line for each unit: that of thousands is written and compared as quickly."""
    data = rollup_data(rollup)
    units = ",\n".join(json.dumps(each, ensure_ascii=False) for each in data.pop("units"))
    head = json.dumps(data, ensure_ascii=False)[:-1]
    return f'{head}, "units": [\n{units}\n]}}\n'.encode("utf-8", "backslashreplace")


def _counts(counts: StageCounts) -> dict[str, Any]:
    stages = {identifier: _bases(met) for identifier, met in counts.predicates}
    return {"units": counts.units, "read": counts.read, **stages}


def _unit(result: UnitResult, words: Words) -> dict[str, Any]:
    listed, received = result.listed, result.received
    readiness = result.readiness
    return {
        "id": listed.id,
        "unit": result.name,
        "region": listed.region or None,
        "parent": listed.parent or None,
        "target": result.target or None,
        "error": None if result.fault is None else result.fault.sentence(words),
        "as_of": None if readiness is None else readiness.as_of.isoformat(),
        "digest": None if received is None else received.digest,
        "signed": received is not None and received.signed,
        "index": None if readiness is None else _bases(readiness.index.map(number)),
        "predicates": {} if readiness is None else {each.id: _bases(each.met) for each in readiness.predicates},
        "gates": [] if readiness is None else list(_gates(readiness)),
        "open_findings": None if readiness is None or readiness.findings is None else readiness.findings.open,
    }


def _gates(readiness: UnitReadiness) -> Iterator[dict[str, Any]]:
    """Yield the gates as the documents support them: the basis on which a predicate is proposed."""
    for predicate in readiness.predicates:
        for gate in predicate.gates:
            yield {
                "predicate": predicate.id,
                "id": gate.id,
                "area": gate.area,
                "min": number(gate.min),
                "value": number(gate.value.supported),
                "passed": gate.passed.supported,
            }


def _bases(values: ByBasis[T]) -> dict[str, T]:
    return {"claimed": values.claimed, "supported": values.supported, "assessed": values.assessed}


def number(figure: Figure) -> int | float:
    """Return a figure as readiness.json has it."""
    return int(figure) if figure == figure.to_integral_value() else float(figure)
