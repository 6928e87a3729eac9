"""Reads and judges a portfolio again and again: each run computes only what has changed since the last one."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from generator.build import configuration, judging
from generator.build.inspections import Inspections
from generator.build.outcome import Outcome, Progress, silent
from generator.disk import Disk, Identity, is_below
from generator.incremental import build_stamp, workers
from generator.incremental.steps import Steps
from generator.incremental.store import Store, place
from generator.joining import assembly, copies, history, prerequisites
from generator.joining.assembly import Resolvers
from generator.joining.confidentiality import Confidential, confidential
from generator.joining.copies import Copies
from generator.joining.evidence_files import FileFinder, Found, NotFound
from generator.joining.links import Files
from generator.joining.publications import without_restricted
from generator.joining.readings import Given, Readings, RenderedReading, read_text, wanted_files, with_source
from generator.joining.record_joining import JoinedRecord, join_record, link_targets
from generator.joining.similar_paths import elsewhere
from generator.languages.words import Words
from generator.limits import Limits
from generator.messages.diagnostics import Diagnostic, Severity, ordered
from generator.model.instrument import Instrument
from generator.model.portfolio import LastChange, Portfolio, Record
from generator.reading import instrument_file, publications, records
from generator.reading.assessment import AssessmentReading
from generator.reading.findings import FindingReading
from generator.reading.free_pages import PageReading
from generator.reading.records import RecordReading
from generator.reading.settings import HistoryDetail, Settings
from generator.reading.tree import DEFAULTS, SourceReader, Tree, kind_of
from generator.rules.consequences import without_consequences
from generator.rules.misplaced_files import unread_diagnostics

T = TypeVar("T")

_KEPT = (
    "defaults", "texts", "records joined", "records without names",
    "acceptance", "records checked", "record summaries", "last changes", "digests", "personal data",
)  # fmt: skip
"""The steps whose results are kept for the next process: those that take longer to compute than to read."""
_LAST_RUN = "last run"
_MOST_BYTES = 64 * 1024**2
"""What the last run kept is loaded for a single run unless it is larger: its values take six times as much memory."""
_COUNTED = ("texts", "digests")
_MANY = 300
"""Texts that other processes are begun for before it is known how long they take."""
_WORTH = 50
"""The results are written again when more than one in so many of its texts or pages was computed."""


class _LastRun(NamedTuple):
    """What the last run kept: the folder that it read, with all that it knew of the disk, and the results of steps."""

    root: str
    reader: SourceReader
    finder: FileFinder | None
    steps: Steps


class _Inputs(NamedTuple):
    """A portfolio that was read and is not yet joined; `roots` are the declared evidence roots that exist."""

    settings: Settings
    instrument: Instrument
    tree: Tree
    readings: Readings
    texts: tuple[RenderedReading, ...]
    copied: Copies
    roots: Mapping[str, Path]

    @property
    def root_names(self) -> tuple[str, ...]:
        """The names of all declared evidence roots."""
        return tuple(name.text for name, _ in self.settings.evidence_roots)


class _Joined(NamedTuple):
    """A portfolio that was joined and is not yet judged, with what was found so far; its readings are let go.

    `invalid` are the records that could not be read whole; `silence` is the warning that there is no history.
    """

    settings: Settings
    language: str
    portfolio: Portfolio
    tree: Tree
    files: Files
    changes: Mapping[str, LastChange]
    silence: tuple[Diagnostic, ...]
    invalid: tuple[RecordReading, ...]
    known: tuple[Diagnostic, ...]


class Project:
    """One portfolio: reads and judges it, again and again; without `again` once, and holds less in memory.

    With a store, slow results are kept from one process to the next. `limits` are what one document may take to be
    inspected.
    """

    def __init__(
        self,
        root: Path,
        store: Store | None = None,
        limits: Limits = Limits(),  # noqa: B008 - a frozen value
        *,
        again: bool = True,
    ) -> None:
        self.root, self.store, self.limits, self._again = root, store, limits, again
        self.steps = Steps(again=again)
        self._reader, self._finder = SourceReader(root, Disk()), None
        most = None if again else _MOST_BYTES
        kept = None if store is None else store.load(_LAST_RUN, build_stamp.program(), most=most)
        if isinstance(kept, _LastRun):
            self.steps.adopt(kept.steps)
            if kept.root == os.fspath(root.absolute()):  # else it was moved
                self._reader, self._finder = kept.reader, kept.finder

    @classmethod
    def stored(cls, root: Path, limits: Limits = Limits(), *, again: bool = True) -> Project:  # noqa: B008 - frozen
        """Return a portfolio with the user's own store for it; `close` it."""
        root = Path(os.path.realpath(root))  # one name, under which all commands remember it
        return cls(root, Store(place(root)), limits, again=again)

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        if self.store is not None:
            self.store.close()

    def keep(self) -> None:
        """Keep the results for the next process, unless nearly all are kept already."""
        counts = map(self.steps.counts, _COUNTED)
        if self.store is None or all(computed * _WORTH <= size for computed, size in counts):
            return
        kept = _LastRun(os.fspath(self.root.absolute()), self._reader, self._finder, self.steps.part(_KEPT))
        self.store.save(_LAST_RUN, build_stamp.program(), kept)
        self.steps.reset_counts()

    def inputs(self) -> Mapping[str, Identity | None]:
        """Return the paths that the last outcome depends on, missing ones too, with their identities before reading."""
        return self._reader.disk.identities()

    # Reading

    def read(
        self,
        *,
        on: datetime.date,
        only: Collection[str] | None = None,
        progress: Progress = silent,
        as_if: Callable[[Tree], Tree] | None = None,
    ) -> Outcome:
        """Read and judge the portfolio as of a day. Raises OSError where the folder itself cannot be read.

        `only` names the paths on disk that may have changed, if others need not be compared. `as_if` may replace texts.
        """
        self._reader.disk.refresh(only)
        tree = self._reader.tree() if as_if is None else as_if(self._reader.tree())
        if "texts" not in self.steps and len(tree.texts) > _MANY:
            workers.pool().prepare(_read_in_worker)
        joined = self._joined_portfolio(tree, progress)
        return joined if isinstance(joined, Outcome) else self._judged(joined, on)

    def _joined_portfolio(self, tree: Tree, progress: Progress) -> _Joined | Outcome:
        """Return the portfolio joined from its texts; the outcome where it has no settings or no instrument."""
        settings, language, problems = configuration.settings_of(tree)
        roots = () if settings is None else tuple(name.text for name, _ in settings.evidence_roots)
        defaults, texts = self._texts(tree, roots, progress)
        all_readings = self._readings(tree, defaults, texts.values())
        if settings is None:
            return self._without_settings(tree, language, (*problems, *all_readings.diagnostics()))
        for path in configuration.paths_beside(self.root, settings):
            self._reader.disk.status(path)
        instrument, instrument_problems = self._instrument(settings)
        folders, root_problems = configuration.evidence_roots(self.root, settings)
        readings, copied = copies.set_aside(all_readings)
        tree = _without_used(tree, configuration.names_used(settings))
        known = (
            *tree.unreadable, *tree.misplaced, *copied.diagnostics, *problems, *instrument_problems, *root_problems,
            *readings.diagnostics(),
        )  # fmt: skip
        if instrument is None:
            return Outcome(self.root, language, ordered(known), settings)
        rendered = tuple(texts[each.source.path] for each in readings.every())
        inputs = _Inputs(settings, instrument, tree, readings, rendered, copied, folders)
        return self._joined_inputs(inputs, language, known, progress)

    def _joined_inputs(
        self, inputs: _Inputs, language: str, known: Iterable[Diagnostic], progress: Progress
    ) -> _Joined:
        """Return the portfolio joined from what was read, with the diagnostics that are `known` already."""
        settings = inputs.settings
        files = self._files(settings, inputs.texts, inputs.roots, progress)
        portfolio, joining = self._assembled(inputs, files)
        tree = replace(inputs.tree, other_files=_without_targets(inputs.tree.other_files, self.root, files))
        changes, silence = self._changes(settings, portfolio, tree)
        present = {record.path for record in portfolio.records}
        faulty = (reading for reading in inputs.readings.records if reading.source.path not in present)
        found = (
            *known,
            *silence,
            *(problem for each in inputs.texts for problem in each.diagnostics),
            *elsewhere(joining, tree.other_files),
        )
        invalid = (*faulty, *inputs.copied.records)
        return _Joined(settings, language, portfolio, tree, files, changes, silence, invalid, found)

    def _judged(self, joined: _Joined, on: datetime.date) -> Outcome:
        tree, readiness = joined.tree, judging.judge(self.steps, joined.portfolio, on)
        found = judging.check(self.steps, readiness, joined.settings, tree, joined.invalid, on)
        shown = ordered(without_consequences((*joined.known, *found)))
        refused = any(each.sentence.endswith("/unreadable") for each in shown)
        # Next time git may be installed, or the disk may allow what it refused.
        repeatable = not (tree.has_links or joined.silence or refused)
        named = self.steps.once("files by name", (joined.files,), _by_every_name)
        return Outcome(
            self.root,
            joined.language,
            shown,
            joined.settings,
            readiness,
            named,
            tree.other_files,
            tree.texts,
            joined.changes,
            repeatable,
        )

    def _without_settings(self, tree: Tree, language: str, known: Iterable[Diagnostic]) -> Outcome:
        """Return what can be reported without settings, on which all else depends."""
        unread = unread_diagnostics(tree.unread, None, texts=[text.path for text in tree.texts], used=frozenset())
        lost = (each for each in unread if each.severity is Severity.ERROR)
        return Outcome(self.root, language, ordered((*tree.unreadable, *tree.misplaced, *lost, *known)))

    def _instrument(self, settings: Settings) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
        sources = configuration.instrument_sources(self.root, settings, self._reader.disk.status)
        if isinstance(sources, Diagnostic):
            return None, (sources,)
        return self.steps.once("instrument", (sources[0], sources[1:]), instrument_file.read)

    def _texts(
        self, tree: Tree, roots: tuple[str, ...], progress: Progress
    ) -> tuple[tuple[records.Defaults, ...], Mapping[str, RenderedReading]]:
        """Return what folders say for the records below them, and the texts by path, read and rendered."""
        sources = {text.path: text for text in tree.texts}
        below = {path: text for path, text in sources.items() if kind_of(text) == DEFAULTS}
        by_folder = {one.folder: one for one in self.steps.map("defaults", below, records.read_defaults).values()}

        def above(path: str) -> tuple[records.Defaults, ...]:
            folders = records.folders_above(path) if by_folder and path.startswith("records/") else ()
            return tuple(by_folder[folder] for folder in folders if folder in by_folder)

        given = {path: (text, above(path)) for path, text in sources.items() if path not in below}
        read = partial(_read_all, roots=roots, progress=partial(progress, "texts"))
        return tuple(by_folder.values()), self.steps.map_all("texts", given, read, common=roots)

    def _readings(
        self, tree: Tree, defaults: tuple[records.Defaults, ...], texts: Iterable[RenderedReading]
    ) -> Readings:
        every = [each.reading for each in texts]

        def of(kind: type[T]) -> tuple[T, ...]:
            return tuple(each for each in every if isinstance(each, kind))

        return Readings(
            of(RecordReading),
            of(AssessmentReading),
            of(FindingReading),
            of(PageReading),
            defaults,
            self.steps.once("publications", (tree.publications,), publications.read),
        )

    # Joining

    def _files(
        self,
        settings: Settings,
        rendered: Sequence[RenderedReading],
        roots: Mapping[str, Path],
        progress: Progress,
    ) -> Files:
        if self._finder is None or self._finder.roots != roots:
            self._finder = FileFinder(self.root, roots, Inspections(None).inspect, self._reader.disk)
        self._finder.inspect = Inspections(self.store, self.limits).inspect
        wanted = self.steps.once("wanted files", (rendered, prerequisites.files_named(settings)), wanted_files)
        found = self._finder.find_all(wanted, progress=partial(progress, "evidence"))
        self._finder.inspect = Inspections(None).inspect  # the inspections of the last run are large
        if not self._again:
            self._reader, self._finder = SourceReader(self.root, Disk()), None
        return found

    def _assembled(self, inputs: _Inputs, files: Files) -> tuple[Portfolio, tuple[Diagnostic, ...]]:
        settings, instrument, tree, readings, rendered, copied, roots = inputs
        absent = frozenset(inputs.root_names) - set(roots)
        resolvers = assembly.resolvers(settings, instrument, readings, rendered, files, absent)
        joined = self._joined(rendered[: len(readings.records)], resolvers)
        concealed = Words(settings.language)("restricted document")
        hidden = confidential(readings.records, files, inputs.root_names, concealed)
        sound = [each.record for each in joined if each.record is not None]
        unreadable = (*(each.place.file for each in tree.unreadable), *copied.paths)
        portfolio, problems = assembly.assemble(
            settings,
            instrument,
            readings,
            self._without_names(sound, hidden),
            resolvers,
            hidden,
            publications=self.steps.once(
                "publications shown", (readings.publications.publications, hidden), without_restricted
            ),
            unreadable=unreadable,
        )
        return portfolio, (*chain.from_iterable(each.diagnostics for each in joined), *problems)

    def _joined(self, rendered: Sequence[RenderedReading], found: Resolvers) -> Collection[JoinedRecord]:
        links, evidence = found.links, found.evidence
        # Of the instrument a record depends on names, and a diagnostic the labels of types: other parts may change.
        common = (evidence.vocabulary, evidence.areas, links.roots, links.absent_roots, links.strip_location)
        texts = {each.path: each for each in rendered}
        targets = self.steps.map(
            "link targets", texts, partial(link_targets, targets=links.targets), common=links.targets
        )
        given = {path: (text, targets[path]) for path, text in texts.items()}
        join = partial(join_record, evidence=evidence, links=links)
        return self.steps.map("records joined", given, lambda arguments: join(*arguments), common=common).values()

    def _without_names(self, sound: Sequence[Record], hidden: Confidential) -> Iterable[Record]:
        """Return the records without the names of restricted documents."""
        if not hidden:
            return sound
        common = (hidden.word, hidden.addresses, hidden.names)
        given = {each.path: (each, hidden.for_record(each).files) for each in sound}

        records = self.steps.map("records without names", given, lambda pair: hidden.record(pair[0]), common=common)
        return records.values()

    def _changes(
        self, settings: Settings, portfolio: Portfolio, tree: Tree
    ) -> tuple[Mapping[str, LastChange], tuple[Diagnostic, ...]]:
        """Return the last change of each record that is published, or the warning that there is no history."""
        if settings.history.value is HistoryDetail.NOTHING:
            return {}, ()
        known = self.steps.once(
            "history", (self.root, history.state(self.root)), lambda root, _state: history.read(root)
        )
        silence = history.problem(known, settings.source.place(settings.history.span))
        given = {text.path: (text, known.commits_of(text.path)) for text in tree.texts}
        changes = self.steps.map("last changes", given, lambda arguments: known.of(arguments[0]))
        open_to_all = (each for each in portfolio.records if not each.restricted)
        shown = {each.id: change for each in open_to_all if (change := changes.get(each.path)) is not None}
        if settings.history.value is HistoryDetail.DAY:
            shown = {name: replace(change, author="") for name, change in shown.items()}
        return shown, () if silence is None else (silence,)


