"""The instrument (LKE): areas, items, scales, weights, document types, predicates."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import ClassVar, assert_never, get_args

from msgspec import Struct, field


class Label(Struct, frozen=True):
    """A wording in both languages; one that a file gives in one language only is used for both."""

    id: str
    en: str

    def in_(self, language: str) -> str:
        """Return the wording in `language`."""
        return self.en if language == "en" else self.id


# Scales


class Choices(Struct, frozen=True):
    """A scale of named answers, each worth a value from 0 to 1."""

    values: tuple[tuple[str, Fraction], ...]


class Ratio(Struct, frozen=True):
    """The sum of the inputs `of` over the sum of the inputs `over`, capped to 0..1."""


class Decrease(Struct, frozen=True):
    """How far a count fell: (before - now) / before, capped to 0..1."""


class Linear(Struct, frozen=True):
    """A mark from 0 to `maximum`, as a survey gives."""

    maximum: Fraction


Scale = Choices | Ratio | Decrease | Linear


class Input(Struct, frozen=True):
    """A count that an item asks for; `role` is of, over, before, now or info.

    `portalrb` is its `soal_id` in the exchange of PortalRB.
    """

    key: str
    label: Label
    role: str
    portalrb: int | None = None


class Requirement(Struct, frozen=True):
    """One required document of an item. Its types are a one-of group: a document of any of them will do."""

    types: tuple[str, ...]

    def __str__(self) -> str:
        """Write the types as `readiness.json` does: joined by `|`, in the order of the instrument."""
        return "|".join(self.types)


class Criterion(Struct, frozen=True):
    """What one choice of an item means: in short, and in the official wording where the unit's workbook gave it."""

    choice: str
    label: Label
    wording: Label | None = None


class Item(Struct, frozen=True):
    """One item (butir): its question, scale, weight, and the documents that prove it.

    `documents` are required and counted; `helpful` types are usual besides, and are advice. `question` is the official
    wording, which is not shipped; it stands on a `page` of the instrument's `source`. `portalrb` is its `soal_id` in
    the exchange of PortalRB; of an item with inputs each input has its own.
    """

    id: str
    label: Label
    scale: Scale
    weight: Fraction
    area: int | None
    documents: tuple[Requirement, ...]
    criteria: tuple[Criterion, ...] = ()
    inputs: tuple[Input, ...] = ()
    match: tuple[str, ...] = ()
    """Words of the official question, for finding the item; no figure depends on them."""
    helpful: tuple[str, ...] = ()
    question: Label | None = None
    portalrb: int | None = None
    page: int | None = None

    def usual_types(self) -> tuple[str, ...]:
        """Return the types of its required documents and those that are usual besides."""
        return tuple(dict.fromkeys((*(type_ for each in self.documents for type_ in each.types), *self.helpful)))


