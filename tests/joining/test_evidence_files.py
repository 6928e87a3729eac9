"""Which file an entry of evidence names, and what is said where it is none."""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from generator.build import project
from generator.build.inspections import Inspections
from generator.evidence import State
from generator.joining.evidence_files import FileFinder, Found, NotFound
from generator.messages.diagnostics import Diagnostic
from generator.model.paths import Reference, evidence_reference, unknown_root
from generator.model.portfolio import Document
from tests.support.builders import encrypted_pdf, front_matter, jpeg, pdf, png, write
from tests.support.formats import HTML, brief, half

Form = Literal["NFC", "NFD"]


def found_as(
    root: Path, written: str, *, folder: str = "records/1-a", roots: dict[str, Path] | None = None
) -> Found | NotFound:
    reference = evidence_reference(folder, written, tuple(roots or {}))
    return (
        NotFound(State.OUTSIDE)
        if reference is None
        else FileFinder(root, roots or {}, Inspections(None).inspect).find(reference)
    )


ODD_NAMES = [
    "foto #1.jpg", "100%.jpg", "a%20b.jpg", "foto (1).jpg", "foto [akhir].jpg", "A & B.jpg", "dua  spasi.jpg",
    "Ünïçödé 文書.jpg", "tanda'kutip\".jpg", "a;b,c=d+e@f!.jpg", "Rapat: notulen.jpg", "-awal.jpg", "a?b.jpg",
    "{isi}.jpg", "~tilde.jpg", "$harga.jpg", "..dua titik.jpg", "a\\b.jpg", "emoji 🙂.jpg", "baris\tbaru.jpg",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_an_odd_name_is_found_by_itself(tmp_path: Path, name: str) -> None:
    write(tmp_path, {f"records/1-a/{name}": jpeg()})
    found = found_as(tmp_path, name)
    assert isinstance(found, Found)
    assert found.reference == Reference("", f"records/1-a/{name}")
    assert found.inspection.state is State.SOUND


@pytest.mark.parametrize(("written", "on_disk"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC"), ("NFD", "NFD")])
def test_a_name_is_found_whichever_unicode_form_it_has(tmp_path: Path, written: Form, on_disk: Form) -> None:
    name = "Résumé kegiatan é.pdf"
    kept = unicodedata.normalize(on_disk, f"records/1-a/Méi/{name}")
    write(tmp_path, {kept: pdf()})
    found = found_as(tmp_path, unicodedata.normalize(written, f"Méi/{name}"))
    assert isinstance(found, Found)
    assert found.reference.path == kept  # as it is on disk: that is what gets copied


def test_two_names_in_two_unicode_forms_are_two_files(tmp_path: Path) -> None:
    names = {form: unicodedata.normalize(form, "é.txt") for form in ("NFC", "NFD")}
    write(tmp_path, {f"records/1-a/{name}": form for form, name in names.items()})
    for form, name in names.items():
        found = found_as(tmp_path, name)
        assert isinstance(found, Found)
        assert Path(found.real).read_text() == form


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("Foto.jpg", "records/1-a/foto.JPG"),
        ("foto.jpg", "records/1-a/foto.JPG"),
        ("foto_rapat.pdf", "records/1-a/foto rapat.pdf"),
        ("Sub/isi.txt", "records/1-a/sub/isi.txt"),
        ("sub/Isi.txt", "records/1-a/sub/isi.txt"),
        ("../1-A/sub/isi.txt", "records/1-a/sub/isi.txt"),
        ("entirely different", None),
    ],
)
def test_a_name_is_exact_and_the_likely_one_is_suggested(tmp_path: Path, written: str, suggestion: str | None) -> None:
    write(
        tmp_path, {"records/1-a/foto.JPG": jpeg(), "records/1-a/foto rapat.pdf": pdf(), "records/1-a/sub/isi.txt": "x"}
    )
    assert found_as(tmp_path, written) == NotFound(State.MISSING, suggestion)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    write(tmp_path, {"records/1-a/sub/a.txt": "x"})
    for written in ("sub", "sub/"):
        found = found_as(tmp_path, written)
        assert isinstance(found, NotFound)
        assert found.folder


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("a.pdf", "records/1-a/a.pdf"),
        ("sub/a.pdf", "records/1-a/sub/a.pdf"),
        ("./a.pdf", "records/1-a/a.pdf"),
        ("../2-b/a.pdf", "records/2-b/a.pdf"),
        ("../../evidence/a.pdf", "evidence/a.pdf"),
        ("evidence/a.pdf", "evidence/a.pdf"),
        ("records/2-b/a.pdf", "records/2-b/a.pdf"),
        ("evidence/sub/../a.pdf", "evidence/a.pdf"),
        ("evidences/a.pdf", "records/1-a/evidences/a.pdf"),
        ("a%20b.pdf", "records/1-a/a%20b.pdf"),
        ("../../../a.pdf", None),
        ("evidence/../../a.pdf", None),
        ("sub/../../../../a.pdf", None),
        ("/etc/passwd", None),
        ("\\\\server\\share\\a.pdf", None),
        ("\\a.pdf", None),
        ("C:\\a.pdf", None),
        ("c:/a.pdf", None),
        ("~/a.pdf", None),
        ("a\x00b.pdf", None),
    ],
)
def test_a_path_starts_at_its_record_and_never_leads_outside(written: str, reference: str | None) -> None:
    found = evidence_reference("records/1-a", written, ())
    assert found == (None if reference is None else Reference("", reference))


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("scan:a.pdf", Reference("scan", "a.pdf")),
        ("scan:2023/a.pdf", Reference("scan", "2023/a.pdf")),
        ("scan:/2023/a.pdf", Reference("scan", "2023/a.pdf")),
        ("scan:2023/../a.pdf", Reference("scan", "a.pdf")),
        ("scan:../a.pdf", None),
        ("scan:2023/../../a.pdf", None),
        ("other:a.pdf", Reference("", "records/1-a/other:a.pdf")),
        ("https://example.org/a.pdf", Reference("", "records/1-a/https:/example.org/a.pdf")),
    ],
)
def test_a_path_of_a_declared_root_starts_there(written: str, reference: Reference | None) -> None:
    assert evidence_reference("records/1-a", written, ("scan",)) == reference


