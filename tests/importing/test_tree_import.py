"""A folder from a shared drive becomes records in draft: shown first, written in one step each, changed by nothing twice."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from openpyxl import Workbook, load_workbook
from PIL import Image

from generator.authoring import new_portfolio
from generator.build import project
from generator.commands.import_options import ImportOptions
from generator.commands.import_tree import import_tree
from generator.importing import tree_files
from generator.messages.diagnostics import has_errors
from tests.conftest import ROOT
from tests.support import builders
from tests.support.command import Done

NOON = "1795521600"
"""The clock of the commands: 24 November 2026."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A new portfolio without a period."""
    folder = tmp_path / "portofolio"
    new_portfolio.write(
        folder, new_portfolio.files(new_portfolio.complete(new_portfolio.InitOptions(unit="BDK Contoh"), language="id"))
    )
    return folder


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)


def run(source: Path, home: Path, **options: Any) -> Done:
    """Import a tree as the command does, where nobody sits at a terminal."""
    command = click.Command("import", callback=lambda: import_tree(source, home, ImportOptions(**options)))
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = command.main([], standalone_mode=False)
        except click.UsageError as error:
            error.show(err)
            code = 2
    out.seek(0)
    err.seek(0)
    return Done(code, out.read(), err.read())


def undated(text: str) -> bytes:
    return builders.pdf(text).replace(b"/CreationDate", b"/XreationDate")


def photo(day: str) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = f"{day.replace('-', ':')} 08:00:00"
    Image.new("RGB", (40, 30), "navy").save(out, "JPEG", exif=exif)
    return out.getvalue()


TIM = "EVIDEN ZI 2025/A. PENGUNGKIT/I. PEMENUHAN/1. MANAJEMEN PERUBAHAN/i. Penyusunan Tim Kerja/a. Tim sudah dibentuk"
AREA_5 = "EVIDEN ZI 2025/A. PENGUNGKIT/I. PEMENUHAN/5. PENGUATAN PENGAWASAN"


def drive(folder: Path) -> Path:
    """A small download."""
    return builders.write(
        folder,
        {
            f"{TIM}/SK Tim ZI No. 12.pdf": undated("SK"),
            f"{TIM}/Foto/IMG_1.jpg": photo("2023-01-18"),
            f"{AREA_5}/SPIP/2023-02-03 Rapat SPIP/Undangan.pdf": undated("Undangan"),
            f"{AREA_5}/SPIP/2023-02-03 Rapat SPIP/Notulen Rapat.pdf": undated("Notulen"),
            "EVIDEN ZI 2025/Surat pengantar.pdf": undated("Surat"),
            f"{AREA_5}/Thumbs.db": b"x",
            f"{AREA_5}/~$kerja.docx": b"x",
            f"{AREA_5}/kosong.pdf": b"",
            f"{AREA_5}/rusak.pdf": b"%PDF-1.4 rusak",
            f"{AREA_5}/lembar.gdoc": b"{}",
            f"{AREA_5}/sisa.crdownload": b"x",
        },
    )


def records(home: Path) -> dict[str, dict[str, Any]]:
    """Return the front matter of all records by the path of their folder below `records/`.

    A hidden folder holds a record that was being written when the process was killed: no command reads it.
    """
    found = {}
    for path in sorted((home / "records").rglob("index.md")):
        if any(part.startswith(".") for part in path.relative_to(home).parts):
            continue
        found[path.parent.relative_to(home / "records").as_posix()] = yaml.safe_load(
            path.read_text("utf-8").split("---")[1]
        )
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".catat" not in path.parts
    }


# What is written


