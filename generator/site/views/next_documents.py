"""The documents worth collecting next, and what each would add."""

from __future__ import annotations

from msgspec import Struct

from generator.readiness.next_documents import NextDocument
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views.frame import Link, item_link


class NextRow(Struct, frozen=True):
    """One document worth collecting, in the types of which any will do, and what it unlocks."""

    type: str
    item: Link
    label: str
    unlocks: tuple[str, ...]


def next_rows(site: Site, page: str, readiness: Readiness, most: int | None = None) -> tuple[NextRow, ...]:
    """Return the next documents worth collecting as rows."""
    return tuple(
        NextRow(
            site.requirement_label(each.requirement),
            item_link(page, each.item.id),
            site.label(each.item),
            unlocks(site, each),
        )
        for each in readiness.next_documents[:most]
    )


def unlocks(site: Site, each: NextDocument) -> tuple[str, ...]:
    """Return what a missing document would add, one line for each effect."""
    words, area = site.words, each.item.area
    found = []
    if each.opens_gate or (each.area_share and not each.score):
        found.append(words("+{share} of the documents of area {area}", share=words.points(each.area_share), area=area))
    if each.completes:
        found.append(words("with this one area {area} reaches its threshold", area=area))
    if each.score:
        found.append(words("+{score} supported index", score=words.number(each.score)))
    return tuple(found)
