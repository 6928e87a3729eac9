"""Plans `check --fix`: which fixes are safe, by reading the portfolio with them in memory.

A fix is offered only where reading the whole portfolio with it no longer reports its mistake and reports nothing new.
What a mistake had kept from being read may be reported then, but not about a line that was changed.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from msgspec import structs

from generator import disk
from generator.build.outcome import Outcome, Progress, silent
from generator.build.project import Project
from generator.fixes.changes import Change, apply_edits
from generator.fixes.side_effects import Trial, changed_lines, culprits, largest_harmless, side_effects, unmended
from generator.joining.evidence_files import Found
from generator.joining.similar_paths import SimilarPaths, renamed
from generator.messages.diagnostics import Diagnostic, Edit
from generator.messages.source import Source, decode
from generator.model.paths import SETTINGS
from generator.reading.tree import TEXT_FOLDERS, Tree

Texts = Mapping[str, bytes]

_ROUNDS = 8
"""Mending a key lets its value be read, which may have a mistake of its own."""


def plan(root: Path, *, on: datetime.date, progress: Progress = silent) -> tuple[Change, ...]:
    """Return the changes that mend what is certain. Raises OSError where the folder itself cannot be read."""
    session = _FixSession(root, on, progress)
    texts: dict[str, bytes] = {}
    first = outcome = session.read(texts)
    mended: list[Diagnostic] = []
    refused: set[Diagnostic] = set()
    for _ in range(_ROUNDS):
        offered = [each for each in session.fixable(outcome, texts) if each not in refused]
        run = partial(session.run_trial, outcome, texts)
        chosen = largest_harmless(offered, run)
        refused |= set(offered) - set(chosen)
        if not chosen:
            break
        texts = session.apply(texts, chosen)
        outcome = session.read(texts)
        mended += chosen
    texts = session.without_harm(first, texts, mended)
    counts = Counter(each.place.file for each in mended)
    return tuple(Change(path, session.originals[path], texts[path], counts[path]) for path in sorted(texts))


@dataclass(slots=True)
class _FixSession:
    """Reads the portfolio with changed texts in memory; `originals` are the bytes of the files to be changed."""

    root: Path
    on: datetime.date
    progress: Progress
    originals: dict[str, bytes] = field(default_factory=dict)
    _project: Project = field(init=False)
    _sources: dict[str, Source] = field(default_factory=dict)
    _decoded: dict[str, tuple[bytes, Source | Diagnostic]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._project = Project(self.root)

    def read(self, texts: Texts) -> Outcome:
        """Read the portfolio with these texts instead of those on disk."""

        def as_if(tree: Tree) -> Tree:
            tree = _with_texts(tree, {path: self._decode(path, content) for path, content in texts.items()})
            self._sources = {each.path: each for each in (*tree.texts, *((tree.settings,) if tree.settings else ()))}
            return tree

        return self._project.read(on=self.on, progress=self.progress, as_if=as_if)

    def _decode(self, path: str, content: bytes) -> Source | Diagnostic:
        """Return a text; the same object for the same bytes, by which it is known again."""
        kept = self._decoded.get(path)
        if kept is None or kept[0] != content:
            kept = self._decoded[path] = (content, decode(path, content))
        return kept[1]

    def fixable(self, outcome: Outcome, texts: Texts) -> list[Diagnostic]:
        """Return the diagnostics whose fix may be applied now; of fixes that overlap only the first."""
        similar = _similar_paths(outcome, self._sources)
        roots = [name.text for name, _ in outcome.settings.evidence_roots] if outcome.settings else []
        taken: list[Edit] = []
        fixable = []
        for found in outcome.diagnostics:
            remedy = found.remedy
            source = self._sources.get(found.place.file)
            if not remedy and source is not None and found.code in {"evidence-missing", "link-broken"}:
                remedy = renamed(found, source, similar, roots)
            fits = all(edit in taken or not any(_overlap(edit, other) for other in taken) for edit in remedy)
            if remedy and fits and all(self._is_ours(edit.file, texts) for edit in remedy):
                taken += remedy
                fixable.append(replace(found, remedy=remedy))
        return fixable

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
        text = decode(path, content)
        if isinstance(text, Source) and text != self._sources.get(path):
            return False
        self.originals[path] = content
        return True

    def apply(self, texts: Texts, chosen: Iterable[Diagnostic]) -> dict[str, bytes]:
        """Return the texts with the fixes of the chosen diagnostics applied."""
        edits: dict[str, dict[Edit, None]] = {}
        for edit in (edit for each in chosen for edit in each.remedy):
            edits.setdefault(edit.file, {})[edit] = None
        changed = {path: apply_edits(texts.get(path, self.originals[path]), some) for path, some in edits.items()}
        return {**texts, **changed}

    def run_trial(self, before: Outcome, texts: Texts, chosen: Sequence[Diagnostic]) -> Trial:
        """Try fixes together: each has to mend its own mistake, and to do no harm that a next round cannot mend."""
        changed = self.apply(texts, chosen)
        after = self.read(changed)
        touched = {each.file for one in chosen for each in one.remedy}
        lines = {path: changed_lines(texts.get(path, self.originals[path]), changed[path]) for path in touched}
        harm = side_effects(before, after, chosen, lines)
        if harm:
            mendable = set(self.fixable(after, changed))
            harm = [each for each in harm if each not in mendable]
        left = unmended(before, after, chosen)
        return Trial(bool(harm or left), *culprits(chosen, left, harm))

    def without_harm(self, first: Outcome, texts: dict[str, bytes], mended: Sequence[Diagnostic]) -> dict[str, bytes]:
        """Return the texts without the files whose changes made anything worse."""
        while texts:
            outcome = self.read(texts)
            lines = {path: changed_lines(self.originals[path], text) for path, text in texts.items()}
            harm = side_effects(first, outcome, mended, lines)
            if not harm:
                break
            harmful = {each.place.file for each in harm} & texts.keys() or set(texts)
            texts = {path: text for path, text in texts.items() if path not in harmful}
        return texts


def _with_texts(tree: Tree, changed: Mapping[str, Source | Diagnostic]) -> Tree:
    sources = {each.path: each for each in tree.texts if each.path not in changed}
    sources |= {path: each for path, each in changed.items() if isinstance(each, Source) and path != SETTINGS}
    ordered = sorted(sources.values(), key=lambda each: (TEXT_FOLDERS.index(each.path.partition("/")[0]), each.path))
    settings = changed.get(SETTINGS, tree.settings)
    unreadable = [each for each in tree.unreadable if each.place.file not in changed]
    unreadable += [each for each in changed.values() if isinstance(each, Diagnostic)]
    return structs.replace(
        tree,
        settings=settings if isinstance(settings, Source) else None,
        texts=tuple(ordered),
        unreadable=tuple(unreadable),
    )


def _similar_paths(outcome: Outcome, texts: Iterable[str]) -> SimilarPaths:
    taken = frozenset(each.reference.path for each in outcome.files.values() if isinstance(each, Found))
    missing = (reference.path for reference, each in outcome.files.items() if not isinstance(each, Found))
    return SimilarPaths((*outcome.other_files, *texts), taken=taken, missing=missing)


def _overlap(one: Edit, other: Edit) -> bool:
    if one.file != other.file:
        return False
    if one.end is None or other.end is None:
        return True
    return (one.start < other.end and other.start < one.end) or one.start == other.start
