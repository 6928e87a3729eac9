"""The history of publications, `publications.jsonl`, as `catat publish` writes it; `reading.publications` reads it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any


def publication_line(
    *,
    date: datetime.date,
    as_of: datetime.date,
    digest: str,
    content: str,
    target: str,
    index: Mapping[str, Any],
    gates: Mapping[str, Mapping[str, Any]],
    answers: Mapping[str, tuple[str | None, str | None]],
    added: Iterable[str],
    changed: Iterable[str],
    withdrawn: Iterable[str],
    closed: Iterable[str] = (),
) -> str:
    """Return one publication as a line with its end; it can be written as UTF-8 whatever the addresses hold.

    `closed` are marks of what was restricted then; no name can be read from them.
    """
    data: dict[str, Any] = {
        "date": date.isoformat(),
        "as_of": as_of.isoformat(),
        "digest": digest,
        "content": content,
        "target": target,
        "index": dict(index),
        "gates": {predicate: dict(each) for predicate, each in gates.items()},
        "answers": {item: list(pair) for item, pair in answers.items()},
        "added": list(added),
        "changed": list(changed),
        "withdrawn": list(withdrawn),
    }
    marks = list(closed)
    if marks:
        data["closed"] = marks
    return plain_json(data) + "\n"


def with_line(content: bytes, line: str) -> bytes:
    """Return the file with a further line, apart from a last line that was cut."""
    apart = b"" if not content or content.endswith(b"\n") else b"\n"
    return content + apart + line.encode()


def plain_json(data: object) -> str:
    """Return data as JSON on one line, with escapes only where a name is no Unicode."""
    written = json.dumps(data, ensure_ascii=False)
    return _NO_UNICODE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


_NO_UNICODE = re.compile("[\ud800-\udfff\u2028\u2029\x85]")
"""Also the line ends of Unicode, at which some programs divide lines."""
