"""A document that is handed in with a new record."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct


class IncomingFile(Struct, frozen=True):
    """A document that is taken: its path, its tidy name beside the record, its types where they are known.

    `day` is when a photo was taken, `created` when a PDF was created, as the files themselves say. `title` is made of
    the file's own name where its tidy name differs; it is empty where the name stays.
    """

    path: Path
    name: str
    types: tuple[str, ...]
    day: datetime.date | None = None
    locked: bool = False
    created: datetime.date | None = None
    title: str = ""

    @property
    def in_portfolio(self) -> bool:
        """Whether the file is in the portfolio already: its name is the path there, and it is not copied."""
        return "/" in self.name
