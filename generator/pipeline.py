"""From a portfolio's folder to its readiness and all there is to tell about it: what each command begins with."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator import (
    assembly,
    assessment,
    checks,
    files,
    freepages,
    instrument_file,
    markup,
    records,
    resources,
    settings,
)
from generator.assembly import Readings
from generator.diagnostics import Diagnostic, diagnostic, has_errors, near, ordered
from generator.evidence import Inspection
from generator.files import Found, Tree
from generator.instrument import Instrument
from generator.markup import Rendered, TextTooDeep
from generator.portfolio import Portfolio
from generator.readiness import Readiness, assess
from generator.settings import Settings
from generator.source import Source, decode
from generator.texts import Bodies, Files, render_bodies

T = TypeVar("T")
Progress = Callable[[str, int, int], None]


class Memo:
    """Remembers the results of slow steps by their inputs; what a run did not ask for is forgotten after it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}
        self._used: dict[Hashable, object] = {}
        self.inspected: dict[tuple[str, int, int, int], Inspection] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result kept for `key`, or make and keep it."""
        if key in self._used:
            return self._used[key]  # type: ignore[return-value]  # a key is always asked with the same maker
        value = self._kept[key] if key in self._kept else make()
        self._used[key] = value
        return value  # type: ignore[return-value]

    def turn(self) -> None:
        """Forget what was not asked for since the last turn."""
        self._kept, self._used = self._used, {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a portfolio. Without settings or an instrument there is no portfolio."""

    root: Path
    language: str
    diagnostics: tuple[Diagnostic, ...]
    settings: Settings | None = None
    readiness: Readiness | None = None
    files: Files = field(default_factory=dict)
    loose: tuple[str, ...] = ()
    texts: tuple[Source, ...] = ()

    def source(self, path: str) -> Source:
        """Return the text at a path of the portfolio."""
        return next(each for each in self.texts if each.path == path)

    @property
    def portfolio(self) -> Portfolio | None:
        """The portfolio, as far as it could be read."""
        return self.readiness.portfolio if self.readiness is not None else None

    @property
    def failed(self) -> bool:
        """Whether something stops a build."""
        return self.readiness is None or has_errors(self.diagnostics)


def silent(stage: str, done: int, of: int) -> None:
    """Tell nobody how far it is."""


def read(root: Path, *, on: datetime.date, memo: Memo | None = None, progress: Progress = silent) -> Outcome:
    """Read and judge a portfolio as of a day. Raises OSError where the folder itself cannot be read."""
    memo = memo or Memo()
    tree = files.read_tree(
        root, decoded=lambda path, content: memo.get(("text", path, content), partial(decode, path, content))
    )
    found_settings, language, problems = _settings(tree)
    if found_settings is None:
        # The settings decide what the rest means, but what is wrong with each file by itself can be told all the same.
        alone = _readings(tree, memo, progress).diagnostics()
        return Outcome(root, language, ordered((*tree.unreadable, *problems, *alone)))
    read_instrument, instrument_problems = _instrument(root, found_settings, memo)
    roots, root_problems = _roots(root, found_settings)
    readings = _readings(tree, memo, progress)
    known = (*tree.unreadable, *problems, *instrument_problems, *root_problems, *readings.diagnostics())
    if read_instrument is None:
        return Outcome(root, language, ordered(known), found_settings)
    bodies = _bodies(readings, memo, progress)
    finder = files.Finder(root, roots, memo.inspected)
    declared = tuple(name.text for name, _ in found_settings.evidence_roots)
    wanted = assembly.wanted_files(readings, bodies, declared)
    found = finder.find_all(wanted, progress=partial(progress, "evidence"))
    portfolio, joining = assembly.assemble(
        found_settings,
        read_instrument,
        readings,
        bodies,
        found,
        absent_roots=frozenset(declared) - set(roots),
        unreadable=tuple(each.place.file for each in tree.unreadable),
    )
    readiness, warnings = _judged(portfolio, _without_targets(tree, root, found), readings, on)
    diagnostics = ordered(told_once((*known, *bodies.diagnostics, *joining, *warnings)))
    # A file is known by the name it was asked for and by the one it has on disk.
    actual = {each.reference: each for each in found.values() if isinstance(each, Found)}
    return Outcome(root, language, diagnostics, found_settings, readiness, {**found, **actual}, tree.loose, tree.texts)


def _without_targets(tree: Tree, root: Path, found: Files) -> Tree:
    """Return the tree without the loose files that a link of the portfolio, named as evidence, leads to."""
    home = os.path.realpath(root)
    real = {os.path.relpath(each.real, home).replace(os.sep, "/") for each in found.values() if isinstance(each, Found)}
    return replace(tree, loose=tuple(path for path in tree.loose if path not in real))


