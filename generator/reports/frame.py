"""What all reports of a portfolio share: the letterhead, the footer, the lines to sign."""

from __future__ import annotations

from generator.model.portfolio import Portfolio
from generator.reports.blocks import DOTS, Block, Letterhead, Report, Signature
from generator.site.site import Site

FOOTER_LENGTH = 80


def framed(
    site: Site,
    portfolio: Portfolio,
    title: str,
    subtitle: tuple[str, ...],
    blocks: tuple[Block, ...],
    *,
    centred: bool = False,
) -> Report:
    """Return a report of a portfolio, with its letterhead and the words at the foot of each page."""
    words = site.words
    return Report(
        title=title,
        subtitle=subtitle,
        language=site.language,
        author=portfolio.unit,
        day=site.on,
        letterhead=Letterhead(portfolio.institution or "", portfolio.unit, portfolio.address),
        footer=f"{_shortened(portfolio.unit)} · {site.as_of}",
        page_of=words("Page {page} of {pages}"),
        blocks=blocks,
        centred=centred,
    )


def _shortened(name: str) -> str:
    """Return a name cut to what one line at the foot of a page holds; the letterhead has it whole."""
    return name if len(name) <= FOOTER_LENGTH else f"{name[: FOOTER_LENGTH - 1].rstrip()}…"


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
    signatory = portfolio.signatory
    return Signature(
        place_and_day=f"{(signatory and signatory.place) or DOTS[:24]}, {day}",
        position=(signatory and signatory.position) or DOTS,
        stamp=stamp,
        name=(signatory and signatory.name) or DOTS,
        number=f"NIP {(signatory and signatory.number) or DOTS[:32]}",
        note=note,
    )
