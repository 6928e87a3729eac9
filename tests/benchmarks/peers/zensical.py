"""Zensical with minimal templates; they see one page at a time, so the lists are written as Markdown."""

from collections import defaultdict
from pathlib import Path

import yaml

from tests.benchmarks.measure import Command
from tests.benchmarks.peers.peer import Peer, Site, copy_templates, matter, write_documents, write_page
from tests.benchmarks.portfolios import TITLE, Portfolio, Record

SETTINGS = "settings.yml"
NEWEST = 20


def write(folder: Path, portfolio: Portfolio) -> None:
    """Write a page per record, area and item, the front page, and what the templates look up."""
    copy_templates("zensical", folder)
    sheet = portfolio.worksheet
    areas = [{"folder": area.folder, "label": area.label} for area in sheet.areas]
    labels = {area.folder: area.label for area in sheet.areas} | {item.id: item.label for item in sheet.items}
    settings = {
        "site_name": TITLE,
        "theme": {"custom_dir": "theme", "language": "id"},
        "markdown_extensions": ["toc", "tables"],
        "plugins": [],
        "extra": {"areas": areas, "labels": labels},
    }
    (folder / SETTINGS).write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    for record in portfolio.records:
        place = home(folder, record)
        write_page(
            place / "index.md", matter(record, "template: record.html", f"area: {record.area.folder}"), record.text
        )
        write_documents(place, record)
    _write_lists(folder / "docs", portfolio)


def home(folder: Path, record: Record) -> Path:
    """The folder of a record."""
    return folder / "docs" / record.area.folder / record.id


def _write_lists(docs: Path, portfolio: Portfolio) -> None:
    newest = sorted(portfolio.records, key=lambda record: record.day, reverse=True)
    lists: dict[str, list[Record]] = defaultdict(list)
    for record in newest:
        for name in (record.area.folder, *record.items):
            lists[name].append(record)
    sheet = portfolio.worksheet
    for area in sheet.areas:
        write_page(docs / area.folder / "index.md", f"title: {area.label}", _rows(lists[area.folder], "../"))
    for item in sheet.items:
        text = f"{item.label}\n\n{_rows(lists[item.id], '../../')}"
        write_page(docs / "items" / item.id / "index.md", f"title: '{item.id}'", text)
    parts = (
        *(f"- [{area.label}]({area.folder}/index.md): {len(lists[area.folder])}" for area in sheet.areas),
        "\n## Butir\n",
        *(f"- [{item.id}](items/{item.id}/index.md) {item.label}: {len(lists[item.id])}" for item in sheet.items),
        "\n## Terbaru\n",
        _rows(newest[:NEWEST], ""),
    )
    write_page(docs / "index.md", f"title: {TITLE}", "\n".join(parts))


def _rows(records: list[Record], root: str) -> str:
    rows = (
        f"| {record.day} | [{record.title}]({root}{record.area.folder}/{record.id}/index.md)"
        f" | {', '.join(record.items)} | {len(record.evidence)} |"
        for record in records
    )
    return "\n".join(("| Tanggal | Kegiatan | Butir | Bukti |", "| --- | --- | --- | --- |", *rows)) + "\n"


def build(program: Path, site: Site) -> Command:
    """Build the site: anew where its output is, else with the cache of the build before.

    Output and cache have to lie in the project's folder, beside the source.
    """
    output = site.source / "sites" / site.output.name
    settings = site.source / f"{site.output.name}.yml"
    fresh = ("--clean",) if not output.exists() else ()
    written = (site.source / SETTINGS).read_text(encoding="utf-8")
    settings.write_text(f"{written}site_dir: {output.relative_to(site.source)}\n", encoding="utf-8")
    return Command((str(program), "build", *fresh, "--config-file", settings.name), folder=site.source)


PEER = Peer(
    name="zensical", registry="pip", package="zensical", program="zensical", version=("--version",),
    write=write, home=home, build=build, cache_in_source=True,
)  # fmt: skip
