"""Builds the units of a list whose places are portfolios, on an engine; each result is that of one unit alone."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Collection, Mapping
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
    seconds: float,
    progress: Callable[[int, int], None],
) -> Mapping[str, SiteFiles | UnitFault]:
    """Build every unit whose place is a portfolio; return the files of its site, or why it was not built, by its id.

    Other places, such as addresses, are left to be read as they are. One build may take so many `seconds`. Sites of
    units that have left the list are removed with their documents.
    """
    _remove_others(state, {each.id for each in listed.units})
    sources = {each.id: _source(listed.file.parent / each.place) for each in listed.units if each.fault is None}
    wanted = [
        UnitBuild(id_, str(folder.resolve()), str((state.sites / id_).resolve()), on, seconds, language=listed.language)
        for id_, folder in sources.items()
        if (folder / SETTINGS).is_file()
    ]
    futures = [engine.submit(each) for each in wanted]
    found: dict[str, SiteFiles | UnitFault] = {}
    for future in as_completed(futures):
        result = future.result()
        found[result.id] = _outcome(result)
        progress(len(found), len(wanted))
    return found


def _source(place: Path) -> Path:
    """Return the folder of a portfolio, also where the list names its settings."""
    return place.parent if place.name == SETTINGS else place


def _remove_others(state: RollupState, ids: Collection[str]) -> None:
    """Remove the sites of all other units, with what a build keeps beside them."""
    for folder in state.sites.iterdir() if state.sites.is_dir() else ():
        name = folder.name.removeprefix(".").partition(".catat-")[0] if folder.name.startswith(".") else folder.name
        if name not in ids and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)


def _outcome(result: UnitBuildResult) -> SiteFiles | UnitFault:
    if result.fault is not None:
        return result.fault
    assert result.files is not None  # of a build with code 0 there are
    return result.files
