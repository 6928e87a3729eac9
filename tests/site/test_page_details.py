"""What the pages say in detail: counts that agree, addresses that stay, filters that combine, what paper adds."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from markupsafe import Markup
from msgspec.structs import replace

from generator.messages.source import Source
from generator.model.paths import Reference
from generator.model.portfolio import Document, DocumentFile, Record
from generator.reading.settings import read
from generator.site.exhibits import card_anchors
from generator.site.plan import SitePlan
from generator.site.views import record as record_page
from tests.support import builders, plans, small
from tests.support.builders import document, finding, gate, item, record
from tests.support.plans import placed, plan_of


def plan_with(*parts: object, files: bool = False, **settings: object) -> SitePlan:
    readiness = builders.readiness(*parts, **settings)  # type: ignore[arg-type]
    documents = [d for each in readiness.portfolio.published() for d in each.documents if d.file is not None]
    places: dict[Reference, str] = (
        {d.file.reference: f"files/{d.file.name}" for d in documents if d.file} if files else {}
    )
    return plan_of(readiness, places=placed(places))


def html(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def plain(text: str) -> str:
    """Return the words of a page, blanks made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


# Counts


def told(site: Path, name: str) -> int:
    """Return how many documents a list says it has."""
    found = re.search(r'class="summary">([\d.]+) dokumen', html(site, name))
    assert found is not None, name
    return int(found[1].replace(".", ""))


def test_the_front_page_counts_documents_as_their_lists_do_and_says_what_it_leaves_out(sample_site: Path) -> None:
    page = html(sample_site, "index.html")
    counts = dict(re.findall(r"<div><dt>(.*?)</dt><dd>([\d.]+)", page))
    by_name = {plain(name): int(figure) for name, figure in counts.items()}
    listed, counting, absent = (
        told(sample_site, name)
        for name in ("evidence.html", "lists/evidence-state-counts.html", "lists/evidence-state-absent.html")
    )
    [documents] = [name for name in by_name if name.startswith("Dokumen Disebut")]
    assert by_name[documents] == listed
    assert by_name["Dokumen yang dihitung"] == counting
    assert next(figure for name, figure in by_name.items() if "tidak ada di salinan ini" in name) == absent
    data = json.loads(html(sample_site, "readiness.json"))["counts"]
    records = next(name for name in by_name if name.startswith("Kegiatan"))
    assert by_name[records] + data["drafts"] == data["records"]
    assert f"di luar {data['drafts']} draf" in records
    named, hidden = map(int, re.findall(r"\d+", documents))
    drafts = re.search(r"mencakup draf juga: \d+ draf dengan (\d+) dokumen", plain(html(sample_site, "integrity.html")))
    assert drafts is not None
    assert named + hidden + int(drafts[1]) == data["documents"]
    assert documents.removeprefix("Dokumen ") in plain(html(sample_site, "evidence.html"))


def test_the_figures_over_time_end_in_the_documents_of_the_register(sample_site: Path) -> None:
    page = plain(html(sample_site, "index.html"))
    assert f"{told(sample_site, 'evidence.html')} dokumen sampai akhir" in page


def test_a_document_of_two_records_is_one_document_named_twice() -> None:
    first = record("satu", document(file="sk.pdf"))
    second = replace(record("dua", document(file="sk.pdf")), documents=())
    same = replace(first.documents[0], key=("dua", 1))
    plan = plan_with(item("A.1"), first, replace(second, documents=(same,)))
    counts = {each.name: each for each in plans.view(plan, "index.html").counts}
    assert counts["Documents"].figure == "1"
    assert counts["Documents"].note == "Named 2 times."
    assert counts["Documents that count"].figure == "1 of 1"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("matrix.html", "123 dari 151 dokumen wajib sudah ada"),
        ("items/A.I.1.ii.c.html", "1 dari 1 dokumen wajib"),
        ("areas/5.html", "23 dari 27 dokumen wajib"),
        ("gaps.html", "28 dokumen wajib belum ada"),
        ("index.html", "15 dari 28 dokumen wajib"),
    ],
)
def test_where_documents_are_counted_the_page_says_that_they_are_required(
    sample_site: Path, name: str, told: str
) -> None:
    assert told in plain(html(sample_site, name))


