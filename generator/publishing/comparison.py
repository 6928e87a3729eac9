"""Compares a site with what a target holds, and orders what is to be done (contract: publish, section 2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from generator.exchange.checksums import Checksums
from generator.model.addresses import (
    ASSETS,
    DOCUMENTS,
    DOWNLOADS,
    FILES,
    FRONT,
    PREVIEWS,
    READINESS,
    SEARCH_INDEX,
    SUMS,
)

_MOST_SHARE = 5
_MOST_FILES = 256
_RANKS: Mapping[str, int] = {
    FILES.rstrip("/"): 0,
    PREVIEWS: 0,
    ASSETS: 1,
    DOWNLOADS.rstrip("/"): 1,
    SEARCH_INDEX: 1,
    "records": 2,
    DOCUMENTS.rstrip("/"): 2,
    "items": 2,
    "pages": 2,
    "people": 2,
}
_OTHER_PAGES, _FRONT, _SUMS = 3, 4, 5


class Difference(NamedTuple):
    """The paths of a site that a target lacks, has with other bytes, and has although the site does not.

    `doubtful` are the paths with the same digest that an unfinished publication touched: they are sent again.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    doubtful: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return any(self)

    @property
    def sent(self) -> tuple[str, ...]:
        """The paths that get new bytes."""
        return (*self.added, *self.changed, *self.doubtful)


def compare(before: Checksums, now: Checksums, doubtful: AbstractSet[str] = frozenset()) -> Difference:
    """Return the difference of a site from what a target holds."""
    return Difference(
        tuple(sorted(path for path in now if path not in before)),
        tuple(sorted(path for path, digest in now.items() if before.get(path, digest) != digest)),
        tuple(sorted({*before, *doubtful} - now.keys())),
        tuple(sorted(path for path in doubtful if path in now and before.get(path) == now[path])),
    )


def withdraws_much(difference: Difference, before: Checksums) -> bool:
    """Whether so much would be withdrawn that a person has to agree: more than a fifth, or 256 files."""
    withdrawn = sum(path in before for path in difference.withdrawn)
    return withdrawn > _MOST_FILES or withdrawn * _MOST_SHARE > len(before)


def rank(path: str) -> int:
    """Return the place of a path in the order of a publication: 0 what pages show, to 5 the list of checksums."""
    if path in {FRONT, READINESS}:
        return _FRONT
    if path.partition(".")[0] == SUMS:
        return _SUMS
    return _RANKS.get(path.partition("/")[0], _OTHER_PAGES)


class ReplacementOrder(NamedTuple):
    """The order in which a site takes the place of another, file by file.

    Every page that can be read is followed by no broken link: what is linked to comes first, what is no longer linked
    to goes last. `first` are paths to remove before a file takes the name of their folder, `last` those to remove
    before a folder takes their name, after the pages that may link to them; `groups` may each be put in any order,
    `last_group` after `last`.
    """

    first: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    last: tuple[tuple[str, ...], ...]
    last_group: tuple[str, ...]
    removals: tuple[tuple[str, ...], ...]


def replacement_order(difference: Difference, links: Mapping[str, AbstractSet[str]]) -> ReplacementOrder:
    """Return the order for a difference; `links` are the paths that each added page links to."""
    removed = set(difference.withdrawn)
    sent = set(difference.sent)
    under = {path for path in sent if any(folder in removed for folder in _folders(path))}
    last = {folder for path in under for folder in _folders(path) if folder in removed}
    first = {path for path in removed if any(folder in sent for folder in _folders(path))}
    added = set(difference.added) - under
    later = sent - added - under
    groups = [[path for path in sorted(added | later) if rank(path) == place] for place in (0, 1)]
    groups += _by_level(sorted(path for path in added if rank(path) in {2, 3}), links)
    groups += [[path for path in sorted(later) if rank(path) == place] for place in (2, 3)]
    groups.append([path for path in sorted(added | later) if rank(path) == _FRONT])
    rest = removed - last - first
    removals = [[path for path in sorted(rest) if rank(path) == place] for place in range(_FRONT, -1, -1)]
    pages = [path for group in removals for path in group if rank(path) in {2, 3, _FRONT}]
    going_last: tuple[tuple[str, ...], ...] = (tuple(pages), tuple(sorted(last))) if last else ()
    return ReplacementOrder(
        tuple(sorted(first)),
        tuple(tuple(group) for group in groups if group),
        going_last,
        tuple(sorted(under)),
        tuple(tuple(group) for group in removals if group),
    )


def folders_of(paths: Iterable[str]) -> frozenset[str]:
    """Return every folder that some paths are in, below the root."""
    return frozenset(folder for path in paths for folder in _folders(path))


def _folders(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def _by_level(pages: Sequence[str], links: Mapping[str, AbstractSet[str]]) -> list[list[str]]:
    """Return pages in groups, each after all that its pages link to; a circle is cut somewhere."""
    levels: dict[str, int] = {}
    for page in pages:
        path: list[tuple[str, Iterator[str]]] = [(page, iter(sorted(links.get(page, ()))))]
        open_ = {page}
        while path and page not in levels:
            here, targets = path[-1]
            target = next(
                (each for each in targets if each in links and each not in levels and each not in open_), None
            )
            if target is not None:
                open_.add(target)
                path.append((target, iter(sorted(links[target]))))
                continue
            levels[here] = 1 + max((levels.get(each, 0) for each in links.get(here, ()) if each != here), default=0)
            path.pop()
    return [[page for page in pages if levels[page] == level] for level in sorted(set(levels.values()))]
