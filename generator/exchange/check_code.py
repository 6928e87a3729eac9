"""The check code of a printed sheet: the beginning of the digest of `readiness.json`, whose figures it shows."""

from __future__ import annotations

import hashlib

from generator.exchange.readiness_json import readiness_json
from generator.readiness.readiness import Readiness

_DIGITS, _GROUP = 12, 4


def check_code(readiness: Readiness) -> str:
    """Return the first 12 digits of the SHA-256 of `readiness.json`, in capitals and groups of four: 9F2C 41AB 07DE."""
    digits = hashlib.sha256(readiness_json(readiness).encode()).hexdigest()[:_DIGITS].upper()
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))
