"""Refuses folders that a site must not be written to: the portfolio, its sources, and what is not a site of ours."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.disk import file_content
from generator.exchange.checksums import read_checksums
from generator.exchange.readiness_json import SCHEMA
from generator.model.addresses import READINESS, ROLLUP, SIGNATURE, SUMS
from generator.output import trees
from generator.output.trees import TreeContents

ROLLUP_SCHEMA = "catat.rollup/1"
_OWN_FOLDERS = ("records", "assessment", "findings", "pages", "evidence", "instruments")


class OutputRefused(Exception):
    """A folder must not be written to; `reason` is a key of the command's wording, `name` the path it concerns.

    `unit` is the unit of the other portfolio whose site the folder holds, or the place in the way, where that is why.
    """

    def __init__(self, reason: str, name: str, *, unit: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.unit = reason, name, unit


def ensure_allowed(out: Path, portfolio: Path) -> None:
    """Raise OutputRefused where `out` is the portfolio or another source, or holds one, or is no site of Catat's.

    A file that was laid into a site is found by `staging`. Raises OSError (EXDEV) where `out` is a mount point, which
    no other folder can take the place of.
    """
    ensure_apart(out, portfolio)
    real = _folder_at(out)
    if real is not None and not _is_site(real):
        ensure_ours(out, trees.read(os.fspath(real)), frozenset())


def ensure_ours(out: Path, tree: TreeContents, listed: Collection[str]) -> None:
    """Raise OutputRefused where a tree in an output folder holds what is not listed, and so is not Catat's."""
    foreign = min((path for path in (*tree.inodes, *tree.others) if path not in listed), default=None)
    if foreign is not None:
        raise OutputRefused("not-ours", str(Path(out) / foreign))


def ensure_apart(out: Path, portfolio: Path, *, sources: Iterable[Path] = ()) -> None:
    """Raise OutputRefused where `out` is the portfolio or another source, or holds one or lies in it."""
    real, home = Path(os.path.realpath(out)), Path(os.path.realpath(portfolio))
    own = [home / name for name in _OWN_FOLDERS]
    if real == home or real in home.parents or any(each in {real, *real.parents} for each in own):
        raise OutputRefused("portfolio", str(out))
    for source in (Path(os.path.realpath(each)) for each in sources):
        if real == source or real in source.parents or source in real.parents:
            raise OutputRefused("portfolio", str(out))


def ensure_rollup(out: Path) -> None:
    """Raise OutputRefused where `out` is no folder, or holds what is not the site of a roll-up.

    Raises OSError (EXDEV) where it is a mount point.
    """
    real = _folder_at(out)
    if real is None:
        return
    if _is_site(real):
        raise OutputRefused("site", str(out))
    if not _has(real, ROLLUP, ROLLUP_SCHEMA):
        ensure_ours(out, trees.read(os.fspath(real)), frozenset())


def _folder_at(out: Path) -> Path | None:
    """Return the real folder of an output; None where there is nothing yet. Raises OutputRefused, OSError."""
    real = Path(os.path.realpath(out))
    if not real.exists():
        return None
    if os.path.ismount(real):
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(out))
    if not real.is_dir():
        raise OutputRefused("file", str(out))
    return real


def _is_site(folder: Path) -> bool:
    """Whether a folder holds the site of a portfolio."""
    return _has(folder, READINESS, SCHEMA)


def _has(folder: Path, name: str, schema: str) -> bool:
    """Whether a folder holds a site of ours with data of a schema in the file of a name.

    A SHA256SUMS alone says nothing, for anybody may keep one with scans.
    """
    try:
        found = msgspec.json.decode(file_content(folder / name), type=_Data)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return False
    return found.schema == schema and (folder / SUMS).is_file()


class _Data(Struct, frozen=True):
    schema: str


def listed_files(folder: Path) -> frozenset[str]:
    """Return the files of the site in a folder, by its SHA256SUMS; nothing where there is no site of ours."""
    try:
        ours = _is_site(folder) or _has(folder, ROLLUP, ROLLUP_SCHEMA)
        listed = read_checksums(file_content(folder / SUMS)) if ours else {}
    except OSError:
        return frozenset()
    return frozenset({*listed, SUMS, SIGNATURE}) if listed else frozenset()
