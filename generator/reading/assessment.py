"""The unit's own answers, and what assessors found: one file each, and an answer's meaning on its scale."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from collections.abc import Sequence as Sequence_
from dataclasses import dataclass
from fractions import Fraction
from pathlib import PurePosixPath
from typing import assert_never

from generator import folding
from generator.languages import dates
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Divided, Source, divide
from generator.model.instrument import Choices, Decrease, Input, Item, Linear, Ratio, choice_named, decimal, roles_of
from generator.model.portfolio import Answer
from generator.model.text import Span
from generator.reading import nodes
from generator.reading.fields import Fields, Key, Kind, Located, Problems, Shape, misplaced, optional, value_of
from generator.reading.forms import Answer as AnswerForm
from generator.reading.forms import Named, NotBoth, OneOf, With
from generator.reading.kinds import day, entries, exact, inner_list, keyed, naming, one_of, raw, text, verbatim
from generator.reading.nodes import Node, Scalar
from generator.resources import LANGUAGES
from generator.typos import spelling
from generator.typos.near_names import near
from generator.typos.yaml_lines import quoted


@dataclass(frozen=True, slots=True)
class AssessmentReading:
    """One file of answers as written; what they mean depends on the instrument."""

    source: Source
    divided: Divided | None
    answers: tuple[tuple[Scalar, Node], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """An assessor's verdict on one document: its record, and its file or address as the record writes it."""

    span: Span
    record: Located[str]
    target: Located[str]
    accepted: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class FindingReading:
    """One finding as written."""

    source: Source
    divided: Divided | None
    item: Located[str] | None = None
    date: Located[datetime.date] | None = None
    assessor: str | None = None
    answer: Node | None = None
    verdicts: tuple[Verdict, ...] = ()
    closed: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the file itself has no error."""
        return not has_errors(self.diagnostics)


ANSWERS = Key("answers", "jawaban", keyed(Named("item"), AnswerForm(), optional=True), required=True)
ASSESSMENT_SHAPE = Shape("assessment", (ANSWERS,), below=(ANSWERS, re.compile(r"[A-Z](?:\.[A-Za-z0-9]+)+")))

ANSWER: Key[Node] = Key("answer", "jawaban", Kind(raw.read, AnswerForm()))
NOTE = Key("note", "catatan", text)
INPUTS = Key("inputs", "isian", entries)
ANSWER_SHAPE = Shape("answer", (ANSWER, NOTE, INPUTS), (NotBoth("answer", "inputs"),))

ITEM = Key("item", "butir", naming("item", text), decides=True)
DATE = Key("date", "tanggal", day, required=True, decides=True)
ASSESSOR = Key("assessor", "penilai", text)
EVIDENCE = Key("evidence", "bukti", inner_list("verdict"), decides=True)
STATUS = Key("status", "", one_of({"open": False, "terbuka": False, "closed": True, "selesai": True}), decides=True)
FINDING_SHAPE = Shape(
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


def read_assessment(source: Source) -> AssessmentReading:
    """Read one file of `assessment/`."""
    divided = divide(source)
    if isinstance(divided, Diagnostic):
        return AssessmentReading(source, None, diagnostics=(divided,))
    composed = nodes.compose_by_key(source, divided.yaml, ASSESSMENT_SHAPE.names())
    if composed.unreadable:
        return AssessmentReading(source, divided, diagnostics=composed.faults)
    if (elsewhere := misplaced(source, composed.node)) is not None:
        return AssessmentReading(source, divided, diagnostics=(elsewhere,))
    problems = Problems(source, found=[*composed.faults])
    fields = Fields(composed.node, ASSESSMENT_SHAPE, problems, at=divided.yaml, lost=composed.lost)
    answers = value_of(fields.take(ANSWERS), ())
    return AssessmentReading(source, divided, answers, tuple(problems.found))


def read_finding(source: Source) -> FindingReading:
    """Read one file of `findings/`."""
    divided = divide(source)
    if isinstance(divided, Diagnostic):
        return FindingReading(source, None, diagnostics=(divided,))
    composed = nodes.compose_by_key(source, divided.yaml, FINDING_SHAPE.names())
    if composed.unreadable:
        return FindingReading(source, divided, diagnostics=composed.faults)
    if (elsewhere := misplaced(source, composed.node)) is not None:
        return FindingReading(source, divided, diagnostics=(elsewhere,))
    problems = Problems(source, found=[*composed.faults])
    fields = Fields(composed.node, FINDING_SHAPE, problems, at=divided.yaml, lost=composed.lost)
    item, answer = fields.take(ITEM), fields.take(ANSWER)
    verdicts = [_verdict(each.value, problems) for each in value_of(fields.take(EVIDENCE), ())]
    if item is None and not fields.has(ITEM) and (answer is not None or not fields.has(EVIDENCE)):
        fields.missing(ITEM)
    date = fields.take(DATE)
    name = PurePosixPath(source.path).stem
    if date is not None and (other := dates.other_day_in_name(name, date.value, date.value)) is not None:
        problems.warning("date-mismatch", date.span, date=date.value, name=name, other=other)
    return FindingReading(
        source,
        divided,
        item=item,
        date=date,
        assessor=optional(fields.take(ASSESSOR)),
        answer=None if answer is None else answer.value,
        verdicts=tuple(verdict for verdict in verdicts if verdict is not None),
        closed=value_of(fields.take(STATUS), False),
        diagnostics=tuple(problems.found),
    )


def _verdict(node: Node, problems: Problems) -> Verdict | None:
    fields = Fields(node, VERDICT_SHAPE, problems, at=node.span)
    record, target = fields.take(RECORD), fields.take(FILE) or fields.take(URL)
    accepted, reason = fields.take(VERDICT), fields.take(REASON)
    if not (fields.has(FILE) or fields.has(URL)):
        problems.error("field-missing", Span(node.span.start, node.span.start + 1), variant="file-or-url")
    if record is None or target is None:
        return None
    return Verdict(node.span, record, target, value_of(accepted, default=False), optional(reason))


def understand(node: Node, item: Item, problems: Problems) -> Answer | None:
    """Return what an answer means on its item's scale; None where it is blank or (then noted) means nothing."""
    if isinstance(node, nodes.Mapping):
        return _from_mapping(node, item, problems)
    if isinstance(node, Scalar):
        return None if node.blank or not node.text.strip() else _from_text(node, item, problems)
    _invalid(node, item, problems, "list")
    return None


