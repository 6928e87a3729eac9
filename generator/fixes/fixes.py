"""Mends what is mended beyond doubt: changes that were tried in memory first, shown, and made file by file.

A change is offered only where reading the whole portfolio with it no longer tells its mistake and tells nothing new
instead. What a mistake had kept from being read may be told then, but not of a line that was changed.
"""

from __future__ import annotations

import datetime
import difflib
import errno
import os
import re
import shutil
import stat
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import disk
from generator.build import pipeline
from generator.build.pipeline import Outcome, Progress
from generator.incremental.memo import Memo
from generator.joining.evidence_files import Found
from generator.messages.diagnostics import Diagnostic, Edit, Severity, printable
from generator.messages.source import Source, decode
from generator.reading.tree import SETTINGS, TEXT_FOLDERS, Tree
from generator.typos.similar_paths import SimilarPaths, renamed

Texts = Mapping[str, bytes]

_ROUNDS = 8
"""Mending a key lets its value be read, which may have a mistake of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after, and how many mistakes that mends."""

    path: str
    before: bytes
    after: bytes
    mended: int

    @property
    def converted(self) -> bool:
        """Whether the file was in another encoding and becomes UTF-8 as a whole."""
        return self.before.startswith(_UTF_16)


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def plan(root: Path, *, on: datetime.date, progress: Progress = pipeline.silent) -> tuple[Change, ...]:
    """Return the changes that mend what is certain. Raises OSError where the folder itself cannot be read."""
    desk = _FixSession(root, on, progress)
    texts: dict[str, bytes] = {}
    first = outcome = desk.read(texts)
    mended: list[Diagnostic] = []
    refused: set[Diagnostic] = set()
    for _ in range(_ROUNDS):
        offered = [each for each in desk.offered(outcome, texts) if each not in refused]
        chosen = _most(offered, lambda some: desk.tried(outcome, texts, some))  # noqa: B023 - asked within this round
        refused |= set(offered) - set(chosen)
        if not chosen:
            break
        texts = desk.applied(texts, chosen)
        outcome = desk.read(texts)
        mended += chosen
    texts = desk.without_harm(first, texts, mended)
    counts = Counter(each.place.file for each in mended)
    return tuple(Change(path, desk.originals[path], texts[path], counts[path]) for path in sorted(texts))


Judge = Callable[[Sequence[Diagnostic]], "_Decision"]


@dataclass(frozen=True, slots=True)
class _Decision:
    """What became of a trial: whether it did harm, which remedies did it, and whether that is known for certain."""

    harmful: bool
    guilty: frozenset[Diagnostic] = frozenset()
    certain: bool = False


