"""Writes the pages of a site: views are made here, and where there are many they are rendered in another process."""

from __future__ import annotations

import posixpath
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import unquote

from generator.incremental import build_stamp, pickling
from generator.incremental.fingerprints import Digest, Fingerprints
from generator.incremental.steps import Step, Steps
from generator.incremental.workers import BackgroundProcess, DiedError
from generator.messages.diagnostics import Diagnostic, Place
from generator.output import staging
from generator.output.staging import Manifest, Staging, Written
from generator.site import theme
from generator.site.pages import Page
from generator.site.plan import SitePlan
from generator.site.theme import Renderer, Theme, ThemeError
from generator.site.views.frame import PageView

Progress = Callable[[int, int], None]

FEW = 150
"""So many pages are rendered here: another process takes as long to begin."""
_HANDED_OVER = 25


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page to be rendered, of its view: its place among all, what it is known by (`key`), and the file to write."""

    number: int
    path: str
    template: str
    view: PageView
    key: str
    target: str


class _Link(NamedTuple):
    """The first page that leads to some address: its place among all pages, its path and its template."""

    number: int
    page: str
    template: str


@dataclass(slots=True)
class _Made:
    """What came of some pages: what was written, and what is wrong with the first that could not be rendered.

    `leading` has the addresses on pages of a folder, each with the first page that has it.
    """

    written: list[tuple[str, Written]] = field(default_factory=list)
    leading: dict[tuple[str, str], _Link] = field(default_factory=dict)
    problem: tuple[int, Diagnostic] | None = None


def audit(page: Page, content: bytes, leads: Callable[[str], bool], sound: set[str]) -> None:
    """Check that every address of a rendered page leads to something in the site. Raises ThemeError.

    `sound` holds those that were found to, from other pages of the same folder.
    """
    folder = posixpath.dirname(page.path)
    for address in sorted(theme.addresses(content) - sound):
        if not _is_sound(folder, address, leads):
            raise _nowhere(address, page.path, page.template)
        sound.add(address)


def _is_sound(folder: str, address: str, leads: Callable[[str], bool]) -> bool:
    """Whether an address on a page of a folder leads to something in the site."""
    path = unquote(address.partition("#")[0].partition("?")[0], errors="surrogateescape")
    return not path or leads(posixpath.normpath(posixpath.join(folder, path)))


def _nowhere(address: str, page: str, template: str) -> ThemeError:
    place = Place(f"themes/{template}.html")
    return ThemeError(Diagnostic.error("theme-invalid", place, variant="link", page=page, target=address))


def write(
    plan: SitePlan,
    renderer: Renderer,
    stage: Staging,
    before: Manifest,
    steps: Steps,
    *,
    progress: Progress,
) -> None:
    """Write every page; one that would be rendered from what it was rendered from before is taken over.

    Its links still lead somewhere, unless something has gone: then all pages are rendered and audited again. Raises
    ThemeError.
    """
    pages, lasting, program = tuple(plan.pages()), all(map(plan.may_link_to, before)), build_stamp.program()
    digests = _Digests(plan, steps)

    def lacking(number: int) -> _Asked | None:
        page = pages[number]
        digest, view = digests.of(page)
        key = renderer.key(page.template, digest, program=program)
        if lasting and stage.keep(page.path, key):
            return None
        view = page.view() if view is None else view
        return _Asked(number, page.path, page.template, view, key, stage.target(page.path))

    here = _Made()
    with _Other(renderer) as other:
        template = ""
        for number, page in enumerate(pages):
            if page.template != template:  # pages of another kind have other rows
                renderer.forget()
                digests.forget()
                template = page.template
            asked = lacking(number)
            if asked is not None and not other.takes(asked, alone=page.standalone):
                _render(renderer, asked, here)
            if here.problem is not None:  # no other page mends it
                break
            progress(number + 1, len(pages))
        there = other.result(lacking)
    _settle((here, there), plan, stage)
    assert all(page.path in stage.written for page in pages)


class _Digests:
    """The digests of what pages are rendered from; those of records and rows are kept with the arguments of their view.

    So no view is computed to learn that nothing has changed.
    """

    def __init__(self, plan: SitePlan, steps: Steps) -> None:
        self._steps, self._common = steps, (plan.site,)
        self._begun: dict[str, Step] = {}
        self._fingerprints = Fingerprints()

    def forget(self) -> None:
        """Let go of what several pages share; the next ones share nothing with those before."""
        self._fingerprints = Fingerprints()

    def of(self, page: Page) -> tuple[bytes, PageView | None]:
        """Return the digest of a page's view, and the view itself where it had to be computed for that."""
        if page.arguments is not None:
            return self._of_arguments(page)
        if page.list_page is not None:
            rows = tuple(self._of_row(page, member) for member in page.list_page.members)
            return self._fingerprints.of(page.list_page.view_of(rows)), None
        view = page.view()
        return self._fingerprints.of(view), view

    def _of_arguments(self, page: Page) -> tuple[bytes, PageView | None]:
        views = []

        def digest(_arguments: object) -> bytes:
            view = page.view()
            views.append(view)
            self._fingerprints.of(view.frame)
            # There are thousands: what they consist of is not to be kept, and they share no more than the frame.
            return self._fingerprints.once(view)

        found = self._step("record pages").get(page.path, page.arguments, digest)
        return found, views[0] if views else None

    def _of_row(self, page: Page, member: Any) -> Digest:
        list_page = page.list_page
        assert list_page is not None
        step, key = self._step(f"rows of {page.template}"), list_page.key(member)
        if key not in step.kept:
            step.get(key, member, lambda given: self._fingerprints.of(list_page.row(given)))
        return Digest(step.kept[key][1])

    def _step(self, name: str) -> Step:
        if name not in self._begun:
            self._begun[name] = self._steps.step(name, common=self._common)
        return self._begun[name]


