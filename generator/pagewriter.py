"""Writes the pages of a site: views are made here, and where there are many they are rendered in another process."""

from __future__ import annotations

import contextlib
import pickle
import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from generator import ledger, output, pickling, theme
from generator.diagnostics import Diagnostic, Place, diagnostic
from generator.output import Manifest, Staging, Written
from generator.site import Page, SitePlan
from generator.theme import Renderer, Theme, ThemeError
from generator.views.common import PageView
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
    view: PageView
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
    pages, lasting, program = tuple(plan.pages()), all(map(plan.leads, before)), ledger.program()

    def lacking(page: Page) -> _Asked | None:
        known = page.known
        if known is not None and known.fingerprint is not None:
            key = renderer.key(page, known.fingerprint, program=program)
            if lasting and stage.keep(page.path, key):
                return None
        view = page.view()
        fingerprint = renderer.fingerprint(page, view)
        if known is not None and known.fingerprint != fingerprint:
            known.note(fingerprint)
        key = renderer.key(page, fingerprint, program=program)
        if lasting and stage.keep(page.path, key):
            return None
        return _Asked(page.path, page.template, view, key, stage.target(page.path))

    here = _Made()
    with _Other(renderer) as other:
        template = ""
        for number, page in enumerate(pages, start=1):
            if page.template != template:  # pages of another kind have other rows
                renderer.forget()
                template = page.template
            asked = lacking(page)
            if asked is not None and not (page.alone and other.takes(page, asked)):
                _render(renderer, asked, here)
            if here.problem is not None:  # no other page mends it
                break
            progress(number, len(pages))
        there = other.result(lacking)
    _settle(here, plan, stage)
    _settle(there, plan, stage)


class _Other:
    """Another process that renders pages, begun when there are more than few, and what was handed over to it."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer, self._few = renderer, FEW
        self._process: Beside[bytes, _Made] | None = None
        self._given: list[Page] = []
        self._waiting: list[_Asked] = []

    def __enter__(self) -> _Other:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:  # where something went wrong here it is not to write on
            self._process.end()

    def takes(self, page: Page, asked: _Asked) -> bool:
        """Whether it takes a page upon itself."""
        if self._few:
            self._few -= 1
            return False
        self._given.append(page)
        self._waiting.append(asked)
        if len(self._waiting) == _HANDED_OVER:
            self._hand_over()
        return True

    def result(self, lacking: Callable[[Page], _Asked | None]) -> _Made:
        """Return what came of all it took; where it died they are asked for again, and rendered here."""
        if self._waiting:
            self._hand_over()
        if self._process is None:
            return _Made()
        try:
            return self._process.result()
        except DiedError:
            made = _Made()
            for asked in filter(None, map(lacking, self._given)):
                _render(self._renderer, asked, made)
            return made

    def _hand_over(self) -> None:
        if self._process is None:
            self._process = Beside(_render_all)
            theme = replace(self._renderer.theme, assets={})
            self._give(self._process, (theme, self._renderer.language))
        self._give(self._process, self._waiting)
        self._waiting = []

    @staticmethod
    def _give(process: Beside[bytes, _Made], value: object) -> None:
        with contextlib.suppress(DiedError):  # the end tells, and mends it
            process.give([pickling.dumps(value)])


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