def test_a_name_with_a_colon_seems_to_name_a_root() -> None:
    assert unknown_root("skan:a.pdf", ("scan",)) == "skan"
    assert unknown_root("scan:a.pdf", ("scan",)) is None
    assert unknown_root("a.pdf", ("scan",)) is None
    assert unknown_root("C:\\a.pdf", ("scan",)) is None


def test_a_link_inside_the_portfolio_works(tmp_path: Path) -> None:
    write(tmp_path, {"evidence/asli.pdf": pdf(), "records/1-a/x.md": "x"})
    (tmp_path / "records/1-a/link.pdf").symlink_to(tmp_path / "evidence/asli.pdf")
    (tmp_path / "records/1-a/folder").symlink_to("../../evidence")
    for written in ("link.pdf", "folder/asli.pdf"):
        found = found_as(tmp_path, written)
        assert isinstance(found, Found)
        assert found.inspection.state is State.SOUND
        assert found.reference.path == f"records/1-a/{written}"


def test_a_link_that_leads_out_is_outside(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "outside/a.pdf": pdf(), "inside-too/a.pdf": pdf()})
    here = tmp_path / "inside/records/1-a"
    (here / "file.pdf").symlink_to(tmp_path / "outside/a.pdf")
    (here / "folder").symlink_to(tmp_path / "outside")
    (here / "near.pdf").symlink_to(tmp_path / "inside-too/a.pdf")  # a name that only begins like the portfolio's
    for written in ("file.pdf", "folder/a.pdf", "near.pdf"):
        assert found_as(tmp_path / "inside", written) == NotFound(State.OUTSIDE)


