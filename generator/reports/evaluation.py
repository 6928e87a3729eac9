"""The report of an evaluation (LHE): what one level of assessors judged, found and recommends.

The sections are those of reports of internal assessors in use: assignment, legal basis, purpose, what is evaluated,
method, scope and limits, results, recommendations, closing. It awards no predicate (PermenPANRB 90/2021, p. 41-42).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.exchange.check_code import check_code
from generator.model.addresses import Paper
from generator.model.portfolio import Level
from generator.reports import evaluation_results
from generator.reports.blocks import (
    DOTS,
    Block,
    FormLines,
    Heading,
    Letterhead,
    Numbered,
    Passage,
    Report,
    Signer,
    TableColumn,
    TeamSignatures,
    Tone,
    entry,
    table,
)
from generator.reports.evaluated import Evaluation, by_part
from generator.reports.frame import LETTERHEAD_LENGTH, LONG_NAME, SIGNATORY_LENGTH, framed, period_of, shortened
from generator.reports.pack import PaperFiles
from generator.site.contents import Contents


def papers(level: Level | None) -> tuple[PaperFiles, ...]:
    """Return the report of an evaluation by a level as files; by the level of the settings where it is None."""

    def level_of(contents: Contents) -> str:
        return (level or contents.portfolio.level).casefold()

    return (PaperFiles(Paper.EVALUATION, partial(evaluation, level=level), of=level_of),)


def evaluation(contents: Contents, level: Level | None = None) -> Report:
    """Return the report of the evaluation by a level, else by that of the settings.

    Raises NotAssessed where that level has found nothing yet.
    """
    of = Evaluation.of(contents, level)
    site, words = of.site, of.site.words
    subtitle = tuple(filter(None, (words("Number: {dots}", dots=DOTS[:24]), site.as_of, period_of(site))))
    return framed(
        site,
        contents.portfolio,
        words("Evaluation report (LHE)"),
        subtitle,
        tuple(blocks(of)),
        centred=True,
        letterhead=_letterhead(of),
        author=site.wording.level(of.level),
    )


def _letterhead(of: Evaluation) -> Letterhead:
    """Return a head with the institution alone; national assessors are of another one, which is left to fill in."""
    institution = of.contents.portfolio.institution if of.level is not Level.TPN else None
    name = shortened(institution or DOTS, LETTERHEAD_LENGTH)
    return Letterhead("", name, (), long=len(name) > LONG_NAME)


def blocks(of: Evaluation) -> Iterator[Block]:
    """Yield the blocks of the report."""
    words = of.site.words
    sections = (
        (words("Assignment"), _assignment),
        (words("Legal basis"), _legal_basis),
        (words("Purpose"), _purpose),
        (words("What is evaluated"), _target),
        (words("Method"), _method),
        (words("Scope and limits"), _scope),
        (words("Results of the evaluation"), evaluation_results.results),
        (words("Recommendations"), evaluation_results.recommendations),
        (words("Closing"), _closing),
    )
    yield FormLines(_heading_lines(of))
    for number, (title, section) in enumerate(sections, start=1):
        yield Heading(f"{number}. {title}")
        yield from section(of)


def _heading_lines(of: Evaluation) -> tuple[tuple[str, str], ...]:
    words, portfolio = of.site.words, of.contents.portfolio
    return (
        (words("Unit evaluated"), portfolio.unit),
        (words("Institution"), portfolio.institution or DOTS),
        (words("Predicate aimed at"), portfolio.target.id),
        (words("Evaluated by"), of.site.wording.level(of.level)),
    )


def _assignment(of: Evaluation) -> Iterator[Block]:
    words, days = of.site.words, [each.date for each in of.findings]
    letters = dict.fromkeys(each.assignment.strip() for each in of.findings)
    first, last = words.day(min(days)), words.day(max(days))
    yield FormLines(
        (
            (words("Assignment letter"), "; ".join(filter(None, letters)) or DOTS),
            (words("Date of the letter"), DOTS),
            (words("Days of the findings"), first if first == last else f"{first} – {last}"),
            (words("Team"), words.together(list(of.assessors)) or DOTS),
        )
    )


def _legal_basis(of: Evaluation) -> Iterator[Block]:
    site, words = of.site, of.site.words
    yield Numbered((site.instrument.source or DOTS,))
    yield Passage(words("The evaluation uses the instrument {title}.", title=site.instrument.title.in_(site.language)))


def _purpose(of: Evaluation) -> Iterator[Block]:
    yield Passage(
        of.site.words(
            "The evaluation judges how far the unit meets the criteria of the instrument, for the predicate "
            "{predicate} that it aims at, and recommends what to improve. It awards no predicate.",
            predicate=of.contents.portfolio.target.id,
        )
    )


def _target(of: Evaluation) -> Iterator[Block]:
    site, words, instrument = of.site, of.site.words, of.site.instrument
    yield Passage(
        words.plural("The instrument has {count} item.", "The instrument has {count} items.", len(of.readiness.items))
    )
    tops = [(f"{top.id} {site.label(top)}", [site.label(each) for each in top.children]) for top in instrument.tree]
    parts = [f"{name}: {'; '.join(below)}" if below else name for name, below in tops]
    areas = [area.label.in_(site.language) for area in instrument.areas]
    yield Numbered((*parts, *([words("Areas of change: {areas}", areas="; ".join(areas))] if areas else [])))


def _method(of: Evaluation) -> Iterator[Block]:
    words, readiness = of.site.words, of.contents.readiness
    yield Passage(
        words(
            "Desk evaluation on a copy of the portfolio: the answers, notes and documents of the unit, and the "
            "findings of the assessors of this level alone."
        )
    )
    sums = ((words("Checksum of the documents"), of.contents.sums),) if of.contents.sums else ()
    yield FormLines(
        (
            (words("Copy as of"), words.day(readiness.on)),
            (words("Check code"), check_code(readiness)),
            *sums,
        )
    )
    yield Passage(
        words("The digits that the SHA-256 of readiness.json begins with; the front page of the site shows the same."),
        Tone.NOTE,
    )
    if sums:
        yield Passage(
            words(
                "The checksum is the SHA-256 of the lines of SHA256SUMS that name documents; reviews name the same one."
            ),
            Tone.NOTE,
        )
    yield Passage(
        words(
            "Of several answers to an item the newest counts, of those of one day the lowest. A rejected document "
            "counts again after a newer verdict only."
        )
    )


def _scope(of: Evaluation) -> Iterator[Block]:
    site, words, missing = of.site, of.site.words, of.not_judged
    yield Numbered(tuple(_limits(of)))
    if not missing:
        return
    left = by_part(site, missing)
    every = by_part(site, of.readiness.items)
    yield table(
        (
            TableColumn(words("Area of change")),
            TableColumn(words("Items"), figures=True),
            TableColumn(words("Judged"), figures=True),
            TableColumn(words("Not judged")),
        ),
        (
            entry(
                name,
                words.count(len(every[name])),
                words.count(len(every[name]) - len(items)),
                words("all") if len(items) == len(every[name]) else ", ".join(each.item.id for each in items),
            )
            for name, items in left.items()
        ),
    )


def _limits(of: Evaluation) -> Iterator[str]:
    """Yield what was judged, and what the figures of the report therefore do not show."""
    words, counts = of.site.words, of.documents()
    items, missing = len(of.readiness.items), len(of.not_judged)
    yield words(
        "{judged} of {items} items have an answer of this level.",
        judged=words.count(items - missing),
        items=words.count(items),
    )
    if missing:
        yield words("An item that was not judged counts 0 in the index of this level, whatever the unit claims.")
    if not counts.all:
        yield words("The portfolio has no document yet.")
        return
    yield words(
        "{in_copy} of {documents} documents are in the copy. Not in it: {web} on the web, {restricted} restricted, "
        "{missing} missing or withheld.",
        in_copy=words.count(counts.in_copy),
        documents=words.count(counts.all),
        web=words.count(counts.on_web),
        restricted=words.count(counts.restricted),
        missing=words.count(counts.missing),
    )
    yield words(
        "{accepted} documents were accepted, {rejected} rejected, {left} not judged one by one.",
        accepted=words.count(counts.accepted),
        rejected=words.count(counts.rejected),
        left=words.count(counts.all - counts.accepted - counts.rejected),
    )
    yield from _replaced(of)


def _replaced(of: Evaluation) -> Iterator[str]:
    words = of.site.words
    if replaced := sum(each.stale for each in of.verdicts.values()):
        yield words.plural(
            "{count} document has been replaced since it was judged.",
            "{count} documents have been replaced since they were judged.",
            replaced,
        )
    stale = [each.item.id for each in of.readiness.items if any(one.stale for one in of.current(each.item))]
    if stale:
        yield words(
            "To be judged again, because a document judged there has changed or is gone: {items}.",
            items=words.together(stale),
        )
    if unbound := of.unbound():
        yield words.plural(
            "{count} verdict names no SHA-256: a replacement of its document would not be noticed.",
            "{count} verdicts name no SHA-256: a replacement of their documents would not be noticed.",
            unbound,
        )


def _closing(of: Evaluation) -> Iterator[Block]:
    words = of.site.words
    yield Passage(
        words(
            "This report rests on the findings up to {day} and on the copy named above. We thank the head of the unit "
            "and the team for their cooperation, and ask the unit to follow up the recommendations.",
            day=words.day(of.readiness.on),
        )
    )
    yield TeamSignatures(f"{DOTS[:24]}, {DOTS[:24]}", tuple(_signers(of)))


def _signers(of: Evaluation) -> Iterator[Signer]:
    """Yield who signs: the roles of the assessors are not known, so each that is named signs as a member."""
    words, number = of.site.words, f"NIP {DOTS[:32]}"
    for role in (words("Technical controller"), words("Team leader")):
        yield Signer(role, DOTS, number)
    for name in of.assessors or (DOTS,):
        yield Signer(words("Member"), shortened(name, SIGNATORY_LENGTH), number)
