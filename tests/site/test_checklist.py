"""What the pages say of required documents: what is there, what is missing, what would do, and what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.messages.source import Source
from generator.reading import instrument_file
from generator.site.plan import SitePlan
from generator.site.views.item import ItemView
from tests.support import builders, odd, plans, small
from tests.support.builders import document, gate, item, node, record
from tests.support.chromium import in_chromium

GROUP = ["daftar-hadir", "notulen", "foto"]


def plan_with(*parts: object, language: str = "en", **settings: object) -> SitePlan:
    readiness = builders.readiness(*parts, **settings)  # type: ignore[arg-type]
    return plans.plan_of(readiness, language=language)


def item_of(plan: SitePlan) -> ItemView:
    view = plans.view(plan, "items/A.1.html")
    assert isinstance(view, ItemView)
    return view


def plain(text: str) -> str:
    """Return the words of a page, blanks made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture(scope="module")
def official(shared: Path) -> Path:
    """The site of a portfolio with official questions and one-of groups."""
    return odd.site("official-wording", shared)


# An item's page


def test_what_is_missing_names_each_document_and_all_types_that_would_do() -> None:
    view = item_of(plan_with(item("A.1", documents=["laporan", GROUP]), language="id"))
    assert view.missing == "laporan; daftar-hadir, notulen, atau foto"
    assert view.coverage == "0 dari 2 dokumen wajib"
    assert [(row.type, row.mark.state) for row in view.required] == [
        ("laporan", "unmet"),
        ("daftar-hadir, notulen, atau foto", "unmet"),
    ]


@pytest.mark.parametrize(
    ("language", "hint", "line"),
    [
        ("id", "Jika “laporan.pdf” memuatnya, tulis di sana", "jenis: [laporan, daftar-hadir]"),
        ("en", "If “laporan.pdf” holds it, write there", "type: [laporan, daftar-hadir]"),
    ],
)
def test_beside_a_missing_list_stands_what_to_write_if_the_report_holds_it(language: str, hint: str, line: str) -> None:
    parts = item("A.1", documents=["laporan", GROUP]), record("r", document("laporan"))
    rows = item_of(plan_with(*parts, language=language)).required
    assert [(row.hint, row.line) for row in rows] == [("", ""), (hint, line)]


def test_without_a_report_that_counts_there_is_nothing_to_write() -> None:
    for documents in (
        (document("sk"),),
        (document("laporan", state=builders.State.EMPTY),),
        (document("laporan", restricted=True),),
        (document("laporan", "notulen"),),
    ):
        rows = item_of(plan_with(item("A.1", documents=[GROUP]), record("r", *documents))).required
        assert [(row.hint, row.line) for row in rows] == [("", "")]


def test_a_document_that_is_not_required_says_so() -> None:
    several = document("undangan", "sk", file="undangan.pdf")
    found = record("r", document("sk"), several, document(None), document("notulen"))
    view = item_of(plan_with(item("A.1", documents=["notulen"], answer="A"), found, language="id"))
    assert {each.title: each.remark for each in view.other} == {
        "sk.pdf": "sk ini tidak termasuk dokumen wajib butir ini.",
        "undangan.pdf": "undangan dan sk pada dokumen ini tidak termasuk dokumen wajib butir ini.",
        "untyped.pdf": "Tanpa jenis, jadi bukan salah satu dokumen wajib.",
    }
    assert [each.remark for each in view.required[0].documents] == [""]


def test_helpful_types_are_advice_and_say_which_are_there() -> None:
    parts = item("A.1", documents=["sk"], helpful=["undangan", "foto"]), record("r", document("sk"), document("foto"))
    view = item_of(plan_with(*parts, language="id"))
    assert view.helpful == "Lazim menyertai, tidak dihitung: undangan, foto (ada)."
    assert view.coverage == "1 dari 1 dokumen wajib"
    assert view.missing == ""


def test_an_item_that_requires_no_document_says_so() -> None:
    assert item_of(plan_with(item("A.1", documents=[]))).coverage == "none required"


def test_the_official_question_and_criteria_stand_beside_ours(official: Path) -> None:
    page = (official / "items/A.I.1.i.a.html").read_text("utf-8")
    [question] = re.findall(r'<figure class="question measure"><blockquote>(.*?)</blockquote>', page)
    assert len(question) == 600
    assert "Pertanyaan lembar kerja resmi" in page
    assert plain(page).count(question) == 2  # its own criterion has the same words
    other = plain((official / "items/A.I.1.i.b.html").read_text("utf-8"))
    assert "Pertanyaan lembar kerja resmi" not in other


@pytest.mark.parametrize(
    ("source", "refs", "told"),
    [
        ("[PermenPANRB 90/2021, 'another']", "{page: 66}", "PermenPANRB 90/2021, hlm.\u00a066"),
        ("PermenPANRB 90/2021", "{page: 66, portalrb: [1]}", "PermenPANRB 90/2021, hlm.\u00a066"),
        ("PermenPANRB 90/2021", "{page: lampiran}", ""),
        ("PermenPANRB 90/2021", "[66]", ""),
        ("{}", "{page: 66}", ""),
        ("[]", "{page: 66}", ""),
    ],
)
def test_an_item_says_where_its_official_wording_stands(source: str, refs: str, told: str) -> None:
    text = small.RINGKAS.read_text("utf-8").replace("scales:", f"source: {source}\nscales:", 1)
    text = text.replace("{id: A.I.1.i.b,", f"{{refs: {refs}, id: A.I.1.i.b,", 1)
    instrument, problems = instrument_file.read(Source("x.yaml", text))
    assert problems == ()
    assert instrument is not None
    view = plans.view(plan_with(language="id", of=instrument), "items/A.I.1.i.b.html")
    assert view.source == told


