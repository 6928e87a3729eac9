"""What lies in a portfolio and is not read: reported once, whatever comes and goes; copies count for nothing."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.outcome import Outcome
from generator.incremental.steps import Steps
from generator.typos.file_names import copied_from, is_called_a_copy
from tests.support import builders
from tests.support.plans import read_with

ON = datetime.date(2023, 6, 30)
AREA = "records/1-manajemen-perubahan"
SETTINGS = "judul: Portofolio Zona Integritas\nsatuan_kerja: Balai Diklat Musi Raya\n"
RECORD = "---\njudul: Rapat\ntanggal: 2023-01-18\nbutir: [A.I.1.i.a]\nbukti:\n  - {berkas: sk.pdf, jenis: sk}\n---\n"
ANSWER = "---\njawaban:\n  A.I.1.i.a: Ya\n---\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A portfolio of one record with its document, an answer and a finding."""
    return builders.write(
        tmp_path,
        {
            "portfolio.yaml": SETTINGS,
            f"{AREA}/2023-01-18-rapat/index.md": RECORD,
            f"{AREA}/2023-01-18-rapat/sk.pdf": builders.pdf("SK"),
            "assessment/1.md": ANSWER,
        },
    )


def read(home: Path, steps: Steps | None = None) -> Outcome:
    return read_with(steps or Steps(), home, on=ON)


def reported(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.sentence, each.place.file) for each in outcome.diagnostics]


COPIES = {
    "text": f"{AREA}/2023-01-18-rapat/index - Salin.md",
    "prefix": f"{AREA}/2023-01-18-rapat/Copy of index.md",
    "number": f"{AREA}/2023-01-18-rapat/index (1).md",
    "conflict": f"{AREA}/2023-01-18-rapat/index (Budi's conflicted copy 2024-01-01).md",
    "computer": f"{AREA}/2023-01-18-rapat/index-DESKTOP-ABC.md",
    "other title": f"{AREA}/2023-01-18-rapat/Salinan index.md",
    "folder": f"{AREA}/2023-01-18-rapat - Salin/index.md",
    "area": f"{AREA} - Salin/2023-01-18-rapat/index.md",
}


@pytest.mark.parametrize("path", COPIES.values(), ids=COPIES)
def test_a_copy_of_a_record_is_reported_once_and_counts_for_nothing(home: Path, path: str) -> None:
    before = read(home).readiness
    text = RECORD.replace("Rapat", "Rapat lain") if "Salinan" in path else RECORD
    builders.write(home, {path: text, f"{path.rpartition('/')[0]}/sk.pdf": builders.pdf("SK")})
    after = read(home)
    of_folder = not path.startswith(f"{AREA}/2023-01-18-rapat/")
    assert [code for code, _ in reported(after)] == ["text-misnamed/copy-folder" if of_folder else "text-misnamed/copy"]
    assert before is not None
    assert after.readiness is not None
    assert after.readiness.portfolio.records == before.portfolio.records


def test_a_copy_of_answers_or_a_finding_counts_for_nothing(home: Path) -> None:
    finding = "---\nbutir: A.I.1.i.a\ntanggal: 2023-03-02\njawaban: Ya\n---\n"
    builders.write(home, {"findings/satu.md": finding})
    before = read(home)
    builders.write(
        home,
        {
            "assessment/1 - Salin.md": ANSWER.replace("Ya", "Tidak"),
            "findings/satu - Salin.md": finding.replace("Ya", "Tidak"),
            "portfolio - Salin.yaml": SETTINGS,
        },
    )
    after = read(home)
    assert {code for code, _ in reported(after)} - {code for code, _ in reported(before)} == {"text-misnamed/copy"}
    assert before.portfolio is not None
    assert after.portfolio is not None
    assert after.portfolio.answers == before.portfolio.answers
    assert after.portfolio.findings == before.portfolio.findings


