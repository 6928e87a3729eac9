"""The portfolio on disk: its sources as text, and the files it names, found by exact name inside their roots."""

from __future__ import annotations

import os
import posixpath
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import evidence
from generator.diagnostics import Diagnostic, Place, diagnostic, near
from generator.evidence import Inspection, State
from generator.paths import Reference
from generator.source import MAX_SOURCE_BYTES, Source, decode

SETTINGS = "portfolio.yaml"
TEXT_FOLDERS = ("records", "assessment", "findings", "pages")
EVIDENCE_FOLDERS = ("records", "evidence")
_JUNK = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"}


@dataclass(frozen=True, slots=True)
class Tree:
    """What a portfolio's folder holds: its texts, and the paths of the other files that lie among them."""

    settings: Source | None
    texts: tuple[Source, ...]
    loose: tuple[str, ...]
    unreadable: tuple[Diagnostic, ...] = ()

    def folder(self, name: str) -> tuple[Source, ...]:
        """Return the texts below one of the portfolio's folders."""
        return tuple(each for each in self.texts if each.path.startswith(f"{name}/"))


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was found: `reference` with its name as it is on disk, `real` with links resolved."""

    reference: Reference
    real: str
    inspection: Inspection


@dataclass(frozen=True, slots=True)
class NotFound:
    """A name that leads to no file: why, and the name that was probably meant."""

    state: State
    suggestion: str | None = None
    folder: bool = False


def is_junk(name: str) -> bool:
    """Whether a file's name is one that systems and offices leave behind: hidden, a lock file, a thumbnail store."""
    return name.startswith((".", "~$", "._")) or name.casefold() in _JUNK or name.endswith((".tmp", "~"))


def read_tree(root: Path, *, decoded: Callable[[str, bytes], Source | Diagnostic] = decode) -> Tree:
    """Read a portfolio's texts and list its other files. Raises OSError where the folder itself cannot be read."""
    texts: list[Source] = []
    loose: list[str] = []
    unreadable: list[Diagnostic] = []

    def read_text(path: str) -> Source | None:
        made = _read_text(root, path, decoded)
        if isinstance(made, Diagnostic):
            unreadable.append(made)
            return None
        return made

    for folder in dict.fromkeys((*TEXT_FOLDERS, *EVIDENCE_FOLDERS)):
        for path, is_link in sorted(_walk(root, folder)):
            name = posixpath.basename(path)
            if is_junk(name):
                continue
            if is_link and not _is_below(os.path.realpath(root / path), os.path.realpath(root)):
                if name.casefold().endswith(".md"):
                    unreadable.append(diagnostic("evidence-outside", Place(path), variant="link", file=path))
                continue
            if folder in TEXT_FOLDERS and name.casefold().endswith(".md"):
                text = read_text(path)
                if text is not None:
                    texts.append(text)
            elif folder in EVIDENCE_FOLDERS:
                loose.append(path)
    settings = read_text(SETTINGS) if (root / SETTINGS).is_file() else None
    return Tree(settings, tuple(texts), tuple(loose), tuple(unreadable))


def _read_text(root: Path, path: str, decoded: Callable[[str, bytes], Source | Diagnostic]) -> Source | Diagnostic:
    try:
        with (root / path).open("rb") as stream:
            return decoded(path, stream.read(MAX_SOURCE_BYTES + 1))
    except OSError as error:
        return diagnostic("encoding-invalid", Place(path), variant="unreadable", reason=error.strerror or str(error))


def _walk(root: Path, folder: str) -> Iterator[tuple[str, bool]]:
    """Yield the files below a folder, and whether each is a link; links to folders are not followed."""
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = list(os.scandir(root / here))
        except (FileNotFoundError, NotADirectoryError):  # one that may not be read is no empty one: that error goes up
            continue
        for entry in entries:
            path = f"{here}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if not is_junk(entry.name):
                    pending.append(path)
            elif entry.is_symlink():
                if not Path(entry.path).is_dir():
                    yield path, True
            elif entry.is_file(follow_symlinks=False):  # no pipe, no device: reading one could wait for ever
                yield path, False


@dataclass(slots=True)
class Finder:
    """Finds files by the names the portfolio gives them, and looks at each once.

    `inspected` keeps what a file was found to be, by its identity on disk, for as long as the caller keeps it.
    """

    root: Path
    roots: Mapping[str, Path]
    inspected: dict[tuple[str, int, int, int], Inspection] = field(default_factory=dict)
    _listings: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _allowed: tuple[str, ...] = ()

    def find_all(
        self, references: Iterable[Reference], *, progress: Callable[[int, int], None] | None = None
    ) -> dict[Reference, Found | NotFound]:
        """Find each reference; `progress(done, total)` is told after each."""
        wanted = sorted(set(references))
        found: dict[Reference, Found | NotFound] = {}
        for number, reference in enumerate(wanted, start=1):
            found[reference] = self.find(reference)
            if progress is not None:
                progress(number, len(wanted))
        return found

    def find(self, reference: Reference) -> Found | NotFound:
        """Find one file: exact in capitals, whichever Unicode form its name has, never outside its roots."""
        base = self.roots.get(reference.root) if reference.root else self.root
        if base is None:
            return NotFound(State.MISSING)
        here = os.fspath(base)
        names: list[str] = []
        for part in reference.path.split("/"):
            listing = self._listing(here)
            actual = listing.get(part) or listing.get(unicodedata.normalize("NFC", part))
            if actual is None:
                return NotFound(State.MISSING, self._suggestion(reference, names, part, listing))
            names.append(actual)
            here = os.path.join(here, actual)
        return self._look(Reference(reference.root, "/".join(names)), here)

    def _look(self, reference: Reference, path: str) -> Found | NotFound:
        real = os.path.realpath(path)
        if not self._allowed:
            self._allowed = tuple(os.path.realpath(each) for each in (self.root, *self.roots.values()))
        if not any(_is_below(real, each) for each in self._allowed):
            return NotFound(State.OUTSIDE)
        try:
            status = os.stat(real)
            if stat.S_ISDIR(status.st_mode):
                return NotFound(State.MISSING, folder=True)
            if not stat.S_ISREG(status.st_mode):
                return NotFound(State.MISSING)
            # A link is judged by its own name: that is what the site will call it.
            name = posixpath.basename(reference.path)
            identity = (f"{real}\0{evidence.ending(name)}", status.st_size, status.st_mtime_ns, status.st_ino)
            if identity not in self.inspected:
                self.inspected[identity] = evidence.inspect(Path(real), name=name)
        except FileNotFoundError:
            return NotFound(State.MISSING)
        except OSError as error:
            refused = Inspection(State.DAMAGED, 0, "", found=error.strerror or "")
            return Found(reference, real, refused)
        return Found(reference, real, self.inspected[identity])

    def _listing(self, folder: str) -> Mapping[str, str]:
        """Return a folder's names: each by itself, and by its composed Unicode form where no other has that."""
        if folder not in self._listings:
            try:
                names = sorted(os.listdir(folder))
            except OSError:
                names = []
            composed = {unicodedata.normalize("NFC", name): name for name in reversed(names)}
            self._listings[folder] = composed | {name: name for name in names}
        return self._listings[folder]

    @staticmethod
    def _suggestion(reference: Reference, before: list[str], part: str, listing: Mapping[str, str]) -> str | None:
        meant = near(part, (name for name in listing if not is_junk(name)))
        if meant is None:
            return None
        after = reference.path.split("/")[len(before) + 1 :]
        return str(Reference(reference.root, "/".join([*before, meant, *after])))


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
