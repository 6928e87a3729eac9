"""The pages of a roll-up in a real Chromium: every kind, every screen, printed; units chosen by keys."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from generator.rollup.units import UnitResult
from tests.support import unit_sites
from tests.support.chromium import axe, in_chromium, kinds, opened_from, show, tab_to
from tests.support.rollup_sites import mixed, readiness, rollup, write

pytestmark = in_chromium

SCREENS = ((1280, "light"), (320, "dark"), (375, "dark"), (1280, "dark"), (375, "light"))
WIDTH = "document.scrollingElement.scrollWidth"
MANY = 230
"""Units of the site: more than a page of a list has."""


def many() -> Iterator[UnitResult]:
    low = {basis: {"share": 0.5, "B.I.a": 12.25} for basis in unit_sites.BASES}
    good, bad = readiness("x"), readiness("x", worse=low, documents=0.5, missing=("sk",))
    for number in range(MANY - len(mixed())):
        content = bad if number % 3 else good
        region = ("Bali", "Maluku", "Sumatera Selatan dan Kepulauan Bangka Belitung")[number % 3]
        yield unit_sites.result(content, f"satker-{number:03}", unit=f"Kantor {number:03}", region=region)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of many units, in Indonesian."""
    return write(tmp_path_factory.mktemp("browser"), rollup(*mixed(), *many(), language="id"))


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[dict[str, str]]:
    with opened_from(site) as addresses:
        yield addresses


@pytest.fixture
def units(page: Page, base: dict[str, str]) -> Page:
    """The list of units from the disk, its filters ready."""
    page.goto(f"{base['file']}/units.html")
    page.wait_for_selector("select[data-key=region] option:nth-child(2)", state="attached")
    return page


def shown(page: Page) -> list[str]:
    names: list[str] = page.locator(".chosen tbody th a").all_text_contents()
    return names


def status(page: Page) -> str:
    return page.locator(".choose [role=status]").text_content() or ""


def test_every_kind_of_page_fits_every_screen_and_axe_finds_nothing(
    measured: Page, base: dict[str, str], site: Path
) -> None:
    faults = []
    examined: dict[tuple[int, str], set[str]] = {screen: set() for screen in SCREENS}
    for name in kinds(site):
        for width, scheme in SCREENS:
            measured.goto(f"{base['file']}/{name}")
            show(measured, width, scheme)
            wide = measured.evaluate(WIDTH)
            faults += [f"{name}: {wide} px wide on a screen of {width}"] if wide > width else []
            faults += [f"{name}: {each}" for each in axe(measured, examined[width, scheme], width, scheme)]
    assert faults == []


def test_every_kind_of_page_opens_from_a_sub_folder_of_a_web_server(
    measured: Page, base: dict[str, str], site: Path
) -> None:
    for name in kinds(site):
        answer = measured.goto(f"{base['http']}/{name}")
        assert answer is not None
        assert answer.ok, name


def test_units_are_chosen_by_words_by_keys_alone(units: Page) -> None:
    tab_to(units, units.locator("[data-key=q]"))
    units.keyboard.type("SITI rahma")
    assert shown(units) == ["Balai Kurang"]
    assert status(units) == "1 dari 230 satuan kerja"
    assert units.url.endswith("#q=SITI+rahma")
    assert not units.locator(".every").is_visible()
    tab_to(units, units.locator(".choose button"))
    units.keyboard.press("Enter")
    assert units.locator(".every").is_visible()
    assert units.url.endswith("units.html")


def test_choices_combine_and_their_address_brings_them_back(units: Page, base: dict[str, str]) -> None:
    units.locator("[data-key=region]").select_option("Bali")
    units.locator("[data-key=state]").select_option("read")
    units.locator("[data-key=met]").select_option("WBK:supported:1")
    gate = units.locator("[data-key=misses]")
    name = gate.locator("option[value^=wbbm-area-share-1]").get_attribute("value")
    gate.select_option(name)
    names = shown(units)
    assert names[:2] == ["Balai Baik", "Balai Belum"]
    assert names[2:] == [f"Kantor {number:03}" for number in range(0, MANY - len(mixed()), 3)]
    address = units.url
    units.goto(f"{base['file']}/index.html")
    units.goto(address)
    units.wait_for_selector(".chosen:not([hidden])")
    assert shown(units) == names
    assert gate.input_value() == name


