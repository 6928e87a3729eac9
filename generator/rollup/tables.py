"""The tables of a roll-up as csv and as workbooks: the same rows as its pages, figures as numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from generator.exchange.registers.csv_files import write_csv
from generator.exchange.registers.tables import Cell, CellLink, Column, RegisterTable, Row, plain
from generator.exchange.registers.xlsx import BookFacts, LinkBase, write_tables
from generator.rollup.history import MonthRow
from generator.rollup.totals import MissingDocument, StageCounts
from generator.rollup.unit_readiness import Figure
from generator.rollup.units import UnitResult
from generator.rollup.views import addresses
from generator.rollup.views.gates import GateCount, shown_bases
from generator.rollup.views.regulation_table import (
    ValueColumn,
    as_percent,
    cell_figures,
    missed_minimums,
    table_columns,
    verdict,
)
from generator.rollup.views.rollup_site import RollupGate, RollupSite, target_of
from generator.rollup.views.units import BASIS_ORDER, basis_names, group_name, reason_of, remarks_of

TableOf = Callable[..., RegisterTable]


TABLE_ENDINGS = (".csv", ".xlsx")
"""Of the files of each table."""


def table_file(ending: str, site: RollupSite, table: RegisterTable) -> bytes:
    """Return a table as csv, as the registers of a portfolio are written, or as a workbook of one sheet.

    `ending` is `.csv` or `.xlsx`. A workbook has links to the pages of the units.
    """
    stream = io.BytesIO()
    if ending == ".csv":
        text = io.TextIOWrapper(stream, "utf-8", errors="backslashreplace", newline="")
        write_csv(text, table)
        text.detach()
    else:
        facts = BookFacts(f"{site.title}: {table.title}", site.title, site.on, site.words)
        write_tables(stream, (table,), facts, LinkBase("", f"{table.name}{ending}"))
    return stream.getvalue()


def _unit(result: UnitResult) -> CellLink:
    return CellLink(plain(result.name), addresses.unit_path(result.listed))


_MILLIONTH = Decimal("0.000001")


def _percent(share: Figure | None) -> Figure | None:
    return None if share is None else as_percent(share).quantize(_MILLIONTH, ROUND_HALF_UP)


def units_table(site: RollupSite, name: str, results: Sequence[UnitResult]) -> RegisterTable:
    """Return the table of units in alphabetical order; `name` is the path of its file without the ending."""
    words = site.words
    columns = [
        Column(words("Id"), 16),
        Column(words("Work unit"), 40),
        Column(words("As its site names it"), 30),
        Column(words("Region"), 20),
        Column(words("Parent unit"), 24),
        Column(words("Responsible person"), 24),
        Column(words("Aims at"), 10),
        Column(words("Place"), 30),
        Column(words("Figures as of"), 14),
        Column(words("Age in days"), 9),
        Column(words("State"), 14),
        Column(words("Reason"), 40),
        *_stage_columns(site),
        Column(words("Thresholds missed"), 10),
        Column(words("Which thresholds"), 50),
        Column(words("Documents missing"), 10),
        Column(words("Open findings"), 10),
        Column(words("Signature"), 12),
        Column(words("SHA-256 of its figures"), 24),
        Column(words("To look at"), 50),
    ]

    def rows() -> Iterator[Row]:
        return (_unit_row(site, each) for each in results)

    return RegisterTable(name, words("Work units"), tuple(columns), rows)


def _stage_columns(site: RollupSite) -> list[Column]:
    """Return a column for each predicate on each basis."""
    names = basis_names(site)
    return [
        Column(f"{predicate}, {getattr(names, basis)}", 14) for predicate in site.predicates for basis in BASIS_ORDER
    ]


def _unit_row(site: RollupSite, result: UnitResult) -> Row:
    words, listed, readiness = site.words, result.listed, result.readiness
    head = (
        plain(listed.id),
        _unit(result),
        plain(readiness.unit) if readiness is not None and readiness.unit != result.name else None,
        plain(listed.region),
        plain(listed.parent),
        plain(listed.person),
        plain(listed.target if readiness is None else target_of(result, readiness)),
        plain(listed.place),
    )
    if readiness is None:
        met: tuple[Cell, ...] = (None,) * (len(site.predicates) * len(BASIS_ORDER))
        reason = plain(reason_of(site, result))
        return (*head, None, None, words("not read"), reason, *met, None, None, None, None, None, None, None)
    target = readiness.predicate(target_of(result, readiness))
    missed = [] if target is None else [each for each in target.gates if not each.passed.supported]
    names = [] if target is None else [site.gate_texts[target.id, *each.key].in_short for each in missed]
    assert result.received is not None  # it has figures
    return (
        *head,
        readiness.as_of,
        result.age(site.on),
        words("old") if result.is_old(site.on) else words("read"),
        None,
        *_met(site, result),
        len(missed) if target is not None else None,
        plain("; ".join(names)),
        sum(len(each) for _, each in readiness.missing),
        None if readiness.findings is None else readiness.findings.open,
        site.signature(signed=result.received.signed),
        result.received.digest,
        plain(remarks_of(site, result)),
    )


def _met(site: RollupSite, result: UnitResult) -> Iterator[Cell]:
    words, readiness = site.words, result.readiness
    for identifier in site.predicates:
        found = None if readiness is None else readiness.predicate(identifier)
        for basis in BASIS_ORDER:
            if readiness is None or found is None:
                yield None
            elif getattr(found.met, basis):
                yield words("met")
            else:
                unassessed = basis == "assessed" and not readiness.is_assessed
                yield words("not assessed") if unassessed else words("not met")


def values_table(site: RollupSite, basis: str, results: Sequence[UnitResult]) -> RegisterTable:
    """Return the regulation's table on one basis; the first rows are the minimums of the predicates."""
    words = site.words
    shown = table_columns(site)
    columns = [Column(words("No."), 6), Column(words("Id"), 16), Column(words("Work unit"), 40)]
    columns.append(Column(words("Region"), 20))
    for each in shown:
        title = f"{each.head} {each.label}".strip() if each.area is not None else each.label or each.head
        columns.append(Column(title, 12))
        if each.area is not None:
            columns.append(Column(words("{column}, % of its weight", column=title), 12))
    columns += [Column(words("Predicate reached"), 14), Column(words("Minimums missed"), 40)]
    columns.append(Column(words("Reason"), 40))

    def rows() -> Iterator[Row]:
        yield from _threshold_rows(site, shown)
        for number, each in enumerate(results, start=1):
            yield _values_row(site, shown, basis, number, each)

    name = addresses.table_name(basis)
    title = words("Table of values, {basis}", basis=getattr(basis_names(site), basis))
    return RegisterTable(name, _sheet_name(title), tuple(columns), rows)


