"""Finds the one file of a portfolio that was certainly meant by a wrong name.

Apart from the diagnostics, for it needs the names of all files, which a check does not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote, unquote

from generator import folding
from generator.messages.diagnostics import Diagnostic, Edit
from generator.messages.source import Source
from generator.model.paths import FROM_PORTFOLIO, Reference, evidence_reference, link_references
from generator.model.text import Span
from generator.reading.problems import rewritten
from generator.typos import file_names

_TOP = tuple(folder.rstrip("/") for folder in FROM_PORTFOLIO)
_BEFORE_A_LINK = re.compile(r"(?:\]\(\s*<?|\]:\s*<?|(?:href|src)\s*=\s*[\"']?)$")


class SimilarPaths:
    """The paths of all files of a portfolio, by which a wrong path is corrected.

    `taken` are the files that are named correctly, `missing` the wrong paths.
    """

    def __init__(self, names: Iterable[str], *, taken: frozenset[str], missing: Iterable[str]) -> None:
        self._taken = taken
        self._names: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._claims: dict[str, set[str]] = {}
        for name in names:
            self._names[_folded(name)] = (*self._names.get(_folded(name), ()), name)
            if not name.casefold().endswith(".md"):  # a record's own text is no document of it
                self._stems[_stem(name)] = (*self._stems.get(_stem(name), ()), name)
        for path in missing:
            self._claims.setdefault(_stem(path), set()).add(_folded(path))

    def meant(self, path: str) -> str | None:
        """Return the one file of a path with other capitals, spaces or dashes, or else with another ending."""
        wanted = tuple(_starts(path))
        alike = {name for each in wanted for name in self._names.get(_folded(each), ())}
        if alike:
            return folding.only(alike)
        return folding.only(name for each in wanted for name in self._renamed(each))

    def _renamed(self, path: str) -> tuple[str, ...]:
        """Return the file that has `path` with another ending: the only one of its stem, and not named yet.

        A path without an ending means this file also where it is named already.
        """
        here = self._stems.get(_stem(path), ())
        claims = self._claims.get(_stem(path), set()) - self._names.keys()
        name = path.rpartition("/")[2]
        free = folding.stem(name) == folding.folded(name) or not self._taken.intersection(here)
        return here if len(here) == 1 and len(claims) <= 1 and free else ()


def _starts(path: str) -> Iterator[str]:
    """Yield a path, and its end from each part on that is a folder of the portfolio."""
    whole = posixpath.normpath(file_names.path_meant(path))
    if whole.startswith(("../", "/")):
        return
    yield whole
    parts = whole.split("/")
    for number, part in enumerate(parts):
        if number and folding.folded(part) in _TOP:
            yield "/".join(parts[number:])


def _folded(path: str) -> str:
    """Return a path folded, with an ending that is written twice once, for Windows hides it."""
    *folders, name = map(folding.folded, path.split("/"))
    name = re.sub(r"(?<=.)(\.[a-z0-9]{1,5})\1$", r"\1", re.sub(r"-+(?=\.)", "", name))
    return "/".join((*folders, name))


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{_folded(folder)}/{folding.stem(name)}"


def renamed(found: Diagnostic, source: Source, similar: SimilarPaths, roots: Collection[str]) -> tuple[Edit, ...]:
    """Return the fix of an `evidence-missing` or `link-broken`; nothing where no one file was certainly meant."""
    span = _span(source, found)
    folder = posixpath.dirname(source.path)
    if span is None:
        return ()
    if found.code == "evidence-missing":
        written = source.text[span.start : span.end].strip("\"'")
        reference = evidence_reference(folder, written, roots)
        meant = None if reference is None or reference.root else similar.meant(reference.path)
        name = None if meant is None else _as_evidence(folder, written, meant, roots)
        return () if name is None or name == written else rewritten(source, span, name)
    written = source.text[span.start : span.end]
    if not _BEFORE_A_LINK.search(source.text[max(0, span.start - 20) : span.start]):
        return ()
    paths = {each.path for each in link_references(folder, written)}
    meant = folding.only(name for path in paths if (name := similar.meant(path)) is not None)
    name = None if meant is None else _as_link(folder, written, meant)
    return () if name is None or name == written else (Edit(source.path, span.start, span.end, name),)


def elsewhere(found: Iterable[Diagnostic], names: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics; those of a missing file suggest the one file of that name in another folder."""
    every = tuple(found)
    lost = [each for each in every if each.sentence == "evidence-missing" and each.suggestion is None]
    if not lost:
        return every
    by_name: dict[str, list[str]] = {}
    for path in names:
        by_name.setdefault(folding.folded(posixpath.basename(path)), []).append(path)

    def suggesting(each: Diagnostic) -> Diagnostic:
        values = dict(each.values)
        same = by_name.get(folding.folded(posixpath.basename(file_names.path_meant(values["file"]))), [])
        if len(same) != 1 or same[0] == values["place"]:  # a broken link of that name
            return each
        near = same[0].removeprefix(f"{posixpath.dirname(each.place.file)}/")
        from_portfolio = near != same[0] and near.startswith(FROM_PORTFOLIO)  # as it would be read
        return replace(each, suggestion=f"./{near}" if from_portfolio else near)

    of_lost = {id(each) for each in lost}
    return tuple(suggesting(each) if id(each) in of_lost else each for each in every)


def _span(source: Source, found: Diagnostic) -> Span | None:
    """Return the span of a diagnostic in its source's text."""
    line, column = found.place.line, found.place.column
    if line is None or column is None:
        return None
    start = 0
    for _ in range(line - 1):
        start = source.text.find("\n", start) + 1
    start += column - 1
    return Span(start, start + found.place.width)


def _as_evidence(folder: str, written: str, path: str, roots: Collection[str]) -> str | None:
    """Return how an evidence entry of a record in `folder` names the file at `path`, much as it was written."""
    reference = Reference("", path)
    forms = _forms(folder, file_names.path_meant(written), path)
    return next((form for form in forms if evidence_reference(folder, form, roots) == reference), None)


def _as_link(folder: str, written: str, path: str) -> str | None:
    """Return how a link of a text in `folder` names the file at `path`, much as it was written."""
    address, mark, rest = re.split(r"([?#]|$)", written, maxsplit=1)
    forms = (f"/{path}",) if written.startswith("/") else _forms(folder, file_names.path_meant(unquote(address)), path)
    for form in forms:
        encoded = re.sub(r"[^\w./\-~+@,;=!]", lambda match: quote(match[0]), form)
        if link_references(folder, encoded)[:1] == (Reference("", path),):
            return encoded + mark + rest
    return None


def _forms(folder: str, written: str, path: str) -> tuple[str, ...]:
    """Return the ways to write `path`, the one most like what was written first."""
    near = posixpath.relpath(path, folder or ".")
    from_portfolio = folding.folded(written.partition("/")[0]) in _TOP
    from_portfolio = from_portfolio or (near.startswith("../") and ".." not in written)
    return (path, near) if from_portfolio else (near, f"./{near}", path)
