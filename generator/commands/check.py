"""`catat check`: everything that is wrong with a portfolio, in one go."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_data, print_report, styled
from generator.commands.group import catat
from generator.commands.options import as_of_option, examples, lang_option, portfolio_argument, portfolio_folder, today

if TYPE_CHECKING:
    from generator.build.outcome import Outcome
    from generator.messages.diagnostics import Diagnostic


@catat.command(
    help=_("Check a portfolio and tell everything that is wrong with it, in one go."),
    epilog=examples(
        "  catat check\n  catat check --fix\n  catat check my-portfolio --strict\n"
        "  catat check --explain date-invalid\n  catat check --format json > problems.json"
    ),
)
@portfolio_argument
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "line", "json", "github", "gitlab"]),
    default="text",
    show_default=True,
    help=_("How to write it: for people, one line each for editors, for programs, or as annotations for CI systems."),
)
@click.option("--strict", is_flag=True, help=_("Count warnings as errors."))
@click.option("--all", "whole", is_flag=True, help=_("Show every finding in full, also where many are alike."))
@click.option("--links", is_flag=True, help=_("Also try the addresses on the web."))
@click.option("--fix", is_flag=True, help=_("Show the changes that mend what is certain, and ask before making them."))
@click.option(
    "--explain",
    "code",
    metavar=_("[CODE]"),
    is_flag=False,
    flag_value="list",
    help=_("Explain a code of the report, with a wrong and a right example; without a code: list all of them."),
)
@click.option("--yes", "agreed", is_flag=True, help=_("With --fix: make the changes without asking."))
@lang_option
def check(
    portfolio: Path | None,
    as_of: datetime.date | None,
    form: str,
    strict: bool,  # noqa: FBT001 - Click's flags
    whole: bool,  # noqa: FBT001
    links: bool,  # noqa: FBT001
    fix: bool,  # noqa: FBT001
    agreed: bool,  # noqa: FBT001
    code: str | None,
) -> int:
    """Check."""
    if code is not None:
        return _explain(code)
    root, day = portfolio_folder(portfolio), as_of or today()
    refused = _fix(root, day, form, fix=fix, agreed=agreed)
    found, written = _with_links(root, day) if links else _found(root, day)
    language = language_of(written)
    _print(found, language, form, whole=whole)
    if refused:
        return exitcodes.ENVIRONMENT
    if not found:
        return exitcodes.OK
    from generator.messages import diagnostics

    return exitcodes.ERRORS if strict or diagnostics.has_errors(found) else exitcodes.OK


def _print(found: Sequence[Diagnostic], language: str, form: str, *, whole: bool) -> None:
    if form == "text":
        print_report(found, language, to_stderr=False, whole=whole)
        if found:
            click.echo(_("What a code means: catat check --explain {code}").format(code=found[0].code))
        return
    from generator.messages import renderers

    writers: dict[str, Callable[[Sequence[Diagnostic], str], str]] = {
        "json": renderers.as_json,
        "line": renderers.as_lines,
        "github": renderers.as_github,
        "gitlab": renderers.as_gitlab,
    }
    print_data(writers[form](found, language))


def _found(root: Path, day: datetime.date) -> tuple[Sequence[Diagnostic], str]:
    """Return what is wrong, and the portfolio's language: as the last check found it, where nothing has changed."""
    from generator.build import last_runs

    known = last_runs.last_check(root, day)
    if known is not None:
        return known
    outcome = _checked(root, day)
    return outcome.diagnostics, outcome.language


def _checked(root: Path, day: datetime.date) -> Outcome:
    from generator.build import build
    from generator.commands.progress import ProgressLine

    with ProgressLine() as progress:
        return build.check(root, on=day, progress=progress)


def _with_links(root: Path, day: datetime.date) -> tuple[Sequence[Diagnostic], str]:
    """Return what is wrong, with addresses on the web, which are tried each time."""
    from generator.commands.progress import ProgressLine
    from generator.commands.web_links import unreachable
    from generator.messages import diagnostics

    outcome = _checked(root, day)
    if outcome.portfolio is None:
        return outcome.diagnostics, outcome.language
    with ProgressLine() as progress:
        found = diagnostics.ordered((*outcome.diagnostics, *unreachable(outcome, progress=progress)))
    return found, outcome.language


def _explain(code: str) -> int:
    """Explain a code, or list all of them."""
    from generator.rules import RULES, explanations

    language = language_of("id")
    if code == "list":
        click.echo(explanations.overview(language))
        click.echo()
        click.echo(_("One of them in full: catat check --explain CODE"))
        return exitcodes.OK
    if code not in RULES:
        similar = explanations.code_meant(code)
        sentence = _("There is no code {code}.").format(code=code)
        hint = _("Did you mean {name}?").format(name=similar) if similar else _("All codes: catat check --explain list")
        raise click.UsageError(f"{sentence} {hint}")
    click.echo(explanations.explanation(code, language, style=styled))
    return exitcodes.OK


def _fix(root: Path, on: datetime.date, form: str, *, fix: bool, agreed: bool) -> bool:
    """Apply fixes where that is asked for; return whether the disk refused something."""
    if agreed and not fix:
        raise click.UsageError(_("--yes belongs to --fix."))
    if not fix:
        return False
    if form != "text":
        raise click.UsageError(_("--fix speaks to people: take --format away, or check a second time with it."))
    from generator.commands.fix import fix as write_fixes

    return write_fixes(root, on=on, agreed=agreed)
