"""The outcome of reading and judging a portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct, field

from generator.joining.links import Files
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.model.portfolio import LastChange, Portfolio
from generator.readiness.readiness import Readiness
from generator.reading.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with a stage, the number of its parts that are done, and the number of all."""


def silent(stage: str, done: int, of: int) -> None:
    """Show no progress."""


class Outcome(Struct, frozen=True):
    """A portfolio that was read and judged. Without settings or an instrument there is no portfolio.

    `changes` are the last changes of records as git has them, by the record's id, where the unit publishes them.
    `repeatable`: the outcome is the same as long as the identities of the files are.
    """

    root: Path
    language: str
    diagnostics: tuple[Diagnostic, ...]
    settings: Settings | None = None
    readiness: Readiness | None = None
    files: Files = field(default_factory=dict)
    other_files: tuple[str, ...] = ()
    texts: tuple[Source, ...] = ()
    changes: Mapping[str, LastChange] = field(default_factory=dict)
    repeatable: bool = False

    def source(self, path: str) -> Source:
        """Return the text at a path of the portfolio. Raises StopIteration where there is none."""
        return next(each for each in self.texts if each.path == path)

    @property
    def portfolio(self) -> Portfolio | None:
        """The portfolio, as far as it could be read."""
        return self.readiness.portfolio if self.readiness is not None else None

    @property
    def failed(self) -> bool:
        """Whether a build is not possible."""
        return self.readiness is None or has_errors(self.diagnostics)
