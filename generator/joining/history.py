"""The last change of each text of a portfolio, from git: its day and its author.

Git is run once for all texts, and its answer depends on the commit alone: whether a text has changed since is found by
comparing it with the committed one. Where git gives no answer nothing is shown, and `refusal` has the reason.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from generator import disk
from generator.messages.diagnostics import Diagnostic, Place
from generator.messages.printable import printable
from generator.messages.refusals import reason
from generator.messages.source import Source
from generator.model.portfolio import LastChange

SECONDS = 30
"""How long git may take: 10,000 records in 10,000 commits take it 2 seconds, in 50,000 commits 10 to 15."""


class GitProblem(StrEnum):
    """Why there is no history: the variant of `history-unknown`."""

    NO_GIT = "no-git"
    NO_REPOSITORY = "no-repository"
    NO_COMMIT = "no-commit"
    SHALLOW = "shallow"
    OWNER = "owner"
    SLOW = "slow"
    FAILED = "failed"


class Commit(Struct, frozen=True):
    """A commit that changed a text: its author's day and name, and the id of the text as it was committed."""

    day: datetime.date
    author: str
    blob: str


class History(Struct, frozen=True):
    """The commits of each text of a portfolio, by its path there, the newest first."""

    commits: Mapping[str, Sequence[Commit]] = field(default_factory=dict)
    refusal: GitProblem | None = None
    reason: str = ""

    def commits_of(self, path: str) -> Sequence[Commit]:
        """Return the commits of a text, the newest first; git may have its name composed."""
        return self.commits.get(path) or self.commits.get(unicodedata.normalize("NFC", path)) or ()

    def of(self, source: Source) -> LastChange | None:
        """Return the last change of a text; None where git does not know it.

        That is the newest commit with its present content: commits that a merge discarded may be newer.
        """
        commits = self.commits_of(source.path)
        if not commits:
            return None
        by_id = {commit.blob: commit for commit in reversed(commits)}
        same = next((by_id[each] for each in _ids(source.text, like=commits[0].blob) if each in by_id), None)
        last = same or commits[0]
        return LastChange(last.day, last.author, edited=same is None)


def problem(history: History, place: Place) -> Diagnostic | None:
    """Return the warning that there is no history, at the place in the settings that asks for one."""
    if history.refusal is None:
        return None
    return Diagnostic.warning("history-unknown", place, variant=str(history.refusal), reason=history.reason)


def _ids(text: str, *, like: str) -> Iterator[str]:
    """Yield the ids that a text may have in git: with either line ending, with and without a byte order mark."""
    digest = hashlib.sha1 if len(like) == _SHA1_DIGITS else hashlib.sha256
    plain = text.encode("utf-8", "surrogateescape")
    for mark in (b"", _BOM):
        for form in (mark + plain, mark + plain.replace(b"\n", b"\r\n")):
            yield digest(b"blob %d\0" % len(form) + form, usedforsecurity=False).hexdigest()


_BOM = "\ufeff".encode()
_SHA1_DIGITS = 40


# The place of the repository, found without git


class _Place(Struct, frozen=True):
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
    """Return the folder `.git`, or the one that it names in a second work tree or a submodule."""
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
    """Return a digest of all that a portfolio's history depends on, in a millisecond or two and without starting git.

    As long as it is the same, `read` returns the same. A refusal should not be relied on: that git was not installed,
    or did not trust the owner, leaves no trace here.
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
    """Return the commit's id that HEAD leads to, or all refs where they are in tables; empty before a commit."""
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
    """Return the files that `state` reads: while they do not change, its result does not."""
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


# The output of git

