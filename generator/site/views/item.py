"""An item's page: what is asked, the answer and its derivation, the documents expected and given."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from generator.model.instrument import Choices, Decrease, Item, Linear, Ratio, roles_of
from generator.model.paths import href
from generator.model.portfolio import Answer
from generator.readiness.scores import ItemReadiness
from generator.site.addresses import COMPUTATION, area_path, item_path, list_path, person_path
from generator.site.exhibits import Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import MOST_DOCUMENTS, MOST_FINDINGS, MOST_RECORDS, DocumentView, card, item_links
from generator.site.views.figures import Figure, Mark, column
from generator.site.views.findings import FindingView
from generator.site.views.frame import Frame, Link
from generator.site.views.short_lists import more_link, newest, newest_findings, newest_records, visible
from generator.site.views.worksheet import answer_mark


@dataclass(frozen=True, slots=True)
class Criterion:
    """One answer a scale offers, its value, and whether the unit or the assessors gave it."""

    answer: str
    wording: str
    value: Figure
    claimed: bool
    assessed: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected document type, with the documents that fulfil it."""

    type: str
    mark: Mark
    note: str
    documents: tuple[DocumentView, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item's page. `scale` explains an answer without `criteria`, `counts` names what it is computed from."""

    frame: Frame
    title: str
    id: str
    label: str
    path: tuple[str, ...]
    area: Link | None
    answer: str
    note: str
    answer_mark: Mark
    assessed: str
    flag: str
    scale: str
    counts: tuple[tuple[str, str], ...]
    criteria: tuple[Criterion, ...]
    inputs: tuple[tuple[str, str], ...]
    expected: tuple[Expected, ...]
    coverage: str
    missing: str
    people: tuple[Link, ...]
    other: tuple[DocumentView, ...]
    other_more: Link | None
    refused: tuple[DocumentView, ...]
    refused_more: Link | None
    hidden: str
    records: tuple[tuple[Link, str], ...]
    records_more: Link | None
    findings: tuple[FindingView, ...]
    findings_more: Link | None
    derivation: str
    computation: Link
    previous: Link | None
    next: Link | None
    next_open: Link | None


@dataclass(frozen=True, slots=True)
class ItemContent:
    """All that an item's page shows: the item, its neighbours in the worksheet, its documents and findings.

    `next_open` is the next item that the assessors have not answered, once they have begun.
    """

    item: ItemReadiness
    previous: ItemReadiness | None
    next: ItemReadiness | None
    next_open: ItemReadiness | None
    fulfilled: Mapping[str, tuple[Exhibit, ...]]
    accepted: tuple[Exhibit, ...]
    refused: tuple[Exhibit, ...]
    findings: tuple[PlacedFinding, ...]


def item_page(site: Site, frame: Frame, content: ItemContent) -> ItemView:
    """Return an item's page."""
    each = content.item
    words, item = site.words, each.item
    page = item_path(item.id)
    fulfilling = {exhibit.document.key for exhibits in content.fulfilled.values() for exhibit in exhibits}
    other = visible(exhibit for exhibit in content.accepted if exhibit.document.key not in fulfilling)
    refused = visible(content.refused)
    all_documents = list_path("evidence", "item", item.id)
    area = site.area(item.area)
    return ItemView(
        frame=frame,
        title=f"{item.id} {site.label(item)}",
        id=item.id,
        label=site.label(item),
        path=tuple(site.label(aspect) for aspect in site.instrument.path_to(item)),
        area=Link(site.label(area), href(page, area_path(area.number))) if area else None,
        answer=words.answer(each.answer.text) if each.answer is not None else "",
        note=(each.answer.note or "") if each.answer is not None else "",
        answer_mark=answer_mark(site, each),
        assessed=words.answer(each.assessed_answer.text) if each.assessed_answer is not None else "",
        flag=words("0 of 0: counted as fulfilled, because there was nothing to count.")
        if each.answer is not None and each.answer.nothing_of_nothing
        else "",
        scale=_scale(site, item),
        counts=_counts(site, item),
        criteria=_criteria(site, item, each.answer, each.assessed_answer),
        inputs=_inputs(site, item, each.answer),
        expected=tuple(_expected(site, page, content, type_) for type_ in each.expected),
        coverage=words("{fulfilled} of {expected} types", fulfilled=len(each.fulfilled), expected=len(each.expected)),
        missing=", ".join(site.type_label(type_) for type_ in each.missing),
        people=_people(page, each),
        other=_lines(site, page, item, other),
        other_more=more_link(site, page, len(other) - MOST_DOCUMENTS, all_documents),
        refused=_lines(site, page, item, refused),
        refused_more=more_link(site, page, len(refused) - MOST_DOCUMENTS, all_documents),
        hidden=_hidden(site, content),
        records=newest_records(site, page, each.records),
        records_more=more_link(site, page, len(each.records) - MOST_RECORDS, list_path("records", "item", item.id)),
        findings=newest_findings(site, page, content.findings),
        findings_more=more_link(site, page, len(each.findings) - MOST_FINDINGS, list_path("findings", "item", item.id)),
        derivation=derivation(site, each),
        computation=Link(words("How it was computed"), href(page, COMPUTATION, f"line-{item.id}")),
        previous=_labelled(site, page, content.previous),
        next=_labelled(site, page, content.next),
        next_open=_labelled(site, page, content.next_open),
    )


def _people(page: str, each: ItemReadiness) -> tuple[Link, ...]:
    people = dict.fromkeys(person for record in each.records for person in record.people)
    return tuple(Link(person, href(page, person_path(person))) for person in people)


def _hidden(site: Site, content: ItemContent) -> str:
    """Say how many documents of restricted records the page leaves out."""
    count = sum(exhibit.record.restricted for exhibit in (*content.accepted, *content.refused))
    if not count:
        return ""
    return site.words.plural(
        "{count} document of restricted records is not named here.",
        "{count} documents of restricted records are not named here.",
        count,
    )


def _labelled(site: Site, page: str, each: ItemReadiness | None) -> Link | None:
    if each is None:
        return None
    return Link(f"{each.item.id} {site.label(each.item)}", href(page, item_path(each.item.id)))


def _scale(site: Site, item: Item) -> str:
    words = site.words
    match item.scale:
        case Linear(maximum):
            return words(
                "The answer is a mark from 0 to {most}; what counts is its share of {most}.", most=words.exact(maximum)
            )
        case Ratio():
            return words("The answer is one count out of another, such as 17/20; its share counts, at most all.")
        case Decrease():
            return words("The answer is how far a count fell: what is less now, out of what it was before.")
        case Choices():
            return ""
        case _:
            assert_never(item.scale)


def _counts(site: Site, item: Item) -> tuple[tuple[str, str], ...]:
    """Return the counts that an answer is computed from, each with its role."""
    words = site.words
    parts = {"of": words("Counted"), "over": words("Out of"), "before": words("Before"), "now": words("Now")}
    wanted = roles_of(item.scale)
    return tuple(
        (parts[each.role], each.label.in_(words.language))
        for role in parts
        for each in item.inputs
        if each.role == role and role in wanted
    )


def _criteria(site: Site, item: Item, answer: Answer | None, assessed: Answer | None) -> tuple[Criterion, ...]:
    if not isinstance(item.scale, Choices):
        return ()
    wording = {name: label.in_(site.language) for name, label in item.criteria}
    figures = column(site.words, [site.words.exact(value) for _, value in item.scale.values])
    return tuple(
        Criterion(
            answer=name,
            wording=wording.get(name, ""),
            value=figure,
            claimed=answer is not None and answer.text == name,
            assessed=assessed is not None and assessed.text == name,
        )
        for (name, _), figure in zip(item.scale.values, figures, strict=True)
    )


def _inputs(site: Site, item: Item, answer: Answer | None) -> tuple[tuple[str, str], ...]:
    given = dict(answer.inputs) if answer is not None else {}
    if not given:
        return ()  # the answer was given as a figure, or not at all
    return tuple(
        (each.label.in_(site.language), site.words.exact(given[each.key]) if each.key in given else "–")
        for each in item.inputs
    )


def _expected(site: Site, page: str, content: ItemContent, type_: str) -> Expected:
    words, each = site.words, content.item
    documents = visible(content.fulfilled.get(type_, ()))
    mark = Mark("met", words("there")) if type_ in each.fulfilled else Mark("unmet", words("missing"))
    more = more_link(site, page, len(documents) - MOST_DOCUMENTS, list_path("evidence", "item", each.item.id))
    refused = sum(exhibit.document.type == type_ for exhibit in visible(content.refused))
    note = words.plural("{count} is there, but does not count", "{count} are there, but do not count", refused)
    return Expected(
        site.type_label(type_),
        mark,
        note if refused and type_ not in each.fulfilled else "",
        _lines(site, page, each.item, documents),
        more,
    )


def _lines(site: Site, page: str, item: Item, exhibits: Sequence[Exhibit]) -> tuple[DocumentView, ...]:
    """Return documents for the page of an item, each with links to its other items."""
    return tuple(
        replace(
            card(site, page, exhibit),
            items=item_links(site, page, [each for each in exhibit.document.items if each != item.id], exhibit.record),
        )
        for exhibit in newest(exhibits)
    )


def has_many_documents(each: ItemReadiness, restricted: Collection[str]) -> bool:
    """Whether an item's page has to cut one of its lists of documents; `restricted` records are in none of them."""
    lists = (*each.fulfilled.values(), each.accepted, each.refused)
    return any(sum(each.key[0] not in restricted for each in documents) > MOST_DOCUMENTS for documents in lists)


def _formula(site: Site, item: Item, answer: Answer) -> str:
    """Write how an answer's value comes from the figures given, as in "(8 − 2) / 8 = ".

    Empty where the answer is a choice, and where the value is not what the division gives: it is capped to 0 and 1.
    """
    words, given = site.words, dict(answer.inputs)
    if isinstance(item.scale, Linear):
        return f"{words.answer(answer.text)} / {words.exact(item.scale.maximum)} = "
    sums: dict[str, Fraction] = {}
    for each in item.inputs:
        if each.key in given:
            sums[each.role] = sums.get(each.role, Fraction(0)) + given[each.key]
    of, over = sums.get("of"), sums.get("over")
    before, now = sums.get("before"), sums.get("now")
    if of is not None and over and of / over == answer.value:
        return f"{words.exact(of)} / {words.exact(over)} = "
    if now is not None and before and (before - now) / before == answer.value:
        return f"({words.exact(before)} − {words.exact(now)}) / {words.exact(before)} = "
    return ""


def derivation(site: Site, each: ItemReadiness) -> str:
    """Say in one line how an item's score comes about."""
    words = site.words
    weight = words.exact(each.item.weight, 6)
    if each.answer is None:
        return words("Not answered: 0 of {weight}.", weight=weight)
    line = words(
        "Answer {answer} is worth {value}; times the weight {weight} makes {score}.",
        answer=words.answer(each.answer.text),
        value=_formula(site, each.item, each.answer) + words.exact(each.value, 6),
        weight=weight,
        score=words.exact(each.scores.claimed, 6),
    )
    if each.supported and not each.expected:
        more = words("No document is expected, so it counts as supported.")
    elif each.supported:
        more = words.plural(
            "Supported by {count} accepted document.", "Supported by {count} accepted documents.", len(each.accepted)
        )
    else:
        more = words("No accepted document supports it, so it counts 0 as supported.")
    return f"{line} {more}"
