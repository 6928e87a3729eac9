"""Receives what the sites of many units say: some at a time, each within its limits, whatever the others do."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from msgspec.structs import replace

from generator.publishing.site_copies import CopyTooSlow, CopyUnreachable
from generator.rollup.fetch_faults import NOT_ASKED, Unreadable, of_readiness, unreadable
from generator.rollup.received_files import ReceivedFiles
from generator.rollup.signature_checks import SignatureChecks
from generator.rollup.unit_build import SiteFiles
from generator.rollup.unit_readiness import ReadinessInvalid, Shared, read_readiness
from generator.rollup.unit_sites import FetchLimits, ReadSite, fitting, host_of, read_site, without_password
from generator.rollup.units import ListedUnit, Received, UnitFault, UnitList, UnitResult

Built = Mapping[str, SiteFiles | UnitFault]
_LOOK_SECONDS = 0.2
"""How often the interruption by the user is looked for, where waiting cannot be interrupted (Windows)."""
_STOP_SECONDS = 0.5
"""How long threads have to end what they do."""
_FOLDERS_AT_ONCE = 4
_ZIPS_AT_ONCE = 1
"""The directory of a zip is read whole, and may take hundreds of megabytes."""


def receive(
    listed: UnitList,
    received: Path,
    *,
    built: Built,
    limits: FetchLimits = FetchLimits(),  # noqa: B008 - it is frozen
    progress: Callable[[int, int], None],
) -> tuple[UnitResult, ...]:
    """Return what was received of each unit of a list, in its order, or why nothing was.

    A unit in `built` is what its build gave. What is read is kept in the folder `received`, good signatures beside it.
    Raises OSError where these cannot be written or the file of signers cannot be read, SigningRefused where signatures
    cannot be checked.
    """
    checks = SignatureChecks(listed.signers, received.with_name("signatures")) if listed.signers is not None else None
    run = _Reception(listed.file.parent, built, limits, ReceivedFiles(received), checks)
    results: list[UnitResult | None] = [None] * len(listed.units)
    with closing(_results(run, listed.units, limits)) as found:
        for done, (number, result) in enumerate(found, start=1):
            results[number] = result
            progress(done, len(listed.units))
    if checks is not None:
        checks.remember()
    return tuple(each for each in results if each is not None)


class _Reception:
    """What the threads of one run share."""

    def __init__(
        self, folder: Path, built: Built, limits: FetchLimits, kept: ReceivedFiles, checks: SignatureChecks | None
    ) -> None:
        self._folder, self._built, self._limits, self._kept, self._checks = folder, built, limits, kept, checks
        self._shared: Shared = {}
        self.stopped = Event()

    def stop(self) -> None:
        """Let every thread end as soon as it looks; nothing is written from now on."""
        self.stopped.set()
        self._kept.close()

    def host(self, unit: ListedUnit) -> str:
        """Return the host that is asked for a unit; "" where none is."""
        return "" if unit.fault is not None or unit.id in self._built else host_of(unit.place)

    def result(self, unit: ListedUnit, server: _Server) -> UnitResult:
        """Return what is received of a unit."""
        shown = replace(unit, place=without_password(unit.place))
        try:
            return UnitResult(shown, self._received(unit, server))
        except Unreadable as error:
            return UnitResult(shown, None, error.fault)

    def _received(self, unit: ListedUnit, server: _Server) -> Received:
        """Return what is received of a unit. Raises Unreadable; what changes while it is read is read twice."""
        if unit.fault is not None:
            raise Unreadable(unit.fault)
        built = self._built.get(unit.id)
        if isinstance(built, UnitFault):
            raise Unreadable(built)
        if built is not None:
            return self._checked(unit, fitting(built.readiness, built.sums, built.signature))
        if server.unanswered >= self._limits.unanswered:
            raise unreadable(NOT_ASKED, host=server.host, count=str(server.unanswered))
        until = time.monotonic() + self._limits.seconds
        try:
            return self._checked(unit, self._read(unit, server, until))
        except Unreadable as error:
            if not error.passing:
                raise
        return self._checked(unit, self._read(unit, server, until))

    def _read(self, unit: ListedUnit, server: _Server, until: float) -> ReadSite:
        try:
            found = read_site(unit.place, self._folder, self._limits, until, self.stopped)
        except Unreadable as error:
            cause = error.__cause__
            silent = isinstance(cause, CopyUnreachable) and not isinstance(cause, CopyTooSlow)
            server.unanswered = server.unanswered + 1 if silent else 0
            raise
        server.unanswered = 0
        return found

    def _checked(self, unit: ListedUnit, found: ReadSite) -> Received:
        """Return the figures of a site whose files fit together. Raises Unreadable."""
        files = found.files
        self._kept.keep(files.sums, found.sums)
        self._kept.keep(files.readiness, found.readiness)
        if files.signature is not None:
            self._kept.keep(files.signature)
        signed = self._checks is not None and self._checks.is_signed(files.sums, files.signature, unit.signer)
        try:
            readiness = read_readiness(files.readiness, self._shared)
        except ReadinessInvalid as error:
            raise of_readiness(error) from error
        return Received(readiness, found.readiness, found.sums, signed)


class _Server:
    """What units are asked of: a host, or with the name "" this computer."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.waiting: deque[int] = deque()
        self.unanswered = 0
        """Units in a row for which it did not answer."""


