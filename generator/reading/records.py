"""One record, read from its file alone."""

from __future__ import annotations

import datetime
import posixpath
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Sequence as Sequence_
from pathlib import PurePosixPath
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.languages import LANGUAGES, dates
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading import front_matter, recovery
from generator.reading.fields import Fields, Key, Shape
from generator.reading.forms import NotBoth, OneOf, WhereWords
from generator.reading.front_matter import Divided
from generator.reading.nodes import Node, Scalar
from generator.reading.people import people, tags
from generator.reading.problems import Located, Problems, optional
from generator.reading.values import day, inner_list, integer, many, naming, one_file, one_of, text
from generator.typos import documents
from generator.typos.addresses import without_marks
from generator.typos.file_names import defaults_meant, text_meant

T = TypeVar("T")


class EvidenceEntry(Struct, frozen=True):
    """One entry of `evidence` as it was written: a file or an address, and what is said of it."""

    span: Span
    file: Located[str] | None
    url: Located[str] | None
    title: str | None
    types: Located[tuple[Located[str], ...]] | None
    date: Located[datetime.date] | None
    valid_until: Located[datetime.date] | None
    pages: Located[str] | None
    items: tuple[Located[str], ...] | None
    restricted: bool


class RecordReading(Struct, frozen=True):
    """What could be read of one record's file. Only a sound one becomes a record; a faulty one keeps its id."""

    id: str
    source: Source
    divided: Divided | None
    title: str | None = None
    date: Located[datetime.date] | None = None
    end_date: datetime.date | None = None
    area: Located[int] | None = None
    area_written: bool = False  # also where it is invalid, which is reported
    items: tuple[Located[str], ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    draft: bool = False
    restricted: bool = False
    evidence: tuple[EvidenceEntry, ...] = ()
    incomplete: bool = False  # some of it could not be read, whatever it says
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the file itself has no error."""
        return not has_errors(self.diagnostics)

    @property
    def folder(self) -> str:
        """The folder that the record's own paths start from."""
        return posixpath.dirname(self.source.path)


class Defaults(Struct, frozen=True):
    """What a `_defaults.yaml` says for all records below its folder; None where it does not speak of it."""

    source: Source
    people: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    restricted: bool | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def folder(self) -> str:
        """The folder that it is for."""
        return posixpath.dirname(self.source.path)


STATUS = {"draft": True, "draf": True, "final": False}


def status_word(language: str, *, final: bool) -> str:
    """Return the status of a record as a file of a language has it."""
    return "final" if final else {"id": "draf"}.get(language, "draft")


CLASSIFICATION = {"internal": False, "restricted": True, "terbatas": True}


TITLE = Key("title", "judul", text, required=True)
DATE = Key("date", "tanggal", day)  # required of all but drafts
END_DATE = Key("end_date", "tanggal_selesai", day, decides=True)
AREA = Key("area", "", naming("area", integer), decides=True)
ITEMS = Key("items", "butir", many(naming("item", text)), decides=True)
PEOPLE = Key("people", "penanggung_jawab", people)
TAGS = Key("tags", "label", tags)
STATUS_KEY = Key("status", "", one_of(STATUS), decides=True)
CLASSIFICATION_KEY = Key("classification", "klasifikasi", one_of(CLASSIFICATION), decides=True)
EVIDENCE = Key("evidence", "bukti", inner_list("evidence"))
SHAPE = Shape(
    "record",
    (TITLE, DATE, END_DATE, AREA, ITEMS, PEOPLE, TAGS, STATUS_KEY, CLASSIFICATION_KEY, EVIDENCE),
    (WhereWords("status", ("draft", "draf"), otherwise=(OneOf(("date",)),)),),
    below=(EVIDENCE, re.compile("file|berkas|url|tautan|type|jenis|valid_until|berlaku_sampai|pages|halaman")),
)

# What `_defaults.yaml` may say for all the records below its folder.
DEFAULTS_SHAPE = Shape("defaults", (PEOPLE, TAGS, CLASSIFICATION_KEY))

FILE = Key("file", "berkas", one_file, decides=True)
URL = Key("url", "tautan", text, decides=True)
DOCUMENT_TITLE = Key("title", "judul", text)
TYPE = Key("type", "jenis", many(naming("type", text)), decides=True)
DOCUMENT_DATE = Key("date", "tanggal", day, decides=True)
VALID_UNTIL = Key("valid_until", "berlaku_sampai", day, decides=True)
PAGES = Key("pages", "halaman", text)
NARROWED_ITEMS = Key("items", "butir", many(naming("item", text), filled=True), decides=True)
EVIDENCE_SHAPE = Shape(
    "evidence",
    (FILE, URL, DOCUMENT_TITLE, TYPE, DOCUMENT_DATE, VALID_UNTIL, PAGES, NARROWED_ITEMS, CLASSIFICATION_KEY),
    (OneOf(("file", "url")), NotBoth("file", "url")),
)


def record_id(path: str) -> str:
    """Return the id of the record at `path`: its file's stem, or its folder's name for `index.md`."""
    file = PurePosixPath(path)
    name = file.parent.name if file.name == "index.md" or _index_meant(file) is not None else file.stem
    return unicodedata.normalize("NFC", name)


def read_defaults(source: Source) -> Defaults:
    """Read what a folder says for all the records below it."""
    composed = recovery.compose_by_key(source, Span(0, len(source.text)), DEFAULTS_SHAPE.names())
    if composed.unreadable:
        return Defaults(source, restricted=True, diagnostics=composed.faults)
    if composed.node is None:
        return Defaults(source)
    problems = Problems(source, found=[*composed.faults])
    fields = Fields(composed.node, DEFAULTS_SHAPE, problems, at=Span(0, 1), lost=composed.lost)
    return Defaults(
        source,
        _values(fields.take(PEOPLE)),
        _values(fields.take(TAGS)),
        _classification(fields),
        tuple(problems.found),
    )


def folders_above(path: str) -> tuple[str, ...]:
    """Return the folders that a file is in, the nearest first."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[:count]) for count in range(len(parts), 0, -1))


def read(source: Source, defaults: Sequence_[Defaults] = ()) -> RecordReading:
    """Read one record's file; everything wrong with it is in the reading's diagnostics.

    What it does not say itself the nearest of its folders' `defaults` says, which come nearest first.
    """
    identifier = record_id(source.path)
    if (meant := defaults_meant(name := PurePosixPath(source.path).name)) is not None:
        misnamed = Diagnostic.error("text-misnamed", source.place(), variant="defaults", file=name, meant=meant)
        return RecordReading(identifier, source, None, diagnostics=(misnamed,))
    front = front_matter.read(source, SHAPE)
    fields, problems, divided = front.fields, front.problems, front.divided
    if fields is None or divided is None:
        return RecordReading(identifier, source, divided, diagnostics=tuple(problems.found))
    _check_name(problems)
    draft = fields.value(STATUS_KEY, False) or fields.unreadable(STATUS_KEY)
    date, end_date = _record_date(fields, problems, draft=draft), fields.take(END_DATE)
    if date is not None and end_date is not None and end_date.value < date.value:
        problems.error("date-invalid", end_date.span, variant="end-first", start=date.value, end=end_date.value)
    title = fields.take(TITLE)
    _check_days(date, end_date, identifier, title, divided, problems)
    return RecordReading(
        id=identifier,
        source=source,
        divided=divided,
        title=optional(title),
        date=date,
        end_date=optional(end_date),
        area=fields.take(AREA),
        area_written=fields.has(AREA),
        items=_unique(fields.value(ITEMS, ())),
        people=_said(_values(fields.take(PEOPLE)), (each.people for each in defaults), ()),
        tags=_said(_values(fields.take(TAGS)), (each.tags for each in defaults), ()),
        draft=draft,
        restricted=_said(_classification(fields), (each.restricted for each in defaults), False),
        evidence=tuple(_entry(each.value, date, problems) for each in fields.value(EVIDENCE, ())),
        incomplete=front.incomplete,
        diagnostics=tuple(problems.found),
    )


def _classification(fields: Fields) -> bool | None:
    """Return whether a text says that it is restricted; what cannot be read restricts, until it is mended."""
    written = fields.take(CLASSIFICATION_KEY)
    return True if fields.unreadable(CLASSIFICATION_KEY) else optional(written)


def _record_date(fields: Fields, problems: Problems, *, draft: bool) -> Located[datetime.date] | None:
    """Return the day of a record, which only a draft may still leave open."""
    if not fields.blank(DATE):
        return fields.take(DATE)
    if draft and not fields.unreadable(STATUS_KEY):
        problems.warning("evidence-guessed-date", fields.place_of(DATE))
    elif fields.node(DATE) is not None:
        fields.undecided(DATE, needed=True)
    elif not fields.has(DATE):
        fields.missing(DATE)
    return None


def _check_days(
    date: Located[datetime.date] | None,
    end_date: Located[datetime.date] | None,
    identifier: str,
    title: Located[str] | None,
    divided: Divided,
    problems: Problems,
) -> None:
    """Note a day that the record's own name contradicts, and days in words that name another weekday."""
    if date is not None:
        last = end_date.value if end_date is not None else date.value
        if (other := dates.other_day_in_name(identifier, date.value, last)) is not None:
            problems.warning("date-mismatch", date.span, date=date.value, name=identifier, other=other)
    spans = (divided.body, *((title.span,) if title is not None else ()))
    for span in spans:
        for wrong in dates.wrong_weekdays(problems.source.text[span.start : span.end]):
            at = Span(span.start + wrong.start, span.start + wrong.end)
            real = {f"weekday:{language}": wrong.named(language) for language in LANGUAGES}
            problems.warning("date-mismatch", at, variant="weekday", written=wrong.written, day=wrong.day, **real)


def _check_name(problems: Problems) -> None:
    """Report a file that was meant for the text of its folder, and would be a record of another id."""
    file = PurePosixPath(problems.source.path)
    if (meant := _index_meant(file)) is not None:
        problems.adopt(Diagnostic.error("text-misnamed", problems.source.place(), file=file.name, meant=meant))


def _index_meant(file: PurePosixPath) -> str | None:
    return text_meant(file.name) if len(file.parts) > _LEVELS_TO_A_FOLDER_OF_ITS_OWN else None


_LEVELS_TO_A_FOLDER_OF_ITS_OWN = 3
"""`records`, the area and the record's own folder: above that an `indeks.md` may be what its name says."""


def _values(written: Located[tuple[Located[str], ...]] | None) -> tuple[str, ...] | None:
    return None if written is None else tuple(each.value for each in written.value)


def _said(own: T | None, defaults: Iterable[T | None], otherwise: T) -> T:
    """Return what a record says itself, else what the nearest folder says."""
    return next((each for each in (own, *defaults) if each is not None), otherwise)


def _unique(items: tuple[Located[str], ...]) -> tuple[Located[str], ...]:
    """Drop repeated items: supporting an item twice over in one record means no more than once."""
    return tuple({each.value: each for each in reversed(items)}.values())[::-1]


def _entry(node: Node, record_date: Located[datetime.date] | None, problems: Problems) -> EvidenceEntry:
    if isinstance(node, Scalar) and node.text.strip():
        return _entry_as_text(node, problems)
    fields = Fields(node, EVIDENCE_SHAPE, problems, at=node.span)
    file, url = fields.take(FILE), fields.take(URL)
    if file is not None and url is not None:
        problems.error("field-invalid", url.span, variant="file-and-url")
    elif not (fields.has(FILE) or fields.has(URL)):
        problems.error("field-missing", Span(node.span.start, node.span.start + 1), variant="file-or-url")
    date, valid_until = fields.take(DOCUMENT_DATE), fields.take(VALID_UNTIL)
    start = date or record_date
    if start is not None and valid_until is not None and valid_until.value < start.value:
        problems.error("date-invalid", valid_until.span, variant="end-first", start=start.value, end=valid_until.value)
    items = fields.take(NARROWED_ITEMS)
    if items is not None and not items.value:  # `[]`: the document would support nothing
        fields.undecided(NARROWED_ITEMS, needed=False)
    return EvidenceEntry(
        span=node.span,
        file=file,
        url=url,
        title=fields.value(DOCUMENT_TITLE),
        types=fields.take(TYPE),
        date=date,
        valid_until=valid_until,
        pages=fields.take(PAGES),
        items=None if items is None else _unique(items.value),
        restricted=bool(_classification(fields)),
    )


_NO_DOCUMENT = re.compile(r"\W*(?:tidak ada|belum ada|belum|nihil|none|nothing|n/a)?\W*", re.IGNORECASE)


def _entry_as_text(node: Scalar, problems: Problems) -> EvidenceEntry:
    """Note a file's name, or an address, that stands without its key; it is taken for what it names."""
    nothing = EvidenceEntry(node.span, None, None, None, None, None, None, None, None, restricted=False)
    if node.blank or _NO_DOCUMENT.fullmatch(node.text):
        problems.error("field-invalid", node.span, variant="no-document")
        return nothing
    address = without_marks(node.text)
    key = URL if address or re.match(r"https?://", node.text, re.IGNORECASE) else FILE
    indonesian = re.search(r"^(judul|tanggal|bukti)[ \t]*:", problems.source.text, re.MULTILINE) is not None
    target, raw = address or node.text.strip(), problems.written(node.span)
    name = key.alias if indonesian else key.name
    correction = documents.with_key(name, target, node.text, raw, problems.before(node.span))
    problems.error("field-invalid", node.span, correction, variant="document-as-text")
    named = Located(target, node.span)
    return replace(nothing, file=named) if key is FILE else replace(nothing, url=named)
