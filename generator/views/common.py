"""What every page has: links, marks, the frame around it, and how one document is shown anywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from markupsafe import Markup

from generator.acceptance import Acceptance, Refusal
from generator.evidence import Inspection, ending
from generator.history import LastChange
from generator.instrument import Instrument, Item
from generator.markup import Link as TextLink
from generator.memo import Noting
from generator.paths import DEVICES, Reference, href
from generator.portfolio import Document, DocumentFile, DocumentUrl, Finding, Record, Text
from generator.previews import Picture, Preview
from generator.readiness import Readiness, path_to, uncomputed
from generator.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `current` where they lead to the page they stand on."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A state told by a word and a shape as well as a colour: "met", "unmet" or "unknown"."""

    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a column, and what it lacks at its end to stand under the others at the mark of decimals."""

    text: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, in percent of its length: the supported part, the claimed part, the threshold."""

    supported: str
    claimed: str
    threshold: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page; `navigation` in groups of links that belong together."""

    language: str
    title: str
    unit: str
    institution: str
    as_of: str
    home: str
    search: str
    assets: str
    navigation: tuple[tuple[Link, ...], ...]


class PageView(Protocol):
    """What a page is rendered from: a frame, and all else that its template asks for."""

    @property
    def frame(self) -> Frame:
        """What stands around it."""
        ...


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture of a document, its size in pixels."""

    href: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as a card or a row. `href` is None where it is not in the site; `why` says why it does not count.

    `viewer` says how a browser shows it in place: "pdf", "picture" (then from `large`), or "" where it does not.
    """

    anchor: str
    title: str
    name: str
    ending: str
    href: str | None
    external: bool
    thumbnail: Thumbnail | None
    large: str
    rows: tuple[tuple[str, ...], ...]
    beginning: str
    viewer: str
    type: str
    date: str
    size: str
    sha256: str
    pages: str
    count: str
    mark: Mark
    why: tuple[str, ...]
    withheld: str
    record: Link
    items: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Where sources and files stand in the site: the one list that both links and copies follow.

    `previews` holds what is seen of a published file, by its SHA-256.
    """

    pages: Mapping[str, str]
    files: Mapping[Reference, str]
    previews: Mapping[str, Preview]


ASSETS = "assets"
FRONT = "index.html"
ITEMS = "items.html"
RECORDS = "records.html"
EVIDENCE = "evidence.html"
MATRIX = "matrix.html"
FINDINGS = "findings.html"
GAPS = "gaps.html"
COMPUTATION = "computation.html"
INTEGRITY = "integrity.html"
SEARCH = "search.html"
NOT_FOUND = "404.html"
PREVIEWS = "previews"

DOCUMENTS_PER_PAGE = 120
"""Documents on one page of a record, so that a crowded record's page stays under half a megabyte."""

MOST_DOCUMENTS, MOST_RECORDS, MOST_FINDINGS, MOST_ITEMS = 20, 50, 20, 12
"""How long a list within a page of an item or area may grow; a longer one is cut, and leads to a list of its own."""


def area_path(number: int) -> str:
    """Return where an area's page stands."""
    return f"areas/{number}.html"


def item_path(identifier: str) -> str:
    """Return where an item's page stands."""
    return f"items/{identifier}.html"


def record_path(identifier: str) -> str:
    """Return where a record's page stands."""
    return f"records/{identifier}.html"


def record_part_path(identifier: str, number: int) -> str:
    """Return where the n-th page of a record with very many documents stands, from 1."""
    return record_path(identifier) if number == 1 else f"lists/record-{slug(identifier)}.{number}.html"


def free_page_path(identifier: str) -> str:
    """Return where a free page stands."""
    return f"pages/{identifier}.html"


def list_path(name: str, facet: str, value: str) -> str:
    """Return where a list ("records", "evidence", "findings") stands, narrowed to one value of a facet."""
    return f"lists/{name}-{facet}-{slug(value) or '_'}.html"


def person_path(person: str) -> str:
    """Return where the to-do list of a person stands."""
    return f"people/{slug(person)}.html"


def preview_path(sha256: str, *, large: bool = False) -> str:
    """Return where the picture made of a file stands, by the digest of the file."""
    return f"{PREVIEWS}/{sha256[:20]}{'-large' if large else ''}.webp"


