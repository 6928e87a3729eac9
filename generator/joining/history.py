"""What git knows of a portfolio's texts: the day of the last change, and whose it was.

Git is asked once for all texts, and what it says hangs on the commit alone: whether a text has been changed since is
told by comparing it with what was committed. Where git says nothing, nothing is shown, and `refusal` says why.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator import disk
from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.printable import printable
from generator.messages.refusals import reason
from generator.messages.source import Source
from generator.model.portfolio import LastChange

SECONDS = 30
"""How long git may take: 10,000 records in 10,000 commits take it 2 seconds, in 50,000 commits 10 to 15."""


class GitProblem(StrEnum):
    """Why nothing is known: the variant of `history-unknown` that tells it."""

    NO_GIT = "no-git"
    NO_REPOSITORY = "no-repository"
    NO_COMMIT = "no-commit"
    SHALLOW = "shallow"
    OWNER = "owner"
    SLOW = "slow"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed a text: its author's day and name, and the id of the text as it was committed."""

    day: datetime.date
    author: str
    blob: str


@dataclass(frozen=True, slots=True)
class History:
    """The commits of each text of a portfolio, by its path there, the newest first."""

    commits: Mapping[str, Sequence[Commit]] = field(default_factory=dict)
    refusal: GitProblem | None = None
    reason: str = ""

    def of(self, source: Source) -> LastChange | None:
        """Return the last change of a text; None where git does not know it.

        That is the newest commit that left it as it stands: what a merge has discarded is newer and did not.
        """
        commits = self.commits.get(source.path) or self.commits.get(unicodedata.normalize("NFC", source.path)) or ()
        if not commits:
            return None
        by_id = {commit.blob: commit for commit in reversed(commits)}
        made = next((by_id[each] for each in _ids(source.text, like=commits[0].blob) if each in by_id), None)
        last = made or commits[0]
        return LastChange(last.day, last.author, edited=made is None)


def problem(history: History, place: Place) -> Diagnostic | None:
    """Return the warning that the history which was asked for at a place is not to be had."""
    if history.refusal is None:
        return None
    return Diagnostic.warning("history-unknown", place, variant=str(history.refusal), reason=history.reason)


def _ids(text: str, *, like: str) -> Iterator[str]:
    """Yield the ids that git may keep a text under: with either line ends, without a byte order mark or with one."""
    digest = hashlib.sha1 if len(like) == _SHA1_DIGITS else hashlib.sha256
    plain = text.encode("utf-8", "surrogateescape")
    for mark in (b"", _BOM):
        for form in (mark + plain, mark + plain.replace(b"\n", b"\r\n")):
            yield digest(b"blob %d\0" % len(form) + form, usedforsecurity=False).hexdigest()


_BOM = "\ufeff".encode()
_SHA1_DIGITS = 40


# Where the repository is, without asking git


@dataclass(frozen=True, slots=True)
class _Place:
    """A portfolio's place in a work tree: its top, the folder of its HEAD, and that of what work trees share."""

    top: Path
    own: Path
    common: Path


def _place(portfolio: Path) -> _Place | None:
    home = Path(os.path.realpath(portfolio))
    for top in (home, *home.parents):
        try:
            own = _git_folder(top)
        except (OSError, ValueError):
            return None
        if own is not None and own.is_dir():
            shared = _text(own / "commondir")
            return _Place(top, own, own / shared.strip() if shared else own)
    return None


def _git_folder(top: Path) -> Path | None:
    """Return the folder that `.git` is, or leads to as it does in a second work tree or a submodule."""
    git = top / ".git"
    if git.is_dir():
        return git
    if not git.is_file():
        return None
    return top / git.read_text("utf-8").removeprefix("gitdir:").strip()


def _text(path: Path) -> str:
    """Return a small file's text; nothing where there is none."""
    try:
        return disk.file_content(path).decode("utf-8", "surrogateescape")
    except OSError:
        return ""


def state(portfolio: Path) -> str:
    """Return a digest of all that a portfolio's history hangs on, in a millisecond or two and without starting git.

    As long as it is the same, `read` says the same. What was refused is better asked again: a program that was not
    there, or an owner that git did not trust, leaves no trace here.
    """
    place = _place(portfolio)
    if place is None:
        return str(GitProblem.NO_REPOSITORY)
    parts = (
        os.path.relpath(os.path.realpath(portfolio), place.top),
        _head(place),
        _text(place.top / ".mailmap"),
        str((place.common / "shallow").exists()),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _head(place: _Place) -> str:
    """Return what HEAD leads to: a commit's id, or all refs where they are kept in tables; nothing before a commit."""
    tables = _text(place.common / "reftable/tables.list")
    if tables:
        return tables + _text(place.own / "reftable/tables.list")
    here = _text(place.own / "HEAD").strip()
    for _step in range(_MOST_STEPS):
        name = here.removeprefix("ref:").strip()
        if name == here:
            return here
        here = (_text(place.own / name) or _text(place.common / name)).strip() or _packed(place, name)
    return here


_MOST_STEPS = 5


def inputs(portfolio: Path) -> tuple[str, ...]:
    """Return the files that `state` is told by: as long as the disk says the same of them, so does it."""
    place = _place(portfolio)
    if place is None:
        home = Path(os.path.realpath(portfolio))
        return tuple(os.fspath(folder / ".git") for folder in (home, *home.parents))
    named = [_text(place.own / "HEAD").strip()]
    while named[-1].startswith("ref:") and len(named) <= _MOST_STEPS:
        name = named[-1].removeprefix("ref:").strip()
        named += [name, (_text(place.own / name) or _text(place.common / name)).strip()]
    names = ("HEAD", "packed-refs", "shallow", "reftable/tables.list", *named[1::2])
    paths = (folder / name for folder in dict.fromkeys((place.own, place.common)) for name in names)
    return tuple(map(os.fspath, (place.top / ".git", place.top / ".mailmap", *paths)))


def _packed(place: _Place, name: str) -> str:
    packed = _text(place.common / "packed-refs").splitlines()
    return next((line.partition(" ")[0] for line in packed if line.endswith(f" {name}")), "")


# What git says

_ARGUMENTS = (
    "--no-pager",
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "mailmap.file="),  # names are mended by the repository's own .mailmap, and by no other
    *("-c", "mailmap.blob="),
    *("-c", "protocol.allow=never"),  # a partial clone shall not fetch what it lacks
    "log",
    "-z",
    "-c",  # what a merge itself changed is its own; what it brought in is not
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-relative",
    "--no-color",
    "--no-ext-diff",
    "--format=tformat:@%as %aN",
    "HEAD",
)


