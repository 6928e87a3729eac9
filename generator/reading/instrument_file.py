"""Reads an instrument from its data file (`catat.instrument/1`) and reports what is wrong with one."""

from __future__ import annotations

from collections import OrderedDict
from fractions import Fraction
from typing import assert_never

from generator.folding import hyphenated
from generator.messages.diagnostics import Diagnostic, has_errors
from generator.messages.source import Source
from generator.model.instrument import (
    INDEX,
    Area,
    Aspect,
    Choices,
    Covered,
    Criterion,
    Decrease,
    Documents,
    Gate,
    Held,
    Input,
    Instrument,
    Item,
    Label,
    Linear,
    Predicate,
    Ratio,
    Requirement,
    Scale,
    Score,
    Share,
    choice_named,
    decimal,
    roles_of,
)
from generator.model.text import Span
from generator.reading import instrument_keys as keys
from generator.reading import instrument_overlay, instrument_prerequisites, nodes, recovery
from generator.reading.fields import Fields
from generator.reading.nodes import Node, Scalar
from generator.reading.problems import Located, Problems, optional, value_of
from generator.reading.values import Types, check_groups, exact
from generator.typos import values
from generator.typos.correction import NO_CORRECTION, Correction


def extended(source: Source) -> Located[str] | None:
    """Return the instrument that the one of a source extends, by its id or path, and where that stands."""
    if "extends" not in source.text:
        return None
    return _extended(recovery.compose_whole(source, Span(0, len(source.text))).node)


def _extended(root: Node | None) -> Located[str] | None:
    entries = root.entries if isinstance(root, nodes.Mapping) else ()
    named = (value for key, value in entries if key.text == keys.EXTENDS.name)
    return next((Located(each.text, each.span) for each in named if isinstance(each, Scalar) and each.text), None)


def read(source: Source, beneath: tuple[Source, ...] = ()) -> tuple[Instrument | None, tuple[Diagnostic, ...]]:
    """Read an instrument file (`catat.instrument/1`); None where it has errors, all of which are returned.

    `beneath` are the instruments that it extends, the nearest first, as far as `extended` names one; each is read by
    itself, too.
    """
    if beneath:
        instrument, found = read(beneath[0], beneath[1:])
        if instrument is None:
            return None, found
    problems = Problems(source, "instrument-invalid")
    root = _merged((source, *beneath), problems)
    instrument = None if root is _UNREADABLE else _Reader(problems).instrument(root)
    found = tuple(dict.fromkeys(problems.found))  # many parts of the one beneath may suffer from one change
    return (None if has_errors(found) else instrument), found


_UNREADABLE = nodes.Sequence((), Span(0, 0))
"""Stands for a file of which nothing could be read."""


def _merged(sources: tuple[Source, ...], problems: Problems) -> Node | None:
    """Return the first of some instruments, laid over the one that it extends, which is laid over the next."""
    composed = recovery.compose_whole(sources[0], Span(0, len(sources[0].text)))
    for fault in composed.faults:
        problems.adopt(fault)
    if composed.unreadable:
        return _UNREADABLE
    root, base = composed.node, _extended(composed.node)
    if not isinstance(root, nodes.Mapping) or base is None:
        return root
    beneath = _merged(sources[1:], problems)
    assert isinstance(beneath, nodes.Mapping)  # it was read by itself, and is sound
    return instrument_overlay.laid_over(root, beneath, base.span, problems)


def _weighs(key: Scalar, value: Node) -> bool:
    return key.text == keys.WEIGHT.name and not (isinstance(value, Scalar) and value.blank)


