"""Takes documents that are handed in as evidence: which files are documents, under which names, of which types."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterable, Sequence
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.authoring import lookup, safe_names
from generator.authoring.document_dates import pdf_day, photo_day
from generator.authoring.document_types import guess_types
from generator.authoring.incoming_files import IncomingFile
from generator.authoring.titles import document_title, spelt_out
from generator.build.inspections import inspect
from generator.evidence import State
from generator.joining.type_names import TypeNames
from generator.messages.refusals import Refused
from generator.model.instrument import Instrument
from generator.model.portfolio import Portfolio
from generator.reading.tree import is_junk, is_text


class SkippedFile(Struct, frozen=True):
    """A file that is not taken, and why: "lock", "junk", "text", "special", "gone", "unreadable", "again", a state."""

    path: Path
    reason: str


class Intake(Struct, frozen=True):
    """Takes documents for the records of a portfolio; `fallback` is the name of a file whose own name has no letters.

    `root` is the folder of the portfolio: a file that is in it already keeps its place. None: there is no portfolio.
    """

    names: TypeNames
    fallback: str
    root: Path | None = None

    @classmethod
    def of(cls, portfolio: Portfolio, root: Path) -> Intake:
        """Return the intake of a portfolio."""
        fallback = "dokumen" if portfolio.language == "id" else "document"
        return cls(TypeNames.of(portfolio.instrument), fallback, root)

    def take(
        self, files: Iterable[Path], before: Sequence[IncomingFile] = ()
    ) -> tuple[tuple[IncomingFile, ...], tuple[SkippedFile, ...]]:
        """Return the documents among files, and the files that are skipped; `before` are documents taken already."""
        known = {os.path.realpath(each.path) for each in before}
        names = {"index.md", *(each.name.casefold() for each in before)}
        documents: list[IncomingFile] = []
        skipped: list[SkippedFile] = []
        repeated: list[Path] = []
        seen = set(known)
        for path in files:
            real = os.path.realpath(path)  # works for a link to itself, too
            if real in seen:
                repeated.append(path)
                continue
            seen.add(real)
            reason = _reason_against(path)
            if reason in {"", State.ENCRYPTED}:
                documents.append(self._incoming(path, names, locked=bool(reason)))
                names.add(documents[-1].name.casefold())
                known.add(real)
            else:
                skipped.append(SkippedFile(path, reason))
        skipped += [SkippedFile(path, "again") for path in repeated if os.path.realpath(path) in known]
        return tuple(documents), tuple(skipped)

    def _incoming(self, path: Path, names: Collection[str], *, locked: bool) -> IncomingFile:
        plain = spelt_out(path.name)
        inside = None if self.root is None else _path_inside(self.root, path)
        name = inside or safe_names.tidy(plain, names, otherwise=self.fallback)
        title = "" if inside or name == path.name else document_title(path.name)
        created = None if locked else pdf_day(path)
        return IncomingFile(path, name, guess_types(plain, self.names), photo_day(path), locked, created, title)


def _path_inside(root: Path, path: Path) -> str | None:
    """Return the path from the portfolio of a file that is among its evidence or records already."""
    try:
        inside = Path(os.path.realpath(path)).relative_to(os.path.realpath(root)).as_posix()
    except (ValueError, OSError):
        return None
    return inside if inside.startswith(("evidence/", "records/")) else None


def _reason_against(path: Path) -> str:
    if path.name.startswith("~$"):
        return "lock"
    if is_junk(path.name):
        return "junk"
    if is_text(path.name):
        return "text"
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would block without end
            return "special"
        state = inspect(path).state
    except FileNotFoundError:
        return "gone"
    except OSError as error:
        return "gone" if error.errno == errno.ELOOP else "unreadable"
    return "" if state is State.SOUND else str(state)


def with_types(documents: Sequence[IncomingFile], written: str, instrument: Instrument) -> tuple[IncomingFile, ...]:
    """Return the documents with the types that `FILE=TYPE` gives to one of them, parted by commas. Raises Refused."""
    file, mark, types = written.rpartition("=")
    if not mark:
        raise Refused(_("Write FILE=TYPE, such as scan.pdf=notulen."))
    name = Path(file.strip()).name.casefold()
    named = [each for each in documents if name in {each.path.name.casefold(), each.name.casefold()}]
    if not named:
        raise Refused(_("None of the documents is called {name}.").format(name=file))
    known = lookup.types_named(types, instrument)
    return tuple(replace(each, types=known) if each in named else each for each in documents)
