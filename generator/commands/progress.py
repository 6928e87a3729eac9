"""The progress of long steps, on one line of the terminal."""

from __future__ import annotations

import sys
import time
from gettext import gettext as _
from types import TracebackType

import click


class ProgressLine:
    """Shows how far a long step is, on one line of the terminal; silent in the first second and without a terminal."""

    _QUIET_SECONDS = 1.0
    _INTERVAL_SECONDS = 0.1

    def __init__(self) -> None:
        self._started = self._shown_at = time.monotonic()
        self._shown = False
        self._on_terminal = sys.stderr.isatty()
        self._names = {
            "records": _("Reading records"),
            "assessment": _("Reading the assessment"),
            "findings": _("Reading findings"),
            "pages": _("Writing pages"),
            "texts": _("Setting texts"),
            "evidence": _("Looking at evidence"),
            "documents": _("Copying documents"),
            "links": _("Trying addresses"),
            "verify": _("Verifying files"),
            "bundle": _("Packing files"),
        }

    def __enter__(self) -> ProgressLine:
        return self

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Show that `done` of `of` are done."""
        now = time.monotonic()
        if (
            not self._on_terminal
            or now - self._started < self._QUIET_SECONDS
            or now - self._shown_at < self._INTERVAL_SECONDS
        ):
            return
        self._shown_at, self._shown = now, True
        click.echo(f"\r\x1b[K{self._names.get(stage, stage)} {done}/{of}", nl=False, err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
