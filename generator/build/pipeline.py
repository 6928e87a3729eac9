"""From a portfolio's folder to its readiness and all there is to tell about it: what each command begins with."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from generator import disk, resources
from generator.build import texts as renderings
from generator.build.inspections import Inspections
from generator.disk import Disk, Identity, is_below
from generator.incremental.memo import Memo
from generator.incremental.sandbox import Limits
from generator.incremental.store import Store
from generator.joining import assembly, copies, history
from generator.joining.assembly import Readings, RenderedReading
from generator.joining.copies import Copies
from generator.joining.evidence_files import FileFinder, Found, NotFound
from generator.joining.links import Files
from generator.joining.similar_paths import elsewhere
from generator.messages.diagnostics import Diagnostic, Place, Severity, has_errors, ordered
from generator.messages.source import MAX_SOURCE_BYTES, Source, decode
from generator.model.instrument import Instrument
from generator.model.portfolio import LastChange, Portfolio
from generator.readiness.scores import Readiness, assess
from generator.reading import assessment, findings, free_pages, instrument_file, records, settings
from generator.reading.records import RecordReading
from generator.reading.settings import HistoryDetail, Settings
from generator.reading.tree import DEFAULTS, SourceReader, Tree, kind_of
from generator.rules import checks
from generator.rules.consequences import without_consequences
from generator.rules.misplaced_files import unread_diagnostics
from generator.site.words import Words
from generator.typos.near_names import near

S = TypeVar("S")
T = TypeVar("T")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading a portfolio. Without settings or an instrument there is no portfolio."""

    root: Path
    language: str
    diagnostics: tuple[Diagnostic, ...]
    settings: Settings | None = None
    readiness: Readiness | None = None
    files: Files = field(default_factory=dict)
    other_files: tuple[str, ...] = ()
    texts: tuple[Source, ...] = ()
    inputs: Callable[[], Mapping[str, Identity | None]] = dict
    """Returns the paths on disk that all of this hangs on, as they were before they were read; until the next look.

    Also those where nothing was there. It returns none where that is not known, or where the same might come to
    something else.
    """

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


