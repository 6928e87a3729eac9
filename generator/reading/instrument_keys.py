"""The keys of an instrument's data file: every mapping that it is made of, and what its values are."""

from __future__ import annotations

import re
from typing import assert_never

from generator.model.instrument import (
    INSTITUTION_KINDS,
    MEASURES,
    Covered,
    Documents,
    Held,
    Label,
    Measure,
    Score,
    Share,
)
from generator.model.text import Span
from generator.reading import nodes
from generator.reading.fields import Fields, Key, Shape, ValueKind, written_as
from generator.reading.forms import (
    EitherForm,
    InnerForm,
    KeyedForm,
    ListForm,
    NotBoth,
    NumberForm,
    OneOf,
    Rule,
    TextForm,
    WhereWords,
    With,
    WordForm,
)
from generator.reading.nodes import Node
from generator.reading.problems import Problems, value_of
from generator.reading.values import (
    inner_list,
    integer,
    keyed,
    many,
    naming,
    number,
    one_of,
    raw,
    requirements,
    scalar,
    text,
)

SCHEMA_NAME = "catat.instrument/1"

WORDING = EitherForm((TextForm(), InnerForm("label")))


@written_as(WORDING)
def label(node: Node, problems: Problems) -> Label | None:
    """Accept a text, or one text for each language."""
    if isinstance(node, nodes.Mapping):
        return label_of(Fields(node, LABEL, problems, at=node.span), node.span, problems)
    written = text(node, problems)
    return None if written is None else Label(written, written)


def label_of(fields: Fields, span: Span, problems: Problems) -> Label | None:
    """Return the text of each language; one that is left out is that of the other."""
    own, other = fields.take(LABEL_ID), fields.take(LABEL_EN)
    if own is None and other is None:
        problems.error("field-invalid", span, variant="label")
        return None
    return Label(value_of(own or other, ""), value_of(other or own, ""))


LABEL_ID = Key("id", "", text)
LABEL_EN = Key("en", "", text)
LABEL = Shape("label", (LABEL_ID, LABEL_EN), (OneOf(("id", "en")),))

TYPE_NAMES = Key("names", "", many(text))
TYPE = Shape("document-type", (LABEL_ID, LABEL_EN, TYPE_NAMES), (OneOf(("id", "en")),))

_ID_PATTERN = re.compile(r"\w[\w.\-]*")


@written_as(TextForm(rf"^{_ID_PATTERN.pattern}(?<!\.)$"))
def identifier(node: Node, problems: Problems) -> str | None:
    """Accept a name that can be part of an address and of a file name on every system."""
    accepted = scalar(node, problems)
    if accepted is None:
        return None
    if _ID_PATTERN.fullmatch(accepted.text) and not accepted.text.endswith("."):
        return accepted.text
    problems.error("field-invalid", node.span, variant="identifier", value=accepted.text)
    return None


SCHEMA = Key("schema", "", ValueKind(text.read, WordForm((SCHEMA_NAME,))), required=True)
ID = Key("id", "", identifier, required=True)
EXTENDS = Key("extends", "", naming("shipped-instrument", text))
TITLE = Key("title", "", label, required=True)
SOURCE: Key[Node] = Key("source", "", raw)
SCALES = Key("scales", "", keyed(TextForm(), InnerForm("scale")), required=True)
TYPES = Key("document_types", "", keyed(TextForm(r"^[^|]*$"), EitherForm((TextForm(), InnerForm("document-type")))))
NOT_NAMES = Key("not_names", "", many(text))
AREAS = Key("areas", "", inner_list("area"))
NODES = Key("nodes", "", inner_list("node"), required=True)
PREDICATES = Key("predicates", "", inner_list("predicate"), required=True)
PREREQUISITES = Key("prerequisites", "", inner_list("prerequisite"))
CHANGES = Key(
    "items",
    "",
    ValueKind(raw.read, EitherForm((KeyedForm(TextForm(), InnerForm("item")), ListForm(InnerForm("item"))))),
)
SHAPE = Shape(
    "instrument",
    (SCHEMA, ID, EXTENDS, TITLE, SOURCE, SCALES, TYPES, NOT_NAMES, AREAS, NODES, CHANGES, PREDICATES, PREREQUISITES),
    (With("items", "extends"),),
)
"""An instrument; what it must say itself it need not where it extends another one, which is checked after merging."""

CHOICES = Key("choices", "", keyed(TextForm(), NumberForm(most=1)))
SCALE_KIND = Key(
    "kind", "", one_of({"choices": "choices", "ratio": "ratio", "decrease": "decrease", "linear": "linear"})
)
MAX = Key("max", "", number)
BY_CHOICES = WhereWords("kind", ("ratio", "decrease"), otherwise=(OneOf(("choices",)),))
SCALE = Shape(
    "scale",
    (CHOICES, SCALE_KIND, MAX),
    (WhereWords("kind", ("linear",), then=(OneOf(("max",)),), otherwise=(BY_CHOICES,)),),
)

