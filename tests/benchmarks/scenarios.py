"""What is done to a portfolio with Catat's commands: the trials of the table, each by its number of records."""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.benchmarks import documents
from tests.benchmarks.measure import Command, Trial, of_command, run_once
from tests.benchmarks.portfolios import LAST_DAY, Portfolio, Record, source

CATAT = (sys.executable, "-m", "generator")
OLD_SECONDS = 3.0
"""How long ago a file was written whose time is beyond doubt: file systems keep times to two seconds."""
NEW_DOCUMENTS = 10_000_000
"""Numbers of documents that no portfolio has."""
THEME = "tema"
TEMPLATE = f"{THEME}/templates/pages/record.html"


@dataclass(frozen=True, slots=True)
class Place:
    """A portfolio on disk, the folder that its site is built into, and the cache that both are built with."""

    root: Path
    output: Path
    cache: Path

    def build(self) -> Command:
        """The command that builds it."""
        arguments = (*CATAT, "build", str(self.root), "-o", str(self.output), "--as-of", str(LAST_DAY))
        return Command(arguments, environment(self.cache))

    def check(self) -> Command:
        """The command that checks it."""
        return Command((*CATAT, "check", str(self.root), "--as-of", str(LAST_DAY)), environment(self.cache))


class Kept:
    """A portfolio that is edited and built again and again, with what was kept from the builds before."""

    def __init__(self, place: Place, *, old: float = OLD_SECONDS) -> None:
        self.place = place
        self._old = old
        self._written = 0.0
        self._built = 0.0

    def edit(self, path: Path, content: bytes) -> Command:
        """Change a file of a portfolio that was built before and left in peace; the build that follows."""
        self.settle()
        self.undo(path, content)
        return self.place.build()

    def undo(self, path: Path, content: bytes) -> None:
        """Write a file, without a build."""
        path.write_bytes(content)
        self._written = time.monotonic()

    def settle(self) -> None:
        """Have everything built, from files that are not so new that they would be doubted; not measured."""
        time.sleep(max(0.0, self._written + self._old - time.monotonic()))
        if self._built <= self._written + self._old:
            run_once(self.place.build())
            self._built = time.monotonic()


def environment(cache: Path) -> dict[str, str]:
    """Variables that lead Catat to a cache."""
    return {"CATAT_CACHE": str(cache)}


def trials(
    work: Path, root: Path, portfolio: Portfolio, *, old: float = OLD_SECONDS
) -> tuple[list[Trial], Callable[[], None]]:
    """The trials of the commands on a portfolio, and what undoes every edit of theirs at the end.

    The edits stay until the next one of the same kind takes their place: one file differs from the build before.
    """
    size = len(portfolio.records)
    fresh = count()

    def cold(_: int) -> Command:
        number = next(fresh)
        return Place(root, work / f"site-{number}", work / f"cache-{number}").build()

    kept = Kept(Place(root, work / "kept-site", work / "kept-cache"), old=old)
    edited, replaced = portfolio.records[size // 2], portfolio.records[size // 3]
    text, original = record_file(root, edited), source(edited).encode()
    document = replaced.evidence[0]
    copy = record_file(root, replaced).parent / document.name

    def unchanged(_: int) -> Command:
        kept.settle()
        return kept.place.build()

    def record(number: int) -> Command:
        return kept.edit(text, original + f"\nDiperbarui {number + 1} kali.\n".encode())

    def replacement(number: int) -> Command:
        new = documents.content(document.ending, number=NEW_DOCUMENTS + number, lines=document.lines)
        return kept.edit(copy, new)

    themed = Kept(Place(work / "themed", work / "themed-site", work / "themed-cache"), old=old)

    def template(number: int) -> Command:
        if not themed.place.root.exists():
            _begin_theme(root, themed.place.root)
        return themed.edit(themed.place.root / TEMPLATE, own_template(f"Templat {number + 1}"))

    checked = Place(root, work / "none", work / "check-cache")

    def check(_: int) -> Command:
        kept.settle()
        if checked.cache.exists():
            checked.cache.rename(work / f"old-check-cache-{next(fresh)}")
        return checked.check()

    def undo() -> None:
        kept.undo(text, original)
        kept.undo(copy, document.content())
        kept.settle()

    commands: dict[str, Callable[[int], Command]] = {
        "build, nothing cached": cold,
        "build, nothing changed": unchanged,
        "build, one record edited": record,
        "build, one document replaced": replacement,
        "build, a template edited": template,
        "check, nothing cached": check,
        "check, again": lambda _: checked.check(),
    }
    return [Trial(name, size, of_command(prepare)) for name, prepare in commands.items()], undo


def start() -> list[Trial]:
    """What starting the program costs by itself."""
    return [Trial("catat --help", None, of_command(lambda _: Command((*CATAT, "--help"))))]


def own_template(words: str) -> bytes:
    """A template of a theme of one's own, which shows these words on each record's page."""
    return (
        f'{{% extends "default/pages/record.html" %}}{{% block main %}}{{{{ super() }}}}<p>{words}</p>{{% endblock %}}'
    ).encode()


def use_theme(root: Path) -> None:
    """Give a portfolio a theme of its own."""
    template = root / TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_bytes(own_template("Templat 0"))
    settings = root / "portfolio.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}theme: {THEME}\n", "utf-8")


def _begin_theme(root: Path, copy: Path) -> None:
    shutil.copytree(root, copy)
    use_theme(copy)


def record_file(root: Path, record: Record) -> Path:
    """Where the file of a record lies."""
    return root / "records" / record.area.folder / record.id / "index.md"
