"""Links to the files that a site offers besides its pages, where the unit wants them."""

from __future__ import annotations

from generator import resources
from generator.model.addresses import (
    DOWNLOADS,
    PORTFOLIO_JSON,
    PORTFOLIO_SCHEMA,
    REGISTERS,
    Paper,
    area_register,
    paper_name,
)
from generator.model.paths import href
from generator.site.site import Site
from generator.site.views.frame import Link


def every_download(site: Site, page: str) -> tuple[Link, ...]:
    """Return links to the reports and all registers, for the front page; none where the unit wants none."""
    words = site.words
    pdf, docx = (paper_name(Paper.REPORT, ending, site.language) for ending in (".pdf", ".docx"))
    typeset = [(words("Readiness report (pdf)"), pdf)] if resources.has_typesetter() else []
    return _links(
        site,
        page,
        *typeset,
        (words("Readiness report (docx)"), docx),
        (words("Registers (xlsx)"), REGISTERS),
        (words("Records (csv)"), "records.csv"),
        (words("Evidence (csv)"), "evidence.csv"),
        (words("Findings (csv)"), "findings.csv"),
        (words("Gaps (csv)"), "gaps.csv"),
        (words("Items (csv)"), "items.csv"),
        (words("All of it for programs (json)"), PORTFOLIO_JSON),
        (words("Its JSON Schema (json)"), PORTFOLIO_SCHEMA),
    )


def register_of(site: Site, page: str, name: str) -> tuple[Link, ...]:
    """Return links to one register: all of them as a workbook, and this one as csv; none where the unit wants none."""
    words = site.words
    return _links(site, page, (words("all registers (xlsx)"), REGISTERS), (words("this list (csv)"), f"{name}.csv"))


def register_of_area(site: Site, page: str, number: int) -> tuple[Link, ...]:
    """Return the link to the registers of an area; none where the unit wants none."""
    return _links(site, page, (site.words("the registers of this area (xlsx)"), area_register(number)))


def _links(site: Site, page: str, *files: tuple[str, str]) -> tuple[Link, ...]:
    return tuple(Link(text, href(page, f"{DOWNLOADS}{name}")) for text, name in files if site.downloads)
