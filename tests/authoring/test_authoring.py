"""What `new` makes of what it is given: names as titles, days, what is no document, items by words."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from generator import resources
from generator.authoring import guide_site, item_search, new_portfolio, titles, typed_paths
from generator.languages import LANGUAGES
from generator.messages.source import Source
from generator.reading import instrument_file
from tests.conftest import SAMPLE
from tests.support import builders
from tests.support.command import Done, catat, started
from tests.support.subcommands import subcommands
from tests.support.terminal_session import Session

NOON = {"SOURCE_DATE_EPOCH": "1795521600"}
"""The clock of the commands: 24 November 2026."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new portfolio without a period."""
    folder = tmp_path / "portofolio"
    new_portfolio.write(
        folder, new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit="BDK Contoh"), language="id"))
    )
    return folder


def undated_pdf(text: str = "Isi") -> bytes:
    """A PDF that does not say when it was made."""
    dated = builders.pdf(text)
    assert b"/CreationDate" in dated
    return dated.replace(b"/CreationDate", b"/XreationDate")


def new(home: Path, *options: str) -> Done:
    return catat("new", str(home), "--area", "1", "--item", "A.I.1.i.a", "--yes", *options, **NOON)


def only_record(home: Path) -> Path:
    (found,) = (home / "records").rglob("*.md")
    return found


def front_matter(path: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
    return found


# Names as titles


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("SK Tim Kerja ZI 2026.pdf", "SK Tim Kerja ZI 2026"),
        ("LHKPN_dan_e-SKP_BDK.PDF", "LHKPN dan e-SKP BDK"),
        ("IMG_20230118_101112.jpg", "IMG 20230118 101112"),
        ("WhatsApp Image 2023-01-18 at 10.11.12.jpeg", "WhatsApp Image 2023-01-18 at 10.11.12"),
        ("SCAN0001.pdf", "SCAN0001"),
        ("dokumen_(1).pdf", "dokumen (1)"),
        ("SK%20Tim%20ZI.pdf", "SK Tim ZI"),
        ("Capaian 50%25.pdf", "Capaian 50%25"),
        (unicodedata.normalize("NFD", "Évaluasi é.pdf"), "Évaluasi é"),
        ("Apel 🎉 Pagi.pdf", "Apel 🎉 Pagi"),
        ("Surat: 'No. 1' #2.pdf", "Surat: 'No. 1' #2"),
        ("a\tb\u200bc.pdf", "a bc"),
        ("___.pdf", ""),
    ],
)
def test_a_files_name_becomes_the_documents_title_with_its_capitals(name: str, title: str, tmp_path: Path) -> None:
    assert titles.document_title(name) == title


def test_new_writes_the_title_of_a_document_that_gets_another_name(home: Path, tmp_path: Path) -> None:
    long = "Laporan " + "Ketua " * 39 + "ZI.pdf"
    assert 240 <= len(long.encode()) <= 255
    names = ["SK Tim Kerja ZI 2026.pdf", "SK%20Tim%20Dua.pdf", "Surat: 'No. 1' #2.pdf", long, "notulen.pdf"]
    builders.write(tmp_path, {f"map/{name}": builders.pdf(name) for name in names})
    done = new(home, "--title", "Rapat", "--from", str(tmp_path / "map"))
    assert done.returncode == 0, done.stderr
    evidence = front_matter(only_record(home))["bukti"]
    assert isinstance(evidence, list)
    assert {each["berkas"]: each.get("judul") for each in evidence} == {
        "sk-tim-kerja-zi-2026.pdf": "SK Tim Kerja ZI 2026",
        "sk-tim-dua.pdf": "SK Tim Dua",
        "surat-no-1-2.pdf": "Surat: 'No. 1' #2",
        next(each["berkas"] for each in evidence if each["berkas"].startswith("laporan-ketua")): long.removesuffix(
            ".pdf"
        ),
        "notulen.pdf": None,
    }
    assert json.loads(catat("check", str(home), "--format", "json", **NOON).stdout) == []


@pytest.mark.parametrize(
    ("folder", "title"),
    [
        ("2023-01-18 Rapat Tim ZI", "Rapat Tim ZI"), ("18.01.2023_Sosialisasi_e-SKP", "Sosialisasi e-SKP"),
        ("FGD-LHKPN-2023", "FGD LHKPN 2023"), ("Rapat%20Tim%20ZI", "Rapat Tim ZI"), ("rapat", "Rapat"),
    ],
)  # fmt: skip
def test_a_folders_name_becomes_the_records_title(folder: str, title: str) -> None:
    assert titles.folder_title(folder) == title


