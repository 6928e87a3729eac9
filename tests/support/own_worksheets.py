"""Portfolios with any answers, as worksheets of our own, and what their formulas come to."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from generator.authoring.new_portfolio import shipped
from generator.exchange.worksheet.own import layout as own_layout
from generator.exchange.worksheet.own.gates import GATE_ID, GATES
from generator.exchange.worksheet.own.layout import ANSWERS, WorksheetLayout
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook, WorkbookSheet
from generator.messages.source import Source
from generator.model.instrument import Choices, Decrease, Instrument, Item, Linear, Ratio
from generator.readiness.readiness import Readiness
from generator.reading import instrument_file
from tests.support.builders import ItemPart, Written, document, finding, readiness, record

INSTRUMENTS = Path(__file__).resolve().parents[1] / "instruments"


def instrument(name: str) -> Instrument:
    """An instrument: `lke`, `akreditasi` or `aneh`."""
    if name == "lke":
        return shipped()
    source = Source(f"instruments/{name}.yaml", (INSTRUMENTS / f"{name}.yaml").read_text("utf-8"))
    found, problems = instrument_file.read(source)
    assert found is not None, problems
    return found


def any_answer(item: Item, pick: random.Random) -> Written | None:
    """An answer as the editor of an assessment writes it, with a note or without, blank sometimes."""
    if pick.random() < 0.2:
        return None
    answer = _any_answer(item, pick)
    note = pick.choice(NOTES)
    return {**(answer if isinstance(answer, dict) else {"answer": answer}), **({"note": note} if note else {})}


def _any_answer(item: Item, pick: random.Random) -> Written:
    match item.scale:
        case Choices(values):
            name = pick.choice(values)[0]
            return pick.choice([name, name.lower(), f" {name} "]) if name.isalpha() else name
        case Linear(maximum):
            return str(round(pick.random() * float(maximum), pick.choice([0, 1, 2])))
        case Ratio() | Decrease():
            return _any_counts(item, pick)


def _any_counts(item: Item, pick: random.Random) -> Written:
    counts = {each.key: pick.choice([0, 0, 1, 2, 3, 7, 10, 30]) for each in item.inputs}
    of, over = (sum(counts[each.key] for each in item.inputs if each.role == role) for role in ("of", "over"))
    if isinstance(item.scale, Ratio):
        if pick.random() < 0.15:
            return pick.choice(["85%", "66.667%", "0%", "100 %", "12,5%"])
        if over == 0:
            counts |= {each.key: 0 for each in item.inputs if each.role == "of"}
        elif len(item.inputs) == 2 and pick.random() < 0.3:
            return f"{of}/{over}"
        if pick.random() < 0.5:
            counts = {each.key: counts[each.key] for each in item.inputs if each.role != "info"}
    return {"inputs": counts}


NOTES = ("", "=1+1", "dua\nbaris", "- daftar: 'a' & <b>", "+62 811", "@nama", "_x0041_ \u2713", "x" * 3_000)


def any_readiness(name: str, seed: int) -> Readiness:
    """The readiness of a portfolio with any answers, assessors' answers and documents."""
    pick, of = random.Random(seed), instrument(name)
    items = of.items()
    parts: list[Any] = [ItemPart(item, any_answer(item, pick)) for item in items]
    for item in items:
        for date in ("2023-03-02", "2023-05-30", "2023-08-01"):
            if pick.random() < 0.3:
                parts.append(finding(item.id, date=date, answer=any_answer(item, pick), closed=pick.random() < 0.5))
    types = tuple(of.document_types)
    for number in range(pick.randrange(6)):
        chosen = [item.id for item in items if pick.random() < 0.3]
        parts.append(
            record(f"kegiatan-{number}", document(pick.choice(types)), document(pick.choice(types)), items=chosen)
        )
    return readiness(*parts, of=of, language=pick.choice(["id", "en"]), held=pick.sample(["WBK", "B", "tanpa-area"], 1))


@dataclass(frozen=True)
class Figures:
    """What a workbook shows: the score and share of each node, item and the index, and value and verdict of each gate.

    Each on the claimed and the assessed basis.
    """

    parts: Mapping[str, tuple[float, float, float, float]]
    gates: Mapping[str, tuple[float, float, bool, bool]]
    met: Mapping[str, tuple[bool, bool]]


def shown(path: Path, layout: WorksheetLayout) -> Figures:
    """The figures in a workbook."""
    book = workbook.read(path)
    assert isinstance(book, Workbook), book
    sheets = {each.name: each for each in book.sheets}
    answers, gates = sheets[ANSWERS], sheets[GATES]
    rows = {**layout.nodes, **layout.items, "index": layout.total}
    columns = (own_layout.UNIT_SCORE, own_layout.UNIT_SHARE, own_layout.LEVEL_SCORE, own_layout.LEVEL_SHARE)
    ids = {row: gates.text(row, GATE_ID) for row in range(len(gates.rows))}
    ids = {row: id_ for row, id_ in ids.items() if id_ not in {"", "Code", "Kode"}}
    return Figures(
        {name: _numbers(answers, row, columns) for name, row in rows.items()},
        {id_: (*_numbers(gates, row, (2, 6)), *_passed(gates, row)) for row, id_ in ids.items() if "/" in id_},
        {id_: _passed(gates, row) for row, id_ in ids.items() if "/" not in id_},
    )


def _numbers(sheet: WorkbookSheet, row: int, columns: Iterable[int]) -> Any:
    found = tuple(sheet.value(row, column) for column in columns)
    assert all(isinstance(each, float) for each in found), (sheet.name, row, found)
    return found


def _passed(sheet: WorkbookSheet, row: int) -> tuple[bool, bool]:
    words = {"Lulus": True, "Passed": True, "Tidak Lulus": False, "Not passed": False}
    return words[sheet.text(row, 5)], words[sheet.text(row, 9)]


def computed(of: Readiness) -> Figures:
    """The same figures as the readiness has them."""

    def parts(score: Any, weight: Fraction) -> tuple[float, float, float, float]:
        found = (score.claimed, score.assessed)
        one, other = (float(each / weight) if weight else 0.0 for each in found)
        return float(score.claimed), one, float(score.assessed), other

    def value(item: Any) -> tuple[float, float, float, float]:
        assessed = item.assessed_answer.value if item.assessed_answer else 0
        return float(item.scores.claimed), float(item.value), float(item.scores.assessed), float(assessed)

    return Figures(
        {
            **{id_: parts(each.scores, each.weight) for id_, each in of.nodes.items()},
            **{each.item.id: value(each) for each in of.items},
            "index": parts(of.index.scores, of.index.weight),
        },
        {
            "/".join(filter(None, (each.predicate.id, gate.gate.id, gate.area and str(gate.area)))): (
                float(gate.value.claimed),
                float(gate.value.assessed),
                gate.passed.claimed,
                gate.passed.assessed,
            )
            for each in of.predicates
            for gate in each.gates
        },
        {each.predicate.id: (each.met.claimed, each.met.assessed) for each in of.predicates},
    )


def without_results(content: bytes) -> bytes:
    """The workbook with a wrong result kept beside every formula, so that only computing anew gives the right one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            if each.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>777</v>", data)
                data = re.sub(rb' t="str"(><f>)', rb"\1", data)
            new.writestr(each, data)
    return out.getvalue()
