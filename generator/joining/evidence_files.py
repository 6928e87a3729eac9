"""Finds the files that a portfolio names as evidence: by exact name, inside their roots."""

from __future__ import annotations

import errno
import os
import posixpath
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from generator import folding
from generator.disk import Disk, Kind, Listing, is_below
from generator.evidence import Inspection, State
from generator.evidence.examination import InspectionRequest
from generator.messages.refusals import reason
from generator.model.paths import Reference
from generator.reading.tree import is_junk
from generator.typos.near_names import near


class Found(Struct, frozen=True):
    """A file that was found: `reference` with its name as it is on disk, `real` with links resolved."""

    reference: Reference
    real: str
    inspection: Inspection


SPECIAL = "special"
"""`Inspection.found` of a pipe, a socket or a device."""

Inspect = Callable[[Sequence[InspectionRequest], bool], Mapping[InspectionRequest, Inspection | OSError]]


class NotFound(Struct, frozen=True):
    """The reason why a name leads to no file, and the name that was probably meant."""

    state: State
    suggestion: str | None = None
    folder: bool = False


_HAS_JUNCTIONS = os.name == "nt"
"""Whether a folder may be elsewhere without being a link."""


class _Result(Struct, frozen=True):
    """The file of a reference, and the paths on disk that it depends on."""

    paths: tuple[str, ...]
    found: Found | NotFound


class _Location(Struct, frozen=True):
    """The place of a reference: its name as on disk, its path with links resolved, and the paths that lead to it."""

    reference: Reference
    real: str
    paths: tuple[str, ...]


