"""What the pages say beside the figures: lists that add up, to-do lists, the matrix, time, and where documents open."""

from __future__ import annotations

import hashlib
import html
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from generator.build import project
from generator.build.outcome import Outcome
from generator.evidence import State
from generator.evidence.previews import DocumentPreview, Picture
from generator.incremental import store
from generator.markup import render
from generator.model.addresses import person_path
from generator.preview.previewer import Previewer
from generator.site.pages import Page
from generator.site.plan import SitePlan
from generator.site.views import item as item_views
from generator.site.views import matrix
from generator.site.views.documents import MOST_DOCUMENTS
from generator.site.views.list_pages import ListView
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support import builders, plans, small
from tests.support.builders import document, item, record
from tests.support.catalogue import read
from tests.support.plans import files_of, plan_of, planned


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return project.read(SAMPLE, on=SAMPLE_DAY)


@pytest.fixture(scope="module")
def plan(outcome: Outcome) -> SitePlan:
    return planned(outcome)


def views(plan: SitePlan, prefix: str) -> dict[str, object]:
    return {page.path: page.view() for page in plan.pages() if page.path.startswith(prefix)}


def plan_with(*parts: object, **settings: object) -> SitePlan:
    return plan_of(builders.readiness(*parts, **settings))  # type: ignore[arg-type]


def every(plan: SitePlan, kind: str) -> list[ListView]:  # type: ignore[type-arg]
    return [page.view() for page in plan.pages() if page.template == kind]  # type: ignore[misc]


# Lists


def test_every_document_stands_once_in_the_register_and_once_under_each_kind_of_narrowing(
    outcome: Outcome, plan: SitePlan
) -> None:
    assert outcome.readiness is not None
    shown = [r for r in outcome.readiness.portfolio.published() if not r.restricted]
    citations = sum(len(each.documents) for each in shown)
    sources = {(d.written if d.file is None else d.file.reference) for each in shown for d in each.documents}
    by_list: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for view in every(plan, "evidence"):
        by_list[view.chosen] += sum(len(row.citations) for row in view.rows)
        rows[view.chosen] += len(view.rows)
    assert rows[""] == len(sources)
    assert by_list[""] == citations
    view = every(plan, "evidence")[0]
    for narrowing in view.narrowings:
        for choice in narrowing.choices:
            assert rows[choice.link.text] == int(choice.count), choice
    years = next(each for each in view.narrowings if each.label == "Tahun")
    assert sum(rows[choice.link.text] for choice in years.choices) == len(sources)


def test_a_document_that_two_records_name_stands_once_with_both(outcome: Outcome, plan: SitePlan) -> None:
    several = [
        row for view in every(plan, "evidence") if not view.chosen for row in view.rows if len(row.citations) > 1
    ]
    assert several
    for row in several:
        assert len({citation.record.href for citation in row.citations}) > 1


def test_a_list_is_cut_into_pages_that_lead_to_each_other() -> None:
    records = [record(f"r{number:03}", date="2023-01-18") for number in range(450)]
    made = plans.views(plan_with(item("A.1"), *records), "records")
    whole = [path for path in made if re.fullmatch(r"records\.html|lists/records\.\d\.html", path)]
    assert whole == ["records.html", "lists/records.2.html", "lists/records.3.html"]
    assert [len(made[path].rows) for path in whole] == [200, 200, 50]
    middle = made["lists/records.2.html"]
    assert middle.previous is not None
    assert middle.next is not None
    assert (middle.previous.href, middle.next.href) == ("../records.html", "records.3.html")
    assert len({row.link.href for path in whole for row in made[path].rows}) == 450


def test_an_item_with_very_many_documents_leads_to_a_list_of_them() -> None:
    many = [record(f"r{n:02}", document(type_="sk"), items=["A.1"]) for n in range(MOST_DOCUMENTS + 5)]
    pages = [page for page in plan_with(item("A.1", documents=["sk"]), *many).pages() if page.template == "evidence"]
    [listed] = [each.view() for each in pages if each.path.startswith("lists/evidence-item-")]
    assert len(listed.rows) == MOST_DOCUMENTS + 5


@pytest.mark.parametrize(
    "names", [("Dewi", "dewi"), ("A/B", "A-B", "A B"), ("é", "e\u0301x"), ("😀", "😁"), ("..", ".")]
)
def test_names_that_look_alike_have_addresses_of_their_own(names: tuple[str, ...]) -> None:
    paths = {person_path(name) for name in names}
    assert len(paths) == len(names)
    assert all(re.fullmatch(r"people/[\w\-]+\.html", path) for path in paths)


