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
        self._sending: float | None = None
        self._on_terminal = sys.stderr.isatty()
        self._names = {
            "pages": _("Writing pages"),
            "texts": _("Reading records"),
            "evidence": _("Looking at evidence"),
            "documents": _("Copying documents"),
            "links": _("Trying addresses"),
            "verify": _("Verifying files"),
            "bundle": _("Packing files"),
            "copying": _("Copying at the target"),
            "sending": _("Sending"),
            "replacing": _("Replacing"),
            "units": _("Building units"),
            "receive": _("Reading units"),
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
        click.echo(f"\r\x1b[K{self._names.get(stage, stage)} {self._far(stage, done, of, now)}", nl=False, err=True)

    def _far(self, stage: str, done: int, of: int, now: float) -> str:
        """Return how far a stage is; of bytes that are sent also how long it will take, once that is known."""
        if stage != "sending":
            return f"{done}/{of}"
        if self._sending is None:
            self._sending = now
        far = f"{done / 1e6:.1f}/{of / 1e6:.1f} MB"
        took = now - self._sending
        if not done or took < self._QUIET_SECONDS:
            return far
        left = round(took * (of - done) / done)
        return f"{far}, {_('{minutes} min {seconds} s left').format(minutes=left // 60, seconds=left % 60)}"

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
