"""A workbook that Catat exported comes back: what was edited in it since is merged with what the portfolio has."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from generator import exitcodes
from generator.importing import assessment_changes, file_writing, worksheet_answers, worksheet_merge
from generator.importing.assessment_changes import AnswerState
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_base import ExportedAnswer
from generator.messages.source import Source
from generator.model.portfolio import Portfolio
from tests.importing.test_worksheet_import import files, portfolio, read, told
from tests.importing.test_worksheet_import import planned as planned_import
from tests.support.exported import ANSWER, EVIDENCE, NOTE, TPI, TPI_NOTE, Exported, exported
from tests.support.imported import Ran, blank_portfolio, run
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.worksheets import Filled, save, shipped

DAY = datetime.date(2026, 11, 20)
AREA_1 = """\
---
# diisi oleh Pokja 1
jawaban:
  A.I.1.i.a: Ya   # sudah
  A.I.1.i.b: {jawaban: B, catatan: 'satu, dua'}
  A.I.1.ii.a:
    jawaban: Ya
    catatan: |
      baris satu

      baris dua
  A.I.1.ii.b: A
  A.I.1.iii.a:
    catatan: belum ada
---
Cerita *Pokja 1*.
"""
OTHERS = """\
---
jawaban:
  A.II.1.i.a: 3/4
  A.II.3.iii.a: {isian: {n_lalu: 4, n_ini: 1, n_sanksi: 0}}
  A.II.4.i.a: 92.35%
  B.I.a: 3,72
---
Hasil.
"""
FINDING = """\
---
butir: A.I.1.i.a
tanggal: 2026-09-01
penilai: Tim Penilai Internal
jawaban: Tidak
status: {}
---
SK belum ditandatangani.
"""
FIRST = "assessment/1-manajemen-perubahan.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A portfolio with answers in every written form, and a finding that is closed though something is left."""
    made = blank_portfolio(tmp_path / "portfolio")
    for path, text in {
        FIRST: AREA_1,
        "assessment/lain.md": OTHERS,
        "findings/2026-09-01-tim.md": FINDING.format("selesai"),
    }.items():
        (made / path).parent.mkdir(exist_ok=True)
        (made / path).write_text(text, "utf-8")
    return made


def export(root: Path) -> Exported:
    return exported(portfolio(root))


def planned(made: Exported, root: Path, **options: Any) -> Any:
    return planned_import(made.save(root.parent / "lke.xlsx"), root, **options)


def imported(made: Exported, root: Path, **options: Any) -> Ran:
    return run(made.save(root.parent / "lke.xlsx"), root, **{"yes": True, **options})


def states(plan: Any) -> dict[str, str]:
    return {each.given.item.id: each.state.value for each in plan.answers if each.state.value != "same"}


def edit(root: Path, old: str, new: str, path: str = FIRST) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def answers(found: Portfolio) -> dict[str, tuple[str, str | None, object]]:
    return {item: (each.text, each.note, each.value) for item, each in found.answers.items()}


def findings(found: Portfolio) -> list[object]:
    def text(each: Any) -> str:
        shown: str = each.text.rendered.html(lambda _link: None)
        return shown

    return [(each.item, each.date, each.assessor, each.answer, each.closed, text(each)) for each in found.findings]


# The round trip


def test_an_export_that_nobody_edited_changes_nothing(root: Path) -> None:
    before = files(root)
    plan = planned(export(root), root)
    assert plan.paths == ()
    assert states(plan) == {}
    assert plan.complete
    assert [code for code, _ in told(plan)] == []
    assert imported(export(root), root).code == exitcodes.OK
    assert files(root) == before


@pytest.mark.parametrize("unit", ["Uji", "Satuan lain"])
def test_an_export_fills_an_empty_portfolio_with_equal_answers_notes_and_findings(root: Path, unit: str) -> None:
    made, empty = export(root), root.parent / "kosong"
    blank_portfolio(empty)
    edit(empty, "satuan_kerja: Uji", f"satuan_kerja: {unit}", "portfolio.yaml")
    assert imported(made, empty).code == exitcodes.OK
    assert answers(portfolio(empty)) == answers(portfolio(root))
    assert findings(portfolio(empty)) == findings(portfolio(root))
    before = files(empty)
    assert imported(made, empty).code == exitcodes.OK
    assert files(empty) == before


