"""The subcommands: options in, one call, an exit code out. The only place that asks what day it is."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from generator import __version__, exitcodes
from generator.resources import LANGUAGES

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic

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
            self.fail(_("{value} is not a day of the form YYYY-MM-DD").format(value=value), param, ctx)


def today() -> datetime.date:
    """Return the day of the computation where none is given: SOURCE_DATE_EPOCH, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(_("SOURCE_DATE_EPOCH is not a number of seconds")) from error


def portfolio_folder(given: Path | None) -> Path:
    """Return the portfolio's folder: the one given, else this one, else its `content/`."""
    if given is not None:
        return given
    for folder in (Path(), Path("content")):
        if (folder / "portfolio.yaml").is_file():
            return folder
    raise click.UsageError(_("There is no portfolio here. Name its folder, or make one: catat init"))


class Decorator(Protocol):
    """What an option does to the function of a subcommand."""

    def __call__(self, function: F, /) -> F:
        """Decorate."""


_portfolio: Decorator = click.argument(
    "portfolio", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[PORTFOLIO]"
)
# Read before anything is imported, in cli.py; here so that it is known, wherever it stands.
_lang: Decorator = click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, help=_("Language of this program: id or en.")
)
_as_of: Decorator = click.option(
    "--as-of", "as_of", type=Day(), help=_("Compute the state of this day (default: today).")
)


def _examples(lines: str) -> str:
    """Return the end of a help text; the first mark keeps the lines as they are."""
    return "\b\n" + _("Examples:") + "\n" + lines


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Catat: record what you do, do what you record.\n\n"
        "Turns a folder of Markdown records and their evidence into a portfolio for Zona Integritas, with its "
        "readiness computed."
    ),
    epilog=_("Begin with: catat init my-portfolio"),
)
@_lang
@click.version_option(__version__, prog_name="catat", message="%(prog)s %(version)s", help=_("Show the version."))
def catat() -> None:
    """Hold the subcommands."""


def _style(text: str, role: str) -> str:
    colours = {"error": "red", "warning": "yellow", "place": "blue", "hint": "green"}
    return click.style(text, fg=colours[role], bold=role in {"error", "warning"})


def _language(settings_language: str) -> str:
    """Return the language for messages: the one asked for, else the portfolio's."""
    return click.get_current_context().obj or settings_language


def _tell(diagnostics: Sequence[Diagnostic], language: str, *, to_stderr: bool) -> None:
    from generator.diagnostics import Severity, as_text

    if diagnostics:
        click.echo(as_text(diagnostics, language, style=_style), err=to_stderr)
    errors = sum(each.severity is Severity.ERROR for each in diagnostics)
    warnings = len(diagnostics) - errors
    told = ", ".join(
        (
            ngettext("{count} error", "{count} errors", errors).format(count=errors),
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        )
    )
    click.echo(told, err=to_stderr)


@catat.command(
    help=_("Check a portfolio and tell everything that is wrong with it, in one go."),
    epilog=_examples("  catat check\n  catat check my-portfolio --strict\n  catat check --format json > problems.json"),
)
@_portfolio
@_as_of
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    show_default=True,
    help=_("How to write it: for people, for programs, or as annotations for CI systems."),
)
@click.option("--strict", is_flag=True, help=_("Count warnings as errors."))
@click.option("--links", is_flag=True, help=_("Also try the addresses on the web."))
@_lang
def check(portfolio: Path | None, as_of: datetime.date | None, form: str, strict: bool, links: bool) -> int:  # noqa: FBT001 - Click's flags
    """Check."""
    from generator import diagnostics, pipeline
    from generator.settings import DEFAULT_THEME
    from generator.terminal import Progress

    root = portfolio_folder(portfolio)
    with Progress() as progress:
        outcome = pipeline.read(root, on=as_of or today(), progress=progress)
        if outcome.settings is not None and outcome.settings.theme.value != DEFAULT_THEME:
            from generator.build import check_theme

            outcome = check_theme(outcome)
        found = outcome.diagnostics
        if links and outcome.portfolio is not None:
            from generator.weblinks import unreachable

            found = diagnostics.ordered((*found, *unreachable(outcome, progress=progress)))
    language = _language(outcome.language)
    writers: dict[str, Callable[[Sequence[Diagnostic], str], str]] = {
        "json": diagnostics.as_json,
        "github": diagnostics.as_github,
        "gitlab": diagnostics.as_gitlab,
    }
    if form in writers:
        click.echo(writers[form](found, language))
    else:
        _tell(found, language, to_stderr=False)
    return exitcodes.ERRORS if diagnostics.has_errors(found) or (strict and found) else exitcodes.OK