class _Other:
    """Another process that renders pages, begun when there are more than few, and what was handed over to it.

    Pages that share rows go there all, or none of them, so that each row is rendered once; of the others those that it
    has time for.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._process: BackgroundProcess[bytes, _Made] | None = None
        self._template, self._takes = "", True
        self._given: list[int] = []
        self._waiting: list[_Asked] = []
        self._writer = pickling.Writer()
        self._sender = futures.ThreadPoolExecutor(1)
        self._sending: deque[futures.Future[None]] = deque()

    def __enter__(self) -> _Other:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:  # where something went wrong here it is not to write on
            self._process.end()
        self._sender.shutdown()

    def takes(self, asked: _Asked, *, alone: bool) -> bool:
        """Whether it takes a page upon itself. A page that is `alone` shares no rows with others."""
        if asked.template != self._template:
            self._hand_over()
            self._template, self._takes = asked.template, self._is_idle()
        if not (self._is_idle() if alone else self._takes):
            return False
        self._given.append(asked.number)
        self._waiting.append(asked)
        if len(self._waiting) >= _HANDED_OVER:
            self._hand_over(more=not alone)
        return True

    def result(self, lacking: Callable[[int], _Asked | None]) -> _Made:
        """Return what came of all it took; where it died they are asked for again, and rendered here."""
        self._hand_over()
        made = _Made()
        if self._process is None:
            for asked in self._waiting:
                _render(self._renderer, asked, made)
            return made
        try:
            futures.wait(self._sending)
            return self._process.result()
        except DiedError:
            for again in filter(None, map(lacking, self._given)):
                _render(self._renderer, again, made)
            return made

    def _is_idle(self) -> bool:
        """Whether nothing waits for it to have time."""
        return not self._sending or self._sending[-1].done()

    def _hand_over(self, *, more: bool = False) -> None:
        """Hand over what waits, once there is more than few; `more` is to follow that has rows in common with it."""
        if self._process is None:
            if len(self._waiting) <= FEW:
                return
            self._process = BackgroundProcess(_render_all)
            chosen = (replace(self._renderer.theme, assets={}), self._renderer.language)
            self._send(self._process, self._writer.write(chosen))
        if self._waiting:
            self._send(self._process, self._writer.write(self._waiting))
            self._waiting = []
        if not more:
            self._writer.forget()
            self._send(self._process, _FORGET)

    def _send(self, process: BackgroundProcess[bytes, _Made], message: bytes) -> None:
        if len(self._sending) == _MOST_SENDING:
            futures.wait([self._sending.popleft()])
        self._sending.append(self._sender.submit(_give, process, message))


_FORGET = b""
"""The message that what follows has nothing in common with what came before."""
_MOST_SENDING = 100
"""Messages that may wait for the other process; each has some pages, or a word in between."""


def _give(process: BackgroundProcess[bytes, _Made], message: bytes) -> None:
    try:
        process.give([message])
    except Exception:  # noqa: BLE001 - as if it had died, for of a part nothing is to come: the end tells, and mends it
        process.end()


def _render_all(handed_over: Iterator[bytes]) -> _Made:
    """Render and write what is handed over: first a theme and a language, then pages, some at a time.

    What follows a page that cannot be rendered is let go by, so that nobody waits for room to hand it over.
    """
    reader = pickling.Reader()
    chosen: tuple[Theme, str] = reader.read(next(handed_over))
    renderer, made = Renderer(*chosen), _Made()
    for message in handed_over:
        if message == _FORGET:
            reader = pickling.Reader()
            renderer.forget()
            continue
        for each in reader.read(message):
            if made.problem is None:
                _render(renderer, each, made)
    return made


def _render(renderer: Renderer, asked: _Asked, made: _Made) -> None:
    try:
        content = renderer.render(asked.template, asked.view)
    except ThemeError as error:
        made.problem = made.problem or (asked.number, error.diagnostic)
        return
    made.written.append((asked.path, staging.written(asked.target, content, asked.key)))
    folder = posixpath.dirname(asked.path)
    for address in theme.addresses(content):
        made.leading.setdefault((folder, address), _Link(asked.number, asked.path, asked.template))


def _settle(every: Sequence[_Made], plan: SitePlan, stage: Staging) -> None:
    """Take note of what was written. Raises ThemeError for what is wrong with the first page that something is."""
    problems = [each.problem for each in every if each.problem is not None]
    if problems:
        raise ThemeError(min(problems, key=itemgetter(0))[1])
    leading = chain.from_iterable(each.leading.items() for each in every)
    lost = [(link, address) for (folder, address), link in leading if not _is_sound(folder, address, plan.may_link_to)]
    if lost:
        link, address = min(lost)
        raise _nowhere(address, link.page, link.template)
    for path, each in chain.from_iterable(made.written for made in every):
        stage.note(path, each)
