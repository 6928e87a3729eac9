"""The page of one unit: who it is, what it reached, what it misses; or why it was not read and what to do."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model.instrument import INDEX, Score
from generator.model.paths import href
from generator.rollup.fetch_faults import OF_THE_LIST
from generator.rollup.history import IndexMove, Movement, StageStep
from generator.rollup.unit_build import WITH_ERRORS
from generator.rollup.unit_readiness import UnitPredicate, UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.figures import HUNDRED, length
from generator.rollup.views.gates import GateValue, gate_value
from generator.rollup.views.rollup_site import RollupGate, RollupSite, target_of
from generator.rollup.views.units import BASIS_ORDER, StageMark, basis_names, reason_of, stage_marks
from generator.site.views.figures import NOTHING, Bar, Mark
from generator.site.views.frame import Frame, Link


class Fact(Struct, frozen=True):
    """A fact of a unit: its name and value; `note` is in small letters, `code` the value in letters of one width."""

    name: str
    value: str
    note: str = ""
    href: str = ""
    code: bool = False


class UnitIndex(Struct, frozen=True):
    """The index on each basis as figures and as a bar; `threshold` is that of the predicate aimed at."""

    supported: str
    claimed: str
    assessed: str
    answered: str
    threshold: str
    bar: Bar


class UnitGateLine(Struct, frozen=True):
    """A gate of a unit. `link` leads to the other units that miss it."""

    name: str
    required: str
    value: GateValue
    link: str


class UnitPredicateTable(Struct, frozen=True):
    """A predicate with what the unit reached on each basis, and its gates; `aimed` is a word where it aims at it."""

    id: str
    title: str
    aimed: str
    marks: tuple[StageMark, ...]
    rows: tuple[UnitGateLine, ...]


class UnitAreaLine(Struct, frozen=True):
    """An area of a unit: its scores, the supported share, its required documents."""

    label: str
    weight: str
    supported: str
    share: str
    claimed: str
    assessed: str
    documents: str


class LackingItem(Struct, frozen=True):
    """An item and the required documents that it lacks."""

    id: str
    label: str
    documents: tuple[str, ...]


class LackingArea(Struct, frozen=True):
    """An area, and its items that lack documents."""

    label: str
    items: tuple[LackingItem, ...]


class UnitView(Struct, frozen=True):
    """The page of a unit; without figures there is a `reason`."""

    frame: Frame
    title: str
    up: Link
    previous: Link | None
    next: Link | None
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    reason: str
    advice: tuple[str, ...]
    moved: tuple[str, ...]
    moved_since: str
    index: UnitIndex | None
    stages: tuple[StageMark, ...]
    predicates: tuple[UnitPredicateTable, ...]
    areas: tuple[UnitAreaLine, ...]
    lacking: tuple[LackingArea, ...]
    lacking_summary: str


Neighbour = tuple[str, str] | None
"""The name and the path of the unit before or after one."""


def unit_page(
    site: RollupSite,
    frame: Frame,
    path: str,
    result: UnitResult,
    before: Neighbour,
    after: Neighbour,
    moves: UnitMoves | None,
) -> UnitView:
    """Return the page of a unit. `moves` is what moved since the run that it is compared with."""
    words, readiness = site.words, result.readiness
    lacking = () if readiness is None else tuple(_lacking(site, readiness))
    count = sum(len(each.documents) for area in lacking for each in area.items)
    return UnitView(
        frame=frame,
        title=result.name,
        up=Link(words("All work units"), href(path, addresses.UNITS)),
        previous=_neighbour(path, before),
        next=_neighbour(path, after),
        facts=tuple(_facts(site, path, result)),
        remarks=tuple(_remarks(site, result)),
        reason=reason_of(site, result),
        advice=tuple(_advice(site, result)) if readiness is None else (),
        moved=() if moves is None else tuple(_moved(site, moves)),
        moved_since="" if moves is None else words("Since the run of {day}", day=words.day(moves.previous)),
        index=None if readiness is None else _index(site, result, readiness),
        stages=() if readiness is None else stage_marks(site, readiness),
        predicates=() if readiness is None else tuple(_predicates(site, path, result, readiness)),
        areas=() if readiness is None else tuple(_areas(site, readiness)),
        lacking=lacking,
        lacking_summary=words.plural(
            "{count} required document is missing", "{count} required documents are missing", count
        ),
    )


class UnitMoves(Struct, frozen=True):
    """What moved of one unit since a run of the day `previous`."""

    previous: datetime.date
    gained: Sequence[StageStep]
    lost: Sequence[StageStep]
    index: IndexMove | None
    is_older: bool


def moves_of(movement: Movement | None) -> Mapping[str, UnitMoves]:
    """Return what moved of each unit of which anything did, by its id."""
    if movement is None:
        return {}
    indexes = {each.id: each for each in movement.indexes}
    gained, lost, older = _by_unit(movement.gained), _by_unit(movement.lost), frozenset(movement.older)
    return {
        id_: UnitMoves(movement.previous, gained.get(id_, ()), lost.get(id_, ()), indexes.get(id_), id_ in older)
        for id_ in {*gained, *lost, *indexes, *older}
    }


def _by_unit(steps: Sequence[StageStep]) -> Mapping[str, Sequence[StageStep]]:
    found: dict[str, list[StageStep]] = {}
    for each in steps:
        found.setdefault(each.id, []).append(each)
    return found


def _moved(site: RollupSite, moves: UnitMoves) -> Iterator[str]:
    words = site.words
    if moves.gained:
        yield words("Reached: {what}", what="; ".join(step_sentence(site, each) for each in moves.gained))
    if moves.lost:
        yield words("No longer reached: {what}", what="; ".join(step_sentence(site, each) for each in moves.lost))
    if moves.index is not None:
        before, after = (site.figures.number(each) for each in (moves.index.before, moves.index.after))
        yield words("Supported index: {after}, before: {before}", after=after, before=before)
    if moves.is_older:
        yield words("Its figures are of an earlier day than before: was an old copy published?")


def step_sentence(site: RollupSite, step: StageStep) -> str:
    """Say what a unit meets since the last run, or does so no longer."""
    words = site.words
    basis = getattr(basis_names(site), step.basis, step.basis)
    return words("{predicate}, {basis}", predicate=step.predicate, basis=basis)


def _neighbour(path: str, of: Neighbour) -> Link | None:
    return None if of is None else Link(of[0], href(path, of[1]))


def _facts(site: RollupSite, path: str, result: UnitResult) -> Iterator[Fact]:
    words, listed, received = site.words, result.listed, result.received
    yield Fact(words("Id"), listed.id)
    if received is not None and received.readiness.unit not in {result.name, ""}:
        yield Fact(words("As its site names it"), received.readiness.unit, words("differs from the list"))
    if listed.region:
        yield Fact(words("Region"), listed.region, href=href(path, addresses.group_path("regions", listed.region)))
    if listed.parent:
        yield Fact(words("Parent unit"), listed.parent, href=href(path, addresses.group_path("parents", listed.parent)))
    if listed.person:
        yield Fact(words("Responsible person"), listed.person)
    yield from _target(site, result)
    address = listed.place if listed.place.lower().startswith(("http://", "https://")) else ""
    yield Fact(words("Its own site"), listed.place, href=address, code=not address)
    if received is None:
        yield Fact(words("Line of the list"), words.count(listed.line))
        return
    day, age = site.day_and_age(result)
    yield Fact(words("Figures as of"), day, age)
    findings = received.readiness.findings
    if findings is not None:
        shown = words("{open} of {all}", open=words.count(findings.open), all=words.count(findings.all))
        yield Fact(words("Open findings"), shown)
    yield Fact(words("Signature"), site.signature(signed=received.signed))
    yield Fact(words("SHA-256 of its figures"), received.digest, code=True)


def _remarks(site: RollupSite, result: UnitResult) -> Iterator[str]:
    """Yield what somebody should look at."""
    if result.is_old(site.on):
        age = site.day_and_age(result)[1]
        yield site.words("These figures are {age} old: ask the unit to publish again.", age=age)
    for each in result.remarks:
        sentence = each.sentence(site.words)
        yield f"{sentence[:1].upper()}{sentence[1:]}."


def _target(site: RollupSite, result: UnitResult) -> Iterator[Fact]:
    words, listed, readiness = site.words, result.listed.target, result.readiness
    own = "" if readiness is None else readiness.target
    if readiness is not None and target_of(result, readiness) != listed:
        listed = own
    if listed and own and listed != own:
        note = words("its own site says {target}", target=own)
        yield Fact(words("Aims at"), listed, note)
    elif listed or own:
        yield Fact(words("Aims at"), listed or own)


def _advice(site: RollupSite, result: UnitResult) -> Iterator[str]:
    """Yield what to do about a unit that was not read."""
    words = site.words
    fault = result.fault
    if result.listed.fault is not None or (fault is not None and fault.message in OF_THE_LIST):
        yield words("Correct its entry in line {line} of the list.", line=words.count(result.listed.line))
    elif fault is not None and fault.message == WITH_ERRORS:
        yield words("Correct the portfolio at the place below; `catat check` there says all that is wrong.")
    else:
        yield words("Open the place below: does it lead to the site of the unit?")
        who = result.listed.person
        yield (
            words("Ask {person} to publish the site again.", person=who)
            if who
            else words("Ask the unit to publish its site again.")
        )
    yield words("Then make the roll-up again; until then the unit counts in no figure.")


def _index(site: RollupSite, result: UnitResult, readiness: UnitReadiness) -> UnitIndex:
    words, figures, index = site.words, site.figures, readiness.index
    target = readiness.predicate(target_of(result, readiness))
    gates = () if target is None else target.gates
    gate = next((each for each in gates if each.node == INDEX and each.measure == Score.name), None)
    shown = {
        basis: figures.number(getattr(index, basis))
        if gate is None
        else figures.against(getattr(index, basis), gate.min, passed=getattr(gate.passed, basis))
        for basis in BASIS_ORDER
    }
    counts, whole = readiness.counts, max(HUNDRED, index.claimed, index.supported, index.assessed)
    assessed = readiness.is_assessed
    return UnitIndex(
        supported=shown["supported"],
        claimed=shown["claimed"],
        assessed=shown["assessed"] if assessed else words("not assessed"),
        answered=words(
            "{assessed} of {items} items", assessed=words.count(counts.assessed), items=words.count(counts.items)
        )
        if assessed
        else "",
        threshold=figures.number(gate.min) if gate is not None else "",
        bar=Bar(
            length(index.supported, whole),
            length(index.claimed, whole),
            length(gate.min, whole) if gate is not None else None,
            length(index.assessed, whole) if assessed else None,
        ),
    )


def _predicates(
    site: RollupSite, path: str, result: UnitResult, readiness: UnitReadiness
) -> Iterator[UnitPredicateTable]:
    words, target = site.words, target_of(result, readiness)
    for each in readiness.predicates:
        yield UnitPredicateTable(
            each.id,
            site.predicate_label(each.id),
            words("aimed at") if each.id == target else "",
            tuple(_marks(site, each, readiness)),
            tuple(_gate_lines(site, path, each, readiness)),
        )


def _marks(site: RollupSite, predicate: UnitPredicate, readiness: UnitReadiness) -> Iterator[StageMark]:
    words, names = site.words, basis_names(site)
    for basis in BASIS_ORDER:
        if getattr(predicate.met, basis):
            mark = Mark("met", words("met"))
        elif basis == "assessed" and not readiness.is_assessed:
            mark = Mark("unknown", words("not assessed"))
        else:
            mark = Mark("unmet", words("not met"))
        yield StageMark(getattr(names, basis), mark)


def _gate_lines(
    site: RollupSite, path: str, predicate: UnitPredicate, readiness: UnitReadiness
) -> Iterator[UnitGateLine]:
    for own in predicate.gates:
        gate = RollupGate.of(predicate.id, own)
        text = site.gate_texts[gate.name]
        required = site.figures.percent(own.min) if gate.is_share else site.figures.number(own.min)
        link = "" if own.passed.supported else href(path, addresses.gate_path(gate))
        is_held = gate.measure == "held"
        yield UnitGateLine(
            text.subject, text.required if is_held else required, gate_value(site, gate, own, readiness), link
        )


def _areas(site: RollupSite, readiness: UnitReadiness) -> Iterator[UnitAreaLine]:
    words, figures = site.words, site.figures
    for each in readiness.areas:
        documents = words(
            "{fulfilled} of {expected}",
            fulfilled=words.count(each.documents.fulfilled),
            expected=words.count(each.documents.expected),
        )
        yield UnitAreaLine(
            site.area_label(each.area),
            figures.number(each.weight),
            figures.number(each.supported),
            figures.percent(each.supported / each.weight) if each.weight else "",
            figures.number(each.claimed),
            figures.number(each.assessed) if readiness.is_assessed else NOTHING,
            documents,
        )


def _lacking(site: RollupSite, readiness: UnitReadiness) -> Iterator[LackingArea]:
    """Yield the areas with items that lack documents; items without an area, or unknown ones, come last."""
    found: dict[int | None, list[LackingItem]] = {each.area: [] for each in readiness.areas}
    found.setdefault(None, [])
    for identifier, missing in readiness.missing:
        item = site.items.get(identifier)
        area = None if item is None else item.area
        line = LackingItem(identifier, site.item_label(identifier), tuple(map(site.requirement_label, missing)))
        found.setdefault(area, []).append(line)
    for area, items in found.items():
        if items:
            yield LackingArea(site.words("Other items") if area is None else site.area_label(area), tuple(items))
