"""A rule as a value: its code, its severity and an example; and the parts of the texts of examples."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from generator.messages.diagnostics import Severity


class Rule(Struct, frozen=True):
    """One rule, with how its mistake looks and how the same is right.

    `wrong` and `right` are the text of the file `place`, with the Indonesian names of keys. Where `place` ends in `/`
    they list the files below that folder; what stands after a name says what the file holds.
    """

    code: str
    severity: Severity
    place: str
    wrong: str
    right: str

    @property
    def lists_files(self) -> bool:
        """Whether the example shows files in a folder, and not a text."""
        return self.place.endswith("/")

    def shown_in(self, language: str) -> Rule:
        """Return the rule with its example in "id" or "en"."""
        if language == "id":
            return self
        return replace(self, wrong=_in_english(self.wrong), right=_in_english(self.right))


AREA = "records/1-manajemen-perubahan/"
RECORD = f"{AREA}rapat.md"
ANSWERS = "assessment/1.md"
FINDING = "findings/temuan-1.md"
PAGE = "pages/profil.md"
SETTINGS = "portfolio.yaml"
INSTRUMENT = "instruments/kami.yaml"


def record_with(lines: str, *, text: str = "") -> str:
    """Return a record with more keys, each on a line."""
    return f"---\njudul: Rapat persiapan\ntanggal: 2023-01-18\n{lines}---\n{text}"


def document_with(lines: str) -> str:
    """Return a record with one document."""
    return record_with(f"butir: [A.I.1.i.a]\nbukti:\n  - {lines}")


def answers_with(line: str) -> str:
    """Return a file of answers with one answer."""
    return f"---\njawaban:\n  {line}\n---\n"


def page_with(text: str) -> str:
    """Return a page with a text."""
    return f"---\njudul: Profil\n---\n{text}"


def settings_with(lines: str) -> str:
    """Return settings with more keys, each on a line."""
    return f"judul: Portofolio Zona Integritas\nsatuan_kerja: Balai Diklat Musi Raya\n{lines}"


_ENGLISH = {
    "judul": "title", "tanggal": "date", "butir": "items", "bukti": "evidence", "berkas": "file", "jenis": "type",
    "tautan": "url", "label": "tags", "jawaban": "answers", "kegiatan": "record", "putusan": "verdict",
    "satuan_kerja": "unit", "berlaku_sampai": "valid_until", "butirr": "itemss", "riwayat": "history",
    "catatan": "note", "prasyarat": "prerequisites", "dokumen": "documents",
}  # fmt: skip
_KEY = re.compile(rf"(?<![\w.])({'|'.join(_ENGLISH)})(?=:)")


def _in_english(text: str) -> str:
    named = _KEY.sub(lambda match: _ENGLISH[match[1]], text)
    return named.replace("ditolak", "rejected").replace("{answers:", "{answer:")
