"""What the registers of a portfolio are written from, without its site."""

from __future__ import annotations

from generator.build.outcome import Outcome
from generator.exchange.registers.contents import RegisterContents
from generator.site import published


def register_contents(outcome: Outcome) -> RegisterContents:
    """Return what the registers of an outcome show. Raises ValueError where there is no portfolio."""
    readiness = outcome.readiness
    if readiness is None:
        raise ValueError(outcome.root)
    copied = published.copied(readiness.portfolio, outcome.files, outcome.root, drafts=False)
    return RegisterContents(readiness, published.file_places(copied))
