"""What is counted on from the last look is what counting anew comes to, and what asks by key hangs on those keys alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest
from generator.incremental.memo import Memo, Noting
from hypothesis import given
from hypothesis import strategies as st

PARTS = st.lists(st.lists(st.integers(0, 5), max_size=3).map(tuple), min_size=8, max_size=10)
CHANGES = st.lists(st.tuples(st.integers(0, 9), st.lists(st.integers(0, 5), max_size=3).map(tuple)), max_size=6)


@given(PARTS, CHANGES)
def test_what_is_counted_on_is_what_counting_anew_comes_to(
    parts: list[tuple[int, ...]], changes: list[tuple[int, tuple[int, ...]]]
) -> None:
    memo = Memo()
    assert memo.counted("step", parts) == Counter(chain.from_iterable(parts))
    for position, part in changes:
        parts = [*parts, part] if position >= len(parts) else [*parts[:position], part, *parts[position + 1 :]]
        counted = memo.counted("step", parts)
        assert dict(counted) == dict(Counter(chain.from_iterable(parts)))


def test_what_was_counted_when_something_went_wrong_is_counted_anew() -> None:
    class Breaking(tuple[int, ...]):
        """A part that goes wrong when it is gone through."""

        __slots__ = ()

        def __iter__(self) -> Iterator[int]:
            raise MemoryError

    memo, parts = Memo(), [(number,) for number in range(8)]
    memo.counted("step", parts)
    with pytest.raises(MemoryError):
        memo.counted("step", [(9,), Breaking(), *parts[2:]])
    assert dict(memo.counted("step", [(9,), *parts[1:]])) == {9: 1, **dict.fromkeys(range(1, 8), 1)}


@given(st.lists(st.dictionaries(st.integers(0, 4), st.integers(0, 5)), min_size=8, max_size=9), CHANGES)
def test_what_is_united_on_is_what_uniting_anew_comes_to(
    found: list[dict[int, int]], changes: list[tuple[int, tuple[int, ...]]]
) -> None:
    def pairs(position: int, values: dict[int, int]) -> tuple[tuple[tuple[int, int], int], ...]:
        return tuple(((position, key), value) for key, value in values.items())

    memo = Memo()
    parts = [pairs(position, values) for position, values in enumerate(found)]
    first = memo.united("step", parts)
    before = dict(first)
    for position, values in changes:
        if position < len(parts):
            parts = list(parts)
            parts[position] = pairs(position, dict.fromkeys(values, position))
        assert memo.united("step", parts) == dict(chain.from_iterable(parts))
    assert first == before  # who holds an older one keeps it


@given(st.dictionaries(st.integers(0, 4), st.integers(0, 2)), st.dictionaries(st.integers(0, 4), st.integers(0, 2)))
def test_what_changed_between_two_mappings_is_made_again_and_nothing_else(
    before: dict[int, int], after: dict[int, int]
) -> None:
    class One:
        """An input that asks for one key."""

        def __init__(self, key: int) -> None:
            self.asks = (key,)

    inputs, memo = [One(key) for key in range(5)], Memo()
    for world in (before, after, after, before):
        made = memo.each("step", inputs, lambda one: world.get(one.asks[0]), world=(world,), asks=lambda one: one.asks)  # noqa: B023 - called at once
        assert list(made) == [world.get(key) for key in range(5)]
    memo.begin()
    memo.each("step", inputs, lambda _one: None, world=(dict(before),), asks=lambda one: one.asks)
    assert memo.done("step") == 0


def test_what_was_noted_is_recalled_until_something_changes_that_was_asked_for() -> None:
    memo, inputs = Memo(), ["one", "two"]
    first = memo.recall("step", inputs, context=1, world=({"a": 1, "b": 2},))
    assert list(first) == [None, None]
    memo.note("step", 0, "made of a", ("a",))
    memo.note("step", 1, "made of b", ("b",))
    again = memo.recall("step", inputs, context=1, world=({"a": 1, "b": 2},))
    assert list(again) == ["made of a", "made of b"]
    assert list(memo.recall("step", inputs, context=1, world=({"a": 1, "b": 3},))) == ["made of a", None]
    assert list(memo.recall("step", inputs, context=1, world=({"a": 1, "b": 3},))) == ["made of a", None]
    assert list(memo.recall("step", inputs, context=2, world=({"a": 1, "b": 3},))) == [None, None]


def test_a_mapping_that_notes_tells_every_way_it_was_asked_and_cannot_be_gone_through() -> None:
    noting = Noting()
    noted = noting.before({"a": 1})
    noting.begin()
    assert noted["a"] == 1
    assert noted.get("b") is None
    assert noted.get("c", 3) == 3
    assert "d" not in noted
    with pytest.raises(KeyError):
        noted["e"]
    assert set(noting.keys()) == {"a", "b", "c", "d", "e"}
    noting.begin()
    assert noting.keys() == ()
    for gone_through in (list, len, dict, lambda each: each.items() and list(each.values())):
        with pytest.raises(NotImplementedError):
            gone_through(noted)
