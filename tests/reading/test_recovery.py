"""One fault of YAML does not hide the other mistakes of a text, and is reported once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.reading import assessment, records, settings

RECORD = """\
judul: Rapat persiapan
tanggal: 2023-01-18
tanggal_selesai: 2023-01-19
butir: [A.I.1.i.a, A.I.1.i.b]
penanggung_jawab:
  - Ani
  - Budi
label: [rapat]
status: final
klasifikasi: internal
bukti:
  - berkas: sk.pdf
    jenis: sk
  - {berkas: notulen.pdf, jenis: notulen}
  - tautan: https://contoh.example/berita
    judul: Berita
"""
SPOIL: dict[str, Callable[[str], str]] = {
    "a colon": lambda line: f"{line}: lagi",
    "a quotation mark": lambda line: line.replace(": ", ': "', 1) if ": " in line else line.replace("- ", '- "', 1),
    "a bracket": lambda line: line.replace(": ", ": [", 1) if ": " in line else line.replace("- ", "- [", 1),
    "a tab": lambda line: f"\t{line.lstrip()}",
    "a space": lambda line: f" {line}",
    "an at sign": lambda line: line.replace(": ", ": @", 1) if ": " in line else line.replace("- ", "- @", 1),
    "no colon": lambda line: line.replace(":", "", 1),
}


def read(front: str) -> tuple[Diagnostic, ...]:
    return records.read(Source("records/1-x/r/index.md", f"---\n{front}---\nIsi.\n")).diagnostics


@pytest.mark.parametrize("fault", SPOIL)
@pytest.mark.parametrize("number", range(RECORD.count("\n")))
def test_one_fault_of_a_record_is_told_once(fault: str, number: int) -> None:
    lines = RECORD.splitlines()
    lines[number] = SPOIL[fault](lines[number])
    found = read("\n".join(lines) + "\n")
    syntax = [each for each in found if each.code == "front-matter-syntax"]
    assert len(found) <= 1 or (not syntax and len(found) <= 2), [each.message("en") for each in found]


@pytest.mark.parametrize("first", [0, 3, 5, 8, 11])
def test_mistakes_beside_a_fault_of_yaml_are_told_as_well(first: int) -> None:
    lines = RECORD.replace("2023-01-18", "18/01/2023").replace("internal", "rahasia").splitlines()
    lines[first] = SPOIL["a quotation mark"](lines[first])
    codes = sorted(each.code for each in read("\n".join(lines) + "\n"))
    assert codes == ["date-invalid", "field-invalid", "front-matter-syntax"]


def test_nothing_counts_or_is_published_of_what_could_not_be_read() -> None:
    for lost, kept in (("status: draf: x", "klasifikasi: internal"), ("klasifikasi: terbatas: x", "status: final")):
        reading = records.read(Source("records/1-x/r.md", f"---\njudul: a\ntanggal: 2023-01-18\n{lost}\n{kept}\n---\n"))
        assert reading.title == "a"
        assert reading.draft is lost.startswith("status")
        assert reading.restricted is lost.startswith("klasifikasi")
        assert not reading.sound


def test_answers_beside_a_faulty_one_are_read() -> None:
    text = "---\njawaban:\n  A.I.1.i.a: Ya\n  A.I.1.i.b: {jawaban: B, catatan: a: b}\n  A.I.1.ii.a: Ya\n---\n"
    reading = assessment.read(Source("assessment/1.md", text))
    assert [key.text for key, _ in reading.answers] == ["A.I.1.i.a", "A.I.1.ii.a"]
    assert [each.place.line for each in reading.diagnostics] == [4]


def test_settings_tell_their_other_mistakes_too() -> None:
    found, language, problems = settings.read(Source("portfolio.yaml", "title: a: b\nlanguage: en\nhistory: gitt\n"))
    assert found is None
    assert language == "en"
    assert [(each.code, each.place.line) for each in problems] == [
        ("settings-invalid", 1), ("settings-invalid", 1), ("settings-invalid", 3),
    ]  # fmt: skip
