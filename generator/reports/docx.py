"""Sets a report as a document of Word: real styles, repeated heads of tables, fields for page numbers."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, assert_never

from generator.reports.blocks import (
    Block,
    FormLines,
    Gauge,
    Heading,
    Ladder,
    Letterhead,
    Numbered,
    Passage,
    Report,
    ReportTable,
    Row,
    RowKind,
    Signature,
    TeamSignatures,
    Tone,
    one_line,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell as Cell
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Times New Roman"
ACCENT, SOFT, HAIR = "12507F", "525C66", "C3CBD3"
_PADDING = str.maketrans("0123456789,.", "\N{FIGURE SPACE}" * 10 + "\N{PUNCTUATION SPACE}" * 2)
_LOCALES = {"id": "id-ID", "en": "en-GB"}
_BEHIND_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:tcMar", "w:vAlign")
"""What stands behind the rules of a paragraph or cell, for Word refuses properties in another order (ISO 29500)."""
_ENTRIES = {False: "Entry", True: "Dense Entry"}
FEW_SIGNERS = 6
"""The persons whose lines to sign are on one page."""
_FIRST_DAY = datetime.date(1980, 1, 1)
"""The earliest day that a zip can hold."""


def content(report: Report) -> bytes:
    """Return a report as a document of Word, the same bytes for the same report."""
    import docx

    document = docx.Document()
    _Setter(document, report).set()
    written = io.BytesIO()
    document.save(written)
    return _dated(written.getvalue(), report.day)


class _Setter:
    """Sets the blocks of a report in a document."""

    def __init__(self, document: WordDocument, report: Report) -> None:
        from docx.shared import Mm

        self.document, self.report = document, report
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(18), Mm(20)
        section.footer_distance = Mm(10)
        self.width = Mm(166)
        self._styles()
        # Each assignment of a style by its name looks through all of them.
        self._entry_styles = {dense: document.styles[name].style_id for dense, name in _ENTRIES.items()}
        self._head_style = document.styles["Table Head"].style_id

    def set(self) -> None:
        """Set the whole report."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self._properties()
        self._letterhead(self.report.letterhead)
        title = self._paragraph(self.report.title, "Heading 1")
        lines = [self._paragraph(each, "Note") for each in [" · ".join(self.report.subtitle)] if each]
        for each in (title, *lines) if self.report.centred else ():
            each.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for block, following in zip_longest(self.report.blocks, self.report.blocks[1:]):
            self._block(block)
            if isinstance(block, Passage) and isinstance(following, ReportTable):
                self._keep_with_next()
        self._footer()

    def _properties(self) -> None:
        report, properties = self.report, self.document.core_properties
        day = datetime.datetime.combine(report.day, datetime.time(), datetime.UTC)
        properties.title, properties.author = one_line(report.title)[:255], one_line(report.author)[:255]
        properties.last_modified_by, properties.comments = properties.author, ""
        properties.language = _LOCALES.get(report.language, report.language)
        properties.created = properties.modified = day
        properties.revision = 1

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        locale = _LOCALES.get(self.report.language, self.report.language)
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), locale)
        for close in tuple(styles["List Number"].element.iter(qn("w:contextualSpacing"))):
            close.getparent().remove(close)
        for name, size, before, after, colour, bold in (
            ("Normal", 10.5, 0, 4, "1A2330", False),
            ("Heading 1", 15, 10, 4, ACCENT, True),
            ("Heading 2", 11.5, 11, 4, ACCENT, True),
            ("Heading 3", 10.5, 9, 3, ACCENT, True),
            ("Lead", 13, 6, 4, "1A2330", True),
            ("Note", 8.5, 2, 4, SOFT, False),
            ("Entry", 9.5, 0.5, 0.5, "1A2330", False),
            ("Dense Entry", 8.5, 0.5, 0.5, "1A2330", False),
            ("Table Head", 8.5, 0.5, 1, ACCENT, True),
        ):
            known = name in {each.name for each in styles}
            style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            if not known:
                style.base_style = styles["Normal"]
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = RGBColor.from_string(colour)
            style.font.name = FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for script in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{script}"), FONT)
                fonts.attrib.pop(qn(f"w:{script}Theme"), None)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.line_spacing = 1.0

    def _letterhead(self, of: Letterhead) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        lines = [
            (of.institution.upper(), 9.0 if of.long else 11.0, False),
            (of.unit, 11.0 if of.long else 14.0, True),
            *((each, 9.0, False) for each in of.address),
        ]
        last = None
        for text, size, bold in lines:
            if not text:
                continue
            last = self._paragraph("")
            last.alignment = WD_ALIGN_PARAGRAPH.CENTER
            last.paragraph_format.space_after = Pt(0)
            run = last.add_run(one_line(text))
            run.font.size, run.font.bold = Pt(size), bold
        if last is not None:
            last.paragraph_format.space_after = Pt(6)
            _border(last._p.get_or_add_pPr(), "w:pBdr", {"bottom": ("double", 6, ACCENT)}, space=3)

    def _footer(self) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT

        line = self.document.sections[0].footer.paragraphs[0]
        line.style = self.document.styles["Note"]
        for stop in tuple(line.paragraph_format.tab_stops):
            stop._tab.getparent().remove(stop._tab)
        line.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        _border(line._p.get_or_add_pPr(), "w:pBdr", {"top": ("single", 4, HAIR)}, space=4)
        line.add_run(f"{one_line(self.report.footer)}\t")
        before, _, rest = self.report.page_of.partition("{page}")
        between, _, after = rest.partition("{pages}")
        line.add_run(before)
        _field(line, "PAGE")
        line.add_run(between)
        _field(line, "NUMPAGES")
        line.add_run(after)

    def _paragraph(self, text: str, style: str = "Normal") -> WordParagraph:
        return self.document.add_paragraph(one_line(text), style=style)

    def _block(self, block: Block) -> None:

        match block:
            case Heading(text, level, new_page):
                self._paragraph(text, f"Heading {level}").paragraph_format.page_break_before = new_page
            case Passage(text, tone):
                self._paragraph(text, {Tone.LEAD: "Lead", Tone.NOTE: "Note", Tone.PLAIN: "Normal"}[tone])
            case Ladder():
                self._ladder(block)
            case Gauge():
                pass  # the figures stand in the table below
            case ReportTable():
                self._table(block)
            case FormLines():
                self._fields(block)
            case Numbered():
                self._numbered(block)
            case Signature():
                self._signature(block)
            case TeamSignatures():
                self._team(block)
            case _:
                assert_never(block)

    def _numbered(self, of: Numbered) -> None:
        """Set sentences whose numbers begin at 1, whatever was numbered before."""
        from docx.shared import Pt

        styled = self.document.styles["List Number"].element.pPr.numPr.numId.val
        numbering = self.document.part.numbering_part.numbering_definitions._numbering
        number = numbering.add_num(numbering.num_having_numId(styled).abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        for each in of.sentences:
            line = self._paragraph(each, "List Number")
            line.paragraph_format.space_after = Pt(6)
            line._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId

    def _ladder(self, of: Ladder) -> None:
        columns = 2 * len(of.steps) - 1  # a narrow one between two steps parts their rules
        [cells] = self._grid(1, [(1, 14)[number % 2 == 0] for number in range(columns)], gap=0)
        for cell, step in zip(cells[::2], of.steps, strict=True):
            colour = ACCENT if step.met else HAIR
            _border(cell._tc.get_or_add_tcPr(), "w:tcBorders", {"top": ("single", 18, colour)})
            cell.paragraphs[0].style = self.document.styles["Entry"]
            cell.paragraphs[0].add_run(one_line(step.name)).bold = True
            line = cell.add_paragraph(style="Entry")
            line.add_run(one_line(step.state)).bold = not step.met
            line.add_run(f", {one_line(step.note)}")

    def _table(self, of: ReportTable) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL

        head, *rows = self._grid(1 + len(of.rows), of.widths)
        _mark(head, "w:cantSplit", "w:tblHeader")
        for cell, column in zip(head, of.columns, strict=True):
            line = self._fill(cell, column.head, of, figures=column.figures)
            line._p.style = self._head_style
            cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
            _border(cell._tc.get_or_add_tcPr(), "w:tcBorders", {"bottom": ("single", 8, ACCENT)})
        for cells, written in zip(rows, of.rows, strict=True):
            self._row(cells, written, of)
        # The first two rows stay with the head, the last two together; of a table that is whole, all do.
        for cells in [head, *rows[:-1]] if of.whole else [head, *rows[:1], *rows[-2:-1]]:
            cells[0].paragraphs[0].paragraph_format.keep_with_next = True

    def _row(self, cells: list[Cell], written: Row, of: ReportTable) -> None:
        from docx.shared import Mm

        _mark(cells, "w:cantSplit")
        if written.kind is RowKind.GROUP:
            for cell in cells[1:]:
                cell._tc.getparent().remove(cell._tc)
            cells[0]._tc.grid_span, cells[0].width = len(cells), self.width
            cells = cells[:1]
        for number, (cell, part) in enumerate(zip(cells, written.cells, strict=True)):
            group = written.kind is RowKind.GROUP
            line = self._fill(
                cell, part.text, of, figures=of.columns[number].figures and not group, strong=part.strong,
                colour=ACCENT if group else "",
            )  # fmt: skip
            if part.lacks:
                line.add_run(part.lacks.replace("%", "\N{FIGURE SPACE}" * 2).translate(_PADDING))
            if group:
                line.paragraph_format.keep_with_next = True
            if number == 0 and written.indent:
                line.paragraph_format.left_indent = Mm(3.5 * written.indent)
            total = written.kind is RowKind.TOTAL
            borders = {"top": ("single", 8, ACCENT)} if total else {}
            bottom = ("single", 8, ACCENT) if total else ("single", 4, HAIR)
            _border(cell._tc.get_or_add_tcPr(), "w:tcBorders", {**borders, "bottom": bottom})

    def _fill(
        self, cell: Cell, text: str, of: ReportTable, *, figures: bool, strong: bool = False, colour: str = ""
    ) -> WordParagraph:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import RGBColor

        line: WordParagraph = cell.paragraphs[0]
        line._p.style = self._entry_styles[of.dense]
        if figures:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(one_line(text))
        if strong:
            run.bold = True
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        return line

    def _fields(self, of: FormLines) -> None:
        from docx.shared import Mm

        grid = self._grid(len(of.pairs), [5.3, 0.4, 10.9], gap=0)
        for cells, (name, value) in zip(grid, of.pairs, strict=True):
            cells[0].paragraphs[0].paragraph_format.left_indent = Mm(6)
            for cell, text in zip(cells, (name, ":", value), strict=True):
                cell.paragraphs[0].add_run(one_line(text))

    def _signature(self, of: Signature) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        self._keep_with_next()
        self._paragraph("").paragraph_format.keep_with_next = True
        [cells] = self._grid(1, [8.6, 8.0])
        _mark(cells, "w:cantSplit")
        left, right = cells
        left.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        for number, note in enumerate(of.note):
            line = left.paragraphs[0] if number == 0 else left.add_paragraph()
            line.style = self.document.styles["Note"]
            line.add_run(one_line(note))
        right.paragraphs[0].add_run(one_line(of.place_and_day))
        right.add_paragraph(one_line(of.position))
        space = right.add_paragraph(style="Note")
        if of.stamp:
            space.paragraph_format.left_indent, space.paragraph_format.right_indent = Mm(2), Mm(53)
            space.alignment = WD_ALIGN_PARAGRAPH.CENTER
            space.add_run().add_break()
            space.add_run(one_line(of.stamp)).add_break()
            sides = dict.fromkeys(("top", "left", "bottom", "right"), ("dotted", 4, SOFT))
            _border(space._p.get_or_add_pPr(), "w:pBdr", sides, space=4)
        space.paragraph_format.space_before = space.paragraph_format.space_after = Pt(16 if of.stamp else 20)
        right.add_paragraph().add_run(one_line(of.name)).bold = True
        right.add_paragraph(one_line(of.number)).paragraph_format.space_after = Pt(14 if of.stamp else 4)

    def _team(self, of: TeamSignatures) -> None:
        from docx.shared import Pt

        self._keep_with_next()
        self._paragraph(of.place_and_day).paragraph_format.keep_with_next = True
        grid = self._grid((len(of.signers) + 1) // 2, [1, 1])
        for cells in grid:
            _mark(cells, "w:cantSplit")
        few = len(of.signers) <= FEW_SIGNERS
        places = [cell for cells in grid for cell in cells]
        for cell, signer in zip(places, of.signers, strict=False):
            cell.paragraphs[0].add_run(one_line(signer.role))
            cell.paragraphs[0].paragraph_format.space_after = Pt(48)
            cell.add_paragraph().add_run(one_line(signer.name)).bold = True
            cell.add_paragraph(one_line(signer.number)).paragraph_format.space_after = Pt(14)
        for cell in places[:-2] if few else ():
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True

    def _keep_with_next(self) -> None:
        """Keep the last paragraph, or the last row of a table, with what follows."""
        from docx.oxml.ns import qn

        before = self.document.element.body[-2]  # the last is the set-up of the page
        last = before.tr_lst[-1] if before.tag == qn("w:tbl") else before
        for line in last.iter(qn("w:p")):
            line.get_or_add_pPr().get_or_add_keepNext()

    def _grid(self, rows: int, widths: Sequence[float], *, gap: int = 160) -> list[list[Cell]]:
        """Add a table without rules, as wide as the text, and return its cells by row; the gap is in 1/20 pt."""
        from docx.shared import Emu
        from docx.table import _Cell

        grid = self.document.add_table(rows, len(widths))
        grid.autofit = False
        total = sum(widths)
        lengths = [Emu(int(self.width * width / total)) for width in widths]
        for column, length in zip(grid.columns, lengths, strict=True):
            column.width = length
        _margins(grid._tbl.tblPr, "w:tblCellMar", ("w:tblLook",), left=0, right=gap)
        # The rows of python-docx look for their cells among all of the table, which takes seconds for a long one.
        cells = [[_Cell(cell, grid) for cell in row.tc_lst] for row in grid._tbl.tr_lst]
        for row in cells:
            for cell, length in zip(row, lengths, strict=True):
                cell.width = length
            _margins(row[-1]._tc.get_or_add_tcPr(), "w:tcMar", ("w:vAlign",), right=0)
        return cells


def _border(properties: Any, name: str, sides: dict[str, tuple[str, int, str]], *, space: int = 0) -> None:
    """Give a paragraph or cell rules at some sides, in eighths of a point."""
    from docx.oxml.ns import qn

    borders = properties.makeelement(qn(name), {})
    for side, (kind, size, colour) in sides.items():
        rule = {"val": kind, "sz": str(size), "space": str(space), "color": colour}
        borders.append(borders.makeelement(qn(f"w:{side}"), {qn(f"w:{key}"): value for key, value in rule.items()}))
    properties.insert_element_before(borders, *_BEHIND_BORDERS)


def _margins(properties: Any, name: str, behind: tuple[str, ...], **sides: int) -> None:
    """Give a table or cell margins at some sides, in 1/20 pt."""
    from docx.oxml.ns import qn

    margins = properties.makeelement(qn(name), {})
    for side, size in sides.items():
        margins.append(margins.makeelement(qn(f"w:{side}"), {qn("w:w"): str(size), qn("w:type"): "dxa"}))
    properties.insert_element_before(margins, *behind)


def _mark(cells: list[Cell], *names: str) -> None:
    """Give the row of some cells properties that are on by being there."""
    from docx.oxml.ns import qn

    properties = cells[0]._tc.getparent().get_or_add_trPr()
    for name in names:
        properties.append(properties.makeelement(qn(name), {}))


def _field(line: WordParagraph, instruction: str) -> None:
    """Add a field that Word fills in, as the number of the page."""
    from docx.oxml.ns import qn

    field = line._p.makeelement(qn("w:fldSimple"), {qn("w:instr"): instruction})
    line._p.append(field)
    run = field.makeelement(qn("w:r"), {})
    text = run.makeelement(qn("w:t"), {})
    text.text = "1"
    run.append(text)
    field.append(run)


def _dated(written: bytes, day: datetime.date) -> bytes:
    """Return a zip whose entries all have one day, so that the hour of writing is nowhere in it."""
    stamp = max(day, _FIRST_DAY)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.infolist():
            entry = zipfile.ZipInfo(each.filename, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(each.filename))
    return result.getvalue()
