"""`init`, `new` and `todo` as somebody uses them who has never used a terminal; with one, and without."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace
from PIL import Image

from generator.authoring import (
    item_search,
    new_portfolio,
    new_record,
    record_files,
    safe_names,
    typed_dates,
    typed_paths,
)
from generator.authoring.document_dates import DaySource, day_of_documents
from generator.authoring.document_types import guess_types
from generator.authoring.incoming_files import IncomingFile
from generator.authoring.intake import Intake
from generator.authoring.titles import folder_title
from generator.build.project import read
from generator.joining.type_names import TypeNames
from generator.messages.refusals import Refused
from generator.site.plan import SitePlan
from tests.conftest import ROOT, SAMPLE, SAMPLE_DAY
from tests.support import builders, plans
from tests.support.command import catat
from tests.support.terminal_session import Session

ON = datetime.date(2026, 11, 24)
NOON = {"SOURCE_DATE_EPOCH": "1795521600"}
"""The clock of the commands: 24 November 2026."""
INSTRUMENT = new_portfolio.shipped()
TYPES = INSTRUMENT.document_types
NAMES = TypeNames.of(INSTRUMENT)


def photo(path: Path, taken: str) -> None:
    """Write a photo that says when it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    Image.linear_gradient("L").save(path, "JPEG", exif=exif)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new portfolio without a period."""
    folder = tmp_path / "portofolio"
    new_portfolio.write(
        folder, new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit="BDK Contoh"), language="id"))
    )
    return folder


def front_matter(path: Path) -> dict[str, object]:
    """Return what a record says of itself, as another program reads it."""
    found: dict[str, object] = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    return found


def only_record(home: Path) -> Path:
    """Return the one record's file."""
    (found,) = (home / "records").rglob("*.md")
    return found


def found_by_check(home: Path) -> list[str]:
    """Return the codes of all that check has to say."""
    return [each["code"] for each in json.loads(catat("check", str(home), "--format", "json", **NOON).stdout)]


# What people write


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-01-18", "2023-01-18"), ("18/01/2023", "2023-01-18"), ("18 Januari 2023", "2023-01-18"),
        ("Rabu, 18 Januari 2023", "2023-01-18"), ("tgl. 18-1-23", "2023-01-18"), ("18 Jan. 2023", "2023-01-18"),
        ("January 18, 2023", "2023-01-18"), ("20230118", "2023-01-18"), ("03/04/2023", "2023-04-03"),
        ("5 Pebruari 2023", "2023-02-05"), ("18\u00a0Agustus\u00a02023", "2023-08-18"), ("kemarin", "2026-11-23"),
        ("Hari ini", "2026-11-24"), ("18.01.2023", "2023-01-18"), ("Kamis (17/6/2025)", "2025-06-17"),
        ("17 Juni 2025 (Selasa)", "2025-06-17"), ("Palembang, 17 Juni 2025", "2025-06-17"),
        ("Palembang, Selasa (17/6/2025)", "2025-06-17"), ("Selasa (17/6/2025) pagi", "2025-06-17"),
        ("17 Juni 2025 pukul 09.00 WIB", "2025-06-17"),
        ("Kamis, 17-06-2025", "2025-06-17"), ("Jum'at (18 Juli 2025)", "2025-07-18"), ("(17/6/2025)", "2025-06-17"),
    ],
)  # fmt: skip
def test_a_day_is_understood_as_indonesians_write_it(written: str, meant: str) -> None:
    assert typed_dates.day(written, on=ON).isoformat() == meant


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("31/02/2023", "calendar"), ("18/13/2023", "calendar"), ("18 Januari", "year"), ("minggu depan", "not a date"),
        ("", "not a date"), ("18/01/0203", "203"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_reason(written: str, message: str) -> None:
    with pytest.raises(Refused) as refused:
        typed_dates.day(written, on=ON)
    assert message in refused.value.sentence


def test_a_month_or_year_is_the_whole_of_it_where_a_period_begins_and_ends() -> None:
    assert typed_dates.first_day("2024", on=ON) == datetime.date(2024, 1, 1)
    assert typed_dates.last_day("Februari 2024", on=ON) == datetime.date(2024, 2, 29)
    assert typed_dates.last_day("18 Januari 2023", on=ON) == datetime.date(2023, 1, 18)


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("Notulen Rapat #2 (FINAL).PDF", "notulen-rapat-2-final.pdf"), ("con.pdf", "dokumen-con.pdf"),
        ("NUL", "dokumen-nul"), ("LPT1.docx", "dokumen-lpt1.docx"), ("COM¹.txt", "dokumen-com1.txt"),
        ("Surat No. 12", "surat-no-12"), ("Évaluasi é.xlsx", "evaluasi-e.xlsx"), ("محضر.pdf", "dokumen.pdf"),
        ("rapat .pdf", "rapat.pdf"), ("a" * 300 + ".jpg", "a" * 60 + ".jpg"), ("arsip.7z", "arsip.7z"), ("index.md", "index-2.md"),
    ],
)  # fmt: skip
def test_names_are_tidy_and_safe_on_every_system(name: str, tidied: str) -> None:
    assert safe_names.tidy(name, {"index.md"}, otherwise="dokumen") == tidied


