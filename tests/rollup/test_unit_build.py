"""One unit's build: when it is made, what its result says, and that its process stays within limits."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from generator.build import build
from generator.languages.words import words_in
from generator.rollup.unit_build import UnitBuild, UnitBuildResult, build_unit
from tests.conftest import ROOT
from tests.support.unit_builds import ON, builds_of, change, eventually, unit


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[UnitBuild, UnitBuildResult]:
    one = unit(tmp_path_factory.mktemp("units"), "satu")
    return one, build_unit(one)


def sentence(result: UnitBuildResult) -> str:
    assert result.fault is not None
    return result.fault.sentence(words_in("en"))


def test_a_build_gives_the_files_of_its_site(built: tuple[UnitBuild, UnitBuildResult]) -> None:
    one, result = built
    site = Path(one.site)
    assert (result.code, result.fault, result.skipped) == (0, None, False)
    assert result.files is not None
    assert result.files.readiness == (site / "readiness.json").read_bytes()
    assert result.files.sums == (site / "SHA256SUMS").read_bytes()
    assert result.files.signature is None


def test_an_unchanged_unit_is_skipped_with_the_same_files(built: tuple[UnitBuild, UnitBuildResult]) -> None:
    one, result = built
    again = build_unit(one)
    assert again == replace(result, skipped=True)
    assert result.inputs, "it has a digest"


def test_a_site_without_its_list_is_built_anew(built: tuple[UnitBuild, UnitBuildResult]) -> None:
    one, result = built
    Path(one.site, "SHA256SUMS").unlink()
    assert build_unit(one) == result


def test_what_changes_is_built_again(tmp_path: Path) -> None:
    one = unit(tmp_path, "dua")
    first = build_unit(one)
    change(one, "Satker dua", "Satker lain")
    second = build_unit(one)
    assert (second.code, second.skipped) == (0, False)
    assert second.files is not None
    assert b"Satker lain" in second.files.readiness
    assert first.inputs != second.inputs


def test_a_unit_is_built_again_on_another_day_and_stopped_at_the_limit_of_time(
    built: tuple[UnitBuild, UnitBuildResult], tmp_path: Path
) -> None:
    one, _ = built
    later = build_unit(replace(one, on=ON + datetime.timedelta(1), seconds=0.05))
    assert not later.skipped
    assert sentence(later) == "its build was stopped after 0.05 seconds, the limit"
    assert builds_of(one) == []


def test_a_portfolio_with_errors_says_the_first_one_and_its_place(tmp_path: Path) -> None:
    one = unit(tmp_path, "tiga")
    change(one, "target: WBK", "target: XYZ")
    result = build_unit(one)
    assert (result.code, result.files, result.inputs) == (1, None, "")
    assert "[settings-invalid]" in result.message
    assert "`XYZ`" in result.message
    assert result.message.endswith("(portfolio.yaml:4:9)")
    assert sentence(result) == f"its portfolio has errors, the first one: {result.message}"
    assert not Path(one.site).exists()


def test_the_first_error_is_in_the_language_of_the_roll_up(tmp_path: Path) -> None:
    one = unit(tmp_path, "bahasa")
    change(one, "target: WBK", "target: XYZ")
    found = {language: build_unit(replace(one, language=language)).message for language in ("id", "en")}
    assert found["id"].startswith("galat[")
    assert found["en"].startswith("error[")


def test_sources_that_are_not_there_are_named_with_the_machine(tmp_path: Path) -> None:
    one = replace(unit(tmp_path, "empat"), source=str(tmp_path / "tidak-ada"))
    result = build_unit(one)
    assert result.code == 3
    assert str(tmp_path / "tidak-ada") in sentence(result)


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "sites").write_bytes(b"")
    result = build_unit(unit(tmp_path, "lima"))
    assert result.code == 3
    assert str(tmp_path / "sites") in sentence(result)


def test_a_build_without_memory_is_a_fault_and_leaves_the_site(
    built: tuple[UnitBuild, UnitBuildResult], tmp_path: Path
) -> None:
    if sys.platform != "linux":
        pytest.skip("memory is limited on Linux only")
    one, _ = built
    before = Path(one.site, "SHA256SUMS").read_bytes()
    poor = build_unit(replace(one, on=ON + datetime.timedelta(2), megabytes=40))
    assert poor.code not in {0, 1}
    assert sentence(poor)
    assert Path(one.site, "SHA256SUMS").read_bytes() == before


def test_a_build_ends_with_the_process_that_began_it(tmp_path: Path) -> None:
    one = unit(tmp_path, "enam")
    code = "import msgspec, sys; from generator.rollup.unit_build import *; "
    code += "build_unit(msgspec.json.decode(sys.argv[1], type=UnitBuild))"
    with subprocess.Popen([sys.executable, "-c", code, msgspec.json.encode(one)], cwd=ROOT) as owner:
        process = eventually(lambda: builds_of(one))[0]
        owner.kill()
    process.wait(20)
    assert builds_of(one) == []


def test_the_stamp_of_a_build_is_kept_while_another_site_comes_beside_its_own(tmp_path: Path) -> None:
    one = unit(tmp_path, "tujuh")
    site = Path(one.site)

    def progress(_stage: str, _done: int, _of: int) -> None:
        (site.parent / "delapan").mkdir(parents=True, exist_ok=True)

    build.build(Path(one.source), site, on=ON, progress=progress)
    assert (site.parent / "delapan").is_dir()
    assert build_unit(one).skipped
