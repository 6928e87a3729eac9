"""Eleventy with Nunjucks: a collection holds what the templates list, documents are passed through."""

import json
from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.peers.peer import Peer, Site, copy_templates, matter, with_addresses, write_documents, write_page
from tests.benchmarks.portfolios import TITLE, Portfolio, Record


def write(folder: Path, portfolio: Portfolio) -> None:
    """Write the records and their documents, and the areas and items as data."""
    copy_templates("eleventy", folder)
    sheet = portfolio.worksheet
    areas = [{"folder": area.folder, "label": area.label} for area in sheet.areas]
    items = [{"id": item.id, "label": item.label} for item in sheet.items]
    labels = {area.folder: area.label for area in sheet.areas} | {item.id: item.label for item in sheet.items}
    data = folder / "src" / "_data"
    data.mkdir(exist_ok=True)
    told = {"title": TITLE, "areas": areas, "items": items, "labels": labels}
    (data / "worksheet.json").write_text(json.dumps(told), encoding="utf-8")
    for record in portfolio.records:
        area, place = record.area.folder, home(folder, record)
        more = ("layout: record.njk", f"area: {area}", f"permalink: /{area}/{record.id}/index.html")
        write_page(place / "index.md", matter(record, *more), with_addresses(record))
        write_documents(place, record)


def home(folder: Path, record: Record) -> Path:
    """The folder of a record."""
    return folder / "src" / record.area.folder / record.id


def build(program: Path, site: Site) -> Command:
    """Build the site; Eleventy keeps nothing between two runs."""
    return Command((str(program), "--quiet", f"--output={site.output}"), folder=site.source)


PEER = Peer(
    name="eleventy", registry="npm", package="@11ty/eleventy", program="eleventy", version=("--version",),
    write=write, home=home, build=build,
)  # fmt: skip
