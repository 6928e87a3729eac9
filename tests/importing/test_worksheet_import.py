"""A worksheet becomes answers, draft records and findings; nothing is overwritten, nothing is dropped in silence."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import exitcodes
from generator.authoring import new_portfolio
from generator.build.outcome import Outcome
from generator.build.project import Project
from generator.importing import assessment_changes, file_writing, worksheet_answers, worksheet_import
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_import import WorksheetPlan
from generator.messages.diagnostics import Severity
from generator.model.portfolio import DocumentUrl, Portfolio
from tests.support.command import catat
from tests.support.imported import blank_portfolio, run
from tests.support.worksheets import (
    LAMPIRAN,
    TWO_LEVELS,
    Filled,
    Formula,
    Link,
    filled,
    lines,
    save,
    shipped,
    without,
)

DAY = datetime.date(2026, 11, 1)
DRIVE = "https://drive.google.com/file/d/{}/view"


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A portfolio without a single answer file."""
    return blank_portfolio(tmp_path / "portfolio")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A portfolio as `catat init` makes it, with a blank key for each item."""
    root = tmp_path / "begun"
    chosen = new_portfolio.complete(new_portfolio.InitOptions(unit="Uji", language="id"), language="id")
    new_portfolio.create(root, chosen)
    return root


def read(root: Path) -> Outcome:
    return Project(root).read(on=DAY)


def portfolio(root: Path) -> Portfolio:
    found = read(root).portfolio
    assert found is not None
    return found


def planned(source: Path, root: Path, **options: Any) -> WorksheetPlan:
    outcome = read(root)
    assert outcome.portfolio is not None
    opened = worksheet_import.open_worksheet(source, outcome.portfolio)
    return worksheet_import.plan(opened, outcome.portfolio, outcome.texts, root, **options)


def told(plan: WorksheetPlan) -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in plan.remarks]


def errors(root: Path) -> list[str]:
    return [f"{each.place.file}: {each.code}" for each in read(root).diagnostics if each.severity is Severity.ERROR]


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def answered() -> Filled:
    """A worksheet with one answer of each kind, notes and links."""
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya", note="SK Kepala\n\nTahun 2026: tim # 1", link=Link(DRIVE.format("a"), "SK Tim"))
    made.answer("A.I.1.i.b", "a", link=DRIVE.format("b"), words="SOP penentuan tim")
    made.answer("A.I.1.ii.a", " tidak ", note="- belum: 'ada'")
    made.answer("A.II.1.i.a", Formula("=1/2", 0.5))
    made.answer("A.II.1.i.a n_agen", 4, note="empat agen")
    made.answer("A.II.1.i.a n_perubahan", "2")
    made.answer("B.I.a", "3,72")
    made.answer("B.I.b", "B")
    made.put("A.I.1.i.a", 11, Formula("=1", 1))
    return made


# What is written


def test_answers_notes_and_links_come_into_a_blank_portfolio(tmp_path: Path, blank: Path) -> None:
    done = run(save(tmp_path / "lke.xlsx", answered()), blank, yes=True)
    assert done.code == exitcodes.OK, done
    found = portfolio(blank)
    assert {item: each.text for item, each in found.answers.items()} == {
        "A.I.1.i.a": "Ya",
        "A.I.1.i.b": "A",
        "A.I.1.ii.a": "Tidak",
        "A.II.1.i.a": "2/4",
        "B.I.a": "3.72",
        "B.I.b": "B",
    }
    assert found.answers["A.I.1.i.a"].note == "SK Kepala Tahun 2026: tim # 1"
    assert found.answers["A.I.1.ii.a"].note == "- belum: 'ada'"
    assert "empat agen" in (found.answers["A.II.1.i.a"].note or "")
    assert errors(blank) == []
    assert sorted(path.name for path in (blank / "assessment").iterdir()) == ["1-manajemen-perubahan.md", "hasil.md"]


def test_links_become_one_draft_for_each_sub_area(tmp_path: Path, blank: Path) -> None:
    made = answered()
    made.answer("A.I.2.i.a", "A", link=DRIVE.format("c"))
    run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    records = sorted(portfolio(blank).records, key=lambda each: each.items)
    assert [(each.title, each.draft, each.items) for each in records] == [
        ("TIM KERJA", True, ("A.I.1.i.a", "A.I.1.i.b")),
        ("SOP KEGIATAN UTAMA", True, ("A.I.2.i.a",)),
    ]
    assert [(each.written, each.title, each.items) for each in records[0].documents] == [
        (DRIVE.format("a"), "SK Tim", ("A.I.1.i.a",)),
        (DRIVE.format("b"), "SOP penentuan tim", ("A.I.1.i.b",)),
    ]


def test_one_link_beside_two_items_is_one_document_of_both(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    for item in ("A.I.1.i.a", "A.I.1.i.b"):
        made.answer(item, "", link=DRIVE.format("sama"))
    run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    (document,) = portfolio(blank).documents()
    assert document.items == ("A.I.1.i.a", "A.I.1.i.b")


def test_several_addresses_in_one_cell_are_several_documents(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "", link=f"1. {DRIVE.format('a')};\n2. {DRIVE.format('b')}.")
    run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    sources = [each.source for each in portfolio(blank).documents()]
    assert [each.address for each in sources if isinstance(each, DocumentUrl)] == [DRIVE.format("a"), DRIVE.format("b")]


def test_what_names_evidence_without_a_link_is_told(tmp_path: Path, blank: Path) -> None:
    made = filled(TWO_LEVELS)
    made.answer("A.I.1.i.a", "Ya", words="SK Tim")
    assert ("evidence-without-link", f"LKE ZI!M{made.at['A.I.1.i.a'] + 1}") in told(
        planned(save(tmp_path / "lke.xlsx", made), blank)
    )


# A second run, and files of editors


@pytest.mark.parametrize("kind", ["blank", "begun"])
def test_a_second_run_changes_nothing(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    root: Path = request.getfixturevalue(kind)
    made = filled(TWO_LEVELS)
    made.answer("A.I.1.i.a", "Ya", note="satu\ndua", link=Link(DRIVE.format("a"), "SK"))
    made.answer("A.I.1.i.b", "", note="hanya catatan")
    made.answer("A.II.1.i.a n_agen", 4)
    made.answer("A.II.1.i.a n_perubahan", 3)
    for column, text in ((14, "Tidak"), (17, "belum ada"), (18, "Ya")):
        made.put("A.I.1.i.a", column, text)
    source = save(tmp_path / "lke.xlsx", made)
    assert run(source, root, yes=True, day=DAY).code == exitcodes.OK
    before = files(root)
    assert run(source, root, yes=True, day=DAY).code == exitcodes.OK
    assert files(root) == before
    assert planned(source, root, day=DAY).paths == ()


EDITED = """\
---
# diisi oleh Pokja 1
jawaban:
    A.I.1.i.a: Ya   # sudah
    A.I.1.i.b:      # tunggu SK
    A.I.1.ii.a:
      jawaban: Ya
      catatan: |
        baris satu

        baris dua
    # A.I.1.ii.b menyusul
