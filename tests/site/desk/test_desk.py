"""The assessor's desk in a real Chromium: begun, judged by mouse and by keys, exported, printed, left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.support import builders, small
from tests.support.chromium import LAPSED, in_chromium, opened_from, pdf_viewer, show, violations, without_storage
from tests.support.desk_page import Assessor, NewAssessor
from tests.support.firefox import Firefox, needs_firefox

ITEMS = 113
MOST_KEYS = 750
VERDICTS = 250
OF_PICTURE = "A.I.2.ii.c"
"""An item that has a picture among its documents."""


WAIT = """async what => {
    const found = () => document.querySelector(what);
    while (!found()) await new Promise(again => setTimeout(again, 20));
    return found().textContent;
}"""


@in_chromium
def test_the_whole_path_leads_to_a_file_and_leaves_nothing_behind(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")

    page.check("[name=answer][value=B]")
    page.get_by_role("button", name="Putuskan").click()
    assert "Kondisi" in page.inner_text("[data-lacking]")
    assert page.evaluate("document.activeElement.name") == "condition"
    page.fill("[name=condition]", "Pimpinan tidak hadir.")
    first = page.locator(".to-judge > li").first
    first.get_by_label("ditolak").check()
    page.keyboard.press("Control+Enter")
    assert "Dokumen 1" in page.inner_text("[data-lacking]")
    first.get_by_label("di luar periode").check()
    page.get_by_role("button", name="Putuskan").click()
    at.shows("A.I.1.iii.c")
    assert re.fullmatch(r"1 dari 113 diputuskan tersimpan \d\d\.\d\d", at.bar())

    review = at.export()
    assert review["assessor"] == {"name": "Rahmawati", "level": "TPI", "assignment": "ST-12/2026"}
    [row] = review["items"]
    assert (row["item"], row["claimed"], row["answer"], row["state"]) == ("A.I.1.iii.b", "A", "B", "decided")
    assert [(each["verdict"], each["reason"]) for each in row["evidence"]] == [("rejected", "period")]

    at.go("print")
    code = re.sub(r"(.{4})(?=.)", r"\1 ", review["digest"][:16].upper())
    assert {each.strip() for each in page.locator(".about .code").all_inner_texts()} == {code}
    handed = at.download(".desk-bar [data-do=leave]")
    assert re.fullmatch(
        r"penilaian-balai-diklat-keuangan-musi-raya-rahmawati-\d{4}-\d\d-\d\d\.json", handed.suggested_filename
    )
    page.get_by_role("button", name="Sudah tersimpan: hapus").click()
    page.wait_for_selector(".desk-start")
    assert "tidak ada lagi" in at.notices()[0]
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


@in_chromium
def test_keys_alone_judge_all_items_and_their_documents(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin()
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    for _ in range(ITEMS):
        page.wait_for_selector(".desk-item")
        shown, claimed, lowest, documents = page.evaluate(
            """() => [document.querySelector("h1 .id").textContent,
                [...document.querySelectorAll(".choice")].findIndex(each => each.querySelector(".tag")) + 1,
                document.querySelectorAll(".choice").length,
                document.querySelectorAll(".verdict-of").length]"""
        )
        press(str(claimed or lowest or 1))
        for _ in range(documents):
            press("a")
        press("Enter")
        page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg=shown)
    assert page.get_attribute(".desk", "data-screen") == "summary"
    assert "113 dari 113 diputuskan" in at.bar()
    review = at.export()
    judged = [each for row in review["items"] for each in row["evidence"]]
    print(f"{keys} keys for {len(review['items'])} items and {len(judged)} verdicts")
    assert {row["state"] for row in review["items"]} == {"decided"}
    assert len(review["items"]) == ITEMS
    assert len(judged) >= VERDICTS
    assert keys < MOST_KEYS


@in_chromium
def test_a_rejection_takes_two_keys_whose_numbers_stay(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    page.keyboard.press("r")
    page.fill("[name=other]:visible", "Tanda tangan lain")
    page.keyboard.press("Escape")
    for key in ("j", "r", "5", "r", "5", "r", "8"):
        page.keyboard.press(key)
    page.keyboard.press("t")
    assert page.get_attribute("[data-do=flag]", "aria-pressed") == "true"
    [row] = at.export()["items"]
    assert row["state"] == "flagged"
    assert [each["reason"] for each in row["evidence"]] == [
        "Tanda tangan lain",
        "template",
        "template",
        "Tanda tangan lain",
    ]


@in_chromium
def test_keys_are_left_to_fields_and_can_be_switched_off(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    page.keyboard.press("c")
    page.keyboard.type("1a?")
    assert page.input_value("[name=condition]") == "1a?"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.uncheck("dialog [name=keys]")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert page.locator("[name=answer]:checked").count() == 0
    page.keyboard.press("?")
    page.check("dialog [name=keys]")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert page.locator("[name=answer]:checked").count() == 1


@in_chromium
@pytest.mark.parametrize("way", ["the pointer leaves", "nothing more is typed"])
def test_a_document_that_was_clicked_gives_the_keys_back(assessor: NewAssessor, way: str) -> None:
    at = assessor()
    at.page.add_init_script(LAPSED)
    page = at.open("A.I.1.iii.b")
    # A pointer that a test moves into a PDF that is there already is unknown to the page, unlike a real one.
    page.mouse.move(900, 500)
    page.fill("[name=name]", "Rahmawati")
    page.keyboard.press("Enter")
    pdf_viewer(page)
    page.mouse.click(900, 500)
    page.wait_for_function("document.activeElement.localName === 'iframe'")
    if way == "the pointer leaves":
        page.locator("[name=condition]").hover()
    else:
        page.evaluate("lapsed = true")
    expect(page.locator(".viewer header")).to_be_focused()
    page.keyboard.press("1")
    assert page.is_checked("[name=answer][value=A]")
    page.keyboard.press("Enter")
    at.shows("A.I.1.iii.c")


@in_chromium
def test_on_a_small_window_a_picture_opens_over_the_criteria_and_closes_where_it_was(assessor: NewAssessor) -> None:
    at = assessor()
    at.page.set_viewport_size({"width": 375, "height": 700})
    page = at.begin(OF_PICTURE)
    at.shows(OF_PICTURE)
    link = page.locator(".to-judge a[data-viewer=picture]").first
    link.click()
    expect(page.locator("dialog.viewer img")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert page.locator("[name=answer]:checked").count() == 0


@in_chromium
@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("A.II.1.i.a", {"inputs": {"n_agen": 5, "n_perubahan": 4}}),
        ("A.II.3.iii.a", {"inputs": {"n_lalu": 8, "n_ini": 2, "n_sanksi": 2}}),
        ("B.I.a", "3.58"),
    ],
)
def test_agreeing_takes_the_figures_of_the_unit(assessor: NewAssessor, item: str, answer: Any) -> None:
    at = assessor()
    page = at.begin(item)
    at.shows(item)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.querySelector('h1 .id')?.textContent !== id", arg=item)
    assert [row["answer"] for row in at.export()["items"]] == [answer]


@in_chromium
def test_the_summary_narrows_and_its_index_is_exact(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("Tidak berkala.")
    page.keyboard.press("Control+Enter")
    at.shows("A.I.1.iii.c")
    page.keyboard.press("1")
    at.go("summary")
    assert page.locator(".overview tbody tr").count() == ITEMS
    page.check("[name=differs]")
    assert [each.split()[0] for each in page.locator(".overview tbody th").all_inner_texts()] == [
        "A.I.1.iii.b",
        "A.I.1.iii.c",
    ]
    page.select_option("[name=state]", "decided")
    [cells] = [each.inner_text().split("\t") for each in page.locator(".overview tbody tr").all()]
    assert [each.strip() for each in cells[1:4]] == ["A", "B", "−0,11"]
    assert page.inner_text(".sums tfoot td:nth-of-type(3)") == "100,00"
    page.go_back()
    at.shows("A.I.1.iii.c")


@in_chromium
def test_it_works_from_the_disk_and_goes_on_after_a_reload(assessor: NewAssessor, sample: dict[str, str]) -> None:
    at = assessor(sample["file"])
    page = at.open()
    assert "halaman lokal lain" in page.inner_text(".desk-start .notice")
    at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.reload()
    at.shows("A.I.1.i.a")
    assert page.is_checked("[name=answer][value=Ya]")
    assert "tersimpan" in at.bar()
    assert "Rahmawati" not in page.url
    assert len(at.export()["items"]) == 1


@in_chromium
def test_another_tab_is_followed_or_both_are_shown(assessor: NewAssessor) -> None:
    one, other = assessor(), assessor()
    page = one.begin("A.I.1.iii.b")
    one.shows("A.I.1.iii.b")
    page.keyboard.press("1")
    second = other.open("A.I.1.iii.b")
    second.get_by_role("button", name="Rahmawati").click()
    other.shows("A.I.1.iii.b")
    assert second.is_checked("[name=answer][value=A]")

    second.check("[name=answer][value=B]")
    page.wait_for_selector("[name=answer][value=B]:checked")
    assert "di tab lain" in one.notices()[0]

    # Both wrote before either was told.
    page.evaluate(
        """() => { const key = Object.keys(localStorage).find(each => each.endsWith("/A.I.1.iii.b"));
        const entry = JSON.parse(localStorage.getItem(key));
        const theirs = JSON.stringify({...entry, answer: "D"});
        window.dispatchEvent(new StorageEvent("storage", {
            key, oldValue: JSON.stringify({...entry, answer: "C"}), newValue: theirs, storageArea: localStorage})); }"""
    )
    assert page.locator(".crossed .both h3").all_inner_texts() == ["Di tab ini", "Di tab lain"]
    page.locator(".both button").nth(1).click()
    page.wait_for_selector("[name=answer][value=D]:checked")
    assert page.locator(".crossed").count() == 0
    second.wait_for_selector("[name=answer][value=D]:checked")


@in_chromium
def test_a_full_or_refused_storage_is_said_and_the_file_is_offered(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.evaluate("() => { localStorage.x = 'x'.repeat(5242880 - JSON.stringify(localStorage).length - 200); }")
    page.evaluate("() => { try { for (let i = 0; ; i += 1) localStorage['y' + i] = 'y'; } catch {} }")
    page.keyboard.press("1")
    assert "tidak tersimpan" in at.bar()
    assert "penuh" in at.notices()[0]
    with page.expect_download() as handed:
        page.click(".desk-top [data-do=export]")
    assert [row["answer"] for row in json.loads(Path(handed.value.path()).read_text("utf-8"))["items"]] == ["Ya"]
    page.evaluate(
        "() => Object.keys(localStorage).filter(each => /^[xy]/.test(each)).forEach(each => localStorage.removeItem(each))"
    )
    page.keyboard.press("2")
    assert "tidak" not in at.bar()
    assert at.notices() == []


@in_chromium
@pytest.mark.parametrize("place", ["file", "http"])
def test_where_nothing_may_be_stored_the_desk_says_so_and_loses_nothing_unasked(
    browser: Browser, sample: dict[str, str], tmp_path: Path, place: str
) -> None:
    with without_storage(browser, tmp_path) as context:
        at = Assessor(context, sample[place])
        page = at.open("A.I.1.i.a")
        refused = "tidak menyimpan apa pun"
        assert refused in at.notices()[0]
        at.begin("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        assert refused in at.notices()[0]
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        at.shows("A.I.1.i.b")
        assert "1 dari 113 diputuskan tidak tersimpan" in at.bar()

        # Leaving, and beginning anew on this page.
        with page.expect_event("dialog") as asked:
            page.close(run_before_unload=True)
        assert asked.value.type == "beforeunload"
        asked.value.dismiss()
        page.evaluate("location.hash = ''")
        page.click("[type=submit]")
        at.shows("A.I.1.i.b")
        page.evaluate("location.hash = ''")
        page.fill("[name=name]", "Surya")
        page.click("[type=submit]")
        assert "Rahmawati" in at.notices()[-1]
        assert page.get_attribute(".desk", "data-screen") == "start"
        with page.expect_download() as handed:
            page.click("[data-kind=before-other] [data-do=export]")
        assert [row["item"] for row in json.loads(Path(handed.value.path()).read_text("utf-8"))["items"]] == [
            "A.I.1.i.a"
        ]
        page.click("[type=submit]")
        at.shows("A.I.1.i.a")
        assert "0 dari 113 diputuskan" in at.bar()

        # Keys that are switched off stay so on this page.
        page.keyboard.press("?")
        page.uncheck("dialog [name=keys]")
        page.keyboard.press("Escape")
        page.keyboard.press("1")
        assert page.locator("[name=answer]:checked").count() == 0

        # What was exported may be left.
        page.check("[name=answer][value=Ya]")
        at.export()
        page.reload()
        assert page.get_attribute(".desk", "data-screen") == "start"
        assert at.found == []


@in_chromium
def test_a_shared_computer_keeps_nothing_outside_the_tab(assessor: NewAssessor) -> None:
    at = assessor()
    page = at.begin("A.I.1.i.a", shared=True)
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.reload()
    at.shows("A.I.1.i.a")
    assert page.is_checked("[name=answer][value=Ya]")


@in_chromium
def test_half_an_hour_without_an_export_is_said(assessor: NewAssessor) -> None:
    at = assessor()
    at.page.clock.install()
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.clock.fast_forward("29:00")
    assert at.notices() == []
    page.clock.fast_forward("02:00")
    assert "setengah jam" in at.notices()[0]


def imported(at: Assessor, path: Path) -> str:
    at.go("file")
    at.page.evaluate("document.querySelector('.imported').replaceChildren()")
    at.page.set_input_files("[name=file]", path)
    at.page.wait_for_function("() => document.querySelector('.imported').textContent !== ''")
    return at.page.inner_text(".imported")


@in_chromium
def test_files_are_merged_item_by_item(assessor: NewAssessor, tmp_path: Path) -> None:
    at = assessor()
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    at.shows("A.I.1.i.b")
    page.keyboard.press("1")
    base = at.export()
    path = tmp_path / "a.json"

    def changed(**answers: str) -> Path:
        rows = [{**row, "answer": answers.get(row["item"].replace(".", "_"), row["answer"])} for row in base["items"]]
        made = page.evaluate(
            """([review, items]) => { const {digest, ...rest} = {...review, items, exported: "2999-01-01T00:00:00+07:00"};
            return {...rest, digest: catatDesk.review.sha256(catatDesk.review.canonical(rest))}; }""",
            [base, rows],
        )
        path.write_text(json.dumps(made), "utf-8")
        return path

    # Only the file went on: it wins. Then both did: both are shown.
    assert "1 diambil, 1 sama, 0 lebih baru di sini, 0 untuk dipilih" in imported(at, changed(A_I_1_i_a="Tidak"))
    page.goto(page.url.split("#")[0] + "#A.I.1.i.b")
    at.shows("A.I.1.i.b")
    page.keyboard.press("2")
    said = imported(at, changed(A_I_1_i_a="Tidak", A_I_1_i_b="C"))
    assert "0 diambil, 1 sama, 0 lebih baru di sini, 1 untuk dipilih" in said
    page.locator(".to-choose .both button").nth(1).click()
    rows = {row["item"]: row["answer"] for row in at.export()["items"]}
    assert rows == {"A.I.1.i.a": "Tidak", "A.I.1.i.b": "C"}

    path.write_text(json.dumps({**base, "exported": "x"}), "utf-8")
    assert "sidik jari" in imported(at, path)
    path.write_text("bukan", "utf-8")
    assert "tidak dapat dibaca" in imported(at, path)


@in_chromium
def test_a_file_opens_the_desk_elsewhere(
    assessor: NewAssessor, browser: Browser, sample: dict[str, str], tmp_path: Path
) -> None:
    at = assessor()
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    path = tmp_path / "a.json"
    path.write_text(json.dumps(at.export()), "utf-8")
    context = browser.new_context()
    elsewhere = Assessor(context, sample["http"])
    other = elsewhere.open()
    other.set_input_files("[name=file]", path)
    other.wait_for_function("() => document.querySelector('[name=name]').value !== ''")
    other.click("button[type=submit]")
    elsewhere.shows("A.I.1.i.b")
    assert "1 dari 113 diputuskan" in elsewhere.bar()
    context.close()
    assert elsewhere.found == []


@in_chromium
def test_a_note_on_a_verdict_is_kept_exported_printed_and_taken_from_a_file(
    assessor: NewAssessor, browser: Browser, sample: dict[str, str], tmp_path: Path
) -> None:
    at = assessor()
    page = at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    first, second = page.locator(".to-judge > li").nth(0), page.locator(".to-judge > li").nth(1)
    assert not first.get_by_label("Catatan tentang dokumen ini").is_visible()
    first.get_by_label("diterima").check()
    first.get_by_label("Catatan tentang dokumen ini").fill("Halaman 2 yang dipakai.")
    second.get_by_label("ditolak").check()
    second.get_by_label("tidak ditandatangani").check()
    second.get_by_label("Catatan tentang dokumen ini").fill("Stempel saja.")
    # A verdict that is taken back and given anew does not cost what was written.
    second.get_by_label("belum dilihat").check()
    assert not second.get_by_label("Catatan tentang dokumen ini").is_visible()
    second.get_by_label("ditolak").check()
    second.get_by_label("tidak ditandatangani").check()
    page.reload()
    at.shows("A.I.1.iii.b")
    assert page.locator("[name=remark]:visible").evaluate_all("all => all.map(each => each.value)") == [
        "Halaman 2 yang dipakai.",
        "Stempel saja.",
    ]
    review = at.export()
    assert [(each["verdict"], each["reason"], each["note"]) for each in review["items"][0]["evidence"]] == [
        ("accepted", "", "Halaman 2 yang dipakai."),
        ("rejected", "unsigned", "Stempel saja."),
    ]
    at.go("print")
    printed = page.locator(".verdicts tr", has_text="A.I.1.iii.b").inner_text()
    assert "diterima; Halaman 2 yang dipakai." in printed
    assert "ditolak; tidak ditandatangani; Stempel saja." in printed

    path = tmp_path / "a.json"
    path.write_text(json.dumps(review), "utf-8")
    context = browser.new_context()
    elsewhere = Assessor(context, sample["http"])
    elsewhere.begin("A.I.1.iii.b")
    elsewhere.shows("A.I.1.iii.b")
    elsewhere.page.locator(".to-judge > li").first.get_by_label("diterima").check()
    assert "1 untuk dipilih" in imported(elsewhere, path)
    assert "Halaman 2 yang dipakai." in elsewhere.page.inner_text(".both")
    elsewhere.page.locator(".both button").nth(1).click()
    assert elsewhere.export()["items"] == review["items"]
    context.close()
    assert elsewhere.found == []


@in_chromium
def test_what_changed_since_a_decision_is_marked(assessor: NewAssessor, tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "situs"
    small.build_site(home, out)
    with opened_from(out) as addresses:
        at = assessor(addresses["http"])
        page = at.begin("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        # What is confidential cannot be judged; what is another's page is opened by itself.
        assert page.locator(".to-judge > li:not(:has(.verdict-of))").count() >= 1
        page.keyboard.press("1")
        for _ in range(page.locator(".verdict-of").count()):
            page.keyboard.press("a")
        page.keyboard.press("Enter")
        at.shows("A.I.1.i.b")
        page.keyboard.press("3")
        page.keyboard.press("Enter")
        at.shows("A.I.1.ii.c")
        path = tmp_path / "a.json"
        path.write_text(json.dumps(at.export()), "utf-8")
        builders.write(home, {"evidence/undangan.pdf": builders.pdf("Undangan lain")})
        small.build_site(home, out)
        at.open("A.I.1.i.a")
        at.shows("A.I.1.i.a")
        assert "berubah sejak diputuskan" in page.inner_text(".standing")
        assert page.get_by_text("Anda menerima versi lain berkas ini").count() == 1
        assert "1 dari 6 diputuskan" in at.bar()
        assert [row["state"] for row in at.export()["items"]] == ["changed", "decided"]

        # A file from before does not know that either; what is the same stands.
        at.download(".desk-bar [data-do=leave]")
        page.get_by_role("button", name="Sudah tersimpan: hapus").click()
        page.wait_for_selector(".desk-start")
        page.set_input_files("[name=file]", path)
        page.wait_for_function("() => document.querySelector('[name=name]').value !== ''")
        page.click("button[type=submit]")
        page.get_by_text("1 dari 6 diputuskan").wait_for()
        assert [row["state"] for row in at.export()["items"]] == ["changed", "decided"]


@in_chromium
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (375, "dark"), (320, "light")])
def test_axe_finds_nothing_on_any_screen_and_all_fit(assessor: NewAssessor, width: int, scheme: str) -> None:
    at = assessor()
    found: list[str] = []

    def look(name: str) -> None:
        # The viewer of PDFs is the browser's own page.
        at.page.evaluate("document.querySelectorAll('.viewer-stage iframe').forEach(each => each.remove())")
        found.extend(f"{name}: {each}" for each in violations(at.page))
        if at.page.evaluate("document.scrollingElement.scrollWidth") > width:
            found.append(f"{name}: wider than the window")

    page = at.open("A.I.1.iii.b")
    show(page, width, scheme)
    look("start")
    at.begin("A.I.1.iii.b")
    at.shows("A.I.1.iii.b")
    page.keyboard.press("r")
    page.keyboard.press("Enter")
    look("item")
    page.keyboard.press("?")
    look("help")
    page.keyboard.press("Escape")
    for item in ("A.II.3.iii.a", "B.I.a", "A.I.3.ii.c"):
        page.evaluate("id => { location.hash = id; }", item)
        at.shows(item)
        look(item)
    for screen in ("summary", "print", "file"):
        at.go(screen)
        look(screen)
    assert found == []


@in_chromium
def test_the_sheets_are_upright_a4_with_numbered_pages(assessor: NewAssessor, tmp_path: Path) -> None:
    at = assessor()
    page = at.begin("A.I.1.i.a")
    at.shows("A.I.1.i.a")
    page.keyboard.press("1")
    at.go("print")
    assert "belum ada kode periksa" in page.inner_text(".desk-print .notice")
    at.download("[data-do=export-print]")
    assert page.evaluate("window.printed") == 1
    page.check("[name=everything]")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    sizes = {tuple(round(each) for each in sheet.get_size()) for sheet in paper}
    texts = [sheet.get_textpage().get_text_bounded() for sheet in paper]
    assert sizes == {(595, 842)}
    assert f"1 / {len(texts)}" in texts[0]
    code = page.inner_text(".about .code >> nth=0")
    assert all(f"Kode periksa {code}" in " ".join(each.split()) for each in texts)
    assert sum("Untuk satuan kerja" in each for each in texts) == 7


@in_chromium
def test_item_pages_lead_to_the_desk(assessor: NewAssessor, sample: dict[str, str]) -> None:
    at = assessor()
    page = at.begin()
    page.goto(f"{sample['http']}/items/A.I.1.iii.b.html")
    page.click(".to-desk a")
    at.shows("A.I.1.iii.b")


@needs_firefox
@pytest.mark.parametrize("place", ["http", "file"])
def test_firefox_keeps_what_was_decided(firefox: Firefox, sample: dict[str, str], place: str) -> None:
    page = firefox.new_page()
    address = f"{sample[place]}/desk.html#A.I.1.i.a"
    page.goto(address)
    page.evaluate(WAIT, ".desk-start")
    page.evaluate(
        "() => { document.querySelector('[name=name]').value = 'Rahmawati'; document.querySelector('[type=submit]').click(); }"
    )
    page.evaluate(WAIT, ".desk-item")
    page.evaluate("() => document.querySelector('[name=answer][value=Ya]').click()")
    page.evaluate("() => document.querySelector('[data-do=decide]').click()")
    page.evaluate(WAIT, "[name=answer][value=C]")
    page.goto("about:blank")
    page.goto(address)
    page.evaluate(WAIT, ".desk-item [name=answer][value=Ya]:checked")
    assert "1 dari 113 diputuskan" in page.evaluate(WAIT, ".desk-bar .kept")
    page.evaluate("() => localStorage.clear()")
    page.close()
