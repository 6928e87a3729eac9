"""The portfolio's settings: `portfolio.yaml`, read by the same code as a record's front matter."""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from generator.languages import DEFAULT, LANGUAGES
from generator.messages.diagnostics import Diagnostic, Place, has_errors
from generator.messages.source import Source
from generator.model.instrument import INSTITUTION_KINDS
from generator.model.paths import SETTINGS
from generator.model.portfolio import Level, Period, PortalrbUnit, Signatory
from generator.model.target_address import AddressInvalid, parse_target
from generator.model.text import Span
from generator.reading import recovery
from generator.reading.fields import Fields, Key, Shape, ValueKind
from generator.reading.forms import EitherForm, InnerForm, NameForm, TextForm, any_case
from generator.reading.nodes import Mapping, Node, Scalar
from generator.reading.problems import Located, Problems, optional, value_of
from generator.reading.values import (
    Types,
    check_groups,
    day,
    inner,
    keyed,
    many,
    naming,
    one_of,
    requirements,
    scalar,
    text,
    verbatim,
)
from generator.typos.addresses import address_meant
from generator.typos.correction import Correction

FILE = SETTINGS
DEFAULT_INSTRUMENT = "lke-zi-90-2021"
DEFAULT_THEME = "default"


class HistoryDetail(Enum):
    """What the site shows of a record's last change in git: nothing, its day, or also its author."""

    NOTHING = "none"
    DAY = "day"
    AUTHOR = "git"


class PrerequisiteEntry(Struct, frozen=True):
    """An answer to a prerequisite as it was written, with the names of its documents."""

    name: Scalar
    answer: Scalar
    documents: tuple[Located[str], ...] = ()
    note: str = ""


class Settings(Struct, frozen=True):
    """What `portfolio.yaml` says; what names parts of the instrument keeps its place, to be checked against it."""

    source: Source
    title: str
    unit: str
    institution: str | None = None
    instrument: Located[str] = Located(DEFAULT_INSTRUMENT, Span(0, 1))
    target: Located[str] | None = None
    held: tuple[Located[str], ...] = ()
    period: Period | None = None
    language: str = DEFAULT
    theme: Located[str] = Located(DEFAULT_THEME, Span(0, 1))
    documents: tuple[tuple[Scalar, tuple[Located[Types], ...]], ...] = ()
    evidence_roots: tuple[tuple[Scalar, Located[str]], ...] = ()
    publish: tuple[tuple[str, str], ...] = ()
    site_url: str | None = None
    """Where the site will be read, ending with a slash; None where the unit does not say so."""
    previews: bool = True
    history: Located[HistoryDetail] = Located(HistoryDetail.NOTHING, Span(0, 1))
    strip_location: bool = False
    downloads: bool = False
    address: tuple[str, ...] = ()
    signatory: Signatory | None = None
    portalrb: PortalrbUnit | None = None
    prerequisites: tuple[PrerequisiteEntry, ...] = ()
    institution_kind: str | None = None
    level: Level = Level.TPI
    review: bool = True


_ROOT_NAME = re.compile(r"\w[\w\-]+")
_TAKEN_NAMES = ("records", "evidence", "assessment", "findings", "pages", "instruments", "http", "https", "file")
ROOT_NAME_PATTERN = rf"^(?!({'|'.join(map(any_case, _TAKEN_NAMES))})$){_ROOT_NAME.pattern}$"