def slug(name: str) -> str:
    """Return a name as part of an address: its own letters and digits, with a digest where that loses something."""
    kept = _NOT_PLAIN.sub("-", unicodedata.normalize("NFC", name)).strip("-").casefold()[:60]
    kept = kept.encode()[:_MOST_BYTES].decode("utf-8", "ignore")
    if not name:
        return ""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    plain = kept == name and not _RESERVED.fullmatch(name)
    return kept if plain else "-".join(filter(None, (kept, digest)))


_RESERVED = re.compile(DEVICES)
_MOST_BYTES = 150
"""So many bytes may be left of a name: with what stands around it no system finds it too long."""
_ALIKE = re.compile(r"(?:records|items|people)/|lists/[a-z]+")
"""How the paths of pages begin that have one frame: none of them stands in the navigation itself."""
_NOT_PLAIN = re.compile(r"[\W_]+")


class Keyed(NamedTuple):
    """What pages ask for by key, be it a path, a name, a digest or an id."""

    pages: Mapping[str, str]
    files: Mapping[Reference, str]
    previews: Mapping[str, Preview]
    acceptance: Mapping[tuple[str, int], Acceptance]
    changes: Mapping[str, LastChange]
    records: Mapping[str, Record]
    findings: Mapping[str, Sequence[Finding]]

    def noted(self, noting: Noting) -> Keyed:
        """Return the same mappings, which note for what they are asked."""
        every: Iterable[Mapping[Any, Any]] = self
        return Keyed._make(map(noting.before, every))


def _findings_by_record(readiness: Readiness) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in readiness.portfolio.findings:
        if finding.date <= readiness.on:
            for identifier in dict.fromkeys(each.document[0] for each in finding.judgements):
                found.setdefault(identifier, []).append(finding)
    return found


