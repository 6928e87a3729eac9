"""The digests of the sites that were verified at each place, in their order, so that an older one is recognised."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.disk import cache_folder, file_content

_FILE = "verified.json"
_MOST = 500
"""Digests that are kept of a place; older ones are forgotten."""


def place_name(place: str) -> str:
    """Return the name under which a place is remembered: a path with its links resolved, or an address."""
    return place if "://" in place else os.path.normcase(os.path.realpath(place))


def last_seen(place: str) -> str | None:
    """Return the digest that was seen last at a place; None where none was."""
    seen = _seen(place)
    return seen[-1] if seen else None


def is_older(place: str, digest: str) -> bool:
    """Whether a digest is one that was seen at a place before the last one."""
    seen = _seen(place)
    return digest in seen and digest != seen[-1]


def note(place: str, digest: str) -> None:
    """Remember a digest as the last one of a place. Where nothing can be kept, nothing is."""
    folder, seen = cache_folder(), _seen(place)
    if folder is None or (seen and seen[-1] == digest):
        return
    later = [*(each for each in seen if each != digest), digest][-_MOST:]
    content = json.dumps({**_places(), place: later}, indent=1)
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f"{_FILE}.", dir=folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(content)
            os.replace(temporary, folder / _FILE)  # noqa: PTH105 - text, not a path
        except BaseException:  # Ctrl-C too
            Path(temporary).unlink(missing_ok=True)
            raise


def _seen(place: str) -> tuple[str, ...]:
    seen = _places().get(place)
    return tuple(each for each in seen if isinstance(each, str)) if isinstance(seen, list) else ()


def _places() -> Mapping[str, object]:
    folder = cache_folder()
    if folder is None:
        return {}
    try:
        places = json.loads(file_content(folder / _FILE))
    except (OSError, ValueError):
        return {}
    return places if isinstance(places, dict) else {}
