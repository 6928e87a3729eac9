"""What was probably meant by something written: a suggestion to show, and what to write where that is certain."""

from __future__ import annotations

from msgspec import Struct

Change = tuple[int, int, str]
"""Start, end and the new text of what stands between them, counted from where the mistake begins."""


class Correction(Struct, frozen=True):
    """What was probably meant: `suggestion` is what to write, as the report shows it.

    What is certain beyond doubt can be written without asking: `value` takes the place of the whole value, in the
    quotation marks it has, or `changes` are made.
    """

    suggestion: str | None = None
    value: str | None = None
    changes: tuple[Change, ...] = ()


NO_CORRECTION = Correction()
