"""Prepares what is in the wheel but not in git: compiled message catalogues, and the stemmers that browsers run."""

from __future__ import annotations

import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STEMMERS = ("base-stemmer.js", "english-stemmer.js", "indonesian-stemmer.js")
ORIGIN = """\
Made by the Snowball compiler and minified by the Sphinx project; copied unchanged below this comment.
The licence of Snowball:

{snowball}
The licence of Sphinx:

{sphinx}"""


class CatalogueHook(BuildHookInterface):
    """Writes a `.mo` beside every `.po`, and the stemmers with their licences into `generator/site/vendor`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write both before the files of the wheel are gathered; an editable install runs it too."""
        compile_catalogues(Path(self.root, "generator", "languages"))
        copy_stemmers(Path(self.root, "generator", "site", "vendor"))


def compile_catalogues(folder: Path) -> None:
    """Compile every catalogue below a folder."""
    for source in sorted(folder.rglob("*.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        catalogue.creation_date = catalogue.revision_date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


def copy_stemmers(folder: Path) -> None:
    """Copy the stemmers that Sphinx ships for its own search; each file carries the licences, for sites pass it on."""
    licences = ORIGIN.format(snowball=licence("snowballstemmer"), sphinx=licence("sphinx"))
    folder.mkdir(exist_ok=True)
    for name in STEMMERS:
        source = distribution("sphinx").locate_file(f"sphinx/search/minified-js/{name}")
        code = Path(str(source)).read_text("utf-8")
        folder.joinpath(name).write_text(f"/*!\n{licences}*/\n{code}\n", "utf-8", newline="\n")


def licence(package: str) -> str:
    """Return the text of an installed package's licence, as its own metadata name it."""
    found = distribution(package)
    for name in found.metadata.get_all("License-File") or ():
        text = found.read_text(f"licenses/{name}") or found.read_text(name)
        if text:
            # A licence that closed the comment it stands in would become code.
            return text.replace("*/", "* /").strip() + "\n"
    message = f"{package} names no licence file"
    raise LookupError(message)