@needs_libreoffice
def test_what_libreoffice_saves_is_what_was_exported(root: Path) -> None:
    """One run: as xlsx and as ods, with an edit and without one."""
    same, changed = export(root), export(root)
    changed.put("A.I.1.i.a", ANSWER, "Tidak")
    changed.put("A.II.1.i.a n_perubahan", ANSWER, 2)
    changed.clear("A.I.1.ii.b", ANSWER)
    sources = [same.save(root.parent / "sama.xlsx"), changed.save(root.parent / "diubah.xlsx")]
    for kind in ("xlsx", "ods"):
        unedited, edited = convert(sources, kind, root.parent / kind)
        plan = planned_import(unedited, root)
        assert (plan.paths, states(plan), plan.complete) == ((), {}, True), kind
        plan = planned_import(edited, root)
        assert states(plan) == {"A.I.1.i.a": "changed", "A.I.1.ii.b": "removed", "A.II.1.i.a": "changed"}, kind
        assert plan.complete


# Each part by itself


@pytest.mark.parametrize("base", ["", "A", "B"])
@pytest.mark.parametrize("sheet", ["", "A", "B", "C"])
@pytest.mark.parametrize("stands", ["", "A", "B", "C"])
def test_of_three_values_the_one_that_somebody_changed_counts(base: str, sheet: str, stands: str) -> None:
    """For answers and for notes alike; what the merge leaves the file with is compared with the rule."""
    (item,) = [each for each in shipped().items() if each.id == "A.I.1.i.b"]

    def meant(text: str) -> Any:
        return worksheet_answers.understood(item, text, ())

    text = f"---\njawaban:\n  {item.id}: {{jawaban: {stands}, catatan: {stands}}}\n---\n"
    source = Source("assessment/x.md", text)
    known = assessment_changes.existing([source], shipped())[item.id]
    given = SheetAnswer(item, 1, "LKE!K2", sheet, (), sheet, True, 1.0, meant(sheet), blank=not sheet)
    exported_ = ExportedAnswer(base, (), base, meant(base))
    merged = worksheet_merge.merged(given, known, exported_, noted=True, replacing=False)
    answer = stands
    note = stands
    if merged is not None and merged.edit is not None:
        answer = merged.edit.answer.text if merged.edit.answer is not None else answer
        note = merged.edit.note if merged.edit.note is not None else note
    if merged is not None and merged.new is not None:
        answer, note = merged.new.text or answer, merged.new.note or note
    expected = sheet if stands == base else stands
    assert (answer, note) == (expected, expected)
    conflict = merged is not None and merged.state is AnswerState.CONFLICT
    assert conflict == (len({base, sheet, stands}) == 3)


# Edits of the sheet


