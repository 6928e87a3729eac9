"""Removes the names and addresses of restricted documents from records and texts."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from msgspec import Struct, field
from msgspec.structs import replace

from generator import folding
from generator.joining.evidence_files import Found
from generator.joining.links import Files
from generator.model.paths import Reference, evidence_reference
from generator.model.portfolio import Answer, Document, DocumentFile, Judgement, Record, Text
from generator.model.text import Rendered
from generator.reading.records import EvidenceEntry, RecordReading


class Confidential(Struct, frozen=True):
    """The files that an entry restricts, by each of their names, and the addresses; `word` replaces their names.

    `names` are those that no open file has, and no text may have.
    """

    word: str
    files: Mapping[Reference, bool] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is restricted."""
        return bool(self.files or self.addresses)

    def for_record(self, record: Record) -> Confidential:
        """Return the part that a record depends on: the restricted files that it names."""
        documents = (document.file.reference for document in record.documents if document.file is not None)
        named = (*documents, *record.text.files.values())
        return replace(self, files={each: True for each in named if each in self.files})

    def _hides(self, document: Document) -> bool:
        source = document.source
        if isinstance(source, DocumentFile):
            return source.reference in self.files
        return _plain(source.address) in self.addresses

    def record(self, record: Record) -> Record:
        """Return a record that names nothing restricted, with the documents marked that other entries restrict."""
        documents = tuple(map(self.document, record.documents))
        cleared = replace(
            record,
            title=self.words(record.title),
            tags=tuple(map(self.words, record.tags)),
            documents=documents,
            text=self.text(record.text, documents),
        )
        return record if cleared == record else cleared

    def document(self, document: Document) -> Document:
        """Return a document marked where another entry restricts it, and without restricted names in its title."""
        if not document.restricted and self._hides(document):
            return replace(document, restricted_elsewhere=True)
        title = document.title if document.confidential else self.words(document.title)
        return document if title == document.title else replace(document, title=title)

    def text(self, text: Text, documents: Iterable[Document] = ()) -> Text:
        """Return a text without the names of restricted files that it links to or that are given, and of addresses."""
        linked = {target: each for target, each in text.files.items() if each in self.files}
        documents = tuple(documents)
        names = (*_names(documents), *chain.from_iterable((target, *_forms(each)) for target, each in linked.items()))
        rendered = text.rendered
        if linked:
            rendered = self._without_link_words(rendered, linked)
        pieces = tuple(self._without_addresses(piece) for piece in rendered.pieces)
        pieces = tuple(self._without(piece, names) for piece in pieces)
        return text if pieces == text.rendered.pieces else replace(text, rendered=replace(rendered, pieces=pieces))

    def judgement(self, judgement: Judgement, document: Document) -> Judgement:
        """Return a verdict whose reason and note do not name a document that is restricted."""
        reason, note = judgement.reason, self.words(judgement.note, (document,))
        return replace(judgement, reason=None if reason is None else self.words(reason, (document,)), note=note)

    def answer(self, answer: Answer, documents: Sequence[Document]) -> Answer:
        """Return an answer whose note does not name the restricted among the documents of its item."""
        if answer.note is None:
            return answer
        return replace(answer, note=self.words(answer.note, documents))

    def words(self, written: str, documents: Sequence[Document] = ()) -> str:
        """Return plain text without the names of restricted files, and of these documents in shorter forms too."""
        return self._without(written, _names(documents))

    def _without(self, written: str, names: Iterable[str]) -> str:
        """Return plain text or HTML without the names of files; the addresses of its links stay."""
        pattern = _pattern(tuple(sorted({*names, *_named_in(written, self.names)})))
        return written if pattern is None else pattern.sub(lambda match: match["address"] or self.word, written)

    def _without_addresses(self, piece: str) -> str:
        """Return HTML without links to restricted addresses, and without these addresses as words."""
        if not self.addresses or "://" not in piece:
            return piece

        def unlinked(match: re.Match[str]) -> str:
            return '<a class="withheld">' if _plain(html.unescape(match[1])) in self.addresses else match[0]

        def unnamed(match: re.Match[str]) -> str:
            return self.word if _plain(html.unescape(match[0])) in self.addresses else match[0]

        return _ADDRESS.sub(unnamed, _LINK_TO_ADDRESS.sub(unlinked, piece))

    def _without_link_words(self, rendered: Rendered, linked: Mapping[str, Reference]) -> Rendered:
        """Return a text without the names of restricted files as words of links to them, in any spelling."""
        pieces = [*rendered.pieces]
        for number, link in enumerate(rendered.links):
            reference = linked.get(link.target)
            if reference is None:
                continue
            pieces[number] = self._worded(_ALT_BEFORE, pieces[number], reference)
            pieces[number + 1] = self._worded(_ALT_AFTER if link.image else _WORDS_AFTER, pieces[number + 1], reference)
        return replace(rendered, pieces=tuple(pieces))

    def _worded(self, pattern: re.Pattern[str], piece: str, reference: Reference) -> str:
        match = pattern.search(piece)
        if match is None or not _says(match["words"], reference):
            return piece
        return f"{piece[: match.start('words')]}{html.escape(self.word)}{piece[match.end('words') :]}"


