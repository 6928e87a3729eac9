"""The search index is computed by blocks: the segment of one whose entries are the same is known again, no other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import resources
from generator.build import search_index
from generator.incremental import workers
from generator.incremental.store import Store, place
from generator.reading.settings import DEFAULT_THEME
from generator.site.search.entries import LazyText, SearchEntry
from generator.site.search.index import blocks, index_files
from tests.benchmarks.search_speed import entries as many_entries
from tests.support import small

RECORD = "records/1-manajemen-perubahan/kedua.md"
ENTRIES = (
    SearchEntry(
        "record", "Rapat", "records/a.html", "3 Mei", "2023-05-03", (1,), (), "2023", "", ("a", "A.I.1"), "isi rapat"
    ),
    SearchEntry(
        "document", "Notulen", "files/n.pdf", "3 Mei", "2023-05-03", (1,), ("sk",), "2023", "counts", (), "isi dokumen"
    ),
)


class Segments(Store):
    """A store that counts what it is given."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.kept = 0

    def put(self, entries: Mapping[str, bytes | memoryview]) -> None:
        self.kept += len(entries)
        super().put(entries)


def kept_by(store: Segments, entries: Sequence[SearchEntry], language: str = "id") -> int:
    """Return how many segments an index needs that are not in the store."""
    before = store.kept
    assert search_index.index(entries, language, store=store) == index_files(entries, language=language)
    return store.kept - before


@pytest.fixture
def store(tmp_path: Path) -> Segments:
    return Segments(tmp_path / "cache.sqlite3")


def test_the_index_of_the_same_entries_is_known_again(store: Segments) -> None:
    assert kept_by(store, ENTRIES) == 1
    assert kept_by(store, ENTRIES) == 0
    assert search_index.index(ENTRIES, "id", store=Store(None)) == index_files(ENTRIES, language="id")


@pytest.mark.parametrize(
    "entries",
    [
        ENTRIES[:1],
        ENTRIES[::-1],
        (replace(ENTRIES[0], title="Rapat kedua"), ENTRIES[1]),
        (replace(ENTRIES[0], words=("a", "A.I.2")), ENTRIES[1]),
        (replace(ENTRIES[0], areas=(2,)), ENTRIES[1]),
        (ENTRIES[0], replace(ENTRIES[1], state="refused")),
        (ENTRIES[0], replace(ENTRIES[1], body="dokumen")),
        (ENTRIES[0], replace(ENTRIES[1], body=LazyText("1", lambda: "dokumen"))),
    ],
)
def test_that_of_any_other_entries_is_computed(entries: Sequence[SearchEntry], store: Segments) -> None:
    kept_by(store, ENTRIES)
    assert kept_by(store, entries) == 1
    assert kept_by(store, ENTRIES) == 1, "only the segments of the last index are kept"


def test_that_of_another_language_is_computed(store: Segments) -> None:
    kept_by(store, ENTRIES)
    assert kept_by(store, ENTRIES, "en") == 1


def test_no_entries_need_no_segment(store: Segments) -> None:
    assert kept_by(store, ()) == 0


def test_an_edit_reads_the_texts_of_its_block_alone(store: Segments) -> None:
    read: list[str] = []

    def lazy(each: SearchEntry, version: str = "1") -> SearchEntry:
        assert isinstance(each.body, str)
        return replace(each, body=LazyText(version, lambda: read.append(each.address) or str(each.body)))  # type: ignore[func-returns-value]

    plain = tuple(many_entries(100, 200))
    entries = tuple(map(lazy, plain))
    search_index.index(entries, "id", store=store)
    assert read == [each.address for each in entries], "each once"
    read.clear()
    search_index.index((*entries[:150], lazy(plain[150], "2"), *entries[151:]), "id", store=store)
    assert read == [each.address for block in blocks(entries) for each in block if entries[150] in block]


def test_a_text_that_is_lost_for_now_is_read_again_by_the_next_run(store: Segments) -> None:
    texts: dict[str, str] = {}
    entries = (replace(ENTRIES[0], body=LazyText("1", lambda: texts.get("1"))),)
    without = search_index.index(entries, "id", store=store)
    texts["1"] = "kata"
    assert search_index.index(entries, "id", store=store) != without
    assert search_index.index(entries, "id", store=store) == index_files(
        (replace(ENTRIES[0], body="kata"),), language="id"
    )


def test_other_processes_compute_the_same(store: Segments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEW_SECONDS", 0)
    entries = tuple(many_entries(150, 200))
    assert kept_by(store, entries) == len(list(blocks(entries))) > 3


MARK = "bukanIndeks"


def mark(home: Path) -> None:
    """Change what is kept of the index, so that it shows when it is taken from there."""
    path = place(home)
    assert path is not None
    with closing(sqlite3.connect(path)) as database:
        keys = [key for (key,) in database.execute("SELECT key FROM entries WHERE key LIKE 'search/%'")]
    with Store(path) as store:
        store.put({key: (store.get(key) or b"").replace(b'[["', f'[["{MARK} '.encode(), 1) for key in keys})


def test_a_build_computes_it_anew_only_where_something_else_is_found(tmp_path: Path) -> None:
    home, out = small.write(tmp_path), tmp_path / "site"
    shutil.copytree(resources.themes() / DEFAULT_THEME, home / "tema")
    with (home / "portfolio.yaml").open("a", encoding="utf-8") as settings:
        settings.write("theme: tema\n")
    small.build_site(home, out)
    mark(home)
    with (home / "tema/templates/base.html").open("a", encoding="utf-8") as template:
        template.write("<!-- lain -->\n")
    small.build_site(home, out)
    assert b"<!-- lain -->" in (out / "index.html").read_bytes()
    assert MARK in (out / "search/entries-0.js").read_text("utf-8"), "a template changes nothing that is found"
    record = home / RECORD
    record.write_text(record.read_text("utf-8") + "\nKata yang baru.\n", "utf-8")
    small.build_site(home, out)
    assert MARK not in (out / "search/entries-0.js").read_text("utf-8")
