"""Rules on addresses of evidence. Whether one can be opened at all is checked by `joining.documents`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.messages.diagnostics import Diagnostic, Place, Severity
from generator.model.evidence import UrlForm
from generator.model.portfolio import DocumentUrl
from generator.rules.rule import RECORD, Rule, document_with

RULES = (
    Rule(
        "url-invalid",
        Severity.ERROR,
        place=RECORD,
        wrong=document_with("tautan: contoh.go.id/berita\n    jenis: media-publikasi\n"),
        right=document_with("tautan: https://contoh.go.id/berita\n    jenis: media-publikasi\n"),
    ),
    Rule(
        "url-ambiguous",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("tautan: https://s.id/berita-zi\n    jenis: media-publikasi\n"),
        right=document_with("tautan: https://contoh.go.id/berita-zi\n    jenis: media-publikasi\n"),
    ),
    Rule(
        "url-unreachable",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("tautan: http://contoh.go.id/berita-lama\n    jenis: media-publikasi\n"),
        right=document_with("tautan: http://contoh.go.id/berita\n    jenis: media-publikasi\n"),
    ),
    Rule(
        "evidence-folder",
        Severity.WARNING,
        place=RECORD,
        wrong=document_with("tautan: https://drive.google.com/drive/folders/1a2b3c\n    jenis: foto\n"),
        right=document_with("tautan: https://drive.google.com/file/d/4d5e6f/view\n    jenis: foto\n"),
    ),
)


def address_diagnostics(url: DocumentUrl, place: Place) -> Iterator[Diagnostic]:
    """Yield that an address leads to a folder, or may do so."""
    if url.form is UrlForm.FOLDER:
        yield Diagnostic.warning("evidence-folder", place, url=url.address)
    elif url.form is UrlForm.UNCLEAR:
        yield Diagnostic.warning("url-ambiguous", place, url=url.address)