def test_tidy_names_never_collide_whatever_their_case(tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        builders.write(tmp_path / folder, {"Foto.PDF" if folder == "b" else "foto.pdf": builders.pdf(folder)})
    before = [IncomingFile(tmp_path / "lain.pdf", "foto-2.pdf", ())]
    offered, _ = Intake(NAMES, "dokumen").take(typed_paths.files_in(tmp_path), before)
    assert [each.name for each in offered] == ["foto.pdf", "foto-3.pdf", "foto-4.pdf"]


@pytest.mark.parametrize(
    "pasted",
    [
        "{0}", "{0}   ", "'{0}'", '"{0}" ', "& '{0}'", "“{0}”", "{escaped}", "{address}", "\u202a{0}",
    ],
)  # fmt: skip
def test_a_file_dragged_into_any_terminal_is_found(pasted: str, tmp_path: Path) -> None:
    builders.write(tmp_path, {"map satu/notulen rapat (1).pdf": "x"})
    path = tmp_path / "map satu" / "notulen rapat (1).pdf"
    escaped = str(path).replace(" ", "\\ ").replace("(", "\\(").replace(")", "\\)")
    assert typed_paths.existing_paths(pasted.format(path, escaped=escaped, address=path.as_uri())) == (path,)


def test_several_files_dragged_at_once_are_all_found(tmp_path: Path) -> None:
    builders.write(tmp_path, {"a b.pdf": "x", "c.pdf": "x"})
    both = (tmp_path / "a b.pdf", tmp_path / "c.pdf")
    assert typed_paths.existing_paths(f"'{both[0]}' '{both[1]}' ") == both
    assert typed_paths.existing_paths(f'"{both[0]}" {both[1]}') == both
    assert typed_paths.existing_paths(f"'{both[0]}' '{tmp_path}/tidak ada.pdf'") == ()


def test_a_lock_file_of_office_is_a_name_and_nobodys_home(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        typed_paths.named_paths("~$notulen.docx", tmp_path / "portofolio")
    builders.write(tmp_path, {"~$notulen.docx": "x"})
    assert typed_paths.existing_paths(f"{tmp_path}/~$notulen.docx") == (tmp_path / "~$notulen.docx",)
    assert new_portfolio.free_folder("~tidak-ada/portofolio") == Path("~tidak-ada/portofolio")


def test_windows_paths_are_read_as_windows_pastes_them() -> None:
    assert ("C:\\Users\\Ani\\notulen rapat.pdf",) in typed_paths.possible_paths('"C:\\Users\\Ani\\notulen rapat.pdf" ')
    assert ("C:/Users/Ani/a b.pdf",) in typed_paths.possible_paths("file:///C:/Users/Ani/a%20b.pdf")
    assert ("//nas/zi/a.pdf",) in typed_paths.possible_paths("file://nas/zi/a.pdf")


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("notulen rapat.pdf", ("notulen",)), ("Surat Keputusan tim.pdf", ("sk",)), ("absensi.pdf", ("daftar-hadir",)),
        ("IMG_20230118_091412.jpg", ("foto",)), ("scan 001.pdf", ()), ("undangan dan notulen.pdf", ("undangan", "notulen")),
    ],
)  # fmt: skip
def test_types_are_guessed_from_names(name: str, types: tuple[str, ...]) -> None:
    assert guess_types(name, NAMES) == types


def test_items_are_found_by_words_in_any_order_the_area_first() -> None:
    items, tree = INSTRUMENT.items(), INSTRUMENT.tree
    assert [item.id for item in item_search.matching("ANGGOTA memilih", items, tree, area=1)] == ["A.I.1.i.b"]
    assert {item.area for item in item_search.matching("sop", items, tree, area=2)[:2]} == {2}
    assert item_search.matching("tidak ada kata ini", items, tree, area=1) == ()
    assert [item.id for item in item_search.exactly("a.i.1.i.A, A I 1 i b", items) or ()] == []
    assert [item.id for item in item_search.exactly("a.i.1.i.A, a.i.1.i.b", items) or ()] == ["A.I.1.i.a", "A.I.1.i.b"]
    assert [item.id for item in item_search.exactly("A I 1 i b", items) or ()] == ["A.I.1.i.b"]
    assert item_search.numbers("1, 3 5-7") == (1, 3, 5, 6, 7)
    assert item_search.numbers("agen 2") is None


