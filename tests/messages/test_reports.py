"""The report for people: short as it is, long by file, with like findings folded and a summary at its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.renderers import as_text
from generator.messages.report import as_report
from tests.support import builders
from tests.support.command import catat

CODES = ("evidence-untyped", "evidence-empty", "record-without-items")


def found(code: str, file: str, line: int | None = 1) -> Diagnostic:
    values = {
        "evidence-untyped": {"document": "a.pdf"},
        "evidence-empty": {"file": "a.pdf"},
        "record-without-items": {"id": "a"},
    }
    made = Diagnostic.error if code == "evidence-empty" else Diagnostic.warning
    return made(code, Place(file, line, None if line is None else 1), **values[code])


def plain(text: str, role: str) -> str:
    return text


def report(several: list[Diagnostic], *, whole: bool = False) -> str:
    return as_report(several, "en", style=plain, whole=whole)


def test_a_short_report_shows_each_finding_as_it_is() -> None:
    several = [found("evidence-untyped", f"{n}.md") for n in range(12)]
    assert report(several) == as_text(several, "en", style=plain)


def test_a_long_report_folds_what_is_alike_and_ends_with_a_summary() -> None:
    several = [found("evidence-untyped", f"a{n:03}.md") for n in range(103)] + [found("evidence-empty", "b.md")]
    text = report(several)
    assert text.count("warning[evidence-untyped]: `a.pdf`") == 5
    assert "98 more like those above: a005.md:1:1" in text
    assert len(text.splitlines()) < 60
    summary = text.partition("Summary by code:\n")[2].splitlines()
    assert [line.split()[:2] for line in summary] == [["103", "evidence-untyped"], ["1", "evidence-empty"]]


def test_files_with_errors_come_last_where_they_are_seen() -> None:
    several = [found("evidence-empty", "a.md"), *(found("record-without-items", f"b{n}.md") for n in range(14))]
    headings = re.findall(r"^== (\S+)$", report(several, whole=True), re.MULTILINE)
    assert headings[-1] == "a.md"
    assert len(headings) == 15


findings = st.lists(
    st.builds(
        found, st.sampled_from(CODES), st.sampled_from(["a.md", "b.md", "c/d.md"]), st.none() | st.integers(1, 30)
    ),
    max_size=60,
)


@given(findings)
def test_the_summary_counts_every_finding_and_the_whole_report_folds_none(several: list[Diagnostic]) -> None:
    whole = report(several, whole=True)
    assert len(re.findall(r"^(?:error|warning)\[", whole, re.MULTILINE)) == len(several)
    text = report(several)
    shown = len(re.findall(r"^ *--> ", text, re.MULTILINE))
    folded = sum(map(int, re.findall(r"(\d+) more like those above", text)))
    assert shown + folded == len(several)
    if len(several) > 12:
        rows = re.findall(r"^ +(\d+)  (\S+)", text.partition("Summary by code:\n")[2], re.MULTILINE)
        assert sum(int(count) for count, code in rows if code in CODES) == len(several)


@pytest.mark.parametrize(("option", "number"), [((), 5), (("--all",), 20)])
def test_check_folds_and_shows_all_on_request(option: tuple[str, ...], number: int, tmp_path: Path) -> None:
    record = "---\ntitle: Meeting\ndate: 2023-01-18\n---\n"
    files = {f"records/1-mp/r{n}.md": record for n in range(20)}
    home = builders.write(tmp_path, {"portfolio.yaml": "title: ZI\nunit: BDK\nlanguage: en\n", **files})
    done = catat("check", str(home), *option)
    assert done.stdout.count("warning[record-without-items]: the") == number
    assert ("catat check --all" in done.stdout) is (not option)
    assert "40 warnings" in done.stdout
    assert len(catat("check", str(home), "--format", "line").stdout.splitlines()) == 40
