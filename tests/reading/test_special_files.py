"""What is no file (a pipe, a socket, a device) is reported where it lies, and never waited for."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import disk
from generator.authoring.intake import Intake
from generator.build import project
from generator.build.build import with_theme_checked
from tests.support.builders import write
from tests.support.command import catat
from tests.support.small import DAY

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes that lie in folders")

SETTINGS = "title: Portofolio\nunit: Balai\n"
HOME = "records/1-mp/2023-rapat"
RECORD = "---\ntitle: Rapat\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n  - {file: %s, type: sk}\n---\n"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    """Fail where something is waited for: what waits for a pipe waits for ever."""

    def fail(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_pipe(path: Path) -> None:
    other = path.with_name("pipa")
    os.mkfifo(other)
    path.symlink_to(other)


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listener(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def portfolio(folder: Path, *, settings: str = "", file: str = "sk.txt") -> Path:
    files = {"portfolio.yaml": SETTINGS + settings, f"{HOME}/index.md": RECORD % file, f"{HOME}/sk.txt": "isi\n"}
    return write(folder / "portofolio", files)


def reported(root: Path) -> list[tuple[str, str]]:
    """What is reported of a portfolio, and where."""
    outcome = with_theme_checked(project.read(root, on=DAY))
    assert all("None" not in each.message("id") + each.hint("id") for each in outcome.diagnostics)
    return [(each.sentence, each.place.file) for each in outcome.diagnostics]


@pytest.mark.parametrize("make", [pipe, link_to_pipe, listener])
@pytest.mark.parametrize("path", [f"{HOME}/index.md", f"{HOME}/lain.md", "records/_defaults.yaml", "pages/profil.md",
                                  "assessment/1.md", "findings/1.md", "portfolio.yaml"])  # fmt: skip
def test_a_text_that_is_no_file_is_reported(tmp_path: Path, path: str, make: Callable[[Path], None]) -> None:
    root = portfolio(tmp_path)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).unlink(missing_ok=True)
    make(root / path)
    assert ("encoding-invalid/special", path) in reported(root)


@pytest.mark.parametrize("make", [pipe, link_to_device, listener])
def test_settings_an_instrument_and_a_theme_that_are_no_files_are_reported(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    root = portfolio(tmp_path, settings="instrument: lke.yaml\n")
    make(root / "lke.yaml")
    assert reported(root)[0] == ("encoding-invalid/special", "lke.yaml")
    for path in ("templates/record.html", "assets/gaya.css"):
        root = portfolio(tmp_path / path, settings="theme: tema\n")
        (root / "tema" / path).parent.mkdir(parents=True)
        make(root / "tema" / path)
        assert reported(root) == [("theme-invalid/special", "portfolio.yaml")]
    root = portfolio(tmp_path / "settings")
    (root / "portfolio.yaml").unlink()
    make(root / "portfolio.yaml")
    assert reported(root)[0] == ("encoding-invalid/special", "portfolio.yaml")


@pytest.mark.parametrize("make", [pipe, link_to_pipe, listener])
def test_evidence_that_is_no_file_is_reported(tmp_path: Path, make: Callable[[Path], None]) -> None:
    root = portfolio(tmp_path)
    (root / HOME / "sk.txt").unlink()
    make(root / HOME / "sk.txt")
    assert reported(root)[0] == ("evidence-damaged/special", f"{HOME}/index.md")


@pytest.mark.parametrize("folder", ["/proc", "/proc/self", "/sys", "/dev"])
def test_a_root_where_the_system_shows_itself_is_refused(tmp_path: Path, folder: str) -> None:
    root = portfolio(tmp_path, settings=f"evidence_roots: {{scan: {folder}}}\n", file='"scan:kmsg"')
    assert ("settings-invalid/root-system", "portfolio.yaml") in reported(root)
    (tmp_path / "jalan").symlink_to(folder)
    root = portfolio(tmp_path / "2", settings="evidence_roots: {scan: ../../jalan}\n", file='"scan:kmsg"')
    assert ("settings-invalid/root-system", "portfolio.yaml") in reported(root)


def test_what_is_handed_in_and_no_file_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sk.pdf")
    offered, skipped = Intake({}, "dokumen").take([tmp_path / "sk.pdf"])
    assert offered == ()
    assert [each.reason for each in skipped] == ["special"]


def test_an_output_folder_with_a_pipe_in_it_is_not_ours(tmp_path: Path) -> None:
    root = portfolio(tmp_path)
    (tmp_path / "site").mkdir()
    os.mkfifo(tmp_path / "site/readiness.json")
    done = catat("build", str(root), "-o", str(tmp_path / "site"), "--lang", "en")
    assert done.returncode == 2
    assert "readiness.json" in done.stderr


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"isi")
    assert disk.file_content(tmp_path / "a") == b"isi"
    assert disk.file_content(tmp_path / "a", 2) == b"is"
    os.mkfifo(tmp_path / "b")
    for path, error in (("b", disk.NoFile), (".", IsADirectoryError), ("c", FileNotFoundError)):
        with pytest.raises(error):
            disk.opened(tmp_path / path)


def test_a_folder_that_leads_back_to_itself_is_not_gone_through_for_ever(tmp_path: Path) -> None:
    root = portfolio(tmp_path)
    (root / HOME / "atas").symlink_to("..")
    (root / HOME / "lingkaran.md").symlink_to("lingkaran.md")
    assert ("encoding-invalid/unreadable", f"{HOME}/lingkaran.md") in reported(root)
