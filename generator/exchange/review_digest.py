"""The digest of a review, `catat.review/1`, and its check code on the signed sheet (contract: review, section 3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SCHEMA = "catat.review/1"
_DIGITS, _GROUP = 16, 4


def review_digest(review: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a review as canonical JSON without its `digest`: keys sorted, no blanks, in UTF-8."""
    signed = {key: value for key, value in review.items() if key != "digest"}
    canonical = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def review_code(digest: str) -> str:
    """Return the check code of a digest: its first 16 digits, in capitals and groups of four: 9F2C 41AB 07DE 55AA."""
    digits = digest[:_DIGITS].upper()
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))
