"""What can be found by the search, as a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What can be found: an item, a record, a document, a finding, a person or a page.

    `address` is relative to the site's root, `day` is an ISO date or empty, `context` one line that also has the day in
    words. `words` are labels, types, people, tags, codes and file names. A `body` that is a function is called once,
    when its entry is indexed, so that the texts of many documents are never in memory at the same time.
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
    body: str | Callable[[], str]
