"""Composed papers as PDF, with the standard fonts and fixed dates."""

from datetime import UTC, datetime

import pictures
from cast import ADDRESS, CITY, INSTITUTION, UNIT, long_date
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from paper import PICTURES, Block, Heading, Paper, Para, Points, compose
from wanted import Document

NOT_LATIN = str.maketrans("–—“”‘’", "--\"\"''")


def latin(text: str) -> str:
    """Text in the characters the standard fonts have."""
    return text.translate(NOT_LATIN).encode("latin-1", "replace").decode("latin-1")


def line(pdf: FPDF, text: str, height: float, *, align: str = "L", width: float = 0) -> None:
    """Text from here on, wrapped; the next line begins at the left margin."""
    pdf.multi_cell(width, height, latin(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


class Sheet(FPDF):
    """A page of the office: numbered at its foot."""

    def footer(self) -> None:
        """The page number."""
        self.set_y(-14)
        self.set_font("helvetica", size=8)
        self.cell(0, 5, f"Halaman {self.page_no()} dari {{nb}}", align="C")


def make(document: Document) -> bytes:
    """The document as PDF; a merged one has its parts one behind the other, each from a new page."""
    paper = compose(document)
    pdf = Sheet(orientation="landscape" if paper.landscape else "portrait", format="A4")
    pdf.set_creation_date(datetime(paper.signed.year, paper.signed.month, paper.signed.day, 8, tzinfo=UTC))
    pdf.set_title(latin(document.title))
    pdf.set_author(UNIT)
    pdf.set_margins(22, 16, 22)
    pdf.set_auto_page_break(True, 22)
    for part in document.parts:
        if part.kind in PICTURES:
            _photograph(pdf, part)
        else:
            _paper(pdf, part)
    return bytes(pdf.output())


def _photograph(pdf: FPDF, document: Document) -> None:
    pdf.add_page()
    pdf.image(pictures.photo(document), w=pdf.epw)


def _paper(pdf: FPDF, document: Document) -> None:
    paper = compose(document)
    pdf.add_page()
    _letterhead(pdf)
    if paper.cover:
        pdf.ln(70)
    _title(pdf, paper)
    for number, block in enumerate(paper.blocks):
        _block(pdf, block, first=number == 0 and not paper.cover)
    _signature(pdf, paper, document)


def _letterhead(pdf: FPDF) -> None:
    pdf.set_fill_color(22, 78, 99)
    pdf.ellipse(22, 15, 17, 17, style="F")
    pdf.set_fill_color(245, 190, 65)
    pdf.polygon([(30.5, 17), (35.5, 28), (25.5, 28)], style="F")
    pdf.set_font("times", size=11)
    line(pdf, INSTITUTION.upper(), 5, align="C")
    pdf.set_font("times", "B", 14)
    line(pdf, UNIT.upper(), 7, align="C")
    pdf.set_font("times", size=9)
    line(pdf, ADDRESS, 5, align="C")
    pdf.set_fill_color(255, 255, 255)
    pdf.set_line_width(0.7)
    pdf.line(pdf.l_margin, pdf.get_y() + 2, pdf.w - pdf.r_margin, pdf.get_y() + 2)
    pdf.set_line_width(0.2)
    pdf.ln(8)


def _title(pdf: FPDF, paper: Paper) -> None:
    for text in paper.title:
        pdf.set_font("times", "B", 12)
        line(pdf, text, 6, align="C")
    pdf.ln(4)


def _block(pdf: FPDF, block: Block, *, first: bool) -> None:
    wide = pdf.w > pdf.h
    size, height = (18.0, 9.0) if wide else (11.0, 5.6)
    match block:
        case Heading(text, chapter):
            if chapter and not first:
                pdf.add_page()
            pdf.ln(2)
            pdf.set_font("times", "B", size + 1)
            line(pdf, text, height + 0.4, align="C" if wide else "L")
        case Para(text):
            pdf.set_font("times", size=size)
            line(pdf, text, height, align="C" if wide else "J")
            pdf.ln(2)
        case Points(labels, texts):
            pdf.set_font("times", size=size)
            width = 6 + max((pdf.get_string_width(label) for label in labels), default=0)
            for label, text in zip(labels, texts, strict=True):
                pdf.cell(width, height, latin(label))
                line(pdf, text, height)
            pdf.ln(2)
        case rows:
            _table(pdf, rows)


def _table(pdf: FPDF, rows: tuple[tuple[str, ...], ...]) -> None:
    widths = [max(min(max(len(row[i]) for row in rows if i < len(row)), 42), 4) + 3 for i in range(len(rows[0]))]
    pdf.set_font("times", size=9.5)
    head = FontFace(emphasis="BOLD", fill_color=(226, 232, 240))
    with pdf.table(
        col_widths=tuple(widths), line_height=4.8, padding=0.8, text_align="LEFT", headings_style=head
    ) as table:
        for row in rows:
            cells = table.row()
            for text in row[: len(rows[0])]:
                cells.cell(latin(text))
    pdf.ln(4)


def _signature(pdf: FPDF, paper: Paper, document: Document) -> None:
    if pdf.get_y() > pdf.h - 64:
        pdf.add_page()
    left = pdf.w - 88
    pdf.ln(5)
    pdf.set_font("times", size=11)
    for text in (f"{CITY}, {long_date(paper.signed)}", paper.signer.post):
        pdf.set_x(left)
        line(pdf, text, 5.6, width=66)
    chance = document.chance()
    top = pdf.get_y() + 10
    pdf.set_draw_color(30, 50, 140)
    pdf.polyline([(left + 2 + i * 3.2, top + chance.uniform(-6, 6)) for i in range(12)])
    pdf.set_draw_color(0, 0, 0)
    pdf.ln(20)
    pdf.set_x(left)
    pdf.set_font("times", "B", 11)
    pdf.cell(66, 5.6, latin(paper.signer.name))
