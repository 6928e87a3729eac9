"""Rules on names and lengths of paths: a portfolio and its site can be copied to Windows or a USB stick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.evidence import State
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.messages.source import Source
from generator.model.paths import DEVICES, Reference, published_path
from generator.model.portfolio import Portfolio, Record, Text
from generator.model.text import Span
from generator.rules.rule import AREA, Rule

# `page-duplicate` is checked by `joining.assembly`.
RULES = (
    Rule("name-unportable", Severity.WARNING, place=AREA, wrong="con.pdf\n", right="kontrak.pdf\n"),
    Rule(
        "path-too-long",
        Severity.WARNING,
        place=AREA,
        wrong=f"notulen{'-dan-lampiran' * 13}.pdf\n",
        right="notulen-dan-lampiran.pdf\n",
    ),
    Rule(
        "name-too-long", Severity.ERROR, place=AREA, wrong=f"denah-baru{'-dan-denah' * 24}.svg\n", right="denah.svg\n"
    ),
    Rule(
        "page-duplicate",
        Severity.ERROR,
        place="pages/",
        wrong="profil.md\nProfil.md\n",
        right="profil.md\nprofil-pimpinan.md\n",
    ),
    Rule(
        "evidence-case-collision",
        Severity.WARNING,
        place=AREA,
        wrong="sk.pdf\nSK.pdf\n",
        right="sk-tim.pdf\nsk-agen.pdf\n",
    ),
)


_ABSENT = (State.MISSING, State.OUTSIDE)

MOST_CHARACTERS = 200
"""The most characters of a path: Windows allows 260, with the folder that a portfolio or a site is copied to."""

MOST_BYTES = 255
"""The most bytes of one name: no system writes a longer one."""

_UNPORTABLE = re.compile(
    rf"""
    (?: ^ | (?<=/) ) (?P<reserved> (?:{DEVICES}) [ ]* (?:\.[^/]*)? ) (?= / | $ )
    | (?P<character> [<>:"|?*\\\x00-\x1f] )
    | (?P<end> [. ] ) (?= / | $ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


class NameFault(Struct, frozen=True):
    """A fault of a name. `name` is the path to it, so that a folder is reported once for all files in it."""

    name: str
    diagnostic: Diagnostic


class NamedFile(Struct, frozen=True):
    """A file that a text names, with its address in the site without regard to capitals, and where it is named."""

    reference: Reference
    folded: str
    path: str
    span: Span | None


class Names(Struct, frozen=True):
    """The names that one text brings along: the faults of its own path and of the others, and the files it names."""

    path: str
    own_faults: tuple[NameFault, ...]
    faults: tuple[NameFault, ...]
    files: tuple[NamedFile, ...]


def name_diagnostics(
    portfolio: Portfolio, texts: Mapping[str, Source], record_names: Sequence[Names]
) -> Iterator[Diagnostic]:
    """Yield what cannot be copied, or would take another's place, and what could not be written at all.

    `record_names` are the names that each record of the portfolio brings along.
    """
    others: list[tuple[str, Text, str]] = [(page.path, page.text, f"pages/{page.id}.html") for page in portfolio.pages]
    others += [(each.path, each.text, "") for each in portfolio.statements]
    others += [(each.path, each.text, "") for each in portfolio.findings]
    names = [*record_names, *(names_of_text(text, address, texts[path]) for path, text, address in others)]
    own_faults = {each.path: each.own_faults for each in names}
    first: dict[tuple[str, str], Diagnostic] = {}
    for path, text in texts.items():
        for fault in own_faults[path] if path in own_faults else _of_name(path, text.place):
            first.setdefault((fault.diagnostic.code, fault.name), fault.diagnostic)
    for fault in chain.from_iterable(each.faults for each in names):
        first.setdefault((fault.diagnostic.code, fault.name), fault.diagnostic)
    yield from first.values()
    yield from _collisions(names, texts)


def names_of_record(record: Record, source: Source) -> Names:
    """Return the names that a record brings along: those of its text, and those of its documents."""
    found = names_of_text(record.text, f"records/{record.id}.html", source, written=not record.draft)
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
        if file.inspection.size:  # an empty file is reported as such, and no more
            files.append(NamedFile(file.reference, _folded(file.reference), source.path, document.span))
    return replace(found, faults=tuple(faults), files=tuple(files))


def names_of_text(text: Text, address: str, source: Source, *, written: bool = True) -> Names:
    """Return the names that a text brings along: its own path, the `address` of its page, and the files it links."""
    linked = tuple(dict.fromkeys(text.files.values()))
    longest = max(source.path, address, key=len)
    faults = [*_of_length(longest, source.place, written=written, address=address)]
    for each in linked:
        faults += _of_name(_path(each), source.place)
        faults += _of_length(published_path(each, active=False), source.place, written=written)
    files = tuple(NamedFile(each, _folded(each), source.path, None) for each in linked)
    return Names(source.path, tuple(_of_name(source.path, source.place)), tuple(faults), files)


def _folded(reference: Reference) -> str:
    """Return the address in the site, without regard to capitals and to packing."""
    return published_path(reference, active=False).casefold()


def _of_name(path: str, place: Callable[[], Place]) -> Iterator[NameFault]:
    """Yield what Windows refuses of a path: a device's name, a character, a dot or space at the end of a name."""
    for match in _UNPORTABLE.finditer(path):
        end = path.find("/", match.end())
        whole = path if end < 0 else path[:end]
        kind, name = match.lastgroup or "", whole.rpartition("/")[2]
        yield NameFault(whole, Diagnostic.warning("name-unportable", place(), variant=kind, name=name, char=match[0]))


def _of_length(
    path: str, place: Callable[[], Place], *, written: bool, address: str | None = None
) -> Iterator[NameFault]:
    """Yield that a path is longer than Windows allows, or the name of the address that is to be written than any does.

    Windows counts as UTF-16 does, others count bytes.
    """
    name = (path if address is None else address).rpartition("/")[2]
    size = len(name.encode("utf-8", "surrogateescape"))
    length = len(path.encode("utf-16-le", "surrogatepass")) // 2
    if written and size > MOST_BYTES:
        yield NameFault(path, Diagnostic.error("name-too-long", place(), name=name, length=size, limit=MOST_BYTES))
    elif length > MOST_CHARACTERS:
        yield NameFault(
            path, Diagnostic.warning("path-too-long", place(), path=path, length=length, limit=MOST_CHARACTERS)
        )


def _path(reference: Reference) -> str:
    return f"{reference.root}/{reference.path}" if reference.root else reference.path


def _collisions(names: Sequence[Names], texts: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield the files whose addresses differ only by capitals, at the second of them that is named."""
    folded = {file.reference: file.folded for each in names for file in each.files}
    if len({*folded.values()}) == len(folded):
        return
    first: dict[str, NamedFile] = {}
    reported: set[tuple[Reference, str]] = set()
    for each in chain.from_iterable(each.files for each in names):
        earlier = first.setdefault(each.folded, each)
        if earlier.reference != each.reference and (each.reference, each.path) not in reported:
            reported.add((each.reference, each.path))
            place = texts[each.path].place(each.span)
            yield Diagnostic.warning("evidence-case-collision", place, file=each.reference, other=earlier.reference)
