"""Where `build` puts a site by default: beside nothing of another portfolio, and out of the portfolio."""

from __future__ import annotations

import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from generator.authoring import new_portfolio
from generator.preview.watch import Watch
from tests.support import builders, small
from tests.support.command import Done, catat

DAY = {"SOURCE_DATE_EPOCH": "1687996800"}


def portfolio(folder: Path, unit: str) -> Path:
    new_portfolio.write(
        folder, new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit=unit), language="id"))
    )
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two portfolios, and a cache of its own."""
    monkeypatch.setenv("CATAT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "kerja"
    portfolio(folder / "pA", "Balai A")
    portfolio(folder / "pB", "Balai B")
    return folder


def build(*arguments: str, cwd: Path) -> Done:
    return catat("build", *arguments, cwd=cwd, **DAY)


def unit_of(site: Path) -> str:
    return str(json.loads((site / "readiness.json").read_text("utf-8"))["unit"])


def test_a_site_is_built_into_its_own_portfolio_wherever_one_stands(here: Path) -> None:
    assert build("pA", cwd=here).returncode == 0
    done = build("pB", cwd=here)
    assert done.returncode == 0, done.stderr
    assert str(here / "pB/site/index.html") in done.stdout
    assert [unit_of(here / name / "site") for name in ("pA", "pB")] == ["Balai A", "Balai B"]
    assert not (here / "site").exists()
    before = small.contents(here / "pA/site")
    assert build(cwd=here / "pA").returncode == 0
    assert small.contents(here / "pA/site") == before
    shutil.move(here / "pA", here / "content")
    assert build(cwd=here).returncode == 0
    assert not (here / "site").exists()


def test_the_site_of_another_portfolio_is_replaced_only_with_yes(here: Path) -> None:
    out = here / "situs"
    assert build("pA", "-o", str(out), cwd=here).returncode == 0
    before = small.contents(out)
    done = build("pB", "-o", str(out), cwd=here)
    assert done.returncode == 2
    assert "Balai A" in done.stderr
    assert "--yes" in done.stderr
    assert small.contents(out) == before
    assert build("pB", "-o", str(out), "--yes", cwd=here).returncode == 0
    assert unit_of(out) == "Balai B"
    assert build("pA", "-o", str(out), cwd=here).returncode == 2
    assert build("pB", "-o", str(out), cwd=here).returncode == 0


def test_another_portfolio_is_known_without_the_cache_by_unit_instrument_and_period(here: Path) -> None:
    out = here / "situs"
    assert build("pA", "-o", str(out), cwd=here).returncode == 0
    shutil.rmtree(here.parent / "cache")
    assert build("pB", "-o", str(out), cwd=here).returncode == 2
    assert build("pA", "-o", str(out), cwd=here).returncode == 0
    shutil.copytree(here / "pA", here / "tahun lalu")
    with (here / "tahun lalu/portfolio.yaml").open("a", encoding="utf-8") as settings:
        settings.write("periode: {dari: 2022-01-01, sampai: 2022-12-31}\n")
    shutil.rmtree(here.parent / "cache")
    assert build("tahun lalu", "-o", str(out), cwd=here).returncode == 2


def test_a_copy_of_a_portfolio_is_another_one_and_a_moved_or_renamed_one_is_not(here: Path) -> None:
    out = here / "situs"
    assert build("pA", "-o", str(out), cwd=here).returncode == 0
    shutil.copytree(here / "pA", here / "salinan")
    assert build("salinan", "-o", str(out), cwd=here).returncode == 2
    shutil.rmtree(here / "salinan")
    shutil.move(here / "pA", here / "pindah")
    assert build("pindah", "-o", str(out), cwd=here).returncode == 0
    settings = here / "pindah/portfolio.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Balai A", "Balai Besar A"), "utf-8")
    assert build("pindah", "-o", str(out), cwd=here).returncode == 0
    assert unit_of(out) == "Balai Besar A"


def test_a_site_names_its_portfolio_by_a_digest_that_holds_no_path(here: Path) -> None:
    assert build("pA", cwd=here).returncode == 0
    copied = here.parent / "jauh dari sini"
    shutil.copytree(here / "pA", copied, ignore=shutil.ignore_patterns("site"))
    assert build(str(copied), cwd=here).returncode == 0
    assert small.contents(copied / "site") == small.contents(here / "pA/site")


def test_the_site_within_a_portfolio_is_no_part_of_it(here: Path) -> None:
    home = here / "pA"
    builders.write(home, {"evidence/rapat/sk.pdf": builders.pdf("sk")})
    record = (
        "---\njudul: Rapat\ntanggal: 2023-01-18\nbutir: [A.I.1.i.a]\nbukti: [{berkas: evidence/rapat/sk.pdf}]\n---\n"
    )
    builders.write(home, {"records/1-manajemen-perubahan/2023-01-18-rapat.md": record})

    def state() -> object:
        return json.loads(catat("check", str(home), "--format", "json", **DAY).stdout)

    before = state()
    assert build(str(home), cwd=here).returncode == 0
    assert (home / "site/files/evidence/rapat/sk.pdf").is_file()
    assert state() == before
    first = small.contents(home / "site")
    assert build(str(home), cwd=here).returncode == 0
    assert small.contents(home / "site") == first


def test_a_folder_site_with_files_of_somebody_else_is_left_alone(here: Path) -> None:
    builders.write(here / "pA", {"site/rencana.txt": "penting"})
    done = build("pA", cwd=here)
    assert done.returncode == 2
    assert "rencana.txt" in done.stderr
    assert (here / "pA/site/rencana.txt").read_text("utf-8") == "penting"


def test_a_build_into_the_portfolio_rings_no_watch(tmp_path: Path) -> None:
    seen: list[str] = []
    rung = threading.Event()

    def refresh(paths: object, _patient: bool) -> bool:
        if isinstance(paths, frozenset):
            seen.extend(os.path.relpath(each, tmp_path) for each in paths)
            if any(each.endswith("akhir.md") for each in seen):
                rung.set()
        return True

    (tmp_path / "site").mkdir()
    watch = Watch(tmp_path, refresh, lambda: (), polls=False, polling=lambda: None, failed=lambda: None)
    watch.start()
    try:
        builders.write(tmp_path, {"site/index.html": "x", ".site.catat-abc/index.html": "x"})
        builders.write(tmp_path, {"site-lama.md": "x", "akhir.md": "x"})
        assert rung.wait(20)
    finally:
        watch.stop()
    assert {each for each in seen if each != "."} == {"site-lama.md", "akhir.md"}
