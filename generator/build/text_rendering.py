"""Renders texts, each once: taken from the store where they were rendered before, else rendered on all cores."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from generator import markup
from generator.incremental import workers
from generator.incremental.build_stamp import version_of
from generator.incremental.store import Store
from generator.markup import render
from generator.markup.limits import TextTooDeep
from generator.model.text import Foreign, NoLink, Rendered, TextLink

FOLDER = "text/"
"""How all keys of rendered texts in the store begin."""

_SECONDS_A_CHARACTER = 7e-7
_PUT_AT_ONCE = 100


def render_all(
    texts: Sequence[str], store: Store | None, *, progress: Callable[[int, int], None] | None = None
) -> Iterator[Rendered | None]:
    """Yield each text rendered, in order; None for one that is nested too deep for Markdown.

    `progress` gets the number of those that are done, and of all that had to be rendered.
    """
    stored = [_decoded(store.get(_key(text))) if store is not None else None for text in texts]
    missing = [text for text, found in zip(texts, stored, strict=True) if found is None]
    rendered = workers.map_chunked(missing, _render, seconds=_seconds)
    new: dict[str, bytes] = {}
    done = 0
    for text, found in zip(texts, stored, strict=True):
        if found is not None:
            yield found
            continue
        result = next(rendered)
        done += 1
        if result is not None and store is not None:
            new[_key(text)] = _encoded(result)
            if len(new) == _PUT_AT_ONCE or done == len(missing):
                store.put(new)
                new = {}
        if progress:
            progress(done, len(missing))
        yield result
    if new and store is not None:
        store.put(new)


def keys(texts: Sequence[str]) -> frozenset[str]:
    """Return the keys of texts in the store, for `Store.prune`."""
    return frozenset(map(_key, texts))


def _seconds(text: str) -> float:
    return len(text) * _SECONDS_A_CHARACTER


def _render(text: str) -> Rendered | None:
    try:
        return render.render(text)
    except TextTooDeep:
        return None


# Their form in the store


def _key(text: str) -> str:
    return f"{FOLDER}{_version()}/{hashlib.sha256(text.encode('utf-8', 'surrogateescape')).hexdigest()}"


@cache
def _version() -> str:
    return version_of(markup, "markdown", "nh3")


def _encoded(rendered: Rendered) -> bytes:
    links = [(link.target, link.image) for link in rendered.links]
    addresses = (rendered.fragments, rendered.remote_images, rendered.local_addresses)
    missed = [(each.sort, each.written, each.words, each.target) for each in rendered.no_links]
    foreign = [(each.sort, each.written) for each in rendered.foreign]
    rows = (rendered.pieces, links, sorted(rendered.ids), *addresses, missed, rendered.addresses, foreign)
    return json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _decoded(stored: bytes | None) -> Rendered | None:
    """Return a text from its entry in the store; None where there is none, or in another form."""
    if stored is None:
        return None
    try:
        pieces, links, ids, fragments, remote, local, missed, addresses, foreign = json.loads(
            stored.decode("utf-8", "surrogateescape")
        )
        return Rendered(
            tuple(pieces),
            tuple(TextLink(target, image) for target, image in links),
            frozenset(ids),
            tuple(fragments),
            tuple(remote),
            tuple(local),
            tuple(NoLink(*each) for each in missed),
            tuple(addresses),
            tuple(Foreign(*each) for each in foreign),
        )
    except (ValueError, TypeError):
        return None
