"""`catat import` of a folder or zip: shows what would become of each file, and writes records when it is asked to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import exitcodes
from generator.commands.console import language_of, print_data, print_report
from generator.commands.import_options import ImportOptions
from generator.commands.options import today
from generator.importing.tree_days import TreeDaySource
from generator.messages.printable import printable
from generator.messages.refusals import Refused

if TYPE_CHECKING:
    from generator.build.outcome import Outcome
    from generator.importing.plan_files import PlanFault
    from generator.importing.tree_files import FileTree
    from generator.importing.tree_plan import PlanRow, TreeRecord
    from generator.importing.tree_writing import TreeWriter
    from generator.model.portfolio import Portfolio


def import_tree(source: Path, root: Path, options: ImportOptions) -> int:
    """Import a folder or a zip of one into the portfolio in `root`; return the exit code.

    Raises Click's errors for wrong options and sources, OSError as the disk does.
    """
    from generator.build.project import Project
    from generator.commands.progress import ProgressLine
    from generator.importing import tree_files

    _refuse_options(source, options)
    on = today()
    with ProgressLine() as progress, Project.stored(root) as project:  # inspections of thousands of documents are kept
        outcome = project.read(on=on, progress=progress)
    if outcome.portfolio is None:
        print_report(outcome.diagnostics, language_of(outcome.language), to_stderr=True)
        return exitcodes.ERRORS
    try:
        with tree_files.open_tree(source, root) as tree:
            return _import(source, tree, outcome, outcome.portfolio, options, on)
    except Refused as refused:
        raise click.UsageError(refused.sentence) from refused


def _refuse_options(source: Path, options: ImportOptions) -> None:
    """Refuse the options that do not concern a tree, and those that exclude each other."""
    for_worksheets = {
        "--texts": options.texts,
        "--level": options.level,
        "--date": options.day,
        "--replace": options.replace,
    }
    for name, given in for_worksheets.items():
        if given:
            raise click.UsageError(_("{option} is for worksheets; a folder has none.").format(option=name))
    if options.plan is not None and options.from_plan is not None:
        raise click.UsageError(_("Give --plan to write a plan, or --from-plan to read one, not both."))
    if options.plan is not None and options.plan.suffix.casefold() not in {".csv", ".xlsx"}:
        sentence = _("A plan is a .csv or .xlsx file, and {path} is neither. Give it one of these endings.")
        raise click.UsageError(sentence.format(path=printable(str(options.plan))))
    if options.move and not source.is_dir():
        raise click.UsageError(_("Files of a zip cannot be moved. Leave out --move, or unpack it."))


def _import(
    source: Path, tree: FileTree, outcome: Outcome, portfolio: Portfolio, options: ImportOptions, on: datetime.date
) -> int:
    from generator.importing import plan_files, tree_plan, tree_reading
    from generator.importing.tree_writing import TreeWriter, known_documents

    if not tree.files and not tree.untaken:
        raise Refused(_("There are no files in it."))
    examined = tree_reading.examine(tree.files, on=on)
    digests = {each.file.path: each.sha256 for each in examined}
    rows = tree_plan.rows_of(tree, examined, portfolio.instrument, portfolio.language, on=on)
    if options.from_plan is not None:
        computed = {row.source: row for row in rows}
        rows, faults = plan_files.read(options.from_plan, computed, portfolio.instrument, on=on)
        if faults:
            _print_faults(options.from_plan, faults)
            return exitcodes.ERRORS
        rows = tree_plan.with_given_days(rows, computed)
    known = known_documents(outcome)
    rows = tree_plan.settled(rows, digests, known)
    if options.plan is not None:
        plan_files.write(options.plan, rows, _described, portfolio.language)
        sentence = _("{path} written. Edit it, then: catat import {source} --from-plan {path}")
        click.echo(sentence.format(path=_as_typed(options.plan), source=_as_typed(source)))
        return exitcodes.OK
    if options.as_json:
        print_data(_as_json(rows))
    else:
        _print_rows(rows, portfolio)
    writer = TreeWriter(outcome, portfolio, digests, tree_plan.real_paths(tree), known)
    return _write(source, rows, writer, options)


# The table


def _described(row: PlanRow) -> tuple[str, str]:
    """Return where the day of a row is from, and what there is to say of it."""
    source = _day_source(row.day[1]) if row.day is not None else ""
    if row.skipped:
        return source, _skip_reason(row)
    if row.node and not row.items and not row.readings:
        return source, _("in {node}: name its items").format(node=row.node)
    return source, _doubt(row) if row.readings else ""


def _doubt(row: PlanRow) -> str:
    """Return the places among which the names of a row do not decide."""
    return _("uncertain: {places}?").format(places=_(" or ").join(row.readings))


def _day_source(source: TreeDaySource) -> str:
    words = {
        TreeDaySource.GIVEN: _("given"),
        TreeDaySource.FOLDER: _("name of the folder"),
        TreeDaySource.NAME: _("name of the file"),
        TreeDaySource.PHOTO: _("photo taken"),
        TreeDaySource.PDF: _("PDF made"),
    }
    return words[source]


def _as_typed(path: Path) -> str:
    """Return a path as every shell reads it: in quotes where it has a blank."""
    shown = printable(str(path))
    return f'"{shown}"' if " " in shown else shown


def _skip_reason(row: PlanRow) -> str:
    reasons = {
        "no-area": _("no name tells its area"),
        "no-record": _("it has no record"),
        "no-row": _("it has no row in the plan"),
        "results": _("results are in no area: give the area that did the work"),
        "again": _("the same bytes as {path}").format(path=row.where),
        "present": _("in the portfolio already: {path}").format(path=row.where),
        "link": _("a link, which is not followed"),
        "outside": _("its path leads out of the zip"),
        "lock": _("a lock file of Office"),
        "system": _("a file of the system"),
        "shortcut": _("a shortcut, which holds no document"),
        "google": _("a shortcut to Google Docs, which holds no document: download the document itself"),
        "placeholder": _("it only points to a document and holds none"),
        "unfinished": _("an unfinished download"),
        "text": _("a .md file would be taken for a record: save it as PDF or .txt"),
        "special": _("no file, but a pipe or a device"),
        "unreadable": _("it may not be read"),
        "encrypted": _("the zip asks for its password"),
        "empty": _("empty (0 bytes)"),
        "damaged": _("damaged: it does not open"),
        "mismatch": _("its content is not what its ending says"),
        "unexamined": _("it takes too much time or memory to open"),
        "missing": _("it is not there any more"),
    }
    return reasons.get(row.skipped, row.skipped)


_UNPLACED = frozenset({"no-area", "no-record", "no-row", "results"})


def _print_rows(rows: Sequence[PlanRow], portfolio: Portfolio) -> None:
    """Print the records with their documents, then what could not be placed, then what is no document."""
    from generator.importing.tree_plan import records_of

    labels = {area.number: area.label.in_(portfolio.language) for area in portfolio.instrument.areas}
    area: int | None = -1
    for record in sorted(records_of(rows), key=lambda each: each.area or 0):
        if record.area != area:
            area = record.area
            click.echo("\n" + click.style(f"{area}. {labels[area]}" if area in labels else _("Records"), bold=True))
        _print_record(record, portfolio)
    unplaced = [row for row in rows if row.skipped in _UNPLACED]
    others = [row for row in rows if row.skipped and row.skipped not in _UNPLACED]
    for title, listed in ((_("Not placed, and left where they are:"), unplaced), (_("Not taken:"), others)):
        if listed:
            click.echo("\n" + click.style(title, bold=True))
        for row in listed:
            items = f" ({', '.join(row.items)})" if row.items else ""
            doubt = f"; {_doubt(row)}" if row.readings and row.skipped in _UNPLACED else ""
            click.echo(f"  - {printable(row.source)}{items}: {printable(_skip_reason(row))}{doubt}")
    taken = sum(not row.skipped for row in rows)
    counts = (
        ngettext("{count} record", "{count} records", len(records_of(rows))).format(count=len(records_of(rows))),
        ngettext("{count} document", "{count} documents", taken).format(count=taken),
        _("{count} not placed").format(count=len(unplaced)),
        _("{count} not taken").format(count=len(others)),
    )
    click.echo("\n" + ", ".join(counts))


def _print_record(record: TreeRecord, portfolio: Portfolio) -> None:
    from generator.importing.tree_days import record_day

    types = portfolio.instrument.document_types
    day = record_day(row.day for row in record.rows)
    on = f"{day[0].isoformat()} ({_day_source(day[1])})" if day is not None else _("no date")
    items = ", ".join(record.items) or _("no item, in {nodes}").format(nodes=", ".join(record.nodes))
    click.echo(f"  {printable(record.title)}  [{items if record.items or record.nodes else _('no item')}]  {on}")
    folder = None
    for row in record.rows:
        above, _slash, name = row.source.rpartition("/")
        if above != folder:
            folder = above
            click.echo(click.style(f"    {printable(folder)}/" if folder else "    ./", dim=True))
        known = ", ".join(types[each].in_(portfolio.language) for each in row.types) or _("type not known")
        own = ""
        if row.day is not None and row.day != day:
            own = f", {row.day[0].isoformat()} ({_day_source(row.day[1])})"
        click.echo(f"    + {printable(name)} ({known}{own})")
        if row.readings:
            click.echo(click.style(f"      {_described(row)[1]}", fg="yellow"))


def _as_json(rows: Sequence[PlanRow]) -> str:
    listed = [
        {
            "source": row.source,
            "area": row.area,
            "items": list(row.items),
            "node": row.node or None,
            "record": row.record,
            "date": row.day[0].isoformat() if row.day is not None else None,
            "date_from": row.day[1].value if row.day is not None else None,
            "types": list(row.types),
            "title": row.title,
            "uncertain": list(row.readings),
            "skipped": row.skipped or None,
            "where": row.where or None,
        }
        for row in rows
    ]
    return json.dumps({"schema": "catat.import-tree/1", "rows": listed}, ensure_ascii=False, indent=1)


def _print_faults(plan: Path, faults: Sequence[PlanFault]) -> None:
    for fault in faults:
        place = _("{file}, row {row}, {column}").format(file=plan.name, row=fault.row, column=fault.column)
        click.echo(f"{printable(place)}: {fault.sentence}", err=True)
    click.echo(_("Nothing was written."), err=True)


# Writing


def _write(source: Path, rows: Sequence[PlanRow], writer: TreeWriter, options: ImportOptions) -> int:
    """Write the records of rows if that is wanted; return the exit code."""
    from generator.authoring import prompts
    from generator.importing.tree_plan import records_of
    from generator.importing.tree_writing import remove_moved

    records = records_of(rows)
    gone = [row.source for row in rows if row.skipped in {"", "again", "present"}] if options.move else []
    moved = {writer.real[path]: writer.digests[path] for path in gone}
    if not records:
        _say(_nothing_new(source, rows), options)
        placed = any(row.skipped in {"again", "present"} for row in rows)
        if not (placed and moved):
            return exitcodes.OK if placed else exitcodes.ERRORS
    if options.dry_run:
        return exitcodes.OK
    if not options.yes:
        if options.as_json or not prompts.can_ask():
            _say(_("Nothing was written. To write: --yes"), options)
            return exitcodes.OK
        if not prompts.ask_yes(_question(len(records), len(moved)), blank=not moved):
            _say(_("Nothing was written."), options)
            return exitcodes.OK
    _write_records(records, writer, options)
    if moved:
        remove_moved(source, moved)
    return exitcodes.OK


def _question(records: int, moved: int) -> str:
    written = ngettext("Write {count} record?", "Write {count} records?", records).format(count=records)
    if not moved:
        return written
    sentence = ngettext(
        "{count} file is removed from where it is now.", "{count} files are removed from where they are now.", moved
    )
    return f"{sentence.format(count=moved)} {written}"


def _write_records(records: Sequence[TreeRecord], writer: TreeWriter, options: ImportOptions) -> None:
    """Write records and say how many; where somebody stops it, the number of those that are complete."""
    paths: list[str] = []
    try:
        writer.write(records, lambda _record, path: paths.append(path))
    except (KeyboardInterrupt, OSError):
        sentence = _("{done} of {count} records are written, each complete. The same command goes on from there.")
        click.echo("\n" + sentence.format(done=len(paths), count=len(records)), err=True)
        raise
    sentence = ngettext("{count} record written", "{count} records written", len(paths))
    final = sum(each.final for each in records)
    drafts = _("{drafts} of them drafts").format(drafts=len(paths) - final)
    _say(f"{sentence.format(count=len(paths))}, {drafts}.", options)
    if len(paths) > final:
        _say(_("Next: catat serve shows them; complete each, then set its status to final."), options)


def _nothing_new(source: Path, rows: Sequence[PlanRow]) -> str:
    if any(row.skipped in {"again", "present"} for row in rows):
        return _("Everything that could be placed is in the portfolio already.")
    if any(row.skipped == "no-row" for row in rows):
        return _("The plan has no row that gives a file its area and its record.")
    if any(row.skipped in _UNPLACED for row in rows):
        sentence = _(
            "No name of a folder or file tells an area, so nothing can be placed. Write a plan, and give the areas "
            "there: catat import {source} --plan plan.xlsx"
        )
        return sentence.format(source=printable(str(source)))
    return _("There are no documents in it.")


def _say(sentence: str, options: ImportOptions) -> None:
    """Print a sentence for people: beside the data where that is asked for."""
    click.echo(sentence, err=options.as_json)