def test_a_link_into_a_declared_root_works(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "scans/a.pdf": pdf()})
    (tmp_path / "inside/records/1-a/a.pdf").symlink_to(tmp_path / "scans/a.pdf")
    assert isinstance(found_as(tmp_path / "inside", "a.pdf", roots={"scan": tmp_path / "scans"}), Found)
    found = found_as(tmp_path / "inside", "scan:a.pdf", roots={"scan": tmp_path / "scans"})
    assert isinstance(found, Found)
    assert found.reference == Reference("scan", "a.pdf")


def test_a_link_out_of_a_declared_root_is_outside(tmp_path: Path) -> None:
    write(tmp_path, {"inside/records/1-a/x.md": "x", "scans/b.pdf": pdf(), "outside/a.pdf": pdf()})
    (tmp_path / "scans/a.pdf").symlink_to(tmp_path / "outside/a.pdf")
    assert found_as(tmp_path / "inside", "scan:a.pdf", roots={"scan": tmp_path / "scans"}) == NotFound(State.OUTSIDE)


def test_a_link_to_nowhere_or_in_a_circle_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"records/1-a/x.md": "x"})
    (tmp_path / "records/1-a/nowhere.pdf").symlink_to("gone.pdf")
    (tmp_path / "records/1-a/circle.pdf").symlink_to("circle.pdf")
    for written in ("nowhere.pdf", "circle.pdf"):
        found = found_as(tmp_path, written)
        assert isinstance(found, NotFound)
        assert found.state is State.MISSING


@pytest.mark.parametrize(
    ("name", "content", "state", "active"),
    [("laporan.pdf", HTML, State.MISMATCH, False), ("foto.jpg", png(), State.MISMATCH, False),
     ("laman.mht", "MIME-Version: 1.0\n", State.SOUND, True), ("laporan.pdf", pdf(), State.SOUND, False)],
    ids=brief,
)  # fmt: skip
def test_a_link_is_judged_by_its_own_ending(
    tmp_path: Path, name: str, content: str | bytes, state: State, active: bool
) -> None:
    # Stores that keep files by their digest (git-annex) give them names without an ending.
    write(tmp_path, {"store/5f3a": content, "records/1-a/x.md": "x"})
    (tmp_path / "records/1-a" / name).symlink_to(tmp_path / "store/5f3a")
    found = found_as(tmp_path, name)
    assert isinstance(found, Found)
    assert (found.inspection.state, found.inspection.active) == (state, active)


# The same, as a portfolio tells it

DAY = datetime.date(2023, 6, 30)


def told(
    folder: Path, written: str, files: dict[str, str | bytes], *, more: str = ""
) -> tuple[list[Diagnostic], tuple[Document, ...]]:
    """What is told of one evidence entry of a record, and the documents that came of it."""
    evidence = [{"file": written, "type": "sk"}]
    write(
        folder,
        {
            "portfolio.yaml": f"title: T\nunit: U\nlanguage: en\n{more}",
            "records/1-a/r.md": front_matter(title="R", date="2023-01-18", items=["A.I.1.i.a"], evidence=evidence),
            **files,
        },
    )
    outcome = project.read(folder, on=DAY)
    assert outcome.portfolio is not None, outcome.diagnostics
    found = [each for each in outcome.diagnostics if each.code != "evidence-unreferenced"]
    return found, outcome.portfolio.documents()


@pytest.mark.parametrize("name", [name for name in ODD_NAMES if "\t" not in name])
def test_an_odd_name_is_a_document_of_which_is_told_at_most_that_windows_refuses_it(tmp_path: Path, name: str) -> None:
    found, documents = told(tmp_path, name, {f"records/1-a/{name}": jpeg()})
    assert [each.code for each in found] == ["name-unportable"] * bool(set(name) & set('<>:"|?*\\'))
    assert [each.written for each in documents] == [name]


