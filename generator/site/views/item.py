"""An item's page: what is asked, the answer and its derivation, the documents expected and given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import assert_never

from msgspec import Struct

from generator.model.addresses import COMPUTATION, DESK, area_path, item_path, list_path, person_path
from generator.model.instrument import Choices, Decrease, Item, Linear, Ratio, Requirement, roles_of
from generator.model.paths import href
from generator.model.portfolio import Answer
from generator.readiness.scores import ItemReadiness
from generator.reading.records import TYPE
from generator.site.exhibits import Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.assessments import AssessmentRow, assessments, differences
from generator.site.views.documents import MOST_DOCUMENTS, MOST_FINDINGS, MOST_RECORDS, DocumentView, card
from generator.site.views.figures import Figure, Mark, column
from generator.site.views.findings import FindingView
from generator.site.views.frame import Frame, Link
from generator.site.views.short_lists import more_link, newest, newest_findings, newest_records, visible
from generator.site.views.worksheet import answer_mark


class CriterionRow(Struct, frozen=True):
    """One answer a scale offers, its value, and whether the unit or the assessors gave it.

    `wording` is the official one where the unit's workbook gave it, with ours `in_short`; else it is ours.
    """

    answer: str
    wording: str
    in_short: str
    value: Figure
    claimed: bool
    assessed: bool


class RequiredRow(Struct, frozen=True):
    """One required document, with the documents that fulfil it.

    `note` counts those that are refused; `hint` says where to write a `line`, if a report that is there holds it.
    """

    type: str
    mark: Mark
    note: str
    hint: str
    line: str
    documents: tuple[DocumentView, ...]
    more: Link | None


class ItemView(Struct, frozen=True):
    """An item's page.

    `source` says where the official wording stands, `scale` explains an answer without `criteria`, `counts` names what
    it is computed from. `assessments` are the answers of each level where more than one answered, `differences` say
    which of several answers counts.
    """

    frame: Frame
    title: str
    id: str
    label: str
    question: str
    source: str
    path: tuple[str, ...]
    area: Link | None
    answer: str
    note: str
    answer_mark: Mark
    assessed: str
    assessments: tuple[AssessmentRow, ...]
    differences: tuple[str, ...]
    flag: str
    scale: str
    counts: tuple[tuple[str, str], ...]
    criteria: tuple[CriterionRow, ...]
    inputs: tuple[tuple[str, str], ...]
    required: tuple[RequiredRow, ...]
    coverage: str
    missing: str
    helpful: str
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
    desk: Link | None
    previous: Link | None
    next: Link | None
    next_open: Link | None


class ItemContent(Struct, frozen=True):
    """All that an item's page shows: the item, its neighbours in the worksheet, its documents and findings.

    `next_open` is the next item that the assessors have not answered, once they have begun.
    """

    item: ItemReadiness
    previous: ItemReadiness | None
    next: ItemReadiness | None
    next_open: ItemReadiness | None
    fulfilled: Mapping[Requirement, tuple[Exhibit, ...]]
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
        question=item.question.in_(words.language) if item.question is not None else "",
        source=_source(site, item),
        path=tuple(site.label(aspect) for aspect in site.instrument.path_to(item)),
        area=Link(site.label(area), href(page, area_path(area.number))) if area else None,
        answer=words.answer(each.answer.text) if each.answer is not None else "",
        note=(each.answer.note or "") if each.answer is not None else "",
        answer_mark=answer_mark(site, each),
        assessed=words.answer(each.assessed_answer.text) if each.assessed_answer is not None else "",
        assessments=assessments(site, each),
        differences=tuple(differences(site, each)),
        flag=words("0 of 0: counted as fulfilled, because there was nothing to count.")
        if each.answer is not None and each.answer.nothing_of_nothing
        else "",
        scale=_scale(site, item),
        counts=_counts(site, item),
        criteria=_criteria(site, item, each.answer, each.assessed_answer),
        inputs=_inputs(site, item, each.answer),
        required=tuple(_required(site, page, content, requirement) for requirement in each.expected),
        coverage=_coverage(site, each),
        missing=site.missing_label(each.missing),
        helpful=_helpful(site, each),
        people=_people(page, each),
        other=_lines(site, page, item, other, partial(_not_required, site, each)),
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
        desk=Link(words("Judge at the assessor's desk"), href(page, DESK, item.id)) if site.review else None,
        previous=_labelled(site, page, content.previous),
        next=_labelled(site, page, content.next),
        next_open=_labelled(site, page, content.next_open),
    )


def _source(site: Site, item: Item) -> str:
    if item.page is None or not site.instrument.source:
        return ""
    return site.words("{source}, page {page}", source=site.instrument.source, page=item.page)


def _coverage(site: Site, each: ItemReadiness) -> str:
    words, expected = site.words, len(each.expected)
    if not expected:
        return words("none required")
    return words("{fulfilled} of {expected} required", fulfilled=len(each.fulfilled), expected=expected)


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


def _criteria(site: Site, item: Item, answer: Answer | None, assessed: Answer | None) -> tuple[CriterionRow, ...]:
    if not isinstance(item.scale, Choices):
        return ()
    language, criteria = site.language, {each.choice: each for each in item.criteria}
    in_short = {name: each.label.in_(language) for name, each in criteria.items()}
    official = {name: each.wording.in_(language) for name, each in criteria.items() if each.wording is not None}
    figures = column(site.words, [site.words.exact(value) for _, value in item.scale.values])
    return tuple(
        CriterionRow(
            answer=name,
            wording=official.get(name) or in_short.get(name, ""),
            in_short=in_short.get(name, "") if name in official and official[name] != in_short.get(name) else "",
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


def _required(site: Site, page: str, content: ItemContent, requirement: Requirement) -> RequiredRow:
    words, each = site.words, content.item
    documents = visible(content.fulfilled.get(requirement, ()))
    mark = Mark("met", words("there")) if requirement in each.fulfilled else Mark("unmet", words("missing"))
    more = more_link(site, page, len(documents) - MOST_DOCUMENTS, list_path("evidence", "item", each.item.id))
    fitting = set(requirement.types)
    refused = sum(not fitting.isdisjoint(exhibit.document.types) for exhibit in visible(content.refused))
    note = words.plural("{count} is there, but does not count", "{count} are there, but do not count", refused)
    missing = requirement not in each.fulfilled
    hint, line = _line_to_write(site, content, requirement) if missing else ("", "")
    return RequiredRow(
        type=site.requirement_label(requirement),
        mark=mark,
        note=note if refused and missing else "",
        hint=hint,
        line=line,
        documents=_lines(site, page, each.item, documents),
        more=more,
    )


_REPORT = "laporan"
_PARTS_OF_REPORT = ("undangan", "daftar-hadir", "notulen", "foto", "materi", "tangkapan-layar")
"""What reports of activities hold in practice, by the types of the shipped instrument."""


def _line_to_write(site: Site, content: ItemContent, requirement: Requirement) -> tuple[str, str]:
    """Return where to write what, if a report that counts for the item holds a required document that is missing.

    Both are empty where there is no such report.
    """
    part = next((type_ for type_ in requirement.types if type_ in _PARTS_OF_REPORT), None)
    reports = (each.document for each in visible(content.accepted) if _REPORT in each.document.types)
    report = next((each for each in reports if not each.confidential), None)
    if part is None or report is None:
        return "", ""
    key = TYPE.alias if site.language == "id" else TYPE.name
    hint = site.words("If “{report}” holds it, write there", report=report.name)
    return hint, f"{key}: [{', '.join((*report.types, part))}]"


def _helpful(site: Site, each: ItemReadiness) -> str:
    """Return which types are usual for an item besides, and whether they are there; advice that is not counted."""
    if not each.helpful:
        return ""
    there = site.words("there")
    present = set(each.helpful_present)
    named = (
        f"{site.type_label(type_)} ({there})" if type_ in present else site.type_label(type_) for type_ in each.helpful
    )
    return site.words("Helpful besides, not counted: {types}.", types=", ".join(named))


def _not_required(site: Site, each: ItemReadiness, exhibit: Exhibit) -> str:
    """Say why a document that supports an item is none of its required documents."""
    types = exhibit.document.types
    if not types:
        return site.words("It has no type, so it is none of the required documents.")
    if not each.expected:
        return ""
    labels = [site.type_label(type_) for type_ in types]
    if len(labels) == 1:
        return site.words("{type} is not among the required documents of this item.", type=labels[0])
    return site.words("{types} are not among the required documents of this item.", types=site.words.together(labels))


def _no_remark(_exhibit: Exhibit) -> str:
    return ""


def _lines(
    site: Site, page: str, item: Item, exhibits: Sequence[Exhibit], remark: Callable[[Exhibit], str] = _no_remark
) -> tuple[DocumentView, ...]:
    """Return documents for the page of an item, each with links to its other items."""
    return tuple(card(site, page, exhibit, item=item.id, remark=remark(exhibit)) for exhibit in newest(exhibits))


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
        more = words("No document is required, so it counts as supported.")
    elif each.supported:
        more = words.plural(
            "Supported by {count} accepted document.", "Supported by {count} accepted documents.", len(each.accepted)
        )
    else:
        more = words("No accepted document supports it, so it counts 0 as supported.")
    return f"{line} {more}"
