"""What is restricted is named nowhere in a site: no file's name, no folder of its path, no address, in no file of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.messages.source import Source
from generator.reading import findings, records
from tests.support import builders, small

AREA = "records/1-manajemen-perubahan"
SETTINGS = """\
title: Portofolio Uji
unit: Satker Uji
instrument: instruments/ringkas.yaml
period: {from: 2022-09-01, to: 2023-06-30}
evidence_roots: {scan: ../scan}
"""


def front(title: str, entries: str, more: str = "", body: str = "Isi.") -> str:
    return f"---\ntitle: {title}\ndate: 2023-01-18\nitems: [A.I.1.i.a]\npeople: [Dewi]\n{more}evidence:\n{entries}---\n{body}\n"


def portfolio(folder: Path, files: dict[str, str | bytes], scans: dict[str, bytes] | None = None) -> Path:
    """Write a portfolio of six items into a folder; scans are next to it."""
    own = {"portfolio.yaml": SETTINGS, "instruments/ringkas.yaml": small.RINGKAS.read_bytes()}
    builders.write(folder / "scan", {"lain.pdf": builders.pdf("lain"), **(scans or {})})
    return builders.write(folder / "p", {**own, **files})


def everything(site: dict[str, bytes]) -> dict[str, bytes]:
    """Return every path and content of a site, and of the zips in it."""
    found = dict(site)
    for path, content in site.items():
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                found |= {f"{path}!{name}": opened.read(name) for name in opened.namelist()}
    return found


def leaks(site: dict[str, bytes], marker: str = "zzq") -> list[str]:
    """Return where a marker stands in a site: in a path, or in a content whatever its capitals."""
    sought = marker.encode()
    return sorted(
        f"{path}: {content[max(0, content.lower().find(sought) - 60) :][:150]!r}" if sought in content.lower() else path
        for path, content in everything(site).items()
        if sought in content.lower() or marker in path.casefold()
    )


def built(home: Path, tmp_path: Path) -> dict[str, bytes]:
    outcome, count = small.build_site(home, tmp_path / "site")
    assert count, [each.message("en") for each in outcome.diagnostics]
    return small.contents(tmp_path / "site")


PLANTED: dict[str, tuple[dict[str, str | bytes], dict[str, bytes]]] = {
    "without a title, of no type": (
        {
            f"{AREA}/r/index.md": front("R", "  - {file: x-zzq-1.pdf, type: [], classification: restricted}\n".replace(", type: []", "")),
            f"{AREA}/r/x-zzq-1.pdf": builders.pdf("a"),
        },
        {},
    ),
    "without a title, its type known by its name": (
        {
            f"{AREA}/r/index.md": front("R", "  - {berkas: sk zzq 2.pdf, klasifikasi: terbatas}\n"),
            f"{AREA}/r/sk zzq 2.pdf": builders.pdf("a"),
        },
        {},
    ),
    "with a title": (
        {
            f"{AREA}/r/index.md": front("R", "  - {file: zzq.pdf, title: Surat, type: sk, classification: restricted}\n"),
            f"{AREA}/r/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "with the name as its title": (
        {
            f"{AREA}/r/index.md": front("R", "  - {file: a zzq.pdf, title: A ZZQ.pdf, type: sk, classification: restricted}\n"),
            f"{AREA}/r/a zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "in a folder of its own": (
        {
            f"{AREA}/r/index.md": front("R", "  - {file: zzq/sk.pdf, type: sk, classification: restricted}\n",
                                        body="Lihat zzq/sk.pdf dan [di sini](zzq/sk.pdf)."),
            f"{AREA}/r/zzq/sk.pdf": builders.pdf("a"),
        },
        {},
    ),
    "shared, restricted by one record of two": (
        {
            f"{AREA}/a/index.md": front("A", "  - {file: evidence/zzq.pdf, type: sk, pages: 1}\n", body="[x](../../../evidence/zzq.pdf)"),
            f"{AREA}/b/index.md": front("B", "  - {file: evidence/zzq.pdf, type: sk, classification: restricted}\n"),
            "evidence/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "shared with a restricted record": (
        {
            f"{AREA}/a/index.md": front("A", "  - evidence/zzq.pdf\n".replace("- ", "- file: ")),
            f"{AREA}/b/index.md": front("B", "  - {file: evidence/zzq.pdf, type: sk}\n", "classification: restricted\n"),
            "evidence/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "restricted in a draft alone": (
        {
            f"{AREA}/a/index.md": front("A", "  - {file: evidence/zzq.pdf}\n"),
            f"{AREA}/b/index.md": front("B", "  - {file: evidence/zzq.pdf, classification: restricted}\n", "status: draft\n"),
            "evidence/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "of a draft": (
        {
            f"{AREA}/a/index.md": front("A", "  - {file: b.pdf}\n"),
            f"{AREA}/a/b.pdf": builders.pdf("b"),
            f"{AREA}/d/index.md": front("D", "  - {file: zzq.pdf, classification: restricted}\n", "status: draft\n"),
            f"{AREA}/d/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "in a declared root": (
        {f"{AREA}/r/index.md": front("R", "  - {file: 'scan:zzq-dir/sk zzq.pdf', classification: restricted}\n",
                                     body="[SK](<scan:zzq-dir/sk zzq.pdf>) [b](scan:zzq-dir/sk%20zzq.pdf)")},
        {"zzq-dir/sk zzq.pdf": builders.pdf("a")},
    ),
    "linked and shown by texts": (
        {
            f"{AREA}/r/index.md": front(
                "R", "  - {file: hukuman-zzq.png, type: sk, classification: restricted}\n",
                body="[SK](hukuman-zzq.png) ![hukuman zzq](hukuman-zzq.png 'hukuman-zzq.png') [hukuman-zzq.png](hukuman-zzq.png)\n\n"
                "[**Hukuman ZZQ**](hukuman-zzq.png) hukuman-zzq.png, Hukuman-zzq <!-- hukuman-zzq.png --> `hukuman-zzq.png` <img src='hukuman-zzq.png' alt='Hukuman zzq'>\n\n"
                "## Berkas hukuman-zzq.png\n",
            ),
            f"{AREA}/r/hukuman-zzq.png": builders.png("a"),
            "pages/p.md": "---\ntitle: P\n---\n[Hukuman zzq](../records/1-manajemen-perubahan/r/hukuman-zzq.png)\n",
            "assessment/1.md": "---\nanswers:\n  A.I.1.i.a: {answer: Ya, note: ada di hukuman-zzq.png}\n---\nLihat hukuman-zzq.png.\n",
            "findings/f.md": "---\nitem: A.I.1.i.a\ndate: 2023-02-02\nanswer: Tidak\nevidence:\n"
            "  - {record: r, file: hukuman-zzq.png, verdict: rejected, reason: hukuman-zzq.png kabur}\n---\n"
            "Berkas hukuman-zzq.png dan [itu](../records/1-manajemen-perubahan/r/hukuman-zzq.png).\n",
        },
        {},
    ),
    "narrowed, expiring, rejected, cited thrice": (
        {
            f"{AREA}/r/index.md": front(
                "R", "  - {file: zzq.pdf, items: [A.I.1.i.a], valid_until: 2023-07-01, classification: restricted}\n"
                "  - {file: zzq.pdf, type: sk}\n  - {file: ./zzq.pdf, type: notulen, date: 2020-01-01}\n"
            ),
            f"{AREA}/r/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "what a browser may run": (
        {
            f"{AREA}/r/index.md": front("R", "  - {file: zzq.svg, classification: restricted}\n  - {file: b.svg, type: foto}\n"),
            f"{AREA}/r/zzq.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            f"{AREA}/r/b.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(2)'/>",
        },
        {},
    ),
    "by the folder's defaults": (
        {
            f"{AREA}/_defaults.yaml": "classification: restricted\n",
            f"{AREA}/r/index.md": front("R", "  - {file: zzq.pdf}\n", body="[x](zzq.pdf) zzq.pdf"),
            f"{AREA}/r/zzq.pdf": builders.pdf("a"),
        },
        {},
    ),
    "named by texts that do not link to it": (
        {
            f"{AREA}/a/index.md": front("A", "  - {file: b c-zzq & d.pdf, type: sk, classification: restricted}\n"),
            f"{AREA}/a/b c-zzq & d.pdf": builders.pdf("a"),
            f"{AREA}/r/index.md": front("Tentang b c-zzq & d.pdf", "  - {file: b.pdf, title: Salinan b c-zzq & d.pdf, type: sk}\n",
                                        "tags: [b c-zzq & d.pdf]\n",
                                        f"Lihat *b c-zzq & d.pdf*, <{AREA}/a/b c-zzq & d.pdf>, `B c-ZZQ & d.pdf` dan b%20c-zzq%20%26%20d.pdf."),
            f"{AREA}/r/b.pdf": builders.pdf("b"),
            "pages/p.md": "---\ntitle: Berkas b c-zzq & d.pdf\n---\nLihat b c-zzq & d.pdf.\n",
            "assessment/1.md": "---\nanswers:\n  A.I.1.ii.c: {answer: B, note: ada di b c-zzq & d.pdf}\n---\nLihat b c-zzq & d.pdf.\n",
            "findings/f.md": "---\nitem: A.I.1.ii.c\ndate: 2023-02-02\nanswer: B\n---\nDi b c-zzq & d.pdf.\n",
            "findings/g.md": "---\nitem: A.I.1.i.a\ndate: 2023-02-03\nevidence:\n"
            "  - {record: r, file: b.pdf, verdict: rejected, reason: 'sama dengan b c-zzq & d.pdf'}\n---\nPerbaiki.\n",
        },
        {},
    ),
    "in what assessors found and advised, and in what the unit answered": (
        {
            "portfolio.yaml": f"{SETTINGS}downloads: true\n",
            f"{AREA}/a/index.md": front("A", "  - {file: berita-acara-zzq.pdf, type: sk, classification: restricted}\n"),
            f"{AREA}/a/berita-acara-zzq.pdf": builders.pdf("a"),
            f"{AREA}/t/index.md": front("T", "  - {file: daftar-zzq.pdf, type: sk}\n", "classification: restricted\n"),
            f"{AREA}/t/daftar-zzq.pdf": builders.pdf("t"),
            "findings/f.md": "---\nitem: A.I.1.i.a\ndate: 2023-02-02\nassignment: ST berita-acara-zzq.pdf\ncondition: Di berita-acara-zzq.pdf dan daftar-zzq.\n"
            "recommendation: |\n  Ganti berita-acara-zzq.\n  Ganti daftar-zzq.pdf.\nevidence:\n"
            "  - {record: a, file: berita-acara-zzq.pdf, verdict: rejected, reason: berita-acara-zzq, note: lihat berita-acara-zzq.pdf}\n"
            "  - {record: t, file: daftar-zzq.pdf, verdict: accepted, reason: daftar-zzq, note: zzq}\n"
            "response: {date: 2023-02-03, text: 'Sudah, daftar-zzq dan berita-acara-zzq.pdf', evidence: [t]}\n---\nPerbaiki.\n",
            "findings/g.md": "---\nitem: A.I.1.ii.c\ndate: 2023-02-02\ncondition: Baik.\n"
            "response: {date: 2023-02-03, text: 'Lihat daftar-zzq', evidence: [t]}\n---\n",
        },
        {},
    ),
    "published before it was restricted": (
        {
            f"{AREA}/r/index.md": front(
                "R", "  - {file: zzq.pdf, classification: restricted}\n  - {file: b-zzq.svg, classification: restricted}\n"
            ),
            f"{AREA}/r/zzq.pdf": builders.pdf("a"),
            f"{AREA}/r/b-zzq.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "publications.jsonl": (
                f'{{"date": "2023-01-02", "added": ["files/{AREA}/r/zzq.pdf", "files/{AREA}/r/b-zzq.svg.zip"], '
                '"answers": {"A.I.1.i.a": ["zzq.pdf", "Ya"]}}\n'
                f'{{"date": "2023-01-03", "withdrawn": ["files/{AREA}/r/zzq.pdf", "files/{AREA}/R/Zzq.PDF", '
                f'"files/{AREA}/r/b-zzq.svg.zip", "files/evidence/dahulu/zzq.pdf", "files/evidence/zzq.pdf/lain.pdf"]}}\n'
            ),
        },
        {},
    ),
    "the same address": (
        {
            f"{AREA}/a/index.md": front("A", "  - {url: 'https://a.example/zzq', type: media-publikasi}\n",
                                        body="[x](https://a.example/zzq) <https://a.example/zzq>"),
            f"{AREA}/b/index.md": front("B", "  - {url: 'https://a.example/zzq', type: sk, classification: restricted}\n"),
        },
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_the_name_of_a_restricted_file_is_nowhere_in_a_site(case: str, tmp_path: Path) -> None:
    files, scans = PLANTED[case]
    assert leaks(built(portfolio(tmp_path, files, scans), tmp_path)) == []


def test_a_name_that_an_open_file_has_as_well_stays_where_no_path_tells_them_apart(tmp_path: Path) -> None:
    files = {
        f"{AREA}/a/index.md": front("A", "  - {file: sk-zzq.pdf, classification: restricted}\n", body="Di sk-zzq.pdf."),
        f"{AREA}/a/sk-zzq.pdf": builders.pdf("a"),
        f"{AREA}/r/index.md": front(
            "R", "  - {file: sk-zzq.pdf}\n", body=f"Lihat sk-zzq.pdf, bukan {AREA}/a/sk-zzq.pdf."
        ),
        f"{AREA}/r/sk-zzq.pdf": builders.pdf("b"),
    }
    site = built(portfolio(tmp_path, files), tmp_path)
    assert b"sk-zzq" not in site["records/a.html"]
    assert b"Lihat sk-zzq.pdf, bukan dokumen terbatas" in site["records/r.html"]


UNREADABLE = ["", "~", "null", "# terbatas", "rahasia", "[terbatas]", "intern al", '""', "terbatas, internal"]


@pytest.mark.parametrize("written", UNREADABLE)
def test_what_cannot_be_read_of_a_classification_restricts(written: str) -> None:
    text = f"---\ntitle: R\ndate: 2023-01-18\nclassification: {written}\n"
    entry = f"evidence:\n  - file: sk.pdf\n    classification: {written}\n---\n"
    reading = records.read(Source("records/1-x/r.md", text + entry))
    assert reading.restricted
    assert reading.evidence[0].restricted
    assert not reading.sound
    defaults = records.read_defaults(Source("records/1-x/_defaults.yaml", f"classification: {written}\n"))
    assert defaults.restricted
    assert defaults.diagnostics
    below = records.read(Source("records/1-x/r.md", "---\ntitle: R\ndate: 2023-01-18\n---\n"), [defaults])
    assert below.restricted


def test_a_classification_or_status_that_is_given_twice_restricts_and_makes_a_draft() -> None:
    text = "---\ntitle: R\ndate: 2023-01-18\nclassification: internal\nklasifikasi: terbatas\nstatus: final\nstatus: draft\n"
    reading = records.read(Source("records/1-x/r.md", f"{text}---\n"))
    assert reading.restricted
    assert reading.draft


@pytest.mark.parametrize("written", ["", "null", "selesai", "[final]", '""'])
def test_what_cannot_be_read_of_a_status_makes_a_draft(written: str) -> None:
    reading = records.read(Source("records/1-x/r.md", f"---\ntitle: R\ndate: 2023-01-18\nstatus: {written}\n---\n"))
    assert reading.draft
    assert not reading.sound


@pytest.mark.parametrize("written", ["", "tolak dulu", "~", "[diterima]"])
def test_a_verdict_that_cannot_be_read_accepts_nothing(written: str) -> None:
    text = f"---\ndate: 2023-02-02\nevidence:\n  - {{record: r, file: sk.pdf, verdict: {written}}}\n---\n"
    reading = findings.read(Source("findings/f.md", text))
    assert not reading.sound
    assert [each.accepted for each in reading.verdicts] == [False]
