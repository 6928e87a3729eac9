"""Writes the pages of a site: views are computed here and, where there are many, rendered in another process."""

from __future__ import annotations

import dataclasses
import posixpath
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent import futures
from itertools import chain
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct, field

from generator.build.page_keys import PageKeys
from generator.incremental import pickling
from generator.incremental.workers import BackgroundProcess, DiedError
from generator.messages.diagnostics import Diagnostic, Place
from generator.output import staging
from generator.output.staging import Manifest, Staging, Written
from generator.site.pages import Page
from generator.site.plan import SitePlan
from generator.site.shared_parts import addresses
from generator.site.theme import Renderer, Theme, ThemeError
from generator.site.views.frame import PageView

Progress = Callable[[int, int], None]

FEW = 150
"""So many pages are rendered here, for another process takes as long to begin."""
_SENT_AT_ONCE = 25


class _RenderRequest(Struct, frozen=True):
    """A page to render: its number among all pages, its view, the key of its content, and the file to write."""

    number: int
    path: str
    template: str
    view: PageView
    key: str
    target: str


class _LinkingPage(NamedTuple):
    """The first page with some address: its number among all pages, its path and its template."""

    number: int
    page: str
    template: str


class _RenderResult(Struct):
    """The result of rendering some pages: the files written, and the problem of the first page that failed.

    `links` has the addresses on the pages of each folder, each with the first page that has it.
    """

    written: list[tuple[str, Written]] = field(default_factory=list)
    links: dict[tuple[str, str], _LinkingPage] = field(default_factory=dict)
    problem: tuple[int, Diagnostic] | None = None


def audit(page: Page, content: bytes, leads: Callable[[str], bool], sound: set[str]) -> None:
    """Check that every address of a rendered page exists in the site. Raises ThemeError.

    `sound` collects the addresses that do, for the pages of one folder.
    """
    folder = posixpath.dirname(page.path)
    for address in sorted(addresses(content) - sound):
        if not _is_sound(folder, address, leads):
            raise _broken_link(address, page.path, page.template)
        sound.add(address)


def _is_sound(folder: str, address: str, leads: Callable[[str], bool]) -> bool:
    """Whether an address on a page of a folder exists in the site."""
    path = unquote(address.partition("#")[0].partition("?")[0], errors="surrogateescape")
    return not path or leads(posixpath.normpath(posixpath.join(folder, path)))


def _broken_link(address: str, page: str, template: str) -> ThemeError:
    place = Place(f"themes/{template}.html")
    return ThemeError(Diagnostic.error("theme-invalid", place, variant="link", page=page, target=address))


def write(
    plan: SitePlan,
    renderer: Renderer,
    stage: Staging,
    before: Manifest,
    keys: PageKeys,
    *,
    progress: Progress,
) -> None:
    """Write every page; one with the key that it had in the last build is kept.

    Where a file of the last site is gone, all pages are rendered, for their links have to be audited again. Raises
    ThemeError.
    """
    pages, nothing_gone = tuple(plan.pages()), all(map(plan.may_link_to, before))

    def request_for(number: int) -> _RenderRequest | None:
        page = pages[number]
        key = keys.of(page)
        if nothing_gone and stage.keep(page.path, key):
            return None
        return _RenderRequest(number, page.path, page.template, page.view(), key, stage.target(page.path))

    here = _RenderResult()
    with _RenderingProcess(renderer) as other:
        template = ""
        for number, page in enumerate(pages):
            if page.template != template:  # pages of another kind have other rows
                renderer.forget()
                template = page.template
            request = request_for(number)
            if request is not None and not other.accepts(request, alone=page.standalone):
                _render(renderer, request, here)
            if here.problem is not None:  # the build fails whatever the other pages are
                break
            progress(number + 1, len(pages))
        there = other.result(request_for)
    _finish((here, there), plan, stage)
    assert all(page.path in stage.written for page in pages)


