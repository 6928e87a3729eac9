"""What is missing: by area, and as a to-do list for each responsible person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.paths import href
from generator.portfolio import Record
from generator.readiness import ItemReadiness
from generator.views.common import GAPS, DocumentView, Frame, Link, Scene, list_path, person_path
from generator.views.front import NextRow, next_rows


@dataclass(frozen=True, slots=True)
class GapRow:
    """One item with what it lacks, and who answers for it."""

    link: Link
    label: str
    note: str
    missing: str
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
    told: str
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
    words, readiness = scene.words, scene.readiness
    rows = _rows(scene, GAPS)
    people = _people(scene)
    missing = sum(len(each.missing) for each in readiness.items)
    held = {item for records in people.values() for record in records for item in record.items}
    free = sum(item not in held for item in rows)
    return GapsView(
        frame=scene.frame(GAPS),
        title=words("Gaps"),
        told=words.plural("{count} expected document is missing.", "{count} expected documents are missing.", missing),
        next_documents=next_rows(scene, GAPS, 20),
        areas=tuple(_areas(scene, rows)),
        people=tuple(_person_rows(scene, people)),
        without_people=words.plural(
            "{count} item with gaps has no record with a responsible person, so nobody answers for it.",
            "{count} items with gaps have no record with a responsible person, so nobody answers for them.",
            free,
        )
        if free
        else "",
    )


def _rows(scene: Scene, page: str) -> Mapping[str, GapRow]:
    words = scene.words
    return {
        each.item.id: GapRow(
            link=scene.item_link(page, each.item.id),
            label=each.item.label.in_(words.language),
            note=_note(scene, each),
            missing=", ".join(scene.type_label(type_) for type_ in each.missing),
            people=_answering(scene, page, each),
        )
        for each in scene.readiness.items
        if each.missing or not each.supported
    }


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


def _areas(scene: Scene, rows: Mapping[str, GapRow]) -> Iterator[GapArea]:
    words, items = scene.words, scene.readiness.items
    for area in scene.instrument.areas:
        coverage = scene.readiness.areas[area.number].coverage
        missing = coverage.expected - coverage.fulfilled
        own = tuple(rows[each.item.id] for each in items if each.item.area == area.number and each.item.id in rows)
        title = words("Area {area}", area=f"{area.number}. {area.label.in_(words.language)}")
        yield GapArea(title, words.plural("{count} document missing", "{count} documents missing", missing), own)
    rest = tuple(rows[each.item.id] for each in items if each.item.area is None and each.item.id in rows)
    if rest:
        yield GapArea(words("Without an area"), "", rest)


def _people(scene: Scene) -> Mapping[str, list[Record]]:
    """Return the responsible persons by name, each with their records."""
    found: dict[str, list[Record]] = {}
    for record in scene.readiness.portfolio.published():
        for person in dict.fromkeys(record.people):
            found.setdefault(person, []).append(record)
    return {person: found[person] for person in sorted(found, key=lambda name: (name.casefold(), name))}


def _items_of(records: list[Record]) -> frozenset[str]:
    return frozenset(item for record in records for item in record.items)


def _person_rows(scene: Scene, people: Mapping[str, list[Record]]) -> Iterator[PersonRow]:
    """Yield those who have something to do, most missing documents first."""
    todo = [(len(_missing_of(scene, records)), person, records) for person, records in people.items()]
    for _, person, records in sorted(todo, key=lambda row: -row[0]):
        yield _person_row(scene, person, records)


def _missing_of(scene: Scene, records: list[Record]) -> list[str]:
    own = _items_of(records)
    return [type_ for each in scene.readiness.items if each.item.id in own for type_ in each.missing]


def _person_row(scene: Scene, person: str, records: list[Record]) -> PersonRow:
    words, readiness = scene.words, scene.readiness
    own = _items_of(records)
    gaps = [each for each in readiness.items if each.item.id in own and (each.missing or not each.supported)]
    open_to_all = (record for record in records if not record.restricted)
    refused = sum(not readiness.acceptance[each.key].accepted for record in open_to_all for each in record.documents)
    return PersonRow(
        link=Link(person, href(GAPS, person_path(person))),
        items=words.count(len(gaps)),
        documents=words.count(len(_missing_of(scene, records))),
        refused=words.count(refused),
    )


def person_views(scene: Scene) -> Iterator[tuple[str, PersonView]]:
    """Yield the to-do list of every responsible person."""
    people = list(_people(scene).items())
    names = [person for person, _ in people]
    for position, (person, records) in enumerate(people):
        before = names[position - 1] if position else None
        after = names[position + 1] if position + 1 < len(names) else None
        yield person_path(person), _person_view(scene, person, records, before, after)


def _person_view(scene: Scene, person: str, records: list[Record], before: str | None, after: str | None) -> PersonView:
    words, page = scene.words, person_path(person)
    own = _items_of(records)
    every = _rows(scene, page)
    rows = tuple(every[each.item.id] for each in scene.readiness.items if each.item.id in own and each.item.id in every)
    acceptance = scene.readiness.acceptance
    open_to_all = (record for record in records if not record.restricted)
    refused = [each for record in open_to_all for each in record.documents if not acceptance[each.key].accepted]
    left = len(refused) - MOST_REFUSED
    return PersonView(
        frame=scene.frame(page),
        title=words("To do: {person}", person=person),
        told=words.plural(
            "{count} item with gaps among those the records of {person} are for.",
            "{count} items with gaps among those the records of {person} are for.",
            len(rows),
            person=person,
        ),
        rows=rows,
        refused=tuple(scene.document(page, document) for document in refused[:MOST_REFUSED]),
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