def _most(items: Sequence[Diagnostic], judge: Judge) -> list[Diagnostic]:
    """Return as many of the items as do no harm together: all, or all but the guilty; by halves where none is known."""
    kept: list[Diagnostic] = []
    pending = [list(items)]
    while pending:
        part = pending.pop()
        verdict = judge([*kept, *part]) if part else _Decision(harmful=False)
        guilty = [each for each in part if each in verdict.guilty]
        innocent = [each for each in part if each not in verdict.guilty]
        if not verdict.harmful:
            kept += part
        elif guilty and verdict.certain:
            pending.append(innocent)
        elif guilty and innocent:
            pending += [guilty, innocent]
        elif len(part) > 1:
            pending += [part[len(part) // 2 :], part[: len(part) // 2]]
    return kept


@dataclass(slots=True)
class _FixSession:
    """Reads the portfolio as it would be with other texts; `originals` are the bytes of the files to be mended."""

    root: Path
    on: datetime.date
    progress: Progress
    originals: dict[str, bytes] = field(default_factory=dict)
    _memo: Memo = field(default_factory=Memo)
    _sources: dict[str, Source] = field(default_factory=dict)
    _decoded: dict[str, tuple[bytes, Source | Diagnostic]] = field(default_factory=dict)

    def read(self, texts: Texts) -> Outcome:
        """Read the portfolio with these texts in the place of those on disk."""

        def as_if(tree: Tree) -> Tree:
            tree = _with_texts(tree, {path: self._decode(path, content) for path, content in texts.items()})
            self._sources = {each.path: each for each in (*tree.texts, *((tree.settings,) if tree.settings else ()))}
            return tree

        return pipeline.read(self.root, on=self.on, memo=self._memo, progress=self.progress, as_if=as_if)

    def _decode(self, path: str, content: bytes) -> Source | Diagnostic:
        """Return a text; the same object for the same bytes, by which the memo knows it."""
        kept = self._decoded.get(path)
        if kept is None or kept[0] != content:
            kept = self._decoded[path] = (content, decode(path, content))
        return kept[1]

    def offered(self, outcome: Outcome, texts: Texts) -> list[Diagnostic]:
        """Return the diagnostics with a remedy that may be applied now; of remedies that overlap only the first."""
        lookalikes = _lookalikes(outcome, self._sources)
        roots = [name.text for name, _ in outcome.settings.evidence_roots] if outcome.settings else []
        taken: list[Edit] = []
        offered = []
        for found in outcome.diagnostics:
            remedy = found.remedy
            source = self._sources.get(found.place.file)
            if not remedy and source is not None and found.code in {"evidence-missing", "link-broken"}:
                remedy = renamed(found, source, lookalikes, roots)
            fits = all(edit in taken or not any(_overlap(edit, other) for other in taken) for edit in remedy)
            if remedy and fits and all(self._is_ours(edit.file, texts) for edit in remedy):
                taken += remedy
                offered.append(replace(found, remedy=remedy))
        return offered

    def _is_ours(self, path: str, texts: Texts) -> bool:
        """Whether a file may be changed: a text in the portfolio, no link, and still as it was read."""
        if path in texts:
            return True
        target = self.root / path
        real, named = os.path.realpath(target), os.path.join(os.path.realpath(self.root), *path.split("/"))
        inside = os.path.normcase(real) == os.path.normcase(named)
        if not inside or (path != SETTINGS and path.partition("/")[0] not in TEXT_FOLDERS):
            return False
        try:
            content = disk.file_content(target)
        except OSError:
            return False
        made = decode(path, content)
        if isinstance(made, Source) and made != self._sources.get(path):
            return False
        self.originals[path] = content
        return True

    def applied(self, texts: Texts, chosen: Iterable[Diagnostic]) -> dict[str, bytes]:
        """Return the texts with the remedies of the chosen diagnostics."""
        edits: dict[str, dict[Edit, None]] = {}
        for edit in (edit for each in chosen for edit in each.remedy):
            edits.setdefault(edit.file, {})[edit] = None
        made = {path: apply(texts.get(path, self.originals[path]), some) for path, some in edits.items()}
        return {**texts, **made}

    def tried(self, before: Outcome, texts: Texts, chosen: Sequence[Diagnostic]) -> _Decision:
        """Try remedies together: each has to mend what it is for, and to do no harm that a next round cannot mend."""
        changed = self.applied(texts, chosen)
        after = self.read(changed)
        touched = {each.file for one in chosen for each in one.remedy}
        lines = {path: _changed_lines(texts.get(path, self.originals[path]), changed[path]) for path in touched}
        harm = _harm(before, after, chosen, lines)
        if harm:
            mendable = set(self.offered(after, changed))
            harm = [each for each in harm if each not in mendable]
        left = _left(before, after, chosen)
        return _Decision(bool(harm or left), *_guilty(chosen, left, harm))

    def without_harm(self, first: Outcome, texts: dict[str, bytes], mended: Sequence[Diagnostic]) -> dict[str, bytes]:
        """Return the texts without the files whose changes, all in all, made something worse."""
        while texts:
            outcome = self.read(texts)
            lines = {path: _changed_lines(self.originals[path], made) for path, made in texts.items()}
            harm = _harm(first, outcome, mended, lines)
            if not harm:
                break
            guilty = {each.place.file for each in harm} & texts.keys() or set(texts)
            texts = {path: made for path, made in texts.items() if path not in guilty}
        return texts


def _with_texts(tree: Tree, made: Mapping[str, Source | Diagnostic]) -> Tree:
    sources = {each.path: each for each in tree.texts if each.path not in made}
    sources |= {path: each for path, each in made.items() if isinstance(each, Source) and path != SETTINGS}
    ordered = sorted(sources.values(), key=lambda each: (TEXT_FOLDERS.index(each.path.partition("/")[0]), each.path))
    settings = made.get(SETTINGS, tree.settings)
    unreadable = [each for each in tree.unreadable if each.place.file not in made]
    unreadable += [each for each in made.values() if isinstance(each, Diagnostic)]
    return replace(
        tree,
        settings=settings if isinstance(settings, Source) else None,
        texts=tuple(ordered),
        unreadable=tuple(unreadable),
    )


def _lookalikes(outcome: Outcome, texts: Iterable[str]) -> SimilarPaths:
    taken = frozenset(each.reference.path for each in outcome.files.values() if isinstance(each, Found))
    missing = (reference.path for reference, each in outcome.files.items() if not isinstance(each, Found))
    return SimilarPaths((*outcome.other_files, *texts), taken=taken, missing=missing)


def _overlap(one: Edit, other: Edit) -> bool:
    if one.file != other.file:
        return False
    if one.end is None or other.end is None:
        return True
    return (one.start < other.end and other.start < one.end) or one.start == other.start


# What a change does to the diagnostics

_OF_LAYOUT = ("key-", "field-", "front-matter-", "settings-")
_OF_WHAT_IS_READ = ("answer-unsupported", "ratio-empty", "evidence-untyped")
"""What is told only of answers and documents that are understood, and not of how they are written."""
_HIDES_ALL = ("encoding-invalid", "front-matter-missing", "front-matter-syntax", "key-unknown", "settings-invalid")


def _identity(found: Diagnostic) -> tuple[object, ...]:
    """Return what makes a mistake the same one before and after a change: not its line, which may move."""
    return found.code, found.sentence, found.place.file, found.values


def _left(before: Outcome, after: Outcome, chosen: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return those of the mistakes that are still told."""
    was, now = (Counter(map(_identity, each.diagnostics)) for each in (before, after))
    meant = Counter(map(_identity, chosen))
    return [each for each in chosen if now[_identity(each)] > was[_identity(each)] - meant[_identity(each)]]


def _guilty(
    chosen: Sequence[Diagnostic], left: Iterable[Diagnostic], harm: Iterable[Diagnostic]
) -> tuple[frozenset[Diagnostic], bool]:
    """Return the remedies that did nothing or harm, and whether that is laid to them by their line, not by the file."""
    by_line, by_file = set(left), set[Diagnostic]()
    for each in harm:
        there = [one for one in chosen if one.place.file == each.place.file]
        same = [one for one in there if one.place.line == each.place.line]
        by_line.update(same)
        by_file.update(there if not same else ())
    return frozenset(by_line or by_file), bool(by_line)


def _harm(
    before: Outcome, after: Outcome, mended: Iterable[Diagnostic], lines: Mapping[str, Mapping[int, bool]]
) -> list[Diagnostic]:
    """Return what is told anew and was not merely hidden by what was mended."""
    was, now = (Counter(map(_identity, each.diagnostics)) for each in (before, after))
    surplus = now - was
    hidden = {each.place.file for each in mended if each.code in _HIDES_ALL}
    # Of a record with such a mistake no warnings are told; a file that is missing leaves its record standing.
    invalid_readings = hidden | {each.place.file for each in mended if not each.code.startswith("evidence-")}

    def excused(found: Diagnostic) -> bool:
        file = found.place.file
        of_the_whole = found.place.line == 1 and file != SETTINGS  # a fence stands there, and nothing that is read
        only_spaced = lines.get(file, {}).get(found.place.line or 0)
        if found.code in _OF_WHAT_IS_READ:
            return True
        if only_spaced is not None and not of_the_whole:
            # Of a line that was only spaced otherwise what it says is still what was written there.
            return only_spaced and file in hidden and not found.code.startswith(_OF_LAYOUT)
        if before.readiness is None or file in hidden:
            return True
        return found.severity is Severity.WARNING and (file not in lines or file in invalid_readings)

    return [each for each in after.diagnostics if _identity(each) in surplus and not excused(each)]


def _changed_lines(before: bytes, after: bytes) -> Mapping[int, bool]:
    """Return the lines of `after`, from 1, that `before` does not have there, and whether only spaces differ.

    None of a file that was no text.
    """
    old, new = decode("", before), decode("", after)
    if not isinstance(old, Source) or not isinstance(new, Source):
        return {}
    was, now = old.text.split("\n"), new.text.split("\n")
    was = was[len(was) - len(now) :]  # lines are only ever taken away, and that at the top
    pairs = enumerate(zip(was, now, strict=True), start=1)
    return {number: _unspaced(one) == _unspaced(other) for number, (one, other) in pairs if one != other}


def _unspaced(line: str) -> str:
    return re.sub(r"\s", "", line)


# Bytes


def apply(content: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a file's bytes with edits applied; every byte outside them stays as it is, line ends and mark included."""
    ordered = sorted(edits, key=lambda edit: edit.start, reverse=True)
    for edit in ordered:
        if edit.end is None:
            return edit.text.encode("utf-8")
    raw = content.decode("utf-8")
    mark = 1 if raw.startswith("\ufeff") else 0
    # A source counts CRLF as one character: the places, as it counts, of those that are two.
    doubled = [match.start() - mark - number for number, match in enumerate(re.finditer("\r\n", raw))]

    def place(offset: int) -> int:
        return mark + offset + bisect_left(doubled, offset)

    for edit in ordered:
        raw = raw[: place(edit.start)] + edit.text + raw[place(edit.end or edit.start) :]
    return raw.encode("utf-8")


def difference(change: Change) -> tuple[str, ...]:
    """Return a change as the lines of a unified diff, with three lines around; characters nobody sees are spelt out."""
    before, after = (_lines(each) for each in (change.before, change.after))
    name = printable(change.path)
    lines = difflib.unified_diff(before, after, name, name, lineterm="", n=3)
    return tuple(_visible(line) if line[:1] in "+-" else printable(line.replace("\t", "    ")) for line in lines)


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


_UNSEEN = re.compile("[\t\u00a0\u00ad\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")


def _visible(line: str) -> str:
    return printable(_UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", line))


def make(root: Path, change: Change) -> bool:
    """Make one change: the file is replaced whole, and keeps its permissions.

    Returns False where the file is no longer what was read, and leaves it alone. Raises OSError where it may not be
    written.
    """
    target = root / change.path
    if target.is_symlink() or disk.file_content(target) != change.before:
        return False
    if not target.stat().st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    handle, aside = tempfile.mkstemp(prefix=".catat-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.after)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, aside)
        os.replace(aside, target)  # noqa: PTH105 - text, not a path
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return True