def test_the_documents_tell_the_day_photos_before_names_and_nothing_to_come(tmp_path: Path) -> None:
    def offered(name: str, day: str | None = None) -> IncomingFile:
        return IncomingFile(Path(name), name, (), datetime.date.fromisoformat(day) if day else None)

    found = day_of_documents(
        [offered("a.jpg", "2023-01-19"), offered("b.jpg", "2023-01-18"), offered("c.jpg", "2023-01-18")],
        "2022-05-05 rapat",
        on=ON,
    )
    assert found is not None
    assert (found.day.isoformat(), found.by, found.source) == ("2023-01-18", "b.jpg", DaySource.PHOTO)
    found = day_of_documents([offered("a.jpg", "2030-01-01"), offered("IMG_20230118_1.jpg")], "2022-05-05 rapat", on=ON)
    assert found is not None
    assert found.day.isoformat() == "2022-05-05"
    assert day_of_documents([offered("scan 1.pdf")], "unduhan", on=ON) is None
    assert folder_title("2023-01-18_rapat-tim ZI") == "Rapat tim ZI"


# init


def test_init_writes_what_was_given_and_check_has_nothing_to_say(tmp_path: Path) -> None:
    options = ["--unit", 'Satker "A": B', "--institution", "Kementerian: Contoh", "--period-from", "September 2022"]
    options += ["--period-to", "30 Juni 2023", "--target", "wbbm", "--language", "id", "--title", "# Judul"]
    done = catat("init", str(tmp_path / "baru"), *options)
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load((tmp_path / "baru/portfolio.yaml").read_text("utf-8")) == {
        "judul": "# Judul", "satuan_kerja": 'Satker "A": B', "instansi": "Kementerian: Contoh",
        "instrumen": "lke-zi-90-2021", "target": "WBBM", "bahasa": "id",
        "periode": {"dari": datetime.date(2022, 9, 1), "sampai": datetime.date(2023, 6, 30)},
    }  # fmt: skip
    assert (tmp_path / "baru/.vscode/settings.json").is_file()
    assert found_by_check(tmp_path / "baru") == []
    last = done.stdout.strip().splitlines()[-3:]
    assert [line.split()[1] for line in last] == ["new", "serve", "todo"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--target", "WBX"], "TPI, WBK, WBBM"),
        (["--period-from", "31/02/2023"], "kalender"),
        (["--period-from", "2023", "--period-to", "2022"], "2022-12-31"),
        (["--language", "jv"], "id"),
        (["--unit", "  "], "kosong"),
        (["--title", "\x07"], "karakter"),
    ],
)
def test_init_refuses_before_it_writes_anything(options: list[str], message: str, tmp_path: Path) -> None:
    done = catat("init", str(tmp_path / "baru"), "--unit", "A", *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "baru").exists()


def test_init_overwrites_nothing_and_says_what_it_left(tmp_path: Path) -> None:
    builders.write(tmp_path / "baru", {"pages/profil.md": "---\njudul: Kami\n---\nSudah ada.\n"})
    done = catat("init", str(tmp_path / "baru"), "--unit", "A")
    assert done.returncode == 0
    assert "pages/profil.md" in done.stdout
    assert "Sudah ada." in (tmp_path / "baru/pages/profil.md").read_text("utf-8")
    settings = (tmp_path / "baru/portfolio.yaml").read_text("utf-8")
    assert catat("init", str(tmp_path / "baru"), "--unit", "B").returncode == 2
    assert (tmp_path / "baru/portfolio.yaml").read_text("utf-8") == settings
    assert catat("init", str(tmp_path / "baru/portfolio.yaml"), "--unit", "B").returncode == 2


def test_a_portfolio_that_cannot_be_written_whole_leaves_nothing(tmp_path: Path) -> None:
    made = new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit="A"), language="id"))
    with pytest.raises(UnicodeEncodeError):
        new_portfolio.write(tmp_path / "di/dalam", {**made, "zzz.md": "\ud800"})
    assert list(tmp_path.iterdir()) == []


def test_init_asks_again_with_the_reason_and_shows_what_it_understood(tmp_path: Path) -> None:
    at = Session(["init"], cwd=tmp_path, **NOON)
    at.answer("Nama satuan kerja:", "")
    assert "kosong" in at.answer("Nama satuan kerja:", "Balai Contoh")
    at.answer("Nama instansi", "Kementerian Contoh")
    at.answer("Periode mulai [1 Januari 2026]:", "32/01/2023")
    assert "kalender" in at.answer("Periode mulai", "18/01/2023")
    assert "18 Januari 2023" in at.answer("Periode sampai [31 Desember 2023]:", "2022")
    assert "2022-12-31" in at.answer("Periode sampai", "")
    at.answer("Nomor atau nama [WBK]:", "wba")
    assert "WBBM" in at.answer("Nomor atau nama", "1")
    at.answer("Bahasa portofolio", "")
    at.answer("Judul portofolio [Portofolio Zona Integritas Balai Contoh]:", "")
    at.answer("Folder portofolio", "portofolio kami")
    code, output = at.end()
    assert code == 0, at.text
    assert '  catat new "portofolio kami"' in output
    settings = yaml.safe_load((tmp_path / "portofolio kami/portfolio.yaml").read_text("utf-8"))
    assert settings["satuan_kerja"] == "Balai Contoh"
    assert settings["target"] == "TPI"
    assert settings["periode"] == {"dari": datetime.date(2023, 1, 18), "sampai": datetime.date(2023, 12, 31)}
    assert found_by_check(tmp_path / "portofolio kami") == []


