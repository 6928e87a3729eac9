"""The unit's own answers: one file of `assessment/`."""

from __future__ import annotations

import re

from msgspec import Struct

from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.reading import front_matter
from generator.reading.fields import Key, Shape
from generator.reading.forms import AnswerForm, NameForm
from generator.reading.front_matter import Divided
from generator.reading.nodes import Node, Scalar
from generator.reading.values import keyed


class AssessmentReading(Struct, frozen=True):
    """One file of answers as written; what they mean depends on the instrument."""

    source: Source
    divided: Divided | None
    answers: tuple[tuple[Scalar, Node], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


ANSWERS = Key("answers", "jawaban", keyed(NameForm("item"), AnswerForm(), optional=True), required=True)
SHAPE = Shape("assessment", (ANSWERS,), below=(ANSWERS, re.compile(r"[A-Z](?:\.[A-Za-z0-9]+)+")))


def read(source: Source) -> AssessmentReading:
    """Read one file of `assessment/`."""
    front = front_matter.read(source, SHAPE)
    given = () if front.fields is None else front.fields.value(ANSWERS, ())
    return AssessmentReading(source, front.divided, given, tuple(front.problems.found))
