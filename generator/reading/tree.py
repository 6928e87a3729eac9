"""The portfolio's folder: its texts as they are read from disk, and the names of its other files."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import Struct, field

from generator.disk import Disk, Kind, Listing, NoFile, file_content, is_below
from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.refusals import reason
from generator.messages.source import MAX_SOURCE_BYTES, Source, decode
from generator.model.paths import SETTINGS
from generator.model.publications import PUBLICATIONS
from generator.reading import publications, unread_files
from generator.reading.unread_files import Unread
from generator.typos import file_names

DEFAULTS = "_defaults.yaml"
"""What a folder of records says for all the records below it."""
TEXT_FOLDERS = ("records", "assessment", "findings", "pages")
EVIDENCE_FOLDERS = ("records", "evidence")
_JUNK = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"}


class Tree(Struct, frozen=True):
    """What a portfolio's folder holds: its texts, and the paths of the other files among them.

    `misplaced` reports what nothing reads though its name says that it was meant to be read; `unread` is what else
    nothing reads. Where the folder holds a link (`has_links`), the disk does not report changes behind it.
    `publications` is the history of publications, or the warning that it cannot be read.
    """

    settings: Source | None
    texts: tuple[Source, ...]
    other_files: tuple[str, ...]
    unreadable: tuple[Diagnostic, ...] = ()
    misplaced: tuple[Diagnostic, ...] = ()
    has_links: bool = False
    unread: tuple[Unread, ...] = ()
    publications: Source | Diagnostic | None = None


def is_junk(name: str) -> bool:
    """Whether a file's name is one that systems and offices leave behind: hidden, a lock file, a thumbnail store."""
    return name.startswith((".", "~$", "._")) or name.casefold() in _JUNK or name.endswith((".tmp", "~"))


def is_text(name: str) -> bool:
    """Whether a file's name is that of a text of the portfolio."""
    return name.endswith(".md") or name.casefold().endswith(".md")


def kind_of(text: Source) -> str:
    """Return the sort of a text: the portfolio's folder that it is in, or `DEFAULTS`."""
    return text.path.partition("/")[0] if is_text(text.path) else DEFAULTS


def _is_defaults(path: str) -> bool:
    return path.rpartition("/")[2] == DEFAULTS


def _may_be_text_of_portfolio(name: str) -> bool:
    return not is_junk(name) and (is_text(name) or file_names.is_for_defaults(name))


def _may_be_misplaced(name: str) -> bool:
    return is_text(name) and name.casefold() not in unread_files.USUAL_TEXTS


class _Folder(Struct, frozen=True):
    """What one folder holds, as paths of the portfolio."""

    on_disk: str
    listing: Listing
    folders: tuple[str, ...]
    files: tuple[str, ...]
    links: tuple[str, ...]
    hidden: tuple[str, ...]


class _Paths(Struct, frozen=True):
    """The paths of a portfolio: its texts with their places on disk, its other files, and texts outside of it.

    `links` is whether there are any, whose targets may change unseen. All is listed again where one of the `awaited`
    paths on disk changes, which hold nothing yet or may change without their folder, or where `top`, the listing of the
    portfolio's own folder, is another object.
    """

    texts: Mapping[str, str]
    other_files: tuple[str, ...]
    outside: tuple[Diagnostic, ...]
    links: bool
    awaited: frozenset[str]
    top: Listing
    misplaced: tuple[Diagnostic, ...]
    unread: tuple[Unread, ...]


