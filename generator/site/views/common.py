"""What every page has: links, marks, the frame around it, and how one document is shown anywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple, Protocol

from markupsafe import Markup, escape

from generator.evidence import Inspection, ending
from generator.evidence.filetypes import Shown, file_type
from generator.evidence.previews import DocumentPreview, Picture
from generator.incremental.memo import Noting
from generator.markup import titles
from generator.model.instrument import Instrument, Item
from generator.model.paths import DEVICES, Reference, href
from generator.model.portfolio import Document, DocumentFile, DocumentUrl, Finding, LastChange, Record, Text
from generator.model.text import Link as TextLink
from generator.readiness.acceptance import Acceptance, Refusal
from generator.readiness.scores import Readiness, path_to, uncomputed
from generator.site.words import Words


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
    """A bar of a chart, in percent of its length: the supported part, the claimed part, the threshold, the assessed."""

    supported: str
    claimed: str
    threshold: str | None = None
    assessed: str | None = None


@dataclass(frozen=True, slots=True)
class NavigationGroup:
    """Links of the navigation that belong together; `folded` where they stand behind their heading."""

    id: str
    heading: str
    links: tuple[Link, ...]
    folded: bool = False

    @property
    def current(self) -> bool:
        """Whether one of them leads to the page that they stand on."""
        return any(link.current for link in self.links)


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page; `site_url` is where the site is read, "" where the unit does not say so."""

    language: str
    title: str
    unit: str
    institution: str
    as_of: str
    home: str
    search: str
    assets: str
    site_url: str
    navigation: tuple[NavigationGroup, ...]


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

    `viewer` says how a browser shows it in place: "pdf", "picture" (then from `large`), or "" where it does not;
    `download` is the word for a file that no browser shows. `address` is where paper says that the file is, `code` the
    beginning of its SHA-256.
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


@dataclass(frozen=True, slots=True)
class Published:
    """Where sources and files stand in the site: the one list that both links and copies follow.

    `previews` holds what is seen of a published file, by its SHA-256.
    """

    pages: Mapping[str, str]
    files: Mapping[Reference, str]
    previews: Mapping[str, DocumentPreview]


NOTHING = "–"
"""What a cell shows to which nothing applies."""

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

ABSENT = "absent"
"""The state of a document that the register names and the site does not hold."""

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
_GUIDE = re.compile(r"(?:panduan|guide)\b", re.IGNORECASE)
"""How the names of the unit's own pages begin that guide its editors: they stand behind one heading."""
_NOT_PLAIN = re.compile(r"[\W_]+")


class Keyed(NamedTuple):
    """What pages ask for by key, be it a path, a name, a digest or an id."""

    pages: Mapping[str, str]
    files: Mapping[Reference, str]
    previews: Mapping[str, DocumentPreview]
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


Source = tuple[Document, ...]
"""One document: every evidence entry that names the same file or address."""


class Sources(NamedTuple):
    """The documents of the published records: those that the register lists, and those of restricted records alone."""

    listed: tuple[Source, ...]
    hidden: tuple[Source, ...]


