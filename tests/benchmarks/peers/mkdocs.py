"""MkDocs with a theme of its own; a hook gathers the lists once, for its templates would go through all pages for each."""

from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.peers.peer import Peer, Site, copy_templates, matter, write_documents, write_page
from tests.benchmarks.portfolios import TITLE, Portfolio, Record


def write(folder: Path, portfolio: Portfolio) -> None:
    """Write a page per record, area and item, and the front page; links stay between files, as MkDocs wants them."""
    copy_templates("mkdocs", folder)
    write_pages(folder / "docs", portfolio)


def write_pages(docs: Path, portfolio: Portfolio) -> None:
    """Write the Markdown files, each of which names its template."""
    write_page(docs / "index.md", f"title: {TITLE}\ntemplate: front.html")
    for area in portfolio.worksheet.areas:
        front = f"title: {area.label}\ntemplate: list.html\nlist_of: {area.folder}"
        write_page(docs / area.folder / "index.md", front)
    for item in portfolio.worksheet.items:
        front = f"title: '{item.id}'\nlabel: '{item.label}'\ntemplate: list.html\nlist_of: {item.id}"
        write_page(docs / "items" / item.id / "index.md", front)
    for record in portfolio.records:
        folder = docs / record.area.folder / record.id
        front = matter(record, "template: record.html", f"area: {record.area.folder}")
        write_page(folder / "index.md", front, record.text)
        write_documents(folder, record)


def home(folder: Path, record: Record) -> Path:
    """The folder of a record."""
    return folder / "docs" / record.area.folder / record.id


def build(program: Path, site: Site) -> Command:
    """Build the site, whole: what `--dirty` leaves alone is stale."""
    settings = ("--config-file", str(site.source / "mkdocs.yml"), "--site-dir", str(site.output))
    return Command((str(program), "build", "--quiet", *settings))


PEER = Peer(
    name="mkdocs", registry="pip", package="mkdocs", program="mkdocs", version=("--version",),
    write=write, home=home, build=build,
)  # fmt: skip