# To-do lists and the matrix


def test_a_person_s_list_holds_the_gaps_of_the_items_their_records_are_for() -> None:
    plan = plan_with(
        item("A.1", documents=["sk", "notulen"], answer="A"),
        item("A.2", documents=["sk"]),
        record("satu", document(type_="sk"), items=["A.1"], people=["Dewi"]),
    )
    made = plans.views(plan, "person")
    [(path, view)] = made.items()
    assert path == person_path("Dewi")
    assert [row.link.text for row in view.rows] == ["A.1"]
    page = plans.view(plan, "gaps.html")
    assert [(row.link.text, row.items, row.documents) for row in page.people] == [("Dewi", "1", "1")]
    assert page.without_people.startswith("1 item")


def test_a_gap_names_who_answers_for_it_with_the_way_to_their_list_and_of_many_the_first() -> None:
    plan = plan_with(
        item("A.1", documents=["sk"]),
        item("A.2", documents=["sk"]),
        item("A.3", documents=["sk"]),
        record("satu", items=["A.1", "A.3"], people=["Dewi", "Budi"]),
        record("dua", items=["A.3"], people=["Dewi", "C", "D", "E"]),
    )
    [area] = plans.view(plan, "gaps.html").areas
    one, none, many = (row.people for row in area.rows)
    assert [(each.text, each.href) for each in one] == [(name, person_path(name)) for name in ("Budi", "Dewi")]
    assert none == ()
    assert [each.text for each in many] == ["Budi", "C", "D", "Dewi", "+1"]


def test_an_area_shows_the_documents_of_its_items_that_do_not_count_each_once() -> None:
    wrong = document(type_="sk", state=State.EMPTY)
    plan = plan_with(
        item("A.1", documents=["sk"]), item("A.2", documents=["sk"]), record("satu", wrong, items=["A.1", "A.2"])
    )
    view = plans.view(plan, "areas/1.html")
    assert [each.record.text for each in view.refused] == ["Record satu"]
    assert "#refused" in [note.href for note in view.notes]


def test_the_matrix_adds_up_to_the_documents_of_the_readiness(outcome: Outcome, plan: SitePlan) -> None:
    assert outcome.readiness is not None
    [view] = views(plan, "matrix").values()
    assert isinstance(view, matrix.MatrixView)
    rows = {row.link.text: row for group in view.groups for row in group.rows}
    assert len(rows) == len(outcome.readiness.items) == 113
    labels = {key: label.in_("id") for key, label in outcome.readiness.portfolio.instrument.document_types.items()}
    for each in outcome.readiness.items:
        row = rows[each.item.id]
        shown = {name: cell.state for name, cell in zip(view.types, row.cells, strict=True) if cell is not None}
        states = {required: [shown[labels[type_]] for type_ in required.types] for required in each.expected}
        assert {required for required, told in states.items() if "met" in told} == set(each.fulfilled)
        for required, told in states.items():
            if required not in each.fulfilled:
                assert set(told) <= ({"unmet"} if len(told) == 1 else {"choice", "unmet"})
        assert row.documents == f"{len(each.fulfilled)} dari {len(each.expected)}"


def test_months_and_sums_over_time_end_in_what_the_portfolio_holds(outcome: Outcome, plan: SitePlan) -> None:
    assert outcome.readiness is not None
    [front] = views(plan, "index.html").values()
    months = front.timeline.months  # type: ignore[attr-defined]
    records = outcome.readiness.portfolio.published()
    assert sum(month.records for month in months) == len(records)
    [listed] = [view for view in every(plan, "evidence") if not view.chosen and view.previous is None]
    assert listed.summary.startswith(months[-1].documents)
    sums = [int(month.documents) for month in months]
    assert sums == sorted(sums)


# Documents that one can see


def test_a_pdf_opens_at_the_page_that_was_named(tmp_path: Path) -> None:
    home = builders.write(
        tmp_path / "p",
        {
            "portfolio.yaml": "title: t\nunit: u\n",
            "records/1-x/r/index.md": "---\ntitle: t\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n"
            "  - {file: sk.pdf, pages: 1-1}\n  - {file: sk2.pdf, pages: 7}\n  - {file: sk3.pdf}\n---\n",
            **{f"records/1-x/r/{name}.pdf": builders.pdf(name) for name in ("sk", "sk2", "sk3")},
        },
    )
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    page = (tmp_path / "site/records/r.html").read_text("utf-8")
    opened = re.findall(r'href="\.\./files/records/1-x/r/([^"]+)"', page)
    assert opened == ["sk.pdf#page=1", "sk2.pdf", "sk3.pdf"]  # a page that is not there opens nowhere


