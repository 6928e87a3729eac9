"""Names for files and folders: small letters, digits and hyphens, safe on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 60
"""Characters of a name; with the folders above it stays far below the 260 that Windows can open."""

_ENDING = re.compile(r"(?<=.)\.(?=\d*[a-z])[a-z0-9]{1,8}$", re.IGNORECASE)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)\d)(?=\.|$)")
"""Names that Windows reserves for devices, whatever their ending."""


def slug(text: str) -> str:
    """Return text as a name, or as part of one; nothing where it has no letter or digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:_LONGEST].strip("-")


def safe(name: str, *, otherwise: str) -> str:
    """Return a name of `slug` as a whole name: `otherwise` where it is empty, never a device of Windows."""
    chosen = name or otherwise
    return f"{otherwise}-{chosen}" if _DEVICE.match(chosen) else chosen


def ending(name: str) -> str:
    """Return the ending of a file's name with its dot, in small letters; nothing where it has none."""
    found = _ENDING.search(name.strip())
    return found[0].casefold() if found else ""


def stem(name: str) -> str:
    """Return a file's name without its ending."""
    plain = name.strip()
    return plain[: len(plain) - len(ending(plain))]


def tidy(name: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return a file's name made tidy, its ending kept, unlike any of `taken` (given in small letters)."""
    return unlike(safe(slug(stem(name)), otherwise=otherwise), taken, ending(name))


def unlike(name: str, taken: Collection[str], suffix: str = "") -> str:
    """Return a name unlike all of `taken` (given in small letters): itself, else with the next free number."""
    candidate, number = f"{name}{suffix}", 2
    while candidate.casefold() in taken:
        candidate, number = f"{name}-{number}{suffix}", number + 1
    return candidate
