"""Where things stand on the screen and on paper in a real Chromium: heads that stay, menus, the foot of each sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import odd
from tests.support.chromium import in_chromium

pytestmark = in_chromium


@pytest.fixture(scope="module")
def site(sample_site: Path) -> str:
    return f"file://{sample_site}"


BOXES = """() => {
    const place = name => document.querySelector(name).getBoundingClientRect();
    const [around, corner] = [place(".wide"), place(".matrix thead th")];
    const {width, height} = corner;
    const [x, y] = [around.left + 2 + width / 2, around.top + 2 + height / 2];
    const seen = document.elementFromPoint(x, y)?.closest("th");
    return {left: corner.left - around.left, top: corner.top - around.top, width, height,
            seen: seen === document.querySelector(".matrix thead th"), room: around.height};
}"""


def test_the_corner_of_the_matrix_stays_above_its_columns_and_its_rows(page: Page, site: str) -> None:
    page.goto(f"{site}/matrix.html")
    page.evaluate("document.querySelector('.wide').scrollTo(600, 900)")
    boxes = page.evaluate(BOXES)
    assert abs(boxes["left"]) <= 1
    assert abs(boxes["top"]) <= 1
    assert boxes["seen"]
    assert page.evaluate("getComputedStyle(document.querySelector('.matrix')).borderCollapse") == "separate"


def test_the_matrix_shows_that_there_is_more_to_the_side_until_its_end_is_reached(page: Page, site: str) -> None:
    page.goto(f"{site}/matrix.html")
    shades = []
    for left in (0, 99_999):
        page.evaluate("left => document.querySelector('.wide').scrollTo(left, 0)", left)
        box = page.locator(".wide").bounding_box()
        row = page.locator(".matrix tbody tr:not(.part)").first.bounding_box()
        assert box is not None
        assert row is not None
        clip = {"x": box["x"] + box["width"] - 3, "y": row["y"] + 3, "width": 2, "height": 2}
        shades.append(page.screenshot(clip=clip))  # type: ignore[arg-type]
    assert shades[0] != shades[1]


def test_the_heads_of_the_matrix_leave_room_for_rows_on_a_screen_that_is_enlarged(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    page.goto(f"{site}/matrix.html")
    boxes = page.evaluate(BOXES)
    assert boxes["height"] < boxes["room"] * 0.45


@pytest.mark.parametrize(
    ("name", "table"), [("evidence.html", ".register"), ("computation.html", ".computation"), ("gaps.html", ".gaps")]
)
def test_the_head_of_a_long_table_stays_in_sight(page: Page, site: str, name: str, table: str) -> None:
    page.goto(f"{site}/{name}")
    rows = page.locator(table).evaluate_all("tables => tables.map(table => table.tBodies[0].rows.length)")
    longest = page.locator(table).nth(rows.index(max(rows)))
    longest.locator("tbody tr").nth(9).evaluate("row => row.scrollIntoView({block: 'center'})")
    head = longest.locator("thead th").first
    assert head.evaluate("head => head.getBoundingClientRect().top") == pytest.approx(0, abs=1)
    assert head.evaluate("head => getComputedStyle(head).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_link_into_a_long_table_leads_below_its_head(page: Page, site: str) -> None:
    page.goto(f"{site}/computation.html#line-A.I.3.ii.b")
    top = page.locator(":target").evaluate("row => row.getBoundingClientRect().top")
    bottom = page.locator(".computation thead").evaluate("head => head.getBoundingClientRect().bottom")
    assert bottom <= top < 200


def test_the_way_back_up_stands_beside_a_long_page_and_leads_to_its_top(page: Page, site: str) -> None:
    page.goto(f"{site}/evidence.html")
    up = page.locator(".to-top a")
    expect(up).not_to_be_in_viewport()
    page.evaluate("scrollTo(0, 3000)")
    expect(up).to_be_in_viewport()
    covered = up.evaluate("""link => {
        const {left, right, top, bottom} = link.getBoundingClientRect();
        const others = [...document.querySelectorAll("main td, main th")].map(each => each.getBoundingClientRect());
        return others.some(box => box.right > left && box.left < right && box.bottom > top && box.top < bottom);
    }""")
    assert not covered
    up.click()
    page.wait_for_function("scrollY < 40")


# Menus


def test_one_menu_is_open_at_a_time_and_escape_or_a_click_elsewhere_closes_it(page: Page, site: str) -> None:
    page.goto(f"{site}/evidence.html")
    summaries = page.locator(".narrowing summary")
    opened = page.locator(".narrowing details[open]")
    summaries.nth(0).click()
    summaries.nth(1).click()
    expect(opened).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(summaries.nth(1)).to_be_focused()
    summaries.nth(2).click()
    page.locator("h1").click()
    expect(opened).to_have_count(0)


def test_an_open_menu_covers_the_heads_of_tables_and_is_not_cut_off(page: Page, site: str) -> None:
    page.goto(f"{site}/lists/evidence-area-3.html")
    for summary in page.locator(".narrowing summary").all():
        summary.click()
        menu = page.locator(".narrowing details[open] ul")
        above = menu.evaluate("""menu => {
            const {left, right, top, bottom} = menu.getBoundingClientRect();
            const points = [0.05, 0.25, 0.5, 0.75, 0.95].map(part => top + part * (bottom - top));
            return right <= innerWidth && points.every(y => menu.contains(document.elementFromPoint(left + 12, y)));
        }""")
        assert above, summary.inner_text()


def test_menus_exclude_each_other_without_scripts(browser: Browser, site: str) -> None:
    plain = browser.new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    plain.goto(f"{site}/records.html")
    for summary in plain.locator(".narrowing summary").all():
        summary.click(force=True)
    expect(plain.locator(".narrowing details[open]")).to_have_count(1)
    plain.close()


def test_two_choices_of_a_list_meet_on_the_search_page(page: Page, site: str) -> None:
    page.goto(f"{site}/lists/evidence-area-3.html")
    page.locator(".narrowing summary", has_text="Tahun").click()
    choice = page.locator(".narrowing details[open] li").first
    count = choice.locator(".small").inner_text()
    choice.get_by_role("link").click()
    expect(page.locator(".found [role=status]")).to_contain_text(count)
    chosen = page.locator(".narrow input:checked").evaluate_all("boxes => boxes.map(box => `${box.name}=${box.value}`)")
    assert {"kind=document", "area=3"} < set(chosen)
    assert len(chosen) == 3


# Texts written from right to left


def test_bullets_stand_beside_their_lines_where_a_text_is_written_from_right_to_left(page: Page, shared: Path) -> None:
    folder = odd.site("right-to-left", shared)
    names = [
        path.as_uri()
        for path in folder.glob("records/*.html")
        if "<ul" in path.read_text("utf-8").partition("cards")[0]
    ]
    apart = []
    for name in names:
        page.goto(name)
        apart += page.locator(".text:dir(rtl) li").evaluate_all("""lines => lines.map(line => {
            const range = document.createRange();
            range.selectNodeContents(line);
            return line.getBoundingClientRect().right - range.getBoundingClientRect().right;
        })""")
    assert len(apart) >= 3
    assert max(apart) < 2


# Paper


def test_every_sheet_has_its_number_and_what_it_is_a_sheet_of(page: Page, site: str) -> None:
    page.goto(f"{site}/areas/5.html")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    texts = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"\b{number} ?/ ?{len(texts)}\b", text), number
        assert "Area 5. Penguatan pengawasan · Balai Diklat Keuangan Musi Raya · Keadaan per 30 Juni 2023" in text


def test_no_sheet_ends_in_the_head_of_a_group(page: Page, site: str) -> None:
    page.goto(f"{site}/computation.html")
    ends = []
    for pushed in (0, 14):  # so that the sheets break elsewhere
        page.evaluate("pixels => { document.querySelector('h1').style.paddingTop = `${pixels}px` }", pushed)
        for sheet in pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)):
            lines = [line.strip() for line in sheet.get_textpage().get_text_range().splitlines() if line.strip()]
            foot = next(place for place, line in enumerate(lines) if line.startswith("Cara penghitungan ·"))
            ends.append(lines[foot - 1])
    assert len(ends) > 12
    # A part of the worksheet has neither an answer nor the value of one.
    assert [end for end in ends if re.match(r"[AB]\S* .* – – ", end)] == []


def test_a_list_of_documents_prints_no_paths(page: Page, site: str) -> None:
    page.goto(f"{site}/lists/evidence-area-3.html")
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    assert "files/" not in text
    codes = page.locator(".particulars[data-code]").evaluate_all("all => all.map(each => each.dataset.code)")
    assert len(codes) > 30
    assert all(code in text for code in codes)
