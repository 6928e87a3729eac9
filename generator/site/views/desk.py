"""The assessor's desk: its page, and the data that its scripts read (contract: review, section 2).

The data are scripts that call a function, because a page opened from a folder may load scripts and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import chain
from typing import assert_never

from msgspec import Struct

from generator.exchange.readiness_json import portfolio_id
from generator.exchange.worksheet.review_columns import WORKSHEET
from generator.markup.plain_text import plain_text
from generator.model.addresses import ASSETS, DESK, DESK_INDEX, ITEMS, desk_item_path, item_path
from generator.model.instrument import INDEX, Choices, Decrease, Item, Linear, Ratio, Score
from generator.model.paths import href
from generator.model.portfolio import REASONS, Level
from generator.readiness.acceptance import Acceptance, Refusal
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness
from generator.site.exhibits import Exhibit, PlacedFinding
from generator.site.site import Site
from generator.site.views.documents import card
from generator.site.views.frame import Frame, Link
from generator.site.views.item import ItemContent, item_page
from generator.site.views.short_lists import visible

SCRIPTS = (
    "fractions",
    "review",
    "store",
    "memory",
    "workbook",
    "face",
    "verdicts",
    "files",
    "judging",
    "overview",
    "desk",
)
"""The desk's own scripts in the order they run in."""

LONGEST_TEXT = 20_000
"""Characters that a field of the desk takes; far below what no page can show any more."""

_STATE_DIGITS = 16


class DeskView(Struct, frozen=True):
    """The page of the desk: its scripts, the reasons of a rejection, the levels, and the list that needs no script."""

    frame: Frame
    title: str
    language: str
    scripts: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    level: str
    longest: int
    items: Link
    pages: tuple[tuple[str, Link], ...]


def desk_page(site: Site, frame: Frame, level: Level) -> DeskView:
    """Return the page of the desk, where the answers of a level are the assessed ones."""
    words = site.words
    scripts = (*(f"{ASSETS}/desk/{name}.js" for name in SCRIPTS), DESK_INDEX)
    return DeskView(
        frame=frame,
        title=words("Assessor's desk"),
        language=site.language,
        scripts=tuple(href(DESK, path) for path in scripts),
        reasons=tuple((each, site.wording.reason(each)) for each in REASONS),
        levels=tuple((each.value, site.wording.level(each)) for each in Level),
        level=level.value,
        longest=LONGEST_TEXT,
        items=Link(words("Items"), href(DESK, ITEMS)),
        pages=tuple(
            (item.id, Link(f"{item.id} {site.label(item)}", href(DESK, item_path(item.id))))
            for item in site.instrument.items()
        ),
    )


def desk_index(site: Site, readiness: Readiness, documents: Mapping[str, tuple[Exhibit, ...]], sums: str) -> bytes:
    """Return the script with the portfolio and all items; `documents` are those of each item, by its id."""
    portfolio, period = readiness.portfolio, readiness.portfolio.period
    days = "" if period is None else f"{period.start or ''}/{period.end or ''}"
    found = {
        "portfolio": {
            "id": portfolio_id(portfolio),
            "title": portfolio.title,
            "unit": portfolio.unit,
            "institution": portfolio.institution or "",
            "instrument": portfolio.instrument.id,
            "as_of": readiness.on.isoformat(),
            "sums": sums,
            "period": days,
        },
        "language": site.language,
        "level": portfolio.level.value,
        "areas": [{"number": area.number, "label": site.label(area)} for area in site.instrument.areas],
        "gates": _thresholds(site, readiness),
        "worksheet": WORKSHEET,
        "items": [_item(site, each, documents[each.item.id]) for each in readiness.items],
    }
    return _call("load", found)


def _thresholds(site: Site, readiness: Readiness) -> list[dict[str, str]]:
    """Return what each predicate requires of the index."""
    return [
        {
            "predicate": each.predicate.id,
            "label": each.predicate.label.in_(site.language),
            "minimum": str(gate.gate.minimum),
        }
        for each in readiness.predicates
        for gate in each.gates
        if isinstance(gate.gate.measure, Score) and gate.gate.node == INDEX
    ]


def desk_item(site: Site, content: ItemContent) -> bytes:
    """Return the script with one item: what it asks, its documents and its findings."""
    each = content.item
    view = item_page(site, _NO_FRAME, content)
    found = {
        "id": each.item.id,
        "question": view.question,
        "source": view.source,
        "label": view.label,
        "path": view.path,
        "criteria": [
            {"answer": row.answer, "wording": row.wording, "in_short": row.in_short, "value": str(value)}
            for row, value in zip(view.criteria, _values(each.item).values(), strict=False)
        ],
        "scale": view.scale,
        "note": view.note,
        "figures": view.inputs,
        "required": [{"type": row.type, "met": row.mark.state == "met"} for row in view.required],
        "previous": _id(content.previous),
        "next": _id(content.next),
        "documents": [_document(site, each.item, one) for one in shown_documents(content.accepted, content.refused)],
        "findings": [_finding(site, placed) for placed in content.findings],
    }
    return _call("item", found)


