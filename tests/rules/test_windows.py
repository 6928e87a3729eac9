"""What of Windows can be imitated elsewhere: its names, its lengths, its line ends, its terminals."""

from __future__ import annotations

import json
import ntpath
import os
import re
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import codepages, disk
from generator.build import project
from generator.evidence import Inspection, State
from generator.joining.evidence_files import Found
from generator.model import paths
from generator.model.addresses import list_path, person_path, record_part_path, slug
from generator.model.paths import Reference
from generator.rules import portability
from tests.commands.test_commands import catat
from tests.conftest import ROOT
from tests.support import builders, small
from tests.support.subcommands import subcommands

REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
"""What Windows refuses in a name, as its documentation has it."""
CODE_PAGES = ["cp1252", "cp850", "cp437"]


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device, as Python for Windows knows it."""
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved()


def survives(path: str) -> bool:
    """Whether a path of a site can be written below a folder of 59 characters on Windows."""
    parts = path.split("/")
    fine = all(not REFUSED.search(part) and not is_reserved(part) for part in parts)
    return fine and len(path.encode("utf-16-le")) // 2 <= 200 and all(len(part.encode()) <= 255 for part in parts)


# Names


def test_a_site_can_be_copied_to_windows(sample_site: Path) -> None:
    written = [path.relative_to(sample_site).as_posix() for path in sample_site.rglob("*")]
    assert [path for path in written if not survives(path)] == []
    assert len({path.casefold() for path in written}) == len(written)


@pytest.mark.parametrize("ending", ["", ".md", ".tar.gz", " .md"])
def test_the_names_of_devices_are_those_that_windows_has(ending: str) -> None:
    devices = ["CON", "prn", "Aux", "nul", "CONIN$", "conout$", *(f"com{n}" for n in "1239¹²³"), "LPT1", "lpt9", "lpt²"]
    others = ["con1", "console", "com", "com10", "lpt", "aux-1", ".con", "a.con", "nul-", "conin"]
    for name in devices:
        assert is_reserved(name + ending), name
        assert re.fullmatch(paths.DEVICES, name, re.IGNORECASE), name
    for name in others:
        assert not is_reserved(name + ending), name
        assert not re.fullmatch(paths.DEVICES, name, re.IGNORECASE), name


@given(st.lists(st.text(st.sampled_from('conaux1¹. :"?*\\<>|-é𝐀'), min_size=1, max_size=8), min_size=1, max_size=4))
@example(["con"]).via("a device")
@example(["aux.x", "a"]).via("a device with an ending")
def test_a_name_is_reported_if_and_only_if_windows_refuses_it(parts: list[str]) -> None:
    found = {part for part in parts if portability._UNPORTABLE.search(part)}
    assert found == {part for part in parts if REFUSED.search(part) or is_reserved(part)}
    path = "/".join(parts)
    assert bool(portability._UNPORTABLE.search(path)) == bool(found)


@given(st.text(max_size=300))
@example("con").via("a device")
@example("COM¹").via("a device with a digit of another kind")
@example("𝐀" * 300).via("letters of four bytes, as people paste them for looks")
@example("ẞ" * 300).via("a letter that becomes two")
def test_addresses_that_are_ours_to_choose_survive_anywhere(name: str) -> None:
    made = {person_path(name), record_part_path(name, 2), list_path("evidence", "classification", name)} - {
        "people/.html"  # nobody has no name
    }
    assert [path for path in made if not survives(path)] == []
    assert slug(name) == slug(name).casefold()


def test_what_no_system_can_write_is_reported_before_it_is_tried(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    long = "y" * 252
    builders.write(home, {f"records/1-manajemen-perubahan/{long}.md": "---\ntitle: x\ndate: 2023-01-18\n---\n"})
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count == 0
    assert "name-too-long" in {each.code for each in outcome.diagnostics}


def test_two_pages_of_one_address_are_reported_and_stop_the_build(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"pages/tentang.md": "---\ntitle: x\n---\n", "pages/tentang.MD": "---\ntitle: y\n---\n"})
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count == 0
    assert [each.code for each in outcome.diagnostics if each.code.startswith("page")] == ["page-duplicate"]


# Paths as Windows writes them


@pytest.mark.parametrize(
    "written",
    [r"C:\zi\sk.pdf", "C:/zi/sk.pdf", "c:", r"\\nas\zi\sk.pdf", r"\sk.pdf", "//nas/zi/sk.pdf", r"D:\..\sk.pdf"],
)
def test_evidence_on_a_drive_or_share_lies_outside(written: str) -> None:
    assert paths.evidence_reference("records/1-mp", written, ["scan"]) is None
    assert paths.unknown_root(written, ["scan"]) is None


@pytest.mark.parametrize(
    ("path", "folder", "below"),
    [
        (r"C:\zi\records\a.pdf", r"C:\zi", True),
        (r"C:\zi", r"C:\zi", True),
        (r"C:\zi-lama\a.pdf", r"C:\zi", False),
        (r"D:\a.pdf", "D:\\", True),
        (r"\\nas\zi\scan\a.pdf", r"\\nas\zi\scan", True),
        (r"\\nas\zi\scan-lama\a.pdf", r"\\nas\zi\scan", False),
    ],
)
def test_what_lies_below_a_folder_is_known_by_its_separators(
    path: str, folder: str, below: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    assert disk.is_below(path, folder) is below


# Line ends


def test_crlf_and_a_byte_order_mark_in_every_text_change_nothing_on_the_site(tmp_path: Path) -> None:
    plain = small.write(tmp_path / "plain")
    windows = small.write(tmp_path / "windows")
    for path in windows.rglob("*"):
        if path.suffix in {".md", ".yaml"}:
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    small.build_site(plain, tmp_path / "one")
    small.build_site(windows, tmp_path / "other")
    assert small.contents(tmp_path / "one") == small.contents(tmp_path / "other")


# Terminals

ODD = "---\ntitle: Rapat “besar” – évaluasi ✓ 表 😀\ndate: 2023-01-18\nitems: [A.I.1.i.x…]\n---\n"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio that speaks of what no code page has."""
    home = small.write(tmp_path_factory.mktemp("odd"))
    builders.write(home, {"records/1-manajemen-perubahan/rapat ✓ 表.md": ODD})
    return home