class SourceReader(Struct):
    """A portfolio's texts as they were last read; `tree` reads again what the disk says has changed."""

    root: Path
    disk: Disk
    _home: str = ""
    _contents: dict[str, _Folder] = field(default_factory=dict)
    _paths: _Paths | None = None
    _texts: dict[str, Source | Diagnostic] = field(default_factory=dict)
    _refused: AbstractSet[str] = frozenset()
    _tree: Tree | None = None
    _number: int = 0

    def __post_init__(self) -> None:
        """Fix the folder, wherever the process goes."""
        self._home = os.path.abspath(self.root)

    def tree(self) -> Tree:
        """Read the texts and list the other files. Raises OSError where the folder itself cannot be read."""
        changes, before = self.disk.changes(since=self._number), self._paths
        # Should an error come before all is read, all is listed and compared next time.
        self._paths = None
        paths = self._listed(before, changes)
        kept = self._texts if paths is before else {}
        # A file that another program locked can be read once it is closed, which changes nothing on disk.
        again = [path for path in map(self._path, changes) if path in paths.texts] if kept else paths.texts
        new = {path: self._text(path, paths.texts[path], changes) for path in (*again, *(self._refused & kept.keys()))}
        self._paths, self._number = paths, self.disk.revision
        if self._tree is None or paths is not before or any(text is not kept[path] for path, text in new.items()):
            self._texts = {**kept, **new}
            self._refused = {path for path, text in new.items() if _refused(text)}
            self._tree = _tree(paths, self._texts)
        return self._tree

    def _on_disk(self, path: str) -> str:
        return f"{self._home}{os.sep}{path.replace('/', os.sep)}"

    def _path(self, on_disk: str) -> str:
        return on_disk.removeprefix(f"{self._home}{os.sep}").replace(os.sep, "/")

    def _text(self, path: str, on_disk: str, changes: AbstractSet[str]) -> Source | Diagnostic:
        before = self._texts.get(path)
        if before is not None and on_disk not in changes and not _refused(before):
            return before
        self.disk.status(on_disk)
        text = _read_text(on_disk, path)
        return before if before is not None and before == text else text  # an equal text stays the same object

    def _listed(self, kept: _Paths | None, changes: AbstractSet[str]) -> _Paths:
        """Return the paths as they were listed before, where no folder can have changed; else list them."""
        if kept is not None and not kept.links and changes.isdisjoint(kept.awaited) and self._top() is kept.top:
            folders = [(path, each) for path, each in self._contents.items() if each.on_disk in changes]
            if all(self._folder(path) is each for path, each in folders):
                return kept
        return self._list()

    def _list(self) -> _Paths:
        texts: dict[str, str] = {}
        other_files: list[str] = []
        outside: list[Diagnostic] = []
        scanner = unread_files.Scanner(self._home, self.disk)
        links, unread = False, []
        home = os.path.realpath(self._home)
        for folder in dict.fromkeys((*TEXT_FOLDERS, *EVIDENCE_FOLDERS)):
            for contents in self._folders_below(folder):
                links |= bool(contents.links)
                unread += self._unread_within(contents, scanner)
            for path, is_link in sorted(self._below(folder)):
                leads_out = is_link and not is_below(os.path.realpath(self._on_disk(path)), home)
                if leads_out and is_text(path):
                    outside.append(Diagnostic.error("evidence-outside", Place(path), variant="link", file=path))
                elif folder in TEXT_FOLDERS and (is_text(path) or (folder == "records" and _is_defaults(path))):
                    texts[path] = self._on_disk(path)
                else:
                    other_files.append(path)
        if self._has_settings():
            texts[SETTINGS] = self._on_disk(SETTINGS)
        if self._has_file(PUBLICATIONS):
            texts[PUBLICATIONS] = self._on_disk(PUBLICATIONS)
        top = self._top()
        links |= any(kind is Kind.LINK for kind in top.values())
        beside = [name for name, kind in top.items() if kind is Kind.FILE and _may_be_text_of_portfolio(name)]
        awaited = self._awaited(top, beside)
        if SETTINGS in texts:
            unread += [scanner.text(path) for path in other_files if path.startswith("evidence/") and is_text(path)]
            unread += [scanner.text(name) for name in sorted(beside) if _may_be_misplaced(name)]
            unread += scanner.beside(top, self._known(top))
        found = [each for each in unread if each is not None]
        misplaced = self._misplaced(top, beside, {each.path for each in found if each.kind == "records"})
        reported = {each.place.file for each in misplaced}
        rest = tuple(each for each in found if each.path not in reported)
        awaited |= scanner.seen
        return _Paths(texts, tuple(other_files), tuple(outside), links, frozenset(awaited), top, misplaced, rest)

    def _awaited(self, top: Listing, beside: Iterable[str]) -> set[str]:
        """Return the paths on disk to watch for themselves: what is not there yet, a link, and texts in no folder."""
        names = (*TEXT_FOLDERS, *EVIDENCE_FOLDERS, SETTINGS, PUBLICATIONS)
        # Files that are no link come and go with a change of the folder they are in.
        linked = {name for name in (SETTINGS, PUBLICATIONS) if top.get(name) is not Kind.FILE}
        absent = {path for name in names if not self.disk.status(path := self._on_disk(name)) or name in linked}
        return absent | {path for name in beside if self.disk.status(path := self._on_disk(name))}

    def _misplaced(self, top: Listing, beside: Iterable[str], records: Collection[str]) -> tuple[Diagnostic, ...]:
        """Report what would be read in another place; `records` are folders and texts that hold records unread."""
        names = (name for name in sorted(beside) if name not in records)
        return (*self._misnamed(top, records), *self._texts_beside(names))

    def _known(self, top: Listing) -> Iterator[str]:
        """Yield the names next to the settings that are read, in the capitals that a disk blind to them has."""
        for name in (*TEXT_FOLDERS, *EVIDENCE_FOLDERS, SETTINGS, PUBLICATIONS, *_OWN_FOLDERS):
            yield name
            here = self._on_disk(name)
            same = (other for other in top if other != name and other.casefold() == name)
            yield from (
                other for other in same if os.path.exists(here) and os.path.samefile(here, self._on_disk(other))
            )

    def _unread_within(self, contents: _Folder, scanner: unread_files.Scanner) -> list[Unread | None]:
        """Return what one of the portfolio's own folders holds that is not read: hidden files, links to folders."""
        hidden = [path for path in contents.hidden if not unread_files.is_tool_folder(path.rpartition("/")[2])]
        found = [scanner.folder(path) for path in hidden if os.path.isdir(self._on_disk(path))]
        found += [scanner.text(path) for path in hidden if is_text(path) and os.path.isfile(self._on_disk(path))]
        return [*found, *(scanner.link(path) for path in contents.links)]

    def _top(self) -> Listing:
        try:
            return self.disk.listing(self._home)
        except (FileNotFoundError, NotADirectoryError):
            return _NO_NAMES

    def _misnamed(self, top: Listing, records: Collection[str]) -> Iterator[Diagnostic]:
        """Yield the folders and settings that would be read if they had another name or one began a folder lower.

        An area's folder that holds `records` is reported as misplaced, not as misnamed.
        """
        if not self._has_settings() and (below := self._portfolios_below(top)):
            yield Diagnostic.error("settings-invalid", Place(SETTINGS), variant="below", folders=", ".join(below))
        for name, kind in sorted(top.items()):
            meant = file_names.folder_meant(name) if kind is Kind.FOLDER else None
            if (
                meant is not None
                and not (name in records and meant.startswith("records/"))
                and self._holds_what_belongs(name, meant)
            ):
                yield Diagnostic.error("folder-misnamed", Place(name), folder=name, meant=meant)
            elif kind is Kind.FILE and _NEARLY_SETTINGS.fullmatch(name) and not self._has_settings():
                yield Diagnostic.error("settings-invalid", Place(name), variant="misnamed", name=name)
            elif kind is Kind.FILE and file_names.copied_from(name) == SETTINGS and self._has_settings():
                yield Diagnostic.error("text-misnamed", Place(name), variant="copy", file=name, meant=SETTINGS)

    def _portfolios_below(self, top: Listing) -> list[str]:
        folders = (name for name, kind in sorted(top.items()) if kind is Kind.FOLDER and not is_junk(name))
        return [f"`{name}`" for name in folders if os.path.isfile(self._on_disk(f"{name}/{SETTINGS}"))]

    def _has_settings(self) -> bool:
        return self._has_file(SETTINGS)

    def _has_file(self, name: str) -> bool:
        # Asked of the disk, which may be blind to capitals. A pipe is there as well, and is reported when it is read.
        path = self._on_disk(name)
        return os.path.exists(path) and not os.path.isdir(path)

    def _holds_what_belongs(self, folder: str, meant: str) -> bool:
        """Whether a folder holds what belongs into the one that was meant, and is not that one on a case-blind disk."""
        here, there = self._on_disk(folder), self._on_disk(meant)
        try:
            if os.path.exists(there) and os.path.samefile(here, there):
                return False
            names = (posixpath.basename(path) for path, _ in self._below(folder))
            return any(
                meant == "evidence" or is_text(name) or file_names.text_meant(name) is not None for name in names
            )
        except OSError:  # a folder that is none of ours need not be readable
            return False

    def _texts_beside(self, names: Iterable[str]) -> Iterator[Diagnostic]:
        """Yield the texts with front matter and the defaults next to the settings, where none is read."""
        for name in names:
            if file_names.is_for_defaults(name):
                yield Diagnostic.error("text-misplaced", Place(name), variant="defaults", file=name)
                continue
            text = None if name.casefold() in unread_files.USUAL_TEXTS else _read_text(self._on_disk(name), name)
            if isinstance(text, Source) and re.match(r"\s*---[ \t]*\n", text.text):
                yield Diagnostic.error("text-misplaced", Place(name), variant="beside", file=name)

    def _below(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the files below a folder, and whether each is a link; links to folders are not followed."""
        for contents in self._folders_below(folder):
            yield from ((path, False) for path in contents.files)
            yield from ((path, True) for path in contents.links if not os.path.isdir(self._on_disk(path)))

    def _folders_below(self, folder: str) -> Iterator[_Folder]:
        """Yield what a folder holds, and each folder below it."""
        pending = [folder]
        while pending:
            contents = self._folder(pending.pop())
            pending += contents.folders
            yield contents

    def _folder(self, path: str) -> _Folder:
        try:
            listing = self.disk.listing(self._on_disk(path))
        except (FileNotFoundError, NotADirectoryError):  # one that may not be read is no empty one: that error goes up
            self._contents.pop(path, None)
            return _NOTHING
        kept = self._contents.get(path)
        if kept is None or kept.listing is not listing:
            kinds: dict[Kind, list[str]] = {kind: [] for kind in Kind}
            hidden: list[str] = []
            for name, kind in listing.items():
                if kind is Kind.OTHER and not (is_text(name) or name == DEFAULTS):
                    continue  # reported where something names it
                (hidden if is_junk(name) else kinds[kind]).append(f"{path}/{name}")
            kinds[Kind.FILE] += kinds[Kind.OTHER]
            folders, files, links = (tuple(kinds[kind]) for kind in (Kind.FOLDER, Kind.FILE, Kind.LINK))
            kept = _Folder(self._on_disk(path), listing, folders, files, links, tuple(hidden))
            self._contents[path] = kept
        return kept


def _tree(paths: _Paths, texts: Mapping[str, Source | Diagnostic]) -> Tree:
    published = texts.get(PUBLICATIONS)
    others = {path: each for path, each in texts.items() if path != PUBLICATIONS}
    unreadable = [each for each in others.values() if isinstance(each, Diagnostic)]
    sources = {path: each for path, each in others.items() if isinstance(each, Source) and not _is_plain_readme(each)}
    settings = sources.pop(SETTINGS, None)
    faults = (*paths.outside, *unreadable)
    return Tree(
        settings,
        tuple(sources.values()),
        paths.other_files,
        faults,
        paths.misplaced,
        paths.links,
        paths.unread,
        published,
    )


def _is_plain_readme(source: Source) -> bool:
    """Whether a text explains its folder to a reader of the files: a README that begins with no keys."""
    return source.path.casefold().endswith("/readme.md") and _KEYS_FIRST.match(source.text) is None


_KEYS_FIRST = re.compile(r"\ufeff?\s*(?:---|[^\W\d_]\w*[ \t]*:)")
_NOTHING = _Folder("", {}, (), (), (), ())
_NO_NAMES: Listing = {}
_OWN_FOLDERS = ("instruments", "site")
_NEARLY_SETTINGS = re.compile(r"port[ofl]{2,5}io\.ya?ml(?:\.txt)?", re.IGNORECASE)


def _read_text(where: str, path: str) -> Source | Diagnostic:
    if path == PUBLICATIONS:
        return _read_publications(where)
    try:
        return decode(path, file_content(where, MAX_SOURCE_BYTES + 1))
    except NoFile:
        return Diagnostic.error("encoding-invalid", Place(path), variant="special")
    except OSError as error:
        return Diagnostic.error("encoding-invalid", Place(path), variant="unreadable", reason=reason(error))


def _read_publications(where: str) -> Source | Diagnostic:
    """Return the text of the file on publications, or a warning: a build goes on without it."""
    try:
        return publications.decode(file_content(where, publications.MAX_BYTES + 1))
    except NoFile:
        return Diagnostic.warning(publications.INVALID, Place(PUBLICATIONS), variant="special")
    except OSError as error:
        place = Place(PUBLICATIONS)
        return Diagnostic.warning(publications.INVALID, place, variant="unreadable", reason=reason(error))


def _refused(text: Source | Diagnostic) -> bool:
    """Whether the disk did not give a file that is there."""
    return isinstance(text, Diagnostic) and text.sentence.endswith("/unreadable")
