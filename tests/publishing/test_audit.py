"""The audit of a built site: sound sites pass, and each way to damage one is reported."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.outcome import Outcome
from generator.build.planned_site import prepare
from generator.build.project import Project, read
from generator.exchange.checksums import read_checksums
from generator.incremental.store import Store
from generator.messages.diagnostics import Diagnostic, Severity
from generator.model.addresses import preview_path
from generator.publishing import audit as audits
from generator.publishing.site_links import SiteLink, links_of, target_of
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support import builders, casefiles, small
from tests.support.plans import view

NIP = "19850101 201001 1 001"
RECORD = "records/kedua.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The small portfolio's site and its outcome; the site is only looked at."""
    folder = tmp_path_factory.mktemp("audit")
    home = small.write(folder)
    result, count = small.build_site(home, folder / "site")
    assert count, result.diagnostics
    return folder / "site", read(home, on=small.DAY)


@pytest.fixture
def site(built: tuple[Path, Outcome], tmp_path: Path) -> Path:
    """A copy of the small site to be damaged."""
    return Path(shutil.copytree(built[0], tmp_path / "site"))


@pytest.fixture
def outcome(built: tuple[Path, Outcome]) -> Outcome:
    return built[1]


def audited(site: Path, outcome: Outcome, *, sums: bool = False) -> tuple[Diagnostic, ...]:
    """Audit a site by its own list of checksums; with `sums` by a list of what it has now."""
    files = read_checksums((site / "SHA256SUMS").read_bytes())
    if sums:
        files = {path: hashlib.sha256(content).hexdigest() for path, content in small.contents(site).items()}
    return audits.audit(site, outcome, files)


def found(site: Path, outcome: Outcome, *, sums: bool = False) -> list[tuple[str, str]]:
    """Return the sentences of the errors of a site, with their places."""
    errors = (each for each in audited(site, outcome, sums=sums) if each.severity is Severity.ERROR)
    return [(each.sentence, each.place.file) for each in errors]


def edit(site: Path, path: str, old: str, new: str) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def add(site: Path, html: str, path: str = "index.html") -> None:
    edit(site, path, "</main>", f"{html}</main>")


# Sound sites


def test_a_sound_site_has_no_error(built: tuple[Path, Outcome]) -> None:
    assert found(*built) == []


def test_the_sample_has_no_error_and_one_photograph_with_its_position(sample_site: Path) -> None:
    outcome = read(SAMPLE, on=SAMPLE_DAY)
    (only,) = audited(sample_site, outcome)
    assert (only.code, only.severity) == ("evidence-location", Severity.WARNING)
    (failed,) = audits.strict([only])
    assert failed.severity is Severity.ERROR
    assert failed.message("id") == only.message("id")


# Links


