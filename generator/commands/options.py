"""Arguments and options that subcommands share, and how their values are read; the only module that asks the clock."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Protocol, TypeVar

import click

from generator.languages import LANGUAGES
from generator.messages.refusals import N_, Refused

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")


class DayOption(click.ParamType[datetime.date]):
    """A calendar day, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        """Turn the text of an option into a day."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.datetime.strptime(str(value), "%Y-%m-%d").replace(tzinfo=datetime.UTC).date()
        except ValueError:
            from generator.languages import dates

            sentence = _("{value} is not a day of the form YYYY-MM-DD").format(value=value)
            suggestion = dates.meant(str(value))
            hint = f". {_('Did you mean {name}?').format(name=suggestion)}" if suggestion is not None else ""
            self.fail(sentence + hint, param, ctx)


def today() -> datetime.date:
    """Return the day of the computation where none is given: SOURCE_DATE_EPOCH, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.datetime.now().astimezone().date()
    try:
        seconds = int(epoch)
    except ValueError as error:
        raise click.UsageError(_("SOURCE_DATE_EPOCH is not a number of seconds")) from error
    try:
        return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(_("SOURCE_DATE_EPOCH is too large to be a day")) from error


def portfolio_folder(given: Path | None) -> Path:
    """Return the portfolio's folder: the one given, else this one, else its `content/`."""
    if given is not None:
        return given
    for folder in (Path(), Path("content")):
        if (folder / "portfolio.yaml").is_file():
            return folder
    below = [each.parent.name for each in sorted(Path().glob("*/portfolio.yaml"))]
    command = click.get_current_context().command_path
    above = next((up for up in _parents() if (up / "portfolio.yaml").is_file()), None)
    if above is not None:
        sentence = _("There is no portfolio here, but above. Name its folder: {commands}")
        raise click.UsageError(sentence.format(commands=f"{command} {above.as_posix()}"))
    if below:
        sentence = _("There is no portfolio here, but below. Name its folder: {commands}")
        named = (f"{command} {folder}" if " " not in folder else f'{command} "{folder}"' for folder in below)
        raise click.UsageError(sentence.format(commands=", ".join(named)))
    raise click.UsageError(_("There is no portfolio here. Name its folder, or make one: catat init"))


def _parents() -> Iterator[Path]:
    """Yield the folders above the current one, the nearest first, as relative paths."""
    for steps in range(1, len(Path.cwd().parts)):
        yield Path(*[".."] * steps)


class Decorator(Protocol):
    """What an option does to the function of a subcommand."""

    def __call__(self, function: F, /) -> F:
        """Decorate."""


DATE = _("DATE")


class _Argument(click.Argument):
    """An argument that errors name as the usage line does, translated."""

    def get_error_hint(self, ctx: click.Context | None) -> str:  # noqa: ARG002 - as Click calls it
        """Return the name for an error."""
        return f"'{_(self.metavar or self.human_readable_name).strip('[]')}'"


portfolio_argument: Decorator = click.argument(
    "portfolio",
    cls=_Argument,
    required=False,
    type=click.Path(exists=True, file_okay=False, readable=False, path_type=Path),
    metavar=N_("[PORTFOLIO]"),
)
# cli.py reads it before anything is imported; it is declared here so that each command accepts it.
lang_option: Decorator = click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_("Language of this program: id or en.")
)
as_of_option: Decorator = click.option(
    "--as-of", "as_of", type=DayOption(), help=_("Compute the state of this day (default: today).")
)


def parse_option(name: str, parse: Callable[[str], T], written: str | None) -> T | None:
    """Return the value of an option, None where it was not given. Raises Click's error where `parse` refuses it."""
    if written is None:
        return None
    try:
        return parse(written)
    except Refused as refused:
        raise click.BadParameter(refused.sentence, param_hint=name) from refused


def examples(lines: str) -> str:
    """Return the end of a help text; the first mark keeps the lines as they are."""
    return "\b\n" + _("Examples:") + "\n" + lines