TITLE = Key("title", "judul", text, required=True)
UNIT = Key("unit", "satuan_kerja", text, required=True)
INSTITUTION = Key("institution", "instansi", text)
INSTRUMENT = Key("instrument", "instrumen", naming("shipped-instrument", text), decides=True)
TARGET = Key("target", "", naming("predicate", text), decides=True)
HELD = Key("held", "predikat_dimiliki", many(naming("predicate", text)), decides=True)
PERIOD: Key[Node] = Key("period", "periode", inner("period"), decides=True)
LANGUAGE = Key("language", "bahasa", one_of({code: code for code in LANGUAGES}))
THEME = Key("theme", "tema", naming("shipped-theme", text))
_REQUIRED = requirements(naming("type", text))
DOCUMENTS = Key("documents", "dokumen", keyed(NameForm("item"), _REQUIRED.form), decides=True)
ROOTS = Key("evidence_roots", "akar_bukti", keyed(TextForm(ROOT_NAME_PATTERN), TextForm()), decides=True)
_HOST = r"([^\s/@:?#]+@)?[^\s/@:?#]+(:\d+)?"
_TARGET = (
    rf"^\s*((?![a-zA-Z][a-zA-Z0-9+.-]+://)\S.*|({any_case('sftp')}|{any_case('http')}[sS]?)://{_HOST}(/[^?#]*)?|"
    rf"{any_case('smb')}://{_HOST}/+[^/?#][^?#]*|{any_case('s3')}://[^\s/@:?#]+(/[^?#]*)?)$"
)
"""What `parse_target` takes, for the schema."""
PUBLISH = Key("publish", "terbitkan", keyed(TextForm(), TextForm(_TARGET)), decides=True)
_SITE_URL = re.compile(r"[hH][tT][tT][pP][sS]?://[^\s/?#@<>\"\\^`{|}]+(/[^\s?#<>\"\\^`{|}]*)?")
SITE_URL = Key("site_url", "alamat_situs", ValueKind(text.read, TextForm(rf"^\s*{_SITE_URL.pattern}\s*$")))
_YES_OR_NO = {"true": True, "false": False, "ya": True, "tidak": False, "yes": True, "no": False}
PREVIEWS = Key("previews", "pratinjau", one_of(_YES_OR_NO), decides=True)
STRIP_LOCATION = Key("strip_location", "hapus_lokasi", one_of(_YES_OR_NO), decides=True)
PREREQUISITES = Key(
    "prerequisites",
    "prasyarat",
    keyed(NameForm("prerequisite"), EitherForm((TextForm(), InnerForm("prerequisite-answer")))),
    decides=True,
)
INSTITUTION_KIND = Key(
    "institution_kind",
    "jenis_instansi",
    one_of({**{each: each for each in INSTITUTION_KINDS}, "kementerian": "ministry", "daerah": "local"}),
    decides=True,
)
DOWNLOADS = Key("downloads", "unduhan", one_of(_YES_OR_NO), decides=True)
LEVEL = Key("level", "tingkat", one_of({each.casefold(): each for each in Level}), decides=True)
REVIEW = Key("review", "penilaian", one_of(_YES_OR_NO), decides=True)
ADDRESS = Key("address", "alamat", many(text))
SIGNATORY: Key[Node] = Key("signatory", "penanda_tangan", inner("signatory"))
PORTALRB: Key[Node] = Key("portalrb", "", inner("portalrb"), decides=True)
# Names of authors are personal data: they are published where the unit says so, and nowhere else.
HISTORY = Key(
    "history",
    "riwayat",
    one_of(
        {
            "git": HistoryDetail.AUTHOR,
            "day": HistoryDetail.DAY,
            "hari": HistoryDetail.DAY,
            "none": HistoryDetail.NOTHING,
            "tidak": HistoryDetail.NOTHING,
            "false": HistoryDetail.NOTHING,
        }
    ),
    decides=True,
)
SHAPE = Shape(
    "settings",
    (
        TITLE,
        UNIT,
        INSTITUTION,
        INSTITUTION_KIND,
        INSTRUMENT,
        TARGET,
        HELD,
        PERIOD,
        LANGUAGE,
        THEME,
        DOCUMENTS,
        ROOTS,
        PUBLISH,
        SITE_URL,
        PREVIEWS,
        HISTORY,
        STRIP_LOCATION,
        DOWNLOADS,
        LEVEL,
        REVIEW,
        ADDRESS,
        SIGNATORY,
        PORTALRB,
        PREREQUISITES,
    ),
)