@catat.command(
    help=_("Build the site. Nothing changes in the output folder unless the whole build succeeds."),
    epilog=_examples("  catat build\n  catat build my-portfolio -o /srv/www/zi\n  catat build --as-of 2023-06-30"),
)
@_portfolio
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), default=Path("site"), show_default=True,
    help=_("Folder to put the site in."),
)  # fmt: skip
@_as_of
@_lang
def build(portfolio: Path | None, out: Path, as_of: datetime.date | None) -> int:
    """Build."""
    from generator import build as builder
    from generator.diagnostics import Severity
    from generator.output import FileChanged, OutputRefused
    from generator.terminal import Progress

    root = portfolio_folder(portfolio)
    try:
        with Progress() as progress:
            outcome, count = builder.build(root, out, on=as_of or today(), progress=progress)
    except OutputRefused as refused:
        sentences = {
            "portfolio": _("{name} is the portfolio, or a folder of it or around it. Name another output folder."),
            "file": _("{name} is a file. Name a folder for the site."),
            "not-ours": _(
                "{name} was not made by Catat. Name an empty or new folder for the site; nothing was changed."
            ),
        }
        raise click.UsageError(sentences[refused.reason].format(name=refused.name)) from refused
    except FileChanged as changed:
        click.echo(_("{name} changed while the site was built. Build again.").format(name=changed), err=True)
        return exitcodes.ENVIRONMENT
    language = _language(outcome.language)
    if not count:
        errors = [each for each in outcome.diagnostics if each.severity is Severity.ERROR]
        _tell(errors, language, to_stderr=True)
        click.echo(_("No site was built; {out} is as it was.").format(out=out), err=True)
        return exitcodes.ERRORS
    warnings = len(outcome.diagnostics)
    if warnings:
        told = ngettext(
            "{count} warning; read it with: catat check", "{count} warnings; read them with: catat check", warnings
        )
        click.echo(told.format(count=warnings), err=True)
    written = ngettext("{count} file in {out}", "{count} files in {out}", count).format(count=count, out=out)
    click.echo(_("{written}. Open {page} in a browser.").format(written=written, page=(out / "index.html").resolve()))
    return exitcodes.OK


@catat.command(
    help=_("Show the readiness in the terminal."),
    epilog=_examples("  catat status\n  catat status --as-of 2023-03-31\n  catat status --json"),
)
@_portfolio
@_as_of
@click.option("--json", "as_json", is_flag=True, help=_("Write it as data (the same as readiness.json)."))
@_lang
def status(portfolio: Path | None, as_of: datetime.date | None, as_json: bool) -> int:  # noqa: FBT001 - a Click flag
    """Status."""
    from generator import diagnostics, pipeline
    from generator.export import readiness_json
    from generator.terminal import Progress, status_lines

    root = portfolio_folder(portfolio)
    with Progress() as progress:
        outcome = pipeline.read(root, on=as_of or today(), progress=progress)
    errors = [each for each in outcome.diagnostics if each.severity is diagnostics.Severity.ERROR]
    if outcome.readiness is not None:
        if as_json:
            click.echo(readiness_json(outcome.readiness), nl=False)
        else:
            click.echo("\n".join(status_lines(outcome.readiness, _language(outcome.language))))
    if errors:
        _tell(errors, _language(outcome.language), to_stderr=True)
        click.echo(_("What has errors is not counted."), err=True)
        return exitcodes.ERRORS
    return exitcodes.OK


