"""What a sheet of a workbook of Excel says of its cells: formulas, rules on what they take (validations), locks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from generator import disk
from generator.evidence.xml import Attributes, parse
from generator.evidence.zips import Parts
from generator.exchange.xlsx import workbook_parts
from generator.exchange.xlsx.workbook import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS
from generator.exchange.xlsx.workbook_parts import PART_FAULTS, OoxmlParts, Position, position, ranges

Range = tuple[int, int, int, int]
"""First row and column, last row and column, counted from 0."""


class CellFormula(Struct, frozen=True):
    """A formula as it is written, and how many rows and columns its cell is from the one it is written for."""

    text: str
    rows: int = 0
    columns: int = 0


class Validation(Struct, frozen=True):
    """A rule on what cells take; `kind` and `operator` are the words of the format."""

    ranges: tuple[Range, ...]
    kind: str
    operator: str
    first: str
    second: str

    def origin(self) -> Position:
        """Return the cell that its formulas are written for."""
        return min(each[0] for each in self.ranges), min(each[1] for each in self.ranges)


class SheetRules(Struct, frozen=True):
    """The formulas, ranges that are computed at once, validations and names of one sheet, and which cells are locked.

    `unlocked` are the cells that can be typed into although the sheet is protected.
    """

    formulas: Mapping[Position, CellFormula]
    arrays: tuple[Range, ...]
    validations: tuple[Validation, ...]
    names: Mapping[str, str]
    protected: bool = False
    unlocked: frozenset[Position] = frozenset()

    def is_computed(self, cell: Position) -> bool:
        """Whether a cell holds a formula, or a part of the result of one."""
        return cell in self.formulas or any(_covers(each, cell) for each in self.arrays)

    def is_locked(self, cell: Position) -> bool:
        """Whether nobody can type into a cell."""
        return self.protected and cell not in self.unlocked

    def rules_on(self, cell: Position) -> tuple[Validation, ...]:
        """Return the validations of a cell."""
        return tuple(each for each in self.validations if any(_covers(area, cell) for area in each.ranges))


def _covers(area: Range, cell: Position) -> bool:
    top, left, bottom, right = area
    return top <= cell[0] <= bottom and left <= cell[1] <= right


def read(path: Path, *, sheet: str) -> SheetRules | None:
    """Return the rules of a sheet; None of a file that is no workbook of Excel in XML, or is damaged.

    To be called in a process with limits. Raises OSError where the disk refuses.
    """
    content = disk.file_content(path, MAX_FILE_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = Parts(archive)
            found = workbook_parts.ooxml_parts(parts)
            return None if found is None or sheet not in found.sheets else _read(parts, found, sheet)
    except PART_FAULTS:
        return None


def _read(parts: Parts, found: OoxmlParts, sheet: str) -> SheetRules:
    reader = _RulesReader()
    parse(parts.blocks(found.sheets[sheet]), element=reader.element, text=reader.text)
    unlocked: frozenset[Position] = frozenset()
    if reader.protected and found.styles is not None:
        free = _unlocked_styles(parts, found.styles)
        unlocked = frozenset(cell for cell, style in reader.styles.items() if style in free)
    return SheetRules(
        reader.all_formulas(),
        tuple(reader.arrays),
        reader.all_validations(),
        _names(parts, found, sheet),
        reader.protected,
        unlocked,
    )


class _WrittenRule(Struct):
    """A validation while it is read."""

    attributes: Attributes
    texts: dict[str, str] = field(default_factory=dict)


_OF_A_RULE = {"formula1", "formula2", "f", "sqref", "AlternateContent", "Choice", "Fallback", "list"}
"""The elements within a validation, in the form of the format and in that of its extension."""


class _RulesReader(Struct):
    """One pass over the XML of a sheet; where an element ends is not asked."""

    cell: Position | None = None
    target: str = ""
    formula: Attributes = field(default_factory=dict)
    texts: dict[Position, str] = field(default_factory=dict)
    shared: dict[Position, str] = field(default_factory=dict)
    masters: dict[str, Position] = field(default_factory=dict)
    arrays: list[Range] = field(default_factory=list)
    rules: list[_WrittenRule] = field(default_factory=list)
    rule: _WrittenRule | None = None
    protected: bool = False
    styles: dict[Position, str] = field(default_factory=dict)
    row: int = -1
    column: int = -1

    def element(self, name: str, attributes: Attributes) -> bool:
        self.target = ""
        if self.rule is not None and name in _OF_A_RULE:
            self.target = name if name != "f" else self.rule.texts.get("within", "")
            if name in {"formula1", "formula2"}:
                self.rule.texts["within"] = name
        elif name == "dataValidation":
            self.rule, self.cell = _WrittenRule(attributes), None
            self.rules.append(self.rule)
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 2)) - 1, -1
        elif name == "c":
            self._take_cell(attributes)
        elif name == "f" and self.cell is not None:
            self._take_formula(attributes, self.cell)
        elif name == "sheetProtection":
            self.protected = attributes.get("sheet") in {"1", "true"}
        elif name not in {"v", "is", "t", "r"}:
            self.rule = self.cell = None
        return False

    def _take_cell(self, attributes: Attributes) -> None:
        written = position(attributes.get("r", ""))
        self.row, self.column = written if written is not None else (self.row, self.column + 1)
        self.rule = None
        self.cell = (self.row, self.column) if self.row < MAX_ROWS and self.column < MAX_COLUMNS else None
        if self.cell is not None:
            self.styles[self.cell] = attributes.get("s", "0")

    def _take_formula(self, attributes: Attributes, cell: Position) -> None:
        self.texts[cell] = ""
        kind, number = attributes.get("t", ""), attributes.get("si", "")
        if kind == "shared":
            self.masters.setdefault(number, cell)
            self.shared[cell] = number
        if kind in {"array", "dataTable"}:
            self.arrays += ranges(attributes.get("ref", ""))
        else:
            self.target = "cell"

    def text(self, data: str) -> bool:
        if self.target == "cell" and self.cell is not None:
            self.texts[self.cell] += data
        elif self.target and self.rule is not None:
            self.rule.texts[self.target] = self.rule.texts.get(self.target, "") + data
        return False

    def all_formulas(self) -> Mapping[Position, CellFormula]:
        found = {}
        for cell, text in self.texts.items():
            master = self.masters.get(self.shared.get(cell, ""), cell)
            if text or master == cell:
                found[cell] = CellFormula(text)
            else:
                found[cell] = CellFormula(self.texts[master], cell[0] - master[0], cell[1] - master[1])
        return found

    def all_validations(self) -> tuple[Validation, ...]:
        found = []
        for each in self.rules:
            areas = tuple(ranges(each.attributes.get("sqref", "") or each.texts.get("sqref", "")))
            kind = each.attributes.get("type", "none")
            if areas and kind != "none":
                operator = each.attributes.get("operator", "between")
                first, second = (each.texts.get(name, "").strip() for name in ("formula1", "formula2"))
                found.append(Validation(areas, kind, operator, first, second))
        return tuple(found)


def _names(parts: Parts, found: OoxmlParts, sheet: str) -> Mapping[str, str]:
    """Return what the names mean that a sheet may use, in small letters; its own before those of the workbook."""
    place = str(list(found.sheets).index(sheet))
    everywhere: dict[str, str] = {}
    own: dict[str, str] = {}
    current: tuple[dict[str, str], str] | None = None

    def element(name: str, attributes: Attributes) -> bool:
        nonlocal current
        current = None
        if name == "definedName" and attributes.get("localSheetId", place) == place:
            target = own if "localSheetId" in attributes else everywhere
            current = target, attributes.get("name", "").casefold()
        return False

    def text(data: str) -> bool:
        if current is not None:
            target, name = current
            target[name] = target.get(name, "") + data
        return False

    parse(parts.blocks(found.main), element=element, text=text)
    return {**everywhere, **own}


def _unlocked_styles(parts: Parts, styles: str) -> frozenset[str]:
    """Return the numbers of the styles whose cells are not locked."""
    unlocked: set[str] = set()
    count, within = -1, False

    def element(name: str, attributes: Attributes) -> bool:
        nonlocal count, within
        if name == "cellXfs":
            within = True
        elif name in {"cellStyles", "dxfs", "tableStyles"}:
            within = False
        elif name == "xf" and within:
            count += 1
        elif name == "protection" and within and attributes.get("locked") in {"0", "false"}:
            unlocked.add(str(count))
        return False

    parse(parts.blocks(styles), element=element)
    return frozenset(unlocked)