def test_init_offers_the_empty_folder_one_is_in_and_calls_it_by_its_name(tmp_path: Path) -> None:
    here = tmp_path / "portofolio-zi"
    here.mkdir()
    at = Session(
        ["init", "--unit", "A", "--institution", "B", "--period-from", "2023", "--period-to", "2023"], cwd=here, **NOON
    )
    for question in ("Nomor atau nama [WBK]: ", "[id]: ", "Judul portofolio [Portofolio Zona Integritas A]: "):
        at.answer(question, "")
    at.answer("Folder portofolio (dibuat bila belum ada) [folder ini]: ", "")
    code, output = at.end()
    assert code == 0, at.text
    assert "berkas ditulis di portofolio-zi." in output
    assert (here / "portfolio.yaml").is_file()


def test_what_introduces_the_questions_fits_a_terminal_of_80_columns(tmp_path: Path) -> None:
    home = builders.write(tmp_path / "ada", {"portfolio.yaml": "judul: P\nsatuan_kerja: B\n"})
    options = {"init": ["--unit", "A", "--institution", "B"], "new": [str(home), "--area", "1"]}
    for command, question in (("init", "]: "), ("new", "Butir: ")):
        at = Session([command, *options[command]], cwd=tmp_path, **NOON)
        at.interrupt(question)
        assert "Tekan Enter untuk" in at.text
        assert [line for line in at.text.splitlines() if len(line) > 80] == []


def test_init_stopped_halfway_has_written_nothing(tmp_path: Path) -> None:
    at = Session(["init"], cwd=tmp_path)
    at.answer("Nama satuan kerja:", "Balai")
    code, output = at.interrupt("Nama instansi (boleh kosong): ")
    assert code == 130
    assert "Dihentikan. Tidak ada yang ditulis." in output
    assert list(tmp_path.iterdir()) == []


def test_letters_of_another_code_page_are_asked_for_again(tmp_path: Path) -> None:
    at = Session(["init"], cwd=tmp_path)
    at.answer("Nama satuan kerja:", b"Balai \xe9")
    assert "karakter" in at.answer("Nama satuan kerja:", "Balai é")
    assert at.interrupt("Nama instansi (boleh kosong): ")[0] == 130


# new


def test_new_walks_from_the_area_to_a_record_that_counts(home: Path, tmp_path: Path) -> None:
    builders.write(
        tmp_path / "unduhan",
        {"Notulen Rapat.PDF": builders.pdf("a"), "~$tulen.docx": "x", "Thumbs.db": "x", "kosong.pdf": b""},
    )
    photo(tmp_path / "unduhan/IMG_0001.JPG", "2023:01:18 09:14:12")
    builders.write(tmp_path, {"scan 001.pdf": builders.pdf("b")})
    at = Session(["new", str(home)], cwd=tmp_path, **NOON)
    at.answer("Area:", "manajemen")
    assert "1. Manajemen perubahan, 3." in at.answer("Area:", "perubahan")
    at.answer("Butir:", "xyz")
    assert "xyz" in at.answer("Butir:", "memilih anggota")
    assert "A.I.1.i.b" in at.answer("Enter:", "9")
    assert "nomor 9" in at.answer("Enter:", "1")
    assert "SOP, Notulen, Laporan, atau Berita acara" in at.answer(
        "Butir:", "a.i.1.i.a A.I.1.i.b"
    )  # the second is taken back
    assert "dibatalkan: A.I.1.i.b" in at.answer("Butir:", "")
    at.answer("Berkas atau folder:", "tidak ada.pdf")
    assert "tidak ada.pdf" in at.answer("Berkas atau folder:", "unduhan")
    output = at.answer("Berkas atau folder:", "'scan 001.pdf' ")
    assert "Notulen Rapat.PDF -> notulen-rapat.pdf (Notulen)" in output
    assert all(name in output for name in ("~$tulen.docx: dilewati", "Thumbs.db: dilewati", "kosong.pdf: dilewati"))
    at.answer("Berkas atau folder:", "")
    assert "1. Surat Keputusan" in at.answer("scan 001.pdf:", "1")
    at.answer("Tanggal kegiatan [18 Januari 2023]:", "")
    at.answer("judul catatan", "Rapat: pembentukan tim")
    at.answer("Nama:", "Dr. Andi, M.M.")
    at.answer("Nama:", "")
    at.answer("Ceritakan hasilnya", "Tim dibentuk.")
    assert "Status            final" in at.answer("[Y/t]", "")
    code, output = at.end()
    assert code == 0, at.text
    assert "A.I.1.i.a: tidak ada, semua dokumen wajibnya sudah ada" in output
    path = home / "records/1-manajemen-perubahan/2023-01-18-rapat-pembentukan-tim/index.md"
    assert front_matter(path) == {
        "judul": "Rapat: pembentukan tim", "tanggal": datetime.date(2023, 1, 18), "butir": ["A.I.1.i.a"],
        "penanggung_jawab": ["Dr. Andi, M.M."], "status": "final",
        "bukti": [
            {"berkas": "img-0001.jpg", "judul": "IMG 0001", "jenis": "foto"},
            {"berkas": "notulen-rapat.pdf", "judul": "Notulen Rapat", "jenis": "notulen"},
            {"berkas": "scan-001.pdf", "judul": "scan 001", "jenis": "sk"},
        ],
    }  # fmt: skip
    assert path.read_text("utf-8").endswith("---\nTim dibentuk.\n")
    assert (path.parent / "img-0001.jpg").read_bytes() == (tmp_path / "unduhan/IMG_0001.JPG").read_bytes()
    assert found_by_check(home) == []


