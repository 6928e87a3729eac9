"""The pages about the site itself: how the figures were computed, the integrity of the copy, what is not found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model.instrument import Aspect
from generator.model.paths import href
from generator.model.portfolio import DocumentUrl, Record
from generator.readiness.readiness import Readiness
from generator.site.addresses import (
    COMPUTATION,
    EVIDENCE,
    FRONT,
    INTEGRITY,
    ITEMS,
    NOT_FOUND,
    RECORDS,
    SEARCH,
    list_path,
    record_path,
)
from generator.site.exhibits import Exhibit
from generator.site.site import Site
from generator.site.views.documents import ABSENT, card_link, title_of
from generator.site.views.figures import NOTHING, Figure, column
from generator.site.views.frame import Frame, Link, item_link
from generator.site.views.gates import GateRow, gate_rows

MOST_LEFT_OUT = 500
PLACES = 6
"""The most decimals of a figure in the computation."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the computation: a node or an item."""

    id: str
    link: Link | None
    label: str
    depth: int
    answer: str
    value: Figure
    weight: Figure
    claimed: Figure
    supported: Figure
    assessed: Figure


@dataclass(frozen=True, slots=True)
class GateTable:
    """A predicate's gates."""

    title: str
    note: str
    rows: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True)
class ComputationView:
    """The page on how the figures were computed."""

    frame: Frame
    title: str
    instrument: str
    cut: str
    contents: tuple[Link, ...]
    lines: tuple[Line, ...]
    total: Line
    gates: tuple[GateTable, ...]


