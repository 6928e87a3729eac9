"""The questions about the items of a new record: found by words, chosen by number or id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from gettext import gettext as _
from gettext import ngettext

import click
from msgspec import Struct

from generator import folding
from generator.authoring import item_search, lookup
from generator.authoring.prompts import ask, instruct, show_numbered
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.model.instrument import Item, Requirement
from generator.readiness.readiness import Readiness
from generator.site.site import Site

_MOST_SHOWN = 12
_ALL = "?"


class ItemAnswer(Struct, frozen=True):
    """The items that an answer names, whether they are chosen by that, and how many `more` the words fit."""

    items: tuple[Item, ...]
    chosen: bool = False
    more: int = 0


class ItemPrompts:
    """Asks for the items of a record in an area; None: the instrument has no areas."""

    def __init__(self, readiness: Readiness, area: int | None) -> None:
        self._instrument = readiness.portfolio.instrument
        self._area = area
        self._language = readiness.portfolio.language
        self._type_phrases = item_search.type_phrases(self._instrument)
        self._site = Site.of(readiness.portfolio, readiness.on)
        self._missing = {each.item.id: each.missing for each in readiness.items}

    def ask(self) -> tuple[str, ...]:
        """Ask for items until one line stays blank."""
        instruct(_("Which items does it support? Type words of an item, such as tim kerja, or its id."))
        instruct(_("? shows all items of the area. Enter alone: finished."), indent="  ")
        chosen: dict[str, Item] = {}
        shown: tuple[Item, ...] = ()
        while True:
            question = _("Number, other words, or Enter") if shown else _("Item")
            answer = ask(question, partial(self._parse, shown=shown))
            if answer is None:
                return tuple(chosen)
            if answer.chosen:
                self._choose(answer.items, chosen)
                shown = ()
            else:
                shown = answer.items
                self._show(shown)
                _show_more(answer.more)

    def _parse(self, written: str, *, shown: Sequence[Item]) -> ItemAnswer | None:
        """Return the items that were named; None where it is enough."""
        text = folding.straight(written)
        if not text:
            return None
        items = self._instrument.items()
        if text == _ALL:
            own = tuple(item for item in items if item.area == self._area)
            return ItemAnswer((*own, *lookup.results_of(self._instrument)) if own else items)
        listed = lookup.picked(text, shown) if shown else None
        if listed is not None:
            return ItemAnswer(listed, chosen=True)
        exact = item_search.exactly(text, items)
        if exact:
            return ItemAnswer(exact, chosen=True)
        found = item_search.matching(text, items, self._instrument.tree, area=self._area, types=self._type_phrases)
        if not found:
            sentence = _("No item has the words {words}.").format(words=printable(text))
            raise Refused(sentence + lookup.suggestion(text, tuple(item.id for item in items)))
        return ItemAnswer(found[:_MOST_SHOWN], more=len(found[_MOST_SHOWN:]))

    def _show(self, items: Iterable[Item]) -> None:
        """Show items by number; one of another area than the record's is marked as such."""

        def mark(item: Item) -> str:
            return "" if self._area is None or item.area == self._area else f"  [{_area_of(item)}]"

        show_numbered(f"{item.id:<14} {item.label.in_(self._language)}{mark(item)}" for item in items)

    def _choose(self, items: Iterable[Item], chosen: dict[str, Item]) -> None:
        """Choose items; one that is chosen already is taken back."""
        for item in items:
            if chosen.pop(item.id, None) is not None:
                click.echo("  " + _("taken back: {item}").format(item=item.id))
                continue
            chosen[item.id] = item
            sentence = _("chosen: {item} {label}").format(item=item.id, label=item.label.in_(self._language))
            click.echo("  " + click.style(sentence, fg="green"))
            click.echo("    " + self._missing_line(self._missing.get(item.id, ())))

    def _missing_line(self, missing: Sequence[Requirement]) -> str:
        """Return which documents an item still lacks."""
        if not missing:
            return _("all required documents are there")
        return _("still missing: {types}").format(types=self._site.missing_label(missing))


def _area_of(item: Item) -> str:
    """Return in which area an item is; those of results are in none."""
    return _("results") if item.area is None else _("area {number}").format(number=item.area)


def _show_more(count: int) -> None:
    """Say how many items a list leaves out."""
    if count:
        sentence = ngettext(
            "{count} more item has these words: add another word.",
            "{count} more items have these words: add another word.",
            count,
        )
        instruct(sentence.format(count=count), indent="  ")
