"""Every rule by example: small portfolios, and the report that an editor reads about them."""

from __future__ import annotations

import ast
import datetime
import os
import string
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import generator
from generator import rules
from generator.incremental.steps import Steps
from generator.languages import sentences
from generator.messages import renderers
from generator.messages.diagnostics import Diagnostic, Severity
from generator.rules import RULES
from tests.support import builders, casefiles
from tests.support.plans import read_with

ON = datetime.date(2023, 6, 30)
PATHS = sorted(casefiles.CASES.glob("*.txt"))
STEPS = Steps()

SHOWN_ELSEWHERE = {
    "theme-invalid", "url-unreachable", "settings-invalid/theme", "history-unknown", "url-ambiguous/folder",
    "evidence-unexamined", "preview-failed", "encoding-invalid/special", "evidence-damaged/special",
    "settings-invalid/root-system", "publication-invalid/large", "publication-invalid/special",
    "publication-invalid/unreadable", "site-link-broken", "site-request-elsewhere", "site-restricted", "site-draft",
    "personal-data",
}  # fmt: skip
"""Codes and sentences that need a build or its audit, the network or git, cost time or memory, or are no file."""


@cache
def found_in(path: Path) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a case."""
    case = casefiles.parse(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        return read_with(STEPS, casefiles.build(case, Path(folder)), on=ON).diagnostics


def report(found: tuple[Diagnostic, ...], language: str) -> str:
    """Return the report as an editor reads it, without colours."""
    return renderers.as_text(found, language, style=lambda text, role: text).strip("\n") or casefiles.NOTHING


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_report_is_the_expected_one(path: Path) -> None:
    case = casefiles.parse(path.read_text(encoding="utf-8"))
    reports = {language: report(found_in(path), language) for language in casefiles.LANGUAGES}
    if os.environ.get("UPDATE_EXPECTED") == "1" and reports != case.expected:
        path.write_text(casefiles.with_expected(case, reports), encoding="utf-8")
        pytest.fail("the expected reports were rewritten: read the diff")
    assert reports == case.expected


def test_every_case_has_a_title_of_its_own() -> None:
    titles = [casefiles.parse(path.read_text(encoding="utf-8")).title for path in PATHS]
    assert all(title and "\n" not in title for title in titles)
    assert len(set(titles)) == len(titles)


def test_every_rule_has_a_case() -> None:
    reported = {each.code for path in PATHS for each in found_in(path)}
    assert set(RULES) - reported - SHOWN_ELSEWHERE == set()


def test_every_sentence_has_a_case() -> None:
    reported = {each.sentence for path in PATHS for each in found_in(path)}
    elsewhere = {
        key for key in sentences.sentences("en") if key in SHOWN_ELSEWHERE or key.split("/")[0] in SHOWN_ELSEWHERE
    }
    assert set(sentences.sentences("en")) - reported - elsewhere == set()


def test_the_corpus_holds_a_case_for_each_common_mistake() -> None:
    assert len(PATHS) >= 80
    assert all(set(casefiles.parse(path.read_text(encoding="utf-8")).expected) == {"id", "en"} for path in PATHS)


def test_every_diagnostic_says_what_to_do() -> None:
    for path in PATHS:
        for found in found_in(path):
            assert found.hint("id"), found
            assert found.hint("en"), found


def test_misplaced_files_are_reported_while_they_are_there(tmp_path: Path) -> None:
    builders.write(tmp_path, {"portfolio.yaml": "title: Portofolio\nunit: Balai\n"})
    steps = Steps()

    def codes() -> set[str]:
        return {each.code for each in read_with(steps, tmp_path, on=ON).diagnostics}

    assert codes() == set()
    record = "---\ntitle: Rapat\ndate: 2023-01-18\nitems: [A.I.1.i.a]\n---\n"
    builders.write(tmp_path, {"kegiatan/1-mp/rapat.md": record, "rapat.md": record})
    assert codes() == {"folder-misnamed", "record-misplaced"}
    (tmp_path / "kegiatan").rename(tmp_path / "records")
    (tmp_path / "rapat.md").write_text("Tanpa bagian keterangan.\n", encoding="utf-8")
    assert codes() == {"record-without-evidence"}


def test_diagnostics_have_the_declared_severity() -> None:
    for path in PATHS:
        for found in found_in(path):
            assert found.severity is RULES[found.code].severity, found


def test_the_program_makes_diagnostics_as_they_are_declared() -> None:
    """Also those that no case shows: `Diagnostic.error("…")`, `problems.warning("…")`."""
    made = {
        (call.args[0].value, call.func.attr)
        for path in Path(generator.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in set(Severity)
        if ast.unparse(call.func.value).endswith(("Diagnostic", "problems"))
        if isinstance(call.args[0], ast.Constant)
    }
    assert len(made) > len(RULES) - 10
    assert made <= {(code, str(rule.severity)) for code, rule in RULES.items()}


def test_each_code_is_declared_once_and_has_its_words_in_the_same_family_of_each_language() -> None:
    declared = {family.__name__.rpartition(".")[2]: [rule.code for rule in family.RULES] for family in rules.FAMILIES}
    assert sum(map(len, declared.values())) == len(RULES)
    for language in casefiles.LANGUAGES:
        for family, codes in declared.items():
            words = import_module(f"generator.languages.{language}.rules.{family}").WORDS
            assert list(words) == codes


def test_both_languages_have_the_same_words_around_diagnostics() -> None:
    english, indonesian = sentences.report_words("en"), sentences.report_words("id")
    assert list(english) == list(indonesian)
    assert all(placeholders(english[name]) == placeholders(indonesian[name]) for name in english)


def test_both_languages_have_the_same_sentences_and_placeholders() -> None:
    english, indonesian = sentences.sentences("en"), sentences.sentences("id")
    assert set(english) == set(indonesian)
    for key, sentence in english.items():
        assert placeholders(*sentence) == placeholders(*indonesian[key]), key


def placeholders(*texts: str) -> set[str]:
    """Return the names in braces that a sentence is filled in with."""
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}
