"""The worksheet as tables: all items, and an area with its items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from generator.model.addresses import ITEMS, area_path, list_path
from generator.model.instrument import Area, Aspect, Choices
from generator.model.paths import href
from generator.model.portfolio import Record
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness, standing
from generator.site.exhibits import Exhibit, PlacedFinding, PlacedText
from generator.site.site import Site
from generator.site.views.areas import AreaRow, area_row
from generator.site.views.assessments import other_answers
from generator.site.views.documents import MOST_DOCUMENTS, MOST_FINDINGS, MOST_RECORDS, DocumentView, card
from generator.site.views.downloads import register_of, register_of_area
from generator.site.views.figures import NOTHING, Mark
from generator.site.views.findings import FindingView
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.gates import covered_items
from generator.site.views.short_lists import more_link, newest, newest_findings, newest_records, visible
from generator.site.views.texts import text_html


class ItemRow(Struct, frozen=True):
    """One item as a line: its answers, its required documents as n of m, what is missing, its findings.

    `assessed_mark` is set where the assessed answer differs from the unit's; `other_answers` are those of the levels
    that do not count.
    """

    link: Link
    label: str
    answer: str
    mark: Mark
    assessed: str
    assessed_mark: Mark | None
    other_answers: str
    documents: str
    documents_mark: Mark
    missing: str
    records: int
    findings: int
    score: str
    weight: str


class Group(Struct, frozen=True):
    """A node with items, and the items."""

    id: str
    label: str
    path: str
    score: str
    weight: str
    items: tuple[ItemRow, ...]


class AreaPart(Struct, frozen=True):
    """The items of an area in one aspect, such as fulfilment: its figures, and its groups.

    Where the worksheet does not divide an area it is one part without a `label`.
    """

    id: str
    label: str
    figures: str
    groups: tuple[Group, ...]


class AreaView(Struct, frozen=True):
    """An area's page."""

    frame: Frame
    title: str
    text: tuple[Markup, ...]
    figures: AreaRow
    notes: tuple[Link, ...]
    parts: tuple[AreaPart, ...]
    refused: tuple[DocumentView, ...]
    refused_more: Link | None
    findings: tuple[FindingView, ...]
    findings_more: Link | None
    records: tuple[tuple[Link, str], ...]
    records_more: Link | None
    previous: Link | None
    next: Link | None
    downloads: tuple[Link, ...]


class ItemsView(Struct, frozen=True):
    """The page of all items."""

    frame: Frame
    title: str
    groups: tuple[Group, ...]
    texts: tuple[Markup, ...]
    downloads: tuple[Link, ...]


def item_row(site: Site, page: str, each: ItemReadiness) -> ItemRow:
    """Return an item as a line of a table on `page`."""
    words = site.words
    return ItemRow(
        link=item_link(page, each.item.id),
        label=site.label(each.item),
        answer=words.answer(each.answer.text) if each.answer is not None else "",
        mark=answer_mark(site, each),
        assessed=words.answer(each.assessed_answer.text) if each.assessed_answer is not None else NOTHING,
        assessed_mark=Mark("unmet", words("differs")) if _differs(each) else None,
        other_answers=other_answers(site, each),
        documents=words("{fulfilled} of {expected}", fulfilled=len(each.fulfilled), expected=len(each.expected)),
        documents_mark=_documents_mark(site, each),
        missing=site.missing_label(each.missing),
        records=len(each.records),
        findings=len(each.findings),
        score=words.number(each.scores.supported),
        weight=words.number(each.item.weight),
    )


def _differs(each: ItemReadiness) -> bool:
    """Whether the assessed answer differs from the unit's; figures differ where their values do."""
    own, given = each.answer, each.assessed_answer
    if given is None:
        return False
    if own is None:
        return True
    return own.value != given.value or (isinstance(each.item.scale, Choices) and own.text != given.text)


def _documents_mark(site: Site, each: ItemReadiness) -> Mark:
    words = site.words
    if not each.expected:
        return Mark("unknown", words("none required"))
    return Mark("unmet", words("incomplete")) if each.missing else Mark("met", words("complete"))


def answer_mark(site: Site, each: ItemReadiness) -> Mark:
    """Return whether an item is answered and supported."""
    state = "unknown" if each.answer is None or not each.value else "met" if each.supported else "unmet"
    return Mark(state, site.wording.answer_state(each))


def groups(
    site: Site, page: str, readiness: Readiness, items: Sequence[ItemReadiness] | None = None
) -> tuple[Group, ...]:
    """Return the nodes that hold items, with some of the items or all."""
    words = site.words
    by_id = {each.item.id: each for each in (readiness.items if items is None else items)}
    found = []

    def walk(aspect: Aspect, above: tuple[str, ...]) -> None:
        label = site.label(aspect)
        own = [by_id[item.id] for item in aspect.items if item.id in by_id]
        if own:
            node = readiness.nodes[aspect.id]
            found.append(
                Group(
                    id=aspect.id,
                    label=label,
                    path=" › ".join(above),
                    score=words.number(node.scores.supported),
                    weight=words.number(node.weight),
                    items=tuple(item_row(site, page, each) for each in own),
                )
            )
        for child in aspect.children:
            walk(child, (*above, label))

    for top in site.instrument.tree:
        walk(top, ())
    return tuple(found)