def _sheet_name(title: str) -> str:
    """Return a title as Excel takes it for the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", title).strip("' ")[:31].rstrip("' ") or "-"


def _threshold_rows(site: RollupSite, columns: Sequence[ValueColumn]) -> Iterator[Row]:
    words = site.words
    for predicate in site.measured:
        gates = [each for each in site.gates if each.predicate == predicate]
        cells: list[Cell] = []
        for column in columns:
            own = [each for each in gates if _is_on(column.id, each.area, each.node)]
            score = next((each.min for each in own if each.measure == "score"), None)
            share = next((each.min for each in own if each.measure == "share"), None)
            cells.append(score if score is not None or column.area is not None or share is None else share)
            if column.area is not None:
                cells.append(_percent(share))
        title = words("Minimum for {predicate}", predicate=predicate)
        yield (None, None, title, None, *cells, None, None, None)


def _is_on(column: str, area: int | None, node: str | None) -> bool:
    return column == f"area {area}" if area is not None else column == node


def _values_row(site: RollupSite, columns: Sequence[ValueColumn], basis: str, number: int, result: UnitResult) -> Row:
    words, readiness = site.words, result.readiness
    head = (number, plain(result.listed.id), _unit(result), plain(result.listed.region))
    empty = (None,) * sum(1 if each.area is None else 2 for each in columns)
    if readiness is None:
        return (*head, *empty, words("not read"), None, plain(reason_of(site, result)))
    if basis == "assessed" and not readiness.is_assessed:
        return (*head, *empty, words("not assessed"), None, None)
    areas = {each.area: each for each in readiness.areas}
    cells: list[Cell] = []
    for column in columns:
        score, share = cell_figures(column, basis, readiness, areas)
        cells.append(score)
        if column.area is not None:
            cells.append(_percent(share))
    missed = missed_minimums(site, columns, basis, result, readiness)
    return (*head, *cells, verdict(site, readiness, basis).word, plain(missed), None)


def gates_table(site: RollupSite, counts: Sequence[GateCount], read: int) -> RegisterTable:
    """Return the table of gates, each with how many units miss it."""
    words = site.words
    columns = (
        Column(words("Predicate"), 12),
        Column(words("Threshold"), 60),
        Column(words("Minimum"), 12),
        Column(words("In percent"), 12),
        Column(words("Work units that miss it"), 16),
        Column(words("Work units read"), 16),
    )

    def rows() -> Iterator[Row]:
        for each in counts:
            gate = each.gate
            least = as_percent(gate.min) if gate.is_share else gate.min
            percent = words("yes") if gate.is_share else words("no")
            yield (plain(gate.predicate), plain(site.gate_texts[gate.name].subject), least, percent, each.units, read)

    return RegisterTable("gates", words("Thresholds"), columns, rows)


def documents_table(site: RollupSite, missing: Sequence[MissingDocument], read: int) -> RegisterTable:
    """Return the table of required documents that units lack."""
    words = site.words
    columns = (
        Column(words("Item"), 14),
        Column(words("Wording"), 60),
        Column(words("Document"), 40),
        Column(words("Work units that lack it"), 16),
        Column(words("Work units read"), 16),
    )

    def rows() -> Iterator[Row]:
        for each in missing:
            label, document = site.item_label(each.item), site.requirement_label(each.requirement)
            yield (plain(each.item), plain(label), plain(document), each.units, read)

    return RegisterTable("documents", words("Documents missing"), columns, rows)


def groups_table(site: RollupSite, folder: str, counts: Sequence[tuple[str, StageCounts]]) -> RegisterTable:
    """Return the table of regions or parent units, each with how many of its units meet each predicate."""
    words = site.words
    title = words("Regions") if folder == "regions" else words("Parent units")
    columns = [
        Column(words("Region") if folder == "regions" else words("Parent unit"), 40),
        Column(words("Work units"), 12),
        Column(words("Read"), 12),
    ]
    columns += _stage_columns(site)

    def rows() -> Iterator[Row]:
        for name, each in counts:
            link = CellLink(plain(group_name(site, folder, name)), addresses.group_path(folder, name))
            met = (getattr(found, basis) for _, found in each.predicates for basis in BASIS_ORDER)
            yield (link, each.units, each.read, *met)

    return RegisterTable(folder, title, tuple(columns), rows)


def unread_table(site: RollupSite, results: Sequence[UnitResult]) -> RegisterTable:
    """Return the table of the units that were not read."""
    words = site.words
    columns = (
        Column(words("Id"), 16),
        Column(words("Work unit"), 40),
        Column(words("Region"), 20),
        Column(words("Parent unit"), 24),
        Column(words("Responsible person"), 24),
        Column(words("Place"), 30),
        Column(words("Line of the list"), 10),
        Column(words("Reason"), 60),
    )

    def rows() -> Iterator[Row]:
        for each in results:
            of = each.listed
            texts = map(plain, (of.region, of.parent, of.person, of.place))
            yield (plain(of.id), _unit(each), *texts, of.line, plain(reason_of(site, each)))

    return RegisterTable("unread", words("Not read"), columns, rows)


def months_table(site: RollupSite, months: Sequence[MonthRow]) -> RegisterTable:
    """Return the table of the last run of each month, with how many units met each predicate."""
    words = site.words
    columns = [Column(words("Last run"), 14), Column(words("Work units"), 12), Column(words("Read"), 12)]
    columns += _stage_columns(site)

    def rows() -> Iterator[Row]:
        for month in months:
            met = dict(month.counts.predicates)
            counts = [
                getattr(met[predicate], basis) if predicate in met else None
                for predicate in site.predicates
                for basis in BASIS_ORDER
            ]
            yield (month.on, month.counts.units, month.counts.read, *counts)

    return RegisterTable("months", words("By month"), tuple(columns), rows)


def gate_table(site: RollupSite, name: str, gate: RollupGate, results: Sequence[UnitResult]) -> RegisterTable:
    """Return the table of the units that miss a gate; shares are in percent.

    `name` is the path of its file without the ending.
    """
    words, names = site.words, basis_names(site)
    columns = [Column(words("Id"), 16), Column(words("Work unit"), 40), Column(words("Region"), 20)]
    columns += [Column(words("Minimum"), 12), *(Column(getattr(names, basis), 12) for basis in BASIS_ORDER)]
    columns.append(Column(words("Figures as of"), 14))

    def rows() -> Iterator[Row]:
        for each in results:
            predicate = None if each.readiness is None else each.readiness.predicate(gate.predicate)
            own = next((one for one in predicate.gates if one.key == gate.name[1:]), None) if predicate else None
            if each.readiness is not None and own is not None:
                known = {"supported", *shown_bases(gate, each.readiness)}
                figures = (own.min, *(getattr(own.value, basis) if basis in known else None for basis in BASIS_ORDER))
                shown = (as_percent(value) if value is not None and gate.is_share else value for value in figures)
                yield (plain(each.listed.id), _unit(each), plain(each.listed.region), *shown, each.readiness.as_of)

    return RegisterTable(name, _sheet_name(site.gate_texts[gate.name].subject), tuple(columns), rows)
