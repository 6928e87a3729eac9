"""The state of a preview: the last good site, rendered on request, and what is wrong now.

What a page is here is byte for byte what a build writes.
"""

from __future__ import annotations

import datetime
import hashlib
import html
import os
import posixpath
import re
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from generator import resources
from generator.build import pages
from generator.build.document_previews import DocumentPreviews
from generator.build.outcome import Outcome
from generator.build.planned_site import PlannedSite, prepare
from generator.build.project import Project
from generator.messages.diagnostics import Diagnostic, Severity, ordered
from generator.model.addresses import ASSETS, FILES, PREVIEWS
from generator.output.document_copies import FileChanged
from generator.reading.settings import DEFAULT_THEME
from generator.site.copies import Copy
from generator.site.theme import Renderer, ThemeError

LONG_POLL_SECONDS = 20.0
_AWAITED_SECONDS = 1.0
"""How often somebody who waits is asked whether they still do."""
KEPT_PAGES = 200
"""Pages whose last good bytes are kept, for when a template can no longer be used."""

_JUST_WRITTEN_SECONDS = 0.7
_SCRIPT = resources.themes() / DEFAULT_THEME / "assets/site.js"
"""The script of all pages: it listens to the document and asks for elements when it needs them."""
_OWN_SCRIPT = re.compile(rb'src="(?:\.\./|/)*%s/%s" defer></script>' % (ASSETS.encode(), _SCRIPT.name.encode()))
_PICTURE = re.compile(rb'<img\b[^>]* src="([^"]*)"')
_PICTURES_SECONDS = 3.0
"""How often pages are renewed while many pictures are drawn."""


class PreviewState(Struct, frozen=True):
    """One state of the preview: the last good site, and what is wrong now. Before the first there is no site.

    `sources` are folders outside the portfolio that changes may come from; it is `complete` when the pictures of all
    documents are made.
    """

    number: int = 0
    site: PlannedSite | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = "id"
    sources: tuple[Path, ...] = ()
    complete: bool = False