def _results(
    run: _Reception, units: Sequence[ListedUnit], limits: FetchLimits
) -> Generator[tuple[int, UnitResult], None, None]:
    """Yield each result with the number of its unit, as it comes. Raises what a thread did not expect."""
    turns = _turns(run, units, limits)
    answers: SimpleQueue[tuple[int, UnitResult] | BaseException] = SimpleQueue()
    # They do not outlive the program, as those of an executor do: one may wait for a name server or a disk for long.
    threads = [
        Thread(target=_work, args=(run, units, turns, answers), daemon=True)
        for _ in range(min(limits.at_once, len(turns)))
    ]
    for each in threads:
        each.start()
    try:
        for _ in units:
            answer = _next(answers)
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        run.stop()
        until = time.monotonic() + _STOP_SECONDS
        for each in threads:
            each.join(max(0.0, until - time.monotonic()))


def _next(answers: SimpleQueue[tuple[int, UnitResult] | BaseException]) -> tuple[int, UnitResult] | BaseException:
    while True:
        try:
            return answers.get(timeout=_LOOK_SECONDS)
        except Empty:
            continue


def _turns(run: _Reception, units: Sequence[ListedUnit], limits: FetchLimits) -> deque[_Server]:
    """Return each server as often as it may be asked at a time, the first ones of all before the second ones."""
    servers: dict[str, _Server] = {}
    most: dict[str, int] = {}
    for number, unit in enumerate(units):
        host = run.host(unit)
        key = host or (".zip" if unit.place.casefold().endswith(".zip") else "")
        server = servers.setdefault(key, _Server(host))
        server.waiting.append(number)
        most[key] = limits.at_once_per_host if host else _ZIPS_AT_ONCE if key else _FOLDERS_AT_ONCE
    return deque(
        server for turn in range(max(most.values(), default=0)) for key, server in servers.items() if turn < most[key]
    )


def _work(
    run: _Reception,
    units: Sequence[ListedUnit],
    turns: deque[_Server],
    answers: SimpleQueue[tuple[int, UnitResult] | BaseException],
) -> None:
    """Receive units until none is left. Whoever takes a turn gives it back; one without units is over."""
    while not run.stopped.is_set():
        try:
            server = turns.popleft()
        except IndexError:
            return
        try:
            number = server.waiting.popleft()
        except IndexError:
            continue
        try:
            answers.put((number, run.result(units[number], server)))
        except BaseException as error:  # noqa: BLE001 - it is raised where the results are waited for
            answers.put(error)
            return
        turns.append(server)
