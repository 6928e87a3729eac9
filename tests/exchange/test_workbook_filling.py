"""A workbook of Excel is filled without damage: only the cells that are filled change, and what formulas gave is gone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.xlsx import sheet_xml, workbook_filling
from generator.exchange.xlsx.sheet_xml import MOST_CHARACTERS, writable
from generator.exchange.xlsx.workbook_parts import PART_FAULTS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DAY = (2021, 3, 4, 5, 6, 8)
SHEET = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<!-- kept --><worksheet xmlns="{MAIN}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac">'
    '<dimension ref="A1:C3"/><cols><col min="4" max="6" width="9" style="5"/></cols><sheetData>'
    '<row r="1" spans="1:3" s="7" customFormat="1"><c r="A1" s="2" t="s"><v>0</v></c><c r="C1" s=\'3\'/></row>'
    '<row r="3" spans="1:3"><c r="A3" t="str" s="4"><f>B3&amp;"&gt;"</f><v>tua</v></c><c r="B3"><v>1</v></c></row>'
    "</sheetData><pageMargins left='1'/></worksheet>"
)
OTHER = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData></worksheet>'
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><sheets><sheet name="Isi" sheetId="1" r:id="rId1"/>'
    '<sheet name="Lain" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="x">1</definedName></definedNames>'
    '{}<oleSize ref="A1"/></workbook>'
)


def package(
    sheet: str | bytes = SHEET, *, calculation: str = "<calcPr calcId='1'/>", book: str = BOOK
) -> dict[str, bytes]:
    """The parts of a small workbook."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ],
            1,
        )
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book.replace("{}", calculation),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/sheet2.xml": OTHER,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>bersama</t></si></sst>',
        "xl/vbaProject.bin": bytes(range(256)) * 9,
    }
    return {name: part if isinstance(part, bytes) else part.encode() for name, part in parts.items()}


def zipped(parts: Mapping[str, bytes], *, stream: bool = False, zip64: bool = False) -> bytes:
    """A zip of parts; as a `stream` their sums and sizes stand behind them."""
    out = io.BytesIO()
    target: Any = _Unseekable(out) if stream else out
    with zipfile.ZipFile(target, "w") as archive:
        for number, (name, data) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_STORED if number % 3 == 1 else zipfile.ZIP_DEFLATED
            info.external_attr, info.comment, info.extra = 0o644 << 16, b"catatan", b"\x99\x99\x02\x00ab"
            with archive.open(info, "w", force_zip64=zip64) as member:
                member.write(data)
        archive.comment = b"akhir"
    return out.getvalue()


class _Unseekable:
    """A stream that only goes on, as a pipe does."""

    def __init__(self, out: io.BytesIO) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        return self._out.write(data)

    def flush(self) -> None:
        pass


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(content: bytes) -> str:
    return parts_of(content)["xl/worksheets/sheet1.xml"].decode()


def fill(parts: Mapping[str, bytes], cells: Mapping[tuple[int, int], str | Fraction]) -> bytes:
    """Fill a workbook; whatever is tried, a second time gives the same bytes."""
    content = workbook_filling.fill(zipped(parts), "Isi", cells)
    assert workbook_filling.fill(content, "Isi", cells) == content
    return content


def read(content: bytes) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name("Isi").to_python(skip_empty_area=False)


# Cells


def test_a_filled_cell_keeps_its_style_and_all_around_it_keeps_its_bytes() -> None:
    xml = sheet_of(fill(package(), {(0, 0): "Ya", (2, 1): Fraction(372, 100)}))
    expected = SHEET.replace(
        '<c r="A1" s="2" t="s"><v>0</v></c>', '<c r="A1" s="2" t="inlineStr"><is><t>Ya</t></is></c>'
    )
    expected = expected.replace("<v>1</v>", "<v>3.72</v>").replace('r="A3" t="str" s="4"', 'r="A3" s="4"')
    assert xml == expected.replace("<v>tua</v>", "")


def test_missing_cells_are_put_in_their_place_with_the_style_of_their_row_or_column() -> None:
    xml = sheet_of(fill(package(), {(0, 1): "b", (0, 3): "d", (2, 3): "d3", (2, 2): "c3"}))
    assert '</c><c r="B1" s="7" t="inlineStr"><is><t>b</t></is></c><c r="C1"' in xml
    assert '/><c r="D1" s="7" t="inlineStr"><is><t>d</t></is></c></row>' in xml
    assert '<c r="C3" t="inlineStr"><is><t>c3</t></is></c><c r="D3" s="5" t="inlineStr">' in xml
    assert '<row r="1" spans="1:4" s="7" customFormat="1">' in xml
    assert '<dimension ref="A1:D3"/>' in xml


