"""Builds the site that is to be published, with the line of its own publication, so that its page of changes has it.

The site that is published tells of its own publication, and the next build of the same portfolio, which reads that
line from `publications.jsonl`, gives the same bytes: publishing again changes nothing.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator.build import build as builder
from generator.build.last_runs import BuildResult
from generator.build.outcome import Outcome, Progress
from generator.build.published_contents import (
    PublishedChanges,
    PublishedContents,
    changes_between,
    line_of,
    published_contents,
)
from generator.exchange.publications import with_line
from generator.messages.source import Source
from generator.model.publications import PUBLICATIONS
from generator.publishing import target_state
from generator.publishing.edition import Edition
from generator.publishing.target_state import Holding
from generator.publishing.targets.target import Target
from generator.reading import publications
from generator.reading.tree import Tree


class NotBuilt(Exception):
    """The site could not be built; `result` has the errors."""

    def __init__(self, result: BuildResult) -> None:
        super().__init__()
        self.result = result


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site that was built to be published, with what has changed since the last publication to the target."""

    result: BuildResult
    outcome: Outcome
    edition: Edition
    contents: PublishedContents
    changes: PublishedChanges

    def signed(self, signature: bytes) -> Prepared:
        """Return the same with a signature of its list of checksums."""
        return replace(self, edition=replace(self.edition, signature=signature))

    def line(self, *, date: datetime.date, digest: str, target: str) -> str:
        """Return the line of `publications.jsonl` for the publication of this site."""
        return line_of(self.contents, self.changes, date=date, digest=digest, target=target)


@dataclass(frozen=True, slots=True)
class Preparation:
    """Prepares the site of a portfolio in its folder `out`, for a publication on a day; figures are those of `on`."""

    root: Path
    out: Path
    on: datetime.date
    date: datetime.date
    target_name: str
    progress: Progress

    def prepare(self, target: Target, holding: Holding, *, announced: bool) -> Prepared:
        """Build the site for a target that holds another; with `announced` it has the line of this publication.

        Raises NotBuilt, OutputRefused, FileChanged, OSError, TargetRefused.
        """
        result, outcome = self._build()
        contents = published_contents(outcome)
        known = _plain(target.read(f"{target_state.CONTENTS}/{holding.digest}")) if holding.digest else None
        changes = changes_between(known, contents)
        edition = self._edition(contents)
        if announced and edition.digest != holding.digest and contents.content != last_content(self.root):
            line = line_of(contents, changes, date=self.date, digest="", target=self.target_name)
            result, outcome = self._build(partial(_with_publication, line=line))
            edition = self._edition(contents)
        return Prepared(result, outcome, edition, contents, changes)

    def _build(self, as_if: Callable[[Tree], Tree] | None = None) -> tuple[BuildResult, Outcome]:
        result = builder.build(self.root, self.out, on=self.on, progress=self.progress, as_if=as_if)
        if not result.files or result.outcome is None:
            raise NotBuilt(result)
        return result, result.outcome

    def _edition(self, contents: PublishedContents) -> Edition:
        kept = json.dumps({"as_of": contents.as_of.isoformat(), **contents.as_plain()}, ensure_ascii=True).encode()
        return Edition.of_folder(self.out, contents=kept)


def rollback_line(
    target: Target, outcome: Outcome, *, before: str, digest: str, date: datetime.date, target_name: str
) -> str:
    """Return the line of `publications.jsonl` for a version that was brought back; empty where it is not known enough.

    `before` is the digest of what was published until then; `outcome` says what is restricted now.
    """
    old, new = (_plain(target.read(f"{target_state.CONTENTS}/{each}")) for each in (before, digest))
    if new is None:
        return ""
    present = published_contents(outcome)
    try:
        on = datetime.date.fromisoformat(new["as_of"])
        brought = PublishedContents(
            on, new["addresses"], new["answers"], new["index"], new["gates"], present.restricted
        )
        return line_of(brought, changes_between(old, brought), date=date, digest=digest, target=target_name)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def last_content(root: Path) -> str:
    """Return the digest of what the last publication showed; empty where there is none."""
    read = publications.read(publications.decode(_written(root))).publications
    return read[-1].content if read else ""


def published_before(root: Path, target_name: str) -> bool:
    """Whether the portfolio's history has a publication to a target."""
    read = publications.read(publications.decode(_written(root))).publications
    return any(each.target == target_name for each in read)


def note_publication(root: Path, line: str) -> None:
    """Add a line to the portfolio's history of publications. Raises OSError."""
    path = root / PUBLICATIONS
    draft = path.with_name(f".{PUBLICATIONS}.{os.getpid()}")
    try:
        draft.write_bytes(with_line(_written(root), line))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _written(root: Path) -> bytes:
    try:
        return (root / PUBLICATIONS).read_bytes()
    except FileNotFoundError:
        return b""


def _with_publication(tree: Tree, *, line: str) -> Tree:
    """Return a portfolio's folder as it will be once a line is added to its history."""
    before = tree.publications
    text = before.text if isinstance(before, Source) else ""
    apart = "" if not text or text.endswith("\n") else "\n"
    return replace(tree, publications=Source(PUBLICATIONS, f"{text}{apart}{line}"))


def _plain(content: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(content or b"null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