# Days


def test_without_a_day_the_record_is_a_draft_with_the_date_left_to_fill(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"Rapat Tim/sk.pdf": undated_pdf()})
    Image.new("RGB", (64, 48)).save(tmp_path / "Rapat Tim/foto.jpg")
    os.utime(tmp_path / "Rapat Tim/sk.pdf", (1_600_000_000, 1_600_000_000))
    done = new(home, "--from", str(tmp_path / "Rapat Tim"))
    path = only_record(home)
    assert path.parent.name == "rapat-tim", "an address without a day that might be wrong"
    written = front_matter(path)
    assert (written["tanggal"], written["status"], written["judul"]) == (None, "draf", "Rapat Tim")
    (line,) = (line for line in path.read_text("utf-8").splitlines() if line.startswith("tanggal:"))
    assert line == "tanggal:  # isi tanggal kegiatannya, misalnya 2023-01-18, lalu ubah statusnya menjadi final"
    assert "isi tanggalnya" in done.stdout
    assert "karena tanggalnya belum diisi" in done.stdout
    status = json.loads(catat("status", str(home), "--json", **NOON).stdout)
    assert status["counts"]["accepted"] == 0
    assert status["index"]["supported"] == 0


def test_a_final_record_is_refused_without_a_day(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"sk.pdf": undated_pdf()})
    done = new(home, "--title", "Rapat", "--evidence", str(tmp_path / "sk.pdf"), "--status", "final")
    assert done.returncode == 2
    assert "--date" in done.stderr
    assert not list((home / "records").rglob("*.md"))


@pytest.mark.parametrize(
    ("name", "day", "comment"),
    [
        ("2023-02-03 sk.pdf", "2023-02-03", "dibaca dari nama 2023-02-03 sk.pdf"),
        ("sk.pdf", "2023-01-18", "PDF sk.pdf dibuat pada tanggal ini; periksa apakah kegiatannya juga"),
        ("foto.jpg", "2023-01-17", "foto foto.jpg diambil pada tanggal ini"),
    ],
)
def test_where_a_date_comes_from_is_said_and_written(
    name: str, day: str, comment: str, home: Path, tmp_path: Path
) -> None:
    builders.write(tmp_path, {name: builders.pdf("sk")})
    if name.endswith("jpg"):
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = "2023:01:17 09:14:12"
        Image.new("RGB", (64, 48)).save(tmp_path / name, "JPEG", exif=exif)
    done = new(home, "--title", "Rapat", "--evidence", str(tmp_path / name))
    assert done.returncode == 0, done.stderr
    assert name in done.stdout.split("sudah ditulis")[0].splitlines()[-3]
    assert f"tanggal: {day}  # {comment}\n" in only_record(home).read_text("utf-8")
    assert front_matter(only_record(home))["tanggal"] == datetime.date.fromisoformat(day)


def test_a_day_that_was_given_is_written_without_a_comment(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"sk.pdf": builders.pdf("sk")})
    assert new(home, "--title", "Rapat", "--evidence", str(tmp_path / "sk.pdf"), "--date", "3/2/2023").returncode == 0
    assert "tanggal: 2023-02-03\n" in only_record(home).read_text("utf-8")


# What is no document


def test_a_pipe_and_a_link_to_nothing_are_passed_over_aloud(home: Path, tmp_path: Path) -> None:
    builders.write(tmp_path, {"map/sk.pdf": builders.pdf("sk")})
    os.mkfifo(tmp_path / "map/pipa.pdf")
    (tmp_path / "map/hilang.pdf").symlink_to("tidak-ada.pdf")
    (tmp_path / "map/melingkar.pdf").symlink_to("melingkar.pdf")
    done = new(home, "--title", "Rapat", "--from", str(tmp_path / "map"))
    assert done.returncode == 0, done.stderr
    assert "pipa.pdf: dilewati: ini bukan berkas" in done.stdout
    assert done.stdout.count("tautan yang tidak menuju berkas apa pun") == 2
    assert front_matter(only_record(home))["bukti"] == [{"berkas": "sk.pdf", "jenis": "sk"}]


