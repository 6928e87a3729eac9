"""Builds units on the workers of a Dask scheduler, on as many machines as it has."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future, InvalidStateError
from functools import partial
from gettext import gettext as _
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from generator.messages.printable import printable
from generator.messages.refusals import N_, Refused
from generator.rollup.engines.program import program_version
from generator.rollup.unit_build import UnitBuild, UnitBuildResult, build_unit, failed

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

RETRIES = 3
"""How often a unit is begun anew whose worker was lost; Dask's own limit is `allowed-failures`, also 3."""


class FleetEngine:
    """Builds units where a Dask scheduler places them; TLS and all else of Dask is as Dask's own configuration says.

    `seconds` is how long the scheduler and a first worker are awaited, `patience` how long a run waits that has no
    worker any more. Where it is left by an exception, units that wait never begin; those that run are finished by their
    workers, so that the next run finds them built.
    """

    def __init__(self, address: str, *, seconds: float = 20.0, patience: float = 120.0) -> None:
        """Connect. Raises Refused where no scheduler answers, it has no worker, or one has another Catat."""
        self._address, self._seconds, self._patience = address, seconds, patience
        self._run = uuid.uuid4().hex[:8]
        self._lock = threading.Lock()
        self._open: dict[str, tuple[UnitBuild, Future[UnitBuildResult], Any]] = {}
        self._closed = threading.Event()
        self._client = client = _connected(address, seconds)
        try:
            _ensure_workers(client, address, seconds)
        except BaseException:
            with contextlib.suppress(Exception):
                _within(_CLOSE_SECONDS, client.close)
            raise
        threading.Thread(target=self._watch, args=(client,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def submit(self, unit: UnitBuild) -> Future[UnitBuildResult]:
        """Have a unit built by a worker."""
        future: Future[UnitBuildResult] = Future()
        key = f"unit-{unit.id}-{self._run}"
        try:
            remote = self._client.submit(build_there, unit, program_version(), key=key, pure=False, retries=RETRIES)
        except Exception as error:  # noqa: BLE001 - whatever Dask raises where the scheduler is gone
            future.set_result(_lost(unit, error))
            return future
        with self._lock:
            self._open[key] = (unit, future, remote)
        remote.add_done_callback(partial(self._finish, key))
        return future

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            for _unit, future, _remote in tuple(self._open.values()):
                future.exception()
        self._closed.set()
        with contextlib.suppress(Exception):  # nothing of a scheduler that is gone has to be closed
            if self._open:
                _within(_CLOSE_SECONDS, partial(self._client.cancel, [each[2] for each in self._open.values()]))
        with contextlib.suppress(Exception):
            _within(_CLOSE_SECONDS, self._client.close)

    def _finish(self, key: str, remote: Any) -> None:
        """Give what came of a unit to whoever waits for it."""
        with self._lock:
            unit, future, _remote = self._open.pop(key, (None, None, None))
        if unit is not None and future is not None:
            _settle(future, _outcome(unit, remote))
            remote.release()

    def _watch(self, client: Client) -> None:
        """Give up what is open once there has been no worker for some time."""
        without = 0.0
        step = min(_WATCH_SECONDS, self._patience)
        while not self._closed.wait(step):
            try:
                without = 0.0 if _within(self._seconds, client.ncores) else without + step
            except Exception:  # noqa: BLE001 - the scheduler does not answer: its futures end by themselves
                without += step
            if without >= self._patience:
                self._give_up(client)
                without = 0.0

    def _give_up(self, client: Client) -> None:
        with self._lock:
            given_up, self._open = self._open, {}
        for unit, future, _remote in given_up.values():
            _settle(future, failed(unit, N_("no worker of {address} is left to build it"), address=self._address))
        with contextlib.suppress(Exception):
            _within(_CLOSE_SECONDS, partial(client.cancel, [remote for _unit, _future, remote in given_up.values()]))


_WATCH_SECONDS = 5.0
_CLOSE_SECONDS = 3.0


def build_there(unit: UnitBuild, program: str) -> UnitBuildResult:
    """Build a unit on a worker, unless this has another Catat than the machine that asks for it."""
    if program_version() != program:
        message = N_("{machine}, where it was to be built, has another Catat: {found}, not {program}")
        machine = socket.gethostname()
        return failed(unit, message, machine=machine, found=program_version(), program=program)
    return build_unit(unit)


def _outcome(unit: UnitBuild, remote: Any) -> UnitBuildResult:
    """Return the result of a future of Dask's, whatever that is."""
    from distributed import KilledWorker

    try:
        result = remote.result()
    except KilledWorker:
        message = N_("{count} workers were lost while they built it, so it is not tried again")
        return failed(unit, message, count=RETRIES + 1)
    except BaseException as error:  # noqa: BLE001 - asyncio's cancellation is no Exception
        return _lost(unit, error)
    if isinstance(result, UnitBuildResult):
        return result
    return _lost(unit, TypeError(type(result).__name__))


def _lost(unit: UnitBuild, error: BaseException) -> UnitBuildResult:
    message = N_("the scheduler has no result of it: {reason}")
    return failed(unit, message, reason=str(error) or type(error).__name__)


def _settle(future: Future[UnitBuildResult], result: UnitBuildResult) -> None:
    with contextlib.suppress(InvalidStateError):  # whoever waited has left
        future.set_result(result)


def _connected(address: str, seconds: float) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        sentence = _("Builds on several machines need libraries that are not installed. Install them with: {command}")
        raise Refused(sentence.format(command="pip install 'catat[fleet]'")) from error
    scheme, colon, _rest = address.rpartition("://")
    if colon and scheme not in _SCHEMES:
        raise _unreachable(address, _("Its kind of address is not one of {kinds}").format(kinds=", ".join(_SCHEMES)))
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return _within(2 * seconds, lambda: Client(address, timeout=seconds, set_as_default=False, name="catat"))
    except Exception as error:
        raise _unreachable(address, _why(error)) from error


_SCHEMES = ("tcp", "tls", "ws", "wss")


def _unreachable(address: str, reason: str) -> Refused:
    sentence = _(
        "No Dask scheduler can be reached at {address} ({reason}). "
        "Start one with `dask scheduler`, and give the address that it shows, such as tcp://10.0.0.5:8786."
    )
    return Refused(sentence.format(address=printable(address), reason=printable(reason)))


def _ensure_workers(client: Client, address: str, seconds: float) -> None:
    """Wait for a first worker. Raises Refused where there is none, or one has another Catat or none."""
    try:
        _within(2 * seconds, lambda: client.wait_for_workers(1, timeout=seconds))
        found = _within(seconds, lambda: client.run(program_version, on_error="return"))
        workers = _within(seconds, client.scheduler_info)["workers"]
    except Exception as error:
        sentence = _("The workers of {address} do not answer ({reason}). Start some with: dask worker {address}")
        raise Refused(sentence.format(address=printable(address), reason=printable(_why(error)))) from error
    own = program_version()
    names = [_name(each, workers) for each, version in sorted(found.items()) if version != own]
    if names:
        sentence = _(
            "These workers have another Catat than this machine ({version}), or none: {names}. "
            "Install the same on all, and start the workers again."
        )
        raise Refused(sentence.format(version=own, names=printable(", ".join(names))))


def _why(error: BaseException) -> str:
    return str(error) or (_("there was no answer") if isinstance(error, TimeoutError) else type(error).__name__)


def _within(seconds: float, ask: Callable[[], T]) -> T:
    """Return what Dask answers. Raises TimeoutError: not all that it does has a limit of its own."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(seconds)


def _name(address: str, workers: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name of a worker, with its address where that is another one."""
    name = str(workers.get(address, {}).get("name", address))
    return address if name == address else f"{name} ({address})"
