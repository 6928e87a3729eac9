"""The first page of a part of a site: one area's pages and documents, for somebody who assesses that area."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from generator.model.addresses import FRONT, SUMS, area_path
from generator.model.instrument import Area, Item
from generator.model.paths import href
from generator.model.portfolio import Record
from generator.site.site import Site
from generator.site.views.documents import record_link
from generator.site.views.frame import Frame, Link, NavigationGroup, item_link


class PartView(Struct, frozen=True):
    """The first page of an area's part."""

    frame: Frame
    title: str
    note: str
    area: Link
    items: tuple[tuple[Link, str], ...]
    records: tuple[tuple[Link, str], ...]
    counts: str
    command: str
    sums: Link


def part_title(site: Site, area: Area) -> str:
    """Return what an area's part is called."""
    return site.words("Part: Area {area}", area=site.label(area))


def part_frame(site: Site, frame: Frame, page: str, area: Area) -> Frame:
    """Return the frame of a page as it is in an area's part: it names the part, and leads to nothing outside of it."""
    links = (
        Link(site.words("Contents of this part"), href(page, FRONT), page == FRONT),
        Link(site.label(area), href(page, area_path(area.number)), page == area_path(area.number)),
    )
    return replace(
        frame,
        title=f"{frame.title} · {part_title(site, area)}",
        search="",
        navigation=(NavigationGroup("areas", part_title(site, area), links),),
    )


def part_page(
    site: Site, frame: Frame, area: Area, items: Sequence[Item], records: Sequence[Record], files: int
) -> PartView:
    """Return the first page of an area's part; `files` counts the documents in it, and the pictures of texts."""
    words = site.words
    return PartView(
        frame=frame,
        title=part_title(site, area),
        note=words(
            "This copy is the part of one area: its items, its records and their documents. Its figures were computed "
            "from the whole portfolio. What other areas have is not in it; links that lead there are plain text."
        ),
        area=Link(site.label(area), href(FRONT, area_path(area.number))),
        items=tuple((item_link(FRONT, item.id), site.label(item)) for item in items),
        records=tuple((record_link(FRONT, record), words.day(record.date)) for record in records),
        counts=", ".join(
            (
                words.plural("{count} record", "{count} records", len(records)),
                words.plural("{count} document", "{count} documents", files),
            )
        ),
        command=f"sha256sum -c {SUMS}",
        sums=Link(SUMS, SUMS),
    )
