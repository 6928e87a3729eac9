"""What an import tells of a worksheet beside its answers: each remark by sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, in the language that is spoken. `blocks`: an answer has no place in the portfolio because of it.

    `code` is for programs, `place` a cell as `LKE ZI!K185`, or the sheet where it is about the whole of it.
    """

    code: str
    place: str
    sentence: str
    blocks: bool = False
