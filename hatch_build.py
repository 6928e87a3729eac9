"""Compiles the message catalogues when the package is built or installed; the compiled ones are not kept in git."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Writes a `.mo` beside every `.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue before the files of the wheel are gathered."""
        for source in sorted(Path(self.root, "generator", "locale").rglob("*.po")):
            with source.open("rb") as text:
                catalogue = read_po(text, locale=source.parts[-3])
            catalogue.creation_date = catalogue.revision_date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
            with source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, catalogue)
