"""The options of `catat import`, as both kinds of sources take them."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct


class ImportOptions(Struct, frozen=True):
    """How an import is to run: `plan` writes its table to a file and stops, `from_plan` takes an edited table.

    `day` and `level` are for findings of a worksheet, which has no column for them; `texts` asks for the official
    wording instead of the answers; `move` moves files of a folder instead of copying them; `replace` lets the answers
    and notes of a worksheet take the place of those that differ.
    """

    dry_run: bool = False
    yes: bool = False
    as_json: bool = False
    plan: Path | None = None
    from_plan: Path | None = None
    move: bool = False
    day: datetime.date | None = None
    level: str | None = None
    texts: bool = False
    replace: bool = False
