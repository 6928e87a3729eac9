"""Computes a site's search index, in another process where it is large, and keeps it for a run with equal entries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from generator.incremental import build_stamp, workers
from generator.incremental.digests import Digests
from generator.incremental.store import Store
from generator.site.search.entries import SearchEntry
from generator.site.search.index import index_files

MANY = 4000
"""Entries from which on another process computes the index sooner than this one."""
_KEY = "index"


def begin(entries: Sequence[SearchEntry], language: str, *, store: Store | None) -> Callable[[], Mapping[str, bytes]]:
    """Begin the index of some entries, and return a function that waits for its files by their paths in the site.

    The last index is kept in the store, and taken from there where the entries are the same.
    """
    whole = _WithBodies(entries)
    compute = partial(_index, language=language)
    if store is None:
        return partial(compute, whole)
    digest = _digest(whole, language)
    stored = _stored(store, digest)
    if stored is not None:
        return lambda: stored
    wait = workers.in_background(whole, compute) if len(entries) >= MANY else partial(compute, whole)

    def computed() -> Mapping[str, bytes]:
        files = wait()
        written = json.dumps({path: content.decode("ascii") for path, content in files.items()})
        store.put({_KEY: f"{digest}\n{written}".encode("ascii")})
        return files

    return computed


class _WithBodies:
    """Entries with their bodies as texts; a body that is a function is called when its entry is reached."""

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        self._entries = entries

    def __iter__(self) -> Iterator[SearchEntry]:
        return (each if isinstance(each.body, str) else replace(each, body=each.body()) for each in self._entries)


def _index(entries: _WithBodies | Iterator[SearchEntry], *, language: str) -> Mapping[str, bytes]:
    return dict(index_files(entries, language=language))


def _digest(entries: _WithBodies, language: str) -> str:
    """Return the digest of all that an index is computed from."""
    digest, digests = hashlib.sha256(f"{build_stamp.program()} {language} ".encode()), Digests({})
    for each in entries:
        digest.update(digests.of(each))
    return digest.hexdigest()


def _stored(store: Store, digest: str) -> Mapping[str, bytes] | None:
    found = store.get(_KEY) or b""
    head, _, written = found.partition(b"\n")
    if head != digest.encode():
        return None
    files: dict[str, str] = json.loads(written)  # the store returns only what was put there, whole
    return {path: content.encode("ascii") for path, content in files.items()}
