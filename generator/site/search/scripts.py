"""The scripts of the search page: the stemmers, the theme's own script and the start of the index."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.languages import LANGUAGES
from generator.model.addresses import SEARCH_INDEX

VENDOR = Path(__file__).parents[1] / "vendor"
"""The folder of the stemmers, which installing fills."""


def assets(language: str) -> Mapping[str, bytes]:
    """Return the scripts that stem words in the browser, by path in the site.

    Raises FileNotFoundError in a checkout that was never installed: installing puts them beside the package.
    """
    return {f"{SEARCH_INDEX}/{name}": (VENDOR / name).read_bytes() for name in stemmer_files(language)}


def script_paths(language: str, *, theme: str) -> tuple[str, ...]:
    """Return the paths of the scripts in the order they run in; `theme` is that of the theme's own."""
    return (*(f"{SEARCH_INDEX}/{name}" for name in stemmer_files(language)), theme, f"{SEARCH_INDEX}/start.js")


def stemmer_files(language: str) -> tuple[str, str]:
    """Return the names of the files that stem the words of a language."""
    return ("base-stemmer.js", f"{LANGUAGES[language].stemmer}-stemmer.js")
