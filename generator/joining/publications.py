"""Removes what is restricted by now from the publications of a portfolio."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from generator.joining.confidentiality import Confidential
from generator.model.paths import ACTIVE_SUFFIX, published_path
from generator.model.publications import Publication


def without_restricted(publications: tuple[Publication, ...], hidden: Confidential) -> tuple[Publication, ...]:
    """Return the publications without the addresses of restricted files, by their paths and by their names.

    What was restricted at an earlier publication stays unnamed when its record and file are gone.
    """
    closed = closed_marks(publications)
    if not hidden and not closed:
        return publications
    paths = frozenset(folded(published_path(each, active=False)) for each in hidden.files)

    def shown(addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            each
            for each in addresses
            if paths.isdisjoint(forms(each)) and hidden.words(each) == each and not is_closed(each, closed)
        )

    def said(answer: str | None) -> str | None:
        return None if answer is None else hidden.words(answer)

    return tuple(
        replace(
            each,
            answers={item: (said(before), said(now)) for item, (before, now) in each.answers.items()},
            added=shown(each.added),
            changed=shown(each.changed),
            withdrawn=shown(each.withdrawn),
        )
        for each in publications
    )


def mark(form: str) -> str:
    """Return the mark of a folded address or name, by which it is known again and from which it cannot be read."""
    return hashlib.sha256(form.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def closed_marks(publications: Iterable[Publication]) -> frozenset[str]:
    """Return the marks of what was restricted at some publication and not shown by a later one."""
    closed: set[str] = set()
    for each in publications:
        closed.difference_update(mark(form) for address in each.added for form in _closable(address))
        closed.update(each.closed)
    return frozenset(closed)


def is_closed(address: str, closed: AbstractSet[str]) -> bool:
    """Whether an address, or the name at its end, is one of those that were restricted."""
    return bool(closed) and any(mark(form) in closed for form in _closable(address))


def _closable(address: str) -> Iterator[str]:
    yield from forms(address)
    yield from forms(address.rpartition("/")[2])


def folded(address: str) -> str:
    """Return an address in the form in which two that a disk may take for one are equal."""
    return unicodedata.normalize("NFC", address).casefold()


def forms(address: str) -> Iterator[str]:
    """Yield a folded address, and what it was before a file was packed."""
    plain = folded(address)
    yield plain
    while plain.endswith(ACTIVE_SUFFIX):
        plain = plain.removesuffix(ACTIVE_SUFFIX)
        yield plain