def test_edits_of_the_sheet_change_and_remove_what_the_files_have(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.a", ANSWER, "tidak ")
    made.put("A.I.1.i.b", NOTE, "tiga")
    made.put("A.I.1.ii.a", NOTE, "baris satu\nbaris tiga")
    made.clear("A.I.1.ii.b", ANSWER)
    made.put("A.I.1.iii.b", ANSWER, "B")
    made.put("A.II.1.i.a n_agen", ANSWER, 5)
    made.put("B.I.a", ANSWER, 3.8)
    done = imported(made, root)
    assert done.code == exitcodes.OK, done
    expected = (
        AREA_1.replace("a: Ya   #", "a: Tidak   #")
        .replace("catatan: 'satu, dua'", 'catatan: "tiga"')
        .replace("catatan: |\n      baris satu\n\n      baris dua", "catatan: |-\n      baris satu\n      baris tiga")
        .replace("A.I.1.ii.b: A\n", "A.I.1.ii.b:\n")
        .replace("catatan: belum ada\n", "catatan: belum ada\n  A.I.1.iii.b: B\n")
    )
    assert (root / FIRST).read_text("utf-8") == expected
    assert (root / "assessment/lain.md").read_text("utf-8") == OTHERS.replace(
        "3/4", "{isian: {n_agen: 5, n_perubahan: 3}}"
    ).replace("3,72", "3.8")
    before = files(root)
    again = imported(made, root)
    assert again.code == exitcodes.OK, again
    assert files(root) == before


def test_what_only_the_portfolio_changed_since_is_kept(root: Path) -> None:
    made = export(root)
    edit(root, "A.I.1.i.a: Ya", "A.I.1.i.a: Tidak")
    edit(root, "  A.I.1.ii.b: A\n", "")
    edit(root, "satu, dua", "satu")
    before = files(root)
    plan = planned(made, root)
    assert states(plan) == {"A.I.1.i.a": "kept", "A.I.1.i.b": "kept", "A.I.1.ii.b": "kept"}
    assert (plan.paths, plan.complete) == ((), True)
    assert imported(made, root).code == exitcodes.OK
    assert files(root) == before


def test_the_same_change_in_both_is_none(root: Path) -> None:
    made = export(root)
    edit(root, "A.I.1.i.a: Ya", "A.I.1.i.a: Tidak")
    edit(root, "A.I.1.ii.b: A", "A.I.1.ii.b:")
    edit(root, "A.II.1.i.a: 3/4", "A.II.1.i.a: 3/5", "assessment/lain.md")
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    made.clear("A.I.1.ii.b", ANSWER)
    made.put("A.II.1.i.a n_agen", ANSWER, 5)
    plan = planned(made, root)
    assert (states(plan), plan.paths, plan.complete) == ({}, (), True)


def conflicting(root: Path) -> Exported:
    made = export(root)
    edit(root, "A.I.1.i.b: {jawaban: B", "A.I.1.i.b: {jawaban: A")
    edit(root, "A.I.1.ii.b: A", "A.I.1.ii.b: C")
    edit(root, "baris dua", "baris dua diubah")
    made.put("A.I.1.i.b", ANSWER, "C")
    made.put("A.I.1.i.b", NOTE, "catatan baru")
    made.clear("A.I.1.ii.b", ANSWER)
    made.put("A.I.1.ii.a", NOTE, "lain")
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    return made


def test_a_conflict_is_shown_with_both_and_the_base_and_left(root: Path) -> None:
    made = conflicting(root)
    before = (root / FIRST).read_text("utf-8")
    done = imported(made, root, as_json=True)
    assert done.code == exitcodes.ERRORS
    rows = {each["item"]: each for each in done.data["answers"]}
    assert {
        item: (rows[item]["answer_state"], rows[item]["note_state"]) for item in sorted(rows) if item < "A.I.2"
    } == {
        "A.I.1.i.a": ("changed", "same"),
        "A.I.1.i.b": ("conflict", "changed"),
        "A.I.1.ii.a": ("same", "conflict"),
        "A.I.1.ii.b": ("conflict", "same"),
    }
    assert rows["A.I.1.i.b"]["base"] == {"answer": "B", "inputs": None, "note": "satu, dua"}
    (remark,) = [each for each in done.data["remarks"] if each["code"] == "conflict" and "A.I.1.i.b" in each["message"]]
    assert [f"`{letter}`" in remark["message"] for letter in "CAB"] == [True] * 3
    after = before.replace("a: Ya   #", "a: Tidak   #").replace("catatan: 'satu, dua'", 'catatan: "catatan baru"')
    assert (root / FIRST).read_text("utf-8") == after
    assert imported(made, root).code == exitcodes.ERRORS
    assert (root / FIRST).read_text("utf-8") == after


def test_conflicts_are_the_sheets_with_replace_but_for_blank_cells(root: Path) -> None:
    made = conflicting(root)
    edit(root, "A.I.1.iii.a:\n    catatan: belum ada", "A.I.1.iii.a: A")
    assert imported(made, root, replace=True).code == exitcodes.ERRORS
    found = answers(portfolio(root))
    assert (found["A.I.1.i.b"][:2], found["A.I.1.ii.a"][1]) == (("C", "catatan baru"), "lain")
    assert found["A.I.1.ii.b"][0] == "C", "a blank cell removes nothing that was changed"
    assert found["A.I.1.iii.a"][0] == "A", "what the sheet never touched is kept"
    before = files(root)
    imported(made, root, replace=True)
    assert files(root) == before


def test_counts_in_the_place_of_a_typed_share_are_taken(root: Path) -> None:
    made = export(root)
    made.put("A.II.4.i.a n_sasaran", ANSWER, 10000)
    made.put("A.II.4.i.a n_tercapai", ANSWER, 9235)
    assert imported(made, root).code == exitcodes.OK
    text = (root / "assessment/lain.md").read_text("utf-8")
    assert "A.II.4.i.a: {isian: {n_sasaran: 10000, n_tercapai: 9235}}" in text


def test_an_answer_that_is_none_on_its_scale_removes_nothing(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.a", ANSWER, "Mungkin")
    made.put("A.II.3.iii.a n_ini", ANSWER, "satu")
    made.sheet.cells[made.sheet.at["A.I.1.ii.b"], 6] = "Apakah kantin buka pada hari Senin"  # its row is gone
    before = files(root)
    assert imported(made, root).code == exitcodes.ERRORS
    assert files(root) == before


def test_an_answer_that_cannot_be_changed_is_listed_and_left(root: Path) -> None:
    edit(root, "A.I.1.i.a: Ya", "A.I.1.i.a: &x Ya")
    edit(root, "A.I.1.iii.a:\n    catatan: belum ada", "A.I.1.iii.a: *x")
    made = export(root)
    (root / "assessment/dua.md").write_text("---\njawaban:\n  A.I.1.ii.b: A\n---\n", "utf-8")
    before = files(root)
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    made.put("A.I.1.ii.b", ANSWER, "C")
    plan = planned(made, root)
    assert states(plan) == {"A.I.1.i.a": "refused", "A.I.1.ii.b": "refused"}
    assert [code for code, _ in told(plan)] == ["change-refused", "change-refused"]
    assert imported(made, root).code == exitcodes.ERRORS
    assert files(root) == before


def test_a_file_that_was_changed_while_somebody_was_asked_is_left(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    plan = planned(made, root)
    edit(root, "A.I.1.ii.b: A", "A.I.1.ii.b: B")

    done = file_writing.write(root, plan.changes, plan.new_files)
    assert (done.written, done.left) == ((), (FIRST,))


def test_emptied_counts_remove_the_answer_alone_and_that_is_what_is_said(root: Path) -> None:
    edit(root, "A.II.1.i.a: 3/4", "A.II.1.i.a: {jawaban: 3/4, catatan: tetap}", "assessment/lain.md")
    made = export(root)
    for key in ("n_agen", "n_perubahan"):
        made.clear(f"A.II.1.i.a {key}", ANSWER)
    plan = planned(made, root)
    (remark,) = plan.remarks
    assert (remark.code, "`3/4` is removed" in remark.sentence, "note stays" in remark.sentence) == (
        "answer-emptied", True, True,
    )  # fmt: skip
    done = imported(made, root)
    row = next(line for line in done.stdout.splitlines() if " A.II.1.i.a " in line)
    assert row.endswith("answer: is removed")
    assert "tetap" in (root / "assessment/lain.md").read_text("utf-8")


def test_figures_for_people_have_the_decimal_mark_of_their_language(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = export(root)
    made.put("B.I.a", ANSWER, 3.8)
    made.put("A.II.4.i.a", ANSWER, 0.5)
    made.put("A.I.1.i.a", ANSWER, 87.65)
    made.put("A.II.1.i.a n_agen", ANSWER, "1.250")
    monkeypatch.setattr("generator.languages.selection.spoken", lambda: "id")
    done = imported(made, root, dry_run=True)
    for words in ("3,72", "3,8", "92,35%", "87,65", "`1.250`"):
        assert words in done.stdout, words
    assert not [each for each in ("3.8", "3.72", "92.35", "87.65") if each in done.stdout]


# Bases that are not used


def damage(made: Exported, how: str) -> None:
    rows = made.base
    match how:
        case "row missing":
            del rows[7]
        case "row twice":
            rows.append(rows[7])
        case "unknown item":
            rows[7][0] = "A.X"
        case "no answer":
            rows[7][2] = "Z"
        case "no count":
            next(row for row in rows if row[1] == "n_lalu")[2] = "empat"
        case "no header":
            del rows[1]
        case "later version":
            rows[0][0] = "catat.worksheet/2"
        case "nothing":
            rows[:] = [["", "catatan saya"]]


@pytest.mark.parametrize(
    "how",
    ["row missing", "row twice", "unknown item", "no answer", "no count", "no header", "later version", "nothing"],
)
def test_a_damaged_base_is_reported_and_not_used(root: Path, how: str) -> None:
    made, before = export(root), files(root)
    damage(made, how)
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    plan = planned(made, root, day=DAY)
    assert ("base-damaged", "catat") in told(plan)
    assert states(plan)["A.I.1.i.a"] == "differs"
    assert imported(made, root, day=DAY, dry_run=True).code == exitcodes.OK
    assert files(root) == before


@pytest.mark.parametrize(("at", "code"), [(1, "base-other-portfolio"), (3, "base-other-instrument")])
def test_the_base_of_another_portfolio_or_instrument_is_reported_and_not_used(root: Path, at: int, code: str) -> None:
    made = export(root)
    made.base[0][at] = "lain"
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    plan = planned(made, root, day=DAY)
    assert (code, "catat") in told(plan)
    assert states(plan)["A.I.1.i.a"] == "differs"


def test_an_unhidden_base_is_used_and_the_columns_besides_may_lack(root: Path) -> None:
    made = export(root)
    made.hidden = False
    made.base = [made.base[0], *(row[:4] for row in made.base[1:] if row[4:5] != ["TPI"])]
    made.put("A.I.1.i.a", ANSWER, "Tidak")
    assert states(planned(made, root)) == {"A.I.1.i.a": "changed"}


# Without a base


def other(root: Path) -> Filled:
    """The same worksheet as somebody else's workbook: without the sheet of the export."""
    made = export(root)
    for column in (EVIDENCE, TPI, TPI_NOTE):
        made.sheet.cells = {place: value for place, value in made.sheet.cells.items() if place[1] != column}
    made.sheet.cells[0, TPI] = "Jawaban TPI"
    return made.sheet


def test_another_workbook_overwrites_nothing_unless_asked_to(root: Path) -> None:
    made, before = other(root), files(root)
    made.answer("A.I.1.i.a", "Tidak")
    made.answer("A.I.1.i.b", "", note="lain")
    made.answer("A.I.1.ii.b", "")
    made.answer("A.II.1.i.a n_agen", 6)
    source = save(root.parent / "lain.xlsx", made)
    assert run(source, root, yes=True).code == exitcodes.OK
    assert files(root) == before
    done = run(source, root, yes=True, replace=True)
    assert done.code == exitcodes.OK, done
    assert (root / FIRST).read_text("utf-8") == AREA_1.replace("a: Ya   #", "a: Tidak   #").replace(
        "'satu, dua'", '"lain"'
    )
    assert "A.II.1.i.a: {isian: {n_agen: 6, n_perubahan: 3}}" in (root / "assessment/lain.md").read_text("utf-8")
    before = files(root)
    assert run(source, root, yes=True, replace=True).code == exitcodes.OK
    assert files(root) == before


def test_an_answer_comes_beside_a_note_that_stands_alone(root: Path) -> None:
    made = other(root)
    made.answer("A.I.1.iii.a", "A", note="sudah ada")
    source = save(root.parent / "lain.xlsx", made)
    plan = planned_import(source, root)
    assert "note-differs" in [code for code, _ in told(plan)]
    run(source, root, yes=True)
    expected = AREA_1.replace("    catatan: belum ada", "    jawaban: A\n    catatan: belum ada")
    assert (root / FIRST).read_text("utf-8") == expected
    assert planned_import(source, root).paths == ()


def test_answers_that_cannot_be_read_at_the_moment_are_not_taken_for_removed(root: Path) -> None:
    made = export(root)
    (root / FIRST).write_text("---\njawaban: [\n---\n", "utf-8")
    (root / "assessment/lain.md").unlink()
    before = files(root)
    plan = planned(made, root)
    assert (plan.paths, plan.base.state.value) == ((), "used")
    assert files(root) == before


# Findings


@pytest.mark.parametrize("level", [None, "tpi"])
def test_an_edited_finding_is_a_newer_one_of_the_assessor_whom_the_export_names(root: Path, level: str | None) -> None:
    made = export(root)
    made.put("A.I.1.i.a", TPI, "Ya")
    refused = imported(made, root)
    assert (refused.code, "--date" in refused.stderr) == (exitcodes.USAGE, True)
    done = imported(made, root, day=DAY, level=level)
    assert done.code == exitcodes.OK
    assert [(each.date, each.assessor, each.answer and each.answer.text) for each in portfolio(root).findings] == [
        (datetime.date(2026, 9, 1), "Tim Penilai Internal", "Tidak"),
        (DAY, "Tim Penilai Internal", "Ya"),
    ]
    before = files(root)
    for day in (DAY, DAY + datetime.timedelta(days=1), None):
        again = imported(made, root, day=day)
        assert (again.code, again.stderr) == (exitcodes.OK, "")
        assert files(root) == before


def test_an_edited_note_is_a_newer_finding_with_the_same_verdict(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.a", TPI_NOTE, "SK sudah ditandatangani.")
    assert imported(made, root, day=DAY, level="Inspektorat").code == exitcodes.OK
    (newer,) = [each for each in portfolio(root).findings if each.date == DAY]
    assert (newer.assessor, newer.answer and newer.answer.text) == ("Inspektorat", "Tidak"), (
        "the name that was asked for"
    )


@pytest.mark.parametrize("day", [datetime.date(2026, 9, 1), datetime.date(2026, 8, 31)])
def test_an_edited_finding_needs_a_later_day_than_it_had(root: Path, day: datetime.date) -> None:
    made = export(root)
    made.put("A.I.1.i.a", TPI, "Ya")
    plan = planned(made, root, day=day)
    assert [code for code, _ in told(plan)] == ["finding-not-later"]
    assert (plan.paths, plan.complete) == ((), False)


@pytest.mark.parametrize(("verdict", "codes"), [("Mungkin", ["answer-invalid"]), ("", ["finding-emptied"])])
def test_a_verdict_that_is_none_makes_no_finding_of_the_note_beside_it(root: Path, verdict: str, codes: object) -> None:
    made = export(root)
    made.put("A.I.1.i.a", TPI, verdict)
    plan = planned(made, root)
    assert [code for code, _ in told(plan)] == codes
    assert plan.paths == ()


def test_a_dry_run_shows_edited_findings_and_that_their_day_is_needed(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.a", TPI, "Ya")
    made.put("A.I.1.ii.b", ANSWER, "B")
    done = imported(made, root, dry_run=True)
    assert (done.code, done.stderr) == (exitcodes.OK, "")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert any(row[1:2] == ["A.I.1.i.a"] and row[-1] == "new" for row in rows), done.stdout
    assert any(row[1:2] == ["A.I.1.ii.b"] for row in rows)
    assert "--date" in done.stdout
    data = imported(made, root, dry_run=True, as_json=True).data
    assert [(each["item"], each["level"], each["day"]) for each in data["findings"] if each["state"] == "new"] == [
        ("A.I.1.i.a", "Tim Penilai Internal", None)
    ]
    assert ("date-missing", "LKE ZI!O6") in {(each["code"], each["cell"]) for each in data["remarks"]}
    made.put("A.I.1.ii.b", ANSWER, "A")
    only = imported(made, root, dry_run=True)
    assert "Nothing is to be written" not in only.stdout + only.stderr


def test_an_assessor_may_come_back_to_what_an_older_finding_says(root: Path) -> None:
    older = FINDING.format("selesai").replace("09-01", "08-01").replace("Tidak", "Ya")
    (root / "findings/lama.md").write_text(older, "utf-8")
    made = export(root)
    made.put("A.I.1.i.a", TPI, "Ya")
    assert [each.day for each in planned(made, root, day=DAY).findings.new] == [DAY]


def test_a_finding_changed_or_removed_in_the_portfolio_since_stays_so(root: Path) -> None:
    made = export(root)
    path = root / "findings/2026-09-01-tim.md"
    edit(root, "SK belum", "SK sudah", "findings/2026-09-01-tim.md")
    assert planned(made, root).paths == ()
    path.rename(root / "findings/lain.md")
    edit(root, "butir: A.I.1.i.a", "butir: A.I.1.i.b", "findings/lain.md")
    edit(root, "jawaban: Tidak", "jawaban: A", "findings/lain.md")
    assert planned(made, root).paths == ()


def test_findings_that_no_cell_shows_come_back_as_well(root: Path) -> None:
    for name, text in {
        "lama.md": FINDING.format("open").replace("09-01", "08-01").replace("Tidak", "Ya").replace("SK belum", "SK"),
        "jumlah.md": "---\nbutir: A.II.1.i.a\ntanggal: 2026-08-02\njawaban: {isian: {n_agen: 4, n_perubahan: 1}}\n---\n",
    }.items():
        (root / "findings" / name).write_text(text, "utf-8")
    made, empty = export(root), blank_portfolio(root.parent / "kosong")
    made.base = [row for row in made.base if row[0] != "A.II.1.i.a" or row[4] != "TPI"]
    made.base += [
        ["A.I.1.i.a", "", "Ya", "SK ditandatangani.", "finding", "2026-08-01", "Tim Penilai Internal", "open"],
        ["A.II.1.i.a", "n_agen", "4", "", "finding", "2026-08-02"],
        ["A.II.1.i.a", "n_perubahan", "1", "", "finding"],
    ]
    for key in ("A.II.1.i.a", "A.II.1.i.a n_agen", "A.II.1.i.a n_perubahan"):
        made.clear(key, TPI)
    assert planned(made, root).paths == ()
    assert imported(made, empty).code == exitcodes.OK
    assert sorted(map(str, findings(portfolio(empty)))) == sorted(map(str, findings(portfolio(root))))
    assert planned(made, empty).paths == ()


def test_emptied_cells_remove_no_finding_and_are_told(root: Path) -> None:
    made = export(root)
    made.clear("A.I.1.i.a", TPI)
    made.clear("A.I.1.i.a", TPI_NOTE)
    plan = planned(made, root)
    assert [code for code, _ in told(plan)] == ["finding-emptied"]
    assert plan.paths == ()


def test_evidence_as_it_was_exported_is_no_new_evidence(root: Path) -> None:
    made = export(root)
    made.put("A.I.1.i.b", EVIDENCE, "https://contoh.go.id/lain.pdf")
    assert [each.address for each in planned(made, root).evidence.new] == ["https://contoh.go.id/lain.pdf"]


def test_the_page_of_an_item_is_no_evidence_of_it(root: Path) -> None:
    edit(root, "bahasa: id", "bahasa: id\nalamat_situs: https://contoh.go.id/zi/", "portfolio.yaml")
    made = export(root)
    source = save(root.parent / "tanpa.xlsx", made.sheet)
    assert planned_import(source, root, day=DAY).evidence.new == ()


# What people see


def test_the_difference_is_a_table_of_both_and_what_happens(root: Path) -> None:
    done = imported(conflicting(root), root, dry_run=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["cell", "item", "in", "the", "portfolio", "in", "the", "sheet", "what", "happens"] in lines
    row = next(line for line in done.stdout.splitlines() if " A.I.1.i.a " in line)
    assert row.split()[1:] == ["A.I.1.i.a", "Ya", "Tidak", "is", "changed"]
    row = next(line for line in done.stdout.splitlines() if " A.I.1.i.b " in line)
    assert row.endswith("answer: changed in both, is left; note: is changed")
    assert not [line for line in done.stdout.splitlines() if " B.I.a " in line], "what is the same is counted only"
    assert "4 answers are as in the portfolio." in done.stdout
    assert read(root).portfolio is not None