def test_missing_rows_are_put_in_their_place() -> None:
    content = fill(package(), {(1, 0): "dua", (6, 2): Fraction(7), (3, 0): "empat"})
    assert re.findall(r'<row r="(\d)"', sheet_of(content)) == ["1", "2", "3", "4", "7"]
    assert [row[0] for row in read(content)] == ["bersama", "dua", "", "empat", "", "", ""]
    assert '<dimension ref="A1:C7"/>' in sheet_of(content)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<sheetData/>", [["", "", ""], ["", "x", 3.0]]),
        ('<sheetData><row r="2"/></sheetData>', [["", "", ""], ["", "x", 3.0]]),
        (
            "<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>",
            [[1.0, "", ""], [2.0, "x", 3.0]],
        ),
        (
            '<sheetData><row r="2"><c r="B2" vm="1" cm="2" t="b"><v>1</v></c></row></sheetData>',
            [["", "", ""], ["", "x", 3.0]],
        ),
        ('<sheetData><row r="2"><c r="B2"><is><t>a</t></is></c></row></sheetData>', [["", "", ""], ["", "x", 3.0]]),
    ],
)
def test_rows_and_cells_in_short_forms_are_filled(data: str, expected: list[list[Any]]) -> None:
    content = fill(package(f'<worksheet xmlns="{MAIN}">{data}</worksheet>'), {(1, 1): "x", (1, 2): Fraction(3)})
    found = read(content)
    assert [[""] * (3 - len(row)) + row for row in found][-1] == expected[-1]
    assert "vm=" not in sheet_of(content)


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_prefixed_names_are_written_with_their_prefix(space: str) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>1</x:f><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    book = f'<x:workbook xmlns:x="{space}" xmlns:r="{OFFICE}"><x:sheets><x:sheet name="Isi" r:id="rId1"/></x:sheets></x:workbook>'
    parts = parts_of(fill(package(sheet, book=book), {(0, 1): "b", (1, 0): "c"}))
    assert parts["xl/worksheets/sheet1.xml"].decode() == (
        f'<x:worksheet xmlns:x="{space}"><x:sheetData><x:row r="1"><x:c r="A1"><x:f>1</x:f></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row>'
        '<x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>c</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert parts["xl/workbook.xml"].endswith(b'</x:sheets><x:calcPr fullCalcOnLoad="1"/></x:workbook>')


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_a_sheet_in_another_encoding_stays_in_it(encoding: str) -> None:
    xml = SHEET.replace("UTF-8", encoding).replace("kept", "é")
    found = parts_of(fill(package(xml.encode(encoding)), {(0, 0): "ü → y"}))["xl/worksheets/sheet1.xml"]
    assert found[:2] == xml.encode(encoding)[:2]
    text = found.decode(encoding)
    assert "<!-- é -->" in text
    assert "ü → y" in text or "ü &#8594; y" in text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "<t>=1+1</t>"),
        ("a & b < c > d", "<t>a &amp; b &lt; c &gt; d</t>"),
        (" tepi", '<t xml:space="preserve"> tepi</t>'),
        ("satu\ndua", '<t xml:space="preserve">satu\ndua</t>'),
        ("_x000D_", "<t>_x005F_x000D_</t>"),
        ("'petik", "<t>'petik</t>"),
        ("😀", "<t>😀</t>"),
    ],
)
def test_text_stays_the_text_that_it_is(text: str, written: str) -> None:
    content = fill(package(), {(0, 0): text})
    assert written in sheet_of(content)
    assert read(content)[0][0] == text


@pytest.mark.parametrize(
    ("number", "written"),
    [(Fraction(372, 100), "3.72"), (Fraction(12), "12"), (Fraction(0), "0"), (Fraction(-1, 8), "-0.125"), (Fraction(1, 10**7), "0.0000001"), (Fraction(1, 3), repr(1 / 3))],
)  # fmt: skip
def test_a_number_has_all_its_decimals(number: Fraction, written: str) -> None:
    assert sheet_xml.number_text(number) == written


