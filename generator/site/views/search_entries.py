"""The entries of the search: items, records, documents, findings, people and the unit's own pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct

from generator.markup.render import words as words_of
from generator.model.addresses import FRONT, free_page_path, item_path, person_path, record_path
from generator.model.instrument import Item, Label
from generator.model.paths import href
from generator.model.portfolio import Finding, FreePage, Record
from generator.model.text import Rendered
from generator.readiness.gaps import PersonGaps
from generator.readiness.scores import ItemReadiness
from generator.site.exhibits import CitedDocument, Exhibit, PlacedFinding
from generator.site.search.entries import LazyText, SearchEntry
from generator.site.site import Site
from generator.site.views.documents import card_link, title_of
from generator.site.views.findings import finding_anchor

TextOf = Callable[[str], str | LazyText]
"""Returns the text inside a published file, by its SHA-256."""


class Findable(Struct, frozen=True):
    """What can be found: records, documents, items, findings with the page of each, persons, the unit's pages."""

    records: Sequence[Record]
    cited: Sequence[CitedDocument]
    items: Sequence[ItemReadiness]
    findings: Sequence[tuple[PlacedFinding, str]]
    people: Sequence[PersonGaps]
    pages: Sequence[FreePage]


def search_entries(site: Site, findable: Findable, text_of: TextOf) -> tuple[SearchEntry, ...]:
    """Return everything that can be found, newest first; of restricted records only what their pages show."""
    dated = [
        *(_record(site, record) for record in findable.records),
        *(_document(site, cited, text_of) for cited in findable.cited),
        *(_finding(site, finding, page) for finding, page in findable.findings),
    ]
    return (
        *(_item(site, each) for each in findable.items),
        *(_person(site, each) for each in findable.people),
        *(_page(each) for each in findable.pages),
        *sorted(dated, key=lambda entry: (entry.day, entry.address), reverse=True),
    )


def _page(page: FreePage) -> SearchEntry:
    return SearchEntry(
        kind="page",
        title=page.title,
        address=free_page_path(page.id),
        context="",
        day="",
        areas=(),
        types=(),
        year="",
        state="",
        words=(),
        body=words_of(page.text.rendered),
    )


def _item(site: Site, each: ItemReadiness) -> SearchEntry:
    item, language = each.item, site.language
    state = "unanswered" if each.answer is None else "supported" if each.supported else "unsupported"
    return SearchEntry(
        kind="item",
        title=f"{item.id} {site.label(item)}",
        address=href(FRONT, item_path(item.id)),
        context=" › ".join(site.label(aspect) for aspect in site.instrument.path_to(item)),
        day="",
        areas=() if item.area is None else (item.area,),
        types=(),
        year="",
        state=state,
        words=tuple(site.requirement_label(requirement) for requirement in each.expected),
        body="; ".join(
            (
                *(label.in_(language) for label in _wordings(item)),
                *chain.from_iterable(map(_said, each.findings)),
            )
        ),
    )


def _wordings(item: Item) -> Iterator[Label]:
    """Yield the official question, and what each choice means in short and in the official wording."""
    if item.question is not None:
        yield item.question
    for each in item.criteria:
        yield each.label
        if each.wording is not None and each.wording != each.label:
            yield each.wording


def _record(site: Site, record: Record) -> SearchEntry:
    words = site.words
    return SearchEntry(
        kind="record",
        title=record.title,
        address=href(FRONT, record_path(record.id)),
        context=" · ".join((words.day(record.date), *record.people)),
        day=record.date.isoformat(),
        areas=() if record.area is None else (record.area,),
        types=(),
        year=str(record.date.year),
        state="",
        words=(record.id, *record.items, *record.people, *(() if record.restricted else record.tags)),
        body="" if record.restricted else _text_of_record(record.text.rendered),
    )


def _text_of_record(rendered: Rendered) -> LazyText:
    version = hashlib.sha256("\0".join(rendered.pieces).encode("utf-8", "surrogatepass")).hexdigest()
    return LazyText(version, partial(words_of, rendered))


def _finding(site: Site, placed: PlacedFinding, page: str) -> SearchEntry:
    """Return the entry of a finding, without the reasons for restricted records and drafts, which no page shows."""
    words, finding = site.words, placed.finding
    item = None if finding.item is None else site.item(finding.item)
    about = words("Findings") if item is None else f"{item.id} {site.label(item)}"
    state = "closed" if finding.closed else "open"
    open_to_all = (judgement for exhibit, judgement in placed.judged if not exhibit.record.restricted)
    reasons = (part for each in open_to_all for part in (site.wording.reason(each.reason or ""), each.note) if part)
    return SearchEntry(
        kind="finding",
        title=about,
        address=f"{href(FRONT, page)}#{finding_anchor(finding)}",
        context=" · ".join(filter(None, (words(state), words.day(finding.date), finding.assessor))),
        day=finding.date.isoformat(),
        areas=() if item is None or item.area is None else (item.area,),
        types=(),
        year=str(finding.date.year),
        state=state,
        # "Temuan belum tuntas" is what offices call one that is open.
        words=(words("Findings"), words("finding not settled") if state == "open" else words("finding settled")),
        body="\n".join((*_said(finding), *reasons)),
    )


def _said(finding: Finding) -> Iterator[str]:
    """Yield the words of a finding and of the unit's response."""
    yield words_of(finding.text.rendered)
    yield from finding.remarks()


def _person(site: Site, gaps: PersonGaps) -> SearchEntry:
    words = site.words
    return SearchEntry(
        kind="person",
        title=gaps.person,
        address=href(FRONT, person_path(gaps.person)),
        context=words.plural("{count} required document missing", "{count} required documents missing", gaps.missing),
        day="",
        areas=(),
        types=(),
        year="",
        state="",
        words=(words("People"),),
        body="",
    )


def _document(site: Site, cited: CitedDocument, text_of: TextOf) -> SearchEntry:
    exhibit = cited[0]
    document, record = exhibit.document, exhibit.record
    items = (site.item(item) for each in cited for item in each.document.items)
    label = site.types_label(document.types)
    return SearchEntry(
        kind="document",
        title=title_of(site, exhibit),
        address=exhibit.page or card_link(FRONT, exhibit).href,
        context=" · ".join((label, site.words.day(document.date), record.title)),
        day=document.date.isoformat(),
        areas=tuple(sorted({item.area for item in items if item.area is not None})),
        types=document.types,
        year=str(document.date.year),
        state="counts" if any(each.acceptance.accepted for each in cited) else "refused",
        words=tuple(_words_of_document(site, cited)),
        body=_text_of_file(exhibit, text_of),
    )


def _words_of_document(site: Site, cited: CitedDocument) -> Iterator[str]:
    """Yield the names of a document in each record that has it, without those of restricted files."""
    for each in cited:
        yield from (site.types_label(each.document.types), title_of(site, each), *each.document.items)
        if not each.document.confidential:
            yield each.document.written


def _text_of_file(exhibit: Exhibit, text_of: TextOf) -> str | LazyText:
    """Return the text inside a document, if it is a file that the site publishes."""
    file = exhibit.document.file
    if file is None or exhibit.document.confidential or exhibit.path is None:
        return ""
    return text_of(file.inspection.sha256)