# Addresses that stay


def shared(record_: Record, *documents: Document) -> Record:
    numbered = tuple(replace(each, key=(record_.id, number)) for number, each in enumerate(documents, start=1))
    return replace(record_, documents=numbered)


def with_bytes(each: Document, content: bytes) -> Document:
    assert isinstance(each.source, DocumentFile)
    inspection = replace(each.source.inspection, sha256=hashlib.sha256(content).hexdigest())
    return replace(each, source=replace(each.source, inspection=inspection))


def test_the_address_of_a_document_is_of_its_content_and_stays_where_others_are_added() -> None:
    made = record("r", document(), document(url="https://contoh.example/a"), document())
    one, two, three = made.documents
    one, three = with_bytes(one, b"satu"), with_bytes(three, b"tiga")
    before = list(card_anchors(shared(made, one, two)).values())
    after = list(card_anchors(shared(made, three, one, two)).values())
    assert after[1:] == before
    assert before[0] == f"d-{hashlib.sha256(b'satu').hexdigest()[:8]}"
    assert all(re.fullmatch(r"d-[0-9a-f]{8}", each) for each in after)


def test_documents_of_one_content_have_addresses_of_their_own() -> None:
    made = record("r", document(), document(), document())
    anchors = list(card_anchors(shared(made, *(with_bytes(each, b"sama") for each in made.documents))).values())
    assert len(set(anchors)) == 3
    assert anchors[1:] == [f"{anchors[0]}-2", f"{anchors[0]}-3"]


@pytest.mark.parametrize("secret", [{"url": "https://contoh.example/{}"}, {"file": "{}.pdf", "state": "missing"}])
def test_the_address_of_a_restricted_document_tells_nothing_of_its_name(secret: dict[str, str]) -> None:
    def anchor(name: str) -> str:
        given = {key: value.format(name) for key, value in secret.items() if key != "state"}
        [each] = record("r", document(restricted=True, **given)).documents  # type: ignore[arg-type]
        if isinstance(each.source, DocumentFile):
            each = replace(each, source=replace(each.source, inspection=replace(each.source.inspection, sha256="")))
        return card_anchors(shared(record("r"), each))[1]

    assert anchor("hukuman-budi") == anchor("hukuman-ani")


# The worksheet


def test_an_area_s_table_marks_where_the_assessors_differ_and_says_of_how_many_items_they_judged(
    sample_site: Path,
) -> None:
    plan = plan_with(
        item("A.1", answer="A"), item("A.2", answer="B"), item("A.3"),
        finding("A.1", answer="C"), finding("A.2", answer="B"),
    )  # fmt: skip
    [part] = plans.view(plan, "areas/1.html").parts
    [group] = part.groups
    marks = [(row.assessed, row.assessed_mark and row.assessed_mark.word) for row in group.items]
    assert marks == [("C", "differs"), ("B", None), ("–", None)]
    page = plain(html(sample_site, "areas/5.html"))
    assert "dinilai 17,00% (1 dari 22 butir)" in page


def test_an_item_names_the_other_items_of_each_document_and_none_itself(sample_site: Path) -> None:
    page = html(sample_site, "items/A.I.1.ii.c.html")
    lines = re.findall(r'<li class="document">.*?</li>', page, re.DOTALL)
    assert len(lines) > 10
    assert any('juga untuk <a class="id" href="A.I.1.iii.a.html"' in line for line in lines)
    assert not any('href="A.I.1.ii.c.html"' in line for line in lines)


def test_a_file_that_browsers_download_says_so() -> None:
    names = ("a.xlsx", "b.pdf", "c.jpg", "d.docx", "e.txt")
    made = record("r", *(document(file=name) for name in names))
    plan = plan_with(item("A.1"), made, files=True)
    shown = {each.name: bool(each.download) for each in plans.view(plan, "records/r.html").documents}
    assert [name for name in names if shown[name]] == ["a.xlsx", "d.docx"]


