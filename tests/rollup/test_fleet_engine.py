"""Units built by the workers of a real Dask scheduler: none is lost, and what cannot be built says why."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.messages.refusals import Refused
from generator.rollup.engines.fleet import FleetEngine
from generator.rollup.unit_build import UnitBuild, UnitBuildResult
from tests.conftest import ROOT
from tests.support.dask_fleet import Fleet, fleet, tls
from tests.support.unit_builds import builds_of, change, eventually, unit

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="no distributed"),
    pytest.mark.skipif(sys.platform == "win32", reason="workers are killed by signals"),
    # Dask's client of a scheduler that was killed may say so when it is collected.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

GOOD = ("baik-1", "baik-2", "baik-3", "baik-4")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("fleet"), [("--name", f"pekerja-{each}") for each in (1, 2)]) as started:
        yield started


def all_built(address: str, units: list[UnitBuild]) -> dict[str, UnitBuildResult]:
    with FleetEngine(address, seconds=60) as engine:
        futures = [engine.submit(each) for each in units]
    return {each.result().id: each.result() for each in futures}


def test_no_unit_is_lost_with_a_worker_that_is_killed(plain: Fleet, tmp_path: Path) -> None:
    wrong = unit(tmp_path, "salah")
    change(wrong, "target: WBK", "target: XYZ")
    elsewhere = UnitBuild("jauh", str(tmp_path / "tidak-ada"), str(tmp_path / "s"), str(tmp_path / "r"), wrong.on)
    good = [unit(tmp_path, each) for each in GOOD]
    with FleetEngine(plain.address, seconds=60) as engine:
        futures = [engine.submit(each) for each in (*good, wrong, elsewhere)]
        process = eventually(lambda: [found for each in good for found in builds_of(each)])[0]
        os.kill(process.ppid(), signal.SIGKILL)
        process.wait(20)
    results = {each.result().id: each.result() for each in futures}
    assert {each: results[each].code for each in GOOD} == dict.fromkeys(GOOD, 0)
    for each in good:
        files = results[each.id].files
        assert files is not None
        assert files.readiness == Path(each.site, "readiness.json").read_bytes()
        assert f'"unit": "Satker {each.id}"'.encode() in files.readiness
    assert (results["salah"].code, "XYZ" in results["salah"].message) == (1, True)
    assert (results["jauh"].code, str(tmp_path / "tidak-ada") in str(results["jauh"].fault)) == (3, True)

    change(good[1], "Satker baik-2", "Satker lain")
    again = all_built(plain.address, good)
    assert {each.id for each in again.values() if not each.skipped} == {"baik-2"}
    assert again["baik-1"].files == results["baik-1"].files


def test_a_worker_with_another_version_is_refused_by_its_name(plain: Fleet, tmp_path: Path) -> None:
    for name in ("generator", "themes"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / "generator/rollup/totals.py"
    changed.write_text(changed.read_text("utf-8") + "\n# another\n", "utf-8")
    other = plain.worker("--name", "lama", path=tmp_path)
    try:
        eventually(lambda: "lama (tcp://127.0.0.1:" in refusal(plain.address))
        assert "pekerja" not in refusal(plain.address)
    finally:
        other.kill()


def refusal(address: str) -> str:
    """Return why a scheduler is refused; nothing where it is not.

    Dask's client that was refused is collected here: where that happens on the thread of the next client, this one
    waits for two minutes.
    """
    try:
        with FleetEngine(address, seconds=30):
            return ""
    except Refused as refused:
        return refused.sentence
    finally:
        gc.collect()


def test_units_are_built_over_tls_and_end_with_the_fleet(tmp_path: Path) -> None:
    settings = tls(tmp_path)
    with fleet(tmp_path, [()], **settings) as started:
        assert started.address.startswith("tls://")
        assert "TLS" in refusal(started.address), "without a certificate"
        import dask

        with dask.config.set(dask.config.merge(dask.config.config, dask.config.collect_env(settings))):
            first, second = unit(tmp_path, "satu"), unit(tmp_path, "dua")
            with FleetEngine(started.address, seconds=60, patience=1) as engine:
                assert engine.submit(first).result().code == 0
                future = engine.submit(second)
                os.kill(eventually(lambda: builds_of(second))[0].ppid(), signal.SIGKILL)
                lost = future.result()
                assert (lost.code, lost.files) == (3, None)
                assert "no worker" in str(lost.fault)
                waiting = engine.submit(first)
                started.scheduler.kill()
                assert waiting.result().code == 3


def test_addresses_that_do_not_answer_are_refused_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for address in (f"tcp://127.0.0.1:{port}", "tcp://127.0.0.1:1", "apa-saja", "surel://a:1", ""):
            with pytest.raises(Refused, match="dask scheduler"), FleetEngine(address, seconds=0.5):
                pass


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Refused, match=r"pip install 'catat\[fleet\]'"), FleetEngine("tcp://127.0.0.1:1"):
        pass
