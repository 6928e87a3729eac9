"""The portfolio's settings: `portfolio.yaml`, read and told about by the same code as a record's front matter."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum

from generator import nodes
from generator.diagnostics import Diagnostic, Place, diagnostic, has_errors
from generator.fields import Fields, Key, Located, Problems, Shape, optional, value_of
from generator.forms import Listed, Named, Text, any_case
from generator.kinds import day, inner, keyed, many, naming, one_of, text, verbatim
from generator.nodes import Node, Scalar
from generator.source import Source, Span

FILE = "portfolio.yaml"
DEFAULT_INSTRUMENT = "lke-zi-90-2021"
DEFAULT_THEME = "default"
LANGUAGES = {"id": "id", "en": "en"}


class Telling(Enum):
    """What the site tells of the last change of a record, of what git knows: nothing, its day, or also its author."""

    NOTHING = "none"
    DAY = "day"
    AUTHOR = "git"


@dataclass(frozen=True, slots=True)
class Period:
    """The days that evidence has to speak of: both ends belong to it; an open end is None."""

    start: datetime.date | None
    end: datetime.date | None

    def meets(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether the days from `first` to `last` share a day with the period."""
        return (self.end is None or first <= self.end) and (self.start is None or last >= self.start)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `portfolio.yaml` says; what names parts of the instrument keeps its place, to be checked against it."""

    source: Source
    title: str
    unit: str
    institution: str | None = None
    instrument: Located[str] = Located(DEFAULT_INSTRUMENT, Span(0, 1))
    target: Located[str] | None = None
    held: tuple[Located[str], ...] = ()
    period: Period | None = None
    language: str = "id"
    theme: Located[str] = Located(DEFAULT_THEME, Span(0, 1))
    documents: tuple[tuple[Scalar, tuple[Located[str], ...]], ...] = ()
    evidence_roots: tuple[tuple[Scalar, Located[str]], ...] = ()
    publish: tuple[tuple[str, str], ...] = ()
    previews: bool = True
    history: Located[Telling] = Located(Telling.NOTHING, Span(0, 1))
    strip_location: bool = False


_ROOT_NAME = re.compile(r"\w[\w\-]+")
_TAKEN_NAMES = ("records", "evidence", "assessment", "findings", "pages", "instruments", "http", "https", "file")
ROOT_NAME_PATTERN = rf"^(?!({'|'.join(map(any_case, _TAKEN_NAMES))})$){_ROOT_NAME.pattern}$"

TITLE = Key("title", "judul", text, required=True)
UNIT = Key("unit", "satuan_kerja", text, required=True)
INSTITUTION = Key("institution", "instansi", text)
INSTRUMENT = Key("instrument", "instrumen", naming("shipped-instrument", text))
TARGET = Key("target", "", naming("predicate", text))
HELD = Key("held", "predikat_dimiliki", many(naming("predicate", text)))
PERIOD: Key[Node] = Key("period", "periode", inner("period"))
LANGUAGE = Key("language", "bahasa", one_of(LANGUAGES))
THEME = Key("theme", "tema", naming("shipped-theme", text))
DOCUMENTS = Key("documents", "dokumen", keyed(Named("item"), Listed(Named("type"))))
ROOTS = Key("evidence_roots", "akar_bukti", keyed(Text(ROOT_NAME_PATTERN), Text()))
PUBLISH = Key("publish", "terbit", keyed(Text(), Text()))
_YES_OR_NO = {"true": True, "false": False, "ya": True, "tidak": False, "yes": True, "no": False}
PREVIEWS = Key("previews", "pratinjau", one_of(_YES_OR_NO))
STRIP_LOCATION = Key("strip_location", "hapus_lokasi", one_of(_YES_OR_NO))
# Names of authors are personal data: they are published where the unit says so, and nowhere else.
HISTORY = Key(
    "history",
    "riwayat",
    one_of(
        {
            "git": Telling.AUTHOR,
            "day": Telling.DAY,
            "hari": Telling.DAY,
            "none": Telling.NOTHING,
            "tidak": Telling.NOTHING,
            "false": Telling.NOTHING,
        }
    ),
)
SHAPE = Shape(
    "settings",
    (
        TITLE,
        UNIT,
        INSTITUTION,
        INSTRUMENT,
        TARGET,
        HELD,
        PERIOD,
        LANGUAGE,
        THEME,
        DOCUMENTS,
        ROOTS,
        PUBLISH,
        PREVIEWS,
        HISTORY,
        STRIP_LOCATION,
    ),
)

FROM = Key("from", "dari", day)
TO = Key("to", "sampai", day)
PERIOD_SHAPE = Shape("period", (FROM, TO))


def missing() -> Diagnostic:
    """Say that the folder has no settings."""
    return diagnostic("settings-invalid", Place(FILE), variant="absent")


def read(source: Source) -> tuple[Settings | None, str, tuple[Diagnostic, ...]]:
    """Read the settings: None where they have errors, and in any case the language to tell them in."""
    problems = Problems(source, "settings-invalid")
    root = nodes.compose(source, Span(0, len(source.text)))
    if isinstance(root, Diagnostic):
        problems.adopt(root)
        return None, "id", tuple(problems.found)
    fields = Fields(root, SHAPE, problems, at=Span(0, 1))
    language = value_of(fields.take(LANGUAGE), "id")
    title, unit = fields.take(TITLE), fields.take(UNIT)
    settings = Settings(
        source=source,
        title=value_of(title, ""),
        unit=value_of(unit, ""),
        institution=optional(fields.take(INSTITUTION)),
        instrument=fields.take(INSTRUMENT) or Located(DEFAULT_INSTRUMENT, fields.span),
        target=fields.take(TARGET),
        held=value_of(fields.take(HELD), ()),
        period=_period(fields, problems),
        language=language,
        theme=fields.take(THEME) or Located(DEFAULT_THEME, fields.span),
        documents=_documents(value_of(fields.take(DOCUMENTS), ()), problems),
        evidence_roots=_roots(value_of(fields.take(ROOTS), ()), problems),
        publish=_publish(value_of(fields.take(PUBLISH), ()), problems),
        previews=value_of(fields.take(PREVIEWS), default=True),
        history=fields.take(HISTORY) or Located(Telling.NOTHING, fields.span),
        strip_location=value_of(fields.take(STRIP_LOCATION), default=False),
    )
    return (None if has_errors(problems.found) else settings), language, tuple(problems.found)


def _period(fields: Fields, problems: Problems) -> Period | None:
    written = fields.take(PERIOD)
    if written is None:
        return None
    inner = Fields(written.value, PERIOD_SHAPE, problems, at=written.span)
    start, end = inner.take(FROM), inner.take(TO)
    if start is not None and end is not None and end.value < start.value:
        problems.note("date-invalid", end.span, variant="end-first", start=start.value, end=end.value)
    return Period(optional(start), optional(end))


def _documents(
    written: tuple[tuple[Scalar, Node], ...], problems: Problems
) -> tuple[tuple[Scalar, tuple[Located[str], ...]], ...]:
    read_list = many(text)
    found = []
    for item, node in written:
        mark = len(problems.found)
        types = read_list(node, problems)
        if types is not None and len(problems.found) == mark:  # only `[]` says that nothing is expected
            found.append((item, types))
    return tuple(found)


def _roots(written: tuple[tuple[Scalar, Node], ...], problems: Problems) -> tuple[tuple[Scalar, Located[str]], ...]:
    found = []
    for name, node in written:
        path = verbatim(node, problems)
        if not _ROOT_NAME.fullmatch(name.text) or name.text.casefold() in _TAKEN_NAMES:
            problems.note("settings-invalid", name.span, variant="root-name", name=name.text)
        elif path is not None:
            found.append((name, Located(path, node.span)))
    return tuple(found)


def _publish(written: tuple[tuple[Scalar, Node], ...], problems: Problems) -> tuple[tuple[str, str], ...]:
    targets = ((name.text, text(node, problems)) for name, node in written)
    return tuple((name, address) for name, address in targets if address is not None)
