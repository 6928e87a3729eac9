"""Files and folders named by what somebody types, pastes or drags into a terminal."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.reading.tree import is_junk, is_text


def possible_paths(written: str) -> Iterator[tuple[str, ...]]:
    """Yield the paths that one line may name, likeliest first: one as it stands, in quotes, as an address, or several.

    Terminals paste a dragged file in quotes, with a backslash before each space, as file://…, or after `& `.
    """
    text = re.sub(r"^&\s+", "", written.strip().strip("\ufeff\u200e\u200f\u202a\u202c"))
    if not text:
        return
    yield (_from_address(text),)
    if (bare := _QUOTED.fullmatch(text)) and bare[1] == _OPENED.get(bare[3], bare[3]):
        yield (_from_address(bare[2].strip()),)
    quoted = [_from_address(match[1] or match[2] or match[3]) for match in _PIECES.finditer(text)]
    yield tuple(quoted)
    try:
        yield tuple(map(_from_address, shlex.split(text)))
    except ValueError:
        return


_OPENED = {"’": "‘", "”": "“"}
_QUOTED = re.compile(r"""(["'“‘])([^"'“”‘’]*)(["'”’])""")
_PIECES = re.compile(r""""([^"]+)"|'([^']+)'|(\S+)""")


def _from_address(written: str) -> str:
    """Return a path; one written as an address (file:///C:/Users/a%20b.pdf) as a path."""
    if not written.casefold().startswith("file:"):
        return written
    parts = urlsplit(written)
    path = unquote(parts.path)
    if re.match(r"/[A-Za-z]:", path):
        return path[1:]
    return f"//{parts.netloc}{path}" if parts.netloc not in {"", "localhost"} else path


def existing_paths(written: str) -> tuple[Path, ...]:
    """Return the files and folders that one line names; nothing where any of them does not exist."""
    for written_paths in possible_paths(written):
        paths = tuple(Path(os.path.expanduser(each)) for each in written_paths)  # noqa: PTH111 - Path refuses `~$sk.docx`
        if paths and all(_exists(path) for path in paths):
            return paths
    return ()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with characters no path has
        return False


def named_paths(written: str, root: Path) -> tuple[Path, ...]:
    """Return the files and folders that were named; none for a blank line. Raises Refused, also for own folders.

    `root` is the folder of the portfolio.
    """
    if not written.strip():
        return ()
    paths = existing_paths(written)
    if not paths:
        raise Refused(_("There is no file or folder {name}.").format(name=printable(written.strip())))
    for path in paths:
        if path.is_dir():
            _refuse_own(root, path)
    return paths


def _refuse_own(root: Path, folder: Path) -> None:
    """Raise Refused where a folder is the portfolio, contains it, or holds records of it."""
    own, named = root.resolve(), folder.resolve()
    if own.is_relative_to(named):
        sentence = _(
            "{name} is the folder of this portfolio, or one that holds it. "
            "Name a folder with nothing but the documents of the record, or the documents one by one."
        )
    elif named.is_relative_to(own / "records") and any(is_text(file.name) for file in files_in(named)):
        sentence = _(
            "{name} holds records of this portfolio. "
            "Name a folder with nothing but the documents of the record, or the documents one by one."
        )
    else:
        return
    raise Refused(sentence.format(name=printable(str(folder))))


MOST_FILES = 1000
"""Limit of the files of one folder: more are a whole archive, named by mistake."""


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return all files in and below a folder, in the order of their names; links to folders are not followed.

    Raises Refused where there are more than `MOST_FILES`; no more than these are listed.
    """
    found: list[Path] = []
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_junk(name))
        found += [Path(above) / name for name in sorted(names, key=str.casefold)]
        if len(found) > MOST_FILES:
            sentence = _(
                "{name} holds more than {count} files. Name a folder with nothing but the documents of one activity."
            )
            raise Refused(sentence.format(name=printable(str(folder)), count=MOST_FILES))
    return tuple(found)


def expanded(paths: Iterable[Path]) -> list[Path]:
    """Return files, with those in and below a folder in its place. Raises Refused where a folder has too many."""
    return [file for path in paths for file in (files_in(path) if path.is_dir() else (path,))]
