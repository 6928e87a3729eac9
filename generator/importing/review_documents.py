"""The documents that verdicts of a review speak of, where they are now: by their bytes, else by record and name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from generator.model.paths import evidence_reference
from generator.model.portfolio import Document, Record


class SpokenOf(Struct, frozen=True):
    """What a verdict speaks of, as a review or a finding names it; `sha256` is "" where it names no bytes."""

    record: str
    target: str
    sha256: str


class DocumentFinder:
    """Finds documents of a portfolio; `roots` are the names of its declared evidence roots."""

    def __init__(self, records: Iterable[Record], roots: tuple[str, ...]) -> None:
        self._records, self._roots = {each.id.casefold(): each for each in records}, roots
        self._by_digest: dict[str, list[Document]] = {}
        for record in self._records.values():
            for document in record.documents:
                if digest := digest_of(document):
                    self._by_digest.setdefault(digest, []).append(document)

    def find(self, several: Sequence[SpokenOf], item: str) -> list[Document | None]:
        """Return for each of several verdicts on an item its document; None where there is none.

        What certainly is what a verdict speaks of is found first, so that of two copies each verdict keeps its own:
        the bytes under their own name, in their record, and anywhere; then the name in its record; then an address.
        """
        found: dict[SpokenOf, Document] = {}
        for way in self._ways(item):
            for each in dict.fromkeys(several):
                taken = {one.key for one in found.values()}
                if each not in found and (free := next((one for one in way(each) if one.key not in taken), None)):
                    found[each] = free
        for each in several:
            if each not in found and (shared := next((one for way in self._ways(item) for one in way(each)), None)):
                found[each] = shared
        return [found.get(each) for each in several]

    def _ways(self, item: str) -> tuple[Callable[[SpokenOf], Iterable[Document]], ...]:
        return (
            lambda each: (one for one in self._named(each) if each.sha256 and digest_of(one) == each.sha256),
            lambda each: (one for one in self._same(each) if one.key[0].casefold() == each.record.casefold()),
            lambda each: sorted(self._same(each), key=lambda one: _likeness(one, each, item)),
            self._named,
            lambda each: (one for one in self._addresses() if not each.sha256 and one.written == each.target),
        )

    def _same(self, each: SpokenOf) -> Sequence[Document]:
        """Return the documents with the bytes that a verdict speaks of."""
        return self._by_digest.get(each.sha256, ())

    def _named(self, each: SpokenOf) -> Iterator[Document]:
        """Yield the documents that a record calls so; capitals are of no account where no name is the same."""
        record = self._records.get(each.record.casefold())
        if record is None or not each.target:
            return
        reference = evidence_reference(str(PurePosixPath(record.path).parent), each.target, self._roots)
        files = [(one, None if one.file is None else one.file.reference) for one in record.documents]
        yield from (one for one, own in files if one.written == each.target or (own is not None and own == reference))
        if reference is not None:
            yield from (
                one for one, own in files if own is not None and own != reference and own.folded == reference.folded
            )

    def _addresses(self) -> Iterator[Document]:
        for record in self._records.values():
            yield from (each for each in record.documents if each.file is None)


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a document's file; "" where there is none."""
    return document.file.inspection.sha256 if document.file is not None else ""


def _likeness(document: Document, each: SpokenOf, item: str) -> tuple[bool, bool, tuple[str, int]]:
    """Return a key that is least for the likeliest of several copies: one of the item, one of the same name."""
    name = PurePosixPath(each.target).name
    return item not in document.items, PurePosixPath(document.written).name != name, document.key
