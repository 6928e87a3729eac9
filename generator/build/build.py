"""Runs the pipeline to its end: a portfolio's folder to the bytes of its site."""

from __future__ import annotations

import datetime
import os
import posixpath
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent import futures
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator import disk, resources
from generator.build import pages, pipeline, thumbnails
from generator.build.pipeline import Outcome, Progress
from generator.build.thumbnails import DocumentPreviews
from generator.incremental import build_stamp, snapshots
from generator.incremental.memo import Memo
from generator.incremental.store import Store, place
from generator.limits import Limits
from generator.messages.diagnostics import Diagnostic, Place, as_plain, near, ordered
from generator.output import folder_checks, site_owner, staging
from generator.output.document_copies import FileChanged
from generator.output.staging import Manifest, Staging
from generator.reading.settings import DEFAULT_THEME
from generator.site import plan as site
from generator.site import published, theme
from generator.site.addresses import ASSETS, FILES
from generator.site.chapters import Page
from generator.site.plan import Copy, SitePlan, StoredPicture
from generator.site.theme import Renderer, Theme, ThemeError


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is planned and can be rendered: pages on demand, the rest as it is.

    `previews` may still have to be made; what is rendered before has none.
    """

    plan: SitePlan
    theme: Theme
    language: str
    previews: DocumentPreviews

    def assets(self) -> Mapping[str, bytes]:
        """Return the theme's own files by their path in the site."""
        return _assets(self.theme)

    def file(self, path: str) -> bytes | None:
        """Return what lies at a path that is no page: an own file of the theme, or data; None where nothing does."""
        return self.assets().get(path) or self.plan.datum(path)

    def again(self) -> Site:
        """Return the same site with nothing planned yet: more previews may have been made since."""
        return replace(self, plan=self.plan.again())


def _assets(chosen: Theme) -> Mapping[str, bytes]:
    return {f"{ASSETS}/{name}": content for name, content in chosen.assets.items()}


