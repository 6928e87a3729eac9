"""The formulas of a worksheet of our own: what the cells of answers are worth, as the readiness counts them.

A blank answer counts 0, as in all of Catat and unlike in the official sheet, and so does one that is off its scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from generator.exchange.worksheet.own import typed
from generator.exchange.worksheet.own.layout import AnswerBlock, WorksheetLayout, literal
from generator.exchange.xlsx.workbook import cell_name
from generator.model.instrument import Aspect, Choices, Decrease, Instrument, Item, Linear, Ratio, roles_of

_MEANT: Mapping[str, tuple[str, ...]] = {"ya": ("Yes", "True")}
"""Other words for a choice that count in an assessment file; those for a choice that is worth 0 make no difference."""


def item_share(item: Item, block: AnswerBlock, layout: WorksheetLayout) -> str:
    """Return the formula of an item's value from 0 to 1."""
    cell = cell_name(layout.items[item.id], block.answer)
    match item.scale:
        case Choices(values):
            return f"=IFERROR({_chosen(cell, values)},0)"
        case Linear(maximum):
            most, mark = literal(maximum), typed.mark(cell)
            return f"=IFERROR(IF({typed.is_mark(cell)},IF({mark}<={most},{mark}/({most}),0),0),0)"
        case Ratio() | Decrease():
            alone = f"IF({typed.is_share(cell)},{typed.share(cell)},0)" if isinstance(item.scale, Ratio) else "0"
            return f"=IFERROR({_counted(item, block, layout, otherwise=alone)},0)"
        case _:
            assert_never(item.scale)


def percentage(item: Item, block: AnswerBlock, layout: WorksheetLayout) -> str:
    """Return the formula of the share that the counts of an item give; "" while all are blank."""
    return f'=IFERROR({_counted(item, block, layout, otherwise=_NOTHING)},"")'


_NOTHING = '""'


def item_score(item: Item, block: AnswerBlock, layout: WorksheetLayout, weight: int) -> str:
    """Return the formula of an item's score; `weight` is the column of weights."""
    row = layout.items[item.id]
    return f"={cell_name(row, block.share)}*{cell_name(row, weight)}"


def node_score(node: Aspect, block: AnswerBlock, layout: WorksheetLayout) -> str:
    """Return the formula of a node's score: the sum of what is directly below it."""
    if node.items:
        first, last = layout.items[node.items[0].id], layout.items[node.items[-1].id]
        return f"=SUM({cell_name(first, block.score)}:{cell_name(last, block.score)})"
    return total((each.id for each in node.children), block, layout)


def total(nodes: Iterable[str], block: AnswerBlock, layout: WorksheetLayout) -> str:
    """Return the formula of the sum of some nodes' scores."""
    return "=" + "+".join(cell_name(layout.nodes[each], block.score) for each in nodes)


def share(row: int, block: AnswerBlock, weight: int) -> str:
    """Return the formula of score over weight; 0 where nothing has a weight."""
    over = cell_name(row, weight)
    return f"=IF({over}=0,0,{cell_name(row, block.score)}/{over})"


def covering(instrument: Instrument, items: frozenset[str], layout: WorksheetLayout) -> tuple[int, ...]:
    """Return the fewest rows whose scores add up to those of some items: whole nodes, and single items."""
    return tuple(row for top in instrument.tree for row in _covering(top, items, layout))


def _covering(node: Aspect, items: frozenset[str], layout: WorksheetLayout) -> Iterator[int]:
    own = {item.id for item in node.all_items()}
    if own <= items:
        yield layout.nodes[node.id]
    elif own & items:
        for child in node.children:
            yield from _covering(child, items, layout)
        yield from (layout.items[item.id] for item in node.items if item.id in items)


