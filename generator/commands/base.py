"""What the subcommands share: the group, options, telling what is wrong. The only place that asks what day it is."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from generator import __version__
from generator.languages import LANGUAGES, selection
from generator.messages.refusals import N_

if TYPE_CHECKING:
    from generator.messages.diagnostics import Diagnostic

F = TypeVar("F", bound=Callable[..., object])


class Day(click.ParamType[datetime.date]):
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

            told = _("{value} is not a day of the form YYYY-MM-DD").format(value=value)
            meant = dates.meant(str(value))
            asked = f". {_('Did you mean {name}?').format(name=meant)}" if meant is not None else ""
            self.fail(told + asked, param, ctx)


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
    command = click.get_current_context().info_name
    above = next((up for up in _steps_up() if (up / "portfolio.yaml").is_file()), None)
    if above is not None:
        told = _("There is no portfolio here, but above. Name its folder: {commands}")
        raise click.UsageError(told.format(commands=f"catat {command} {above.as_posix()}"))
    if below:
        told = _("There is no portfolio here, but below. Name its folder: {commands}")
        named = (
            f"catat {command} {folder}" if " " not in folder else f'catat {command} "{folder}"' for folder in below
        )
        raise click.UsageError(told.format(commands=", ".join(named)))
    raise click.UsageError(_("There is no portfolio here. Name its folder, or make one: catat init"))


def _steps_up() -> Iterator[Path]:
    """Yield the folders above the present one, the nearest first, as they are written from here."""
    for steps in range(1, len(Path.cwd().parts)):
        yield Path(*[".."] * steps)


class Decorator(Protocol):
    """What an option does to the function of a subcommand."""

    def __call__(self, function: F, /) -> F:
        """Decorate."""


DATE = _("DATE")


class _Argument(click.Argument):
    """An argument that errors call by the name that the usage line has for it, in the language that is spoken."""

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
# Read before anything is imported, in cli.py; here so that it is known, wherever it stands.
lang_option: Decorator = click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_("Language of this program: id or en.")
)
as_of_option: Decorator = click.option(
    "--as-of", "as_of", type=Day(), help=_("Compute the state of this day (default: today).")
)


def examples(lines: str) -> str:
    """Return the end of a help text; the first mark keeps the lines as they are."""
    return "\b\n" + _("Examples:") + "\n" + lines


class _Usage(click.Command):
    """A command whose usage line speaks the language that is spoken when it is shown."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]


class _Command(_Usage):
    """A command whose help speaks the language of the program where Click names the kind of a value in English."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        kinds = {click.types.StringParamType: _("TEXT"), click.IntRange: _("NUMBER")}
        for param in self.params:
            if (name := kinds.get(type(param.type))) is not None:
                param.type = copy(param.type)  # Click's own are shared
                param.type.name = name.lower()  # in the help Click writes it large


class _Group(_Usage, click.Group):
    command_class = _Command


@click.group(
    cls=_Group,
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("COMMAND [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Catat: record what you do, do what you record.\n\n"
        "Turns a folder of Markdown records and their evidence into a portfolio for Zona Integritas, with its "
        "readiness computed."
    ),
    epilog=f"\b\n{_('Begin with: catat init my-portfolio')}\n{_('The guide for editors: catat guide')}",
)
@lang_option
@click.version_option(__version__, prog_name="catat", message="%(prog)s %(version)s", help=_("Show the version."))
def catat() -> None:
    """Hold the subcommands."""


def styled(text: str, role: str) -> str:
    """Return text in the colour of its role in a report."""
    colours = {"error": "red", "warning": "yellow", "place": "blue", "hint": "green"}
    return click.style(text, fg=colours[role], bold=role in {"error", "warning"})


def language_of(settings_language: str) -> str:
    """Return the one language of this run: the one asked for, else the portfolio's, else the locale's."""
    return click.get_current_context().obj or selection.spoken() or settings_language


def hand_over(data: str) -> None:
    """Write what another program reads: in UTF-8, whichever code page is spoken here."""
    if sys.stdout.isatty():
        click.echo(data)
    else:
        click.echo(f"{data}\n".encode("utf-8", "backslashreplace"), nl=False)


def tell(diagnostics: Sequence[Diagnostic], language: str, *, to_stderr: bool, whole: bool = False) -> None:
    """Report what is wrong to a person, and how many errors and warnings that is; `whole` without folding anything."""
    from generator.messages.diagnostics import Severity
    from generator.messages.report import as_report

    if diagnostics:
        click.echo(as_report(diagnostics, language, style=styled, whole=whole), err=to_stderr)
    errors = sum(each.severity is Severity.ERROR for each in diagnostics)
    warnings = len(diagnostics) - errors
    told = ", ".join(
        (
            ngettext("{count} error", "{count} errors", errors).format(count=errors),
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        )
    )
    click.echo(told, err=to_stderr)
