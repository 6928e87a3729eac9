"""Keys of pages: equal keys mean equal bytes, so that a page of the last build with its key is kept."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any
from zlib import crc32

from generator.evidence.previews import DocumentPreview
from generator.incremental import build_stamp
from generator.incremental.digests import Digests, Parts, field_names, is_structured, values_of
from generator.incremental.steps import Steps
from generator.model.instrument import Instrument, Item, Requirement
from generator.model.portfolio import Document, Finding, Portfolio, Record, Text
from generator.readiness.acceptance import Acceptance
from generator.readiness.gates import PredicateReadiness
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness
from generator.site.exhibits import Exhibit
from generator.site.pages import Page
from generator.site.site import Site
from generator.site.theme import Renderer
from generator.site.views.frame import Frame
from generator.site.views.list_pages import Listing, ListMember

_WHOLE = (
    Acceptance, Document, DocumentPreview, Finding, Frame, Instrument, Item, ItemReadiness, Portfolio,
    PredicateReadiness, Readiness, Requirement, Site, Text,
)  # fmt: skip
_SHARED: dict[type, Parts] = {
    **{kind: values_of(kind) for kind in _WHOLE},
    # The anchors of an exhibit follow from its record.
    Exhibit: values_of(Exhibit, but="anchors"),
    # A text is an argument of the pages that show it, and a record of many that do not.
    Record: values_of(Record, but="text"),
    ListMember: lambda member: (member.of,),
    Listing: lambda listing: (*listing.facts, marshal.dumps(listing.columns, 2)),
}
"""The classes of values that many pages have among their arguments."""


def program_digest() -> str:
    """Return a digest of the program and of the libraries that it uses, for keys of pages that are no portfolio's."""
    return build_stamp.program()


DAY = "day"
"""The name of a key's part that is the day of the figures."""


class PageKeys:
    """Computes the key of each page from the program, its template and the arguments of its view.

    The digests of records and their parts are a step, for they are the largest part of all arguments.
    """

    def __init__(self, records: Iterable[Record], renderer: Renderer, steps: Steps) -> None:
        self._renderer, self._program = renderer, build_stamp.program().encode()
        self._digests = Digests(_SHARED)
        every = {each.id: each for each in records}
        for record, found in zip(every.values(), steps.map("digests", every, _digests_of).values(), strict=True):
            for value, digest in zip(_parts(record), found, strict=True):
                self._digests.know(value, digest)

    def of(self, page: Page) -> str:
        """Return the key of a page: a digest of all that decides its bytes, and a checksum of each part of that."""
        arguments = page.arguments()
        parts = [self._program, self._renderer.digest(page.template).encode(), arguments[0].on.isoformat().encode()]
        parts += map(self._digests.encoded, _values(arguments))
        whole = hashlib.sha256(b"".join([len(each).to_bytes(8, "big") + each for each in parts]))
        return f"{whole.hexdigest()}.{'.'.join([f'{crc32(each):x}' for each in parts])}"

    def of_values(self, *values: object) -> str:
        """Return a key of what the program computes from some values and from nothing else."""
        return hashlib.sha256(b"".join((self._program, *map(self._digests.of, values)))).hexdigest()


def _values(arguments: Iterable[Any]) -> Iterator[Any]:
    """Yield the arguments of a view; of one that holds several values, each of these."""
    for each in arguments:
        kind: Any = type(each)
        yield from values_of(kind)(each) if _is_content(each) else (each,)


def _is_content(argument: Any) -> bool:
    return is_structured(type(argument)) and type(argument) not in _SHARED


def changed_parts(page: Page, before: str, after: str) -> tuple[str, ...]:
    """Return the names of the parts in which two keys of a page differ: `program`, `template`, `day`, an argument."""
    code = page.view_of.__code__
    each: Any
    names = ["program", "template", DAY]
    for name, each in zip_longest(code.co_varnames[: code.co_argcount], page.arguments(), fillvalue="view"):
        names += field_names(type(each)) if _is_content(each) else (name.lstrip("_"),)
    # The first is the digest of the whole. A part may differ without its checksum: then the others are named.
    (_, *old), (_, *new) = before.split("."), after.split(".")
    return tuple(name for name, one, other in zip_longest(names, old, new, fillvalue="") if one != other)


def _parts(record: Record) -> tuple[Any, ...]:
    return (*record.documents, record.text, record)


def _digests_of(record: Record) -> tuple[bytes, ...]:
    digests = Digests(_SHARED)
    return tuple(map(digests.of, _parts(record)))
