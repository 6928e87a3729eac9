"""A new portfolio that builds at once: its settings, its files, and writing them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator import folding, resources
from generator.authoring import safe_names, yaml_text
from generator.editor import repository, workspace
from generator.languages import language_meant
from generator.languages.words import Words
from generator.messages.diagnostics import Diagnostic
from generator.messages.refusals import Refused, errors_naming
from generator.messages.source import Source, decode
from generator.model.instrument import Instrument, Item, Predicate
from generator.model.portfolio import Period
from generator.model.yaml_text import quoted_if_needed
from generator.reading import instrument_file, settings
from generator.reading.fields import Key
from generator.reading.settings import DEFAULT_INSTRUMENT


class PortfolioSettings(Struct, frozen=True):
    """The settings of a new portfolio."""

    title: str
    unit: str
    institution: str
    target: str
    period: Period
    language: str


class InitOptions(Struct, frozen=True):
    """The settings of a new portfolio that were given as options; None where one was not."""

    title: str | None = None
    unit: str | None = None
    institution: str | None = None
    target: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    language: str | None = None


def complete(given: InitOptions, *, language: str) -> PortfolioSettings:
    """Return a new portfolio with a default for what was not given. Raises Refused."""
    chosen = given.language or language
    unit = given.unit or unnamed(chosen)
    return PortfolioSettings(
        title=given.title or title_for(unit, chosen),
        unit=unit,
        institution=given.institution or "",
        target=given.target or shipped().default_target().id,
        period=period(given.start, given.end),
        language=chosen,
    )


def unnamed(language: str) -> str:
    """Return what stands for the unit's name where none was given, so that the portfolio can be built at once."""
    return Words(language)("Name of the work unit")


def title_for(unit: str, language: str) -> str:
    """Return the title that a portfolio of a unit has unless it is given another."""
    words = Words(language)
    return words("Zona Integritas portfolio of {unit}", unit=unit)


@cache
def shipped() -> Instrument:
    """Return the instrument that a new portfolio begins with."""
    path = resources.instruments()[DEFAULT_INSTRUMENT]
    source = decode(path.name, path.read_bytes())
    assert not isinstance(source, Diagnostic)
    instrument, _problems = instrument_file.read(source)
    assert instrument is not None  # a test reads the shipped instrument without a problem
    return instrument


def target_named(written: str, predicates: Sequence[Predicate]) -> Predicate:
    """Return the predicate that was named by its id, its number in the list, or its label. Raises Refused."""
    word = folding.folded(written)
    for number, each in enumerate(predicates, start=1):
        if word in {
            str(number),
            folding.folded(each.id),
            folding.folded(each.label.id),
            folding.folded(each.label.en),
        }:
            return each
    known = ", ".join(each.id for each in predicates)
    raise Refused(_("There is no predicate {target}; there are {known}.").format(target=written.strip(), known=known))


def language_named(written: str) -> str:
    """Return the language that was named. Raises Refused."""
    if (meant := language_meant(written)) is None:
        raise Refused(_("Write id or en."))
    return meant


def free_folder(written: str) -> Path:
    """Return the folder that was named, where no portfolio is yet. Raises Refused."""
    folder = Path(os.path.expanduser(folding.straight(written)))  # noqa: PTH111 - Path refuses a `~` that is nobody's
    if (folder / settings.FILE).exists():
        raise Refused(_("{folder} already holds a portfolio.").format(folder=folder))
    around = next((each for each in folder.absolute().parents if (each / settings.FILE).is_file()), None)
    if around is not None:  # its texts would be read as texts of that portfolio, and reported as misplaced
        raise Refused(_("{folder} lies within the portfolio {portfolio}.").format(folder=folder, portfolio=around))
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if there.exists() and not there.is_dir():
        raise Refused(_("{folder} is a file. Name a folder.").format(folder=there))
    return folder


def period(start: datetime.date | None, end: datetime.date | None) -> Period:
    """Return the period between two days. Raises Refused where it would end before it begins."""
    if start is not None and end is not None and end < start:
        raise Refused(
            _("The period would end on {end}, before it begins on {start}.").format(
                end=end.isoformat(), start=start.isoformat()
            )
        )
    return Period(start, end)


