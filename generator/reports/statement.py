"""The statement of absolute responsibility (SPTJM) that goes with a proposal: the data are true and real.

PermenPANRB 5/2024 has it signed by the head of the institution, 90/2021 by the head of the unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.exchange.check_code import check_code
from generator.reports.blocks import DOTS, Block, FormLines, Numbered, Passage, Tone
from generator.reports.frame import signature
from generator.reports.summary import Summary


def blocks(summary: Summary) -> Iterator[Block]:
    """Yield the blocks of the statement; what the settings do not say is left to be filled in."""
    site, contents, _ = summary
    words, portfolio = site.words, contents.portfolio
    signatory = portfolio.signatory
    yield Passage(words("I, the undersigned:"))
    yield FormLines(
        (
            (words("Name"), (signatory and signatory.name) or DOTS),
            ("NIP", (signatory and signatory.number) or DOTS),
            (words("Position"), (signatory and signatory.position) or DOTS),
            (words("Institution"), portfolio.institution or DOTS),
            (words("Unit proposed"), portfolio.unit),
            (words("Predicate aimed at"), contents.readiness.target.predicate.id),
        )
    )
    yield Passage(words("declare truthfully that:"))
    yield Numbered(tuple(_sentences(summary)))
    yield Passage(words("I make this statement truthfully, to be used as intended."))
    yield signature(portfolio, day=DOTS, stamp=words("Duty stamp"))
    yield Passage(
        words(
            "For a proposal to the Minister the head of the institution signs (PermenPANRB 5/2024); under PermenPANRB "
            "90/2021 it was the head of the unit."
        ),
        Tone.NOTE,
    )


def _sentences(summary: Summary) -> Iterator[str]:
    site, contents, page = summary
    words, readiness = site.words, contents.readiness
    yield words(
        "the answers, the data and the documents of the self-assessment of the unit proposed are true and real, and "
        "I am fully responsible for them;"
    )
    yield words(
        "the self-assessment as of {day} gives an index of {claimed} of {weight}, of which documents support "
        "{supported} (check code {code});",
        day=words.day(readiness.on),
        claimed=page.index.claimed,
        weight=page.index.weight,
        supported=page.index.supported,
        code=check_code(readiness),
    )
    yield words("should any of it prove untrue, I accept the consequences under the laws and regulations in force.")
