"""The page on what changed from one publication to the next, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from generator.messages.printable import printable
from generator.model.addresses import CHANGES, FILES, free_page_path, item_path, record_path
from generator.model.paths import href
from generator.model.publications import Publication, distinct, gate_key
from generator.readiness.gates import index_threshold
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views.figures import NOTHING, Mark
from generator.site.views.frame import Frame, Link
from generator.site.views.gates import wording
from generator.site.views.index_history import in_figures, movement
from generator.site.views.withdrawn import name_of

MOST_NAMED = 100
"""The most entries of one list of a publication; of the others their number is given."""
FEW = 10
"""So many entries are shown at once; a longer list is folded."""
_MOST_CHARACTERS = 40_000
"""Characters of one list, so that long names cut it sooner."""
_PAGE_CHARACTERS = 250_000
"""Characters of all lists, so that the page stays under half a megabyte; older publications are left out."""
_ROW = 90
"""Characters that a row takes besides its text and its address."""
_LONGEST = 200
_RECORDS, _PAGES, _ITEMS = (f.removesuffix(".html") for f in (record_path(""), free_page_path(""), item_path("")))


class ChangeList(Struct, frozen=True):
    """Documents, records and pages of one sort of change; `more` says how many are not named."""

    heading: str
    entries: tuple[Link, ...]
    more: str
    folded: bool


class AnswerChange(Struct, frozen=True):
    """The answer to an item before and after a publication."""

    item: Link
    label: str
    before: str
    now: str


class AnswerChanges(Struct, frozen=True):
    """The answers that changed; `more` says how many are not named."""

    heading: str
    caption: str
    rows: tuple[AnswerChange, ...]
    more: str
    folded: bool


class GateChange(Struct, frozen=True):
    """A gate that was reached, or is not reached any longer."""

    mark: Mark
    text: str


class PublicationView(Struct, frozen=True):
    """One publication: its day, the index, and what changed since the one before."""

    anchor: str
    day: str
    as_of: str
    index: str
    nothing: str
    gates: tuple[GateChange, ...]
    lists: tuple[ChangeList, ...]
    answers: AnswerChanges | None


class ChangesView(Struct, frozen=True):
    """The page on what changed; `older` says how many publications it leaves out."""

    frame: Frame
    title: str
    summary: str
    publications: tuple[PublicationView, ...]
    older: str


def changes_page(site: Site, frame: Frame, readiness: Readiness, titles: Mapping[str, str]) -> ChangesView:
    """Return the page on what changed; `titles` are those of all that the site has, by address."""
    words = site.words
    every = distinct(readiness.portfolio.publications)
    newest_first = [*pairwise(reversed((None, *every)))]
    shown: list[PublicationView] = []
    left = _PAGE_CHARACTERS
    for number, (each, before) in enumerate(newest_first):
        assert each is not None  # only the last one has none before it
        view = _publication(site, readiness, titles, each, before, len(every) - number)
        left -= _size(view)
        if left < 0 and shown:
            break
        shown.append(view)
    older = len(every) - len(shown)
    return ChangesView(
        frame=frame,
        title=words("Changes"),
        summary=words.plural(
            "What changed with the only publication so far.",
            "What changed with each of {count} publications, the newest first.",
            len(every),
        )
        if every
        else "",
        publications=tuple(shown),
        older=words.plural(
            "{count} older publication is not shown; it is in publications.jsonl of the portfolio.",
            "{count} older publications are not shown; they are in publications.jsonl of the portfolio.",
            older,
        )
        if older
        else "",
    )


def _publication(
    site: Site,
    readiness: Readiness,
    titles: Mapping[str, str],
    each: Publication,
    before: Publication | None,
    number: int,
) -> PublicationView:
    words = site.words
    lists = tuple(_lists(site, titles, each))
    answers = _answers(site, each, is_first=before is None)
    return PublicationView(
        anchor=f"p-{number}",
        day=words.day(each.date),
        as_of=words("figures of {day}", day=words.day(each.as_of))
        if each.as_of is not None and each.as_of != each.date
        else "",
        index=_index(site, readiness, each, before),
        nothing="" if lists or answers else words("No document, record or answer changed."),
        gates=tuple(_gates(site, readiness, each, before)),
        lists=lists,
        answers=answers,
    )


def _index(site: Site, readiness: Readiness, each: Publication, before: Publication | None) -> str:
    """Say what the supported index was, and how it differs from the publication before."""
    words, supported = site.words, each.index.supported
    if supported is None:
        return ""
    threshold = index_threshold(readiness.target.gates)
    figure = in_figures(words, supported, threshold)
    then = _comparable(each, before)
    if then is None:
        return words("Supported index {figure}.", figure=figure)
    return words(
        "Supported index {figure}, {movement} since the publication before.",
        figure=figure,
        movement=movement(words, then, supported),
    )


def _comparable(each: Publication, before: Publication | None) -> Fraction | None:
    """Return the supported index of the publication before, where it is out of the same weight."""
    return before.index.supported if before is not None and before.index.weight == each.index.weight else None


# Gates


def _gates(site: Site, readiness: Readiness, each: Publication, before: Publication | None) -> Iterator[GateChange]:
    """Yield the gates that passed in one of two publications and not in the other, in the order of the instrument.

    A gate that several predicates have is named once.
    """
    predicates: dict[tuple[str, str, bool], list[str]] = {}
    for predicate in readiness.predicates if before is not None else ():
        assert before is not None
        name = predicate.predicate.id
        then, now = before.gates.get(name, {}), each.gates.get(name, {})
        for gate in predicate.gates:
            key = gate_key(gate.gate.id, gate.area)
            if key in then and key in now and then[key] != now[key]:
                worded = wording(site, gate)
                predicates.setdefault((worded.subject, worded.required, now[key]), []).append(name)
    for (subject, required, passed), names in predicates.items():
        words = site.words
        text = words(
            "{predicate}: {subject}, threshold {required}",
            predicate=", ".join(names),
            subject=subject,
            required=required,
        )
        yield GateChange(Mark("met", words("reached")) if passed else Mark("unmet", words("no longer reached")), text)


# Documents, records and pages


def _lists(site: Site, titles: Mapping[str, str], each: Publication) -> Iterator[ChangeList]:
    words = site.words
    answered = {item_path(item) for item in each.answers}
    added, changed, withdrawn = (
        sorted((address for address in addresses if address not in answered), key=_in_order)
        for addresses in (each.added, each.changed, each.withdrawn)
    )
    for addresses, heading in (
        (added, words("Added: {what}", what=_counts(site, added))),
        (changed, words("Changed: {what}", what=_counts(site, changed))),
        (withdrawn, words("Withdrawn: {what}", what=_counts(site, withdrawn))),
    ):
        if addresses:
            entries = tuple(_cut(_entry(titles, address) for address in addresses))
            yield ChangeList(heading, entries, _more(site, len(addresses) - len(entries)), len(entries) > FEW)


def _counts(site: Site, addresses: Sequence[str]) -> str:
    """Say how many of each kind some addresses are."""
    words = site.words
    numbers = Counter(_in_order(each)[0] for each in addresses)
    texts = (
        words.plural("{count} record", "{count} records", numbers[0]),
        words.plural("{count} document", "{count} documents", numbers[1]),
        words.plural("{count} page", "{count} pages", numbers[2]),
        words.plural("{count} item", "{count} items", numbers[3]),
        words.plural("{count} other", "{count} others", numbers[4]),
    )
    return ", ".join(text for number, text in enumerate(texts) if numbers[number])


def _more(site: Site, number: int) -> str:
    return site.words.plural("and {count} more", "and {count} more", number) if number else ""


def _in_order(address: str) -> tuple[int, str]:
    """Order records first, then documents, pages and the rest."""
    beginnings = (_RECORDS, FILES, _PAGES, _ITEMS)
    place = next((number for number, each in enumerate(beginnings) if address.startswith(each)), len(beginnings))
    return place, address


def _entry(titles: Mapping[str, str], address: str) -> Link:
    """Return the title of what is at an address with a link to it; of what is no longer there the name alone."""
    if address in titles:
        return Link(_short(titles[address]), href(CHANGES, address))
    return Link(_short(name_of(address)), "")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _cut(entries: Iterable[Link]) -> Iterator[Link]:
    """Yield the first entries, as many as a page has room for."""
    left = _MOST_CHARACTERS
    for number, each in enumerate(entries):
        left -= len(each.text) + len(each.href) + _ROW
        if number == MOST_NAMED or left < 0:
            return
        yield each


# Answers


def _answers(site: Site, each: Publication, *, is_first: bool) -> AnswerChanges | None:
    words = site.words
    if not each.answers:
        return None
    known = {item.id: number for number, item in enumerate(site.instrument.items())}
    items = sorted(each.answers, key=lambda item: (known.get(item, len(known)), item))
    rows = tuple(_answer(site, item, *each.answers[item], known=item in known) for item in items[:MOST_NAMED])
    return AnswerChanges(
        words.plural("{count} answer", "{count} answers", len(items))
        if is_first
        else words.plural("{count} answer changed", "{count} answers changed", len(items)),
        words("Answers that changed with the publication of {day}", day=words.day(each.date)),
        rows,
        _more(site, len(items) - len(rows)),
        len(rows) > FEW,
    )


def _answer(site: Site, item: str, before: str | None, now: str | None, *, known: bool) -> AnswerChange:
    return AnswerChange(
        Link(item, href(CHANGES, item_path(item))) if known else Link(_short(printable(item)), ""),
        _short(site.label(site.item(item))) if known else "",
        _said(site, before),
        _said(site, now),
    )


def _said(site: Site, answer: str | None) -> str:
    return NOTHING if answer is None else _short(site.words.answer(printable(answer)))


def _size(view: PublicationView) -> int:
    """Return about how many characters a publication takes on the page."""
    links: Sequence[Link] = [entry for each in view.lists for entry in each.entries]
    rows = view.answers.rows if view.answers is not None else ()
    return (
        1500
        + sum(len(each.text) + len(each.href) + _ROW for each in links)
        + sum(len(each.label) + len(each.before) + len(each.now) + 4 * _ROW for each in rows)
        + sum(len(each.text) + 2 * _ROW for each in view.gates)
    )
