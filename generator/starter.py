"""Writes starter files: a new portfolio that builds at once, and a new record in its place."""

from __future__ import annotations

import datetime
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import yaml

from generator import instrument_file, resources
from generator.diagnostics import Diagnostic, near
from generator.instrument import Area, Instrument, Item
from generator.portfolio import Portfolio
from generator.settings import DEFAULT_INSTRUMENT
from generator.source import decode
from generator.vocabulary import type_from_name


class Refused(Exception):
    """A record that cannot be written; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of a record that is to be written."""

    area: int | None
    title: str | None
    day: datetime.date | None
    items: tuple[str, ...]
    people: tuple[str, ...]
    documents: tuple[Path, ...]


def _shipped() -> Instrument:
    path = resources.instruments()[DEFAULT_INSTRUMENT]
    source = decode(path.name, path.read_bytes())
    assert not isinstance(source, Diagnostic)
    made, _problems = instrument_file.read(source)
    assert made is not None  # a test reads the shipped instrument without a problem
    return made


def predicates() -> tuple[str, ...]:
    """Return the predicates of the instrument a new portfolio begins with."""
    return tuple(predicate.id for predicate in _shipped().predicates)


def quoted(text: str) -> str:
    """Return text as YAML writes it on one line, in quotes where it needs them."""
    written: str = yaml.safe_dump(text, allow_unicode=True, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...").strip()


def portfolio(*, title: str, unit: str, institution: str, target: str, language: str) -> Mapping[str, str]:
    """Return the files of a new portfolio."""
    made = _shipped()
    settings = [f"title: {quoted(title)}", f"unit: {quoted(unit)}"]
    settings += [f"institution: {quoted(institution)}"] if institution else []
    settings += [f"instrument: {made.id}", f"target: {target or made.default_target().id}"]
    settings += [f"language: {language}", ""]
    files = {"portfolio.yaml": "\n".join(settings)}
    for area in made.areas:
        items = [item for item in made.items() if item.area == area.number]
        files[f"assessment/{area.folder}.md"] = _assessment(area.label.in_(language), items, language)
    rest = [item for item in made.items() if item.area is None]
    results = {"id": ("hasil", "Komponen hasil"), "en": ("results", "Results component")}[language]
    if rest:
        files[f"assessment/{results[0]}.md"] = _assessment(results[1], rest, language)
    profile = {
        "id": ("Profil satuan kerja", "Ceritakan tugas dan layanan satuan kerja Anda di sini."),
        "en": ("Profile of the unit", "Tell here what your unit does and whom it serves."),
    }[language]
    files["pages/profil.md"] = f"---\ntitle: {profile[0]}\n---\n{profile[1]}\n"
    return files


def _assessment(label: str, items: list[Item], language: str) -> str:
    lines = ["---", "answers:"]
    for item in items:
        lines += [f"  # {item.label.in_(language)}", f"  {item.id}:"]
    return "\n".join([*lines, "---", f"{label}.", ""])


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write a new portfolio's files; none that is there already is touched."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_text(text, encoding="utf-8", newline="\n")
    for area in _shipped().areas:
        (folder / "records" / area.folder).mkdir(parents=True, exist_ok=True)


def slug(title: str) -> str:
    """Return a title as part of a file's name: small letters and hyphens, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:60].strip("-") or "kegiatan"


def add_record(root: Path, of: Portfolio, wishes: Wishes, today: datetime.date) -> Path:
    """Write a record with its folder and evidence; return its path. Raises Refused where something is not there."""
    area = _area(of.instrument, wishes.area)
    items = {item.id: item for item in of.instrument.items()}
    for item in wishes.items:
        if item not in items:
            meant = near(item, items)
            hint = " " + _("Did you mean {name}?").format(name=meant) if meant else ""
            raise Refused(_("There is no item {name}.").format(name=item) + hint)
    title, day = (wishes.title or "").strip(), wishes.day or today
    if not title:
        raise Refused(_("A record needs a title: --title"))
    name = f"{day.isoformat()}-{slug(title)}"
    taken = {record.id.casefold() for record in of.records}
    folder = root / "records" / (_area_folder(root, area) if area is not None else "")
    number, identifier = 2, name
    while identifier.casefold() in taken or (folder / identifier).exists():
        identifier, number = f"{name}-{number}", number + 1
    home = folder / identifier
    home.mkdir(parents=True)
    documents = [_take_in(home, document) for document in wishes.documents]
    chosen = [items[item] for item in wishes.items]
    text = _record_text(of, title, day, chosen, wishes.people, documents)
    target = home / "index.md"
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def _area(of: Instrument, number: int | None) -> Area | None:
    if not of.areas:
        return None
    known = ", ".join(str(area.number) for area in of.areas)
    if number is None:
        raise Refused(_("A record needs an area: --area ({known})").format(known=known))
    area = next((each for each in of.areas if each.number == number), None)
    if area is None:
        raise Refused(_("There is no area {number}; there are {known}.").format(number=number, known=known))
    return area


def _area_folder(root: Path, area: Area) -> str:
    """Return the folder of an area as the portfolio has it, else as the instrument names it."""
    records = root / "records"
    existing = sorted(path.name for path in records.iterdir() if path.is_dir()) if records.is_dir() else []
    own = (name for name in existing if re.match(rf"0*{area.number}(?!\d)", name))
    return next(own, area.folder if re.match(r"\d", area.folder) else f"{area.number}-{area.folder}")


def _take_in(home: Path, document: Path) -> str:
    """Copy a document beside the record, never over another; return its name there."""
    target, number = home / document.name, 2
    while target.exists():
        target, number = home / f"{document.stem}-{number}{document.suffix}", number + 1
    shutil.copyfile(document, target)
    return target.name


def _record_text(
    of: Portfolio, title: str, day: datetime.date, items: list[Item], people: tuple[str, ...], documents: list[str]
) -> str:
    lines = ["---", f"title: {quoted(title)}", f"date: {day.isoformat()}"]
    lines += [f"items: [{', '.join(item.id for item in items)}]"]
    lines += [f"# {item.id}: {item.label.in_(of.language)}" for item in items]
    lines += [f"people: [{', '.join(quoted(person) for person in people)}]"] if people else []
    lines += ["status: draft" if not documents else "status: final"]
    lines += ["evidence:"] if documents else []
    for name in documents:
        type_ = type_from_name(name, of.instrument.document_types)
        lines += [f"  - file: {quoted(name)}"]
        lines += [] if type_ else ["    # type: …"]
    lines += ["---", _("What was done, by whom, with what result."), ""]
    return "\n".join(lines)