# The tables


def test_the_parts_of_an_area_stand_apart_each_with_its_figures() -> None:
    items = item("A.1", answer="A"), item("A.2"), item("A.3", documents=GROUP)
    tree = node("A", node("A.I", *items[:2]), node("A.II", items[2]))
    plan = plan_with(*items, record("r", document("sk")), of=builders.instrument(tree))
    parts = plans.view(plan, "areas/1.html").parts
    assert [(part.id, part.figures) for part in parts] == [
        ("A.I", "1 of 2 required · 1 of 2 items have a document · score 1.00 of 2.00"),
        ("A.II", "0 of 3 required · 0 of 1 items have a document · score 0.00 of 1.00"),
    ]


def test_an_area_leads_to_its_parts_and_names_none_twice(official: Path) -> None:
    page = (official / "areas/1.html").read_text("utf-8")
    for part in ("A.I.1", "A.II.1"):
        assert page.count(f'href="#part-{part}"') == 1
        assert len(re.findall(rf'<h\d[^>]*><span class="id">{re.escape(part)}</span>', page)) == 1


def test_beside_the_gate_and_the_area_stands_how_many_items_have_a_document() -> None:
    plan = plan_with(
        item("A.1", documents=["sk", "notulen"]), item("A.2"), record("r", document("undangan")),
        gates=[gate("documents", "0.6", areas=[1])],
    )  # fmt: skip
    front = plans.view(plan, "index.html")
    assert [row.note for row in front.gates] == ["1 of 2 items have a document"]
    assert [(row.documents_count, row.covered) for row in front.areas] == [
        ("0 of 3 required", "1 of 2 items have a document")
    ]


def test_a_gap_names_each_missing_document_by_itself() -> None:
    plan = plan_with(item("A.1", documents=["laporan", GROUP]), language="id")
    [area] = plans.view(plan, "gaps.html").areas
    assert [row.missing for row in area.rows] == [("laporan", "daftar-hadir, notulen, atau foto")]


# The matrix


def test_the_matrix_tells_what_is_missing_from_what_might_be_and_what_need_not() -> None:
    plan = plan_with(
        item("A.1", documents=["sk", GROUP]),
        item("A.2", documents=["sk", GROUP]),
        item("A.3", documents=[]),
        record("r", document("sk"), document("foto"), document("laporan")),
    )
    view = plans.view(plan, "matrix.html")
    rows = [row for group in view.groups for row in group.rows]
    states = [
        {type_: cell.state for type_, cell in zip(view.types, row.cells, strict=True) if cell is not None}
        for row in rows
    ]
    assert states == [
        {"sk": "met", "foto": "met", "laporan": "extra", "daftar-hadir": "spared", "notulen": "spared"},
        {"sk": "unmet", "foto": "choice", "daftar-hadir": "choice", "notulen": "choice"},
        {},
    ]
    assert [row.documents for row in rows] == ["2 of 2", "0 of 2", "–"]
    totals = dict(zip(view.types, view.totals, strict=True))
    assert totals == {
        "sk": "1 of 2", "foto": "1 of 2", "laporan": "–", "daftar-hadir": "0 of 1", "notulen": "0 of 1"
    }  # fmt: skip


def test_every_state_of_a_cell_is_in_the_legend(official: Path) -> None:
    page = (official / "matrix.html").read_text("utf-8")
    legend = set(re.findall(r'<span class="cell (\w+)">', page))
    assert set(re.findall(r'<td class="(\w+)">', page)) == legend == {"met", "unmet", "choice", "spared", "extra"}


# Lists and search


def test_a_document_of_several_types_is_listed_under_each(official: Path) -> None:
    for type_ in ("sk", "laporan", "notulen", "foto", "media-publikasi"):
        page = (official / f"lists/evidence-type-{type_}.html").read_text("utf-8")
        assert "<bdi>Lengkap</bdi>" in page, type_


@in_chromium
@pytest.mark.parametrize("type_", ["undangan", "foto"])
def test_a_document_of_two_types_is_found_under_both(page: Page, official: Path, type_: str) -> None:
    page.goto(f"file://{official}/search.html#type={type_}")
    page.wait_for_selector(".results li")
    assert "Undangan dan foto" in page.locator(".results a").all_inner_texts()


@in_chromium
@pytest.mark.parametrize(
    ("words", "found"),
    [("penyelenggaraan rapat koordinasi wilayah bebas", "A.I.1.i.a"), ("jika penyelenggaraan", "A.I.1.ii.c")],
)
def test_the_official_wording_is_found(page: Page, official: Path, words: str, found: str) -> None:
    page.goto(f"file://{official}/search.html#kind=item&q={words}")
    page.wait_for_selector(".results li")
    assert any(found in each for each in page.locator(".results a").all_inner_texts())


@in_chromium
def test_no_figure_of_an_area_lies_on_another(page: Page, official: Path) -> None:
    for width in (1280, 1130, 700, 375):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"file://{official}/index.html")
        cut = page.locator(".gauge > *").evaluate_all(
            "all => all.filter(each => each.scrollWidth > each.clientWidth + 1 && each.clientWidth).map(each => each.textContent)"
        )
        assert cut == [], width
