"""Strangers' files are looked into by other processes, within limits: none takes all time or memory, or stops a build."""

from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from generator.build import project
from generator.build.build import build
from generator.build.document_previews import DocumentPreviews
from generator.build.inspections import Inspections
from generator.build.outcome import silent
from generator.disk import identity_of
from generator.evidence import State
from generator.evidence.examination import InspectionRequest
from generator.evidence.previews import DocumentPreview, PreviewRequest
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.incremental.store import Store
from generator.limits import Limits
from generator.preview.previewer import Previewer
from tests.conftest import ROOT
from tests.support import bombs
from tests.support.builders import pdf, picture, write, xlsx, zipped
from tests.support.command import catat, started
from tests.support.small import DAY

SMALL = Limits(seconds=0.5, mebibytes=300)

WORK = """
import ctypes, os, sys, time, warnings

def work(what):
    if what == "spin":
        while True:
            pass
    if what == "sleep":
        time.sleep(60)
    if what == "swallow":
        return len(bytearray(1 << 40))
    if what == "abort":
        os.abort()
    if what == "leave":
        os.kill(os.getpid(), 9)
    if what == "raise":
        raise KeyError("what")
    if what == "number":
        return os.getpid()
    if what == "shout":
        os.write(1, b"one"); os.write(2, b"two"); print("three"); warnings.warn("four")
    return what

def swallowed_before(what):
    held.append(bytearray(80 << 20))
    return what

held = []
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """A module whose functions do what decoders do with hostile files."""
    write(tmp_path / "modules", {"hostile_work.py": WORK})
    monkeypatch.syspath_prepend(str(tmp_path / "modules"))
    workers.pool().trim(0)  # those that have begun do not know of that folder
    sys.modules.pop("hostile_work", None)
    return importlib.import_module("hostile_work")


def worked(module: object, *what: str, limits: Limits = SMALL, **named: object) -> list[object]:
    work: Callable[[str], object] = module.work  # type: ignore[attr-defined]
    return list(workers.isolated(what, work, limits=lambda _: limits, **named))  # type: ignore[arg-type]


# Other processes


@pytest.mark.parametrize(
    ("what", "failure"),
    [
        ("spin", Failure.TIME),
        ("swallow", Failure.MEMORY),
        ("abort", Failure.CRASH),
        ("leave", Failure.KILLED),
    ],
)
@pytest.mark.parametrize("together", [False, True])
def test_what_goes_past_a_limit_costs_only_itself(
    module: object, what: str, failure: Failure, *, together: bool
) -> None:
    seconds = (lambda _: 0.0) if together else (lambda _: 1.0)
    assert worked(module, "a", what, "b", what, "c", seconds=seconds) == ["a", failure, "b", failure, "c"]


def test_what_waits_for_ever_is_ended_by_the_clock(module: object) -> None:
    assert worked(module, "sleep", "a", limits=Limits(clock_seconds=0.5)) == [Failure.CLOCK, "a"]


def test_only_what_the_file_itself_is_to_blame_for_lasts() -> None:
    assert {each for each in Failure if each.lasting} == {Failure.TIME, Failure.MEMORY, Failure.CRASH}


def test_what_fails_has_failed_in_a_process_that_did_nothing_before(module: object) -> None:
    # Each takes a fifth of the memory and keeps it.
    work = module.swallowed_before  # type: ignore[attr-defined]
    items = [str(number) for number in range(6)]
    assert list(workers.isolated(items, work, limits=lambda _: SMALL)) == items


def test_a_mistake_of_ours_is_raised_where_the_result_is_awaited(module: object) -> None:
    with pytest.raises(KeyError, match="what"):
        worked(module, "a", "raise", "b")
    assert worked(module, "a") == ["a"]


def test_a_process_that_waits_is_used_again_and_not_too_many_wait(
    module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = worked(module, "number")
    assert worked(module, "number") == first
    monkeypatch.setattr(workers, "cores", lambda: 4)
    worked(module, *(["number"] * 20), seconds=lambda _: 1.0)
    assert len(workers.pool()._idle) <= 2


def test_processes_that_were_prepared_do_the_work(module: object) -> None:
    workers.pool().prepare(module.work)  # type: ignore[attr-defined]
    waiting = {str(worker._process.pid) for worker in workers.pool()._idle}
    assert waiting
    (number,) = worked(module, "number")
    assert str(number) in waiting


def test_results_that_nobody_awaits_end_the_processes(module: object) -> None:
    results = workers.isolated(
        ["a", "sleep", "sleep", "sleep"],
        module.work,
        seconds=lambda _: 1.0,  # type: ignore[attr-defined]
    )
    assert next(results) == "a"
    begun = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 10


def test_no_library_speaks_on_the_terminal(module: object, capfd: pytest.CaptureFixture[str]) -> None:
    assert worked(module, "shout") == ["shout"]
    assert capfd.readouterr() == ("", "")


# What is looked into


def inspected(path: Path, limits: Limits, store: Store | None = None) -> State:
    identity = identity_of(str(path))
    assert identity is not None
    asked = InspectionRequest(str(path), path.name, identity)
    found = Inspections(store, limits).inspect([asked], complete=True)[asked]
    assert not isinstance(found, OSError)
    assert found.sha256 == sha256(path.read_bytes()).hexdigest()
    return found.state


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A document that cannot be opened in 300 MiB."""
    return bombs.pages_in_a_bomb(300 << 20)


