"""One unit's build as values: what is to be built, and what came of it."""

from __future__ import annotations

import datetime

from msgspec import Struct


class SiteFiles(Struct, frozen=True):
    """What a roll-up reads of a site: readiness.json, SHA256SUMS, and the signature where there is one."""

    readiness: bytes
    sums: bytes
    signature: bytes | None = None


class UnitBuild(Struct, frozen=True):
    """A unit to be built: its sources and the folder for its site as absolute paths on the machine that builds it.

    `seconds` and `megabytes` are the most that its process may take; `results` is the folder of its last result.
    """

    id: str
    source: str
    site: str
    results: str
    on: datetime.date
    seconds: float = 3600.0
    megabytes: int = 4096


class BuildResult(Struct, frozen=True):
    """What came of a build: its exit code, the last lines that it wrote, and the files of its site where it succeeded.

    `inputs` is the digest of its inputs, of the program and of the day: a unit with an equal one and code 0 is skipped.
    A process that was ended by a signal has a negative code, as `subprocess` says it.
    """

    id: str
    inputs: str
    code: int
    message: str = ""
    files: SiteFiles | None = None
    skipped: bool = False
