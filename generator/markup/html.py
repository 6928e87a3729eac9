"""HTML within a Markdown text, by CommonMark's rules; comments are left out, what is no tag of HTML stays as words."""

from __future__ import annotations

import re

from markdown.postprocessors import RawHtmlPostprocessor
from msgspec import Struct, field

_SHOWN = (
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h2 h3 h4 "
    "h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead "
    "tr u ul var"
)
SHOWN_TAGS = frozenset(_SHOWN.split())
"""What the sanitiser lets through."""
_DROPPED = (
    "acronym address applet area article aside audio basefont bdi bdo bgsound big blink button center data datalist "
    "dialog dir fieldset font footer frame h1 header hgroup image input label legend main map marquee menu meter nav "
    "nobr option optgroup output param picture progress rb rp rt rtc ruby section source strike time track tt video wbr"
)
_DROPPED_TAGS = frozenset(_DROPPED.split())
"""Tags of HTML that are not shown, though what stands between them is; those that swallow it are not among them."""

_ATTRIBUTE = r"[ \t\n]+[a-zA-Z_:][\w.:\-]*(?:[ \t\n]*=[ \t\n]*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
TAG = rf"<(?:[a-zA-Z][a-zA-Z0-9\-]*(?:{_ATTRIBUTE})*[ \t\n]*/?|/[a-zA-Z][a-zA-Z0-9\-]*[ \t\n]*)>"
"""A whole tag, opening or closing (CommonMark 0.31, 6.6)."""
OFFICE_TAG = r"</?(?:[ovwmx]|st1|w10|mc|dw):[a-zA-Z]\w*(?:[ \t\n][^<>]*)?/?>|<!\[(?:if|endif)[^<>]*\]>"
"""What Word leaves in a text that is pasted from it: marks of its own, which name nothing that is shown."""

_OFFICE_TAG = re.compile(OFFICE_TAG)
_TAG_NAME = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9\-]*)(?P<rest>[^<>]*)")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|"
    "track|ul"
)
_STARTS = (
    (
        re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(r"<![A-Za-z]"), re.compile(r">")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE), None),
)
_ALONE = re.compile(rf"{TAG}[ \t]*$")


class HtmlBlock(Struct):
    """A block of HTML that is being read; it goes on to a line that holds its `end`, or to a blank one."""

    end: re.Pattern[str] | None
    lines: list[str] = field(default_factory=list)

    @property
    def ends_at_blank(self) -> bool:
        """Tell whether a blank line ends the block."""
        return self.end is None

    def is_ended_by(self, line: str) -> bool:
        """Tell whether the block ends with this line of it."""
        return self.end is not None and self.end.search(line) is not None

    def html(self) -> str:
        """Return the block's HTML without comments; what only looks like a comment as words."""
        return _OFFICE_TAG.sub("", without_comments("\n".join(self.lines)))


def start(line: str, *, interrupts: bool) -> HtmlBlock | None:
    """Return the block of HTML that a line begins; a single tag of any name does not interrupt a paragraph."""
    for begins, ends in _STARTS:
        if begins.match(line):
            return HtmlBlock(ends)
    alone = None if interrupts else _ALONE.match(line)
    if alone is None:
        return None
    name = _TAG_NAME.match(line)
    return HtmlBlock(None) if name is not None and is_tag(name["name"]) else None


def without_comments(written: str) -> str:
    """Return HTML without its comments; the mark of one that does not end as words, for it would swallow the rest."""
    shown: list[str] = []
    at = 0
    while (start := written.find("<!--", at)) >= 0:
        shown.append(written[at:start])
        end = written.find("-->", start + 2)
        if end < 0:
            shown.append(written[start:].replace("<!--", "&lt;!--"))
            return "".join(shown)
        at = end + 3
    return "".join((*shown, written[at:]))


def is_tag(name: str) -> bool:
    """Tell whether HTML has a tag of this name: `<nama>` is no tag, but a place to fill in."""
    name = name.casefold()
    return name in SHOWN_TAGS or name in _DROPPED_TAGS or name in _FRAMES


_FRAMES = frozenset({"iframe", "object", "embed"})
"""Tags that show another file: they are shown as words, and the file they name is reported."""
_KNOWN = "|".join(sorted(SHOWN_TAGS | _DROPPED_TAGS))
_AS_WORDS = re.compile(rf"<(?=!|\?|/?(?!(?:{_KNOWN})(?=[\s/>]))[a-zA-Z])", re.IGNORECASE)


_VALUED = r"[^\s\"'<>/=]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++)"
_WITHOUT_VALUE = (
    "open|reversed|hidden|inert|disabled|checked|selected|readonly|required|multiple|controls|autoplay|loop|muted|"
    "playsinline|default|ismap|itemscope|novalidate|allowfullscreen|download|nowrap|noshade|compact|border|noresize|"
    "alt|value|class|data-[\\w\\-]+"
)
_WORDS_IN_TAG = re.compile(
    rf"<(?=[a-zA-Z][a-zA-Z0-9\-]*+(?:\s++(?:{_VALUED}|(?:{_WITHOUT_VALUE})(?=[\s/>])(?!\s*=)))*+"
    r"\s++[^\s\"'<>/=]++(?!\s*+=))",
    re.IGNORECASE,
)
"""A tag with words in it that are no attributes: `nilai a<b maka c>d`. They would vanish."""


def with_words(raw: str) -> str:
    """Return HTML with all that is no tag of it, or one that swallows what follows, as the words it was typed as."""
    return _WORDS_IN_TAG.sub("&lt;", _AS_WORDS.sub("&lt;", without_comments(raw)))


def is_placeholder(tag: str, text: str) -> bool:
    """Tell whether what looks like a tag in a line of `text` is a place to fill in: `<nama pejabat>`, `<data>`.

    A tag that is not shown, has no attributes and is closed nowhere formats nothing.
    """
    found = _TAG_NAME.match(tag)
    if found is None or not is_tag(found["name"]):
        return True
    name = found["name"].casefold()
    if name in SHOWN_TAGS or name in _EMPTY or "=" in found["rest"] or tag.startswith("</"):
        return False
    return f"</{name}" not in text.casefold()


_EMPTY = frozenset({"wbr", "input", "source", "track", "param", "embed", "h1"})


def open_comment(line: str) -> int | None:
    """Return where a comment begins that a line does not end, outside of code; None where there is none."""
    at = 0
    while (found := _CODE_OR_COMMENT.search(line, at)) is not None:
        if found["open"]:
            return found.start()
        at = found.end()
    return None


_CODE_OR_COMMENT = re.compile(r"(?P<marks>`+)(?!`).*?(?<!`)(?P=marks)(?!`)|\\.|<!--(?:-?>|.*?-->)|(?P<open><!--)")


class HtmlWords(str):
    """A block of HTML: it stands for itself, in no paragraph, whatever its first tag is."""

    __slots__ = ()


class RawHtml(RawHtmlPostprocessor):
    """Puts HTML back in its place, blocks of it without a paragraph around them."""

    def stash_to_string(self, text: str) -> str:
        """Return what was kept, as it was."""
        return text

    def isblocklevel(self, html: str) -> bool:
        """Tell whether no paragraph stands around it."""
        return isinstance(html, HtmlWords) or super().isblocklevel(html)
