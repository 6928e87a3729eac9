"""What assessors found: one file of `findings/`."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath

from msgspec import Struct

from generator.languages import dates
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.model.text import Span
from generator.reading import front_matter
from generator.reading.answers import ANSWER
from generator.reading.fields import Fields, Key, Shape
from generator.reading.forms import OneOf, With
from generator.reading.front_matter import Divided
from generator.reading.nodes import Node
from generator.reading.problems import Located, Problems, optional, value_of
from generator.reading.values import day, inner_list, naming, one_of, text, verbatim


class VerdictReading(Struct, frozen=True):
    """An assessor's verdict on one document: its record, and its file or address as the record writes it."""

    span: Span
    record: Located[str]
    target: Located[str]
    accepted: bool
    reason: str | None


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


SHAPE = Shape(
    "finding",
    (ITEM, DATE, ASSESSOR, ANSWER, EVIDENCE, STATUS),
    (OneOf(("item", "evidence")), With("answer", "item")),
)


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


VERDICT_SHAPE = Shape("verdict", (RECORD, FILE, URL, VERDICT, REASON), (OneOf(("file", "url")),))


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
        diagnostics=tuple(problems.found),
    )


def _verdict(node: Node, problems: Problems) -> VerdictReading | None:
    fields = Fields(node, VERDICT_SHAPE, problems, at=node.span)
    record, target = fields.take(RECORD), fields.take(FILE) or fields.take(URL)
    accepted, reason = fields.take(VERDICT), fields.take(REASON)
    if not (fields.has(FILE) or fields.has(URL)):
        problems.error("field-missing", Span(node.span.start, node.span.start + 1), variant="file-or-url")
    if record is None or target is None:
        return None
    return VerdictReading(node.span, record, target, value_of(accepted, default=False), optional(reason))