def old_file(folder: Path, content: bytes) -> Path:
    """Write a document whose time is beyond doubt."""
    path = folder / "sk.pdf"
    path.write_bytes(content)
    os.utime(path, (1, 1))
    return path


def test_a_document_that_takes_too_much_memory_is_not_examined_and_that_is_remembered(
    tmp_path: Path, bomb: bytes
) -> None:
    path = old_file(tmp_path, bomb)
    with Store(None) as store:
        assert inspected(path, SMALL, store) is State.UNEXAMINED
        assert inspected(path, Limits(), store) is State.UNEXAMINED


def with_a_second_name(path: Path) -> Path:
    os.link(path, path.with_name("another.pdf"))
    return path


def moved(path: Path) -> Path:
    (path.parent / "arsip").mkdir()
    return path.rename(path.parent / "arsip" / path.name)


def copied(path: Path) -> Path:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    return path


def changed(path: Path) -> Path:
    """Another document of the same size, written into the same file, with the time of the first."""
    with path.open("r+b") as file:
        file.write(b"!")
    os.utime(path, (1, 1))
    return path


@pytest.mark.parametrize(
    ("happens", "is_known"), [(with_a_second_name, True), (moved, True), (copied, True), (changed, False)]
)
def test_a_document_is_known_by_its_bytes_and_its_name(
    tmp_path: Path, bomb: bytes, happens: Callable[[Path], Path], *, is_known: bool
) -> None:
    path = old_file(tmp_path, bomb)
    with Store(None) as store:
        assert inspected(path, SMALL, store) is State.UNEXAMINED
        again = inspected(happens(path), Limits(), store)
    assert (again is State.UNEXAMINED) == is_known


RECORD = """\
---
title: Rapat
date: 2023-01-18
items: [A.I.1.i.a]
evidence:
  - {file: sk.pdf, type: sk}
---
"""


def portfolio(folder: Path, content: bytes) -> Path:
    return write(
        folder / "portofolio",
        {
            "portfolio.yaml": "title: Portofolio\nunit: Balai\n",
            "records/1-mp/rapat.md": RECORD,
            "records/1-mp/sk.pdf": content,
        },
    )


def test_a_document_that_is_not_examined_does_not_count_and_the_site_is_built(tmp_path: Path, bomb: bytes) -> None:
    root = portfolio(tmp_path, bomb)
    outcome = build(root, tmp_path / "site", on=DAY, progress=silent, limits=SMALL)
    count = outcome.files
    assert count
    (found,) = [each for each in outcome.diagnostics if each.code == "evidence-unexamined"]
    assert (found.place.file, found.place.line) == ("records/1-mp/rapat.md", 6)
    assert "sk.pdf" in found.message("id")
    read = project.read(root, on=DAY, limits=SMALL)
    assert read.readiness is not None
    (item,) = [each for each in read.readiness.items if each.item.id == "A.I.1.i.a"]
    assert (len(item.accepted), len(item.refused)) == (0, 1)
    assert (tmp_path / "site/files/records/1-mp/sk.pdf").read_bytes() == bomb
    assert [each.code for each in outcome.diagnostics if "record-without" in each.code] == []


