"""The questions about a new portfolio."""

from __future__ import annotations

import datetime
from gettext import gettext as _
from pathlib import Path

import click

from generator.authoring import new_portfolio, typed_dates, yaml_text
from generator.authoring.new_portfolio import InitOptions, PortfolioSettings
from generator.authoring.prompts import ask, instruct, optional, show_day, show_numbered
from generator.languages import selection
from generator.languages.words import Words
from generator.model.portfolio import Period


def ask_for_portfolio(given: InitOptions, *, today: datetime.date, language: str) -> PortfolioSettings:
    """Ask for what is not given of a new portfolio."""
    words = Words(language)
    unit = given.unit or ask(_("Name of the work unit"), yaml_text.plain, None)
    institution = given.institution
    if institution is None:
        institution = ask(_("Name of the institution (may stay blank)"), optional(yaml_text.plain, ""))
    period = _ask_period(given, today, words)
    target = given.target or _ask_target()
    portfolio_language = given.language or _ask_language(language)
    suggested = new_portfolio.title_for(unit, portfolio_language)
    title = given.title or ask(_("Title of the portfolio"), yaml_text.plain, suggested)
    return PortfolioSettings(title, unit, institution, target, period, portfolio_language)


def _ask_period(given: InitOptions, today: datetime.date, words: Words) -> Period:
    """Ask for the days the evidence has to be of; `-` leaves an end open."""
    open_end = {"-", "–", "—"}

    def first(written: str) -> datetime.date | None:
        return None if written.strip() in open_end else typed_dates.first_day(written, on=today)

    def last(written: str) -> datetime.date | None:
        end = None if written.strip() in open_end else typed_dates.last_day(written, on=today)
        return new_portfolio.period(start, end).end

    if given.start is None and given.end is None:
        instruct(_("The period is the days the evidence has to be of. Write - where it has no beginning or end."))
    start, end = given.start, given.end
    if start is None:
        suggested = words.day(datetime.date((end or today).year, 1, 1))
        start = ask(_("Period from"), first, suggested)
        show_day(start, suggested, words)
    if end is None:
        suggested = words.day(datetime.date((start or today).year, 12, 31))
        end = ask(_("Period to"), last, suggested)
        show_day(end, suggested, words)
    return new_portfolio.period(start, end)


def _ask_target() -> str:
    predicates = new_portfolio.shipped().predicates
    default = new_portfolio.shipped().default_target().id
    click.echo(_("What the unit aims at:"))
    language = selection.spoken() or "id"
    show_numbered((f"{each.id:<5} {each.label.in_(language)}" for each in predicates), width=1)
    return ask(_("Number or name"), lambda written: new_portfolio.target_named(written, predicates).id, default)


def _ask_language(default: str) -> str:
    return ask(_("Language of the portfolio: id (Indonesian) or en (English)"), new_portfolio.language_named, default)


def ask_for_folder(unit: str) -> Path:
    """Ask where the new portfolio shall be: here, where nothing is here yet, else in a folder of the unit's name."""
    empty = not any(Path().iterdir())
    suggested = _("this folder") if empty else new_portfolio.folder_named(unit)

    def parse(written: str) -> Path:
        return new_portfolio.free_folder("." if empty and written.strip() == suggested else written)

    return ask(_("Folder of the portfolio, made if it is not there"), parse, suggested)
