"""The thresholds that units miss, and the required documents that they lack: how many units, and which."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from generator.model.paths import href
from generator.readiness.bases import ByBasis
from generator.rollup.totals import MissingDocument
from generator.rollup.unit_readiness import Figure, UnitGate, UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.addresses import ListPart
from generator.rollup.views.figures import HUNDRED, length
from generator.rollup.views.rollup_site import RollupGate, RollupSite, documents_of
from generator.rollup.views.units import downloads, lacked_address
from generator.site.views.figures import NOTHING, Mark
from generator.site.views.frame import Frame, Link


class GateCount(Struct, frozen=True):
    """A gate, and how many units miss it on the supported basis."""

    gate: RollupGate
    units: int


class MissedGateLine(Struct, frozen=True):
    """A gate with how many units miss it; `bar` is the length among all that were read."""

    name: str
    required: str
    units: str
    bar: str
    link: Link | None


class MissedGateTable(Struct, frozen=True):
    """The gates of one predicate."""

    predicate: str
    title: str
    rows: tuple[MissedGateLine, ...]


class GatesView(Struct, frozen=True):
    """Every gate with how many units miss it."""

    frame: Frame
    title: str
    summary: str
    tables: tuple[MissedGateTable, ...]
    downloads: tuple[Link, ...]


def gate_line(site: RollupSite, page: str, counted: GateCount, read: int) -> MissedGateLine:
    """Return a gate with how many units miss it, as a row on a page."""
    text = site.gate_texts[counted.gate.name]
    link = Link(text.subject, href(page, addresses.gate_path(counted.gate))) if counted.units else None
    required = NOTHING if counted.gate.measure == "held" else text.required
    return MissedGateLine(text.subject, required, site.words.count(counted.units), length(counted.units, read), link)


def gates_page(site: RollupSite, frame: Frame, counts: Sequence[GateCount], read: int) -> GatesView:
    """Return the page of all gates, by predicate, those first that most units miss."""
    words = site.words
    return GatesView(
        frame=frame,
        title=words("Thresholds missed"),
        summary=words.plural(
            "What accepted documents support, of {count} work unit that was read.",
            "What accepted documents support, of {count} work units that were read.",
            read,
        ),
        tables=tuple(
            MissedGateTable(
                predicate,
                site.predicate_label(predicate),
                tuple(
                    gate_line(site, addresses.GATES, each, read) for each in counts if each.gate.predicate == predicate
                ),
            )
            for predicate in site.predicates
        ),
        downloads=downloads(addresses.GATES, "gates"),
    )


# One gate


class GateValue(Struct, frozen=True):
    """A gate of a unit in words: the value on each basis, the shortfall with its unit, and its mark."""

    claimed: str
    supported: str
    assessed: str
    short: str
    unit: str
    mark: Mark


class MissingUnit(Struct, frozen=True):
    """A unit that misses a gate, with its value."""

    link: Link
    region: str
    value: GateValue
    as_of: str


class GateView(Struct, frozen=True):
    """A page of the units that miss a gate."""

    frame: Frame
    title: str
    predicate: str
    summary: str
    required: str
    up: Link
    show_region: bool
    rows: tuple[MissingUnit, ...]
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]


def gate_page(
    site: RollupSite, frame: Frame, part: ListPart, gate: RollupGate, results: Sequence[UnitResult]
) -> GateView:
    """Return a page of the units that miss a gate, in alphabetical order."""
    words, text = site.words, site.gate_texts[gate.name]
    rows = []
    for each in results:
        readiness = each.readiness
        predicate = None if readiness is None else readiness.predicate(gate.predicate)
        own = None if predicate is None else next((one for one in predicate.gates if one.key == gate.name[1:]), None)
        if readiness is not None and own is not None:
            link = Link(each.name, href(part.path, addresses.unit_path(each.listed)))
            value = gate_value(site, gate, own, readiness)
            rows.append(MissingUnit(link, each.listed.region, value, site.day_and_age(each)[0]))
    return GateView(
        frame=frame,
        title=text.subject,
        predicate=site.predicate_label(gate.predicate),
        summary=words.plural(
            "{count} work unit misses this threshold. In alphabetical order.",
            "{count} work units miss this threshold. In alphabetical order.",
            part.total,
        ),
        required="" if gate.measure == "held" else text.required,
        up=Link(words("Thresholds missed"), href(part.path, addresses.GATES)),
        show_region=site.regions,
        rows=tuple(rows),
        numbers=part.numbers,
        downloads=downloads(part.path, addresses.gate_path(gate)),
    )


def gate_value(site: RollupSite, gate: RollupGate, own: UnitGate, readiness: UnitReadiness) -> GateValue:
    """Return a gate of a unit in words."""
    words, passed = site.words, own.passed.supported
    mark = Mark("met", words("met")) if passed else Mark("unmet", words("not met"))
    if gate.measure == "held":
        held = words("yes") if own.value.supported else words("no")
        return GateValue(NOTHING, held, NOTHING, NOTHING, "" if passed else words("not held"), mark)
    share = gate.is_share
    figures = ByBasis(
        *(
            site.figures.against(value, own.min, passed=met, share=share)
            for value, met in zip(own.value.each(), own.passed.each(), strict=True)
        )
    )
    known = shown_bases(gate, readiness)
    claimed, assessed = (getattr(figures, basis) if basis in known else NOTHING for basis in ("claimed", "assessed"))
    short, unit = (NOTHING, "") if passed else shortfall(site, gate, own, readiness)
    return GateValue(claimed, figures.supported, assessed, short, unit, mark)


def shown_bases(gate: RollupGate, readiness: UnitReadiness) -> frozenset[str]:
    """Return the bases on which a gate has a figure of its own, besides the supported one.

    What is counted is the same on all; nothing is assessed where nobody has.
    """
    if gate.measure in {"documents", "covered", "held"}:
        return frozenset()
    return frozenset({"claimed", "assessed"} if readiness.is_assessed else {"claimed"})


def shortfall(site: RollupSite, gate: RollupGate, own: UnitGate, readiness: UnitReadiness) -> tuple[str, str]:
    """Return by how much the supported value of a gate is below its minimum, and what that is counted in."""
    words = site.words
    counted = documents_of(readiness, gate)
    if counted is not None:
        expected, fulfilled = counted
        lacks = max(1, ceil(own.min * expected) - fulfilled)
        return words.count(lacks), words.plural("document", "documents", lacks)
    short: Figure = max(own.min - own.value.supported, own.min * 0)
    return site.figures.shortfall(short * HUNDRED if gate.is_share else short), site.gate_texts[gate.name].unit


# Documents


class MissingDocumentLine(Struct, frozen=True):
    """A required document of an item, and how many units lack it; `link` leads to these."""

    item: str
    label: str
    document: str
    units: str
    bar: str
    link: str


class DocumentsView(Struct, frozen=True):
    """The required documents that units lack, the most frequent first."""

    frame: Frame
    title: str
    summary: str
    rows: tuple[MissingDocumentLine, ...]
    none_read: str
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]


def none_read(site: RollupSite, read: int) -> str:
    """Say that no unit was read, so that nothing is missed by any; "" where one was."""
    return "" if read else site.words("No work unit could be read.")


def document_line(site: RollupSite, page: str, missing: MissingDocument, read: int) -> MissingDocumentLine:
    """Return a missing document as a row."""
    return MissingDocumentLine(
        missing.item,
        site.item_label(missing.item),
        site.requirement_label(missing.requirement),
        site.words.count(missing.units),
        length(missing.units, read),
        lacked_address(page, (missing.item, missing.requirement)),
    )


def documents_page(
    site: RollupSite, frame: Frame, part: ListPart, missing: Sequence[MissingDocument], read: int
) -> DocumentsView:
    """Return a page of the required documents that units lack."""
    return DocumentsView(
        frame=frame,
        title=site.words("Documents missing"),
        summary=site.words.plural(
            "Required documents that are missing, of {count} work unit that was read; the most frequent first.",
            "Required documents that are missing, of {count} work units that were read; the most frequent first.",
            read,
        ),
        rows=tuple(document_line(site, part.path, each, read) for each in missing),
        none_read=none_read(site, read),
        numbers=part.numbers,
        downloads=downloads(part.path, "documents"),
    )
