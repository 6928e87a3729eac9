"""What an answer means on the scale of its item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, assert_never

from msgspec.structs import replace

from generator import folding
from generator.languages import LANGUAGES
from generator.messages.source import Source
from generator.model.instrument import Choices, Decrease, Input, Item, Linear, Ratio, choice_named, decimal, roles_of
from generator.model.portfolio import Answer
from generator.reading import nodes
from generator.reading.fields import Fields, Key, Shape, ValueKind
from generator.reading.forms import AnswerForm, NotBoth
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Located, Problems
from generator.reading.values import entries, exact, raw, text
from generator.typos import answers as typos
from generator.typos import values

ANSWER: Key[Node] = Key("answer", "jawaban", ValueKind(raw.read, AnswerForm()))


NOTE = Key("note", "catatan", text)


INPUTS = Key("inputs", "isian", entries)


SHAPE = Shape("answer", (ANSWER, NOTE, INPUTS), (NotBoth("answer", "inputs"),))


def understand(node: Node, item: Item, problems: Problems) -> Answer | None:
    """Return what an answer means on its item's scale; None where it is blank or (then noted) means nothing."""
    if isinstance(node, nodes.Mapping):
        return _from_mapping(node, item, problems)
    if isinstance(node, Scalar):
        return None if node.blank or not node.text.strip() else _from_text(node, item, problems)
    _invalid(node, item, problems, "list")
    return None


def note_of(node: Node, source: Source) -> str | None:
    """Return the note in an entry of an answer file, which may have no answer yet."""
    return Fields(node, SHAPE, Problems(source), at=node.span).value(NOTE) if isinstance(node, nodes.Mapping) else None


def _from_mapping(node: nodes.Mapping, item: Item, problems: Problems) -> Answer | None:
    counts = {each.key for each in item.inputs}
    if node.entries and all(key.text in counts for key, _ in node.entries):
        correction = typos.inputs(problems.written(node.span).strip(), _name(INPUTS, problems))
        asked = _inputs_asked(item, problems)
        problems.error("answer-invalid", node.span, correction, variant="bare-inputs", item=item.id, **asked)
        return None
    fields = Fields(node, SHAPE, problems, at=node.span)
    answer, note, inputs = fields.take(ANSWER), fields.value(NOTE), fields.take(INPUTS)
    if answer is not None and inputs is not None:
        _invalid(node, item, problems, "answer-and-inputs")
        return None
    if inputs is not None:
        given = _from_inputs(inputs, item, problems)
    elif answer is not None and isinstance(answer.value, Scalar):
        given = _from_text(answer.value, item, problems, has_note=True)
    elif answer is not None:
        _invalid(answer.value, item, problems, "list")
        return None
    else:
        return None
    return None if given is None else replace(given, note=note)


def _from_text(node: Scalar, item: Item, problems: Problems, *, has_note: bool = False) -> Answer | None:
    """Return what an answer means; `has_note` where it has a note already, so that a remark behind it cannot be one."""
    written = node.text.strip()
    match item.scale:
        case Choices(values):
            names = [name for name, _ in values]
            choice = choice_named(written, names)
            if choice is not None:
                return Answer(choice, dict(values)[choice])
            known = ", ".join(f"`{name}`" for name in names)
            note_key = None if has_note else _name(NOTE, problems)
            correction = typos.choice(written, names, answer_key=_name(ANSWER, problems), note_key=note_key)
            problems.error("answer-invalid", node.span, correction, item=item.id, value=written, known=known)
        case Ratio():
            return _ratio_from_text(node, written, item, problems)
        case Decrease():
            _invalid(node, item, problems, "decrease", value=written, **_inputs_asked(item, problems))
        case Linear(maximum):
            value = exact(written)
            if value is not None and value <= maximum:
                return Answer(written.replace(",", "."), value / maximum)
            _no_mark(node, written, value, maximum, item, problems)
        case _:
            assert_never(item.scale)
    return None


def _name(key: Key[Any], problems: Problems) -> str:
    """Return what a key is called in the language of the file."""
    indonesian = re.search(r"^jawaban\b", problems.source.text, re.MULTILINE) is not None
    return key.alias if indonesian else key.name


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
    asked = _inputs_asked(item, problems)
    problems.error(
        "answer-invalid", node.span, typos.ratio(written), variant="ratio", item=item.id, value=written, **asked
    )
    return None


def _inputs_asked(item: Item, problems: Problems) -> dict[str, str]:
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
    """Compute a ratio; 0 of 0 counts 1 and is flagged (the regulation is silent; see domain notes in CONTRIBUTING)."""
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
    counts: dict[str, Fraction] = {}
    faulty = False
    for key, node in written.value:
        if key.text not in known:
            names = ", ".join(f"`{name}`" for name in known)
            near = values.name(key.text, known)
            problems.error("key-unknown", key.span, near, variant="inputs", key=key.text, known=names)
            faulty = True
        elif isinstance(node, Scalar) and _COUNT.fullmatch(node.text.strip()):
            counts[key.text] = Fraction(node.text.strip())
        elif not (isinstance(node, Scalar) and node.blank):
            _no_count(node, key.text, item, problems)
            faulty = True
    if faulty or not counts:
        return None
    needed = roles_of(item.scale)
    absent = [each.key for each in item.inputs if each.role in needed and each.key not in counts]
    if absent:
        names = ", ".join(f"`{name}`" for name in absent)
        meanings = _meanings(known[name] for name in absent)
        at = Scalar("", written.span, plain=True)
        _invalid(at, item, problems, "input-missing", keys=names, **meanings)
        return None
    return _compute(written, item, counts, problems)


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
    variant = "count-part" if readings else "input"
    correction = typos.count(written, whole)
    problems.error("answer-invalid", node.span, correction, variant=variant, item=item.id, key=key, value=written)


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
            given = _ratio(total("of"), total("over"), shown, at, item, problems)
        case Decrease():
            given = _decrease(total("before"), total("now"))
        case Choices() | Linear():
            problems.error("answer-invalid", written.span, variant="no-inputs", item=item.id)
            return None
        case _:
            assert_never(item.scale)
    return None if given is None else replace(given, inputs=inputs)


def _decrease(before: Fraction, now: Fraction) -> Answer:
    shown = f"{decimal(before)} → {decimal(now)}"
    if before == 0:
        return Answer(shown, Fraction(1) if now == 0 else Fraction(0))
    return Answer(shown, max(Fraction(0), (before - now) / before))


def _invalid(node: Node, item: Item, problems: Problems, variant: str, **values: str) -> None:
    problems.error("answer-invalid", node.span, variant=variant, item=item.id, **values)