NUMBER = Key("number", "", integer, required=True)
CODE = Key("code", "", text)
FOLDER = Key("folder", "", text)
LABEL_KEY = Key("label", "", label, required=True)
AREA = Shape("area", (NUMBER, CODE, FOLDER, LABEL_KEY))

WEIGHT = Key("weight", "", number)
AREA_NUMBER = Key("area", "", integer)
CHILDREN = Key("children", "", inner_list("node"))
ITEMS = Key("items", "", inner_list("item"))
REFS: Key[Node] = Key("refs", "", raw)
ASPECT_LABEL = Key("label", "", label)
ASPECT = Shape(
    "node",
    (ID, ASPECT_LABEL, WEIGHT, AREA_NUMBER, CHILDREN, ITEMS, REFS),
    (OneOf(("children", "items")), NotBoth("children", "items")),
)

SCALE_NAME = Key("scale", "", text, required=True)
DOCUMENTS = Key("documents", "", requirements(text))
HELPFUL = Key("helpful", "", many(text))
QUESTION = Key("question", "", label)
PORTALRB = Key("portalrb", "", integer)
CRITERION_WORDING = Key("wording", "", label)
CRITERION = Shape("criterion", (LABEL_ID, LABEL_EN, CRITERION_WORDING), (OneOf(("id", "en", "wording")),))
CRITERIA = Key("criteria", "", keyed(TextForm(), EitherForm((TextForm(), InnerForm("criterion")))))
INPUTS = Key("inputs", "", inner_list("input"))
MATCH = Key("match", "", many(text))
ITEM = Shape(
    "item",
    (
        ID,
        LABEL_KEY,
        QUESTION,
        SCALE_NAME,
        WEIGHT,
        AREA_NUMBER,
        DOCUMENTS,
        HELPFUL,
        MATCH,
        PORTALRB,
        CRITERIA,
        INPUTS,
        REFS,
    ),
)

_ROLES = ("of", "over", "before", "now", "info")
INPUT_KEY = Key("key", "", identifier, required=True)
ROLE = Key("role", "", one_of({role: role for role in _ROLES}), required=True)
INPUT_LABEL = Key("label", "", label)
INPUT = Shape("input", (INPUT_KEY, INPUT_LABEL, ROLE, PORTALRB))

GATES = Key("gates", "", inner_list("gate"), required=True)
PREDICATE = Shape("predicate", (ID, LABEL_KEY, GATES))
MEASURE = Key("measure", "", one_of({measure.name: measure for measure in MEASURES}), required=True)
GATE_NODE = Key("node", "", text)
PER = Key("per", "", one_of({"area": "area"}))
GATE_AREAS = Key("areas", "", many(integer))
MIN = Key("min", "", number)
HELD = Key("predicate", "", text)


def _keys_of(measure: type[Measure]) -> tuple[Rule, ...]:
    """Return which keys a gate of a measure needs."""
    if issubclass(measure, Held):
        return (OneOf(("predicate",)),)
    if issubclass(measure, (Score, Share, Documents, Covered)):
        return (OneOf(("min",)), OneOf(("per", "node")))
    assert_never(measure)


def _gate_rules() -> tuple[Rule, ...]:
    names: dict[tuple[Rule, ...], tuple[str, ...]] = {}
    for measure in MEASURES:
        names[_keys_of(measure)] = (*names.get(_keys_of(measure), ()), measure.name)
    rules, *others = names
    for keys in others:
        rules = (WhereWords("measure", names[keys], then=keys, otherwise=rules),)
    return rules


GATE_RULES = (*_gate_rules(), With("areas", "per"))
GATE = Shape("gate", (ID, MEASURE, GATE_NODE, PER, GATE_AREAS, MIN, HELD), GATE_RULES)


OF = Key("of", "", one_of({"unit": False, "institution": True}), required=True)
ONLY_FOR = Key("for", "", one_of({each: each for each in INSTITUTION_KINDS}))
PREREQUISITE_KIND = Key("kind", "", one_of({each: each for each in ("grades", "level", "completed", "since")}))
GRADES = Key("grades", "", many(text))
REQUIRED = Key("required", "", keyed(TextForm(), TextForm()), required=True)
PREREQUISITE = Shape("prerequisite", (ID, LABEL_KEY, OF, ONLY_FOR, PREREQUISITE_KIND, GRADES, MAX, REQUIRED))


# Notes: of a shape of their own, so that what is not understood is no mistake


def first_text(source: Node | None) -> str:
    """Return the text of `source`, the first one of a list."""
    first = source.items[0] if isinstance(source, nodes.Sequence) and source.items else source
    return first.text.strip() if isinstance(first, nodes.Scalar) else ""


def page_of(refs: Node | None) -> int | None:
    """Return the page that `refs` name, where they name one."""
    entries = refs.entries if isinstance(refs, nodes.Mapping) else ()
    pages = (value.text for key, value in entries if key.text == "page" and isinstance(value, nodes.Scalar))
    return next((int(page) for page in pages if re.fullmatch("[1-9][0-9]{0,4}", page)), None)
