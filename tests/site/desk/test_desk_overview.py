"""The summary of the assessor's desk and its sheets, in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from generator.site.views import desk
from tests.support import builders, small
from tests.support.chromium import in_chromium, opened_from
from tests.support.desk_page import Assessor, NewAssessor

OTHERS = ["dengan", "yang", "belum", "diputuskan:", "5,00"]


def begun_and_decided(assessor: NewAssessor, site: str) -> Assessor:
    """Return an assessor who decided an item worth 3 points, and has begun another that is worth 2."""
    at = assessor(site)
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    at.shows("A.I.1.i.b")
    page.keyboard.press("1")
    return at


@in_chromium
def test_only_decided_answers_count_and_a_second_figure_has_all(assessor: NewAssessor, little: str) -> None:
    at = begun_and_decided(assessor, little)
    page = at.page
    at.go("summary")
    index, others = page.locator(".sums tfoot td").first, page.locator(".sums tfoot .open")
    assert [*index.inner_text().split(), *others.inner_text().split()] == [
        "3,00",
        *OTHERS,
    ]
    assert "1 dari 6 butir sudah diputuskan" in page.inner_text(".desk-summary")
    at.go("print")
    total = page.locator(".verdicts tfoot tr").first.locator("[data-put=own]")
    assert total.inner_text().split() == ["3,00", *OTHERS]

    page.evaluate("location.hash = 'A.I.1.i.b'")
    at.shows("A.I.1.i.b")
    page.fill("[name=condition]", "Sesuai.")
    page.keyboard.press("Control+Enter")
    at.shows("A.I.1.ii.c")
    at.go("summary")
    assert index.inner_text() == "5,00"
    assert others.text_content() == ""
    at.go("print")
    assert total.inner_text() == "5,00"


@in_chromium
def test_a_threshold_of_the_index_is_not_called_the_whole_predicate(assessor: NewAssessor, little: str) -> None:
    at = assessor(little)
    page = at.begin("B.I.a")
    for item, answer in (("A.I.1.i.a", "1"), ("A.I.1.i.b", "1"), ("B.I.a", "4")):
        page.evaluate("id => { location.hash = id; }", item)
        at.shows(item)
        if item == "B.I.a":
            page.fill("[data-choices] input", answer)
        else:
            page.keyboard.press(answer)
        page.fill("[name=condition]", "Sesuai.")
        page.keyboard.press("Control+Enter")
        page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg=item)
    at.go("summary")
    row = page.locator(".thresholds > div").last
    assert " ".join(row.inner_text().split()) == "Indeks: ambang WBK 11,25 belum dicapai"
    page.evaluate("location.hash = 'A.I.2.i.a'")
    at.shows("A.I.2.i.a")
    page.fill("[name=condition]", "Sesuai.")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1 .id')?.textContent !== 'A.I.2.i.a'")
    at.go("summary")
    assert " ".join(row.inner_text().split()) == "Indeks: ambang WBK 11,25 tercapai"
    assert "tidak dihitung di sini" in page.inner_text(".desk-summary")


def decided(at: Assessor, *items: str) -> None:
    """Decide items with their first answer."""
    for item in items:
        at.page.evaluate("id => { location.hash = id; }", item)
        at.shows(item)
        at.page.fill("[name=condition]", "Sesuai.")
        at.page.keyboard.press("Escape")
        at.page.keyboard.press("1")
        at.page.keyboard.press("Enter")
        at.page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg=item)


@in_chromium
def test_what_is_judged_by_other_criteria_now_is_marked_and_what_is_gone_can_be_taken_back(
    assessor: NewAssessor, tmp_path: Path
) -> None:
    home, out = small.write(tmp_path), tmp_path / "situs"
    small.build_site(home, out)
    instrument = home / "instruments/ringkas.yaml"
    with opened_from(out) as addresses:
        at = assessor(addresses["http"])
        page = at.begin("A.I.1.i.b")
        decided(at, "A.I.1.i.a", "A.I.1.i.b", "A.I.1.ii.c", "A.I.2.i.a")
        text = instrument.read_text("utf-8")
        worded = "A.I.1.i.b, label: Penentuan anggota tim, criteria: {A: Dipilih terbuka}"
        text = text.replace("A.I.1.i.b, label: Penentuan anggota tim", worded)
        text = text.replace("Rencana kerja tim, scale: abc", "Rencana kerja tim, scale: db")
        text = text.replace("scales:", "scales:\n  db: {choices: {D: 1, B: 0.5}}")
        instrument.write_text(text.replace("id: A.I.2.i.a", "id: A.I.2.i.x"), "utf-8")
        small.build_site(home, out)

        at.open("summary")
        page.wait_for_selector(".overview")
        states = dict(
            page.locator(".overview tbody tr").evaluate_all(
                "rows => rows.map(each => [each.querySelector('.id').textContent, each.querySelector('.mark').textContent])"
            )
        )
        assert states["A.I.1.i.a"] == "diputuskan"
        assert {states["A.I.1.i.b"], states["A.I.1.ii.c"]} == {"berubah sejak diputuskan"}

        assert "A.I.2.i.a" in page.inner_text(".strays")
        at.go("print")
        assert "A.I.2.i.a" in page.inner_text(".desk-print")
        at.go("summary")
        page.click(".strays button")
        page.click("dialog [value='']")
        assert page.locator(".strays li").count() == 1
        page.click(".strays button")
        page.click("dialog .main")
        page.wait_for_selector(".strays", state="detached")
        page.reload()
        page.wait_for_selector(".overview")
        assert page.locator(".strays").count() == 0
        assert [row["item"] for row in at.export()["items"]] == ["A.I.1.i.a", "A.I.1.i.b", "A.I.1.ii.c"]


@in_chromium
def test_the_summary_counts_documents_as_the_item_does(assessor: NewAssessor, tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "situs"
    small.build_site(home, out)
    with opened_from(out) as addresses:
        at = assessor(addresses["http"])
        page = at.begin("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        judged = page.locator(".verdict-of").count()
        assert page.locator(".to-judge > li").count() > judged  # one is confidential
        page.keyboard.press("1")
        for _ in range(judged):
            page.keyboard.press("a")

        def counts() -> tuple[str, str]:
            page.evaluate("location.hash = 'A.I.1.i.a'")
            at.shows("A.I.1.i.a")
            of_item = page.inner_text("[data-counted]")
            at.go("summary")
            cell = page.locator(".overview tbody tr").first.locator("[data-put=seen]")
            cell.filter(has_text="/").wait_for()
            return of_item, cell.inner_text().strip()

        assert counts() == (f"{judged} dari {judged} sudah dilihat", f"{judged} / {judged}")
        builders.write(home, {"evidence/undangan.pdf": builders.pdf("Undangan lain")})
        small.build_site(home, out)
        at.open("summary")
        page.wait_for_selector(".overview")
        assert counts() == (f"{judged - 1} dari {judged} sudah dilihat", f"{judged - 1} / {judged}")


@in_chromium
def test_sheets_are_of_areas_with_an_entry_and_of_all_by_choice(assessor: NewAssessor, little: str) -> None:
    at = begun_and_decided(assessor, little)
    page = at.page
    at.go("print")
    assert page.locator(".sheet-of").count() == 1
    page.check("[name=everything]")
    assert page.locator(".sheet-of").count() == 4
    assert page.evaluate("document.activeElement.name") == "everything"
    page.uncheck("[name=everything]")
    assert page.locator(".sheet-of h2").all_inner_texts() == ["Lembar penilaian 1. Manajemen perubahan"]


@in_chromium
def test_all_that_is_printed_names_assessor_level_and_code(assessor: NewAssessor, little: str) -> None:
    at = begun_and_decided(assessor, little)
    page = at.page
    page.fill("[name=condition]", "Baris pertama\n" + "tim belum ditetapkan " * 40 + "SELESAI")
    page.fill("[name=note]", "Dibahas dengan Irwil")
    reason = "Tanda tangan pada halaman terakhir berbeda dengan contoh yang ada di berkas kepegawaian, UJUNG"
    page.evaluate("location.hash = 'A.I.1.i.a'")
    at.shows("A.I.1.i.a")
    page.locator(".to-judge > li").first.get_by_label("ditolak").check()
    page.fill("[name=other] >> nth=0", reason)

    def printed() -> list[str]:
        paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]

    assert reason in " ".join(printed())
    digest = at.export()["digest"]
    code = "Kode periksa " + re.sub(r"(.{4})(?=.)", r"\1 ", digest[:16].upper())
    for screen in ("A.I.1.i.b", "summary", "print"):
        page.evaluate("id => { location.hash = id; }", screen)
        page.wait_for_function("id => location.hash.slice(1) === id", arg=screen)
        page.wait_for_selector(".desk-item, .desk-summary, .desk-print")
        texts = printed()
        assert all("Rahmawati (TPI)" in each and code in each for each in texts), screen
        if screen != "summary":
            assert "SELESAI" in " ".join(texts)
            assert "Dibahas dengan Irwil" in " ".join(texts)
        if screen != "print":
            assert "Rahmawati · " in texts[0]


@in_chromium
def test_tables_are_named_and_the_answer_of_the_unit_is_called_that(assessor: NewAssessor, little: str) -> None:
    at = begun_and_decided(assessor, little)
    page = at.page
    at.go("summary")
    assert page.locator(".overview thead th").nth(1).text_content() == "Jawaban unit"
    at.go("print")
    page.check("[name=everything]")
    assert (
        page.locator(".verdicts caption").all_inner_texts()
        == page.locator(".sheet-of h2 [data-put=area]").all_inner_texts()
    )
    assert {each.text_content() for each in page.locator(".verdicts th:nth-of-type(2)").all()} == {"Jawaban unit"}


@in_chromium
def test_what_leads_on_from_a_file_comes_after_it(assessor: NewAssessor, little: str) -> None:
    page = assessor(little).open()
    field, button = page.locator("[name=file]"), page.locator("button[type=submit]")
    tops = [
        each.evaluate("each => each.getBoundingClientRect().top")
        for each in (field, page.locator("[name=name]"), button)
    ]
    assert tops == sorted(tops)


@in_chromium
@pytest.mark.parametrize("width", [1280, 1024])
def test_a_long_name_does_not_push_the_bar_over_the_document(assessor: NewAssessor, little: str, width: int) -> None:
    at = assessor(little)
    at.page.set_viewport_size({"width": width, "height": 800})
    page = at.begin("A.I.1.i.a", name="Rahmawati Kusumaningtyas Sastrodihardjo " * 3)
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.viewer')).top)") >= page.evaluate(
        "document.querySelector('.desk-bar').getBoundingClientRect().bottom"
    )


@in_chromium
def test_a_text_that_no_page_could_show_is_not_taken_and_that_is_said(assessor: NewAssessor, little: str) -> None:
    at = assessor(little)
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.focus("[name=condition]")
    page.keyboard.insert_text("x" * (desk.LONGEST_TEXT + 5))
    assert len(page.input_value("[name=condition]")) == desk.LONGEST_TEXT
    assert "terpotong" in page.evaluate("document.activeElement.validationMessage")
    page.keyboard.press("Backspace")
    assert page.evaluate("document.activeElement.validationMessage") == ""
    assert {each.get_attribute("maxlength") for each in page.locator("textarea").all()} == {str(desk.LONGEST_TEXT)}
