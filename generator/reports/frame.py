"""What all reports of a portfolio share: the letterhead, the footer, the lines to sign."""

from __future__ import annotations

from generator.model.portfolio import Portfolio
from generator.reports.blocks import DOTS, Block, Letterhead, Report, Signature
from generator.site.site import Site

FOOTER_LENGTH = 80
LETTERHEAD_LENGTH, LONG_NAME = 160, 70
SUBTITLE_LENGTH = 100
ADDRESS_LINES, ADDRESS_LENGTH = 4, 100
SIGNATORY_LENGTH = 80
"""What a letterhead and lines to sign hold without taking the page from the report."""


def framed(
    site: Site,
    portfolio: Portfolio,
    title: str,
    subtitle: tuple[str, ...],
    blocks: tuple[Block, ...],
    *,
    centred: bool = False,
    letterhead: Letterhead | None = None,
    author: str = "",
) -> Report:
    """Return a report of a portfolio, with its letterhead and the words at the foot of each page.

    The unit writes it, below its own letterhead, unless another is given.
    """
    words = site.words
    return Report(
        title=title,
        subtitle=subtitle,
        language=site.language,
        author=author or portfolio.unit,
        day=site.on,
        letterhead=letterhead or _letterhead(portfolio),
        footer=f"{shortened(portfolio.unit, FOOTER_LENGTH)} · {site.as_of}",
        page_of=words("Page {page} of {pages}"),
        blocks=blocks,
        centred=centred,
    )


def _letterhead(portfolio: Portfolio) -> Letterhead:
    institution = portfolio.institution or ""
    return Letterhead(
        shortened(institution, LETTERHEAD_LENGTH),
        shortened(portfolio.unit, LETTERHEAD_LENGTH),
        tuple(shortened(each, ADDRESS_LENGTH) for each in portfolio.address[:ADDRESS_LINES]),
        long=max(len(institution), len(portfolio.unit)) > LONG_NAME,
    )


def shortened(text: str, most: int | None) -> str:
    """Return a text cut to so many characters, behind a word where it has words; whole where there is no limit."""
    if most is None or len(text) <= most:
        return text
    start = text[: most - 1]
    words = start.rpartition(" ")[0].rstrip(" ,;:.")
    return f"{words if len(words) > most // 2 else start}…"


def period_of(site: Site) -> str:
    """Say of which days the evidence is; nothing where the portfolio has no period."""
    words, period = site.words, site.period
    if period is None or (period.start is None and period.end is None):
        return ""
    start = words.day(period.start) if period.start else "…"
    end = words.day(period.end) if period.end else "…"
    return words("Period {start} – {end}", start=start, end=end)


def signature(portfolio: Portfolio, *, day: str, stamp: str = "", note: tuple[str, ...] = ()) -> Signature:
    """Return the lines to sign for the unit; dots where the settings leave something open."""
    of = portfolio.signatory
    place, position, name, number = (of.place, of.position, of.name, of.number) if of is not None else [None] * 4
    return Signature(
        place_and_day=f"{shortened(place or DOTS[:24], SIGNATORY_LENGTH)}, {day}",
        position=shortened(position or DOTS, SIGNATORY_LENGTH),
        stamp=stamp,
        name=shortened(name or DOTS, SIGNATORY_LENGTH),
        number=f"NIP {shortened(number or DOTS[:32], SIGNATORY_LENGTH)}",
        note=note,
    )
