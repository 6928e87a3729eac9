"""The table that regulations and institutions use: areas with score and share, parts, totals, and the verdict.

Its columns come from the instrument: the areas, the parts that gates name, the components, the index. With that of
PermenPANRB 90/2021 these are the 16 columns of a recapitulation of evaluations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.model.instrument import INDEX, Aspect, Instrument, Score, Share
from generator.model.paths import href
from generator.rollup.unit_readiness import AreaReadiness, Figure, UnitGate, UnitReadiness
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.addresses import ListPart
from generator.rollup.views.figures import HUNDRED
from generator.rollup.views.gate_names import gate_names
from generator.rollup.views.rollup_site import RollupGate, RollupSite, target_of
from generator.rollup.views.units import BASIS_ORDER, basis_names, downloads, reason_of
from generator.site.views.figures import NOTHING, Mark
from generator.site.views.frame import Frame, Link


class ValueColumn(Struct, frozen=True):
    """A column: an area by its number, a part of the instrument or an item by its id, or the index."""

    id: str
    head: str
    label: str
    area: int | None = None


class ThresholdCell(Struct, frozen=True):
    """What a predicate requires of a column; nothing where it requires nothing."""

    text: str


class ThresholdLine(Struct, frozen=True):
    """The minimums of a predicate, by column."""

    title: str
    cells: tuple[ThresholdCell, ...]


class ValueCell(Struct, frozen=True):
    """A figure of a unit; `share` is that of the weight of an area, `below` the predicate whose minimum it misses."""

    figure: str
    share: str
    below: str


class TableRow(Struct, frozen=True):
    """A unit in the table; of one without figures on the basis there is a `reason` instead.

    `besides` names the thresholds that no column has, of the nearest predicate that they keep it from.
    """

    number: str
    link: Link
    cells: tuple[ValueCell, ...]
    verdict: Mark
    reason: str
    besides: str = ""


class RegulationTableView(Struct, frozen=True):
    """A page of the table on one basis."""

    frame: Frame
    title: str
    basis: str
    summary: str
    other_bases: tuple[Link, ...]
    columns: tuple[ValueColumn, ...]
    thresholds: tuple[ThresholdLine, ...]
    rows: tuple[TableRow, ...]
    numbers: tuple[Link, ...]
    downloads: tuple[Link, ...]


def table_columns(site: RollupSite) -> tuple[ValueColumn, ...]:
    """Return the columns in the order of the instrument, each part after what is below it."""
    language, words = site.language, site.words
    areas = [
        ValueColumn(
            f"area {each.number}", words("Area {number}", number=each.number), each.label.in_(language), each.number
        )
        for each in site.instrument.areas
    ]
    named = {_column_of(each) for each in site.gates}
    top = {each.id for each in site.instrument.tree} if site.shipped else set()
    parts = [ValueColumn(id_, id_, label) for id_, label in _parts(site.instrument, language) if id_ in named | top]
    return (*areas, *parts, ValueColumn(INDEX, words("Index"), ""))


def _parts(instrument: Instrument, language: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of an instrument and its items, each after what is below it."""

    def below(aspect: Aspect) -> Iterator[tuple[str, str]]:
        for child in aspect.children:
            yield from below(child)
        yield from ((item.id, item.label.in_(language)) for item in aspect.items)
        yield aspect.id, aspect.label.in_(language)

    for top in instrument.tree:
        yield from below(top)


def _column_of(gate: RollupGate | UnitGate) -> str | None:
    """Return the id of the column that a gate is on; None for a gate on documents or on a predicate."""
    if gate.measure not in {Score.name, Share.name}:
        return None
    if gate.area is not None:
        return f"area {gate.area}" if gate.node in {None, INDEX} else None
    return gate.node


def threshold_lines(site: RollupSite, columns: Sequence[ValueColumn]) -> tuple[ThresholdLine, ...]:
    """Return the minimums of each predicate that has any."""
    lines = []
    for predicate in site.measured:
        texts: dict[str, str] = {}
        for gate in site.gates:
            column = _column_of(gate)
            if gate.predicate == predicate and column is not None:
                texts[column] = site.gate_texts[gate.name].required
        title = site.words("Minimum for {predicate}", predicate=predicate)
        lines.append(ThresholdLine(title, tuple(ThresholdCell(texts.get(each.id, "")) for each in columns)))
    return tuple(lines)


def table_page(
    site: RollupSite, frame: Frame, part: ListPart, basis: str, results: Sequence[UnitResult]
) -> RegulationTableView:
    """Return a page of the table on one basis."""
    words, names, columns = site.words, basis_names(site), table_columns(site)
    others = (each for each in BASIS_ORDER if each != basis)
    return RegulationTableView(
        frame=frame,
        title=words("Table of values, {basis}", basis=getattr(names, basis)),
        basis=basis,
        summary=_basis_sentence(site, basis),
        other_bases=tuple(Link(getattr(names, each), href(part.path, addresses.table_path(each))) for each in others),
        columns=columns,
        thresholds=threshold_lines(site, columns),
        rows=tuple(
            table_row(site, part.path, columns, basis, number, each)
            for number, each in enumerate(results, start=part.before + 1)
        ),
        numbers=part.numbers,
        downloads=downloads(part.path, addresses.table_name(basis)),
    )


def _basis_sentence(site: RollupSite, basis: str) -> str:
    words = site.words
    return {
        "claimed": words("What the units answered themselves, whether or not documents prove it."),
        "supported": words("What accepted documents support: the basis on which a predicate is proposed."),
        "assessed": words("What the assessors gave; an item without their answer counts nothing."),
    }[basis]


