"""Whether a portfolio and its site survive being copied to Windows or a USB stick: names, lengths, capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from generator.evidence import State
from generator.incremental.memo import Memo
from generator.messages.diagnostics import Diagnostic, Place, diagnostic
from generator.messages.source import Source
from generator.model.paths import DEVICES, Reference, published_path
from generator.model.portfolio import Portfolio, Record, Text
from generator.model.text import Span

_ABSENT = (State.MISSING, State.OUTSIDE)

MOST_CHARACTERS = 200
"""So long may a path be: Windows allows 260, the folder included that a portfolio or a site is copied to."""

MOST_BYTES = 255
"""So long may one name be: no system writes a longer one."""

_UNPORTABLE = re.compile(
    rf"""
    (?: ^ | (?<=/) ) (?P<reserved> (?:{DEVICES}) [ ]* (?:\.[^/]*)? ) (?= / | $ )
    | (?P<character> [<>:"|?*\\\x00-\x1f] )
    | (?P<end> [. ] ) (?= / | $ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is told of a name; `name` is the path to it, so that a folder is told of once, whatever lies in it."""

    name: str
    told: Diagnostic


@dataclass(frozen=True, slots=True)
class _Named:
    """A file that a text names: its address in the site without regard to capitals, and the text's words for it."""

    reference: Reference
    folded: str
    path: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Names:
    """What is wrong with the names that one text brings along, and the files among them, with their addresses."""

    faults: tuple[_Fault, ...]
    files: tuple[_Named, ...]
    references: tuple[Reference, ...]
    folded: tuple[str, ...]


def _names(faults: Iterable[_Fault], files: Iterable[_Named]) -> _Names:
    kept = tuple(files)
    return _Names(tuple(faults), kept, tuple(each.reference for each in kept), tuple(each.folded for each in kept))


def check(portfolio: Portfolio, texts: Mapping[str, Source], memo: Memo) -> tuple[Diagnostic, ...]:
    """Return what cannot be copied, or would take another's place, and what could not be written at all."""
    own = memo.each("names of texts", tuple(texts.values()), lambda text: tuple(_of_name(text.path, text.place)))
    others: list[tuple[str, Text, str]] = [(page.path, page.text, f"pages/{page.id}.html") for page in portfolio.pages]
    others += [(each.path, each.text, "") for each in portfolio.statements]
    others += [(each.path, each.text, "") for each in portfolio.findings]
    names = [
        *memo.each("names of records", portfolio.records, lambda record: _of_record(record, texts[record.path])),
        *(_of_text(text, address, texts[path]) for path, text, address in others),
    ]
    first: dict[tuple[str, str], Diagnostic] = {}
    for fault in chain(chain.from_iterable(own), chain.from_iterable(each.faults for each in names)):
        first.setdefault((fault.told.code, fault.name), fault.told)
    return (*first.values(), *_collisions(names, texts, memo))


def _of_record(record: Record, source: Source) -> _Names:
    found = _of_text(record.text, f"records/{record.id}.html", source, written=not record.draft)
    faults, files = [*found.faults], [*found.files]
    for document in record.documents:
        file = document.file
        if file is None or file.inspection.state in _ABSENT:
            continue
        place = partial(source.place, document.span)
        address = published_path(file.reference, active=file.inspection.active)
        faults += _of_name(_path(file.reference), place)
        written = not (record.draft or record.restricted or document.restricted)
        faults += _of_length(address, place, written=written)
        if file.inspection.size:  # of one that holds nothing that is told, and no more
            files.append(_Named(file.reference, _folded(file.reference), source.path, document.span))
    return _names(faults, files)


def _of_text(text: Text, address: str, source: Source, *, written: bool = True) -> _Names:
    """Return what is wrong with a text's own path, with the address of its page, and with the files it links."""
    linked = tuple(dict.fromkeys(text.files.values()))
    longest = max(source.path, address, key=len)
    faults = [*_of_length(longest, source.place, written=written, address=address)]
    for each in linked:
        faults += _of_name(_path(each), source.place)
        faults += _of_length(published_path(each, active=False), source.place, written=written)
    return _names(faults, (_Named(each, _folded(each), source.path, None) for each in linked))


def _folded(reference: Reference) -> str:
    """Return what two files share that differ only by capitals; packed or not, they do or do not."""
    return published_path(reference, active=False).casefold()


def _of_name(path: str, place: Callable[[], Place]) -> Iterator[_Fault]:
    """Yield what Windows refuses of a path: a device's name, a character, a dot or space at the end of a name."""
    for match in _UNPORTABLE.finditer(path):
        end = path.find("/", match.end())
        whole = path if end < 0 else path[:end]
        kind, name = match.lastgroup or "", whole.rpartition("/")[2]
        yield _Fault(whole, diagnostic("name-unportable", place(), variant=kind, name=name, char=match[0]))


def _of_length(path: str, place: Callable[[], Place], *, written: bool, address: str | None = None) -> Iterator[_Fault]:
    """Yield that a path is longer than Windows allows, or the name of the address that is to be written than any does.

    Windows counts as UTF-16 does, others count bytes.
    """
    name = (path if address is None else address).rpartition("/")[2]
    size = len(name.encode("utf-8", "surrogateescape"))
    length = len(path.encode("utf-16-le", "surrogatepass")) // 2
    if written and size > MOST_BYTES:
        yield _Fault(path, diagnostic("name-too-long", place(), name=name, length=size, limit=MOST_BYTES))
    elif length > MOST_CHARACTERS:
        yield _Fault(path, diagnostic("path-too-long", place(), path=path, length=length, limit=MOST_CHARACTERS))


def _path(reference: Reference) -> str:
    return f"{reference.root}/{reference.path}" if reference.root else reference.path


def _collisions(names: Sequence[_Names], texts: Mapping[str, Source], memo: Memo) -> Iterator[Diagnostic]:
    """Yield the files whose addresses differ only by capitals, at the second of them that is named."""
    addresses = memo.counted("addresses of files", [each.folded for each in names])
    if len(addresses) == len(memo.counted("files with addresses", [each.references for each in names])):
        return
    first: dict[str, _Named] = {}
    told: set[tuple[Reference, str]] = set()
    for each in chain.from_iterable(each.files for each in names):
        earlier = first.setdefault(each.folded, each)
        if earlier.reference != each.reference and (each.reference, each.path) not in told:
            told.add((each.reference, each.path))
            place = texts[each.path].place(each.span)
            yield diagnostic("evidence-case-collision", place, file=each.reference, other=earlier.reference)
