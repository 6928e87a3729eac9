"""What was meant by an answer that its scale does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator import folding
from generator.model.yaml_text import quoted
from generator.typos.correction import NO_CORRECTION, Correction
from generator.typos.near_names import near


def choice(written: str, choices: Sequence[str], *, answer_key: str, note_key: str | None) -> Correction:
    """Return which choice was meant, certain in other capitals, in quotation marks or with a full stop.

    A remark behind it becomes a note with `note_key`; None where the answer has a note.
    """
    certain = _same_choice(written, choices)
    suggestion = certain or _with_note(written, choices, answer_key, note_key) or near(written, choices)
    return Correction(suggestion, value=certain)


def _same_choice(written: str, choices: Sequence[str]) -> str | None:
    word = folding.folded(written).rstrip(".")
    return folding.only(name for name in choices if folding.folded(name) == word)


_REMARKED = re.compile(
    r"(?P<answer>[^\s(,;:.\-\u2013\u2014]+)\s*(?:[(,;:\-\u2013\u2014]|\.(?=\s))\s*(?P<note>\S.*?)\)?", re.DOTALL
)


def _with_note(written: str, choices: Sequence[str], answer_key: str, note_key: str | None) -> str | None:
    """Return an answer with a remark behind it as a mapping of the answer and its note."""
    parts = _REMARKED.fullmatch(written)
    answer = None if parts is None else _same_choice(parts["answer"], choices)
    if parts is None or answer is None or note_key is None:
        return answer
    return f"{{{answer_key}: {answer}, {note_key}: {quoted(parts['note'])}}}"


def ratio(written: str) -> Correction:
    """Return the fraction or percentage that was written in words: `17 dari 20`, `85 persen`."""
    plain = folding.straight(written).replace("\N{FRACTION SLASH}", "/").casefold()
    if match := re.fullmatch(r"([0-9]+)\s*(?:dari|of|per|out of|/)\s*([0-9]+)(?:\s+\w+)?", plain):
        fraction = f"{match[1]}/{match[2]}"
        return Correction(fraction, value=fraction)
    if match := re.fullmatch(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:%|persen|percent|prosen)\.?", plain):
        return Correction(f"{match[1]}%", value=f"{match[1]}%")
    return NO_CORRECTION


def inputs(raw: str, key: str) -> Correction:
    """Return counts that stand without their key with it."""
    return Correction(f"{{{key}: {raw}}}" if raw.startswith("{") and "\n" not in raw else None)


def count(written: str, whole: str | None) -> Correction:
    """Return the whole number that was meant: `whole` where it has separators, or that of `5 orang`."""
    digits = re.match(r"([0-9]{1,12})\s+[^\W\d]", written)
    return Correction(whole or (digits[1] if digits else None))
