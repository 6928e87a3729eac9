"""What a text names or means and its page does not show: media, styles, local files, words that are nearly links."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.model.text import Foreign, NoLink

ROOTED_PATH = (
    r"(?!(?:https?|mailto|tel|sms|file|data|blob|cid|urn|javascript|vbscript):)"
    r"\w[\w\-]+:[^/\"'>][^\"'>]*\.\w{2,5}(?=[?#\"']|$)"
)
"""A pattern of a file in a declared root: `scan:sk.pdf` names no scheme."""
_ROOTED = re.compile(ROOTED_PATH, re.IGNORECASE)


def addresses(raw: str) -> Iterator[str]:
    """Yield the addresses of links and pictures that name a scheme; the root of `scan:sk.pdf` is none."""
    for written in _ADDRESS.findall(raw):
        if not _ROOTED.match(address := html.unescape(written)):
            yield address


_STYLE_TAG = re.compile(r"<(font|center|big|marquee|blink|button|input|fieldset)\b", re.IGNORECASE)


def style_tags(raw: str, text: str) -> Iterator[Foreign]:
    """Yield each tag of HTML that styles words and is not shown, once."""
    if "<" in text:
        for name in dict.fromkeys(tag.casefold() for tag in _STYLE_TAG.findall(raw)):
            yield Foreign("tag", name)


_MEDIA = re.compile(
    r"""<(video|audio|source|track|picture|embed|object|iframe|frame|input|bgsound)\b[^>]*?\s"""
    r"""(?:src|srcset|data|href|poster)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""",
    re.IGNORECASE,
)


def media(raw: str) -> Iterator[NoLink]:
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


def shown_words(safe: str) -> str:
    """Return the words of HTML without code, blocks apart."""
    shown = _END_OF_BLOCK.sub("\n\0\n", _CODE.sub("\0", safe))
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def missed_links(shown: str) -> Iterator[NoLink]:
    """Yield the words that were meant for links; brackets are left in what is shown where Markdown saw none."""
    for sort, pattern in _MISSED.items():
        for match in pattern.finditer(shown):
            yield NoLink(sort, match[0], match["words"], match["target"] or match["words"])


def local_addresses(raw: str) -> tuple[str, ...]:
    """Return the addresses that lead into the writer's own computer, and pictures that are pasted as data.

    The sanitiser drops them as schemes that it does not know, which nobody would notice.
    """
    return tuple(html.unescape(address) for address in _LOCAL_ADDRESS.findall(raw))


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
