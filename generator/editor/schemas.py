"""JSON Schemas of every kind of file, made of the readers' own tables: an editor completes and refuses by them.

They are draft-07, as the YAML language server reads it. It completes from `type`, `enum` and `properties`; so what only
refuses is in `if` and `then`, where the server does not offer `true`, `false` or `null`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import ModuleType
from typing import Any, assert_never

from msgspec import Struct, field

from generator import resources
from generator.editor.json_schema import (
    BLANK,
    FILLED,
    NUMBER,
    NUMBER_PATTERN,
    WHOLE_PATTERN,
    Schema,
    described,
    distinguished,
    in_any_case,
    refused_where,
    scalar,
)
from generator.languages.keys import example, key_description, schema_message
from generator.model.instrument import Choices, Decrease, Instrument, Item, Label, Linear, Ratio, roles_of
from generator.reading import answers, assessment, findings, forms, free_pages, instrument_keys, records, settings
from generator.reading.fields import Key, Shape
from generator.reading.forms import Form, Rule
from generator.reading.values import exact

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
"""The names of the schemas, each with the shape of its kind of file."""


def _shapes(*modules: ModuleType) -> Mapping[str, Shape]:
    every = [value for module in modules for value in vars(module).values() if isinstance(value, Shape)]
    return {shape.name: shape for shape in every}


SHAPES = _shapes(settings, records, assessment, findings, answers, free_pages, instrument_keys)
"""Every shape that a reader knows, by its name."""


def _exact(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def schema(name: str, *, instrument: Instrument | None, language: str) -> Schema:
    """Return the JSON Schema of a kind of file (`NAMES`), with the names of an instrument and words of a language."""
    writer = SchemaWriter(instrument, language)
    top = writer.shape(NAMES[name])
    if name == "instrument":
        top = _whole_or_changes(top, SchemaWriter(instrument, language, writer.definitions, changes=True))
    return {"$schema": DRAFT, **top, "definitions": writer.definitions}


_OWN = (instrument_keys.SCHEMA.name, instrument_keys.ID.name)
"""What an instrument that extends another one says itself."""


def _whole_or_changes(whole: Schema, writer: SchemaWriter) -> Schema:
    """Return the schema of an instrument; one that extends another need not say what it leaves as it is."""
    changes = {**writer.shape(instrument_keys.SHAPE), "required": [*_OWN]}
    return {"type": "object", "if": {"required": [instrument_keys.EXTENDS.name]}, "then": changes, "else": whole}


class SchemaWriter(Struct):
    """Writes the schemas of shapes; what several of them name is defined once.

    With `changes` nothing is required of a shape, for it says only what is to be changed.
    """

    instrument: Instrument | None
    language: str
    definitions: dict[str, Schema] = field(default_factory=dict)
    changes: bool = False

    def _message(self, fault: str, **names: str) -> str:
        return schema_message(fault, self.language, **names)

    def _label(self, label: Label) -> str:
        return label.in_(self.language)

    # Shapes

    def shape(self, shape: Shape, given: Mapping[str, Schema] | None = None) -> Schema:
        """Return the schema of a mapping; `given` are schemas of keys that are known better than the table knows."""
        properties: dict[str, Schema] = {}
        for key in shape.keys:
            value = (given or {}).get(key.name) or self._of_key(key)
            for name in self._names(key):
                properties[name] = {**described(self._about(shape, key, name)), **distinguished(value)}
                if name != self._name(key):
                    properties[name]["doNotSuggest"] = True
        return {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": self._message("keys", keys=self._shown(*shape.keys)),
            "properties": properties,
            "allOf": [*self._key_rules(shape), *(self._rule(rule, shape) for rule in shape.rules)] or [{}],
        }

    def _of_key(self, key: Key[Any]) -> Schema:
        """Return the schema of a key's value: an empty list is a value where nothing written is none."""
        required = key.required and not (self.changes and key.name not in _OWN)
        return self.form(key.kind.form, blank=not (required or key.decides), empty=not required)

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
            present = [{"required": [name]} for name in self._names(key)]
            keys = self._shown(key)
            if key.required and not self.changes:
                rules.append(self._missing({"anyOf": present}, (key,)))
            if len(present) > 1:
                rules.append(refused_where({"type": "object", "allOf": present}, self._message("both", keys=keys)))
        return rules

    def _shown(self, *keys: Key[Any]) -> str:
        return ", ".join(f"`{self._name(key)}`" for key in keys)

    def _missing(self, needed: Schema, keys: tuple[Key[Any], ...]) -> Schema:
        message = self._message("missing", keys=self._shown(*keys))
        absent = {"required": [self._name(keys[0])]}  # the server marks this key, not the whole mapping
        fault = {**refused_where(absent, message), "else": {**absent, "errorMessage": message}}
        return {"if": {"type": "object", "not": needed}, "then": fault}

    def _rule(self, rule: Rule, shape: Shape) -> Schema:
        by_name = {key.name: key for key in shape.keys}

        def present(*names: str) -> Schema:
            every = [name for each in names for name in self._names(by_name[each])]
            return {"anyOf": [{"required": [name], "properties": {name: FILLED}} for name in every]}

        match rule:
            case forms.OneOf() | forms.WhereWords() | forms.With() if self.changes:
                return {}
            case forms.OneOf(keys):
                return self._missing(present(*keys), tuple(by_name[key] for key in keys))
            case forms.NotBoth(first, second):
                shown = self._shown(by_name[first], by_name[second])
                both = {"type": "object", "allOf": [present(first), present(second)]}
                return refused_where(both, self._message("both", keys=shown))
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
                return scalar(refused, self._message("day"), forms.DAY_PATTERN)
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
    def _or_blank(schema: Schema, *, blank: bool) -> Schema:
        if not blank:
            return schema
        return {"anyOf": [*(schema["anyOf"] if set(schema) == {"anyOf"} else [schema]), BLANK]}

    def _defined(self, name: str) -> Schema:
        defined = f"changed-{name}" if self.changes else name
        if defined not in self.definitions:
            self.definitions[defined] = {}  # a node may hold nodes
            self.definitions[defined] = self.shape(SHAPES[name])
        return {"$ref": f"#/definitions/{defined}"}

    def _text(self, pattern: str | None, *, blank: bool) -> Schema:
        refused = ("object", "array", *(() if blank else ("null",)))
        message = self._message("text" if blank else "blank")
        if pattern is None:
            return scalar(refused, message, r"\S")
        return {**scalar(refused, message, pattern), "patternErrorMessage": self._message("name")}

    def _number(self, *, whole: bool, most: int | Fraction | None, blank: bool) -> Schema:
        refused = ("object", "array", "boolean", *(() if blank else ("null",)))
        number = scalar(
            refused, self._message("whole" if whole else "number"), WHOLE_PATTERN if whole else NUMBER_PATTERN
        )
        number |= {"minimum": 0, **({"multipleOf": 1} if whole else {})}
        return number if most is None else number | {"maximum": _exact(Fraction(most))}

    def _count(self) -> Schema:
        """Return the schema of a count that an answer is made of."""
        return {**self._number(whole=True, most=None, blank=True), "pattern": r"^\s*[0-9]{1,12}\s*$"}

    def _words(self, words: tuple[str, ...], *, blank: bool) -> Schema:
        booleans = [word == "true" for word in words if word in {"true", "false"}]
        offered = [word for word in words if word not in {"true", "false"}]
        message = self._message("word", words=", ".join(f"`{word}`" for word in words))
        refused = ["object", "array", "number", *(() if booleans else ("boolean",)), *(() if blank else ("null",))]
        other_files = scalar(refused, message, in_any_case(words))
        return {"anyOf": [{"enum": [*booleans, *offered], "errorMessage": message}, other_files]}

    def _keyed(self, form: forms.KeyedForm) -> Schema:
        if isinstance(form.names, forms.NameForm) and form.names.of != "item":
            return self._keyed_by(self._known(form.names.of), form)
        if isinstance(form.names, forms.NameForm) and self.instrument is not None:
            return {
                "type": "object",
                "additionalProperties": False,
                "errorMessage": self._message("items"),
                "properties": {item.id: self._of_item(item, form) for item in self.instrument.items()},
            }
        values = self.form(form.values, blank=form.optional or self.changes, empty=True)
        pattern = form.names.pattern if isinstance(form.names, forms.TextForm) else None
        names = (
            {}
            if pattern is None
            else {"propertyNames": {"pattern": pattern, "patternErrorMessage": self._message("name")}}
        )
        return {"type": "object", "errorMessage": self._message("entries"), "additionalProperties": values, **names}

    def _keyed_by(self, known: Mapping[str, str] | None, form: forms.KeyedForm) -> Schema:
        """Return the schema of values by names of the instrument other than items; by any where they are not known."""
        values = self.form(form.values, blank=form.optional, empty=True)
        if known is None:
            return {"type": "object", "errorMessage": self._message("entries"), "additionalProperties": values}
        return {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": self._message("word", words=", ".join(f"`{name}`" for name in known)),
            "properties": {name: {**described(label), **distinguished(values)} for name, label in known.items()},
        }

    def _of_item(self, item: Item, form: forms.KeyedForm) -> Schema:
        label = described(self._label(item.label))
        if isinstance(form.values, forms.AnswerForm):
            return {**label, **self._or_blank(self._answer(item), blank=form.optional)}
        return {**label, **distinguished(self.form(form.values, blank=form.optional, empty=True))}

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
        if of == "prerequisite":
            return {each.id: self._label(each.label) for each in self.instrument.prerequisites} or None
        return {predicate.id: self._label(predicate.label) for predicate in self.instrument.predicates}

    def _choice(self, of: forms.Vocabulary, known: Mapping[str, str]) -> Schema:
        message = self._message("unknown")
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
        known_names = scalar(refused, message, rf"^\s*({lenient if of == 'type' else exact})\s*$")
        return {"properties": {}, **distinguished({"anyOf": [listed, known_names]})}

    # Answers

    def _answer(self, item: Item) -> Schema:
        """Return the schema of an item's answer; its longer form is defined once for all items that ask the same."""
        given = {
            answers.ANSWER.name: {"anyOf": [*self._plain_answer(_without_criteria(item)), BLANK]},
            answers.INPUTS.name: {"anyOf": [*self._inputs(item), BLANK]},
        }
        mapping = self.shape(answers.SHAPE, given)
        same = (name for name, known in self.definitions.items() if known == mapping)
        name = next(same, f"answer-{item.id}")
        self.definitions[name] = mapping
        return {"anyOf": [*self._plain_answer(item), {"$ref": f"#/definitions/{name}"}]}

    def _plain_answer(self, item: Item) -> list[Schema]:
        message = self._message("answer")
        refused = ("object", "array", "null", "boolean")
        match item.scale:
            case Choices(values):
                return self._choices(item, [name for name, _ in values])
            case Ratio():
                fraction = r"[0-9]{1,12}\s*/\s*0*[1-9][0-9]*|0+\s*/\s*0+"
                return [scalar((*refused, "number"), message, rf"^\s*({fraction}|{NUMBER}\s*%)\s*$")]
            case Linear(maximum):
                return [{**scalar(refused, message, NUMBER_PATTERN), "minimum": 0, "maximum": _exact(maximum)}]
            case Decrease():
                return []
            case _:
                assert_never(item.scale)

    def _choices(self, item: Item, names: list[str]) -> list[Schema]:
        criteria = {each.choice: self._label(each.label) for each in item.criteria}
        listed: Schema = {
            "enum": names,
            "markdownEnumDescriptions": [criteria.get(name, "") for name in names],
            "errorMessage": self._message("word", words=", ".join(f"`{name}`" for name in names)),
        }
        numbers = [int(name) for name in names if exact(name) is not None and name.isdecimal()]
        also: list[Schema] = [{"enum": numbers}] if numbers else []
        words = [word for name, pair in _YAML_WORDS.items() if name in names for word in pair]
        if words:
            also += [{"enum": [word == "true" for word in words if word in {"true", "false"}]}]
        also += [scalar(("object", "array", "number", "boolean", "null"), "", in_any_case((*names, *words)))]
        return [listed, *also]

    def _inputs(self, item: Item) -> list[Schema]:
        if not item.inputs or not roles_of(item.scale):
            return []
        number = self._count()
        needed = [each.key for each in item.inputs if each.role in roles_of(item.scale)]
        known: Schema = {
            "type": "object",
            "additionalProperties": False,
            "errorMessage": self._message("keys", keys=", ".join(f"`{each.key}`" for each in item.inputs)),
            "properties": {each.key: {**described(self._label(each.label)), **number} for each in item.inputs},
        }
        filled = {"properties": {key: {"not": BLANK} for key in needed}, "required": needed}
        message = self._message("missing", keys=", ".join(f"`{key}`" for key in needed))
        blank = {"additionalProperties": BLANK}
        return [{**known, "allOf": [refused_where({"not": {"anyOf": [filled, blank]}}, message)]}]

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
            answers.ANSWER.name: {"anyOf": [*plain, BLANK]},
            answers.INPUTS.name: {"anyOf": [counts, BLANK]},
        }
        return {"anyOf": [*plain, self.shape(answers.SHAPE, given)]}


_YAML_WORDS = {"Ya": ("yes", "true"), "Tidak": ("no", "false")}


def _without_criteria(item: Item) -> Item:
    return Item(item.id, item.label, item.scale, item.weight, item.area, item.documents, (), item.inputs)
