"""Units as rows: the pages of all of them, of those of a region or a parent, and of those that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from generator.model.instrument import Held
from generator.model.paths import href
from generator.readiness.bases import ByBasis
from generator.rollup.totals import StageCounts
from generator.rollup.unit_readiness import UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.addresses import ListPart
from generator.rollup.views.figures import length
from generator.rollup.views.gate_names import gate_names
from generator.rollup.views.rollup_site import RollupGate, RollupSite, target_of
from generator.site.views.figures import NOTHING, Mark
from generator.site.views.frame import Frame, Link

FEW_NAMES = 3
"""Names of missed gates in the row of a unit; the page of the unit has all."""


class StageMark(Struct, frozen=True):
    """What a unit meets on one basis: the predicates, or that it meets none or was not assessed."""

    basis: str
    mark: Mark


class ReadinessRow(Struct, frozen=True):
    """A unit in a list. Of one that was not read there is the `reason` and no figure; `old` is a word for old ones."""

    link: Link
    id: str
    region: str
    parent: str
    stages: tuple[StageMark, ...]
    missed: str
    missed_names: str
    mark: Mark
    as_of: str
    age: str
    old: str
    reason: str


class FilterChoice(Struct, frozen=True):
    """Something to choose units by: its name in addresses, its place in the data, its wording."""

    value: str
    place: str
    label: str


class FilterGroup(Struct, frozen=True):
    """Choices that belong together."""

    label: str
    choices: tuple[FilterChoice, ...]


class UnitFilter(Struct, frozen=True):
    """Choices of which one is made: the key in addresses, what is chosen, the groups."""

    key: str
    label: str
    groups: tuple[FilterGroup, ...]


LackedDocument = tuple[str, str]
"""An item and a required document of it that a unit lacks."""


class UnitsView(Struct, frozen=True):
    """A page of units. `chunks` is the number of data files for the filters; 0 where the page has none."""

    frame: Frame
    title: str
    summary: str
    up: Link | None
    show_region: bool
    show_parent: bool
    counts: StageTable | None
    rows: tuple[ReadinessRow, ...]
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]
    chunks: int = 0
    data: str = ""
    filters: tuple[UnitFilter, ...] = ()


class StageCell(Struct, frozen=True):
    """How many units meet a predicate on a basis, and the length of its bar among all units."""

    basis: str
    count: str
    bar: str
    link: Link | None = None


class StageLine(Struct, frozen=True):
    """A predicate, with how many units meet it on each basis."""

    id: str
    label: str
    cells: tuple[StageCell, ...]


class StageTable(Struct, frozen=True):
    """How many units meet each predicate; `note` says of how many, and how many were not read."""

    note: str
    bases: tuple[str, ...]
    lines: tuple[StageLine, ...]


def basis_names(site: RollupSite) -> ByBasis[str]:
    """Return the names of the bases."""
    words = site.words
    return ByBasis(words("claimed"), words("supported"), words("assessed"))


BASIS_ORDER = ("supported", "claimed", "assessed")
"""The bases in the order of pages: first the one on which a predicate is proposed."""


def stage_marks(site: RollupSite, readiness: UnitReadiness) -> tuple[StageMark, ...]:
    """Return what a unit meets on each basis, in words."""
    words = site.words
    marks = []
    for basis in BASIS_ORDER:
        met = [each.id for each in readiness.predicates if getattr(each.met, basis)]
        if met:
            mark = Mark("met", " · ".join(met))
        elif basis == "assessed" and not readiness.is_assessed:
            mark = Mark("unknown", words("not assessed"))
        else:
            mark = Mark("unmet", words("none yet"))
        marks.append(StageMark(basis, mark))
    return tuple(marks)


def reason_of(site: RollupSite, result: UnitResult) -> str:
    """Return why a unit was not read; "" where it was."""
    if result.received is not None:
        return ""
    return result.fault.sentence(site.words) if result.fault is not None else site.words("no reason is known")


def remarks_of(site: RollupSite, result: UnitResult) -> str:
    """Return what somebody should look at of a unit whose figures count."""
    return "; ".join(each.sentence(site.words) for each in result.remarks)


def unit_row(site: RollupSite, page: str, result: UnitResult) -> ReadinessRow:
    """Return a unit as a row on a page."""
    words, listed, readiness = site.words, result.listed, result.readiness
    link = Link(result.name, href(page, addresses.unit_path(listed)))
    if readiness is None:
        unknown = Mark("unknown", words("not read"))
        reason = reason_of(site, result)
        return ReadinessRow(link, listed.id, listed.region, listed.parent, (), "", "", unknown, "", "", "", reason)
    target = readiness.predicate(target_of(result, readiness))
    gates = () if target is None else target.gates
    missed = [each for each in gates if not each.passed.supported]
    names = gate_names(site, target.id, missed) if target is not None else ()
    texts = [each.text for each in names[:FEW_NAMES]]
    if left := sum(each.gates for each in names[FEW_NAMES:]):
        texts.append(words.plural("{count} more", "{count} more", left))
    day, age = site.day_and_age(result)
    return ReadinessRow(
        link=link,
        id=listed.id,
        region=listed.region,
        parent=listed.parent,
        stages=stage_marks(site, readiness),
        missed=words(
            "{target}: {missed} of {all} missed",
            target=target.id if target is not None else NOTHING,
            missed=words.count(len(missed)),
            all=words.count(len(gates)),
        ),
        missed_names=", ".join(texts),
        mark=Mark("unmet" if missed else "met", ""),
        as_of=day,
        age=age,
        old=words("old") if result.is_old(site.on) else "",
        reason="",
    )


def stage_table(site: RollupSite, page: str, counts: StageCounts, *, linked: bool = False) -> StageTable:
    """Return how many units meet each predicate on each basis. `linked` cells lead to these units."""
    words, names = site.words, basis_names(site)
    lines = []
    for identifier, met in counts.predicates:
        cells = []
        for basis in BASIS_ORDER:
            count = getattr(met, basis)
            link = Link("", f"{href(page, addresses.UNITS)}#met={identifier}:{basis}:1") if linked and count else None
            cells.append(StageCell(basis, words.count(count), length(count, counts.units), link))
        lines.append(StageLine(identifier, site.predicate_label(identifier), tuple(cells)))
    same = {identifier for identifier, met in counts.predicates if len(set(met.each())) == 1}
    unmeasured = [each for each in site.predicates if each not in site.measured and each in same]
    alone = words(
        "{predicate} depends on documents alone, so it is the same on every basis.",
        predicate=words.together(unmeasured),
    )
    note = " ".join([f"{read_sentence(site, counts)}.", *([alone] if unmeasured else [])])
    return StageTable(note, tuple(getattr(names, basis) for basis in BASIS_ORDER), tuple(lines))


def read_sentence(site: RollupSite, counts: StageCounts) -> str:
    """Say how many units there are, and how many of them were read."""
    words, left = site.words, counts.units - counts.read
    units = words.plural("{count} work unit", "{count} work units", counts.units)
    if not left:
        return words("{units}, all of them read", units=units)
    return words.plural(
        "{units}, of which {count} was not read and counts nowhere",
        "{units}, of which {count} were not read and count nowhere",
        left,
        units=units,
    )


def units_page(
    site: RollupSite,
    frame: Frame,
    part: ListPart,
    results: Sequence[UnitResult],
    chunks: int,
    documents: Sequence[LackedDocument],
) -> UnitsView:
    """Return a page of the list of all units; with `chunks` of data it has the filters."""
    words = site.words
    return UnitsView(
        frame=frame,
        title=words("All work units"),
        summary=words("In alphabetical order. {day}.", day=site.as_of),
        up=None,
        show_region=site.regions,
        show_parent=site.parents,
        counts=None,
        rows=tuple(unit_row(site, part.path, each) for each in results),
        numbers=part.numbers,
        downloads=downloads(part.path, "units"),
        chunks=chunks,
        data=href(part.path, addresses.DATA),
        filters=unit_filters(site, documents) if chunks else (),
    )


def downloads(page: str, name: str) -> tuple[Link, ...]:
    """Return links to the files of a table; `name` is their path without the ending, or the page beside them."""
    path = name.removesuffix(".html")
    return (Link("xlsx", href(page, f"{path}.xlsx")), Link("csv", href(page, f"{path}.csv")))


def unit_filters(site: RollupSite, documents: Sequence[LackedDocument]) -> tuple[UnitFilter, ...]:
    """Return what units are chosen by besides what a row shows: predicates, thresholds, documents."""
    words, names = site.words, basis_names(site)
    reached: list[FilterGroup] = []
    missed: list[FilterGroup] = []
    for number, predicate in enumerate(site.predicates):
        label = site.predicate_label(predicate)
        choices = (
            FilterChoice(
                f"{predicate}:{basis}:{value}", f"{number}.{place}", f"{predicate}, {getattr(names, basis)}: {word}"
            )
            for place, basis in enumerate(BASIS_ORDER)
            for value, word in ((1, words("reached")), (0, words("not reached")))
        )
        reached.append(FilterGroup(label, tuple(choices)))
        gates = (
            FilterChoice(gate.file_name, str(place), f"{predicate}: {gate_label(site, gate)}")
            for place, gate in enumerate(site.gates)
            if gate.predicate == predicate
        )
        missed.append(FilterGroup(label, tuple(gates)))
    lacked: dict[str, list[FilterChoice]] = {}
    for place, (item, requirement) in enumerate(documents):
        area = site.items[item].area if item in site.items else None
        group = words("Other items") if area is None else site.area_label(area)
        label = f"{item} {site.requirement_label(requirement)}"
        lacked.setdefault(group, []).append(FilterChoice(f"{item}:{requirement}", str(place), label))
    found = (
        UnitFilter("met", words("Predicate"), tuple(reached)),
        UnitFilter("misses", words("Misses the threshold"), tuple(missed)),
        UnitFilter(
            "lacks",
            words("Lacks the document"),
            tuple(FilterGroup(label, tuple(choices)) for label, choices in lacked.items()),
        ),
    )
    return tuple(each for each in found if each.groups)


def lacked_address(page: str, document: LackedDocument) -> str:
    """Return the address of the units that lack a document: the list of all, with this choice made."""
    return f"{href(page, addresses.UNITS)}#{urlencode({'lacks': ':'.join(document)})}"


def gate_label(site: RollupSite, gate: RollupGate) -> str:
    """Return a gate with its minimum in words; one that is met or not has none."""
    text = site.gate_texts[gate.name]
    if gate.measure == Held.name:
        return text.subject
    return site.words("{what}: at least {minimum}", what=text.subject, minimum=text.required)


# Regions and parent units


class GroupRow(Struct, frozen=True):
    """A region or parent unit: a link to its page, and how many of its units meet each predicate on each basis."""

    link: Link
    units: str
    read: str
    cells: tuple[str, ...]


class GroupsView(Struct, frozen=True):
    """The regions, or the parent units."""

    frame: Frame
    title: str
    caption: str
    column: str
    summary: str
    predicates: tuple[str, ...]
    bases: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]


def group_name(site: RollupSite, folder: str, name: str) -> str:
    """Return the name of a region or a parent unit; units without one have a group too."""
    if name:
        return name
    return site.words("Without a region") if folder == "regions" else site.words("Without a parent unit")


def groups_page(
    site: RollupSite, frame: Frame, part: ListPart, folder: str, counts: Sequence[tuple[str, StageCounts]]
) -> GroupsView:
    """Return a page of regions or parent units."""
    words, names = site.words, basis_names(site)
    is_region = folder == "regions"
    return GroupsView(
        frame=frame,
        title=words("Regions") if is_region else words("Parent units"),
        caption=words("How many work units of each region reach the thresholds")
        if is_region
        else words("How many work units of each parent unit reach the thresholds"),
        column=words("Region") if is_region else words("Parent unit"),
        summary=words("In alphabetical order. {day}.", day=site.as_of),
        predicates=site.predicates,
        bases=tuple(getattr(names, basis) for basis in BASIS_ORDER),
        rows=tuple(
            GroupRow(
                Link(group_name(site, folder, name), href(part.path, addresses.group_path(folder, name))),
                words.count(each.units),
                words.count(each.read),
                tuple(words.count(getattr(met, basis)) for _, met in each.predicates for basis in BASIS_ORDER),
            )
            for name, each in counts
        ),
        numbers=part.numbers,
        downloads=downloads(part.path, folder),
    )


def group_page(
    site: RollupSite,
    frame: Frame,
    part: ListPart,
    folder: str,
    name: str,
    counts: StageCounts,
    results: Sequence[UnitResult],
) -> UnitsView:
    """Return a page of the units of a region or a parent unit."""
    is_region = folder == "regions"
    up = addresses.REGIONS if is_region else addresses.PARENTS
    return UnitsView(
        frame=frame,
        title=group_name(site, folder, name),
        summary=read_sentence(site, counts),
        up=Link(site.words("Regions") if is_region else site.words("Parent units"), href(part.path, up)),
        show_region=site.regions and not is_region,
        show_parent=site.parents and is_region,
        counts=stage_table(site, part.path, counts),
        rows=tuple(unit_row(site, part.path, each) for each in results),
        numbers=part.numbers,
        downloads=downloads(part.path, addresses.group_path(folder, name)),
    )


# Not read


class UnreadRow(Struct, frozen=True):
    """A unit that was not read: what the list says of it, and the reason."""

    link: Link
    id: str
    region: str
    person: str
    place: str
    line: str
    reason: str


class UnreadView(Struct, frozen=True):
    """The units that were not read."""

    frame: Frame
    title: str
    summary: str
    rows: tuple[UnreadRow, ...]
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]


def unread_page(site: RollupSite, frame: Frame, part: ListPart, results: Sequence[UnitResult]) -> UnreadView:
    """Return a page of the units that were not read."""
    words = site.words
    return UnreadView(
        frame=frame,
        title=words("Work units that were not read"),
        summary=words.plural("{count} work unit", "{count} work units", part.total),
        rows=tuple(
            UnreadRow(
                Link(each.name, href(part.path, addresses.unit_path(each.listed))),
                each.listed.id,
                each.listed.region,
                each.listed.person,
                each.listed.place,
                words.count(each.listed.line),
                reason_of(site, each),
            )
            for each in results
        ),
        numbers=part.numbers,
        downloads=downloads(part.path, "unread"),
    )
