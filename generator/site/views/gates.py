"""How gates are worded: what each is about, what it requires, where it stands and what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from generator.model.instrument import INDEX, Aspect, Documents, Held, Item, Score, Share
from generator.model.paths import href
from generator.readiness.bases import ByBasis
from generator.readiness.gates import GateReadiness
from generator.site.views.common import GAPS, ITEMS, NOTHING, Figure, Link, Mark, Scene, area_path, item_path


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate of the predicate aimed at: required, now, short by how many of which unit, where to mend it."""

    name: str
    required: Figure
    supported: Figure
    claimed: Figure
    assessed: Figure
    short: Figure
    unit: str
    mark: Mark
    mend: Link | None


@dataclass(frozen=True, slots=True)
class GateWording:
    """A gate in words: `reason` says why it is closed; it lacks `short`, counted in `unit`."""

    subject: str
    in_short: str
    reason: str
    required: str
    figures: ByBasis[str]
    short: str
    unit: str


def wording(scene: Scene, gate: GateReadiness) -> GateWording:
    """Return the words for a gate."""
    match gate.gate.measure:
        case Score():
            return _score(scene, gate)
        case Share():
            return _share(scene, gate)
        case Documents():
            return _documents(scene, gate)
        case Held(predicate):
            return _held(scene, gate, predicate)
        case _:
            assert_never(gate.gate.measure)


def _score(scene: Scene, gate: GateReadiness) -> GateWording:
    words, minimum, part = scene.words, gate.gate.minimum, _part(scene, gate)
    return _measured(
        scene,
        gate,
        subject=_by_part(gate, area=words("Score of area {area}", area=part), whole=words("Index"), node=part),
        in_short=words("value of area {area}", area=gate.area),
        required=words.number(minimum),
        figures=gate.value.map(lambda value: words.number_against(value, minimum)),
        lacks=(words.shortfall(gate.shortfall(gate.value.supported)), words("points")),
    )


def _share(scene: Scene, gate: GateReadiness) -> GateWording:
    words, minimum, part = scene.words, gate.gate.minimum, _part(scene, gate)
    return _measured(
        scene,
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


def _documents(scene: Scene, gate: GateReadiness) -> GateWording:
    """Return the words for a gate on documents: they are the same on all bases, so the figure stands once."""
    words, minimum, part = scene.words, gate.gate.minimum, _part(scene, gate)
    lacking = gate.documents_short or 0
    return _measured(
        scene,
        gate,
        subject=_by_part(
            gate,
            area=words("Documents of area {area}", area=part),
            whole=words("All documents"),
            node=words("Documents of {part}", part=part),
        ),
        in_short=words("documents of area {area}", area=gate.area),
        required=words.percent(minimum),
        figures=_once(words.number_against(gate.value.supported, minimum, share=True)),
        lacks=(words.count(lacking), words.plural("document type", "document types", lacking)),
    )


def _held(scene: Scene, gate: GateReadiness, predicate: str) -> GateWording:
    words = scene.words
    subject = words("Predicate {predicate} already held", predicate=predicate)
    return GateWording(
        subject=subject,
        in_short=lowered(subject),
        reason=words("the predicate {predicate} is not held yet", predicate=predicate),
        required=words("yes"),
        figures=_once(words("yes") if gate.value.supported else words("no")),
        short=NOTHING,
        unit="" if gate.passed.supported else words("not held"),
    )


def _measured(
    scene: Scene,
    gate: GateReadiness,
    *,
    subject: str,
    in_short: str,
    required: str,
    figures: ByBasis[str],
    lacks: tuple[str, str],
) -> GateWording:
    """Return the words for a gate on a part of the instrument; `in_short` names it where that is an area."""
    short, unit = (NOTHING, "") if gate.passed.supported else lacks
    now = figures.supported
    return GateWording(
        subject=subject,
        in_short=lowered(subject) if gate.area is None else in_short,
        reason=scene.words("{what} {now} of {required}", what=lowered(subject), now=now, required=required),
        required=required,
        figures=figures,
        short=short,
        unit=unit,
    )


def _once(figure: str) -> ByBasis[str]:
    return ByBasis(NOTHING, figure, NOTHING)


def _part(scene: Scene, gate: GateReadiness) -> str:
    """Return the name of the area or node that a gate is on; nothing for the whole instrument."""
    language, instrument = scene.words.language, scene.instrument
    if gate.area is not None:
        area = next(each for each in instrument.areas if each.number == gate.area)
        return f"{area.number} {area.label.in_(language)}"
    every: tuple[Aspect | Item, ...] = (*instrument.aspects(), *instrument.items())
    return next((f"{each.id} {each.label.in_(language)}" for each in every if each.id == gate.gate.node), "")


def _by_part(gate: GateReadiness, *, area: str, whole: str, node: str) -> str:
    if gate.area is not None:
        return area
    return whole if gate.gate.node == INDEX else node


def lowered(label: str) -> str:
    """Return a label as it stands within a sentence, abbreviations as they are."""
    return label if not label[1:2].islower() else label[:1].lower() + label[1:]


def mark_of(scene: Scene, *, passed: bool) -> Mark:
    """Return the mark of what passes or does not."""
    return Mark("met", scene.words("met")) if passed else Mark("unmet", scene.words("not met"))


def gate_rows(scene: Scene, page: str, gates: Sequence[GateReadiness]) -> tuple[GateRow, ...]:
    """Return gates as the rows of a table on `page`."""
    worded = [wording(scene, gate) for gate in gates]
    columns = zip(
        scene.column([each.required for each in worded]),
        scene.column([each.figures.supported for each in worded]),
        scene.column([each.figures.claimed for each in worded]),
        scene.column([each.figures.assessed for each in worded]),
        scene.column([each.short for each in worded]),
        strict=True,
    )
    return tuple(
        GateRow(
            each.subject,
            *figures,
            unit=each.unit,
            mark=mark_of(scene, passed=gate.passed.supported),
            mend=None if gate.passed.supported else _mend(scene, page, gate),
        )
        for gate, each, figures in zip(gates, worded, columns, strict=True)
    )


def _mend(scene: Scene, page: str, gate: GateReadiness) -> Link:
    words = scene.words
    if gate.area is not None:
        return Link(words("Area {number}", number=gate.area), href(page, area_path(gate.area)))
    if gate.gate.node in {item.id for item in scene.instrument.items()}:
        return Link(gate.gate.node or "", href(page, item_path(gate.gate.node or "")))
    below = (each for aspect in scene.instrument.aspects() if aspect.id == gate.gate.node for each in aspect.walk())
    group = next((each for each in below if each.items), None)
    if group is not None:
        return Link(gate.gate.node or "", href(page, ITEMS, f"group-{group.id}"))
    return Link(words("Gaps"), href(page, GAPS))
