"""What is missing: by area, and as a to-do list for each responsible person."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.model.addresses import GAPS, list_path, person_path
from generator.model.paths import href
from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.readiness.next_documents import NextDocument
from generator.readiness.scores import ItemReadiness
from generator.site.exhibits import Exhibit
from generator.site.site import Site
from generator.site.views.documents import DocumentView, card
from generator.site.views.downloads import register_of
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.next_documents import NextRow, next_rows, unlocks


class GapRow(Struct, frozen=True):
    """One item with gaps: its missing documents, what the first of them would add, the responsible persons."""

    link: Link
    label: str
    note: str
    missing: tuple[str, ...]
    unlocks: tuple[str, ...]
    people: tuple[Link, ...]


class GapArea(Struct, frozen=True):
    """The gaps of one area."""

    title: str
    documents: str
    rows: tuple[GapRow, ...]


class PersonRow(Struct, frozen=True):
    """One responsible person, with the numbers of gaps and refused documents."""

    link: Link
    items: str
    documents: str
    refused: str


class GapsView(Struct, frozen=True):
    """The page of gaps."""

    frame: Frame
    title: str
    summary: str
    state: str
    next_documents: tuple[NextRow, ...]
    areas: tuple[GapArea, ...]
    people: tuple[PersonRow, ...]
    without_people: str
    downloads: tuple[Link, ...]


class PersonView(Struct, frozen=True):
    """The to-do list of one responsible person: gaps of the items of their records, and their refused documents.

    `more` leads to the whole list of refused documents where this one is cut.
    """

    frame: Frame
    title: str
    person: str
    summary: str
    state: str
    rows: tuple[GapRow, ...]
    refused: tuple[DocumentView, ...]
    more: Link | None
    back: Link
    previous: Link | None
    next: Link | None


MOST_REFUSED = 100
MOST_PEOPLE = 4
"""Responsible persons that the row of an item names."""


def gaps_page(site: Site, frame: Frame, gaps: Gaps) -> GapsView:
    """Return the page of gaps, by area and by responsible person."""
    words = site.words
    free = gaps.without_people
    return GapsView(
        frame=frame,
        title=words("Gaps"),
        summary=words.plural(
            "{count} required document is missing.", "{count} required documents are missing.", gaps.missing
        ),
        state=site.as_of,
        next_documents=next_rows(site, GAPS, gaps.readiness, 20),
        areas=tuple(gap_area(site, gaps, each) for each in gaps.areas),
        # Persons with the most gaps come first.
        people=tuple(_person_row(site, each) for each in sorted(gaps.people, key=lambda each: -each.missing)),
        without_people=words.plural(
            "{count} item with gaps has no record with a responsible person, so nobody answers for it.",
            "{count} items with gaps have no record with a responsible person, so nobody answers for them.",
            free,
        )
        if free
        else "",
        downloads=register_of(site, GAPS, "gaps"),
    )


def _row(site: Site, page: str, gaps: Gaps, each: ItemReadiness) -> GapRow:
    documents = gaps.next_of.get(each.item.id, ())
    return GapRow(
        link=item_link(page, each.item.id),
        label=site.label(each.item),
        note=_note(site, each),
        missing=tuple(site.requirement_label(document.requirement) for document in documents),
        unlocks=_unlocks(site, documents),
        people=_people(site, page, each),
    )


def _unlocks(site: Site, documents: Sequence[NextDocument]) -> tuple[str, ...]:
    """Say what the first missing document of an item adds, marked as such where several are missing."""
    lines = unlocks(site, documents[0]) if documents else ()
    if len(documents) == 1 or not lines:
        return lines
    return (site.words("the first: {effect}", effect=lines[0]), *lines[1:])


def _note(site: Site, each: ItemReadiness) -> str:
    if each.answer is None:
        return site.words("not answered")
    return "" if each.supported else site.words("answered but not supported")


def _people(site: Site, page: str, each: ItemReadiness) -> tuple[Link, ...]:
    """Return links to the to-do lists of an item's responsible persons; of many the first, and how many more."""
    names = {person for record in each.records for person in record.people}
    people = sorted(names, key=lambda name: (name.casefold(), name))
    links = tuple(Link(person, href(page, person_path(person))) for person in people[:MOST_PEOPLE])
    more = len(people) - MOST_PEOPLE
    item = item_link(page, each.item.id)
    return links if more <= 0 else (*links, Link(f"+{site.words.count(more)}", item.href))


def gap_area(site: Site, all_gaps: Gaps, gaps: AreaGaps) -> GapArea:
    """Return the gaps of one area."""
    words, area = site.words, gaps.area
    rows = tuple(_row(site, GAPS, all_gaps, each) for each in gaps.items)
    if area is None:
        return GapArea(words("Without an area"), "", rows)
    title = words("Area {area}", area=site.label(area))
    missing = words.plural("{count} required document missing", "{count} required documents missing", gaps.missing)
    return GapArea(title, missing, rows)


def _person_row(site: Site, gaps: PersonGaps) -> PersonRow:
    words = site.words
    return PersonRow(
        link=Link(gaps.person, href(GAPS, person_path(gaps.person))),
        items=words.count(len(gaps.items)),
        documents=words.count(gaps.missing),
        refused=words.count(len(gaps.refused)),
    )


class PersonContent(Struct, frozen=True):
    """What the page of a responsible person shows: their gaps and refused documents, the persons before and after."""

    gaps: PersonGaps
    refused: tuple[Exhibit, ...]
    previous: str | None = None
    next: str | None = None


def person_page(site: Site, frame: Frame, content: PersonContent) -> PersonView:
    """Return the to-do list of one responsible person."""
    gaps, before, after = content.gaps, content.previous, content.next
    words, person, refused = site.words, gaps.person, content.refused
    page = person_path(person)
    rows = tuple(_row(site, page, gaps.gaps, each) for each in gaps.items)
    left = len(refused) - MOST_REFUSED
    return PersonView(
        frame=frame,
        title=words("To do: {person}", person=person),
        person=person,
        state=site.as_of,
        summary=words.plural(
            "{count} item with gaps among those the records of {person} are for.",
            "{count} items with gaps among those the records of {person} are for.",
            len(rows),
            person=person,
        ),
        rows=rows,
        refused=tuple(card(site, page, exhibit) for exhibit in refused[:MOST_REFUSED]),
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
