"""Sites of units as a roll-up reads them: a readiness.json with the figures of a test, and its list of checksums."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.rollup.unit_readiness import read_readiness
from generator.rollup.units import ListedUnit, Received, UnitFault, UnitResult

BASES = ("claimed", "supported", "assessed")


def bases(claimed: Any, supported: Any = None, assessed: Any = None) -> dict[str, Any]:
    """Return a value on each basis, the claimed one where no other is given."""
    return dict(
        zip(BASES, (claimed, *(claimed if each is None else each for each in (supported, assessed))), strict=True)
    )


def gate(identifier: str, value: Any, minimum: Any, **more: Any) -> dict[str, Any]:
    """Return a gate; `value` is a number, or a value on each basis."""
    values = value if isinstance(value, dict) else bases(value)
    passed = {basis: values[basis] >= minimum for basis in BASES}
    return {
        "id": identifier,
        "area": None,
        "node": None,
        "measure": "score",
        "min": minimum,
        "value": values,
        **more,
    } | {"passed": passed}


def predicate(identifier: str, gates: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a predicate that is met where all gates pass."""
    met = {basis: all(each["passed"][basis] for each in gates) for basis in BASES}
    return {"id": identifier, "met": met, "gates": list(gates)}


def readiness(unit: str = "Balai A", *, index: Any = 80, documents: float = 0.7, **more: Any) -> dict[str, Any]:
    """Return the data of a readiness.json with one area, one item, and the predicates TPI and WBK.

    Its instrument does not ship with the program.
    """
    values = index if isinstance(index, dict) else bases(index)
    area = {"weight": 60, **bases(0), "documents": {"expected": 10, "fulfilled": round(10 * documents)}}
    document_gate = gate("documents", documents, 0.6, area=1, measure="documents")
    return {
        "schema": "catat.readiness/1",
        "instrument": "lke-uji",
        "as_of": "2026-05-19",
        "unit": unit,
        "target": "WBK",
        "counts": dict.fromkeys(("records", "drafts", "documents", "accepted", "items", "answered", "supported"), 1)
        | {"assessed": 0},
        "index": {"weight": 100, **values},
        "nodes": [{"id": "A", "weight": 60, **bases(0)}],
        "areas": [{"area": 1, **area}],
        "items": [
            {"id": "A.I.1.i.a", **bases(0), "documents": {"expected": ["sk"], "fulfilled": [], "missing": ["sk"]}},
        ],
        "predicates": [
            predicate("TPI", [document_gate]),
            predicate("WBK", [document_gate, gate("index", values, 75, node="index")]),
        ],
        "portfolio": hashlib.sha256(unit.encode()).hexdigest()[:32],
        "findings": {"open": 2, "all": 3},
        **more,
    }


def text(data: Mapping[str, Any]) -> bytes:
    """Return the bytes of a readiness.json."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the list of checksums of some files."""
    return b"".join(
        f"{hashlib.sha256(content).hexdigest()}  {path}\n".encode() for path, content in sorted(files.items())
    )


def write_site(folder: Path, data: Mapping[str, Any]) -> Path:
    """Write a unit's site with its readiness.json and its list of checksums."""
    files = {"index.html": b"<!doctype html>\n", "readiness.json": text(data)}
    folder.mkdir(parents=True)
    for path, content in {**files, "SHA256SUMS": sums(files)}.items():
        (folder / path).write_bytes(content)
    return folder


def result(data: Mapping[str, Any], identifier: str = "", **listed: Any) -> UnitResult:
    """Return a unit that was read; its id is the first word of its name unless one is given."""
    content = text(data)
    id_ = identifier or str(data["unit"]).replace(" ", "-")
    received = Received(read_readiness(content), hashlib.sha256(content).hexdigest(), "0" * 64, signed=False)
    return UnitResult(ListedUnit(id_, id_, **listed), received)


def unread(identifier: str, reason: str = "it does not answer", **listed: Any) -> UnitResult:
    """Return a unit that was not read."""
    return UnitResult(ListedUnit(identifier, identifier, **listed), None, UnitFault(reason))