def test_a_folder_of_too_many_files_is_refused_before_any_is_opened(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    folder.mkdir()
    for number in range(typed_paths.MOST_FILES + 1):
        (folder / f"{number}.pdf").touch()
    done = new(home, "--title", "Rapat", "--from", str(folder))
    assert done.returncode == 2
    assert f"lebih dari {typed_paths.MOST_FILES} berkas" in done.stderr
    assert not list((home / "records").rglob("*.md"))


# Items by words


@pytest.mark.parametrize(
    ("words", "area", "found"),
    [
        ("SKM", 6, ["A.I.6.iv.a", "A.I.6.iv.b", "A.I.6.iv.c"]),
        ("SKM", 1, ["A.I.6.iv.a", "A.I.6.iv.b", "A.I.6.iv.c"]),
        ("monev", 1, ["A.I.1.iii.b", "A.I.1.iii.c"]),
        ("absensi", 2, ["A.I.2.i.c", "A.I.2.ii.d", "A.I.2.iii.b"]),
        ("daftar hadir", 2, ["A.I.2.i.c", "A.I.2.ii.d", "A.I.2.iii.b"]),
        ("rapat", 6, ["A.I.6.i.c", "A.I.6.ii.a"]),
        ("LHKPN", 5, ["A.II.5.iii.a", "A.II.5.iii.b"]),
        ("gratifikasi", 5, ["A.I.5.i.a", "A.I.5.i.b"]),
        ("SOP", 2, ["A.I.2.i.a", "A.I.2.i.b", "A.I.2.i.c"]),
        ("IKU", 4, ["A.I.4.ii.c"]),
        ("IKU", 3, ["A.I.3.iv.a", "A.II.3.i.a", "A.I.4.ii.c"]),
        ("WBS", 5, ["A.I.5.iv.a", "A.I.5.iv.b", "A.I.5.iv.c"]),
        ("konflik kepentingan", 5, ["A.I.5.v.a", "A.I.5.v.b", "A.I.5.v.c", "A.I.5.v.d", "A.I.5.v.e"]),
        ("benturan kepentingan", 5, ["A.I.5.v.a", "A.I.5.v.b", "A.I.5.v.c", "A.I.5.v.d", "A.I.5.v.e"]),
        ("tim kerja", 1, ["A.I.1.i.a", "A.I.1.i.b"]),
        ("melatih", 3, ["A.I.3.iii.a"]),
        ("korupsi", 5, ["B.I.a"]),
        ("tidak ada kata ini", 1, []),
    ],
)
def test_items_are_found_by_what_people_call_them(words: str, area: int, found: list[str]) -> None:
    made = new_portfolio.shipped()
    items = item_search.matching(words, made.items(), made.tree, area=area, types=item_search.type_phrases(made))
    own = [item.id for item in items if item.area == area]
    assert [item.id for item in items][: len(found)] == found
    assert [item.id for item in items][: len(own)] == own, "the chosen area comes first"
    if not found:
        assert items == ()


@given(st.text(max_size=12), st.sampled_from([None, 1, 2, 3, 4, 5, 6]))
@settings(max_examples=30, deadline=None)
def test_no_search_breaks_and_every_result_is_an_item_once(words: str, area: int | None) -> None:
    made = new_portfolio.shipped()
    items = item_search.matching(words, made.items(), made.tree, area=area, types=item_search.type_phrases(made))
    assert len(set(items)) == len(items)
    assert set(items) <= set(made.items())


def test_items_of_other_areas_are_marked_with_their_area(home: Path) -> None:
    at = Session(["new", str(home), "--area", "3"], cwd=home, **NOON)
    at.answer("Butir: ", "iku")
    output = at.answer("Nomor, kata lain, atau Enter: ", "survei persepsi")
    assert [line.split("[")[1:] for line in output.splitlines() if ". A." in line or ". B." in line] == [
        [],
        [],
        ["area 4]"],
    ]
    output = at.answer("Nomor, kata lain, atau Enter: ", "")
    assert [line.split("[")[1:] for line in output.splitlines() if ". B." in line] == [["hasil]"], ["hasil]"]]
    at.interrupt("Berkas atau folder: ")


def test_words_in_the_place_of_an_id_are_answered_with_the_items_that_have_them(home: Path) -> None:
    done = catat("new", str(home), "--area", "6", "--title", "Survei", "--item", "SKM", "--yes", **NOON)
    assert done.returncode == 2
    assert "A.I.6.iv.a Survei kepuasan masyarakat dilakukan" in done.stderr
    assert not list((home / "records").rglob("*.md"))


def test_names_and_match_of_an_instrument_are_read_and_decide_no_figure(tmp_path: Path) -> None:
    written = resources.instruments()["lke-zi-90-2021"].read_text("utf-8")
    written = re.sub(r"(?m)^#.*\n", "", written)
    without = re.sub(r",\s+names: \[[^\]]*\]", "", re.sub(r"\n +match: \[[^\]]*\]", "", written))
    assert "match:" not in without
    assert " names:" not in without
    (full, problems), (bare, _) = (instrument_file.read(Source("i.yaml", text)) for text in (written, without))
    assert problems == ()
    assert full is not None
    assert bare is not None
    assert "SKM" in full.type_names["laporan-survei"]
    assert [replace(item, match=()) for item in full.items()] == list(bare.items())
    assert full.document_types == bare.document_types


@pytest.mark.parametrize("wrong", ["names: {a: b}", "nama: [x]", "names: [[x]]"])
def test_names_of_another_form_are_told(wrong: str) -> None:
    written = resources.instruments()["lke-zi-90-2021"].read_text("utf-8")
    found = re.sub(r"names: \[keputusan[^\]]*\]", lambda _: wrong, written, count=1)
    _made, problems = instrument_file.read(Source("i.yaml", found))
    assert len(problems) == 1


# Flags and hints


@pytest.mark.parametrize("results", ["hasil", "Komponen hasil", "results", "B", "B.I"])
def test_results_have_a_place_that_new_names(results: str, home: Path) -> None:
    done = catat("new", str(home), "--area", results, "--title", "Survei", "--yes", **NOON)
    assert done.returncode == 2
    assert "B.I.a" in done.stderr
    assert "area yang mengerjakannya" in done.stderr
    done = catat(
        "new", str(home), "--area", "5", "--item", "B.I.a", "--title", "SPAK", "--date", "kemarin", "--yes", **NOON
    )
    assert done.returncode == 0, done.stderr
    assert only_record(home).parts[-3].startswith("5-")
    assert {each["code"] for each in json.loads(catat("check", str(home), "--format", "json", **NOON).stdout)} <= {
        "record-without-evidence"
    }


def test_a_question_for_items_shows_the_results_as_well(home: Path) -> None:
    at = Session(["new", str(home)], cwd=home, **NOON)
    assert "Untuk hasil (B.I.a, B.I.b, B.II.a)" in at.answer("Area: ", "5")
    at.answer("Butir: ", "?")
    output = at.answer("Nomor, kata lain, atau Enter: ", "")
    assert [line.split()[1] for line in output.splitlines() if line.endswith("[hasil]")] == ["B.I.a", "B.I.b", "B.II.a"]
    at.interrupt("Berkas atau folder: ")


@pytest.mark.parametrize(("area", "number"), [("4", 4), ("pelayanan", 6), ("hasil", None)])
def test_todo_lists_one_area(area: str, number: int | None) -> None:
    day = ("--as-of", "2023-06-30")
    whole = json.loads(catat("todo", str(SAMPLE), "--json", *day).stdout)
    data = json.loads(catat("todo", str(SAMPLE), "--json", "--area", area, *day).stdout)
    (own,) = data["areas"]
    assert own["area"] == number
    assert own in whole["areas"] or own == {"area": None, "missing": 0, "items": []}
    assert data["missing"] == own["missing"]
    output = catat("todo", str(SAMPLE), "--area", area, *day).stdout
    ids = {each["id"] for each in own["items"]}
    others = {each["id"] for one in whole["areas"] if one["area"] != number for each in one["items"]}
    words = set(output.split())
    assert ids <= words
    assert not others & words


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--area", "7"], "7"),
        (["--area", "4", "--by", "person"], "--area"),
        (["--area", "4", "--person", "a"], "--area"),
    ],
)
def test_todo_refuses_an_area_that_is_none_or_cannot_be_meant(options: list[str], message: str) -> None:
    done = catat("todo", str(SAMPLE), *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_init_without_a_name_says_where_to_write_it_and_builds_at_once(tmp_path: Path) -> None:
    done = catat("init", str(tmp_path / "baru"), "--yes", **NOON)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "baru/portfolio.yaml") in done.stdout
    written = (tmp_path / "baru/portfolio.yaml").read_text("utf-8")
    assert "satuan_kerja: Nama satuan kerja  # isi nama satuan kerja Anda\n" in written
    assert catat("build", str(tmp_path / "baru"), **NOON).returncode == 0
    done = catat("init", str(tmp_path / "lain"), "--unit", "BDK Contoh", "--yes", **NOON)
    assert "portfolio.yaml" not in done.stdout
    assert "#" not in (tmp_path / "lain/portfolio.yaml").read_text("utf-8")