def spoken(page: str, *arguments: str) -> str:
    """Return all that a command says where a code page is spoken; that it could not be said is an error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": page, "PYTHONUTF8": "0"}
    words = [sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True)
    return (done.stdout + done.stderr).decode(page)


@pytest.mark.parametrize(
    ("page", "arguments"), [("cp1252", ["status"]), ("cp850", ["check", "--lang", "en"]), ("cp437", ["check"])]
)
def test_a_terminal_of_an_old_code_page_shows_something_readable(page: str, arguments: list[str], odd: Path) -> None:
    said = spoken(page, *arguments, str(odd))
    assert "item-unknown" in said
    assert "Traceback" not in said
    assert not re.search(r"\\u(?!8868)|\\x|\\U(?!0001f600)", said), said  # only 表 and the face have no likeness


@pytest.mark.parametrize("page", CODE_PAGES)
def test_every_help_text_can_be_shown(page: str) -> None:
    for name, command in subcommands().items():
        context = command.make_context(name, ["--help"], resilient_parsing=True)
        shown = command.get_help(context).encode(page, codepages.READABLE).decode(page)
        assert "\\u" not in shown, shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "json"],
        ["check", "--format", "gitlab"],
        ["check", "--format", "line"],
        ["status", "--json"],
    ],
)
def test_what_programs_read_is_utf_8_whatever_is_spoken_here(arguments: list[str], odd: Path) -> None:
    words = [sys.executable, "-m", "generator", *arguments, str(odd)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "cp437", "PYTHONUTF8": "0"}
    read = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True).stdout.decode()
    assert "表" in read or arguments[0] == "status"
    if "line" in arguments:
        assert "rapat ✓ 表.md:4:9: error[item-unknown]" in read
    else:
        json.loads(read)


@given(st.text())
def test_any_text_can_be_shown_on_any_code_page(text: str) -> None:
    for page in (*CODE_PAGES, "ascii"):
        assert bool(text.encode(page, codepages.READABLE)) is bool(text)


def seen(*arguments: str, **environment: str) -> str:
    """Return what a terminal is sent."""
    import pty  # which Windows has not

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        said = b""
        try:
            while block := os.read(ours, 65536):
                said += block
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return said.decode()


def test_colours_are_for_terminals_alone_and_can_be_declined(odd: Path) -> None:
    assert "\x1b[" in seen("check", str(odd))
    assert "\x1b[3" not in seen("check", str(odd), NO_COLOR="1")
    assert "\x1b[" in seen("status", str(odd), NO_COLOR="")
    assert "\x1b" not in catat("check", str(odd)).stdout


def test_a_link_on_a_share_of_another_drive_is_no_file_of_the_portfolio(monkeypatch: pytest.MonkeyPatch) -> None:
    reference = Reference("scan", "sk.pdf")
    found = {reference: Found(reference, r"Z:\arsip\sk-2023.pdf", Inspection(State.SOUND, 1, ""))}
    other_files = ("records/1-mp/a.pdf",)
    with monkeypatch.context() as patch:
        patch.setattr(project.os, "path", ntpath)
        patch.setattr(project.os, "sep", "\\")
        kept = project._without_targets(other_files, PureWindowsPath(r"C:\zi"), found)  # type: ignore[arg-type]
    assert kept == other_files