_LINK_TO_ADDRESS = re.compile(r'<a (?=[^>]*href=")[^>]*?href="(https?://[^"]*)"[^>]*>', re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_ALT_BEFORE = re.compile(r'<img [^>]*alt="(?P<words>[^"]*)"[^>]*$')
_ALT_AFTER = re.compile(r'^"[^>]* alt="(?P<words>[^"]*)"')
_WORDS_AFTER = re.compile(r'^"[^>]*>(?P<words>.*?)</a>', re.DOTALL)


def _says(words: str, reference: Reference) -> bool:
    """Whether the words of a link are the file's name, in any spelling."""
    said = folding.folded(html.unescape(re.sub(r"<[^>]*>", "", words)))
    stem = folding.stem(PurePosixPath(reference.path).name)
    if not said or not stem:
        return False
    return f"-{stem}-" in f"-{said}-" or folding.stem(said) == stem


def _plain(address: str) -> str:
    """Return an address in the form for comparison."""
    return address.strip().rstrip("/")


def _names(documents: Sequence[Document]) -> Iterator[str]:
    """Yield how the files and addresses of confidential documents may be written, except names of open ones."""
    open_to_all = {each.file.name for each in documents if each.file is not None and not each.confidential}
    for document in documents:
        if document.confidential:
            names = (document.written, *(_forms(document.file.reference) if document.file is not None else ()))
            yield from (name for name in names if name not in open_to_all)


def _forms(reference: Reference) -> Iterator[str]:
    """Yield how a file may be written: path and name, and the name without its ending where that is no mere word."""
    path = PurePosixPath(reference.path)
    yield from (reference.path, path.name)
    if len(path.stem) > _SHORT and re.search(r"[-_]", path.stem):
        yield path.stem


_ENDING = re.compile(r"\.\w{1,8}\Z")
_TAIL = 12
"""The number of last characters by which names are looked up."""


def _named_in(written: str, names: frozenset[str]) -> Iterator[str]:
    """Yield which of some file names, all with an ending, may occur in plain text or HTML."""
    if not names:
        return
    ends, tails = _tails(names)
    plain = unicodedata.normalize("NFC", unquote(html.unescape(written))).casefold()
    for match in ends.finditer(plain):
        for length in range(1, _TAIL + 1):
            yield from tails.get(plain[max(0, match.end() - length) : match.end()], ())


@lru_cache(maxsize=4)
def _tails(names: frozenset[str]) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]]]:
    """Return a pattern of the endings of some names, and the names by their last characters."""
    tails: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        tail = unicodedata.normalize("NFC", name).casefold()[-_TAIL:]
        tails[tail] = (*tails.get(tail, ()), name)
    endings = sorted({tail.rpartition(".")[2] for tail in tails})
    return re.compile(rf"\.(?:{'|'.join(map(re.escape, endings))})(?!\w)"), tails


def _as_id(name: str) -> str:
    """Return the id of a heading that is a name; nothing where that may be a common word."""
    identifier = re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", name)).casefold()
    return identifier if len(identifier) > _SHORT else ""


_SHORT = 8


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern of some names, the longest first, in each form that they may have in plain text or HTML."""
    forms = {
        written
        for name in names
        for form in {name, _as_id(name), unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}
        for plain in (form, quote(form, errors="surrogateescape"))
        for written in (plain, html.escape(plain, quote=False), html.escape(plain))
        if form.strip()
    }
    if not forms:
        return None
    longest_first = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    return re.compile(rf'(?P<address>href="[^"]*")|(?<!\w)(?:{longest_first})(?!\w)', re.IGNORECASE)


class _Restricted(Struct, frozen=True):
    """The files and addresses that one record restricts."""

    files: tuple[Reference, ...]
    addresses: tuple[str, ...]


def confidential(readings: Sequence[RecordReading], files: Files, roots: tuple[str, ...], word: str) -> Confidential:
    """Return what the entries of all records restrict, faulty records included.

    Files are compared with links resolved, so that every other name of a restricted file is restricted as well.
    """
    restricted = tuple(part for reading in readings if (part := _restricted(reading, roots)) is not None)
    return _everywhere(restricted, files, word) if restricted else Confidential(word)


def _everywhere(named: Sequence[_Restricted], files: Files, word: str) -> Confidential:
    written = {each for part in named for each in part.files}
    places = {found.real for each in written if isinstance(found := files.get(each), Found)}
    hits = [
        (name, found.reference) for name, found in files.items() if isinstance(found, Found) and found.real in places
    ]
    hidden = {*written, *chain.from_iterable(hits)}
    open_to_all = {
        PurePosixPath(name.path).name.casefold()
        for name, found in files.items()
        if isinstance(found, Found) and name not in hidden
    }
    names = (name for each in hidden for name in (each.path, PurePosixPath(each.path).name))
    return Confidential(
        word,
        dict.fromkeys(sorted(hidden), True),
        frozenset(_plain(address) for part in named for address in part.addresses),
        frozenset(name for name in names if _ENDING.search(name) and name.casefold() not in open_to_all),
    )


def _restricted(reading: RecordReading, roots: tuple[str, ...]) -> _Restricted | None:
    entries = [each for each in reading.evidence if each.restricted or reading.restricted]
    if not entries:
        return None
    return _Restricted(
        tuple(filter(None, (_file_of(entry, reading, roots) for entry in entries))),
        tuple(entry.url.value for entry in entries if entry.url is not None),
    )


def _file_of(entry: EvidenceEntry, reading: RecordReading, roots: tuple[str, ...]) -> Reference | None:
    return None if entry.file is None else evidence_reference(reading.folder, entry.file.value, roots)
