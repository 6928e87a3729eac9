"""The portfolio on disk: its sources as text, and the files it names, found by exact name inside their roots."""

from __future__ import annotations

import errno
import os
import posixpath
import re
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from generator import folding
from generator.build.inspections import InspectionRequest, Inspections
from generator.disk import Disk, Kind, Listing, NoFile, file_content
from generator.evidence import Inspection, State
from generator.messages.diagnostics import Diagnostic, Place, diagnostic, near
from generator.messages.refusals import reason
from generator.messages.source import MAX_SOURCE_BYTES, Source, decode
from generator.model.paths import Reference
from generator.reading import unread_files
from generator.reading.unread_files import Unread
from generator.typos import spelling

SETTINGS = "portfolio.yaml"
DEFAULTS = "_defaults.yaml"
"""What a folder of records says for all the records below it."""
TEXT_FOLDERS = ("records", "assessment", "findings", "pages")
EVIDENCE_FOLDERS = ("records", "evidence")
_JUNK = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"}


@dataclass(frozen=True, slots=True)
class Tree:
    """What a portfolio's folder holds: its texts, and the paths of the other files that lie among them.

    `strays` tell what lies beside the settings and is not read, though by its name it was meant to be; `unread` is what
    else nothing reads. Where something of it is a link (`has_links`), the disk does not report changes behind it.
    """

    settings: Source | None
    texts: tuple[Source, ...]
    other_files: tuple[str, ...]
    unreadable: tuple[Diagnostic, ...] = ()
    misplaced: tuple[Diagnostic, ...] = ()
    has_links: bool = False
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: `reference` with its name as it is on disk, `real` with links resolved."""

    reference: Reference
    real: str
    inspection: Inspection


SPECIAL = "special"
"""What is `found` of a pipe, a socket or a device."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """A name that leads to no file: why, and the name that was probably meant."""

    state: State
    suggestion: str | None = None
    folder: bool = False


def is_junk(name: str) -> bool:
    """Whether a file's name is one that systems and offices leave behind: hidden, a lock file, a thumbnail store."""
    return name.startswith((".", "~$", "._")) or name.casefold() in _JUNK or name.endswith((".tmp", "~"))


def is_text(name: str) -> bool:
    """Whether a file's name is that of a text of the portfolio."""
    return name.endswith(".md") or name.casefold().endswith(".md")


def kind_of(text: Source) -> str:
    """Return what a text is by where it lies: the portfolio's folder that it is in, or `DEFAULTS`."""
    return text.path.partition("/")[0] if is_text(text.path) else DEFAULTS


def _is_defaults(path: str) -> bool:
    return path.rpartition("/")[2] == DEFAULTS


def _is_stray_text(name: str) -> bool:
    return not is_junk(name) and (is_text(name) or spelling.is_for_defaults(name))


def _may_be_misplaced(name: str) -> bool:
    return is_text(name) and name.casefold() not in _USUAL_BESIDE


@dataclass(frozen=True, slots=True)
class _Contents:
    """What one folder holds, as paths of the portfolio."""

    on_disk: str
    listing: Listing
    folders: tuple[str, ...]
    files: tuple[str, ...]
    links: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Paths:
    """What lies where in a portfolio: its texts with their places on disk, other files, texts that lead out of it.

    `links` where there are any, which may lead elsewhere at any time. All is listed again where one of the `hinges` has
    changed: places that hold nothing yet, and settings that are a link, which need no folder to come and go; or where
    `top`, the listing of the portfolio's own folder, is another.
    """

    texts: Mapping[str, str]
    other_files: tuple[str, ...]
    outside: tuple[Diagnostic, ...]
    links: bool
    hinges: frozenset[str]
    top: Listing
    misplaced: tuple[Diagnostic, ...]
    unread: tuple[Unread, ...]