def _judged(
    portfolio: Portfolio, tree: Tree, readings: Readings, on: datetime.date
) -> tuple[Readiness, tuple[Diagnostic, ...]]:
    readiness = assess(portfolio, on=on)
    present = {record.path for record in portfolio.records}
    unsound = tuple(reading for reading in readings.records if reading.source.path not in present)
    unreadable = tuple(each.place.file for each in tree.unreadable)
    found = checks.check(readiness, tree.texts, loose=tree.loose, unsound=unsound, unreadable=unreadable, on=on)
    return readiness, found


def _settings(tree: Tree) -> tuple[Settings | None, str, tuple[Diagnostic, ...]]:
    if tree.settings is None:
        unreadable = any(each.place.file == settings.FILE for each in tree.unreadable)
        return None, "id", () if unreadable else (settings.missing(),)
    return settings.read(tree.settings)


def _instrument(root: Path, found: Settings, memo: Memo) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
    name = found.instrument.value
    shipped = resources.instruments()
    if name in shipped:
        path, shown = shipped[name], name
    else:
        path, shown = root / name, name
    try:
        content = path.read_bytes()
    except (OSError, ValueError):
        place = found.source.place(found.instrument.span)
        known = ", ".join(f"`{each}`" for each in shipped)
        suggestion = near(name, shipped)
        return None, (
            diagnostic("instrument-invalid", place, variant="not-found", suggestion=suggestion, name=name, known=known),
        )
    source = decode(shown, content)
    if isinstance(source, Diagnostic):
        return None, (source,)
    return memo.get(("instrument", source), partial(instrument_file.read, source))


def _roots(root: Path, found: Settings) -> tuple[Mapping[str, Path], tuple[Diagnostic, ...]]:
    roots: dict[str, Path] = {}
    problems = []
    for name, path in found.evidence_roots:
        folder = root / path.value
        taken = (root / name.text).exists() and not folder.samefile(root / name.text) if folder.is_dir() else False
        if taken:  # its files would be published to where the portfolio's own folder of that name is
            problems.append(
                diagnostic("settings-invalid", found.source.place(name.span), variant="root-name", name=name.text)
            )
        elif folder.is_dir():
            roots[name.text] = folder
        else:
            place = found.source.place(path.span)
            problems.append(
                diagnostic("settings-invalid", place, variant="root-missing", name=name.text, path=path.value)
            )
    return roots, tuple(problems)


def _readings(tree: Tree, memo: Memo, progress: Progress) -> Readings:
    def each(kind: str, sources: tuple[Source, ...], reader: Callable[[Source], T]) -> tuple[T, ...]:
        made = []
        for number, source in enumerate(sources, start=1):
            made.append(memo.get((kind, source), partial(reader, source)))
            progress(kind, number, len(sources))
        return tuple(made)

    return Readings(
        each("records", tree.folder("records"), records.read),
        each("assessment", tree.folder("assessment"), assessment.read_assessment),
        each("findings", tree.folder("findings"), assessment.read_finding),
        each("pages", tree.folder("pages"), freepages.read),
    )


def _bodies(readings: Readings, memo: Memo, progress: Progress) -> Bodies:
    every = readings.divided()
    done = 0

    def html_of(text: str) -> Rendered | TextTooDeep:
        nonlocal done
        done += 1
        progress("texts", done, len(every))
        return memo.get(("html", text), partial(_render, text))

    return render_bodies(every, html_of)


def _render(text: str) -> Rendered | TextTooDeep:
    try:
        return markup.render(text)
    except TextTooDeep as error:
        return error


def told_once(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Drop what follows from another mistake: a file that was probably meant by a slip is not also unreferenced."""
    meant: set[str] = set()
    folders: set[str] = set()
    for each in found:
        if each.code in {"evidence-missing", "link-broken"} and each.suggestion:
            meant.add(each.suggestion.strip('"').split("/")[-1])
        if each.code == "evidence-missing":
            written = dict(each.values)["file"].replace("\\", "/").strip("/")
            (folders if each.sentence.endswith("/folder") else meant).add(written.split("/")[-1])
    return tuple(each for each in found if each.code != "evidence-unreferenced" or not _meant(each, meant, folders))


def _meant(unreferenced: Diagnostic, names: set[str], folders: set[str]) -> bool:
    *above, name = unreferenced.place.file.split("/")
    return name in names or any(folder in folders for folder in above)