class _RenderingProcess:
    """Another process that renders pages, begun when there are more than a few, and the pages sent to it.

    Of pages that share rows it gets all or none, so that each row is rendered once; of others as many as it has time
    for.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._process: BackgroundProcess[bytes, _RenderResult] | None = None
        self._template, self._accepts = "", True
        self._accepted: list[int] = []
        self._waiting: list[_RenderRequest] = []
        self._writer = pickling.Writer()
        self._sender = futures.ThreadPoolExecutor(1)
        self._sending: deque[futures.Future[None]] = deque()

    def __enter__(self) -> _RenderingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:  # after an error here it shall not go on writing
            self._process.end()
        self._sender.shutdown()

    def accepts(self, request: _RenderRequest, *, alone: bool) -> bool:
        """Whether the page will be rendered there. A page that is `alone` shares no rows with others."""
        if request.template != self._template:
            self._send_waiting()
            self._template, self._accepts = request.template, self._is_idle()
        if not (self._is_idle() if alone else self._accepts):
            return False
        self._accepted.append(request.number)
        self._waiting.append(request)
        if len(self._waiting) >= _SENT_AT_ONCE:
            self._send_waiting(more=not alone)
        return True

    def result(self, request_for: Callable[[int], _RenderRequest | None]) -> _RenderResult:
        """Return the result of all accepted pages; where the process died they are rendered here."""
        self._send_waiting()
        if self._process is None:
            return _render_each(self._renderer, self._waiting)
        try:
            futures.wait(self._sending)
            return self._process.result()
        except DiedError:
            return _render_each(self._renderer, filter(None, map(request_for, self._accepted)))

    def _is_idle(self) -> bool:
        """Whether it has received all that was sent."""
        return not self._sending or self._sending[-1].done()

    def _send_waiting(self, *, more: bool = False) -> None:
        """Send the waiting pages once there are more than a few; `more` that share rows with them will follow."""
        if self._process is None:
            if len(self._waiting) <= FEW:
                return
            self._process = BackgroundProcess(_render_all)
            chosen = (dataclasses.replace(self._renderer.theme, assets={}), self._renderer.language)
            self._send(self._process, self._writer.write(chosen))
        if self._waiting:
            self._send(self._process, self._writer.write(self._waiting))
            self._waiting = []
        if not more:
            self._writer.forget()
            self._send(self._process, _FORGET)

    def _send(self, process: BackgroundProcess[bytes, _RenderResult], message: bytes) -> None:
        if len(self._sending) == _MOST_SENDING:
            futures.wait([self._sending.popleft()])
        self._sending.append(self._sender.submit(_send_or_end, process, message))


_FORGET = b""
"""The message that the following pages share nothing with those before."""
_MOST_SENDING = 100
"""Messages that may wait for the other process; each has some pages, or is `_FORGET`."""


def _send_or_end(process: BackgroundProcess[bytes, _RenderResult], message: bytes) -> None:
    try:
        process.send([message])
    except Exception:  # noqa: BLE001 - without this message its result is of no use: `result` renders the pages here
        process.end()


def _render_each(renderer: Renderer, requests: Iterable[_RenderRequest]) -> _RenderResult:
    result = _RenderResult()
    for each in requests:
        _render(renderer, each, result)
    return result


def _render_all(messages: Iterator[bytes]) -> _RenderResult:
    """Render and write the pages in messages, several in each; the first message is a theme and a language.

    After a page that cannot be rendered the rest is read all the same, so that the sender does not wait for ever.
    """
    reader = pickling.Reader()
    chosen: tuple[Theme, str] = reader.read(next(messages))
    renderer, result = Renderer(*chosen), _RenderResult()
    for message in messages:
        if message == _FORGET:
            reader = pickling.Reader()
            renderer.forget()
            continue
        for each in reader.read(message):
            if result.problem is None:
                _render(renderer, each, result)
    return result


def _render(renderer: Renderer, request: _RenderRequest, result: _RenderResult) -> None:
    try:
        page = renderer.page(request.template, request.view)
    except ThemeError as error:
        result.problem = result.problem or (request.number, error.diagnostic)
        return
    result.written.append((request.path, staging.written(request.target, page.content, request.key)))
    folder = posixpath.dirname(request.path)
    for address in page.addresses:
        result.links.setdefault((folder, address), _LinkingPage(request.number, request.path, request.template))


def _finish(every: Sequence[_RenderResult], plan: SitePlan, stage: Staging) -> None:
    """Report the files written to the stage. Raises ThemeError with the problem of the first page that has one."""
    problems = [each.problem for each in every if each.problem is not None]
    if problems:
        raise ThemeError(min(problems, key=itemgetter(0))[1])
    links = chain.from_iterable(each.links.items() for each in every)
    lost = [(link, address) for (folder, address), link in links if not _is_sound(folder, address, plan.may_link_to)]
    if lost:
        link, address = min(lost)
        raise _broken_link(address, link.page, link.template)
    for path, each in chain.from_iterable(each.written for each in every):
        stage.note(path, each)
