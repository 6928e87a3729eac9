"""Files and folders of a portfolio that nothing reads, searched for the records and documents in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final

from msgspec import Struct, field

from generator.disk import Disk, Kind, Listing, is_below
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source, decode
from generator.model.paths import SETTINGS
from generator.typos import file_names


class UnreadSort(Enum):
    """What something is that nothing reads."""

    TEXT = "text"
    FILE = "file"
    FOLDER = "folder"
    PORTFOLIO = "portfolio"
    HIDDEN = "hidden"
    LINK = "link"


class Unread(Struct, frozen=True):
    """A file or folder that nothing reads, by its path from the portfolio.

    `text` is the first record in it, else another text of a portfolio, and `kind` the folder that it belongs to;
    `documents` is the number of documents that could be evidence. Where a link leads is `target`: a path of the
    portfolio, or empty where it leads out of it.
    """

    path: str
    where: UnreadSort
    text: Source | None = None
    kind: str = ""
    documents: int = 0
    target: str = ""


class _Inside(Struct, frozen=True):
    """What a folder holds, with all below it; `program` where it is a program or theme with documents of its own."""

    text: Source | None
    kind: str
    documents: int
    program: bool


_DOCUMENT: Final = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|od[tspg]|rtf|jpe?g|png|heic|heif|tiff?|webp|bmp|mp4|mov|avi|mkv|3gp|mp3|m4a|wav|eml|msg"
    r"|zip|rar|7z)$",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf)$", re.IGNORECASE)
_PROGRAM: Final = re.compile(r"\.(?:jinja2?|j2|ts|py|toml|sh|ps1|bat|ipynb|gemspec|lock)$", re.IGNORECASE)
_WEB_PAGE: Final = re.compile(r"\.(?:html?|css|js|mjs)$", re.IGNORECASE)
"""Of a theme, or of a page that a browser saved: where papers are among them they are evidence."""
_TOOL_FOLDERS: Final = frozenset(
    (
        ".git", ".svn", ".hg", ".github", ".gitlab", ".gitea", ".forgejo", ".vscode", ".vs", ".idea", ".fleet",
        ".obsidian", ".trash", ".recycle", ".cache", ".venv", ".tox", ".nox", ".mypy_cache", ".ruff_cache",
        ".pytest_cache", ".dropbox.cache", ".dropbox", ".stfolder", ".stversions", ".sync", ".history",
        ".ipynb_checkpoints", ".tmp.drivedownload", ".tmp.driveupload", ".spotlight-v100", ".fseventsd",
        ".temporaryitems", ".documentrevisions-v100", ".devcontainer", ".claude", ".cursor", ".husky", ".direnv",
        ".eggs", "__macosx", "__pycache__", "node_modules", "venv", "env", "$recycle.bin", "@eadir", "#recycle",
        "docs", "doc", "documentation", "dokumentasi", "template", "templates", "templat", "themes", "theme", "tema",
    )
)  # fmt: skip
"""Folders of tools and of what is written about a portfolio, by their names in small letters."""
USUAL_TEXTS: Final = frozenset(f"{name}.md" for name in ("readme", "changelog", "contributing", "license", "security"))
_SITE_FILE: Final = "readiness.json"
_MOST_ENTRIES: Final = 20_000
"""So many names of one folder are searched; whoever keeps more beside a portfolio keeps no records there."""
_HEAD_BYTES: Final = 16_384


def is_tool_folder(name: str) -> bool:
    """Whether a folder's name is that of a tool, or of templates and what is written about the portfolio."""
    folded = name.casefold()
    return (
        folded in _TOOL_FOLDERS or folded.startswith((".trash", ".~", "._", "~$", ".catat")) or folded.endswith(".tmp")
    )


def is_document(name: str) -> bool:
    """Whether a file's name is that of a document that could be evidence."""
    return _DOCUMENT.search(name) is not None


def kind_of(text: str) -> str | None:
    """Return the folder that a text of a portfolio belongs to by the keys of its front matter; None for other texts."""
    front = re.match(r"\ufeff?\s*---[ \t]*\n(.*?)(?:\n---|\n\.\.\.|\Z)", text, re.DOTALL)
    if front is None:
        return None
    keys = {
        match[1].strip().casefold() for match in re.finditer(r"^([^\W\d_][\w \-]*?)[ \t]*:", front[1], re.MULTILINE)
    }
    if keys & {"items", "bukti"}:
        return "records"
    if "answers" in keys or ("jawaban" in keys and not keys & {"item", "butir"}):
        return "assessment"
    return file_names.folder_of(keys)


