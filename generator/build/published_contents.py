"""What a site shows at each of its addresses, by digest, and what has changed between two publications."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from generator.build.outcome import Outcome
from generator.exchange.publications import plain_json, publication_line
from generator.exchange.readiness_json import rounded
from generator.joining.evidence_files import Found
from generator.joining.publications import folded, forms, mark
from generator.model.addresses import free_page_path, item_path, record_path
from generator.model.paths import Reference, published_path
from generator.model.portfolio import Document, DocumentUrl, FreePage, Record, Text
from generator.model.publications import gate_key
from generator.readiness.bases import ByBasis
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness
from generator.site import published

_ITEM = item_path("").removesuffix(".html")


class PublishedContents(Struct, frozen=True):
    """What a site shows, whatever page shows it.

    `addresses` has the digest of the own content of each open document, each record that is not restricted, each free
    page and each item with an answer: not of its neighbours, figures or lines. `answers` are by item, as written.
    `restricted` are folded addresses, and names that no open document has, which nothing may name; they are no part of
    the plain data.
    """

    as_of: datetime.date
    addresses: Mapping[str, str]
    answers: Mapping[str, str]
    index: Mapping[str, Any]
    gates: Mapping[str, Mapping[str, Mapping[str, bool]]]
    restricted: frozenset[str] = frozenset()

    @property
    def content(self) -> str:
        """The digest of all that is shown, the same for every target."""
        return _digest(self.as_plain())[:32]

    def as_plain(self) -> dict[str, Any]:
        """Return plain data for JSON, for `changes_between`; nothing restricted is in it."""
        return {
            "addresses": dict(self.addresses),
            "answers": dict(self.answers),
            "index": dict(self.index),
            "gates": {predicate: dict(each) for predicate, each in self.gates.items()},
        }

    def is_restricted(self, address: str) -> bool:
        """Whether nothing may name an address: it is that of something restricted, or its last part is its name."""
        name = address.rpartition("/")[2]
        return not self.restricted.isdisjoint((*forms(address), *forms(name)))


class PublishedChanges(NamedTuple):
    """What differs between two publications: addresses, and by item the answers before and now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    answers: Mapping[str, tuple[str | None, str | None]]


def published_contents(outcome: Outcome) -> PublishedContents:
    """Return what the site of an outcome shows. Raises ValueError where there is no portfolio."""
    readiness = outcome.readiness
    if readiness is None:
        raise ValueError(outcome.root)
    portfolio = readiness.portfolio
    copied = published.copied(portfolio, outcome.files, outcome.root, drafts=False)
    places = published.file_places(copied)
    strip, restricted = portfolio.strip_location, _restricted(outcome)
    addresses = {
        places[each.reference]: (each.inspection.stripped if strip else "") or each.inspection.sha256 for each in copied
    }
    addresses |= {
        record_path(each.id): _record(each, restricted) for each in portfolio.published() if not each.restricted
    }
    addresses |= {free_page_path(each.id): _free_page(each, restricted) for each in portfolio.pages}
    addresses |= {item_path(each.item.id): _item(each) for each in readiness.items if each.answer is not None}
    return PublishedContents(
        as_of=readiness.on,
        addresses=dict(sorted(addresses.items())),
        answers={each.item.id: each.answer.text for each in readiness.items if each.answer is not None},
        index={"weight": rounded(readiness.index.weight), **_bases(readiness.index.scores.map(rounded))},
        gates=_gates(readiness),
        restricted=frozenset(map(folded, _hidden_addresses(outcome, restricted)))
        | (_names(each.path for each in restricted) - _names(addresses)),
    )


def changes_between(before: PublishedContents | Mapping[str, Any] | None, now: PublishedContents) -> PublishedChanges:
    """Return what has changed since a publication; `before` may be the plain data, incomplete or missing.

    The page of an item is there with and without an answer: it is added once, and then changes. What is restricted now
    is never withdrawn.
    """
    plain = before.as_plain() if isinstance(before, PublishedContents) else before
    known = isinstance(plain, Mapping) and isinstance(plain.get("addresses"), Mapping)
    old, new = _texts(plain, "addresses"), now.addresses
    before_answers, answers = _texts(plain, "answers"), now.answers
    items = {each for each in (*old, *new) if known and each.startswith(_ITEM)}
    return PublishedChanges(
        added=tuple(sorted(new.keys() - old.keys() - items)),
        changed=tuple(sorted(each for each in (old.keys() & new.keys()) | items if old.get(each) != new.get(each))),
        withdrawn=tuple(sorted(each for each in old.keys() - new.keys() - items if not now.is_restricted(each))),
        answers={
            item: (before_answers.get(item), answers.get(item))
            for item in sorted({*before_answers, *answers})
            if before_answers.get(item) != answers.get(item)
        },
    )


