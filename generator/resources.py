"""Where the files that come with the program lie: in the wheel beside the code, in a checkout beside the package."""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "catat"
"""The name of the message catalogues."""

LANGUAGES = ("id", "en")

_PACKAGE = Path(__file__).parent


def instruments() -> dict[str, Path]:
    """Return the shipped instruments by id."""
    return {path.stem: path for path in sorted((_PACKAGE / "instruments").glob("*.yaml"))}


def themes() -> Path:
    """Return the folder of the shipped themes."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def guide(language: str) -> Path:
    """Return the folder of the texts of the guide for editors in a language."""
    return _PACKAGE / "languages" / language / "guide"


def catalogues() -> Path:
    """Return the folder of the message catalogues."""
    return _PACKAGE / "languages"


def said(text: str, language: str) -> str:
    """Return a text of the catalogues in a language, whichever is spoken; as it stands where they do not have it."""
    return gettext.translation(DOMAIN, catalogues(), [language], fallback=True).gettext(text) if text else ""
