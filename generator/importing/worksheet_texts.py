"""The official wording of a worksheet, its questions and criteria, as an instrument that extends another one.

The words belong to the regulation and are not shipped: a unit reads them from its own workbook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.importing.assessment_changes import NewText
from generator.model.instrument import Choices, Instrument, Item
from generator.model.yaml_text import quoted_if_needed

_SUFFIX = "-teks"


def plan(worksheet: Worksheet, placement: Placement, instrument: Instrument, extends: str) -> NewText | None:
    """Return the file with the wording of a worksheet; None where no row is certain enough to give any.

    `extends` is what `portfolio.yaml` names as its instrument: a shipped id, or a path.
    """
    entries = [
        line
        for each in placement.item_rows()
        if each.certain
        for line in _entry(worksheet, each.item, each.row.number, each.row.question)
    ]
    if not entries:
        return None
    id_ = f"{instrument.id.removesuffix(_SUFFIX)}{_SUFFIX}"
    head = ("schema: catat.instrument/1", f"id: {id_}", f"extends: {quoted_if_needed(extends)}", "items:")
    return NewText(path_of(instrument), "\n".join([*head, *entries, ""]))


def path_of(instrument: Instrument) -> str:
    """Return the path of the file with the wording of an instrument."""
    return f"instruments/{instrument.id.removesuffix(_SUFFIX)}{_SUFFIX}.yaml"


def extended_by(text: str) -> str | None:
    """Return what a file with the wording extends, as it writes it."""
    found = re.search(r"^extends:[ \t]*(\S+)", text, re.MULTILINE)
    return found[1] if found else None


def _entry(worksheet: Worksheet, item: Item, row: int, question: str) -> Iterator[str]:
    text = worksheet.sheet.text(row, worksheet.columns.criteria)
    criteria = criteria_of(text, item)
    if not question and not criteria:
        return
    yield f"  {item.id}:"
    if question:
        yield f"    question: {quoted_if_needed(question)}"
    if criteria:
        yield "    criteria:"
        for name, wording in criteria.items():
            yield f"      {name}: {{wording: {quoted(wording)}}}"


def criteria_of(text: str, item: Item) -> Mapping[str, str]:
    """Return the wording of each choice of an item in a text such as `a. …`, `A = …`, `Ya, apabila …`.

    Only choices of the item's scale begin a wording; they have to come in order, and each but once.
    """
    if not isinstance(item.scale, Choices):
        return {}
    names = {name.casefold(): name for name, _value in item.scale.values}
    letters = "|".join(map(re.escape, names))
    found = _parted(text, re.compile(rf"{_BEGINS}(?P<name>{letters}){_BEHIND}", _FLAGS), names)
    if len(found) < 2 and all(len(name) == 1 for name in names):  # all on one line
        found = _parted(text, re.compile(rf"(?:^|(?<=\s))(?P<name>{letters})[.)][ \t]", _FLAGS), names) or found
    return found


_FLAGS = re.IGNORECASE | re.MULTILINE
_BEGINS = r"(?:^|(?<=[.;]))[ \t]*(?:[a-z][.)][ \t]*)?"
"""Where the wording of a choice begins: on a line or behind the one before, perhaps with a letter of a list."""
_BEHIND = r"[ \t]*(?:[.)=:,][ \t]*|-[ \t]|(?=jika|apabila|bila))"


def _parted(text: str, mark: re.Pattern[str], names: Mapping[str, str]) -> Mapping[str, str]:
    """Return a text parted before each choice; nothing where a choice comes twice or they are not in order."""
    marks = list(mark.finditer(text))
    found: dict[str, str] = {}
    for number, match in enumerate(marks):
        end = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        name = names[match["name"].casefold()]
        wording = " ".join(text[match.end() : end].split()).strip(" ;")
        if name in found:
            return {}
        if wording:
            found[name] = wording[:1].upper() + wording[1:]
    return found if list(found) == [name for name in names.values() if name in found] else {}


def quoted(text: str) -> str:
    """Return a text within a mapping in braces, where commas and brackets would end it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
