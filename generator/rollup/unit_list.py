"""Reads the list of a roll-up: YAML, or csv with the same columns (contract: rollup, section 1).

An entry that cannot be used stays in the list with its fault, so that no unit is lost; only a list that cannot be read
at all is refused.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from pathlib import Path

from msgspec.structs import replace

from generator import folding
from generator.disk import file_content
from generator.languages import DEFAULT, LANGUAGES
from generator.messages.diagnostics import Diagnostic
from generator.messages.printable import printable
from generator.messages.refusals import N_, Refused
from generator.messages.source import Source, decode
from generator.model.text import Span
from generator.reading import nodes
from generator.rollup.units import ListedUnit, UnitFault, UnitList

COLUMNS: Mapping[str, str] = {
    "id": "id",
    "unit": "satuan_kerja",
    "region": "wilayah",
    "parent": "induk",
    "person": "penanggung_jawab",
    "target": "target",
    "place": "tempat",
    "signer": "penanda_tangan",
}
"""What a unit may have, with the Indonesian name of each; the columns of a csv."""
_SETTINGS: Mapping[str, str] = {
    "title": "judul",
    "deadline": "tenggat",
    "language": "bahasa",
    "instrument": "instrumen",
    "signers": "penanda_tangan",
    "units": "satuan_kerja",
}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names of devices, which Windows takes for no file."""
MOST_UNITS = 20_000


def read_list(file: Path, language: str = DEFAULT) -> UnitList:
    """Return the list in a file. Raises Refused where it is none, OSError."""
    content = file_content(file)
    if file.suffix.casefold() == ".csv":
        found = UnitList(file, file.stem, tuple(map(_unchecked, _csv_units(file, content))), language=language)
    else:
        found = _yaml_list(file, content)
    if not found.units:
        raise Refused(_("{file} names no unit. Write each under units: with an id and a place.").format(file=file.name))
    if len(found.units) > MOST_UNITS:
        raise Refused(_("{file} names more than {count} units.").format(file=file.name, count=MOST_UNITS))
    return replace(found, units=_without_twins(found.units))


# YAML


def _yaml_list(file: Path, content: bytes) -> UnitList:
    source = decode(file.name, content)
    if isinstance(source, Diagnostic):
        raise _refused(source)
    root = nodes.compose(source, Span(0, len(source.text)))
    if isinstance(root, Diagnostic):
        raise _refused(root)
    if not isinstance(root, nodes.Mapping):
        raise Refused(
            _("{file} is no list of units. Write: title, and units with their entries.").format(file=file.name)
        )
    values = _Values(source, root, _SETTINGS)
    for key, line in values.strange:
        sentence = _("{file}, line {line}: the key {key} is not known. Known are: {known}.")
        known = ", ".join(_SETTINGS)
        raise Refused(sentence.format(file=file.name, line=line, key=printable(key), known=known))
    units = values.nodes.get("units")
    entries = units.items if isinstance(units, nodes.Sequence) else ()
    signers = values.text("signers")
    listed = tuple(_yaml_unit(source, each) for each in entries)
    return UnitList(
        file=file,
        title=values.text("title") or file.stem,
        units=listed if signers else tuple(map(_unchecked, listed)),
        deadline=_deadline(file, values),
        language=_language(file, values),
        instrument=values.text("instrument"),
        signers=file.parent / signers if signers else None,
    )


def _refused(found: Diagnostic) -> Refused:
    from generator.languages import selection

    spoken = selection.spoken() or DEFAULT
    line = f"{found.place.file}:{found.place.line or 1}"
    return Refused(f"{line}: {found.message(spoken)} {found.hint(spoken)}".strip())


class _Values:
    """The values of a mapping by the English names of their keys; `strange` are the keys that are not known."""

    def __init__(self, source: Source, mapping: nodes.Mapping, names: Mapping[str, str]) -> None:
        english = {name: key for key, alias in names.items() for name in (alias, key)}
        self.nodes: dict[str, nodes.Node] = {}
        self.lines: dict[str, int] = {}
        self.strange: list[tuple[str, int]] = []
        self.twice: list[str] = []
        for written, value in mapping.entries:
            key, line = english.get(written.text.casefold()), source.place(written.span).line or 1
            if key is None:
                self.strange.append((written.text, line))
            elif key in self.nodes:
                self.twice.append(written.text)
            else:
                self.nodes[key], self.lines[key] = value, line

    def text(self, key: str) -> str:
        """Return the text of a key; "" where there is none, or a list or mapping instead."""
        node = self.nodes.get(key)
        return node.text.strip() if isinstance(node, nodes.Scalar) and not node.blank else ""

    @property
    def no_texts(self) -> Iterator[str]:
        """Yield the keys that have a list or mapping instead of a text."""
        return (key for key, node in self.nodes.items() if not isinstance(node, nodes.Scalar))


def _deadline(file: Path, values: _Values) -> datetime.date | None:
    written = values.text("deadline")
    if not written:
        return None
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:
        sentence = _("{file}, line {line}: {value} is not a day of the form YYYY-MM-DD.")
        where = {"file": file.name, "line": values.lines["deadline"]}
        raise Refused(sentence.format(**where, value=printable(written))) from error


def _language(file: Path, values: _Values) -> str:
    written = values.text("language") or DEFAULT
    if written not in LANGUAGES:
        sentence = _("{file}, line {line}: the language {value} is not known. Known are: {known}.")
        where = {"file": file.name, "line": values.lines["language"]}
        raise Refused(sentence.format(**where, value=printable(written), known=", ".join(LANGUAGES)))
    return written


