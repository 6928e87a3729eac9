"""Finds the basis of a portfolio: its settings, its instrument, the folders of evidence outside it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Collection, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

from generator import disk, resources
from generator.disk import is_below
from generator.joining import history
from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.source import MAX_SOURCE_BYTES, Source, decode
from generator.model.instrument import Instrument
from generator.reading import instrument_file, settings
from generator.reading.problems import Located
from generator.reading.settings import HistoryDetail, Settings
from generator.reading.tree import Tree
from generator.typos.near_names import near


def basis(root: Path) -> tuple[Settings | None, Instrument | None, tuple[Diagnostic, ...]]:
    """Return only the settings and the instrument, as far as they are sound. Raises OSError as the disk does."""
    source = decode(settings.FILE, disk.file_content(root / settings.FILE, MAX_SOURCE_BYTES + 1))
    if isinstance(source, Diagnostic):
        return None, None, (source,)
    found, _language, problems = settings.read(source)
    if found is None:
        return None, None, problems
    written = instrument_sources(root, found)
    instrument, more = (
        (None, (written,)) if isinstance(written, Diagnostic) else instrument_file.read(written[0], written[1:])
    )
    return found, instrument, (*problems, *more)


def settings_of(tree: Tree) -> tuple[Settings | None, str, tuple[Diagnostic, ...]]:
    """Return the settings, the portfolio's language, and what is wrong with the settings."""
    if tree.settings is None:
        unreadable = any(each.place.file == settings.FILE for each in tree.unreadable)
        reported = unreadable or any(each.code == "settings-invalid" for each in tree.misplaced)
        return None, "id", () if reported else (settings.missing(),)
    return settings.read(tree.settings)


def names_used(found: Settings) -> Collection[str]:
    """Return the names beside the settings that these use for a theme or evidence root: they are not misplaced."""
    named = (found.theme.value, found.instrument.value, *(path.value for _, path in found.evidence_roots))
    roots = {name.text for name, _ in found.evidence_roots}  # a folder of that name is reported in the settings
    return roots | {os.path.normpath(path).replace("\\", "/").split("/")[0] for path in named}


def paths_beside(root: Path, found: Settings) -> tuple[str, ...]:
    """Return the paths that a portfolio depends on besides its texts and evidence."""
    named = (root / name.text for name, _ in found.evidence_roots)
    roots = (root / path.value for _, path in found.evidence_roots)
    commits = () if found.history.value is HistoryDetail.NOTHING else history.inputs(root)
    return (*(os.path.abspath(path) for path in (*named, *roots)), *commits)


def instrument_sources(
    root: Path, found: Settings, before: Callable[[str], object] = lambda _path: None
) -> tuple[Source, ...] | Diagnostic:
    """Return the text of the instrument that the settings name, and of those that it extends, the nearest first.

    Each is a shipped one or the unit's own. `before` is called with the path of a file before it is read.
    """
    sources: list[Source] = []
    named, origin = found.instrument, found.source
    while True:
        source = _instrument_source(root, named, origin, before)
        if isinstance(source, Diagnostic):
            return source
        if any(each.path == source.path for each in sources):
            return Diagnostic.error(
                "instrument-invalid", origin.place(named.span), variant="extends-itself", name=named.value
            )
        sources.append(source)
        base = instrument_file.extended(source)
        if base is None:
            return tuple(sources)
        named, origin = base, source


def _instrument_source(
    root: Path, named: Located[str], origin: Source, before: Callable[[str], object]
) -> Source | Diagnostic:
    """Return the text of an instrument by its id or path: from the portfolio, else from the file that names it."""
    name, shipped = named.value, resources.instruments()
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(origin.path), name))
    paths = {name: shipped.get(name, root / name), **({beside: root / beside} if name not in shipped else {})}
    for shown, path in paths.items():
        before(os.path.abspath(path))
        try:
            return decode(shown, disk.file_content(path, MAX_SOURCE_BYTES + 1))
        except disk.NoFile:
            return Diagnostic.error("encoding-invalid", Place(shown), variant="special")
        except (OSError, ValueError):
            continue
    known, suggestion = ", ".join(f"`{each}`" for each in shipped), near(name, shipped)
    return Diagnostic.error(
        "instrument-invalid",
        origin.place(named.span),
        variant="not-found",
        suggestion=suggestion,
        name=name,
        known=known,
    )


def evidence_roots(root: Path, found: Settings) -> tuple[Mapping[str, Path], tuple[Diagnostic, ...]]:
    """Return the existing evidence roots by name, and diagnostics of the others."""
    roots: dict[str, Path] = {}
    problems = []
    for name, path in found.evidence_roots:
        folder = root / path.value
        variant, span = "", path.span
        values: dict[str, Any] = {"name": name.text, "path": path.value}
        if _is_of_the_system(folder):
            variant = "root-system"
        elif not folder.is_dir():
            variant = "root-missing"
        elif (root / name.text).exists() and not folder.samefile(root / name.text):
            # Its files would be published under the same addresses as those of the portfolio's own folder of that name.
            variant, span = "root-taken", name.span
            values = {"name": name.text, "example": _free_root_name(root, found)}
        if variant:
            place = found.source.place(span)
            problems.append(Diagnostic.error("settings-invalid", place, variant=variant, **values))
        else:
            roots[name.text] = folder
    return roots, tuple(problems)


def _is_of_the_system(folder: Path) -> bool:
    """Whether a folder is one of the system, where reading a file may never end."""
    real = os.path.realpath(folder)
    return os.name == "posix" and any(is_below(real, each) for each in ("/proc", "/sys", "/dev"))


def _free_root_name(root: Path, found: Settings) -> str:
    """Return a name for an evidence root that neither another nor a folder of the portfolio has."""
    taken = {name.text.casefold() for name, _ in found.evidence_roots}
    names = chain(("scan",), (f"scan-{number}" for number in count(2)))
    return next(name for name in names if name not in taken and not (root / name).exists())