def prepare(
    outcome: Outcome,
    store: Store,
    memo: Memo,
    *,
    drafts: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[Site | None, Outcome]:
    """Plan a site with its theme; the outcome may gain what is wrong with the theme."""
    if outcome.readiness is None or outcome.settings is None:
        return None, outcome
    try:
        chosen = _theme(outcome)
    except ThemeError as error:
        return None, _also(outcome, error.diagnostic)
    copied = published.copied(outcome, memo, drafts=drafts)
    wanted = published.seen(copied, memo) if outcome.settings.previews else ()
    seen = memo.last("previews", (wanted,), lambda: DocumentPreviews(wanted, store, limits))
    assets = _assets(chosen).keys()
    planned = site.plan(
        outcome, copied, previews=seen, text_of=seen.text, assets=assets, memo=memo, store=store, drafts=drafts
    )
    return Site(planned, chosen, outcome.readiness.portfolio.language, seen), outcome


def _also(outcome: Outcome, *found: Diagnostic) -> Outcome:
    return replace(outcome, diagnostics=ordered((*outcome.diagnostics, *found)))


def _theme(outcome: Outcome) -> Theme:
    assert outcome.settings is not None
    written = outcome.settings.theme
    shipped = resources.themes()
    names = [folder.name for folder in sorted(shipped.iterdir()) if folder.is_dir()]
    if written.value in names:
        own = None if written.value == DEFAULT_THEME else shipped / written.value
    else:
        own = outcome.root / written.value
        if not own.is_dir():
            place = outcome.settings.source.place(written.span)
            suggestion = near(written.value, names)
            raise ThemeError(
                Diagnostic.error("settings-invalid", place, variant="theme", suggestion=suggestion, name=written.value)
            )
    try:
        return theme.load(shipped / DEFAULT_THEME, own, shown=written.value)
    except UnicodeDecodeError as error:
        place = outcome.settings.source.place(written.span)
        raise ThemeError(Diagnostic.error("theme-invalid", place, problem=str(error))) from error
    except disk.NoFile as error:
        place = outcome.settings.source.place(written.span)
        name = os.path.relpath(error.filename, outcome.root).replace(os.sep, "/")
        raise ThemeError(Diagnostic.error("theme-invalid", place, variant="special", name=name)) from error


def _with_theme(outcome: Outcome) -> Outcome:
    """Return the outcome with the portfolio's own theme among what it hangs on, as it lies there before it is read."""
    if outcome.settings is None or not (inputs := outcome.inputs()):
        return outcome
    own = (outcome.root / outcome.settings.theme.value).absolute()
    paths = theme.sources(own) if own.is_dir() else (os.fspath(own),)
    whole = {**inputs, **{path: disk.identity_of(path) for path in paths}}
    return replace(outcome, inputs=lambda: whole)


def check_theme(outcome: Outcome) -> Outcome:
    """Return the outcome with what is wrong with the portfolio's own theme; the shipped one has tests of its own."""
    if outcome.settings is None or outcome.settings.theme.value == DEFAULT_THEME:
        return outcome
    outcome = _with_theme(outcome)
    try:
        Renderer(_theme(outcome), outcome.language).compile()
    except ThemeError as error:
        return _also(outcome, error.diagnostic)
    return outcome


def render(made: Site) -> Iterator[tuple[Page, bytes]]:
    """Render every page of a site. Raises ThemeError at a template that fails or writes a link that leads nowhere."""
    renderer = Renderer(made.theme, made.language)
    sound: dict[str, set[str]] = {}
    for page in made.plan.pages():
        content = renderer.render(page)
        pages.audit(page, content, made.plan.leads, sound.setdefault(posixpath.dirname(page.path), set()))
        yield page, content


def kept(made: Site, picture: StoredPicture) -> bytes:
    """Return a picture's bytes, made again where the store lost them. Raises FileChanged where they cannot be."""
    content = made.previews.content(picture.key, picture.sha256)
    if content is None:
        raise FileChanged(picture.path)
    return content


def build(
    root: Path,
    out: Path,
    *,
    on: datetime.date,
    progress: Progress,
    replace_other: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> tuple[Outcome, int]:
    """Build a portfolio's site into `out`; return the outcome and how many files there are.

    With errors nothing is written and the count is 0. The site of another portfolio is replaced only with
    `replace_other`. `limits` are what a document may take to be looked into and shown; the outcome says of which it
    took more. Raises OutputRefused, FileChanged, OSError.
    """
    root = root.resolve()  # one name, under which all commands remember it
    folder_checks.ensure_allowed(out, root)
    with Store(place(root)) as store:
        memo = snapshots.restored(store, root)
        built = _build(root, out, on, store, memo, progress, limits, replace_other=replace_other)
        # Only of what was read to its end; and when the site that was planned is let go of, for this takes memory.
        snapshots.keep(store, root, memo)
    return built


def _build(
    root: Path,
    out: Path,
    on: datetime.date,
    store: Store,
    memo: Memo,
    progress: Progress,
    limits: Limits,
    *,
    replace_other: bool,
) -> tuple[Outcome, int]:
    begun, beside = time.time_ns(), _names_beside(out)
    outcome = pipeline.read(root, on=on, memo=memo, progress=progress, store=store, limits=limits)
    if outcome.portfolio is not None and not replace_other:
        unit = site_owner.other_unit(out, root, outcome.portfolio)
        if unit is not None:
            raise folder_checks.OutputRefused("another", str(out), unit=unit)
    made, outcome = (None, outcome) if outcome.failed else prepare(_with_theme(outcome), store, memo, limits=limits)
    if made is None:
        return outcome, 0
    made.previews.make(progress=partial(progress, "previews"))
    outcome = _also(outcome, *without_preview(made))
    # What earlier builds needed and this one does not is forgotten.
    store.prune(made.previews.kept_under(), among=thumbnails.FOLDER)
    made.plan.recall(memo)
    outcome, written = _write(outcome, made, store, out, progress)
    if written and outcome.inputs() and made.previews.complete and beside == _names_beside(out):
        _note(outcome, on, out, written, store, begun)
    return outcome, len(written)


WITHOUT_PREVIEW = "preview-failed"
"""The code of what only a build and the preview say: `check` makes no previews."""


def without_preview(made: Site) -> tuple[Diagnostic, ...]:
    """Return a warning for each document that is published without a preview because it took too much to make."""
    failed = made.previews.failed
    if not failed:
        return ()
    limits = made.previews.limits
    return tuple(
        diagnostic(
            WITHOUT_PREVIEW,
            Place(path.removeprefix(FILES)),
            variant=failed[copy.sha256],
            file=copy.name,
            seconds=round(limits.seconds),
            mebibytes=limits.mebibytes,
        )
        for path, copy in sorted(made.plan.copies.items())
        if copy.sha256 in failed
    )


def _names_beside(out: Path) -> frozenset[str]:
    """Return the names in the folder that the site stands in, but for its own: a build changes the time of that folder.

    Where that folder is the portfolio, a change of what else is in it has to be told some other way.
    """
    real = Path(os.path.realpath(out))
    names = os.listdir(real.parent) if real.parent.is_dir() else ()
    return frozenset(name for name in names if name != real.name and not name.startswith(f".{real.name}"))


def _note(outcome: Outcome, on: datetime.date, out: Path, written: Manifest, store: Store, begun: int) -> None:
    """Note what the build hung on, so that the next one knows when it has nothing to do."""
    real = os.path.realpath(out)
    folders = {""}  # their times tell what others laid into them
    for path in written:
        while (path := posixpath.dirname(path)) not in folders:
            folders.add(path)
    entry = build_stamp.BuildStamp(
        facts=build_stamp.facts(on),
        inputs=outcome.inputs(),
        outputs=tuple(f"{real}{os.sep}{path}" for path in (*written, *sorted(folders))),
        result={
            "files": len(written),
            "warnings": sum(each.code != WITHOUT_PREVIEW for each in outcome.diagnostics),
            "without preview": as_plain([each for each in outcome.diagnostics if each.code == WITHOUT_PREVIEW]),
            "language": outcome.language,
        },
    )
    build_stamp.note(
        store, build_stamp.build_name(outcome.root, out), entry, begun=begun, touched=str(Path(real).parent)
    )


def _write(outcome: Outcome, made: Site, store: Store, out: Path, progress: Progress) -> tuple[Outcome, Manifest]:
    root = outcome.root
    assert outcome.settings is not None  # or there would be no site
    sources = [root / path.value for _, path in outcome.settings.evidence_roots]
    sources += [root / outcome.settings.theme.value] if (root / outcome.settings.theme.value).is_dir() else []
    folder_checks.ensure_apart(out, root, sources=sources)
    before = staging.manifest(store, out)
    try:
        with staging.staging(out, before) as stage:
            with _copying(made.plan.copies.values(), stage) as copied:
                made.plan.begin_index()
                renderer = Renderer(made.theme, made.language)
                pages.write(made.plan, renderer, stage, before, progress=partial(progress, "pages"))
                for path, content in {**made.plan.data, **made.assets()}.items():
                    stage.write(path, content)
                for picture in made.plan.pictures.values():
                    if not stage.keep(picture.path, picture.key):
                        stage.write(picture.path, kept(made, picture), picture.key)
                copied(partial(progress, "documents"))
            stage.finish()
            folder_checks.ensure_allowed(out, root, sources=sources)
    except ThemeError as error:
        return _also(outcome, error.diagnostic), {}
    staging.note_manifest(store, out, stage.written)
    site_owner.note(out, root)
    return outcome, stage.written


@contextmanager
def _copying(copies: Collection[Copy], stage: Staging) -> Iterator[Callable[[Callable[[int, int], None]], None]]:
    """Copy documents beside all else; offer what waits until all are, telling how many. Raises FileChanged, OSError."""
    copied: list[str] = []
    ended = threading.Event()

    def copy() -> None:
        for each in copies:
            if ended.is_set():
                return
            stage.copy(each)
            copied.append(each.path)

    def wait(progress: Callable[[int, int], None]) -> None:
        while not copying.done():
            progress(len(copied), len(copies))
            futures.wait([copying], _TELL_SECONDS)
        progress(len(copied), len(copies))
        copying.result()

    with futures.ThreadPoolExecutor(1) as thread:
        copying = thread.submit(copy)
        try:
            yield wait
        finally:
            ended.set()


_TELL_SECONDS = 0.2
