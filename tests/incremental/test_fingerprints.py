"""Views of one fingerprint are equal, and equal views have one, whoever made them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.incremental.fingerprints import Digest, Fingerprints


@dataclass(frozen=True, slots=True)
class Leaf:
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    title: str
    leaves: tuple[Leaf, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    first: Leaf | None = None


texts = st.text(max_size=4)
leaves = st.builds(Leaf, texts, st.none() | st.integers(0, 3))
branches = st.builds(
    Branch, texts, st.lists(leaves, max_size=3).map(tuple), st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    st.none() | leaves,
)  # fmt: skip


@given(st.lists(branches, min_size=2, max_size=6))
def test_views_have_one_fingerprint_if_and_only_if_they_are_equal(views: list[Branch]) -> None:
    known = Fingerprints()
    for one in views:
        for other in views:
            assert (known.of(one) == Fingerprints().of(other)) is (one == other)


def test_what_is_shared_is_looked_into_once_and_told_alike() -> None:
    leaf = Leaf("a" * 100)
    shared, apart = (
        Branch("x", (leaf, leaf), first=leaf),
        Branch("x", (replace(leaf), replace(leaf)), first=Leaf("a" * 100)),
    )
    assert Fingerprints().of(shared) == Fingerprints().of(apart)


def test_where_one_text_ends_and_the_next_begins_matters() -> None:
    known = Fingerprints()
    assert known.of(Branch("ab", (), (("c", ""),))) != known.of(Branch("ab", (), (("", "c"),)))
    assert known.of(Branch("a", (Leaf("b"),))) != known.of(Branch("a", (), first=Leaf("b")))


def test_safe_html_is_told_as_text() -> None:
    assert Fingerprints().of(Leaf(Markup("<b>"))) == Fingerprints().of(Leaf("<b>"))


@dataclass(frozen=True, slots=True)
class Tree:
    branches: tuple[Branch, ...]


@given(st.lists(branches, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_fingerprint_stands_for_what_it_is_of(parts: list[Branch], told: list[bool]) -> None:
    parts = [replace(each, pairs=(("never", "plain"),), first=Leaf("x")) for each in parts]
    known = Fingerprints()
    mixed = tuple(Digest(Fingerprints().of(part)) if tell else part for part, tell in zip(parts, told, strict=False))
    assert known.of(Tree(mixed)) == Fingerprints().of(Tree(tuple(parts)))  # type: ignore[arg-type]


def test_a_view_of_another_kind_is_refused() -> None:
    with pytest.raises(TypeError):
        Fingerprints().of(Branch("x", (), first={"a": 1}))  # type: ignore[arg-type]
