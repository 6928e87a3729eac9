"""What the parts of a workbook say beside its values: where cells lead to, and which hold a formula."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct, field

from generator.evidence import zips
from generator.evidence.xml import Attributes, XmlFault, parse
from generator.evidence.zips import ZIP_FAULTS, Parts

Position = tuple[int, int]
"""Row and column of a cell, counted from 0."""

PART_FAULTS = (*ZIP_FAULTS, *XmlFault)
"""What is raised over a file that no program opens."""

_WORKBOOK, _CONTENT, _MANIFEST = "xl/workbook.xml", "content.xml", "META-INF/manifest.xml"
_MOST_REPEATED = 1_000
"""A link or formula that a file says stands in more cells in a row is kept for so many of them."""


class SheetParts(Struct, frozen=True):
    """The addresses that a sheet's cells lead to, the cells with a formula, those with an error, and hidden columns."""

    links: Mapping[Position, str]
    formulas: frozenset[Position]
    errors: frozenset[Position] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip archive is a workbook of Excel or an OpenDocument table."""
    parts = Parts(archive)
    if _main(parts) is not None:
        return True
    return "mimetype" in parts and b"opendocument.spreadsheet" in parts.beginning("mimetype", 200)


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether a workbook asks for a password. Raises one of `PART_FAULTS`."""
    parts = Parts(archive)
    if zips.is_encrypted(archive):
        return True
    return _MANIFEST in parts and parse(
        parts.blocks(_MANIFEST), element=lambda name, _attributes: name == "encryption-data"
    )


def read(archive: zipfile.ZipFile) -> Mapping[str, SheetParts] | None:
    """Return what the parts say of each sheet, by its name; None where they are no XML. Raises one of `PART_FAULTS`."""
    parts = Parts(archive)
    main = _main(parts)
    if main is None:
        return _open_document(parts)
    if main.casefold().endswith(".bin"):
        return None
    return {name: _sheet(parts, part) for name, part in _sheets(parts, main).items()}


class OoxmlParts(Struct, frozen=True):
    """The main part of a workbook of Excel, those of its sheets by their names, in order, and that of its styles."""

    main: str
    sheets: Mapping[str, str]
    styles: str | None


def ooxml_parts(parts: Parts) -> OoxmlParts | None:
    """Return where a workbook of Excel has what; None of another file, and of one that is not XML (xlsb)."""
    main = _main(parts)
    if main is None or main.casefold().endswith(".bin"):
        return None
    styles = (each.target for each in _relationships(parts, main) if each.kind == "styles")
    return OoxmlParts(main, _sheets(parts, main), next((each for each in styles if each in parts), None))


def _sheets(parts: Parts, main: str) -> Mapping[str, str]:
    """Return the parts of the sheets with cells that a workbook lists, by the names of the sheets."""
    related = {each.id: each for each in _relationships(parts, main)}
    listed = {name: related[id_] for name, id_ in _listed_sheets(parts, main) if id_ in related}
    return {name: each.target for name, each in listed.items() if each.target in parts}


# Office Open XML


class _PartLink(Struct, frozen=True):
    """A relationship: its id and kind, and the part or address that it leads to."""

    id: str
    kind: str
    target: str
    external: bool


def _main(parts: Parts) -> str | None:
    """Return the main part of a workbook of Excel."""
    if _WORKBOOK in parts:
        return _WORKBOOK
    found = (each.target for each in _relationships(parts, "") if each.kind == "officeDocument")
    return next((each for each in found if each in parts and "workbook" in each.casefold()), None)


