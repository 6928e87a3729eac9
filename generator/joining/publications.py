"""Removes what is restricted by now from the publications of a portfolio."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from generator.joining.confidentiality import Confidential
from generator.model.paths import ACTIVE_SUFFIX, published_path
from generator.model.publications import Publication


def without_restricted(publications: tuple[Publication, ...], hidden: Confidential) -> tuple[Publication, ...]:
    """Return the publications without the addresses of restricted files, by their paths and by their names."""
    if not hidden:
        return publications
    paths = frozenset(folded(published_path(each, active=False)) for each in hidden.files)

    def shown(addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in addresses if paths.isdisjoint(forms(each)) and hidden.words(each) == each)

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
