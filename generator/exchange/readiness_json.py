"""The readiness as data: `readiness.json`, schema `catat.readiness/1` (contract: formats, section 7)."""

from __future__ import annotations

import hashlib
import json
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any, TypeVar

from generator.model.portfolio import Level, Portfolio
from generator.readiness.bases import ByBasis
from generator.readiness.follow_up import follow_up
from generator.readiness.gates import GateReadiness
from generator.readiness.prerequisites import PrerequisiteReadiness
from generator.readiness.readiness import Readiness
from generator.readiness.scores import Coverage, ItemReadiness, Standing

SCHEMA = "catat.readiness/1"

T = TypeVar("T")


def rounded(value: Fraction) -> int | float:
    """Return a figure rounded half up to six decimals, as a number of JSON."""
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        figure = exact.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def readiness_data(readiness: Readiness) -> dict[str, Any]:
    """Return the readiness as plain data, keys in the order of the contract."""
    portfolio = readiness.portfolio
    return {
        "schema": SCHEMA,
        "instrument": portfolio.instrument.id,
        "as_of": readiness.on.isoformat(),
        "unit": portfolio.unit,
        "target": portfolio.target.id,
        "counts": _counts(readiness),
        "index": {"weight": rounded(readiness.index.weight), **_bases(readiness.index.scores.map(rounded))},
        "nodes": [{"id": node, **_standing(standing)} for node, standing in readiness.nodes.items()],
        "areas": [{"area": area, **_standing(standing)} for area, standing in readiness.areas.items()],
        "items": [_item(each) for each in readiness.items],
        "predicates": [
            {
                "id": each.predicate.id,
                "met": _bases(each.met),
                "gates": [_gate(gate) for gate in each.gates],
            }
            for each in readiness.predicates
        ],
        "portfolio": portfolio_id(portfolio),
        "prerequisites": [_prerequisite(each) for each in readiness.prerequisites],
        "levels": {
            level: {"index": rounded(found.index), "items": found.items} for level, found in readiness.levels.items()
        },
        "findings": _findings(readiness),
    }


def portfolio_id(portfolio: Portfolio) -> str:
    """Return the digest that identifies a portfolio of one unit and year (contract: review, section 3)."""
    period = portfolio.period
    ends = (period.start, period.end) if period is not None else (None, None)
    parts = (portfolio.unit, portfolio.instrument.id, *(day.isoformat() if day is not None else "" for day in ends))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def readiness_json(readiness: Readiness) -> str:
    """Return the readiness as the text of `readiness.json`."""
    return json.dumps(readiness_data(readiness), ensure_ascii=False, indent=1) + "\n"


def _counts(readiness: Readiness) -> dict[str, int]:
    records = readiness.portfolio.records
    return {
        "records": len(records),
        "drafts": sum(record.draft for record in records),
        "documents": len(readiness.acceptance),
        "accepted": sum(each.accepted for each in readiness.acceptance.values()),
        "items": len(readiness.items),
        "answered": sum(each.answer is not None for each in readiness.items),
        "supported": sum(each.supported for each in readiness.items),
        "assessed": sum(each.assessed_answer is not None for each in readiness.items),
    }


def _bases(values: ByBasis[T]) -> dict[str, T]:
    return {"claimed": values.claimed, "supported": values.supported, "assessed": values.assessed}


def _coverage(coverage: Coverage) -> dict[str, int]:
    return {"expected": coverage.expected, "fulfilled": coverage.fulfilled}


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "weight": rounded(standing.weight),
        **_bases(standing.scores.map(rounded)),
        "documents": _coverage(standing.coverage),
        "covered": {"items": standing.covered.expected, "covered": standing.covered.fulfilled},
    }


def _item(each: ItemReadiness) -> dict[str, Any]:
    return {
        "id": each.item.id,
        "answer": each.answer.text if each.answer is not None else None,
        "value": rounded(each.value),
        **_bases(each.scores.map(rounded)),
        "documents": {
            "expected": [str(requirement) for requirement in each.expected],
            "fulfilled": [str(requirement) for requirement in each.fulfilled],
            "missing": [str(requirement) for requirement in each.missing],
        },
        "helpful": {"listed": list(each.helpful), "present": list(each.helpful_present)},
        "records": [record.id for record in each.records],
        "assessments": _assessments(each),
    }


def _assessments(each: ItemReadiness) -> list[dict[str, Any]]:
    """Return every answer that assessors gave, by level and day (contract: review, section 1)."""
    answered = [finding for finding in each.findings if finding.answer is not None]
    levels = list(Level)
    ordered = sorted(answered, key=lambda one: (levels.index(one.level), one.date, one.assessor or ""))
    return [
        {
            "level": finding.level,
            "assessor": finding.assessor,
            "date": finding.date.isoformat(),
            "answer": finding.answer.text if finding.answer is not None else None,
        }
        for finding in ordered
    ]


def _findings(readiness: Readiness) -> dict[str, int]:
    followed = follow_up(readiness)
    return {"open": len(followed.open), "all": len(followed.findings)}


def _prerequisite(each: PrerequisiteReadiness) -> dict[str, Any]:
    required = each.required if isinstance(each.required, str) else rounded(each.required)
    return {
        "id": each.prerequisite.id,
        "of": "institution" if each.prerequisite.of_institution else "unit",
        "required": required,
        "answer": None if each.answer is None else each.answer.text,
        "documents": len(each.proofs),
        "state": each.state.value,
    }


def _gate(gate: GateReadiness) -> dict[str, Any]:
    return {
        "id": gate.gate.id,
        "area": gate.area,
        "node": gate.gate.node,
        "measure": gate.gate.measure.name,
        "min": rounded(gate.gate.minimum),
        "value": _bases(gate.value.map(rounded)),
        "passed": _bases(gate.passed),
    }
