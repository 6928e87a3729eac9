"""Finds items by what somebody types: part of an id, words of a label in any order, or other names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from generator import folding
from generator.authoring import search_terms
from generator.model.instrument import Aspect, Instrument, Item


def exactly(written: str, items: Iterable[Item]) -> tuple[Item, ...] | None:
    """Return the items whose ids were written, one or several, in whatever case; None where any word is no id."""
    by_id = {_squeezed(item.id): item for item in items}
    named = [part for part in re.split(r"[,;\s]+", folding.straight(written).strip("[]")) if part]
    found = [by_id.get(_squeezed(part)) for part in named]
    whole = by_id.get(_squeezed(written))  # `A I 1 i a`
    if whole is not None:
        return (whole,)
    sound = tuple(dict.fromkeys(item for item in found if item is not None))
    return sound if found and None not in found else None


def matching(
    written: str,
    items: Sequence[Item],
    tree: Sequence[Aspect],
    *,
    area: int | None,
    types: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Item, ...]:
    """Return the items that fit the words, those of the area first, then those of others that fit as well or better.

    `types` are the names of each document type (`type_phrases`). An item fits best by its id and label; then by the
    words of its official question, by stems and by other names; then by the labels above it; then by the
    documents that are usual for it. Of an area only the items that fit best are returned.
    """
    terms = search_terms.terms(written)
    if not terms:
        return ()
    above = _labels_above(tree)
    named = {term: _types_named(term, types or {}) for term in terms}
    fits = {item.id: _fit(named, item, above[item.id]) for item in items}
    own = [item for item in items if area is not None and item.area == area]
    others = [item for item in items if area is None or item.area != area]
    best = _best(own, fits, at_least=_LEAST)
    return (*best, *_best(others, fits, at_least=fits[best[0].id] if best else _LEAST))


def type_phrases(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Return what each document type is called: its id, its labels and its other names."""
    return {
        type_: (type_, label.id, label.en, *instrument.type_names.get(type_, ()))
        for type_, label in instrument.document_types.items()
    }


_OWN, _ABOVE, _DOCUMENTS, _LEAST, _NOT = range(5)
"""How an item fits: by itself, by what is above it, by its usual documents, by part of a word, not at all."""


def _best(items: Sequence[Item], fits: Mapping[str, int], *, at_least: int) -> tuple[Item, ...]:
    """Return the items that fit best of all, none where they fit less than `at_least`."""
    best = min((fits[item.id] for item in items), default=_NOT)
    return tuple(item for item in items if fits[item.id] == best) if best <= at_least else ()


def _fit(named: Mapping[search_terms.Term, frozenset[str]], item: Item, above: str) -> int:
    """Return how an item fits all terms, each given with the document types that it names."""
    label = search_terms.plain(f"{item.label.id} {item.label.en}")
    words = search_terms.words(f"{label} {' '.join(item.match)}")

    def is_own(term: search_terms.Term) -> bool:
        return term.written in item.id.casefold() or f" {term.written}" in f" {label}" or term.is_in(words)

    others = [term for term in named if not is_own(term)]
    if not others:
        return _OWN
    with_above = words | search_terms.words(above)
    if all(term.is_in(with_above) for term in others):
        return _ABOVE
    usual = item.usual_types()
    if all(not named[term].isdisjoint(usual) for term in others):
        return _DOCUMENTS
    if all(len(term.written) > search_terms.SHORT and term.written in label for term in others):
        return _LEAST  # `korupsi` in `antikorupsi`
    return _NOT


def _types_named(term: search_terms.Term, types: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the document types that a term is a name of, or part of a name.

    What is a name by itself is no part of another: a decree on indicators (`SK IKU`) is no indicator (`IKU`).
    """
    phrases = {type_: [search_terms.tokens(each) for each in names] for type_, names in types.items()}
    whole = frozenset(type_ for type_, names in phrases.items() if any(map(term.is_phrase, names)))
    return whole or frozenset(
        type_ for type_, names in phrases.items() if any(map(term.is_in, map(search_terms.united, names)))
    )


def numbers(written: str) -> tuple[int, ...] | None:
    """Return the numbers of a list that were typed (`1, 3 5-7`); None where it was something else."""
    text = re.sub(r"\s*-\s*", "-", folding.straight(written))
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not parts or not all(re.fullmatch(r"\d{1,3}(?:-\d{1,3})?", part) for part in parts):
        return None
    found: list[int] = []
    for part in parts:
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(found))


def _squeezed(name: str) -> str:
    return ".".join(folding.words(name))


def _labels_above(tree: Sequence[Aspect]) -> dict[str, str]:
    labels: dict[str, str] = {}

    def walk(aspect: Aspect, above: str) -> None:
        whole = f"{above} {aspect.label.id} {aspect.label.en}"
        labels.update((item.id, whole) for item in aspect.items)
        for child in aspect.children:
            walk(child, whole)

    for top in tree:
        walk(top, "")
    return labels
