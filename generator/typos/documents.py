"""What was meant by a document that is named without its key."""

from __future__ import annotations

from generator.typos.correction import Correction


def with_key(key: str, target: str, text: str, raw: str, before: str) -> Correction:
    """Return a file's name or an address, the `target` of a text, with its key.

    `raw` is the text as it stands in its source, and `before` what stands before it on its line.
    """
    entry = f"{key}: {target}"
    if "\n" in text:
        return Correction()
    within_line = f"{{{entry}}}" if before.rstrip().endswith(":") else entry
    return Correction(entry, changes=((0, len(raw), within_line),) if raw == text else ())
