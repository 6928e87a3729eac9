"""Rules on files as evidence. Whether one is there and opens is checked by `joining.documents`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence import State
from generator.joining.links import published_file
from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.model.portfolio import Document, DocumentFile, Record
from generator.rules.rule import AREA, RECORD, Rule, document_with

RULES = (
    Rule(
        "evidence-missing",
        Severity.ERROR,
        place=RECORD,
        wrong=document_with("berkas: SK Tim.pdf\n    jenis: sk\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    Rule(
        "evidence-outside",
        Severity.ERROR,
        place=RECORD,
        wrong=document_with("berkas: C:\\Users\\Budi\\sk.pdf\n    jenis: sk\n"),
        right=document_with("berkas: sk.pdf\n    jenis: sk\n"),
    ),
    Rule("evidence-empty", Severity.ERROR, place=AREA, wrong="sk.pdf   0 B\n", right="sk.pdf   84 KiB\n"),
    Rule("evidence-damaged", Severity.ERROR, place=AREA, wrong="sk.pdf   %PDF … ✂\n", right="sk.pdf   %PDF … %%EOF\n"),
    Rule("evidence-mismatch", Severity.ERROR, place=AREA, wrong="sk.pdf   JPEG\n", right="sk.jpg   JPEG\n"),
    Rule("evidence-placeholder", Severity.ERROR, place=AREA, wrong="sk.lnk\n", right="sk.pdf\n"),
    Rule("evidence-encrypted", Severity.WARNING, place=AREA, wrong="sk.pdf   🔒\n", right="sk.pdf\n"),
    Rule(
        "evidence-unexamined",
        Severity.WARNING,
        place=AREA,
        wrong="sk.pdf   9.000.000.000 B\n",
        right="sk.pdf   84 KiB\n",
    ),
    Rule(
        "preview-failed",
        Severity.WARNING,
        place=AREA,
        wrong="sk.pdf   1 = 2 × 2 × 2 × 2 …\n",
        right="sk.pdf   84 KiB\n",
    ),
    Rule("evidence-active", Severity.WARNING, place=AREA, wrong="sk.svg\n", right="sk.pdf\n"),
    Rule("evidence-blank", Severity.WARNING, place=AREA, wrong="sk.pdf   ☐\n", right="sk.pdf   ☰\n"),
    Rule(
        "evidence-location",
        Severity.WARNING,
        place=AREA,
        wrong="foto.jpg   GPS -2.9761, 104.7754\n",
        right="foto.jpg\n",
    ),
)


def content_diagnostics(
    record: Record, document: Document, file: DocumentFile, place: Place, *, strip_location: bool
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the content of a document; what only matters when it is published where it is."""
    inspection = file.inspection
    if inspection.blank and inspection.state is State.SOUND:
        yield Diagnostic.warning("evidence-blank", place, file=document.written)
    if not document.restricted and inspection.state is not State.PLACEHOLDER:
        keeps_location = not strip_location and not record.draft
        yield from published_file(file, lambda: place, document.written, keeps_location=keeps_location)