def read(
    root: Path,
    *,
    on: datetime.date,
    memo: Memo | None = None,
    only: Collection[str] | None = None,
    progress: Progress = silent,
    as_if: Callable[[Tree], Tree] | None = None,
    store: Store | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> Outcome:
    """Read and judge a portfolio as of a day. Raises OSError where the folder itself cannot be read.

    With a memo of earlier times only what has changed since is looked at again; `only` names the paths on disk that
    something is said of, where the rest need not even be compared. `as_if` may put other texts in the place of those
    on disk. The store remembers from one process to the next what is slow to make. `limits` are what a document
    may take to be looked into.
    """
    memo = memo or Memo()
    shelf = memo.get(("shelf", root), lambda: SourceReader(root, Disk()))
    shelf.disk.look(only)
    tree = shelf.tree() if as_if is None else as_if(shelf.tree())
    found_settings, language, problems = _settings(tree)
    if found_settings is None:
        # The settings decide what the rest means, but what is wrong with each file by itself can be told all the same.
        alone = _readings(tree, memo, progress).diagnostics()
        lying = unread_diagnostics(tree.unread, None, texts=(text.path for text in tree.texts), named=())
        lost = (each for each in lying if each.severity is Severity.ERROR)
        return Outcome(root, language, ordered((*tree.unreadable, *tree.misplaced, *lost, *problems, *alone)))
    for path in _beside(root, found_settings):
        shelf.disk.status(path)
    read_instrument, instrument_problems = _instrument(root, found_settings, memo)
    roots, root_problems = _roots(root, found_settings)
    readings, copied = copies.set_aside(_readings(tree, memo, progress), memo)
    used = _used_by_settings(found_settings)
    stray_texts = tuple(each for each in tree.misplaced if each.place.file not in used)
    told = (*tree.unreadable, *stray_texts, *copied.diagnostics)
    known = (*told, *problems, *instrument_problems, *root_problems, *readings.diagnostics())
    if read_instrument is None:
        return Outcome(root, language, ordered(known), found_settings)
    declared = tuple(name.text for name, _ in found_settings.evidence_roots)
    texts = _opened(readings, declared, memo, progress, store)
    finder = memo.get(
        ("finder", root, tuple(roots.items())),
        lambda: FileFinder(root, roots, Inspections(store, limits).inspect, shelf.disk),
    )
    found = finder.find_all(assembly.wanted_files(texts, memo), progress=partial(progress, "evidence"))
    portfolio, joining = assembly.assemble(
        found_settings,
        read_instrument,
        readings,
        texts,
        found,
        memo=memo,
        concealed=Words(language)("restricted document"),
        absent_roots=frozenset(declared) - set(roots),
        unreadable=(*(each.place.file for each in tree.unreadable), *copied.paths),
    )
    changes, silence = _changes(root, found_settings, portfolio, tree, memo)
    portfolio = replace(portfolio, changes=changes)
    other_files = _without_targets(tree.other_files, root, found, memo)
    unread = tuple(each for each in tree.unread if each.path.partition("/")[0] not in used)
    readiness, warnings = _judged(
        portfolio,
        replace(tree, other_files=other_files, unread=unread),
        readings,
        copied,
        settings=found_settings.source,
        on=on,
        memo=memo,
    )
    shown = (problem for text in texts for problem in text.diagnostics)
    every = (*known, *silence, *shown, *elsewhere(joining, tree.other_files), *warnings)
    diagnostics = ordered(without_consequences(every))
    named = memo.last("files by name", (found,), lambda: _by_every_name(found))
    refused = any(each.sentence.endswith("/unreadable") for each in diagnostics)
    # Git may be there the next time, and what the disk refused may be given.
    inputs = dict if tree.has_links or silence or refused else shelf.disk.known
    return Outcome(root, language, diagnostics, found_settings, readiness, named, tree.other_files, tree.texts, inputs)


def _beside(root: Path, found: Settings) -> tuple[str, ...]:
    """Return the paths that a portfolio hangs on beside its texts and evidence."""
    named = (root / found.instrument.value, *(root / name.text for name, _ in found.evidence_roots))
    roots = (root / path.value for _, path in found.evidence_roots)
    commits = () if found.history.value is HistoryDetail.NOTHING else history.inputs(root)
    return (*(os.path.abspath(path) for path in (*named, *roots)), *commits)


def _changes(
    root: Path, found: Settings, portfolio: Portfolio, tree: Tree, memo: Memo
) -> tuple[Mapping[str, LastChange], tuple[Diagnostic, ...]]:
    """Return the last change of each record that may be published, and why there is none where git says nothing."""
    if found.history.value is HistoryDetail.NOTHING:
        return {}, ()
    known = memo.last("history", (root, history.state(root)), lambda: history.read(root))
    silence = history.problem(known, found.source.place(found.history.span))
    every = zip(tree.texts, memo.each("last changes", tree.texts, known.of, context=known), strict=True)
    by_path = {source.path: change for source, change in every if change is not None}
    shown = {each.id: by_path[each.path] for each in portfolio.records if not each.restricted and each.path in by_path}
    if found.history.value is HistoryDetail.DAY:
        shown = {name: replace(change, author="") for name, change in shown.items()}
    return shown, () if silence is None else (silence,)


def _by_every_name(found: Files) -> Files:
    """Return the files by the names they were asked for, and by those they have on disk."""
    others = {
        each.reference: each
        for name, each in found.items()
        if isinstance(each, Found) and each.reference is not name and each.reference not in found
    }
    return {**found, **others} if others else found


def _without_targets(other_files: tuple[str, ...], root: Path, found: Files, memo: Memo) -> tuple[str, ...]:
    """Return the loose files without those that a link of the portfolio, named as evidence, leads to."""
    apart = set(filter(None, memo.each("files out of place", tuple(found.values()), _out_of_place)))
    if not apart:
        return other_files
    home = os.path.realpath(root)
    real = {os.path.relpath(path, home).replace(os.sep, "/") for path in apart if is_below(path, home)}
    return tuple(path for path in other_files if path not in real)


def _out_of_place(found: Found | NotFound) -> str | None:
    """Return where a file really lies; None where that is where it is named, for all that its path tells."""
    if isinstance(found, NotFound) or found.real.replace(os.sep, "/").endswith(f"/{found.reference.path}"):
        return None
    return found.real


def _judged(
    portfolio: Portfolio,
    tree: Tree,
    readings: Readings,
    copied: Copies,
    *,
    settings: Source,
    on: datetime.date,
    memo: Memo,
) -> tuple[Readiness, tuple[Diagnostic, ...]]:
    readiness = assess(portfolio, on=on, memo=memo)
    present = {record.path for record in portfolio.records}
    faulty = (reading for reading in readings.records if reading.source.path not in present)
    texts = {text.path: text for text in tree.texts}
    areas = {item.id: item.area for item in portfolio.instrument.items()}
    period, strip_location = portfolio.period, portfolio.strip_location
    by_record = memo.each(
        "records checked",
        portfolio.records,
        lambda record: checks.record_diagnostics(
            record, texts[record.path], period=period, strip_location=strip_location, on=on, areas=areas
        ),
        context=(period, strip_location, on, tuple(areas.items())),
    )
    summaries = memo.each("files named", portfolio.records, lambda record: checks.summary(record, texts[record.path]))
    found = checks.portfolio_diagnostics(
        readiness,
        texts,
        summaries,
        settings=settings,
        other_files=tree.other_files,
        unread=tree.unread,
        invalid_readings=(*faulty, *copied.records),
        unreadable=tuple(each.place.file for each in tree.unreadable),
        on=on,
    )
    return readiness, (*chain.from_iterable(by_record), *found)


def basis(root: Path) -> tuple[Settings | None, Instrument | None, tuple[Diagnostic, ...]]:
    """Read no more than the settings and the instrument, as far as they are sound. Raises OSError as the disk does."""
    source = decode(settings.FILE, disk.file_content(root / settings.FILE, MAX_SOURCE_BYTES + 1))
    if isinstance(source, Diagnostic):
        return None, None, (source,)
    found, _language, problems = settings.read(source)
    if found is None:
        return None, None, problems
    instrument, more = _instrument(root, found, Memo())
    return found, instrument, (*problems, *more)


def _settings(tree: Tree) -> tuple[Settings | None, str, tuple[Diagnostic, ...]]:
    if tree.settings is None:
        unreadable = any(each.place.file == settings.FILE for each in tree.unreadable)
        told = unreadable or any(each.code == "settings-invalid" for each in tree.misplaced)
        return None, "id", () if told else (settings.missing(),)
    return settings.read(tree.settings)


def _used_by_settings(found: Settings) -> Collection[str]:
    """Return the names next to the settings that these use, as a theme or evidence root: nothing is said of them."""
    named = (found.theme.value, found.instrument.value, *(path.value for _, path in found.evidence_roots))
    roots = {name.text for name, _ in found.evidence_roots}  # of a folder that has its name is told in the settings
    return roots | {os.path.normpath(path).replace("\\", "/").split("/")[0] for path in named}


def _instrument(root: Path, found: Settings, memo: Memo) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
    name = found.instrument.value
    shipped = resources.instruments()
    if name in shipped:
        path, shown = shipped[name], name
    else:
        path, shown = root / name, name
    try:
        content = disk.file_content(path, MAX_SOURCE_BYTES + 1)
    except disk.NoFile:
        return None, (Diagnostic.error("encoding-invalid", Place(shown), variant="special"),)
    except (OSError, ValueError):
        place = found.source.place(found.instrument.span)
        known = ", ".join(f"`{each}`" for each in shipped)
        suggestion = near(name, shipped)
        return None, (
            Diagnostic.error(
                "instrument-invalid", place, variant="not-found", suggestion=suggestion, name=name, known=known
            ),
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
        if _is_of_the_system(folder):
            place = found.source.place(path.span)
            problems.append(
                Diagnostic.error("settings-invalid", place, variant="root-system", name=name.text, path=path.value)
            )
            continue
        taken = (root / name.text).exists() and not folder.samefile(root / name.text) if folder.is_dir() else False
        if taken:  # its files would be published to where the portfolio's own folder of that name is
            place, example = found.source.place(name.span), _free_root_name(root, found)
            problems.append(
                Diagnostic.error("settings-invalid", place, variant="root-taken", name=name.text, example=example)
            )
        elif folder.is_dir():
            roots[name.text] = folder
        else:
            place = found.source.place(path.span)
            problems.append(
                Diagnostic.error("settings-invalid", place, variant="root-missing", name=name.text, path=path.value)
            )
    return roots, tuple(problems)


def _is_of_the_system(folder: Path) -> bool:
    """Whether a folder holds what the system shows of itself: what looks like a file there may never come to an end."""
    real = os.path.realpath(folder)
    return os.name == "posix" and any(is_below(real, each) for each in ("/proc", "/sys", "/dev"))


def _free_root_name(root: Path, found: Settings) -> str:
    """Return a name for an evidence root that neither another nor a folder of the portfolio has."""
    taken = {name.text.casefold() for name, _ in found.evidence_roots}
    names = chain(("scan",), (f"scan-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and not (root / name).exists())


def _by_kind(tree: Tree, memo: Memo) -> Mapping[str, tuple[Source, ...]]:
    """Return the texts by what they are."""
    found: dict[str, list[Source]] = {}
    for text, kind in zip(tree.texts, memo.each("kinds of texts", tree.texts, kind_of), strict=True):
        found.setdefault(kind, []).append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}


def _readings(tree: Tree, memo: Memo, progress: Progress) -> Readings:
    by_kind = memo.last("texts by kind", (tree.texts,), partial(_by_kind, tree, memo))

    def each(kind: str, reader: Callable[[Source], T]) -> tuple[T, ...]:
        sources = by_kind.get(kind, ())
        return tuple(memo.each(kind, sources, _counted(reader, partial(progress, kind), len(sources))))

    defaults = memo.each("defaults", by_kind.get(DEFAULTS, ()), records.read_defaults)
    by_folder = {one.folder: one for one in defaults}

    def read_record(source: Source) -> RecordReading:
        return records.read(
            source, [by_folder[above] for above in records.folders_above(source.path) if above in by_folder]
        )

    sources = by_kind.get("records", ())
    read_all = memo.each(
        "records",
        sources,
        _counted(read_record, partial(progress, "records"), len(sources)),
        world=(by_folder,),
        asks=lambda source: records.folders_above(source.path),
    )
    return Readings(
        tuple(read_all),
        each("assessment", assessment.read),
        each("findings", findings.read),
        each("pages", free_pages.read),
        tuple(defaults),
    )


def _opened(
    readings: Readings, roots: tuple[str, ...], memo: Memo, progress: Progress, store: Store | None
) -> Sequence[RenderedReading]:
    every = tuple(readings.every())
    render = partial(renderings.render_all, store=store, progress=partial(progress, "texts"))
    first = not memo.knows("texts")
    made = memo.every("texts", every, partial(assembly.render_readings, roots=roots, render=render), context=roots)
    if first and store is not None:  # texts of before are forgotten
        bodies = [each.divided.body_text for each in every if each.divided is not None]
        store.prune(renderings.keys(bodies), among=renderings.FOLDER)
    return made


def _counted(make: Callable[[S], T], progress: Callable[[int, int], None], of: int) -> Callable[[S], T]:
    """Return `make` with its progress told after each call."""
    done = count(1)

    def made(one: S) -> T:
        result = make(one)
        progress(next(done), of)
        return result

    return made
