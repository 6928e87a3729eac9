"""XML read within limits: whether it is well formed, and whether something in it would be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

Attributes = dict[str, str]
XmlFault = (expat.ExpatError, ValueError)
"""What is raised over XML that no program opens; ValueError for entities of its own, which may unfold to gigabytes."""


def parse(
    blocks: Iterable[bytes],
    *,
    element: Callable[[str, Attributes], bool] = lambda _name, _attributes: False,
    text: Callable[[str], bool] = lambda _text: False,
) -> bool:
    """Read a document to its end; return whether `element` or `text` was true of any element or text in it.

    They are asked no more after the first that is. Names come without their prefixes. Raises `XmlFault`.
    """
    parser = expat.ParserCreate()
    found = False

    def enough() -> None:
        nonlocal found
        found = True
        parser.StartElementHandler = parser.CharacterDataHandler = None

    def start(name: str, attributes: Attributes) -> None:
        if element(name.rpartition(":")[2], attributes):
            enough()

    def data(written: str) -> None:
        if text(written):
            enough()

    parser.StartElementHandler, parser.CharacterDataHandler = start, data
    parser.EntityDeclHandler = _refuse
    for block in blocks:
        parser.Parse(block, False)
    parser.Parse(b"", True)
    return found


def _refuse(*_: object) -> None:
    raise ValueError("entity declared")


def is_written(text: str) -> bool:
    """Whether a text has anything but blanks in it."""
    return not text.isspace() and bool(text.strip("\u200b\ufeff"))
