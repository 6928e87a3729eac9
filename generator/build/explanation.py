"""Why a build did something again: the texts that it read, the documents that it copied, the pages that it wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.build.page_keys import DAY, changed_parts
from generator.incremental.steps import Steps
from generator.model.addresses import FILES
from generator.output.staging import Manifest
from generator.site.pages import Page

NEW, GONE, REPLACED, LINKS = "new", "gone", "replaced", "links"


class Reason(Struct, frozen=True):
    """Something that was done again, and why: `new`, `gone`, `replaced`, or the names of what it depends on.

    `links`: nothing that a page shows has changed, but a file that it may link to is gone or the page was spoilt.
    """

    path: str
    why: tuple[str, ...]


class Explanation(Struct, frozen=True):
    """What a build did again: texts of the portfolio, documents, pages, and other files of the site."""

    texts: tuple[Reason, ...]
    documents: tuple[Reason, ...]
    pages: tuple[Reason, ...]
    others: tuple[Reason, ...]


def explain(steps: Steps, pages: Iterable[Page], before: Manifest, after: Manifest) -> Explanation:
    """Explain a build from its steps and from what the site consisted of before and after it."""
    by_path = {page.path: page for page in pages}
    documents: list[Reason] = []
    written: list[Reason] = []
    others: list[Reason] = []
    for path, why in _changed_files(before, after):
        if path in by_path:
            written.append(Reason(path, _page_parts(by_path[path], why, before, after)))
        elif path.startswith(FILES):
            documents.append(Reason(path, (why,)))
        else:
            (written if path.endswith(".html") else others).append(Reason(path, (why,)))
    return Explanation(tuple(_texts(steps)), tuple(documents), tuple(written), tuple(others))


def _texts(steps: Steps) -> Iterator[Reason]:
    for path, parts in steps.changes("texts").items():
        yield Reason(path, (NEW,) if parts is None else tuple(_TEXT_PARTS[part] for part in parts) or (GONE,))


_TEXT_PARTS = ("text", "defaults")
"""The arguments that a text is read from."""


def _page_parts(page: Page, why: str, before: Manifest, after: Manifest) -> tuple[str, ...]:
    if why == NEW:
        return (NEW,)
    parts = changed_parts(page, before[page.path].key, after[page.path].key)
    # Another day is another site and another frame.
    return (DAY,) if DAY in parts else parts or (LINKS,)


def _changed_files(before: Manifest, after: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the path of each file that was written or removed, and whether it is new, gone or replaced."""
    for path in sorted({*before, *after}):
        if path not in before:
            yield path, NEW
        elif path not in after:
            yield path, GONE
        elif before[path] != after[path]:
            yield path, REPLACED