def line_of(now: PublishedContents, changes: PublishedChanges, *, date: datetime.date, digest: str, target: str) -> str:
    """Return the line of `publications.jsonl` for a publication on a day, of a site of that digest, to a target."""
    return publication_line(
        date=date,
        as_of=now.as_of,
        digest=digest,
        content=now.content,
        target=target,
        index=now.index,
        gates=now.gates,
        answers=changes.answers,
        added=changes.added,
        changed=changes.changed,
        withdrawn=changes.withdrawn,
        closed=sorted(map(mark, now.restricted)),
    )


def _texts(plain: object, name: str) -> Mapping[str, str]:
    found = plain.get(name) if isinstance(plain, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    return {key: value for key, value in found.items() if isinstance(key, str) and isinstance(value, str)}


def _digest(data: object) -> str:
    return hashlib.sha256(plain_json(data).encode()).hexdigest()


def _bases(values: ByBasis[Any]) -> dict[str, Any]:
    return {"claimed": values.claimed, "supported": values.supported, "assessed": values.assessed}


def _gates(readiness: Readiness) -> dict[str, Mapping[str, Mapping[str, bool]]]:
    return {
        each.predicate.id: {gate_key(gate.gate.id, gate.area): _bases(gate.passed) for gate in each.gates}
        for each in readiness.predicates
    }


def _item(each: ItemReadiness) -> str:
    answer = each.answer
    return _digest(None if answer is None else (answer.text, answer.note))


def _free_page(page: FreePage, restricted: frozenset[Reference]) -> str:
    return _digest((page.title, _text(page.text, restricted)))


def _record(record: Record, restricted: frozenset[Reference]) -> str:
    return _digest(
        (
            record.title,
            str(record.date),
            str(record.end_date),
            record.area,
            record.items,
            record.people,
            record.tags,
            _text(record.text, restricted),
            [_document(each) for each in record.documents],
        )
    )


def _text(text: Text, restricted: frozenset[Reference]) -> str:
    """Return a text with its links as they are written; of a link to what is restricted only the words are in it."""
    return text.rendered.html(lambda link: None if text.files.get(link.target) in restricted else link.target)


def _document(document: Document) -> tuple[object, ...]:
    """Return what a page says of a document; of a confidential one neither its name nor its address."""
    source = document.source
    where: str | None
    if isinstance(source, DocumentUrl):
        where, sha256 = source.address, ""
    else:
        where, sha256 = str(source.reference), source.inspection.sha256
    return (
        document.name,
        document.types,
        str(document.date),
        str(document.valid_until),
        document.pages,
        document.items,
        document.confidential,
        None if document.confidential else where,
        sha256,
    )


def _restricted(outcome: Outcome) -> frozenset[Reference]:
    """Return the files that are restricted, under each of their names."""
    portfolio = outcome.portfolio
    assert portfolio is not None
    documents = (
        each for record in portfolio.records for each in record.documents if record.restricted or each.confidential
    )
    named = {each.file.reference for each in documents if each.file is not None}
    named |= {Reference("", each.path) for each in portfolio.records if each.restricted}
    real = {found.real for each in named if isinstance(found := outcome.files.get(each), Found)}
    same = {each for each, found in outcome.files.items() if isinstance(found, Found) and found.real in real}
    return frozenset(named | same)


def _names(paths: Iterable[str]) -> frozenset[str]:
    """Return the folded last parts of paths, as far as they look like names of files."""
    return frozenset(folded(name) for path in paths if "." in (name := path.rpartition("/")[2]))


def _hidden_addresses(outcome: Outcome, restricted: Iterable[Reference]) -> Iterator[str]:
    """Yield the addresses that restricted files and records would have."""
    assert outcome.portfolio is not None
    for reference in restricted:
        yield published_path(reference, active=False)
        yield published_path(reference, active=True)
    yield from (record_path(each.id) for each in outcome.portfolio.records if each.restricted)
