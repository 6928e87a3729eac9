"""Rules on records, their areas and items. Codes are looked up by `joining.assembly` and `joining.vocabulary`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.source import Source
from generator.model.portfolio import Record
from generator.model.text import Span
from generator.rules.fields import place_of_key
from generator.rules.rule import RECORD, Rule, document_with, record_with

RULES = (
    Rule(
        "area-unknown",
        Severity.ERROR,
        place=RECORD.replace("1-manajemen-perubahan/", ""),
        wrong=record_with(""),
        right=record_with("area: 1\n"),
    ),
    Rule("area-mismatch", Severity.ERROR, place=RECORD, wrong=record_with("area: 2\n"), right=record_with("")),
    Rule(
        "area-unrelated",
        Severity.WARNING,
        place="records/2-tata-laksana/rapat.md",
        wrong=record_with("butir: [A.I.1.i.a]\n"),
        right=record_with("butir: [A.I.2.i.a]\n"),
    ),
    Rule(
        "item-unknown",
        Severity.ERROR,
        place=RECORD,
        wrong=record_with("butir: [a.i.1.i.a]\n"),
        right=record_with("butir: [A.I.1.i.a]\n"),
    ),
    Rule(
        "record-duplicate",
        Severity.ERROR,
        place="records/",
        wrong="1-manajemen-perubahan/rapat.md\n2-tata-laksana/rapat.md\n",
        right="1-manajemen-perubahan/rapat-tim.md\n2-tata-laksana/rapat-sop.md\n",
    ),
    Rule(
        "record-without-items",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with(""),
        right=record_with("butir: [A.I.1.i.a]\n"),
    ),
    Rule(
        "record-without-evidence",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with("butir: [A.I.1.i.a]\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n"),
    ),
)


def record_diagnostics(record: Record, source: Source, *, areas: Mapping[str, int | None]) -> Iterator[Diagnostic]:
    """Yield what a record lacks, and that its items belong to another area; `areas` are the areas of items."""
    whole = source.place(Span(0, 3))
    if not record.items:
        yield Diagnostic.warning("record-without-items", whole, id=record.id)
    if not record.documents:
        yield Diagnostic.warning("record-without-evidence", whole, id=record.id)
    own = sorted({area for item in record.items if (area := areas.get(item)) is not None})
    if record.area is not None and own and record.area not in own:
        yield Diagnostic.warning(
            "area-unrelated",
            place_of_key(source, ("items", "butir")),
            items=", ".join(record.items),
            areas=", ".join(map(str, own)),
            area=record.area,
        )
