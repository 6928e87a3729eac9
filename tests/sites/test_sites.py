"""Golden sites: small portfolios of one idea each, and every page that is made of them (README.md beside this)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator import __version__
from tests.support import small

SITES = Path(__file__).parent
IDEAS = sorted(path.parent for path in SITES.glob("*/content"))
DOCUMENTS = "documents.txt"
"""Stands in `expected` for the documents of `files/`: their paths, a line each."""

ELSEWHERE = ("assets/", "previews/", "search/", "SHA256SUMS")
"""What is the same in every site, or has tests of its own."""


def made(idea: Path, out: Path) -> dict[str, str]:
    """Return what is written for an idea: its pages and data as text, and the list of its documents."""
    outcome, count = small.build_site(idea / "content", out)
    assert count, outcome.diagnostics
    written = {path: content for path, content in small.contents(out).items() if not path.startswith(ELSEWHERE)}
    documents = sorted(path for path in written if path.startswith("files/"))
    pages = {path: content.decode().replace(__version__, "VERSION") for path, content in written.items()
             if path not in documents}  # fmt: skip
    return {**pages, DOCUMENTS: "".join(f"{path}\n" for path in documents)}


@pytest.mark.parametrize("idea", IDEAS, ids=lambda path: path.name)
def test_a_portfolio_gives_the_expected_site(idea: Path, tmp_path: Path) -> None:
    found = made(idea, tmp_path / "site")
    expected = {path: content.decode() for path, content in small.contents(idea / "expected").items()}
    if os.environ.get("UPDATE_EXPECTED") == "1" and found != expected:
        shutil.rmtree(idea / "expected", ignore_errors=True)
        for path, text in found.items():
            (idea / "expected" / path).parent.mkdir(parents=True, exist_ok=True)
            (idea / "expected" / path).write_text(text, encoding="utf-8")
        pytest.fail("the expected site was rewritten: read the diff")
    assert found.keys() == expected.keys(), "a page is missing, or an expected one is left over"
    for path, text in found.items():
        assert text == expected[path], path


def test_an_idea_has_a_name_and_no_more_than_it_needs() -> None:
    assert 4 <= len(IDEAS) <= 8, "few: what one page shows is tested beside the view"
    for idea in IDEAS:
        assert sum(path.is_file() for path in (idea / "content").rglob("*")) < 10, idea
