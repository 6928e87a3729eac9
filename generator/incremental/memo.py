"""Remembers the results of slow steps by what they were made of; forgetting all of it changes nothing but time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, compress, count
from operator import is_not
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

World = Sequence[Mapping[Any, object]]


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step made: of each input its result, and the keys of the world that it asked for."""

    context: object
    world: World
    inputs: Sequence[Any]
    results: list[Any]
    asked: list[Collection[Hashable]]


class Noting:
    """Stands before mappings and notes for which keys they are asked: what is made of them hangs on nothing else."""

    def __init__(self) -> None:
        self._keys: dict[Hashable, None] = {}

    def begin(self) -> None:
        """Forget what was asked for until now."""
        self._keys = {}

    def keys(self) -> tuple[Hashable, ...]:
        """Return what was asked for since."""
        return tuple(self._keys)

    def before(self, mapping: Mapping[K, T]) -> Mapping[K, T]:
        """Return the same mapping, which notes for what it is asked. It cannot be gone through."""
        return _Noted(mapping, self._note)

    def _note(self, key: Hashable) -> None:
        self._keys[key] = None


class _Noted(Mapping[K, T]):
    def __init__(self, mapping: Mapping[K, T], note: Callable[[Hashable], None]) -> None:
        self._mapping, self._note = mapping, note

    def __getitem__(self, key: K) -> T:
        self._note(key)
        return self._mapping[key]

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._mapping

    def get(self, key: K, default: Any = None) -> Any:
        self._note(key)
        return self._mapping.get(key, default)

    def __iter__(self) -> Iterator[K]:
        raise NotImplementedError  # it would be asked for everything

    def __len__(self) -> int:
        raise NotImplementedError


class Memo:
    """Remembers results from one run to the next; what a run did not ask for is forgotten after it."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}
        self._used: dict[Hashable, object] = {}
        self._last: dict[Hashable, tuple[object, object]] = {}
        self._steps: dict[str, _Step] = {}
        self._compared: tuple[Mapping[Any, object], Mapping[Any, object], AbstractSet[Any]] = ({}, {}, frozenset())
        self._counts: dict[str, tuple[Sequence[Collection[Any]], Counter[Any]]] = {}
        self._unions: dict[str, tuple[Sequence[Sequence[tuple[Any, Any]]], Mapping[Any, Any]]] = {}
        self._done: Counter[str] = Counter()

    def part(self, steps: Collection[str]) -> Memo:
        """Return a memo that remembers no more than what is kept by key, and some steps; for another process."""
        part = Memo()
        part._kept = {**self._kept, **self._used}
        part._steps = {name: step for name, step in self._steps.items() if name in steps}
        return part

    def remembered(self, kind: type[T]) -> Iterator[T]:
        """Yield what is kept by key and is of a kind."""
        return (each for each in self._kept.values() if isinstance(each, kind))

    def begin(self) -> None:
        """Count from now on what is done."""
        self._done.clear()

    def done(self, step: str) -> int:
        """Return how many results of a step were made, and not known from before, since `begin`."""
        return self._done[step]

    def size(self, step: str) -> int:
        """Return how many results of a step are remembered."""
        return len(self._steps[step].results) if step in self._steps else 0

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result kept for `key`, or make and keep it."""
        if key in self._used:
            return self._used[key]  # type: ignore[return-value]  # a key is always asked with the same maker
        value = self._kept[key] if key in self._kept else make()
        self._used[key] = value
        return value  # type: ignore[return-value]

    def turn(self) -> None:
        """Forget what was not asked for since the last turn."""
        self._kept, self._used = self._used, {}

    def knows(self, step: str) -> bool:
        """Whether a step was done before."""
        return step in self._steps

    def last(self, key: Hashable, parts: tuple[object, ...], make: Callable[[], R]) -> R:
        """Return what was made for `key` last time, if it was made of equal parts; else make it.

        For parts that are large and mostly the same objects: those are told to be equal without being looked into.
        """
        kept = self._last.get(key)
        if kept is None or kept[0] != parts:
            kept = (parts, make())
            self._last[key] = kept
        return kept[1]  # type: ignore[return-value]  # a key is always asked with the same maker

    def each(
        self,
        step: str,
        inputs: Sequence[T],
        make: Callable[[T], R],
        *,
        context: object = None,
        world: World = (),
        asks: Callable[[T], Collection[Hashable]] | None = None,
    ) -> Sequence[R]:
        """Return what `make` makes of each input; of one that was there at the last call, what was made then.

        An input is known by being the same object: comparing thousands of records would take longer than what is saved.
        `make` may depend on `context`, and on what the mappings of `world` hold for the keys that `asks` names for its
        input: where one of them has another value than at the last call, it is made again.
        """
        return self.every(step, inputs, lambda missing: map(make, missing), context=context, world=world, asks=asks)

    def every(
        self,
        step: str,
        inputs: Sequence[T],
        make: Callable[[Sequence[T]], Iterable[R]],
        *,
        context: object = None,
        world: World = (),
        asks: Callable[[T], Collection[Hashable]] | None = None,
    ) -> Sequence[R]:
        """Do as `each`, where `make` makes results of all the inputs that lack one, in their order."""
        results, asked, missing = self._remembered(step, inputs, context, world)
        lacking = [inputs[position] for position in missing]
        self._done[step] += len(lacking)
        for position, one, made in zip(missing, lacking, make(lacking), strict=True):
            results[position] = made
            asked[position] = asks(one) if asks is not None else ()
        self._steps[step] = _Step(context, world, inputs, results, asked)
        return results

    def recall(self, step: str, inputs: Sequence[object], *, context: object, world: World) -> Sequence[Any]:
        """Return what is known of each input, as for `each`, and None of the rest, to be told to `note` when made."""
        results, asked, missing = self._remembered(step, inputs, context, world)
        for position in missing:
            results[position] = None
        self._steps[step] = _Step(context, world, inputs, results, asked)
        return tuple(results)

    def note(self, step: str, position: int, result: object, asked: Collection[Hashable]) -> None:
        """Remember what was made of the input at a position of `recall`, and for which keys of the world it asked."""
        self._steps[step].results[position], self._steps[step].asked[position] = result, asked
        self._done[step] += 1

    def _remembered(
        self, step: str, inputs: Sequence[Any], context: object, world: World
    ) -> tuple[list[Any], list[Collection[Hashable]], list[int]]:
        before = self._steps.get(step)
        if before is None or before.context != context or len(before.world) != len(world):
            before = _Step(context, world, (), [], [])
        return _kept(before, inputs, self._differences(before.world, world))

    def _differences(self, before: World, now: World) -> AbstractSet[Any]:
        """Return the keys that have another value than before in one of the mappings, or are in one of two only."""
        found: AbstractSet[Any] = frozenset()
        for old, new in zip(before, now, strict=True):
            if old is new:
                continue
            if self._compared[0] is not old or self._compared[1] is not new:  # several steps may ask the same two
                self._compared = (old, new, _differing(old, new))
            found |= self._compared[2]
        return found

    def counted(self, step: str, parts: Sequence[Collection[K]]) -> Mapping[K, int]:
        """Return how often each thing stands in the parts, until the step is asked for again.

        It is counted on from the last call: a part is known by being the same object.
        """
        # Taken out until it is right again: should anything go wrong meanwhile, all is counted anew.
        before, counts = self._counts.pop(step, ((), Counter()))
        changed = _changed(before, parts)
        if changed is None:
            counts = Counter(chain.from_iterable(parts))
        for position in changed or ():
            counts.update(parts[position])
            for gone in before[position]:
                counts[gone] -= 1
                if not counts[gone]:
                    del counts[gone]
        self._counts[step] = (parts, counts)
        return counts

    def united(self, step: str, parts: Sequence[Sequence[tuple[K, R]]]) -> Mapping[K, R]:
        """Return all pairs of the parts as one mapping. A key stands in one part alone.

        What has not changed since the last call is taken from there: a part is known by being the same object.
        """
        before, union = self._unions.get(step, ((), {}))
        changed = _changed(before, parts)
        if changed is None:
            union = dict(chain.from_iterable(parts))
        elif changed:
            gone = {key for position in changed for key, _ in before[position]}
            come = dict(chain.from_iterable(parts[position] for position in changed))
            union = {**union, **come}
            for key in gone - come.keys():
                del union[key]
        self._unions[step] = (parts, union)
        return union


