"""The figures of the areas: documents and share of value against the thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from generator.model.addresses import area_path
from generator.model.instrument import Documents, Measure, Share
from generator.model.paths import href
from generator.readiness.gates import GateReadiness
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness
from generator.site.site import Site
from generator.site.views.figures import Bar, Mark, bar
from generator.site.views.frame import Link
from generator.site.views.gates import covered_items, mark_of


class AreaRow(Struct, frozen=True):
    """One area: its documents and its share of value, each with the threshold where there is one."""

    link: Link
    documents: str
    documents_count: str
    covered: str
    documents_bar: Bar
    documents_mark: Mark
    documents_threshold: str
    share: str
    claimed_share: str
    assessed_share: str
    assessed_items: str
    share_bar: Bar
    share_mark: Mark
    share_threshold: str


def assessed_items(site: Site, items: Sequence[ItemReadiness]) -> str:
    """Say how many items the assessors answered: a share of value is low where they are few."""
    return site.words(
        "{part} of {whole} items",
        part=site.words.count(sum(each.assessed_answer is not None for each in items)),
        whole=site.words.count(len(items)),
    )


def _area_gates(readiness: Readiness, measure: type[Measure]) -> Mapping[int, GateReadiness]:
    """Return the gates of one measure by area; where an area has several, the one of the predicate aimed at."""
    rungs = readiness.rungs
    return {
        gate.area: gate
        for rung in rungs
        for gate in rung.gates
        if gate.area is not None and isinstance(gate.gate.measure, measure)
    }


def column_head(site: Site, readiness: Readiness, name: str, measure: type[Measure]) -> str:
    """Return the head of a column of areas, with its threshold where all areas have the same."""
    words = site.words
    minima = {gate.gate.minimum for gate in _area_gates(readiness, measure).values()}
    if len(minima) != 1:
        return name
    return words("{name} (threshold {minimum})", name=name, minimum=f"{words.exact(minima.pop() * 100)}%")


def documents_note(site: Site, readiness: Readiness) -> str:
    """Say which areas have a threshold of documents, where not all of them do."""
    numbers = sorted(_area_gates(readiness, Documents))
    if not 0 < len(numbers) < len(site.instrument.areas):
        return ""
    return site.words(
        "The threshold of documents holds for the areas {areas} only.",
        areas=site.words.together(list(map(str, numbers))),
    )


def area_row(site: Site, page: str, readiness: Readiness, number: int) -> AreaRow:
    """Return an area's figures against their thresholds, for a page."""
    words, figures = site.words, readiness.areas[number]
    area = next(each for each in site.instrument.areas if each.number == number)
    documents, share = _area_gates(readiness, Documents).get(number), _area_gates(readiness, Share).get(number)
    coverage, shares = figures.coverage, figures.share
    return AreaRow(
        link=Link(site.label(area), href(page, area_path(number))),
        documents=_figure(site, coverage.share, documents),
        documents_count=words(
            "{fulfilled} of {expected} required", fulfilled=coverage.fulfilled, expected=coverage.expected
        ),
        covered=covered_items(site, figures.covered),
        documents_bar=_bar(coverage.share, coverage.share, documents),
        documents_mark=_mark(site, documents),
        documents_threshold=_threshold(site, documents),
        share=_figure(site, shares.supported, share),
        claimed_share=words.percent(shares.claimed),
        assessed_share=words.percent(shares.assessed),
        assessed_items=assessed_items(site, [each for each in readiness.items if each.item.area == number]),
        share_bar=_bar(shares.supported, shares.claimed, share),
        share_mark=_mark(site, share),
        share_threshold=_threshold(site, share),
    )


def _figure(site: Site, value: Fraction, gate: GateReadiness | None) -> str:
    if gate is None:
        return site.words.percent(value)
    return site.words.number_against(value, gate.gate.minimum, share=True)


def _bar(supported: Fraction, claimed: Fraction, gate: GateReadiness | None) -> Bar:
    return bar(supported, claimed, Fraction(1), None if gate is None else gate.gate.minimum)


def _mark(site: Site, gate: GateReadiness | None) -> Mark:
    return Mark("unknown", site.words("no threshold")) if gate is None else mark_of(site, passed=gate.passed.supported)


def _threshold(site: Site, gate: GateReadiness | None) -> str:
    return "" if gate is None else site.words("threshold {minimum}", minimum=site.words.percent(gate.gate.minimum))