def test_a_number_of_a_list_that_was_cut_chooses_from_it(home: Path) -> None:
    at = Session(["new", str(home), "--area", "1"], cwd=home, **NOON)
    at.answer("Butir: ", "a")
    output = at.answer("Nomor, kata lain, atau Enter: ", "12")
    assert "butir lain dengan kata itu" in output
    assert "Galat" not in output
    (twelfth,) = [line.split()[1] for line in output.splitlines() if line.startswith("   12. ")]
    assert f"dipilih: {twelfth} " in at.answer("Butir: ", "")
    at.interrupt("Berkas atau folder: ")


def test_a_question_mark_lists_every_type_and_its_numbers_are_taken(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"scan 1.pdf": builders.pdf("a"), "scan 2.pdf": builders.pdf("b")})
    scans = [part for name in ("scan 1.pdf", "scan 2.pdf") for part in ("--evidence", str(tmp_path / name))]
    options = ["--area", "1", "--item", "A.I.1.i.a", "--title", "Rapat", "--person", "A", "--text", "B"]
    at = Session(["new", str(home), *options, *scans, "--date", "kemarin"], cwd=home, **NOON)
    at.answer("scan 1.pdf: ", "?")
    output = at.answer("scan 1.pdf: ", str(list(TYPES).index("sop") + 1))
    assert "Galat" not in output
    assert [line.split(". ")[1] for line in output.splitlines() if ". " in line] == [
        t.in_("id") for t in TYPES.values()
    ]
    at.answer("scan 2.pdf: ", "Surat tugas")
    at.answer("[Y/t]: ", "")
    assert at.end()[0] == 0, at.text
    evidence = front_matter(only_record(home))["bukti"]
    assert isinstance(evidence, list)
    assert [each["jenis"] for each in evidence] == ["sop", "surat-tugas"]


@pytest.fixture
def home_of_2023(tmp_path: Path) -> Path:
    """A new portfolio whose period is a year."""
    folder = tmp_path / "portofolio 2023"
    year = {"start": datetime.date(2023, 1, 1), "end": datetime.date(2023, 12, 31)}
    new_portfolio.write(
        folder,
        new_portfolio.files(
            new_portfolio.complete(new_portfolio.InitOptions(unit="BDK Contoh", **year), language="id")
        ),
    )
    return folder


def test_a_day_outside_the_period_is_told_asked_after_and_never_said_to_count(
    home_of_2023: Path, tmp_path: Path
) -> None:
    builders.write(tmp_path, {"2021-05-06 notulen.pdf": builders.pdf("a")})
    options = ["--area", "1", "--item", "A.I.1.i.a", "--title", "Rapat", "--person", "A", "--text", "B"]
    options += ["--evidence", str(tmp_path / "2021-05-06 notulen.pdf")]
    at = Session(["new", str(home_of_2023), *options], cwd=tmp_path, **NOON)
    outside = "6 Mei 2021 di luar periode portofolio, 1 Januari 2023 – 31 Desember 2023"
    assert outside in at.answer("Tanggal kegiatan: ", "6/5/2021")
    assert outside in at.answer("[y/T]: ", "")
    at.answer("Tanggal kegiatan: ", "6/5/2021")
    at.answer("[y/T]: ", "y")
    at.answer("[Y/t]: ", "")
    code, output = at.end()
    assert code == 0, at.text
    assert front_matter(only_record(home_of_2023))["tanggal"] == datetime.date(2021, 5, 6)
    assert "evidence-out-of-period" in output
    assert "kegiatan ini dihitung" not in output
    assert "Statusnya final, tetapi belum ada dokumennya yang dihitung" in output


@pytest.mark.parametrize("by", ["no", "interrupt"])
def test_new_left_before_the_end_has_written_nothing(by: str, home: Path, tmp_path: Path) -> None:
    before = sorted(home.rglob("*"))
    at = Session(
        ["new", str(home), "--area", "1", "--item", "A.I.1.i.a", "--date", "kemarin", "--title", "Rapat"], cwd=tmp_path
    )
    at.answer("Berkas atau folder:", "")
    at.answer("Nama:", "")
    at.answer("Ceritakan", "")
    if by == "interrupt":
        code, output = at.interrupt("[Y/t]: ")
    else:
        assert "draf" in at.answer("[Y/t]", "t")
        code, output = at.end()
    assert code == (130 if by == "interrupt" else 2)
    assert "Tidak ada yang ditulis." in output
    assert sorted(home.rglob("*")) == before


