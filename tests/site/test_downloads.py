"""Registers as files in the site: where they are, what leads to them, and that builds and audits know of them."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from generator.build.outcome import Outcome
from generator.build.project import read
from generator.build.registers import register_contents
from generator.exchange.checksums import read_checksums
from generator.exchange.registers.files import register_files
from generator.model.addresses import DOWNLOADS
from generator.preview.previewer import Previewer
from generator.publishing.audit import audit
from tests.support import builders, small
from tests.support.command import catat

WANTED = {
    f"downloads/{name}"
    for name in (
        "registers.xlsx", "records.csv", "evidence.csv", "findings.csv", "gaps.csv", "items.csv", "portfolio.json",
        "portfolio.schema.json", "laporan-kesiapan.pdf", "laporan-kesiapan.docx",
        *(f"area-{number}.xlsx" for number in (1, 2, 3)),
    )
}  # fmt: skip
SECOND = "records/1-manajemen-perubahan/kedua.md"


def write(folder: Path, settings: str = "downloads: true\n") -> Path:
    home = small.write(folder)
    (home / "portfolio.yaml").write_text(small.SETTINGS + settings, "utf-8")
    return home


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], Outcome]:
    """The small portfolio with downloads: its site's folder, the files of it, and its outcome."""
    folder = tmp_path_factory.mktemp("downloads")
    home = write(folder)
    small.build_site(home, folder / "site")
    return folder / "site", small.contents(folder / "site"), read(home, on=small.DAY)


Built = tuple[Path, dict[str, bytes], Outcome]


def downloads_of(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in contents.items() if path.startswith(DOWNLOADS)}


def test_a_site_has_them_only_where_the_unit_wants_them(built: Built, tmp_path: Path) -> None:
    assert downloads_of(built[1]).keys() == WANTED
    home = write(tmp_path, "unduhan: false\n")
    small.build_site(home, tmp_path / "site")
    without = small.contents(tmp_path / "site")
    assert not downloads_of(without)
    assert not [path for path, page in without.items() if path.endswith(".html") and b"downloads/" in page]


def test_the_list_of_checksums_and_the_count_of_files_include_them(built: Built) -> None:
    _, contents, _ = built
    assert read_checksums(contents["SHA256SUMS"]).keys() >= WANTED
    assert f"{len(contents) - 1} berkas".encode() in contents["integrity.html"]


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("index.html", {path for path in WANTED if "area" not in path}),
        ("areas/1.html", {"downloads/area-1.xlsx"}),
        ("records.html", {"downloads/registers.xlsx", "downloads/records.csv"}),
        ("evidence.html", {"downloads/registers.xlsx", "downloads/evidence.csv"}),
        ("lists/evidence-area-1.html", {"downloads/registers.xlsx", "downloads/evidence.csv"}),
        ("findings.html", {"downloads/registers.xlsx", "downloads/findings.csv"}),
        ("gaps.html", {"downloads/registers.xlsx", "downloads/gaps.csv"}),
        ("items.html", {"downloads/registers.xlsx", "downloads/items.csv"}),
    ],
)
def test_pages_lead_to_the_files_that_go_with_them(page: str, files: set[str], built: Built) -> None:
    written = re.findall(r'href="([^"]*)" download>', built[1][page].decode())
    assert {posixpath.normpath(posixpath.join(posixpath.dirname(page), each)) for each in written} == files