def _by_source(records: Iterable[Record]) -> Sources:
    listed: dict[Hashable, list[Document]] = {}
    hidden: dict[Hashable, list[Document]] = {}
    for record in records:
        for document in record.documents:
            source = document.source
            place = (source.reference, document.restricted) if isinstance(source, DocumentFile) else source.address
            (hidden if record.restricted else listed).setdefault(place, []).append(document)
    return Sources(tuple(map(tuple, listed.values())), tuple(map(tuple, hidden.values())))


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
    _anchors: dict[str, Mapping[int, str]] = field(default_factory=dict)
    _sources: Sources | None = None

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

    @property
    def sources(self) -> Sources:
        """Every document of the published records, once."""
        if self._sources is None:
            self._sources = _by_source(self.readiness.portfolio.published())
        return self._sources

    def is_absent(self, document: Document) -> bool:
        """Whether this copy of the site does not hold a document: it is on the web, restricted, or withheld."""
        file = document.file
        if file is None or document.confidential or self.record(document.key[0]).restricted:
            return True
        return file.reference not in self.published.files

    @property
    def as_of(self) -> str:
        """The day that the figures are of, as a page says it."""
        return self.words("State of {day}", day=self.words.day(self.readiness.on))

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
        evidence = (
            link(words("Items"), ITEMS, within="items/"),
            link(words("Matrix"), MATRIX, within="lists/matrix"),
            link(words("Records"), RECORDS, within=("records", "lists/records")),
            link(words("Evidence"), EVIDENCE, within="lists/evidence"),
            link(words("Findings"), FINDINGS, within="lists/findings"),
        )
        free = [(bool(_GUIDE.match(each.id)), link(each.title, free_page_path(each.id))) for each in portfolio.pages]
        navigation = (
            NavigationGroup(
                "readiness",
                "",
                (
                    link(words("Readiness"), FRONT),
                    link(words("Gaps"), GAPS, within="people/"),
                    link(words("How it was computed"), COMPUTATION),
                ),
            ),
            NavigationGroup("areas", words("Areas"), areas),
            NavigationGroup("evidence", words("Proof"), evidence),
            NavigationGroup("unit", words("Work unit"), tuple(each for guide, each in free if not guide)),
            NavigationGroup("guides", words("Guides"), tuple(each for guide, each in free if guide), folded=True),
            NavigationGroup("copy", words("This copy"), (link(words("Integrity"), INTEGRITY),)),
        )
        return Frame(
            language=words.language,
            title=portfolio.title,
            unit=portfolio.unit,
            institution=portfolio.institution or "",
            as_of=self.as_of,
            home=href(page, FRONT),
            search=href(page, SEARCH),
            assets=href(page, ASSETS),
            site_url=portfolio.site_url or "",
            navigation=tuple(group for group in navigation if group.links),
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

        made = titles.written(text.rendered.html(place), self.words)
        made = _FILE_LINK.sub(partial(_with_address, self.readiness.portfolio.site_url or ""), made)
        if part:
            made = _OWN_ID.sub(rf"\1t-{part}-", made)
        return Markup(made)  # noqa: S704 - sanitised in markup.py

    def _text_target(self, text: Text, link: TextLink) -> str | None:
        source = text.sources.get(link.target)
        if source is not None:
            return self.published.pages.get(source)
        reference = text.files.get(link.target)
        target = self.published.files.get(reference) if reference is not None else None
        if target is not None and link.image and file_type(target).shown is not Shown.PICTURE:
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
        withheld = document.confidential
        inspection = document.source.inspection if isinstance(document.source, DocumentFile) else None
        path, fragment, external = self._document_target(document)
        target = path if path is None or external else href(page, path, fragment)
        sha256 = "" if hidden or inspection is None else inspection.sha256
        preview = self._preview(document) if target is not None and not external else None
        small = preview.small if preview is not None else None
        large = preview is not None and preview.large is not None and inspection is not None
        viewer = "picture" if large else "pdf" if target and not external and self._is_pdf(document) else ""
        return DocumentView(
            anchor=self.anchor(document, record),
            title=self.title_of(document),
            name="" if withheld else document.written,
            ending="" if withheld or document.file is None else ending(document.file.name).upper(),
            href=target,
            address="" if path is None or external else self._address(path, fragment),
            external=external,
            thumbnail=self._thumbnail(page, inspection, small),
            large=href(page, preview_path(inspection.sha256, large=True)) if large and inspection is not None else "",
            rows=preview.rows if preview is not None else (),
            beginning=preview.beginning if preview is not None else "",
            viewer=viewer,
            download=""
            if path is None or external or file_type(path).shown is not Shown.NEVER
            else words("downloaded"),
            type="" if hidden else self.type_label(document.type),
            date="" if hidden else words.day(document.date),
            size="" if withheld or inspection is None or not inspection.size else words.size(inspection.size),
            sha256=sha256,
            stripped=inspection.stripped if target and inspection and self.readiness.portfolio.strip_location else "",
            code=sha256[:_CODE],
            pages="" if withheld or not document.pages else words("see page {pages}", pages=document.pages),
            count=""
            if withheld or inspection is None or inspection.pages is None
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
        """Return what a document is called where others read it: its type where its name is confidential."""
        if self.record(document.key[0]).restricted:
            return self.words("document of a restricted record")
        if document.name:
            return document.name
        if document.type is not None:
            return self.type_label(document.type)
        return self.words("restricted web address") if document.file is None else self.words("restricted document")

    def _preview(self, document: Document) -> DocumentPreview | None:
        inspection = document.file.inspection if document.file is not None else None
        return self.published.previews.get(inspection.sha256) if inspection is not None else None

    @staticmethod
    def _thumbnail(page: str, inspection: Inspection | None, picture: Picture | None) -> Thumbnail | None:
        if picture is None or inspection is None:
            return None
        return Thumbnail(href(page, preview_path(inspection.sha256)), picture.width, picture.height)

    @staticmethod
    def _is_pdf(document: Document) -> bool:
        return document.file is not None and file_type(document.file.name).shown is Shown.PDF

    def card_link(self, page: str, document: Document, record: Record) -> Link:
        """Return a link to a document's card on its record's page; a restricted record has none."""
        fragment = "" if record.restricted else self.anchor(document, record)
        part = 1 + (document.key[1] - 1) // DOCUMENTS_PER_PAGE if fragment else 1
        return Link(record.title, href(page, record_part_path(record.id, part), fragment))

    def anchor(self, document: Document, record: Record) -> str:
        """Return the id of a document's card on its record's page."""
        if record.id not in self._anchors:
            self._anchors[record.id] = card_anchors(record)
        return self._anchors[record.id][document.key[1]]

    def _document_target(self, document: Document) -> tuple[str | None, str, bool]:
        """Return where a document is, the part of it to open, and whether it is on the web; None where it is not here.

        A file is given by its path in the site, an address on the web as it is written.
        """
        if document.confidential:
            return None, "", False
        match document.source:
            case DocumentUrl(address, form):
                return (address if form != "invalid" else None), "", True
            case DocumentFile(reference, inspection):
                return self.published.files.get(reference), _at_page(document, inspection), False

    def _address(self, path: str, fragment: str) -> str:
        """Return where a file of the site is found by somebody who has the page on paper."""
        return f"{self.readiness.portfolio.site_url or ''}{href(FRONT, path, fragment)}"

    def _withheld(self, document: Document, record: Record) -> str:
        if not document.restricted:
            if document.file is None:
                elsewhere = self.words("Withheld: the same address is restricted elsewhere.")
                return elsewhere if document.restricted_elsewhere else ""
            unpublished = not record.draft and document.file.reference not in self.published.files
            elsewhere = self.words("Withheld: the same file is restricted elsewhere.")
            return elsewhere if document.restricted_elsewhere or unpublished else ""
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

    def bar(
        self,
        supported: Fraction,
        claimed: Fraction,
        whole: Fraction,
        threshold: Fraction | None = None,
        assessed: Fraction | None = None,
    ) -> Bar:
        """Return a bar of length `whole`; its figures in percent with a point, as drawing attributes want them."""
        return Bar(
            _percent(supported, whole),
            _percent(claimed, whole),
            None if threshold is None else _percent(threshold, whole),
            None if assessed is None else _percent(assessed, whole),
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


_CODE = 8
"""Digits of a SHA-256 that name a document on paper and in addresses."""


def card_anchors(record: Record) -> Mapping[int, str]:
    """Return the id of each document's card on the record's page, by the document's number.

    It is made of the content, so it stays when documents are added or moved; of several with one content the second
    and those after it are numbered.
    """
    seen: Counter[str] = Counter()
    anchors: dict[int, str] = {}
    for document in record.documents:
        code = _document_code(document)
        seen[code] += 1
        anchors[document.key[1]] = f"d-{code}" if seen[code] == 1 else f"d-{code}-{seen[code]}"
    return anchors


def _document_code(document: Document) -> str:
    """Return eight digits that tell a document: of the SHA-256 that its card shows, else of what its card says.

    Nothing of a restricted document's name or address goes into it, for a digest of either could be guessed.
    """
    if document.file is not None and document.file.inspection.sha256:
        return document.file.inspection.sha256[:_CODE]
    shown = repr((document.type, document.date)) if document.restricted else document.written
    return hashlib.sha256(shown.encode("utf-8", "surrogateescape")).hexdigest()[:_CODE]


_FILE_LINK = re.compile(r'<a [^<>]*?href="(?:\.\./)*(files/[^"]*)"')
"""A link of a sanitised text to a file of the site: of `<` and `"` only those of tags are left in it as they are."""


def _with_address(site_url: str, link: re.Match[str]) -> str:
    """Return a link of a text with the address that paper names, beside the relative one."""
    return f'{link[0]} data-address="{escape(site_url)}{link[1]}"'


def _percent(part: Fraction, whole: Fraction) -> str:
    share = min(Fraction(1), max(Fraction(0), part / whole)) if whole else Fraction(0)
    return f"{float(share * 100):.2f}"
