"""Writes the pages of a site: those of records in other processes, where there are many, and all others here."""

from __future__ import annotations

import pickle
import posixpath
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent import futures
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from itertools import chain, count
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

from msgspec import Struct, field

from generator.build.page_keys import PageKeys
from generator.incremental import workers
from generator.incremental.sandbox import Failure
from generator.messages.diagnostics import Diagnostic, Place
from generator.output import staging
from generator.output.staging import Manifest, Staging, Written
from generator.site.pages import Page
from generator.site.plan import SitePlan
from generator.site.shared_parts import addresses
from generator.site.site import Site
from generator.site.theme import Renderer, Theme, ThemeError
from generator.site.views.frame import Frames, PageView

T = TypeVar("T")
Progress = Callable[[int, int], None]

FEW = 150
"""So many pages are rendered here, for another process takes as long to begin."""
AT_ONCE = 50
"""Pages that another process gets at once."""


class RenderRequest(NamedTuple):
    """A page to render: its number among all pages, its key, the file to write, its view but for site and frame."""

    number: int
    path: str
    template: str
    key: str
    target: str
    view_of: Callable[..., PageView]
    arguments: tuple[Any, ...]


class _LinkingPage(NamedTuple):
    """The first page with some address: its number among all pages, its path and its template."""

    number: int
    page: str
    template: str


class RenderResult(Struct):
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

    Where a file of the last site is gone and the unit has templates of its own, all pages are rendered, for links that
    such a template writes have to be audited again. Raises ThemeError.
    """
    pages, done = tuple(plan.pages()), count(1)
    nothing_gone = not renderer.theme.own or all(map(plan.may_link_to, before))

    def requests(*, standalone: bool) -> Iterator[RenderRequest]:
        for number, page in enumerate(pages):
            if page.standalone is not standalone:
                continue
            key, path = keys.of(page), page.path
            if not (nothing_gone and stage.keep(path, key)):
                given = page.arguments()[2:]
                yield RenderRequest(number, path, page.template, key, stage.target(path), page.view_of, given)
            progress(next(done), len(pages))

    here, template, frames = RenderResult(), "", Frames(plan.site)
    with _rendered_apart(list(requests(standalone=True)), plan.site, renderer, stage) as finish:
        for each in requests(standalone=False):
            if each.template != template:  # pages of another kind have other rows
                renderer.forget()
                template = each.template
            _render(renderer, plan.site, frames, each, here)
            if here.problem is not None:  # the build fails whatever the other pages are
                break
        results = (here, *finish())
    _finish(results, plan, stage)
    assert all(page.path in stage.written for page in pages)


@contextmanager
def _rendered_apart(
    requests: Sequence[RenderRequest], site: Site, renderer: Renderer, stage: Staging
) -> Iterator[Callable[[], list[RenderResult]]]:
    """Begin to render pages in other processes, if they are more than a few, and yield a function that ends it.

    It renders those that no other process has begun, and those of a process that died.
    """
    if len(requests) <= FEW:
        yield lambda: [_render_all(requests, site, renderer)]
        return
    renderer.compile_pages({each.template for each in requests})
    chosen = pickle.dumps((site, renderer.theme.without_assets(), renderer.language, dict(renderer.compiled)))
    waiting = deque(requests[start : start + AT_ONCE] for start in range(0, len(requests), AT_ONCE))
    render = partial(render_batch, chosen=chosen)

    def render_there() -> list[tuple[Sequence[RenderRequest], RenderResult | Failure | None]]:
        return [(batch, found) for batch in _taken(waiting.popleft) for found in workers.isolated([batch], render)]

    others = max(1, workers.cores() - 1)
    with futures.ThreadPoolExecutor(others) as threads:
        running = [threads.submit(render_there) for _ in range(others)]

        def finish() -> list[RenderResult]:
            results = [_render_all(batch, site, renderer) for batch in _taken(waiting.pop)]
            for batch, found in chain.from_iterable(each.result() for each in running):
                if isinstance(found, RenderResult):
                    results.append(found)
                else:
                    results.append(_render_again(batch, site, renderer, stage))
            return results

        try:
            yield finish
        finally:
            waiting.clear()  # after an error here nothing more is begun there


def _taken(take: Callable[[], T]) -> Iterator[T]:
    """Yield what is taken from a queue that others take from too, until it is empty."""
    with suppress(IndexError):
        while True:
            yield take()


def _render_again(requests: Iterable[RenderRequest], site: Site, renderer: Renderer, stage: Staging) -> RenderResult:
    """Render pages of which another process may have written some."""
    return _render_all([each._replace(target=stage.target(each.path)) for each in requests], site, renderer)


def _render_all(requests: Iterable[RenderRequest], site: Site, renderer: Renderer) -> RenderResult:
    result, frames = RenderResult(), Frames(site)
    renderer.forget()  # the next pages share nothing with those before but the frame
    for each in requests:
        if result.problem is None:
            _render(renderer, site, frames, each, result)
    return result


def render_batch(requests: Sequence[RenderRequest], *, chosen: bytes) -> RenderResult | None:
    """Render pages in another process; None where one that died before it has written some of them.

    `chosen` are the site, theme, language and compiled templates, pickled.
    """
    try:
        return _render_all(requests, *_opened(chosen))
    except FileExistsError:
        return None


@lru_cache(maxsize=1)
def _opened(chosen: bytes) -> tuple[Site, Renderer]:
    given: tuple[Site, Theme, str, dict[str, bytes]] = pickle.loads(chosen)  # noqa: S301 - from the process that began this one
    site, theme, language, compiled = given
    return site, Renderer(theme, language, compiled)


def _render(renderer: Renderer, site: Site, frames: Frames, request: RenderRequest, result: RenderResult) -> None:
    try:
        view = request.view_of(site, frames.of(request.path), *request.arguments)
        page = renderer.page(request.template, view)
    except ThemeError as error:
        result.problem = result.problem or (request.number, error.diagnostic)
        return
    result.written.append((request.path, staging.written(request.target, page.content, request.key)))
    folder = posixpath.dirname(request.path)
    for address in page.addresses:
        result.links.setdefault((folder, address), _LinkingPage(request.number, request.path, request.template))


def _finish(every: Sequence[RenderResult], plan: SitePlan, stage: Staging) -> None:
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