def preview_of(folder: Path, name: str, content: bytes, limits: Limits = SMALL) -> DocumentPreview:
    path = folder / name
    path.write_bytes(content)
    wanted = PreviewRequest(str(path), name, sha256(content).hexdigest())
    with Store(None) as store:
        seen = DocumentPreviews([wanted], store, limits)
        seen.make()
        return seen[wanted.sha256]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.pdf", bombs.nested_forms),
        ("a.pdf", lambda: bombs.twice_deflated(120 << 20)),
        ("a.pdf", lambda: bombs.page_of(1, 1e9)),
    ],
)
def test_what_takes_too_much_has_no_preview_and_that_is_said(
    tmp_path: Path, name: str, made: Callable[[], bytes]
) -> None:
    preview = preview_of(tmp_path, name, made())
    assert preview.small is None
    assert preview.failed


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.pdf", lambda: bombs.page_of(14_400, 1e6)),
        ("a.pdf", bombs.page_tree_in_a_circle),
        ("a.pdf", lambda: bombs.many_pages(200_000)),
        ("a.xlsx", lambda: bombs.workbook(70 << 20)),
    ],
)
def test_what_only_looks_dangerous_stays_within_the_limits(
    tmp_path: Path, name: str, made: Callable[[], bytes]
) -> None:
    assert preview_of(tmp_path, name, made(), Limits(seconds=5, mebibytes=500)).failed == ""


def test_a_document_without_preview_counts_and_each_build_says_so(tmp_path: Path) -> None:
    root = portfolio(tmp_path, bombs.page_of(1, 1e9))
    arguments = ("build", str(root), "-o", str(tmp_path / "site"), "--as-of", "2023-06-30")
    for language, words in (("en", "no preview"), ("id", "tidak mempunyai pratinjau"), ("en", "no preview")):
        done = catat(*arguments, "--lang", language)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("preview-failed") == 1
        assert words in done.stderr
        assert "records/1-mp/sk.pdf" in done.stderr
    outcome = project.read(root, on=DAY)
    assert outcome.readiness is not None
    (item,) = [each for each in outcome.readiness.items if each.item.id == "A.I.1.i.a"]
    assert (len(item.accepted), len(item.refused)) == (1, 0)


def test_the_preview_says_of_a_document_that_it_has_none(tmp_path: Path) -> None:
    root = portfolio(tmp_path, bombs.page_of(1, 1e9))
    previewer = Previewer(root, lambda: DAY)
    previewer.refresh()
    previewer.make_pictures()
    told = [each.code for each in previewer.problems(previewer.preview)]
    previewer.close()
    assert told == ["evidence-blank", "preview-failed"]


@pytest.mark.parametrize("variant", ["size", "time", "memory", "crash"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_has_its_sentence(variant: str, language: str) -> None:
    from generator.messages.diagnostics import Diagnostic, Place

    values = {"file": "sk.pdf", "seconds": 10, "mebibytes": 1536}
    for code in ("preview-failed", *(() if variant == "size" else ("evidence-unexamined",))):
        found = Diagnostic.warning(code, Place("a"), variant=variant, **values)
        assert "sk.pdf" in found.message(language)
        assert found.hint(language)


# What the user hears


def unstyled() -> bytes:
    """A workbook whose cells have styles that it does not have."""
    with zipfile.ZipFile(io.BytesIO(xlsx())) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    return zipped(parts)


def test_no_decoder_speaks_where_the_command_is_run(tmp_path: Path) -> None:
    """Openpyxl prints what it misses, pypdfium2 that it knows no XFA, libtiff that a file is cut."""
    files = {"a.xlsx": unstyled(), "b.pdf": bombs.form_of_xfa(), "c.tif": picture("TIFF")[:-60]}
    root = portfolio(tmp_path, pdf())
    write(root / "records/1-mp", files)
    named = "".join(f"  - {{file: {name}, type: sk}}\n" for name in files)
    text = RECORD.replace("  - {file: sk.pdf, type: sk}\n", named)
    (root / "records/1-mp/rapat.md").write_text(text, "utf-8")
    own = {"CATAT_CACHE": str(tmp_path / "cache")}
    assert started("check", str(root), "--lang", "en", **own).stderr == ""
    (root / "records/1-mp/rapat.md").write_text(text.replace("  - {file: c.tif, type: sk}\n", ""), "utf-8")
    done = started("build", str(root), "-o", str(tmp_path / "site"), "--lang", "en", **own)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d+ warnings?; read (it|them) with: catat check\n", done.stderr)


def test_where_no_process_can_be_had_that_is_said_once(tmp_path: Path) -> None:
    root = portfolio(tmp_path, pdf())
    script = "import sys; sys.executable = ''; sys.argv[0] = 'catat'; from generator import cli; cli.main()"
    arguments = ("build", str(root), "-o", str(tmp_path / "site"), "--lang", "en")
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8",
        env={**os.environ, "CATAT_CACHE": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("no other process could be started here") == 1
