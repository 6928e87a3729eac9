"""Digests of values: equal if and only if the values are, whoever computed them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.incremental.digests import Digests, values_of


@dataclass(frozen=True, slots=True)
class Leaf:
    text: str
    number: int | None = None
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Branch:
    title: str
    leaves: tuple[Leaf, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    first: Leaf | None = None
    day: datetime.date | None = None
    share: Fraction = Fraction(0)
    names: frozenset[str] = frozenset()


SHARED = {Leaf: values_of(Leaf)}

texts = st.text(max_size=4)
leaves = st.builds(Leaf, texts, st.none() | st.integers(0, 3))
branches = st.builds(
    Branch, texts, st.lists(leaves, max_size=3).map(tuple), st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    st.none() | leaves, st.none() | st.dates(), st.fractions(max_denominator=3), st.frozensets(texts, max_size=2),
)  # fmt: skip


@given(st.lists(branches, min_size=2, max_size=6))
def test_values_have_one_digest_if_and_only_if_they_are_equal(values: list[Branch]) -> None:
    known = Digests(SHARED)
    for one in values:
        for other in values:
            assert (known.of(one) == Digests(SHARED).of(other)) is (one == other)


def test_a_shared_value_has_the_digest_of_its_equal() -> None:
    leaf = Leaf("a" * 100)
    shared, apart = (
        Branch("x", (leaf, leaf), first=leaf),
        Branch("x", (replace(leaf), replace(leaf)), first=Leaf("a" * 100)),
    )
    assert Digests(SHARED).of(shared) == Digests(SHARED).of(apart)


def test_a_known_digest_replaces_the_value() -> None:
    leaf, digests = Leaf("a"), Digests(SHARED)
    digests.know(leaf, b"digest of an earlier run")
    assert digests.of(leaf) == b"digest of an earlier run"
    assert digests.of(Branch("x", (leaf,))) != Digests(SHARED).of(Branch("x", (leaf,)))


def test_where_one_text_ends_and_the_next_begins_matters() -> None:
    digests = Digests({})
    assert digests.of(Branch("ab", (), (("c", ""),))) != digests.of(Branch("ab", (), (("", "c"),)))
    assert digests.of(Branch("a", (Leaf("b"),))) != digests.of(Branch("a", (), first=Leaf("b")))


def test_safe_html_has_the_digest_of_its_text() -> None:
    assert Digests({}).of(Leaf(Markup("<b>"))) == Digests({}).of(Leaf("<b>"))


def test_what_is_not_compared_is_not_in_the_digest() -> None:
    assert Digests({}).of(Leaf("a", note="x")) == Digests({}).of(Leaf("a", note="y"))


@given(st.dictionaries(texts, leaves, max_size=3), st.dictionaries(texts, leaves, max_size=3))
def test_mappings_in_one_order_have_one_digest_if_and_only_if_they_are_equal(
    one: Mapping[str, Leaf], other: Mapping[str, Leaf]
) -> None:
    first, second = (dict(sorted(each.items())) for each in (one, other))
    assert (Digests(SHARED).of(first) == Digests({**SHARED}).of(second)) is (first == second)


def test_a_value_of_another_class_is_refused() -> None:
    with pytest.raises(TypeError):
        Digests({}).of(Branch("x", (), first=object()))  # type: ignore[arg-type]
