"""The search index is made once: of the same entries it is known again, of any other it is not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator import resources
from generator.build import search_index
from generator.incremental.store import Store, place
from generator.reading.settings import DEFAULT_THEME
from generator.site.search.entries import SearchEntry
from generator.site.search.index import index_files
from tests.support import small

MARK = "bukanIndeks"
RECORD = "records/1-manajemen-perubahan/kedua.md"
ENTRIES = (
    SearchEntry(
        "record", "Rapat", "records/a.html", "3 Mei", "2023-05-03", (1,), (), "2023", "", ("a", "A.I.1"), "isi rapat"
    ),
    SearchEntry(
        "document", "Notulen", "files/n.pdf", "3 Mei", "2023-05-03", (1,), ("sk",), "2023", "counts", (), lambda: "dok"
    ),
)


def made(store: Store, entries: Sequence[SearchEntry], language: str = "id") -> Mapping[str, bytes]:
    return search_index.begin(entries, language, store=store)()


def marked(store: Store) -> None:
    """Change what is kept of the index, so that it shows when it is taken from there."""
    kept = store.get("index")
    assert kept is not None
    store.put({"index": kept.replace(b"catatSearch", MARK.encode())})


def is_marked(files: Mapping[str, bytes]) -> bool:
    return any(MARK.encode() in content for content in files.values())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache.sqlite3")


def test_the_index_of_the_same_entries_is_known_again(store: Store) -> None:
    first = made(store, ENTRIES)
    assert first == dict(index_files((ENTRIES[0], replace(ENTRIES[1], body="dok")), language="id"))
    assert made(store, ENTRIES) == first
    marked(store)
    assert is_marked(made(store, ENTRIES))
    assert is_marked(made(store, (ENTRIES[0], replace(ENTRIES[1], body="dok")))), "text is text, whoever brings it"


@pytest.mark.parametrize(
    "entries",
    [
        (),
        ENTRIES[:1],
        ENTRIES[::-1],
        (replace(ENTRIES[0], title="Rapat kedua"), ENTRIES[1]),
        (replace(ENTRIES[0], words=("a", "A.I.2")), ENTRIES[1]),
        (replace(ENTRIES[0], areas=(2,)), ENTRIES[1]),
        (ENTRIES[0], replace(ENTRIES[1], state="refused")),
        (ENTRIES[0], replace(ENTRIES[1], body=lambda: "dokumen")),
    ],
)
def test_that_of_any_other_entries_is_made(entries: Sequence[SearchEntry], store: Store) -> None:
    made(store, ENTRIES)
    marked(store)
    assert not is_marked(made(store, entries))
    assert not is_marked(made(store, ENTRIES)), "one is kept, the last"


def test_that_of_another_language_is_made(store: Store) -> None:
    made(store, ENTRIES)
    marked(store)
    assert not is_marked(made(store, ENTRIES, "en"))


@pytest.mark.parametrize("kept", [b"", b"index", b"0\n{}", b"\xff\n{}"])
def test_what_is_none_of_ours_is_passed_over(kept: bytes, store: Store) -> None:
    store.put({"index": kept})
    assert "search/start.js" in made(store, ENTRIES)


def test_a_build_makes_it_anew_only_where_something_else_is_found(tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "site"
    shutil.copytree(resources.themes() / DEFAULT_THEME, home / "tema")
    with (home / "portfolio.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: tema\n")
    small.build_site(home, out)
    with Store(place(home)) as kept:
        marked(kept)
    with (home / "tema/templates/base.html").open("a", encoding="utf-8") as template:
        template.write("<!-- lain -->\n")
    small.build_site(home, out)
    assert b"<!-- lain -->" in (out / "index.html").read_bytes()
    assert MARK in (out / "search/start.js").read_text("utf-8"), "a template changes nothing that is found"
    record = home / RECORD
    record.write_text(record.read_text("utf-8") + "\nKata yang baru.\n", "utf-8")
    small.build_site(home, out)
    assert MARK not in (out / "search/start.js").read_text("utf-8")