---
Cerita *Pokja 1*.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_an_editor_wrote_stays_to_the_byte(tmp_path: Path, blank: Path, ends: str, mark: str) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.b", "B", note="catatan\nkedua")
    made.answer("A.I.1.ii.b", "C")
    path = blank / "assessment/1-manajemen-perubahan.md"
    path.parent.mkdir()
    path.write_bytes((mark + EDITED).replace("\n", ends).encode())
    assert run(save(tmp_path / "lke.xlsx", made), blank, yes=True).code == exitcodes.OK
    expected = EDITED.replace(
        "tunggu SK\n",
        "tunggu SK\n      jawaban: B\n      catatan: |-\n        catatan\n        kedua\n",
    ).replace("baris dua\n", "baris dua\n    A.I.1.ii.b: C\n")
    assert path.read_bytes() == (mark + expected).replace("\n", ends).encode()
    assert errors(blank) == []


def test_blank_keys_are_filled_where_they_stand(tmp_path: Path, begun: Path) -> None:
    path = begun / "assessment/1-manajemen-perubahan.md"
    before = path.read_text("utf-8")
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.I.1.iv.d", "D", note="akhir")
    run(save(tmp_path / "lke.xlsx", made), begun, yes=True)
    expected = before.replace("  A.I.1.i.a:\n", "  A.I.1.i.a: Ya\n").replace(
        "  A.I.1.iv.d:\n", "  A.I.1.iv.d:\n    jawaban: D\n    catatan: akhir\n"
    )
    assert path.read_text("utf-8") == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\njawaban: {A.I.1.i.a: Ya, A.I.1.ii.a: Ya}\n---\n",
        "---\njawaban:\n  A.I.1.i.a: [\n---\n",
        "tanpa pembuka\n",
    ],
)
def test_answers_go_into_a_further_file_where_the_areas_file_cannot_be_changed(
    tmp_path: Path, blank: Path, text: str
) -> None:
    path = blank / "assessment/1-manajemen-perubahan.md"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.b", "B")
    run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    assert path.read_text("utf-8") == text
    assert "A.I.1.i.b: B" in (blank / "assessment/impor-1-manajemen-perubahan.md").read_text("utf-8")
    assert portfolio(blank).answers["A.I.1.i.b"].text == "B"


