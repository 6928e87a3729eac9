"""Where the files that come with the program lie: in the wheel beside the code, in a checkout beside the package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parent


def instruments() -> dict[str, Path]:
    """Return the shipped instruments by id."""
    return {path.stem: path for path in sorted((_PACKAGE / "instruments").glob("*.yaml"))}


def themes() -> Path:
    """Return the folder of the shipped themes."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def has_typesetter() -> bool:
    """Whether Typst is installed, which sets reports as PDF; there is none for Windows on ARM."""
    return find_spec("typst") is not None
