"""Finds items and document types by the names that editors write, and the one that was probably meant."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from generator import folding
from generator.folding import hyphenated
from generator.joining.type_names import TypeNames, words_of
from generator.model.instrument import Instrument, Label, Requirement
from generator.reading.problems import Located, Problems
from generator.reading.values import Types
from generator.typos.correction import Correction
from generator.typos.near_names import near


class Vocabulary(Struct, frozen=True):
    """The ids of an instrument's items, each by itself, and its document types with their labels.

    Messages list them in the order of the instrument, so vocabularies that differ in it are not equal.
    """

    items: OrderedDict[str, str]
    types: OrderedDict[str, Label]
    type_names: TypeNames
    results: frozenset[str] = frozenset()
    """The items in no area, where the instrument has areas: those of results."""

    def item(self, written: Located[str], problems: Problems) -> str | None:
        """Return the item of that name, or report that there is none."""
        item = self.items.get(written.value)
        if item is None:
            self._no_item(written, problems)
        return item

    def _no_item(self, written: Located[str], problems: Problems) -> None:
        below = [name for name in self.items if name.startswith(f"{written.value.rstrip('.')}.")]
        listed = self._listed_items(written.value)
        example = next(iter(self.items), "A.1")
        if below:
            some = ", ".join(f"`{name}`" for name in below[:_SOME]) + (", …" if len(below) > _SOME else "")
            problems.error("item-unknown", written.span, variant="group", item=written.value, below=some)
        elif listed:
            shown, whole = _listed(written, listed, problems)
            as_read = problems.written(written.span) == written.value
            correction = Correction(shown, changes=((0, len(written.value), whole),) if as_read else ())
            problems.error("item-unknown", written.span, correction, variant="several", item=shown)
        else:
            certain = _certain_item(written.value, self.items)
            correction = Correction(certain or _item_meant(written.value, self.items), value=certain)
            problems.error("item-unknown", written.span, correction, item=written.value, example=example)

    def _listed_items(self, written: str) -> list[str]:
        """Return the items that a text lists with certainty; none where a part of it names none."""
        for pattern in (_BETWEEN, _MARKS):  # with blanks between or within names
            parts = [part for part in pattern.split(written) if part.strip()]
            listed = [name for part in parts if (name := _certain_item(part.strip(), self.items)) is not None]
            if len(listed) == len(parts) > 1:
                return listed
        return []

    def requirements(self, written: Iterable[Located[Types]], problems: Problems) -> tuple[Requirement, ...] | None:
        """Return the required documents of a checklist, each once; None where one of their types is unknown."""
        named = [[self.type(type_, problems) for type_ in each.value] for each in written]
        if any(type_ is None for types in named for type_ in types):
            return None
        return tuple(dict.fromkeys(in_order([type_ for type_ in types if type_], self.types) for types in named))

    def type(self, written: Located[str], problems: Problems) -> str | None:
        """Return the document type of that name, or report that there is none."""
        key = hyphenated(written.value)
        if key in self.types:
            return key
        certain = _certain_type(written.value, self)
        named = [self._named(part) for part in _BETWEEN.split(written.value) if part]
        parts = [name for name in named if name is not None]
        known = ", ".join(f"`{name}`" for name in self.types)
        if certain is None and len(named) > 1 and len(parts) == len(named):
            shown, whole = _listed(written, parts, problems)
            as_read = problems.written(written.span) == written.value
            correction = Correction(shown, changes=((0, len(written.value), whole),) if as_read else ())
            problems.error("type-unknown", written.span, correction, variant="several", type=shown)
            return None
        correction = Correction(certain or near(key, self.types), value=certain)
        problems.error("type-unknown", written.span, correction, type=written.value, known=known)
        return None

    def _named(self, part: str) -> str | None:
        """Return the type that a part of a text names with certainty."""
        key = hyphenated(part)
        return key if key in self.types else _certain_type(part, self)


def in_order(types: Collection[str], known: Iterable[str]) -> Requirement:
    """Return a required document of these types, in the order in which they are known, each once."""
    return Requirement(tuple(type_ for type_ in known if type_ in types))


def vocabulary(instrument: Instrument) -> Vocabulary:
    """Return the vocabulary of an instrument."""
    items = OrderedDict((item.id, item.id) for item in instrument.items())
    results = frozenset(item.id for item in instrument.items() if item.area is None and instrument.areas)
    return Vocabulary(items, instrument.document_types, TypeNames.of(instrument), results)


_BETWEEN = re.compile(r"[,;/+&()\[\]\s]+|\b(?:dan|and|serta|s/d)\b")
_MARKS = re.compile(r"[,;/+&()\[\]]+|\b(?:dan|and|serta|s/d)\b")
_SOME = 4


def _squeezed(name: str) -> str:
    return ".".join(folding.words(name))


def _certain_item(written: str, items: Mapping[str, object]) -> str | None:
    """Return the one item with the letters and digits that were written, whatever is between them."""
    slip = _squeezed(written)
    return folding.only(name for name in items if _squeezed(name) == slip)


def _listed(written: Located[str], parts: list[str], problems: Problems) -> tuple[str, str]:
    """Return several items of one text as a list: as the report shows it, and as it is typed in place of the text."""
    text = problems.source.text
    before = text[text.rfind("\n", 0, written.span.start) + 1 : written.span.start]
    if before.strip() == "-":  # a line for each
        return "`, `".join(f"- {part}" for part in parts), f"\n{before}".join(parts)
    flow = ", ".join(parts)
    if before.rstrip().endswith(("[", ",")):  # there are brackets around it
        return flow, flow
    return f"[{flow}]", f"[{flow}]"


def _certain_type(written: str, known: Vocabulary) -> str | None:
    """Return the one document type that was written with other separators, by its label, or by another of its names."""
    word = folding.folded(re.sub(r"[.,/]+", " ", written))
    labels = {name: {folding.folded(label.id), folding.folded(label.en)} for name, label in known.types.items()}
    named = folding.only(name for name in known.types if word in {folding.folded(name), *labels[name]})
    return named or folding.only(known.type_names.types.get(words_of(written), ()))


def _item_meant(written: str, items: Mapping[str, object]) -> str | None:
    """Return the item that was meant: capitals, spaces and other separators are the usual slips."""
    squeezed = {_squeezed(name): name for name in items}
    return squeezed.get(_squeezed(written)) or near(written, items)


def items_meant(written: str, items: Mapping[str, object]) -> frozenset[str]:
    """Return the items that were probably meant by what was written for one, right or wrong."""
    parts = (written, *_BETWEEN.split(written))
    return frozenset(meant for part in parts if part and (meant := _item_meant(part, items)) is not None)