def test_an_answer_that_differs_is_told_with_both_and_left(tmp_path: Path, blank: Path) -> None:
    path = blank / "assessment/satu.md"
    path.parent.mkdir()
    path.write_text("---\njawaban:\n  A.I.1.i.a: Tidak\n  A.I.1.i.b: {jawaban: B, catatan: sendiri}\n---\n", "utf-8")
    before = files(blank)
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.I.1.i.b", "B", note="lain")
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert ("answer-differs", f"LKE ZI!K{made.at['A.I.1.i.a'] + 1}") in told(plan)
    sentences = " ".join(each.sentence for each in plan.remarks)
    assert "`Ya`" in sentences
    assert "`Tidak`" in sentences
    assert "note-differs" in dict(told(plan))
    assert plan.paths == ()
    assert files(blank) == before


def test_an_equal_answer_in_other_words_is_the_same(tmp_path: Path, blank: Path) -> None:
    path = blank / "assessment/satu.md"
    path.parent.mkdir()
    path.write_text("---\njawaban:\n  A.II.1.i.a: 3/4\n  B.I.a: 3,5\n---\n", "utf-8")
    made = filled(LAMPIRAN)
    made.answer("A.II.1.i.a n_agen", 4)
    made.answer("A.II.1.i.a n_perubahan", 3)
    made.answer("B.I.a", 3.5)
    assert planned(save(tmp_path / "lke.xlsx", made), blank).paths == ()


# What is told


def test_a_row_without_an_item_ends_with_an_error(tmp_path: Path, blank: Path) -> None:
    made = answered()
    made.cells[made.at["A.I.3.i.c"], 6] = "Apakah kantin buka pada hari Senin"
    made.answer("A.I.3.i.c", "Ya")
    done = run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    assert done.code == exitcodes.ERRORS
    assert f"LKE ZI!K{made.at['A.I.3.i.c'] + 1}" in done.stdout
    assert "kantin" in done.stdout
    assert "A.I.1.i.a" in portfolio(blank).answers, "the others are written"


def test_the_same_item_twice_is_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[made.at["A.I.3.i.c"], 6] = made.cells[made.at["A.I.3.ii.c"], 6]
    made.answer("A.I.3.i.c", "Ya")
    made.answer("A.I.3.ii.c", "Ya")
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert ("item-twice", f"LKE ZI!K{made.at['A.I.3.i.c'] + 1}") in told(plan)
    assert not plan.complete


