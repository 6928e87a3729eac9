"""What can be found: items, records, documents, findings, people and pages as entries of the search, and its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.markup.render import words as words_of
from generator.model.paths import href
from generator.model.portfolio import Document, Finding, Record
from generator.readiness.gaps import Gaps, PersonGaps
from generator.readiness.scores import ItemReadiness
from generator.site import search
from generator.site.search import Facet, Option, SearchEntry
from generator.site.views.common import (
    ASSETS,
    EVIDENCE,
    FRONT,
    ITEMS,
    RECORDS,
    SEARCH,
    Frame,
    Link,
    Scene,
    free_page_path,
    item_path,
    person_path,
    record_path,
)
from generator.site.views.lists import Cited, finding_pages, register
from generator.site.views.worksheet import finding_anchor

TextOf = Callable[[str], str]
"""Returns the text inside a published file, by its SHA-256."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page: what it narrows by, the scripts it runs, and the lists that need none.

    `root` leads from the page to the site's root, and `shards` to the folder of the index.
    """

    frame: Frame
    title: str
    language: str
    root: str
    shards: str
    facets: tuple[Facet, ...]
    scripts: tuple[str, ...]
    lists: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _FileText:
    """The text of a file, read when it is indexed."""

    of: TextOf
    sha256: str

    def __call__(self) -> str:
        return self.of(self.sha256)


def search_view(scene: Scene, entries: tuple[SearchEntry, ...]) -> SearchView:
    """Return the search page of a site with these entries."""
    words, language = scene.words, scene.words.language
    scripts = search.scripts(language, theme=f"{ASSETS}/search.js")
    lists = ((words("Items"), ITEMS), (words("Records"), RECORDS), (words("Evidence"), EVIDENCE))
    return SearchView(
        frame=scene.frame(SEARCH),
        title=words("Search"),
        language=language,
        root="",
        shards=search.FOLDER,
        facets=tuple(_facets(scene, entries)),
        scripts=tuple(href(SEARCH, script) for script in scripts),
        lists=tuple(Link(name, href(SEARCH, path)) for name, path in lists),
    )


def _facets(scene: Scene, entries: tuple[SearchEntry, ...]) -> Iterator[Facet]:
    """Yield what the entries can be narrowed by; a value that no entry has is no choice."""
    words, language = scene.words, scene.words.language
    kinds = {
        "item": words("Items"),
        "record": words("Records"),
        "document": words("Documents"),
        "finding": words("Findings"),
        "person": words("People"),
        "page": words("Pages"),
    }
    states = {
        "supported": words("supported"),
        "unsupported": words("not supported"),
        "unanswered": words("not answered"),
        "counts": words("counts"),
        "refused": words("does not count"),
        "open": words("open"),
        "closed": words("closed"),
    }
    types = {id_: scene.type_label(id_) for id_ in scene.instrument.document_types}
    areas = {str(area.number): f"{area.number}. {area.label.in_(language)}" for area in scene.instrument.areas}
    years = {year: year for year in sorted({each.year for each in entries}, reverse=True)}
    yield _facet("kind", words("Kind"), kinds, {each.kind for each in entries})
    yield _facet("area", words("Area of change"), areas, {str(area) for each in entries for area in each.areas})
    yield _facet("state", words("State"), states, {each.state for each in entries})
    yield _facet("year", words("Year"), years, {each.year for each in entries})
    yield _facet("type", words("Document type"), types, {each.type for each in entries})


def _facet(identifier: str, label: str, labels: dict[str, str], used: set[str]) -> Facet:
    return Facet(identifier, label, tuple(Option(id_, name) for id_, name in labels.items() if id_ and id_ in used))


def entries(scene: Scene, text_of: TextOf) -> tuple[SearchEntry, ...]:
    """Return everything that can be found, newest first; of what is restricted no more than its page shows."""
    portfolio, places = scene.readiness.portfolio, finding_pages(scene.readiness)
    dated = [
        *(_record(scene, record) for record in portfolio.published()),
        *(_document(scene, cited, text_of) for cited in register(scene)),
        *(_finding(scene, each, places[each.path]) for each in portfolio.findings if each.path in places),
    ]
    return (
        *(_item(scene, each) for each in scene.readiness.items),
        *(_person(scene, each) for each in Gaps(scene.readiness).people),
        *(
            SearchEntry(
                "page", each.title, free_page_path(each.id), "", "", (), "", "", "", (), words_of(each.text.rendered)
            )
            for each in portfolio.pages
        ),
        *sorted(dated, key=lambda entry: (entry.day, entry.address), reverse=True),
    )


def _item(scene: Scene, each: ItemReadiness) -> SearchEntry:
    item, language = each.item, scene.words.language
    state = "unanswered" if each.answer is None else "supported" if each.supported else "unsupported"
    return SearchEntry(
        kind="item",
        title=f"{item.id} {item.label.in_(language)}",
        address=href(FRONT, item_path(item.id)),
        context=scene.path_of(item),
        day="",
        areas=() if item.area is None else (item.area,),
        type="",
        year="",
        state=state,
        words=tuple(scene.type_label(type_) for type_ in each.expected),
        body="; ".join(
            (
                *(label.in_(language) for _, label in item.criteria),
                *(words_of(finding.text.rendered) for finding in each.findings),
            )
        ),
    )


def _record(scene: Scene, record: Record) -> SearchEntry:
    words = scene.words
    return SearchEntry(
        kind="record",
        title=record.title,
        address=href(FRONT, record_path(record.id)),
        context=" · ".join((words.day(record.date), *record.people)),
        day=record.date.isoformat(),
        areas=() if record.area is None else (record.area,),
        type="",
        year=str(record.date.year),
        state="",
        words=(record.id, *record.items, *record.people, *(() if record.restricted else record.tags)),
        body="" if record.restricted else words_of(record.text.rendered),
    )


def _finding(scene: Scene, finding: Finding, page: str) -> SearchEntry:
    """Return a finding; reasons given for a restricted record stay on no page, so they are not found either."""
    words = scene.words
    item = None if finding.item is None else scene.item(finding.item)
    about = words("Findings") if item is None else f"{item.id} {item.label.in_(words.language)}"
    state = "closed" if finding.closed else "open"
    reasons = (
        judgement.reason or ""
        for judgement in finding.judgements
        if not (record := scene.record(judgement.document[0])).restricted and not record.draft
    )
    return SearchEntry(
        kind="finding",
        title=about,
        address=f"{href(FRONT, page)}#{finding_anchor(finding)}",
        context=" · ".join(filter(None, (words(state), words.day(finding.date), finding.assessor))),
        day=finding.date.isoformat(),
        areas=() if item is None or item.area is None else (item.area,),
        type="",
        year=str(finding.date.year),
        state=state,
        # "Temuan belum tuntas" is what offices call one that is open.
        words=(words("Findings"), words("finding not settled") if state == "open" else words("finding settled")),
        body="\n".join((words_of(finding.text.rendered), *reasons)),
    )


def _person(scene: Scene, gaps: PersonGaps) -> SearchEntry:
    words = scene.words
    return SearchEntry(
        kind="person",
        title=gaps.person,
        address=href(FRONT, person_path(gaps.person)),
        context=words.plural("{count} document type missing", "{count} document types missing", gaps.missing),
        day="",
        areas=(),
        type="",
        year="",
        state="",
        words=(words("People"),),
        body="",
    )


def _document(scene: Scene, cited: Cited, text_of: TextOf) -> SearchEntry:
    document = cited[0]
    records = [scene.record(each.key[0]) for each in cited]
    areas = {item.area for each in cited for item in map(scene.item, each.items) if item.area is not None}
    accepted = any(scene.readiness.acceptance[each.key].accepted for each in cited)
    label = scene.type_label(document.type)
    return SearchEntry(
        kind="document",
        title=scene.title_of(document),
        address=scene.card_link(FRONT, document, records[0]).href,
        context=" · ".join((label, scene.words.day(document.date), records[0].title)),
        day=document.date.isoformat(),
        areas=tuple(sorted(areas)),
        type=document.type or "",
        year=str(document.date.year),
        state="counts" if accepted else "refused",
        words=tuple(_words_of_document(scene, cited)),
        body=_text_of_file(scene, document, text_of),
    )


def _words_of_document(scene: Scene, cited: Cited) -> Iterator[str]:
    """Yield what a document is called in each record that names it; the name of a restricted file is not found."""
    for each in cited:
        yield from (scene.type_label(each.type), scene.title_of(each), *each.items)
        if not each.confidential:
            yield each.written


def _text_of_file(scene: Scene, document: Document, text_of: TextOf) -> str | _FileText:
    """Return the text inside a document, if it is a file that the site publishes."""
    file = document.file
    if file is None or document.confidential or file.reference not in scene.published.files:
        return ""
    return _FileText(text_of, file.inspection.sha256)