def files(chosen: PortfolioSettings) -> Mapping[str, str]:
    """Return the files of a new portfolio; the settings, which make it one, come last."""
    instrument, language = shipped(), chosen.language
    found = {}
    for area in instrument.areas:
        items = [item for item in instrument.items() if item.area == area.number]
        found[f"assessment/{area.folder}.md"] = _assessment(area.label.in_(language), items, language)
    rest = [item for item in instrument.items() if item.area is None]
    results = {"id": ("hasil", "Komponen hasil"), "en": ("results", "Results component")}[language]
    if rest:
        found[f"assessment/{results[0]}.md"] = _assessment(results[1], rest, language)
    profile = {
        "id": ("judul", "Profil satuan kerja", "Ceritakan tugas dan layanan satuan kerja Anda di sini."),
        "en": ("title", "Profile of the unit", "Tell here what your unit does and whom it serves."),
    }[language]
    found["pages/profil.md"] = f"---\n{profile[0]}: {profile[1]}\n---\n{profile[2]}\n"
    found[settings.FILE] = _settings(chosen, instrument)
    _ensure_readable(found[settings.FILE])
    return found


def _settings(chosen: PortfolioSettings, instrument: Instrument) -> str:
    def line(key: Key[Any], value: str) -> str:
        return yaml_text.line(key, value, chosen.language)

    words = Words(chosen.language)
    fill_in = f"  # {words('fill in the name of your unit')}" if chosen.unit == unnamed(chosen.language) else ""
    lines = [
        line(settings.TITLE, quoted_if_needed(chosen.title)),
        f"{line(settings.UNIT, quoted_if_needed(chosen.unit))}{fill_in}",
    ]
    lines += [line(settings.INSTITUTION, quoted_if_needed(chosen.institution))] if chosen.institution else []
    lines += [line(settings.INSTRUMENT, instrument.id), line(settings.TARGET, chosen.target)]
    ends = ((settings.FROM, chosen.period.start), (settings.TO, chosen.period.end))
    ends_written = ", ".join(line(key, day.isoformat()) for key, day in ends if day is not None)
    lines += [line(settings.PERIOD, f"{{{ends_written}}}")] if ends_written else []
    return "\n".join([*lines, line(settings.LANGUAGE, chosen.language), ""])


def _ensure_readable(written: str) -> None:
    """Raise Refused where settings would not be read without a problem."""
    found, language, problems = settings.read(Source(settings.FILE, written))
    if found is None or problems:
        raise Refused("; ".join(each.message(language) for each in problems))


def _assessment(label: str, items: list[Item], language: str) -> str:
    lines = ["---", {"id": "jawaban:", "en": "answers:"}[language]]
    for item in items:
        lines += [f"  # {item.label.in_(language)}", f"  {item.id}:"]
    return "\n".join([*lines, "---", f"{label}.", ""])


class CreatedPortfolio(Struct, frozen=True):
    """The files of a new portfolio: those written, those that existed and were kept, and how many were written in all.

    The count includes the files for VS Code.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    count: int


def create(folder: Path, chosen: PortfolioSettings) -> CreatedPortfolio:
    """Write a new portfolio with what git and VS Code need. Raises Refused before anything is written, else OSError."""
    texts = {".gitignore": repository.ignored(""), **files(chosen)}
    written = write(folder, texts)
    kept = tuple(path for path in texts if path not in written)
    return CreatedPortfolio(written, kept, len(written) + len(workspace.set_up(folder).written))


def write(folder: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write a new portfolio's files and return those written; existing files are left alone.

    Whatever goes wrong, what was written is deleted again. Raises OSError as the disk does.
    """
    written: list[str] = []
    created: list[Path] = []
    try:
        for area in shipped().areas:
            _make_folder(folder / "records" / area.folder, created)
        for path, content in files.items():
            _make_folder((folder / path).parent, created)
            try:
                with errors_naming(folder / path), (folder / path).open("x", encoding="utf-8", newline="\n") as new:
                    written.append(path)
                    new.write(content)
            except FileExistsError:
                continue
    except BaseException:  # Ctrl-C too
        for path in written:
            (folder / path).unlink(missing_ok=True)
        for each in reversed(created):
            with suppress(OSError):  # somebody has put something there since
                each.rmdir()
        raise
    return tuple(written)


def _make_folder(folder: Path, created: list[Path]) -> None:
    """Create a folder and its missing parents, and add each to `created`, the uppermost first."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir()
            created.append(each)


def folder_named(unit: str) -> str:
    """Return the name of a folder for the portfolio of a unit."""
    return safe_names.slug(f"portofolio {unit}")