@pytest.mark.parametrize(
    ("html", "variant"),
    [
        ('<a href="records/tidak-ada.html">x</a>', "missing"),
        ('<a href="Records/kedua.html">x</a>', "case"),
        ('<a href="records/kedua.HTML">x</a>', "case"),
        ('<a href="records/kedua.html#tidak-ada">x</a>', "fragment"),
        ('<a href="#tidak-ada">x</a>', "fragment"),
        ('<a href="../index.html">x</a>', "missing"),
        ('<a href="/records/kedua.html">x</a>', "missing"),
        ("<a href=records/>x</a>", "missing"),
        ('<a href="file:///C:/Users/Budi/sk.pdf">x</a>', "missing"),
        ('<img src="previews/tidak-ada.webp" alt="">', "missing"),
        ("<img src='assets/tidak-ada.png' alt=''>", "missing"),
        ('<img srcset="assets/icon.svg 1x, assets/icon2.svg 2x" alt="">', "missing"),
        ('<form action="kirim.php"></form>', "missing"),
        ('<video poster="gambar.jpg"></video>', "missing"),
        ('<object data="berkas.pdf"></object>', "missing"),
        ('<div style="background: url(latar.png)"></div>', "missing"),
        ("<style>@import 'lain.css';</style>", "missing"),
        ('<meta http-equiv="refresh" content="0; url=lain.html">', "missing"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error(site: Path, outcome: Outcome, html: str, variant: str) -> None:
    add(site, html)
    assert found(site, outcome) == [(f"site-link-broken/{variant}", "index.html")]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="records/kedua.html#main">x</a>',
        '<a href="./records/../records/kedua.html?cetak=1">x</a>',
        '<a href="records%2Fkedua.html">x</a>',
        '<a href="#main">x</a><a href="#">x</a><a href="#top">x</a><a href="">x</a>',
        '<a href="search.html#q=rapat&amp;area=1">x</a>',
        '<a href="https://example.org/x.html">x</a><a href="mailto:zi@example.org">x</a><a href="//example.org">x</a>',
        '<link rel="canonical" href="https://example.org/">',
        '<!-- <img src="https://example.org/x.png"> -->',
        '<pre>&lt;img src="https://example.org/x.png"&gt; href="tidak-ada.html"</pre>',
        '<textarea><img src="https://example.org/x.png"></textarea>',
        '<img src="data:image/png;base64,AAAA" alt="a > b">',
        '<p title="<img src=tidak-ada.png>">x</p>',
    ],
)
def test_a_link_that_leads_somewhere_is_none(site: Path, outcome: Outcome, html: str) -> None:
    add(site, html)
    assert found(site, outcome) == []


def test_a_file_that_is_gone_is_reported_once_with_other_pages(site: Path, outcome: Outcome) -> None:
    (site / "assets/icon.svg").unlink()
    (only,) = (each for each in audited(site, outcome) if each.code == "site-link-broken")
    assert only.place.file == "404.html"
    assert len(only.related) == 3
    assert "assets/icon.svg" in only.message("id")


def test_the_style_sheet_leads_to_files_beside_itself(site: Path, outcome: Outcome) -> None:
    style = site / "assets/style.css"
    style.write_text(
        style.read_text() + "a { background: url('icon.svg') } /* url(nichts.png) */ b { src: url(x.woff) }"
    )
    assert found(site, outcome) == [("site-link-broken/missing", "assets/style.css")]


def test_addresses_may_begin_with_the_path_of_the_site() -> None:
    assert target_of("areas/1.html", "/zi/index.html", home="/zi/") == ("index.html", "")
    assert target_of("areas/1.html", "/zi/", home="/zi/") == ("index.html", "")
    assert target_of("areas/1.html", "../items.html#a%20b") == ("items.html", "a b")
    assert target_of("areas/1.html", "tel:0711") is None


# Requests


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example.org/x.js"></script>',
        '<script src="//cdn.example.org/x.js"></script>',
        '<script src=" \thttps://cdn.example.org/x.js"></script>',
        '<script src="\\\\cdn.example.org\\x.js"></script>',
        '<script src="data:text/javascript,alert(1)"></script>',
        '<script>fetch("https://example.org/lihat")</script>',
        '<script type="module">import x from "https://example.org/x.js"</script>',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<link href="http://example.org/ikon.png" rel="icon">',
        '<link rel="preconnect" href="https://example.org">',
        '<style>@import "https://example.org/x.css";</style>',
        "<style>@import url(//example.org/x.css);</style>",
        '<p style="background: URL( \'https://example.org/x.png\' )">x</p>',
        '<p style="background: image-set(&quot;https://example.org/x.png&quot; 1x)">x</p>',
        "<IMG SRC=https://example.org/x.png>",
        '<img src="https&#58;//example.org/x.png">',
        '<img srcset="../assets/icon.svg 1x, https://example.org/x.png 2x" alt="">',
        '<iframe src="https://example.org"></iframe>',
        '<iframe srcdoc="<img src=&quot;https://example.org/x.png&quot;>"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '<object data="https://example.org/x.pdf"></object>',
        '<form action="https://example.org/kirim"></form>',
        '<a href="../index.html" ping="https://example.org/lihat">x</a>',
        '<video src="https://example.org/x.mp4"></video>',
        '<svg><use href="https://example.org/x.svg#a"/></svg>',
        '<meta http-equiv="Refresh" content="5;URL=https://example.org">',
        '<base href="https://example.org/">',
    ],
)  # fmt: skip
def test_a_request_to_another_host_is_an_error(site: Path, outcome: Outcome, html: str) -> None:
    add(site, html, RECORD)
    assert found(site, outcome) == [("site-request-elsewhere", RECORD)]