def _from_mapping(node: nodes.Mapping, item: Item, problems: Problems) -> Answer | None:
    counts = {each.key for each in item.inputs}
    if node.entries and all(key.text in counts for key, _ in node.entries):
        written = problems.source.text[node.span.start : node.span.end].strip()
        key = INPUTS.alias if re.search(r"^jawaban\b", problems.source.text, re.MULTILINE) else INPUTS.name
        suggestion = f"{{{key}: {written}}}" if written.startswith("{") and "\n" not in written else None
        problems.error(
            "answer-invalid",
            node.span,
            variant="bare-inputs",
            suggestion=suggestion,
            remedy=(),
            item=item.id,
            **_inputs_told(item, problems),
        )
        return None
    fields = Fields(node, ANSWER_SHAPE, problems, at=node.span)
    answer, note, inputs = fields.take(ANSWER), optional(fields.take(NOTE)), fields.take(INPUTS)
    if answer is not None and inputs is not None:
        _invalid(node, item, problems, "answer-and-inputs")
        return None
    if inputs is not None:
        made = _from_inputs(inputs, item, problems)
    elif answer is not None and isinstance(answer.value, Scalar):
        made = _from_text(answer.value, item, problems, has_note=True)
    elif answer is not None:
        _invalid(answer.value, item, problems, "list")
        return None
    else:
        return None
    return None if made is None else Answer(made.text, made.value, note, made.inputs, made.nothing_of_nothing)


