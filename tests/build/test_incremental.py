"""The law: any history of edits gives exactly what a clean build gives."""

from __future__ import annotations

import datetime
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.build.planned_site import prepare
from generator.build.project import Project
from generator.incremental.store import Store
from generator.preview.previewer import Previewer
from tests.support import builders, small

Edit = Callable[[Path], None]


def append(path: str, text: str) -> Edit:
    def edit(home: Path) -> None:
        target = home / path
        if target.exists():
            target.write_text(target.read_text("utf-8") + text, "utf-8")

    return edit


def put(path: str, content: str | bytes) -> Edit:
    def edit(home: Path) -> None:
        builders.write(home, {path: content})

    return edit


def own_theme(home: Path) -> None:
    append("portfolio.yaml", "theme: tema\n")(home)
    builders.write(home / "tema", {"assets/style.css": "body{}"})


def replace_in(path: str, old: str, new: str) -> Edit:
    def edit(home: Path) -> None:
        target = home / path
        target.write_text(target.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def drop(path: str) -> Edit:
    return lambda home: (home / path).unlink(missing_ok=True)


def rename(path: str, other: str) -> Edit:
    def edit(home: Path) -> None:
        if (home / path).exists():
            (home / other).parent.mkdir(parents=True, exist_ok=True)
            (home / path).rename(home / other)

    return edit


SECOND = "records/1-manajemen-perubahan/kedua.md"
OVERLAY = "schema: catat.instrument/1\nid: kami\nextends: ringkas.yaml\n"
PUBLISHED = (
    '{"date": "2023-05-01", "index": {"weight": 8, "supported": 0.5}, "gates": {"WBK": {"index": {"supported": true}}}, '
    '"answers": {"A.I.1.i.a": [null, "Ya"]}, "added": ["records/kedua.html", "records/lama.html", '
    '"files/evidence/undangan.pdf", "files/evidence/lama.pdf"]}\n'
)
WITHDREW = (
    '{"date": "2023-06-01", "gates": {"WBK": {"index": {"supported": false}}}, "withdrawn": ["records/lama.html", '
    '"files/evidence/lama.pdf", "files/evidence/undangan.pdf", "records/kedua.html", "pages/baru.html"]}\n'
)
EDITS = {
    "an instrument of our own": put("instruments/kami.yaml", OVERLAY),
    "laid over the other": replace_in("portfolio.yaml", "instruments/ringkas.yaml", "instruments/kami.yaml"),
    "its checklist changed": put(
        "instruments/kami.yaml", OVERLAY + "items: {A.I.1.i.a: {documents: [[undangan, sk]]}}\n"
    ),
    "its names changed": put("instruments/kami.yaml", OVERLAY + "document_types: {sk: {names: [undangan]}}\n"),
    "record edited": append(SECOND, "\nTambahan.\n"),
    "record broken": append(SECOND, "\n[putus](tidak-ada.pdf)\n"),
    "record restored": put(SECOND, small.SECOND),
    "record gone": drop(SECOND),
    "record copied": put("records/1-manajemen-perubahan/kedua - Salin.md", small.SECOND),
    "copy gone": drop("records/1-manajemen-perubahan/kedua - Salin.md"),
    "record misplaced": put("arsip/ketiga.md", small.SECOND),
    "record misplaced no more": drop("arsip/ketiga.md"),
    "documents at the top": put("foto/a.pdf", builders.pdf("Foto")),
    "record renamed": rename(SECOND, "records/2-tatalaksana/ketiga.md"),
    "record back": rename("records/2-tatalaksana/ketiga.md", SECOND),
    "draft made final": put("records/1-manajemen-perubahan/draf.md", small.DRAFT.replace("draft", "final")),
    "draft again": put("records/1-manajemen-perubahan/draf.md", small.DRAFT),
    "evidence replaced": put("evidence/undangan.pdf", builders.pdf("Undangan baru")),
    "evidence emptied": put("evidence/undangan.pdf", b""),
    "evidence back": put("evidence/undangan.pdf", builders.pdf("Undangan")),
    "evidence of the same size": put("evidence/undangan.pdf", builders.pdf("Undangen")),
    "evidence gone": drop("evidence/undangan.pdf"),
    "people of a folder": put("records/1-manajemen-perubahan/_defaults.yaml", "people: [Ketua Pokja]\n"),
    "a folder restricted": put("records/1-manajemen-perubahan/_defaults.yaml", "classification: restricted\n"),
    "a folder's defaults broken": put("records/1-manajemen-perubahan/_defaults.yaml", "peeple: [x]\n"),
    "a folder's defaults gone": drop("records/1-manajemen-perubahan/_defaults.yaml"),
    "a file restricted by another record": put(
        "records/3-sdm/lain.md",
        "---\ntitle: Lain\ndate: 2023-03-02\nevidence:\n"
        "  - {file: evidence/undangan.pdf, type: undangan, classification: restricted}\n---\n",
    ),
    "no longer restricted": put(
        "records/3-sdm/lain.md",
        "---\ntitle: Lain\ndate: 2023-03-02\nevidence:\n  - {file: evidence/undangan.pdf, type: undangan}\n---\n",
    ),
    "a draft without a date": put("records/3-sdm/lain.md", "---\ntitle: Lain\ndate:\nstatus: draft\n---\n"),
    "finding gone": drop("findings/satu.md"),
    "document accepted after all": put(
        "findings/dua.md",
        "---\nitem: A.I.1.i.a\ndate: 2023-06-20\nevidence:\n"
        "  - {record: kedua, file: evidence/undangan.pdf, verdict: accepted}\n---\nSudah ditandatangani.\n",
    ),
    "record retitled": put(SECOND, small.SECOND.replace("Kegiatan kedua", "Kegiatan lain")),
    "record redated": put(SECOND, small.SECOND.replace("2023-02-01", "2022-12-01")),
    "period moved": put("portfolio.yaml", small.SETTINGS.replace("2022-09-01", "2023-01-20")),
    "answer changed": put("assessment/1.md", "---\nanswers:\n  A.I.1.i.a: Tidak\n---\n"),
    "settings changed": append("portfolio.yaml", "institution: Kementerian\n"),
    "language changed": append("portfolio.yaml", "language: en\n"),
    "downloads offered": append("portfolio.yaml", "downloads: true\n"),
    "own theme": own_theme,
    "own style changed": put("tema/assets/style.css", "p{}"),
    "first mended": put(
        "records/1-manajemen-perubahan/pertama/index.md",
        small.FIRST.replace("[kedua](../kedua.md#hasil-rapat)", "kedua").replace(
            '<a href="../kedua.md">mentah</a>', ""
        ),
    ),
    "record of an unknown type and item": put(
        SECOND, small.SECOND.replace("undangan.pdf}", "undangan.pdf, type: nonsens}").replace("i.a]", "i.a, A.I.1]")
    ),
    "document types reordered": replace_in(
        "instruments/ringkas.yaml", "sk: Surat Keputusan, undangan: Undangan", "undangan: Undangan, sk: Surat Keputusan"
    ),
    "published": put("publications.jsonl", PUBLISHED),
    "published again": put("publications.jsonl", PUBLISHED + WITHDREW),
    "what was withdrawn is there again": put(
        "records/1-manajemen-perubahan/lama.md", "---\ntitle: Lama\ndate: 2023-01-01\n---\n"
    ),
    "and is gone": drop("records/1-manajemen-perubahan/lama.md"),
    "the last line cut": append("publications.jsonl", '{"date": "2023-06-2'),
    "no publications": drop("publications.jsonl"),
    "page added": put("pages/baru.md", "---\ntitle: Baru\n---\nHalaman.\n"),
}


def clean(home: Path) -> tuple[dict[str, bytes], tuple[object, ...], bool]:
    read = Project(home, Store(None))
    outcome = read.read(on=small.DAY)
    if outcome.failed:
        return {}, outcome.diagnostics, False
    made, outcome = prepare(read, outcome, drafts=True)
    if made is None:
        return {}, outcome.diagnostics, False
    made.previews.make()
    pages = {page.path: content for page, content in made.render()}
    pictures = {path: made.picture(picture) for path, picture in made.plan.pictures.items()}
    downloads = {path: content() for path, content in made.plan.downloads.items()}
    return {**pages, **pictures, **downloads, **made.plan.data, **made.assets()}, outcome.diagnostics, True


def served(previewer: Previewer) -> dict[str, bytes]:
    """Ask for everything that the preview has, as a browser would."""
    previewer.make_pictures()
    site = previewer.preview.site
    assert site is not None
    pages = {path: previewer.page(path) or b"" for path in site.plan.paths - site.plan.copies.keys()}
    pictures = {path: previewer.picture(path) or b"" for path in site.plan.pictures}
    return {**pages, **pictures}


@settings(max_examples=12)
@given(st.lists(st.sampled_from(sorted(EDITS)), min_size=1, max_size=5))
@example(["document types reordered"])
@example(["published", "published again", "record gone", "what was withdrawn is there again", "and is gone"])
@example(["published again", "a file restricted by another record", "the last line cut", "no publications"])
@example(["an instrument of our own", "laid over the other", "its checklist changed", "document types reordered"])
@example(["its names changed", "laid over the other", "its checklist changed", "its names changed"])
@example(["record of an unknown type and item", "document types reordered"])
@example(["a file restricted by another record", "language changed", "no longer restricted", "a draft without a date"])
@example(["downloads offered", "record retitled", "draft made final", "a folder restricted", "finding gone"])
def test_any_history_of_edits_gives_what_a_clean_build_gives(history: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = small.write(Path(folder))
        day: Callable[[], datetime.date] = lambda: small.DAY  # noqa: E731
        previewer = Previewer(home, day)
        previewer.refresh()
        shown = served(previewer)
        for name in history:
            EDITS[name](home)
            previewer.refresh()
            pages, diagnostics, sound = clean(home)
            assert previewer.preview.diagnostics == diagnostics, name
            last_good, shown = shown, served(previewer)
            assert shown == (pages if sound else last_good), name


def test_a_preview_without_drafts_in_it_is_what_a_build_writes(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    (home / "records/1-manajemen-perubahan/draf.md").unlink()
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    small.build_site(home, tmp_path / "site")
    written = {
        path: content for path, content in small.contents(tmp_path / "site").items() if not path.startswith("files/")
    }
    del written["SHA256SUMS"]
    assert served(previewer) == written


def test_a_site_built_after_publications_is_what_a_clean_build_writes(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    withdrawn = "files/evidence/lama.pdf/index.html"
    sites = []
    history = ["published", "published again", "what was withdrawn is there again", "and is gone", "no publications"]
    for number, name in enumerate(history):
        EDITS[name](home)
        small.build_site(home, tmp_path / "site")
        small.build_site(home, tmp_path / f"clean-{number}")
        sites.append(small.contents(tmp_path / "site"))
        assert sites[-1] == small.contents(tmp_path / f"clean-{number}"), name
        for path, content in sites[-1].items():
            if path != "SHA256SUMS":
                assert f"{hashlib.sha256(content).hexdigest()}  {path}\n".encode() in sites[-1]["SHA256SUMS"]
    assert [withdrawn in each for each in sites] == [False, True, True, True, False]
    lama = [each.get("records/lama.html", b"") for each in sites]
    assert [b"1 Juni 2023" in each for each in lama] == [False, True, False, True, False]
    assert b"<h1>Lama</h1>" in lama[2]


def test_what_changes_behind_a_link_is_seen_under_the_name_of_the_link(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    (home / "evidence/undangan.pdf").rename(home / "evidence/asli.pdf")
    (home / "evidence/undangan.pdf").symlink_to("asli.pdf")
    (home / "pages/tautan.md").symlink_to("profil.md")
    (tmp_path / "tautan").symlink_to(home)
    previewer = Previewer(tmp_path / "tautan", lambda: small.DAY)
    previewer.refresh()
    edits: dict[str, str | bytes] = {
        "evidence/asli.pdf": builders.pdf("Undangan baru"),
        "pages/profil.md": "---\ntitle: Lain\n---\nBaru.\n",
    }
    for path, content in edits.items():
        put(path, content)(home)
        previewer.refresh([str(previewer.root / path)])
        assert served(previewer) == clean(home)[0], path


def test_evidence_is_seen_to_change_where_the_portfolio_is_known_by_a_link(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    (tmp_path / "tautan").symlink_to(home)
    previewer = Previewer(tmp_path / "tautan", lambda: small.DAY)
    previewer.refresh()
    put("evidence/undangan.pdf", builders.pdf("Undangan baru"))(home)
    previewer.refresh([str(previewer.root / "evidence/undangan.pdf")])
    assert served(previewer) == clean(home)[0]


def test_what_is_gone_is_told_when_no_program_puts_another_in_its_place(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    document = home / "evidence/undangan.pdf"
    document.unlink()
    assert not previewer.refresh([str(document)], patient=True), "it may be being saved"
    os.utime(document.parent, (time.time() - 1,) * 2)
    assert previewer.refresh([str(document)], patient=True)
    assert "evidence-missing" in {each.code for each in previewer.preview.diagnostics}


def test_where_all_is_looked_at_what_was_just_written_is_given_time_as_well(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    put(SECOND, small.SECOND[:60])(home)
    assert not previewer.refresh(None, patient=True)
    for path in (*tmp_path.rglob("*"), tmp_path):
        os.utime(path, (time.time() - 1,) * 2)
    assert previewer.refresh(None, patient=True)
