"""A review in a workbook of the assessor's desk: read into the value that its JSON is, and from there as that is.

So both say the same, are refused for the same, and make the same findings (contract: review, sections 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct, field

from generator.build.inspections import read_isolated
from generator.exchange.review_digest import SCHEMA
from generator.exchange.worksheet.columns import folded
from generator.exchange.worksheet.review_columns import REASONS, STATES, VERDICTS
from generator.exchange.xlsx import workbook
from generator.exchange.xlsx.workbook import Workbook, WorkbookFault
from generator.importing import review_tables
from generator.importing.json_reading import JsonValue
from generator.importing.review_reading import Review, ReviewReader, ReviewRefused, ReviewRemark
from generator.importing.review_tables import DeskSheets, ReviewTable
from generator.messages.printable import printable
from generator.model.instrument import Item, Ratio
from generator.model.portfolio import Portfolio

ENDINGS = frozenset((".xlsx", ".xlsm"))
_HUNDRED = 100
_SHOWN = 5
_SAID = ("answer", "note", "condition", "recommendation", "state", "decided")


def read(path: Path, portfolio: Portfolio) -> Review | None:
    """Return the review in a workbook; None where it is no workbook of the desk.

    Raises ReviewRefused where it is one and cannot be taken, or cannot be opened, and OSError.
    """
    name = printable(path.name)
    found = read_isolated(path, workbook.read)
    if found is WorkbookFault.NO_WORKBOOK:
        return None
    if not isinstance(found, Workbook):
        sentence = _(
            "The workbook cannot be opened: it is damaged, too large or has a password. Take it as the "
            "desk exported it."
        )
        raise review_tables.refused("workbook-unreadable", name, "", sentence)
    return review(name, found, portfolio) if review_tables.is_of_desk(found) else None


def review(name: str, book: Workbook, portfolio: Portfolio) -> Review:
    """Return the review in a workbook of the desk. Raises ReviewRefused where it cannot be taken."""
    sheets = review_tables.sheets(name, book)
    found = _WorkbookReview(name, sheets, {each.id.casefold(): each for each in portfolio.instrument.items()})
    content = found.content()
    reader = ReviewReader(name, found.cells, [*sheets.remarks, *found.remarks])
    return reader.review(content, portfolio)


Placed = tuple[str | Decimal | None, str]
"""A value with the cell that holds it."""


class _WorkbookReview(Struct):
    """Builds the value of a review; `cells` are the cells of its parts by their JSON pointers."""

    file: str
    sheets: DeskSheets
    items: Mapping[str, Item]
    cells: dict[str, str] = field(default_factory=dict)
    remarks: list[ReviewRemark] = field(default_factory=list)

    def content(self) -> JsonValue:
        """Return the whole review."""
        facts = {name: (each.text, each.cell) for name, each in self.sheets.facts.items()}
        named = {
            "portfolio": {
                "id": facts["Portofolio"],
                "unit": facts["Satuan kerja"],
                "instrument": facts["Instrumen"],
                "as_of": facts["Keadaan per"],
                "sums": facts["Dokumen (SHA-256)"],
            },
            "assessor": {"name": facts["Penilai"], "level": facts["Tingkat"], "assignment": facts["Penugasan"]},
        }
        whole = {key: self._object(f"/{key}", parts) for key, parts in named.items()}
        for key, fact in (("exported", "Diekspor"), ("digest", "Digest")):
            whole[key] = self._leaf(f"/{key}", facts[fact])
        whole["schema"] = JsonValue(SCHEMA, 0)
        return JsonValue({**whole, "items": JsonValue(self._entries(), 0)}, 0)

    def _object(self, pointer: str, parts: Mapping[str, Placed]) -> JsonValue:
        return JsonValue({key: self._leaf(f"{pointer}/{key}", each) for key, each in parts.items()}, 0)

    def _leaf(self, pointer: str, placed: Placed) -> JsonValue:
        value, self.cells[pointer] = placed
        return JsonValue(value, 0)

    # Rows

    def _entries(self) -> tuple[JsonValue, ...]:
        """Return the entries of all rows in which something was said, in the order of the desk."""
        answers, documents = self.sheets.answers, self.sheets.documents
        rows = self._by_item(answers, ("claimed", "item"))
        verdicts = self._by_item(documents, ())
        entries: list[JsonValue] = []
        for item, several in rows.items():
            counts = [row for row in several if answers.sheet.text(row, answers.columns["input"])]
            own = [row for row in several if row not in counts]
            for row in own:
                said = [row for row in counts if answers.sheet.text(row, answers.columns["answer"])]
                judged = verdicts.get(item, [])
                if not (said or judged or set(_SAID) & {*answers.filled(row)}):
                    continue
                try:
                    entries.append(self._entry(f"/items/{len(entries)}", row, said, judged))
                except ReviewRefused as refused:
                    self.remarks.append(refused.remark)
            if not own:
                self._tell_alone(answers, counts)
        for item, alone in verdicts.items():
            if item not in rows:
                self._tell_alone(documents, alone)
        self._tell_missing(rows, sum(map(len, verdicts.values())))
        return tuple(entries)

    def _by_item(self, table: ReviewTable, shown: tuple[str, ...]) -> dict[str, list[int]]:
        """Return the rows by the items that they name; a row that names none and says something is reported."""
        found: dict[str, list[int]] = {}
        for row in table.rows():
            if item := folded(table.sheet.text(row, table.columns["item"])):
                found.setdefault(item, []).append(row)
            elif (key := next(table.filled(row, but=shown), None)) is not None:
                sentence = _("The row names no item in its column Kode Butir, and is not read.")
                self._tell("row-unnamed", table.cell(row, key), sentence)
        return found

    def _entry(self, pointer: str, row: int, counts: Iterable[int], verdicts: Iterable[int]) -> JsonValue:
        """Return the entry of one item. Raises ReviewRefused where a cell cannot be read."""
        table = self.sheets.answers
        texts = {key: table.text(row, key) for key in ("item", "condition", "note", "recommendation", "decided")}
        answer = self._answer(pointer, row, counts)
        state = _code(table.text(row, "state"), STATES) or "decided"
        parts: dict[str, Placed] = {key: (text, table.cell(row, key)) for key, text in texts.items()}
        parts["claimed"] = table.text(row, "claimed") or None, table.cell(row, "claimed")
        parts["state"] = state, table.cell(row, "state")
        self.cells[pointer] = table.cell(row, "item")
        found = {key: self._leaf(f"{pointer}/{key}", each) for key, each in parts.items()}
        several = tuple(self._verdict(f"{pointer}/evidence/{at}", each) for at, each in enumerate(verdicts))
        return JsonValue({**found, "answer": answer, "evidence": JsonValue(several, 0)}, 0)

    def _answer(self, pointer: str, row: int, counts: Iterable[int]) -> JsonValue:
        """Return the answer of an item, a text or its counts."""
        table, below = self.sheets.answers, f"{pointer}/answer"
        self.cells[below] = table.cell(row, "answer")
        written, inputs = self._written(row), {}
        for each in counts:
            key = table.text(each, "input").strip()
            if key in inputs or written.strip():
                sentence = _("The item has an answer and counts, or a count twice. Leave the one that is meant.")
                raise review_tables.refused("answer-twice", self.file, table.cell(each, "answer"), sentence)
            inputs[key] = self._leaf(f"{below}/inputs/{key}", (table.value(each, "answer"), table.cell(each, "answer")))
        if inputs:
            return JsonValue({"inputs": JsonValue(inputs, 0)}, 0)
        return JsonValue(written, 0)

    def _written(self, row: int) -> str:
        """Return an answer as its item takes it; a program writes 85% that is typed into a cell as 0.85."""
        table = self.sheets.answers
        value, item = table.value(row, "answer"), self.items.get(folded(table.text(row, "item")))
        is_share = item is not None and isinstance(item.scale, Ratio)
        if isinstance(value, Decimal) and is_share and 0 <= value <= 1:
            return f"{(value * _HUNDRED).normalize():f}%"
        return table.text(row, "answer")

    def _verdict(self, pointer: str, row: int) -> JsonValue:
        table = self.sheets.documents
        texts = {key: table.text(row, key) for key in table.columns if key != "item"}
        texts |= {"verdict": _code(texts["verdict"], VERDICTS), "reason": _code(texts["reason"], REASONS)}
        self.cells[pointer] = table.cell(row, "file")
        return self._object(pointer, {key: (text, table.cell(row, key)) for key, text in texts.items()})

    # Remarks

    def _tell(self, code: str, cell: str, sentence: str, *, blocks: bool = True) -> None:
        self.remarks.append(review_tables.remark(code, self.file, cell, sentence, blocks=blocks))

    def _tell_alone(self, table: ReviewTable, rows: Iterable[int]) -> None:
        sentence = _("The sheet {sheet} has no row of the item {item}, and so this row is not read.")
        for row in rows:
            names = {"sheet": self.sheets.answers.sheet.name, "item": table.sheet.text(row, table.columns["item"])}
            filled_in = sentence.format_map({key: printable(name) for key, name in names.items()})
            self._tell("row-alone", table.cell(row, "item"), filled_in)

    def _tell_missing(self, rows: Iterable[str], verdicts: int) -> None:
        """Tell of items and verdicts that the desk wrote and that are there no more."""
        missing = [item.id for key, item in self.items.items() if key not in rows]
        if missing:
            sentence = _("The sheet has no row of: {items}. What the assessor said of them is not there.")
            names = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
            self._tell("rows-missing", self.sheets.answers.sheet.name, sentence.format(items=names), blocks=False)
        fact = self.sheets.facts["Jumlah putusan"]
        if fact.text.strip().isdecimal() and verdicts < int(fact.text):
            sentence = _("The sheet has {count} verdicts, and had {before} when the desk wrote it.")
            filled_in = sentence.format(count=verdicts, before=int(fact.text))
            self._tell("verdicts-missing", self.sheets.documents.sheet.name, filled_in, blocks=False)


def _code(written: str, words: Mapping[str, str]) -> str:
    """Return the word of a review for one that the workbook writes; another text as it is."""
    codes = {folded(each): code for code, each in words.items()} | {code: code for code in words}
    return codes.get(folded(written), written)