def read(
    root: Path,
    *,
    on: datetime.date,
    progress: Progress = silent,
    as_if: Callable[[Tree], Tree] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> Outcome:
    """Read and judge a portfolio as of a day, once. Raises OSError where the folder itself cannot be read."""
    return Project(root, limits=limits, again=False).read(on=on, progress=progress, as_if=as_if)


def _without_used(tree: Tree, used: Collection[str]) -> Tree:
    """Return the tree without what is reported of the names that the settings use."""
    return replace(
        tree,
        misplaced=tuple(each for each in tree.misplaced if each.place.file not in used),
        unread=tuple(each for each in tree.unread if each.path.partition("/")[0] not in used),
    )


def _by_every_name(found: Files) -> Files:
    """Return the files by the names in the portfolio, and by those on disk."""
    others: dict[object, Found | NotFound] = {
        each.reference: each
        for name, each in found.items()
        if isinstance(each, Found) and each.reference is not name and each.reference not in found
    }
    return {**found, **others} if others else found  # type: ignore[dict-item]


def _without_targets(other_files: tuple[str, ...], root: Path, files: Files) -> tuple[str, ...]:
    """Return the other files without the targets of links that are named as evidence."""
    apart = {each.real for each in files.values() if isinstance(each, Found) and _is_elsewhere(each)}
    if not apart:
        return other_files
    home = os.path.realpath(root)
    real = {os.path.relpath(path, home).replace(os.sep, "/") for path in apart if is_below(path, home)}
    return tuple(path for path in other_files if path not in real)


def _is_elsewhere(found: Found) -> bool:
    """Whether a file is named by a link to another place."""
    return not found.real.replace(os.sep, "/").endswith(f"/{found.reference.path}")


def _read_all(
    given: Sequence[Given], *, roots: tuple[str, ...], progress: Callable[[int, int], None]
) -> Iterator[RenderedReading]:
    """Yield each text read and rendered, on all cores where there are many."""
    read = workers.map_chunked(given, partial(_read_in_worker, roots=roots), seconds=_seconds)
    for number, (each, (source, _)) in enumerate(zip(read, given, strict=True), start=1):
        progress(number, len(given))
        yield with_source(each, source)


def _read_in_worker(given: Given, roots: tuple[str, ...] = ()) -> RenderedReading:
    return read_text(given, roots=roots)


_SECONDS_EACH, _SECONDS_A_CHARACTER = 8e-4, 7e-7


def _seconds(given: Given) -> float:
    """Return about how long a text takes to be read and rendered."""
    return _SECONDS_EACH + len(given[0].text) * _SECONDS_A_CHARACTER
