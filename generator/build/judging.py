"""Judges and checks a portfolio that is joined; of the records only those that changed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from itertools import chain

from generator.incremental.steps import Steps
from generator.messages.diagnostics import Diagnostic
from generator.model.portfolio import Portfolio
from generator.readiness import acceptance, scores
from generator.readiness.readiness import Readiness, assess
from generator.reading.records import RecordReading
from generator.reading.settings import Settings
from generator.reading.tree import Tree
from generator.rules import checks


def judge(steps: Steps, portfolio: Portfolio, on: datetime.date) -> Readiness:
    """Return a portfolio's readiness on a day."""
    period = portfolio.period
    judgements = acceptance.newest_judgements(portfolio.findings, on)
    given = {each.id: (each, judgements.get(each.id, ())) for each in portfolio.records}
    judged = steps.map(
        "acceptance", given, lambda arguments: acceptance.judge_record(*arguments, period, on), common=(period, on)
    )
    records = tuple(judged.values())
    items = tuple(steps.map("items", scores.item_facts(portfolio, records, on=on), scores.item_readiness).values())
    parts = steps.once("standings", (portfolio.instrument, items), scores.standings)
    return assess(portfolio, records, items, parts, on=on)


def check(
    steps: Steps,
    readiness: Readiness,
    settings: Settings,
    tree: Tree,
    invalid_readings: Sequence[RecordReading],
    on: datetime.date,
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all rules about records, the portfolio and its files.

    `invalid_readings` are the records that could not be read whole, which are no part of the portfolio.
    """
    portfolio = readiness.portfolio
    by_path = {source.path: source for source in tree.texts}
    areas = {item.id: item.area for item in portfolio.instrument.items()}
    given = {each.id: (each, by_path[each.path]) for each in portfolio.records}
    rules = partial(
        checks.record_diagnostics,
        period=portfolio.period,
        strip_location=portfolio.strip_location,
        on=on,
        areas=areas,
    )
    common = (portfolio.period, portfolio.strip_location, on, areas)
    found = steps.map("records checked", given, lambda arguments: rules(*arguments), common=common)
    summaries = steps.map("record summaries", given, lambda arguments: checks.summary(*arguments))
    return (
        *chain.from_iterable(found.values()),
        *checks.portfolio_diagnostics(
            readiness,
            by_path,
            tuple(summaries.values()),
            settings=settings.source,
            other_files=tree.other_files,
            unread=tree.unread,
            invalid_readings=invalid_readings,
            unreadable=tuple(each.place.file for each in tree.unreadable),
            on=on,
        ),
    )
