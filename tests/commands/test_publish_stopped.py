"""`catat publish` stopped by Ctrl+C or killed, at points between its first file and the line of its history."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.office import FORMAL, Office
from tests.support.published import Tree, ensure_invariants

_WAITING = """
import os, signal, sys
from generator.cli import main
from generator.publishing.targets.folder import FolderTarget

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background process would not have
name, wanted, *sys.argv[1:] = sys.argv[1:]
whole = getattr(FolderTarget, name)

def waiting(self, *arguments):
    if wanted in repr(arguments):
        os.write(2, b"WAITING")
        os.read(0, 1)
    return whole(self, *arguments)

setattr(FolderTarget, name, waiting)
main()
"""
POINTS = {
    "sending": ("upload_all", ""),
    "renaming the front page out": ("move_all", "'index.html'"),
    "the commit": ("move", "'SHA256SUMS'"),
    "the target's history": ("move", "history.jsonl"),
    "the end": ("remove_tree", ".catat/stage"),
}


def stopped(office: Office, point: tuple[str, str], by: signal.Signals) -> tuple[int, str]:
    """Publish in a process of its own and stop it at an operation of the target; return its code and its last words."""
    command = [sys.executable, "-c", _WAITING, *point, "publish", "kantor", str(office.home), *FORMAL, "--lang", "en"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        assert process.stderr is not None
        said = b""
        while not said.endswith(b"WAITING"):
            piece = process.stderr.read(1)
            assert piece, said
            said += piece
        process.send_signal(by)
        last = process.stderr.read()
    return process.returncode, last.decode()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A portfolio that is published and has changed since: a page, a new document, one that is withdrawn."""
    office = Office(tmp_path)
    office.published()
    office.record("rapat", "notulen.pdf", "baru.pdf", title="Judul baru")
    office.remove("apel")
    return office


def ensure_finished(office: Office, before: Tree) -> None:
    """Fail unless the next publication succeeds at once, leaves nothing, and the history has the whole change once."""
    ensure_invariants(office.public, before, office.built)
    done = office.published()
    assert "verified" in done.stdout or "Nothing has changed" in done.stdout
    assert office.public == office.built
    assert office.stages() == []
    first, second = office.lines
    assert second["added"] == ["files/evidence/baru.pdf"]
    assert second["changed"] == ["records/rapat.html"]
    assert second["withdrawn"] == ["files/evidence/foto.pdf", "records/apel.html"]
    history = (office.place / ".catat/history.jsonl").read_text().splitlines()
    assert [json.loads(each)["digest"] for each in history] == [first["digest"], second["digest"]]
    whole = office.whole
    assert "Nothing has changed" in office.published().stdout
    assert office.whole == whole


@pytest.mark.parametrize("point", ["sending", "renaming the front page out", "the target's history"])
def test_ctrl_c_leaves_the_target_sound_and_free_and_the_next_run_goes_on(office: Office, point: str) -> None:
    before = office.public
    code, last = stopped(office, POINTS[point], signal.SIGINT)
    assert (code, last.strip()) == (130, "Stopped.")
    assert not (office.place / ".catat/lock").exists()
    if point == "sending":
        assert office.public == before
    if point == "renaming the front page out":
        assert "begun and not finished" in office.published("--status").stdout
    ensure_finished(office, before)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("point", ["sending", "the commit", "the target's history", "the end"])
def test_after_it_was_killed_the_next_run_goes_on_at_once(office: Office, point: str) -> None:
    before = office.public
    assert stopped(office, POINTS[point], signal.SIGKILL)[0] == -signal.SIGKILL
    assert (office.place / ".catat/lock").exists()
    ensure_finished(office, before)


def test_while_somebody_publishes_another_is_refused_and_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from generator.publishing.targets.folder import FolderTarget

    whole = FolderTarget.upload_all
    found = []

    def meanwhile(self: FolderTarget, uploads: object) -> None:
        if not found:
            found.append(None)
            other = office.place.parent / "lain"
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("CATAT_CACHE", str(other))  # as on another machine
                found.append(office.publish("--yes"))
        whole(self, uploads)  # type: ignore[arg-type]

    monkeypatch.setattr(FolderTarget, "upload_all", meanwhile)
    done = office.published()
    assert "verified" in done.stdout
    assert found[1].returncode == 3
    assert "is publishing there, last heard of" in found[1].stderr
    assert len(office.lines) == 2