def test_one_flag_has_one_meaning() -> None:
    """No option of one command means a day in one and a folder in another.

    But for `--status`: of `new` it is that of a record, and of `publish` the contract has given it another meaning. And
    for `--explain`: `check` explains a rule, `build` itself.
    """
    meanings: dict[str, set[str]] = {}
    for command in subcommands().values():
        for param in command.params:
            for flag in (each for each in param.opts if each.startswith("--")):
                meanings.setdefault(flag, set()).add(str(param.metavar or param.type.name))
    assert [flag for flag, found in sorted(meanings.items()) if len(found) > 1] == ["--explain", "--status"]


@pytest.mark.parametrize("command", ["build", "check", "new", "serve", "setup", "status", "todo"])
def test_errors_call_the_portfolio_by_its_name_in_the_usage(command: str) -> None:
    done = started(command, "tidak-ada")
    assert done.returncode == 2
    assert "'PORTOFOLIO'" in done.stderr
    assert "[PORTFOLIO]" not in done.stderr


# The guide


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_is_whole_and_leads_nowhere_outside(language: str, tmp_path: Path) -> None:
    site = guide_site.site(language)
    assert "index.html" in site
    for name in (each for each in site if each.endswith(".html")):
        page = site[name].decode()
        assert f'<html lang="{language}">' in page
        assert "<script" not in page
        ids = {
            other: set(re.findall(r'id="([^"]+)"', site[other].decode())) for other in site if other.endswith(".html")
        }
        for address in re.findall(r'(?:href|src)="([^"]+)"', page):
            path, _, fragment = address.partition("#")
            assert (path or name) in site, f"{name}: {address}"
            assert not fragment or fragment in ids[path or name], f"{name}: {address}"