@dataclass(slots=True)
class SourceReader:
    """A portfolio's texts as they were last read; `tree` reads again what the disk says has changed."""

    root: Path
    disk: Disk
    _home: str = ""
    _contents: dict[str, _Contents] = field(default_factory=dict)
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
        # Should anything go wrong before all of it is read, all is listed and compared next time.
        self._paths = None
        paths = self._listed(before, changes)
        kept = self._texts if paths is before else {}
        # What the disk refused it may give by now, and nothing tells: another program had it open.
        again = [path for path in map(self._path, changes) if path in paths.texts] if kept else paths.texts
        new = {path: self._text(path, paths.texts[path], changes) for path in (*again, *(self._refused & kept.keys()))}
        self._paths, self._number = paths, self.disk.number
        if self._tree is None or paths is not before or any(made is not kept[path] for path, made in new.items()):
            self._texts = {**kept, **new}
            self._refused = {path for path, made in new.items() if _refused(made)}
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
        made = _read_text(on_disk, path)
        # The same text is the same object, so that what was made of it is found again.
        return before if before is not None and before == made else made

    def _listed(self, kept: _Paths | None, changes: AbstractSet[str]) -> _Paths:
        """Return what lies where: as it was listed before, where no folder has changed or may have."""
        if kept is not None and not kept.links and changes.isdisjoint(kept.hinges) and self._top() is kept.top:
            folders = [(path, each) for path, each in self._contents.items() if each.on_disk in changes]
            if all(self._folder(path) is each for path, each in folders):
                return kept
        return self._list()

    def _list(self) -> _Paths:
        texts: dict[str, str] = {}
        other_files: list[str] = []
        outside: list[Diagnostic] = []
        scanner = unread_files.Scanner(self._home, self.disk)
        links, within = False, []
        home = os.path.realpath(self._home)
        for folder in dict.fromkeys((*TEXT_FOLDERS, *EVIDENCE_FOLDERS)):
            for contents in self._folders_below(folder):
                links |= bool(contents.links)
                within += self._unread_within(contents, scanner)
            for path, is_link in sorted(self._below(folder)):
                leads_out = is_link and not is_below(os.path.realpath(self._on_disk(path)), home)
                if leads_out and is_text(path):
                    outside.append(diagnostic("evidence-outside", Place(path), variant="link", file=path))
                elif folder in TEXT_FOLDERS and (is_text(path) or (folder == "records" and _is_defaults(path))):
                    texts[path] = self._on_disk(path)
                else:
                    other_files.append(path)
        if self._has_settings():
            texts[SETTINGS] = self._on_disk(SETTINGS)
        tops = {name: self._on_disk(name) for name in (*TEXT_FOLDERS, *EVIDENCE_FOLDERS, SETTINGS)}
        top = self._top()
        links |= any(kind is Kind.LINK for kind in top.values())
        # Settings that are no link come and go with a change of the folder they are in.
        linked = {SETTINGS} if top.get(SETTINGS) is not Kind.FILE else set()
        hinges = {path for name, path in tops.items() if not self.disk.status(path) or name in linked}
        beside = [name for name, kind in top.items() if kind is Kind.FILE and _is_stray_text(name)]
        hinges |= {path for name in beside if self.disk.status(path := self._on_disk(name))}
        if SETTINGS in texts:
            within += [scanner.text(path) for path in other_files if path.startswith("evidence/") and is_text(path)]
            within += [scanner.text(name) for name in sorted(beside) if _may_be_misplaced(name)]
            within += scanner.beside(top, self._known(top))
        records = {each.path for each in within if each is not None and each.kind == "records"}
        misplaced = (
            *self._strays(top, records),
            *self._texts_beside(name for name in sorted(beside) if name not in records),
        )
        told = {each.place.file for each in misplaced}
        found = tuple(each for each in within if each is not None and each.path not in told)
        return _Paths(
            texts, tuple(other_files), tuple(outside), links, frozenset(hinges | scanner.seen), top, misplaced, found
        )

    def _known(self, top: Listing) -> Iterator[str]:
        """Yield the names next to the settings that are read, in the capitals that a disk blind to them has."""
        for name in (*TEXT_FOLDERS, *EVIDENCE_FOLDERS, SETTINGS, *_OWN_FOLDERS):
            yield name
            here = self._on_disk(name)
            same = (other for other in top if other != name and other.casefold() == name)
            yield from (
                other for other in same if os.path.exists(here) and os.path.samefile(here, self._on_disk(other))
            )

    def _unread_within(self, contents: _Contents, scanner: unread_files.Scanner) -> list[Unread | None]:
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

    def _strays(self, top: Listing, records: Collection[str]) -> Iterator[Diagnostic]:
        """Yield the folders and settings that would be read if they had another name or one began a folder lower.

        An area's folder that holds `records` is told of as misplaced, not as misnamed.
        """
        if not self._has_settings() and (below := self._portfolios_below(top)):
            yield diagnostic("settings-invalid", Place(SETTINGS), variant="below", folders=", ".join(below))
        for name, kind in sorted(top.items()):
            meant = spelling.folder_meant(name) if kind is Kind.FOLDER else None
            if (
                meant is not None
                and not (name in records and meant.startswith("records/"))
                and self._is_stray(name, meant)
            ):
                yield diagnostic("folder-misnamed", Place(name), folder=name, meant=meant)
            elif kind is Kind.FILE and _NEARLY_SETTINGS.fullmatch(name) and not self._has_settings():
                yield diagnostic("settings-invalid", Place(name), variant="misnamed", name=name)
            elif kind is Kind.FILE and spelling.copied_from(name) == SETTINGS and self._has_settings():
                yield diagnostic("text-misnamed", Place(name), variant="copy", file=name, meant=SETTINGS)

    def _portfolios_below(self, top: Listing) -> list[str]:
        folders = (name for name, kind in sorted(top.items()) if kind is Kind.FOLDER and not is_junk(name))
        return [f"`{name}`" for name in folders if os.path.isfile(self._on_disk(f"{name}/{SETTINGS}"))]

    def _has_settings(self) -> bool:
        # Asked of the disk, which may be blind to capitals. A pipe is there as well, and is reported when it is read.
        path = self._on_disk(SETTINGS)
        return os.path.exists(path) and not os.path.isdir(path)

    def _is_stray(self, folder: str, meant: str) -> bool:
        """Whether a folder holds what belongs into the one that was meant, and is not that one on a case-blind disk."""
        here, there = self._on_disk(folder), self._on_disk(meant)
        try:
            if os.path.exists(there) and os.path.samefile(here, there):
                return False
            names = (posixpath.basename(path) for path, _ in self._below(folder))
            return any(meant == "evidence" or is_text(name) or spelling.text_meant(name) is not None for name in names)
        except OSError:  # a folder that is none of ours need not be readable
            return False

    def _texts_beside(self, names: Iterable[str]) -> Iterator[Diagnostic]:
        """Yield the texts with front matter and the defaults that lie beside the settings, where none is read."""
        for name in names:
            if spelling.is_for_defaults(name):
                yield diagnostic("text-misplaced", Place(name), variant="defaults", file=name)
                continue
            made = None if name.casefold() in _USUAL_BESIDE else _read_text(self._on_disk(name), name)
            if isinstance(made, Source) and re.match(r"\s*---[ \t]*\n", made.text):
                yield diagnostic("text-misplaced", Place(name), variant="beside", file=name)

    def _below(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the files below a folder, and whether each is a link; links to folders are not followed."""
        for contents in self._folders_below(folder):
            yield from ((path, False) for path in contents.files)
            yield from ((path, True) for path in contents.links if not os.path.isdir(self._on_disk(path)))

    def _folders_below(self, folder: str) -> Iterator[_Contents]:
        """Yield what a folder holds, and each folder below it."""
        pending = [folder]
        while pending:
            contents = self._folder(pending.pop())
            pending += contents.folders
            yield contents

    def _folder(self, path: str) -> _Contents:
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
            kept = _Contents(self._on_disk(path), listing, folders, files, links, tuple(hidden))
            self._contents[path] = kept
        return kept


def _tree(paths: _Paths, texts: Mapping[str, Source | Diagnostic]) -> Tree:
    unreadable = [each for each in texts.values() if isinstance(each, Diagnostic)]
    sources = {path: each for path, each in texts.items() if isinstance(each, Source) and not _is_plain_readme(each)}
    settings = sources.pop(SETTINGS, None)
    faults = (*paths.outside, *unreadable)
    return Tree(
        settings, tuple(sources.values()), paths.other_files, faults, paths.misplaced, paths.links, paths.unread
    )


def _is_plain_readme(source: Source) -> bool:
    """Whether a text explains its folder to those who look at the files: a README that begins with no keys."""
    return source.path.casefold().endswith("/readme.md") and _KEYS_FIRST.match(source.text) is None


_KEYS_FIRST = re.compile(r"\ufeff?\s*(?:---|[^\W\d_]\w*[ \t]*:)")
_NOTHING = _Contents("", {}, (), (), (), ())
_NO_NAMES: Listing = {}
_OWN_FOLDERS = ("instruments", "site")
_NEARLY_SETTINGS = re.compile(r"port[ofl]{2,5}io\.ya?ml(?:\.txt)?", re.IGNORECASE)
_USUAL_BESIDE = {f"{name}.md" for name in ("readme", "changelog", "contributing", "license", "security")}
_HAS_JUNCTIONS = os.name == "nt"
"""Whether a folder may lie elsewhere without being a link."""


def read_tree(root: Path) -> Tree:
    """Read a portfolio's texts and list its other files. Raises OSError where the folder itself cannot be read."""
    return SourceReader(root, Disk()).tree()


def _read_text(where: str, path: str) -> Source | Diagnostic:
    try:
        return decode(path, file_content(where, MAX_SOURCE_BYTES + 1))
    except NoFile:
        return diagnostic("encoding-invalid", Place(path), variant="special")
    except OSError as error:
        return diagnostic("encoding-invalid", Place(path), variant="unreadable", reason=reason(error))


def _refused(made: Source | Diagnostic | Found | NotFound) -> bool:
    """Whether the disk did not give a file that is there."""
    if isinstance(made, Found):
        return made.inspection.state is State.DAMAGED and not made.inspection.sha256
    return isinstance(made, Diagnostic) and made.sentence == "encoding-invalid/unreadable"


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was found, and the paths on disk that it hangs on."""

    paths: tuple[str, ...]
    found: Found | NotFound


@dataclass(frozen=True, slots=True)
class _Located:
    """Where a name leads: with its letters as on the disk, with links resolved, and by which paths."""

    reference: Reference
    real: str
    paths: tuple[str, ...]


@dataclass(slots=True)
class FileFinder:
    """Finds files by the names the portfolio gives them; looks into one again only where the disk says it changed."""

    root: Path
    roots: Mapping[str, Path]
    disk: Disk = field(default_factory=Disk)
    inspections: Inspections = field(default_factory=lambda: Inspections(None))
    _number: int = 0
    _kept: dict[Reference, _Kept] = field(default_factory=dict)
    _found: dict[Reference, Found | NotFound] = field(default_factory=dict)
    _inspected: dict[str, dict[str, Inspection | OSError]] = field(default_factory=dict)
    _names: dict[str, tuple[Listing, Mapping[str, str]]] = field(default_factory=dict)
    _homes: dict[Path, str] = field(default_factory=dict)
    _wanted: tuple[tuple[Reference, ...], AbstractSet[Reference]] = field(default=((), frozenset()), init=False)
    _hinges: set[str] = field(default_factory=set, init=False)
    """All paths that something which was found hangs on, and some that nothing does any more."""

    def find_all(
        self, references: tuple[Reference, ...], *, progress: Callable[[int, int], None] | None = None
    ) -> Mapping[Reference, Found | NotFound]:
        """Find each reference; `progress(done, total)` is told after each that had to be looked for.

        The same mapping is returned as long as nothing else is found.
        """
        if references is not self._wanted[0]:
            self._wanted = (references, frozenset(references))
        wanted = self._wanted[1]
        kept, stale = self._still_kept()
        missing = sorted((wanted - kept.keys()) | (wanted & stale))
        self._look_ahead(missing)
        found = dict(self._found) if missing else self._found
        for number, reference in enumerate(missing, start=1):
            kept[reference] = self._find(reference)
            self._hinges.update(kept[reference].paths)
            found[reference] = kept[reference].found
            if progress is not None:
                progress(number, len(missing))
        if len(kept) > len(wanted):
            kept = {reference: each for reference, each in kept.items() if reference in wanted}
        if len(found) > len(wanted):
            found = {reference: each for reference, each in found.items() if reference in wanted}
        self._kept = kept
        if len(found) != len(self._found) or any(found[each] != self._found.get(each) for each in missing):
            self._found = found
        for reference in missing:
            if _refused(kept[reference].found):  # what had it open may let go of it, and nothing tells
                del kept[reference]
        return self._found

    def _look_ahead(self, missing: Iterable[Reference]) -> None:
        """Look into all the files that some references name, for that is quicker than one by one."""
        asked = []
        for reference in missing:
            located = self._located(reference)
            if isinstance(located, _Kept) or self._leads_out(located.real):
                continue
            identity = self.disk.identity(located.real)
            if identity is not None and stat.S_ISREG(identity[-1]):
                asked.append(InspectionRequest(located.real, posixpath.basename(located.reference.path), identity))
        first = not self._inspected
        for each, inspection in self.inspections.of_all(asked).items():
            self._inspected.setdefault(each.real, {})[each.name] = inspection
        if first:
            self.inspections.keep(asked)
        else:
            self.inspections.add()

    def _still_kept(self) -> tuple[dict[Reference, _Kept], AbstractSet[Reference]]:
        """Return what was found before, and the names of what hangs on something that has changed."""
        changes = self.disk.changes(since=self._number)
        self._number = self.disk.number
        for path in changes & self._inspected.keys():
            del self._inspected[path]
        homes = {folder: os.path.realpath(folder) for folder in self._homes}
        kept = self._kept if homes == self._homes else {}  # a link may lead elsewhere by now
        self._kept = {}  # should anything go wrong before all is found, all is looked for next time
        self._homes = homes
        if not self._hinges:
            self._hinges.update(*(each.paths for each in kept.values()))
        if changes.isdisjoint(self._hinges):
            return kept, frozenset()
        return kept, {name for name, each in kept.items() if not changes.isdisjoint(each.paths)}

    def find(self, reference: Reference) -> Found | NotFound:
        """Find one file: exact in capitals, whichever Unicode form its name has, never outside its roots."""
        return self._find(reference).found

    def _find(self, reference: Reference) -> _Kept:
        located = self._located(reference)
        if isinstance(located, _Kept):
            return located
        found = self._look(located.reference, located.real)
        self.disk.status(located.paths[-1])
        return _Kept(located.paths, found)

    def _located(self, reference: Reference) -> _Located | _Kept:
        """Return where a file lies, or what there is to say where no name leads on."""
        base = self.roots.get(reference.root) if reference.root else self.root
        if base is None:
            return _Kept((), NotFound(State.MISSING))
        here = self._real(base)
        straight = not _HAS_JUNCTIONS
        paths: list[str] = []
        names: list[str] = []
        for part in reference.path.split("/"):
            listing = self._listing(here)
            paths.append(here)
            actual = listing.get(part) or listing.get(unicodedata.normalize("NFC", part))
            if actual is None:
                missing = NotFound(State.MISSING, self._suggestion(reference, names, part, listing))
                return _Kept(tuple(paths), missing)
            names.append(actual)
            here = f"{here.rstrip(os.sep)}{os.sep}{actual}"
            straight = straight and self.disk.listing(paths[-1]).get(actual) is not Kind.LINK
        real = here if straight else os.path.realpath(here)
        named = Reference(reference.root, "/".join(names))
        return _Located(reference if named == reference else named, real, (*paths, here))  # one object for one name

    def _leads_out(self, real: str) -> bool:
        return not any(is_below(real, self._real(each)) for each in (self.root, *self.roots.values()))

    def _real(self, folder: Path) -> str:
        """Return where the portfolio or a root really lies; each is asked once a look: thousands of files lie below."""
        if folder not in self._homes:
            self._homes[folder] = os.path.realpath(folder)
        return self._homes[folder]

    def _look(self, reference: Reference, real: str) -> Found | NotFound:
        if self._leads_out(real):
            return NotFound(State.OUTSIDE)
        try:
            status = os.stat(real)
            if stat.S_ISDIR(status.st_mode):
                return NotFound(State.MISSING, folder=True)
            if not stat.S_ISREG(status.st_mode):
                return Found(reference, real, Inspection(State.DAMAGED, 0, "", found=SPECIAL))
            # A link is judged by its own name: that is what the site will call it.
            return Found(reference, real, self._inspection(real, posixpath.basename(reference.path)))
        except FileNotFoundError:
            return NotFound(State.MISSING)
        except OSError as error:
            if error.errno == errno.ELOOP:  # a link that leads back to itself leads to nothing
                return NotFound(State.MISSING)
            return Found(reference, real, Inspection(State.DAMAGED, 0, "", found=reason(error)))

    def _inspection(self, real: str, name: str) -> Inspection:
        """Return what a file is; a link and what it leads to are looked into once, if their names are the same.

        Raises OSError where the disk refuses.
        """
        identity = self.disk.identity(real)
        seen = self._inspected.setdefault(real, {})
        if name not in seen:
            if identity is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), real)
            asked = InspectionRequest(real, name, identity)
            seen[name] = self.inspections.of_all([asked])[asked]
        if isinstance(found := seen[name], OSError):
            del seen[name]  # the disk may give it the next time
            raise found
        return found

    def _listing(self, folder: str) -> Mapping[str, str]:
        """Return a folder's names: each by itself, and by its composed Unicode form where no other has that."""
        try:
            listing = self.disk.listing(folder)
        except OSError:
            self.disk.status(folder)
            return {}
        kept = self._names.get(folder)
        if kept is None or kept[0] is not listing:
            names = sorted(listing)
            composed = {unicodedata.normalize("NFC", name): name for name in reversed(names)}
            kept = (listing, composed | {name: name for name in names})
            self._names[folder] = kept
        return kept[1]

    @staticmethod
    def _suggestion(reference: Reference, before: list[str], part: str, listing: Mapping[str, str]) -> str | None:
        names = [name for name in listing if not is_junk(name)]
        meant = near(part, names) or spelling.only(name for name in names if folding.stem(name) == folding.folded(part))
        if meant is None:
            return None
        after = reference.path.split("/")[len(before) + 1 :]
        return str(Reference(reference.root, "/".join([*before, meant, *after])))


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; both as the disk names them."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
