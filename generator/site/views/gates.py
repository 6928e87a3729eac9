"""The wording of gates: the subject, the requirement, the current figures, the shortfall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, assert_never

from msgspec import Struct

from generator.languages.words import Words
from generator.model.addresses import GAPS, ITEMS, area_path, item_path
from generator.model.instrument import INDEX, Aspect, Covered, Documents, Held, Instrument, Item, Score, Share
from generator.model.paths import href
from generator.readiness.bases import ByBasis
from generator.readiness.gates import GateReadiness
from generator.readiness.scores import Coverage
from generator.site.site import Site
from generator.site.views.figures import NOTHING, Figure, Mark, column
from generator.site.views.frame import Link


class InstrumentWords(Protocol):
    """What the wording of a gate needs of a site: its language with the words, and the instrument."""

    @property
    def language(self) -> str:
        """The code of the language."""
        ...

    @property
    def words(self) -> Words:
        """The words of the language."""
        ...

    @property
    def instrument(self) -> Instrument:
        """The instrument whose gates they are."""
        ...


class GateRow(Struct, frozen=True):
    """One gate: required, current figures, shortfall with its unit, and a link to the page where it can be closed.

    `note` says of a gate on documents how many items have any.
    """

    name: str
    note: str
    required: Figure
    supported: Figure
    claimed: Figure
    assessed: Figure
    short: Figure
    unit: str
    mark: Mark
    mend: Link | None


class GateWording(Struct, frozen=True):
    """A gate in words: `reason` says why it is closed; `short` is the shortfall, counted in `unit`."""

    subject: str
    in_short: str
    reason: str
    required: str
    figures: ByBasis[str]
    short: str
    unit: str


def wording(site: InstrumentWords, gate: GateReadiness) -> GateWording:
    """Return the words for a gate."""
    match gate.gate.measure:
        case Score():
            return _score(site, gate)
        case Share():
            return _share(site, gate)
        case Documents():
            return _documents(site, gate)
        case Covered():
            return _covered(site, gate)
        case Held(predicate):
            return _held(site, gate, predicate)
        case _:
            assert_never(gate.gate.measure)


def _score(site: InstrumentWords, gate: GateReadiness) -> GateWording:
    words, minimum, part = site.words, gate.gate.minimum, _part(site, gate)
    return _measured(
        site,
        gate,
        subject=_by_part(gate, area=words("Score of area {area}", area=part), whole=words("Index"), node=part),
        in_short=words("value of area {area}", area=gate.area),
        required=words.number(minimum),
        figures=gate.value.map(lambda value: words.number_against(value, minimum)),
        lacks=(words.shortfall(gate.shortfall(gate.value.supported)), words("points")),
    )


def _share(site: InstrumentWords, gate: GateReadiness) -> GateWording:
    words, minimum, part = site.words, gate.gate.minimum, _part(site, gate)
    return _measured(
        site,
        gate,
        subject=_by_part(
            gate,
            area=words("Share of value of area {area}", area=part),
            whole=words("Share of the whole instrument"),
            node=part,
        ),
        in_short=words("value of area {area}", area=gate.area),
        required=words.percent(minimum),
        figures=gate.value.map(lambda value: words.number_against(value, minimum, share=True)),
        lacks=(words.shortfall(gate.shortfall(gate.value.supported) * 100), words("percentage points")),
    )


def _documents(site: InstrumentWords, gate: GateReadiness) -> GateWording:
    words, part = site.words, _part(site, gate)
    subject = _by_part(
        gate,
        area=words("Documents of area {area}", area=part),
        whole=words("All documents"),
        node=words("Documents of {part}", part=part),
    )
    unit = words.plural("document", "documents", gate.short or 0)
    return _counting(site, gate, subject, words("documents of area {area}", area=gate.area), unit)


def _covered(site: InstrumentWords, gate: GateReadiness) -> GateWording:
    words, part = site.words, _part(site, gate)
    subject = _by_part(
        gate,
        area=words("Items with a document in area {area}", area=part),
        whole=words("Items with a document"),
        node=words("Items with a document in {part}", part=part),
    )
    unit = words.plural("item", "items", gate.short or 0)
    return _counting(site, gate, subject, words("items with a document in area {area}", area=gate.area), unit)


def _counting(site: InstrumentWords, gate: GateReadiness, subject: str, in_short: str, unit: str) -> GateWording:
    """Return the words for a gate that counts: the same on all bases, so only the supported figure is shown."""
    words, minimum = site.words, gate.gate.minimum
    return _measured(
        site,
        gate,
        subject=subject,
        in_short=in_short,
        required=words.percent(minimum),
        figures=_supported_only(words.number_against(gate.value.supported, minimum, share=True)),
        lacks=(words.count(gate.short or 0), unit),
    )


def _held(site: InstrumentWords, gate: GateReadiness, predicate: str) -> GateWording:
    words = site.words
    subject = words("Predicate {predicate} already held", predicate=predicate)
    return GateWording(
        subject=subject,
        in_short=lowered(subject),
        reason=words("the predicate {predicate} is not held yet", predicate=predicate),
        required=words("yes"),
        figures=_supported_only(words("yes") if gate.value.supported else words("no")),
        short=NOTHING,
        unit="" if gate.passed.supported else words("not held"),
    )


def _measured(
    site: InstrumentWords,
    gate: GateReadiness,
    *,
    subject: str,
    in_short: str,
    required: str,
    figures: ByBasis[str],
    lacks: tuple[str, str],
) -> GateWording:
    """Return the words for a gate on a part of the instrument; `in_short` is used where that part is an area."""
    short, unit = (NOTHING, "") if gate.passed.supported else lacks
    now = figures.supported
    return GateWording(
        subject=subject,
        in_short=lowered(subject) if gate.area is None else in_short,
        reason=site.words("{what} {now} of {required}", what=lowered(subject), now=now, required=required),
        required=required,
        figures=figures,
        short=short,
        unit=unit,
    )


def _supported_only(figure: str) -> ByBasis[str]:
    return ByBasis(NOTHING, figure, NOTHING)


def _part(site: InstrumentWords, gate: GateReadiness) -> str:
    """Return the name of the area or node that a gate is on, or of both; nothing for the whole instrument."""
    language, instrument = site.language, site.instrument
    every: tuple[Aspect | Item, ...] = (*instrument.aspects(), *instrument.items())
    node = next((f"{each.id} {each.label.in_(language)}".strip() for each in every if each.id == gate.gate.node), "")
    if gate.area is None:
        return node
    area = next(each for each in instrument.areas if each.number == gate.area)
    return ", ".join(filter(None, (f"{area.number} {area.label.in_(language)}".strip(), node)))


def covered_items(site: Site, covered: Coverage) -> str:
    """Say how many of the items that require a document have any."""
    return site.words(
        "{covered} of {items} items have a document",
        covered=site.words.count(covered.fulfilled),
        items=site.words.count(covered.expected),
    )


def _by_part(gate: GateReadiness, *, area: str, whole: str, node: str) -> str:
    if gate.area is not None:
        return area
    return whole if gate.gate.node == INDEX else node


def lowered(label: str) -> str:
    """Return a label with a small first letter, for use within a sentence; abbreviations stay."""
    return label if not label[1:2].islower() else label[:1].lower() + label[1:]


def mark_of(site: Site, *, passed: bool) -> Mark:
    """Return the mark "met" or "not met"."""
    return Mark("met", site.words("met")) if passed else Mark("unmet", site.words("not met"))


def gate_rows(site: Site, page: str, gates: Sequence[GateReadiness]) -> tuple[GateRow, ...]:
    """Return gates as the rows of a table on `page`."""
    worded = [wording(site, gate) for gate in gates]
    columns = zip(
        column(site.words, [each.required for each in worded]),
        column(site.words, [each.figures.supported for each in worded]),
        column(site.words, [each.figures.claimed for each in worded]),
        column(site.words, [each.figures.assessed for each in worded]),
        column(site.words, [each.short for each in worded]),
        strict=True,
    )
    return tuple(
        GateRow(
            each.subject,
            "" if gate.covered is None else covered_items(site, gate.covered),
            *figures,
            unit=each.unit,
            mark=mark_of(site, passed=gate.passed.supported),
            mend=None if gate.passed.supported else _mend(site, page, gate),
        )
        for gate, each, figures in zip(gates, worded, columns, strict=True)
    )


def _mend(site: Site, page: str, gate: GateReadiness) -> Link:
    words = site.words
    if gate.area is not None:
        return Link(words("Area {number}", number=gate.area), href(page, area_path(gate.area)))
    if gate.gate.node in {item.id for item in site.instrument.items()}:
        return Link(gate.gate.node or "", href(page, item_path(gate.gate.node or "")))
    below = (each for aspect in site.instrument.aspects() if aspect.id == gate.gate.node for each in aspect.walk())
    group = next((each for each in below if each.items), None)
    if group is not None:
        return Link(gate.gate.node or "", href(page, ITEMS, f"group-{group.id}"))
    return Link(words("Gaps"), href(page, GAPS))