@dataclass(slots=True)
class FileFinder:
    """Finds files by the names that the portfolio gives them; only those that changed on disk are inspected again.

    `inspect(requests, complete)` returns the inspections of files, or why the disk refused them; `complete` where the
    requests are all files that the portfolio names.
    """

    root: Path
    roots: Mapping[str, Path]
    inspect: Inspect
    disk: Disk = field(default_factory=Disk)
    _revision: int = 0
    _kept: dict[Reference, _Result] = field(default_factory=dict)
    _found: dict[Reference, Found | NotFound] = field(default_factory=dict)
    _inspected: dict[str, dict[str, Inspection | OSError]] = field(default_factory=dict)
    _names: dict[str, tuple[Listing, Mapping[str, str]]] = field(default_factory=dict)
    _homes: dict[Path, str] = field(default_factory=dict)
    _wanted: tuple[tuple[Reference, ...], AbstractSet[Reference]] = field(default=((), frozenset()), init=False)
    _deciding: set[str] = field(default_factory=set, init=False)
    """The paths on disk that any result depends on, and some that none does any more."""

    def find_all(
        self, references: tuple[Reference, ...], *, progress: Callable[[int, int], None] | None = None
    ) -> Mapping[Reference, Found | NotFound]:
        """Find the file of each reference; `progress(done, total)` is called after each that had to be searched for.

        As long as the results are equal, the same mapping is returned.
        """
        if references is not self._wanted[0]:
            self._wanted = (references, frozenset(references))
        wanted = self._wanted[1]
        kept, stale = self._unchanged()
        missing = sorted((wanted - kept.keys()) | (wanted & stale))
        self._inspect_all(missing)
        found = dict(self._found) if missing else self._found
        for number, reference in enumerate(missing, start=1):
            kept[reference] = self._find(reference)
            self._deciding.update(kept[reference].paths)
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
            if _refused(kept[reference].found):  # the program that locks it may end without a change on disk
                del kept[reference]
        return self._found

    def _inspect_all(self, missing: Iterable[Reference]) -> None:
        """Inspect the files of some references together, which is quicker than one by one."""
        requests = []
        for reference in missing:
            located = self._located(reference)
            if isinstance(located, _Result) or self._leads_out(located.real):
                continue
            identity = self.disk.identity(located.real)
            if identity is not None and stat.S_ISREG(identity[-1]):
                requests.append(InspectionRequest(located.real, posixpath.basename(located.reference.path), identity))
        for each, inspection in self.inspect(requests, not self._inspected).items():
            self._inspected.setdefault(each.real, {})[each.name] = inspection

    def _unchanged(self) -> tuple[dict[Reference, _Result], AbstractSet[Reference]]:
        """Return the results of the last run, and the references of those that changes on disk may affect."""
        changes = self.disk.changes(since=self._revision)
        self._revision = self.disk.revision
        for path in changes & self._inspected.keys():
            del self._inspected[path]
        homes = {folder: os.path.realpath(folder) for folder in self._homes}
        kept = self._kept if homes == self._homes else {}  # a link may lead elsewhere
        self._kept = {}  # after an error all is searched for again
        self._homes = homes
        if not self._deciding:
            self._deciding.update(*(each.paths for each in kept.values()))
        if changes.isdisjoint(self._deciding):
            return kept, frozenset()
        return kept, {name for name, each in kept.items() if not changes.isdisjoint(each.paths)}

    def find(self, reference: Reference) -> Found | NotFound:
        """Find one file: exact in capitals, whichever Unicode form its name has, never outside its roots."""
        return self._find(reference).found

    def _find(self, reference: Reference) -> _Result:
        located = self._located(reference)
        if isinstance(located, _Result):
            return located
        found = self._inspected_file(located.reference, located.real)
        self.disk.status(located.paths[-1])
        return _Result(located.paths, found)

    def _located(self, reference: Reference) -> _Location | _Result:
        """Return the place of a file, or the result where a part of its path does not exist."""
        base = self.roots.get(reference.root) if reference.root else self.root
        if base is None:
            return _Result((), NotFound(State.MISSING))
        here = self._real(base)
        straight = not _HAS_JUNCTIONS
        paths: list[str] = []
        names: list[str] = []
        for part in reference.path.split("/"):
            listing = self._listing(here)
            paths.append(sys.intern(here))  # many files are in one folder
            actual = listing.get(part) or listing.get(unicodedata.normalize("NFC", part))
            if actual is None:
                missing = NotFound(State.MISSING, self._suggestion(reference, names, part, listing))
                return _Result(tuple(paths), missing)
            names.append(actual)
            here = f"{here.rstrip(os.sep)}{os.sep}{actual}"
            straight = straight and self.disk.listing(paths[-1]).get(actual) is not Kind.LINK
        real = here if straight else os.path.realpath(here)
        named = Reference(reference.root, "/".join(names))
        return _Location(reference if named == reference else named, real, (*paths, here))  # one object for one name

    def _leads_out(self, real: str) -> bool:
        return not any(is_below(real, self._real(each)) for each in (self.root, *self.roots.values()))

    def _real(self, folder: Path) -> str:
        """Return the real path of the portfolio or a root, read once a build for its thousands of files."""
        if folder not in self._homes:
            self._homes[folder] = os.path.realpath(folder)
        return self._homes[folder]

    def _inspected_file(self, reference: Reference, real: str) -> Found | NotFound:
        if self._leads_out(real):
            return NotFound(State.OUTSIDE)
        try:
            status = os.stat(real)
            if stat.S_ISDIR(status.st_mode):
                return NotFound(State.MISSING, folder=True)
            if not stat.S_ISREG(status.st_mode):
                return Found(reference, real, Inspection(State.DAMAGED, 0, "", found=SPECIAL))
            # A link is judged by its own name, which the site will use.
            return Found(reference, real, self._inspection(real, posixpath.basename(reference.path)))
        except FileNotFoundError:
            return NotFound(State.MISSING)
        except OSError as error:
            if error.errno == errno.ELOOP:  # a link that leads back to itself leads to nothing
                return NotFound(State.MISSING)
            return Found(reference, real, Inspection(State.DAMAGED, 0, "", found=reason(error)))

    def _inspection(self, real: str, name: str) -> Inspection:
        """Return the inspection of a file; a link and its target are inspected once if their names are equal.

        Raises OSError where the disk refuses.
        """
        identity = self.disk.identity(real)
        seen = self._inspected.setdefault(real, {})
        if name not in seen:
            if identity is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), real)
            request = InspectionRequest(real, name, identity)
            seen[name] = self.inspect([request], False)[request]
        if isinstance(found := seen[name], OSError):
            del seen[name]  # the disk may allow it next time
            raise found
        return found

    def _listing(self, folder: str) -> Mapping[str, str]:
        """Return a folder's names by themselves, and by their composed Unicode form where no other name has it."""
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
        meant = near(part, names) or folding.only(name for name in names if folding.stem(name) == folding.folded(part))
        if meant is None:
            return None
        after = reference.path.split("/")[len(before) + 1 :]
        return str(Reference(reference.root, "/".join([*before, meant, *after])))


def _refused(found: Found | NotFound) -> bool:
    """Whether the disk refused a file that exists."""
    return isinstance(found, Found) and found.inspection.state is State.DAMAGED and not found.inspection.sha256