def _relationships(parts: Parts, of: str) -> Iterator[_PartLink]:
    folder, _, name = of.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in parts:
        return
    found: list[_PartLink] = []

    def element(name: str, attributes: Attributes) -> bool:
        if name == "Relationship":
            external = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
                target = target if target in parts else unquote(target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(_PartLink(attributes.get("Id", ""), kind, target, external))
        return False

    parse(parts.blocks(listed), element=element)
    yield from found


def _listed_sheets(parts: Parts, main: str) -> list[tuple[str, str]]:
    """Return the names of a workbook's sheets with the ids of their relationships."""
    found: list[tuple[str, str]] = []

    def element(name: str, attributes: Attributes) -> bool:
        if name == "sheet":
            id_ = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            found.append((attributes.get("name", ""), id_))
        return False

    parse(parts.blocks(main), element=element)
    return found


def _sheet(parts: Parts, part: str) -> SheetParts:
    targets = {each.id: each.target for each in _relationships(parts, part) if each.external}
    links: dict[Position, str] = {}
    formulas: set[Position] = set()
    errors: set[Position] = set()
    hidden: set[int] = set()
    written: list[str] = []
    cell: Position | None = None
    within = False

    def end_of_formula() -> None:
        nonlocal within
        if within and cell is not None and (address := _address_in_formula("".join(written))):
            links[cell] = address
        written.clear()
        within = False

    def element(name: str, attributes: Attributes) -> bool:
        nonlocal cell, within
        end_of_formula()
        if name == "c":
            cell = position(attributes.get("r", ""))
            if cell is not None and attributes.get("t") == "e":
                errors.add(cell)
        elif name == "f" and cell is not None:
            formulas.add(cell)
            within = True
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = (int(attributes.get(end, "1")) for end in ("min", "max"))
            hidden.update(range(first - 1, min(last, first + _MOST_REPEATED)))
        elif name == "hyperlink":
            id_ = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            for each in _positions(attributes.get("ref", "")) if id_ in targets else ():
                links[each] = targets[id_]
        return False

    def text(data: str) -> bool:
        if within:
            written.append(data)
        return False

    parse(parts.blocks(part), element=element, text=text)
    return SheetParts(links, frozenset(formulas), frozenset(errors), frozenset(hidden))


_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ADDRESS_IN_FORMULA = re.compile(r'HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


def _address_in_formula(formula: str) -> str | None:
    """Return the address that a formula leads to, as `HYPERLINK("https://…","SK Tim")` does."""
    found = _ADDRESS_IN_FORMULA.search(formula)
    return found[1] if found else None


def position(name: str) -> Position | None:
    """Return the row and column of a cell by its name, as `K8` or `$K$8`; None where that is none."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _positions(names: str) -> Iterator[Position]:
    """Yield the cells of a range as `Q8` or `Q8:Q10`, at most `_MOST_REPEATED`."""
    first, _, last = names.partition(":")
    start, end = position(first), position(last or first)
    if start is None or end is None:
        return
    count = 0
    for row in range(start[0], end[0] + 1):
        for column in range(start[1], end[1] + 1):
            count += 1
            if count > _MOST_REPEATED:
                return
            yield row, column


def ranges(names: str) -> list[tuple[int, int, int, int]]:
    """Return the ranges in a list as `K8 K12:K13`: first row and column, last row and column, counted from 0."""
    found = []
    for each in names.split():
        first, _, last = each.partition(":")
        start, end = position(first), position(last or first)
        if start is not None and end is not None:
            found.append((min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])))
    return found


# OpenDocument


_CELLS = {"table-cell", "covered-table-cell"}


class _OpenTables(Struct):
    """The tables of an OpenDocument while it is read: where the reader stands, and what it found."""

    row: int = 0
    column: int = 0
    height: int = 0
    width: int = 0
    links: dict[str, dict[Position, str]] = field(default_factory=dict)
    formulas: dict[str, set[Position]] = field(default_factory=dict)
    name: str = ""

    def element(self, name: str, attributes: Attributes) -> bool:
        """Take the next element; a row or cell may stand for several."""
        if name == "table":
            self.name = _attribute(attributes, "name")
            self.links[self.name], self.formulas[self.name] = {}, set()
            self.row = self.height = 0
        elif name == "table-row":
            self.row, self.height = self.row + self.height, _repeated(attributes, "number-rows-repeated")
            self.column = self.width = 0
        elif name in _CELLS and self.name:
            self.column += self.width
            self.width = _repeated(attributes, "number-columns-repeated")
            formula = _attribute(attributes, "formula")
            here = [(self.row, self.column + step) for step in range(min(self.width, _MOST_REPEATED))]
            self.formulas[self.name].update(here if formula else ())
            if address := _address_in_formula(formula):
                self.links[self.name].update(dict.fromkeys(here, address))
        elif name == "a" and self.name and (address := _attribute(attributes, "href")):
            self.links[self.name].setdefault((self.row, self.column), address)
        return False


def _open_document(parts: Parts) -> Mapping[str, SheetParts]:
    tables = _OpenTables()
    parse(parts.blocks(_CONTENT), element=tables.element)
    return {name: SheetParts(tables.links[name], frozenset(found)) for name, found in tables.formulas.items()}


def _repeated(attributes: Attributes, name: str) -> int:
    written = _attribute(attributes, name)
    return max(1, int(written)) if written.isdecimal() else 1


def _attribute(attributes: Attributes, name: str) -> str:
    """Return an attribute by its name without a prefix; "" where there is none."""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")