def table_row(
    site: RollupSite, page: str, columns: Sequence[ValueColumn], basis: str, number: int, result: UnitResult
) -> TableRow:
    """Return a unit as a row of the table."""
    words, readiness = site.words, result.readiness
    link = Link(result.name, href(page, addresses.unit_path(result.listed)))
    shown = words.count(number)
    if readiness is None:
        reason = words("not read: {why}", why=reason_of(site, result))
        return TableRow(shown, link, (), Mark("unknown", words("not read")), reason)
    if basis == "assessed" and not readiness.is_assessed:
        unknown = Mark("unknown", words("not assessed"))
        return TableRow(shown, link, (), unknown, words("The assessors have not answered any item."))
    gates = _gates(readiness)
    marked = _marked(site, result, readiness)
    areas = {each.area: each for each in readiness.areas}
    cells = tuple(_cell(site, each, basis, readiness, areas, gates, marked) for each in columns)
    return TableRow(shown, link, cells, verdict(site, readiness, basis), "", _besides(site, readiness, basis, marked))


def missed_minimums(
    site: RollupSite, columns: Sequence[ValueColumn], basis: str, result: UnitResult, readiness: UnitReadiness
) -> str:
    """Return what the marks of a row say in words: the predicates, each with the columns and gates that it lacks."""
    marked, gates = _marked(site, result, readiness), _gates(readiness)
    found: dict[str, list[str]] = {}
    for column in columns:
        missed = _missed(gates.get(column.id, ()), basis)
        if missed is not None and missed[0] in marked:
            found.setdefault(missed[0], []).append(column.head)
    nearest, besides = _without_column(site, readiness, basis, marked)
    if besides:
        found.setdefault(nearest, []).extend(besides)
    return "; ".join(f"{each}: {', '.join(found[each])}" for each in site.measured if each in found)


def _besides(site: RollupSite, readiness: UnitReadiness, basis: str, marked: frozenset[str]) -> str:
    nearest, missed = _without_column(site, readiness, basis, marked)
    return f"{nearest}: {', '.join(missed)}" if missed else ""


def _without_column(
    site: RollupSite, readiness: UnitReadiness, basis: str, marked: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """Return the nearest predicate that gates without a column keep a unit from, and these gates in few words."""
    for predicate in readiness.predicates:
        if predicate.id in marked:
            gates = (each for each in predicate.gates if _column_of(each) is None and not getattr(each.passed, basis))
            missed = gate_names(site, predicate.id, gates)
            if missed:
                return predicate.id, tuple(each.text for each in missed)
    return "", ()


def _missed(of_column: Sequence[tuple[str, UnitGate]], basis: str) -> tuple[str, UnitGate] | None:
    """Return the first gate of a column that is missed, with its predicate."""
    return next(((name, each) for name, each in of_column if not getattr(each.passed, basis)), None)


def verdict(site: RollupSite, readiness: UnitReadiness, basis: str) -> Mark:
    """Return the highest predicate with a threshold on values that a unit meets, in words."""
    met = [each.id for each in readiness.predicates if each.id in site.measured and getattr(each.met, basis)]
    return Mark("met", met[-1]) if met else Mark("unmet", site.words("none yet"))


def _gates(readiness: UnitReadiness) -> Mapping[str, Sequence[tuple[str, UnitGate]]]:
    """Return the gates of a unit by column, each with its predicate, in the order of the predicates."""
    found: dict[str, list[tuple[str, UnitGate]]] = {}
    for predicate in readiness.predicates:
        for gate in predicate.gates:
            column = _column_of(gate)
            if column is not None:
                found.setdefault(column, []).append((predicate.id, gate))
    return found


def _marked(site: RollupSite, result: UnitResult, readiness: UnitReadiness) -> frozenset[str]:
    """Return the predicates whose minimums are marked: the lowest, and up to the one that the unit aims at."""
    target = target_of(result, readiness)
    end = site.measured.index(target) if target in site.measured else 0
    return frozenset(site.measured[: end + 1])


def _cell(
    site: RollupSite,
    column: ValueColumn,
    basis: str,
    readiness: UnitReadiness,
    areas: Mapping[int, AreaReadiness],
    gates: Mapping[str, Sequence[tuple[str, UnitGate]]],
    marked: frozenset[str],
) -> ValueCell:
    value, share = cell_figures(column, basis, readiness, areas)
    if value is None:
        return ValueCell(NOTHING, "", "")
    figures = site.figures
    # The nearest minimum that is missed is the one that rounding must not lift the figure to.
    missed = _missed(gates.get(column.id, ()), basis)
    below = missed[0] if missed is not None and missed[0] in marked else ""
    shown, shown_share = figures.number(value), "" if share is None else figures.percent(share)
    if missed is not None and missed[1].measure == Score.name:
        shown = figures.against(value, missed[1].min, passed=False)
    elif missed is not None:
        value_of_gate = getattr(missed[1].value, basis)
        shown_share = figures.against(value_of_gate, missed[1].min, passed=False, share=True)
    return ValueCell(shown, shown_share, below)


def cell_figures(
    column: ValueColumn, basis: str, readiness: UnitReadiness, areas: Mapping[int, AreaReadiness]
) -> tuple[Figure | None, Figure | None]:
    """Return the score in a column, and of an area its share of the weight; None where the unit has none."""
    if column.area is not None:
        area = areas.get(column.area)
        if area is None:
            return None, None
        score: Decimal = getattr(area, basis)
        return score, (score / area.weight if area.weight else None)
    if column.id == INDEX:
        return getattr(readiness.index, basis), None
    scores = readiness.scores.get(column.id)
    return (None if scores is None else getattr(scores, basis)), None


def as_percent(share: Figure) -> Figure:
    """Return a share in percent."""
    return share * HUNDRED
