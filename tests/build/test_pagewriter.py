"""The pages of a site, written: here or in another process, the same bytes and the same mistakes."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import pytest

from generator.build import build, pages
from generator.build.outcome import silent
from generator.build.pages import _render_all
from generator.incremental import workers
from tests.support import builders, small


def built(home: Path, out: Path) -> dict[str, bytes]:
    outcome = build.build(home, out, on=small.DAY, progress=silent)
    count = outcome.files
    assert count, outcome.diagnostics
    return small.contents(out)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """All pages but the first are rendered in another process."""
    monkeypatch.setattr(pages, "FEW", 1)
    return monkeypatch


@pytest.mark.parametrize("several", [1, 25])
def test_another_process_writes_the_same_pages(tmp_path: Path, elsewhere: pytest.MonkeyPatch, several: int) -> None:
    home = small.write(tmp_path)
    elsewhere.setattr(pages, "_SENT_AT_ONCE", several)
    there = built(home, tmp_path / "there")
    elsewhere.setattr(pages, "FEW", 10_000)
    assert built(home, tmp_path / "here") == there


def render_some_and_die(handed_over: object) -> object:
    """Stands in for what renders in another process, and ends it in the middle."""
    assert callable(getattr(handed_over, "__next__", None))
    first = [next(handed_over) for _ in range(2)]  # type: ignore[call-overload]
    _render_all(iter(first))
    os._exit(9)


def test_where_that_process_dies_the_pages_are_written_here(tmp_path: Path, elsewhere: pytest.MonkeyPatch) -> None:
    home = small.write(tmp_path)
    wanted = built(home, tmp_path / "wanted")
    old = built(home, tmp_path / "site")
    builders.write(home, {"records/1-manajemen-perubahan/kedua.md": small.SECOND + "\nBaru.\n"})
    elsewhere.setattr(pages, "_render_all", render_some_and_die)
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in (tmp_path / "site").rglob(
        "*.html"
    ):  # what a page taken over shares with the site before stays as it is
        os.link(path, kept / path.relative_to(tmp_path / "site").as_posix().replace("/", "+"))
    new = built(home, tmp_path / "site")
    assert {path: content for path, content in new.items() if wanted[path] != content}.keys() >= {"records/kedua.html"}
    assert {path.name.replace("+", "/"): path.read_bytes() for path in kept.iterdir()}.items() <= old.items()
    elsewhere.undo()
    assert built(home, tmp_path / "clean") == new


@pytest.mark.parametrize("lost", [0, 3, 7])
def test_a_message_that_cannot_be_sent_loses_no_page(tmp_path: Path, elsewhere: pytest.MonkeyPatch, lost: int) -> None:
    home = small.write(tmp_path)
    wanted = built(home, tmp_path / "wanted")
    elsewhere.setattr(pages, "_SENT_AT_ONCE", 1)
    give, numbers = workers.BackgroundProcess.send, count()

    def give_unless(self: workers.BackgroundProcess, items: object) -> None:
        if next(numbers) == lost:
            raise MemoryError
        give(self, items)

    elsewhere.setattr(workers.BackgroundProcess, "send", give_unless)
    assert built(home, tmp_path / "site") == wanted


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
    monkeypatch.setattr(pages, "_SENT_AT_ONCE", 1)
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
