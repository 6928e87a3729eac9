"""What `catat publish` asks before it changes a target, what it refuses, and how targets are named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import builders
from tests.support.command import catat
from tests.support.office import AREA, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_many_withdrawals_are_asked_about(office: Office) -> None:
    office.record("banyak", *(f"{number}.pdf" for number in range(20)))
    office.published()
    office.remove("banyak")
    before = office.whole
    for typed in ("n\n", ""):
        done = office.publish(typed=typed)
        assert done.returncode == 2
        assert "files would be withdrawn. Go on?" in done.stderr
        assert office.whole == before
        assert len(office.lines) == 1
    assert "withdrawn" in office.published(typed="y\n").stdout
    assert len(office.lines[-1]["withdrawn"]) == 21
    office.published("--rollback")
    assert "would be withdrawn" not in office.published("--yes").stderr
    assert office.public == office.built


def test_an_empty_target_that_was_published_to_before_is_asked_about(office: Office) -> None:
    office.published()
    office.empty()
    done = office.publish(typed="n\n")
    assert done.returncode == 2
    assert "is empty, although it was published to before" in done.stderr
    assert office.whole == {}
    office.published(typed="y\n")
    assert office.public == office.built
    assert catat("verify", "kantor", cwd=office.home).returncode == 0


def test_the_site_of_another_portfolio_is_not_replaced_unasked(office: Office, tmp_path: Path) -> None:
    office.published()
    other = Office(tmp_path / "lain", unit="Satker Lain", publish={"kantor": str(office.place)})
    before = office.whole
    done = other.publish()
    assert done.returncode == 2
    assert "holds the site of another portfolio" in done.stderr
    assert other.lines == []
    assert office.whole == before
    other.published("--yes")
    assert office.public == other.built
    assert [each["target"] for each in other.lines] == ["kantor"]


@pytest.mark.parametrize("target", ["kantor", ""])
def test_a_folder_with_files_of_others_is_refused_by_name(office: Office, target: str) -> None:
    builders.write(office.place, {"laporan.txt": "x"})
    done = office.publish(target=target)
    assert done.returncode == 2
    assert "kantor holds files that Catat did not publish (laporan.txt)" in done.stderr
    assert office.whole == {"laporan.txt": b"x"}


def test_a_folder_whose_parent_is_missing_is_refused(office: Office, tmp_path: Path) -> None:
    done = office.publish(target=str(tmp_path / "tidak/ada"))
    assert done.returncode == 3
    assert "is not there. Create the folder" in done.stderr
    assert office.lines == []


def test_a_folder_site_of_others_in_the_portfolio_is_left_alone(office: Office) -> None:
    builders.write(office.home, {"site/laporan.txt": "x"})
    done = office.publish()
    assert done.returncode == 2
    assert "laporan.txt was not made by Catat" in done.stderr
    assert not office.place.exists()


@pytest.mark.parametrize("folder", ["site", "site/web", "records/../site"])
def test_the_folder_where_the_site_is_built_is_no_target(tmp_path: Path, folder: str) -> None:
    office = Office(tmp_path, publish={"kantor": folder})
    assert catat("build", str(office.home)).returncode == 0
    before = office.built
    done = office.publish()
    assert done.returncode == 2
    assert "is in the folder where the site is built first" in done.stderr
    assert office.built == before


def test_a_site_of_another_unit_where_the_site_is_built_is_not_replaced_unasked(tmp_path: Path) -> None:
    office = Office(tmp_path)
    other = Office(tmp_path / "lain", unit="Satker Lain")
    assert catat("build", str(other.home), "-o", str(office.home / "site")).returncode == 0
    done = office.publish()
    assert done.returncode == 2
    assert "the site of another portfolio (Satker Lain)" in done.stderr
    office.published("--yes")
    assert office.public == office.built


def test_a_key_that_is_none_publishes_nothing(office: Office, tmp_path: Path) -> None:
    (tmp_path / "kunci").write_text("bukan kunci")
    done = office.publish("--key", str(tmp_path / "kunci"))
    assert done.returncode == 2
    assert "is not an SSH key" in done.stderr
    assert not office.place.exists()


def test_errors_in_the_content_publish_nothing(office: Office) -> None:
    office.published()
    before = office.whole
    builders.write(office.home, {f"{AREA}/rusak.md": "---\ntitel: x\n---\n"})
    done = office.publish(lang="id")
    assert done.returncode == 1
    assert "rusak.md" in done.stderr
    assert "Tidak ada yang diterbitkan" in done.stderr
    assert office.whole == before
    assert len(office.lines) == 1


def test_only_one_thing_is_done_at_once(office: Office) -> None:
    assert office.publish("--status", "--versions").returncode == 2


# Targets


def test_targets_are_found_by_name_and_a_slip_gets_a_suggestion(tmp_path: Path) -> None:
    office = Office(tmp_path, publish={"kantor": "../kantor", "cadangan": "../cadangan"})
    done = office.publish(target="")
    assert done.returncode == 2
    assert "There are several targets. Name one: kantor, cadangan" in done.stderr
    done = office.publish(target="kntor")
    assert done.returncode == 2
    assert "Did you mean kantor?" in done.stderr
    assert "Maksud" in office.publish(target="kntor", lang="id").stderr
    single = Office(tmp_path / "satu")
    single.published(target="")
    assert single.public == single.built
    nameless = Office(tmp_path / "tanpa", publish={})
    done = nameless.publish(target="")
    assert done.returncode == 2
    assert "Name a target" in done.stderr


def test_a_folder_on_the_command_line_is_relative_to_where_one_is(office: Office, tmp_path: Path) -> None:
    (tmp_path / "sini").mkdir()
    done = catat("publish", "./web", str(office.home), "--as-of", "2023-06-30", cwd=tmp_path / "sini")
    assert done.returncode == 0
    assert (tmp_path / "sini/web/index.html").exists()
    assert office.lines[0]["target"] == str(tmp_path / "sini/web")


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_password_in_an_address_is_refused_and_not_repeated(office: Office, lang: str) -> None:
    for target in ("sftp://zi:rahasia@127.0.0.1/zi", "https://zi:rahasia@127.0.0.1/zi", "ftp://zi:rahasia@127.0.0.1/"):
        done = office.publish(target=target, lang=lang)
        assert done.returncode == 2
        assert "rahasia" not in done.stdout + done.stderr


def test_a_password_in_the_settings_is_refused_and_not_repeated(tmp_path: Path) -> None:
    office = Office(tmp_path, publish={"kantor": "sftp://zi:rahasia@127.0.0.1/zi"})
    for target, options in (("kantor", []), ("kantor", ["--setup"]), ("", []), ("kantor", ["--rollback"])):
        done = office.publish(*options, target=target)
        assert done.returncode == 1
        assert "error[settings-invalid]: the address of `kantor` holds a password" in done.stderr
        assert "rahasia" not in done.stdout + done.stderr


def test_an_unknown_kind_of_address_is_refused(office: Office) -> None:
    done = office.publish(target="ftp://127.0.0.1/zi")
    assert done.returncode == 2
    assert "No kind of target has such an address" in done.stderr


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_library_that_is_not_installed_is_named_with_the_command_that_installs_it(office: Office, lang: str) -> None:
    blocked = "import sys; sys.modules['asyncssh'] = None; from generator.cli import main; main()"
    command = ["publish", "sftp://zi@127.0.0.1:1/zi", str(office.home), "--lang", lang]
    done = subprocess.run([sys.executable, "-c", blocked, *command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert "asyncssh" in done.stderr
    assert "pip install 'catat[publish]'" in done.stderr
    assert "Traceback" not in done.stderr