class Aspect(Struct, frozen=True):
    """A node of the instrument's tree (component, aspect, area, sub-area); it has aspects or items below it."""

    id: str
    label: Label
    weight: Fraction
    area: int | None
    children: tuple[Aspect, ...]
    items: tuple[Item, ...]

    def walk(self) -> Iterator[Aspect]:
        """Yield this node and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_items(self) -> Iterator[Item]:
        """Yield all items at or below this node."""
        for aspect in self.walk():
            yield from aspect.items


class Area(Struct, frozen=True):
    """A change area: its number, code, folder and name."""

    number: int
    code: str
    folder: str
    label: Label


# Measures of gates; `name` is the word of the files


class Score(Struct, frozen=True):
    """The points of a part of the instrument."""

    name: ClassVar[str] = "score"


class Share(Struct, frozen=True):
    """The points of a part of the instrument over its weight."""

    name: ClassVar[str] = "share"


class Documents(Struct, frozen=True):
    """The share of the required documents of a part of the instrument that exist."""

    name: ClassVar[str] = "documents"


class Covered(Struct, frozen=True):
    """The share of the items of a part of the instrument that have a document, of those that require one."""

    name: ClassVar[str] = "covered"


class Held(Struct, frozen=True):
    """Whether the unit holds a predicate already, by its id."""

    predicate: str
    name: ClassVar[str] = "held"


Measure = Score | Share | Documents | Covered | Held
MEASURES: tuple[type[Measure], ...] = get_args(Measure)

INDEX = "index"
"""The name of the whole instrument in a gate."""


class Gate(Struct, frozen=True):
    """One threshold of a predicate, on a node or item or on each of `areas`; a predicate to be held has neither.

    With a node and areas it is on the items of each area that are below the node.
    """

    id: str
    measure: Measure
    minimum: Fraction
    node: str | None = None
    areas: tuple[int, ...] = ()


class Predicate(Struct, frozen=True):
    """What a unit aims at, and the gates it has to pass."""

    id: str
    label: Label
    gates: tuple[Gate, ...]


# Prerequisites of a proposal: conditions besides the items (PermenPANRB 90/2021, Lampiran II, Tabel 5)


class Grades(Struct, frozen=True):
    """An answer is one of a few grades, the best first; a predicate requires a grade or a better one."""

    names: tuple[str, ...]


class MaturityLevel(Struct, frozen=True):
    """An answer is a number from 0 to `maximum`; a predicate requires at least a number."""

    maximum: Fraction


class Completed(Struct, frozen=True):
    """An answer is a part of a whole, as `17/20` or `100%`; a predicate requires at least a share from 0 to 1."""


class Since(Struct, frozen=True):
    """An answer is a day; a predicate requires that at least so many whole years have passed since."""


PrerequisiteScale = Grades | MaturityLevel | Completed | Since


INSTITUTION_KINDS = ("ministry", "local")
"""Ministries and other central institutions, of which more is required, and local governments."""


class Prerequisite(Struct, frozen=True):
    """A condition that a unit or its institution has to meet before a proposal; it enters no figure.

    `required` is what each predicate requires at least, by its id: a grade's name, or a number. `only_for` is the kind
    of institution that it applies to; None for all.
    """

    id: str
    label: Label
    of_institution: bool
    scale: PrerequisiteScale
    required: Mapping[str, str | Fraction]
    only_for: str | None = None


class Instrument(Struct, frozen=True):
    """A whole instrument."""

    id: str
    title: Label
    document_types: OrderedDict[str, Label]
    """Document types by id, in the order of the worksheet: two instruments that differ in it are not equal."""
    areas: tuple[Area, ...]
    tree: tuple[Aspect, ...]
    predicates: tuple[Predicate, ...]
    type_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names of a document type, by its id."""
    not_names: tuple[str, ...] = ()
    """Words that look like the name of a document type and are none."""
    source: str = ""
    """The regulation that the instrument is taken from."""
    prerequisites: tuple[Prerequisite, ...] = ()

    def items(self) -> tuple[Item, ...]:
        """Return all items in the order of the file."""
        return tuple(item for top in self.tree for item in top.all_items())

    def aspects(self) -> tuple[Aspect, ...]:
        """Return all nodes above the items, in the order of the file."""
        return tuple(aspect for top in self.tree for aspect in top.walk())

    def path_to(self, item: Item) -> tuple[Aspect, ...]:
        """Return the nodes above an item, from the top down."""
        return _path_to(self.tree, item)

    def default_target(self) -> Predicate:
        """Return the first predicate with a gate on a score."""
        scored = (each for each in self.predicates if any(isinstance(gate.measure, Score) for gate in each.gates))
        return next(scored, self.predicates[0])


def _path_to(tree: Iterable[Aspect], item: Item) -> tuple[Aspect, ...]:
    for aspect in tree:
        if item in aspect.items:
            return (aspect,)
        below = _path_to(aspect.children, item)
        if below:
            return (aspect, *below)
    return ()


def roles_of(scale: Scale) -> frozenset[str]:
    """Return the roles of the inputs that a scale's formula needs."""
    match scale:
        case Ratio():
            return frozenset({"of", "over"})
        case Decrease():
            return frozenset({"before", "now"})
        case Choices() | Linear():
            return frozenset()
        case _:
            assert_never(scale)


_YES = {"yes": "ya", "true": "ya", "no": "tidak", "false": "tidak"}


def choice_named(written: str, names: list[str]) -> str | None:
    """Return the choice that was written, in whatever case; YAML's own yes/no/true/false mean Ya/Tidak."""
    plain = written.strip()
    if plain in names:
        return plain
    word, by_word = plain.casefold(), {name.casefold(): name for name in names}
    return by_word.get(word) or by_word.get(_YES.get(word, ""))


def decimal(value: Fraction) -> str:
    """Write an exact number with as many decimals as it has, at most six."""
    written = f"{float(value):.6f}".rstrip("0").rstrip(".")
    return written or "0"