def _yaml_unit(source: Source, node: nodes.Node) -> ListedUnit:
    line = source.place(node.span).line or 1
    if not isinstance(node, nodes.Mapping):
        text = node.text if isinstance(node, nodes.Scalar) else ""
        return _faulty({"id": text}, line, UnitFault(N_("its entry in the list has no keys, such as id and place")))
    values = _Values(source, node, COLUMNS)
    texts = {key: values.text(key) for key in COLUMNS}
    fault = _unreadable(values)
    return _faulty(texts, line, fault) if fault is not None else _unit(texts, line)


def _unreadable(values: _Values) -> UnitFault | None:
    known = ", ".join(COLUMNS)
    for key, _line in values.strange:
        near = folding.misspelt(key, COLUMNS)
        meant = near[0] if near else ""
        if meant:
            return UnitFault(
                N_("its entry has the unknown key {key}; did you mean {meant}?"), _filled(key=key, meant=meant)
            )
        return UnitFault(N_("its entry has the unknown key {key}; known are {known}"), _filled(key=key, known=known))
    for key in values.twice:
        return UnitFault(N_("its entry has the key {key} twice"), _filled(key=key))
    for key in values.no_texts:
        return UnitFault(N_("its {key} is no text"), _filled(key=key))
    return None


def _unchecked(unit: ListedUnit) -> ListedUnit:
    """Return a unit of a list without signers: a signature that must be there could not be checked."""
    fault = UnitFault(N_("it names a signer, but the list names no file of signers to check the signature with"))
    return replace(unit, fault=unit.fault or fault) if unit.signer else unit


# csv


def _csv_units(file: Path, content: bytes) -> Iterator[ListedUnit]:
    text = _decoded(content)
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heading = next(reader, [])
        columns = _columns(file, heading)
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _csv_unit(columns, row, line)
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = _("{file}, line {line}: this is no csv that can be read.")
        raise Refused(sentence.format(file=file.name, line=reader.line_num)) from error


def _columns(file: Path, heading: list[str]) -> list[str]:
    english = {name: key for key, alias in COLUMNS.items() for name in (alias, key)}
    names = [each.strip().casefold().replace(" ", "_") for each in heading]
    strange = next((name for name in names if name and name not in english), None)
    missing = next((key for key in ("id", "place") if key not in {english.get(name) for name in names}), None)
    twice = next((name for name, times in Counter(filter(None, names)).items() if times > 1), None)
    known = ", ".join(COLUMNS)
    if strange is not None:
        sentence = _("{file}, line 1: the column {name} is not known. Known are: {known}.")
        raise Refused(sentence.format(file=file.name, name=printable(strange), known=known))
    if missing is not None:
        sentence = _("{file}, line 1: there is no column {name}. The columns are: {known}.")
        raise Refused(sentence.format(file=file.name, name=missing, known=known))
    if twice is not None:
        raise Refused(_("{file}, line 1: the column {name} is there twice.").format(file=file.name, name=twice))
    return [english.get(name, "") for name in names]


def _csv_unit(columns: list[str], row: list[str], line: int) -> ListedUnit:
    texts = {key: cell.strip() for key, cell in zip(columns, row, strict=False) if key}
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        return _faulty(texts, line, UnitFault(N_("its row in the list has more cells than there are columns")))
    return _unit(texts, line)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


# Units


def _unit(texts: Mapping[str, str], line: int) -> ListedUnit:
    identifier = texts.get("id", "")
    if not identifier:
        return _faulty(texts, line, UnitFault(N_("its entry in the list has no id")))
    if not _ID.fullmatch(identifier) or _RESERVED.fullmatch(identifier) or identifier.endswith("."):
        message = N_("its id {id} cannot be the name of a file; use letters, digits, dots and dashes")
        return _faulty(texts, line, UnitFault(message, _filled(id=identifier)))
    if not texts.get("place"):
        return _faulty(
            texts, line, UnitFault(N_("its entry in the list has no place: an address, a folder or a bundle"))
        )
    return _listed(texts, line=line)


def _faulty(texts: Mapping[str, str], line: int, fault: UnitFault) -> ListedUnit:
    """Return a unit whose entry cannot be used, under an id that can be the name of a file."""
    written = texts.get("id", "")
    safe = written if _ID.fullmatch(written) and not _RESERVED.fullmatch(written) else ""
    return _listed({**texts, "id": safe or f"line-{line}"}, line=line, fault=fault)


def _listed(texts: Mapping[str, str], *, line: int, fault: UnitFault | None = None) -> ListedUnit:
    id_, unit, region, parent, person, target, place, signer = (texts.get(key, "") for key in COLUMNS)
    return ListedUnit(id_, place, unit, region, parent, person, target, signer, line, fault)


def _filled(**values: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, printable(value)) for name, value in values.items())


def _without_twins(units: tuple[ListedUnit, ...]) -> tuple[ListedUnit, ...]:
    """Return the units; those that share an id, also one that differs in case alone, have a fault."""
    lines: dict[str, list[int]] = {}
    for each in units:
        lines.setdefault(each.id.casefold(), []).append(each.line)
    message = N_("its id {id} is given to several units, in lines {lines}; give each its own")
    return tuple(
        each
        if len(shared := lines[each.id.casefold()]) == 1
        else replace(
            each, fault=each.fault or UnitFault(message, _filled(id=each.id, lines=", ".join(map(str, shared))))
        )
        for each in units
    )