class Previewer:
    """Keeps the preview up to date. `refresh` looks again at what may have changed; what did not is remembered."""

    def __init__(self, root: Path, on: Callable[[], datetime.date]) -> None:
        self.root, self._on = Path(os.path.realpath(root)), on  # evidence is known by where it really lies
        self._project = Project.stored(self.root)
        self._changed = threading.Condition()
        self._refreshing, self._rendering = threading.Lock(), threading.Lock()
        self._pages: dict[str, tuple[int, bytes]] = {}
        self._theme_problems: dict[str, Diagnostic] = {}
        self._renderer: Renderer | None = None
        self._appearance, self._delegates = b"", False
        self._sound: dict[str, set[str]] = {}
        self._audited: set[str] = set()
        self._closed = False
        self.preview = PreviewState()
        self.progress: tuple[str, int, int] = ("", 0, 0)

    # Looking again

    def remember(self) -> None:
        """Keep the results for the next process; meanwhile nothing is read."""
        with self._refreshing:
            if not self._closed:
                self._project.keep()

    def refresh(self, only: Collection[str] | None = None, *, patient: bool = False) -> bool:
        """Read the portfolio again; on errors the last good site stays.

        `only` names the paths on disk that may have changed. Where `patient`, False is returned and nothing changes
        while new errors may come of a file that is still being written.
        """
        with self._refreshing:
            outcome = self._project.read(on=self._on(), only=only, progress=self._progress)
            site, outcome = (None, outcome) if outcome.failed else prepare(self._project, outcome, drafts=True)
            before = self.preview
            news = set(_errors(outcome.diagnostics)) - set(_errors(before.diagnostics))
            if patient and news and (_still_written(only) if only is not None else self._just_written(outcome)):
                return False
            self._show(
                PreviewState(
                    before.number + 1,
                    site or before.site,
                    outcome.diagnostics,
                    outcome.language,
                    _sources(outcome),
                    complete=site is None or site.previews.complete,
                ),
                renewed=site is not None,
            )
            return True

    def _just_written(self, outcome: Outcome) -> bool:
        """Whether any input was written just now, as far as the disk said when it was read."""
        now, inputs = time.time(), self._project.inputs() if outcome.repeatable else {}
        return any(each and abs(now - each[0] / 1e9) < _JUST_WRITTEN_SECONDS for each in inputs.values())

    def _progress(self, stage: str, done: int, of: int) -> None:
        self.progress = (stage, done, of)

    def _show(self, state: PreviewState, *, renewed: bool) -> None:
        with self._rendering:
            if renewed and state.site is not None:
                self._renderer = Renderer(state.site.theme, state.site.language)
                self._sound, self._theme_problems, self._audited = {}, {}, set()
                assets = state.site.assets()
                self._appearance = hashlib.sha256(repr(sorted(assets.items())).encode()).digest()
                self._delegates = assets.get(f"{ASSETS}/{_SCRIPT.name}") == _SCRIPT.read_bytes()
            with self._changed:
                self.preview = state
                self._changed.notify_all()

    def wait_past(self, number: int, *, is_awaited: Callable[[], bool] = lambda: True) -> PreviewState:
        """Return the first preview after number `number`; the present one after 20 seconds or if nobody awaits it."""
        until = time.monotonic() + LONG_POLL_SECONDS
        with self._changed:
            while is_awaited() and (left := until - time.monotonic()) > 0:
                seconds = min(left, _AWAITED_SECONDS)
                if self._changed.wait_for(lambda: self.preview.number > number or self._closed, seconds):
                    break
            return self.preview

    def close(self) -> None:
        """Let those go who wait, and the store."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._project.close()

    # Pages on request

    def page(self, path: str) -> bytes | None:
        """Return a page of the last good site, or its data or own files; None where it has none of that path.

        A page whose template can no longer be used is as it last was, and the mistake is among the problems.
        """
        with self._rendering:
            preview = self.preview
            site = preview.site
            if site is None or self._renderer is None:
                return None
            page = site.plan.page(path)
            if page is None:
                return site.file(path)
            kept = self._pages.pop(path, None)
            if kept is None or kept[0] != preview.number:
                try:
                    kept = (preview.number, self._renderer.render(page.template, page.view()))
                except ThemeError as error:
                    self._theme_problems[path] = error.diagnostic
                    kept = (preview.number, kept[1] if kept else b"")
            self._pages[path] = kept
            while len(self._pages) > KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
            return kept[1]

    def has_page(self, path: str) -> bool:
        """Whether the last good site has a page at a path."""
        with self._rendering:
            return self.preview.site is not None and self.preview.site.plan.page(path) is not None

    def problems(self, preview: PreviewState) -> tuple[Diagnostic, ...]:
        """Return all that is wrong: with the portfolio, and with the templates of the pages that were requested."""
        unseen = preview.site.without_preview() if preview.site is not None else ()
        return ordered((*preview.diagnostics, *unseen, *self._theme_problems.values()))

    def audit(self, path: str) -> None:
        """Check where the addresses of a requested page lead: one that leads nowhere is among the problems.

        That takes longer than to render the page, which is why it is done when somebody sees it already.
        """
        with self._rendering:
            site, kept = self.preview.site, self._pages.get(path)
            if site is None or kept is None or kept[0] != self.preview.number or path in self._audited:
                return
            page = site.plan.page(path)
            if page is None or path in self._theme_problems:
                return
            self._audited.add(path)
            try:
                pages.audit(page, kept[1], site.plan.has, self._sound.setdefault(posixpath.dirname(path), set()))
            except ThemeError as error:
                self._theme_problems[path] = error.diagnostic

    def fingerprint(self, path: str, content: bytes | None) -> str:
        """Return what tells whether somebody who looks at the page of a path, with that content, is shown another."""
        digest = hashlib.sha256(content or b"")
        digest.update(self._appearance + self._pictures(path, content or b""))
        return digest.hexdigest()[:16]

    def appearance(self, path: str, page: bytes) -> str:
        """Return a digest of the assets and pictures that a page is shown with.

        One of two pages with equal digests can take the other's place without a reload. It is empty where the page has
        scripts that run once, when it is loaded, or what is read in another way without them.
        """
        lasting = len(_OWN_SCRIPT.findall(page)) if self._delegates else 0
        if page.count(b"<script") != lasting or b"<noscript" in page:
            return ""
        return hashlib.sha256(self._appearance + self._pictures(path, page)).hexdigest()[:16]

    def _pictures(self, path: str, page: bytes) -> bytes:
        """Return the digests of the documents that a page shows as pictures: browsers keep them by their addresses."""
        site, folder = self.preview.site, posixpath.dirname(path)
        written = {html.unescape(each.decode("utf-8", "replace")) for each in _PICTURE.findall(page)}
        shown = (posixpath.normpath(posixpath.join(folder, unquote(each))) for each in sorted(written))
        paths = [each for each in shown if each.startswith(FILES)]
        copies = site.plan.copies if site is not None and paths else {}
        return " ".join(copies[each].sha256 for each in paths if each in copies).encode()

    def copy(self, path: str) -> Copy | None:
        """Return the document at a path of the site."""
        site = self.preview.site
        return site.plan.copies.get(path) if site is not None and path.startswith(FILES) else None

    def picture(self, path: str) -> bytes | None:
        """Return the picture at a path of the site; None where there is none, or its document is another one by now."""
        site = self.preview.site
        found = site.plan.picture(path) if site is not None and path.startswith(f"{PREVIEWS}/") else None
        if site is None or found is None:
            return None
        try:
            return site.picture(found)
        except FileChanged:  # the next refresh draws it again
            return None

    # Pictures of documents are drawn in the background, and shown when they exist.

    def make_pictures(self) -> None:
        """Make the previews of the last good site that are missing."""
        before = self.preview
        if before.site is None or before.complete:
            return
        shown = time.monotonic()

        def progress(_done: int, _of: int) -> None:
            nonlocal shown
            if time.monotonic() - shown > _PICTURES_SECONDS:
                shown = time.monotonic()
                self._show_pictures(of=None)

        before.site.previews.make(progress=progress)
        self._show_pictures(of=before.site.previews)

    def _show_pictures(self, of: DocumentPreviews | None) -> None:
        with self._refreshing:
            now = self.preview
            if now.site is not None and not self._closed:
                complete = now.site.previews is of
                state = replace(now, number=now.number + 1, site=now.site.again(), complete=complete)
                self._show(state, renewed=True)


def _errors(diagnostics: Collection[Diagnostic]) -> list[Diagnostic]:
    return [each for each in diagnostics if each.severity is Severity.ERROR]


def _still_written(paths: Collection[str]) -> bool:
    """Whether one of some paths was written so shortly ago that its writer may not be done."""
    return any(_age(Path(path)) < _JUST_WRITTEN_SECONDS for path in paths)


def _age(path: Path) -> float:
    try:
        return abs(time.time() - path.stat().st_mtime)
    except OSError:  # it is gone, and its folder tells since when: a program that saves puts another in its place next
        return _age(path.parent) if path.parent != path else 0.0


def _sources(outcome: Outcome) -> tuple[Path, ...]:
    """Return the folders outside the portfolio that a change may come from."""
    found = outcome.settings
    if found is None:
        return ()
    named = (found.theme.value, found.instrument.value, *(path.value for _, path in found.evidence_roots))
    home = outcome.root.resolve()
    places = ((outcome.root / name).resolve() for name in named)
    folders = (each if each.is_dir() else each.parent for each in places if each.exists())
    return tuple(sorted({each for each in folders if each != home and home not in each.parents}))