def shown_documents(*several: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """Return the documents of an item that an assessor can look at, each once."""
    found = {exhibit.document.key: exhibit for exhibit in visible(chain.from_iterable(several))}
    return tuple(found.values())


_NO_FRAME = Frame("", "", "", "", "", "", "", "", "", ())


def _call(name: str, data: object) -> bytes:
    return f"catatDesk.{name}({json.dumps(data, separators=(',', ':'))});\n".encode("ascii")


def _id(each: ItemReadiness | None) -> str:
    return "" if each is None else each.item.id


def _values(item: Item) -> Mapping[str, Fraction]:
    return dict(item.scale.values) if isinstance(item.scale, Choices) else {}


def _item(site: Site, each: ItemReadiness, documents: tuple[Exhibit, ...]) -> dict[str, object]:
    item = each.item
    path = site.instrument.path_to(item)
    return {
        "id": item.id,
        "label": site.label(item),
        "area": item.area,
        "part": site.label(path[-1]) if path else "",
        "weight": str(item.weight),
        "kind": kind_of(item),
        "choices": [{"answer": name, "value": str(value)} for name, value in _values(item).items()],
        "inputs": [{"key": one.key, "role": one.role, "label": one.label.in_(site.language)} for one in item.inputs],
        "maximum": str(item.scale.maximum) if isinstance(item.scale, Linear) else "",
        "claimed": None if each.answer is None else each.answer.text,
        "value": None if each.answer is None else str(each.answer.value),
        "state": _state(each, documents),
        "documents": sum(1 for one in documents if _file(one)),
        "file": desk_item_path(item.id),
    }


def kind_of(item: Item) -> str:
    """Return the kind of an item's scale as the desk's scripts name it."""
    match item.scale:
        case Choices():
            return "choices"
        case Ratio():
            return "ratio"
        case Decrease():
            return "decrease"
        case Linear():
            return "linear"
        case _:
            assert_never(item.scale)


def _state(each: ItemReadiness, documents: tuple[Exhibit, ...]) -> str:
    """Return a digest of what an assessor judges, the claimed answer and the documents, and of what it is judged by.

    Where a document is, and by which name, is no part of it.
    """
    claimed = "" if each.answer is None else each.answer.text
    rows = sorted(_digest(one) or f"{one.record.id}/{_file(one)}" for one in documents)
    judged = repr((claimed, rows, _criteria(each.item)))
    return hashlib.sha256(judged.encode("utf-8", "surrogatepass")).hexdigest()[:_STATE_DIGITS]


def _criteria(item: Item) -> tuple[object, ...]:
    return (
        item.scale,
        item.question,
        tuple((each.choice, each.wording or each.label) for each in item.criteria),
        tuple((each.key, each.role, each.label) for each in item.inputs),
    )


def _file(exhibit: Exhibit) -> str:
    return "" if exhibit.document.confidential else exhibit.document.written


def _digest(exhibit: Exhibit) -> str:
    document = exhibit.document
    return "" if document.confidential or document.file is None else document.file.inspection.sha256


def _document(site: Site, item: Item, exhibit: Exhibit) -> dict[str, object]:
    shown, acceptance = card(site, DESK, exhibit, item=item.id), exhibit.acceptance
    return {
        "record": exhibit.record.id,
        "record_title": shown.record.text,
        "record_href": shown.record.href,
        "file": _file(exhibit),
        "title": shown.title,
        "type": shown.type,
        "date": shown.date,
        "size": shown.size,
        "pages": shown.pages,
        "href": shown.href or "",
        "external": shown.external,
        "viewer": shown.viewer,
        "large": shown.large,
        "sha256": _digest(exhibit),
        "counts": acceptance.accepted,
        "why": shown.why,
        "withheld": shown.withheld,
        "review": _review(acceptance),
    }


def _review(acceptance: Acceptance) -> str:
    """Return what the assessors last said of a document."""
    if Refusal.REJECTED in acceptance.refusals:
        return "rejected"
    if acceptance.stale:
        return "stale"
    return "accepted" if acceptance.reviewed else ""


def _finding(site: Site, placed: PlacedFinding) -> dict[str, object]:
    finding = placed.finding
    return {
        "level": finding.level.value,
        "assessor": finding.assessor or "",
        "date": site.words.day(finding.date),
        "answer": site.words.answer(finding.answer.text) if finding.answer is not None else "",
        "condition": finding.condition,
        "recommendation": finding.recommendation,
        "text": plain_text(finding.text.rendered),
        "closed": finding.closed,
        "stale": finding.stale,
        "href": href(DESK, item_path(finding.item), "findings") if finding.item is not None else "",
    }
