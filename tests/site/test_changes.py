"""What the site says of its publications: the page of changes, the course of the index, withdrawn addresses."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page

from generator.build import build
from generator.model.publications import Publication, PublishedIndex
from generator.readiness.readiness import Readiness
from generator.site.views import changes, index_history, withdrawn
from tests.conftest import SAMPLE, SAMPLE_DAY, silent
from tests.support import builders, small
from tests.support.builders import document, item, record
from tests.support.chromium import in_chromium
from tests.support.plans import plan_of, view

DAY = builders.DAY


def published(day: str, supported: float | None = None, **fields: Any) -> Publication:
    index = PublishedIndex(weight=Fraction(1), supported=None if supported is None else Fraction(str(supported)))
    return Publication(datetime.date.fromisoformat(day), index=index, **fields)


def readiness(*publications: Publication) -> Readiness:
    """Return the readiness of a record with a document, its index 1, after these publications."""
    made = builders.readiness(item("A.1", answer="A"), record("rapat", document("sk")))
    return replace(made, portfolio=replace(made.portfolio, publications=publications))


def shown_page(*publications: Publication) -> changes.ChangesView:
    found: changes.ChangesView = view(plan_of(readiness(*publications)), "changes.html")
    return found


def history(*publications: Publication) -> index_history.IndexHistory | None:
    found: index_history.IndexHistory | None = view(plan_of(readiness(*publications)), "index.html").history
    return found


# The page


def test_the_newest_publication_stands_first_with_what_became_of_the_index() -> None:
    shown = shown_page(published("2023-03-01", 0.75), published("2023-01-01", 0.5), published("2023-02-01", 0.5))
    assert [each.day for each in shown.publications] == ["1 March 2023", "1 February 2023", "1 January 2023"]
    assert [each.index for each in shown.publications] == [
        "Supported index 0.75, up 0.25 since the publication before.",
        "Supported index 0.50, unchanged since the publication before.",
        "Supported index 0.50.",
    ]
    assert {each.nothing for each in shown.publications} == {"No document, record or answer changed."}


def test_an_index_out_of_another_weight_is_not_compared() -> None:
    other = replace(published("2023-01-01"), index=PublishedIndex(Fraction(100), supported=Fraction(70)))
    assert shown_page(other, published("2023-02-01", 0.5)).publications[0].index == "Supported index 0.50."
    assert history(other) is None


def test_what_is_still_there_has_its_title_and_a_link_and_the_rest_its_name() -> None:
    given = ("records/rapat.html", "records/lama.html", "files/evidence/a/lama b.pdf", "items/A.1.html", "x/\ud800\n")
    (each,) = shown_page(published("2023-01-01", added=given, withdrawn=("pages/profil.html",))).publications
    added, gone = each.lists
    assert added.heading == "Added: 2 records, 1 document, 1 item, 1 other"
    assert [(entry.text, entry.href) for entry in added.entries] == [
        ("lama", ""),
        ("Record rapat", "records/rapat.html"),
        ("lama b.pdf", ""),
        ("A.1", "items/A.1.html"),
        ("��", ""),
    ]
    assert [(entry.text, entry.href) for entry in gone.entries] == [("profil", "")]


def test_an_item_whose_answer_changed_is_named_once() -> None:
    (each,) = shown_page(
        published("2023-01-01", changed=("items/A.1.html",), answers={"B.9": (None, "0.5"), "A.1": ("B", None)})
    ).publications
    assert each.lists == ()
    assert each.answers is not None
    assert [(row.item.text, row.item.href, row.label, row.before, row.now) for row in each.answers.rows] == [
        ("A.1", "items/A.1.html", "Item A.1", "B", "–"),
        ("B.9", "", "", "–", "0.5"),
    ]


def test_a_threshold_that_was_reached_or_lost_since_the_publication_before_is_told() -> None:
    def gates(*, passed: bool) -> dict[str, dict[str, bool]]:
        return {"GOAL": {"index": passed, "no-longer-in-the-instrument": passed}}

    shown = shown_page(
        published("2023-01-01", gates=gates(passed=True)),
        published("2023-02-01", gates=gates(passed=False)),
        published("2023-03-01"),
        published("2023-04-01", gates=gates(passed=False)),
        published("2023-05-01", gates=gates(passed=True)),
    )
    told = [[(gate.mark.word, gate.text) for gate in each.gates] for each in shown.publications]
    gate = "GOAL: Index, threshold 75.00"
    assert told == [[("reached", gate)], [], [], [("no longer reached", gate)], []]


def test_what_went_to_two_targets_is_shown_once() -> None:
    shown = shown_page(
        published("2023-01-01", content="a"), published("2023-01-02", content="a"), published("2023-01-03")
    )
    assert [each.day for each in shown.publications] == ["3 January 2023", "1 January 2023"]


def test_a_long_list_is_folded_and_cut_with_the_number_of_the_rest() -> None:
    names = tuple(f"files/evidence/{number:04}.pdf" for number in range(1000))
    answers = {f"B.{number}": ("A", "B") for number in range(150)}
    (each,) = shown_page(published("2023-01-01", added=names, changed=names[:11], withdrawn=names[:10], answers=answers)).publications  # fmt: skip
    assert [(each.heading, len(each.entries), each.more, each.folded) for each in each.lists] == [
        ("Added: 1,000 documents", changes.MOST_NAMED, "and 900 more", True),
        ("Changed: 11 documents", 11, "", True),
        ("Withdrawn: 10 documents", 10, "", False),
    ]
    assert each.answers is not None
    assert (len(each.answers.rows), each.answers.more) == (changes.MOST_NAMED, "and 50 more")


def test_older_publications_are_left_out_with_their_number_before_the_page_is_too_large() -> None:
    names = tuple(f"files/evidence/{'x' * 190}-{number}.pdf" for number in range(100))
    shown = shown_page(*(published(f"2023-01-{day:02}", added=names) for day in range(1, 32)))
    assert 2 < len(shown.publications) < 31
    assert shown.older.startswith(f"{31 - len(shown.publications)} older publications are not shown")


def test_before_the_first_publication_the_page_says_what_to_do(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    small.build_site(home, tmp_path / "site")
    text = (tmp_path / "site/changes.html").read_text("utf-8")
    assert "Belum ada terbitan." in text
    assert "<code>catat publish</code>" in text
    assert 'class="trend"' not in (tmp_path / "site/index.html").read_text("utf-8")


# The index on the front page


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2023-05-31"], "Publication of 31 May 2023: 0.00. Now 1.00, up 1.00."),
        (["2023-05-30", "2023-05-31", "2023-06-01"], "Publication of 31 May 2023: 0.10. Now 1.00, up 0.90."),
        (["2023-06-10", "2023-06-20"], "Publication of 10 June 2023: 0.00. Now 1.00, up 1.00."),
        (["2023-06-30"], "Publication of 30 June 2023: 0.00. Now 1.00, up 1.00."),
    ],
)
def test_the_index_is_compared_with_a_month_ago_else_with_the_oldest(days: list[str], expected: str) -> None:
    found = history(*(published(each, number / 10) for number, each in enumerate(days)))
    assert found is not None
    assert found.sentence == expected


def test_a_publication_after_the_day_of_the_figures_is_not_the_past() -> None:
    assert history(published("2023-07-01", 0.5)) is None
    assert history(published("2023-06-01")) is None, "it has no index"


@pytest.mark.parametrize(
    ("then", "movement"),
    [(1, "unchanged"), (1.25, "down 0.25"), (0.999, "almost unchanged"), (0.994, "up 0.01")],
)
def test_the_movement_fits_the_figures_beside_it(then: float, movement: str) -> None:
    found = history(published("2023-01-01", then))
    assert found is not None
    assert found.sentence.endswith(f"Now 1.00, {movement}.")


def test_the_line_goes_by_days_and_lies_within_its_drawing() -> None:
    found = history(published("2023-03-22", 0.5), published("2023-06-20", 0.25))
    assert found is not None
    points = [tuple(map(float, point.split(","))) for point in found.points.split()]
    assert [x for x, _ in points] == [0, 90, 100]
    assert all(0 <= y <= 30 for _, y in points)
    assert points[1][1] > points[0][1] > points[2][1]
    assert found.alternative == "Supported index at 2 publications: first 0.50, lowest 0.25, highest 1.00, now 1.00"
    assert found.threshold is not None


# Withdrawn addresses


def gone(*addresses: str, present: tuple[str, ...] = ()) -> list[str]:
    return [*withdrawn.withdrawn_pages([published("2023-01-01", withdrawn=addresses)], present)]


def test_a_document_has_a_page_where_a_server_redirects_to() -> None:
    assert gone("files/a/b.pdf", "records/x.html", "pages/p.html") == [
        "files/a/b.pdf/index.html",
        "pages/p.html",
        "records/x.html",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/etc/passwd", "files/../x.pdf", "files//x.pdf", "files/./x.pdf", "files/a\\b.pdf", "files/con.pdf", "files/a/NUL",
        "files/.htaccess", "files/a./b.pdf", "files/a /b.pdf", "files/a\0.pdf", "files/a%0A.pdf", "files/a:b", "files/",
        "files", "", "index.html", "records/a/b.html", "records/.html", "records/x.pdf", "items/A.1.html", "assets/x.css",
        "../records/x.html", "records/x.html/", f"files/{'x' * 256}", f"files/{'x/' * 600}y", "files/\ud800.pdf",
        ".catat/x", "SHA256SUMS", "pages/aux.html",
    ],
)  # fmt: skip
def test_an_address_that_is_not_ours_or_is_unsafe_has_no_page(address: str) -> None:
    assert gone(address) == []


@pytest.mark.parametrize(
    ("address", "present"),
    [
        ("files/a.pdf", "files/a.pdf"),
        ("files/A.PDF", "files/a.pdf"),
        ("files/a", "files/a/b.pdf/index.html/c.pdf"),
        ("files/a.pdf/b.pdf", "files/a.pdf"),
        ("files/foto/b.pdf", "files/Foto/a.pdf"),
        ("files/a", "files/a/INDEX.html"),
        ("records/X.html", "records/x.html"),
        ("files/e\u0301.pdf", "files/é.pdf"),
    ],
)
def test_an_address_has_no_page_where_something_of_the_site_is(address: str, present: str) -> None:
    expected = ["files/a/index.html"] if present.endswith("c.pdf") else []
    assert gone(address, present=(present,)) == expected


def test_two_withdrawn_addresses_do_not_collide_either() -> None:
    assert gone("files/a", "files/a/index.html", "files/B.pdf", "files/b.pdf") == [
        "files/B.pdf/index.html",
        "files/a/index.html",
    ]


def test_the_last_day_counts_and_the_newest_have_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withdrawn, "MOST_WITHDRAWN", 2)
    publications = [
        published("2023-01-01", withdrawn=("records/a.html", "records/b.html", "records/c.html")),
        published("2023-03-01", withdrawn=("records/c.html",)),
    ]
    found = withdrawn.withdrawn_pages(publications, ())
    assert {path: each.day.month for path, each in found.items()} == {"records/c.html": 3, "records/a.html": 1}


def test_a_withdrawn_page_is_in_no_list_and_no_search_and_names_no_title(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    gone_for_good = '["files/evidence/zz kuno.pdf", "records/zz-kuno.html"]'
    builders.write(home, {"publications.jsonl": f'{{"date": "2023-06-01", "withdrawn": {gone_for_good}}}\n'})
    _, count = small.build_site(home, tmp_path / "site")
    site = small.contents(tmp_path / "site")
    assert count == len(site)
    pages = {"files/evidence/zz kuno.pdf/index.html", "records/zz-kuno.html"}
    named = {path for path, content in site.items() if b"kuno" in content or "kuno" in path}
    assert named == {*pages, "changes.html", "SHA256SUMS"}
    text = site["files/evidence/zz kuno.pdf/index.html"].decode()
    assert text.count("../../../assets/style.css") == 1
    assert "1 Juni 2023" in text
    assert "Satker Uji" in text


def test_a_draft_in_the_preview_is_shown_and_not_its_withdrawal() -> None:
    made = readiness(published("2023-01-01", withdrawn=("records/rapat.html",)))
    assert view(plan_of(made), "records/rapat.html").title == "Record rapat"


# In a browser


@pytest.fixture(scope="module")
def sample_after_publications(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample after three publications."""
    folder = tmp_path_factory.mktemp("published")
    home = builders.write(folder / "p", small.contents(SAMPLE))
    lines = (
        f'{{"date": "2023-0{month}-12", "index": {{"weight": 100, "supported": {60 + month}}}, "added": ["records/a.html"]}}\n'
        for month in (3, 4, 5)
    )
    (home / "publications.jsonl").write_text("".join(lines), "utf-8")
    assert build.build(home, folder / "site", on=SAMPLE_DAY, progress=silent).files
    return folder / "site"


@in_chromium
def test_the_course_of_the_index_leaves_the_areas_on_the_first_screen(
    page: Page, sample_after_publications: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((sample_after_publications / "index.html").as_uri())
    assert "Terbitan 12 Mei 2023: 65,00. Sekarang 74,91, naik 9,91." in page.locator(".trend").inner_text()
    drawing = page.get_by_role("img", name="Indeks terdukung pada 3 terbitan")
    assert (drawing.bounding_box() or {})["width"] > 100
    last = page.locator("main a[href='areas/6.html']").first.bounding_box()
    assert last is not None
    assert last["y"] + last["height"] <= 800
