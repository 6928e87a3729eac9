"""Reads the list of a roll-up: YAML, or csv with the same columns (contract: rollup, section 1).

An entry that cannot be used stays in the list with its fault, so that no unit is lost; only a list that cannot be read
at all is refused.
"""

from __future__ import annotations

import csv
import datetime
import io
import posixpath
import re
import urllib.parse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from pathlib import Path

from msgspec.structs import replace

from generator import folding
from generator.disk import file_content
from generator.exchange.registers.csv_files import decoded
from generator.languages import DEFAULT, LANGUAGES
from generator.messages.diagnostics import Diagnostic
from generator.messages.printable import printable
from generator.messages.refusals import N_, Refused
from generator.messages.source import Source, decode
from generator.model.addresses import FRONT, SUMS
from generator.model.paths import SETTINGS
from generator.model.text import Span
from generator.publishing.site_copies import scheme_of
from generator.reading import nodes
from generator.rollup.units import ListedUnit, UnitFault, UnitList, real_path

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
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of Excel begin, new and old."""


def read_list(file: Path, language: str = DEFAULT) -> UnitList:
    """Return the list in a file. Raises Refused where it is none, OSError."""
    content = file_content(file)
    if content.startswith(_WORKBOOKS):
        raise Refused(_("{file} is a workbook. Save the list as csv, and name that.").format(file=file.name))
    if file.suffix.casefold() == ".csv":
        found = UnitList(file, file.stem, tuple(map(_unchecked, _csv_units(file, content))), language=language)
    else:
        found = _yaml_list(file, content)
    if not found.units:
        raise Refused(_("{file} names no unit. Write each under units: with an id and a place.").format(file=file.name))
    if len(found.units) > MOST_UNITS:
        raise Refused(_("{file} names more than {count} units.").format(file=file.name, count=MOST_UNITS))
    numbered = tuple(replace(each, number=number) for number, each in enumerate(_spelt_alike(found.units), start=1))
    return replace(found, units=_apart(file.parent, numbered))


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
    _ensure_plain(file, values)
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
        signers=_signers(file, values, signers) if signers else None,
    )


def _ensure_plain(file: Path, values: _Values) -> None:
    """Raise Refused where a setting says nothing, or another thing than it seems to."""
    for key, line in values.strange:
        sentence = _("{file}, line {line}: the key {key} is not known. Known are: {known}.")
        raise Refused(sentence.format(file=file.name, line=line, key=printable(key), known=_known(_SETTINGS)))
    for key, line in values.twice:
        raise Refused(
            _("{file}, line {line}: the key {key} is there twice.").format(file=file.name, line=line, key=key)
        )
    for key in values.no_texts:
        if key != "units":
            sentence = _("{file}, line {line}: {key} is no text.")
            raise Refused(sentence.format(file=file.name, line=values.lines[key], key=key))
    for key in ("signers", "instrument"):  # without them something is not checked
        if key in values.nodes and not values.text(key):
            sentence = _("{file}, line {line}: {key} is empty. Write its value, or leave it out.")
            raise Refused(sentence.format(file=file.name, line=values.lines[key], key=key))


def _known(names: Mapping[str, str]) -> str:
    """Return the keys in both languages."""
    return ", ".join(key if key == alias else f"{key}/{alias}" for key, alias in names.items())


def _signers(file: Path, values: _Values, written: str) -> Path:
    signers = file.parent / written
    if not signers.is_file():
        sentence = _("{file}, line {line}: signers names {value}, and there is no such file.")
        raise Refused(sentence.format(file=file.name, line=values.lines["signers"], value=printable(written)))
    return signers


def _refused(found: Diagnostic) -> Refused:
    from generator.languages import selection

    spoken = selection.spoken() or DEFAULT
    line = f"{found.place.file}:{found.place.line or 1}"
    return Refused("; ".join(filter(None, (f"{line}: {found.message(spoken)}", found.hint(spoken)))))


class _Values:
    """The values of a mapping by the English names of their keys; `strange` are the keys that are not known."""

    def __init__(self, source: Source, mapping: nodes.Mapping, names: Mapping[str, str]) -> None:
        english = {name: key for key, alias in names.items() for name in (alias, key)}
        self.nodes: dict[str, nodes.Node] = {}
        self.lines: dict[str, int] = {}
        self.strange: list[tuple[str, int]] = []
        self.twice: list[tuple[str, int]] = []
        for written, value in mapping.entries:
            key, line = english.get(written.text.casefold()), source.place(written.span).line or 1
            if key is None:
                self.strange.append((written.text, line))
            elif key in self.nodes:
                self.twice.append((written.text, line))
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
    known = _known(COLUMNS)
    for key, _line in values.strange:
        near = folding.misspelt(key, {*COLUMNS, *COLUMNS.values()})
        meant = near[0] if near else ""
        if meant:
            return UnitFault(
                N_("its entry has the unknown key {key}; did you mean {meant}?"), _filled(key=key, meant=meant)
            )
        return UnitFault(N_("its entry has the unknown key {key}; known are {known}"), _filled(key=key, known=known))
    for key, _line in values.twice:
        return UnitFault(N_("its entry has the key {key} twice"), _filled(key=key))
    for key in values.no_texts:
        return UnitFault(N_("its {key} is no text"), _filled(key=key))
    return None


def _unchecked(unit: ListedUnit) -> ListedUnit:
    """Return a unit of a list without signers: a signature that must be there could not be checked."""
    fault = UnitFault(N_("it names a signer, but the list names no file of signers to check the signature with"))
    return replace(unit, fault=unit.fault or fault) if unit.signer else unit


# csv


_PREFACE = re.compile(r"(?:[ ;,\t]*\r?\n)*(?:sep=(?P<delimiter>.)[ ;,\t]*\r?\n(?:[ ;,\t]*\r?\n)*)?", re.IGNORECASE)
"""Empty lines, and the line by which Excel knows the delimiter."""


def _csv_units(file: Path, content: bytes) -> Iterator[ListedUnit]:
    text = decoded(content)
    preface = _PREFACE.match(text)
    before, found = (preface[0], preface["delimiter"]) if preface is not None else ("", None)
    text, skipped = text[len(before) :], before.count("\n")
    delimiter = found or max(";,\t", key=text.partition("\n")[0].count)
    # Strict: a quotation mark that is not closed would swallow the units after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = skipped + 1
    try:
        columns = _columns(file, next(reader, []), line)
        line = skipped + reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _csv_unit(columns, row, line)
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        sentence = _(
            "{file}, line {line}: the row that begins here cannot be read. Look for a quotation mark that is not "
            "closed; one within a text is written twice."
        )
        raise Refused(sentence.format(file=file.name, line=line)) from error


def _columns(file: Path, heading: list[str], line: int) -> list[str]:
    english = {name: key for key, alias in COLUMNS.items() for name in (alias, key)}
    names = [each.strip().casefold().replace(" ", "_") for each in heading]
    strange = next((name for name in names if name and name not in english), None)
    missing = next((key for key in ("id", "place") if key not in {english.get(name) for name in names}), None)
    twice = next((name for name, times in Counter(filter(None, names)).items() if times > 1), None)
    known = _known(COLUMNS)
    if strange is not None:
        sentence = _("{file}, line {line}: the column {name} is not known. Known are: {known}.")
        raise Refused(sentence.format(file=file.name, line=line, name=printable(strange), known=known))
    if missing is not None:
        sentence = _("{file}, line {line}: there is no column {name}. The columns are: {known}.")
        raise Refused(sentence.format(file=file.name, line=line, name=missing, known=known))
    if twice is not None:
        raise Refused(
            _("{file}, line {line}: the column {name} is there twice.").format(file=file.name, line=line, name=twice)
        )
    return [english.get(name, "") for name in names]


def _csv_unit(columns: list[str], row: list[str], line: int) -> ListedUnit:
    texts = {key: cell.strip() for key, cell in zip(columns, row, strict=False) if key}
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
        return _faulty(texts, line, UnitFault(N_("its row in the list has more cells than there are columns")))
    return _unit(texts, line)


# Units


def _unit(texts: Mapping[str, str], line: int) -> ListedUnit:
    identifier = texts.get("id", "")
    if not identifier:
        return _faulty(texts, line, UnitFault(N_("its entry in the list has no id")))
    if not _ID.fullmatch(identifier) or _RESERVED.fullmatch(identifier) or identifier.endswith("."):
        message = N_(
            "its id {id} cannot be used: write letters from a to z, digits, dots, dashes and underscores, and no name "
            "that Windows keeps for itself, such as nul"
        )
        return _faulty(texts, line, UnitFault(message, _filled(id=identifier)))
    if not texts.get("place"):
        return _faulty(
            texts, line, UnitFault(N_("its entry in the list has no place: an address, a folder or a bundle"))
        )
    return _listed(texts, line=line)


def _faulty(texts: Mapping[str, str], line: int, fault: UnitFault) -> ListedUnit:
    """Return a unit whose entry cannot be used, under an id that can be the name of a file.

    One that is made up has a sign that no id may have, so that it takes none from another unit.
    """
    written = texts.get("id", "")
    safe = written if _ID.fullmatch(written) and not _RESERVED.fullmatch(written) else ""
    return _listed({**texts, "id": safe or f"line~{line}"}, line=line, fault=fault)


def _listed(texts: Mapping[str, str], *, line: int, fault: UnitFault | None = None) -> ListedUnit:
    id_, unit, region, parent, person, target, place, signer = (texts.get(key, "") for key in COLUMNS)
    return ListedUnit(id_, place, unit, region, parent, person, target, signer, line, fault=fault)


def _filled(**values: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, printable(value)) for name, value in values.items())


def _spelt_alike(units: tuple[ListedUnit, ...]) -> Iterator[ListedUnit]:
    """Yield the units with their regions and parents as they are spelt first; capitals and blanks do not count."""
    regions: dict[str, str] = {}
    parents: dict[str, str] = {}
    for each in units:
        region, parent = " ".join(each.region.split()), " ".join(each.parent.split())
        yield replace(
            each,
            region=regions.setdefault(region.casefold(), region),
            parent=parents.setdefault(parent.casefold(), parent),
        )


def _apart(folder: Path, units: tuple[ListedUnit, ...]) -> tuple[ListedUnit, ...]:
    """Return the units; those that share an id, also one that differs in case alone, or a place have a fault."""
    id_ = N_("its id {id} is given to several units, in lines {lines}; give each its own")
    place = N_("its place is given to several units, in lines {lines}; give each its own")
    found = _shared(units, [each.id.casefold() for each in units], id_)
    return _shared(found, [_place(folder, each) for each in units], place)


def _shared(units: tuple[ListedUnit, ...], values: Sequence[str], message: str) -> tuple[ListedUnit, ...]:
    """Return the units; those without a fault whose value others have as well get one."""
    sharing: dict[str, list[int]] = {}
    for each, value in zip(units, values, strict=True):
        sharing.setdefault(value, []).append(each.line)

    def fault(unit: ListedUnit, lines: list[int]) -> UnitFault:
        return UnitFault(message, _filled(id=unit.id, lines=", ".join(map(str, dict.fromkeys(lines)))))

    return tuple(
        replace(each, fault=fault(each, sharing[value]))
        if value and each.fault is None and len(sharing[value]) > 1
        else each
        for each, value in zip(units, values, strict=True)
    )


def _place(folder: Path, unit: ListedUnit) -> str:
    """Return what is equal of two places that lead to the same; "" where an entry has none."""
    if not unit.place or unit.fault is not None:
        return ""
    if not scheme_of(unit.place):
        found = Path(real_path(folder, unit.place))
        return str(found.parent if found.name in _NAMING else found)
    try:
        address = urllib.parse.urlsplit(unit.place)
        host = f"{address.hostname}:{address.port or _PORTS.get(address.scheme, 0)}"
    except ValueError:  # no address: it is not read
        return unit.place
    path = posixpath.normpath(f"/{urllib.parse.unquote(address.path)}").lstrip("/")
    path = posixpath.dirname(path) if posixpath.basename(path) in _NAMING else path
    return f"{address.scheme}://{host}/{path}?{address.query}"


_PORTS = {"http": 80, "https": 443}
_NAMING = {FRONT, SUMS, SETTINGS}
"""Files by which the folder of a site or of a portfolio may be named."""
