"""What earlier builds made of records and rows: while nothing they asked for has changed, no view of them is made."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from generator.incremental.fingerprints import Told
from generator.incremental.memo import Memo, Noting
from generator.site.views.common import Scene

T = TypeVar("T")


class Recalling:
    """Recalls fingerprints of earlier builds, and notes what each of the rest asks for while it is made.

    It is no list of what hangs on what, which would forget something one day: views are made from `scene`, which holds
    no more than all of them share, and what is asked for by key.
    """

    def __init__(self, scene: Scene, memo: Memo) -> None:
        self._memo, self._noting = memo, Noting()
        self._keyed = scene.keyed()
        self._context = (scene.words.language, scene.setting())
        self.scene = scene.narrowed(self._keyed.noted(self._noting))

    def step(self, name: str, inputs: Sequence[object], *world: Any) -> Step:
        """Recall what is known of each input; `world` may hold more that they hang on, by key."""
        known = self._memo.recall(name, inputs, context=self._context, world=(*self._keyed, *world))
        return Step(name, self._memo, self._noting, [None if each is None else Told(each) for each in known])


class Step:
    """The fingerprints of one kind of thing, by their places."""

    def __init__(self, name: str, memo: Memo, noting: Noting, known: list[Told | None]) -> None:
        self._name, self._memo, self._noting, self._known = name, memo, noting, known

    def known(self, place: int) -> Told | None:
        """Return the fingerprint of a thing; None where it may be another now."""
        return self._known[place]

    def made(self, make: Callable[[], T]) -> T:
        """Make the view of a thing, and note what is asked for."""
        self._noting.begin()
        return make()

    def note(self, place: int, keys: tuple[Hashable, ...], fingerprint: bytes) -> Told:
        """Remember the fingerprint of what was made last; `keys` are what it hangs on beside what it asked for."""
        self._memo.note(self._name, place, fingerprint, (*keys, *self._noting.keys()))
        known = self._known[place] = Told(fingerprint)
        return known
