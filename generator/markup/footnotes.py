"""Footnotes of a Markdown text: the library's, with blocks that are read already and no words of a language."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER, FootnoteExtension
from markdown.treeprocessors import Treeprocessor

from generator.markup.blocks import BlockReader


class Footnotes(FootnoteExtension):
    """Footnotes that the block reader has found; a page is in one language, and the library's tooltip in English."""

    reader: BlockReader | None = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the library's processors. The block parser of `md` has to be the block reader."""
        super().extendMarkdown(md)
        md.treeprocessors.register(_Backlinks(self), "footnote-backlinks", 16)  # before further ones are added
        assert isinstance(md.parser, BlockReader)
        self.reader = md.parser

    def reset(self) -> None:
        """Forget the notes of the text before; ids are the same in each."""
        super().reset()
        if self.reader is not None:
            self.reader.footnotes.clear()
            self.footnotes = self.reader.footnotes  # type: ignore[assignment]  # the library keeps text, not elements

    def makeFootnotesDiv(self, root: etree.Element) -> etree.Element | None:  # noqa: N802, ARG002 - the library's name
        """Return the notes, each with a link back to where it is referred to; None where there are none."""
        if self.reader is None or not self.reader.footnotes:
            return None
        block = etree.Element("div", {"class": "footnote"})
        etree.SubElement(block, "hr")
        notes = etree.SubElement(block, "ol")
        for name, note in self.reader.footnotes.items():
            note.set("id", self.makeFootnoteId(name))
            notes.append(note)
            back = etree.Element("a", {"href": f"#{self.makeFootnoteRefId(name)}", "class": "footnote-backref"})
            back.text = FN_BACKLINK_TEXT
            last = note[-1] if len(note) and note[-1].tag == "p" and note[-1].text else etree.SubElement(note, "p")
            if last.text:
                last.text += NBSP_PLACEHOLDER
            last.append(back)
        return block

    def unused(self) -> frozenset[str]:
        """Return the addresses of references that the text has not, once its inline marks are read."""
        names = self.reader.footnotes if self.reader is not None else ()
        return frozenset(f"#{name}" for name in map(self.makeFootnoteRefId, names) if name not in self.found_refs)

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002 - the library's
        """Return the id of a further reference to one note, `fnref2:1`; the library counts up to it each time."""
        if not found:
            return reference
        times = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if times == 1 else reference.replace("fnref", f"fnref{times}", 1)


class _Backlinks(Treeprocessor):
    """Takes the link back from each note that nothing refers to: it would lead nowhere."""

    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__()
        self.footnotes = footnotes

    def run(self, root: etree.Element) -> None:
        """Take out the links that lead nowhere."""
        unused = self.footnotes.unused()
        for parent in list(root.iter()) if unused else ():
            for link in list(parent):
                if link.get("class") == "footnote-backref" and link.get("href") in unused:
                    parent.remove(link)
                    parent.text = (parent.text or "").removesuffix(NBSP_PLACEHOLDER)
