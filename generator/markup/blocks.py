"""The blocks of a Markdown text, read line by line after the rules of CommonMark 0.31 and of GitHub's tables.

Python-Markdown reads blocks by searching whole paragraphs for one mark after another: a list right below a line, one
nested by two spaces or a fence within a list is lost to it, and a long text takes time that grows as the square of its
length. This reader takes the place of its block parser; inline patterns and tree processors stay the library's.

The algorithm is the specification's ("Appendix: A parsing strategy"): each line is held against the containers that are
open (quotations, items), then looked at for new ones, and what remains belongs to a leaf (a paragraph, code, a table).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Sequence

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString, code_escape

from generator.markup import html as markdown_html
from generator.markup import tables
from generator.markup.html import HtmlBlock, HtmlWords
from generator.markup.limits import MAX_BLOCKS, MAX_DEPTH, TextTooDeep, check_paragraph
from generator.markup.lists import ListReading, tighten
from generator.markup.open_blocks import Container, ContainerKind, Fence, IndentedCode, Leaf, Paragraph
from generator.markup.references import without_definitions
from generator.markup.titles import default_title

_PREFIX = re.compile(r"(?:[ \t>]|[-+*:](?=[ \t])|\d{1,9}[.)](?=[ \t]))*")
_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_HEADING_ATTRIBUTES = re.compile(r"[ \t]*\{(?P<attributes>[ \t]*(?:[#.][\w\-:.]+[ \t]*)+)\}$")
_FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"(?:(?P<bullet>[-+*])|(?P<number>\d{1,9})(?P<sign>[.)]))(?P<blanks> *)(?P<content>.*)", re.DOTALL)
_ADMONITION = re.compile(r'!!! ?(?P<class>[\w\-]+(?: +[\w\-]+)*)(?: +"(?P<title>.*?)")? *$')
_FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\\\]]+)\] ?:[ \t]*(?P<long>\S.*)$")
_DEFINITION = re.compile(r":( {1,4})(?=\S)")


class BlockReader(BlockParser):
    """Python-Markdown's block parser with CommonMark's blocks.

    What stands apart from the text is left in `footnotes` (the element with each one's blocks, by name) and
    `abbreviations`, link definitions in `md.references`. `notices` are what is hardly meant, by sort and as written.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.footnotes: dict[str, etree.Element] = {}
        self.abbreviations: dict[str, str] = {}
        self.notices: list[tuple[str, str]] = []

    def parseDocument(self, lines: Iterable[str]) -> etree.ElementTree:  # noqa: N802 - the library's name
        """Return the tree of a whole text. Raises TextTooDeep."""
        self.footnotes.clear()
        self.abbreviations.clear()
        self.notices.clear()
        self.root = etree.Element(self.md.doc_tag)
        self.parseChunk(self.root, "\n".join(lines))
        return etree.ElementTree(self.root)

    def parseChunk(self, parent: etree.Element, text: str) -> None:  # noqa: N802 - the library's name
        """Append the blocks of `text` to `parent`."""
        LineReader(self, parent, text.split("\n")).read()


class LineReader:
    """Reads lines into blocks; keeps the containers that are open, outermost first, and the open leaf."""

    def __init__(self, reader: BlockReader, parent: etree.Element, lines: Sequence[str]) -> None:
        self.reader, self.md = reader, reader.md
        self.open = [Container(ContainerKind.ROOT, parent)]
        self.leaf: Leaf | None = None
        self.after_blank = False
        self.blocks = 0
        self.lists: list[ListReading] = []
        self.lines = lines
        self.number = 0
        self.last_comment_end = max((n for n, line in enumerate(lines) if "-->" in line), default=-1)

    def read(self) -> None:
        """Read all lines."""
        while self.number < len(self.lines):
            line = self.lines[self.number]
            if "\t" in line and not (isinstance(self.leaf, Fence) and len(self.open) == 1):
                prefix = _PREFIX.match(line)
                end = prefix.end() if prefix else 0
                line = line[:end].expandtabs(4) + line[end:]
            if "<!--" in line and self.last_comment_end > self.number and not isinstance(self.leaf, Fence):
                line = self._without_comment(line)
            self._line(line)
            self.number += 1
        self._close(0)
        for each in self.lists:
            if not each.is_loose:
                tighten(each)

    def _without_comment(self, line: str) -> str:
        """Return a line without the comment that it leaves open, together with what follows the comment's end.

        It is not published, be there blank lines in it or not; CommonMark would show such a one within a paragraph.
        """
        start = markdown_html.open_comment(line)
        if start is None:
            return line
        while "-->" not in self.lines[self.number + 1]:
            self.number += 1
        self.number += 1
        return f"{line[:start]}<!-- -->{self.lines[self.number].partition('-->')[2]}"

    # Lines

    def _line(self, line: str) -> None:
        matched, rest = self._continued(line)
        is_all = matched == len(self.open)
        if isinstance(self.leaf, Fence) and is_all:
            self._fence_line(self.leaf, rest)
            return
        if isinstance(self.leaf, HtmlBlock) and is_all and not self.leaf.ends_at_blank:
            self._html_line(self.leaf, rest)
            return
        if not rest.strip(" \t"):
            self._blank(matched, rest)
            return
        left = self._new_blocks(matched, rest)
        if left is not None:
            self._text(*left)
        self.after_blank = False

    def _continued(self, line: str) -> tuple[int, str]:
        """Return how many of the open containers a line goes on with, and what of it is theirs."""
        matched = 1
        for container in self.open[1:]:
            if container.kind is ContainerKind.QUOTE:
                mark = _QUOTE.match(line)
                if mark is None:
                    break
                line = line[mark.end() :]
            elif not line.strip(" \t"):
                if not len(container.element) and self.leaf is None and container.kind is ContainerKind.ITEM:
                    break  # an item begins with one blank line at most
                line = line[container.indent :]
            elif line.startswith(" " * container.indent):
                line = line[container.indent :]
            else:
                break
            matched += 1
        return matched, line

    def _blank(self, matched: int, rest: str) -> None:
        self._close(matched)
        match self.leaf:
            case IndentedCode():
                self.leaf.lines.append(rest[4:])
            case None:
                pass
            case _:
                self._close_leaf()
        self.after_blank = self.open[-1].kind is not ContainerKind.QUOTE

    def _text(self, matched: int, rest: str) -> None:
        """Take a line that begins no block: it goes on with a paragraph, lazily maybe, with a table, or begins one."""
        is_all = matched == len(self.open)
        if isinstance(self.leaf, Paragraph) and (
            is_all or not any(each.kind is ContainerKind.ADMONITION for each in self.open[matched:])
        ):
            self.leaf.lines.append(rest.lstrip(" \t"))
            return
        self._close(matched)
        match self.leaf:
            case tables.Table():
                self._count(len(self.leaf.sides))
                if not self.leaf.add(rest):
                    self.reader.notices.append(("cells", rest.strip()))
            case HtmlBlock():
                self._html_line(self.leaf, rest)
            case _:
                self._begin(matched)
                self.leaf = Paragraph([rest.lstrip(" \t")])

    # New blocks

    def _new_blocks(self, matched: int, rest: str) -> tuple[int, str] | None:
        """Open the blocks that begin in a line; return what is left of it, and in which container, None for nothing."""
        may_go_on = matched == len(self.open)
        while not (isinstance(self.leaf, HtmlBlock) and may_go_on):
            stripped = rest.lstrip(" ")
            paragraph = self.leaf if isinstance(self.leaf, Paragraph) else None
            if not stripped:
                self._close(matched)
                return None
            if len(rest) - len(stripped) >= 4:
                if paragraph is not None:
                    return matched, rest
                self._indented(matched, rest)
                return None
            if stripped[0].isalpha():  # most lines: words
                break
            going_on = paragraph if may_go_on else None
            if self._leaf_start(matched, stripped, len(rest) - len(stripped), going_on):
                return None
            inner = self._container_start(matched, rest, stripped, going_on)
            if inner is None:
                break
            rest, matched, may_go_on = inner, len(self.open), True
            if matched > MAX_DEPTH:
                raise TextTooDeep
        return matched, rest

    def _indented(self, matched: int, rest: str) -> None:
        self._close(matched)
        if not isinstance(self.leaf, IndentedCode):
            self._begin(matched)
            self.leaf = IndentedCode([])
        self.leaf.lines.append(rest[4:])

    def _leaf_start(self, matched: int, line: str, indent: int, going_on: Paragraph | None) -> bool:
        """Open the leaf that a line begins, or take the line whole; tell whether it did."""
        match line[0]:
            case "#" if heading := _HEADING.match(line):
                self._begin(matched)
                self._heading(len(heading[1]), heading[2].strip(" \t") if heading[2].strip("#") else "")
            case "`" | "~" if fence := _FENCE.match(line):
                self._begin(matched)
                self.leaf = Fence(fence[1] or fence[3], indent, _language(fence[2] or fence[4] or ""))
            case "<" if (block := self._html_block(line)) is not None:
                self._begin(matched)
                self.leaf = block
                self._html_line(block, line)
            case "=" | "-" if going_on and _UNDERLINE.match(line):
                self._underlined(going_on, line)
            case "|" | ":" | "-" if going_on and not line.startswith("- ") and self._table(going_on, line):
                pass
            case "*" | "-" | "_" if _RULE.match(line):
                self._begin(matched)
                self._add(etree.Element("hr"))
            case "*" if abbreviation := _ABBREVIATION.match(line):
                self._begin(matched)
                self.reader.abbreviations[abbreviation["short"].strip()] = abbreviation["long"].strip()
            case _:
                return False
        return True

    def _html_block(self, line: str) -> HtmlBlock | None:
        """Return the block of HTML that a line begins; a comment without an end is words."""
        if line.startswith("<!--") and self.number > self.last_comment_end:
            return None
        return markdown_html.start(line, interrupts=isinstance(self.leaf, Paragraph))

    def _container_start(self, matched: int, rest: str, line: str, going_on: Paragraph | None) -> str | None:
        """Open the container that a line begins and return the rest of the line; None where none begins."""
        match line[0]:
            case ">":
                mark = _QUOTE.match(rest)
                self._begin(matched)
                self._push(Container(ContainerKind.QUOTE, self._add(etree.Element("blockquote"))))
                return rest[mark.end() :] if mark else ""
            case "!" if admonition := _ADMONITION.match(line):
                self._begin(matched)
                self._push(
                    Container(ContainerKind.ADMONITION, self._admonition(admonition["class"], admonition["title"]), 4)
                )
                return ""
            case "[" if (note := _FOOTNOTE.match(line)) and note["name"] not in self.reader.footnotes:
                self._begin(matched)
                self.reader.footnotes[note["name"]] = element = etree.Element("li")
                self._push(Container(ContainerKind.FOOTNOTE, element, 4))
                return line[note.end() :]
            case ":" if definition := _DEFINITION.match(line):
                return self._definition(matched, line, definition, going_on)
            case _:
                item = _ITEM.match(line)
                return None if item is None else self._item(matched, len(rest) - len(line), item, going_on)

    def _item(self, matched: int, indent: int, item: re.Match[str], going_on: Paragraph | None) -> str | None:
        blanks, content, number = len(item["blanks"]), item["content"], item["number"]
        is_empty = not content
        if (not is_empty and not blanks) or (going_on and (is_empty or (number and int(number) != 1))):
            return None
        mark = item["bullet"] or item["sign"]
        parent = self.open[matched - 1]
        self._begin(matched, joins=parent.last_list is not None and parent.last_list.mark == mark)
        if parent.last_list is None or parent.last_list.mark != mark:
            element = etree.Element("ol" if number else "ul")
            if number and int(number) != 1:
                element.set("start", str(int(number)))
            self._add(element)
            parent.last_list = ListReading(element, mark)
            self.lists.append(parent.last_list)
        elif self.after_blank:
            parent.last_list.is_loose = True
        width = len(item[0]) - len(content) - blanks
        padding = blanks if 1 <= blanks <= 4 and not is_empty else 1
        element = etree.SubElement(parent.last_list.element, "li")
        self._push(Container(ContainerKind.ITEM, element, indent + width + padding, items=parent.last_list))
        self.after_blank = False
        return " " * (blanks - padding) + content

    def _definition(self, matched: int, line: str, mark: re.Match[str], going_on: Paragraph | None) -> str | None:
        """Open a definition: the paragraph above holds its terms, one a line, or another definition stands there."""
        parent = self.open[matched - 1]
        last = parent.element[-1] if len(parent.element) else None
        if going_on is not None:
            terms, self.leaf = going_on.lines, None
        elif self.leaf is None and self.after_blank and last is not None and last.tag == "p" and last.text:
            terms = last.text.split("\n")
            parent.element.remove(last)
        elif matched < len(self.open) or self.leaf is None:
            terms = []
        else:
            return None
        self._begin(matched)
        last = parent.element[-1] if len(parent.element) else None
        if last is None or last.tag != "dl":
            if not terms:
                return None
            last = self._add(etree.Element("dl"))
        if parent.last_list is None or parent.last_list.element is not last:
            parent.last_list = ListReading(last, ":")
            self.lists.append(parent.last_list)
        for term in terms:
            etree.SubElement(last, "dt").text = term.strip()
        element = etree.SubElement(last, "dd")
        self._push(Container(ContainerKind.ITEM, element, mark.end(), items=parent.last_list))
        return line[mark.end() :]

    def _admonition(self, classes: str, title: str | None) -> etree.Element:
        element = self._add(etree.Element("div", {"class": f"admonition {classes.lower()}"}))
        words = default_title(classes.split(maxsplit=1)[0]) if title is None else title
        if words:
            etree.SubElement(element, "p", {"class": "admonition-title"}).text = words
        return element

    # Leaves

    def _heading(self, level: int, words: str) -> None:
        check_paragraph(words)
        element = self._add(etree.Element(f"h{level}"))
        attributes = _HEADING_ATTRIBUTES.search(words) if words.endswith("}") else None
        if attributes is not None:
            words = words[: attributes.start()]
            name = re.search(r"#([\w\-:.]+)", attributes["attributes"])
            if name is not None:
                element.set("id", name[1])
        element.text = words

    def _underlined(self, paragraph: Paragraph, line: str) -> None:
        """Make a heading of the paragraph above a line of `=` or `-`; below definitions of links alone it is words."""
        words = without_definitions("\n".join(paragraph.lines), self.md)
        if not words:
            self.leaf = Paragraph([line])
            return
        self.leaf = None
        if line[0] == "-" and len(paragraph.lines) > 1:
            self.reader.notices.append(("underline", line.rstrip()))
        self._heading(1 if line[0] == "=" else 2, words.rstrip())

    def _table(self, paragraph: Paragraph, line: str) -> bool:
        """Begin a table whose first row is the last line of the paragraph above."""
        table = tables.start(paragraph.lines[-1], line)
        if table is None:
            return False
        del paragraph.lines[-1]
        if not paragraph.lines:
            self.leaf = None
        self._close_leaf()
        self._count(len(table.sides))
        self.leaf = table
        return True

    def _fence_line(self, fence: Fence, line: str) -> None:
        stripped = line.strip(" \t")
        if (
            stripped.startswith(fence.mark)
            and not stripped.strip(fence.mark[0])
            and len(line) - len(line.lstrip(" ")) < 4
        ):
            self._close_leaf()
            return
        blanks = min(len(line) - len(line.lstrip(" ")), fence.indent)
        fence.lines.append(line[blanks:])

    def _html_line(self, block: HtmlBlock, line: str) -> None:
        block.lines.append(line)
        if block.is_ended_by(line):
            self._close_leaf()

    # Closing

    def _begin(self, matched: int, *, joins: bool = False) -> None:
        """Make room for a new block in the container `matched`: what is open below it is closed.

        One behind a blank line makes the list around it loose, but for an item that joins a list.
        """
        self._close(matched)
        self._close_leaf()
        container = self.open[-1]
        if self.after_blank and not joins and container.items is not None and len(container.element):
            container.items.is_loose = True

    def _push(self, container: Container) -> None:
        self.open.append(container)
        self._count(1)

    def _add(self, element: etree.Element) -> etree.Element:
        """Append a block to the innermost container."""
        container = self.open[-1]
        container.last_list = None
        container.element.append(element)
        self._count(1)
        return element

    def _count(self, blocks: int) -> None:
        self.blocks += blocks
        if self.blocks > MAX_BLOCKS:
            raise TextTooDeep

    def _close(self, matched: int) -> None:
        if matched < len(self.open):
            self._close_leaf()
            del self.open[max(matched, 1) :]

    def _close_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        match leaf:
            case None:
                pass
            case Paragraph():
                self._paragraph(leaf)
            case Fence():
                self._code(leaf.lines, leaf.language)
            case IndentedCode():
                self._indented_code(leaf.lines)
            case HtmlBlock():
                self._raw(HtmlWords(leaf.html()))
            case tables.Table():
                self._add(leaf.element())

    def _paragraph(self, leaf: Paragraph) -> None:
        words = without_definitions("\n".join(leaf.lines), self.md).rstrip(" \t")
        if not words:
            return
        check_paragraph(words)
        element = self._add(etree.Element("p"))
        element.text = words
        container = self.open[-1]
        if container.items is not None:
            container.items.paragraphs.append((container.element, element))

    def _indented_code(self, lines: list[str]) -> None:
        while lines and not lines[-1].strip():
            lines.pop()
        self._code(lines, "")

    def _code(self, lines: list[str], language: str) -> None:
        name = f' class="language-{code_escape(language)}"' if language else ""
        words = code_escape("".join(f"{line}\n" for line in lines))
        self._raw(f"<pre><code{name}>{words}</code></pre>")

    def _raw(self, html: str) -> None:
        """Add HTML that nothing works on any more; the library puts it in the place of a paragraph."""
        if html.strip():
            element = self._add(etree.Element("p"))
            element.text = AtomicString(self.md.htmlStash.store(html))
        else:
            self.open[-1].last_list = None


def _language(info: str) -> str:
    """Return the language of a fence: its first word, or the first class of Pandoc's `{.python}`."""
    written = re.match(r"\s*(?:\{\s*\.?)?([^\s{}`,]*)", info)
    return written[1].replace('"', "") if written else ""
