"""A workbook of Excel with some cells filled, as bytes; every part that need not change keeps its bytes.

What formulas gave is taken away in all sheets, and the workbook says that all is to be computed when it is opened.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from generator import disk
from generator.evidence import zips
from generator.evidence.zips import Parts
from generator.exchange.xlsx import sheet_xml, workbook_parts, zip_members
from generator.exchange.xlsx.sheet_xml import CellContent, Element, Tracker, cut, decoded, encoded, insertion, prefix
from generator.exchange.xlsx.workbook import MAX_FILE_BYTES
from generator.exchange.xlsx.workbook_parts import PART_FAULTS, Position


def fill_file(path: Path, *, sheet: str, cells: Mapping[Position, CellContent]) -> bytes | None:
    """Return the workbook in a file with cells of a sheet filled; None of one that is damaged.

    To be called in a process with limits. Raises OSError where the disk refuses.
    """
    content = disk.file_content(path, MAX_FILE_BYTES)
    try:
        return fill(content, sheet, cells)
    except PART_FAULTS:
        return None


def fill(content: bytes, sheet: str, cells: Mapping[Position, CellContent]) -> bytes:
    """Return a workbook with cells of a sheet filled: text stays text, numbers stay numbers, styles stay.

    Filling the result once more gives the same bytes. Raises one of `PART_FAULTS` over a file that is no sound workbook
    of Excel in XML.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if zips.is_encrypted(archive):
            raise ValueError("encrypted")
        parts = Parts(archive)
        found = workbook_parts.ooxml_parts(parts)
        if found is None or sheet not in found.sheets:
            raise ValueError(sheet)
        read = {part: b"".join(parts.blocks(part)) for part in (found.main, *found.sheets.values())}
        names = {part: parts.name(part) for part in read}
    new = {part: sheet_xml.filled(read[part], cells if name == sheet else {}) for name, part in found.sheets.items()}
    new[found.main] = computed_on_load(read[found.main])
    changed = {names[part]: xml for part, xml in new.items() if xml != read[part]}
    return zip_members.replace(content, changed) if changed else content


_BEFORE = {
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
}  # fmt: skip
"""The elements of a workbook that come before `calcPr` (ECMA-376, CT_Workbook)."""


def computed_on_load(xml: bytes) -> bytes:
    """Return the main part of a workbook that says, once, that all is to be computed when it is opened."""
    text, encoding = decoded(xml)
    places = _CalculationReader(text)
    places.run()
    if places.calculation is not None:
        start, end = places.calculation.start, places.calculation.tag_end
        tag = text[start:end]
        if places.on_load:
            return xml
        new = sheet_xml.with_attribute(tag, b"fullCalcOnLoad", b"1")
        return encoded(text[:start] + new + text[end:], encoding)
    mark = prefix(text, places.root)
    return encoded(cut(text, [insertion(places.behind, b"<" + mark + b'calcPr fullCalcOnLoad="1"/>')]), encoding)


class _CalculationReader(Tracker):
    """Finds where a workbook says how it is computed, or the place where that belongs."""

    def __init__(self, text: bytes) -> None:
        super().__init__(text)
        self.root = self.behind = 0
        self.calculation: Element | None = None
        self.on_load = False

    def started(self, name: str, attributes: Mapping[str, str], element: Element) -> None:
        """Take the element that says how the workbook is computed, and the root."""
        if not self.open:
            self.root, self.behind = element.start, element.tag_end
        elif name == "calcPr" and len(self.open) == 1:
            self.calculation = element
            self.on_load = attributes.get("fullCalcOnLoad") in {"1", "true"}

    def ended(self, name: str, element: Element) -> None:
        """Move the place for that element behind one that comes before it."""
        if name in _BEFORE and len(self.open) == 1:
            self.behind = element.end
