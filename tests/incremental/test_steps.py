"""Equal arguments give the kept result; anything else is computed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.incremental.steps import Steps

ARGUMENTS = st.dictionaries(st.integers(0, 5), st.tuples(st.integers(0, 2), st.text(max_size=1)), max_size=6)


@given(st.lists(st.tuples(st.integers(0, 1), ARGUMENTS), max_size=5))
def test_any_history_of_arguments_gives_what_computing_all_of_it_gives(
    history: list[tuple[int, dict[int, tuple[int, str]]]],
) -> None:
    steps = Steps()
    for common, arguments in history:
        found = steps.map("step", arguments, lambda given, common=common: (common, given), common=common)
        assert found == {key: (common, given) for key, given in arguments.items()}
        assert [*found] == [*arguments]


def test_only_what_has_other_arguments_is_computed() -> None:
    steps, computed = Steps(), []

    def double(number: int) -> int:
        computed.append(number)
        return 2 * number

    assert steps.map("double", {"a": 1, "b": 2}, double) == {"a": 2, "b": 4}
    assert steps.map("double", {"c": 3, "b": 2, "a": 1}, double) == {"c": 6, "b": 4, "a": 2}
    assert computed == [1, 2, 3]
    assert steps.counts("double") == (1, 3)
    steps.map("double", {"a": 1}, double, common="others")
    assert computed == [1, 2, 3, 1]


def test_what_was_computed_before_something_went_wrong_is_computed_again_at_most() -> None:
    steps = Steps()
    steps.map("step", {"a": 1, "b": 2}, str)
    with pytest.raises(ZeroDivisionError):
        steps.map("step", {"a": 1, "b": 0}, lambda number: str(1 / number))
    assert steps.map("step", {"a": 1, "b": 2}, str) == {"a": "1", "b": "2"}


def test_a_result_that_nobody_asked_for_is_forgotten() -> None:
    steps, computed = Steps(), []
    for arguments in ({"a": 1}, {}, {"a": 1}):
        steps.map("step", arguments, computed.append)
    assert computed == [1, 1]


def test_steps_that_no_run_follows_hold_no_result() -> None:
    kept, steps = Steps(), Steps(again=False)
    kept.map("step", {"a": 1}, str)
    steps.adopt(kept)
    assert steps.map("step", {"a": 1, "b": 2}, lambda number: f"new {number}") == {"a": "1", "b": "new 2"}
    assert "step" not in steps
    assert steps.map("step", {"a": 1}, lambda number: f"new {number}") == {"a": "new 1"}
