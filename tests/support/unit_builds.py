"""Small units that can be built, and the processes that build them."""

from __future__ import annotations

import datetime
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from generator.rollup.unit_build import UnitBuild
from tests.support import builders
from tests.support.small import RINGKAS

ON = datetime.date(2023, 6, 30)
SETTINGS = """\
title: Portofolio Uji
unit: Satker {id}
instrument: instruments/ringkas.yaml
target: WBK
period: {{from: 2022-09-01, to: 2023-06-30}}
"""
OLD = 1_700_000_000
"""A time long before the tests: a file that was just written is read again, for its time may not show a change."""

T = TypeVar("T")


def unit(
    folder: Path, identifier: str, *, on: datetime.date = ON, seconds: float = 60.0, megabytes: int = 4096
) -> UnitBuild:
    """Write the sources of a unit below a folder, unless they are there; return what is to be built."""
    source = folder / "sources" / identifier
    if not source.exists():
        record = builders.front_matter("Rapat.", title="Rapat tim", date="2023-01-18", items=["A.I.1.i.a"])
        files = {
            "portfolio.yaml": SETTINGS.format(id=identifier),
            "instruments/ringkas.yaml": RINGKAS.read_bytes(),
            "records/1-manajemen-perubahan/rapat.md": record,
            "assessment/1.md": "---\nanswers: {A.I.1.i.a: Ya}\n---\n",
        }
        builders.write(source, files)
        make_old(source)
    return UnitBuild(identifier, str(source), str(folder / "sites" / identifier), on, seconds, megabytes)


def change(unit: UnitBuild, old: str, new: str) -> None:
    """Replace a text in the settings of a unit."""
    settings = Path(unit.source, "portfolio.yaml")
    settings.write_text(settings.read_text("utf-8").replace(old, new), "utf-8")
    make_old(Path(unit.source), OLD + 60)


def make_old(folder: Path, when: int = OLD) -> None:
    """Give everything in a folder an old time."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (when, when))


def builds_of(unit: UnitBuild) -> list[psutil.Process]:
    """Return the processes that build a unit."""
    found = []
    for each in psutil.process_iter(["cmdline", "status"]):
        command = each.info["cmdline"] or ()
        if unit.source in command and each.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(each)
    return found


def eventually(condition: Callable[[], T], seconds: float = 30) -> T:
    """Return what a condition gives as soon as it is true."""
    until, pause = time.monotonic() + seconds, threading.Event()
    while not (found := condition()):
        assert time.monotonic() < until, "it did not come to be so"
        pause.wait(0.02)
    return found