@pytest.mark.parametrize(
    ("written", "files", "code", "suggestion"),
    [
        ("a.pdf", {}, "evidence-missing", None),
        ("Rapat.pdf", {"records/1-a/rapat.PDF": pdf()}, "evidence-missing", "rapat.PDF"),
        ("evidence/Rapat.pdf", {"evidence/rapat.pdf": pdf()}, "evidence-missing", "evidence/rapat.pdf"),
        ("sub\\a.pdf", {"records/1-a/sub/a.pdf": pdf()}, "evidence-missing", "sub/a.pdf"),
        ("sub", {"records/1-a/sub/a.pdf": pdf()}, "evidence-missing", None),
        ("../../../a.pdf", {}, "evidence-outside", None),
        ("/etc/passwd", {}, "evidence-outside", None),
        ("C:\\scan\\a.pdf", {}, "evidence-outside", None),
        ("skan:a.pdf", {}, "evidence-outside", None),
        ("a.pdf", {"records/1-a/a.pdf": b""}, "evidence-empty", None),
        ("a.pdf", {"records/1-a/a.pdf": half(pdf())}, "evidence-damaged", None),
        ("a.pdf", {"records/1-a/a.pdf": HTML}, "evidence-mismatch", None),
        ("a.pdf", {"records/1-a/a.pdf": encrypted_pdf()}, "evidence-encrypted", None),
        ("a.svg", {"records/1-a/a.svg": "<svg/>"}, "evidence-active", None),
        ("a.html", {"records/1-a/a.html": HTML}, "evidence-active", None),
    ],
)
def test_what_is_wrong_with_a_file_is_told_once_at_its_name(
    tmp_path: Path, written: str, files: dict[str, str | bytes], code: str, suggestion: str | None
) -> None:
    found, _ = told(tmp_path, written, files)
    assert [(each.code, each.suggestion) for each in found] == [(code, suggestion)]
    assert (found[0].place.file, found[0].place.line) == ("records/1-a/r.md", 5)
    for language in ("en", "id"):
        assert found[0].message(language)
        assert found[0].hint(language) is not None


def test_a_link_that_leads_out_is_told_and_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, {"outside/a.pdf": pdf(), "inside/records/1-a/b.pdf": pdf("b")})
    (tmp_path / "inside/records/1-a/a.pdf").symlink_to(tmp_path / "outside/a.pdf")
    found, documents = told(tmp_path / "inside", "a.pdf", {})
    assert [each.code for each in found] == ["evidence-outside"]
    assert [each.file.inspection.state for each in documents if each.file] == [State.OUTSIDE]


def test_a_link_that_leads_back_to_itself_is_told_as_missing(tmp_path: Path) -> None:
    write(tmp_path, {"evidence/sk.pdf": pdf()})
    (tmp_path / "evidence/l.pdf").symlink_to("l.pdf")
    found, _ = told(tmp_path, "evidence/l.pdf", {})
    assert [each.code for each in found] == ["evidence-missing"]


def test_a_document_of_a_declared_root_is_found(tmp_path: Path) -> None:
    write(tmp_path, {"scans/2023/a.pdf": pdf()})
    found, documents = told(tmp_path / "inside", "scan:2023/a.pdf", {}, more="evidence_roots: {scan: ../scans}\n")
    assert found == []
    assert [str(each.file.reference) for each in documents if each.file] == ["scan:2023/a.pdf"]


def test_a_root_that_is_not_there_is_told_once_and_not_for_each_of_its_files(tmp_path: Path) -> None:
    found, _ = told(tmp_path, "scan:2023/a.pdf", {}, more="evidence_roots: {scan: ../gone}\n")
    assert [(each.code, each.place.file, each.place.line) for each in found] == [
        ("settings-invalid", "portfolio.yaml", 4)
    ]


def test_an_undeclared_root_is_told_with_the_one_that_was_meant(tmp_path: Path) -> None:
    write(tmp_path, {"scans/a.pdf": pdf()})
    found, _ = told(tmp_path / "inside", "skan:a.pdf", {}, more="evidence_roots: {scan: ../scans}\n")
    assert [(each.code, each.suggestion) for each in found] == [("evidence-outside", "scan")]
