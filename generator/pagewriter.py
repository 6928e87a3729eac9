"""Writes the pages of a site: views are made here, and where there are many they are rendered in another process."""

from __future__ import annotations

import pickle
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from generator import ledger, output, pickling, theme
from generator.diagnostics import Diagnostic, Place, diagnostic
from generator.output import Manifest, Staging, Written
from generator.site import Page, SitePlan
from generator.theme import Renderer, Theme, ThemeError
from generator.workers import Beside, DiedError

Progress = Callable[[int, int], None]

FEW = 150
"""So many pages are rendered here: another process takes as long to begin."""
_HANDED_OVER = 25


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page to be rendered, of its view: its path, its template, what it is known by, and the file to write."""

    path: str
    template: str
    view: object
    key: str
    target: str


@dataclass(slots=True)
class _Made:
    """What came of some pages: what was written, and what is wrong with the first that could not be rendered.

    `leading` has the addresses on pages of a folder, each with the path and the template of the first page that has it.
    """

    written: list[tuple[str, Written]] = field(default_factory=list)
    leading: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    problem: Diagnostic | None = None


def audit(page: Page, content: bytes, leads: Callable[[str], bool], sound: set[str]) -> None:
    """Check that every address of a rendered page leads to something in the site. Raises ThemeError.

    `sound` holds those that were found to, from other pages of the same folder.
    """
    folder = posixpath.dirname(page.path)
    for address in sorted(theme.addresses(content) - sound):
        _follow(folder, address, page.path, page.template, leads)
        sound.add(address)


def _follow(folder: str, address: str, page: str, template: str, leads: Callable[[str], bool]) -> None:
    """Check that an address on a page of a folder leads to something in the site. Raises ThemeError."""
    path = unquote(address.partition("#")[0].partition("?")[0], errors="surrogateescape")
    if path and not leads(posixpath.normpath(posixpath.join(folder, path))):
        place = Place(f"themes/{template}.html")
        raise ThemeError(diagnostic("theme-invalid", place, variant="link", page=page, target=address))


def write(plan: SitePlan, renderer: Renderer, stage: Staging, before: Manifest, *, progress: Progress) -> None:
    """Write every page; one that would be rendered from what it was rendered from before is taken over.

    Its links still lead somewhere, unless something has gone: then all pages are rendered and looked at again. Raises
    ThemeError.
    """
    lacking = _Lacking(tuple(plan.pages()), renderer, stage, lasting=all(map(plan.leads, before)), progress=progress)
    _settle(_rendered_here(lacking.upto(FEW), renderer), plan, stage)
    if lacking.place < lacking.end:
        _settle(_rendered_beside(lacking, renderer), plan, stage)


class _Lacking:
    """The pages that have to be rendered, in order from a `place` on; the others are taken over on the way."""

    def __init__(
        self, pages: Sequence[Page], renderer: Renderer, stage: Staging, *, lasting: bool, progress: Progress
    ) -> None:
        self._pages, self._renderer, self._stage = pages, renderer, stage
        self._lasting, self._progress = lasting, progress
        self._program = ledger.program()
        self.place, self.end = 0, len(pages)

    def upto(self, most: int) -> Iterator[_Asked]:
        """Yield the next pages to be rendered, so many at most."""
        while most and self.place < self.end:
            page = self._pages[self.place]
            self.place += 1
            if page.path not in self._stage.written:
                view = page.view()
                key = self._renderer.key(page, view, program=self._program)
                if not (self._lasting and self._stage.keep(page.path, key)):
                    most -= 1
                    yield _Asked(page.path, page.template, view, key, self._stage.target(page.path))
            self._progress(self.place, self.end)


def _rendered_beside(lacking: _Lacking, renderer: Renderer) -> _Made:
    """Render all pages that are left in another process, or here where that dies."""
    begin = lacking.place
    other: Beside[bytes, _Made] = Beside(_render_all)
    try:
        other.give([pickling.dumps((replace(renderer.theme, assets={}), renderer.language))])
        while several := list(lacking.upto(_HANDED_OVER)):
            other.give([pickling.dumps(several)])
        return other.result()
    except DiedError:
        lacking.place = begin
        return _rendered_here(lacking.upto(lacking.end), renderer)


def _rendered_here(pages: Iterable[_Asked], renderer: Renderer) -> _Made:
    made = _Made()
    for each in pages:
        _render(renderer, each, made)
    return made


def _render_all(handed_over: Iterator[bytes]) -> _Made:
    """Render and write what is handed over: first a theme and a language, then pages, some at a time.

    What follows a page that cannot be rendered is let go by, so that nobody waits for room to hand it over.
    """
    chosen: tuple[Theme, str] = pickle.loads(next(handed_over))  # noqa: S301 - of the process that began this one
    renderer, made = Renderer(*chosen), _Made()
    for several in handed_over:
        for each in pickle.loads(several):  # noqa: S301
            if made.problem is None:
                _render(renderer, each, made)
    return made


def _render(renderer: Renderer, asked: _Asked, made: _Made) -> None:
    page = Page(asked.path, asked.template, lambda: asked.view)
    try:
        content = renderer.render(page, asked.view)
    except ThemeError as error:
        made.problem = made.problem or error.diagnostic
        return
    made.written.append((asked.path, output.written(asked.target, content, asked.key)))
    folder = posixpath.dirname(asked.path)
    for address in sorted(theme.addresses(content)):
        made.leading.setdefault((folder, address), (asked.path, asked.template))


def _settle(made: _Made, plan: SitePlan, stage: Staging) -> None:
    """Take note of what was written. Raises ThemeError for what is wrong with it."""
    if made.problem is not None:
        raise ThemeError(made.problem)
    for (folder, address), (page, template) in made.leading.items():
        _follow(folder, address, page, template, plan.leads)
    for path, each in made.written:
        stage.note(path, each)