def test_new_takes_a_folder_as_one_record_without_a_question(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"2023-01-18 Rapat tim ZI/sub/undangan.pdf": builders.pdf("u")})
    photo(tmp_path / "2023-01-18 Rapat tim ZI/foto.jpg", "2023:01:17 09:14:12")
    done = catat(
        "new",
        str(home),
        "--from",
        str(tmp_path / "2023-01-18 Rapat tim ZI"),
        "--area",
        "perubahan",
        "--item",
        "A.I.1.i.a",
        **NOON,
    )
    assert done.returncode == 0, done.stderr
    assert "foto.jpg diambil pada 17 Januari 2023" in done.stdout
    written = front_matter(only_record(home))
    assert (written["judul"], written["tanggal"], written["status"]) == (
        "Rapat tim ZI",
        datetime.date(2023, 1, 17),
        "final",
    )
    assert {path.name for path in only_record(home).parent.iterdir()} == {"index.md", "undangan.pdf", "foto.jpg"}
    assert found_by_check(home) == []


def test_new_leaves_an_unknown_type_to_be_filled_in_and_takes_one_that_is_given(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"scan 1.pdf": builders.pdf("a"), "scan 2.pdf": builders.pdf("b")})
    options = ["--area", "1", "--title", "Rapat", "--item", "A.I.1.i.a", "--evidence", str(tmp_path / "scan 1.pdf")]
    options += ["--evidence", str(tmp_path / "scan 2.pdf"), "--type", "scan 2.pdf=Surat Keputusan"]
    done = catat("new", str(home), *options, **NOON)
    assert done.returncode == 0, done.stderr
    assert "evidence-untyped" in done.stdout
    assert (
        "- berkas: scan-1.pdf\n    judul: scan 1\n    # jenis: …\n  - berkas: scan-2.pdf\n    judul: scan 2\n    jenis: sk\n"
        in (only_record(home).read_text("utf-8"))
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--type", "lain.pdf=sk"], "lain.pdf"), (["--type", "a.pdf=skk"], "sk"), (["--type", "a.pdf"], "BERKAS=JENIS"),
        (["--date", "kapan-kapan"], "18/01/2023"), (["--item", "A.I.1.i.zz"], "A.I.1.i"), (["--from", "hilang"], "hilang"),
    ],
)  # fmt: skip
def test_new_refuses_what_it_cannot_follow_and_writes_nothing(
    options: list[str], message: str, home: Path, tmp_path: Path
) -> None:
    builders.write(tmp_path, {"a.pdf": builders.pdf("a")})
    done = catat("new", str(home), "--area", "1", "--title", "x", "--evidence", str(tmp_path / "a.pdf"), *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert not list((home / "records").rglob("*.md"))


def test_damaged_documents_are_left_out_aloud_and_the_record_is_a_draft(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"sk.pdf": b"%PDF-1.4\nrusak", "foto.jpg": builders.pdf("x"), "catatan.md": "x"})
    names = [part for name in ("sk.pdf", "foto.jpg", "catatan.md") for part in ("--evidence", str(tmp_path / name))]
    done = catat(
        "new", str(home), "--area", "1", "--title", "Rapat", "--item", "A.I.1.i.a", *names, "--date", "kemarin", **NOON
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("dilewati") == 3
    assert "draf karena belum ada bukti" in done.stdout
    assert front_matter(only_record(home))["status"] == "draf"


def test_what_lies_in_the_portfolio_already_is_named_where_it_lies(home: Path) -> None:
    builders.write(home, {"evidence/sk tim.pdf": builders.pdf("sk")})
    done = catat(
        "new",
        str(home),
        "--area",
        "1",
        "--title",
        "Rapat",
        "--item",
        "A.I.1.i.a",
        "--evidence",
        str(home / "evidence/sk tim.pdf"),
        **NOON,
    )
    assert done.returncode == 0, done.stderr
    assert front_matter(only_record(home))["bukti"] == [{"berkas": "evidence/sk tim.pdf", "jenis": "sk"}]
    assert found_by_check(home) == []


@pytest.mark.parametrize("option", ["--from", "--evidence"])
@pytest.mark.parametrize("folder", ["", "..", "records/1-manajemen-perubahan"])
def test_the_portfolio_itself_is_no_evidence(option: str, folder: str, home: Path) -> None:
    record = "---\njudul: Rapat\ntanggal: 2023-01-18\nbukti: [{berkas: sk.pdf, jenis: sk}]\n---\n"
    lain = home / "records/1-manajemen-perubahan/lain"
    builders.write(lain, {"index.md": record, "sk.pdf": builders.pdf("sk")})
    done = catat("new", str(home), "--area", "1", "--title", "Rapat", option, str(home / folder), **NOON)
    assert done.returncode == 2
    assert "portofolio ini" in done.stderr
    assert "+ " not in done.stdout
    assert list((home / "records").rglob("*.md")) == [lain / "index.md"]


def test_a_folder_of_the_portfolio_without_records_may_be_handed_in(home: Path) -> None:
    builders.write(home, {"evidence/rapat/sk.pdf": builders.pdf("sk")})
    options = ["--area", "1", "--title", "Rapat", "--item", "A.I.1.i.a", "--from", str(home / "evidence/rapat")]
    done = catat("new", str(home), *options, **NOON)
    assert done.returncode == 0, done.stderr
    assert front_matter(only_record(home))["bukti"] == [{"berkas": "evidence/rapat/sk.pdf", "jenis": "sk"}]


def test_a_document_handed_in_twice_is_told_as_taken_already_and_taken_once(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path / "rapat", {"sk.pdf": builders.pdf("sk")})
    both = ["--evidence", str(tmp_path / "rapat/sk.pdf"), "--from", str(tmp_path / "rapat/../rapat")]
    done = catat("new", str(home), "--area", "1", "--title", "Rapat", "--item", "A.I.1.i.a", *both, **NOON)
    assert done.returncode == 0, done.stderr
    assert "- sk.pdf: sudah diambil" in done.stdout
    assert front_matter(only_record(home))["bukti"] == [{"berkas": "sk.pdf", "jenis": "sk"}]


def test_a_document_dragged_again_is_told_as_taken_already(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"sk.pdf": builders.pdf("sk")})
    options = ["--area", "1", "--item", "A.I.1.i.a", "--title", "Rapat"]
    at = Session(["new", str(home), *options], cwd=tmp_path, **NOON)
    at.answer("Berkas atau folder: ", "sk.pdf")
    assert "+ sk.pdf" in at.answer("Berkas atau folder: ", "sk.pdf")
    assert "- sk.pdf: sudah diambil" in at.answer("Berkas atau folder: ", str(home))
    assert "portofolio ini" in at.answer("Berkas atau folder: ", "")
    at.interrupt("Tanggal kegiatan [18 Januari 2023]: ")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""), ({"documents": ()}, "no-evidence"), ({"items": ()}, "no-items"), ({"draft": True}, "asked"),
        ({"day": datetime.date(2026, 12, 1)}, "to-come"), ({"documents": (), "draft": False}, ""),
    ],
)  # fmt: skip
def test_a_record_is_final_once_something_proves_something(changes: dict[str, object], why: str, home: Path) -> None:
    portfolio = read(home, on=ON).portfolio
    assert portfolio is not None
    sound = new_record.RecordDraft(1, "Rapat", ON, ("A.I.1.i.a",), (), (IncomingFile(Path("a.pdf"), "a.pdf", ("sk",)),))
    record = new_record.complete(replace(sound, **changes), portfolio, root_folders=(), taken=(), today=ON)  # type: ignore[arg-type]
    assert (record.draft, record.why_draft) == (bool(why), why)