def test_items_without_a_row_are_told(tmp_path: Path, blank: Path) -> None:
    missing = ("A.I.2.i.a", "A.I.4.i.c", "A.I.6.ii.b")
    plan = planned(save(tmp_path / "lke.xlsx", filled(LAMPIRAN, without(lines(), *missing))), blank)
    (remark,) = [each for each in plan.remarks if each.code == "row-missing"]
    assert ", ".join(missing) in remark.sentence


def test_scales_answers_and_counts_that_do_not_fit_are_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.put("A.I.1.i.a", 9, "A/B/C")
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.I.1.i.b", "E")
    made.answer("A.II.1.i.a n_agen", "4 orang")
    made.answer("A.II.1.i.a n_perubahan", 3)
    made.answer("A.II.4.i.a n_sasaran", 9)
    made.answer("B.I.a", 87.65)
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)

    def cell(key: str, column: str = "K") -> str:
        return f"LKE ZI!{column}{made.at[key] + 1}"

    assert set(told(plan)) == {
        ("scale-other", cell("A.I.1.i.a", "J")),
        ("answer-invalid", cell("A.I.1.i.b")),
        ("count-invalid", cell("A.II.1.i.a n_agen")),
        ("count-missing", cell("A.II.4.i.a")),
        ("answer-invalid", cell("B.I.a")),
    }
    assert [each.given.item.id for each in plan.answers] == ["A.I.1.i.a"]


def test_typed_figures_that_disagree_with_their_parts_are_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    counts = {"n_kepala": 1, "n_pejabat": 10, "n_lainnya": 0, "n_lapor": 10}
    for key, count in counts.items():
        made.answer(f"A.II.5.iii.a {key}", count)
    made.answer("A.II.5.iii.a sum", 10)
    made.answer("A.II.5.iii.a", "100%")
    made.answer("A.II.4.i.a", "11.11%")
    made.answer("A.II.4.i.a n_sasaran", 9)
    made.answer("A.II.4.i.a n_tercapai", 1)
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert told(plan) == [
        ("share-differs", f"LKE ZI!K{made.at['A.II.5.iii.a'] + 1}"),
        ("subtotal-differs", f"LKE ZI!K{made.at['A.II.5.iii.a sum'] + 1}"),
    ]