_ARGUMENTS = (
    "--no-pager",
    *("-c", "log.showRoot=true"),
    *("-c", "log.showSignature=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "mailmap.file="),  # names are corrected by the repository's own .mailmap alone
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
    """Return the last commit of every text, from git; any obstacle is a `refusal`, never an exception."""
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
    """Return an environment in which git finds the repository by its folder, never prompts and answers in English."""
    local = ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "ALTERNATE_OBJECT_DIRECTORIES", "COMMON_DIR")
    more = ("NAMESPACE", "PREFIX", "SHALLOW_FILE", "REPLACE_REF_BASE", "CONFIG", "CONFIG_PARAMETERS", "TRACE", "TRACE2")
    dropped = {f"GIT_{name}" for name in (*local, *more)}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in dropped}
    return {
        **inherited,
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _refused(message: str) -> History:
    if "dubious ownership" in message or "unsafe repository" in message:
        return History(refusal=GitProblem.OWNER)
    if "not a git repository" in message:
        return History(refusal=GitProblem.NO_REPOSITORY)
    lines = [line for line in message.splitlines() if line.strip()]
    return History(refusal=GitProblem.FAILED, reason=printable(lines[-1]) if lines else "")


class _PathChange(Struct, frozen=True):
    """The change of one path by one commit: the ids of its text before and after, empty where there is none."""

    path: str
    before: str
    after: str


class _LoggedCommit(Struct, frozen=True):
    """One commit: its author's day and name, and its changes; no day where the date is not valid."""

    day: datetime.date | None
    author: str
    changes: tuple[_PathChange, ...]


def _by_path(output: bytes, prefix: str) -> Mapping[str, Sequence[Commit]]:
    """Return the commits of each text below a folder, the newest first, from the output of `git log --raw`.

    Moving a text does not count as a change. Names are followed by the id of the text, so only an exact move is found:
    searching for similar texts would take time and be a guess.
    """
    found: dict[str, list[Commit]] = {}
    moves: dict[str, Commit] = {}
    names: dict[str, str] = {}  # by the name that a text had then, the one it has now
    for commit in _commits(output):
        gone: dict[str, list[str]] = {}
        for each in commit.changes:
            if not each.after:
                gone.setdefault(each.before, []).append(each.path)
        earlier: dict[str, str] = {}
        for each in commit.changes:
            now = names.get(each.path, each.path)
            if not each.after or commit.day is None:
                continue
            change = Commit(commit.day, commit.author, each.after)
            if not each.before and gone.get(each.after):
                earlier[gone[each.after].pop(0)] = now
                moves[now] = change
            else:
                found.setdefault(now, []).append(change)
        names |= earlier
    every = {path: found.get(path) or [moves[path]] for path in found.keys() | moves.keys()}
    return {path.removeprefix(prefix): tuple(every[path]) for path in sorted(every) if path.startswith(prefix)}


def _commits(output: bytes) -> Iterator[_LoggedCommit]:
    parts = iter(output.split(b"\0"))
    day: datetime.date | None = None
    author = ""
    changes: list[_PathChange] = []
    for part in parts:
        line = part.lstrip(b"\n").decode("utf-8", "surrogateescape")
        if line.startswith("@"):
            yield _LoggedCommit(day, author, tuple(changes))
            day, author, changes = *_head_of(line), []
        elif line.startswith(":"):
            path = next(parts).decode("utf-8", "surrogateescape")
            if path.casefold().endswith(".md"):
                changes.append(_path_change(line, path))
    yield _LoggedCommit(day, author, tuple(changes))


def _head_of(line: str) -> tuple[datetime.date | None, str]:
    day, _, author = line.removeprefix("@").partition(" ")
    name = printable(author).strip()
    try:
        return datetime.date.fromisoformat(day), name
    except ValueError:
        return None, name


def _path_change(line: str, path: str) -> _PathChange:
    """Read `:mode mode before after status`; a merge has a colon, a mode and an id for each of its parents."""
    parents = len(line) - len(line.lstrip(":"))
    words = line.lstrip(":").split(" ")
    ids = [word if word.strip("0") else "" for word in words[parents + 1 : -1]]
    return _PathChange(path, ids[0], ids[-1])