@pytest.mark.parametrize("failure", ["copy", "interrupt"])
def test_a_record_that_cannot_be_written_whole_leaves_nothing(failure: str, home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / "records")
    portfolio = read(home, on=ON).portfolio
    assert portfolio is not None
    builders.write(tmp_path, {"a.pdf": builders.pdf("a")})

    class Stopped(type(Path())):  # type: ignore[misc] # a path that is there until the moment it is copied
        def __fspath__(self) -> str:
            raise KeyboardInterrupt

    second = Stopped(tmp_path / "a.pdf") if failure == "interrupt" else tmp_path / "hilang.pdf"
    draft = new_record.RecordDraft(
        area=1, title="Rapat", day=ON, items=("A.I.1.i.a",),
        documents=(IncomingFile(tmp_path / "a.pdf", "a.pdf", ()), IncomingFile(second, "b.pdf", ())),
    )  # fmt: skip
    record = new_record.complete(draft, portfolio, root_folders=(), taken=(), today=ON)
    with pytest.raises(KeyboardInterrupt if failure == "interrupt" else FileNotFoundError):
        record_files.write(home, record, portfolio)
    assert not (home / "records").exists()


def test_a_second_record_of_the_same_name_stands_beside_the_first_whatever_its_area(home: Path) -> None:
    for area in ("1", "2", "1"):
        assert catat("new", str(home), "--area", area, "--title", "Rapat", "--date", "2023-02-01").returncode == 0
    names = sorted(path.name for path in (home / "records").glob("*/*"))
    assert names == ["2023-02-01-rapat", "2023-02-01-rapat-2", "2023-02-01-rapat-3"]


# todo


@pytest.fixture(scope="module")
def plan() -> SitePlan:
    """The sample, as its site shows it."""
    readiness = read(SAMPLE, on=SAMPLE_DAY).readiness
    assert readiness is not None
    return plans.plan_of(readiness, language="id")


AS_OF = ("--as-of", SAMPLE_DAY.isoformat())


def test_todo_tells_the_figures_and_words_of_the_page_of_gaps(plan: SitePlan) -> None:
    page = plans.view(plan, "gaps.html")
    output = catat("todo", str(SAMPLE), *AS_OF).stdout
    assert page.summary in output
    for area in page.areas:
        assert f"{area.title}: {area.documents}" in output or area.title in output
        for row in area.rows:
            assert f"  {row.link.text:<14} {row.label}\n" in output
            assert "; ".join(row.missing) in output
    assert catat("todo", str(SAMPLE), "--by", "area", *AS_OF).stdout == output


