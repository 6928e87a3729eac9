"""The results of the last build and check of a portfolio, valid while nothing they depend on has changed.

Nothing heavy is imported here, for a command asks this first.
"""

from __future__ import annotations

import datetime
import os
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.disk import Identity
from generator.incremental import build_stamp
from generator.incremental.build_stamp import BuildStamp
from generator.incremental.store import Store, place

if TYPE_CHECKING:
    from generator.build.explanation import Explanation
    from generator.build.outcome import Outcome
    from generator.messages.diagnostics import Diagnostic


class BuildResult(NamedTuple):
    """The numbers of files and warnings of a build, and its documents without a preview. With errors there is no file.

    `diagnostics` and `outcome` are those of a build that ran and wrote a site; one that had nothing to do has none.
    `explanation` says why something was done again, where that was asked for.
    """

    files: int
    warnings: int
    without_preview: tuple[Diagnostic, ...]
    language: str
    diagnostics: tuple[Diagnostic, ...] = ()
    outcome: Outcome | None = None
    explanation: Explanation | None = None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors, which stopped the build."""
        from generator.messages.diagnostics import Severity

        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)


def last_build(root: Path, out: Path, on: datetime.date) -> BuildResult | None:
    """Return the result of the last build into a folder if it would be the same now; None where it might not."""
    with Store(place(root)) as store:
        known = build_stamp.unchanged(store, build_stamp.build_name(root, out), build_stamp.facts(on))
    unseen = None if known is None else _diagnostics(known["without preview"])
    if known is None or unseen is None:
        return None
    return BuildResult(int(str(known["files"])), int(str(known["warnings"])), unseen, str(known["language"]))


def unchanged_inputs(root: Path, out: Path, on: datetime.date) -> str | None:
    """Return a digest of all that the last build into a folder depends on if it would be the same now; else None."""
    with Store(place(root)) as store:
        name = build_stamp.build_name(root, out)
        known = build_stamp.unchanged(store, name, build_stamp.facts(on))
        return None if known is None else build_stamp.inputs_digest(store, name)


def note_build(
    store: Store,
    root: Path,
    out: Path,
    on: datetime.date,
    result: BuildResult,
    *,
    inputs: Mapping[str, Identity | None],
    written: Iterable[str],
    begun: int,
) -> None:
    """Keep the result of a build and what it depends on; `begun` is when it first read the disk (ns since 1970)."""
    real = os.path.realpath(out)
    paths = tuple(written)
    folders = {""}  # their times show files that others added
    for path in paths:
        while (path := posixpath.dirname(path)) not in folders:
            folders.add(path)
    stamp = BuildStamp(
        facts=build_stamp.facts(on),
        inputs=inputs,
        outputs=tuple(f"{real}{os.sep}{path}" for path in (*paths, *sorted(folders))),
        result={
            "files": result.files,
            "warnings": result.warnings,
            "without preview": _plain(result.without_preview),
            "language": result.language,
        },
    )
    build_stamp.note(store, build_stamp.build_name(root, out), stamp, begun=begun, touched=str(Path(real).parent))


def last_check(root: Path, on: datetime.date) -> tuple[Sequence[Diagnostic], str] | None:
    """Return the diagnostics of the last check and the portfolio's language, if they would be the same now."""
    with Store(place(root)) as store:
        known = build_stamp.unchanged(store, build_stamp.check_name(root), build_stamp.facts(on))
    found = None if known is None else _diagnostics(known["found"])
    return None if known is None or found is None else (found, str(known["language"]))


def note_check(
    store: Store,
    root: Path,
    on: datetime.date,
    found: Sequence[Diagnostic],
    language: str,
    *,
    inputs: Mapping[str, Identity | None],
    begun: int,
) -> None:
    """Keep the diagnostics of a check and what it depends on; `begun` as for `note_build`."""
    result = {"found": _plain(found), "language": language}
    stamp = BuildStamp(build_stamp.facts(on), inputs, (), result)
    build_stamp.note(store, build_stamp.check_name(root), stamp, begun=begun)


def _plain(found: Sequence[Diagnostic]) -> list[object]:
    from generator.messages.diagnostics import as_plain

    return as_plain(found)


def _diagnostics(rows: object) -> tuple[Diagnostic, ...] | None:
    """Return the diagnostics in rows of `_plain`; None for any other value."""
    if rows == []:
        return ()
    from generator.messages.diagnostics import from_plain

    return from_plain(rows)
