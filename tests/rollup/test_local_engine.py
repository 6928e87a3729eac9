"""Units built by threads of this machine: what happens to one of them is its own result."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from generator.rollup.building import build_units
from generator.rollup.engines.local import LocalEngine
from generator.rollup.state import RollupState
from generator.rollup.unit_build import SiteFiles, UnitBuild, UnitBuildResult
from generator.rollup.units import ListedUnit, UnitList
from tests.support.unit_builds import ON, builds_of, change, eventually, unit

GOOD = ("baik-1", "baik-2", "baik-3")


def all_built(units: list[UnitBuild], jobs: int = 2) -> dict[str, UnitBuildResult]:
    with LocalEngine(jobs) as engine:
        futures = [engine.submit(each) for each in units]
    return {each.result().id: each.result() for each in futures}


@pytest.mark.skipif(sys.platform != "linux", reason="it sends signals, and limits memory")
def test_what_happens_to_a_unit_is_its_own_result(tmp_path: Path) -> None:
    killed, hung = unit(tmp_path, "mati"), unit(tmp_path, "macet", seconds=4)
    poor, wrong = unit(tmp_path, "rakus", megabytes=40), unit(tmp_path, "salah")
    change(wrong, "target: WBK", "target: XYZ")
    good = [unit(tmp_path, each) for each in GOOD]
    with LocalEngine(3) as engine:
        futures = [engine.submit(each) for each in (killed, hung, poor, wrong, *good)]
        os.kill(eventually(lambda: builds_of(killed))[0].pid, signal.SIGKILL)
        os.kill(eventually(lambda: builds_of(hung))[0].pid, signal.SIGSTOP)
    first = {each.result().id: each.result() for each in futures}
    assert {each: first[each].code for each in GOOD} == dict.fromkeys(GOOD, 0)
    assert (first["mati"].code, first["macet"].code, first["salah"].code) == (-9, -9, 1)
    assert first["rakus"].code not in {0, 1}
    assert "SIGKILL" in str(first["mati"].fault)
    assert "the limit" in str(first["macet"].fault)
    assert "XYZ" in first["salah"].message
    assert builds_of(hung) == []

    change(good[1], "Satker baik-2", "Satker lain")
    again = all_built([*good, killed])
    built = {each for each in again if not again[each].skipped}
    assert built == {"baik-2", "mati"}, "what has changed, and what failed"
    assert {each.code for each in again.values()} == {0}
    assert again["baik-1"].files == first["baik-1"].files


def test_ctrl_c_ends_what_runs_and_what_waits(tmp_path: Path) -> None:
    running, waiting = unit(tmp_path, "jalan"), unit(tmp_path, "tunggu")
    with pytest.raises(KeyboardInterrupt), LocalEngine(1) as engine:  # noqa: PT012 - the engine is what is left
        first, second = engine.submit(running), engine.submit(waiting)
        eventually(lambda: builds_of(running))
        raise KeyboardInterrupt
    assert builds_of(running) == []
    assert first.result().fault is not None
    with pytest.raises(CancelledError):
        second.result()
    assert not Path(running.site).exists()


def test_the_site_of_a_unit_that_left_the_list_is_removed(tmp_path: Path) -> None:
    state = RollupState(tmp_path)
    for folder in ("lama", ".lama.catat-standby", "baik-1", ".baik-1.catat-standby"):
        (state.sites / folder).mkdir(parents=True)
    listed = UnitList(tmp_path / "units.yaml", "x", (ListedUnit("baik-1", "http://127.0.0.1:9/"),))
    with LocalEngine(1) as engine:
        assert build_units(listed, state, engine, on=ON, seconds=60, progress=lambda _done, _of: None) == {}
    assert sorted(each.name for each in state.sites.iterdir()) == [".baik-1.catat-standby", "baik-1"]


def test_a_place_may_name_the_settings_of_a_portfolio(tmp_path: Path) -> None:
    source = Path(unit(tmp_path, "satu").source)
    listed = UnitList(tmp_path / "units.yaml", "x", (ListedUnit("satu", str(source / "portfolio.yaml")),))
    with LocalEngine(1) as engine:
        built = build_units(
            listed, RollupState(tmp_path / "s"), engine, on=ON, seconds=60, progress=lambda _done, _of: None
        )
    assert isinstance(built["satu"], SiteFiles)
