"""The pages in a real Chromium: wide and narrow, light and dark, enlarged, in forced colours, printed, weighed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page

from tests.support import small
from tests.support.chromium import axe, in_chromium, kinds, opened_from, show
from tests.support.search_site import loaded

pytestmark = in_chromium

SCREENS = ((1280, "light", False), (320, "dark", False), (375, "dark", True), (1280, "light", True))
"""Widths, schemes, and whether axe looks at them: it takes out what stands often, so all is measured before."""
WIDTH = "document.scrollingElement.scrollWidth"
FRONT_WEIGHS = 100_000
"""Bytes of the front page with all it loads."""
PAGE_WEIGHS = 500_000
"""Bytes of a page that a slow line and an old telephone still open."""
RECORD = "records/2023-01-18-benchmarking-kppn-bukit-serelo.html"

CUT = """() => [...document.querySelectorAll("body *")].filter(each => {
    const style = getComputedStyle(each);
    const cut = (way, whole, seen) => ["hidden", "clip"].includes(way) && whole > seen + 1;
    // What is there for screen readers alone is cut on purpose.
    return style.clipPath === "none" && each.checkVisibility() && !each.closest("svg")
        && (cut(style.overflowX, each.scrollWidth, each.clientWidth)
            || cut(style.overflowY, each.scrollHeight, each.clientHeight));
}).map(each => `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)"""

COMMAS = """() => [...document.querySelectorAll("main table")].flatMap(table => {
    const columns = {};
    for (const cell of table.querySelectorAll("td.right")) {
        const text = cell.textContent, figure = text.match(/^([\\d.]+)(,|%|$)/);
        if (!figure || !cell.checkVisibility()) continue;
        const range = document.createRange();
        range.setStart(cell.firstChild, 0);
        range.setEnd(cell.firstChild, figure[1].length);
        (columns[cell.cellIndex] ||= []).push(range.getBoundingClientRect().right);
    }
    return Object.values(columns).map(places => Math.max(...places) - Math.min(...places));
})"""

ALIKE = """([state, other]) => {
    // Two elements of the same size and text: what still differs is how their states are shown.
    const all = name => [...document.querySelectorAll(name)];
    const size = each => { const {width, height} = each.getBoundingClientRect(); return [width, height]; };
    for (const one of all(state)) for (const another of all(other)) {
        if (one.textContent !== another.textContent && !one.matches("[aria-current], .unmet")) continue;
        [one.textContent, another.textContent] = ["1", "1"];
        if (size(one).some((length, way) => Math.abs(length - size(another)[way]) > 1)) continue;
        one.id = "one";
        another.id = "another";
        return true;
    }
    return false;
}"""


@pytest.fixture(scope="module")
def base(sample_site: Path) -> Iterator[dict[str, str]]:
    """The addresses of the sample: from the disk, and from a sub-folder of a web server."""
    with opened_from(sample_site) as addresses:
        yield addresses


# Every kind of page


def test_every_kind_of_page_fits_every_screen_and_axe_finds_nothing(
    measured: Page, base: dict[str, str], sample_site: Path
) -> None:
    faults = []
    examined: dict[int, set[str]] = {width: set() for width, *_ in SCREENS}
    for name in kinds(sample_site):
        measured.goto(f"{base['file']}/{name}")
        for width, scheme, by_axe in SCREENS:
            show(measured, width, scheme)
            wide = measured.evaluate(WIDTH)
            faults += [f"{name}: {wide} px wide on a screen of {width}"] if wide > width else []
            found = axe(measured, examined[width], width, scheme) if by_axe else []
            faults += [f"{name}: {scheme}, {width} px, {violation}" for violation in found]
    assert faults == []


def test_every_kind_of_page_opens_from_a_sub_folder_of_a_web_server(
    measured: Page, base: dict[str, str], sample_site: Path
) -> None:
    for name in kinds(sample_site):
        answer = measured.goto(f"{base['http']}/{name}")
        assert answer is not None
        assert answer.ok, name
        assert measured.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", name


def test_text_twice_as_large_is_neither_cut_nor_wider_than_the_screen(
    measured: Page, base: dict[str, str], sample_site: Path
) -> None:
    settings = measured.context.new_cdp_session(measured)
    faults = []
    sizes = (32, 16)
    for name in kinds(sample_site):
        measured.goto(f"{base['file']}/{name}")
        # The first size is the one that the page before was seen in last: each change of it takes time.
        sizes = sizes[::-1]
        cut = {}
        for size in sizes:
            settings.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size * 13 // 16}})
            assert measured.evaluate("getComputedStyle(document.body).fontSize") == f"{size}px"
            wide = measured.evaluate(WIDTH)
            faults += [f"{name}: {wide} px wide"] if wide > 1280 else []
            cut[size] = set(measured.evaluate(CUT))
        faults += [f"{name}: cut off: {each}" for each in sorted(cut[32] - cut[16])]
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    assert faults == []


@pytest.mark.parametrize(
    ("path", "state", "other"),
    [
        ("matrix.html", ".matrix td.met", ".matrix td.extra"),
        ("matrix.html", ".matrix td.unmet", ".matrix td:not([class])"),
        ("evidence.html", ".numbers [aria-current]", ".numbers a:not([aria-current])"),
        ("evidence.html", ".main-menu [aria-current]", ".main-menu a:not([aria-current])"),
    ],
)
def test_states_are_told_apart_in_forced_colours(
    page: Page, base: dict[str, str], path: str, state: str, other: str
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{base['file']}/{path}")
    assert page.evaluate(ALIKE, [state, other])
    one, another = (picture(page.locator(name)) for name in ("#one", "#another"))
    inside = (1, 1, *(min(sides) - 1 for sides in zip(one.size, another.size, strict=True)))
    seen = ImageChops.difference(one.crop(inside), another.crop(inside)).histogram()
    assert sum(seen[64:]) > 60, "two states look the same"


def test_bars_keep_their_parts_in_forced_colours(page: Page, base: dict[str, str]) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{base['file']}/index.html")
    colours = picture(page.locator(".index .bar")).getcolors()
    assert colours is not None
    supported, claimed, track, _threshold = sorted(count for count, _ in colours)[:-5:-1]
    assert min(supported, claimed, track) > 500


def picture(place: Locator) -> Image.Image:
    return Image.open(io.BytesIO(place.screenshot())).convert("L")


def test_nothing_moves_for_those_who_want_no_motion(page: Page, base: dict[str, str], sample_site: Path) -> None:
    page.emulate_media(reduced_motion="reduce")
    for name in ("index.html", "search.html", "evidence.html", RECORD):
        page.goto(f"{base['file']}/{name}")
        moving = """[...document.querySelectorAll("*")].filter(each => {
            const style = getComputedStyle(each);
            return style.scrollBehavior !== "auto" || style.animationName !== "none" || style.transitionDuration !== "0s";
        }).length"""
        assert page.evaluate(moving) == 0, name


def test_the_head_of_the_unit_sees_the_answer_without_scrolling(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/index.html")
    text = page.locator("main").inner_text()
    assert "Belum siap dinilai TPI" in text
    assert "53,57%" in text
    for number in range(1, 7):
        box = page.locator(f"main a[href='areas/{number}.html']").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, number


@pytest.mark.parametrize("path", ["index.html", "computation.html", "items/A.I.1.iii.a.html"])
def test_the_figures_of_a_column_stand_under_each_other_at_the_comma(
    page: Page, base: dict[str, str], path: str
) -> None:
    page.goto(f"{base['file']}/{path}")
    apart = page.evaluate(COMMAS)
    assert apart
    assert [each for each in apart if each > 0.5] == []


# What a portfolio brings along


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small portfolio with names of all kinds, and a text that tries to run a script."""
    folder = tmp_path_factory.mktemp("small")
    home = small.write(folder)
    text = "<script>document.title='ran'</script><b onclick=\"document.title='ran'\">b</b>\n"
    (home / "pages/profil.md").write_text(f"---\ntitle: x\n---\n{text}", "utf-8")
    small.build_site(home, folder / "site")
    return folder / "site"


def test_names_that_addresses_have_to_encode_open(page: Page, small_site: Path) -> None:
    page.goto(f"file://{small_site}/records/pertama.html")
    addresses = page.locator("main a[href*='files/']").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) >= 4
    for address in addresses:
        assert page.evaluate("async a => { const p = new URL(a); return decodeURIComponent(p.pathname) }", address)
        assert Path(unquote(urlsplit(address).path)).is_file(), address


def test_a_raw_script_never_runs(page: Page, small_site: Path) -> None:
    page.goto(f"file://{small_site}/pages/profil.html")
    page.locator("main b").click()
    assert page.title() != "ran"


# On paper


def printed(page: Page) -> pypdfium2.PdfDocument:
    """Print what the page shows, on A4 where its style names no paper."""
    return pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))


def texts(paper: pypdfium2.PdfDocument) -> list[str]:
    return [each.get_textpage().get_text_range().strip() for each in paper]


def spoken(text: str) -> str:
    """Return a text without what a line's end takes from an address or adds to it."""
    return re.sub(r"[\s\u0002\ufffe\u00ad-]", "", text)


@pytest.mark.parametrize(
    ("path", "most", "head"),
    [
        ("index.html", 1, ""),
        ("gaps.html", 7, "Butir"),
        ("people/*.html", 2, ""),
        ("matrix.html", 7, "Pakta integritas"),
        ("items/A.I.1.i.a.html", 3, ""),
        (RECORD, 4, ""),
        ("computation.html", 9, "Diklaim"),
    ],
)
def test_a_printed_page_is_dark_on_white_without_navigation_and_repeats_the_heads_of_its_tables(
    page: Page, base: dict[str, str], sample_site: Path, path: str, most: int, head: str
) -> None:
    path = max((each.stat().st_size, each.relative_to(sample_site).as_posix()) for each in sample_site.glob(path))[1]
    page.emulate_media(color_scheme="dark")
    page.goto(f"{base['file']}/{path}")
    links = page.locator("nav:visible a").all_inner_texts()
    paper = printed(page)
    papers = texts(paper)
    assert len(papers) <= most
    assert min(map(len, papers)) > 20, "a page is blank"
    assert all(spoken(head) in spoken(each) for each in papers), "the head of a table is not repeated"
    length = 1191 if path == "matrix.html" else 842
    assert all(abs(max(each.get_size()) - length) < 2 for each in paper)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("nav:visible").count() == 0
    assert links
    for each in paper:
        grey = each.render().to_pil().convert("L").histogram()
        assert max(range(256), key=grey.__getitem__) == 255
        assert sum(grey[:100]) > 0
    assert page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).every(part => part < 100)")


def test_a_printed_record_names_where_its_documents_lie(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/{RECORD}")
    text = spoken("".join(texts(printed(page))))
    addresses = page.locator("main a.file").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(addresses) >= 6
    assert [address for address in addresses if spoken(address.removeprefix("../")) not in text] == []
    assert "<../" not in text


def test_the_gaps_print_as_a_list_to_tick_off(page: Page, base: dict[str, str]) -> None:
    page.goto(f"{base['file']}/gaps.html")
    page.emulate_media(media="print")
    boxes = page.locator("table.gaps tbody tr, table.next tbody tr").evaluate_all(
        """rows => rows.map(row => row.querySelector(".todo")).map(box => box
            && box.getBoundingClientRect().width > 6 && getComputedStyle(box).borderTopStyle === "solid")"""
    )
    assert len(boxes) > 30
    assert all(boxes)


# Weight


def test_the_front_page_weighs_less_than_a_picture_of_it(browser: Browser, base: dict[str, str]) -> None:
    assert loaded(browser, f"{base['http']}/index.html") < FRONT_WEIGHS


def test_no_page_weighs_more_than_half_a_megabyte(sample_site: Path) -> None:
    sizes = {path.relative_to(sample_site).as_posix(): path.stat().st_size for path in sample_site.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > PAGE_WEIGHS} == {}
