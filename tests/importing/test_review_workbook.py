"""The workbook of the assessor's desk as a second way in: equal to the JSON, edited by people, or refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.exchange.readiness_json import portfolio_id
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook
from generator.importing import review_merge, review_tables
from generator.importing.review_merge import MergePlan
from tests.support import review_workbooks, reviews
from tests.support.command import catat
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.review_workbooks import edited, put
from tests.support.reviews import Merged, entry, finding_files, merge, review, save, verdict

NAME = "2023-05-30-A.I.1.i.a-budi-santoso.md"
SHARE = "A.II.5.ii.a"
Change = Callable[[openpyxl.Workbook], object]


def write(root: Path) -> Path:
    """A portfolio with the shipped instrument, which has items that are counted."""
    return reviews.write(
        root, **{"portfolio.yaml": reviews.SETTINGS.replace("instrument: instruments/ringkas.yaml\n", "")}
    )


read = functools.cache(reviews.read)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write(tmp_path / "p")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio that nothing is written into."""
    return write(tmp_path_factory.mktemp("random") / "p")


def planned(source: Path, root: Path) -> MergePlan:
    """What merging would do."""
    return review_merge.plan(source, read(root), (), root)


SAID = (
    entry(
        "A.I.1.i.a",
        "Ya",
        verdict(),
        verdict("sk.pdf", "rejected", reason="unsigned", note="Halaman 2:\ntanpa tanda tangan"),
        verdict(reviews.ADDRESS, "rejected", reason="=tidak resmi"),
        condition="Tim: dibentuk,\n  tanpa #nomor",
        note="# Catatan\n- satu \x01 _x000D_",
        recommendation="+Tanda tangani",
        claimed="Ya",
    ),
    entry("A.I.1.i.b", "", state="flagged", decided="", note="Tanya dulu"),
    entry(SHARE, {"inputs": {"n_wajib": 20, "n_proses": 3, "n_selesai": "17"}}, decided="2023-05-29T08:00:00+07:00"),
    entry("B.I.a", "3.5", state="changed"),
    entry("Z.9", "Ya", condition="Butir lain"),
)


def files(home: Path, folder: Path, *said: Any, **more: Any) -> tuple[Path, Path]:
    """The same review as JSON and as a workbook."""
    found = review(portfolio_id(read(home)), *(said or SAID), assignment="ST-12/2026", **more)
    folder.mkdir(exist_ok=True)
    return save(folder / "r.json", found), review_workbooks.save(folder / "r.xlsx", found, read(home))


def without(name: str, opened: openpyxl.Workbook) -> None:
    """Delete a sheet."""
    opened.remove(opened[name])


def book(home: Path, folder: Path, *said: Any, **more: Any) -> Path:
    """A review as a workbook."""
    return files(home, folder, *said, **more)[1]


def remarks(done: Merged) -> list[tuple[str, str | None]]:
    """The codes of the remarks, each with its cell."""
    return [(each["code"], each["cell"]) for each in done.data["remarks"]]


def test_the_json_and_the_workbook_of_a_review_give_equal_findings(home: Path, tmp_path: Path) -> None:
    by_json, by_workbook = files(home, tmp_path / "r")
    other = write(tmp_path / "q")
    first, second = merge(by_json, home), merge(by_workbook, other)
    assert finding_files(home) == finding_files(other)
    assert len(finding_files(home)) == 3
    assert (first.code, first.states, first.remarks) == (second.code, second.states, second.remarks)
    assert second.data["reviews"] == [{**first.data["reviews"][0], "file": "r.xlsx"}]
    assert remarks(second) == [("item-unknown", "Jawaban!M137")]
    assert merge(by_workbook, home).states["A.I.1.i.a"] == "same"
    folder = Merged(tmp_path / "r", home)
    assert {each["state"] for each in folder.data["findings"]} == {"same", "undecided", "refused"}


def test_the_signed_sheet_is_of_the_workbook_until_somebody_edits_it(home: Path, tmp_path: Path) -> None:
    source = book(home, tmp_path)
    shown = catat("merge", str(source), str(home), "--lang", "en")
    code = Merged(source, home).data["reviews"][0]["code"]
    assert f"check code of the signed sheet: {code}" in shown.stdout
    edited(source, put("A.I.1.i.a", "Jawaban TPI", "Tidak"))
    done = merge(source, home)
    assert [(each["code"], each["edited"]) for each in done.data["reviews"]] == [(None, True)]
    assert ("workbook-edited", "Penilai!B11") in remarks(done)
    assert code in next(each["message"] for each in done.data["remarks"] if each["code"] == "workbook-edited")
    assert "jawaban: Tidak" in finding_files(home)[NAME]
    shown = catat("merge", str(source), str(home), "--lang", "en")
    assert "no check code: the workbook was edited" in shown.stdout


