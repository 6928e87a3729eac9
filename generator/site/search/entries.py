"""What can be found by the search, as a value."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterable
from operator import attrgetter

from msgspec import Struct


class LazyText(Struct, frozen=True):
    """A text that is read when its entry is indexed, so that not all texts are in memory at the same time.

    `version` differs where the text does. `read` returns None where the text is lost for now.
    """

    version: str
    read: Callable[[], str | None]


class SearchEntry(Struct, frozen=True):
    """What can be found: an item, a record, a document, a finding, a person or a page.

    `address` is relative to the site's root, `day` is an ISO date or empty, `context` one line that also has the day in
    words. `words` are labels, types, people, tags, codes and file names.
    """

    kind: str
    title: str
    address: str
    context: str
    day: str
    areas: tuple[int, ...]
    types: tuple[str, ...]
    year: str
    state: str
    words: tuple[str, ...]
    body: str | LazyText

    def text(self) -> str | None:
        """Return the text of the body, None where it is lost for now."""
        return self.body if isinstance(self.body, str) else self.body.read()


_values = attrgetter("kind", "title", "address", "context", "day", "areas", "types", "year", "state", "words", "body")


def digest(entries: Iterable[SearchEntry]) -> str:
    """Return a digest of entries, by which equal ones are known without their texts being read."""
    digest = hashlib.sha256()
    for each in entries:
        *values, body = _values(each)
        # Version 2 writes equal values as equal bytes, however often they are referred to.
        digest.update(marshal.dumps((values, body if isinstance(body, str) else (body.version,)), 2))
    return digest.hexdigest()