def test_a_finding_is_headed_by_its_item_but_on_the_item_s_own_page(sample_site: Path) -> None:
    listed = re.findall(r"<article.*?</article>", html(sample_site, "findings.html"), re.DOTALL)
    assert listed
    assert all("<h3>" in each for each in listed)
    heading = '<h3><a class="id" href="items/A.I.6.ii.d.html">A.I.6.ii.d</a> Ada kompensasi'
    assert any(heading in each for each in listed)
    own = html(sample_site, "items/A.I.6.ii.d.html")
    assert "<h3>Temuan 14 Juni 2023</h3>" in own


def test_a_finding_on_documents_alone_is_headed_by_them() -> None:
    plan = plan_with(item("A.1"), record("r", document(file="sk.pdf")), finding(None, rejects=[("r", 1)]))
    view = plans.view(plan, "findings.html").rows[0]
    assert (view.title, view.link) == ("On sk.pdf", None)


def test_gaps_stand_in_the_order_of_what_their_documents_unlock() -> None:
    plan = plan_with(
        item("A.1", documents=["sk", "notulen"], answer="A", weight=1),
        item("A.2", documents=["sk"], answer="A", weight=9),
        record("r", document("notulen"), items=["A.1"], people=["Dewi"]),
    )
    [area] = plans.view(plan, "gaps.html").areas
    assert [row.link.text for row in area.rows] == ["A.2", "A.1"]
    assert area.rows[0].unlocks == ("+9.00 supported index",)


# What a page has at its head


def test_the_verdict_is_the_heading_of_the_front_page_and_bars_are_drawn_for_the_eye_alone(sample_site: Path) -> None:
    page = html(sample_site, "index.html")
    [heading] = re.findall(r"<h1.*?</h1>", page, re.DOTALL)
    assert "Belum siap dinilai TPI" in heading
    assert 'role="img"' not in page
    assert re.findall(r'<svg class="bar"(?! aria-hidden="true")', page) == []
    assert "Dokumen wajib (ambang 60%)" in page
    assert "Ambang dokumen hanya berlaku untuk area 1, 2, 3 dan 4." in page


def test_a_threshold_that_differs_by_area_is_not_in_the_head() -> None:
    gates = [gate("documents", "0.6", areas=[1]), gate("documents", "0.7", areas=[2])]
    plan = plan_with(item("A.1"), item("A.2", area=2), gates=gates)
    assert plans.view(plan, "index.html").documents_head == "Required documents"


def test_the_navigation_has_headings_and_guides_stand_behind_one(tmp_path: Path) -> None:
    pages = {f"pages/{name}.md": f"---\ntitle: {name}\n---\nIsi.\n" for name in ("profil", "panduan-1", "panduan-2")}
    home = builders.write(tmp_path / "p", {"portfolio.yaml": small.SETTINGS.replace(
        "evidence_roots: {scan: ../scan}\n", ""), "instruments/ringkas.yaml": small.RINGKAS.read_bytes(), **pages})  # fmt: skip
    small.build_site(home, tmp_path / "site")
    page = html(tmp_path / "site", "index.html")
    headings = re.findall(r'<p id="nav-(\w+)">([^<]+)</p>', page)
    assert [words for _, words in headings] == ["Area", "Bukti", "Satuan kerja", "Salinan ini"]
    assert all(f'aria-labelledby="nav-{name}"' in page for name, _ in headings)
    [guides] = re.findall(r"<details><summary>Panduan</summary>(.*?)</details>", page, re.DOTALL)
    assert re.findall(r'href="([^"]+)"', guides) == ["pages/panduan-1.html", "pages/panduan-2.html"]
    assert "<details open><summary>Panduan" in html(tmp_path / "site", "pages/panduan-1.html")


