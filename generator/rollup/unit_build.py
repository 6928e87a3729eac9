"""One unit's build: what is to be built, the one process that builds it, and what came of it."""

from __future__ import annotations

import datetime
import re
import shutil
import signal
import socket
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator import exitcodes
from generator.build import last_runs
from generator.disk import file_content
from generator.messages.printable import printable
from generator.messages.refusals import N_, reason
from generator.model.addresses import READINESS, SIGNATURE, SUMS
from generator.model.paths import SETTINGS
from generator.rollup.unit_process import EndedProcess, ProcessStop, RunningProcesses, run_catat
from generator.rollup.unit_readiness import MOST_BYTES
from generator.rollup.units import UnitFault


class SiteFiles(Struct, frozen=True):
    """What a roll-up reads of a site: readiness.json, SHA256SUMS, and the signature where there is one."""

    readiness: bytes
    sums: bytes
    signature: bytes | None = None


WITH_ERRORS = N_("its portfolio has errors, the first one: {error}")
"""Why a unit was not built whose sources have errors."""


class UnitBuild(Struct, frozen=True):
    """A unit to be built: its sources and the folder for its site as absolute paths on the machine that builds it.

    `seconds` and `megabytes` are the most that its process may take, `language` is that of its messages.
    """

    id: str
    source: str
    site: str
    on: datetime.date
    seconds: float = 3600.0
    megabytes: int = 4096
    language: str = "id"


class UnitBuildResult(Struct, frozen=True):
    """What came of a build: its exit code, the last lines that it wrote, and the files of its site where it succeeded.

    `inputs` is the digest of its inputs, of the program and of the day: a unit with an equal one and code 0 is skipped.
    It is "" where Catat keeps no stamp of the build, which is then made again. A process that was ended by a signal has
    a negative code, as `subprocess` says it. Every code but 0 has a `fault`: the reason in words of the catalogue.
    """

    id: str
    inputs: str
    code: int
    message: str = ""
    files: SiteFiles | None = None
    skipped: bool = False
    fault: UnitFault | None = None


def build_unit(unit: UnitBuild, running: RunningProcesses | None = None) -> UnitBuildResult:
    """Build a unit unless nothing of it has changed since its last build; return what came of it, whatever that is.

    A good build has a stamp, so that a run that was interrupted goes on where it was; a unit with a fault is built
    again. `running` can end the process from another thread.
    """
    try:
        return _unchanged(unit) or _built(unit, running or RunningProcesses())
    except OSError as error:
        message = N_("the system refused to build it: {name}: {reason}")
        return failed(unit, message, name=str(error.filename or ""), reason=reason(error))
    except (MemoryError, RuntimeError) as error:  # no memory and no thread for what waits for the process
        return failed(unit, N_("the system refused to build it: {name}: {reason}"), name="", reason=repr(error))


def failed(unit: UnitBuild, message: str, /, code: int = exitcodes.ENVIRONMENT, **values: object) -> UnitBuildResult:
    """Return the result of a unit that was not built for a reason in words of the catalogue."""
    return UnitBuildResult(unit.id, "", code, fault=_fault(message, **values))


def _fault(message: str, /, **values: object) -> UnitFault:
    return UnitFault(message, tuple((name, printable(str(value))) for name, value in values.items()))


def _unchanged(unit: UnitBuild) -> UnitBuildResult | None:
    """Return the result of the last build where it would be the same now."""
    if not Path(unit.source, SETTINGS).is_file():
        return None
    inputs = last_runs.unchanged_inputs(Path(unit.source), Path(unit.site), unit.on)
    if inputs is None:
        return None
    return UnitBuildResult(unit.id, inputs, exitcodes.OK, files=_site_files(unit), skipped=True)


def _built(unit: UnitBuild, running: RunningProcesses) -> UnitBuildResult:
    """Build a unit. Raises OSError."""
    site = Path(unit.site)
    site.parent.mkdir(parents=True, exist_ok=True)
    if not Path(unit.source, SETTINGS).is_file():
        message = N_("there is no {file} in {path} on {machine}, where it is built")
        return failed(unit, message, file=SETTINGS, path=unit.source, machine=socket.gethostname())
    arguments = (
        "build",
        unit.source,
        "--output",
        unit.site,
        "--as-of",
        unit.on.isoformat(),
        "--yes",
        "--lang",
        unit.language,
    )
    run = partial(run_catat, arguments, seconds=unit.seconds, megabytes=unit.megabytes, running=running)
    ended = run()
    if ended.code == exitcodes.USAGE and site.is_dir():
        # The folder is ours, and no longer what a build wrote there: somebody removed or changed its list.
        shutil.rmtree(site)
        ended = run()
    return _result(unit, ended)


def _result(unit: UnitBuild, ended: EndedProcess) -> UnitBuildResult:
    """Return what came of a process. Raises OSError where its site cannot be read."""
    if ended.code == exitcodes.OK:
        inputs = last_runs.unchanged_inputs(Path(unit.source), Path(unit.site), unit.on)
        return UnitBuildResult(unit.id, inputs or "", exitcodes.OK, files=_site_files(unit))
    said = _said(ended)
    return UnitBuildResult(unit.id, "", ended.code, said, fault=_reason(unit, ended, said))


def _reason(unit: UnitBuild, ended: EndedProcess, said: str) -> UnitFault:
    if ended.stopped is ProcessStop.TIME:
        return _fault(N_("its build was stopped after {seconds} seconds, the limit"), seconds=f"{unit.seconds:g}")
    if ended.stopped is ProcessStop.ENGINE:
        return _fault(N_("its build was stopped with all others"))
    if ended.code < 0:
        return _fault(N_("its build was ended from outside, by {signal}"), signal=_signal(-ended.code))
    if ended.code == exitcodes.ERRORS:
        return _fault(WITH_ERRORS, error=said)
    return _fault(N_("its build ended with code {code}: {error}"), code=ended.code, error=said)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # one that has no name
        return str(number)


_DIAGNOSTIC = re.compile(r"\w+\[[a-z-]+\]: ")
_PLACE = re.compile(r"\s*--> ")
_MOST_LINES = 3
_MOST_CHARACTERS = 500


def _said(ended: EndedProcess) -> str:
    """Return the first error that a build reported, with its place; else its last lines."""
    first = ended.first
    if ended.code == exitcodes.ERRORS and first and _DIAGNOSTIC.match(first[0]):
        places = [_PLACE.sub("", line) for line in first[1:2] if _PLACE.match(line)]
        text = f"{first[0]} ({places[0]})" if places else first[0]
    else:
        text = " ".join(line.strip() for line in ended.last[-_MOST_LINES:])
    return printable(text[:_MOST_CHARACTERS])


_MOST_SUMS = 64 * 1024 * 1024


def _site_files(unit: UnitBuild) -> SiteFiles:
    """Read what a roll-up needs of a site, no more than it accepts. Raises OSError."""
    site = Path(unit.site)
    try:
        signature = file_content(site / SIGNATURE, MOST_BYTES + 1)
    except FileNotFoundError:
        signature = None
    readiness, sums = file_content(site / READINESS, MOST_BYTES + 1), file_content(site / SUMS, _MOST_SUMS)
    return SiteFiles(readiness, sums, signature)