def test_links_of_a_workbook_lead_to_files_of_the_site(built: Built) -> None:
    _, contents, _ = built
    for name in ("registers.xlsx", "area-1.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(contents[f"downloads/{name}"]))
        links = {cell.hyperlink.target for sheet in book for row in sheet for cell in row if cell.hyperlink}
        inside = {unquote(each.replace("\\", "/")) for each in links if not each.startswith("https://")}
        assert len(inside) > 5
        assert {posixpath.normpath(posixpath.join("downloads", each)) for each in inside} <= contents.keys()


def test_with_a_public_address_links_of_a_workbook_work_wherever_it_is_saved(tmp_path: Path) -> None:
    home = write(tmp_path, "downloads: true\nsite_url: https://intranet.example/zi/\n")
    small.build_site(home, tmp_path / "site")
    content = (tmp_path / "site/downloads/registers.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        targets = re.findall(
            r'Target="([^"]*)" TargetMode', archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        )
    assert targets
    assert all(each.startswith("https://intranet.example/zi/records/") for each in targets)


def test_an_area_has_a_workbook_of_its_own(built: Built) -> None:
    whole, area = (
        openpyxl.load_workbook(io.BytesIO(built[1][f"downloads/{name}"])) for name in ("registers.xlsx", "area-3.xlsx")
    )
    assert area.sheetnames == whole.sheetnames
    assert area.properties.title.startswith("3. ")
    assert {cell.value for cell in area["Butir"]["A"][1:]} == {3}
    assert 0 < area["Butir"].max_row < whole["Butir"].max_row


Edit = Callable[[Path], None]


def _replaced(path: str, old: str, new: str) -> Edit:
    def edit(home: Path) -> None:
        text = (home / path).read_text("utf-8")
        assert old in text
        (home / path).write_text(text.replace(old, new), "utf-8")

    return edit


EDITS: dict[str, Edit] = {
    "text": _replaced(SECOND, "Kembali", "Sekali lagi kembali"),
    "title": _replaced(SECOND, "Kegiatan kedua", "Kegiatan lain"),
    "draft made final": _replaced("records/1-manajemen-perubahan/draf.md", "status: draft\n", ""),
    "document replaced": lambda home: builders.write(home, {"evidence/undangan.pdf": builders.pdf("Lain")}) and None,
    "finding closed": _replaced("findings/satu.md", "open", "closed"),
    "answer": _replaced("assessment/1.md", "A.I.1.ii.c: B", "A.I.1.ii.c: A"),
    "restricted": _replaced(SECOND, "date:", "classification: restricted\ndate:"),
    "language": _replaced("portfolio.yaml", "title:", "language: en\ntitle:"),
    "off": _replaced("portfolio.yaml", "downloads: true", "downloads: false"),
    "on": _replaced("portfolio.yaml", "downloads: false", "downloads: true"),
    "finding gone": lambda home: (home / "findings/satu.md").unlink(),
}


def test_a_history_of_edits_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    home = write(tmp_path)
    small.build_site(home, tmp_path / "site")
    for name, edit in EDITS.items():
        edit(home)
        small.build_site(home, tmp_path / "site")
        result, count = small.build_site(home, tmp_path / f"clean {name}")
        assert count, result.diagnostics
        assert small.contents(tmp_path / "site") == small.contents(tmp_path / f"clean {name}"), name


def test_they_are_computed_again_only_where_what_they_show_has_changed(tmp_path: Path) -> None:
    home = write(tmp_path)
    site = tmp_path / "site"

    def times() -> dict[str, int]:
        small.build_site(home, site)
        return {path: (site / path).stat().st_mtime_ns for path in WANTED}

    first = times()
    EDITS["text"](home)
    assert times() == first, "they do not show the text of a record"
    EDITS["title"](home)
    assert all(now != before for now, before in zip(times().values(), first.values(), strict=True))


def test_the_preview_offers_what_a_build_writes(tmp_path: Path) -> None:
    home = write(tmp_path)
    (home / "records/1-manajemen-perubahan/draf.md").unlink()
    small.build_site(home, tmp_path / "site")
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    for path in sorted(WANTED):
        assert previewer.page(path) == (tmp_path / "site" / path).read_bytes(), path
    previewer.audit("index.html")
    assert not [each for each in previewer.problems(previewer.preview) if each.severity == "error"]


def test_a_preview_that_shows_drafts_has_none_in_them(tmp_path: Path) -> None:
    home = write(tmp_path)
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    assert b"Masih rancangan" in (previewer.page("records.html") or b"")
    assert b"Masih rancangan" not in (previewer.page("downloads/records.csv") or b"")


def test_what_the_site_offers_is_what_the_command_writes(built: Built) -> None:
    _, contents, outcome = built
    for name, write_file in register_files(register_contents(outcome), folder=DOWNLOADS).items():
        stream = io.BytesIO()
        write_file(stream)
        assert contents[f"{DOWNLOADS}{name}"] == stream.getvalue(), name


# Publishing


def _audited(site: Path, outcome: Outcome) -> list[tuple[str, str]]:
    found = audit(site, outcome, read_checksums((site / "SHA256SUMS").read_bytes()))
    return [(each.code, each.place.file) for each in found if each.severity == "error"]


def _add_to_workbook(path: Path, part: str, text: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = parts[part].replace(b"</", text.encode() + b"</", 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_an_audit_finds_nothing_in_them(built: Built) -> None:
    assert _audited(built[0], built[2]) == []


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("records.csv", "rahasia.pdf", "site-restricted"),
        ("records.csv", "2023-03-01,,Masih,draf,1\r\n", "site-draft"),
        ("evidence.csv", "1,SK,SK,2023-03-01,,,Masih,draf\r\n", "site-draft"),
        ("portfolio.json", '"hukuman.pdf"', "site-restricted"),
    ],
)
def test_an_audit_finds_a_leak_in_a_text(file: str, text: str, code: str, built: Built, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built[0], tmp_path / "site"))
    with (site / DOWNLOADS / file).open("a", encoding="utf-8", newline="") as stream:
        stream.write(text)
    assert _audited(site, built[2]) == [(code, f"{DOWNLOADS}{file}")]


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("xl/worksheets/sheet2.xml", "evidence/hukuman.pdf", "site-restricted"),
        ("xl/worksheets/_rels/sheet1.xml.rels", '<Relationship Target="..\\records\\draf.html"/>', "site-draft"),
    ],
)
def test_an_audit_finds_a_leak_in_a_workbook(part: str, text: str, code: str, built: Built, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built[0], tmp_path / "site"))
    _add_to_workbook(site / DOWNLOADS / "area-1.xlsx", part, text)
    assert _audited(site, built[2]) == [(code, f"{DOWNLOADS}area-1.xlsx")]


def test_a_draft_in_the_data_is_found(built: Built, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built[0], tmp_path / "site"))
    data = site / DOWNLOADS / "portfolio.json"
    data.write_text(data.read_text("utf-8").replace('"id": "kedua"', '"id": "draf"', 1), "utf-8")
    assert _audited(site, built[2]) == [("site-draft", f"{DOWNLOADS}portfolio.json")]


def test_the_part_of_an_area_has_its_workbook_and_no_word_of_others(tmp_path: Path) -> None:
    home = write(tmp_path)
    bundle = tmp_path / "area-1.zip"
    done = catat("export", "bundle", str(home), "-o", str(bundle), "--area", "1", "--as-of", "2023-06-30")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(bundle) as archive:
        names = [name for name in archive.namelist() if f"/{DOWNLOADS}" in name]
        assert [name.rpartition("/")[2] for name in names] == ["area-1.xlsx"]
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    assert 'downloads/area-1.xlsx" download>' in next(
        page for name, page in pages.items() if name.endswith("areas/1.html")
    )
    assert not [name for name, page in pages.items() if "registers.xlsx" in page or "semua daftar" in page]
