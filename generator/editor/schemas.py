"""JSON Schemas of every kind of file, made of the readers' own tables: what an editor needs to complete and to refuse.

They are draft-07, as the YAML language server reads it. What it completes it takes from `type`, `enum` and
`properties`; so what only refuses stands in `if` and `then`, where it offers nobody `true`, `false` or `null`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import ModuleType
from typing import Any, assert_never

from generator import resources
from generator.languages.keys import example, key_description, schema_message
from generator.model.instrument import Choices, Decrease, Instrument, Item, Label, Linear, Ratio, roles_of
from generator.reading import answers, assessment, findings, forms, free_pages, instrument_keys, records, settings
from generator.reading.fields import Key, Shape
from generator.reading.forms import Form, Rule
from generator.reading.kinds import exact

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
NAMES = {
    "portfolio": settings.SHAPE,
    "record": records.SHAPE,
    "assessment": assessment.SHAPE,
    "finding": findings.SHAPE,
    "page": free_pages.SHAPE,
    "defaults": records.DEFAULTS_SHAPE,
    "instrument": instrument_keys.SHAPE,
}
"""What a schema can be asked for by, and the shape of such a file."""


def _shapes(*modules: ModuleType) -> Mapping[str, Shape]:
    every = [value for module in modules for value in vars(module).values() if isinstance(value, Shape)]
    return {shape.name: shape for shape in every}


SHAPES = _shapes(settings, records, assessment, findings, answers, free_pages, instrument_keys)
"""Every shape that a reader knows, by its name."""


def schema(name: str, *, instrument: Instrument | None, language: str) -> Schema:
    """Return the JSON Schema of a kind of file (`NAMES`), with the names of an instrument and words of a language."""
    maker = _Maker(instrument, language)
    made = maker.shape(NAMES[name])
    return {"$schema": DRAFT, **made, "definitions": maker.definitions}


# A schema of the language server shows `errorMessage` where it refuses; other programs leave it unread.

_BLANK: Schema = {"not": {"not": {"type": "null"}}}  # nothing written; plain `null` would be offered as a word
_FILLED: Schema = {"not": {"anyOf": [_BLANK, {"type": "array", "maxItems": 0}]}}


def _refused_where(fault: Schema, message: str) -> Schema:
    """Return a schema that refuses what another one describes, in words of its own."""
    return {"if": fault, "then": {"type": "string", "maxLength": 0, "pattern": "x", "errorMessage": message}}


def _written(types: Iterable[str], message: str, pattern: str) -> Schema:
    """Return a schema of what is written on one line: none of some types, and where it is text, of a pattern."""
    return {
        **_refused_where({"type": [*types]}, message),
        "pattern": pattern,
        "patternErrorMessage": message,
    }


def _described(text: str) -> Schema:
    """Return what tells in a schema what something is for: where there is a choice the language server needs both."""
    return {"description": text, "markdownDescription": text}


def _told_apart(made: Schema) -> Schema:
    """Return a schema whose choices the language server does not take for each other.

    It tells them apart by their `properties`, and shows one line for all of them where it cannot.
    """
    if "anyOf" not in made:
        return made
    return {**made, "anyOf": [each if "$ref" in each else {"properties": {}, **each} for each in made["anyOf"]]}


_NUMBER = r"[0-9]{1,12}([.,][0-9]{1,12})?"
_NUMBER_PATTERN = rf"^\s*{_NUMBER}\s*$"
_WHOLE_PATTERN = r"^\s*[0-9]{1,9}\s*$"


def _in_any_case(words: Iterable[str]) -> str:
    return rf"^\s*({'|'.join(map(forms.any_case, words))})\s*$"


def _exact(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


@dataclass(slots=True)
class _Maker:
    """Makes the schemas of shapes; what several of them name is defined once."""

    instrument: Instrument | None
    language: str
    definitions: dict[str, Schema] = field(default_factory=dict)

    def _told(self, fault: str, **names: str) -> str:
        return schema_message(fault, self.language, **names)

    def _label(self, label: Label) -> str:
        return label.in_(self.language)

    # Shapes

    def shape(self, shape: Shape, given: Mapping[str, Schema] | None = None) -> Schema:
        """Return the schema of a mapping; `given` are schemas of keys that are known better than the table knows."""
        properties: dict[str, Schema] = {}
        for key in shape.keys:
            made = (given or {}).get(key.name) or self._of_key(key)
            for name in self._names(key):
                properties[name] = {**_described(self._about(shape, key, name)), **_told_apart(made)}
                if name != self._name(key):
                    properties[name]["doNotSuggest"] = True
        return {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": self._told("keys", keys=self._shown(*shape.keys)),
            "properties": properties,
            "allOf": [*self._key_rules(shape), *(self._rule(rule, shape) for rule in shape.rules)],
        }

    def _of_key(self, key: Key[Any]) -> Schema:
        """Return the schema of a key's value: an empty list is a value where nothing written is none."""
        return self.form(key.kind.form, blank=not (key.required or key.decides), empty=not key.required)

    def _names(self, key: Key[Any]) -> tuple[str, ...]:
        return tuple(name for name in (key.name, key.alias) if name)

    def _name(self, key: Key[Any]) -> str:
        """Return the name that an editor of the language is offered."""
        return key.alias if key.alias and self.language == "id" else key.name

    def _about(self, shape: Shape, key: Key[Any], name: str) -> str:
        described = f"{shape.name}.{key.name}"
        text, shown = key_description(described, self.language), example(described)
        return f"{text}\n\n`{name}: {shown}`" if shown else text

    def _key_rules(self, shape: Shape) -> list[Schema]:
        rules = []
        for key in shape.keys:
            written = [{"required": [name]} for name in self._names(key)]
            keys = self._shown(key)
            if key.required:
                rules.append(self._missing({"anyOf": written}, (key,)))
            if len(written) > 1:
                rules.append(_refused_where({"type": "object", "allOf": written}, self._told("both", keys=keys)))
        return rules

    def _shown(self, *keys: Key[Any]) -> str:
        return ", ".join(f"`{self._name(key)}`" for key in keys)

    def _missing(self, needed: Schema, keys: tuple[Key[Any], ...]) -> Schema:
        message = self._told("missing", keys=self._shown(*keys))
        absent = {"required": [self._name(keys[0])]}  # of this the server marks the place, not all of the mapping
        fault = {**_refused_where(absent, message), "else": {**absent, "errorMessage": message}}
        return {"if": {"type": "object", "not": needed}, "then": fault}

    def _rule(self, rule: Rule, shape: Shape) -> Schema:
        by_name = {key.name: key for key in shape.keys}

        def present(*names: str) -> Schema:
            every = [name for each in names for name in self._names(by_name[each])]
            return {"anyOf": [{"required": [name], "properties": {name: _FILLED}} for name in every]}

        match rule:
            case forms.OneOf(keys):
                return self._missing(present(*keys), tuple(by_name[key] for key in keys))
            case forms.NotBoth(first, second):
                shown = self._shown(by_name[first], by_name[second])
                both = {"type": "object", "allOf": [present(first), present(second)]}
                return _refused_where(both, self._told("both", keys=shown))
            case forms.With(key, needs):
                there = {"type": "object", **present(key)}
                return {"if": there, "then": self._missing(present(needs), (by_name[needs],))}
            case forms.WhereWords(key, words, then, otherwise):
                known = {name: {"enum": [*words]} for name in self._names(by_name[key])}
                return {
                    "if": {"anyOf": [{"required": [name], "properties": {name: enum}} for name, enum in known.items()]},
                    "then": {"allOf": [self._rule(each, shape) for each in then] or [{}]},
                    "else": {"allOf": [self._rule(each, shape) for each in otherwise] or [{}]},
                }
            case _:
                assert_never(rule)

    # Forms

    def form(self, form: Form, *, blank: bool, empty: bool = False) -> Schema:
        """Return the schema of what is written in a form; `blank` says that it may be left out, `empty` of a list."""
        match form:
            case forms.AnyForm():
                return {}
            case forms.TextForm(pattern):
                return self._text(pattern, blank=blank)
            case forms.DayForm():
                refused = ("object", "array", "number", "boolean", *(() if blank else ("null",)))
                return _written(refused, self._told("day"), forms.DAY_PATTERN)
            case forms.NumberForm(whole, most):
                return self._number(whole=whole, most=most, blank=blank)
            case forms.WordForm(words):
                return self._words(words, blank=blank)
            case forms.NameForm(of):
                return self._or_blank(self._named(of), blank=blank)
            case forms.AnswerForm():
                return self._or_blank(self._any_answer(), blank=True)
            case forms.ListForm(each, filled):
                one = self.form(each, blank=False)
                least = {} if (blank or empty) and not filled else {"minItems": 1}
                return self._or_blank({"anyOf": [one, {"type": "array", "items": one, **least}]}, blank=blank)
            case forms.KeyedForm():
                return self._or_blank(self._keyed(form), blank=blank)
            case forms.InnerForm(name):
                return self._or_blank(self._defined(name), blank=blank)
            case forms.EitherForm(several):
                return self._or_blank({"anyOf": [self.form(each, blank=False) for each in several]}, blank=blank)
            case _:
                assert_never(form)

    @staticmethod
    def _or_blank(made: Schema, *, blank: bool) -> Schema:
        if not blank:
            return made
        return {"anyOf": [*(made["anyOf"] if set(made) == {"anyOf"} else [made]), _BLANK]}

    def _defined(self, name: str) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # a node may hold nodes
            self.definitions[name] = self.shape(SHAPES[name])
        return {"$ref": f"#/definitions/{name}"}

    def _text(self, pattern: str | None, *, blank: bool) -> Schema:
        refused = ("object", "array", *(() if blank else ("null",)))
        message = self._told("text" if blank else "blank")
        if pattern is None:
            return _written(refused, message, r"\S")
        return {**_written(refused, message, pattern), "patternErrorMessage": self._told("name")}

    def _number(self, *, whole: bool, most: int | Fraction | None, blank: bool) -> Schema:
        refused = ("object", "array", "boolean", *(() if blank else ("null",)))
        made = _written(
            refused, self._told("whole" if whole else "number"), _WHOLE_PATTERN if whole else _NUMBER_PATTERN
        )
        made |= {"minimum": 0, **({"multipleOf": 1} if whole else {})}
        return made if most is None else made | {"maximum": _exact(Fraction(most))}

    def _count(self) -> Schema:
        """Return the schema of a count that an answer is made of."""
        return {**self._number(whole=True, most=None, blank=True), "pattern": r"^\s*[0-9]{1,12}\s*$"}

    def _words(self, words: tuple[str, ...], *, blank: bool) -> Schema:
        booleans = [word == "true" for word in words if word in {"true", "false"}]
        offered = [word for word in words if word not in {"true", "false"}]
        message = self._told("word", words=", ".join(f"`{word}`" for word in words))
        refused = ["object", "array", "number", *(() if booleans else ("boolean",)), *(() if blank else ("null",))]
        other_files = _written(refused, message, _in_any_case(words))
        return {"anyOf": [{"enum": [*booleans, *offered], "errorMessage": message}, other_files]}

    def _keyed(self, form: forms.KeyedForm) -> Schema:
        if isinstance(form.names, forms.NameForm) and self.instrument is not None:
            return {
                "type": "object",
                "additionalProperties": False,
                "errorMessage": self._told("items"),
                "properties": {item.id: self._of_item(item, form) for item in self.instrument.items()},
            }
        values = self.form(form.values, blank=form.optional)
        pattern = form.names.pattern if isinstance(form.names, forms.TextForm) else None
        names = (
            {}
            if pattern is None
            else {"propertyNames": {"pattern": pattern, "patternErrorMessage": self._told("name")}}
        )
        return {"type": "object", "errorMessage": self._told("entries"), "additionalProperties": values, **names}

    def _of_item(self, item: Item, form: forms.KeyedForm) -> Schema:
        label = _described(self._label(item.label))
        if isinstance(form.values, forms.AnswerForm):
            return {**label, **self._or_blank(self._answer(item), blank=form.optional)}
        return {**label, **_told_apart(self.form(form.values, blank=form.optional))}

    # Names of the instrument

    def _named(self, of: forms.Vocabulary) -> Schema:
        known = self._known(of)
        if known is None:
            return self.form(forms.NumberForm(whole=True) if of == "area" else forms.TextForm(), blank=False)
        name = f"known-{of}"
        self.definitions.setdefault(name, self._choice(of, known))
        return {"$ref": f"#/definitions/{name}"}

    def _known(self, of: forms.Vocabulary) -> Mapping[str, str] | None:
        """Return what may be named, each with its label; None where that is not known."""
        if of == "shipped-instrument":
            return dict.fromkeys(resources.instruments(), "")
        if of == "shipped-theme":
            return {settings.DEFAULT_THEME: ""}
        if self.instrument is None:
            return None
        if of == "item":
            return {item.id: self._label(item.label) for item in self.instrument.items()}
        if of == "type":
            return {name: self._label(label) for name, label in self.instrument.document_types.items()}
        if of == "area":
            return {str(area.number): self._label(area.label) for area in self.instrument.areas} or None
        return {predicate.id: self._label(predicate.label) for predicate in self.instrument.predicates}

    def _choice(self, of: forms.Vocabulary, known: Mapping[str, str]) -> Schema:
        message = self._told("unknown")
        listed: Schema = {
            "enum": [int(name) for name in known] if of == "area" else [*known],
            "markdownEnumDescriptions": [*known.values()],
            "errorMessage": message,
        }
        if of in {"shipped-instrument", "shipped-theme"}:
            return {"anyOf": [listed, self._text(None, blank=False)]}
        # What the checks take for the same name: types in any case, all of them with spaces about them.
        lenient = "|".join(r"[\s_\-]+".join(map(forms.any_case, name.split("-"))) for name in known)
        exact = "0*" * (of == "area") + f"({'|'.join(map(forms.exactly, known))})"
        refused = ("object", "array", "boolean", "null", "number")
        written = _written(refused, message, rf"^\s*({lenient if of == 'type' else exact})\s*$")
        return {"properties": {}, **_told_apart({"anyOf": [listed, written]})}

    # Answers

    def _answer(self, item: Item) -> Schema:
        """Return the schema of an item's answer; its longer form is defined once for all items that ask the same."""
        given = {
            answers.ANSWER.name: {"anyOf": [*self._plain_answer(_without_criteria(item)), _BLANK]},
            answers.INPUTS.name: {"anyOf": [*self._inputs(item), _BLANK]},
        }
        mapping = self.shape(answers.SHAPE, given)
        same = (name for name, made in self.definitions.items() if made == mapping)
        name = next(same, f"answer-{item.id}")
        self.definitions[name] = mapping
        return {"anyOf": [*self._plain_answer(item), {"$ref": f"#/definitions/{name}"}]}

    def _plain_answer(self, item: Item) -> list[Schema]:
        message = self._told("answer")
        refused = ("object", "array", "null", "boolean")
        match item.scale:
            case Choices(values):
                return self._choices(item, [name for name, _ in values])
            case Ratio():
                fraction = r"[0-9]{1,12}\s*/\s*0*[1-9][0-9]*|0+\s*/\s*0+"
                return [_written((*refused, "number"), message, rf"^\s*({fraction}|{_NUMBER}\s*%)\s*$")]
            case Linear(maximum):
                return [{**_written(refused, message, _NUMBER_PATTERN), "minimum": 0, "maximum": _exact(maximum)}]
            case Decrease():
                return []
            case _:
                assert_never(item.scale)

    def _choices(self, item: Item, names: list[str]) -> list[Schema]:
        criteria = {name: self._label(label) for name, label in item.criteria}
        listed: Schema = {
            "enum": names,
            "markdownEnumDescriptions": [criteria.get(name, "") for name in names],
            "errorMessage": self._told("word", words=", ".join(f"`{name}`" for name in names)),
        }
        numbers = [int(name) for name in names if exact(name) is not None and name.isdecimal()]
        also: list[Schema] = [{"enum": numbers}] if numbers else []
        words = [word for name, pair in _YAML_WORDS.items() if name in names for word in pair]
        if words:
            also += [{"enum": [word == "true" for word in words if word in {"true", "false"}]}]
            also += [_written(("object", "array", "number", "boolean", "null"), "", _in_any_case(words))]
        return [listed, *also]

    def _inputs(self, item: Item) -> list[Schema]:
        if not item.inputs or not roles_of(item.scale):
            return []
        number = self._count()
        needed = [each.key for each in item.inputs if each.role in roles_of(item.scale)]
        known: Schema = {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": self._told("keys", keys=", ".join(f"`{each.key}`" for each in item.inputs)),
            "properties": {each.key: {**_described(self._label(each.label)), **number} for each in item.inputs},
        }
        filled = {"properties": {key: {"not": _BLANK} for key in needed}, "required": needed}
        message = self._told("missing", keys=", ".join(f"`{key}`" for key in needed))
        blank = {"additionalProperties": _BLANK}
        return [{**known, "allOf": [_refused_where({"not": {"anyOf": [filled, blank]}}, message)]}]

    def _any_answer(self) -> Schema:
        """Return the schema of an answer whose item is not known here: one of any scale."""
        if self.instrument is None:
            plain = [self._text(None, blank=False)]
        else:
            scales = {item.scale: item for item in self.instrument.items()}
            found = {
                str(each): each for item in scales.values() for each in self._plain_answer(_without_criteria(item))
            }
            plain = [*found.values()]
        counts = {"type": "object", "additionalProperties": self._count()}
        given = {
            answers.ANSWER.name: {"anyOf": [*plain, _BLANK]},
            answers.INPUTS.name: {"anyOf": [counts, _BLANK]},
        }
        return {"anyOf": [*plain, self.shape(answers.SHAPE, given)]}


_YAML_WORDS = {"Ya": ("yes", "true"), "Tidak": ("no", "false")}


def _without_criteria(item: Item) -> Item:
    return Item(item.id, item.label, item.scale, item.weight, item.area, item.documents, (), item.inputs)