def off_scale(item: Item, cell: str) -> str:
    """Return the condition that a cell holds something that is no answer to an item, or no share of one."""
    match item.scale:
        case Choices(values):
            written = typed.words(cell)
            known = ",".join(_is(written, name, values) for name in _words_of(values))
            return _marked(cell, f"OR({known})")
        case Linear(maximum):
            return _marked(cell, f"IF({typed.is_mark(cell)},{typed.mark(cell)}<={literal(maximum)})")
        case Ratio() | Decrease():
            return _marked(cell, typed.is_share(cell))
        case _:
            assert_never(item.scale)


def off_count(cell: str) -> str:
    """Return the condition that a cell holds something that is no count."""
    return _marked(cell, typed.are_counts(cell, (cell,)))


def _marked(cell: str, sound: str) -> str:
    """Return the condition that a cell holds something, and nothing sound."""
    return f'=IFERROR(AND({typed.words(cell)}<>"",NOT({sound})),TRUE)'


def _words_of(values: Sequence[tuple[str, Fraction]]) -> tuple[str, ...]:
    """Return every word that is an answer of a scale."""
    names = [name for name, _value in values]
    known = {name.casefold() for name in names}
    meant = [word for name in names for word in _meant(name) if word.casefold() not in known]
    return (*names, *meant)


def _meant(name: str) -> tuple[str, ...]:
    """Return other words for a choice: the official sheet writes letters with a point."""
    return (f"{name}.", *_MEANT.get(name.casefold(), ()))


def _chosen(cell: str, values: Sequence[tuple[str, Fraction]]) -> str:
    """Return the value of the choice in a cell: case and blanks around it do not matter."""
    worth, written = dict(values), typed.words(cell)
    worth = {**{word: worth[name] for name in worth for word in _meant(name)}, **worth}
    terms = [f"({_is(written, word, values)})*{_factor(worth[word])}" for word in _words_of(values) if worth[word]]
    return "+".join(terms) or "0"


def _is(written: str, word: str, values: Sequence[tuple[str, Fraction]]) -> str:
    """Return the condition that a cell's words are a choice; their case matters where it tells two choices apart."""
    alike = sum(name.casefold() == word.casefold() for name, _value in values)
    return f"EXACT({written},{_text(word)})" if alike > 1 else f"{written}={_text(word)}"


def _text(words: str) -> str:
    return '"' + " ".join(words.split()).replace('"', '""') + '"'


def _factor(value: Fraction) -> str:
    written = literal(value)
    return f"({written})" if "/" in written else written


def _counted(item: Item, block: AnswerBlock, layout: WorksheetLayout, *, otherwise: str) -> str:
    """Return the share of the counts of an item; 0 where one is missing or invalid, `otherwise` where all are blank."""
    rows = layout.counts.get(item.id)
    if not rows:
        return otherwise
    every = f"{cell_name(min(rows.values()), block.answer)}:{cell_name(max(rows.values()), block.answer)}"
    needed = [cell_name(rows[each.key], block.answer) for each in item.inputs if each.role in roles_of(item.scale)]
    sound = typed.are_counts(every, needed)
    value = _decrease(item, block, rows) if isinstance(item.scale, Decrease) else _ratio(item, block, rows)
    return f"IF({typed.are_blank(every)},{otherwise},IF({sound},{value},0))"


def _ratio(item: Item, block: AnswerBlock, rows: Mapping[str, int]) -> str:
    of, over = _sum(item, "of", block, rows), _sum(item, "over", block, rows)
    return f"IF({over}=0,IF({of}=0,1,0),MIN(1,{of}/{over}))"


def _decrease(item: Item, block: AnswerBlock, rows: Mapping[str, int]) -> str:
    before, now = _sum(item, "before", block, rows), _sum(item, "now", block, rows)
    return f"IF({before}=0,IF({now}=0,1,0),MAX(0,({before}-{now})/{before}))"


def _sum(item: Item, role: str, block: AnswerBlock, rows: Mapping[str, int]) -> str:
    cells = [typed.count(cell_name(rows[each.key], block.answer)) for each in item.inputs if each.role == role]
    return cells[0] if len(cells) == 1 else f"({'+'.join(cells)})"
