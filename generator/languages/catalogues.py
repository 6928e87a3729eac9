"""The message catalogues: what the messages in the code are in other languages."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from generator.languages import WRITTEN_IN

DOMAIN = "catat"
"""The name of the message catalogues."""

FOLDER = Path(__file__).parent


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language. Raises FileNotFoundError where it was not compiled."""
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=language == WRITTEN_IN)


def said(text: str, language: str) -> str:
    """Return a text of the catalogues in a language, whichever is spoken; as it stands where they do not have it."""
    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True).gettext(text) if text else ""
