"""The report for Word: real styles, heads of tables that are repeated, numbers of pages; LibreOffice opens it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx as reader
import pytest
from docx.oxml.ns import qn

from generator.reports import docx, pack
from generator.reports.blocks import Report
from tests.reports.test_pdf import long_table
from tests.reports.test_report_contents import plain, portfolio, sample
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.paper import pages_of


@pytest.fixture(scope="module")
def written() -> bytes:
    return docx.content(pack.readiness_report(sample()))


def test_headings_have_the_styles_of_headings(written: bytes) -> None:
    document = reader.Document(io.BytesIO(written))
    found = [(each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert [text for name, text in found if name == "Heading 1"] == ["Laporan kesiapan", "Lampiran"]
    assert ("Heading 2", "Butir") in found


def test_the_head_of_each_table_is_repeated_and_no_row_is_broken(written: bytes) -> None:
    document = reader.Document(io.BytesIO(written))
    headed = [table for table in document.tables if len(table._tbl.tr_lst) > 1]
    assert len(headed) > 6
    for table in headed:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in others)


def test_each_page_has_fields_for_its_number(written: bytes) -> None:
    footer = zipfile.ZipFile(io.BytesIO(written)).read("word/footer1.xml").decode()
    assert re.findall(r'w:instr="(\w+)"', footer) == ["PAGE", "NUMPAGES"]
    assert "Balai Diklat Keuangan Musi Raya · Keadaan per 30 Juni 2023" in footer


def test_it_says_its_title_language_and_day(written: bytes) -> None:
    document = reader.Document(io.BytesIO(written))
    properties = document.core_properties
    assert (properties.title, properties.language) == ("Laporan kesiapan", "id-ID")
    assert properties.author == "Balai Diklat Keuangan Musi Raya"
    assert properties.created == properties.modified
    assert properties.created.date().isoformat() == "2023-06-30"
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {"id-ID"}
    assert {each.date_time for each in zipfile.ZipFile(io.BytesIO(written)).infolist()} == {(2023, 6, 30, 0, 0, 0)}


ORDER = {
    "w:pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "numPr",
        "pBdr",
        "tabs",
        "spacing",
        "ind",
        "jc",
        "rPr",
    ],
    "w:tcPr": ["tcW", "gridSpan", "tcBorders", "tcMar", "vAlign"],
    "w:tblPr": ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"],
}
"""The order of properties that Word accepts (ISO 29500-1, CT_PPr, CT_TcPr, CT_TblPr), as far as they occur."""


@pytest.mark.parametrize("name", ORDER)
def test_properties_stand_in_the_order_of_the_standard(name: str, written: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(written))
    for part in ("word/document.xml", "word/footer1.xml"):
        root = reader.oxml.parse_xml(parts.read(part))
        for properties in root.iter(qn(name)):
            children = [each.tag.rpartition("}")[2] for each in properties]
            assert children == sorted(children, key=ORDER[name].index)


@needs_libreoffice
def test_libreoffice_opens_all_and_sets_whole_rows_below_repeated_heads(tmp_path: Path) -> None:
    english = plain(tmp_path / "english", language="en")
    long = portfolio("long-titles", tmp_path / "long")
    reports: dict[str, Report] = {
        "report": pack.readiness_report(sample()),
        "annex": pack.proposal_annex(english),
        "sworn": pack.responsibility(long),
        "long": pack.readiness_report(long),
        "table": long_table(),
    }
    files = [tmp_path / f"{name}.docx" for name in reports]
    for file, report in zip(files, reports.values(), strict=True):
        file.write_bytes(docx.content(report))
    report, annex, sworn, named, rows = (
        pages_of(each.read_bytes()) for each in convert(files, "pdf", tmp_path / "converted")
    )
    assert f"Halaman2dari{len(report)}" in report[1]
    assert "NIP19720814" in report[1]
    assert report[2].startswith("Lampiran")
    assert f"Page1of{len(annex)}" in annex[0]
    assert len(sworn) == 1
    assert len(named) >= 3
    assert all("KodeUraianNilai" in page for page in rows)
    for number in range(300):
        [page] = [each for each in rows if f"awal{number:03}" in each]
        assert f"akhir{number:03}" in page
    assert all(page.rfind("kelompok") < page.rfind("awal") for page in rows)