def test_each_folder_of_an_activity_becomes_a_draft_with_its_documents(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    before = snapshot(source)
    done = run(source, home, yes=True)
    assert done.returncode == 0, done
    found = records(home)
    assert sorted(found) == [
        "1-manajemen-perubahan/2023-01-18-tim-sudah-dibentuk",
        "5-pengawasan/2023-02-03-rapat-spip",
    ]
    team = found["1-manajemen-perubahan/2023-01-18-tim-sudah-dibentuk"]
    assert team["judul"] == "Tim sudah dibentuk"
    assert team["butir"] == ["A.I.1.i.a"]
    assert team["status"] == "draf"
    assert team["tanggal"] == datetime.date(2023, 1, 18)
    by_file = {each["berkas"]: each for each in team["bukti"]}
    assert by_file["sk-tim-zi-no-12.pdf"]["judul"] == "SK Tim ZI No. 12"
    assert by_file["sk-tim-zi-no-12.pdf"]["jenis"] == "sk"
    assert by_file["img-1.jpg"]["jenis"] == "foto"
    assert snapshot(source) == before
    outcome = project.read(home, on=datetime.date(2026, 11, 24))
    assert not has_errors(outcome.diagnostics)


def test_what_is_no_document_and_what_has_no_area_is_listed_with_the_reason(home: Path, tmp_path: Path) -> None:
    done = run(drive(tmp_path / "drive"), home, dry_run=True, as_json=True)
    rows = {Path(row["source"]).name: row["skipped"] for row in json.loads(done.stdout)["rows"]}
    assert rows == {
        "SK Tim ZI No. 12.pdf": None,
        "IMG_1.jpg": None,
        "Undangan.pdf": None,
        "Notulen Rapat.pdf": None,
        "Surat pengantar.pdf": "no-area",
        "Thumbs.db": "system",
        "~$kerja.docx": "lock",
        "kosong.pdf": "empty",
        "rusak.pdf": "damaged",
        "lembar.gdoc": "google",
        "sisa.crdownload": "unfinished",
    }
    assert records(home) == {}


def test_nothing_is_written_unless_somebody_says_so(home: Path, tmp_path: Path) -> None:
    before = snapshot(home)
    for options in ({}, {"dry_run": True}, {"move": True}):
        assert run(drive(tmp_path / "drive"), home, **options).returncode == 0
    assert snapshot(home) == before


def test_a_second_run_changes_nothing(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    run(source, home, yes=True)
    before = snapshot(home)
    done = run(source, home, yes=True)
    assert done.returncode == 0
    assert snapshot(home) == before


def test_documents_are_known_by_their_bytes_whatever_they_are_called(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    run(source, home, yes=True)
    before = snapshot(home)
    (source / "EVIDEN ZI 2025").rename(source / "Salinan EVIDEN")
    run(source, home, yes=True)
    assert snapshot(home) == before


def test_only_what_is_new_is_taken_from_a_tree_that_grew(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    run(source, home, yes=True)
    before = snapshot(home)
    builders.write(source, {f"{TIM}/Undangan 2023-01-10.pdf": undated("Baru")})
    run(source, home, yes=True)
    after = snapshot(home)
    assert {path: after[path] for path in before} == before
    (new,) = {path for path in after if path.endswith("index.md")} - before.keys()
    assert after[new].decode().count("berkas:") == 1


def test_equal_bytes_of_several_records_are_one_document_in_evidence(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive",
        {
            "AREA 1/Rapat A/Undangan.pdf": undated("sama"),
            "AREA 1/Rapat A/Undangan lagi.pdf": undated("sama"),
            "AREA 2/Rapat B/Undangan bersama.pdf": undated("sama"),
            "AREA 2/Rapat B/Notulen.pdf": undated("lain"),
        },
    )
    assert run(source, home, yes=True).returncode == 0
    named = {key: [each["berkas"] for each in record["bukti"]] for key, record in records(home).items()}
    assert named == {
        "1-manajemen-perubahan/rapat-a": ["evidence/undangan-lagi.pdf"],
        "2-tatalaksana/rapat-b": ["notulen.pdf", "evidence/undangan-lagi.pdf"],
    }
    assert [path.name for path in (home / "evidence").iterdir()] == ["undangan-lagi.pdf"]
    before = snapshot(home)
    run(source, home, yes=True)
    assert snapshot(home) == before


def test_moved_files_are_gone_from_the_folder_and_the_others_stay(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    done = run(source, home, yes=True, move=True)
    assert done.returncode == 0, done
    left = {path.name for path in source.rglob("*") if path.is_file()}
    assert left == {
        "Surat pengantar.pdf",
        "Thumbs.db",
        "~$kerja.docx",
        "kosong.pdf",
        "rusak.pdf",
        "lembar.gdoc",
        "sisa.crdownload",
    }
    assert not (source / TIM).exists()
    assert len(records(home)) == 2


def test_loose_files_beside_folders_make_a_record_for_each_item_they_name(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive",
        {
            "Pemenuhan/AREA 1/1.a SK Tim.pdf": undated("1"),
            "Pemenuhan/AREA 1/1.a Undangan.pdf": undated("2"),
            "Pemenuhan/AREA 1/2.a Renaksi.pdf": undated("3"),
            "Pemenuhan/AREA 1/Rapat tim/Notulen.pdf": undated("4"),
            "Pemenuhan/AREA 1/Laporan.pdf": undated("5"),
        },
    )
    run(source, home, yes=True)
    titles = {record["judul"]: (record["butir"], len(record["bukti"])) for record in records(home).values()}
    assert titles == {
        "Tim pembangunan ZI dibentuk di unit": (["A.I.1.i.a"], 2),
        "Ada rencana kerja pembangunan ZI": (["A.I.1.ii.a"], 1),
        "Rapat tim": ([], 1),
        "Manajemen perubahan": ([], 1),
    } | {key: value for key, value in titles.items() if key == "Rapat tim"}


def test_results_are_left_until_somebody_says_which_area_did_the_work(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"B. HASIL/IPAK/Laporan survei.pdf": undated("1")})
    done = run(source, home, dry_run=True, as_json=True)
    (row,) = json.loads(done.stdout)["rows"]
    assert (row["skipped"], row["items"]) == ("results", ["B.I.a"])


# Days


def test_days_come_from_names_then_from_the_document_and_are_told(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive",
        {
            "AREA 1/Rapat A/Notulen 2023-01-05.jpg": photo("2023-01-18"),
            "AREA 1/Rapat B 6 Februari 2023/x.jpg": photo("2023-01-18"),
            "AREA 1/Rapat C/x.jpg": photo("2023-01-19"),
            "AREA 1/Rapat D/x.pdf": builders.pdf("D"),
            "AREA 1/Rapat E/x.pdf": undated("E"),
            "AREA 1/Rapat F 2099-01-01/x.pdf": undated("F"),
            "ZI-20250318T020044Z-001/AREA 1/Rapat G/x.pdf": undated("G"),
        },
    )
    done = run(source, home, dry_run=True, as_json=True)
    days = {row["record"][:7]: (row["date"], row["date_from"]) for row in json.loads(done.stdout)["rows"]}
    created = days.pop("Rapat D")
    assert created[1] == "pdf"
    assert days == {
        "Rapat A": ("2023-01-05", "name"),
        "Rapat B": ("2023-02-06", "folder"),
        "Rapat C": ("2023-01-19", "photo"),
        "Rapat E": (None, None),
        "Rapat F": (None, None),
        "Rapat G": (None, None),
    }


def test_folders_of_days_and_periods_are_records_and_folders_of_types_are_not(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive",
        {
            "AREA 5/SPIP/TW I/Laporan.pdf": undated("1"),
            "AREA 5/SPIP/TW II/Laporan.pdf": undated("2"),
            "AREA 5/RAPAT MONEV JUNI/Foto/1.pdf": undated("3"),
            "AREA 5/RAPAT MONEV JUNI/Data Dukung/Undangan/scan.pdf": undated("4"),
            "AREA 5/2023-01-18/Notulen.pdf": undated("5"),
        },
    )
    done = run(source, home, dry_run=True, as_json=True)
    rows = json.loads(done.stdout)["rows"]
    assert {row["record"] for row in rows} == {
        "SPIP, TW I",
        "SPIP, TW II",
        "Rapat monev Juni",
        "Penguatan pengawasan, 2023-01-18",
    }
    assert {row["source"][-8:]: row["types"] for row in rows}["scan.pdf"] == ["undangan"]


# The plan


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_plan_that_is_taken_back_unchanged_writes_the_same(ending: str, home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    plan = tmp_path / f"rencana.{ending}"
    assert run(source, home, plan=plan).returncode == 0
    assert records(home) == {}
    other = tmp_path / "lain"
    shutil.copytree(home, other)
    run(source, other, yes=True)
    assert run(source, home, from_plan=plan, yes=True).returncode == 0
    assert snapshot(home / "records") == snapshot(other / "records")


def test_the_command_that_takes_a_plan_back_can_be_typed_as_it_is_told(home: Path, tmp_path: Path) -> None:
    source, plan = drive(tmp_path / "Data Dukung ZI"), tmp_path / "rencana.csv"
    told = run(source, home, plan=plan).stdout
    assert shlex.split(told.partition("catat ")[2]) == ["import", str(source), "--from-plan", str(plan)]


def test_a_plan_as_people_and_excel_change_it(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive",
        {"Rapat/Undangan é.pdf": undated("1"), "Rapat/=x.pdf": undated("2"), "Rapat/Foto.pdf": undated("3")},
    )
    lines = [
        "Tanggal;Kegiatan;Berkas;Butir;Jenis;Area",
        "18/01/2023;Rapat tim;Rapat/Undangan é.pdf;A.I.1.i.a, A.I.1.i.b;undangan, notulen;1",
        "18/01/2023;Rapat tim;'Rapat/=x.pdf;a.i.1.i.a;;Manajemen Perubahan",
        ";;;;;",
    ]
    plan = tmp_path / "rencana.csv"
    plan.write_bytes("\r\n".join(lines).encode("cp1252"))
    done = run(source, home, from_plan=plan, yes=True)
    assert done.returncode == 0, done
    (record,) = records(home).values()
    assert (record["tanggal"], record["butir"]) == (datetime.date(2023, 1, 18), ["A.I.1.i.a", "A.I.1.i.b"])
    assert [each.get("jenis") for each in record["bukti"]] == [["undangan", "notulen"], None]


@pytest.mark.parametrize("name", ["rencana.ods", "rencana.xls", "rencana.txt", "rencana"])
def test_a_plan_has_an_ending_that_is_read_again(name: str, home: Path, tmp_path: Path) -> None:
    done = run(drive(tmp_path / "drive"), home, plan=tmp_path / name)
    assert (done.returncode, ".xlsx" in done.stderr) == (2, True)
    assert not (tmp_path / name).exists()


def test_files_without_a_row_in_the_plan_are_told_and_left(home: Path, tmp_path: Path) -> None:
    files = {f"AREA 1/1. Tim Kerja/{name}.pdf": undated(name) for name in ("SK", "Notulen")}
    source, plan = builders.write(tmp_path / "drive", files), tmp_path / "rencana.csv"
    run(source, home, plan=plan)
    plan.write_text("\n".join(row for row in plan.read_text("utf-8-sig").splitlines() if "SK.pdf" not in row))
    builders.write(source, {"AREA 1/1. Tim Kerja/Sesudah.pdf": undated("3")})
    done = run(source, home, from_plan=plan, yes=True, move=True)
    assert [name for name in ("SK.pdf", "Sesudah.pdf", "Notulen.pdf: ") if f"/{name}" in done.stdout] == [
        "SK.pdf",
        "Sesudah.pdf",
    ]
    assert sorted(path.name for path in source.rglob("*.pdf")) == ["SK.pdf", "Sesudah.pdf"]
    plan.write_text(plan.read_text().splitlines()[0])
    done = run(source, home, from_plan=plan, yes=True)
    assert (done.returncode, "--plan" in done.stdout) == (1, False)


def test_what_is_uncertain_stays_so_in_a_plan_until_somebody_settles_it(home: Path, tmp_path: Path) -> None:
    name = "AREA I/2. Kunjungan/berkas.pdf"
    source, plan = builders.write(tmp_path / "drive", {name: undated("1")}), tmp_path / "rencana.csv"
    run(source, home, plan=plan)
    text = plan.read_text("utf-8-sig")
    readings = next(each for each in text.split(";") if each.startswith("A.I.1.ii, "))

    def told() -> list[str]:
        done = run(source, home, from_plan=plan, dry_run=True, as_json=True)
        return [reading for row in json.loads(done.stdout)["rows"] for reading in row["uncertain"]]

    assert told() == readings.split(", ")
    plan.write_text(text.replace(readings, ""))
    assert told() == []


def test_nobody_is_told_to_complete_drafts_where_there_are_none(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"Rapat/Undangan.pdf": undated("1")})
    plan = tmp_path / "plan.csv"
    plan.write_text("File,Area,Items,Record,Date,Status\nRapat/Undangan.pdf,1,A.I.1.i.a,Rapat,18/01/2023,final\n")
    assert "catat serve" not in run(source, home, from_plan=plan, yes=True).stdout


def test_a_record_of_a_part_lists_the_items_to_choose_from(home: Path, tmp_path: Path) -> None:
    name = "1. Manajemen Perubahan/Pemenuhan/1.3 Pemantauan dan Evaluasi/Laporan umum.pdf"
    source, plan = builders.write(tmp_path / "drive", {name: undated("1")}), tmp_path / "rencana.csv"
    run(source, home, plan=plan)
    assert "A.I.1.iii" in plan.read_text("utf-8-sig")
    run(source, home, yes=True)
    ((path, record),) = records(home).items()
    assert not record["butir"]
    text = (home / "records" / path / "index.md").read_text("utf-8")
    assert all(f"#   A.I.1.iii.{letter}: " in text for letter in "abc")


def test_records_that_somebody_has_looked_at_are_written_as_final(home: Path, tmp_path: Path) -> None:
    source, plan = drive(tmp_path / "drive"), tmp_path / "rencana.csv"
    run(source, home, plan=plan)
    rows = plan.read_text("utf-8-sig").splitlines()
    plan.write_text(
        "\n".join(row.replace(";draf;", ";final;") if "SK Tim" in row or "IMG_1" in row else row for row in rows)
    )
    done = run(source, home, from_plan=plan, yes=True)
    assert done.returncode == 0, done.stderr
    assert sorted(each["status"] for each in records(home).values()) == ["draf", "final"]
    readiness = project.read(home, on=datetime.date(2026, 1, 1)).readiness
    assert readiness is not None
    assert len(readiness.item("A.I.1.i.a").records) == 1


def test_a_final_record_without_a_date_or_an_item_is_a_fault_of_the_plan(home: Path, tmp_path: Path) -> None:
    source, plan = drive(tmp_path / "drive"), tmp_path / "rencana.csv"
    run(source, home, plan=plan)
    plan.write_text(plan.read_text("utf-8-sig").replace(";draf;", ";Final;").replace("2023-01-18;", ";"))
    done = run(source, home, from_plan=plan, yes=True)
    assert done.returncode == 1
    assert "Status" in done.stderr
    assert records(home) == {}
    plan.write_text(plan.read_text("utf-8").replace(";Final;", ";selesai?;"))
    assert run(source, home, from_plan=plan, yes=True).returncode == 1


def test_an_excel_plan_with_real_days_and_english_headings(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"Rapat/Undangan.pdf": undated("1")})
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Record", "File", "Date", "Area"])
    sheet.append(["Rapat tim", "Rapat/Undangan.pdf", datetime.date(2023, 1, 18), 1])
    book.save(tmp_path / "plan.xlsx")
    assert run(source, home, from_plan=tmp_path / "plan.xlsx", yes=True).returncode == 0
    assert list(records(home)) == ["1-manajemen-perubahan/2023-01-18-rapat-tim"]


def test_cells_that_are_wrong_are_told_by_row_and_column_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"Rapat/Undangan.pdf": undated("1")})
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "File,Area,Items,Record,Date,Types\n"
        "Rapat/Undangan.pdf,9,A.I.9,Rapat,32/01/2023,undngan\n"
        "Rapat/Tidak ada.pdf,1,,Rapat,,\n"
    )
    before = snapshot(home)
    done = run(source, home, from_plan=plan, yes=True)
    assert done.returncode == 1
    places = re.findall(r"plan\.csv, \S+ (\d), (\w+):", done.stderr)
    assert places == [("2", "Area"), ("2", "Items"), ("2", "Date"), ("2", "Types"), ("3", "File")]
    assert snapshot(home) == before


