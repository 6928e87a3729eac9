"""Prerequisites of a proposal: answers in portfolio.yaml with their documents, and what becomes of them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from generator.exchange.checksums import read_checksums
from generator.incremental.steps import Steps
from generator.model.portfolio import Portfolio
from generator.publishing.audit import audit
from generator.readiness.prerequisites import PrerequisiteState, standing
from generator.site import published
from tests.support import builders, small
from tests.support.plans import read_with

SETTINGS = "title: Portofolio\nunit: Balai\n"
FOLDER = "records/1-manajemen-perubahan"
RECORD = """\
---
title: Laporan
date: 2023-03-09
items: [A.I.1.i.a]
evidence: [{file: laporan.pdf, type: laporan}, {file: zzq-nama.pdf, type: laporan, classification: restricted}]
---
"""


def read(
    folder: Path, prerequisites: str, more: str = "", files: dict[str, str | bytes] | None = None
) -> tuple[Portfolio, list[str]]:
    """Return the portfolio with these prerequisites, and what is reported with its line."""
    home = builders.write(
        folder, {"portfolio.yaml": f"{SETTINGS}{more}prerequisites:\n{prerequisites}", "evidence/bukti.pdf": builders.pdf("Bukti"), **(files or {})}
    )  # fmt: skip
    outcome = read_with(Steps(), home, on=builders.DAY)
    assert outcome.readiness is not None
    found = [f"{each.code} {each.place.file}:{each.place.line}" for each in outcome.diagnostics if each.place]
    return outcome.readiness.portfolio, found


def state(
    portfolio: Portfolio, name: str, *, on: datetime.date = builders.DAY, predicate: str = "WBK"
) -> PrerequisiteState:
    aimed_at = next(each for each in portfolio.instrument.predicates if each.id == predicate)
    return next(each.state for each in standing(portfolio, aimed_at, on) if each.prerequisite.id == name)


@pytest.mark.parametrize(
    ("name", "answer", "predicate", "expected"),
    [
        ("opini-bpk", "WTP", "WBK", "met"),
        ("opini-bpk", "WDP", "WBK", "unmet"),
        ("sakip-unit", "B", "WBK", "met"),
        ("sakip-unit", "B", "WBBM", "unmet"),
        ("sakip-unit", "bb", "WBBM", "met"),
        ("sakip-unit", "CC", "WBK", "unmet"),
        ("spip", "3", "WBK", "met"),
        ("spip", "3.0", "WBK", "met"),
        ("spip", "2.999", "WBK", "unmet"),
        ("tlhp", "100%", "WBK", "met"),
        ("tlhp", "99.99%", "WBK", "unmet"),
        ("tlhp", "20/20", "WBK", "met"),
        ("tlhp", "19/20", "WBK", "unmet"),
        ("tlhp", "0/0", "WBK", "met"),
        ("tlhp", "0/3", "WBK", "unmet"),
        ("pencanangan", "2022-06-30", "WBK", "met"),
        ("pencanangan", "2022-07-01", "WBK", "unmet"),
        ("pencanangan", "2023-06-30", "WBK", "unmet"),
    ],
)
def test_an_answer_is_enough_from_the_least_that_is_required_on(
    tmp_path: Path, name: str, answer: str, predicate: str, expected: str
) -> None:
    portfolio, found = read(tmp_path, f"  {name}: {{answer: {answer}, documents: [evidence/bukti.pdf]}}\n")
    assert found == []
    assert state(portfolio, name, predicate=predicate) == expected


@pytest.mark.parametrize("day", ["2023-07-01", "9999-12-31"])
def test_a_declaration_still_to_come_is_reported_and_not_met(tmp_path: Path, day: str) -> None:
    portfolio, found = read(tmp_path, f"  pencanangan: {{answer: {day}, documents: [evidence/bukti.pdf]}}\n")
    assert found == ["date-in-future portfolio.yaml:4"]
    assert state(portfolio, "pencanangan") == "unmet"


@pytest.mark.parametrize(("on", "expected"), [("2025-02-28", "unmet"), ("2025-03-01", "met"), ("2028-02-29", "met")])
def test_a_year_from_a_leap_day_is_over_on_the_first_of_march(tmp_path: Path, on: str, expected: str) -> None:
    portfolio, _ = read(tmp_path, "  pencanangan: {answer: 2024-02-29, documents: [evidence/bukti.pdf]}\n")
    assert state(portfolio, "pencanangan", on=datetime.date.fromisoformat(on)) == expected


@pytest.mark.parametrize(
    ("kind", "answer", "expected"), [("kementerian", "CC", "unmet"), ("local", "CC", "met"), ("daerah", "C", "unmet")]
)
def test_the_kind_of_institution_decides_what_is_required_of_it(
    tmp_path: Path, kind: str, answer: str, expected: str
) -> None:
    names = ["rb-pusat", "rb-daerah"] if kind == "kementerian" else ["rb-daerah", "rb-pusat"]
    lines = "".join(f"  {each}: {{answer: {answer}, documents: [evidence/bukti.pdf]}}\n" for each in names)
    portfolio, found = read(tmp_path, lines, f"jenis_instansi: {kind}\n")
    assert found == ["settings-invalid portfolio.yaml:6"]
    assert state(portfolio, names[0]) == expected


def test_what_the_target_does_not_require_the_next_predicate_may(tmp_path: Path) -> None:
    portfolio, _ = read(tmp_path, "  opini-bpk: {answer: WTP, documents: [evidence/bukti.pdf]}\n", "target: TPI\n")
    assert portfolio.target.id == "TPI"
    assert state(portfolio, "opini-bpk") == "met"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("WTP", "unproven"),
        ("{answer: WTP, documents: []}", "unproven"),
        ("{answer: WTP, documents: [evidence/kosong.pdf]}", "unproven"),
        ("{answer: WTP, documents: ['https://drive.google.com/drive/folders/1a2b3c4d5e6f']}", "unproven"),
        ("{answer: WTP, documents: ['https://example.org/opini.pdf']}", "met"),
        ("{answer: WTP, documents: [evidence/kosong.pdf, evidence/bukti.pdf]}", "met"),
        ("{answer: WDP, documents: [evidence/bukti.pdf]}", "unmet"),
        ("{answer: WPT, documents: [evidence/bukti.pdf]}", "unanswered"),
    ],
)
def test_only_an_answer_that_is_enough_with_a_document_that_opens_is_met(
    tmp_path: Path, written: str, expected: str
) -> None:
    portfolio, _ = read(tmp_path, f"  opini-bpk: {written}\n", files={"evidence/kosong.pdf": b""})
    assert state(portfolio, "opini-bpk") == expected


def test_prerequisites_change_no_figure(tmp_path: Path) -> None:
    without, _ = read(tmp_path / "a", "  tlhp: 0/1\n")
    answered, _ = read(tmp_path / "b", "  opini-bpk: {answer: WTP, documents: [evidence/bukti.pdf]}\n")
    figures = [builders.readiness_of(each, on=builders.DAY) for each in (without, answered)]
    assert figures[0].index == figures[1].index
    assert figures[0].predicates == figures[1].predicates


def test_a_misspelt_name_is_reported_with_the_one_that_is_meant(tmp_path: Path) -> None:
    home = builders.write(tmp_path, {"portfolio.yaml": f"{SETTINGS}prasyarat:\n  opini-bkp: WTP\n"})
    (found,) = read_with(Steps(), home, on=builders.DAY).diagnostics
    assert (found.code, found.place.line if found.place else None) == ("settings-invalid", 4)
    assert "opini-bpk" in found.hint("en")


def test_a_missing_document_is_reported_at_its_line_of_the_settings_and_proves_nothing(tmp_path: Path) -> None:
    portfolio, found = read(
        tmp_path, "  opini-bpk:\n    answer: WTP\n    documents:\n    - evidence/bukti.pdf\n    - evidence/tidak-ada.pdf\n  tlhp: {jawaban: 1/1, dokumen: [../luar.pdf]}\n"
    )  # fmt: skip
    assert found == ["evidence-missing portfolio.yaml:8", "evidence-outside portfolio.yaml:9"]
    assert state(portfolio, "tlhp") == "unproven"


def test_a_document_of_a_prerequisite_is_used_copied_and_linked(tmp_path: Path) -> None:
    lines = "  opini-bpk: {answer: WTP, documents: [evidence/bukti.pdf]}\n"
    _, found = read(tmp_path / "p", lines)
    assert found == [], "it is not unreferenced"
    _, count = small.build_site(tmp_path / "p", tmp_path / "site")
    assert count
    assert (tmp_path / "site/files/evidence/bukti.pdf").is_file()
    assert 'href="files/evidence/bukti.pdf"' in (tmp_path / "site/index.html").read_text("utf-8")
    assert "bukti.pdf" not in (tmp_path / "site/evidence.html").read_text("utf-8"), "the register lists evidence alone"


@pytest.mark.parametrize("status", ["draft", "final"])
def test_what_the_settings_name_of_a_draft_is_published_and_reported(tmp_path: Path, status: str) -> None:
    files: dict[str, str | bytes] = {
        f"{FOLDER}/laporan/index.md": RECORD.replace("items:", f"status: {status}\nitems:"),
        f"{FOLDER}/laporan/laporan.pdf": builders.pdf("Laporan"),
        f"{FOLDER}/laporan/zzq-nama.pdf": builders.pdf("Per nama"),
    }
    lines = f"  lhkpn: {{answer: 4/4, documents: [evidence/bukti.pdf, {FOLDER}/laporan/laporan.pdf, {FOLDER}/laporan/zzq-nama.pdf]}}\n"
    portfolio, found = read(tmp_path / "p", lines, files=files)
    assert state(portfolio, "lhkpn") == "met"
    assert found == (["evidence-of-draft portfolio.yaml:4"] if status == "draft" else [])
    result, count = small.build_site(tmp_path / "p", tmp_path / "site")
    assert count
    assert (tmp_path / f"site/files/{FOLDER}/laporan/laporan.pdf").is_file()
    assert (tmp_path / "site/records/laporan.html").exists() is (status == "final")
    assert audit(tmp_path / "site", result.outcome, read_checksums((tmp_path / "site/SHA256SUMS").read_bytes())) == ()


def test_a_document_that_a_record_has_too_is_linked_to_its_card(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{FOLDER}/laporan/index.md": RECORD,
        f"{FOLDER}/laporan/laporan.pdf": builders.pdf("Laporan"),
        f"{FOLDER}/laporan/zzq-nama.pdf": builders.pdf("Per nama"),
    }
    lines = f"  lhkpn: {{answer: 4/4, documents: [{FOLDER}/laporan/laporan.pdf, {FOLDER}/laporan/zzq-nama.pdf]}}\n"
    portfolio, _ = read(tmp_path / "p", lines, files=files)
    assert state(portfolio, "lhkpn") == "met"
    _, count = small.build_site(tmp_path / "p", tmp_path / "site")
    assert count
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'href="records/laporan.html#d-' in page
    assert "dokumen terbatas" in page


def test_a_document_that_a_record_restricts_is_neither_published_nor_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{FOLDER}/laporan/index.md": RECORD,
        f"{FOLDER}/laporan/laporan.pdf": builders.pdf("Laporan"),
        f"{FOLDER}/laporan/zzq-nama.pdf": builders.pdf("Per nama"),
        "evidence/terbuka.pdf": builders.pdf("Terbuka"),
    }
    lines = f"  lhkpn: {{answer: 4/4, documents: [{FOLDER}/laporan/zzq-nama.pdf], note: Lihat zzq-nama.pdf}}\n"
    read(tmp_path / "p", lines, files=files)
    _, count = small.build_site(tmp_path / "p", tmp_path / "site")
    assert count
    named = [
        path
        for path, content in small.contents(tmp_path / "site").items()
        if b"zzq" in content.lower() or "zzq" in path
    ]
    assert named == []


def test_the_settings_prove_nothing_and_are_not_published(tmp_path: Path) -> None:
    page = "---\ntitle: Profil\n---\n[Setelan](../portfolio.yaml) dan [riwayat](../publications.jsonl).\n"
    files: dict[str, str | bytes] = {"pages/profil.md": page, "publications.jsonl": ""}
    portfolio, found = read(tmp_path, "  spip: {answer: 3, documents: [portfolio.yaml]}\n", files=files)
    assert "evidence-placeholder portfolio.yaml:4" in found
    assert state(portfolio, "spip") == "unproven"
    named = {str(each) for each in portfolio.files_named_besides()}
    assert "portfolio.yaml" in named
    outcome = read_with(Steps(), tmp_path, on=builders.DAY)
    copied = published.copied(portfolio, outcome.files, tmp_path, drafts=False)
    assert [str(each.reference) for each in copied if not str(each.reference).startswith("evidence/")] == []
