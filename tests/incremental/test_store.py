"""The store saves time and decides nothing: whatever befalls its file, what it gives is what was put, or nothing."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.incremental import store
from generator.incremental.store import Store, place

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {f"key {number}": os.urandom(2000) for number in range(50)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds ENTRIES, in a folder that had to be made."""
    path = tmp_path / "cache" / "catat" / "a.sqlite3"
    with Store(path) as made:
        made.put(ENTRIES)
    return path


def held(path: Path | None) -> dict[str, bytes | None]:
    with Store(path) as opened:
        return {key: opened.get(key) for key in ENTRIES}


def nothing() -> dict[str, bytes | None]:
    return dict.fromkeys(ENTRIES)


def in_the_file(path: Path, sql: str) -> None:
    database = sqlite3.connect(path)
    with database:
        database.execute(sql)
    database.close()


def works(path: Path | None) -> bool:
    """Whether a store keeps what it is given at least for its own time."""
    with Store(path) as opened:
        opened.put({"new": b"value"})
        return opened.get("new") == b"value"


def test_what_was_put_is_there_in_the_next_run(path: Path) -> None:
    assert held(path) == ENTRIES


def test_what_was_never_put_is_not_there(path: Path) -> None:
    with Store(path) as opened:
        assert opened.get("key 51") is None


def test_a_value_put_again_takes_the_place_of_the_first(path: Path) -> None:
    with Store(path) as opened:
        opened.put({"key 1": b"other"})
        assert opened.get("key 1") == b"other"
    assert held(path)["key 1"] == b"other"


def test_pruning_forgets_what_is_not_used_and_gives_back_the_space(path: Path) -> None:
    before = path.stat().st_size
    with Store(path) as opened:
        opened.prune({"key 1", "never put"})
    assert held(path) == nothing() | {"key 1": ENTRIES["key 1"]}
    assert path.stat().st_size < before / 4


def test_the_folder_is_the_users_own(path: Path) -> None:
    if os.name == "posix":
        assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET value = x'00' WHERE key = 'key 1'",
        "UPDATE entries SET value = 'text' WHERE key = 'key 1'",
        "UPDATE entries SET value = NULL WHERE key = 'key 1'",
        "UPDATE entries SET digest = x'00' WHERE key = 'key 1'",
        "UPDATE entries SET (digest, value) = (SELECT digest, value FROM entries WHERE key = 'key 2') WHERE key = 'key 1'",
    ],
)
def test_a_value_that_is_not_what_was_put_is_absent(path: Path, change: str) -> None:
    in_the_file(path, change)
    assert held(path) == ENTRIES | {"key 1": None}


@pytest.mark.parametrize("left", [b"", b"not a database " * 1000, random.Random(1).randbytes(40_000)])
def test_a_file_that_is_no_database_is_begun_anew(path: Path, left: bytes) -> None:
    path.write_bytes(left)
    assert works(path)
    with Store(path) as opened:
        assert opened.get("new") == b"value"


def test_a_database_of_something_else_is_begun_anew(path: Path) -> None:
    path.unlink()
    in_the_file(path, "CREATE TABLE entries (other TEXT)")
    assert works(path)
    with Store(path) as opened:
        assert opened.get("new") == b"value"


@pytest.mark.parametrize("size", [50, 512, 5000, 40_000, 100_000])
def test_a_truncated_file_is_no_error(path: Path, size: int) -> None:
    os.truncate(path, size)
    assert all(value in {None, ENTRIES[key]} for key, value in held(path).items())
    assert works(path)
    assert works(path)


@pytest.mark.parametrize("seed", range(8))
def test_damage_anywhere_is_no_error_and_gives_no_wrong_value(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(200):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)
    assert all(value in {None, ENTRIES[key]} for key, value in held(path).items())
    assert works(path)


def test_damage_while_it_is_open_is_no_error(path: Path) -> None:
    with Store(path) as opened:
        path.write_bytes(random.Random(2).randbytes(path.stat().st_size))
        assert all(opened.get(key) in {None, value} for key, value in ENTRIES.items())
        opened.put({"new": b"value"})
        assert opened.get("new") == b"value"
    assert works(path)


