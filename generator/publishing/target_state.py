"""What a target keeps of its own, in `.catat/`, which no server serves: layout, state, history, older versions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple

from msgspec import Struct

from generator.exchange.checksums import Checksums, leads_out, read_checksums, site_digest
from generator.exchange.readiness_json import SCHEMA
from generator.model.addresses import READINESS, SIGNATURE, SUMS
from generator.publishing.targets.target import Target

ROOT = ".catat"
LOCK = f"{ROOT}/lock"
STAGES = f"{ROOT}/stage"
STATE = f"{ROOT}/state.json"
HISTORY = f"{ROOT}/history.jsonl"
LAYOUT = f"{ROOT}/layout.json"
OBJECTS = f"{ROOT}/objects"
MANIFESTS = f"{ROOT}/manifests"
CONTENTS = f"{ROOT}/contents"
RELEASES = "releases"
FOLDERS = (ROOT, STAGES, OBJECTS, MANIFESTS, CONTENTS, RELEASES)
"""The folders of a target's own, none of which is a link."""
CURRENT = "current"
SERVER_FILES = frozenset({"web.config", ".htaccess", ".user.ini", "robots.txt", "favicon.ico", "lost+found"})
"""Names at the root that belong to a server, not to a site."""
_SCHEMA = "catat.target/1"
_MOST_HISTORY = 1000


class Layout(Enum):
    """How a target holds its site."""

    POINTER = "pointer"
    """Whole versions below `releases/`; `current` is a link to one of them, and the server's root."""
    PLAIN = "plain"
    """The site in the target's root, replaced file by file."""


class Version(NamedTuple):
    """A site that was published: its digest, when by the target's clock (ISO 8601, UTC), by whom, its files."""

    digest: str
    date: str
    by: str
    files: int
    rollback: bool = False


class NotASite(Exception):
    """A target holds something that Catat did not publish; `name` is one of its files."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Holding(Struct, frozen=True):
    """What a target holds. `sums` is its list of checksums as bytes, empty where nothing is published.

    `doubtful` are paths that an unfinished publication touched, so that their bytes are not known.
    """

    layout: Layout
    sums: bytes
    checksums: Checksums
    doubtful: frozenset[str]
    history: tuple[Version, ...]
    portfolio: str | None
    signed: bool = False

    @property
    def digest(self) -> str:
        """What identifies the site; empty where nothing is published."""
        return site_digest(self.sums) if self.sums else ""

    @property
    def public(self) -> str:
        """The beginning of the path of a public file."""
        return f"{CURRENT}/" if self.layout is Layout.POINTER else ""


def read_holding(target: Target) -> Holding:
    """Return what a target holds. Raises NotASite, OSError, TargetRefused."""
    layout = read_layout(target)
    public = f"{CURRENT}/" if layout is Layout.POINTER else ""
    state = _data(target.read(STATE)) if layout is Layout.PLAIN else {}
    replacing = state.get("phase") == "replacing"
    sums, readiness = target.read(f"{public}{SUMS}") or b"", target.read(f"{public}{READINESS}")
    summary = _data(readiness)
    if sums and summary.get("schema") != SCHEMA and not replacing:
        raise NotASite(SUMS)
    if not sums and not replacing and layout is Layout.PLAIN:
        foreign = sorted(set(target.names("")) - SERVER_FILES - {ROOT})
        if foreign:
            raise NotASite(foreign[0])
    touched = state.get("touched") if replacing else ()
    return Holding(
        layout,
        sums,
        {path: digest for path, digest in read_checksums(sums).items() if _is_ours(path)},
        frozenset(path for path in touched if isinstance(path, str) and _is_ours(path))
        if isinstance(touched, list)
        else frozenset(),
        _history(target.read(HISTORY)),
        str(summary["portfolio"]) if summary.get("portfolio") else None,
        target.exists(f"{public}{SIGNATURE}") if sums else False,
    )


def read_layout(target: Target) -> Layout:
    """Return how a target holds its site."""
    written = _data(target.read(LAYOUT)).get("layout")
    return Layout.POINTER if written == Layout.POINTER.value else Layout.PLAIN


def layout_content(layout: Layout) -> bytes:
    """Return the content of the file that says how a target holds its site."""
    return _written({"schema": _SCHEMA, "layout": layout.value})


def replacing_content(digest: str, before: str, touched: Iterable[str]) -> bytes:
    """Return the state while a site takes the place of another; `touched` are the paths that may be of either."""
    state = {"phase": "replacing", "digest": digest, "before": before, "touched": sorted(touched)}
    return _written({"schema": _SCHEMA, **state})


def done_content(digest: str) -> bytes:
    """Return the state of a target with a whole site."""
    return _written({"schema": _SCHEMA, "phase": "done", "digest": digest})


def history_content(history: Iterable[Version]) -> bytes:
    """Return the history of a target as it is kept there, the newest last."""
    kept = list(history)[-_MOST_HISTORY:]
    return "".join(f"{json.dumps(each._asdict(), ensure_ascii=False)}\n" for each in kept).encode()


def versions(history: Iterable[Version]) -> tuple[Version, ...]:
    """Return each version of a history once, as it was last published, the newest last."""
    rows = tuple(history)
    last = {each.digest: number for number, each in enumerate(rows)}
    return tuple(rows[number] for number in sorted(last.values()))


def _is_ours(path: str) -> bool:
    """Whether a path that a target gives may be that of a file of a site: what it says is not trusted."""
    return not leads_out(path) and path.partition("/")[0].casefold() != ROOT and "\\" not in path


def is_digest(written: object) -> bool:
    """Whether something may be the digest of a site."""
    return isinstance(written, str) and re.fullmatch("[0-9a-f]{16}", written) is not None


def _history(content: bytes | None) -> tuple[Version, ...]:
    rows = []
    for line in (content or b"").decode("utf-8", "replace").splitlines():
        row = _data(line.encode())
        if is_digest(row.get("digest")):
            files = row.get("files")
            rows.append(
                Version(
                    row["digest"],
                    str(row.get("date", "")),
                    str(row.get("by", "")),
                    files if isinstance(files, int) else 0,
                    row.get("rollback") is True,
                )
            )
    return tuple(rows)


def _data(content: bytes | None) -> dict[str, Any]:
    """Return a JSON object; an empty one where there is none, for what a target says is not trusted."""
    try:
        found = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _written(data: dict[str, object]) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False)}\n".encode("utf-8", "surrogateescape")
