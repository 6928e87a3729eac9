"""Builds the site that is to be published, with the line of its own publication, so that its page of changes has it.

The site that is published shows its own publication, and the next build of the same portfolio, which reads that
line from `publications.jsonl`, gives the same bytes: publishing again changes nothing.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

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
from generator.exchange.readiness_json import portfolio_id
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


class Prepared(Struct, frozen=True):
    """A site that was built to be published, with what has changed since the last publication to the target.

    `unnoted` is the line of what the target holds, where the portfolio's history lacks it: its publisher was stopped
    before it was written.
    """

    result: BuildResult
    outcome: Outcome
    edition: Edition
    contents: PublishedContents
    changes: PublishedChanges
    unnoted: str = ""

    def signed(self, signature: bytes) -> Prepared:
        """Return the same with a signature of its list of checksums."""
        return replace(self, edition=replace(self.edition, signature=signature))

    def line(self, *, date: datetime.date, digest: str, target: str) -> str:
        """Return the line of `publications.jsonl` for the publication of this site."""
        return line_of(self.contents, self.changes, date=date, digest=digest, target=target)


class Preparation(Struct, frozen=True):
    """Prepares the site of a portfolio in its folder `out`, for a publication on a day; figures are those of `on`.

    A site of another portfolio in that folder is replaced only with `replace_other`.
    """

    root: Path
    out: Path
    on: datetime.date
    date: datetime.date
    target_name: str
    progress: Progress
    replace_other: bool = False

    def prepare(self, target: Target, holding: Holding) -> Prepared:
        """Build the site for a target that holds another, with the line of this publication if there is anything new.

        Raises NotBuilt, OutputRefused, FileChanged, OSError, TargetRefused.
        """
        result, outcome = self._build()
        known = _plain(target.read(f"{target_state.CONTENTS}/{holding.digest}")) if holding.digest else None
        unnoted = _unnoted(self.root, outcome, holding, known)
        if unnoted:
            result, outcome = self._build(partial(_with_publications, lines=unnoted))
        contents = published_contents(outcome)
        changes = changes_between(known, contents)
        prepared = Prepared(result, outcome, Edition.of_folder(self.out), contents, changes, unnoted)
        if prepared.edition.digest != holding.digest and contents.content != _last_content(self.root, unnoted):
            line = prepared.line(date=self.date, digest="", target=self.target_name)
            result, outcome = self._build(partial(_with_publications, lines=unnoted + line))
            prepared = replace(prepared, result=result, outcome=outcome, edition=Edition.of_folder(self.out))
        return self._with_contents(prepared)

    def _build(self, as_if: Callable[[Tree], Tree] | None = None) -> tuple[BuildResult, Outcome]:
        result = builder.build(
            self.root,
            self.out,
            on=self.on,
            progress=self.progress,
            replace_other=self.replace_other,
            as_if=as_if,
        )
        if not result.files or result.outcome is None:
            raise NotBuilt(result)
        return result, result.outcome

    def _with_contents(self, prepared: Prepared) -> Prepared:
        """Return the same with what the target is to keep of it: what it shows, and the line of its publication."""
        contents, edition = prepared.contents, prepared.edition
        line = prepared.line(date=self.date, digest=edition.digest, target=self.target_name)
        plain = {"as_of": contents.as_of.isoformat(), **contents.as_plain(), "line": line}
        return replace(prepared, edition=replace(edition, contents=json.dumps(plain, ensure_ascii=True).encode()))


def _unnoted(root: Path, outcome: Outcome, holding: Holding, known: Mapping[str, Any] | None) -> str:
    """Return the line of what a target holds of this portfolio, if the history has none of that digest."""
    line = (known or {}).get("line")
    assert outcome.portfolio is not None
    if not isinstance(line, str) or holding.portfolio != portfolio_id(outcome.portfolio):
        return ""
    if line.find("\n") != len(line) - 1:  # what a target says is not trusted
        return ""
    read = publications.read(publications.decode(line.encode("utf-8", "surrogateescape"))).publications
    if [each.digest for each in read] != [holding.digest]:
        return ""
    return "" if is_noted(root, holding.digest) else line


def shown_addresses(target: Target, digest: str) -> tuple[str, ...]:
    """Return the addresses of what a version showed openly, as far as the target knows."""
    addresses = (_plain(target.read(f"{target_state.CONTENTS}/{digest}")) or {}).get("addresses")
    return tuple(map(str, addresses)) if isinstance(addresses, dict) else ()


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


def _last_content(root: Path, further: str) -> str:
    """Return the digest of what the last publication showed, after further lines; empty where there is none."""
    written = with_line(_written(root), further) if further else _written(root)
    read = publications.read(publications.decode(written)).publications
    return read[-1].content if read else ""


def published_before(root: Path, target_name: str) -> bool:
    """Whether the portfolio's history has a publication to a target."""
    read = publications.read(publications.decode(_written(root))).publications
    return any(each.target == target_name for each in read)


def is_noted(root: Path, digest: str) -> bool:
    """Whether the portfolio's history has the publication of a site."""
    read = publications.read(publications.decode(_written(root))).publications
    return any(each.digest == digest for each in read)


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


def _with_publications(tree: Tree, *, lines: str) -> Tree:
    """Return a portfolio's folder as it will be once lines are added to its history."""
    before = tree.publications
    text = before.text if isinstance(before, Source) else ""
    apart = "" if not text or text.endswith("\n") else "\n"
    return replace(tree, publications=Source(PUBLICATIONS, f"{text}{apart}{lines}"))


def _plain(content: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(content or b"null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
