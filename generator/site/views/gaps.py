"""What is missing: by area, and as a to-do list for each responsible person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model.paths import href
from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.readiness.next_documents import NextDocument
from generator.readiness.scores import ItemReadiness
from generator.site.views.common import GAPS, DocumentView, Frame, Link, Scene, list_path, person_path
from generator.site.views.front import NextRow, next_rows, unlocks


@dataclass(frozen=True, slots=True)
class GapRow:
    """One item with what it lacks, what its first missing document would add, and who answers for it."""

    link: Link
    label: str
    note: str
    missing: str
    unlocks: tuple[str, ...]
    people: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GapArea:
    """The gaps of one area."""

    title: str
    documents: str
    rows: tuple[GapRow, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One responsible person, with how much there is to do."""

    link: Link
    items: str
    documents: str
    refused: str


@dataclass(frozen=True, slots=True)
class GapsView:
    """The page of gaps."""

    frame: Frame
    title: str
    told: str
    state: str
    next_documents: tuple[NextRow, ...]
    areas: tuple[GapArea, ...]
    people: tuple[PersonRow, ...]
    without_people: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """The to-do list of one responsible person: gaps of the items their records are for, documents that do not count.

    `more` counts the documents that are not shown, for a list nobody could work off.
    """

    frame: Frame
    title: str
    person: str
    told: str
    state: str
    rows: tuple[GapRow, ...]
    refused: tuple[DocumentView, ...]
    more: Link | None
    back: Link
    previous: Link | None
    next: Link | None


MOST_REFUSED = 100
MOST_PEOPLE = 4
"""Persons that the row of an item names."""


def gaps_view(scene: Scene) -> GapsView:
    """Return the page of gaps, by area and by responsible person."""
    words, gaps = scene.words, Gaps(scene.readiness)
    free = gaps.without_people
    return GapsView(
        frame=scene.frame(GAPS),
        title=words("Gaps"),
        told=words.plural(
            "{count} expected document type is missing.", "{count} expected document types are missing.", gaps.missing
        ),
        state=scene.as_of,
        next_documents=next_rows(scene, GAPS, 20),
        areas=tuple(area_view(scene, gaps, each) for each in gaps.areas),
        # Those who have most to do come first.
        people=tuple(_person_row(scene, each) for each in sorted(gaps.people, key=lambda each: -each.missing)),
        without_people=words.plural(
            "{count} item with gaps has no record with a responsible person, so nobody answers for it.",
            "{count} items with gaps have no record with a responsible person, so nobody answers for them.",
            free,
        )
        if free
        else "",
    )


def _row(scene: Scene, page: str, gaps: Gaps, each: ItemReadiness) -> GapRow:
    documents = gaps.next_of.get(each.item.id, ())
    return GapRow(
        link=scene.item_link(page, each.item.id),
        label=each.item.label.in_(scene.words.language),
        note=_note(scene, each),
        missing=", ".join(scene.type_label(document.type) for document in documents),
        unlocks=_unlocks(scene, documents),
        people=_answering(scene, page, each),
    )


def _unlocks(scene: Scene, documents: Sequence[NextDocument]) -> tuple[str, ...]:
    """Say what the first missing document of an item adds; where it lacks several, that it is of one alone."""
    lines = unlocks(scene, documents[0]) if documents else ()
    if len(documents) == 1 or not lines:
        return lines
    return (scene.words("the first: {effect}", effect=lines[0]), *lines[1:])


def _note(scene: Scene, each: ItemReadiness) -> str:
    if each.answer is None:
        return scene.words("not answered")
    return "" if each.supported else scene.words("answered but not supported")


def _answering(scene: Scene, page: str, each: ItemReadiness) -> tuple[Link, ...]:
    """Return those who answer for an item's records, each with a to-do list; of many the first, and how many more."""
    names = {person for record in each.records for person in record.people}
    people = sorted(names, key=lambda name: (name.casefold(), name))
    links = tuple(Link(person, href(page, person_path(person))) for person in people[:MOST_PEOPLE])
    more = len(people) - MOST_PEOPLE
    item = scene.item_link(page, each.item.id)
    return links if more <= 0 else (*links, Link(f"+{scene.words.count(more)}", item.href))


def area_view(scene: Scene, all_gaps: Gaps, gaps: AreaGaps) -> GapArea:
    """Return the gaps of one area."""
    words, area = scene.words, gaps.area
    rows = tuple(_row(scene, GAPS, all_gaps, each) for each in gaps.items)
    if area is None:
        return GapArea(words("Without an area"), "", rows)
    title = words("Area {area}", area=f"{area.number}. {area.label.in_(words.language)}")
    told = words.plural("{count} document type missing", "{count} document types missing", gaps.missing)
    return GapArea(title, told, rows)


def _person_row(scene: Scene, gaps: PersonGaps) -> PersonRow:
    words = scene.words
    return PersonRow(
        link=Link(gaps.person, href(GAPS, person_path(gaps.person))),
        items=words.count(len(gaps.items)),
        documents=words.count(gaps.missing),
        refused=words.count(len(gaps.refused)),
    )


def person_views(scene: Scene) -> Iterator[tuple[str, Callable[[], PersonView]]]:
    """Yield the to-do list of every responsible person, to be made."""
    people = Gaps(scene.readiness).people
    for position, gaps in enumerate(people):
        before = people[position - 1].person if position else None
        after = people[position + 1].person if position + 1 < len(people) else None
        yield person_path(gaps.person), partial(person_view, scene, gaps, before, after)


def person_view(scene: Scene, gaps: PersonGaps, before: str | None = None, after: str | None = None) -> PersonView:
    """Return the to-do list of one responsible person, with the names before and after it."""
    words, person, refused = scene.words, gaps.person, gaps.refused
    page = person_path(person)
    rows = tuple(_row(scene, page, gaps.gaps, each) for each in gaps.items)
    left = len(refused) - MOST_REFUSED
    return PersonView(
        frame=scene.frame(page),
        title=words("To do: {person}", person=person),
        person=person,
        state=scene.as_of,
        told=words.plural(
            "{count} item with gaps among those the records of {person} are for.",
            "{count} items with gaps among those the records of {person} are for.",
            len(rows),
            person=person,
        ),
        rows=rows,
        refused=tuple(scene.kept_card(page, document) for document in refused[:MOST_REFUSED]),
        more=Link(
            words.plural("{count} more: the whole list", "{count} more: the whole list", left),
            href(page, list_path("evidence", "state", "refused")),
        )
        if left > 0
        else None,
        back=Link(words("All gaps"), href(page, GAPS)),
        previous=Link(before, href(page, person_path(before))) if before is not None else None,
        next=Link(after, href(page, person_path(after))) if after is not None else None,
    )