@pytest.mark.parametrize(("headings", "shown"), [(4, 4), (3, 0)])
def test_a_long_text_begins_with_its_contents_and_a_short_one_does_not(headings: int, shown: int) -> None:
    text = Markup("".join(f'<h2 id="t-{n}">Bab <em>{n}</em> &amp; isi</h2><p>Isi.</p>' for n in range(headings)))
    links = record_page.contents(text)
    assert [(link.text, link.href) for link in links] == [(f"Bab {n} & isi", f"#t-{n}") for n in range(shown)]


def test_cells_to_which_nothing_applies_have_a_dash(sample_site: Path) -> None:
    [table] = re.findall(r'<table class="stack gates">.*?</table>', html(sample_site, "index.html"), re.DOTALL)
    empty = re.findall(r"<td(?![^>]*unit)[^>]*></td>", table)
    assert empty == []
    assert re.search(r'data-label="Kurang">2</td>\s*<td class="unit">dokumen</td>', table)
    assert re.search(r'data-label="Kurang">2,84</td>\s*<td class="unit">poin persen</td>', table)
    assert "<td></td>" not in html(sample_site, "computation.html")


# Filters that combine


def addresses(page: str) -> list[tuple[str, str, int]]:
    """Return the choices of a list: where each leads, its words, and how many it promises."""
    found = re.findall(
        r'<li><a href="([^"]+)"[^>]*><bdi>([^<]+)</bdi></a> <span class="small">([\d.]+)</span></li>', page
    )
    return [(address.replace("&amp;", "&"), words, int(count)) for address, words, count in found]


def test_a_list_that_is_narrowed_keeps_its_choice_in_every_other_and_counts_within_it(sample_site: Path) -> None:
    page = html(sample_site, "lists/evidence-area-3.html")
    searched = [(dict(parse_qsl(address.partition("#")[2])), words, count) for address, words, count in addresses(page)
                if "search.html#" in address]  # fmt: skip
    assert {len(choice) for choice, *_ in searched} == {3}
    assert all(choice["kind"] == "document" and choice["area"] == "3" for choice, *_ in searched)
    years = [count for choice, _, count in searched if "year" in choice]
    assert sum(years) == told(sample_site, "lists/evidence-area-3.html")
    kept = [address for address, *_ in addresses(page) if "search.html" not in address]
    assert all(re.fullmatch(r"evidence-area-\d\.html", address) for address in kept)
    assert 'href="../search.html#kind=document&amp;area=3">Urutkan, saring lebih lanjut' in page


def test_a_choice_that_the_search_does_not_know_offers_no_other(sample_site: Path) -> None:
    page = html(sample_site, "lists/evidence-state-absent.html")
    assert {address for address, *_ in addresses(page)} <= {
        f"evidence-state-{state}.html" for state in ("counts", "refused", "absent")
    }
    assert "search.html#" not in page


def test_two_choices_of_findings_have_a_page_of_their_own() -> None:
    plan = plan_with(
        item("A.1"), item("A.2", area=2),
        finding("A.1"), finding("A.1", closed=True), finding("A.2"),
    )  # fmt: skip
    views = plans.views(plan, "findings")
    both = views["lists/findings-state-area-open-1.html"]
    assert both.chosen == "open, 1. Area 1"
    assert len(both.rows) == 1
    from_area = {choice.link.href for each in views["lists/findings-area-1.html"].narrowings for choice in each.choices}
    assert "findings-state-area-open-1.html" in from_area
    assert len(views["lists/findings-area-2.html"].narrowings[0].choices) == 1  # nothing of it is closed


# The matrix


