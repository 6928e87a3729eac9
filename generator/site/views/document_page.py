"""The page of a document's file: one address for its bytes, with all records, items and verdicts that concern it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from generator.model.addresses import FILES, FRONT, RECORDS
from generator.model.paths import href
from generator.site.exhibits import CitedDocument, DocumentVerdict, Exhibit
from generator.site.site import Site
from generator.site.views.documents import DocumentView, card, title_of
from generator.site.views.figures import Mark
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.short_lists import more_link

MOST_CITATIONS = 200
"""The most records on the page of one document, so that no page grows past half a megabyte."""


class CitationRow(Struct, frozen=True):
    """One record that cites the document: its day, what it calls the document, its items, whether it counts there."""

    record: Link
    date: str
    title: str
    pages: str
    items: tuple[Link, ...]
    mark: Mark
    why: tuple[str, ...]


class DocumentVerdictRow(Struct, frozen=True):
    """What one finding says of the document; `changed` where it spoke of other bytes."""

    finding: Link
    assessor: str
    item: Link | None
    mark: Mark
    reason: str
    changed: str


class DocumentPageView(Struct, frozen=True):
    """The page of a document. `files` are the names of its bytes in the site, `items` those that it counts for.

    `open` is the word before the link that opens it, `address` the permanent address of the page.
    """

    frame: Frame
    title: str
    document: DocumentView
    open: str
    address: str
    files: tuple[Link, ...]
    items: tuple[tuple[Link, str], ...]
    count: str
    citations: tuple[CitationRow, ...]
    more: Link | None
    verdicts: tuple[DocumentVerdictRow, ...]


def document_page(
    site: Site, frame: Frame, page: str, cited: CitedDocument, verdicts: tuple[DocumentVerdict, ...]
) -> DocumentPageView:
    """Return the page of a document from every published, open entry that cites its bytes."""
    words, first = site.words, cited[0]
    document, title = card(site, page, first), title_of(site, first)
    paths = {each.path: None for each in cited if each.path is not None}
    counting = {item: None for each in cited if each.acceptance.accepted for item in each.document.items}
    shown = (document, *(card(site, page, each) for each in cited[1:MOST_CITATIONS]))
    return DocumentPageView(
        frame=frame,
        title=title,
        document=document,
        open=words("Download the file") if document.download else words("Open it"),
        address=f"{site.site_url}{href(FRONT, page)}",
        files=tuple(Link(path.removeprefix(FILES), href(page, path)) for path in paths),
        items=tuple((item_link(page, each), site.label(site.item(each))) for each in counting),
        count=words.plural("{count} record", "{count} records", len({each.record.id for each in cited})),
        citations=tuple(_citation(site, title, *each) for each in zip(shown, cited, strict=False)),
        more=more_link(site, page, len(cited) - len(shown), RECORDS),
        verdicts=tuple(dict.fromkeys(_verdicts(site, page, verdicts))),
    )


def _citation(site: Site, title: str, shown: DocumentView, of: Exhibit) -> CitationRow:
    return CitationRow(
        record=shown.record,
        date=site.words.day(of.record.date),
        title="" if shown.title == title else shown.title,
        pages=shown.pages,
        items=shown.items,
        mark=shown.mark,
        why=shown.why,
    )


def _verdicts(site: Site, page: str, verdicts: Iterable[DocumentVerdict]) -> Iterable[DocumentVerdictRow]:
    words = site.words
    for each in verdicts:
        mark = Mark("met", words("accepted")) if each.accepted else Mark("unmet", words("rejected"))
        path, _, anchor = each.address.partition("#")
        yield DocumentVerdictRow(
            finding=Link(words("Finding of {day}", day=words.day(each.date)), href(page, path, anchor)),
            assessor=" · ".join(filter(None, (each.assessor, each.level.value))),
            item=None if each.item is None else item_link(page, each.item),
            mark=Mark("unknown", mark.word) if each.stale else mark,
            reason=". ".join(filter(None, (site.wording.reason(each.reason), each.note))),
            changed=words("The document was replaced after this verdict.") if each.stale else "",
        )
