"""Builds the units of a list whose places are portfolios, on an engine; each result is that of one unit alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from concurrent.futures import as_completed
from pathlib import Path

from generator.model.paths import SETTINGS
from generator.rollup.engines.engine import Engine
from generator.rollup.state import RollupState
from generator.rollup.unit_build import SiteFiles, UnitBuild, UnitBuildResult
from generator.rollup.units import UnitFault, UnitList


def build_units(
    listed: UnitList,
    state: RollupState,
    engine: Engine,
    *,
    on: datetime.date,
    progress: Callable[[int, int], None],
) -> Mapping[str, SiteFiles | UnitFault]:
    """Build every unit whose place is a portfolio; return the files of its site, or why it was not built, by its id.

    Other places, such as addresses, are left to be read as they are.
    """
    sources = {each.id: listed.file.parent / each.place for each in listed.units if each.fault is None}
    wanted = [_unit(id_, folder, state, on) for id_, folder in sources.items() if (folder / SETTINGS).is_file()]
    futures = [engine.submit(each) for each in wanted]
    found: dict[str, SiteFiles | UnitFault] = {}
    for future in as_completed(futures):
        result = future.result()
        found[result.id] = _outcome(result)
        progress(len(found), len(wanted))
    return found


def _unit(id_: str, folder: Path, state: RollupState, on: datetime.date) -> UnitBuild:
    site, results = state.sites / id_, state.builds
    return UnitBuild(id_, str(folder.resolve()), str(site.resolve()), str(results.resolve()), on)


def _outcome(result: UnitBuildResult) -> SiteFiles | UnitFault:
    if result.fault is not None:
        return result.fault
    assert result.files is not None  # of a build with code 0 there are
    return result.files