@pytest.mark.parametrize(("options", "language"), [([], "id"), (["--lang", "en"], "en")])
def test_the_guide_is_written_where_it_may_be_and_its_address_is_told(
    options: list[str], language: str, tmp_path: Path
) -> None:
    done = catat("guide", "--no-open", *options, cwd=tmp_path, CATAT_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    (address,) = re.findall(r"file://\S+", done.stdout)
    page = Path(url2pathname(urlsplit(address).path))
    assert f'lang="{language}"' in page.read_text("utf-8")
    again = catat("guide", "--no-open", *options, cwd=tmp_path, CATAT_CACHE=str(tmp_path / "cache"))
    assert again.stdout == done.stdout
    (tmp_path / "berkas").write_text("x")
    done = catat("guide", "--no-open", *options, cwd=tmp_path, CATAT_CACHE=str(tmp_path / "berkas"))
    (address,) = re.findall(r"file://\S+", done.stdout)
    elsewhere = Path(url2pathname(urlsplit(address).path))
    assert elsewhere.read_bytes() == page.read_bytes()
    shutil.rmtree(elsewhere.parent)


def test_the_guide_speaks_the_language_of_the_portfolio_that_one_is_in(tmp_path: Path) -> None:
    home = tmp_path / "portfolio"
    new_portfolio.write(
        home,
        new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit="A", language="en"), language="en")),
    )
    assert "guide-en" in catat("guide", "--no-open", cwd=home).stdout


def test_the_guide_opens_a_browser_where_there_is_one_and_else_says_which_file(tmp_path: Path) -> None:
    own = {"CATAT_CACHE": str(tmp_path / "cache")}
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path / "opened"}"\n', "utf-8")
    browser.chmod(0o755)
    at = Session(["guide"], cwd=tmp_path, BROWSER=f"{browser} %s", **own)
    assert at.end()[0] == 0, at.text
    assert (tmp_path / "opened").read_text() in at.text
    at = Session(["guide"], cwd=tmp_path, BROWSER="", DISPLAY="", WAYLAND_DISPLAY="", **own)
    assert at.end()[0] == 0, at.text
    assert f"Buka berkas ini di peramban: {tmp_path.resolve()}" in at.text


def test_help_and_init_name_the_guide(tmp_path: Path) -> None:
    assert "catat guide" in started("--help").stdout
    assert "catat guide" in started("--lang", "en", "--help").stdout
    assert "catat guide" in catat("init", str(tmp_path / "baru"), "--unit", "A", "--yes").stdout