def _kept(
    step: _Step, inputs: Sequence[Any], changed: AbstractSet[Any]
) -> tuple[list[Any], list[Collection[Hashable]], list[int]]:
    """Return the results and keys that still hold, in the order of the inputs, and the positions that have none."""
    if len(inputs) == len(step.inputs):
        missing = list(compress(count(), map(is_not, inputs, step.inputs)))
        if not missing and not changed:
            return step.results, step.asked, missing
        results, asked = step.results.copy(), step.asked.copy()
    else:  # something came or went: the rest stands elsewhere in the row
        known = {id(one): position for position, one in enumerate(step.inputs)}
        found = [known.get(id(one)) for one in inputs]
        results = [None if place is None else step.results[place] for place in found]
        asked = [() if place is None else step.asked[place] for place in found]
        missing = [position for position, place in enumerate(found) if place is None]
    if changed:
        concerned = (position for position, keys in enumerate(asked) if not changed.isdisjoint(keys))
        missing = sorted({*missing, *concerned})
    return results, asked, missing


def _changed(before: Sequence[object], now: Sequence[object]) -> list[int] | None:
    """Return the places of what is another object than before; None where so much is that it is not worth telling."""
    if len(before) != len(now):
        return None
    changed = list(compress(count(), map(is_not, now, before)))
    return changed if len(changed) * _MANY <= len(now) else None


_MANY = 4


def _differing(old: Mapping[Any, object], new: Mapping[Any, object]) -> AbstractSet[Any]:
    """Return the keys that one mapping has and the other has not, or has with another value."""
    if len(old) == len(new) and not any(map(is_not, old, new)):  # the same keys in the same order
        others = compress(new, map(is_not, new.values(), old.values()))
        return {key for key in others if new[key] != old[key]}
    missing = object()
    found = {key for key, value in new.items() if (was := old.get(key, missing)) is not value and was != value}
    return found | {key for key in old if key not in new}