def test_a_style_sheet_and_a_script_may_ask_no_other_host(site: Path, outcome: Outcome) -> None:
    for path, text in (
        ("style.css", '@import "https://example.org/x.css";'),
        ("site.js", 'x.src = "//example.org/a";'),
    ):
        (site / "assets" / path).write_text(text)
    assert found(site, outcome) == [
        ("site-request-elsewhere", "assets/site.js"),
        ("site-request-elsewhere", "assets/style.css"),
    ]


def test_an_address_in_a_namespace_is_no_request() -> None:
    text = '@namespace svg url(http://www.w3.org/2000/svg); a { fill: url("#x") }'
    assert links_of("a.css", text).links == (SiteLink("#x", loads=True),)
    script = 'document.createElementNS("http://www.w3.org/2000/svg", "use"); // https://example.org'
    assert links_of("a.js", script).links == ()


# What is restricted, and drafts


def restricted_bytes(outcome: Outcome) -> bytes:
    return (outcome.root / "evidence/hukuman.pdf").read_bytes()


@pytest.mark.parametrize("sums", [False, True])
def test_restricted_bytes_under_another_name_are_found(site: Path, outcome: Outcome, *, sums: bool) -> None:
    (site / "files/evidence/undangan lain.pdf").write_bytes(restricted_bytes(outcome))
    expected = [("site-restricted/content", "files/evidence/undangan lain.pdf")]
    assert found(site, outcome, sums=sums) == expected


def test_the_text_of_a_restricted_record_is_found(site: Path, outcome: Outcome) -> None:
    (site / "assets/catatan.bin").write_bytes((outcome.root / "records/3-sdm/hukuman.md").read_bytes())
    assert found(site, outcome) == [("site-restricted/content", "assets/catatan.bin")]


def test_the_text_of_a_draft_is_found(site: Path, outcome: Outcome) -> None:
    (site / "files/evidence/teks.txt").write_bytes(
        (outcome.root / "records/1-manajemen-perubahan/draf.md").read_bytes()
    )
    assert found(site, outcome) == [("site-draft/content", "files/evidence/teks.txt")]


def test_a_restricted_name_is_found_among_the_files(site: Path, outcome: Outcome) -> None:
    (site / "files/evidence/Hukuman.PDF").write_bytes(b"lain")
    assert found(site, outcome) == [("site-restricted/name", "files/evidence/Hukuman.PDF")]


@pytest.mark.parametrize(
    "html",
    [
        "<p>hukuman.pdf</p>",
        "<p>Lihat HUKUMAN.pdf, halaman 2</p>",
        "<p>evidence/hukuman.pdf.</p>",
        '<a href="index.html?berkas=hukuman%2Epdf">x</a>',
        "<p>hukuman&#46;pdf</p>",
        "<!-- rahasia.pdf -->",
        '<p title="pertama/rahasia.pdf">x</p>',
    ],
)
def test_a_restricted_name_is_found_in_a_page(site: Path, outcome: Outcome, html: str) -> None:
    add(site, html)
    assert {*found(site, outcome)} == {("site-restricted/name", "index.html")}


@pytest.mark.parametrize(
    "words",
    [
        "hukuman", "rahasia", "nonhukuman.pdf", "hukuman.pdfx", "hukuman.docx", "hukuman pdf",
        "https://example.org/hukuman.pdf", "undangan.pdf", "notulen rapat #1 (100%) [final].pdf",
    ],
)  # fmt: skip
def test_other_words_and_names_are_none(site: Path, outcome: Outcome, words: str) -> None:
    add(site, f"<p>{words}</p>")
    assert found(site, outcome) == []


def test_a_name_within_a_longer_one_of_an_open_file_is_none(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path,
        documents="  - {file: sk.pdf, type: sk, classification: restricted}\n  - {file: lampiran-sk.pdf, type: sk}\n",
        files={"sk.pdf": builders.pdf("SK"), "lampiran-sk.pdf": builders.pdf("Lampiran")},
    )
    site, outcome = sites(home)
    assert found(site, outcome) == []
    add(site, "<p>lampiran-sk.pdf</p>")
    assert found(site, outcome) == []
    add(site, "<p>lampiran sk.pdf</p>")
    assert found(site, outcome) == [("site-restricted/name", "index.html")]


