"""All readings of a portfolio's texts, and each text rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.joining.documents import named_files
from generator.joining.links import linked_files, shown
from generator.markup import render
from generator.markup.limits import TextTooDeep
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.paths import Reference
from generator.model.text import Rendered
from generator.reading import assessment, findings, free_pages, records
from generator.reading.assessment import AssessmentReading
from generator.reading.findings import FindingReading
from generator.reading.free_pages import PageReading
from generator.reading.publications import PublicationsReading
from generator.reading.records import Defaults, RecordReading
from generator.reading.tree import kind_of

Reading = RecordReading | AssessmentReading | FindingReading | PageReading


class Readings(Struct, frozen=True):
    """All readings of a portfolio's texts."""

    records: tuple[RecordReading, ...]
    assessments: tuple[AssessmentReading, ...]
    findings: tuple[FindingReading, ...]
    pages: tuple[PageReading, ...]
    defaults: tuple[Defaults, ...] = ()
    publications: PublicationsReading = PublicationsReading()

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the problems of each file by itself."""
        every = chain(self.defaults, self.every(), (self.publications,))
        return tuple(found for each in every for found in each.diagnostics)

    def every(self) -> Iterator[Reading]:
        """Yield every reading except those of defaults."""
        yield from self.records
        yield from self.assessments
        yield from self.findings
        yield from self.pages


class RenderedReading(Struct, frozen=True):
    """A reading with its path, its text rendered, and the files that its evidence and its links may name."""

    path: str
    reading: Reading
    rendered: Rendered
    evidence: tuple[Reference, ...]
    links: tuple[Reference, ...]
    diagnostics: tuple[Diagnostic, ...]


Given = tuple[Source, tuple[Defaults, ...]]
"""A text of the portfolio, and what the folders above it say, the nearest first."""

_READ: Mapping[str, Callable[[Source], Reading]] = {
    "assessment": assessment.read,
    "findings": findings.read,
    "pages": free_pages.read,
}


def read_text(given: Given, *, roots: tuple[str, ...]) -> RenderedReading:
    """Read one text and render its Markdown; nothing but the text and the defaults above it decides the result."""
    source, defaults = given
    reading: Reading
    if kind_of(source) == "records":
        reading = records.read(source, defaults)
        named = named_files(reading, roots)
    else:
        reading, named = _READ[kind_of(source)](source), ()
    if reading.divided is None:
        return RenderedReading(source.path, reading, Rendered(("",)), named, (), ())
    try:
        rendered = render.render(reading.divided.body_text)
    except TextTooDeep:
        rendered = None
    text, problems = shown(reading.divided, rendered)
    same = {each: each for each in named}
    linked = tuple(same.get(each, each) for each in linked_files(reading.divided, text, roots))
    return RenderedReading(source.path, reading, text, named, linked, problems)


def with_source(text: RenderedReading, source: Source) -> RenderedReading:
    """Return a text that another process read with the source that this one has, so that it is in memory once."""
    reading = text.reading
    divided = None if reading.divided is None else replace(reading.divided, source=source)
    return replace(text, path=source.path, reading=replace(reading, source=source, divided=divided))


def wanted_files(texts: Iterable[RenderedReading], others: tuple[Reference, ...] = ()) -> tuple[Reference, ...]:
    """Return every file that an evidence entry or a link of a text may name, without texts of the portfolio.

    So are `others` returned.
    """
    texts = tuple(texts)
    sources = {text.path for text in texts}
    sources |= {path.removesuffix("/index.md") for path in sources}
    found = dict.fromkeys(chain(others, chain.from_iterable(text.evidence for text in texts)))
    for each in dict.fromkeys(chain.from_iterable(text.links for text in texts)):
        if each.root or each.path not in sources:
            found[each] = None
    return tuple(found)