@catat.command(
    help=_("Show the portfolio in the browser while you write: every save is seen at once. For this computer only."),
    epilog=_examples("  catat serve\n  catat serve my-portfolio --port 8080"),
)
@_portfolio
@_as_of
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=_("Port to listen on."))
@click.option("--open/--no-open", "opens", default=True, help=_("Open the browser."))
@_lang
def serve(portfolio: Path | None, as_of: datetime.date | None, port: int, opens: bool) -> int:  # noqa: FBT001 - a Click flag
    """Serve."""
    from generator import serve as server

    root = portfolio_folder(portfolio)
    return server.run(
        root,
        on=lambda: as_of or today(),
        port=port,
        language=_language,
        opens=opens and sys.stdin.isatty(),
    )


@catat.command(
    help=_("Make a new portfolio that builds at once."),
    epilog=_examples("  catat init\n  catat init my-portfolio --title 'Portofolio ZI' --unit 'BDK Contoh'"),
)
@click.argument("folder", required=False, type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER]")
@click.option("--title", help=_("Title of the portfolio."))
@click.option("--unit", help=_("Name of the work unit."))
@click.option("--institution", help=_("Name of the institution."))
@click.option("--target", help=_("Predicate aimed at, such as WBK."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("Language of the portfolio."))
@_lang
def init(
    folder: Path, title: str | None, unit: str | None, institution: str | None, target: str | None, language: str | None
) -> int:
    """Init."""
    from generator import starter

    if (folder / "portfolio.yaml").exists():
        raise click.UsageError(_("{folder} already holds a portfolio.").format(folder=folder))
    asks = sys.stdin.isatty()
    unit = unit or (click.prompt(_("Name of the work unit")) if asks else _("Name of the work unit"))
    suggested = _("Zona Integritas portfolio of {unit}").format(unit=unit)
    title = title or (click.prompt(_("Title of the portfolio"), default=suggested) if asks else suggested)
    made = starter.portfolio(
        title=title, unit=unit, institution=institution or "", target=target or "", language=language or "id"
    )
    if target is not None and target not in starter.predicates():
        known = ", ".join(starter.predicates())
        raise click.UsageError(
            _("There is no predicate {target}; there are {known}.").format(target=target, known=known)
        )
    starter.write(folder, made)
    click.echo(
        ngettext("{count} file written in {folder}.", "{count} files written in {folder}.", len(made)).format(
            count=len(made), folder=folder
        )
    )
    where = "" if folder == Path() else f" {folder}"
    click.echo(_("Next: catat new{where}, then catat serve{where}").format(where=where))
    return exitcodes.OK


@catat.command(
    help=_("Begin a new record: asks for what it needs, or takes it from the options."),
    epilog=_examples(
        "  catat new\n"
        "  catat new --area 1 --title 'Rapat tim ZI' --date 2023-02-01 --item A.I.1.i.a --evidence notulen.pdf"
    ),
)
@_portfolio
@click.option("--area", type=int, help=_("Number of the area."))
@click.option("--title", help=_("What was done."))
@click.option("--date", "day", type=Day(), help=_("The day it was done."))
@click.option("--item", "items", multiple=True, help=_("An item it supports; may be repeated."))
@click.option("--person", "people", multiple=True, help=_("Who answers for it; may be repeated."))
@click.option(
    "--evidence", "documents", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A document to copy beside it; may be repeated."),
)  # fmt: skip
@_lang
def new(
    portfolio: Path | None,
    area: int | None,
    title: str | None,
    day: datetime.date | None,
    items: tuple[str, ...],
    people: tuple[str, ...],
    documents: tuple[Path, ...],
) -> int:
    """New."""
    from generator import pipeline, starter

    root = portfolio_folder(portfolio)
    outcome = pipeline.read(root, on=today())
    if outcome.readiness is None:
        _tell(outcome.diagnostics, _language(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    wishes = starter.Wishes(area, title, day, items, people, documents)
    if sys.stdin.isatty():
        from generator.terminal import ask_for_record

        wishes = ask_for_record(outcome.readiness, wishes, today(), _language(outcome.language))
    try:
        path = starter.add_record(root, outcome.readiness.portfolio, wishes, today())
    except starter.Refused as refused:
        raise click.UsageError(refused.sentence) from refused
    click.echo(_("{path} written. Open it and tell what was done.").format(path=path))
    return exitcodes.OK
