"""What a built site holds, and what it must never hold."""

from __future__ import annotations

import io
import json
import os
import posixpath
import re
import subprocess
import sys
import unicodedata
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote

import pytest

from generator.site import shared_parts
from tests.support import builders, small


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("small"), worksheet=True)


@pytest.fixture(scope="module")
def site(home: Path) -> Path:
    out = home.parent / "site"
    outcome, count = small.build_site(home, out)
    assert count, outcome.diagnostics
    return out


class Page(HTMLParser):
    """The ids and addresses of a page, and what its boxes choose."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.choices: set[tuple[str, str]] = set()
        self.headings = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in {"href", "src"} and value is not None:
                self.addresses.append(value)
        if tag == "input":
            given = dict(attrs)
            self.choices.add((given.get("name") or "", given.get("value") or ""))
        self.headings += tag == "h1"


@cache
def pages_of(site: Path) -> dict[str, Page]:
    return {path.relative_to(site).as_posix(): Page(path.read_text("utf-8")) for path in site.rglob("*.html")}


@pytest.mark.parametrize("which", ["site", "sample_site"])
def test_every_link_is_relative_and_leads_to_a_file_and_a_heading_that_is_there(
    which: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(which)
    pages = pages_of(folder)
    assert len(pages) > 100
    for name, page in pages.items():
        for address in page.addresses:
            if re.match(r"https?:|mailto:|tel:", address):
                continue
            path, _, fragment = address.partition("#")
            path = path.partition("?")[0]
            assert not path.startswith("/"), (name, address)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name
            assert (folder / target).is_file(), (name, address)
            if target.endswith(".pdf") and fragment:
                assert re.fullmatch(r"page=[1-9]\d*", fragment), (name, address)
            elif target == "search.html" and "=" in fragment:
                choices = {choice for choice in parse_qsl(fragment, strict_parsing=True) if choice[0] != "q"}
                assert choices <= pages[target].choices, (name, address)
            elif fragment:
                assert unquote(fragment) in pages[target].ids, (name, address)


@pytest.mark.parametrize("which", ["site", "sample_site"])
def test_every_page_has_one_heading_unique_ids_and_the_policy(which: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(which)
    for name, page in pages_of(folder).items():
        assert page.headings == 1, name
        assert len(page.ids) == len(set(page.ids)), name
        text = (folder / name).read_text("utf-8")
        assert "Content-Security-Policy" in text, name
        bare = re.sub(r"<title>.*?</title>", "", text)
        assert not re.search(r"<style|\sstyle=|\son\w+=", bare), name
        assert set(re.findall(r"<script\b[^>]*>[^<]*", bare)) <= set(
            re.findall(r'<script src="[^":]+" defer>', bare)
        ), name


def test_nothing_is_loaded_from_another_host(sample_site: Path) -> None:
    for path in sample_site.rglob("*.html"):
        assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', path.read_text("utf-8")), path


def test_the_site_holds_what_the_contract_lists(site: Path) -> None:
    names = set(small.contents(site))
    assert {"index.html", "readiness.json", "SHA256SUMS", "areas/1.html", "items/A.I.1.i.a.html"} <= names
    assert {"records/pertama.html", "records/kedua.html", "records/hukuman.html", "pages/profil.html"} <= names


def test_only_named_and_unrestricted_files_are_copied(site: Path) -> None:
    files = {name for name in small.contents(site) if name.startswith("files/")}
    folder = "files/records/1-manajemen-perubahan/pertama"
    assert files == {
        f"{folder}/notulen rapat #1 (100%) [final].pdf",
        f"{folder}/e\u0301valuasi e\u0301.pdf",
        f"{folder}/logo.svg.zip",
        f"{folder}/foto.png",
        "files/scan/sk 2023.pdf",
        "files/evidence/undangan.pdf",
    }


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


def built(home: Path) -> tuple[dict[str, bytes], list[str]]:
    """Build a portfolio; return what its site holds, and the codes that were told."""
    outcome, _count = small.build_site(home, home.parent / "site")
    return small.contents(home.parent / "site"), [each.code for each in outcome.diagnostics]


def test_a_packed_file_leaves_its_place_to_one_of_that_very_name(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    zipped = builders.zipped({"isi.txt": "isi"})
    evidence = [{"file": "a.svg", "type": "sk"}, {"file": "a.svg.zip", "type": "sk"}]
    record = builders.front_matter(
        "[g](a.svg)", title="Rapat", date="2023-01-18", items=["A.I.1.i.a"], evidence=evidence
    )
    builders.write(
        home, {"records/1-a/r/index.md": record, "records/1-a/r/a.svg": SVG, "records/1-a/r/a.svg.zip": zipped}
    )
    site, codes = built(home)
    assert site["files/records/1-a/r/a.svg.zip"] == zipped
    with zipfile.ZipFile(io.BytesIO(site["files/records/1-a/r/a.svg.zip.zip"])) as packed:
        assert packed.read("a.svg").decode() == SVG
    assert site["records/r.html"].count(b"a.svg.zip.zip") >= 2, "the document and the link lead there"
    assert "evidence-case-collision" not in codes


def test_what_only_a_text_names_and_a_browser_would_run_is_told(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    before = built(home)[1].count("evidence-active")
    hidden = builders.front_matter(
        "[g](g.svg)", title="T", date="2023-01-18", items=["A.I.1.i.a"], classification="restricted"
    )
    page = builders.front_matter("[x](a.svg) [lagi](a.svg) ![](b.svg)", title="Profil")
    builders.write(
        home,
        {
            "pages/p.md": page, "pages/a.svg": SVG, "pages/b.svg": SVG.replace("1", "2"),
            "records/1-a/t/index.md": hidden, "records/1-a/t/g.svg": SVG.replace("1", "3"),
        },
    )  # fmt: skip
    site, codes = built(home)
    assert {"files/pages/a.svg.zip", "files/pages/b.svg.zip"} <= site.keys()
    assert codes.count("evidence-active") == before + 2, "each once, and none of what is not published"


def test_a_text_may_name_a_file_of_a_declared_root(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(tmp_path / "scan", {"o 1.pdf": builders.pdf("lain"), "foto.png": builders.png("lain")})
    page = builders.front_matter(
        '[hasil](<scan:o 1.pdf#page=2>) ![f](scan:foto.png) <a href="scan:o%201.pdf">a</a>', title="P"
    )
    builders.write(home, {"pages/p.md": page})
    site, codes = built(home)
    assert {"files/scan/o 1.pdf", "files/scan/foto.png"} <= site.keys()
    assert site["pages/p.html"].count(b'href="../files/scan/o%201.pdf') == 2
    assert b'src="../files/scan/foto.png"' in site["pages/p.html"]
    assert "link-broken" not in codes
    builders.write(home, {"pages/p.md": builders.front_matter("[hasil](scn:o.pdf) [b](scan:tidak.pdf)", title="P")})
    assert built(home)[1].count("link-broken") == 2
    builders.write(home, {"pages/p.md": builders.front_matter("[k](javascript:a.pdf) [m](mailto:a@b.id)", title="P")})
    site, codes = built(home)
    assert "link-broken" not in codes
    assert b"javascript" not in site["pages/p.html"]


@pytest.mark.parametrize(("written", "on_disk"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFC", "NFC"), ("NFD", "NFD")])
def test_a_link_to_a_text_leads_to_its_page_whichever_unicode_form_it_has(
    tmp_path: Path, written: Literal["NFC", "NFD"], on_disk: Literal["NFC", "NFD"]
) -> None:
    home = small.write(tmp_path)
    names = [unicodedata.normalize(on_disk, name) for name in ("pages/év.md", "records/1-a/ér/index.md", "pages/dé.md")]
    record = {"date": "2023-01-18", "items": ["A.I.1.i.a"]}
    draft = builders.front_matter("", title="D", status="draft", **record)
    texts = (builders.front_matter("", title="H"), builders.front_matter("", title="R", **record))
    builders.write(home, dict(zip(names, texts, strict=False)))
    link = unicodedata.normalize(written, "[h](év.md) [r](../records/1-a/ér/index.md) [f](../records/1-a/ér/)")
    builders.write(home, {"pages/z.md": builders.front_matter(link, title="Z")})
    site, codes = built(home)
    hrefs = [unquote(each) for each in Page(site["pages/z.html"].decode()).addresses]
    assert {"év.html", "../records/ér.html"} <= {unicodedata.normalize("NFC", each) for each in hrefs}
    assert (
        hrefs.count(unicodedata.normalize("NFC", "../records/ér.html")) >= 2 or hrefs.count("../records/ér.html") >= 2
    )
    assert not any(
        name.startswith(("files/pages", "files/records/1-a/")) and "r" in name and name.endswith(".md") for name in site
    )
    assert "link-broken" not in codes
    builders.write(home, {names[1]: draft})
    assert built(home)[1].count("link-broken") == 2, "as of a draft of the same form"


def test_what_is_restricted_never_reaches_the_output(home: Path, site: Path) -> None:
    secret = (home / "records/1-manajemen-perubahan/pertama/rahasia.pdf").read_bytes()
    hidden = (home / "evidence/hukuman.pdf").read_bytes()
    for name, content in small.contents(site).items():
        assert secret not in content, name
        assert hidden not in content, name
        assert small.SECRET.encode() not in content, name
        assert b"Judul yang tersembunyi" not in content, name


def test_a_restricted_document_is_named_with_its_digest_and_whom_to_ask(site: Path) -> None:
    page = (site / "records/pertama.html").read_text("utf-8")
    cards = re.findall(r'<li class="card.*?</li>', page, re.DOTALL)
    card = next(each for each in cards if '<h3><span class="file"><bdi>Surat Keputusan</bdi></span></h3>' in each)
    digest = re.search(r"[0-9a-f]{64}", card)
    assert digest
    assert f'id="d-{digest[0][:8]}"' in card
    assert "rahasia" not in card.casefold()
    assert "Sekretaris" in page
    assert 'href="../files/records/1-manajemen-perubahan/pertama/rahasia.pdf"' not in page


def test_a_draft_has_no_page_and_its_files_are_not_copied(site: Path) -> None:
    names = small.contents(site)
    assert "records/draf.html" not in names
    assert "files/evidence/draf.pdf" not in names
    assert not any(b"Masih rancangan" in content for content in names.values())


def test_what_a_browser_would_run_is_packed(site: Path) -> None:
    with zipfile.ZipFile(site / "files/records/1-manajemen-perubahan/pertama/logo.svg.zip") as archive:
        assert archive.namelist() == ["logo.svg"]
        assert archive.read("logo.svg").startswith(b"<svg")


def test_the_sums_verify_and_list_every_other_file(site: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=site, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    listed = {line[66:] for line in (site / "SHA256SUMS").read_text("utf-8").splitlines()}
    assert listed == set(small.contents(site)) - {"SHA256SUMS"}


def test_two_builds_are_the_same_whatever_the_hash_seed(home: Path, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "generator", "build", str(home), "-o", str(out), "--as-of", "2023-06-30"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        made.append(small.contents(out))
    assert made[0] == made[1]


def test_readiness_json_has_the_keys_of_the_contract(site: Path) -> None:
    data = json.loads((site / "readiness.json").read_text("utf-8"))
    assert list(data) == [
        "schema", "instrument", "as_of", "unit", "target", "counts", "index", "nodes", "areas", "items", "predicates",
        "portfolio", "prerequisites", "levels", "findings",
    ]  # fmt: skip
    assert data["findings"] == {"open": 1, "all": 1}
    assert data["counts"] == {
        "records": 4, "drafts": 1, "documents": 9, "accepted": 7, "items": 113, "answered": 2, "supported": 2, "assessed": 1,
    }  # fmt: skip
    first = next(item for item in data["items"] if item["id"] == "A.I.1.i.a")
    assert first["records"] == ["pertama", "kedua"]
    assert first["documents"] == {
        "expected": ["sk"],
        "fulfilled": ["sk"],
        "missing": [],
    }
    assert first["helpful"] == {"listed": ["undangan", "daftar-hadir", "notulen"], "present": ["notulen"]}
    second = next(item for item in data["items"] if item["id"] == "A.I.1.i.b")
    assert second["documents"]["expected"] == ["sop|notulen|laporan|berita-acara"]
    assert (first["answer"], first["value"], first["claimed"]) == ("Ya", 1, 0.25)


def test_hostile_text_becomes_harmless_text(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    vectors = (
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) {{ 7*7 }} {% raw %} "
        "<a href='data:text/html,x'>d</a> <svg onload=alert(1)></svg> <iframe src='//evil'></iframe>"
    )
    path = home / "pages/profil.md"
    (home / "pages/x").write_bytes(builders.png())
    path.write_text(
        f"---\ntitle: '{{{{ 7*7 }}}} <script>alert(2)</script>'\n---\n{vectors}\n".replace(
            "src=x", "src=../evidence/undangan.pdf"
        ),
        "utf-8",
    )
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    page = (tmp_path / "site/pages/profil.html").read_text("utf-8")
    assert "{{ 7*7 }}" in page
    assert [*re.findall(r"<script[^>]*>", page)] == ['<script src="../assets/site.js" defer>']
    assert "<iframe" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert not re.search(r"<[^>]*\son\w+=", page)


def test_a_portfolio_overrides_one_template_and_one_style_sheet(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    settings = home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8") + "theme: tema\n", "utf-8")
    builders.write(
        home / "tema",
        {
            "templates/pages/free.html": '{% extends "default/pages/free.html" %}\n{% block main %}<p>MILIK KAMI</p>{{ super() }}{% endblock %}',
            "assets/style.css": "body { color: red }",
        },
    )
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    assert "MILIK KAMI" in (tmp_path / "site/pages/profil.html").read_text("utf-8")
    assert "MILIK KAMI" not in (tmp_path / "site/index.html").read_text("utf-8")
    assert (tmp_path / "site/assets/style.css").read_text("utf-8") == "body { color: red }"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ page.nowhere }}", "nowhere"),
        ("{% if %}", "Expected an expression"),
        ('<a href="nowhere.html">x</a>', "nowhere.html"),
        ("{% extends 'none.html' %}", "none.html"),
    ],
)
def test_a_faulty_template_is_told_and_nothing_is_written(template: str, told: str, tmp_path: Path) -> None:
    home = small.write(tmp_path)
    settings = home / "portfolio.yaml"
    settings.write_text(settings.read_text("utf-8") + "theme: tema\n", "utf-8")
    builders.write(home / "tema", {"templates/pages/free.html": template})
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count == 0
    assert [each.code for each in outcome.diagnostics if each.severity == "error"] == ["theme-invalid"]
    assert told in outcome.diagnostics[-1].message("en") + outcome.diagnostics[0].message("en")
    assert not (tmp_path / "site").exists()


def test_addresses_are_read_from_rendered_pages() -> None:
    page = b'<a href="a%20b.html">x</a><img alt="" src="f/c.png"><a href="https://e.org">y</a> href="no"'
    assert shared_parts.addresses(page) == {"a%20b.html", "f/c.png"}


def test_texts_that_share_a_page_share_no_id(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    text = "# Judul\n\nKata[^1].\n\n[^1]: Catatan.\n\n[ke judul](#judul)\n"
    front = "---\nitem: A.I.1.i.a\ndate: 2023-05-0{}\n---\n"
    for number in (1, 2):
        builders.write(home, {f"findings/temuan {number}.md": front.format(number) + text})
    builders.write(home, {"assessment/1.md": "---\nanswers:\n  A.I.1.i.a: Ya\n---\n" + text})
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, outcome.diagnostics
    for name in ("areas/1.html", "items/A.I.1.i.a.html", "findings.html"):
        page = Page((tmp_path / "site" / name).read_text("utf-8"))
        assert len(page.ids) == len(set(page.ids)), name
        assert {address[1:] for address in page.addresses if address.startswith("#")} <= set(page.ids), name