@dataclass(frozen=True, slots=True)
class IntegrityView:
    """The page on the integrity of the copy."""

    frame: Frame
    title: str
    files: str
    command: str
    sums: Link
    data: Link
    drafts: str
    left_out: tuple[tuple[Link, str], ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page that a web server shows for an unknown address."""

    frame: Frame
    title: str
    links: tuple[Link, ...]


def computation_page(site: Site, frame: Frame, readiness: Readiness) -> ComputationView:
    """Return the page that derives every figure line by line, so that a reader can check the sums by hand."""
    words = site.words
    rows = list(_rows(site, readiness))
    columns = (
        column(site.words, [NOTHING if value is None else words.exact(value, PLACES) for value in values])
        for values in zip(*(values for _, values in rows), strict=True)
    )
    *lines, total = (Line(*head, *figures) for (head, _), figures in zip(rows, zip(*columns, strict=True), strict=True))
    endless = any(value is not None and value * 10**PLACES % 1 for _, values in rows for value in values)
    return ComputationView(
        frame=frame,
        title=words("How it was computed"),
        instrument=site.instrument.title.in_(words.language),
        cut=words("Computed in exact fractions: what does not end, such as 1/3, is written here to six decimals.")
        if endless
        else "",
        contents=tuple(_contents(site)),
        lines=tuple(lines),
        total=total,
        gates=tuple(
            GateTable(
                each.predicate.label.in_(words.language),
                words("Every threshold must be reached; here on the supported figures."),
                gate_rows(site, COMPUTATION, each.gates),
            )
            for each in readiness.predicates
        ),
    )


MOST_LEVELS = 2
"""Levels of the tree that the contents of the computation list."""


def _contents(site: Site) -> Iterator[Link]:
    """Yield links to the parts of the computation, and to the thresholds below it."""

    def below(aspects: Iterable[Aspect], level: int) -> Iterator[Link]:
        for aspect in aspects:
            yield Link(f"{aspect.id} {site.label(aspect)}", f"#line-{aspect.id}")
            if level < MOST_LEVELS:
                yield from below(aspect.children, level + 1)

    yield from below(site.instrument.tree, 0)
    yield Link(site.words("Thresholds"), "#gates")


_Head = tuple[str, Link | None, str, int, str]
_Values = tuple[Fraction | None, Fraction, Fraction, Fraction, Fraction]


def _rows(site: Site, readiness: Readiness) -> Iterator[tuple[_Head, _Values]]:
    """Yield every line's head and values: each node before its children, the index last."""
    words = site.words
    by_id = {each.item.id: each for each in readiness.items}

    def below(aspect: Aspect, depth: int) -> Iterator[tuple[_Head, _Values]]:
        node = readiness.nodes[aspect.id]
        head = (aspect.id, None, site.label(aspect), depth, NOTHING)
        yield head, (None, node.weight, *node.scores.each())
        for child in aspect.children:
            yield from below(child, depth + 1)
        for item in aspect.items:
            each = by_id[item.id]
            answer = words.answer(each.answer.text) if each.answer is not None else NOTHING
            link = item_link(COMPUTATION, item.id)
            head_ = (item.id, link, site.label(item), depth + 1, answer)
            yield head_, (each.value, item.weight, *each.scores.each())

    for top in site.instrument.tree:
        yield from below(top, 0)
    yield ("", None, words("Index"), 0, NOTHING), (None, readiness.index.weight, *readiness.index.scores.each())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The records that may have something left out of the site: drafts, and published records with their documents."""

    drafts: tuple[Record, ...]
    published: tuple[tuple[Record, tuple[Exhibit, ...]], ...]


def integrity_page(site: Site, frame: Frame, left: LeftOut, files: int) -> IntegrityView:
    """Return the page on how to verify the copy; `files` counts all files of the site but SHA256SUMS itself."""
    words = site.words
    left_out = list(_left_out(site, left))
    return IntegrityView(
        frame=frame,
        title=words("Integrity"),
        files=words.plural(
            "This copy holds {count} file besides the list of checksums.",
            "This copy holds {count} files besides the list of checksums.",
            files,
        ),
        command="sha256sum -c SHA256SUMS",
        sums=Link("SHA256SUMS", "SHA256SUMS"),
        data=Link("readiness.json", "readiness.json"),
        drafts=_drafts(site, left.drafts),
        left_out=tuple(left_out[:MOST_LEFT_OUT]),
        more=Link(
            words("The documents that are not in this copy"), href(INTEGRITY, list_path("evidence", "state", ABSENT))
        )
        if len(left_out) > MOST_LEFT_OUT
        else None,
    )


def _left_out(site: Site, left: LeftOut) -> Iterator[tuple[Link, str]]:
    """Yield what is not in this copy, and why."""
    words = site.words
    if left.drafts:
        yield Link(words("Drafts"), ""), words.plural("{count} record", "{count} records", len(left.drafts))
    for record, exhibits in left.published:
        if record.restricted:
            yield Link(record.title, href(INTEGRITY, record_path(record.id))), words("restricted record")
            continue
        for exhibit in exhibits:
            why = _why_left_out(site, exhibit)
            if why:
                yield Link(title_of(site, exhibit), card_link(INTEGRITY, exhibit).href), why


def _why_left_out(site: Site, exhibit: Exhibit) -> str:
    document, words = exhibit.document, site.words
    if document.restricted:
        return words("restricted; its SHA-256 stands on the record's page")
    if document.restricted_elsewhere and document.file is None:
        return words("withheld: the same address is restricted elsewhere")
    if isinstance(document.source, DocumentUrl):
        return words("an address on the web, not part of this copy")
    return "" if exhibit.path is not None else words("withheld: the same file is restricted elsewhere")


def _drafts(site: Site, drafts: Sequence[Record]) -> str:
    """Say how many drafts and documents of drafts the data count in addition to the pages."""
    words = site.words
    if not drafts:
        return ""
    return words(
        "Its counts of records and documents hold the drafts as well: {records} with {documents}.",
        records=words.plural("{count} draft", "{count} drafts", len(drafts)),
        documents=words.plural("{count} document", "{count} documents", sum(len(each.documents) for each in drafts)),
    )


def not_found_page(site: Site, frame: Frame) -> NotFoundView:
    """Return the page for what is not found, with links to the main pages."""
    words = site.words
    ways = (("Readiness", FRONT), ("Search", SEARCH), ("Items", ITEMS), ("Records", RECORDS), ("Evidence", EVIDENCE))
    links = tuple(Link(words(name), href(NOT_FOUND, page)) for name, page in ways)
    return NotFoundView(frame, words("This page is not here"), links)