def test_the_matrix_of_an_area_has_its_items_and_no_column_that_none_of_them_uses(sample_site: Path) -> None:
    page = html(sample_site, "lists/matrix-area-3.html")
    items = set(re.findall(r'<th scope="row"><a href="\.\./items/([^"]+)\.html', page))
    assert items
    assert items == set(
        re.findall(r'<th scope="row"><a href="\.\./items/([^"]+)\.html', html(sample_site, "areas/3.html"))
    )
    [head] = re.findall(r"<thead>.*?</thead>", page, re.DOTALL)
    columns = head.count('<th scope="col"><span>')
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page, re.DOTALL)
    used = {place for row in rows for place, cell in enumerate(re.findall(r"<td.*?</td>", row)) if cell != "<td></td>"}
    assert used >= set(range(columns))
    assert columns < html(sample_site, "matrix.html").partition("</thead>")[0].count('<th scope="col"><span>')


# Paper


SITE = "https://intranet.example/zi/"


@pytest.mark.parametrize(
    ("written", "meant"),
    [(SITE, SITE), (SITE[:-1], SITE), (f"{SITE}index.html", SITE), ("http://intranet", "http://intranet/"), ("", None)],
)
def test_the_address_of_the_site_ends_in_a_slash(written: str, meant: str | None) -> None:
    line = f"alamat_situs: {written}\n" if written else ""
    settings, _, found = read(Source("portfolio.yaml", f"judul: t\nsatuan_kerja: u\n{line}"))
    assert found == ()
    assert settings is not None
    assert settings.site_url == meant


@pytest.mark.parametrize(
    "written",
    ["intranet.example/zi", "ftp://intranet/zi", "https://", "https://a b/", "https://u:p@a.example/", "https://a/?b=1",
     "https://a/#b", "https://a:port/", "//nas/zi"],
)  # fmt: skip
def test_what_is_no_address_of_a_site_is_refused(written: str) -> None:
    settings, _, found = read(Source("portfolio.yaml", f'title: t\nunit: u\nsite_url: "{written}"\n'))
    assert settings is None
    assert [(each.code, each.place.line) for each in found] == [("settings-invalid", 3)]


@pytest.mark.parametrize("site_url", ["", SITE])
def test_paper_names_documents_from_the_site_s_own_address_or_from_its_root(tmp_path: Path, site_url: str) -> None:
    home = builders.write(
        tmp_path / "p",
        {
            "portfolio.yaml": f"title: t\nunit: u\n{f'site_url: {site_url}' if site_url else ''}\n",
            "records/1-x/r/index.md": "---\ntitle: t\ndate: 2023-01-18\nitems: [A.I.1.i.a]\n"
            "evidence: [{file: sk 1.pdf, type: sk, pages: 1}]\n---\n[naskah](<sk 1.pdf>)\n",
            "records/1-x/r/sk 1.pdf": builders.pdf("sk"),
        },
    )
    small.build_site(home, tmp_path / "site")
    page = html(tmp_path / "site", "records/r.html")
    printed = re.findall(r'href="\.\./(files/[^"]+)"[^>]* data-address="([^"]+)"', page)
    assert len(printed) == 2
    assert all(address == f"{site_url}{path}" for path, address in printed)
    assert (f'<p class="paper">{SITE}</p>' in page) is bool(site_url)
    code = hashlib.sha256(builders.pdf("sk")).hexdigest()[:8]
    assert f'data-code="{code}"' in html(tmp_path / "site", "evidence.html")
    assert "data-address" not in html(tmp_path / "site", "evidence.html")


def test_a_list_to_do_can_be_signed(sample_site: Path) -> None:
    for name in (
        "gaps.html",
        min(path.relative_to(sample_site).as_posix() for path in sample_site.glob("people/*.html")),
    ):
        [lines] = re.findall(r'<dl class="signatures">.*?</dl>', html(sample_site, name), re.DOTALL)
        assert plain(lines).count("Tanggal dan tanda tangan") == 2
        assert "Keadaan per 30 Juni 2023" in lines


def test_names_stand_apart_from_what_is_written_the_other_way(sample_site: Path) -> None:
    for name in ("gaps.html", "items/A.I.1.ii.c.html"):
        links = re.findall(r'<a href="[^"]*people/[^"]+">(.*?)</a>', html(sample_site, name))
        assert links
        assert all(each.startswith("<bdi>") for each in links)