def test_a_file_deleted_while_it_is_open_is_no_error(path: Path) -> None:
    if os.name == "posix":
        with Store(path) as opened:
            path.unlink()
            opened.put({"new": b"value"})
            assert opened.get("new") == b"value"
        assert works(path)


def test_without_a_file_it_keeps_for_its_own_time() -> None:
    assert works(None)
    assert held(None) == nothing()


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert works(tmp_path / "file" / "a.sqlite3")
    assert works(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may do everything is refused nothing")
def test_a_file_that_may_only_be_read_is_read(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert held(path) == ENTRIES
        assert works(path)
    finally:
        path.parent.chmod(0o700)


def test_a_file_that_another_holds_is_no_error(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0)
    other = sqlite3.connect(path, isolation_level=None)
    with Store(path) as before:
        other.execute("BEGIN EXCLUSIVE")
        assert works(path)
        before.put({"new": b"value"})
        assert before.get("new") == b"value"
        before.prune(set())
        other.execute("ROLLBACK")
    other.close()
    assert held(path) == ENTRIES


def test_a_full_disk_is_no_error_and_what_was_there_is_still_read(path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store(path) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
        try:
            opened.put({"large": bytes(1_000_000)})
            opened.put({"new": b"value"})
            assert opened.get("large") == bytes(1_000_000)
            assert opened.get("new") == b"value"
            assert opened.get("key 1") == ENTRIES["key 1"]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert held(path) == ENTRIES


def test_several_threads_may_use_it(path: Path) -> None:
    with Store(path) as opened, ThreadPoolExecutor(8) as threads:

        def use(number: int) -> bytes | None:
            opened.put({f"thread {number}": b"%d" % number})
            return opened.get(f"thread {number}")

        assert list(threads.map(use, range(100))) == [b"%d" % number for number in range(100)]


def test_two_processes_may_write_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from generator.incremental.store import Store\n"
        "with Store(Path(sys.argv[1])) as made:\n"
        "    for n in range(100): made.put({sys.argv[2] + str(n): bytes(10000)})\n"
    )
    path = tmp_path / "a.sqlite3"
    running = [subprocess.Popen([sys.executable, "-c", script, path, name], cwd=ROOT) for name in ("a", "b")]
    assert [each.wait() for each in running] == [0, 0]
    with Store(path) as opened:
        assert all(opened.get(f"{name}{number}") == bytes(10000) for name in ("a", "b") for number in range(100))


def test_once_closed_it_has_nothing_and_keeps_nothing(path: Path) -> None:
    opened = Store(path)
    opened.close()
    opened.put({"new": b"value"})
    opened.prune(set())
    assert (opened.get("new"), opened.get("key 1")) == (None, None)
    opened.close()
    assert held(path) == ENTRIES


@given(
    st.lists(
        st.one_of(
            st.dictionaries(st.sampled_from("abcd"), st.binary(max_size=50)),
            st.frozensets(st.sampled_from("abcd")),
        )
    )
)
def test_it_holds_what_a_dictionary_would(steps: list[dict[str, bytes] | frozenset[str]]) -> None:
    expected: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "a.sqlite3")) as opened:
        for step in steps:
            if isinstance(step, dict):
                opened.put(step)
                expected |= step
            else:
                opened.prune(step)
                expected = {key: value for key, value in expected.items() if key in step}
            assert {key: opened.get(key) for key in "abcd"} == {key: expected.get(key) for key in "abcd"}


# Where it lies


def test_a_portfolio_has_one_file_by_whatever_path_it_is_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "portfolio").mkdir()
    (tmp_path / "link").symlink_to("portfolio")
    monkeypatch.chdir(tmp_path)
    assert place(Path("portfolio")) == place(tmp_path / "link") == place(tmp_path / "portfolio" / "." / ".")
    assert place(tmp_path / "portfolio") != place(tmp_path)


