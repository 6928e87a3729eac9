"""Markdown to safe HTML: Python-Markdown with our own blocks and marks, then the sanitiser.

The sanitiser works from lists of what is allowed, after Markdown: raw HTML in a text passes through it too.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable
from functools import lru_cache

import markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX

from generator.markup import inline, limits, titles, tree_processors
from generator.markup.blocks import BlockReader
from generator.markup.emphasis import Emphasis
from generator.markup.footnotes import Footnotes
from generator.markup.html import RawHtml
from generator.markup.limits import TextTooDeep
from generator.markup.references import Definition
from generator.markup.sanitiser import sanitised
from generator.model.text import Foreign, Rendered


class _GatedInline(InlineProcessor):
    """Skips the some twenty inline patterns where a piece of text holds no character that any of them begins with."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - the name it takes the place of
        if _INLINE_MARK.search(data) is None and not any(mark in data for mark in _LONG_MARKS):
            return data
        handled: str = super()._InlineProcessor__handleInline(data, patternIndex)  # type: ignore[misc]
        return handled


_INLINE_MARK = re.compile(r"[\\`\[<&@{]")
_LONG_MARKS = ("://", "www.", "  \n")
"""Marks of more than one character, apart: a pattern of both would take five times as long."""


class _Lines(Preprocessor):
    """The lines of a text; tabs and blank lines are the block reader's matter."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace(titles.SIGN, "")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    """Return the one converter: making it takes as long as converting a page."""
    converter = markdown.Markdown(output_format="html")
    reader = BlockReader(converter)
    converter.parser = reader
    converter.block_level_elements = frozenset(converter.block_level_elements)  # type: ignore[assignment]  # quicker than its list
    converter.ESCAPED_CHARS = list(string.punctuation)
    converter.preprocessors.deregister("html_block")
    converter.preprocessors.register(_Lines(converter), "normalize_whitespace", 30)
    inline.register(converter)
    Footnotes(BACKLINK_TITLE="").extendMarkdown(converter)
    processors = (
        (tree_processors.Alerts(converter), "alerts", 26),
        (tree_processors.TaskLists(converter), "task-lists", 25),
        (tree_processors.HeadingLevels(converter), "heading-levels", 24),
        (_GatedInline(converter), "inline", 20),
        (Emphasis(converter), "emphasis", 18),
        (AbbrTreeprocessor(converter, reader.abbreviations), "abbr", 7),
        (tree_processors.HeadingIds(converter), "heading-ids", -1),
    )
    converter.postprocessors.register(RawHtml(converter), "raw_html", 30)
    for processor, name, priority in processors:
        converter.treeprocessors.register(processor, name, priority)
    return converter


def render(text: str) -> Rendered:
    """Turn Markdown into safe HTML. Raises TextTooDeep where a text is nested past what Markdown can follow."""
    if not text.strip():
        return Rendered(("",))
    limits.check(text)
    converter = _converter()
    converter.reset()
    try:
        raw = converter.convert(text)
        if "<" in text:
            limits.check_tags(raw)
    except RecursionError as error:
        _converter.cache_clear()  # the converter was left in the middle of this text, and would go on there
        raise TextTooDeep from error
    except TextTooDeep:
        _converter.cache_clear()
        raise
    reader = converter.parser
    assert isinstance(reader, BlockReader)
    definitions: Iterable[object] = converter.references.values()
    lost = (each for each in definitions if isinstance(each, Definition) and each.is_lost)
    notices = (*reader.notices, *(("definition", each.written) for each in lost))
    return sanitised(raw, text, [Foreign(*notice) for notice in notices])


def words(rendered: Rendered) -> str:
    """Return a text's words without markup, for summaries."""
    text = titles.written(" ".join(rendered.pieces), str)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(plain.split())
