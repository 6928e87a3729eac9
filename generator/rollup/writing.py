"""Writes a roll-up's site into a folder, whole or not at all; what has the same key as in the last run is kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from generator import resources
from generator.build.page_keys import program_digest
from generator.disk import file_content
from generator.model.addresses import ASSETS, ROLLUP, ROLLUP_FOLDER
from generator.output import folder_checks
from generator.output.folder_checks import OutputRefused
from generator.output.staging import Manifest, Staging, Written, staging
from generator.output.whole_files import write_whole
from generator.publishing.site_copies import scheme_of
from generator.reading.settings import DEFAULT_THEME
from generator.rollup.history import MonthRow, Movement
from generator.rollup.rollup import Rollup
from generator.rollup.rollup_json import rollup_json
from generator.rollup.site import RollupData, RollupPage, RollupPlan, RollupTable
from generator.rollup.state import RollupState
from generator.rollup.tables import TABLE_ENDINGS, table_file
from generator.rollup.units import UnitList, UnitResult, real_path
from generator.rollup.views.rollup_site import RollupSite
from generator.rollup.views.unit_data import data_file
from generator.site import theme
from generator.site.theme import Renderer, Theme

Progress = Callable[[str, int, int], None]

_SHARED_ASSETS = ("icon.svg", "site.js", "style.css")
"""The assets that the pages share with those of a portfolio."""


def write_site(
    out: Path,
    rollup: Rollup,
    state: RollupState,
    movement: Movement | None,
    months: Sequence[MonthRow] | None,
    *,
    progress: Progress,
) -> int:
    """Write the site of a roll-up, and return the number of its files.

    What was written is noted in the state folder, so that the next run renders only what has changed. Raises
    OutputRefused where `ensure_allowed` does; OSError.
    """
    ensure_allowed(out, state, rollup.listed)
    plan = RollupPlan(rollup, movement, months)
    chosen = theme.load(resources.themes() / DEFAULT_THEME, None, shown=DEFAULT_THEME)
    noted = _Noted(state, out)
    with staging(out, noted.manifest()) as stage:
        writer = _Writer(plan, Renderer(chosen, plan.site.language), stage)
        writer.write_pages(progress)
        for data in plan.data():
            writer.write_data(data)
        for table in plan.tables():
            writer.write_table(table)
        for path, content in _assets(chosen).items():
            stage.write(path, content)
        stage.write(ROLLUP, rollup_json(rollup))
        files = stage.finish()
    noted.keep(stage.written)
    return files


def ensure_allowed(out: Path, state: RollupState, listed: UnitList) -> None:
    """Raise OutputRefused where `out` is, holds or lies in a place of the list or the state folder, or is not ours.

    Also where the state folder lies in such a place: the unit could not publish its site any more.
    """
    written = sorted({each.place for each in listed.units if each.place and not scheme_of(each.place)})
    places = [(each, real_path(listed.file.parent, each)) for each in written]
    real, kept = Path(os.path.realpath(out)), Path(os.path.realpath(state.folder))
    around, around_state = ({os.fspath(each) for each in (path, *path.parents)} for path in (real, kept))
    for place, own in ((os.fspath(state.folder), os.fspath(kept)), *places):
        if own in around or own.startswith(os.path.join(real, "")):
            raise OutputRefused("read", str(out), unit=place)
    for place, own in places:
        if own in around_state:
            raise OutputRefused("read", str(state.folder), unit=place)
    folder_checks.ensure_rollup(out)


def _assets(chosen: Theme) -> dict[str, bytes]:
    names = [*_SHARED_ASSETS, *(name for name in chosen.assets if name.startswith(ROLLUP_FOLDER))]
    return {f"{ASSETS}/{name}": chosen.assets[name] for name in names}


class _Writer:
    """Writes pages and files to a stage, unless the last run wrote them from the same."""

    def __init__(self, plan: RollupPlan, renderer: Renderer, stage: Staging) -> None:
        self._plan, self._renderer, self._stage = plan, renderer, stage
        self._keys = _RollupKeys(plan.site)

    def write_pages(self, progress: Progress) -> None:
        """Write every page, one at a time."""
        pages, template = list(self._plan.pages()), ""
        for done, page in enumerate(pages, start=1):
            key = self._keys.of_page(page, self._renderer)
            if not self._stage.keep(page.path, key):
                if page.template != template:
                    self._renderer.forget()
                    template = page.template
                view = page.view(self._plan.site, self._plan.frames)
                self._stage.write(page.path, self._renderer.render(page.template, view), key)
            progress("pages", done, len(pages))

    def write_data(self, data: RollupData) -> None:
        """Write a script with data of the filters."""
        key = self._keys.of_file(data.path, data.arguments)
        if not self._stage.keep(data.path, key):
            self._stage.write(data.path, data_file(self._plan.site, *data.arguments), key)

    def write_table(self, table: RollupTable) -> None:
        """Write the files of a table, of which the rows are computed once."""
        site, key = self._plan.site, self._keys.of_file(table.path, (table.table_of, *table.arguments))
        endings = [each for each in TABLE_ENDINGS if not self._stage.keep(f"{table.path}{each}", key)]
        if endings:
            computed = table.table_of(site, *table.arguments)
            rows = tuple(computed.rows())
            computed = replace(computed, rows=lambda: iter(rows))
            for ending in endings:
                self._stage.write(f"{table.path}{ending}", table_file(ending, site, computed), key)


class _RollupKeys:
    """Keys of pages and files: digests of the program, of the template, and of the arguments.

    The figures of a unit are represented by the digest of its readiness.json, which they are read from.
    """

    def __init__(self, site: RollupSite) -> None:
        self._encoder = msgspec.msgpack.Encoder(enc_hook=_encoded)
        self._program = program_digest().encode()
        self._site = self._digest(_facts(site))
        self._known: dict[int, bytes] = {}

    def of_page(self, page: RollupPage, renderer: Renderer) -> str:
        """Return the key of a page."""
        return self._key(page.path, renderer.digest(page.template), page.arguments)

    def of_file(self, path: str, arguments: tuple[Any, ...]) -> str:
        """Return the key of a file besides the pages."""
        return self._key(path, "", arguments)

    def _key(self, path: str, renders: str, arguments: Iterable[Any]) -> str:
        parts = [self._program, self._site, path.encode(), renders.encode(), *map(self._part, arguments)]
        return hashlib.sha256(b"".join([len(each).to_bytes(8, "big") + each for each in parts])).hexdigest()

    def _part(self, argument: Any) -> bytes:
        if isinstance(argument, UnitResult):
            return self._unit(argument)
        if isinstance(argument, tuple) and argument and isinstance(argument[0], UnitResult):
            return b"".join(map(self._unit, argument))
        if callable(argument):
            return str(argument.__qualname__).encode()
        return self._encoder.encode(argument)

    def _unit(self, result: UnitResult) -> bytes:
        if id(result) not in self._known:
            received = result.received
            figures = None if received is None else (received.digest, received.signed)
            self._known[id(result)] = self._digest((result.listed, result.fault, result.remarks, figures))
        return self._known[id(result)]

    def _digest(self, value: object) -> bytes:
        return hashlib.sha256(self._encoder.encode(value)).digest()


def _facts(site: RollupSite) -> tuple[object, ...]:
    """Return the values that a site is equal by; an instrument that ships is part of the program."""
    instrument = site.instrument
    own = (instrument.id, [each.number for each in instrument.areas], [each.id for each in instrument.tree])
    return (own, *(getattr(site, name) for name in site.__struct_fields__ if name != "instrument"))


def _encoded(value: object) -> object:
    """Return a value that msgspec does not know in a form that it does. Raises NotImplementedError."""
    if isinstance(value, Fraction | Path):
        return str(value)
    raise NotImplementedError(type(value))


class _Noted:
    """What the last run wrote into a folder, in a file of the state folder."""

    def __init__(self, state: RollupState, out: Path) -> None:
        name = hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:16]
        self._file = state.folder / f"written-{name}.msgpack"

    def manifest(self) -> Manifest:
        """Return the files by their paths; nothing where that is not known."""
        try:
            return msgspec.msgpack.decode(file_content(self._file), type=dict[str, Written])
        except (OSError, msgspec.DecodeError):
            return {}

    def keep(self, written: Manifest) -> None:
        """Note the files. Raises OSError."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._file, msgspec.msgpack.encode(written))
