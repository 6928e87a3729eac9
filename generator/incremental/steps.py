"""Results of pure functions, kept with the arguments they were computed from: equal arguments give the same result.

Nothing is tracked or invalidated: a function sees nothing but its arguments, and these are compared. Forgetting results
costs time and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from operator import ne
from typing import Any, TypeVar

from msgspec import Struct, field

K = TypeVar("K", bound=Hashable)
A = TypeVar("A")
R = TypeVar("R")


class Step(Struct):
    """The results of one function by key, with their arguments. `common` are arguments that all calls share.

    `previous` has the results of the last run, `results` those of this one.
    """

    common: object
    previous: Mapping[Any, tuple[Any, Any]] = field(default_factory=dict)
    results: dict[Any, tuple[Any, Any]] = field(default_factory=dict)
    computed: int = 0

    def get(self, key: Hashable, arguments: A, function: Callable[[A], R]) -> R:
        """Return the kept result for a key if its arguments are equal, else compute it."""
        found = self.previous.get(key)
        if found is None or found[0] != arguments:
            self.computed += 1
            found = (arguments, function(arguments))
        self.results[key] = found
        return found[1]  # a step has one function


class Steps:
    """The steps of a run and of the one before it. Without `again` no run follows, and no result is held for it."""

    def __init__(self, *, again: bool = True) -> None:
        self._steps: dict[str, Step] = {}
        self._again = again

    def step(self, name: str, *, common: object = ()) -> Step:
        """Begin a step with the results of the last run, which are forgotten if `common` is not equal."""
        before = self._steps.pop(name, None)
        previous = before.results if before is not None and before.common == common else {}
        step = Step(common, previous)
        if self._again:
            self._steps[name] = step
        return step

    def map(
        self, name: str, arguments: Mapping[K, A], function: Callable[[A], R], *, common: object = ()
    ) -> dict[K, R]:
        """Return the result of a function for each key, computed where its arguments differ from the last run's."""
        return self.map_all(name, arguments, lambda missing: map(function, missing), common=common)

    def map_all(
        self,
        name: str,
        arguments: Mapping[K, A],
        function: Callable[[Sequence[A]], Iterable[R]],
        *,
        common: object = (),
    ) -> dict[K, R]:
        """Do as `map`, where `function` computes all results that are missing, in their order."""
        step = self.step(name, common=common)
        previous, results = step.previous, step.results
        missing: dict[K, A] = {}
        for key, given in arguments.items():
            found = previous.get(key)
            if found is None or found[0] != given:
                missing[key] = given
            else:
                results[key] = found
        for (key, given), result in zip(missing.items(), function([*missing.values()]), strict=True):
            results[key] = (given, result)
        step.computed = len(missing)
        return {key: results[key][1] for key in arguments}

    def once(self, name: str, arguments: tuple[Any, ...], function: Callable[..., R]) -> R:
        """Return the result of a function, computed if its arguments differ from the last run's."""
        return self.step(name).get("", arguments, lambda given: function(*given))

    def changes(self, name: str) -> dict[Any, tuple[int, ...] | None]:
        """Return the keys of a step whose results this run computed, with the numbers of the arguments that differ.

        A key that the last run did not have has None; one that this run no longer has, no numbers.
        """
        step = self._steps[name]
        found: dict[Any, tuple[int, ...] | None] = dict.fromkeys(step.previous.keys() - step.results.keys(), ())
        for key, (arguments, _) in step.results.items():
            before = step.previous.get(key)
            if before is None:
                found[key] = None
            elif differing := tuple(n for n, pair in enumerate(zip(before[0], arguments, strict=True)) if ne(*pair)):
                found[key] = differing
        return found

    def part(self, names: Collection[str]) -> Steps:
        """Return some of the steps, to be kept for another process."""
        part = Steps()
        part._steps = {name: Step(step.common, {}, step.results) for name, step in self._steps.items() if name in names}
        return part

    def adopt(self, part: Steps) -> None:
        """Take over the steps that another process kept."""
        self._steps |= part._steps

    def reset_counts(self) -> None:
        """Reset the numbers of computed results."""
        for step in self._steps.values():
            step.computed = 0

    def counts(self, name: str) -> tuple[int, int]:
        """Return how many results of a step the last run computed, and how many there are."""
        step = self._steps.get(name)
        return (step.computed, len(step.results)) if step is not None else (0, 0)

    def __contains__(self, name: str) -> bool:
        """Whether a step was done before."""
        return name in self._steps