FROM = Key("from", "dari", day, decides=True)
TO = Key("to", "sampai", day, decides=True)
PERIOD_SHAPE = Shape("period", (FROM, TO))

NAME = Key("name", "nama", text, required=True)
POSITION = Key("position", "jabatan", text)
NUMBER = Key("number", "nip", text)
PLACE = Key("place", "tempat", text)
SIGNATORY_SHAPE = Shape("signatory", (NAME, POSITION, NUMBER, PLACE))

ANSWER = Key("answer", "jawaban", scalar, required=True, decides=True)
ANSWER_DOCUMENTS = Key("documents", "dokumen", many(verbatim), decides=True)
ANSWER_NOTE = Key("note", "catatan", text)
PREREQUISITE_SHAPE = Shape("prerequisite-answer", (ANSWER, ANSWER_DOCUMENTS, ANSWER_NOTE))

UNIT_ID = Key("unit_id", "id_unit", text, required=True, decides=True)
CATEGORY = Key(
    "category", "kategori", one_of({each.casefold(): each for each in ("WBK", "WBK-AFIRMASI", "WBBM")}), decides=True
)
AFFIRMATIVE = Key("affirmative", "afirmasi", one_of(_YES_OR_NO), decides=True)
PORTALRB_SHAPE = Shape("portalrb", (UNIT_ID, CATEGORY, AFFIRMATIVE))
"""Contract: exchange, section 4."""


def missing() -> Diagnostic:
    """Say that the folder has no settings."""
    return Diagnostic.error("settings-invalid", Place(FILE), variant="absent")


def read(source: Source) -> tuple[Settings | None, str, tuple[Diagnostic, ...]]:
    """Read the settings: None where they have errors, and in any case the language of the report."""
    problems = Problems(source, "settings-invalid")
    composed = recovery.compose_by_key(source, Span(0, len(source.text)), SHAPE.names())
    for fault in composed.faults:
        problems.adopt(fault)
    if composed.unreadable:
        return None, DEFAULT, tuple(problems.found)
    fields = Fields(composed.node, SHAPE, problems, at=Span(0, 1), lost=composed.lost)
    language = fields.value(LANGUAGE, DEFAULT)
    title, unit = fields.take(TITLE), fields.take(UNIT)
    settings = Settings(
        source=source,
        title=value_of(title, ""),
        unit=value_of(unit, ""),
        institution=fields.value(INSTITUTION),
        instrument=fields.take(INSTRUMENT) or Located(DEFAULT_INSTRUMENT, fields.span),
        target=fields.take(TARGET),
        held=fields.value(HELD, ()),
        period=_period(fields, problems),
        language=language,
        theme=fields.take(THEME) or Located(DEFAULT_THEME, fields.span),
        documents=_documents(fields.value(DOCUMENTS, ()), problems),
        evidence_roots=_roots(fields.value(ROOTS, ()), problems),
        publish=_publish(fields.value(PUBLISH, ()), problems),
        site_url=_site_url(fields.take(SITE_URL), problems),
        previews=fields.value(PREVIEWS, True),
        history=fields.take(HISTORY) or Located(HistoryDetail.NOTHING, fields.span),
        strip_location=fields.value(STRIP_LOCATION, False),
        downloads=fields.value(DOWNLOADS, False),
        address=tuple(each.value for each in fields.value(ADDRESS, ())),
        signatory=_signatory(fields, problems),
        portalrb=_portalrb(fields, problems),
        prerequisites=_prerequisites(fields.value(PREREQUISITES, ()), problems),
        institution_kind=fields.value(INSTITUTION_KIND),
        level=fields.value(LEVEL, Level.TPI),
        review=fields.value(REVIEW, True),
    )
    return (None if has_errors(problems.found) else settings), language, tuple(problems.found)