def test_a_restricted_name_is_found_in_the_search_index_and_the_data(site: Path, outcome: Outcome) -> None:
    edit(site, "search/entries-0.js", "[[", '[["hukuman\\u002epdf"],[')
    edit(site, "readiness.json", '"unit":', '"file": "rahasia.pdf", "unit":')
    assert found(site, outcome) == [
        ("site-restricted/name", "readiness.json"),
        ("site-restricted/name", "search/entries-0.js"),
    ]


def test_a_name_that_a_published_document_says_is_a_warning_at_that_document(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path,
        documents="  - {file: gaji.pdf, type: sk, classification: restricted}\n  - {file: laporan.pdf, type: sk}\n",
        files={"gaji.pdf": builders.pdf("Gaji"), "laporan.pdf": builders.pdf("Terlampir: gaji.pdf")},
    )
    site, outcome = sites(home)
    (only,) = audited(site, outcome)
    assert (only.sentence, only.severity) == ("site-restricted/mentioned", Severity.WARNING)
    assert only.place.file == "records/1-manajemen-perubahan/laporan.pdf"


def test_what_is_restricted_is_found_in_a_zip(site: Path, outcome: Outcome) -> None:
    (packed,) = site.rglob("*.zip")
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("lain.pdf", restricted_bytes(outcome))
        archive.writestr("rahasia.pdf", b"lain")
    path = packed.relative_to(site).as_posix()
    assert found(site, outcome) == [("site-restricted/inside", path), ("site-restricted/name", path)]


def test_a_damaged_zip_is_passed_over(site: Path, outcome: Outcome) -> None:
    (packed,) = site.rglob("*.zip")
    packed.write_bytes(b"PK\x03\x04 rusak")
    assert found(site, outcome) == []


def test_the_picture_of_a_restricted_file_is_found(site: Path, outcome: Outcome) -> None:
    path = preview_path(hashlib.sha256(restricted_bytes(outcome)).hexdigest())
    (site / path).write_bytes(b"webp")
    assert found(site, outcome) == [("site-restricted/picture", path)]


def test_a_restricted_address_is_found(tmp_path: Path) -> None:
    address = "https://example.org/hukuman/"
    home = portfolio(
        tmp_path,
        documents=f"  - {{file: sk.pdf, type: sk}}\n  - {{url: '{address}', type: sk, classification: restricted}}\n",
        files={"sk.pdf": builders.pdf("SK")},
    )
    site, outcome = sites(home)
    add(site, '<a href="https://example.org/hukuman/tata-cara">x</a>')
    assert found(site, outcome) == []
    add(site, "<p>(https://example.org/hukuman).</p>")
    assert found(site, outcome) == [("site-restricted/address", "index.html")]


def test_bytes_that_another_entry_publishes_are_not_restricted(tmp_path: Path) -> None:
    same = builders.pdf("SK")
    home = portfolio(
        tmp_path,
        documents="  - {file: sk-rahasia.pdf, type: sk, classification: restricted}\n  - {file: sk.pdf, type: sk}\n",
        files={"sk.pdf": same, "sk-rahasia.pdf": same},
    )
    site, outcome = sites(home)
    assert "evidence-duplicate" in {each.code for each in outcome.diagnostics}
    assert found(site, outcome) == []
    (site / "files/records/1-manajemen-perubahan/sk-rahasia.pdf").write_bytes(same)
    assert found(site, outcome) == [
        ("site-restricted/name", "files/records/1-manajemen-perubahan/sk-rahasia.pdf")
    ]  # fmt: skip


def test_the_page_and_the_file_of_a_draft_are_found(site: Path, outcome: Outcome) -> None:
    shutil.copy(site / RECORD, site / "records/draf.html")
    shutil.copy(outcome.root / "evidence/draf.pdf", site / "files/evidence/rancangan.pdf")
    assert found(site, outcome) == [
        ("site-draft/content", "files/evidence/rancangan.pdf"),
        ("site-draft/page", "records/draf.html"),
    ]