def test_units_that_were_not_read_meet_and_miss_nothing(units: Page) -> None:
    for key in ("TPI:supported", "WBK:assessed"):
        for value in ("0", "1"):
            units.locator("[data-key=met]").select_option(f"{key}:{value}")
            assert "Balai Mati" not in shown(units)
    units.locator("[data-key=met]").select_option("")
    units.locator("[data-key=state]").select_option("unread")
    assert shown(units) == ["Balai Mati"]
    assert "its site is away" in (units.locator(".chosen tbody").text_content() or "")


def test_chosen_rows_are_as_the_list_has_them(units: Page) -> None:
    texts = units.evaluate(
        "name => [...document.querySelectorAll(name)].map(row => row.innerText.replace(/\\s+/g, ' ').trim())",
        ".every tbody tr",
    )
    units.locator("[data-key=state]").select_option("old")
    old = units.evaluate(
        "name => [...document.querySelectorAll(name)].map(row => row.innerText.replace(/\\s+/g, ' ').trim())",
        ".chosen tbody tr",
    )
    assert old == [each for each in texts if "lama" in each.split(" ")[-1:]]
    assert len(old) == 1


def test_a_number_of_the_first_page_leads_to_the_units_that_it_counts(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/index.html")
    link = page.locator(".stages tr:has-text('WBK') .tally.supported a").first
    count = link.text_content()
    link.click()
    page.wait_for_selector(".chosen:not([hidden])")
    assert status(page) == f"{count} dari 230 satuan kerja"


def test_a_missing_document_leads_to_the_units_that_lack_it(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/documents.html")
    row = page.locator("tr", has=page.locator("a[href*='notulen']"))
    assert (row.locator("b").text_content(), row.locator(".id").text_content()) == ("1", "A.I.1.i.a")
    row.locator("a").click()
    page.wait_for_selector(".chosen:not([hidden])")
    assert shown(page) == ["Balai Kurang"]
    page.locator("[data-key=region]").select_option("Bali")
    assert shown(page) == []


def test_units_without_a_region_can_be_chosen(units: Page) -> None:
    units.locator("[data-key=region]").select_option(label="Tanpa wilayah")
    assert shown(units) == ["Balai Lama Sekali"]
    units.reload()
    units.wait_for_selector(".chosen:not([hidden])")
    assert shown(units) == ["Balai Lama Sekali"]


def test_a_choice_that_is_not_there_is_no_choice(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/units.html#misses=nowhere&state=old")
    page.wait_for_selector(".chosen:not([hidden])")
    assert page.locator("[data-key=misses]").evaluate("each => each.selectedIndex") == 0


def test_the_bars_of_all_bases_have_the_same_length_for_the_same_number(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/index.html")
    show(page, 1280, "light")
    bars = page.locator(".stages tbody tr:first-child .bar")
    assert len({round((bars.nth(n).bounding_box() or {})["width"]) for n in range(3)}) == 1


def test_the_search_field_of_every_page_finds_units(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/gates.html")
    page.keyboard.press("/")
    page.keyboard.type("balai lama")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chosen:not([hidden])")
    assert shown(page) == ["Balai Lama Sekali"]


def test_more_than_a_page_of_chosen_units_is_shown_in_steps(units: Page) -> None:
    units.locator("[data-key=state]").select_option("read")
    assert len(shown(units)) == 200
    units.locator(".more").click()
    assert len(shown(units)) == MANY - 1
    assert not units.locator(".more").is_visible()


def test_data_that_cannot_be_loaded_are_said_to_be_missing(page: Page, base: dict[str, str]) -> None:
    page.route("**/data/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{base['http']}/units.html")
    page.wait_for_function("document.querySelector('.choose [role=status]').textContent !== ''")
    assert "tidak lengkap" in status(page)
    assert page.locator(".choose [role=status]").is_visible()
    assert page.locator(".every").is_visible()


def test_without_scripts_there_are_all_lists_and_no_filter(browser: Browser, base: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base['file']}/units.html")
    assert not page.locator(".choose").is_visible()
    assert page.locator(".every tbody tr").count() == 200
    assert page.locator(".numbers a").count() == 4
    context.close()


def test_the_table_is_printed_lying_with_its_head_on_every_sheet(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/table.html")
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper) > 2
    for sheet in paper:
        width, height = sheet.get_size()
        assert (round(width), round(height)) == (842, 595)
        words = " ".join(sheet.get_textpage().get_text_range().split())
        assert "Nilai minimal WBK" in words
        assert "Indeks" in words
