"""A record with its evidence; the unit's own pages."""

from __future__ import annotations

import re

from markupsafe import Markup
from msgspec import Struct

from generator.model.addresses import area_path, record_part_path, record_path
from generator.model.paths import href
from generator.model.portfolio import LastChange, Record
from generator.site.exhibits import Exhibit, PlacedFinding, PlacedText
from generator.site.site import Site
from generator.site.views.documents import DOCUMENTS_PER_PAGE, DocumentView, card
from generator.site.views.findings import FindingView, finding_view
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.texts import text_html


class RecordView(Struct, frozen=True):
    """A record's page; the further pages of a record with very many documents show only documents."""

    frame: Frame
    title: str
    draft: bool
    restricted: str
    when: str
    area: Link | None
    items: tuple[tuple[Link, str], ...]
    people: tuple[str, ...]
    tags: tuple[str, ...]
    changed: str
    text: Markup
    count: str
    documents: tuple[DocumentView, ...]
    pages: tuple[Link, ...]
    findings: tuple[FindingView, ...]
    previous: Link | None
    next: Link | None


class FreePageView(Struct, frozen=True):
    """A page of the unit's own; `contents` links to the headings of a long one."""

    frame: Frame
    title: str
    contents: tuple[Link, ...]
    text: Markup


class RecordContent(Struct, frozen=True):
    """All that the pages of a record show; `previous` and `next` are the ids and titles of its neighbours in time."""

    record: Record
    exhibits: tuple[Exhibit, ...]
    text: PlacedText
    findings: tuple[PlacedFinding, ...]
    previous: tuple[str, str] | None
    next: tuple[str, str] | None
    change: LastChange | None


def record_paths(record: Record) -> tuple[str, ...]:
    """Return the paths of a record's pages: one, or several where it has very many documents."""
    parts = 1 if record.restricted else max(1, -(-len(record.documents) // DOCUMENTS_PER_PAGE))
    return tuple(record_part_path(record.id, number) for number in range(1, parts + 1))


def record_page(site: Site, frame: Frame, number: int, content: RecordContent) -> RecordView:
    """Return the n-th page of a record, from 0; those after the first show only its documents."""
    words, record = site.words, content.record
    paths, start = record_paths(record), number * DOCUMENTS_PER_PAGE
    page, continued = paths[number], number > 0
    shown = () if record.restricted else content.exhibits[start : start + DOCUMENTS_PER_PAGE]
    pages = tuple(Link(str(place), href(page, path), path == page) for place, path in enumerate(paths, start=1))
    area = site.area(record.area)
    whom = words.together(list(record.people)) or site.unit
    hidden = record.restricted or continued
    return RecordView(
        frame=frame,
        title=record.title,
        draft=record.draft,
        restricted=words("This record is restricted. Ask {whom} for it.", whom=whom) if record.restricted else "",
        when=_when(site, record),
        area=Link(site.label(area), href(page, area_path(area.number))) if area else None,
        items=tuple((item_link(page, item), site.label(site.item(item))) for item in record.items),
        people=record.people,
        tags=() if record.restricted else record.tags,
        changed="" if hidden else _changed(site, content.change),
        text=Markup("") if hidden else text_html(site, page, content.text),
        count="" if record.restricted else words.plural("{count} document", "{count} documents", len(record.documents)),
        documents=tuple(card(site, page, exhibit) for exhibit in shown),
        pages=pages if len(pages) > 1 else (),
        findings=() if hidden else tuple(finding_view(site, page, finding) for finding in content.findings),
        previous=_neighbour(page, content.previous),
        next=_neighbour(page, content.next),
    )


def _when(site: Site, record: Record) -> str:
    day = site.words.day(record.date)
    ends = record.end_date is not None and record.end_date != record.date
    return f"{day} – {site.words.day(record.end_date)}" if ends and record.end_date else day


def _neighbour(page: str, neighbour: tuple[str, str] | None) -> Link | None:
    return None if neighbour is None else Link(neighbour[1], href(page, record_path(neighbour[0])))


def _changed(site: Site, change: LastChange | None) -> str:
    """Return when a record was last changed and by whom, as git has it; nothing without a change."""
    if change is None:
        return ""
    words, day = site.words, site.words.day(change.day)
    if change.edited:
        return words("since {day}, not committed yet", day=day)
    return words("{day} by {author}", day=day, author=change.author) if change.author else day


def free_page(site: Site, frame: Frame, page: str, title: str, text: PlacedText) -> FreePageView:
    """Return a page of the unit's own."""
    content = text_html(site, page, text)
    return FreePageView(frame, title, contents(content), content)


LEAST_HEADINGS = 4
"""With fewer headings a text needs no table of contents."""
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def contents(text: Markup) -> tuple[Link, ...]:
    """Return links to the headings of a sanitised text, where it has at least LEAST_HEADINGS of them."""
    found = [Link(Markup(words).striptags(), f"#{id_}") for id_, words in _HEADING.findall(text)]  # noqa: S704 - of the same text
    return tuple(found) if len(found) >= LEAST_HEADINGS else ()