def _period(fields: Fields, problems: Problems) -> Period | None:
    written = fields.take(PERIOD)
    if written is None:
        return None
    inner = Fields(written.value, PERIOD_SHAPE, problems, at=written.span)
    start, end = inner.take(FROM), inner.take(TO)
    if start is not None and end is not None and end.value < start.value:
        problems.error("date-invalid", end.span, variant="end-first", start=start.value, end=end.value)
    return Period(optional(start), optional(end))


def _signatory(fields: Fields, problems: Problems) -> Signatory | None:
    written = fields.take(SIGNATORY)
    if written is None:
        return None
    inner = Fields(written.value, SIGNATORY_SHAPE, problems, at=written.span)
    name, *rest = (inner.value(key, "") for key in (NAME, POSITION, NUMBER, PLACE))
    return Signatory(name, *rest) if name else None


def _portalrb(fields: Fields, problems: Problems) -> PortalrbUnit | None:
    written = fields.take(PORTALRB)
    if written is None:
        return None
    inner = Fields(written.value, PORTALRB_SHAPE, problems, at=written.span)
    unit, category, affirmative = inner.value(UNIT_ID, ""), inner.value(CATEGORY, ""), inner.value(AFFIRMATIVE)
    return PortalrbUnit(unit, category, affirmative) if unit else None


def _prerequisites(written: tuple[tuple[Scalar, Node], ...], problems: Problems) -> tuple[PrerequisiteEntry, ...]:
    found = []
    for name, node in written:
        if not isinstance(node, Mapping):
            answer = scalar(node, problems)
            found += [] if answer is None else [PrerequisiteEntry(name, answer)]
            continue
        inner = Fields(node, PREREQUISITE_SHAPE, problems, at=node.span)
        answer, documents = inner.value(ANSWER), inner.value(ANSWER_DOCUMENTS, ())
        if answer is not None:
            found.append(PrerequisiteEntry(name, answer, documents, inner.value(ANSWER_NOTE, "")))
    return tuple(found)


def _documents(
    written: tuple[tuple[Scalar, Node], ...], problems: Problems
) -> tuple[tuple[Scalar, tuple[Located[Types], ...]], ...]:
    found = []
    for item, node in written:
        mark = len(problems.found)
        required = _REQUIRED(node, problems)
        if required is None or len(problems.found) > mark:  # only `[]` says that nothing is required
            continue
        if check_groups(required, problems):
            found.append((item, required))
    return tuple(found)


def _roots(written: tuple[tuple[Scalar, Node], ...], problems: Problems) -> tuple[tuple[Scalar, Located[str]], ...]:
    found = []
    for name, node in written:
        path = verbatim(node, problems)
        if not _ROOT_NAME.fullmatch(name.text) or name.text.casefold() in _TAKEN_NAMES:
            problems.error("settings-invalid", name.span, variant="root-name", name=name.text)
        elif path is not None:
            found.append((name, Located(path, node.span)))
    return tuple(found)


def _publish(written: tuple[tuple[Scalar, Node], ...], problems: Problems) -> tuple[tuple[str, str], ...]:
    found = []
    for name, node in written:
        address = text(node, problems)
        if address is None:
            continue
        try:
            parse_target(address)
        except AddressInvalid as invalid:
            # Without the line, for it may hold a password, which no message repeats.
            place = replace(problems.source.place(node.span), excerpt="")
            variant = f"target-{invalid.reason}"
            problems.adopt(Diagnostic.error("settings-invalid", place, variant=variant, name=name.text))
        else:
            found.append((name.text, address))
    return tuple(found)


def _site_url(written: Located[str] | None, problems: Problems) -> str | None:
    """Return the address of the site's folder, with a slash at its end; None, and a note, where it is not one."""
    if written is None:
        return None
    address = written.value
    if not _is_site_url(address):
        correction = Correction(address_meant(address))
        problems.error("settings-invalid", written.span, correction, variant="site-url", url=address)
        return None
    return f"{address.removesuffix('index.html').rstrip('/')}/"


def _is_site_url(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError for a port that is none
    except ValueError:
        return False
    return _SITE_URL.fullmatch(address) is not None and bool(parts.hostname)
