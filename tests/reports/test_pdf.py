"""The PDF of a report: tagged, with its language, its fonts in it; tables that go on over pages."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from generator.reports import pack, pdf
from generator.reports.blocks import (
    Block,
    Cell,
    Heading,
    Letterhead,
    Report,
    ReportTable,
    Row,
    RowKind,
    TableColumn,
    entry,
    one_line,
    table,
)
from generator.site.contents import Contents
from tests.reports.test_report_contents import sample
from tests.support.paper import pages_of


def report_of(*blocks: Block) -> Report:
    """Return a report of some blocks."""
    day = datetime.date(2023, 6, 30)
    return Report(
        "Judul", (), "id", "Balai", day, Letterhead("", "Balai", ()), "Balai", "Halaman {page} dari {pages}", blocks
    )


def long_table() -> Report:
    """A table of 300 rows of three lines each, in groups of ten."""
    rows: list[Row] = []
    for number in range(300):
        if number % 10 == 0:
            rows.append(Row((Cell(f"kelompok{number:03}."),), RowKind.GROUP))
        rows.append(entry(f"awal{number:03}", "kata " * 30 + f"akhir{number:03}", f"{number},00"))
    return report_of(
        Heading("Daftar"),
        table((TableColumn("Kode"), TableColumn("Uraian"), TableColumn("Nilai", figures=True)), rows),
    )


@pytest.fixture(scope="module")
def opened() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf.content(pack.readiness_report(sample()))))


def test_it_is_tagged_and_says_its_language_and_title(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert str(opened.Root.Lang) == "id"
    assert "/StructTreeRoot" in opened.Root
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "Laporan kesiapan"
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["xmp:CreateDate"].startswith("2023-06-30")


def elements(node: Any, kind: str = "") -> Iterator[Any]:
    """Yield the elements of a structure, of one kind or of all, in the order of reading."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and kind in {"", str(node.S)}:
            yield node
        if "/K" in node:
            yield from elements(node.K, kind)


def test_its_headings_are_tagged_as_such(opened: pikepdf.Pdf) -> None:
    blocks = pack.readiness_report(sample()).blocks
    levels = [1, *(each.level for each in blocks if isinstance(each, Heading))]
    found = [str(each.S) for each in elements(opened.Root.StructTreeRoot.K)]
    assert [each for each in found if each.startswith("/H")] == [f"/H{level}" for level in levels]


def test_each_table_has_a_head_of_cells_that_head_their_columns(opened: pikepdf.Pdf) -> None:
    tables = [each for each in pack.readiness_report(sample()).blocks if isinstance(each, ReportTable)]
    found = [*elements(opened.Root.StructTreeRoot.K, "/Table")]
    for written, table_of in zip(found, tables, strict=True):
        assert str(written.K[0].S) == "/THead"
        heads = [*elements(written.K[0].K[0], "/TH")]
        assert len(heads) == len(table_of.columns)
        assert all(str(each.A[0].Scope) == "/Column" for each in elements(written, "/TH"))
        cells = [len([*elements(row, "/TD")]) for row in elements(written, "/TR")]
        kinds = [row.kind for row in table_of.rows]
        assert [each for each in cells if each] == [len(heads)] * (len(kinds) - kinds.count(RowKind.GROUP))
        assert cells.count(0) == 1 + kinds.count(RowKind.GROUP)


def test_no_column_is_without_a_head() -> None:
    tables = [each for each in pack.readiness_report(sample()).blocks if isinstance(each, ReportTable)]
    assert all(column.head for each in tables for column in each.columns)


def test_the_headings_are_bookmarks(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        top = [each.title for each in outline.root]
        assert top == ["Laporan kesiapan", "Lampiran"]
        assert "Butir" in [each.title for each in outline.root[1].children]


@pytest.mark.parametrize("of", [pack.readiness_report, pack.proposal_annex, pack.responsibility])
def test_every_font_is_in_the_file(of: Callable[[Contents], Report]) -> None:
    written = pikepdf.open(io.BytesIO(pdf.content(of(sample()))))
    for page in written.pages:
        assert page.resources.Font
        for font in page.resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_every_page_has_its_number_and_whose_it_is() -> None:
    pages = pages_of(pdf.content(pack.readiness_report(sample())))
    assert len(pages) > 4
    for number, page in enumerate(pages, start=1):
        assert f"Halaman{number}dari{len(pages)}" in page
        assert "BalaiDiklatKeuanganMusiRaya·Keadaanper30Juni2023" in page


def test_a_long_table_repeats_its_head_and_breaks_no_row() -> None:
    pages = pages_of(pdf.content(long_table()))
    assert len(pages) > 10
    assert all("KodeUraianNilai" in page for page in pages)
    for number in range(300):
        [page] = [each for each in pages if f"awal{number:03}" in each]
        assert f"akhir{number:03}" in page


def test_the_heading_of_a_group_is_never_the_last_row_of_a_page() -> None:
    for page in pages_of(pdf.content(long_table())):
        assert page.rfind("kelompok") < page.rfind("awal")


def test_a_report_of_a_name_that_fonts_lack_is_tagged_all_the_same() -> None:
    opened = pikepdf.open(io.BytesIO(pdf.content(report_of(Heading("漢字")))))
    assert opened.Root.MarkInfo.Marked


def test_what_no_file_can_hold_is_marked() -> None:
    assert one_line("a\x00b\udc80\n\tc\ufffe") == "a\ufffdb\ufffd c\ufffd"