def test_todo_by_person_is_what_their_pages_tell(plan: SitePlan) -> None:
    output = catat("todo", str(SAMPLE), "--by", "person", *AS_OF).stdout
    views = [*plans.views(plan, "person").values()]
    busy = [view for view in views if view.rows or view.refused]
    assert [
        line for line in output.splitlines() if line.startswith("Tugas") or line in {view.title for view in views}
    ] == [view.title for view in busy]
    one = catat("todo", str(SAMPLE), "--person", "agus tirta", *AS_OF).stdout
    (agus,) = (view for view in views if "Agus Tirtawijaya" in view.title)
    assert agus.summary in one
    assert all(row.link.text in one for row in agus.rows)
    assert all(why in one for document in agus.refused for why in document.why)


def test_todo_by_deadline_has_the_period_documents_that_expire_and_open_findings(tmp_path: Path) -> None:
    home = tmp_path / "p"
    given = new_portfolio.InitOptions(unit="A", start=datetime.date(2023, 1, 1), end=datetime.date(2023, 6, 30))
    new_portfolio.write(home, new_portfolio.files(new_portfolio.complete(given, language="id")))
    entries = "".join(
        f"  - {{berkas: {name}.pdf, jenis: {type_}, tanggal: 2023-01-0{day}, berlaku_sampai: {until}}}\n"
        for day, (name, type_, until) in enumerate(
            (
                ("lama", "sk", "2023-02-01"),
                ("baru", "sk", "2023-08-01"),
                ("sop", "sop", "2023-03-01"),
                ("jauh", "laporan", "2024-06-01"),
            ),
            1,
        )
    )
    builders.write(
        home,
        {
            "records/1-manajemen-perubahan/a/index.md": f"---\njudul: Penetapan tim\ntanggal: 2023-01-01\nbutir: [A.I.1.i.a]\nbukti:\n{entries}---\n",
            **{
                f"records/1-manajemen-perubahan/a/{name}.pdf": builders.pdf(name)
                for name in ("lama", "baru", "sop", "jauh")
            },
            "findings/b.md": "---\nbutir: A.I.1.i.b\ntanggal: 2023-03-02\npenilai: TPI\n---\nLengkapi **notulen**.\n",
            "findings/a.md": "---\nbutir: A.I.1.i.a\ntanggal: 2023-02-02\nstatus: selesai\n---\n",
        },
    )
    output = catat("todo", str(home), "--by", "deadline", "--as-of", "2023-06-23").stdout
    order = [
        output.index(part) for part in ("1 Maret 2023", "30 Juni 2023", "1 Agustus 2023", "1 Juni 2024", "2 Maret 2023")
    ]
    assert order == sorted(order)
    assert "sudah tidak berlaku" in output
    assert "tinggal 7 hari" in output
    assert "Lengkapi notulen." in output
    assert "1 Februari 2023" not in output  # another decree has taken its place
    assert "2 Februari 2023" not in output  # closed
    data = json.loads(catat("todo", str(home), "--json", "--as-of", "2023-06-23").stdout)
    assert [(each["day"], each["due"], each["left"]) for each in data["deadlines"]] == [
        ("2023-03-01", "document", -114), ("2023-03-02", "finding", -113), ("2023-06-30", "period", 7),
        ("2023-08-01", "document", 39), ("2024-06-01", "document", 344),
    ]  # fmt: skip
    assert "1 dokumen sudah tidak berlaku." in catat("todo", str(home), "--as-of", "2023-06-23").stdout


def test_todo_as_data_has_the_figures_of_the_site(plan: SitePlan) -> None:
    data = json.loads(catat("todo", str(SAMPLE), "--json", *AS_OF).stdout)
    ready = json.loads(catat("status", str(SAMPLE), "--json", *AS_OF).stdout)
    assert data["schema"] == "catat.todo/1"
    assert data["missing"] == sum(len(item["documents"]["missing"]) for item in ready["items"])
    assert {each["area"]: each["missing"] for each in data["areas"] if each["area"]} == {
        each["area"]: each["documents"]["expected"] - each["documents"]["fulfilled"] for each in ready["areas"]
    }
    assert len(data["people"]) == len(plans.views(plan, "person"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--person", "tidak ada"], "tidak ada"), (["--person", "a"], ";"), (["--by", "kapan"], "deadline"),
        (["--by", "area", "--person", "Agus"], "--person"),
    ],
)  # fmt: skip
def test_todo_says_what_it_cannot_follow(options: list[str], message: str) -> None:
    done = catat("todo", str(SAMPLE), *AS_OF, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_todo_breaks_on_no_code_page_and_has_no_colours_where_nobody_watches() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "todo", str(SAMPLE), "--by", "deadline", *AS_OF],
        cwd=ROOT, capture_output=True, env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"Traceback" not in done.stderr