NumberedText = tuple[int, PlacedText]
"""A text of the unit's team, and its number among all of them, which keeps its ids apart on a page."""


class AreaContent(Struct, frozen=True):
    """What an area's page shows in addition to the figures: texts, records, findings, documents that do not count."""

    number: int
    texts: tuple[NumberedText, ...]
    records: tuple[Record, ...]
    findings: tuple[PlacedFinding, ...]
    refused: tuple[Exhibit, ...]


def area_page(site: Site, frame: Frame, readiness: Readiness, content: AreaContent) -> AreaView:
    """Return an area's page."""
    words, number = site.words, content.number
    page, areas = area_path(number), site.instrument.areas
    here = next(position for position, each in enumerate(areas) if each.number == number)
    records, findings, refused = content.records, content.findings, visible(content.refused)
    refused_list = list_path("evidence", "state", "refused")
    return AreaView(
        frame=frame,
        title=words("Area {area}", area=site.label(areas[here])),
        text=_texts(site, page, content.texts),
        figures=area_row(site, page, readiness, number),
        notes=tuple(_area_notes(site, findings, refused)),
        parts=_parts(site, page, readiness, number),
        refused=tuple(card(site, page, exhibit) for exhibit in newest(refused)),
        refused_more=more_link(site, page, len(refused) - MOST_DOCUMENTS, refused_list),
        findings=newest_findings(site, page, findings),
        findings_more=more_link(site, page, len(findings) - MOST_FINDINGS, list_path("findings", "area", str(number))),
        records=newest_records(site, page, records),
        records_more=more_link(site, page, len(records) - MOST_RECORDS, list_path("records", "area", str(number))),
        previous=_area_link(site, page, areas[here - 1]) if here else None,
        next=_area_link(site, page, areas[here + 1]) if here + 1 < len(areas) else None,
        downloads=register_of_area(site, page, number),
    )


def _parts(site: Site, page: str, readiness: Readiness, number: int) -> tuple[AreaPart, ...]:
    """Return the items of an area by the aspects that the worksheet divides it into."""
    paths = {each.item.id: site.instrument.path_to(each.item) for each in readiness.items if each.item.area == number}
    depth = next(
        (n for n, level in enumerate(zip(*paths.values(), strict=False)) if len({aspect.id for aspect in level}) > 1),
        None,
    )
    if depth is None:
        own = tuple(each for each in readiness.items if each.item.id in paths)
        return (AreaPart("", "", "", groups(site, page, readiness, own)),)
    aspects = {path[depth].id: path[depth] for path in paths.values()}
    return tuple(
        _part(
            site,
            page,
            readiness,
            aspect,
            tuple(e for e in readiness.items if e.item.id in paths and paths[e.item.id][depth].id == id_),
        )
        for id_, aspect in aspects.items()
    )


def _part(site: Site, page: str, readiness: Readiness, aspect: Aspect, items: tuple[ItemReadiness, ...]) -> AreaPart:
    """Return the items of an area that are in one aspect, with their figures."""
    words, figures = site.words, standing(items)
    coverage = figures.coverage
    line = " · ".join(
        (
            words("{fulfilled} of {expected} required", fulfilled=coverage.fulfilled, expected=coverage.expected),
            covered_items(site, figures.covered),
            words(
                "score {score} of {weight}",
                score=words.number(figures.scores.supported),
                weight=words.number(figures.weight),
            ),
        )
    )
    return AreaPart(aspect.id, site.label(aspect), line, groups(site, page, readiness, items))


def _texts(site: Site, page: str, texts: Sequence[NumberedText]) -> tuple[Markup, ...]:
    return tuple(text_html(site, page, text, part=f"s{number}") for number, text in texts if not text.empty)


def _area_notes(site: Site, findings: Sequence[PlacedFinding], refused: Sequence[Exhibit]) -> Iterator[Link]:
    """Yield the notes beside an area's figures: open findings, documents that do not count."""
    words = site.words
    open_ = sum(not each.finding.closed for each in findings)
    if open_:
        yield Link(words.plural("{count} open finding", "{count} open findings", open_), "#findings")
    if refused:
        note = words.plural("{count} document that does not count", "{count} documents that do not count", len(refused))
        yield Link(note, "#refused")


def _area_link(site: Site, page: str, area: Area) -> Link:
    return Link(site.label(area), href(page, area_path(area.number)))


def items_page(site: Site, frame: Frame, readiness: Readiness, texts: Sequence[NumberedText]) -> ItemsView:
    """Return the page of all items."""
    return ItemsView(
        frame,
        site.words("Items"),
        groups(site, ITEMS, readiness),
        _texts(site, ITEMS, texts),
        register_of(site, ITEMS, "items"),
    )
