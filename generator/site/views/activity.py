"""What was done: one record with its evidence; free pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from generator.model.paths import href
from generator.model.portfolio import FreePage, Record
from generator.site.views.common import (
    DOCUMENTS_PER_PAGE,
    DocumentView,
    Frame,
    Link,
    Scene,
    area_path,
    free_page_path,
    record_part_path,
    record_path,
)
from generator.site.views.worksheet import FindingView, finding_view


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record's page; `continued` on the further pages of a crowded one, which hold no more than its documents."""

    frame: Frame
    title: str
    id: str
    draft: bool
    restricted: str
    continued: bool
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


@dataclass(frozen=True, slots=True)
class FreePageView:
    """A page of the unit's own; `contents` leads to the headings of a long one."""

    frame: Frame
    title: str
    contents: tuple[Link, ...]
    text: Markup


def record_views(
    scene: Scene, record: Record, previous: str | None, following: str | None
) -> Iterator[tuple[str, Callable[[], RecordView]]]:
    """Yield a record's page, to be made, with the ids of those before and after it; several where it is crowded."""
    parts = 1 if record.restricted else max(1, -(-len(record.documents) // DOCUMENTS_PER_PAGE))
    paths = [record_path(record.id), *(record_part_path(record.id, number) for number in range(2, parts + 1))]
    for number, page in enumerate(paths):
        yield page, partial(_record_part, scene, record, previous, following, paths, number)


def _record_part(
    scene: Scene,
    record: Record,
    previous: str | None,
    following: str | None,
    paths: Sequence[str],
    number: int,
) -> RecordView:
    page, start = paths[number], number * DOCUMENTS_PER_PAGE
    shown = () if record.restricted else record.documents[start : start + DOCUMENTS_PER_PAGE]
    pages = tuple(Link(str(place), href(page, path), path == page) for place, path in enumerate(paths, start=1))
    return replace(
        _record_view(scene, page, record, tuple(scene.card(page, document) for document in shown)),
        pages=pages if len(pages) > 1 else (),
        previous=scene.record_link(page, scene.record(previous)) if previous is not None else None,
        next=scene.record_link(page, scene.record(following)) if following is not None else None,
    )


def _record_view(scene: Scene, page: str, record: Record, documents: tuple[DocumentView, ...]) -> RecordView:
    words, language, continued = scene.words, scene.words.language, page != record_path(record.id)
    area = next((area for area in scene.instrument.areas if area.number == record.area), None)
    when = words.day(record.date)
    if record.end_date is not None and record.end_date != record.date:
        when = f"{when} – {words.day(record.end_date)}"
    findings = scene.findings_on(record)
    whom = words.together(list(record.people)) or scene.readiness.portfolio.unit
    hidden = record.restricted or continued
    return RecordView(
        frame=scene.frame(page),
        title=record.title,
        id=record.id,
        draft=record.draft,
        restricted=words("This record is restricted. Ask {whom} for it.", whom=whom) if record.restricted else "",
        continued=continued,
        when=when,
        area=Link(f"{area.number}. {area.label.in_(language)}", href(page, area_path(area.number))) if area else None,
        items=tuple((scene.item_link(page, item), scene.item(item).label.in_(language)) for item in record.items),
        people=record.people,
        tags=() if record.restricted else record.tags,
        changed="" if hidden else _changed(scene, record),
        text=Markup("") if hidden else scene.text(page, record.text),
        count="" if record.restricted else words.plural("{count} document", "{count} documents", len(record.documents)),
        documents=documents,
        pages=(),
        findings=() if hidden else tuple(finding_view(scene, page, finding) for finding in findings),
        previous=None,
        next=None,
    )


def _changed(scene: Scene, record: Record) -> str:
    """Say when a record was last changed and by whom, as git has it; nothing where it is not to be said."""
    words, change = scene.words, scene.readiness.portfolio.changes.get(record.id)
    if change is None:
        return ""
    day = words.day(change.day)
    if change.edited:
        return words("since {day}, not committed yet", day=day)
    return words("{day} by {author}", day=day, author=change.author) if change.author else day


def free_page_view(scene: Scene, free: FreePage) -> FreePageView:
    """Return a free page."""
    page = free_page_path(free.id)
    text = scene.text(page, free.text)
    return FreePageView(scene.frame(page), free.title, contents(text), text)


LEAST_HEADINGS = 4
"""With fewer headings a text needs no table of contents."""
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def contents(text: Markup) -> tuple[Link, ...]:
    """Return links to the headings of a sanitised text, where it has so many that a reader looks for one."""
    found = [Link(Markup(words).striptags(), f"#{id_}") for id_, words in _HEADING.findall(text)]  # noqa: S704 - of the same text
    return tuple(found) if len(found) >= LEAST_HEADINGS else ()
