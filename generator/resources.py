"""Where the files that come with the program lie: in the wheel beside the code, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def instruments() -> dict[str, Path]:
    """Return the shipped instruments by id."""
    return {path.stem: path for path in sorted((_PACKAGE / "instruments").glob("*.yaml"))}


def themes() -> Path:
    """Return the folder of the shipped themes."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"