class Scanner(Struct):
    """Searches folders of a portfolio on disk; `seen` are the paths on disk that the results depend on."""

    home: str
    disk: Disk
    seen: set[str] = field(default_factory=set)

    def beside(self, top: Listing, known: Iterable[str]) -> Iterator[Unread]:
        """Yield what is next to the settings and none of the `known` folders and files."""
        names = set(known)
        readme = self._readme(top)
        for name, kind in sorted(top.items()):
            if name in names or is_tool_folder(name):
                continue
            if kind is Kind.FILE:
                if is_document(name) and not name.startswith((".", "~")) and name not in readme:
                    yield Unread(name, UnreadSort.FILE, documents=1)
                continue
            found = self.link(name) if kind is Kind.LINK else self.folder(name)
            if found is not None and (found.text is not None or f"{name}/" not in readme):
                yield found

    def folder(self, path: str) -> Unread | None:
        """Return a folder that nothing reads; None where it holds neither records nor documents."""
        if os.path.isfile(f"{self._on_disk(path)}{os.sep}{_SITE_FILE}"):
            return None  # a site: that it is built anew changes nothing here, so nothing depends on it
        inside = self._contents(self._on_disk(path), path)
        hidden = path.rpartition("/")[2].startswith(".")
        if inside.text is None and (inside.program or hidden or not inside.documents):
            return None
        where = UnreadSort.HIDDEN if hidden else UnreadSort.FOLDER
        if inside.text is not None and self.disk.status(f"{self._on_disk(path)}{os.sep}{SETTINGS}"):
            where = UnreadSort.PORTFOLIO
        return Unread(path, where, inside.text, inside.kind, inside.documents)

    def link(self, path: str) -> Unread | None:
        """Return a link to a folder, which is not followed; None where it leads to a file or to nothing of use."""
        real, home = os.path.realpath(self._on_disk(path)), os.path.realpath(self.home)
        if not os.path.isdir(real):
            return None
        target = os.path.relpath(real, home).replace(os.sep, "/") if is_below(real, home) else ""
        if target == "." or is_below(os.path.realpath(os.path.dirname(self._on_disk(path))), real):
            return Unread(path, UnreadSort.LINK, target=target)  # it leads back to a folder that it is in
        inside = self._contents(real, path)
        if inside.text is None and (inside.program or not inside.documents):
            return None
        return Unread(path, UnreadSort.LINK, inside.text, inside.kind, inside.documents, target)

    def text(self, path: str) -> Unread | None:
        """Return a text where nothing reads it; None where it is no text of a portfolio."""
        source = self._source(self._on_disk(path), path)
        kind = None if source is None else kind_of(source.text)
        return None if kind is None else Unread(path, UnreadSort.TEXT, source, kind)

    def _contents(self, on_disk: str, path: str) -> _Inside:
        """Search a folder up to its first record; links in it are not followed."""
        first: tuple[Source | None, str] = (None, "")
        documents = papers = programs = pages = 0
        for there, named in self._files(on_disk, path):
            documents += is_document(named)
            papers += _PAPER.search(named) is not None
            programs += _PROGRAM.search(named) is not None
            pages += _WEB_PAGE.search(named) is not None
            source = self._source(there, named) if _may_be_text(named.rpartition("/")[2]) else None
            kind = None if source is None else kind_of(source.text)
            if kind == "records":
                return _Inside(source, kind, documents, program=False)
            if kind is not None and first[0] is None:
                first = (source, kind)
        return _Inside(*first, documents, program=programs + pages > 0 and papers <= programs)

    def _files(self, on_disk: str, path: str) -> Iterator[tuple[str, str]]:
        """Yield the files below a folder as they lie on disk and by their paths; no site that was built there."""
        entries = 0
        pending = [(on_disk, path)]
        while pending and entries < _MOST_ENTRIES:
            here, named = pending.pop()
            listing = self._listing(here)
            entries += len(listing)
            if _SITE_FILE in listing:  # a site that was built there
                continue
            below = [(f"{here}{os.sep}{name}", f"{named}/{name}", name, kind) for name, kind in sorted(listing.items())]
            yield from ((there, each) for there, each, _name, kind in below if kind is Kind.FILE)
            folders = [
                (there, each) for there, each, name, kind in below if kind is Kind.FOLDER and not is_tool_folder(name)
            ]
            pending += reversed(folders)

    def _listing(self, on_disk: str) -> Listing:
        self.seen.add(on_disk)
        try:
            return self.disk.listing(on_disk)
        except OSError:  # a folder that is none of ours need not be readable
            self.disk.status(on_disk)
            return {}

    def _source(self, on_disk: str, path: str) -> Source | None:
        """Return the beginning of a text; None where it cannot be read."""
        head = self._head(on_disk)
        source = decode(path, head if len(head) < _HEAD_BYTES else head[: head.rfind(b"\n") + 1])
        return None if isinstance(source, Diagnostic) else source

    def _head(self, on_disk: str) -> bytes:
        self.seen.add(on_disk)
        self.disk.status(on_disk)
        if not os.path.isfile(on_disk):  # a link may lead to a pipe, which would never end
            return b""
        try:
            with open(on_disk, "rb") as stream:
                return stream.read(_HEAD_BYTES)
        except OSError:
            return b""

    def _readme(self, top: Listing) -> str:
        """Return what the portfolio's README says: files that it names lie there on purpose."""
        name = next((each for each, kind in top.items() if each.casefold() == "readme.md" and kind is Kind.FILE), None)
        return "" if name is None else self._head(self._on_disk(name)).decode("utf-8", "replace")

    def _on_disk(self, path: str) -> str:
        return f"{self.home}{os.sep}{path.replace('/', os.sep)}"


def _may_be_text(name: str) -> bool:
    return name.casefold().endswith(".md") and name.casefold() not in USUAL_TEXTS and not name.startswith(("~$", "._"))