class _Reader:
    """Reads one instrument file top down; what later parts refer to is kept as it is read."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._scales: dict[str, Scale] = {}
        self._types: OrderedDict[str, Label] = OrderedDict()
        self._types_known = True
        self._faulty_types: set[str] = set()
        self._type_names: dict[str, tuple[str, ...]] = {}
        self._areas: dict[int, Area] = {}
        self._ids: dict[str, str] = {INDEX: INDEX}
        self._scale_names: tuple[str, ...] = ()
        self._faulty_scales: set[str] = set()
        self._areas_known = True
        self._lost = 0
        self._node_ids: set[str] = {INDEX}
        self._portalrb: dict[int, str] = {}

    def instrument(self, root: Node | None) -> Instrument | None:
        fields = Fields(root, keys.SHAPE, self._problems, at=Span(0, 1))
        schema = fields.take(keys.SCHEMA)
        if schema is not None and schema.value != keys.SCHEMA_NAME:
            self._error("schema", schema.span, value=schema.value, known=keys.SCHEMA_NAME)
        identifier, title = fields.take(keys.ID), fields.take(keys.TITLE)
        if (changes := fields.take(keys.CHANGES)) is not None:
            self._error("items-alone", changes.span)
        self._read_scales(fields.value(keys.SCALES, ()))
        self._read_types(fields.value(keys.TYPES, ()))
        self._types_known = not fields.unreadable(keys.TYPES)
        mark = len(self._problems.found)
        for written in fields.value(keys.AREAS, ()):
            self._read_area(written.value)
        self._areas_known = self._clean_since(mark)
        tree = tuple(
            aspect
            for written in fields.value(keys.NODES, ())
            if (aspect := self._aspect(written.value, None, None)) is not None
        )
        written_predicates = fields.value(keys.PREDICATES, ())
        predicates = self._read_predicates(written_predicates)
        if identifier is None or title is None or not tree or not predicates:
            if not self._problems.found:
                self._error("empty", fields.span)
            return None
        prerequisites = fields.value(keys.PREREQUISITES, ())
        areas = tuple(sorted(self._areas.values(), key=lambda area: area.number))
        not_names = tuple(each.value for each in fields.value(keys.NOT_NAMES, ()))
        return Instrument(
            identifier.value,
            title.value,
            self._types,
            areas,
            tree,
            predicates,
            self._type_names,
            not_names,
            source=keys.first_text(optional(fields.take(keys.SOURCE))),
            prerequisites=instrument_prerequisites.read(prerequisites, predicates, self._problems),
        )

    def _error(self, variant: str, span: Span, correction: Correction = NO_CORRECTION, /, **facts: object) -> None:
        self._problems.error("instrument-invalid", span, correction, variant=variant, **facts)

    def _clean_since(self, mark: int) -> bool:
        """Whether nothing was noted since `mark`: what follows from one mistake is not reported as another."""
        return len(self._problems.found) == mark

    def _note_area_unknown(self, number_: Located[int]) -> None:
        if self._areas_known and number_.value not in self._areas:
            known = ", ".join(f"`{each}`" for each in sorted(self._areas))
            self._error("area-unknown", number_.span, number=number_.value, known=known)

    def _read_scales(self, written: tuple[tuple[Scalar, Node], ...]) -> None:
        self._scale_names = tuple(name.text for name, _ in written)
        for name, node in written:
            mark = len(self._problems.found)
            scale = self._scale(node)
            if not self._clean_since(mark):
                self._faulty_scales.add(name.text)
            if scale is not None:
                self._scales[name.text] = scale

    def _scale(self, node: Node) -> Scale | None:
        mark = len(self._problems.found)
        fields = Fields(node, keys.SCALE, self._problems, at=node.span)
        choices = fields.take(keys.CHOICES)
        kind = fields.take(keys.SCALE_KIND)
        simple: dict[str, Scale] = {"ratio": Ratio(), "decrease": Decrease()}
        if kind is not None and kind.value in simple:
            return simple[kind.value]
        if kind is not None and kind.value == "linear":
            maximum = fields.take(keys.MAX)
            if maximum is None or maximum.value == 0:
                if self._clean_since(mark):
                    self._error("scale-max", fields.span)
                return None
            return Linear(maximum.value)
        if choices is None or not choices.value:
            if self._clean_since(mark) and not (choices is None and fields.has(keys.CHOICES)):
                self._error("scale-choices", fields.span)
            return None
        values = [(name.text, self._choice_value(value)) for name, value in choices.value]
        return Choices(tuple((name, value) for name, value in values if value is not None))

    def _choice_value(self, node: Node) -> Fraction | None:
        value = exact(node.text) if isinstance(node, Scalar) else None
        if value is None or value > 1:
            self._error("choice-value", node.span)
            return None
        return value

    def _read_types(self, written: tuple[tuple[Scalar, Node], ...]) -> None:
        for name, node in written:
            label, names = self._type(node)
            if "|" in name.text:  # which joins the types of a one-of group in `readiness.json`
                self._error("type-bar", name.span, name=name.text)
            if hyphenated(name.text) in self._types:
                self._error("type-twice", name.span, name=name.text)
            elif label is None:
                self._faulty_types.add(hyphenated(name.text))
            else:
                self._types[hyphenated(name.text)] = label
                self._type_names[hyphenated(name.text)] = names

    def _type(self, node: Node) -> tuple[Label | None, tuple[str, ...]]:
        """Return a document type's label and what else it is called."""
        if not isinstance(node, nodes.Mapping):
            return keys.label(node, self._problems), ()
        fields = Fields(node, keys.TYPE, self._problems, at=node.span)
        label = keys.label_of(fields, node.span, self._problems)
        return label, tuple(each.value for each in fields.value(keys.TYPE_NAMES, ()))

    def _read_area(self, node: Node) -> None:
        fields = Fields(node, keys.AREA, self._problems, at=node.span)
        number_, label = fields.take(keys.NUMBER), fields.take(keys.LABEL_KEY)
        code, folder = fields.take(keys.CODE), fields.take(keys.FOLDER)
        if number_ is None or label is None:
            return
        if number_.value in self._areas:
            self._error("area-twice", number_.span, number=number_.value)
            return
        name = str(number_.value)
        self._areas[number_.value] = Area(number_.value, value_of(code, name), value_of(folder, name), label.value)

    def _unique(self, identifier: Located[str]) -> None:
        folded = identifier.value.casefold()
        if folded in self._ids:
            self._error("id-twice", identifier.span, name=identifier.value)
        self._ids.setdefault(folded, identifier.value)

    def _area_of(self, fields: Fields, inherited: int | None) -> int | None:
        area = fields.take(keys.AREA_NUMBER)
        if area is None:
            return inherited
        self._note_area_unknown(area)
        return area.value

    def _aspect(self, node: Node, area: int | None, share: Fraction | None) -> Aspect | None:
        mark, lost = len(self._problems.found), self._lost
        fields = Fields(node, keys.ASPECT, self._problems, at=node.span)
        identifier, label = fields.take(keys.ID), fields.take(keys.ASPECT_LABEL)
        area = self._area_of(fields, area)
        weight = fields.take(keys.WEIGHT)
        refused = weight is None and fields.has(keys.WEIGHT)
        own = weight.value if weight is not None else Fraction(1) if refused else share
        children, items = fields.value(keys.CHILDREN, ()), fields.value(keys.ITEMS, ())
        if identifier is None:
            return None
        self._unique(identifier)
        self._node_ids.add(identifier.value)
        if bool(children) == bool(items):
            self._error("children-or-items", identifier.span, name=identifier.value)
            return None
        below = tuple(
            aspect
            for child in children
            if (aspect := self._aspect(child.value, area, self._share(own, children))) is not None
        )
        leaves = tuple(
            item for child in items if (item := self._item(child.value, area, self._share(own, items))) is not None
        )
        weights = (*(aspect.weight for aspect in below), *(item.weight for item in leaves))
        total = sum(weights, Fraction(0))
        if weight is not None and total != weight.value and self._clean_since(mark) and self._lost == lost:
            self._error(
                "weights", weight.span, name=identifier.value, weight=decimal(weight.value), total=decimal(total)
            )
        own_label = label.value if label is not None else Label(identifier.value, identifier.value)
        return Aspect(identifier.value, own_label, total, area, below, leaves)

    @staticmethod
    def _share(weight: Fraction | None, parts: tuple[Located[Node], ...]) -> Fraction | None:
        """Return the weight of each part where none gives its own: equal, as the official sheet's averages make it."""
        written = (part.value.entries for part in parts if isinstance(part.value, nodes.Mapping))
        if weight is None or any(_weighs(key, value) for entry in written for key, value in entry):
            return None
        return weight / len(parts)

    def _item(self, node: Node, area: int | None, share: Fraction | None) -> Item | None:
        mark = len(self._problems.found)
        fields = Fields(node, keys.ITEM, self._problems, at=node.span)
        identifier, label, scale_name = fields.take(keys.ID), fields.take(keys.LABEL_KEY), fields.take(keys.SCALE_NAME)
        scale = self._scale_of(scale_name)
        area = self._area_of(fields, area)
        written_weight = fields.take(keys.WEIGHT)
        weight = written_weight.value if written_weight is not None else share
        documents = self._documents(fields.value(keys.DOCUMENTS, ()))
        helpful = self._helpful(fields.value(keys.HELPFUL, ()), documents)
        question, portalrb = fields.take(keys.QUESTION), self._soal_id(fields, value_of(identifier, ""))
        known_scale = None if scale_name is not None and scale_name.value in self._faulty_scales else scale
        criteria = self._criteria(fields.value(keys.CRITERIA, ()), known_scale)
        inputs = self._inputs(fields.value(keys.INPUTS, ()))
        if identifier is not None:  # a gate may name an item that has a mistake of its own
            self._node_ids.add(identifier.value)
        if identifier is None or label is None or scale is None:
            self._lost += 1
            return None
        self._unique(identifier)
        if weight is None:
            if not fields.has(keys.WEIGHT):
                self._error("weight-missing", identifier.span, name=identifier.value)
            return None
        missing = roles_of(scale) - {each.role for each in inputs}
        if missing and self._clean_since(mark):
            self._error("roles", identifier.span, name=identifier.value, roles=", ".join(sorted(missing)))
        return Item(
            identifier.value,
            label.value,
            scale,
            weight,
            area,
            documents,
            criteria,
            inputs,
            match=tuple(each.value for each in fields.value(keys.MATCH, ())),
            helpful=helpful,
            question=optional(question),
            portalrb=portalrb,
            page=keys.page_of(optional(fields.take(keys.REFS))),
        )

    def _scale_of(self, name: Located[str] | None) -> Scale | None:
        if name is None:
            return None
        if name.value not in self._scale_names:
            known = ", ".join(f"`{each}`" for each in self._scale_names)
            self._error(
                "scale-unknown", name.span, values.name(name.value, self._scale_names), name=name.value, known=known
            )
        return self._scales.get(name.value)

    def _documents(self, written: tuple[Located[Types], ...]) -> tuple[Requirement, ...]:
        """Return the required documents, each once; their types in the order of `document_types`."""
        check_groups(written, self._problems)
        named = [self._known_types(each.value) for each in written]
        return tuple(
            dict.fromkeys(Requirement(tuple(known for known in self._types if known in types)) for types in named)
        )

    def _known_types(self, written: Types) -> list[str]:
        known = [each for each in written if hyphenated(each.value) in self._types]
        for each in written:
            if each not in known and self._types_known and hyphenated(each.value) not in self._faulty_types:
                self._error("type-unknown", each.span, values.name(each.value, self._types), name=each.value)
        return [hyphenated(each.value) for each in known]

    def _helpful(self, written: Types, documents: tuple[Requirement, ...]) -> tuple[str, ...]:
        """Return the types that are advice; one that is required cannot be."""
        required = {type_ for each in documents for type_ in each.types}
        for each in written:
            if hyphenated(each.value) in required:
                self._error("helpful-required", each.span, name=each.value)
        return tuple(dict.fromkeys(self._known_types(written)))

    def _soal_id(self, fields: Fields, owner: str) -> int | None:
        """Return the id that PortalRB gives an item or input; no two have the same."""
        written = fields.take(keys.PORTALRB)
        if written is None:
            return None
        if written.value in self._portalrb:
            first = self._portalrb[written.value]
            self._error("portalrb-twice", written.span, number=written.value, first=first)
        self._portalrb.setdefault(written.value, owner)
        return written.value

    def _criteria(self, written: tuple[tuple[Scalar, Node], ...], scale: Scale | None) -> tuple[Criterion, ...]:
        names = [name for name, _ in scale.values] if isinstance(scale, Choices) else None
        found: dict[str, tuple[Scalar, Criterion]] = {}
        for name, node in written:
            label, wording = self._criterion(node)
            choice = choice_named(name.text, names) if names is not None else name.text
            if choice is None:
                self._error("criterion-unknown", name.span, values.name(name.text, names or ()), name=name.text)
            elif choice in found:  # in other letters, or as one of YAML's words for it
                first = found[choice][0]
                line = self._problems.source.place(first.span).line
                self._problems.error("key-duplicate", name.span, key=name.text, line=line, first=first.text)
            elif label is not None:
                found[choice] = name, Criterion(choice, label, wording)
        return tuple(criterion for _, criterion in found.values())

    def _criterion(self, node: Node) -> tuple[Label | None, Label | None]:
        """Return what a choice means in short, and its official wording."""
        if not isinstance(node, nodes.Mapping):
            return keys.label(node, self._problems), None
        fields = Fields(node, keys.CRITERION, self._problems, at=node.span)
        wording = optional(fields.take(keys.CRITERION_WORDING))
        if wording is not None and not (fields.has(keys.LABEL_ID) or fields.has(keys.LABEL_EN)):
            return wording, wording
        return keys.label_of(fields, node.span, self._problems), wording

    def _inputs(self, written: tuple[Located[Node], ...]) -> tuple[Input, ...]:
        found: dict[str, Input] = {}
        for each in written:
            fields = Fields(each.value, keys.INPUT, self._problems, at=each.span)
            key, role, label = fields.take(keys.INPUT_KEY), fields.take(keys.ROLE), fields.take(keys.INPUT_LABEL)
            if key is None or role is None:
                continue
            if key.value in found:
                self._error("id-twice", key.span, name=key.value)
            soal_id = self._soal_id(fields, key.value)
            found[key.value] = Input(key.value, value_of(label, Label(key.value, key.value)), role.value, soal_id)
        return tuple(found.values())

    def _read_predicates(self, written: tuple[Located[Node], ...]) -> tuple[Predicate, ...]:
        shapes = [Fields(each.value, keys.PREDICATE, self._problems, at=each.span) for each in written]
        named = [(fields, fields.take(keys.ID), fields.take(keys.LABEL_KEY)) for fields in shapes]
        ids = [identifier.value for _, identifier, _ in named if identifier is not None]
        found: dict[str, Predicate] = {}
        for fields, identifier, label in named:
            own = identifier.value if identifier is not None else ""
            others = [each for each in ids if each != own]
            written_gates = fields.take(keys.GATES)
            gates = self._gates(value_of(written_gates, ()), others)
            if identifier is None or label is None:
                continue
            if identifier.value.casefold() in found:
                self._error("id-twice", identifier.span, name=identifier.value)
            if written_gates is not None and not written_gates.value:
                self._error("predicate-gates", identifier.span, name=identifier.value)
            found[identifier.value.casefold()] = Predicate(identifier.value, label.value, gates)
        return tuple(found.values())

    def _gates(self, written: tuple[Located[Node], ...], predicates: list[str]) -> tuple[Gate, ...]:
        """Return the gates of a predicate; an instrument that extends this one names them by their ids."""
        found: dict[str, Gate] = {}
        for each in written:
            if (gate := self._gate(each.value, predicates)) is None:
                continue
            if gate.id in found:
                self._error("id-twice", each.span, name=gate.id)
            found[gate.id] = gate
        return tuple(found.values())

    def _gate(self, node: Node, predicates: list[str]) -> Gate | None:
        mark = len(self._problems.found)
        fields = Fields(node, keys.GATE, self._problems, at=node.span)
        identifier, measure, minimum = fields.take(keys.ID), fields.take(keys.MEASURE), fields.take(keys.MIN)
        per, areas, of_node = fields.take(keys.PER), fields.take(keys.GATE_AREAS), fields.take(keys.GATE_NODE)
        held = fields.take(keys.HELD)
        if identifier is None or measure is None:
            return None
        kind = measure.value
        if issubclass(kind, Held):
            if held is None or held.value not in predicates:
                known = value_of(held, "")
                self._error("gate-predicate", fields.span, values.name(known, predicates), name=known)
            return Gate(identifier.value, kind(value_of(held, "")), Fraction(1))
        if issubclass(kind, (Score, Share, Documents, Covered)):
            if minimum is None and not fields.has(keys.MIN):
                self._error("gate-min", fields.span, name=identifier.value)
            if per is None and of_node is None:
                if self._clean_since(mark):
                    self._error("gate-subject", fields.span, name=identifier.value)
                return None
            if areas is not None and per is None:
                self._error("gate-per", areas.span, name=identifier.value)
            if of_node is not None:
                self._check_gate_node(of_node)
            chosen = self._gate_areas(areas) if per is not None else ()
            if per is not None and not chosen and self._areas_known and self._clean_since(mark):
                self._error("gate-areas", fields.span, name=identifier.value)
            return Gate(identifier.value, kind(), value_of(minimum, Fraction(0)), optional(of_node), chosen)
        assert_never(kind)

    def _check_gate_node(self, node: Located[str]) -> None:
        if node.value not in self._node_ids:
            self._error("gate-node", node.span, values.name(node.value, self._node_ids), name=node.value)

    def _gate_areas(self, areas: Located[tuple[Located[int], ...]] | None) -> tuple[int, ...]:
        if areas is None:
            return tuple(sorted(self._areas))
        for each in areas.value:
            self._note_area_unknown(each)
        return tuple(sorted({each.value for each in areas.value}))
