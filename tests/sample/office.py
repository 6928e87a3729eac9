"""Composed papers as workbooks and text documents, with every date in the files fixed."""

import re
from io import BytesIO
from typing import Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cast import CITY, INSTITUTION, UNIT, long_date
from docx import Document as new_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from paper import Heading, Para, Points, compose
from tables import Table, table_of
from wanted import Document

ZIP_DATE = (2023, 1, 2, 8, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


class Savable(Protocol):
    """What both libraries give back: something that writes itself to a stream."""

    def save(self, target: BytesIO, /) -> None:
        """Write the whole package."""


def workbook(document: Document) -> bytes:
    """The document's table as an Excel workbook."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = document.kind[:30]
    rows = table_of(document)
    page.append([document.title])
    page.append([f"{UNIT} - {document.record}"])
    page.append([f"Keadaan per {long_date(document.day)}"])
    page.append([])
    for row in rows:
        page.append([_number(cell) for cell in row])
    _dress(page, rows)
    book.properties.creator = UNIT
    return repack(_saved(book))


def _number(cell: str) -> str | int | float:
    if re.fullmatch(r"-?\d{1,9}", cell):
        return int(cell)
    return float(cell.replace(",", ".")) if re.fullmatch(r"-?\d+,\d+", cell) else cell


def _dress(page: Worksheet, rows: Table) -> None:
    line = Side(style="thin", color="888888")
    page["A1"].font = Font(bold=True, size=14)
    page.freeze_panes = "A6"
    for index in range(len(rows[0])):
        width = max(len(row[index]) for row in rows if index < len(row))
        page.column_dimensions[get_column_letter(index + 1)].width = min(max(width + 2, 6), 48)
    for cells in page.iter_rows(min_row=5, max_col=len(rows[0])):
        for cell in cells:
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[5]:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="164E63")


def text_document(document: Document) -> bytes:
    """The document as a Word text."""
    paper = compose(document)
    file = new_docx()
    file.styles["Normal"].font.size = Pt(11)
    for line in (INSTITUTION.upper(), UNIT.upper(), *paper.title):
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for block in paper.blocks:
        match block:
            case Heading(text, _):
                file.add_heading(text, level=2)
            case Para(text):
                file.add_paragraph(text)
            case Points(labels, texts):
                for label, text in zip(labels, texts, strict=True):
                    file.add_paragraph(f"{label} {text}")
            case rows:
                table = file.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
                for row in rows:
                    for cell, text in zip(table.add_row().cells, row, strict=False):
                        cell.text = text
    file.add_paragraph(f"{CITY}, {long_date(paper.signed)}\n{paper.signer.post},\n\n\n{paper.signer.name}")
    file.core_properties.author = UNIT
    file.core_properties.title = document.title
    return repack(_saved(file))


def _saved(file: Savable) -> bytes:
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """The same package with fixed dates, inside its properties and in the archive."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = STAMP.sub(rb"\g<1>2023-01-02T08:00:00Z\g<2>", old.read(name))
            info = ZipInfo(name, ZIP_DATE)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, content)
    return packed.getvalue()