def _from_text(node: Scalar, item: Item, problems: Problems, *, has_note: bool = False) -> Answer | None:
    """Return what an answer means; with `has_note` it stands beside a note already, else may be told to have one."""
    written = node.text.strip()
    match item.scale:
        case Choices(values):
            names = [name for name, _ in values]
            choice = choice_named(written, names)
            if choice is not None:
                return Answer(choice, dict(values)[choice])
            known = ", ".join(f"`{name}`" for name in names)
            certain = _choice_meant(written, names)
            problems.error(
                "answer-invalid",
                node.span,
                suggestion=certain or _with_note(written, names, problems, has_note=has_note) or near(written, names),
                remedy=problems.rewritten(node.span, certain),
                item=item.id,
                value=written,
                known=known,
            )
        case Ratio():
            return _ratio_from_text(node, written, item, problems)
        case Decrease():
            _invalid(node, item, problems, "decrease", value=written, **_inputs_told(item, problems))
        case Linear(maximum):
            value = exact(written)
            if value is not None and value <= maximum:
                return Answer(written.replace(",", "."), value / maximum)
            _no_mark(node, written, value, maximum, item, problems)
        case _:
            assert_never(item.scale)
    return None


def _choice_meant(written: str, names: Sequence_[str]) -> str | None:
    """Return the one choice that was written in other capitals, in quotation marks, or with a full stop."""
    word = folding.folded(written).rstrip(".")
    return spelling.only(name for name in names if folding.folded(name) == word)


_REMARKED = re.compile(
    r"(?P<answer>[^\s(,;:.\-\u2013\u2014]+)\s*(?:[(,;:\-\u2013\u2014]|\.(?=\s))\s*(?P<note>\S.*?)\)?", re.DOTALL
)


def _with_note(written: str, names: Sequence_[str], problems: Problems, *, has_note: bool) -> str | None:
    """Return an answer with a remark behind it as it is to be written: the remark is a note, not part of it."""
    parts = _REMARKED.fullmatch(written)
    answer = None if parts is None else _choice_meant(parts["answer"], names)
    if parts is None or answer is None or has_note:
        return answer
    indonesian = re.search(r"^jawaban\b", problems.source.text, re.MULTILINE) is not None
    answer_key, note_key = (key.alias if indonesian else key.name for key in (ANSWER, NOTE))
    return f"{{{answer_key}: {answer}, {note_key}: {quoted(parts['note'])}}}"


def _ratio_meant(written: str) -> str | None:
    """Return the fraction or percentage that was written in words: `17 dari 20`, `85 persen`."""
    plain = folding.straight(written).replace("\N{FRACTION SLASH}", "/").casefold()
    if match := re.fullmatch(r"([0-9]+)\s*(?:dari|of|per|out of|/)\s*([0-9]+)(?:\s+\w+)?", plain):
        return f"{match[1]}/{match[2]}"
    match = re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:%|persen|percent|prosen)\.?", plain)
    return f"{match[1]}%" if match else None


def _no_mark(
    node: Scalar, written: str, value: Fraction | None, maximum: Fraction, item: Item, problems: Problems
) -> None:
    """Note what is no mark on a scale; of a mark out of 100, as surveys publish them, what it is on this one."""
    shown = {"value": written, "maximum": decimal(maximum)}
    if value is None or not _LEAST_OF_100 <= value <= _HUNDRED:
        _invalid(node, item, problems, "linear", **shown)
        return
    figure, steps = folding.straight(written).replace(",", "."), _HUNDRED / maximum
    way = f"{figure}/{_exactly(steps)}" if steps.denominator == 1 else f"{figure} × {_exactly(maximum)}/100"
    _invalid(node, item, problems, "linear-of-100", way=way, mark=_exactly(value * maximum / _HUNDRED), **shown)


_HUNDRED, _LEAST_OF_100 = Fraction(100), Fraction(25)
"""A survey's index of 100 begins at 25 where its marks begin at 1 of 4."""


def _exactly(value: Fraction) -> str:
    """Write a number whose decimals end, with all of them."""
    places = next((count for count in range(_MOST_PLACES) if (value * 10**count).denominator == 1), None)
    if places is None:
        return decimal(value)
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


