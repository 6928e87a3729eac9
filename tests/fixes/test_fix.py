"""`check --fix`: what is certain is mended and nothing else, to the byte."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build import project
from generator.cli import run
from generator.fixes import changes, fixes
from generator.messages.diagnostics import Edit, Severity
from tests.conftest import ROOT
from tests.support import builders, small
from tests.support.builders import DAY

RECORD = "records/1-mp/rapat/index.md"
OFFICIAL = "title: Portofolio\nunit: Balai Diklat\n"
SETTINGS = f"{OFFICIAL}instrument: instruments/ringkas.yaml\n"
SOUND = """\
---
title: "Rapat: persiapan evaluasi"
date: 2023-01-18
items: [A.I.1.i.a, A.I.1.ii.c]
people: [Sekretaris]
status: final
evidence:
  - file: sk tim-zi.pdf
    type: sk
  - file: evidence/notulen-1.pdf
    type: daftar-hadir
    valid_until: 2023-12-31
---
Lihat [SK](sk%20tim-zi.pdf), ada tab\tdan spasi\u00a0keras di sini.

Selesai.
"""
FILES: dict[str, str | bytes] = {
    "instruments/ringkas.yaml": small.RINGKAS.read_bytes(),
    "records/1-mp/rapat/sk tim-zi.pdf": builders.pdf("SK"),
    "evidence/notulen-1.pdf": builders.pdf("Notulen"),
}

MISTAKES = {
    "a letter swapped in a key": ("title:", "titel:"),
    "a capital key": ("date:", "Date:"),
    "a letter missing from a key": ("evidence:", "evidnce:"),
    "a key of two words": ("valid_until:", "Valid until:"),
    "a key after a no-break space": ("people:", "\u00a0people:"),
    "a bullet of a word processor": ("  - file: sk tim", "  – file: sk tim"),
    "a round bullet": ("  - file: sk tim", "  • file: sk tim"),
    "a star for a bullet": ("  - file: sk tim", "  * file: sk tim"),
    "a number for a bullet": ("  - file: sk tim", "  1. file: sk tim"),
    "a bullet without a space": ("  - file: sk tim", "  -file: sk tim"),
    "a key after a character without width": ("people:", "\u200bpeople:"),
    "a date with slashes": ("date: 2023-01-18", "date: 18/01/2023"),
    "a date with a month's name": ("date: 2023-01-18", "date: 18 Januari 2023"),
    "a date with long dashes": ("date: 2023-01-18", "date: 2023–01–18"),
    "a date with a weekday": ("date: 2023-01-18", "date: Rabu, 18 Januari 2023"),
    "a date with the month first": ("date: 2023-01-18", "date: January 18, 2023"),
    "a date run together": ("date: 2023-01-18", "date: 20230118"),
    "a date with a no-break space": ("date: 2023-01-18", "date: 18\u00a0Januari 2023"),
    "a date in smart quotes": ("date: 2023-01-18", "date: “2023-01-18”"),
    "a date with the year first": ("valid_until: 2023-12-31", "valid_until: 2023/12/31"),
    "an item in small letters": ("A.I.1.i.a", "a.i.1.i.a"),
    "an item with spaces": ("A.I.1.ii.c", "A.I.1. ii. c"),
    "an item with long dashes": ("A.I.1.ii.c", "A–I–1–ii–c"),
    "items with a word between": ("[A.I.1.i.a, A.I.1.ii.c]", "A.I.1.i.a dan A.I.1.ii.c"),
    "items in round brackets": ("[A.I.1.i.a, A.I.1.ii.c]", "(A.I.1.i.a, A.I.1.ii.c)"),
    "items in brackets with a semicolon": ("[A.I.1.i.a, A.I.1.ii.c]", "[A.I.1.i.a; A.I.1.ii.c]"),
    "items without brackets": ("[A.I.1.i.a, A.I.1.ii.c]", "A.I.1.i.a; A.I.1.ii.c"),
    "a type with a dot": ("type: daftar-hadir", "type: Daftar.Hadir"),
    "a type by its label": ("type: sk", "type: Surat Keputusan"),
    "a word misspelt": ("status: final", "status: fnal"),
    "a key in bold": ("people:", "**people**:"),
    "a key in bold with its colon": ("date: 2023", "**date:** 2023"),
    "a name without its ending": ("file: sk tim-zi.pdf", "file: sk tim-zi"),
    "a name in capitals": ("file: sk tim-zi.pdf", "file: SK Tim-ZI.PDF"),
    "a name with a long dash": ("file: sk tim-zi.pdf", "file: sk tim–zi.pdf"),
    "a name with other separators": ("file: sk tim-zi.pdf", "file: sk_tim_zi.pdf"),
    "a name with a no-break space": ("file: sk tim-zi.pdf", "file: sk\u00a0tim-zi.pdf"),
    "a name with an invisible space": ("file: sk tim-zi.pdf", "file: sk tim\u200b-zi.pdf"),
    "a name as a link has it": ("file: sk tim-zi.pdf", "file: sk%20tim-zi.pdf"),
    "a name in smart quotes": ("file: sk tim-zi.pdf", "file: “sk tim-zi.pdf”"),
    "a name with its ending in capitals": ("file: sk tim-zi.pdf", "file: sk tim-zi.PDF"),
    "a name with its ending twice": ("file: sk tim-zi.pdf", "file: sk tim-zi.pdf.pdf"),
    "a name with a space before its ending": ("file: sk tim-zi.pdf", "file: sk tim-zi .pdf"),
    "a name with another ending": ("file: evidence/notulen-1.pdf", "file: evidence/notulen-1.docx"),
    "a path with backslashes": ("file: evidence/notulen-1.pdf", "file: evidence\\notulen-1.pdf"),
    "a folder in capitals": ("file: evidence/notulen-1.pdf", "file: Evidence/Notulen-1.pdf"),
    "a link in capitals": ("(sk%20tim-zi.pdf)", "(SK%20Tim-ZI.pdf)"),
    "a colon without quotes": ('"Rapat: persiapan evaluasi"', "Rapat: persiapan evaluasi"),
    "smart quotes": ('"Rapat: persiapan evaluasi"', "“Rapat: persiapan evaluasi”"),
    "no space after a colon": ("people: [", "people:["),
    "a no-break space after a colon": ("status: final", "status:\u00a0final"),
    "no-break spaces in the indentation": ("    type: sk\n", "\u00a0 \u00a0 type: sk\n"),
    "a tab in the indentation": ("    type: sk\n", "\ttype: sk\n"),
    "a tab before a list": ("  - file: sk tim", "\t- file: sk tim"),
    "a fence of long dashes": ("---\ntitle", "–––\ntitle"),
    "a fence too long": ("---\ntitle", "----\ntitle"),
    "a fence of stars": ("---\ntitle", "***\ntitle"),
    "a fence of a block of code": ("---\ntitle", "```yaml\ntitle"),
    "a last fence of one long dash": ("---\nLihat", "—\nLihat"),
    "a blank line at the top": ("---\ntitle", "\n---\ntitle"),
}


def spoil(text: str, names: Sequence[str]) -> str:
    for name in names:
        right, wrong = MISTAKES[name]
        text = text.replace(right, wrong, 1)
    return text


def portfolio(folder: Path, record: bytes | str, **more: str | bytes) -> Path:
    home = folder / "portofolio"
    content = record.encode() if isinstance(record, str) else record
    builders.write(home, {"portfolio.yaml": SETTINGS, **FILES, RECORD: content, **more})
    return home


def fix(home: Path, *options: str) -> int:
    return run(["check", str(home), "--fix", "--as-of", "2023-06-30", "--lang", "en", *options])


def errors(home: Path) -> list[str]:
    found = project.read(home, on=DAY).diagnostics
    return [each.code for each in found if each.severity is Severity.ERROR]


def record_of(home: Path) -> str:
    return (home / RECORD).read_bytes().decode()


def test_the_record_of_these_tests_is_sound(tmp_path: Path) -> None:
    assert errors(portfolio(tmp_path, SOUND)) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_certain_mistake_is_mended_to_the_byte(name: str, tmp_path: Path) -> None:
    invalid = spoil(SOUND, [name])
    assert invalid != SOUND
    home = portfolio(tmp_path, invalid)
    assert errors(home)
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND


@pytest.mark.parametrize("other", ["a key after a character without width", "a key after a no-break space"])
def test_two_mistakes_of_one_line_are_mended(tmp_path: Path, other: str) -> None:
    invalid = spoil(SOUND, [other, "no space after a colon"])
    home = portfolio(tmp_path, invalid)
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND


@given(
    names=st.lists(st.sampled_from(sorted(MISTAKES)), min_size=1, max_size=3, unique=True),
    ends=st.sampled_from(["\n", "\r\n", "mixed"]),
    mark=st.sampled_from(["", "\ufeff"]),
    final_newline=st.booleans(),
    utf_16=st.booleans(),
)
@settings(max_examples=25)
def test_mending_leaves_every_other_byte_alone_and_twice_is_once(
    *, names: list[str], ends: str, mark: str, final_newline: bool, utf_16: bool
) -> None:
    lines = spoil(SOUND, names).split("\n")
    if not final_newline:
        lines.pop()
    every = [("\r\n" if number % 2 else "\n") if ends == "mixed" else ends for number in range(len(lines))]
    invalid = mark + "".join(f"{line}{end}" for line, end in zip(lines, [*every[:-1], ""], strict=True))
    with tempfile.TemporaryDirectory() as folder:
        home = portfolio(Path(folder), invalid.lstrip("\ufeff").encode("utf-16") if utf_16 else invalid)
        fix(home, "--yes")
        once = (home / RECORD).read_bytes()
        assert errors(home) == [] or once == invalid.encode() or utf_16
        made = once.decode()
        if not utf_16:
            assert made.startswith("\ufeff") == bool(mark)
        before, after = invalid.lstrip("\ufeff").split("\n"), made.lstrip("\ufeff").split("\n")
        sound = {line.rstrip("\r") for line in SOUND.split("\n")}
        dropped = 1 if before[0].rstrip("\r") == "" and after[0].rstrip("\r") else 0
        assert len(before) - dropped == len(after)
        for old, new in zip(before[dropped:], after, strict=True):
            assert old.endswith("\r") == new.endswith("\r")
            if old.rstrip("\r") in sound:
                assert new == old
        fix(home, "--yes")
        assert (home / RECORD).read_bytes() == once


def test_several_mistakes_of_several_files_are_mended_at_once(tmp_path: Path) -> None:
    some = [
        "a capital key",
        "a date with slashes",
        "a name in capitals",
        "a colon without quotes",
        "a link in capitals",
    ]
    second = "records/1-mp/kedua.md"
    text = "–––\nJudul: Rapat: kedua\nTanggal: 3 Mei 2023\nButir: a.i.1.i.a\n---\n"
    home = portfolio(tmp_path, spoil(SOUND, some), **{second: text})
    builders.write(home, {"portfolio.yaml": "Title: Portofolio\nunit: Balai: Diklat\n"})
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND
    assert (home / second).read_text(
        "utf-8"
    ) == '---\njudul: "Rapat: kedua"\ntanggal: 2023-05-03\nbutir: A.I.1.i.a\n---\n'
    assert (home / "portfolio.yaml").read_text("utf-8") == 'title: Portofolio\nunit: "Balai: Diklat"\n'


def test_utf_16_becomes_utf_8_with_the_same_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = portfolio(tmp_path, SOUND.replace("\n", "\r\n").encode("utf-16"))
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND.replace("\n", "\r\n")
    assert "from UTF-16 to UTF-8" in capsys.readouterr().out


NOT_CERTAIN = {
    "day and month may have changed places": ("date: 2023-01-18", "date: 03/04/2023"),
    "a day that is not there": ("date: 2023-01-18", "date: 2023-02-30"),
    "a year of two digits": ("date: 2023-01-18", "date: 18 Jan 23"),
    "several days": ("date: 2023-01-18", "date: 18-19 Januari 2023"),
    "a day with its hour": ("date: 2023-01-18", "date: 2023-01-18 09:00"),
    "several files in one entry": ("file: sk tim-zi.pdf", "file: sk tim-zi.pdf, notulen.pdf"),
    "a file of another folder": ("file: sk tim-zi.pdf", "file: notulen-1.pdf"),
    "a group of items": ("A.I.1.ii.c", "A.I.1.ii"),
    "a status in other words": ("status: final", "status: selesai"),
    "a status in a word of offices": ("status: final", "status: konsep"),
    "a classification in a word of offices": ("status: final", "classification: rahasia"),
    "people in one line of a list": ("people: [Sekretaris]", "people:\n  - Ani; Budi"),
    "a list of files in one entry": ("file: sk tim-zi.pdf", "file: [sk tim-zi.pdf, notulen.pdf]"),
    "a month without a day": ("date: 2023-01-18", "date: Januari 2023"),
    "a key near nothing": ("people:", "lampiran:"),
    "a key that is only begun alike": ("people:", "title_en:"),
    "two keys that were meant for one": ("people: [Sekretaris]\nstatus:", "statuss: final\nstatu:"),
    "a key that is there already": ("people: [Sekretaris]", "titel: Rapat"),
    "a key whose value does not fit": ("people: [Sekretaris]", "aera: satu"),
    "an item that is only nearly one": ("A.I.1.ii.c", "A.I.1.ii.cc"),
    "a type that is only nearly one": ("type: sk\n", "type: notulensi\n"),
    "a file that is not there": ("file: sk tim-zi.pdf", "file: daftar hadir.pdf"),
    "a file that is only nearly there": ("file: sk tim-zi.pdf", "file: sk tim-zii.pdf"),
    "a file of another ending that is named already": ("type: sk\n", "type: sk\n  - file: sk tim-zi.docx\n"),
    "two names for one file": ("file: sk tim-zi.pdf", "file: sk tim-zi.doc\n  - file: sk tim-zi.docx"),
    "a file out of the portfolio": ("file: sk tim-zi.pdf", "file: ../../../../sk tim-zi.pdf"),
    "a path of a computer": ("file: sk tim-zi.pdf", "file: C:\\Users\\sk tim-zi.pdf"),
    "a colon, then perhaps a remark": ('"Rapat: persiapan evaluasi"', "Rapat: persiapan # evaluasi"),
    "a quotation mark that is not closed": ('"Rapat: persiapan evaluasi"', '"Rapat: persiapan evaluasi'),
    "an address without https": ("file: sk tim-zi.pdf", "url: www.kemenag.go.id"),
    "a word near nothing": ("status: final", "status: beres"),
    "a backslash in words": ('"Rapat: persiapan evaluasi"', '"Rapat \\a"'),
    "words before the front matter": ("---\ntitle", "Catatan\n---\ntitle"),
}


@pytest.mark.parametrize("name", NOT_CERTAIN)
def test_what_is_not_certain_is_left_alone(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = NOT_CERTAIN[name]
    text = SOUND.replace(right, wrong, 1).replace("Lihat [SK](sk%20tim-zi.pdf)", "Lihat")
    assert wrong in text
    home = portfolio(tmp_path, text)
    assert fix(home, "--yes") == 1
    assert record_of(home) == text
    assert "Nothing can be mended with certainty" in capsys.readouterr().out


def test_lists_with_the_marks_of_a_word_processor_become_lists(tmp_path: Path) -> None:
    marked = SOUND.replace("items: [A.I.1.i.a, A.I.1.ii.c]", "items:\n  • A.I.1.i.a\n  •\u00a0A.I.1.ii.c")
    home = portfolio(tmp_path, marked.replace("people: [Sekretaris]", "people:\n  1. Sekretaris\n  2. Ketua"))
    assert fix(home, "--yes") == 0
    mended = SOUND.replace("items: [A.I.1.i.a, A.I.1.ii.c]", "items:\n  - A.I.1.i.a\n  - A.I.1.ii.c")
    assert record_of(home) == mended.replace("people: [Sekretaris]", "people:\n  - Sekretaris\n  - Ketua")


def test_a_text_that_only_looks_like_a_list_is_left_alone(tmp_path: Path) -> None:
    text = SOUND.replace('title: "Rapat: persiapan evaluasi"', "title: >\n  1. Rapat\n  2. Evaluasi")
    home = portfolio(tmp_path, spoil(text, ["a number for a bullet"]))
    assert fix(home, "--yes") == 0
    assert record_of(home) == text


def test_keys_in_braces_get_the_spaces_after_their_colons(tmp_path: Path) -> None:
    home = portfolio(tmp_path, SOUND, **{"portfolio.yaml": f"{SETTINGS}period: {{from:2023-01-01, to:2023-12-31}}\n"})
    assert fix(home, "--yes") == 0
    assert (home / "portfolio.yaml").read_text("utf-8").endswith("period: {from: 2023-01-01, to: 2023-12-31}\n")


def test_a_document_without_its_key_gets_it(tmp_path: Path) -> None:
    text = SOUND.replace("  - file: sk tim-zi.pdf\n    type: sk\n", "  - sk tim-zi.pdf\n  - https://contoh.go.id/a\n")
    home = portfolio(tmp_path, text)
    assert fix(home, "--yes") == 0
    assert record_of(home) == text.replace("- sk tim", "- file: sk tim").replace("- https", "- url: https")


@pytest.mark.parametrize("missed", ["[SK] (sk%20tim-zi.pdf)", "(SK)[sk%20tim-zi.pdf]"])
def test_brackets_that_make_no_link_are_put_right(missed: str, tmp_path: Path) -> None:
    home = portfolio(tmp_path, SOUND.replace("[SK](sk%20tim-zi.pdf)", missed))
    assert "link-missed" in {each.code for each in project.read(home, on=DAY).diagnostics}
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND


def test_people_with_a_semicolon_between_them_become_a_list(tmp_path: Path) -> None:
    text = SOUND.replace("people: [Sekretaris]", "people: Ani Lestari; Dr. Ahmad, M.Si.")
    home = portfolio(tmp_path, text)
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND.replace("people: [Sekretaris]", 'people: [Ani Lestari, "Dr. Ahmad, M.Si."]')


def test_an_address_loses_the_marks_of_markdown_around_it(tmp_path: Path) -> None:
    address = "https://contoh.go.id/berita"
    sound = SOUND.replace("    type: sk\n", f"    type: sk\n  - url: {address}\n    type: foto\n")
    for number, marked in enumerate((f"<{address}>", f"[Berita]({address})", f"'[Berita]({address})'")):
        home = portfolio(tmp_path / str(number), sound.replace(address, marked))
        assert errors(home)
        assert fix(home, "--yes") == 0
        assert record_of(home).replace("'", "").replace('"https', "https").replace('berita"', "berita") == sound


def test_a_language_that_is_written_out_becomes_its_short_name(tmp_path: Path) -> None:
    home = portfolio(tmp_path, SOUND, **{"portfolio.yaml": f"{SETTINGS}language: Indonesia\n"})
    assert fix(home, "--yes") == 0
    assert (home / "portfolio.yaml").read_text("utf-8") == f"{SETTINGS}language: id\n"


def test_a_title_that_begins_in_brackets_is_put_in_quotes(tmp_path: Path) -> None:
    home = portfolio(tmp_path, SOUND.replace('"Rapat: persiapan evaluasi"', "[Rapat] persiapan evaluasi"))
    assert fix(home, "--yes") == 0
    assert record_of(home) == SOUND.replace("Rapat: persiapan", "[Rapat] persiapan")


def test_answers_in_other_words_are_mended_where_they_mean_one_thing(tmp_path: Path) -> None:
    answers = {"A.I.1.i.a": ("ya.", "Ya"), "A.I.1.i.b": ("b.", "B"), "A.I.1.ii.a": ("“Tidak”", "Tidak")}
    answers |= {"A.II.1.i.a": ("85 persen", "85%"), "A.II.1.i.b": ("17 dari 20", "17/20")}
    unclear = {"A.I.1.iv.a": "Sudah", "A.I.1.ii.b": "A/B", "A.II.4.i.a": "0,85"}

    def written(number: int) -> str:
        lines = [f"  {item}: {both[number]}" for item, both in answers.items()]
        lines += [f"  {item}: {answer}" for item, answer in unclear.items()]
        return "\n".join(["---", "answers:", *lines, "---", ""])

    home = portfolio(tmp_path, SOUND, **{"portfolio.yaml": OFFICIAL, "assessment/1.md": written(0)})
    assert fix(home, "--yes") == 1
    assert (home / "assessment/1.md").read_text("utf-8") == written(1)


def test_a_file_that_is_named_otherwise_on_the_disk_is_found_by_its_one_lookalike(tmp_path: Path) -> None:
    home = portfolio(tmp_path, SOUND)
    here = home / "records/1-mp/rapat"
    (here / "sk tim-zi.pdf").rename(here / "SK Tim-ZI.PDF")
    assert fix(home, "--yes") == 0
    assert "- file: SK Tim-ZI.PDF\n" in record_of(home)
    assert "(SK%20Tim-ZI.PDF)" in record_of(home)
    assert (here / "SK Tim-ZI.PDF").is_file()


def test_a_curly_apostrophe_of_a_name_becomes_the_one_on_the_disk(tmp_path: Path) -> None:
    text = SOUND.replace("    type: sk\n", "    type: sk\n  - file: foto jum'at.jpg\n")
    wrong = text.replace("jum'at", "jum’at")
    home = portfolio(tmp_path, wrong, **{"records/1-mp/rapat/foto jum'at.jpg": builders.jpeg()})
    assert fix(home, "--yes") == 0
    assert record_of(home) == text.replace("file: foto jum'at.jpg", 'file: "foto jum\'at.jpg"')


def test_a_name_is_mended_also_where_it_tells_no_type(tmp_path: Path) -> None:
    text = SOUND.replace("    type: sk\n", "").replace("sk tim-zi", "tim-zi").replace("sk%20tim", "tim")
    wrong = text.replace("file: tim-zi.pdf", "file: Tim-ZI.pdf")
    home = portfolio(tmp_path, wrong, **{"records/1-mp/rapat/tim-zi.pdf": builders.pdf("tim")})
    assert fix(home, "--yes") == 0
    assert record_of(home) == text


def test_of_two_files_that_look_alike_none_is_chosen(tmp_path: Path) -> None:
    text = spoil(SOUND, ["a name in capitals"]).replace("(sk%20tim-zi.pdf)", "(../rapat)").replace("](../rapat)", "]")
    home = portfolio(tmp_path, text, **{"records/1-mp/rapat/sk_tim-zi.pdf": builders.pdf("lain")})
    assert fix(home, "--yes") == 1
    assert record_of(home) == text


def test_a_file_of_another_ending_that_is_damaged_is_not_chosen(tmp_path: Path) -> None:
    text = spoil(SOUND, ["a name with another ending"])
    home = portfolio(tmp_path, text, **{"evidence/notulen-1.pdf": "kosong"})
    assert fix(home, "--yes") == 1
    assert record_of(home) == text


def test_a_verdict_on_a_document_is_not_lost_by_mending_its_name(tmp_path: Path) -> None:
    text = spoil(SOUND, ["a name with another ending"])
    finding = (
        "---\nitem: A.I.1.i.a\ndate: 2023-05-01\nevidence:\n"
        "  - {record: rapat, file: evidence/notulen-1.docx, verdict: rejected, reason: Salah}\n---\n"
    )
    home = portfolio(tmp_path, text, **{"findings/satu.md": finding})
    assert errors(home) == ["evidence-missing"]
    assert fix(home, "--yes") == 1
    assert record_of(home) == text


def test_an_answer_is_not_given_twice_by_mending_its_item(tmp_path: Path) -> None:
    answers = "---\nanswers:\n  A.I.1.i.a: Ya\n  a.i.1.i.a: Tidak\n---\n"
    home = portfolio(tmp_path, SOUND, **{"assessment/1.md": answers})
    assert fix(home, "--yes") == 1
    assert (home / "assessment/1.md").read_text("utf-8") == answers


def test_what_can_be_mended_is_mended_beside_what_cannot(tmp_path: Path) -> None:
    text = spoil(SOUND, ["an item in small letters"]).replace("2023-12-31", "03/04/2023")
    home = portfolio(tmp_path, text)
    assert fix(home, "--yes") == 1
    assert record_of(home) == SOUND.replace("2023-12-31", "03/04/2023")


def test_a_remedy_that_would_do_harm_does_not_keep_the_others_away(tmp_path: Path) -> None:
    some = ["a capital key", "an item in small letters", "a name with another ending", "a name in capitals"]
    second = "records/1-mp/kedua.md"
    more = {"evidence/notulen-1.pdf": "kosong", second: "---\nTitle: Kedua\ndate: 2023-05-03\n---\n"}
    home = portfolio(tmp_path, spoil(SOUND, some), **more)
    assert fix(home, "--yes") == 1
    assert record_of(home) == spoil(SOUND, ["a name with another ending"])
    assert (home / second).read_text("utf-8").startswith("---\ntitle: Kedua\n")


def test_what_stands_on_a_line_that_was_only_spaced_may_be_told_then(tmp_path: Path) -> None:
    text = SOUND.replace("type: sk", "type: video").replace("date: 2023-01-18", "date: 03/04/2023")
    invalid = text.replace("    type: video", "\ttype: video").replace("date: 03", "date:03")
    home = portfolio(tmp_path, invalid)
    assert errors(home) == ["front-matter-syntax", "front-matter-syntax"]
    assert fix(home, "--yes") == 1
    assert record_of(home) == text
    assert errors(home) == ["date-invalid", "type-unknown"]


def test_links_and_what_lies_outside_are_never_touched(tmp_path: Path) -> None:
    wrong = spoil(SOUND, ["a date with slashes"])
    home = portfolio(tmp_path, SOUND, **{"records/1-mp/asli.md": wrong.replace("sk tim-zi.pdf", RECORD)})
    builders.write(tmp_path, {"luar/rahasia.md": wrong, "luar/pages/profil.md": "---\njudull: Profil\n---\n"})
    (home / "records/1-mp/tautan.md").symlink_to("rapat/index.md")
    (home / "records/1-mp/luar.md").symlink_to(tmp_path / "luar/rahasia.md")
    (home / "pages").symlink_to(tmp_path / "luar/pages", target_is_directory=True)
    builders.write(home, {RECORD: wrong})
    fix(home, "--yes")
    assert record_of(home) == SOUND
    assert (home / "records/1-mp/tautan.md").is_symlink()
    assert (tmp_path / "luar/rahasia.md").read_text("utf-8") == wrong
    assert (tmp_path / "luar/pages/profil.md").read_text("utf-8") == "---\njudull: Profil\n---\n"


def test_permissions_are_kept_and_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    home = portfolio(tmp_path, spoil(SOUND, ["a capital key"]))
    (home / RECORD).chmod(0o640)
    before = sorted(path.name for path in (home / RECORD).parent.iterdir())
    assert fix(home, "--yes") == 0
    assert stat.S_IMODE((home / RECORD).stat().st_mode) == 0o640
    assert sorted(path.name for path in (home / RECORD).parent.iterdir()) == before


def test_a_file_that_may_not_be_written_is_told_and_the_others_are_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invalid = spoil(SOUND, ["a capital key"])
    home = portfolio(tmp_path, invalid, **{"pages/profil.md": "---\njudull: Profil\n---\n"})
    (home / RECORD).chmod(0o444)
    assert fix(home, "--yes") == 3
    assert record_of(home) == invalid
    assert (home / "pages/profil.md").read_text("utf-8") == "---\njudul: Profil\n---\n"
    output = capsys.readouterr()
    assert f"{RECORD} was not changed: not permitted" in output.err
    assert "1 change made in 1 file." in output.out


def test_a_file_that_changed_in_the_meantime_is_left_alone(tmp_path: Path) -> None:
    home = portfolio(tmp_path, spoil(SOUND, ["a capital key"]))
    (change,) = fixes.plan(home, on=DAY)
    newer = spoil(SOUND, ["a capital key", "an item with spaces"])
    builders.write(home, {RECORD: newer})
    assert not changes.write(home, change)
    assert record_of(home) == newer


def test_without_a_terminal_nothing_is_written_unless_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    invalid = spoil(SOUND, ["a date with slashes", "a no-break space after a colon"])
    home = portfolio(tmp_path, invalid)
    assert fix(home) == 1
    assert record_of(home) == invalid
    out = capsys.readouterr().out
    assert f"--- {RECORD}\n+++ {RECORD}\n@@ -1," in out
    assert "-status:<U+00A0>final\n" in out
    assert "catat check --fix --yes" in out


@pytest.mark.parametrize("options", [["--fix", "--format", "json"], ["--yes"]])
def test_wrong_use_is_refused(options: list[str], tmp_path: Path) -> None:
    home = portfolio(tmp_path, spoil(SOUND, ["a capital key"]))
    assert run(["check", str(home), *options]) == 2
    assert record_of(home) == spoil(SOUND, ["a capital key"])


def test_a_sound_portfolio_needs_no_mending(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fix(portfolio(tmp_path, SOUND), "--yes") == 0
    assert "Nothing can be mended with certainty; nothing was changed." in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "mended"), [("y", True), ("n", False), ("ya", True), ("", False)])
def test_on_a_terminal_it_asks_first(answer: str, *, mended: bool, tmp_path: Path) -> None:
    invalid = spoil(SOUND, ["a capital key", "an item in small letters"])
    home = portfolio(tmp_path, invalid)
    own, its = pty.openpty()
    os.write(own, f"{answer}\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "generator", "check", str(home), "--fix", "--lang", "en", "--as-of", "2023-06-30"],
        cwd=ROOT, stdin=its, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    os.close(own)
    os.close(its)
    assert "Make these 2 changes in 1 file?" in done.stdout
    assert done.returncode == (0 if mended else 1)
    assert record_of(home) == (SOUND if mended else invalid)


@pytest.mark.parametrize("content", [b"a\r\nb\nc", b"\xef\xbb\xbfa\r\nb\nc", b"a\rb\nc\r\n"])
def test_edits_are_placed_by_the_text_and_made_in_the_bytes(content: bytes) -> None:
    assert changes.apply_edits(content, [Edit("", 2, 3, "BB"), Edit("", 0, 1, "")]) == (
        content.replace(b"a", b"").replace(b"b", b"BB")
    )
