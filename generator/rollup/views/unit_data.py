"""The data of the filters: scripts that hand over what the units are chosen by, in files that a browser loads at once.

A script is read from the disk too, where nothing can be fetched. See `themes/default/assets/rollup/units.js`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.rollup.unit_readiness import UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.rollup_site import RollupSite
from generator.rollup.views.units import BASIS_ORDER, LackedDocument, reason_of, unit_row

MOST_BYTES = 300_000
"""Bytes of a file, by an estimate that is never too low, after which another begins."""
_BESIDES = 600
"""Bytes of a unit besides its names and the reason why it was not read."""


def data_path(number: int) -> str:
    """Return the path of a data file, from 1."""
    return f"{addresses.DATA}/units-{number}.js"


def data_parts(site: RollupSite, results: Sequence[UnitResult]) -> list[list[UnitResult]]:
    """Return the units by file."""
    parts: list[list[UnitResult]] = [[]]
    taken, besides = 0, _BESIDES + len(site.gates)
    for each in results:
        listed = each.listed
        texts = (each.name, listed.id, listed.region, listed.parent, listed.person, _own_name(each))
        takes = (
            besides
            + 5 * sum(len(missing) for _, missing in _missing(each))
            + sum(len(json.dumps(text)) for text in (*texts, reason_of(site, each)))
        )
        if parts[-1] and taken + takes > MOST_BYTES:
            parts.append([])
            taken = 0
        parts[-1].append(each)
        taken += takes
    return parts


def data_file(
    site: RollupSite, number: int, results: Sequence[UnitResult], documents: Sequence[LackedDocument]
) -> bytes:
    """Return a data file: a call with its number and a list of units, each a list of what a row shows and is found by.

    A unit is: address, name, id, region, parent, person, the name on its own site, state (0 not read, 1 read, 2 old),
    the predicates met on each basis as bits, a digit for each gate (0 absent, 1 passed, 2 missed, as documents support
    it), the marks of the bases, the words on missed gates, day and age, the reason why it was not read, the places in
    `documents` of those that it lacks.
    """
    places = {each: place for place, each in enumerate(documents)}
    rows = [_row(site, each, places) for each in results]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028")
    text = text.replace("\u2029", "\\u2029").replace("</", "<\\/")
    return f"catatUnits({number},{text});\n".encode("utf-8", "backslashreplace")


def _row(site: RollupSite, result: UnitResult, places: Mapping[LackedDocument, int]) -> list[Any]:
    row, listed, readiness = unit_row(site, addresses.UNITS, result), result.listed, result.readiness
    state = 0 if readiness is None else 2 if result.is_old(site.on) else 1
    return [
        row.link.href,
        row.link.text,
        listed.id,
        listed.region,
        listed.parent,
        listed.person,
        _own_name(result),
        state,
        [] if readiness is None else [_met(site, readiness, basis) for basis in BASIS_ORDER],
        "" if readiness is None else _gates(site, readiness),
        [[each.mark.state, each.mark.word] for each in row.stages],
        [row.missed, row.missed_names, row.mark.state],
        [row.as_of, row.age],
        row.reason,
        sorted({places[item, each] for item, missing in _missing(result) for each in missing}),
    ]


def _missing(result: UnitResult) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return () if result.readiness is None else result.readiness.missing


def _met(site: RollupSite, readiness: UnitReadiness, basis: str) -> int:
    met = {each.id for each in readiness.predicates if getattr(each.met, basis)}
    return sum(1 << place for place, each in enumerate(site.predicates) if each in met)


def _own_name(result: UnitResult) -> str:
    """Return the name of a unit on its own site where that differs from the list; else ""."""
    readiness = result.readiness
    return "" if readiness is None or readiness.unit == result.name else readiness.unit


def _gates(site: RollupSite, readiness: UnitReadiness) -> str:
    passed = {(each.id, *gate.key): gate.passed.supported for each in readiness.predicates for gate in each.gates}
    return "".join("0" if each.name not in passed else "1" if passed[each.name] else "2" for each in site.gates)