def read(portfolio: Path) -> History:
    """Ask git for the last commit of every text; whatever stands in the way is a `refusal`, never an exception."""
    place = _place(portfolio)
    if place is None:
        return History(refusal=GitProblem.NO_REPOSITORY)
    if (place.common / "shallow").exists():
        return History(refusal=GitProblem.SHALLOW)
    if not _head(place):
        return History(refusal=GitProblem.NO_COMMIT)
    prefix = Path(os.path.realpath(portfolio)).relative_to(place.top).as_posix()
    below = () if prefix == "." else ("--", ".")  # asking for one folder of a repository takes half as long again
    try:
        done = subprocess.run(
            ["git", *_ARGUMENTS, *below],
            cwd=portfolio,
            env=_environment(),
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except FileNotFoundError:
        return History(refusal=GitProblem.NO_GIT)
    except subprocess.TimeoutExpired:
        return History(refusal=GitProblem.SLOW)
    except OSError as error:
        return History(refusal=GitProblem.FAILED, reason=reason(error))
    if done.returncode:
        return _refused(done.stderr.decode("utf-8", "replace"))
    return History(_by_path(done.stdout, "" if prefix == "." else f"{prefix}/"))


def _environment() -> Mapping[str, str]:
    """Return an environment in which git finds the repository by the folder alone, asks nobody and speaks English."""
    local = ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR")
    more = ("NAMESPACE", "PREFIX", "SHALLOW_FILE", "REPLACE_REF_BASE", "CONFIG", "CONFIG_PARAMETERS", "TRACE", "TRACE2")
    dropped = {f"GIT_{name}" for name in (*local, *more)}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in dropped}
    return {
        **kept,
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _refused(told: str) -> History:
    if "dubious ownership" in told or "unsafe repository" in told:
        return History(refusal=GitProblem.OWNER)
    if "not a git repository" in told:
        return History(refusal=GitProblem.NO_REPOSITORY)
    lines = [line for line in told.splitlines() if line.strip()]
    return History(refusal=GitProblem.FAILED, reason=printable(lines[-1]) if lines else "")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one commit did to one path: the ids of its text before and after, nothing where there was or is none."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Told:
    """One commit: its author's day and name, and what it did; no day where no calendar has it."""

    day: datetime.date | None
    author: str
    entries: tuple[_Entry, ...]


def _by_path(output: bytes, prefix: str) -> Mapping[str, Sequence[Commit]]:
    """Return the commits of each text below a folder, the newest first, from what `git log --raw` tells in that order.

    A text that was only moved was changed when it was written. Names are followed by the id of the text, to the letter:
    looking for likeness would take time and be a guess.
    """
    found: dict[str, list[Commit]] = {}
    moves: dict[str, Commit] = {}
    names: dict[str, str] = {}  # by the name that a text had then, the one it has now
    for told in _commits(output):
        gone: dict[str, list[str]] = {}
        for each in told.entries:
            if not each.after:
                gone.setdefault(each.before, []).append(each.path)
        earlier: dict[str, str] = {}
        for each in told.entries:
            now = names.get(each.path, each.path)
            if not each.after or told.day is None:
                continue
            commit = Commit(told.day, told.author, each.after)
            if not each.before and gone.get(each.after):
                earlier[gone[each.after].pop(0)] = now
                moves[now] = commit
            else:
                found.setdefault(now, []).append(commit)
        names |= earlier
    every = {path: found.get(path) or [moves[path]] for path in found.keys() | moves.keys()}
    return {path.removeprefix(prefix): tuple(every[path]) for path in sorted(every) if path.startswith(prefix)}


def _commits(output: bytes) -> Iterator[_Told]:
    parts = iter(output.split(b"\0"))
    day: datetime.date | None = None
    author = ""
    entries: list[_Entry] = []
    for part in parts:
        told = part.lstrip(b"\n").decode("utf-8", "surrogateescape")
        if told.startswith("@"):
            yield _Told(day, author, tuple(entries))
            day, author, entries = *_head_of(told), []
        elif told.startswith(":"):
            path = next(parts).decode("utf-8", "surrogateescape")
            if path.casefold().endswith(".md"):
                entries.append(_entry(told, path))
    yield _Told(day, author, tuple(entries))


def _head_of(told: str) -> tuple[datetime.date | None, str]:
    day, _, author = told.removeprefix("@").partition(" ")
    name = printable(author).strip()
    try:
        return datetime.date.fromisoformat(day), name
    except ValueError:
        return None, name


def _entry(told: str, path: str) -> _Entry:
    """Read `:mode mode before after status`; a merge has a colon, a mode and an id for each of its parents."""
    parents = len(told) - len(told.lstrip(":"))
    words = told.lstrip(":").split(" ")
    ids = [word if word.strip("0") else "" for word in words[parents + 1 : -1]]
    return _Entry(path, ids[0], ids[-1])
