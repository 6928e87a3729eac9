"""Computes a site's search index by blocks, and keeps the segment of each for runs with the same entries in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

from msgspec.structs import replace

from generator.incremental import workers
from generator.incremental.build_stamp import version_of
from generator.incremental.store import Store
from generator.languages import LANGUAGES
from generator.site import search
from generator.site.search import segments
from generator.site.search.entries import SearchEntry, digest
from generator.site.search.index import blocks, join_segments
from generator.site.search.segments import Segment, segment

FOLDER = "search/"
"""How all keys of segments in the store begin."""

Block = tuple[SearchEntry, ...]

_SECONDS_AN_ENTRY, _SECONDS_A_CHARACTER = 1e-4, 8e-8
_AT_ONCE = 64
"""Blocks whose texts are in memory at the same time."""


def index(entries: Sequence[SearchEntry], language: str, *, store: Store) -> Mapping[str, bytes]:
    """Return the files of the index of some entries by their paths in the site.

    The texts of a block are read only where the store has no segment of the same entries.
    """
    compute = partial(segment, language=language)
    keyed = [(_key(block, language), block) for block in blocks(entries)]
    found = {key: _stored(store, key) for key, _ in keyed}
    missing = [(key, block) for key, block in keyed if found[key] is None]
    for several in (missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)):
        found |= _computed(dict(several), compute, store)
    if missing:
        store.prune(found, among=FOLDER)
    return join_segments([segment for segment in (found[key] for key, _ in keyed) if segment is not None])


def _stored(store: Store, key: str) -> Segment | None:
    """Return a segment from the store; None where there is none, or one in another form."""
    written = store.get(key)
    try:
        return None if written is None else segments.read(written)
    except (ValueError, TypeError):
        return None


def _computed(missing: Mapping[str, Block], compute: Callable[[Block], bytes], store: Store) -> Mapping[str, Segment]:
    """Return the segments of some blocks by key, and keep those whose texts are all known."""
    read = list(map(_read, missing.values()))
    results = workers.map_chunked([block for block, _ in read], compute, seconds=_seconds)
    written = dict(zip(missing, results, strict=True))
    store.put({key: written[key] for key, (_, is_whole) in zip(missing, read, strict=True) if is_whole})
    return {key: segments.read(each) for key, each in written.items()}


def _read(block: Block) -> tuple[Block, bool]:
    """Return a block with its texts, and whether all of them are known."""
    texts = [each.text() for each in block]
    return tuple(replace(each, body=text or "") for each, text in zip(block, texts, strict=True)), None not in texts


def _seconds(block: Block) -> float:
    return (
        len(block) * _SECONDS_AN_ENTRY
        + sum(len(each.body) for each in block if isinstance(each.body, str)) * _SECONDS_A_CHARACTER
    )


def _key(block: Block, language: str) -> str:
    return f"{FOLDER}{_version()}/{LANGUAGES[language].stemmer}/{digest(block)}"


@cache
def _version() -> str:
    return f"{version_of(search, 'snowballstemmer')}-{unicodedata.unidata_version}"
