"""Formats that other programs read, one module each.

`readiness_json` is the readiness as data, `todo_json` what is missing, `registers` are tables of all that is published.
A new format is a new module here, and
a line in `EXPORTS` if the site is to have it as a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.exchange.readiness_json import readiness_json
from generator.readiness.readiness import Readiness

EXPORTS: Mapping[str, Callable[[Readiness], str]] = {"readiness.json": readiness_json}
"""The formats that each site has as a file, by their paths in the site."""