def kept_for(root: Path) -> bytes | None:
    with Store(place(root)) as opened:
        return opened.get("key")


@pytest.fixture
def portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose store holds something."""
    monkeypatch.setenv("CATAT_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "portfolio"
    root.mkdir()
    with Store(place(root)) as made:
        made.put({"key": b"value"})
    return root


def test_the_store_of_a_folder_that_was_moved_follows_it(portfolio: Path) -> None:
    for name in ("second", "third", "portfolio"):
        portfolio = portfolio.rename(portfolio.with_name(name))
        assert kept_for(portfolio) == b"value"


def test_a_new_folder_in_the_place_of_one_that_was_moved_has_its_own_store(portfolio: Path) -> None:
    moved = portfolio.rename(portfolio.with_name("moved"))
    assert kept_for(moved) == b"value"
    portfolio.mkdir()
    assert kept_for(portfolio) is None
    assert kept_for(moved) == b"value"


def test_a_copy_takes_nothing_from_its_original(portfolio: Path) -> None:
    copy = Path(shutil.copytree(portfolio, portfolio.with_name("copy")))
    assert kept_for(copy) is None
    assert kept_for(portfolio) == b"value"


def test_a_store_is_not_taken_for_another_folder(portfolio: Path) -> None:
    other = portfolio.with_name("other")
    other.mkdir()
    shutil.rmtree(portfolio)
    assert kept_for(other) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"1 2", b"\0\xff\n\0"])
def test_a_note_that_is_damaged_is_written_again(portfolio: Path, content: bytes) -> None:
    for note in (portfolio.parent / "cache").glob("*.root"):
        note.write_bytes(content)
    other = portfolio.with_name("other")
    other.mkdir()
    assert (kept_for(other), kept_for(portfolio)) == (None, b"value")
    moved = portfolio.rename(portfolio.with_name("moved"))
    assert kept_for(moved) == b"value"


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATAT_CACHE", str(tmp_path / "own"))
    chosen = place(tmp_path)
    assert chosen is not None
    assert chosen.parent == tmp_path / "own"


def test_on_windows_only_the_users_own_folder_is_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert store.in_home(tmp_path / "home/AppData/Local/catat/x.sqlite3")
    assert not store.in_home(tmp_path / "share/x.sqlite3")
    assert not store.in_home(tmp_path / "home/../share/x.sqlite3")


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these have folders of their own for it")
def test_else_it_is_the_users_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CATAT_CACHE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for given_, expected in {str(tmp_path / "x"): "x/catat", "relative": ".cache/catat", "": ".cache/catat"}.items():
        monkeypatch.setenv("XDG_CACHE_HOME", given_)
        chosen = place(tmp_path)
        assert chosen is not None
        assert chosen.parent == tmp_path / expected


def test_a_value_that_is_written_by_parts_comes_back_whole(path: Path) -> None:
    large = bytes(range(256)) * 12_345  # three parts, the last of which is no whole one
    with Store(path) as opened:
        opened.put({"large": memoryview(large), "small": b"value"})
        assert opened.get("large") == large
        opened.put({"large": large[::-1]})
    with Store(path) as opened:
        assert (opened.get("large"), opened.get("small")) == (large[::-1], b"value")


def test_a_value_of_many_parts_is_loaded_as_it_was_saved(path: Path) -> None:
    value = {"text": random.Random(1).randbytes(3 * store._LARGE + 1), "same": (ENTRIES, ENTRIES)}
    with Store(path) as opened:
        opened.save("large", "1", value)
        assert opened.load("large", "1") == value
        assert opened.load("large", "2") is None
        assert opened.load("large", "1", most=store._LARGE) is None
        opened.put({"after": b"it"})  # no transaction is left open
    assert held(path) == ENTRIES
    in_the_file(path, "UPDATE entries SET value = substr(value, 1, 2000000) WHERE key = 'large'")
    with Store(path) as opened:
        assert opened.load("large", "1") is None
    assert held(path) == ENTRIES
