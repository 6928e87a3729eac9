"""Items found by what somebody types: part of an id, or words of a label in any order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator import slips
from generator.instrument import Aspect, Item


def exactly(written: str, items: Iterable[Item]) -> tuple[Item, ...] | None:
    """Return the items whose ids were written, one or several, in whatever case; None where any word is no id."""
    by_id = {_squeezed(item.id): item for item in items}
    named = [part for part in re.split(r"[,;\s]+", slips.straight(written).strip("[]")) if part]
    found = [by_id.get(_squeezed(part)) for part in named]
    whole = by_id.get(_squeezed(written))  # `A I 1 i a`
    if whole is not None:
        return (whole,)
    sound = tuple(dict.fromkeys(item for item in found if item is not None))
    return sound if found and None not in found else None


def matching(written: str, items: Sequence[Item], tree: Sequence[Aspect], *, area: int | None) -> tuple[Item, ...]:
    """Return the items that hold every word, those of the area first.

    Words are looked for in ids and labels; where no item has them all, in the labels of what is above it as well.
    """
    words = [_plain(word) for word in slips.straight(written).split()]
    if not words:
        return ()
    above = _labels_above(tree)
    own = [item for item in items if _holds(f"{item.id} {item.label.id} {item.label.en}", words)]
    found = own or [
        item for item in items if _holds(f"{item.id} {item.label.id} {item.label.en} {above[item.id]}", words)
    ]
    return tuple(sorted(found, key=lambda item: area is not None and item.area != area))


def numbers(written: str) -> tuple[int, ...] | None:
    """Return the numbers of a list that were typed (`1, 3 5-7`); None where it was something else."""
    text = re.sub(r"\s*-\s*", "-", slips.straight(written))
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not parts or not all(re.fullmatch(r"\d{1,3}(?:-\d{1,3})?", part) for part in parts):
        return None
    found: list[int] = []
    for part in parts:
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(found))


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]+", ".", name).casefold().strip(".")


def _plain(text: str) -> str:
    return re.sub(r"[-_/\s]+", " ", text.casefold())


def _holds(text: str, words: Sequence[str]) -> bool:
    plain = _plain(text)
    return all(word in plain for word in words)


def _labels_above(tree: Sequence[Aspect]) -> dict[str, str]:
    labels: dict[str, str] = {}

    def walk(aspect: Aspect, above: str) -> None:
        told = f"{above} {aspect.label.id} {aspect.label.en}"
        labels.update((item.id, told) for item in aspect.items)
        for child in aspect.children:
            walk(child, told)

    for top in tree:
        walk(top, "")
    return labels
