"""What assessors found: one file of `findings/`."""

from __future__ import annotations

import datetime
import re
from pathlib import PurePosixPath

from msgspec import Struct

from generator.languages import dates
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.model.portfolio import Level
from generator.model.text import Span
from generator.reading import front_matter
from generator.reading.answers import ANSWER
from generator.reading.fields import Fields, Key, Shape, written_as
from generator.reading.forms import OneOf, TextForm, With
from generator.reading.front_matter import Divided
from generator.reading.nodes import Node
from generator.reading.problems import Located, Problems, optional, value_of
from generator.reading.values import day, inner, inner_list, many, naming, one_of, text, verbatim


class VerdictReading(Struct, frozen=True):
    """An assessor's verdict on one document: its record, and its file or address as the record writes it."""

    span: Span
    record: Located[str]
    target: Located[str]
    accepted: bool
    reason: str | None
    sha256: str = ""
    note: str = ""


class ResponseReading(Struct, frozen=True):
    """The unit's answer to a finding as written, with the records that it names."""

    date: datetime.date
    text: str
    records: tuple[Located[str], ...] = ()


class FindingReading(Struct, frozen=True):
    """One finding as written."""

    source: Source
    divided: Divided | None
    item: Located[str] | None = None
    date: Located[datetime.date] | None = None
    assessor: str | None = None
    answer: Node | None = None
    verdicts: tuple[VerdictReading, ...] = ()
    closed: bool = False
    level: Level = Level.TPI
    assignment: str = ""
    condition: str = ""
    recommendation: str = ""
    response: ResponseReading | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the file itself has no error."""
        return not has_errors(self.diagnostics)


ITEM = Key("item", "butir", naming("item", text), decides=True)


DATE = Key("date", "tanggal", day, required=True, decides=True)


ASSESSOR = Key("assessor", "penilai", text)


EVIDENCE = Key("evidence", "bukti", inner_list("verdict"), decides=True)


STATUS = Key("status", "", one_of({"open": False, "terbuka": False, "closed": True, "selesai": True}), decides=True)


LEVEL = Key("level", "tingkat", one_of({each.casefold(): each for each in Level}), decides=True)


ASSIGNMENT = Key("assignment", "penugasan", text)


CONDITION = Key("condition", "kondisi", verbatim)


RECOMMENDATION = Key("recommendation", "rekomendasi", verbatim)


RESPONSE: Key[Node] = Key("response", "tanggapan", inner("response"))


SHAPE = Shape(
    "finding",
    (ITEM, DATE, ASSESSOR, LEVEL, ASSIGNMENT, ANSWER, CONDITION, RECOMMENDATION, EVIDENCE, STATUS, RESPONSE),
    (OneOf(("item", "evidence")), With("answer", "item")),
)


RESPONSE_DATE = Key("date", "tanggal", day, required=True)


RESPONSE_TEXT = Key("text", "teks", verbatim, required=True)


RESPONSE_EVIDENCE = Key("evidence", "bukti", many(text))


RESPONSE_SHAPE = Shape("response", (RESPONSE_DATE, RESPONSE_TEXT, RESPONSE_EVIDENCE))
"""Contract: review, section 5."""


RECORD = Key("record", "kegiatan", text, required=True)


FILE = Key("file", "berkas", verbatim, decides=True)


URL = Key("url", "tautan", text, decides=True)


VERDICT = Key(
    "verdict",
    "putusan",
    one_of({"accepted": True, "diterima": True, "rejected": False, "ditolak": False}),
    required=True,
    decides=True,
)


REASON = Key("reason", "alasan", text)


SHA256_PATTERN = r"^\s*[0-9a-fA-F]{64}\s*$"


@written_as(TextForm(SHA256_PATTERN))
def digest(node: Node, problems: Problems) -> str | None:
    """Accept the SHA-256 of a file: 64 hexadecimal digits."""
    written = text(node, problems)
    if written is None or re.match(SHA256_PATTERN, written):
        return None if written is None else written.casefold()
    problems.error("field-invalid", node.span, variant="digest", value=written)
    return None


SHA256 = Key("sha256", "", digest, decides=True)


NOTE = Key("note", "keterangan", verbatim)


VERDICT_SHAPE = Shape("verdict", (RECORD, FILE, URL, SHA256, VERDICT, REASON, NOTE), (OneOf(("file", "url")),))


def read(source: Source) -> FindingReading:
    """Read one file of `findings/`."""
    front = front_matter.read(source, SHAPE)
    fields, problems = front.fields, front.problems
    if fields is None:
        return FindingReading(source, front.divided, diagnostics=tuple(problems.found))
    item, answer = fields.take(ITEM), fields.take(ANSWER)
    verdicts = [_verdict(each.value, problems) for each in fields.value(EVIDENCE, ())]
    if item is None and not fields.has(ITEM) and (answer is not None or not fields.has(EVIDENCE)):
        fields.missing(ITEM)
    date = fields.take(DATE)
    name = PurePosixPath(source.path).stem
    if date is not None and (other := dates.other_day_in_name(name, date.value, date.value)) is not None:
        problems.warning("date-mismatch", date.span, date=date.value, name=name, other=other)
    return FindingReading(
        source,
        front.divided,
        item=item,
        date=date,
        assessor=fields.value(ASSESSOR),
        answer=None if answer is None else answer.value,
        verdicts=tuple(verdict for verdict in verdicts if verdict is not None),
        closed=fields.value(STATUS, False),
        level=fields.value(LEVEL, Level.TPI),
        assignment=fields.value(ASSIGNMENT, ""),
        condition=fields.value(CONDITION, "").strip(),
        recommendation=fields.value(RECOMMENDATION, "").strip(),
        response=_response(fields.take(RESPONSE), problems),
        diagnostics=tuple(problems.found),
    )


def _verdict(node: Node, problems: Problems) -> VerdictReading | None:
    fields = Fields(node, VERDICT_SHAPE, problems, at=node.span)
    record, target = fields.take(RECORD), fields.take(FILE) or fields.take(URL)
    accepted, reason = fields.take(VERDICT), fields.take(REASON)
    sha256, note = fields.value(SHA256, ""), fields.value(NOTE, "").strip()
    if not (fields.has(FILE) or fields.has(URL)):
        problems.error("field-missing", Span(node.span.start, node.span.start + 1), variant="file-or-url")
    if record is None or target is None:
        return None
    return VerdictReading(node.span, record, target, value_of(accepted, default=False), optional(reason), sha256, note)


def _response(written: Located[Node] | None, problems: Problems) -> ResponseReading | None:
    if written is None:
        return None
    fields = Fields(written.value, RESPONSE_SHAPE, problems, at=written.span)
    date, answer = fields.take(RESPONSE_DATE), fields.take(RESPONSE_TEXT)
    records = fields.value(RESPONSE_EVIDENCE, ())
    return None if date is None or answer is None else ResponseReading(date.value, answer.value.strip(), records)