_MOST_PLACES = 40

_FRACTION = re.compile(r"([0-9]{1,12})\s*/\s*([0-9]{1,12})")


def _ratio_from_text(node: Scalar, written: str, item: Item, problems: Problems) -> Answer | None:
    if match := _FRACTION.fullmatch(written):
        shown = f"{match[1]}/{match[2]}"
        return _ratio(Fraction(int(match[1])), Fraction(int(match[2])), shown, node, item, problems)
    if written.endswith("%") and (percent := exact(written[:-1])) is not None:
        shown = f"{decimal(percent)}%"
        if percent > _HUNDRED:
            problems.warning("ratio-over", node.span, item=item.id, value=shown)
        return Answer(shown, min(percent / _HUNDRED, Fraction(1)))
    numerator, slash, denominator = written.partition("/")
    of, over = _count_readings(numerator), _count_readings(denominator)
    if slash and of and over and (len(of) > 1 or len(over) > 1):
        first, last = f"{of[0]}/{over[0]}", f"{of[-1]}/{over[-1]}"
        _invalid(node, item, problems, "fraction", value=written, first=first, last=last)
        return None
    meant = _ratio_meant(written)
    problems.error(
        "answer-invalid",
        node.span,
        variant="ratio",
        suggestion=meant,
        remedy=problems.rewritten(node.span, meant),
        item=item.id,
        value=written,
        **_inputs_told(item, problems),
    )
    return None


def _inputs_told(item: Item, problems: Problems) -> dict[str, str]:
    """Return the line with the counts that an item asks for, and what each of them is, in both languages."""
    counts = "{" + ", ".join(f"{each.key}: …" for each in item.inputs) + "}"
    in_finding = problems.source.path.startswith("findings/")
    return {
        "line:id": f"{ANSWER.alias if in_finding else item.id}: {{{INPUTS.alias}: {counts}}}",
        "line:en": f"{ANSWER.name if in_finding else item.id}: {{{INPUTS.name}: {counts}}}",
        **_meanings(item.inputs),
    }


def _meanings(inputs: Iterable[Input]) -> dict[str, str]:
    several = tuple(inputs)
    return {
        f"meanings:{language}": "; ".join(f"`{each.key}` = {each.label.in_(language)}" for each in several)
        for language in LANGUAGES
    }


def _ratio(of: Fraction, over: Fraction, shown: str, node: Node, item: Item, problems: Problems) -> Answer | None:
    """Compute a ratio; 0 of 0 counts 1 and is flagged (the regulation is silent; see docs/decisions.md)."""
    if over == 0:
        if of != 0:
            _invalid(node, item, problems, "ratio-over-zero", value=shown)
            return None
        problems.warning("ratio-empty", node.span, item=item.id)
        return Answer(shown, Fraction(1), nothing_of_nothing=True)
    if of > over:
        problems.warning("ratio-over", node.span, item=item.id, value=shown)
    return Answer(shown, min(of / over, Fraction(1)))


def _from_inputs(written: Located[tuple[tuple[Scalar, Node], ...]], item: Item, problems: Problems) -> Answer | None:
    if not item.inputs:
        problems.error("answer-invalid", written.span, variant="no-inputs", item=item.id)
        return None
    known = {each.key: each for each in item.inputs}
    values: dict[str, Fraction] = {}
    faulty = False
    for key, node in written.value:
        if key.text not in known:
            names = ", ".join(f"`{name}`" for name in known)
            problems.error(
                "key-unknown", key.span, variant="inputs", suggestion=near(key.text, known), key=key.text, known=names
            )
            faulty = True
        elif isinstance(node, Scalar) and _COUNT.fullmatch(node.text.strip()):
            values[key.text] = Fraction(node.text.strip())
        elif not (isinstance(node, Scalar) and node.blank):
            _no_count(node, key.text, item, problems)
            faulty = True
    if faulty or not values:
        return None
    needed = roles_of(item.scale)
    absent = [each.key for each in item.inputs if each.role in needed and each.key not in values]
    if absent:
        names = ", ".join(f"`{name}`" for name in absent)
        meanings = _meanings(known[name] for name in absent)
        at = Scalar("", written.span, plain=True)
        _invalid(at, item, problems, "input-missing", keys=names, **meanings)
        return None
    return _compute(written, item, values, problems)


