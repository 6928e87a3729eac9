"""The page of a document's file: its address follows from the bytes, and it has all that concerns these, openly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext

from generator.evidence.document_texts import MAX_TEXT, of_pages
from generator.incremental.steps import Steps
from generator.model.addresses import DOCUMENTS, document_path
from generator.site.plan import SitePlan
from generator.site.search.entries import SearchEntry
from generator.site.search.index import index_files
from generator.site.search.segments import MOST_LATER, code
from tests.support import builders, formats, small
from tests.support.chromium import in_chromium
from tests.support.plans import planned, read_with, view, views

AREA = "records/1-manajemen-perubahan"
ONE, OTHER = builders.pdf("Notulen"), builders.pdf("Lain")


def record(title: str, entries: str, items: str = "A.I.1.i.a", more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2023-01-18\nitems: [{items}]\n{more}evidence:\n{entries}---\nIsi.\n"


def entry(file: str, more: str = "") -> str:
    return f"  - {{file: {file}, type: notulen{more}}}\n"


def finding(date: str, verdict: str, more: str = "") -> str:
    given = f"evidence:\n  - {{record: a, file: satu.pdf, verdict: {verdict}{more}}}\n"
    return f"---\ndate: {date}\nassessor: Sari\nitem: A.I.1.i.a\n{given}---\nIsi.\n"


def path_of(content: bytes) -> str:
    return document_path(hashlib.sha256(content).hexdigest())


def plan_of(folder: Path, files: Mapping[str, str | bytes], settings: str = "") -> SitePlan:
    own = {"portfolio.yaml": f"title: T\nunit: U\n{settings}"}
    outcome = read_with(Steps(), builders.write(folder, {**own, **files}), on=builders.DAY)
    assert outcome.readiness is not None, outcome.diagnostics
    return planned(outcome)


def page_of(folder: Path, files: Mapping[str, str | bytes], content: bytes, settings: str = "") -> Any:
    return view(plan_of(folder, files, settings), path_of(content))


TWICE: dict[str, str | bytes] = {
    f"{AREA}/a/index.md": record("Rapat", entry("satu.pdf")),
    f"{AREA}/a/satu.pdf": ONE,
    f"{AREA}/b/index.md": record("Evaluasi", entry("dua.pdf", ", title: Salinan"), "A.I.1.ii.c, A.I.1.i.a"),
    f"{AREA}/b/dua.pdf": ONE,
}


def test_equal_bytes_under_two_names_have_one_page_with_both_their_records_and_all_their_items(tmp_path: Path) -> None:
    site = views(plan_of(tmp_path, TWICE), "document")
    assert list(site) == [path_of(ONE)]
    page = site[path_of(ONE)]
    assert [each.text for each in page.files] == [f"{AREA}/a/satu.pdf", f"{AREA}/b/dua.pdf"]
    assert [(each.record.text, each.title) for each in page.citations] == [("Rapat", ""), ("Evaluasi", "Salinan")]
    assert [link.text for link, _ in page.items] == ["A.I.1.i.a", "A.I.1.ii.c"]
    assert page.document.sha256 == hashlib.sha256(ONE).hexdigest()


def test_the_address_is_that_of_the_bytes_and_stands_with_that_of_the_site(tmp_path: Path) -> None:
    path = f"documents/{hashlib.sha256(ONE).hexdigest()[:16]}.html"
    page = page_of(tmp_path, TWICE, ONE, "site_url: https://zi.example/bdk/\n")
    assert path_of(ONE) == path
    assert page.address == f"https://zi.example/bdk/{path}"


def test_each_entry_says_by_itself_whether_it_counts_and_why_not(tmp_path: Path) -> None:
    late = record("Nanti", entry("satu.pdf", ", date: 2030-01-01"), "A.I.1.ii.c")
    page = page_of(
        tmp_path,
        {
            f"{AREA}/a/index.md": record("Rapat", entry("satu.pdf")),
            f"{AREA}/a/satu.pdf": ONE,
            f"{AREA}/b/index.md": late,
            f"{AREA}/b/satu.pdf": ONE,
        },
        ONE,
    )
    assert [each.mark.state for each in page.citations] == ["met", "unmet"]
    assert [len(each.why) for each in page.citations] == [0, 1]
    assert [link.text for link, _ in page.items] == ["A.I.1.i.a"], "the other one counts for nothing"


def test_verdicts_stand_newest_first_with_reason_and_those_on_other_bytes_say_so(tmp_path: Path) -> None:
    digest = hashlib.sha256(OTHER).hexdigest()
    page = page_of(
        tmp_path,
        {
            f"{AREA}/a/index.md": record("Rapat", entry("satu.pdf")),
            f"{AREA}/a/satu.pdf": ONE,
            "findings/1.md": finding("2023-02-01", "accepted", f", sha256: {digest}"),
            "findings/2.md": finding("2023-02-02", "rejected", ", reason: unsigned, note: halaman 3"),
            "findings/3.md": finding("2023-02-03", "accepted"),
            "findings/4.md": finding("2099-02-03", "rejected"),
        },
        ONE,
    )
    rows = [(each.mark.state, each.mark.word, bool(each.reason), bool(each.changed)) for each in page.verdicts]
    assert rows == [
        ("met", "diterima", False, False),
        ("unmet", "ditolak", True, False),
        ("unknown", "diterima", False, True),
    ]
    assert "halaman 3" in page.verdicts[1].reason
    assert page.verdicts[0].assessor == "Sari · TPI"
    assert page.verdicts[0].finding.href.startswith("../findings.html#f-")


def test_the_card_the_register_and_the_item_lead_to_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, TWICE)
    assert view(plan, "records/a.html").documents[0].page == f"../{path_of(ONE)}"
    assert {row.document.page for row in view(plan, "evidence.html").rows} == {path_of(ONE)}
    required = view(plan, "items/A.I.1.i.a.html")
    documents = [each for row in required.required for each in row.documents] + list(required.other)
    assert {each.page for each in documents} == {f"../{path_of(ONE)}"}
    assert view(plan, path_of(ONE)).document.page == "", "no link from a page to itself"


def test_what_is_no_file_of_the_site_has_no_page(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        {
            f"{AREA}/a/index.md": record("Rapat", entry("hilang.pdf") + "  - {url: 'https://a.example/x', type: sk}\n"),
            f"{AREA}/b/index.md": record("Draf", entry("draf.pdf"), more="status: draft\n"),
            f"{AREA}/b/draf.pdf": ONE,
            f"{AREA}/c/index.md": record("C", entry("c.pdf", ", classification: restricted")),
            f"{AREA}/c/c.pdf": OTHER,
        },
    )
    assert views(plan, "document") == {}
    assert {each.page for path in ("a", "c") for each in view(plan, f"records/{path}.html").documents} == {""}


def test_a_restricted_or_unpublished_entry_with_the_same_bytes_is_not_on_the_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "portfolio.yaml": "title: T\nunit: U\ninstrument: instruments/ringkas.yaml\n",
        "instruments/ringkas.yaml": small.RINGKAS.read_bytes(),
        f"{AREA}/a/index.md": record("Rapat", entry("satu.pdf")),
        f"{AREA}/a/satu.pdf": ONE,
        f"{AREA}/b/index.md": record("Zzq terbatas", entry("b.pdf", ", title: Zzq, classification: restricted")),
        f"{AREA}/b/b.pdf": ONE,
        f"{AREA}/c/index.md": record("Zzq rahasia", entry("c.pdf"), more="classification: restricted\n"),
        f"{AREA}/c/c.pdf": ONE,
        f"{AREA}/d/index.md": record("Zzq draf", entry("d.pdf"), more="status: draft\n"),
        f"{AREA}/d/d.pdf": ONE,
        "findings/b.md": finding("2023-02-01", "rejected", ", reason: zzq").replace("record: a, file: satu", "record: b, file: b"),
        "findings/d.md": finding("2023-02-01", "rejected", ", reason: zzq").replace("record: a, file: satu", "record: d, file: d"),
    }  # fmt: skip
    _, count = small.build_site(builders.write(tmp_path / "p", files), tmp_path / "site")
    assert count
    pages = list((tmp_path / "site" / DOCUMENTS).iterdir())
    assert [each.name for each in pages] == [path_of(ONE).removeprefix(DOCUMENTS)]
    text = pages[0].read_text("utf-8")
    assert "zzq" not in text.casefold()
    assert "Rapat" in text
    assert not any(f"{AREA}/{each}/" in text for each in "bcd")


# Hits by page


def rows_of(*bodies: str) -> list[list[str]]:
    entries = [
        SearchEntry("document", f"D{number}", f"documents/{number}.html", "", "2023-01-18", (), (), "2023", "counts", (), body)
        for number, body in enumerate(bodies)
    ]  # fmt: skip
    content = index_files(entries, language="id")["search/entries-0.js"].decode()
    return json.loads(f"[{content[content.index('(') + 1 : content.rindex(')')]}]")[1]  # type: ignore[no-any-return]


def test_the_text_of_a_pdf_has_its_pages_apart_and_nothing_else_between_words() -> None:
    assert of_pages([" ", "satu \n dua\f", "", "tiga\n"]) == "\fsatu dua\f\ftiga"
    assert of_pages(["", " ", "\n"]) == ""
    assert len(of_pages(["kata " * MAX_TEXT, "lain"])) <= MAX_TEXT


def test_a_row_has_the_page_of_each_stem_that_the_first_page_lacks() -> None:
    [row] = rows_of("rapat tim\f\ftim gratifikasi rapat\fgratifikasi zebra")
    assert row[4] == f"3:{code('gratifikasi')} 4:{code('zebra')}"


def test_a_document_of_one_page_has_no_pages_in_its_row() -> None:
    assert [len(row) for row in rows_of("rapat tim", "", "rapat\frapat")] == [4, 4, 4]


def test_a_long_document_names_the_pages_of_its_first_words_alone() -> None:
    [row] = rows_of("\f".join(" ".join(f"k{page}x{each}" for each in range(90)) for page in range(40)))
    codes = [part.split(":")[1] for part in row[4].split(" ")]
    assert sum(map(len, codes)) == 3 * MOST_LATER


def words_on_a_page(words: str) -> str:
    return f"BT /F1 8 Tf 10 200 Td ({words}) Tj ET"


@in_chromium
def test_a_result_links_to_the_page_that_has_the_word_and_the_document_opens_there(
    context: BrowserContext, tmp_path: Path
) -> None:
    long = formats.pdf_of(
        *map(words_on_a_page, ("Rapat tim kerja", "Rapat lagi", "Pengendalian gratifikasi", "gratifikasi"))
    )
    files: dict[str, str | bytes] = {
        "portfolio.yaml": "title: T\nunit: U\ninstrument: instruments/ringkas.yaml\n",
        "instruments/ringkas.yaml": small.RINGKAS.read_bytes(),
        f"{AREA}/a/index.md": record("Rapat", entry("satu.pdf")),
        f"{AREA}/a/satu.pdf": long,
    }  # fmt: skip
    _, count = small.build_site(builders.write(tmp_path / "p", files), tmp_path / "site")
    assert count
    page = context.new_page()
    page.goto(f"{(tmp_path / 'site/search.html').as_uri()}#q=gratifikasi&kind=document")
    page.wait_for_selector(".results[aria-busy=false]", state="attached")
    title, leaf = page.locator(".results a").all()
    address = f"{(tmp_path / 'site').as_uri()}/{path_of(long)}"
    assert title.evaluate("link => link.href") == address
    assert (leaf.text_content() or "").endswith("3")
    assert leaf.evaluate("link => link.href") == f"{address}#page=3"
    page.fill("#query", "rapat")
    page.wait_for_selector(".results[aria-busy=false]", state="attached")
    assert page.locator(".results a").count() == 1, "the first page needs no link of its own"
    page.goto(f"{address}#page=3")
    assert (page.get_attribute(".of-document a.file", "href") or "").endswith("satu.pdf#page=3")
    page.close()
