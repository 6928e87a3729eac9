"""What GitHub adds to Markdown, made of the finished tree: task lists, alerts, levels and ids of headings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from generator.markup.titles import default_title


class TaskLists(Treeprocessor):
    """`- [ ]` and `- [x]` as list items with a mark and a class; Python-Markdown has no task lists of its own."""

    def run(self, root: etree.Element) -> None:
        """Mark the items of task lists."""
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            match = re.match(r"\s*\[([ xX])\]\s+", holder.text or "")
            if match is None:
                continue
            done = match[1] != " "
            item.set("class", "task done" if done else "task open")
            holder.text = f"{'☑' if done else '☐'} {(holder.text or '')[match.end() :]}"


class Alerts(Treeprocessor):
    """A quotation that begins with `[!NOTE]` as a box with a title, which GitHub calls an alert."""

    def run(self, root: etree.Element) -> None:
        """Turn the quotations that are alerts into boxes."""
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


_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


class HeadingLevels(Treeprocessor):
    """Headings below the page's own: the highest of a text becomes the second level, and none skips a level."""

    def run(self, root: etree.Element) -> None:
        """Set the levels."""
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        highest = min((int(heading.tag[1]) for heading in headings), default=1)
        before = 1
        for heading in headings:
            level = min(int(heading.tag[1]) - highest + 2, before + 1, 6)
            heading.tag = f"h{level}"
            before = level


class HeadingIds(Treeprocessor):
    """An id for each heading, of its words: `Hasil rapat` is `hasil-rapat`, a second one `hasil-rapat_1`."""

    def run(self, root: etree.Element) -> None:
        """Set the ids."""
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        taken = {heading.attrib["id"] for heading in headings if "id" in heading.attrib}
        times: dict[str, int] = {}
        for heading in headings:
            if "id" in heading.attrib:
                continue
            first = name = _heading_id(_words_of(heading))
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


def _heading_id(value: str) -> str:
    """Return the id of a heading with such words."""
    words = re.sub(r"[^\w\s-]", "", value).strip().casefold()
    return re.sub(r"[\s-]+", "-", words) or "bagian"
