"""What the cells of answers accept, and how those look that hold something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct

from generator.exchange.worksheet.own import formulas as own_formulas
from generator.exchange.worksheet.own.answers import BLOCKS
from generator.exchange.worksheet.own.layout import WorksheetLayout, literal
from generator.exchange.worksheet.own.styles import FAILED_FILL, FAILED_INK, WorkbookStyles
from generator.exchange.worksheet.own.texts import WorkbookTexts
from generator.exchange.xlsx.workbook import cell_name
from generator.model.instrument import Choices, Decrease, Instrument, Item, Linear, Ratio, Scale

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LISTS = "daftar"
"""The name of the sheet, hidden for good, with choices that do not fit into a validation."""
_LONGEST_LIST = 255


class AnswerChecks(Struct, frozen=True):
    """What the checks are written with; `lists` is the sheet for choices that do not fit into a validation."""

    sheet: Worksheet
    lists: Worksheet | None
    styles: WorkbookStyles
    texts: WorkbookTexts
    layout: WorksheetLayout

    def write(self, instrument: Instrument) -> None:
        """Write the validations and the marks of every cell of answers."""
        for column, (item, rows) in enumerate(_by_scale(instrument, self.layout)):
            for block in BLOCKS:
                cell = cell_name(rows[0], block.answer)
                self._accept(rows, block.answer, self._validation(item.scale, column))
                self._mark(rows, block.answer, own_formulas.off_scale(item, cell))
        counts = [row for several in self.layout.counts.values() for row in several.values()]
        for block in BLOCKS if counts else ():
            words = self.texts.words("A whole number, 0 or more.")
            whole = {"validate": "integer", "criteria": ">=", "value": 0, **self._refusal(words)}
            self._accept(counts, block.answer, whole)
            self._mark(counts, block.answer, own_formulas.off_count(cell_name(counts[0], block.answer)))

    def _accept(self, rows: Sequence[int], column: int, validation: dict[str, Any]) -> None:
        (first, last), *others = _runs(rows)
        besides = [[begin, column, end, column] for begin, end in others]
        self.sheet.data_validation(first, column, last, column, {**validation, "other_cells": besides})

    def _mark(self, rows: Sequence[int], column: int, condition: str) -> None:
        looks = {"bg_color": FAILED_FILL, "font_color": FAILED_INK, "bold": True, "font_strikeout": True}
        self.sheet.conditional_format(
            rows[0],
            column,
            rows[0],
            column,
            {
                "type": "formula",
                "criteria": condition,
                "format": self.styles.difference(**looks),
                "multi_range": " ".join(
                    f"{cell_name(first, column)}:{cell_name(last, column)}" for first, last in _runs(rows)
                ),
            },
        )

    def _validation(self, scale: Scale, column: int) -> dict[str, Any]:
        match scale:
            case Choices(values):
                names = [name for name, _value in values]
                words = self.texts.words("Choose one of: {choices}.", choices=", ".join(names))
                return {"validate": "list", "source": self._source(names, column), **self._refusal(words)}
            case Linear(maximum):
                words = self.texts.words("A number from 0 to {maximum}.", maximum=literal(maximum))
                return {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": 0,
                    "maximum": literal(maximum),
                    **self._refusal(words),
                }
            case Decrease():
                words = self.texts.words("It is computed; fill in the counts below.")
                return {"validate": "custom", "value": "=FALSE", **self._refusal(words)}
            case Ratio():
                words = self.texts.words("A percentage from 0% to 100%; better fill in the counts below.")
                return {
                    "validate": "decimal",
                    "criteria": "between",
                    "minimum": 0,
                    "maximum": 1,
                    **self._refusal(words),
                }
            case _:
                assert_never(scale)

    def _source(self, names: Sequence[str], column: int) -> list[str] | str:
        """Return the choices of a list, or where they stand, if they do not fit into the validation."""
        if not needs_list(names) or self.lists is None:
            return list(names)
        for row, name in enumerate(names):
            self.lists.write_string(row, column, name)
        letters = cell_name(0, column).rstrip("1")
        return f"={LISTS}!${letters}$1:${letters}${len(names)}"

    def _refusal(self, words: str) -> dict[str, Any]:
        """Return what is said of a value that is not accepted; Excel takes 32 and 255 characters."""
        return {"error_title": self.texts.words("Not accepted")[:32], "error_message": words[:255]}


def needs_list(names: Sequence[str]) -> bool:
    """Whether choices do not fit into a validation."""
    return len(",".join(names)) > _LONGEST_LIST or any("," in name or name != name.strip() for name in names)


def needs_lists(instrument: Instrument) -> bool:
    """Whether an instrument has a scale whose choices do not fit into a validation."""
    scales = (item.scale for item in instrument.items())
    return any(needs_list([name for name, _value in each.values]) for each in scales if isinstance(each, Choices))


def _runs(rows: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Return rows in ascending order as first and last of each run without a gap."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def _by_scale(instrument: Instrument, layout: WorksheetLayout) -> Iterator[tuple[Item, Sequence[int]]]:
    """Yield the rows of the items of each scale, in order, with the first of the items."""
    found: dict[str, tuple[Item, list[int]]] = {}
    for item in instrument.items():
        found.setdefault(repr(item.scale), (item, []))[1].append(layout.items[item.id])
    yield from found.values()