def test_a_cell_with_an_error_is_told_and_no_answer(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.I.1.i.b", Formula("=1/0", "#DIV/0!"))
    made.answer("A.II.1.i.a n_agen", Formula("=Lain!A1", "#REF!"))
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    cells = [f"LKE ZI!K{made.at[key] + 1}" for key in ("A.I.1.i.b", "A.II.1.i.a n_agen")]
    assert [each for each in told(plan) if each[0] == "cell-error"] == [("cell-error", cell) for cell in cells]
    assert not plan.complete


def test_a_typed_share_without_counts_is_an_answer_to_a_ratio_only(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.II.4.i.a", 0.6)
    made.answer("A.II.5.ii.a", "92,35 %")
    made.answer("A.II.3.iii.a", "100%")
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert {each.given.item.id: each.given.text for each in plan.answers} == {
        "A.II.4.i.a": "60%",
        "A.II.5.ii.a": "92.35%",
    }
    assert told(plan) == [("answer-invalid", f"LKE ZI!K{made.at['A.II.3.iii.a'] + 1}")]


def test_a_formula_that_was_overwritten_is_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    for item in ("A.II.1.i.a", "A.II.1.i.b", "A.II.4.i.a"):
        made.answer(item, Formula("=0", 0))
    made.answer("A.II.5.ii.a", 0.5)
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert ("formula-overwritten", f"LKE ZI!K{made.at['A.II.5.ii.a'] + 1}") in told(plan)


def test_a_signature_is_left_out_and_told_without_an_error(tmp_path: Path, blank: Path) -> None:
    made = answered()
    last = max(row for row, _ in made.cells) + 5
    made.cells[last, 10] = "ttd"
    done = run(save(tmp_path / "lke.xlsx", made), blank, dry_run=True, as_json=True)
    assert done.code == exitcodes.OK
    assert {"code": "no-question", "cell": f"LKE ZI!K{last + 1}"}.items() <= done.data["remarks"][0].items()


def test_the_sheets_own_index_stands_beside_ours_with_the_lines_that_differ(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    made.answer("A.I.1.i.b", "C")
    made.put("A.I.1.i.a", 11, Formula("=0", 0))
    made.put("A.I.1.i.b", 11, Formula("=0", 0))
    last = max(row for row, _ in made.cells) + 1
    made.cells[last, 1], made.cells[last, 11] = "NILAI EVALUASI ZONA INTEGRITAS", Formula("=0", 0)
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert plan.index is not None
    assert (float(plan.index.sheet), float(plan.index.computed)) == (0, 0.25)
    assert [each.name for each in plan.index.lines] == ["A.I.1.i.a"]
    assert ("index-differs", f"LKE ZI!L{last + 1}") in told(plan)


def test_what_stands_beside_a_heading_is_told(tmp_path: Path, blank: Path) -> None:
    made = answered()
    heading = next(row for (row, _), words in made.cells.items() if words == "TIM KERJA")
    made.cells[heading, LAMPIRAN.note] = "seluruh tim sudah ada"
    assert ("no-question", f"LKE ZI!O{heading + 1}") in told(planned(save(tmp_path / "lke.xlsx", made), blank))


def test_notes_and_links_beside_counts_and_subtotals_belong_to_their_item(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    for key in ("n_kepala", "n_pejabat", "n_lainnya", "n_lapor"):
        made.answer(f"A.II.5.iii.a {key}", 1)
    made.answer("A.II.5.iii.a sum", 3, note="angka tahun ini", link=DRIVE.format("rekap"))
    run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    found = portfolio(blank)
    assert "angka tahun ini" in (found.answers["A.II.5.iii.a"].note or "")
    assert [each.items for each in found.documents()] == [("A.II.5.iii.a",)]


def test_what_nobody_can_see_does_not_reach_a_file(tmp_path: Path, blank: Path) -> None:
    made = filled(TWO_LEVELS)
    heading = next(place for place, words in made.cells.items() if words == "TIM KERJA")
    made.cells[heading] = "Tim\x07 kerja\u2028"
    made.cells[0, 14] = "Jawaban TPI\x07"
    made.answer("A.I.1.i.a", "Ya", note="a\x07b", link=Link("https://contoh.go.id/sk tim", "S\x07K"))
    made.put("A.I.1.i.a", 14, "Ya")
    source = save(tmp_path / "lke.xlsx", made)
    assert run(source, blank, yes=True, day=DAY).code == exitcodes.OK
    assert errors(blank) == []
    assert planned(source, blank, day=DAY).paths == ()
    assert [each.written for each in portfolio(blank).documents()] == ["https://contoh.go.id/sk%20tim"]


def test_a_link_that_leads_elsewhere_than_it_shows_or_not_to_the_web_is_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "", link=Link(DRIVE.format("b"), DRIVE.format("a")))
    made.answer("A.I.1.i.b", "", link=Link("external:D:\\bukti\\sk.pdf", "SK"))
    made.answer("B.I.a", "", link=DRIVE.format("c"))
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert [code for code, _ in told(plan)] == ["link-other", "link-local", "link-of-result"]
    assert [each.address for each in plan.evidence.new] == [DRIVE.format("b")]


def test_an_uncertain_row_is_written_and_told(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.cells[made.at["A.I.1.i.a"], 6] = "Apakah membentuk kelompok"
    made.answer("A.I.1.i.a", "Ya")
    plan = planned(save(tmp_path / "lke.xlsx", made), blank)
    assert ("item-uncertain", f"LKE ZI!K{made.at['A.I.1.i.a'] + 1}") in told(plan)
    assert [each.given.certain for each in plan.answers] == [False]


# Findings


def test_assessors_of_each_level_give_findings(tmp_path: Path, blank: Path) -> None:
    made = filled(TWO_LEVELS)
    made.answer("A.I.1.i.a", "Ya")
    made.put("A.I.1.i.a", 14, "ya")
    made.put("A.I.1.i.a", 18, "Tidak")
    made.put("A.I.1.i.a", 21, "SK belum\nditandatangani")
    made.put("A.II.1.i.a n_agen", 14, 4)
    made.put("A.II.1.i.a n_perubahan", 14, 1)
    done = run(save(tmp_path / "lke.xlsx", made), blank, yes=True, day=DAY)
    assert done.code == exitcodes.OK, done
    found = [
        (each.item, each.assessor, each.answer and each.answer.text, each.closed) for each in portfolio(blank).findings
    ]
    assert sorted(found, key=str) == [
        ("A.I.1.i.a", "TPI Kementerian", "Tidak", False),
        ("A.I.1.i.a", "TPI", "Ya", True),
        ("A.II.1.i.a", "TPI", "1/4", False),
    ]
    assert errors(blank) == []
    assert (
        (blank / "findings/2026-11-01-a-i-1-i-a-tpi-kementerian.md")
        .read_text("utf-8")
        .endswith("---\nSK belum\nditandatangani\n")
    )


def test_findings_need_their_day(tmp_path: Path, blank: Path) -> None:
    made = filled(TWO_LEVELS)
    made.put("A.I.1.i.a", 14, "Ya")
    done = run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    assert done.code == exitcodes.USAGE
    assert "--date" in done.stderr
    assert files(blank).keys() == {"portfolio.yaml"}


def test_a_level_can_be_chosen_or_named(tmp_path: Path, blank: Path) -> None:
    made = filled(TWO_LEVELS)
    made.put("A.I.1.i.a", 14, "Ya")
    one = save(tmp_path / "satu.xlsx", made)
    assert [each.level for each in planned(one, blank, day=DAY, level="TPI Inspektorat").findings.new] == [
        "TPI Inspektorat"
    ]
    made.put("A.I.1.i.b", 18, "A")
    two = save(tmp_path / "dua.xlsx", made)
    plan = planned(two, blank, day=DAY, level="tpi kementerian")
    assert [each.given.item.id for each in plan.findings.new] == ["A.I.1.i.b"]
    done = run(two, blank, day=DAY, level="TPN")
    assert done.code == exitcodes.USAGE
    assert "TPI, TPI Kementerian" in done.stderr


# The command


def test_a_dry_run_shows_the_table_and_writes_nothing(tmp_path: Path, blank: Path) -> None:
    done = run(save(tmp_path / "lke.xlsx", answered()), blank, dry_run=True, yes=True)
    assert done.code == exitcodes.OK
    assert "A.I.1.i.b" in done.stdout
    assert "assessment/1-manajemen-perubahan.md" in done.stdout
    assert files(blank).keys() == {"portfolio.yaml"}


def test_nothing_is_written_where_nobody_can_be_asked(tmp_path: Path, blank: Path) -> None:
    done = run(save(tmp_path / "lke.xlsx", answered()), blank)
    assert "--yes" in done.stderr
    assert files(blank).keys() == {"portfolio.yaml"}


def test_the_table_as_data_goes_to_standard_output_alone(tmp_path: Path, blank: Path) -> None:
    done = run(save(tmp_path / "lke.xlsx", answered()), blank, as_json=True, yes=True)
    data = done.data
    assert (data["schema"], data["sheet"], data["complete"], data["written"]) == (
        "catat.import-worksheet/1", "LKE ZI", True, True,
    )  # fmt: skip
    assert data["answers"][0] == {
        "cell": "LKE ZI!K7",
        "item": "A.I.1.i.a",
        "answer": "Ya",
        "inputs": None,
        "value": 1,
        "note": "SK Kepala\n\nTahun 2026: tim # 1",
        "state": "new",
        "certain": True,
        "likeness": data["answers"][0]["likeness"],
        "portfolio": None,
    }
    assert [each["item"] for each in data["links"]] == ["A.I.1.i.a", "A.I.1.i.b"]
    assert {each["change"] for each in data["files"]} == {"new"}


@pytest.mark.parametrize("option", ["plan", "from_plan", "move"])
def test_options_for_folders_are_refused(tmp_path: Path, blank: Path, option: str) -> None:
    value = True if option == "move" else tmp_path / "plan.csv"
    done = run(save(tmp_path / "lke.xlsx", answered()), blank, **{option: value})
    assert done.code == exitcodes.USAGE
    assert f"--{option.replace('_', '-')}" in done.stderr


def _package(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda path: path.write_text("bukan"), "no workbook"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + b"\0" * 50), "damaged"),
        (_package, "password"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, blank: Path, make: Any, word: str) -> None:
    make(tmp_path / "lke.xlsx")
    done = run(tmp_path / "lke.xlsx", blank, yes=True)
    assert done.code == exitcodes.USAGE
    assert word in done.stderr


def test_a_sheet_that_takes_too_much_memory_is_refused_in_a_sentence(tmp_path: Path, blank: Path) -> None:
    made = answered()
    made.cells[1_048_575, 16_383] = "x"
    done = run(save(tmp_path / "lke.xlsx", made), blank, yes=True)
    assert done.code == exitcodes.USAGE
    assert "limits of time and memory" in done.stderr


def test_an_old_workbook_says_what_could_not_be_read(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.I.1.i.a", "Ya")
    plan = planned(save(tmp_path / "lke.xls", made), blank)
    assert ("parts-unread", "LKE ZI") in told(plan)
    assert [each.given.item.id for each in plan.answers] == ["A.I.1.i.a"]


# Notes of every kind


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(note=st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_every_note_is_read_back_as_it_was(tmp_path: Path, note: str) -> None:
    """Blanks and line breaks are alike in a note, and control characters are none of its words."""
    root = tmp_path / "each"
    shutil.rmtree(root, ignore_errors=True)
    blank_portfolio(root)
    item = shipped().items()[0]
    written = worksheet_answers.written_note(note)
    answer = worksheet_answers.understood(item, "Ya", ())
    given_answer = SheetAnswer(item, 1, "LKE!K2", "Ya", (), written, certain=True, likeness=1.0, answer=answer)
    outcome = read(root)
    assert outcome.portfolio is not None
    planned = assessment_changes.plan(root, outcome.texts, outcome.portfolio, [given_answer])
    file_writing.write(root, planned.changes, planned.new_files)
    assert errors(root) == []
    found = portfolio(root).answers[item.id]
    assert (found.text, found.note or "") == ("Ya", " ".join(written.split()))


def test_figures_in_sentences_have_the_decimal_mark_of_the_language(tmp_path: Path, blank: Path) -> None:
    made = filled(LAMPIRAN)
    made.answer("A.II.1.i.a n_agen", 2.5)
    made.answer("B.I.a", 4.25)
    made.answer("B.II.a", 3.72)
    made.cells[made.at["B.II.a"] + 9, 10] = 1.5
    source = save(tmp_path / "lke.xlsx", made)
    done = catat("import", str(source), str(blank), "--dry-run", "--lang", "id")
    for figure in ("2,5", "4,25", "3,72", "1,5"):
        assert figure in done.stdout
    assert not re.search(r"\b(?:2\.5|4\.25|3\.72|1\.5)\b", done.stdout)
    found = json.loads(catat("import", str(source), str(blank), "--dry-run", "--json", "--lang", "id").stdout)
    assert "3.72" in json.dumps(found)
