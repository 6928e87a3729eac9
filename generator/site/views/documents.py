"""One document on a page, as a card or a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.evidence import ending
from generator.evidence.filetypes import Shown, file_type
from generator.evidence.previews import Picture
from generator.model.addresses import FRONT, preview_path, record_part_path, record_path
from generator.model.evidence import Inspection
from generator.model.paths import href
from generator.model.portfolio import Document, DocumentFile, DocumentUrl, Record
from generator.site.exhibits import CODE_DIGITS, Exhibit
from generator.site.site import Site
from generator.site.views.figures import Mark
from generator.site.views.frame import Link, item_link

ABSENT = "absent"
"""The state of a document that is in the register but not in the site."""

DOCUMENTS_PER_PAGE = 120
"""Documents on one page of a record, so that a crowded record's page stays under half a megabyte."""

MOST_DOCUMENTS, MOST_RECORDS, MOST_FINDINGS, MOST_ITEMS = 20, 50, 20, 12
"""The most entries of a list on the page of an item or area; a longer one is cut and links to the whole list."""


class Thumbnail(Struct, frozen=True):
    """A small picture of a document, its size in pixels."""

    href: str
    width: int
    height: int


class DocumentView(Struct, frozen=True):
    """One document as a card or a row. `href` is None where it is not in the site; `why` says why it does not count.

    `viewer` says how a browser shows it in place: "pdf", "picture" (then from `large`), or "" where it does not;
    `download` is the word for a file that no browser shows. `address` is printed on paper, `code` is the beginning of
    the SHA-256 that the file has in the site.
    `page` is the address of the page of its file, "" where it has none and on that page itself.
    `remark` is what a page says of it among the documents of its item, `review` what assessors looked at.
    `sha256` is the evidence's digest, `stripped` that of the copy in the site where it is without its position.
    """

    anchor: str
    title: str
    name: str
    ending: str
    href: str | None
    address: str
    external: bool
    thumbnail: Thumbnail | None
    large: str
    rows: tuple[tuple[str, ...], ...]
    beginning: str
    viewer: str
    download: str
    type: str
    date: str
    size: str
    sha256: str
    code: str
    stripped: str
    pages: str
    count: str
    mark: Mark
    why: tuple[str, ...]
    withheld: str
    record: Link
    items: tuple[Link, ...]
    page: str
    remark: str = ""
    review: tuple[str, ...] = ()


def card(site: Site, page: str, exhibit: Exhibit, *, item: str = "", remark: str = "") -> DocumentView:
    """Return one document for a page, for that of an `item` without a link to itself.

    One of a restricted record shows only that it exists.
    """
    document, record, acceptance, words = exhibit.document, exhibit.record, exhibit.acceptance, site.words
    hidden = record.restricted
    withheld = document.confidential
    inspection = document.file.inspection if document.file is not None else None
    path, fragment, external = _target(exhibit)
    own = exhibit.page
    target = path if path is None or external else href(page, path, fragment)
    sha256 = "" if hidden or inspection is None else inspection.sha256
    stripped = inspection.stripped if target and inspection and site.strip_location else ""
    preview = exhibit.preview if target is not None and not external else None
    small = preview.small if preview is not None else None
    large = preview is not None and preview.large is not None and inspection is not None
    viewer = "picture" if large else "pdf" if target and not external and _is_pdf(document) else ""
    return DocumentView(
        anchor=exhibit.anchor,
        title=title_of(site, exhibit),
        name="" if withheld else document.written,
        ending="" if withheld or document.file is None else ending(document.file.name).upper(),
        href=target,
        address="" if path is None or external else f"{site.site_url}{href(FRONT, path, fragment)}",
        external=external,
        thumbnail=_thumbnail(page, inspection, small),
        large=href(page, preview_path(inspection.sha256, large=True)) if large and inspection is not None else "",
        rows=preview.rows if preview is not None else (),
        beginning=preview.beginning if preview is not None else "",
        viewer=viewer,
        download="" if path is None or external or file_type(path).shown is not Shown.NEVER else words("downloaded"),
        type="" if hidden else site.types_label(document.types),
        date="" if hidden else words.day(document.date),
        size="" if withheld or inspection is None or not inspection.size else words.size(inspection.size),
        sha256=sha256,
        stripped=stripped,
        code=(stripped or sha256)[:CODE_DIGITS],
        pages="" if withheld or not document.pages else words("see page {pages}", pages=document.pages),
        count=""
        if withheld or inspection is None or inspection.pages is None
        else words.plural("{count} page", "{count} pages", inspection.pages),
        mark=Mark("met", words("counts")) if acceptance.accepted else Mark("unmet", words("does not count")),
        why=()
        if hidden
        else tuple(site.wording.refusal(each, document, acceptance.reason) for each in acceptance.refusals),
        withheld=site.wording.withheld(document, record, unit=site.unit, placed=exhibit.path is not None),
        record=card_link(page, exhibit),
        items=item_links(site, page, [each for each in document.items if each != item], record),
        page="" if own is None or own == page else href(page, own),
        remark=remark,
        review=() if hidden else tuple(_review(site, exhibit)),
    )


