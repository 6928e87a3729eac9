"""Areas, items, document types and people of a portfolio, found by what somebody writes; else Refused with a hint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from typing import TypeVar

from generator import folding
from generator.authoring import item_search
from generator.authoring.yaml_text import plain
from generator.joining.type_names import TypeNames, words_of
from generator.messages.refusals import Refused
from generator.model.instrument import Area, Instrument, Item, Requirement
from generator.model.portfolio import Portfolio
from generator.readiness.gaps import AreaGaps, Gaps, PersonGaps
from generator.typos.near_names import near

T = TypeVar("T")


def area_named(written: str, instrument: Instrument) -> Area:
    """Return the area of that number, or the one whose label holds the words. Raises Refused."""
    plain = folding.straight(written).casefold().removeprefix("area").strip(" .")
    if plain.isdecimal():
        found = [area for area in instrument.areas if area.number == int(plain)]
    else:
        words = plain.split()
        found = [
            area
            for area in instrument.areas
            if words
            and all(word in f"{area.label.id} {area.label.en} {area.code} {area.folder}".casefold() for word in words)
        ]
    if len(found) == 1:
        return found[0]
    if results := results_named(written, instrument):
        sentence = _(
            "Results are in no area ({items}). Record them in the area that did the work: "
            "give its number, and name the item."
        )
        raise Refused(sentence.format(items=", ".join(_ids(results))))
    if found:
        several = ", ".join(f"{area.number}. {area.label.in_('id')}" for area in found)
        raise Refused(_("{name} could be several areas: {known}. Give the number.").format(name=written, known=several))
    known = ", ".join(str(area.number) for area in instrument.areas)
    raise Refused(_("There is no area {number}; there are {known}.").format(number=written.strip(), known=known))


def results_of(instrument: Instrument) -> tuple[Item, ...]:
    """Return the items in no area: those of results, which have records in the area that did the work."""
    return tuple(item for item in instrument.items() if item.area is None) if instrument.areas else ()


def results_named(written: str, instrument: Instrument) -> tuple[Item, ...]:
    """Return the items of results where the words name their component or one of its parts; else none."""
    words = folding.straight(written).casefold().split()
    for aspect in instrument.aspects():
        items = tuple(item for item in aspect.all_items() if item.area is None)
        whole = bool(items) and len(items) == len(tuple(aspect.all_items()))
        label = f"{aspect.label.id} {aspect.label.en}".casefold().split()
        if whole and (words == [aspect.id.casefold()] or (words and set(words) <= set(label))):
            return items
    return ()


def items_named(written: Iterable[str], instrument: Instrument) -> tuple[str, ...]:
    """Return the ids of the items that were named, in whatever case. Raises Refused."""
    items = instrument.items()
    named: list[str] = []
    for each in written:
        found = item_search.exactly(each, items)
        if not found:
            raise Refused(_("There is no item {name}.").format(name=each.strip()) + _similar_items(each, instrument))
        named += [item.id for item in found]
    return tuple(dict.fromkeys(named))


def _similar_items(written: str, instrument: Instrument) -> str:
    """Return a sentence that suggests items: one whose id is similar, or those whose words fit."""
    items = instrument.items()
    if similar := suggestion(written, _ids(items)):
        return similar
    found = item_search.matching(written, items, instrument.tree, area=None, types=item_search.type_phrases(instrument))
    if not found:
        return ""
    some = "; ".join(f"{item.id} {item.label.in_('id')}" for item in found[:_SOME_ITEMS])
    return " " + _("Name it by its id. With these words: {items}").format(
        items=some + ("; …" if found[_SOME_ITEMS:] else "")
    )


_SOME_ITEMS = 6


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def types_named(written: str, instrument: Instrument) -> tuple[str, ...]:
    """Return the document types that were named, parted by commas, each by its key, label or other names.

    Raises Refused.
    """
    if whole := _type_named(written, instrument):
        return whole
    parts = [part for part in re.split(r"[,;&+]|\b(?:dan|and)\b", written) if part.strip()] or [written]
    found: dict[str, None] = {}
    for part in parts:
        named = _type_named(part, instrument)
        if not named:
            sentence = _("There is no document type {name}.").format(name=part.strip())
            raise Refused(sentence + suggestion(part, tuple(instrument.document_types)))
        found.update(dict.fromkeys(named))
    return tuple(found)


def _type_named(written: str, instrument: Instrument) -> tuple[str, ...]:
    """Return the type of that key or label, or all types that have that name; none where there is none."""
    word, types = folding.folded(written), instrument.document_types
    names = {folding.folded(each): key for key, label in types.items() for each in (label.id, label.en)}
    names |= {folding.folded(key): key for key in types}
    return (names[word],) if word in names else TypeNames.of(instrument).types.get(words_of(written), ())


def suggestion(written: str, known: Sequence[str]) -> str:
    """Return a sentence that suggests the most similar name; nothing where none is similar."""
    found = near(written, known)
    return " " + _("Did you mean {name}?").format(name=found) if found else ""


def people_of(portfolio: Portfolio, area: int | None) -> tuple[str, ...]:
    """Return those who answer for records, those of the area and of most records first."""
    weights: Counter[str] = Counter()
    for record in portfolio.records:
        for person in record.people:
            weights[person] += 1000 if record.area == area else 1
    return tuple(sorted(weights, key=lambda person: (-weights[person], person.casefold())))


def picked(written: str, shown: Sequence[T]) -> tuple[T, ...] | None:
    """Return the entries of a numbered list that were named by numbers; None for other text. Raises Refused."""
    numbers = item_search.numbers(written)
    if numbers is None:
        return None
    wrong = next((number for number in numbers if not 1 <= number <= len(shown)), None)
    if wrong is not None:
        raise Refused(_("The list has no number {number}.").format(number=wrong))
    return tuple(shown[number - 1] for number in numbers)


def people_named(written: str, known: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Return the persons who were named: by numbers of the list shown, by part of a known name, or as they stand.

    A name may hold commas (`Dr. Andi, M.M.`), so several names at once are given by numbers only.
    """
    if (listed := picked(written, shown)) is not None:
        return listed
    person_ = plain(written)
    if person_ != folding.straight(person_):  # in quotes: just so
        return (folding.straight(person_),)
    words = person_.casefold().split()
    same = [person for person in known if person.casefold() == person_.casefold()]
    like = [person for person in known if set(words) <= set(re.split(r"[\s,.]+", person.casefold()))]
    found = same or like
    return (found[0],) if len(found) == 1 else (person_,)


