"""Missed gates in few words: those of one kind on several areas have one name, as `documents of areas 1–4`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.model.instrument import INDEX, Documents, Score, Share
from generator.rollup.unit_readiness import UnitGate
from generator.rollup.views.rollup_site import RollupSite


class NamedGates(NamedTuple):
    """Gates in words, and how many they are."""

    text: str
    gates: int


def gate_names(site: RollupSite, predicate: str, gates: Iterable[UnitGate]) -> tuple[NamedGates, ...]:
    """Return the names of gates of a predicate, in their order."""
    names: list[NamedGates] = []
    for areas_of, group in groupby(gates, key=_areas_of):
        found = tuple(group)
        if areas_of and len(found) > 1:
            names.append(NamedGates(_on_areas(site, areas_of, [each.area or 0 for each in found]), len(found)))
        else:
            names.extend(NamedGates(site.gate_texts[predicate, *each.key].in_short, 1) for each in found)
    return tuple(names)


def _areas_of(gate: UnitGate) -> str:
    """Return what is the same of gates that can be named together: the measure of whole areas, else ""."""
    is_whole = gate.area is not None and gate.node in {None, INDEX}
    return gate.measure if is_whole and gate.measure in {Documents.name, Score.name, Share.name} else ""


def _on_areas(site: RollupSite, measure: str, areas: Sequence[int]) -> str:
    words = site.words
    listed = words.together(_runs(areas))
    if measure == Documents.name:
        return words("documents of areas {areas}", areas=listed)
    return words("value of areas {areas}", areas=listed)


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers with those that follow each other as one: 1–4, 6."""
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    found: list[str] = []
    for run in runs:
        found.extend([f"{run[0]}\u2013{run[-1]}"] if len(run) > 2 else map(str, run))
    return found
