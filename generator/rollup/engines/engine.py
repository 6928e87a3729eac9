"""The interface of an engine."""

from __future__ import annotations

from concurrent.futures import Future
from types import TracebackType
from typing import Protocol, Self

from generator.rollup.unit_build import UnitBuild, UnitBuildResult


class Engine(Protocol):
    """Builds units somewhere. To build them elsewhere is to write one of these."""

    def submit(self, unit: UnitBuild) -> Future[UnitBuildResult]:
        """Begin to build a unit. Its future has a result whatever happens to the unit: a lost worker too is a code."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
