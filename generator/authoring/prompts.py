"""Questions in the terminal, asked until the answer is valid."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from gettext import gettext as _
from typing import TypeVar

import click

from generator.authoring import yaml_text
from generator.languages.words import Words
from generator.messages.refusals import Refused

T = TypeVar("T")


def can_ask() -> bool:
    """Whether somebody sits at a terminal who reads the questions and can answer them."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:  # letters of another code page are refused with the answer
        reconfigure(errors="surrogateescape")
    return True


_COLUMNS = 80


def instruct(text: str, *, indent: str = "") -> None:
    """Explain the questions, in lines that fit a terminal as it opens."""
    click.echo(click.wrap_text(text, _COLUMNS, initial_indent=indent, subsequent_indent=indent))


def ask(question: str, parse: Callable[[str], T], default: str | None = "") -> T:
    """Ask until the answer is valid, saying why one is not; with None for a default it may not stay blank."""

    def convert(written: str) -> T:
        try:
            return parse(yaml_text.plain(written) if default is None else written)
        except Refused as refused:
            raise click.BadParameter(refused.sentence) from refused

    return click.prompt(question, default=default or "", show_default=bool(default), value_proc=convert)


def ask_yes(question: str, *, blank: bool = True) -> bool:
    """Ask a question that Enter answers with yes; with `blank` false, with no."""

    def parse(written: str) -> bool:
        word = written.strip().casefold()
        if not word:
            return blank
        if word in {"y", "ya", "yes", "ok", "oke"}:
            return True
        if word in {"t", "tidak", "n", "no", "tdk"}:
            return False
        raise Refused(_("Answer y or n."))

    return ask(f"{question} [{_('Y/n') if blank else _('y/N')}]", parse)


def optional(parse: Callable[[str], T], empty: T) -> Callable[[str], T]:
    """Return a parser that takes a blank answer for `empty`."""
    return lambda written: parse(written) if written.strip() else empty


def show_numbered(labels: Iterable[str], *, width: int = 3) -> None:
    """Show labels with the numbers that answers may name them by, from 1."""
    for number, label in enumerate(labels, start=1):
        click.echo(f"  {number:>{width}}. {label}")


def show_day(day: datetime.date | None, suggested: str, words: Words) -> None:
    """Show how a day was understood, unless it is the one that was suggested."""
    if day is not None and words.day(day) != suggested:
        click.echo("  " + _("understood as {day}").format(day=words.day(day)))
