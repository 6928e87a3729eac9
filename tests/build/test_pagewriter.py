"""The pages of a site, written: here or in another process, the same bytes and the same mistakes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.build import build, copying, pages
from generator.build.outcome import silent
from generator.build.pages import RenderRequest, RenderResult, render_batch
from generator.output.document_copies import CopiedFile
from tests.support import builders, small


def built(home: Path, out: Path) -> dict[str, bytes]:
    outcome = build.build(home, out, on=small.DAY, progress=silent)
    count = outcome.files
    assert count, outcome.diagnostics
    return small.contents(out)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Pages of records are rendered in other processes, however few they are."""
    monkeypatch.setattr(pages, "FEW", 0)
    return monkeypatch


@pytest.mark.parametrize("several", [1, 50])
def test_other_processes_write_the_same_pages(tmp_path: Path, elsewhere: pytest.MonkeyPatch, several: int) -> None:
    home = small.write(tmp_path)
    elsewhere.setattr(pages, "AT_ONCE", several)
    there = built(home, tmp_path / "there")
    elsewhere.setattr(pages, "FEW", 10_000)
    assert built(home, tmp_path / "here") == there


def render_one_and_die(requests: Sequence[RenderRequest], *, chosen: bytes) -> RenderResult | None:
    """Write the first of some pages, as a process does that is ended in the middle."""
    if render_batch(requests[:1], chosen=chosen) is None:  # in the second process, after which none is tried
        return None
    os._exit(9)


def test_where_a_process_dies_the_pages_are_written_here(tmp_path: Path, elsewhere: pytest.MonkeyPatch) -> None:
    home = small.write(tmp_path)
    wanted = built(home, tmp_path / "wanted")
    old = built(home, tmp_path / "site")
    builders.write(home, {"records/1-manajemen-perubahan/kedua.md": small.SECOND + "\nBaru.\n"})
    elsewhere.setattr(pages, "render_batch", render_one_and_die)
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in (tmp_path / "site").rglob("*.html"):  # other names of the last site's files stay as they are
        os.link(path, kept / path.relative_to(tmp_path / "site").as_posix().replace("/", "+"))
    new = built(home, tmp_path / "site")
    assert {path: content for path, content in new.items() if wanted[path] != content}.keys() >= {"records/kedua.html"}
    assert {path.name.replace("+", "/"): path.read_bytes() for path in kept.iterdir()}.items() <= old.items()
    elsewhere.undo()
    assert built(home, tmp_path / "clean") == new


def test_documents_that_a_dead_process_copied_in_part_are_copied_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = small.write(tmp_path)
    wanted = built(home, tmp_path / "wanted")
    monkeypatch.setattr(copying, "FEW", 0)
    assert built(home, tmp_path / "apart") == wanted
    with monkeypatch.context() as patch:
        patch.setattr(copying, "copy_new", copy_one_and_die)
        assert built(home, tmp_path / "site") == wanted


def copy_one_and_die(job: copying.Job) -> list[CopiedFile] | None:
    """Copy the first of some documents, as a process does that is ended in the middle."""
    if copying.copy_new(job[:1]) is None:  # in the second process, after which none is tried
        return None
    os._exit(9)


@pytest.mark.parametrize("few", [1, 10_000])
@pytest.mark.parametrize(
    ("template", "code"),
    [("{{ page.nothing_of_that_name }}", "theme-invalid"), ("", "theme-invalid/empty"),
     ('<a href="nowhere.html">x</a>', "theme-invalid/link")],
)  # fmt: skip
def test_a_template_that_cannot_be_used_is_told_wherever_it_is_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, template: str, code: str
) -> None:
    monkeypatch.setattr(pages, "FEW", few)
    home = small.write(tmp_path)
    builders.write(
        home, {"tema/templates/pages/record.html": template, "portfolio.yaml": f"{small.SETTINGS}theme: tema\n"}
    )
    outcome = build.build(home, tmp_path / "site", on=small.DAY, progress=silent)
    count = outcome.files
    assert (count, [each.sentence for each in outcome.diagnostics if each.code == "theme-invalid"]) == (0, [code])
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    "block",
    [
        '<a href="nowhere.html">x</a>',
        "{{ page.nothing_of_that_name }}",
        "{% if page.documents %}{{ 1 // 0 }}{% endif %}",
    ],
)
def test_which_mistake_is_told_does_not_hang_on_who_rendered_what(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: str
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 1)
    home = small.write(tmp_path)
    body = f"{{% extends 'default/base.html' %}}{{% block main %}}{block}{{% endblock %}}"
    own = {f"tema/templates/pages/{name}.html": body for name in ("record", "evidence", "item", "front")}
    builders.write(home, {**own, "portfolio.yaml": f"{small.SETTINGS}theme: tema\n"})
    told = set()
    for few in (0, 3, 20, 10_000):
        monkeypatch.setattr(pages, "FEW", few)
        outcome = build.build(home, tmp_path / "site", on=small.DAY, progress=silent)
        told.add(tuple(each for each in outcome.diagnostics if each.code == "theme-invalid"))
    [[problem]] = told
    assert problem.place.file
