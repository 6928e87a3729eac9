"""Markdown to safe HTML: Python-Markdown, then a sanitiser; links are set apart so that the site can place them.

The sanitiser works from lists of what is allowed, after Markdown: raw HTML in a text passes through it too.
"""

from __future__ import annotations

import html
import re
import string
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import markdown
import nh3
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import ETX, STX

from generator.markup import dialects, inline, limits, titles
from generator.markup import html as markdown_html
from generator.markup.blocks import BlockReader
from generator.markup.emphasis import Emphasis
from generator.markup.footnotes import Footnotes
from generator.markup.html import SHOWN_TAGS, RawHtml
from generator.markup.limits import TextTooDeep
from generator.markup.references import Definition
from generator.markup.titles import default_title
from generator.model.text import Foreign, Link, NoLink, Rendered, image_as_words

ID_PREFIX = "t-"
"""Ids of a text begin with this, so that no heading can take the place of an id of the page around it."""


_ATTRIBUTES = {
    "*": {"id", "title", "lang", "dir"},
    "a": {"href", "class"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "td": {"colspan", "rowspan", "class"},
    "div": {"class"},
    "p": {"class"},
    "li": {"class"},
    "sup": {"class"},
    "span": {"class"},
    "code": {"class"},
}
_CLASSES = re.compile(
    r"admonition(?: [a-z\-]{1,30})?|admonition-title|footnote|footnote-ref|footnote-backref|task|done|open|"
    r"left|right|center|language-[\w+\-]{1,30}"
)
_ABSOLUTE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


class _TaskLists(Treeprocessor):
    """`- [ ]` and `- [x]` as list items with a mark and a class; Python-Markdown has no task lists of its own."""

    def run(self, root: etree.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            match = re.match(r"\s*\[([ xX])\]\s+", holder.text or "")
            if match is None:
                continue
            done = match[1] != " "
            item.set("class", "task done" if done else "task open")
            holder.text = f"{'☑' if done else '☐'} {(holder.text or '')[match.end() :]}"


class _Alerts(Treeprocessor):
    """A quotation that begins with `[!NOTE]` as a box with a title, which GitHub calls an alert."""

    def run(self, root: etree.Element) -> None:
        for quotation in root.iter("blockquote"):
            first = quotation[0] if len(quotation) else None
            match = _ALERT.match(first.text or "") if first is not None and first.tag == "p" else None
            if first is None or match is None:
                continue
            kind = match[1].casefold()
            quotation.tag = "div"
            quotation.set("class", f"admonition {kind}")
            first.text = (first.text or "")[match.end() :]
            if not first.text:
                quotation.remove(first)
            title = etree.Element("p", {"class": "admonition-title"})
            title.text = default_title(kind)
            quotation.insert(0, title)


_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)


class _HeadingLevels(Treeprocessor):
    """Headings below the page's own: the highest of a text becomes the second level, and none skips a level."""

    def run(self, root: etree.Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        highest = min((int(heading.tag[1]) for heading in headings), default=1)
        before = 1
        for heading in headings:
            level = min(int(heading.tag[1]) - highest + 2, before + 1, 6)
            heading.tag = f"h{level}"
            before = level


class _HeadingIds(Treeprocessor):
    """An id for each heading, of its words: `Hasil rapat` is `hasil-rapat`, a second one `hasil-rapat_1`."""

    def run(self, root: etree.Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        taken = {heading.attrib["id"] for heading in headings if "id" in heading.attrib}
        times: dict[str, int] = {}
        for heading in headings:
            if "id" in heading.attrib:
                continue
            first = name = _slug(_words_of(heading))
            while name in taken:
                times[first] = times.get(first, 0) + 1
                name = f"{first}_{times[first]}"
            taken.add(name)
            heading.set("id", name)


def _words_of(heading: etree.Element) -> str:
    """Return the words of a heading without marks of the library and references to footnotes."""
    words = "".join("" if element.tag == "sup" else element.text or "" for element in heading.iter())
    words += "".join(element.tail or "" for element in heading.iter() if element is not heading)
    return re.sub(f"{STX}[^{ETX}]*{ETX}", "", words)


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


def _slug(value: str) -> str:
    words = re.sub(r"[^\w\s-]", "", value).strip().casefold()
    return re.sub(r"[\s-]+", "-", words) or "bagian"


class _Lines(Preprocessor):
    """The lines of a text; tabs and blank lines are the block reader's matter."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace(titles.SIGN, "")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    """Return the one converter: making it takes as long as converting a page."""
    made = markdown.Markdown(output_format="html")
    reader = BlockReader(made)
    made.parser = reader
    made.ESCAPED_CHARS = list(string.punctuation)
    made.preprocessors.deregister("html_block")
    made.preprocessors.register(_Lines(made), "normalize_whitespace", 30)
    inline.register(made)
    Footnotes(BACKLINK_TITLE="").extendMarkdown(made)
    processors = (
        (_Alerts(made), "alerts", 26),
        (_TaskLists(made), "task-lists", 25),
        (_HeadingLevels(made), "heading-levels", 24),
        (_GatedInline(made), "inline", 20),
        (Emphasis(made), "emphasis", 18),
        (AbbrTreeprocessor(made, reader.abbreviations), "abbr", 7),
        (_HeadingIds(made), "heading-ids", -1),
    )
    made.postprocessors.register(RawHtml(made), "raw_html", 30)
    for processor, name, priority in processors:
        made.treeprocessors.register(processor, name, priority)
    return made


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
    return _sanitise(raw, text, [Foreign(*notice) for notice in notices])


def _sanitise(raw: str, text: str, notices: Sequence[Foreign] = ()) -> Rendered:
    sentinel = "catat-link-"
    said = f"{text}\0{raw}\0{html.unescape(raw)}"
    while sentinel in said:  # nobody's words shall be taken for a link's place
        sentinel += "-"
    links: list[Link] = []
    ids: set[str] = set()
    fragments: list[str] = []
    remote: list[str] = []

    def filter_attribute(_tag: str, name: str, value: str) -> str | None:
        if name == "class":
            return value if _CLASSES.fullmatch(value) or value in {"task done", "task open"} else None
        if name == "title" and not value:
            return None
        if name == "id":
            if value in ids or not value.strip() or re.search(r"\s", value):
                return None
            ids.add(value)
            return ID_PREFIX + value
        if name == "href" and value.startswith("#"):
            fragments.append(value[1:])
            return f"#{ID_PREFIX}{value[1:]}"
        if name == "src" and (_ABSOLUTE.match(value) or value.startswith("//")):
            remote.append(value)
            return None
        if name in {"href", "src"} and not _ABSOLUTE.match(value):
            links.append(Link(value.removeprefix(_HERE) if _ROOTED.match(value, len(_HERE)) else value, name == "src"))
            return f"{sentinel}{len(links) - 1}-"
        return value

    safe = _cleaner(filter_attribute).clean(_ROOTED_ADDRESS.sub(rf"\g<before>{_HERE}", markdown_html.with_words(raw)))
    safe = _IMAGE_WITHOUT_SOURCE.sub(image_as_words, safe)
    # A table wider than the page scrolls by itself, and what scrolls has to be reached by keyboard.
    safe = safe.replace("<table", '<div class="table" tabindex="0"><table').replace("</table>", "</table></div>")
    shown = _shown_words(safe) if "[" in safe or dialects.may_be_in(text) else ""
    parts = re.split(rf'{sentinel}(?<=(?:href|.src)="{sentinel})(\d+)-(?=")', safe)
    order = [int(number) for number in parts[1::2]]
    return Rendered(
        tuple(parts[0::2]),
        tuple(links[number] for number in order),
        frozenset(ids),
        tuple(fragments),
        tuple(remote),
        tuple(html.unescape(address) for address in _LOCAL_ADDRESS.findall(raw)),
        (*(_media(raw) if "<" in text else ()), *(_missed_links(shown) if "[" in shown else ())),
        tuple(dict.fromkeys(_addresses(raw))),
        (*notices, *(dialects.find(shown, text) if dialects.may_be_in(text) else ()), *_style_tags(raw, text)),
    )


def _addresses(raw: str) -> Iterator[str]:
    """Yield the addresses of links and pictures that name a scheme; the root of `scan:sk.pdf` is none."""
    for written in _ADDRESS.findall(raw):
        if not _ROOTED.match(address := html.unescape(written)):
            yield address


_STYLE_TAG = re.compile(r"<(font|center|big|marquee|blink|button|input|fieldset)\b", re.IGNORECASE)


def _style_tags(raw: str, text: str) -> Iterator[Foreign]:
    """Yield each tag of HTML that styles words and is not shown, once."""
    if "<" in text:
        for name in dict.fromkeys(tag.casefold() for tag in _STYLE_TAG.findall(raw)):
            yield Foreign("tag", name)


_MEDIA = re.compile(
    r"""<(video|audio|source|track|picture|embed|object|iframe|frame|input|bgsound)\b[^>]*?\s"""
    r"""(?:src|srcset|data|href|poster)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""",
    re.IGNORECASE,
)


def _media(raw: str) -> Iterator[NoLink]:
    """Yield the tags that name a file and are not shown; in code they are no tags, but words."""
    for match in _MEDIA.finditer(raw):
        target = html.unescape(match[2] or match[3] or match[4])
        if not _OTHER_SCHEME.match(target):
            yield NoLink("media", match[0], match[1].casefold(), target)


_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]+:", re.IGNORECASE)


_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
_END_OF_BLOCK = re.compile(r"</(?:p|li|t[dh]|h[1-6]|div|d[td])>|<br>")
_TARGET = (
    r"(?:https?://|www\.)[^\s()\[\]]+|"
    r"[^\s()\[\]]+\.(?:pdf|jpe?g|png|gif|webp|heic|tiff?|docx?|xlsx?|pptx?|od[tsp]|txt|csv|md|zip|rar|mp[34]|mov|html?|svg)"
)
_MISSED = {
    "reference": re.compile(
        r"(?<![\w\]])\[(?P<words>[^\[\]^]{0,200}?[^\W\d]{2}[^\[\]]{0,200})\]\[(?P<target>(?!\^)[^\[\]]{0,80})\](?![(\[])"
    ),
    "swapped": re.compile(rf"\((?P<words>[^()]{{1,200}})\)\[(?P<target>{_TARGET})\]", re.IGNORECASE),
    "spaced": re.compile(
        rf"\[(?P<words>[^\[\]]{{0,200}}?[^\W\d]{{2}}[^\[\]]{{0,200}})\](?:[ ]+|[ ]*\n[ ]*)\((?P<target>{_TARGET})\)",
        re.IGNORECASE,
    ),
}


def _shown_words(safe: str) -> str:
    """Return the words of HTML without code, blocks apart."""
    shown = _END_OF_BLOCK.sub("\n\0\n", _CODE.sub("\0", safe))
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def _missed_links(shown: str) -> Iterator[NoLink]:
    """Yield the words that were meant for links; brackets are left in what is shown where Markdown saw none."""
    for sort, pattern in _MISSED.items():
        for match in pattern.finditer(shown):
            yield NoLink(sort, match[0], match["words"], match["target"] or match["words"])


# A path of the editor's own computer, or a picture pasted as data: the sanitiser drops it as a scheme it does not know,
# which nobody would notice.
_LOCAL_ADDRESS = re.compile(
    r"""<(?:a|img)\s[^>]*?(?:href|src)\s*=\s*["']?"""
    r"""((?:file:|data:image/|blob:|cid:|[A-Za-z]:[\\/]|[A-Za-z]:%5C)[^"'>]*)""",
    re.IGNORECASE,
)


_ADDRESS = re.compile(
    r"""<(?:a|img)\s[^>]*?(?:href|src)\s*=\s*["']?(?!(?:mailto|tel|file|data|blob|cid):)"""
    r"""([A-Za-z][A-Za-z0-9+.\-]+:(?!\\)[^"'>]*)""",
    re.IGNORECASE,
)

# The sanitiser would take the root of `scan:sk.pdf` for a scheme it does not know, and drop the address.
_HERE = "./"
_ROOTED = re.compile(
    r"(?!(?:https?|mailto|tel|sms|file|data|blob|cid|urn|javascript|vbscript):)\w[\w\-]+:[^/\"'>][^\"'>]*\.\w{2,5}(?=[?#\"']|$)",
    re.IGNORECASE,
)
_ROOTED_ADDRESS = re.compile(rf"(?P<before>\s(?:href|src)=[\"'])(?={_ROOTED.pattern})", re.IGNORECASE)


def _cleaner(attribute_filter: Callable[[str, str, str], str | None]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(SHOWN_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=attribute_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )


_IMAGE_WITHOUT_SOURCE = re.compile(r"<img(?![^>]* src=)[^>]*>")


def words(rendered: Rendered) -> str:
    """Return a text's words without markup, for summaries."""
    text = titles.written(" ".join(rendered.pieces), str)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(plain.split())