def missing_types(
    portfolio: Portfolio, items: Iterable[str], missing: Mapping[str, tuple[Requirement, ...]]
) -> tuple[str, ...]:
    """Return the types that the items still lack, each once; where they lack none, all that they require."""
    chosen = tuple(items)
    by_id = {item.id: item for item in portfolio.instrument.items()}
    lacking = [each for item in chosen for each in missing.get(item, ())]
    wanted = lacking or [each for item in chosen for each in portfolio.expected_of(by_id[item])]
    return tuple(dict.fromkeys(type_ for each in wanted for type_ in each.types))


def area_gaps(written: str, gaps: Gaps) -> AreaGaps:
    """Return the gaps of the area that was named, or of the results. Raises Refused."""
    instrument = gaps.readiness.portfolio.instrument
    try:
        number = area_named(written, instrument).number
    except Refused:
        if results_named(written, instrument):
            return next((each for each in gaps.areas if each.area is None), AreaGaps(None, 0, ()))
        raise
    return next(each for each in gaps.areas if each.area is not None and each.area.number == number)


def person_gaps(written: str, gaps: Gaps) -> PersonGaps:
    """Return the gaps of the one person who was named, in whatever case, whole or in part. Raises Refused."""
    name = written.strip().casefold()
    found = [each for each in gaps.people if each.person.casefold() == name]
    found = found or [each for each in gaps.people if name in each.person.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        known = "; ".join(each.person for each in found)
        raise Refused(_("{name} could be several persons: {known}.").format(name=written, known=known))
    sentence = _("No record names {name} as responsible.").format(name=written)
    raise Refused(sentence + suggestion(written, tuple(each.person for each in gaps.people)))
