"""The words of a page's language, as `languages.words` has them."""

from __future__ import annotations

from generator.languages.words import Words, words_in

__all__ = ["Words", "words_in"]
