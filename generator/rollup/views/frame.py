"""What surrounds a page of a roll-up: the title block and its navigation."""

from __future__ import annotations

from generator.model.addresses import ASSETS, FRONT
from generator.model.paths import href
from generator.rollup.views import addresses
from generator.rollup.views.rollup_site import RollupSite
from generator.site.views.frame import Frame, Link, NavigationGroup

_NOWHERE = ("\0",)


class RollupFrames:
    """The frames of a roll-up's pages; those of a folder share one."""

    def __init__(self, site: RollupSite) -> None:
        self._site = site
        self._folders: dict[str, Frame] = {}

    def of(self, page: str) -> Frame:
        """Return the frame of the page at a path."""
        folder = page.rpartition("/")[0]
        if not folder:
            return rollup_frame(self._site, page)
        if folder not in self._folders:
            self._folders[folder] = rollup_frame(self._site, page)
        return self._folders[folder]


def rollup_frame(site: RollupSite, page: str) -> Frame:
    """Return the frame of the page at a path."""
    words = site.words

    def link(text: str, target: str, *within: str) -> Link:
        return Link(text, href(page, target), page == target or page.startswith(within or _NOWHERE))

    units = [
        link(words("All work units"), addresses.UNITS, "units.", "units/"),
        *([link(words("Regions"), addresses.REGIONS, "regions/")] if site.regions else ()),
        *([link(words("Parent units"), addresses.PARENTS, "parents/")] if site.parents else ()),
        *([link(words("Not read"), addresses.UNREAD, "unread.")] if site.unread else ()),
    ]
    tables = [
        link(words("Supported"), addresses.table_path("supported"), "table."),
        link(words("Claimed"), addresses.table_path("claimed"), "table-claimed."),
        link(words("Assessed"), addresses.table_path("assessed"), "table-assessed."),
    ]
    gaps = [
        link(words("Thresholds missed"), addresses.GATES, "gates/"),
        link(words("Documents missing"), addresses.DOCUMENTS, "documents."),
    ]
    return Frame(
        language=site.language,
        title=words("Roll-up of work units"),
        unit=site.title,
        institution="",
        as_of=site.as_of,
        home=href(page, FRONT),
        search=href(page, addresses.UNITS),
        assets=href(page, ASSETS),
        site_url="",
        navigation=(
            NavigationGroup("overview", "", (link(words("Overview"), FRONT),)),
            NavigationGroup("units", words("Work units"), tuple(units)),
            NavigationGroup("tables", words("Table of values"), tuple(tables)),
            NavigationGroup("gaps", words("Gaps"), tuple(gaps)),
        ),
    )
