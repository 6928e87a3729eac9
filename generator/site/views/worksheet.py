"""The worksheet: an area, all items, one item."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from markupsafe import Markup

from generator.model.instrument import Aspect, Choices, Decrease, Item, Linear, Ratio, roles_of
from generator.model.paths import href
from generator.model.portfolio import Answer, Document, Finding, Record
from generator.readiness.scores import ItemReadiness
from generator.site.views.common import (
    COMPUTATION,
    ITEMS,
    MOST_DOCUMENTS,
    MOST_FINDINGS,
    MOST_RECORDS,
    NOTHING,
    DocumentView,
    Figure,
    Frame,
    Link,
    Mark,
    Scene,
    area_path,
    item_path,
    list_path,
    person_path,
)
from generator.site.views.front import AreaRow, area_row


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item as a line: its answer and the assessors', its documents as n of m with the missing named, its findings.

    `assessed_mark` is there where the assessors' answer is another than the unit's.
    """

    link: Link
    label: str
    answer: str
    mark: Mark
    assessed: str
    assessed_mark: Mark | None
    documents: str
    documents_mark: Mark
    missing: str
    records: int
    findings: int
    score: str
    weight: str


@dataclass(frozen=True, slots=True)
class Group:
    """A node with items, and the items."""

    id: str
    label: str
    path: str
    score: str
    weight: str
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True, weakref_slot=True)
class FindingView:
    """One finding, wherever it is shown: its title is its item, after `link`, or what else it is about."""

    anchor: str
    title: str
    link: Link | None
    date: str
    assessor: str
    answer: str
    mark: Mark
    text: Markup
    documents: tuple[tuple[Link, str, str], ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area's page."""

    frame: Frame
    title: str
    number: int
    text: tuple[Markup, ...]
    figures: AreaRow
    notes: tuple[Link, ...]
    groups: tuple[Group, ...]
    refused: tuple[DocumentView, ...]
    refused_more: Link | None
    findings: tuple[FindingView, ...]
    findings_more: Link | None
    records: tuple[tuple[Link, str], ...]
    records_more: Link | None
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class ItemsView:
    """The page of all items."""

    frame: Frame
    title: str
    groups: tuple[Group, ...]
    texts: tuple[Markup, ...]


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
    """One expected document type, with what fulfils it."""

    type: str
    mark: Mark
    note: str
    documents: tuple[DocumentView, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item's page. `scale` says how an answer is given that is none of those in `criteria`, `counts` of what."""

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


def item_row(scene: Scene, page: str, each: ItemReadiness) -> ItemRow:
    """Return an item as a line of a table on `page`."""
    words = scene.words
    missing = [scene.type_label(type_) for type_ in each.missing]
    return ItemRow(
        link=scene.item_link(page, each.item.id),
        label=each.item.label.in_(words.language),
        answer=words.answer(each.answer.text) if each.answer is not None else "",
        mark=_answer_mark(scene, each),
        assessed=words.answer(each.assessed_answer.text) if each.assessed_answer is not None else NOTHING,
        assessed_mark=Mark("unmet", words("differs")) if _differs(each) else None,
        documents=words("{fulfilled} of {expected}", fulfilled=len(each.fulfilled), expected=len(each.expected)),
        documents_mark=_documents_mark(scene, each),
        missing=", ".join(missing),
        records=len(each.records),
        findings=len(each.findings),
        score=words.number(each.scores.supported),
        weight=words.number(each.item.weight),
    )


def _differs(each: ItemReadiness) -> bool:
    """Whether the assessors gave another answer than the unit; of two answers that are figures, another value."""
    own, given = each.answer, each.assessed_answer
    if given is None:
        return False
    if own is None:
        return True
    return own.value != given.value or (isinstance(each.item.scale, Choices) and own.text != given.text)


def _types(scene: Scene, each: ItemReadiness) -> str:
    """Say how many of the document types that an item expects are there."""
    return scene.words("{fulfilled} of {expected} types", fulfilled=len(each.fulfilled), expected=len(each.expected))


def _documents_mark(scene: Scene, each: ItemReadiness) -> Mark:
    words = scene.words
    if not each.expected:
        return Mark("unknown", words("none expected"))
    return Mark("unmet", words("incomplete")) if each.missing else Mark("met", words("complete"))


def _answer_mark(scene: Scene, each: ItemReadiness) -> Mark:
    words = scene.words
    if each.answer is None:
        return Mark("unknown", words("not answered"))
    if not each.value:
        return Mark("unknown", words("worth 0"))
    return Mark("met", words("supported")) if each.supported else Mark("unmet", words("not supported"))


def groups(scene: Scene, page: str, area: int | None = None) -> tuple[Group, ...]:
    """Return the nodes that hold items, with the items of one area or of all."""
    words = scene.words
    by_id = {each.item.id: each for each in scene.readiness.items}
    found = []

    def walk(aspect: Aspect, above: tuple[str, ...]) -> None:
        label = aspect.label.in_(words.language)
        items = [item for item in aspect.items if area is None or item.area == area]
        if items:
            standing = scene.readiness.nodes[aspect.id]
            found.append(
                Group(
                    id=aspect.id,
                    label=label,
                    path=" › ".join(above),
                    score=words.number(standing.scores.supported),
                    weight=words.number(standing.weight),
                    items=tuple(item_row(scene, page, by_id[item.id]) for item in items),
                )
            )
        for child in aspect.children:
            walk(child, (*above, label))

    for top in scene.instrument.tree:
        walk(top, ())
    return tuple(found)


def area_view(scene: Scene, number: int) -> AreaView:
    """Return an area's page."""
    words, readiness = scene.words, scene.readiness
    page = area_path(number)
    numbers = [area.number for area in scene.instrument.areas]
    area = next(each for each in scene.instrument.areas if each.number == number)
    here = numbers.index(number)
    of_area = {item.id for item in scene.instrument.items() if item.area == number}
    portfolio = readiness.portfolio
    records = [record for record in portfolio.published() if record.area == number]
    findings = [each for each in portfolio.findings if each.item in of_area and each.date <= readiness.on]
    refused = _refused(scene, of_area)
    refused_list = list_path("evidence", "state", "refused")
    return AreaView(
        frame=scene.frame(page),
        title=words("Area {area}", area=f"{number}. {area.label.in_(words.language)}"),
        number=number,
        text=tuple(
            scene.text(page, statement.text, part=f"s{number_}")
            for number_, statement in enumerate(portfolio.statements, start=1)
            if number in statement.areas and statement.text.rendered.pieces != ("",)
        ),
        figures=area_row(scene, page, number),
        notes=tuple(_area_notes(scene, findings, refused)),
        groups=groups(scene, page, number),
        refused=_newest(scene, page, refused),
        refused_more=_more(scene, page, len(refused) - MOST_DOCUMENTS, refused_list),
        findings=_newest_findings(scene, page, findings),
        findings_more=_more(scene, page, len(findings) - MOST_FINDINGS, list_path("findings", "area", str(number))),
        records=_record_lines(scene, page, records),
        records_more=_more(scene, page, len(records) - MOST_RECORDS, list_path("records", "area", str(number))),
        previous=_area_link(scene, page, numbers[here - 1]) if here else None,
        next=_area_link(scene, page, numbers[here + 1]) if here + 1 < len(numbers) else None,
    )


def _refused(scene: Scene, items: Collection[str]) -> tuple[Document, ...]:
    """Return the documents for these items that do not count, each once."""
    found = (document for each in scene.readiness.items if each.item.id in items for document in each.refused)
    return _visible(scene, {document.key: document for document in found}.values())


def _area_notes(scene: Scene, findings: Sequence[Finding], refused: Sequence[Document]) -> Iterator[Link]:
    """Yield what an area's figures do not tell: findings that are open, documents that do not count."""
    words = scene.words
    open_ = sum(not finding.closed for finding in findings)
    if open_:
        yield Link(words.plural("{count} open finding", "{count} open findings", open_), "#findings")
    if refused:
        told = words.plural("{count} document that does not count", "{count} documents that do not count", len(refused))
        yield Link(told, "#refused")


def _area_link(scene: Scene, page: str, number: int) -> Link:
    area = next(each for each in scene.instrument.areas if each.number == number)
    return Link(f"{number}. {area.label.in_(scene.words.language)}", href(page, area_path(number)))


def items_view(scene: Scene) -> ItemsView:
    """Return the page of all items."""
    texts = (
        scene.text(ITEMS, statement.text, part=f"s{number}")
        for number, statement in enumerate(scene.readiness.portfolio.statements, start=1)
        if not statement.areas and statement.text.rendered.pieces != ("",)
    )
    return ItemsView(scene.frame(ITEMS), scene.words("Items"), groups(scene, ITEMS), tuple(texts))


def finding_anchor(finding: Finding) -> str:
    """Return the id of a finding on its page: a digest, because a file's name may hold what an id may not."""
    return "f-" + hashlib.sha256(finding.path.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def finding_view(scene: Scene, page: str, finding: Finding) -> FindingView:
    """Return a finding for a page."""
    words = scene.words
    anchor = finding_anchor(finding)
    named = _item_to_name(page, finding)
    documents = []
    for judgement in finding.judgements:
        record = scene.record(judgement.document[0])
        if record.draft:
            continue
        document = next(each for each in record.documents if each.key == judgement.document)
        title = scene.title_of(document)
        verdict = words("accepted") if judgement.accepted else words("rejected")
        link = Link(title, scene.card_link(page, document, record).href)
        documents.append((link, verdict, "" if record.restricted else judgement.reason or ""))
    return FindingView(
        anchor=anchor,
        title=_finding_title(scene, page, finding, [link.text for link, *_ in documents]),
        link=None if named is None else scene.item_link(page, named),
        date=words.day(finding.date),
        assessor=finding.assessor or "",
        answer=words.answer(finding.answer.text) if finding.answer is not None else "",
        mark=Mark("met", words("closed")) if finding.closed else Mark("unmet", words("open")),
        text=scene.text(page, finding.text, part=anchor),
        documents=tuple(documents),
    )


def _item_to_name(page: str, finding: Finding) -> str | None:
    """Return the item that a finding is told by on a page: none on the page of that item itself."""
    return finding.item if finding.item is not None and page != item_path(finding.item) else None


def _finding_title(scene: Scene, page: str, finding: Finding, documents: Sequence[str]) -> str:
    words, item = scene.words, _item_to_name(page, finding)
    if item is not None:
        return scene.item(item).label.in_(words.language)
    if finding.item is None and documents:
        return words("On {documents}", documents=words.together(list(documents)))
    return words("Finding of {day}", day=words.day(finding.date))


def item_view(
    scene: Scene, each: ItemReadiness, previous: ItemReadiness | None, following: ItemReadiness | None
) -> ItemView:
    """Return an item's page, with the items before and after it in the worksheet."""
    words, item = scene.words, each.item
    page = item_path(item.id)
    language = words.language
    fulfilling = {document.key for documents in each.fulfilled.values() for document in documents}
    other = _visible(scene, (document for document in each.accepted if document.key not in fulfilling))
    refused = _visible(scene, each.refused)
    hidden = len(each.accepted) + len(each.refused) - len(_visible(scene, (*each.accepted, *each.refused)))
    all_documents = list_path("evidence", "item", item.id)
    area = next((area for area in scene.instrument.areas if area.number == item.area), None)
    return ItemView(
        frame=scene.frame(page),
        title=f"{item.id} {item.label.in_(language)}",
        id=item.id,
        label=item.label.in_(language),
        path=tuple(aspect.label.in_(language) for aspect in scene.instrument.path_to(item)),
        area=Link(f"{area.number}. {area.label.in_(language)}", href(page, area_path(area.number))) if area else None,
        answer=words.answer(each.answer.text) if each.answer is not None else "",
        note=(each.answer.note or "") if each.answer is not None else "",
        answer_mark=_answer_mark(scene, each),
        assessed=words.answer(each.assessed_answer.text) if each.assessed_answer is not None else "",
        flag=words("0 of 0: counted as fulfilled, because there was nothing to count.")
        if each.answer is not None and each.answer.nothing_of_nothing
        else "",
        scale=_scale(scene, item),
        counts=_counts(scene, item),
        criteria=_criteria(scene, item, each.answer, each.assessed_answer),
        inputs=_inputs(scene, item, each.answer),
        expected=tuple(_expected(scene, page, each, type_) for type_ in each.expected),
        coverage=_types(scene, each),
        missing=", ".join(scene.type_label(type_) for type_ in each.missing),
        people=tuple(
            Link(person, href(page, person_path(person)))
            for person in dict.fromkeys(person for record in each.records for person in record.people)
        ),
        other=_lines(scene, page, item, other),
        other_more=_more(scene, page, len(other) - MOST_DOCUMENTS, all_documents),
        refused=_lines(scene, page, item, refused),
        refused_more=_more(scene, page, len(refused) - MOST_DOCUMENTS, all_documents),
        hidden=words.plural(
            "{count} document of restricted records is not named here.",
            "{count} documents of restricted records are not named here.",
            hidden,
        )
        if hidden
        else "",
        records=_record_lines(scene, page, each.records),
        records_more=_more(scene, page, len(each.records) - MOST_RECORDS, list_path("records", "item", item.id)),
        findings=_newest_findings(scene, page, each.findings),
        findings_more=_more(scene, page, len(each.findings) - MOST_FINDINGS, list_path("findings", "item", item.id)),
        derivation=derivation(scene, each),
        computation=Link(words("How it was computed"), href(page, COMPUTATION, f"line-{item.id}")),
        previous=_labelled(scene, page, previous),
        next=_labelled(scene, page, following),
        next_open=_next_open(scene, page, each),
    )


def _labelled(scene: Scene, page: str, each: ItemReadiness | None) -> Link | None:
    if each is None:
        return None
    return Link(f"{each.item.id} {each.item.label.in_(scene.words.language)}", href(page, item_path(each.item.id)))


def _next_open(scene: Scene, page: str, here: ItemReadiness) -> Link | None:
    """Return the next item that the assessors have not answered, once they have begun; round from the last one."""
    items = scene.readiness.items
    if not any(each.assessed_answer for each in items):
        return None
    position = items.index(here)
    rest = (*items[position + 1 :], *items[:position])
    return _labelled(scene, page, next((each for each in rest if each.assessed_answer is None), None))


def _scale(scene: Scene, item: Item) -> str:
    words = scene.words
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


def _counts(scene: Scene, item: Item) -> tuple[tuple[str, str], ...]:
    """Return the counts that an answer is made of, by the part they have in it."""
    words = scene.words
    parts = {"of": words("Counted"), "over": words("Out of"), "before": words("Before"), "now": words("Now")}
    wanted = roles_of(item.scale)
    return tuple(
        (parts[each.role], each.label.in_(words.language))
        for role in parts
        for each in item.inputs
        if each.role == role and role in wanted
    )


def _criteria(scene: Scene, item: Item, answer: Answer | None, assessed: Answer | None) -> tuple[Criterion, ...]:
    if not isinstance(item.scale, Choices):
        return ()
    wording = {name: label.in_(scene.words.language) for name, label in item.criteria}
    figures = scene.column([scene.words.exact(value) for _, value in item.scale.values])
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


def _inputs(scene: Scene, item: Item, answer: Answer | None) -> tuple[tuple[str, str], ...]:
    given = dict(answer.inputs) if answer is not None else {}
    if not given:
        return ()  # the answer was given as a figure of its own, or not at all
    return tuple(
        (each.label.in_(scene.words.language), scene.words.exact(given[each.key]) if each.key in given else "–")
        for each in item.inputs
    )


def _expected(scene: Scene, page: str, each: ItemReadiness, type_: str) -> Expected:
    words = scene.words
    documents = _visible(scene, each.fulfilled.get(type_, ()))
    mark = Mark("met", words("there")) if type_ in each.fulfilled else Mark("unmet", words("missing"))
    more = _more(scene, page, len(documents) - MOST_DOCUMENTS, list_path("evidence", "item", each.item.id))
    refused = sum(document.type == type_ for document in _visible(scene, each.refused))
    note = words.plural("{count} is there, but does not count", "{count} are there, but do not count", refused)
    return Expected(
        scene.type_label(type_),
        mark,
        note if refused and type_ not in each.fulfilled else "",
        _lines(scene, page, each.item, documents),
        more,
    )


def _visible(scene: Scene, documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return the documents that a page may tell of: of a restricted record no more is told than that there are some."""
    return tuple(document for document in documents if not scene.record(document.key[0]).restricted)


def has_many_documents(scene: Scene, each: ItemReadiness) -> bool:
    """Whether an item's page has to cut one of its lists of documents."""
    lists = (*each.fulfilled.values(), each.accepted, each.refused)
    return any(len(_visible(scene, documents)) > MOST_DOCUMENTS for documents in lists)


def _newest(scene: Scene, page: str, documents: Sequence[Document]) -> tuple[DocumentView, ...]:
    return tuple(scene.kept_card(page, document) for document in _by_date(documents))


def _by_date(documents: Sequence[Document]) -> Sequence[Document]:
    """Return the newest of documents, as many as a page names."""
    return sorted(documents, key=lambda document: document.date, reverse=True)[:MOST_DOCUMENTS]


def _lines(scene: Scene, page: str, item: Item, documents: Sequence[Document]) -> tuple[DocumentView, ...]:
    """Return documents for the page of an item: each names the other items that it is for."""
    return tuple(
        replace(
            scene.kept_card(page, document),
            items=scene.item_links(
                page, [each for each in document.items if each != item.id], scene.record(document.key[0])
            ),
        )
        for document in _by_date(documents)
    )


def _newest_findings(scene: Scene, page: str, findings: Sequence[Finding]) -> tuple[FindingView, ...]:
    newest = sorted(findings, key=lambda finding: finding.date, reverse=True)[:MOST_FINDINGS]
    return tuple(finding_view(scene, page, finding) for finding in newest)


def _record_lines(scene: Scene, page: str, records: Sequence[Record]) -> tuple[tuple[Link, str], ...]:
    newest = sorted(records, key=lambda record: record.date, reverse=True)[:MOST_RECORDS]
    return tuple((scene.record_link(page, record), scene.words.day(record.date)) for record in newest)


def _more(scene: Scene, page: str, left: int, target: str) -> Link | None:
    """Return the way to the whole list where `left` of it could not be shown."""
    if left <= 0:
        return None
    return Link(
        scene.words.plural("{count} more: the whole list", "{count} more: the whole list", left), href(page, target)
    )


def _formula(scene: Scene, item: Item, answer: Answer) -> str:
    """Write how an answer's value comes from the figures given, as in "(8 − 2) / 8 = ".

    Empty where the answer is a choice, and where the value is not what the division gives: it is capped to 0 and 1.
    """
    words, given = scene.words, dict(answer.inputs)
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


def derivation(scene: Scene, each: ItemReadiness) -> str:
    """Say in one line how an item's score comes about."""
    words = scene.words
    weight = words.exact(each.item.weight, 6)
    if each.answer is None:
        return words("Not answered: 0 of {weight}.", weight=weight)
    line = words(
        "Answer {answer} is worth {value}; times the weight {weight} makes {score}.",
        answer=words.answer(each.answer.text),
        value=_formula(scene, each.item, each.answer) + words.exact(each.value, 6),
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