def test_a_part_of_the_page_of_a_draft_is_found(site: Path, outcome: Outcome) -> None:
    shutil.copy(site / "items.html", site / "lists/record-draf.2.html")
    assert ("site-draft/page", "lists/record-draf.2.html") in found(site, outcome)


def test_the_address_of_a_draft_is_found_in_pages_index_and_data(site: Path, outcome: Outcome) -> None:
    add(site, "<p>records/draf.html, records/draf-lain.html, draf</p>")
    edit(site, "search/entries-0.js", "[[", '[["Masih","records/draf.html"],[')
    data = json.loads((site / "readiness.json").read_text(encoding="utf-8"))
    data["items"][0]["records"].append("draf")
    (site / "readiness.json").write_text(json.dumps(data), encoding="utf-8")
    assert found(site, outcome) == [
        ("site-draft/address", "index.html"),
        ("site-draft/address", "readiness.json"),
        ("site-draft/address", "search/entries-0.js"),
    ]


# Personal data


def portfolio(folder: Path, *, documents: str, files: dict[str, bytes], settings: str = "", text: str = "") -> Path:
    """Write a portfolio of one record with documents beside it."""
    area = "records/1-manajemen-perubahan"
    record = f"---\ntitle: Rapat\ndate: 2023-01-18\nitems: [A.I.1.i.a]\nevidence:\n{documents}---\n{text}\n"
    written = {f"{area}/{name}": content for name, content in files.items()}
    return builders.write(
        folder / "portofolio",
        {
            "portfolio.yaml": small.SETTINGS.replace("evidence_roots: {scan: ../scan}\n", settings),
            "instruments/ringkas.yaml": small.RINGKAS.read_bytes(),
            f"{area}/rapat.md": record,
            **written,
        },
    )


def sites(home: Path) -> tuple[Path, Outcome]:
    """Build the site of a portfolio beside it, and read the portfolio."""
    result, count = small.build_site(home, home.parent / "site")
    assert count, result.diagnostics
    return home.parent / "site", read(home, on=small.DAY)


def warned(site: Path, outcome: Outcome) -> Iterator[str]:
    for each in audited(site, outcome):
        if each.code in {"personal-data", "evidence-location"}:
            yield f"{each.place.file}: {each.message('en')}"


def test_personal_data_is_a_warning_with_its_place_and_masked(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path,
        documents="  - {file: sk.pdf, type: sk}\n  - {file: daftar.csv, type: laporan}\n"
        "  - {file: gaji.pdf, type: sk, classification: restricted}\n",
        files={
            "sk.pdf": builders.pdf(f"Kepala Balai NIP {NIP}", pages=2),
            "daftar.csv": b"Nama;NIK\nBudi;3201012501900001\nSiti;3201016501900002\n",
            "gaji.pdf": builders.pdf(f"NIP {NIP}"),
        },
        text="Narahubung 0812-3456-7890.",
    )
    site, outcome = sites(home)
    area = "records/1-manajemen-perubahan"
    assert [*warned(site, outcome)] == [
        f"{area}/daftar.csv: it holds NIK (identity numbers): 2 (`3201••••••••••••`)",
        f"{area}/rapat.md: it holds mobile telephone numbers: 1 (`0812••••••••`)",
        f"{area}/sk.pdf: it holds NIP (numbers of employees): 1, from page 1 on (`1985••••••••••••••`)",
    ]
    page = (site / "integrity.html").read_text(encoding="utf-8")
    section = page.partition('id="personal"')[2].partition("</section>")[0]
    assert '<th scope="row">NIP</th><td data-label="Jumlah">1 dokumen</td>' in section
    assert '<th scope="row">NIK</th><td data-label="Jumlah">1 dokumen</td>' in section
    assert '<th scope="row">Nomor ponsel</th><td data-label="Jumlah">1 halaman</td>' in section
    assert "1985" not in section
    assert "rapat" not in section