@dataclass(slots=True)
class Scene:
    """What views are made from: the readiness, the words, and where things stand. Fixed while a site is planned."""

    readiness: Readiness
    words: Words
    published: Published
    _items: dict[str, Item] = field(default_factory=dict)
    _records: Mapping[str, Record] | None = None
    _judged: Mapping[str, Sequence[Finding]] | None = None
    _documents: dict[tuple[str, tuple[str, int]], DocumentView] = field(default_factory=dict)
    _frames: dict[str, Frame] = field(default_factory=dict)
    _item_links: dict[tuple[str, str], Link] = field(default_factory=dict)

    def keyed(self) -> Keyed:
        """Return all that pages ask for by key."""
        published, portfolio = self.published, self.readiness.portfolio
        return Keyed(
            published.pages,
            published.files,
            dict(published.previews),
            self.readiness.acceptance,
            portfolio.changes,
            {record.id: record for record in portfolio.records},
            _findings_by_record(self.readiness),
        )

    def setting(self) -> Readiness:
        """Return what is no matter of a key: the portfolio and its day, without all that is in it."""
        bare = replace(
            self.readiness.portfolio,
            records=(), answers={}, answer_places={}, statements=(), findings=(), expected={}, changes={},
        )  # fmt: skip
        return uncomputed(bare, self.readiness.on)

    def narrowed(self, keyed: Keyed) -> Scene:
        """Return a scene that has no more than the setting and what may be asked for by key.

        What is made from it hangs on nothing else, for there is nothing else to be had. Of a mapping that notes for
        what it is asked, nothing may be kept from one page to the next: `kept_card` is for other scenes.
        """
        setting = self.setting()
        readiness = replace(
            setting, portfolio=replace(setting.portfolio, changes=keyed.changes), acceptance=keyed.acceptance
        )
        published = Published(keyed.pages, keyed.files, keyed.previews)
        return Scene(readiness, self.words, published, _records=keyed.records, _judged=keyed.findings)

    @property
    def instrument(self) -> Instrument:
        """The instrument."""
        return self.readiness.portfolio.instrument

    def item(self, identifier: str) -> Item:
        """Return the item of that id."""
        if not self._items:
            self._items = {item.id: item for item in self.instrument.items()}
        return self._items[identifier]

    def record(self, identifier: str) -> Record:
        """Return the record of that id."""
        if self._records is None:
            self._records = {record.id: record for record in self.readiness.portfolio.records}
        return self._records[identifier]

    def findings_on(self, record: Record) -> Sequence[Finding]:
        """Return the findings that judge a document of a record."""
        if self._judged is None:
            self._judged = _findings_by_record(self.readiness)
        return self._judged.get(record.id, ())

    def path_of(self, item: Item) -> str:
        """Return the labels of the nodes above an item, from the top down, as one line."""
        return " › ".join(aspect.label.in_(self.words.language) for aspect in path_to(self.instrument.tree, item))

    def frame(self, page: str) -> Frame:
        """Return the frame of the page at `page`."""
        alike = _ALIKE.match(page)
        if alike is None:
            return self._frame(page)
        if alike[0] not in self._frames:
            self._frames[alike[0]] = self._frame(page)
        return self._frames[alike[0]]

    def _frame(self, page: str) -> Frame:
        words, portfolio = self.words, self.readiness.portfolio

        def link(text: str, target: str, *, within: str | tuple[str, ...] = ()) -> Link:
            return Link(text, href(page, target), page == target or page.startswith(within or _NOWHERE))

        areas = tuple(
            link(f"{area.number}. {area.label.in_(words.language)}", area_path(area.number))
            for area in self.instrument.areas
        )
        navigation = (
            (link(words("Readiness"), FRONT), link(words("Gaps"), GAPS, within="people/")),
            areas,
            (
                link(words("Items"), ITEMS, within="items/"),
                link(words("Matrix"), MATRIX),
                link(words("Records"), RECORDS, within=("records", "lists/records")),
                link(words("Evidence"), EVIDENCE, within="lists/evidence"),
                link(words("Findings"), FINDINGS, within="lists/findings"),
            ),
            (link(words("How it was computed"), COMPUTATION), link(words("Integrity"), INTEGRITY)),
            tuple(link(each.title, free_page_path(each.id)) for each in portfolio.pages),
        )
        return Frame(
            language=words.language,
            title=portfolio.title,
            unit=portfolio.unit,
            institution=portfolio.institution or "",
            as_of=words("State of {day}", day=words.day(self.readiness.on)),
            home=href(page, FRONT),
            search=href(page, SEARCH),
            assets=href(page, ASSETS),
            navigation=tuple(group for group in navigation if group),
        )

    # Links

    def item_link(self, page: str, identifier: str) -> Link:
        """Return a link to an item by its id."""
        place = (page.rpartition("/")[0], identifier)  # it is the same on all pages of a folder
        if place not in self._item_links:
            self._item_links[place] = Link(identifier, href(page, item_path(identifier)))
        return self._item_links[place]

    def item_links(self, page: str, items: Sequence[str], record: Record) -> tuple[Link, ...]:
        """Return links to the items of a row; of very many the first, and how many more the record's page names."""
        links = tuple(self.item_link(page, item) for item in items[:MOST_ITEMS])
        more = len(items) - MOST_ITEMS
        return links if more <= 0 else (*links, Link(f"+{self.words.count(more)}", href(page, record_path(record.id))))

    def record_link(self, page: str, record: Record) -> Link:
        """Return a link to a record by its title."""
        return Link(record.title, href(page, record_path(record.id)))

    def type_label(self, type_: str | None) -> str:
        """Return a document type's wording."""
        if type_ is None:
            return self.words("without a type")
        return self.instrument.document_types[type_].in_(self.words.language)

    def text(self, page: str, text: Text, *, part: str = "") -> Markup:
        """Return a text's HTML with its links placed for a page; what the site withholds stays as words.

        `part` keeps the ids of several texts on one page apart.
        """

        def place(link: TextLink) -> str | None:
            target = self._text_target(text, link)
            if target is None:
                return None
            source = text.sources.get(link.target, "")
            fragment = "" if source.startswith(_SEVERAL_TO_A_PAGE) else link.target.partition("#")[2]
            is_page = target.endswith(".html") and not target.startswith("files/")
            return href(page, target, f"t-{fragment}" if fragment and is_page else fragment)

        made = text.rendered.html(place)
        if part:
            made = _OWN_ID.sub(rf"\1t-{part}-", made)
        return Markup(made)  # noqa: S704 - sanitised in markup.py

    def _text_target(self, text: Text, link: TextLink) -> str | None:
        source = text.sources.get(link.target)
        if source is not None:
            return self.published.pages.get(source)
        reference = text.files.get(link.target)
        target = self.published.files.get(reference) if reference is not None else None
        if target is not None and link.image and not is_image(target):
            return None
        return target

    # Documents

    def kept_card(self, page: str, document: Document) -> DocumentView:
        """Return one document for a page that is not the only one of its folder to show it: it is made once."""
        place = (page.rpartition("/")[0], document.key)  # its addresses are the same from all pages of a folder
        if place not in self._documents:
            self._documents[place] = self.card(page, document)
        return self._documents[place]

    def card(self, page: str, document: Document) -> DocumentView:
        """Return one document for a page. One of a restricted record shows no more than that it is there."""
        record = self.record(document.key[0])
        words, acceptance = self.words, self.readiness.acceptance[document.key]
        hidden = record.restricted
        secret = document.restricted and isinstance(document.source, DocumentUrl)
        inspection = document.source.inspection if isinstance(document.source, DocumentFile) else None
        target, external = self._document_target(page, document)
        preview = self._preview(document) if target is not None and not external else None
        small = preview.small if preview is not None else None
        large = preview is not None and preview.large is not None and inspection is not None
        viewer = "picture" if large else "pdf" if target and not external and self._is_pdf(document) else ""
        return DocumentView(
            anchor=card_anchor(document),
            title=self.title_of(document),
            name="" if hidden or secret else document.written,
            ending="" if hidden or document.file is None else ending(document.file.name).upper(),
            href=target,
            external=external,
            thumbnail=self._thumbnail(page, inspection, small),
            large=href(page, preview_path(inspection.sha256, large=True)) if large and inspection is not None else "",
            rows=preview.rows if preview is not None else (),
            beginning=preview.beginning if preview is not None else "",
            viewer=viewer,
            type="" if hidden else self.type_label(document.type),
            date="" if hidden else words.day(document.date),
            size=""
            if document.restricted or inspection is None or not inspection.size
            else words.size(inspection.size),
            sha256="" if hidden or inspection is None else inspection.sha256,
            pages="" if document.restricted or not document.pages else words("see page {pages}", pages=document.pages),
            count=""
            if document.restricted or inspection is None or inspection.pages is None
            else words.plural("{count} page", "{count} pages", inspection.pages),
            mark=Mark("met", words("counts")) if acceptance.accepted else Mark("unmet", words("does not count")),
            why=()
            if hidden
            else tuple(self._why(refusal, document, acceptance.reason) for refusal in acceptance.refusals),
            withheld=self._withheld(document, record),
            record=self.card_link(page, document, record),
            items=self.item_links(page, document.items, record),
        )

    def title_of(self, document: Document) -> str:
        """Return what a document is called where others read it: a restricted address is not its own title."""
        if self.record(document.key[0]).restricted:
            return self.words("document of a restricted record")
        address = document.source.address if isinstance(document.source, DocumentUrl) else None
        return (
            self.words("restricted web address")
            if document.restricted and document.title == address
            else document.title
        )

    def _preview(self, document: Document) -> Preview | None:
        inspection = document.file.inspection if document.file is not None else None
        return self.published.previews.get(inspection.sha256) if inspection is not None else None

    @staticmethod
    def _thumbnail(page: str, inspection: Inspection | None, picture: Picture | None) -> Thumbnail | None:
        if picture is None or inspection is None:
            return None
        return Thumbnail(href(page, preview_path(inspection.sha256)), picture.width, picture.height)

    @staticmethod
    def _is_pdf(document: Document) -> bool:
        return document.file is not None and ending(document.file.name) == "pdf"

    def card_link(self, page: str, document: Document, record: Record) -> Link:
        """Return a link to a document's card on its record's page; a restricted record has none."""
        fragment = "" if record.restricted else card_anchor(document)
        part = 1 + (document.key[1] - 1) // DOCUMENTS_PER_PAGE if fragment else 1
        return Link(record.title, href(page, record_part_path(record.id, part), fragment))

    def _document_target(self, page: str, document: Document) -> tuple[str | None, bool]:
        if document.restricted:
            return None, False
        match document.source:
            case DocumentUrl(address, form):
                return (address if form != "invalid" else None), True
            case DocumentFile(reference, inspection):
                target = self.published.files.get(reference)
                return (None if target is None else href(page, target, _at_page(document, inspection))), False

    def _withheld(self, document: Document, record: Record) -> str:
        if not document.restricted:
            reference = document.file.reference if document.file is not None else None
            elsewhere = reference is not None and not record.draft and reference not in self.published.files
            return self.words("Withheld: the same file is restricted elsewhere.") if elsewhere else ""
        whom = self.words.together(list(record.people)) or self.readiness.portfolio.unit
        return self.words("Restricted: not in this copy. Ask {whom} for it.", whom=whom)

    def _why(self, refusal: Refusal, document: Document, reason: str | None) -> str:
        words, period = self.words, self.readiness.portfolio.period
        match refusal:
            case Refusal.DRAFT:
                return words("The record is a draft.")
            case Refusal.MISSING:
                return words("The file is not there.")
            case Refusal.OUTSIDE:
                return words("The file lies outside the portfolio.")
            case Refusal.EMPTY:
                return words("The file is empty.")
            case Refusal.DAMAGED:
                return words("The file is damaged.")
            case Refusal.MISMATCH:
                return words("The content is not what the file's ending says.")
            case Refusal.ENCRYPTED:
                return words("The file asks for a password.")
            case Refusal.UNEXAMINED:
                return words("The file takes too much time or memory to open.")
            case Refusal.PLACEHOLDER:
                return words("The file only points to a document and holds none.")
            case Refusal.FOLDER:
                return words("The address leads to a shared folder; a folder is no document.")
            case Refusal.URL_INVALID:
                return words("The address is not one of the web.")
            case Refusal.OUT_OF_PERIOD:
                start = words.day(period.start) if period and period.start else "…"
                end = words.day(period.end) if period and period.end else "…"
                return words("It lies outside the period {start} – {end}.", start=start, end=end)
            case Refusal.FUTURE:
                return words("Its date, {day}, is still to come.", day=words.day(document.date))
            case Refusal.REJECTED:
                return (
                    words("Rejected by the assessors: {reason}", reason=reason)
                    if reason
                    else words("Rejected by the assessors.")
                )

    # Figures

    def column(self, figures: Sequence[str]) -> tuple[Figure, ...]:
        """Return the figures of a column of a table."""
        return tuple(Figure(text, lacks) for text, lacks in zip(figures, self.words.column(figures), strict=True))

    def bar(self, supported: Fraction, claimed: Fraction, whole: Fraction, threshold: Fraction | None = None) -> Bar:
        """Return a bar of length `whole`; its figures in percent with a point, as drawing attributes want them."""
        return Bar(
            _percent(supported, whole),
            _percent(claimed, whole),
            None if threshold is None else _percent(threshold, whole),
        )


_NOWHERE = ("\0",)
_SEVERAL_TO_A_PAGE = ("findings/", "assessment/")
_OWN_ID = re.compile(r'(<[^<>]* (?:id="|href="#))t-')


def _at_page(document: Document, inspection: Inspection) -> str:
    """Return the fragment that opens a PDF at the page its editor named (PDF Open Parameters, `page=`)."""
    first = re.search(r"\d+", document.pages or "")
    if first is None or inspection.pages is None or not 1 <= int(first[0]) <= inspection.pages:
        return ""
    return f"page={int(first[0])}"


def card_anchor(document: Document) -> str:
    """Return the id of a document's card on its record's page."""
    return f"d-{document.key[1]}"


_IMAGES = {"jpg", "jpeg", "jfif", "png", "gif", "webp", "bmp", "avif"}


def is_image(path: str) -> bool:
    """Whether browsers show a file of this name as a picture."""
    return ending(path) in _IMAGES


def _percent(part: Fraction, whole: Fraction) -> str:
    share = min(Fraction(1), max(Fraction(0), part / whole)) if whole else Fraction(0)
    return f"{float(share * 100):.2f}"