_COUNT = re.compile(r"[0-9]{1,12}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,' \u00a0\u2009\u202f])[0-9]{3})+")
_DECIMALS = re.compile(r"(?P<whole>.*[0-9])(?P<mark>[.,])(?P<part>[0-9]{1,12})")


def _count_readings(written: str) -> tuple[str, ...]:
    """Return the numbers that a count with separators may be, as whole numbers where it can be; none of other words.

    `1.250` is 1250 with its thousands parted, as Indonesians write, or 1.25 as YAML and the English read it.
    """
    written = written.strip()
    if _COUNT.fullmatch(written):
        return (written,)
    readings = []
    grouped = _GROUPED.fullmatch(written)
    if grouped is not None and len(set(re.findall(r"[^0-9]", written))) == 1:
        readings.append(re.sub(r"[^0-9]", "", written).lstrip("0") or "0")
    decimals = _DECIMALS.fullmatch(written)
    if decimals is not None:
        whole = decimals["whole"]
        mark = {".": ",", ",": "."}[decimals["mark"]]
        if _COUNT.fullmatch(whole) or (_GROUPED.fullmatch(whole) and set(re.findall(r"[^0-9]", whole)) == {mark}):
            digits = re.sub(r"[^0-9]", "", whole)
            readings.append(_exactly(Fraction(f"{digits}.{decimals['part']}")))
    return tuple(dict.fromkeys(readings))


def _no_count(node: Node, key: str, item: Item, problems: Problems) -> None:
    """Note what is no whole number where one is counted, with all that it may mean."""
    written = node.text.strip() if isinstance(node, Scalar) else ""
    readings = _count_readings(written)
    whole = next((each for each in readings if _COUNT.fullmatch(each)), None)
    if len(readings) > 1 and whole is not None:
        other = next(each for each in readings if each != whole)
        _invalid(node, item, problems, "count", key=key, value=written, whole=whole, other=other)
        return
    digits = re.match(r"([0-9]{1,12})\s+[^\W\d]", written)  # `5 orang`
    problems.error(
        "answer-invalid",
        node.span,
        variant="count-part" if readings else "input",
        suggestion=whole or (digits[1] if digits else None),
        item=item.id,
        key=key,
        value=written,
    )


def _compute(
    written: Located[tuple[tuple[Scalar, Node], ...]], item: Item, values: dict[str, Fraction], problems: Problems
) -> Answer | None:
    def total(role: str) -> Fraction:
        return sum((values[each.key] for each in item.inputs if each.role == role), Fraction(0))

    inputs = tuple((each.key, values[each.key]) for each in item.inputs if each.key in values)
    at = Scalar("", written.span, plain=True)
    match item.scale:
        case Ratio():
            shown = f"{decimal(total('of'))}/{decimal(total('over'))}"
            made = _ratio(total("of"), total("over"), shown, at, item, problems)
        case Decrease():
            made = _decrease(total("before"), total("now"))
        case Choices() | Linear():
            problems.error("answer-invalid", written.span, variant="no-inputs", item=item.id)
            return None
        case _:
            assert_never(item.scale)
    return None if made is None else Answer(made.text, made.value, None, inputs, made.nothing_of_nothing)


def _decrease(before: Fraction, now: Fraction) -> Answer:
    shown = f"{decimal(before)} → {decimal(now)}"
    if before == 0:
        return Answer(shown, Fraction(1) if now == 0 else Fraction(0))
    return Answer(shown, max(Fraction(0), (before - now) / before))


def _invalid(node: Node, item: Item, problems: Problems, variant: str, **values: str) -> None:
    problems.error("answer-invalid", node.span, variant=variant, suggestion=None, remedy=(), item=item.id, **values)
