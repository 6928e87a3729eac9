"""Pelican: articles with its own kind of front matter, categories for the areas, tags for the items."""

import json
from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.peers.peer import Peer, Site, copy_templates, with_addresses, write_documents
from tests.benchmarks.portfolios import Portfolio, Record


def write(folder: Path, portfolio: Portfolio) -> None:
    """Write the records and their documents, and the labels of areas and items."""
    copy_templates("pelican", folder)
    sheet = portfolio.worksheet
    labels = {area.folder: area.label for area in sheet.areas} | {item.id: item.label for item in sheet.items}
    (folder / "labels.json").write_text(json.dumps(labels), encoding="utf-8")
    for record in portfolio.records:
        place = home(folder, record)
        place.mkdir(parents=True)
        (place / "index.md").write_text(f"{_matter(record)}\n{with_addresses(record)}", encoding="utf-8")
        write_documents(place, record)


def home(folder: Path, record: Record) -> Path:
    """The folder of a record."""
    return folder / "content" / record.area.folder / record.id


def _matter(record: Record) -> str:
    evidence = ";".join(f"{document.name}|{document.title}|{document.type}" for document in record.evidence)
    # With a summary, or Pelican would cut one out of the text.
    return (
        f"Title: {record.title}\nDate: {record.day}\nCategory: {record.area.folder}\nTags: {', '.join(record.items)}\n"
        f"People: {record.person}\nEvidence: {evidence}\nSummary: {record.tag}\n"
    )


def build(program: Path, site: Site) -> Command:
    """Build the site, with Pelican's cache of what it read."""
    arguments = ("--quiet", "--settings", str(site.source / "pelicanconf.py"), "--output", str(site.output))
    return Command((str(program), *arguments), {"PELICAN_CACHE": str(site.cache)}, site.source)


PEER = Peer(
    name="pelican", registry="pip", package="pelican[markdown]", program="pelican", version=("--version",),
    write=write, home=home, build=build,
)  # fmt: skip
