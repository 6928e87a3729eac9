"""A file of answers of PortalRB as a worksheet, with a row for each of its questions.

So what reads, compares, shows and writes the answers of a worksheet does it for these as well. The name of a cell is
the path of its value in the file, with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct, field

from generator.exchange.portalrb import SoalAnswer, soals_of
from generator.exchange.worksheet.columns import AnswerColumns, WorksheetColumns
from generator.exchange.worksheet.matching import PlacedRow, Placement
from generator.exchange.worksheet.rows import ChoiceKind, Worksheet, WorksheetRow
from generator.exchange.xlsx.workbook import WorkbookSheet
from generator.exchange.xlsx.workbook_parts import Position
from generator.importing import json_reading
from generator.importing.json_reading import JsonRefused, JsonValue
from generator.importing.worksheet_answers import written_note
from generator.importing.worksheet_import import OpenedWorksheet
from generator.importing.worksheet_remarks import Remark
from generator.markup.plain_text import as_markdown
from generator.messages.printable import printable
from generator.model.addresses import item_path
from generator.model.instrument import Choices, Input, Instrument, Item, Linear, roles_of
from generator.model.portfolio import Portfolio

LEVEL = "TPI"
_NUMBER, _UNIT, _TPI, _NOTE, _EVIDENCE, _TPI_NOTE = SoalAnswer.__struct_fields__
_COLUMNS = {_UNIT: 2, _NOTE: 3, _EVIDENCE: 4, _TPI: 5, _TPI_NOTE: 6}
"""The columns of the worksheet; before them stand the question and its choices."""
_QUESTION, _CHOICE = 0, 1


class PortalrbSheet(WorkbookSheet, frozen=True):
    """The sheet of a file of answers: each cell has the path of its value as its name."""

    places: Mapping[Position, str] = field(default_factory=dict)

    def place(self, row: int, column: int) -> str:
        """Return the path of the value in a cell with its line, as `answers[12].jawaban_unit:85`."""
        return self.places.get((row, column), self.name)


def open_answers(source: Path, portfolio: Portfolio) -> OpenedWorksheet:
    """Return a file of answers as a worksheet, with remarks on what has no place in it.

    Raises Refused where it is none, or another unit's, and OSError where the disk refuses.
    """
    content = json_reading.read(source).value
    if not isinstance(content, dict) or not isinstance(content.get("answers", JsonValue(None, 1)).value, tuple):
        raise JsonRefused(_why_none(content))
    _ensure_same_unit(content, portfolio)
    reading = _Reading(portfolio.instrument, portfolio.language)
    if not reading.questions:
        raise JsonRefused(_("The instrument {id} has no numbers of PortalRB.").format(id=portfolio.instrument.id))
    reading.tell_year(content, portfolio)
    answers = content["answers"].value
    assert isinstance(answers, tuple)  # of which the first lines have made sure
    reading.take(answers)
    return reading.opened(source.name)


def _why_none(content: object) -> str:
    """Return what a file is that holds no answers."""
    if isinstance(content, dict) and "units" in content:
        return _("The file has the units to propose and no answers. Import a file of lke/jawaban-unit.")
    schema = content.get("schema") if isinstance(content, dict) else None
    if isinstance(schema, JsonValue) and isinstance(schema.value, str):
        return _("The file is {schema}, and no answers of PortalRB.").format(schema=printable(schema.value))
    return _("The file has no answers of PortalRB: there has to be a list `answers`.")


def _ensure_same_unit(content: Mapping[str, JsonValue], portfolio: Portfolio) -> None:
    """Raise Refused where a file says that it is of another unit than the portfolio."""
    given = content["unit_id"].value if "unit_id" in content else None
    own = portfolio.portalrb.id if portfolio.portalrb is not None else None
    if own is not None and given is not None and str(given) != own:
        sentence = _("The answers are those of {given}; this portfolio is that of {own}.")
        raise JsonRefused(sentence.format(given=printable(str(given)), own=own))


class _Question(Struct, frozen=True):
    """A question with its row; `input` is the count that it asks for."""

    number: int
    row: int
    item: Item
    input: Input | None


class _Entry(Struct, frozen=True):
    """An answer of the file: its question, and for each of its keys the text, with the path and line of it."""

    question: _Question
    texts: Mapping[str, str]
    places: Mapping[str, str]


class _Reading:
    """One pass over the answers of a file: what goes into which cell, and what is reported."""

    def __init__(self, instrument: Instrument, language: str) -> None:
        self.language = language
        self.rows: list[WorksheetRow] = []
        self.placed: list[PlacedRow] = []
        self.questions: dict[int, _Question] = {}
        self.cells: dict[Position, str] = {}
        self.places: dict[Position, str] = {}
        self.remarks: list[Remark] = []
        paths = {item.id: aspect.id for aspect in instrument.aspects() for item in aspect.items}
        for item in instrument.items():
            self._add(item, paths[item.id])

    def _add(self, item: Item, path: str) -> None:
        """Add the row of an item, and those of its counts below it."""
        kind = ChoiceKind.SHARE
        choices: tuple[str, ...] = ()
        if isinstance(item.scale, Choices):
            kind, choices = ChoiceKind.LETTERS, tuple(name.upper() for name, _value in item.scale.values)
        elif isinstance(item.scale, Linear):
            kind = ChoiceKind.MARK
        self._place(
            item, None, WorksheetRow(len(self.rows), kind, choices, path, "", "", item.label.in_(self.language))
        )
        inputs = {each.key: each for each in item.inputs}
        for number, key in soals_of(item):
            if (counted := inputs.get(key)) is not None:
                label = counted.label.in_(self.language)
                self._place(item, counted, WorksheetRow(len(self.rows), ChoiceKind.COUNT, (), path, "", "", label))
            if number is not None:
                self.questions[number] = _Question(number, len(self.rows) - 1, item, counted)

    def _place(self, item: Item, counted: Input | None, row: WorksheetRow) -> None:
        self.rows.append(row)
        self.placed.append(PlacedRow(row, item, counted, 1.0, certain=True))

    def _tell(self, code: str, place: str, sentence: str, *, blocks: bool = False) -> None:
        self.remarks.append(Remark(code, place, sentence, blocks))

    def tell_year(self, content: Mapping[str, JsonValue], portfolio: Portfolio) -> None:
        """Tell where the file is of another year than the portfolio."""
        year, period = content.get("tahun"), portfolio.period
        if year is None or period is None or period.end is None or _whole_number(year.value) == period.end.year:
            return
        sentence = _("The file is of {year}; the period of the portfolio ends in {own}.")
        shown = printable(str(year.value))[:20] if isinstance(year.value, str | Decimal) else "?"
        self._tell("year-differs", f"tahun:{year.line}", sentence.format(year=shown, own=period.end.year))

    # The entries

    def take(self, answers: Sequence[JsonValue]) -> None:
        """Take each answer of a file to its row."""
        entries = list(self._without_repeated([each for each in self._entries(answers) if each is not None]))
        found = {each.question.number for each in entries}
        missing = [number for number in self.questions if number not in found]
        if missing:
            sentence = _("The file has no answer to these questions: {numbers}.")
            numbers = ", ".join(map(str, sorted(missing)))
            self._tell("soal-missing", "answers", sentence.format(numbers=numbers))
        for each in entries:
            for name, column in _COLUMNS.items():
                position = (each.question.row, column)
                self.cells[position], self.places[position] = each.texts[name], each.places[name]
        self._leave_own_pages(entries)
        by_item: dict[str, list[_Entry]] = {}
        for each in entries:
            by_item.setdefault(each.question.item.id, []).append(each)
        for several in by_item.values():
            self._join_counts(several)

    def _entries(self, answers: Sequence[JsonValue]) -> Iterator[_Entry | None]:
        for at, each in enumerate(answers):
            path = f"answers[{at}]"
            if not isinstance(each.value, dict):
                sentence = _("This is no answer: there has to be a mapping with soal_id and jawaban_unit.")
                self._tell("entry-invalid", f"{path}:{each.line}", sentence, blocks=each.value is not None)
                continue
            yield self._entry(path, each.line, each.value)

    def _entry(self, path: str, line: int, entry: Mapping[str, JsonValue]) -> _Entry | None:
        """Return an answer of the file; None of one without a question, which is reported."""
        texts, places = {}, {}
        for name in _COLUMNS:
            value = entry.get(name, JsonValue(None, line))
            places[name] = f"{path}.{name}:{value.line}"
            texts[name] = self._text(value, places[name])
        for name in entry.keys() - {_NUMBER, *_COLUMNS}:
            sentence = _("`{name}` is no key of an answer and was left out.")
            place = f"{path}.{name}:{entry[name].line}"
            self._tell("key-unknown", printable(place), sentence.format(name=printable(name)))
        if _UNIT not in entry:
            self._tell("key-missing", f"{path}:{line}", _("There is no jawaban_unit; it was taken for null."))
        given = entry.get(_NUMBER, JsonValue(None, line))
        number = _whole_number(given.value)
        question = None if number is None else self.questions.get(number)
        if question is None:
            shown = printable(str(given.value))[:20] if isinstance(given.value, str | Decimal) else "null"
            sentence = _("There is no question {number}; its answer has no place.")
            filled_in = sentence.format(number=shown)
            self._tell("soal-unknown", f"{path}.{_NUMBER}:{given.line}", filled_in, blocks=any(texts.values()))
            return None
        return _Entry(question, texts, places)

    def _text(self, value: JsonValue, place: str) -> str:
        """Return a value as the text of a cell: numbers are taken as well as strings."""
        match value.value:
            case None:
                return ""
            case str():
                return value.value.strip()
            case Decimal() if abs(value.value.adjusted()) <= _DIGITS and len(value.value.as_tuple().digits) <= _DIGITS:
                written = format(value.value, "f")
                return written.rstrip("0").rstrip(".") if "." in written else written
        self._tell("value-invalid", place, _("This is neither a string nor a number nor null."), blocks=True)
        return ""

    def _without_repeated(self, entries: Sequence[_Entry]) -> Iterator[_Entry]:
        """Yield the answers whose question is answered once, and the first of equal ones."""
        times = Counter(each.question.number for each in entries)
        first: dict[int, _Entry] = {}
        unequal = set()
        for each in entries:
            if first.setdefault(each.question.number, each).texts != each.texts:
                unequal.add(each.question.number)
        for number, count in times.items():
            if count > 1:
                own = [each.places[_UNIT] for each in entries if each.question.number == number]
                taken = _("None was taken.") if number in unequal else _("They are equal.")
                sentence = _("Question {number} is answered {count} times: {places}. {taken}")
                filled_in = sentence.format(number=number, count=count, places=", ".join(own), taken=taken)
                self._tell("soal-repeated", own[1], filled_in, blocks=number in unequal)
        yield from (each for number, each in first.items() if number not in unequal)

    # What is put into other words for a worksheet

    def _leave_own_pages(self, entries: Iterable[_Entry]) -> None:
        """Blank the addresses of pages of items, which an export of Catat gives as evidence: they are no documents."""
        left = []
        for each in entries:
            page = f"/{item_path(each.question.item.id)}".casefold()
            addresses = re.split(r";\s*(?=https?://)", each.texts[_EVIDENCE])
            kept = [address for address in addresses if not address.casefold().endswith(page)]
            if kept != addresses:
                left.append(each)
                self.cells[each.question.row, _COLUMNS[_EVIDENCE]] = "; ".join(kept)
        if left:
            sentence = _("Pages of items in the site of a unit are no documents and were left out, {count} of them.")
            self._tell("evidence-own-page", left[0].places[_EVIDENCE], sentence.format(count=len(left)))

    def _join_counts(self, entries: Sequence[_Entry]) -> None:
        """Join the notes on an item in the row of the item, and tell of counts of which some are blank."""
        item = entries[0].question.item
        row = next(each.row.number for each in self.placed if each.item.id == item.id)
        for name in (_NOTE, _TPI_NOTE):
            note = _joined([(each.question.input, each.texts[name]) for each in entries], self.language)
            for each in entries:
                self.cells[each.question.row, _COLUMNS[name]] = ""
            self.cells[row, _COLUMNS[name]] = note if name == _NOTE else as_markdown(note)
        needed = {each.key for each in item.inputs if each.role in roles_of(item.scale)}
        for name in (_UNIT, _TPI):
            texts = {each.question.input.key: each.texts[name] for each in entries if each.question.input is not None}
            missing = [key for key in needed if not texts.get(key)]
            if missing and any(texts.values()) and not any(text not in {"", "0"} for text in texts.values()):
                place = next(each.places[name] for each in entries if each.texts[name])
                sentence = _("The counts of {item} are not complete: {cells} is blank. It has no answer.")
                filled_in = sentence.format(item=item.id, cells=", ".join(sorted(missing)))
                self._tell("count-missing", place, filled_in, blocks=True)
        for column in (_COLUMNS[_UNIT], _COLUMNS[_TPI]):  # the item is named by its first question
            self.places.setdefault((row, column), self.places[entries[0].question.row, column])

    # The worksheet

    def opened(self, name: str) -> OpenedWorksheet:
        """Return the worksheet with the remarks so far."""
        width = max(_COLUMNS.values()) + 1
        cells = tuple(
            tuple(self.cells.get((row, column), "") for column in range(width)) for row in range(len(self.rows))
        )
        columns = WorksheetColumns(
            below=0,
            headings=(_QUESTION,),
            weight=_CHOICE,
            choice=_CHOICE,
            unit=AnswerColumns("", _COLUMNS[_UNIT], _COLUMNS[_NOTE], None),
            levels=(AnswerColumns(LEVEL, _COLUMNS[_TPI], _COLUMNS[_TPI_NOTE], None),),
            criteria=None,
            evidence=_COLUMNS[_EVIDENCE],
            links=(_COLUMNS[_EVIDENCE],),
        )
        sheet = PortalrbSheet(printable(name), hidden=False, rows=cells, places=self.places)
        worksheet = Worksheet(sheet, columns, tuple(self.rows), ())
        placement = Placement(tuple(self.placed), (), (), ())
        return OpenedWorksheet(worksheet, placement, tuple(self.remarks), anonymous=True)


_DIGITS = 15


def _whole_number(value: object) -> int | None:
    """Return a whole number, as a number or as its digits; None of all else."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value.strip()):
        return int(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) <= _DIGITS and value == value.to_integral_value():
        return int(value)
    return None


def _joined(notes: Sequence[tuple[Input | None, str]], language: str) -> str:
    """Return the notes on the questions of an item as one: that of the first, then others behind what they count."""
    (_input, first), *others = ((counted, written_note(note)) for counted, note in notes)
    more = [(counted, note) for counted, note in others if note and note != first and counted is not None]
    named = [f"{counted.label.in_(language)}: {note}" for counted, note in more if counted is not None]
    return "\n".join(([first] if first else []) + named)
