"""Options whose text is understood like an answer to a question."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _
from typing import TypeVar

import click

from generator import exitcodes
from generator.messages.refusals import Refused

T = TypeVar("T")


def option(name: str, understand: Callable[[str], T], written: str | None) -> T | None:
    """Return what an option says, None where it was not given. Raises Click's error where it is not understood."""
    if written is None:
        return None
    try:
        return understand(written)
    except Refused as refused:
        raise click.BadParameter(refused.sentence, param_hint=name) from refused


def stopped(by: BaseException) -> click.exceptions.Exit:
    """Say that somebody left before anything was written; return what leaves the command."""
    click.echo("\n" + _("Stopped. Nothing was written."), err=True)  # the cursor stands behind ^C
    return click.exceptions.Exit(exitcodes.stopped(by))