def test_a_second_activity_of_a_like_name_is_no_copy(home: Path) -> None:
    other = RECORD.replace("judul: Rapat", "judul: Rapat sore hari")
    builders.write(
        home, {f"{AREA}/2023-01-18-rapat (2)/index.md": other, f"{AREA}/2023-01-18-rapat (2)/sk.pdf": builders.pdf("B")}
    )
    outcome = read(home)
    assert reported(outcome) == []
    assert outcome.portfolio is not None
    assert len(outcome.portfolio.records) == 2


@pytest.mark.parametrize(
    ("name", "original", "certain"),
    [
        ("index - Salin.md", "index.md", True),
        ("index - Salin (2).md", "index.md", True),
        ("Salinan dari index.md", "index.md", True),
        ("Copy (2) of index.md", "index.md", True),
        ("index copy 2.md", "index.md", True),
        ("index_copy.md", "index.md", True),
        ("index - Salin - Salin.md", "index.md", True),
        ("index (konflik salinan Budi).md", "index.md", True),
        ("index.sync-conflict-20240101-101010-ABC.md", "index.md", True),
        ("records - Salin", "records", True),
        ("portfolio (1).yaml", "portfolio.yaml", False),
        ("rapat-ANI-PC.md", "rapat.md", False),
        ("rapat-tim.md", None, False),
        ("penyalinan-arsip.md", None, False),
        ("photocopy.md", None, False),
    ],
)
def test_what_a_name_says_of_a_copy(name: str, original: str | None, certain: bool) -> None:
    assert (copied_from(name), is_called_a_copy(name)) == (original, certain)


PLACES: dict[str, tuple[str, str, str]] = {
    "record folder at the top": ("2023-01-18-lain/index.md", "record-misplaced/folder", "2023-01-18-lain"),
    "text at the top": ("lain.md", "record-misplaced", "lain.md"),
    "area at the top": ("1-manajemen-perubahan/lain/index.md", "record-misplaced/folder", "1-manajemen-perubahan"),
    "in evidence": ("evidence/lain.md", "record-misplaced", "evidence/lain.md"),
    "unknown folder": ("arsip/2022/lain.md", "record-misplaced/folder", "arsip"),
    "copy of records": ("records - Salin/1-mp/lain.md", "record-misplaced/copy", "records - Salin"),
    "hidden": (f"{AREA}/.arsip/lain/index.md", "record-misplaced/hidden", f"{AREA}/.arsip"),
    "hidden at the top": (".arsip/lain/index.md", "record-misplaced/hidden", ".arsip"),
}


@pytest.mark.parametrize(("path", "sentence", "place"), PLACES.values(), ids=PLACES)
def test_a_record_where_nobody_reads_it_is_reported_as_it_comes_and_goes(
    home: Path, path: str, sentence: str, place: str
) -> None:
    steps = Steps()
    assert reported(read(home, steps)) == []
    builders.write(home, {path: RECORD})
    if "/" in path:  # several files of one folder are one mistake
        builders.write(home, {f"{path.rpartition('/')[0]}/kedua.md": RECORD} if not path.startswith("evidence") else {})
    assert reported(read(home, steps)) == reported(read(home)) == [(sentence, place)]
    (home / path).write_text("Tanpa keterangan.\n", encoding="utf-8")
    (home / path).with_name("kedua.md").unlink(missing_ok=True)
    assert (sentence, place) not in reported(read(home, steps))


@pytest.mark.parametrize("folder", ["records", AREA, f"{AREA}/2023-01-18-rapat", "assessment", "findings", "pages"])
def test_a_readme_explains_its_folder_and_is_no_text_of_the_portfolio(home: Path, folder: str) -> None:
    builders.write(
        home, {f"{folder}/README.md": "# Cara menulis\n\nSatu folder untuk satu kegiatan.\n\n---\n\n    judul: Rapat\n"}
    )
    assert reported(read(home)) == []
    for keys in ("---\ntanggal: 2023\n---\n", "judul: Rapat\n"):  # the keys of a text: it was meant to be read
        builders.write(home, {f"{folder}/README.md": keys})
        assert reported(read(home))


def link(home: Path, path: str, target: str) -> None:
    (home / path).symlink_to(target)


LINKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "to records outside": (lambda home: link(home, f"{AREA}/lama", "../../../luar"), "record-misplaced/link"),
    "at the top": (lambda home: link(home, "lama", "../luar"), "record-misplaced/link"),
    "to a folder that is read": (
        lambda home: link(home, f"{AREA}/lama", "2023-01-18-rapat"),
        "evidence-unreferenced/link-read",
    ),
    "to where it lies": (lambda home: link(home, f"{AREA}/lama", "."), "evidence-unreferenced/link-read"),
    "to documents": (lambda home: link(home, f"{AREA}/lama", "../../../dokumen"), "evidence-unreferenced/link"),
}


@pytest.mark.parametrize(("make", "sentence"), LINKS.values(), ids=LINKS)
def test_a_link_to_a_folder_is_reported_once(tmp_path: Path, make: Callable[[Path], None], sentence: str) -> None:
    home = builders.write(
        tmp_path / "portofolio",
        {
            "portfolio.yaml": SETTINGS,
            f"{AREA}/2023-01-18-rapat/index.md": RECORD,
            f"{AREA}/2023-01-18-rapat/sk.pdf": builders.pdf("SK"),
        },
    )
    builders.write(tmp_path, {"luar/rapat/index.md": RECORD, "dokumen/a.pdf": builders.pdf("A")})
    make(home)
    assert [code for code, _ in reported(read(home))] == [sentence]


def test_what_a_unit_keeps_next_to_its_portfolio_is_left_in_peace(home: Path) -> None:
    usual: dict[str, str | bytes] = {
        "README.md": "---\ntitle: Portofolio\ndate: 2023-01-01\n---\n![Logo](logo.png)\n",
        "logo.png": b"x",
        "CHANGELOG.md": "# Perubahan\n",
        "LICENSE": "x",
        ".gitlab-ci.yml": "x: 1\n",
        ".github/workflows/catat.yml": "x: 1\n",
        ".github/templates/record.md": RECORD,
        ".vscode/settings.json": "{}",
        ".git/index.md": RECORD,
        "site/index.html": "<p>",
        "hasil/readiness.json": "{}",
        "hasil/files/evidence/lain.md": RECORD,
        "themes/kami/templates/base.html": "x",
        "themes/kami/assets/latar.png": b"x",
        "instruments/kami.yaml": "x",
        "node_modules/x/README.md": RECORD,
        "catat-1.0-py3-none-any.whl": b"x",
        "publications.jsonl": '{"date": "2023-01-01"}\n',
    }
    builders.write(home, usual)
    assert reported(read(home)) == []


MIXED = {
    "saved page": {"arsip/sk.pdf": b"x", "arsip/berita.html": "<p>", "arsip/berita_files/a.css": "a{}"},
    "tool": {"arsip/sk.pdf": b"x", "arsip/lap.docx": b"x", "arsip/rekap.py": "print()"},
}
PROGRAMS = {
    "templates": {"tampilan/page.html": "<p>", "tampilan/logo.png": b"x"},
    "program": {"skrip/a.py": "x", "skrip/b.toml": "x", "skrip/contoh.docx": b"x"},
}


@pytest.mark.parametrize("files", MIXED.values(), ids=MIXED)
def test_documents_with_a_web_page_or_a_script_among_them_are_reported(
    home: Path, files: dict[str, str | bytes]
) -> None:
    builders.write(home, files)
    assert reported(read(home)) == [("evidence-unreferenced/folder", "arsip")]


@pytest.mark.parametrize("files", PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_with_a_picture_or_a_document_is_left_in_peace(home: Path, files: dict[str, str | bytes]) -> None:
    builders.write(home, files)
    assert reported(read(home)) == []


def test_a_text_that_is_a_pipe_is_not_waited_for(home: Path) -> None:
    builders.write(home, {"evidence/a.pdf": b"x"})
    os.mkfifo(home / "pipa")
    link(home, "evidence/catatan.md", "../pipa")
    link(home, f"{AREA}/.catatan.md", "../../pipa")
    assert all(code.startswith("evidence-unreferenced") for code, _ in reported(read(home)))