def test_characters_that_no_xml_holds_are_left_out() -> None:
    assert writable("a\x00b\x0bc\r\nd\re\ud800f\ufffeg\th") == "abc\nd\nefg\th"


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(writable).filter(str.strip)
contents = texts | st.decimals(-(10**9), 10**9, places=3).map(Fraction)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(1, 6)).filter(lambda at: at != (2, 0)), contents, max_size=9
    )
)
def test_what_is_filled_is_read_and_nothing_else_changes(cells: dict[tuple[int, int], str | Fraction]) -> None:
    before, content = package(), fill(package(), cells)
    found, old = read(content), read(zipped(before))
    for row in range(9):
        for column in range(7):
            value = found[row][column] if row < len(found) and column < len(found[row]) else ""
            known = old[row][column] if row < len(old) and column < len(old[row]) else ""
            wanted = cells.get((row, column), known if (row, column) != (2, 0) else "")
            assert value == (float(wanted) if isinstance(wanted, Fraction) else wanted), (row, column)
    after = parts_of(content)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}


# Formulas


def test_results_are_taken_away_in_every_sheet_and_formulas_stay() -> None:
    parts = parts_of(fill(package(), {}))
    assert b'<c r="A3" s="4"><f>B3&amp;"&gt;"</f></c>' in parts["xl/worksheets/sheet1.xml"]
    assert parts["xl/worksheets/sheet2.xml"] == OTHER.replace(' t="e"', "").replace("<v>#DIV/0!</v>", "").encode()


def test_results_of_shared_array_and_table_formulas_are_taken_away() -> None:
    data = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v/></c></row>'
        '<row r="2"><c r="A2"><f t="array" ref="A2:B2">C1:D1</f><v>1</v></c><c r="B2"><v>2</v></c><c r="C2"><v>3</v></c></row>'
        '<row r="3"><c r="A3"><f t="dataTable" ref="A3:A4"/><v>1</v></c></row><row r="4"><c r="A4" t="str"><v>x</v></c></row>'
    )
    xml = sheet_of(fill(package(f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'), {}))
    assert re.findall(r"<v>.*?</v>|<v/>", xml) == ["<v>3</v>"]
    assert xml.count("<f") == 4
    assert 't="str"' not in xml


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<calcPr calcId='1'/>", "<calcPr calcId='1' fullCalcOnLoad=\"1\"/>"),
        ('<calcPr fullCalcOnLoad="1" calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ('<calcPr fullCalcOnLoad="true"/>', '<calcPr fullCalcOnLoad="true"/>'),
        ('<calcPr fullCalcOnLoad="0" calcId="1"></calcPr>', '<calcPr calcId="1" fullCalcOnLoad="1"></calcPr>'),
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ("<calcPr />", '<calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_the_workbook_says_once_that_all_is_to_be_computed(before: str, after: str) -> None:
    found = parts_of(fill(package(calculation=before), {}))["xl/workbook.xml"].decode()
    assert found == BOOK.replace("{}", after)
    assert found.count("fullCalcOnLoad") == 1


# The archive


@pytest.mark.parametrize("form", [{}, {"stream": True}, {"zip64": True}, {"stream": True, "zip64": True}])
def test_other_members_keep_their_bytes_order_dates_and_compression(form: dict[str, bool]) -> None:
    before = zipped(package(), **form)
    after = workbook_filling.fill(before, "Isi", {(0, 0): "Ya"})
    assert parts_of(after)["xl/vbaProject.bin"] == package()["xl/vbaProject.bin"]
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        assert new.comment == b"akhir"
        for one, other in zip(old.infolist(), new.infolist(), strict=True):
            for name in ("date_time", "compress_type", "external_attr", "comment", "create_system"):
                assert getattr(one, name) == getattr(other, name)
            if one.filename == "xl/vbaProject.bin":
                start, size = one.header_offset, one.compress_size + 30
                assert before[start : start + size] == after[other.header_offset : other.header_offset + size]


def test_a_workbook_that_has_it_all_keeps_every_byte() -> None:
    content = fill(package(), {(0, 0): "Ya"})
    assert workbook_filling.fill(content, "Isi", {}) == content


@pytest.mark.parametrize(
    "parts",
    [
        package(SHEET.replace("<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "b">]><worksheet')),
        package(SHEET.replace("<worksheet", "<!DOCTYPE worksheet><worksheet")),
        package(SHEET.replace("</row>", "", 1)),
        package(f'<worksheet xmlns="{MAIN}"/>'),
        {name: part for name, part in package().items() if name != "xl/worksheets/sheet1.xml"},
        {name: part for name, part in package().items() if name != "xl/workbook.xml"},
    ],
)
def test_what_no_program_opens_is_refused(parts: Mapping[str, bytes]) -> None:
    with pytest.raises(PART_FAULTS):
        workbook_filling.fill(zipped(parts), "Isi", {(0, 0): "x"})


def test_a_cell_holds_no_more_than_excel_allows() -> None:
    assert MOST_CHARACTERS == 32_767