def test_only_what_is_published_is_seen(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    outcome = project.read(home, on=small.DAY)
    shown = {each.inspection.sha256 for each in files_of(outcome)}
    assert outcome.portfolio is not None
    hidden = {d.file.inspection.sha256 for d in outcome.portfolio.documents() if d.restricted and d.file is not None}
    assert hidden
    assert not hidden & shown
    small.build_site(home, tmp_path / "site")
    pictures = {path.name.partition(".")[0].removesuffix("-large") for path in (tmp_path / "site/previews").iterdir()}
    assert pictures
    assert pictures <= {sha256[:20] for sha256 in shown}


def test_with_previews_off_nothing_is_made(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    settings = home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8") + "previews: false\n", "utf-8")
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    assert not (tmp_path / "site/previews").exists()


def test_a_preview_is_shown_small_on_its_card_and_large_in_its_viewer(outcome: Outcome) -> None:
    photo = next(each for each in files_of(outcome) if each.reference.path.endswith(".jpg"))
    sha256 = photo.inspection.sha256
    seen = {sha256: DocumentPreview(Picture("small", 400, 300), Picture("large", 1600, 1200))}
    plan = planned(outcome, seen)
    assert [(each.path, each.key) for each in plan.pictures.values()] == [
        (f"previews/{sha256[:20]}.webp", "small"),
        (f"previews/{sha256[:20]}-large.webp", "large"),
    ]
    cards = [card for page in plan.pages() if page.template == "record" for card in cards_of(page)]
    [card] = [card for card in cards if card.sha256 == sha256]
    assert card.viewer == "picture"
    assert card.large.endswith("-large.webp")
    assert (card.thumbnail.width, card.thumbnail.height) == (400, 300)


def cards_of(page: Page) -> list:  # type: ignore[type-arg]
    return list(page.view().documents)  # type: ignore[attr-defined]


def test_a_crowded_record_is_cut_into_pages_and_its_cards_are_found_there(tmp_path: Path) -> None:
    names = [f"sk-{number:03}.txt" for number in range(130)]
    entries = "".join(f"  - {{file: {name}, type: sk}}\n" for name in names)
    home = builders.write(
        tmp_path / "p",
        {
            "portfolio.yaml": "title: t\nunit: u\n",
            "records/1-x/r/index.md": f"---\ntitle: t\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n{entries}---\n",
            **{f"records/1-x/r/{name}": name for name in names},
        },
    )
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    first, second = (
        (tmp_path / "site" / name).read_text("utf-8") for name in ("records/r.html", "lists/record-r.2.html")
    )
    assert first.count('<li class="card') == 120
    assert second.count('<li class="card') == 10
    last = f"d-{hashlib.sha256(names[-1].encode()).hexdigest()[:8]}"
    assert f'id="{last}"' in second
    assert f"lists/record-r.2.html#{last}" in (tmp_path / "site/evidence.html").read_text("utf-8")


# What is restricted


ADDRESS = "https://berita.go.id/RAHASIA-TOKEN"


def hiding(tmp_path: Path, front: str, **files: str) -> dict[str, bytes]:
    """The site of a portfolio with one record of this front matter."""
    home = builders.write(
        tmp_path / "p",
        {
            "portfolio.yaml": "title: t\nunit: u\n",
            "records/1-x/r/index.md": f"---\ntitle: t\ndate: 2023-01-18\nitems: [A.I.1.i.a]\npeople: [Dewi]\n{front}---\n",
            "records/1-x/r/sk.pdf": builders.pdf("sk"),
            **files,
        },
    )
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    return small.contents(tmp_path / "site")


@pytest.mark.parametrize("title", ["", ", title: Berita"])
def test_a_restricted_address_stands_nowhere(tmp_path: Path, title: str) -> None:
    made = hiding(tmp_path, f"evidence:\n  - {{url: '{ADDRESS}', type: sk, classification: restricted{title}}}\n")
    assert not [path for path, content in made.items() if b"RAHASIA" in content or b"rahasia-token" in content]


def test_the_text_of_a_restricted_record_is_not_to_be_had_as_evidence(tmp_path: Path) -> None:
    secret = (
        "---\ntitle: s\ndate: 2023-01-18\nclassification: restricted\nevidence: [sk.pdf]\n---\nIsi yang dirahasiakan.\n"
    )
    secret = secret.replace("evidence: [sk.pdf]\n", "")
    draft = "---\ntitle: d\ndate: 2023-01-18\nstatus: draft\n---\nRancangan yang belum jadi.\n"
    settings = "title: t\nunit: u\nevidence_roots: {lain: records}\n"  # where a text is not known for one
    files = {"records/1-x/s.md": secret, "records/1-x/d.md": draft, "portfolio.yaml": settings}
    entries = "evidence:\n  - {file: 'lain:1-x/s.md', type: sk}\n  - {file: 'lain:1-x/d.md', type: sk}\n"
    made = hiding(tmp_path, entries, **files)
    assert not [path for path, content in made.items() if b"dirahasiakan" in content or b"belum jadi" in content]


def test_a_restricted_record_tells_nothing_of_its_documents(tmp_path: Path) -> None:
    entries = "".join(f"  - {{file: sk.pdf, type: sk, date: 2023-0{n % 8 + 1}-03}}\n" for n in range(25))
    made = hiding(tmp_path, f"classification: restricted\nevidence:\n{entries}")
    pages = {path: content.decode() for path, content in made.items() if path.endswith(".html")}
    assert not [path for path, page in pages.items() if "3 Januari 2023" in page or "sk.pdf" in page]
    assert "25 dokumen dari kegiatan terbatas" in pages["items/A.I.1.i.a.html"]
    assert "25" not in re.sub(r"<head>.*?</head>", "", pages["records.html"], flags=re.DOTALL)


def test_a_damaged_store_changes_nothing_but_time(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    small.build_site(home, tmp_path / "one")
    kept = store.place(home)
    assert kept is not None
    with sqlite3.connect(kept) as database:
        database.execute("UPDATE entries SET value = x'00' WHERE key LIKE '%/text' OR key LIKE '%/small'")
    database.close()
    outcome, count = small.build_site(home, tmp_path / "two")
    assert count, outcome.diagnostics
    assert small.contents(tmp_path / "one") == small.contents(tmp_path / "two")


def test_one_edit_renders_one_text_and_few_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = small.write(tmp_path)
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    rendered: list[str] = []
    real = render.render
    monkeypatch.setattr(render, "render", lambda text: rendered.append(text) or real(text))
    path = home / "records/1-manajemen-perubahan/kedua.md"
    path.write_text(path.read_text("utf-8") + "\nTambahan.\n", "utf-8")
    previewer.refresh()
    assert len(rendered) == 1


# The other language


def said(folder: Path) -> str:
    """Return everything that Catat wrote on the pages of a site."""
    pages = (path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] != "files")
    return html.unescape("\n".join(path.read_text("utf-8") for path in pages))


@pytest.mark.parametrize(("language", "other", "first"), [("id", 0, "Kesiapan"), ("en", 1, "Readiness")])
def test_a_setting_writes_every_sentence_of_the_site_in_one_language(
    tmp_path: Path, language: str, other: int, first: str
) -> None:
    home = small.write(tmp_path)
    settings = home / "portfolio.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}language: {language}\n", "utf-8")
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    assert f'<html lang="{language}" ' in (tmp_path / "site/index.html").read_text("utf-8")
    text = said(tmp_path / "site")
    assert first in text
    pairs = [(str(each.id), str(each.string)) for each in read() if isinstance(each.id, str) and each.id != each.string]
    # Two words and more, without a place to fill in: single words may be the instrument's or the unit's own.
    foreign = [pair[other] for pair in pairs if " " in pair[other] and not re.search(r"[{}%]", pair[other])]
    own = [pair[1 - other] for pair in pairs]
    assert sum(sentence in text for sentence in own) > 100
    assert [sentence for sentence in foreign if sentence in text] == []


def test_every_items_page_says_how_it_is_answered(outcome: Outcome, plan: SitePlan) -> None:
    assert outcome.readiness is not None
    pages = views(plan, "items/")
    assert len(pages) == len(outcome.readiness.items)
    for each in outcome.readiness.items:
        view = pages[f"items/{each.item.id}.html"]
        assert isinstance(view, item_views.ItemView)
        assert bool(view.criteria) is not bool(view.scale), each.item.id
        wanted = [i.label.in_("id") for i in each.item.inputs if i.role != "info"] if view.scale else []
        assert sorted(label for _, label in view.counts) == sorted(wanted), each.item.id