@needs_libreoffice
def test_saved_by_another_program_it_is_the_same(home: Path, tmp_path: Path) -> None:
    plain = entry("A.I.1.i.a", "Ya", verdict(), note="=1+1\n  dua", condition="'kutip")
    source = book(home, tmp_path, plain, *SAID[1:4])
    (saved,) = convert([source], "xlsx", tmp_path / "saved")
    done = merge(saved, home)
    assert (done.code, remarks(done), done.data["reviews"][0]["edited"]) == (0, [], False)


# Edited by people


def test_a_sorted_sheet_with_columns_moved_says_the_same(home: Path, tmp_path: Path) -> None:
    source = book(home, tmp_path, *SAID[:4])

    def change(opened: openpyxl.Workbook) -> None:
        for name in ("Jawaban", "Dokumen"):
            before = opened[name]
            after = opened.create_sheet(f"{name} baru")
            head, *rows = [[cell.value for cell in cells][::-1] for cells in before.iter_rows()]
            review_workbooks.fill(after, [["Judul"], head, *rows[::-1]], escaped=str)
            opened.remove(before)

    done = merge(edited(source, change), home)
    assert (done.code, done.data["reviews"][0]["edited"]) == (0, False)
    assert len(finding_files(home)) == 3


def test_what_is_typed_into_a_row_that_the_desk_left_blank_is_decided_on_the_day_of_the_export(
    home: Path, tmp_path: Path
) -> None:
    source = book(home, tmp_path, SAID[0])

    def change(opened: openpyxl.Workbook) -> None:
        put("A.I.1.i.b", "Jawaban TPI", "C")(opened)
        put("A.II.5.ii.a", "Jawaban TPI", 0.85)(opened)
        opened["Dokumen"].append([9, "A.I.1.ii.a", "rapat", "sk.pdf", "Ditolak", "Tidak  ditandatangani", "", ""])
        opened["Jawaban"].append([None] * 6 + ["Ya"] + [None] * 5 + ["A.I.1.i.a "])

    done = merge(edited(source, change), home)
    # Of the item that is there twice nothing is taken, for which one is meant cannot be known.
    assert done.states == {"A.I.1.i.b": "new", "A.I.1.ii.a": "new", "A.II.5.ii.a": "new"}
    assert remarks(done) == [("workbook-edited", "Penilai!B11"), ("item-repeated", "Jawaban!M137")]
    assert "Jawaban!M2" in done.data["remarks"][1]["message"]
    texts = finding_files(home)
    assert "jawaban: C" in texts["2023-05-31-A.I.1.i.b-budi-santoso.md"]
    assert 'jawaban: "85%"' in texts["2023-05-31-A.II.5.ii.a-budi-santoso.md"]
    assert "putusan: ditolak\n    alasan: unsigned" in texts["2023-05-31-A.I.1.ii.a-budi-santoso.md"]


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (lambda opened: opened.remove(opened["Penilai"]), "sheet-missing", "Penilai"),
        (lambda opened: opened.remove(opened["Dokumen"]), "sheet-missing", "Dokumen"),
        (lambda opened: opened.remove(opened["Jawaban"]), "sheet-missing", "Jawaban"),
        (lambda opened: opened.copy_worksheet(opened["Jawaban"]), "sheet-repeated", "Jawaban Copy"),
        (lambda opened: opened["Jawaban"].delete_cols(9), "column-missing", "Jawaban"),
        (lambda opened: opened["Jawaban"].delete_cols(13), "column-missing", "Jawaban"),
        (lambda opened: opened["Dokumen"].delete_cols(8), "column-missing", "Dokumen"),
        (lambda opened: opened["Jawaban"].cell(1, 15, "Kondisi"), "column-repeated", "Jawaban!O1"),
        (lambda opened: opened["Penilai"].delete_rows(3), "fact-missing", "Penilai"),
        (lambda opened: opened["Penilai"].append(["Tingkat", "TPN"]), "fact-repeated", "Penilai!A12"),
        (lambda opened: opened["Penilai"].cell(2, 2, "TPN"), "column-missing", "Jawaban"),
        (lambda opened: opened["Penilai"].cell(1, 2, " "), "assessor-missing", "Penilai!B1"),
        (lambda opened: opened["Penilai"].cell(8, 2, "5f" * 16), "portfolio-other", "Penilai!B8"),
        (lambda opened: opened["Penilai"].cell(1, 2, "=A2"), "cell-computed", "Penilai!B1"),
    ],
)  # fmt: skip
def test_a_workbook_that_lacks_a_part_is_refused_with_its_place(
    change: Change, code: str, cell: str, root: Path, tmp_path: Path
) -> None:
    source = edited(book(root, tmp_path), change)
    plan = planned(source, root)
    assert (plan.reviews, plan.paths, plan.complete) == ((), (), False)
    [remark] = plan.remarks
    assert (remark.code, remark.place.cell, remark.place.file) == (code, cell, "r.xlsx")
    opened = workbook.read(source)
    assert isinstance(opened, Workbook)
    assert review_tables.is_of_desk(opened)


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (put("A.I.1.i.a", "Jawaban TPI", "=F2"), "cell-computed", "Jawaban!G2"),
        (put("A.I.1.i.a", "Kondisi", "a" * 32_767), "text-cut", "Jawaban!I2"),
        (put("A.I.1.i.a", "Jawaban TPI", "3"), "answer-invalid", "Jawaban!G2"),
        (put("A.I.1.i.a", "Keadaan", "selesai"), "state-unknown", "Jawaban!K2"),
        (put("A.I.1.i.a", "Diputuskan", "kemarin"), "time-invalid", "Jawaban!L2"),
        (put("A.I.1.i.a", "Kode Butir", "A.I.1.i.x"), "item-unknown", "Jawaban!M2"),
        (put("A.I.1.i.a", "Kode Butir", ""), "row-unnamed", "Jawaban!G2"),
        (put("A.I.1.i.a", "Putusan", "mungkin", "Dokumen"), "verdict-unknown", "Dokumen!E2"),
        (put("A.I.1.i.a", "SHA-256", "abc", "Dokumen"), "digest-invalid", "Dokumen!H2"),
        (put("A.I.1.i.a", "Berkas", "lain.pdf", "Dokumen"), "document-moved", "Dokumen!D2"),
        (put("A.I.1.i.a", "Kode Butir", "X.1", "Dokumen"), "row-alone", "Dokumen!B2"),
        (put("A.I.1.i.a", "Kode Butir", "", "Dokumen"), "row-unnamed", "Dokumen!C2"),
        (lambda opened: opened["Dokumen"].delete_rows(3), "verdicts-missing", "Dokumen"),
        (lambda opened: opened["Jawaban"].delete_rows(3), "rows-missing", "Jawaban"),
        (put("A.II.4.i.a", "Jawaban TPI", 20), "answer-invalid", "Jawaban!G109"),
        (put(SHARE, "Jawaban TPI", "85%"), "answer-twice", "Jawaban!G116"),
        (lambda opened: opened["Jawaban"].cell(2, 15, "Usul"), "column-unread", "Jawaban!O2"),
        (lambda opened: opened["Penilai"].cell(12, 1, "Usul"), "cell-unread", "Penilai!A12"),
        (lambda opened: opened.create_sheet("Usul").append(["Satu"]), "sheet-unread", "Usul"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_with_its_cell_and_the_rest_is_written(
    change: Change, code: str, cell: str, root: Path, tmp_path: Path
) -> None:
    plan = planned(edited(book(root, tmp_path, *SAID[:4]), change), root)
    told = {each.code: each for each in plan.remarks}
    assert code in told, [*told]
    assert told[code].place.cell == cell
    assert plan.reviews[0].edited == ("unread" not in code)
    assert any("B.I.a" in path for path in plan.paths)


# Which files are read


def test_the_import_leaves_a_workbook_of_the_desk_to_the_merge(home: Path, tmp_path: Path) -> None:
    source = book(home, tmp_path)
    for name in ("Penilai", "Dokumen"):
        done = catat("import", str(source), str(home), "--yes", "--lang", "en")
        assert (done.returncode, "catat merge r.xlsx" in done.stderr, finding_files(home)) == (2, True, {})
        edited(source, functools.partial(without, name))


def test_in_a_folder_other_workbooks_are_passed_over(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tim"
    files(home, folder, SAID[0])
    openpyxl.Workbook().save(folder / "LKE.xlsx")
    save(folder / "~$r.xlsx", "kunci")
    done = merge(folder, home)
    assert (done.code, done.data["passed_over"]) == (0, ["LKE.xlsx", "~$r.xlsx"])
    assert [each["state"] for each in done.data["findings"]] == ["new", "same"]


def test_a_workbook_of_another_kind_is_sent_to_the_import(home: Path, tmp_path: Path) -> None:
    for name in ("LKE.xlsx", "LKE.ods"):
        openpyxl.Workbook().save(tmp_path / name)
        done = catat("merge", str(tmp_path / name), str(home), "--lang", "en")
        assert (done.returncode, f"catat import {name}" in " ".join(done.stderr.split())) == (2, True), done.stderr
    (tmp_path / "tim").mkdir()
    openpyxl.Workbook().save(tmp_path / "tim/LKE.xlsx")
    done = catat("merge", str(tmp_path / "tim"), str(home), "--lang", "en")
    assert (done.returncode, "There is no review" in done.stderr) == (2, True)


def test_a_worksheet_in_which_people_wrote_similar_words_is_still_a_worksheet(root: Path, tmp_path: Path) -> None:
    made = tmp_path / "LKE.xlsx"
    assert catat("export", "worksheet", str(root), "-o", str(made), "--as-of", "2023-06-30").returncode == 0

    def change(opened: openpyxl.Workbook) -> None:
        for at, name in enumerate(("Kondisi", "Rekomendasi", "Keadaan"), start=21):
            opened["Jawaban"].cell(1, at, name)
        review_workbooks.fill(opened.create_sheet("Info"), [["Penilai"], ["Tingkat"], ["Satuan kerja"], ["Instrumen"]])

    opened = workbook.read(edited(made, change))
    assert isinstance(opened, Workbook)
    assert not review_tables.is_of_desk(opened)


def test_a_workbook_that_cannot_be_opened_is_told(home: Path, tmp_path: Path) -> None:
    source = book(home, tmp_path, SAID[0])
    source.write_bytes(source.read_bytes()[:3000])
    assert remarks(merge(source, home)) == [("workbook-unreadable", None)]


# Random reviews

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
VERDICT = st.builds(
    verdict,
    st.sampled_from(["notulen.pdf", "sk.pdf", "foto.pdf", reviews.ADDRESS, "tidak ada.pdf"]),
    st.sampled_from(["accepted", "rejected"]),
    record=st.sampled_from(["rapat", "rencana", "lain"]),
    reason=st.sampled_from(["", "unsigned", "period", "constructor", "alasan saya"]),
    note=TEXTS,
)
ANSWERS = {
    "A.I.1.i.a": st.sampled_from(["Ya", "Tidak", "", "mungkin"]),
    "A.I.1.i.b": st.sampled_from(["A", "b", ""]),
    SHARE: st.sampled_from(["17/20", "94.7%", "85,5%", {"inputs": {"n_wajib": 20, "n_proses": 0, "n_selesai": 7}}]),
    "B.I.a": st.sampled_from(["3.5", "3,50", "4", "0.25", ""]),
}
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        item: st.builds(
            lambda answer, verdicts, state, item=item, **texts: entry(item, answer, *verdicts, state=state, **texts),
            answer,
            st.lists(VERDICT, max_size=3),
            st.sampled_from(["decided", "begun", "flagged", "changed"]),
            decided=st.sampled_from(["2023-05-30T09:12:00+07:00", "2023-05-29T23:59:59Z", ""]),
            claimed=st.sampled_from([None, "Ya", "3.5"]),
            condition=TEXTS,
            note=TEXTS,
            recommendation=TEXTS,
        )
        for item, answer in ANSWERS.items()
    },
)


@given(
    entries=ENTRIES,
    name=LINES.filter(str.strip),
    assignment=LINES,
    level=st.sampled_from(["TPP", "TPI", "TPN"]),
)
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_whatever_a_review_says_its_workbook_says_too(
    entries: dict[str, Any], name: str, assignment: str, level: str, root: Path
) -> None:
    found = review(
        portfolio_id(read(root)),
        *(entries[item] for item in ANSWERS if item in entries),
        name=name,
        level=level,
        assignment=assignment,
    )
    with TemporaryDirectory() as temporary:
        by_json = save(Path(temporary) / "r.json", found)
        by_workbook = review_workbooks.save(Path(temporary) / "r.xlsx", found, read(root))
        first, second = (planned(each, root) for each in (by_json, by_workbook))
    assert [(each.digest, each.edited) for each in second.reviews] == [(found["digest"], False)]
    assert said(first) == said(second)


def said(plan: MergePlan) -> object:
    """What a plan comes to, but for places in files."""
    rows = [(each.entry.item, each.state, each.answer, each.verdicts, each.path) for each in plan.rows]
    told = [(each.code, each.place.pointer, each.sentence, each.blocks) for each in plan.remarks]
    return plan.new_files, rows, told