def test_the_count_is_the_same_after_an_edit_as_in_a_clean_build(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path / "a",
        documents="  - {file: sk.pdf, type: sk}\n",
        files={"sk.pdf": builders.pdf(f"NIP {NIP}")},
    )
    site, _ = sites(home)
    record = home / "records/1-manajemen-perubahan/rapat.md"
    record.write_text(record.read_text() + "\nWA 0812-3456-7890\n")
    sites(home)
    other = Path(shutil.copytree(home, tmp_path / "b/portofolio"))
    clean, _ = sites(other)
    assert small.contents(site) == small.contents(clean)
    assert "1 halaman" in (site / "integrity.html").read_text(encoding="utf-8")


def test_without_previews_documents_are_read_for_the_audit_alone(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path,
        documents="  - {file: sk.pdf, type: sk}\n",
        files={"sk.pdf": builders.pdf(f"NIP {NIP}")},
        settings="previews: false\n",
    )
    site, outcome = sites(home)
    assert len([*warned(site, outcome)]) == 1
    page = (site / "integrity.html").read_text(encoding="utf-8")
    assert "Teks dokumen tidak dibaca" in page
    assert "1 dokumen" not in page.partition('id="personal"')[2].partition("</section>")[0]


def located(folder: Path, *, settings: str = "") -> tuple[Path, Outcome]:
    photograph = casefiles.located("foto.jpg")
    return sites(
        portfolio(
            folder,
            documents="  - {file: foto.jpg, type: foto}\n",
            files={"foto.jpg": photograph},
            settings=settings,
        )
    )


def test_a_photograph_with_its_position_is_a_warning(tmp_path: Path) -> None:
    site, outcome = located(tmp_path)
    (only,) = warned(site, outcome)
    assert "foto.jpg" in only
    assert "1 foto" in (site / "integrity.html").read_text(encoding="utf-8")


def test_a_photograph_without_its_position_is_sound_and_shows_both_digests(tmp_path: Path) -> None:
    site, outcome = located(tmp_path, settings="strip_location: true\n")
    assert audited(site, outcome, sums=True) == ()
    original = next(iter(outcome.files.values())).inspection  # type: ignore[union-attr]
    copy = hashlib.sha256((site / "files/records/1-manajemen-perubahan/foto.jpg").read_bytes()).hexdigest()
    assert copy == original.stripped != original.sha256
    for path in ("records/rapat.html", "evidence.html"):
        page = (site / path).read_text(encoding="utf-8")
        assert original.sha256 in page, path
        assert original.stripped in page, path
        assert "Diterbitkan tanpa" in page, path
    assert "Tidak ada yang dikenali" in (site / "integrity.html").read_text(encoding="utf-8")


def test_a_position_that_was_to_be_left_out_is_an_error(tmp_path: Path) -> None:
    site, outcome = located(tmp_path, settings="strip_location: true\n")
    path = "files/records/1-manajemen-perubahan/foto.jpg"
    (site / path).write_bytes((outcome.root / "records/1-manajemen-perubahan/foto.jpg").read_bytes())
    assert found(site, outcome, sums=True) == [("site-restricted/location", path)]


def test_a_preview_counts_drafts_too_and_documents_once_they_are_read(tmp_path: Path) -> None:
    home = portfolio(
        tmp_path,
        documents="  - {file: sk.pdf, type: sk}\n",
        files={"sk.pdf": builders.pdf(f"NIP {NIP}")},
    )
    draft = "---\ntitle: Rancangan\ndate: 2023-02-01\nitems: [A.I.1.i.a]\nstatus: draft\n---\nWA 0812-3456-7890\n"
    (home / "records/1-manajemen-perubahan/rancangan.md").write_text(draft)
    with Project(home, Store(tmp_path / "store")) as project:
        planned, _ = prepare(project, project.read(on=small.DAY), drafts=True)
        assert planned is not None
        assert view(planned.plan, "integrity.html").personal == (("Nomor ponsel", "1 halaman"),)
        planned.previews.make()
        counts = (("NIP", "1 dokumen"), ("Nomor ponsel", "1 halaman"))
        assert view(planned.again().plan, "integrity.html").personal == counts
        project.read(on=small.DAY)
        assert project.steps.counts("personal data")[0] > 0
        prepare(project, project.read(on=small.DAY), drafts=True)
        assert project.steps.counts("personal data")[0] == 0, "no text is looked into twice"