def test_a_plan_is_not_written_over_another(home: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("mine")
    assert run(drive(tmp_path / "drive"), home, plan=plan).returncode == 2
    assert plan.read_text() == "mine"


def test_names_that_begin_as_formulas_are_text_in_the_plan(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"=1+1/AREA 1/=cmd.pdf": undated("1")})
    run(source, home, plan=tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx").worksheets[0]
    assert sheet["A2"].value == "=1+1/AREA 1/=cmd.pdf"
    assert sheet["A2"].data_type == "s"
    run(source, home, plan=tmp_path / "plan.csv")
    assert "\n'=1+1/AREA 1/=cmd.pdf;" in (tmp_path / "plan.csv").read_text("utf-8-sig").replace("\r", "")
    assert run(source, home, from_plan=tmp_path / "plan.csv", yes=True).returncode == 0
    assert len(records(home)) == 1


# Zips


def test_a_zip_is_read_as_the_folder_it_holds(home: Path, tmp_path: Path) -> None:
    source = drive(tmp_path / "drive")
    packed = Path(shutil.make_archive(str(tmp_path / "unduhan"), "zip", source))
    other = tmp_path / "lain"
    shutil.copytree(home, other)
    run(source, other, yes=True)
    assert run(packed, home, yes=True).returncode == 0
    assert snapshot(home / "records") == snapshot(other / "records")
    assert run(packed, home, yes=True, move=True).returncode == 2


def test_the_parts_of_one_download_are_one_tree(home: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("AREA 1/Rapat A/1.pdf", "AREA 2/Rapat B/2.pdf"), start=1):
        part = tmp_path / f"unduh/drive-download-20250102T030405Z-00{number}.zip"
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(builders.zipped({name: undated(name)}))
    for source in (part, part.parent):
        done = run(source, home, dry_run=True, as_json=True)
        assert [row["area"] for row in json.loads(done.stdout)["rows"]] == [1, 2]


def test_a_zip_leads_nowhere_out_of_itself(home: Path, tmp_path: Path) -> None:
    packed = tmp_path / "jahat.zip"
    with zipfile.ZipFile(packed, "w") as out:
        for name in ("../../luar.pdf", "/tmp/luar.pdf", "C:\\luar.pdf", "AREA 1\\Rapat\\dalam.pdf"):
            out.writestr(zipfile.ZipInfo(name), undated(name))
        link = zipfile.ZipInfo("AREA 1/tautan.pdf")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    before = snapshot(tmp_path)
    done = run(packed, home, yes=True, as_json=True)
    reasons = [row["skipped"] for row in json.loads(done.stdout)["rows"]]
    assert sorted(map(str, reasons)) == ["None", "link", "outside", "outside", "outside"]
    new = snapshot(tmp_path).keys() - before.keys()
    assert all(path.startswith("portofolio/records/1-manajemen-perubahan/rapat/") for path in new)


def test_names_that_look_the_same_keep_their_endings(home: Path, tmp_path: Path) -> None:
    names = ["Caf\u00e9.pdf", "Cafe\u0301.pdf"]
    files = {f"AREA 1/1. Tim Kerja/{name}": undated(str(at)) for at, name in enumerate(names)}
    done = run(builders.write(tmp_path / "drive", files), home, yes=True)
    assert done.returncode == 0
    ((path, _record),) = records(home).items()
    assert sorted(each.name for each in (home / "records" / path).iterdir()) == ["cafe-2.pdf", "cafe.pdf", "index.md"]


def test_a_folder_of_a_zip_from_windows_is_no_file(home: Path, tmp_path: Path) -> None:
    packed = tmp_path / "windows.zip"
    content = builders.zipped({"AREA 1/Rapat?": b"", "AREA 1/Rapat?Notulen.pdf": undated("1")})
    packed.write_bytes(content.replace(b"Rapat?", b"Rapat\\"))
    done = run(packed, home, dry_run=True, as_json=True)
    assert [row["source"] for row in json.loads(done.stdout)["rows"]] == ["AREA 1/Rapat/Notulen.pdf"]


def test_names_of_other_code_pages_are_read(home: Path, tmp_path: Path) -> None:
    packed = tmp_path / "kode.zip"
    content = bytearray(builders.zipped({"AREA 1/Rapat/Notulen XXcafe.pdf": undated("1")}))
    packed.write_bytes(bytes(content).replace(b"XXcafe", "café ".encode()))
    done = run(packed, home, dry_run=True, as_json=True)
    assert [row["title"] for row in json.loads(done.stdout)["rows"]] == ["Notulen café"]


def test_encrypted_damaged_and_huge_zips_are_refused_in_a_sentence(home: Path, tmp_path: Path) -> None:
    before = snapshot(home)
    broken = tmp_path / "rusak.zip"
    broken.write_bytes(builders.zipped({"AREA 1/x.pdf": b"x" * 5000})[:-30])
    locked = tmp_path / "kunci.zip"
    content = bytearray(builders.zipped({"AREA 1/x.pdf": b"x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    locked.write_bytes(content)
    for source in (broken, locked):
        done = run(source, home, yes=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert source.name in done.stderr or "zip" in done.stderr.casefold()
    assert snapshot(home) == before


def test_a_bomb_is_refused_before_it_is_unpacked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_files, "_SMALL", 2**20)
    packed = tmp_path / "bom.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("AREA 1/x.pdf", b"\0" * 2**23)
    assert run(packed, home, yes=True).returncode == 2


def test_a_zip_within_a_tree_is_a_document(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"AREA 1/Rapat/isi.zip": builders.zipped({"AREA 2/x.txt": "x"})})
    run(source, home, yes=True)
    (record,) = records(home).values()
    assert [each["berkas"] for each in record["bukti"]] == ["isi.zip"]


# Odd trees


def test_a_folder_without_any_area_is_refused_with_what_to_do(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"Foto/IMG_1.pdf": undated("1"), "x.pdf": undated("2")})
    before = snapshot(home)
    done = run(source, home, yes=True)
    assert done.returncode == 1
    assert "--plan" in done.stdout
    assert snapshot(home) == before


def test_an_empty_folder_and_one_that_is_the_portfolio_are_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    for source in (tmp_path / "kosong", home, home / "records"):
        assert run(source, home, yes=True).returncode == 2


def test_options_of_worksheets_are_refused(home: Path, tmp_path: Path) -> None:
    for options in ({"texts": True}, {"level": "TPI"}, {"day": datetime.date(2023, 1, 1)}):
        assert run(drive(tmp_path / "drive"), home, **options).returncode == 2


def test_links_are_not_followed(home: Path, tmp_path: Path) -> None:
    source = builders.write(tmp_path / "drive", {"AREA 1/Rapat/x.pdf": undated("1")})
    builders.write(tmp_path / "luar", {"AREA 2/rahasia.pdf": undated("2")})
    (source / "AREA 1/Rapat/tautan.pdf").symlink_to(tmp_path / "luar/AREA 2/rahasia.pdf")
    (source / "luar").symlink_to(tmp_path / "luar")
    done = run(source, home, dry_run=True, as_json=True)
    assert {row["source"]: row["skipped"] for row in json.loads(done.stdout)["rows"]} == {
        "AREA 1/Rapat/x.pdf": None,
        "AREA 1/Rapat/tautan.pdf": "link",
        "luar": "link",
    }


def test_names_of_any_bytes_are_taken(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "drive"
    folder = source / "AREA 1/Rapat"
    folder.mkdir(parents=True)
    for number, name in enumerate((b"caf\xe9.pdf", b"n" * 246 + b".pdf", b"baris\nbaru.pdf", b"\xff\xfe.pdf")):
        (folder / os.fsdecode(name)).write_bytes(undated(str(number)))
    done = run(source, home, yes=True)
    assert done.returncode == 0, done
    (record,) = records(home).values()
    assert len(record["bukti"]) == 4
    assert "café" in {each["judul"] for each in record["bukti"]}
    plan = tmp_path / "plan.csv"
    shutil.rmtree(home / "records")
    assert run(source, home, plan=plan).returncode == 0
    assert run(source, home, from_plan=plan, yes=True).returncode == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that bind")
def test_folders_that_may_not_be_read_are_listed(home: Path, tmp_path: Path) -> None:
    source = builders.write(
        tmp_path / "drive", {"AREA 1/Rapat/x.pdf": undated("1"), "AREA 2/Rapat/y.pdf": undated("2")}
    )
    (source / "AREA 2").chmod(0)
    try:
        done = run(source, home, yes=True, as_json=True)
    finally:
        (source / "AREA 2").chmod(0o700)
    assert {row["source"]: row["skipped"] for row in json.loads(done.stdout)["rows"]} == {
        "AREA 1/Rapat/x.pdf": None,
        "AREA 2/": "unreadable",
    }


def test_a_disk_that_is_full_leaves_whole_records_only(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = drive(tmp_path / "drive")
    copyfile, copied = shutil.copyfile, []

    def full(path: Path, to: Path) -> None:
        copied.append(to)
        if len(copied) > 3:
            raise OSError(28, "No space left on device", str(to))
        copyfile(path, to)

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        run(source, home, yes=True)
    assert len(records(home)) == 1
    assert not list((home / "records").rglob("*.tmp"))
    monkeypatch.undo()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    run(source, home, yes=True)
    assert len(records(home)) == 2


_SCRIPT = """
import shutil, signal, sys, time
from pathlib import Path
import click
copyfile = shutil.copyfile
def slowly(path, to):
    time.sleep(0.05)
    return copyfile(path, to)
shutil.copyfile = slowly
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background process would not have
from generator.commands.import_options import ImportOptions
from generator.commands.import_tree import import_tree
command = click.Command("import", callback=lambda: import_tree(Path(sys.argv[1]), Path(sys.argv[2]), ImportOptions(yes=True)))
command.main([], standalone_mode=False)
"""


@pytest.mark.parametrize("with_", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_was_stopped_is_gone_on_with(with_: signal.Signals, home: Path, tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    for number in range(12):
        files |= {
            f"AREA {number % 6 + 1}/Rapat {chr(97 + number) * 3}/{part}.pdf": undated(f"{number} {part}")
            for part in range(3)
        }
        files[f"AREA {number % 6 + 1}/Rapat {chr(97 + number) * 3}/bersama.pdf"] = undated("bersama")
    source = builders.write(tmp_path / "drive", {**files})
    whole = tmp_path / "lain"
    shutil.copytree(home, whole)
    run(source, whole, yes=True)
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(source), str(home)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    while not list((home / "records").rglob("index.md")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(with_)
    process.wait()
    stopped = records(home)
    assert 0 < len(stopped) < 12
    for key in stopped:  # each is complete
        folder = home / "records" / key
        assert snapshot(folder) == snapshot(whole / "records" / key)
    run(source, home, yes=True)
    assert snapshot(home) == snapshot(whole)
    assert not list(home.rglob("*.tmp"))