def _review(site: Site, exhibit: Exhibit) -> Iterator[str]:
    """Yield who accepted a document as it is, whether it is another one since, and whether a copy was rejected."""
    words, judged = site.words, exhibit.judged
    if exhibit.acceptance.reviewed and judged is not None:
        yield words("accepted by {level} on {day}", level=judged.level.value, day=words.day(judged.date))
    if exhibit.acceptance.stale:
        yield words("replaced since it was judged")
    if judged is not None and judged.of_copy:
        yield words("The same file was rejected under another name.")


def title_of(site: Site, exhibit: Exhibit) -> str:
    """Return the public title of a document: its type where its name is confidential."""
    return site.wording.document_title(exhibit.document, exhibit.record)


def item_links(site: Site, page: str, items: Sequence[str], record: Record) -> tuple[Link, ...]:
    """Return links to the items of a row; of very many the first, and how many more the record's page names."""
    links = tuple(item_link(page, item) for item in items[:MOST_ITEMS])
    more = len(items) - MOST_ITEMS
    return links if more <= 0 else (*links, Link(f"+{site.words.count(more)}", href(page, record_path(record.id))))


def record_link(page: str, record: Record) -> Link:
    """Return a link to a record by its title."""
    return Link(record.title, href(page, record_path(record.id)))


def card_link(page: str, exhibit: Exhibit) -> Link:
    """Return a link to a document's card on its record's page; a restricted record has none."""
    record = exhibit.record
    fragment = "" if record.restricted else exhibit.anchor
    part = 1 + (exhibit.document.key[1] - 1) // DOCUMENTS_PER_PAGE if fragment else 1
    return Link(record.title, href(page, record_part_path(record.id, part), fragment))


def _thumbnail(page: str, inspection: Inspection | None, picture: Picture | None) -> Thumbnail | None:
    if picture is None or inspection is None:
        return None
    return Thumbnail(href(page, preview_path(inspection.sha256)), picture.width, picture.height)


def _is_pdf(document: Document) -> bool:
    return document.file is not None and file_type(document.file.name).shown is Shown.PDF


def _target(exhibit: Exhibit) -> tuple[str | None, str, bool]:
    """Return the target of a document, the fragment to open, and whether it is on the web; None where it has no target.

    A file is given by its path in the site, an address on the web as it is written.
    """
    document = exhibit.document
    if document.confidential:
        return None, "", False
    match document.source:
        case DocumentUrl(address, form):
            return (address if form != "invalid" else None), "", True
        case DocumentFile(_, inspection):
            return exhibit.path, _at_page(document, inspection), False


def _at_page(document: Document, inspection: Inspection) -> str:
    """Return the fragment that opens a PDF at the page its editor named (PDF Open Parameters, `page=`)."""
    first = re.search(r"\d+", document.pages or "")
    if first is None or inspection.pages is None or not 1 <= int(first[0]) <= inspection.pages:
        return ""
    return f"page={int(first[0])}"
