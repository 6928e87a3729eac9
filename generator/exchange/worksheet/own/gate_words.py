"""The words for a gate in a workbook: what it is on, and how that is measured."""

from __future__ import annotations

from typing import assert_never

from generator.exchange.worksheet.own.texts import WorkbookTexts
from generator.model.instrument import INDEX, Aspect, Covered, Documents, Held, Instrument, Item, Score, Share
from generator.readiness.gates import GateReadiness
from generator.readiness.readiness import Readiness


def wording(texts: WorkbookTexts, readiness: Readiness, gate: GateReadiness) -> tuple[str, str]:
    """Return what a gate is on, and a remark on how it is measured, "" where that needs none."""
    words, part = texts.words, _part(gate, readiness.portfolio.instrument, texts.language)
    match gate.gate.measure:
        case Score():
            area, whole = words("Score of area {area}", area=part), words("Index")
            return _by_part(gate, area=area, whole=whole, node=part), ""
        case Share():
            area, whole = words("Share of value of area {area}", area=part), words("Share of the whole instrument")
            return _by_part(gate, area=area, whole=whole, node=words("Share of {part}", part=part)), ""
        case Documents():
            area, whole = words("Documents of area {area}", area=part), words("All documents")
            subject = _by_part(gate, area=area, whole=whole, node=words("Documents of {part}", part=part))
            return subject, _counted(texts, readiness, gate, words("{fulfilled} of {expected} required"))
        case Covered():
            area = words("Items with a document in area {area}", area=part)
            node = words("Items with a document in {part}", part=part)
            subject = _by_part(gate, area=area, whole=words("Items with a document"), node=node)
            return subject, _counted(texts, readiness, gate, words("{fulfilled} of {expected} items"))
        case Held(predicate):
            subject = words("Predicate {predicate} already held", predicate=predicate)
            return subject, words("as the portfolio's settings say; does not follow the answers")
        case _:
            assert_never(gate.gate.measure)


def _counted(texts: WorkbookTexts, readiness: Readiness, gate: GateReadiness, counts: str) -> str:
    coverage = gate.coverage
    assert coverage is not None  # a gate that counts
    said = counts.format(fulfilled=coverage.fulfilled, expected=coverage.expected)
    day = texts.day(readiness.on)
    return f"{said}; {texts.words('counted by Catat as of {day}; does not follow the answers', day=day)}"


def _part(gate: GateReadiness, instrument: Instrument, language: str) -> str:
    """Return the name of the area or node that a gate is on, or of both; nothing for the whole instrument."""
    every: tuple[Aspect | Item, ...] = (*instrument.aspects(), *instrument.items())
    node = next((f"{each.id} {each.label.in_(language)}" for each in every if each.id == gate.gate.node), "")
    areas = (each for each in instrument.areas if each.number == gate.area)
    area = next((f"{each.number} {each.label.in_(language)}" for each in areas), "")
    return ", ".join(filter(None, (area, node)))


def _by_part(gate: GateReadiness, *, area: str, whole: str, node: str) -> str:
    if gate.area is not None:
        return area
    return whole if gate.gate.node == INDEX else node
