"""Reads the prerequisites of an instrument: what a unit and its institution have to meet besides the items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from generator.model.instrument import (
    Completed,
    Grades,
    MaturityLevel,
    Predicate,
    Prerequisite,
    PrerequisiteScale,
    Since,
    choice_named,
)
from generator.model.text import Span
from generator.reading import instrument_keys as keys
from generator.reading.fields import Fields
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Located, Problems, optional
from generator.reading.values import exact
from generator.typos import values
from generator.typos.correction import NO_CORRECTION, Correction


def read(
    written: Iterable[Located[Node]], predicates: Sequence[Predicate], problems: Problems
) -> tuple[Prerequisite, ...]:
    """Return the prerequisites that are sound; what is wrong with the others is noted."""
    found: dict[str, Prerequisite] = {}
    for each in written:
        one = _prerequisite(each.value, predicates, problems)
        if one is not None and one.id.casefold() in found:
            _error(problems, "id-twice", each.span, name=one.id)
        elif one is not None:
            found[one.id.casefold()] = one
    return tuple(found.values())


def _prerequisite(node: Node, predicates: Sequence[Predicate], problems: Problems) -> Prerequisite | None:
    fields = Fields(node, keys.PREREQUISITE, problems, at=node.span)
    identifier, label, of = fields.take(keys.ID), fields.take(keys.LABEL_KEY), fields.take(keys.OF)
    only_for, scale = fields.take(keys.ONLY_FOR), _scale(fields, problems)
    written = fields.take(keys.REQUIRED)
    required = _required(() if written is None else written.value, scale, predicates, problems)
    if identifier is None or label is None or of is None or scale is None:
        return None
    return Prerequisite(identifier.value, label.value, of.value, scale, required, optional(only_for))


def _scale(fields: Fields, problems: Problems) -> PrerequisiteScale | None:
    """Return the scale of a prerequisite: of grades, where it names them, else the one of its `kind`."""
    grades, kind, maximum = (fields.take(key) for key in (keys.GRADES, keys.PREREQUISITE_KIND, keys.MAX))
    names = tuple(each.value for each in grades.value) if grades is not None else ()
    match kind.value if kind is not None else "grades":
        case "completed":
            return Completed()
        case "since":
            return Since()
        case "level" if maximum is not None and maximum.value:
            return MaturityLevel(maximum.value)
        case "grades" if names:
            return Grades(names)
    if not any(fields.unreadable(key) for key in (keys.GRADES, keys.PREREQUISITE_KIND, keys.MAX)):
        _error(problems, "prerequisite-scale", fields.span)
    return None


def _required(
    written: Iterable[tuple[Scalar, Node]],
    scale: PrerequisiteScale | None,
    predicates: Sequence[Predicate],
    problems: Problems,
) -> dict[str, str | Fraction]:
    """Return what each predicate requires, by its id."""
    known, found = [each.id for each in predicates], {}
    for name, node in written:
        text = node.text if isinstance(node, Scalar) else ""
        least: str | Fraction | None = choice_named(text, [*scale.names]) if isinstance(scale, Grades) else exact(text)
        if name.text not in known:
            _error(problems, "prerequisite-predicate", name.span, values.name(name.text, known), name=name.text)
        elif least is None and scale is not None:
            _error(problems, "prerequisite-required", node.span, value=text, name=name.text)
        elif least is not None:
            found[name.text] = least
    return found


def _error(
    problems: Problems, variant: str, span: Span, correction: Correction = NO_CORRECTION, /, **facts: object
) -> None:
    problems.error("instrument-invalid", span, correction, variant=variant, **facts)
