"""What the benchmark has to know of another generator, and the content that all of them are given."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Command
from tests.benchmarks.portfolios import Portfolio, Record

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Site:
    """A peer's folder, the folder that it builds into, and where it may keep what it likes between builds."""

    source: Path
    output: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator.

    `package` is what its registry (`pip` or `npm`) knows it by, `version` the arguments that have it tell its version.
    `write` writes a portfolio as its source, `home` is the folder of a record in that source, and `build` gives the
    command for its program: everything anew where output and cache are new, else as quickly as it can without leaving
    anything stale.
    """

    name: str
    registry: str
    package: str
    program: str
    version: tuple[str, ...]
    write: Callable[[Path, Portfolio], None]
    home: Callable[[Path, Record], Path]
    build: Callable[[Path, Site], Command]
    cache_in_source: bool = False
    """Whether it keeps its cache in the source, so that builds without one need a source of their own."""


def copy_templates(name: str, folder: Path) -> None:
    """Begin a peer's source with its templates and settings."""
    shutil.copytree(TEMPLATES / name, folder, dirs_exist_ok=True)


def write_documents(home: Path, record: Record) -> None:
    """Write the evidence of a record beside it."""
    for document in record.evidence:
        (home / document.name).write_bytes(document.content())


def matter(record: Record, *more: str) -> str:
    """The front matter of a record, which all peers but one read as YAML."""
    entries = "".join(
        f"  - {{file: {document.name}, title: {document.title}, type: {document.type}}}\n"
        for document in record.evidence
    )
    return "".join(
        (
            f"title: {record.title}\ndate: {record.day}\nend_date: {record.last_day}\n",
            f"items: [{', '.join(record.items)}]\npeople: [{record.person}]\ntags: [{record.tag}]\n",
            f"evidence:\n{entries}",
            *(f"{line}\n" for line in more),
        )
    )


def with_addresses(record: Record) -> str:
    """The text of a record with links as addresses: the peer is spared the work of resolving them."""
    return record.text.replace("/index.md)", "/)")


def write_page(path: Path, matter: str, text: str = "") -> None:
    """Write a page of front matter and Markdown; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{matter.rstrip()}\n---\n\n{text}", encoding="utf-8")
