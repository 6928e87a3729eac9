"""What one run remembers for the next: it saves the reading, and never a change from being seen."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.build import build, project
from generator.build.outcome import silent
from generator.build.project import Project
from generator.incremental import store as stores
from generator.incremental import workers
from generator.incremental.store import Store, place
from generator.preview.previewer import Previewer
from tests.joining.test_history import Repository
from tests.support import builders, small
from tests.support.command import catat
from tests.support.plans import files_of

RECORD = "records/1-manajemen-perubahan/kedua.md"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A portfolio that was built once, old enough for the times of its files to be relied on."""
    made = small.write(tmp_path)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_700_000_000,) * 2)
    remembered(made)
    return made


def remembered(home: Path) -> None:
    """Read a portfolio and keep what was read, all of it."""
    with Store(place(home)) as store:
        store.prune(())
        known = Project(home, store)
        known.read(on=small.DAY)
        known.keep()


def texts_read(home: Path, root: Path | None = None) -> int:
    """How many texts the next run reads anew."""
    root = root or home
    with Store(place(root)) as store:
        known = Project(root, store)
        outcome = known.read(on=small.DAY)
        fresh = project.read(root, on=small.DAY)
    assert (outcome.diagnostics, outcome.readiness) == (fresh.diagnostics, fresh.readiness)
    return known.steps.counts("texts")[0]


def test_what_was_read_is_not_read_again(home: Path) -> None:
    assert texts_read(home) == 0


def test_of_what_changed_no_more_is_read_than_that(home: Path) -> None:
    (home / RECORD).write_text(small.SECOND + "\nBaru disimpan.\n", "utf-8")
    assert texts_read(home) == 1


def test_a_document_that_goes_is_missed(home: Path) -> None:
    (home / "evidence/undangan.pdf").unlink()
    assert texts_read(home) == 0


def test_scans_that_a_link_leads_to_are_those_that_it_leads_to_now(home: Path) -> None:
    """A drive is mounted elsewhere, or last year's folder is replaced by this year's: the folder keeps its name."""
    scan = home.parent / "scan"
    scan.rename(home.parent / "scan-2022")
    scan.symlink_to("scan-2022", target_is_directory=True)
    remembered(home)
    builders.write(home.parent, {"scan-2023/sk 2023.pdf": builders.pdf("SK yang lain")})
    scan.unlink()
    scan.symlink_to("scan-2023", target_is_directory=True)
    texts_read(home)


def test_a_document_type_is_meant_by_the_label_that_it_has_now(home: Path) -> None:
    instrument = home / "instruments/ringkas.yaml"
    written = instrument.read_text("utf-8")
    (home / RECORD).write_text(small.SECOND.replace("undangan.pdf}", "undangan.pdf, type: Warkat}"), "utf-8")
    remembered(home)
    instrument.write_text(written.replace("undangan: Undangan,", "undangan: Warkat,"), "utf-8")
    texts_read(home)


@pytest.mark.parametrize("name", [RECORD, "evidence/undangan.pdf"])
def test_what_another_program_held_is_read_when_it_lets_go(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses a file that is open elsewhere, and its time does not tell when it is closed."""
    given = os.open

    def refusing(file: object, *arguments: Any, **more: Any) -> Any:
        if str(file) == str(home / name):
            raise PermissionError(errno.EACCES, "in use", name)
        return given(file, *arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr("os.open", refusing)
        patch.setattr("sys.executable", "")  # so that this process looks into documents too
        workers.pool().trim(0)
        remembered(home)
        refused = project.read(home, on=small.DAY)
    assert [each.place.file for each in refused.diagnostics if each.sentence.endswith("/unreadable")]
    assert not refused.repeatable
    texts_read(home)


def test_a_single_run_knows_what_was_read_and_holds_none_of_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr("generator.build.project._read_in_worker", lambda given, roots: read.append((given, roots)))
    with Project.stored(home, again=False) as single:
        outcome = single.read(on=small.DAY)
        assert "texts" not in single.steps
        assert single.inputs() == {}
    monkeypatch.undo()
    assert read == []
    assert outcome == project.read(home, on=small.DAY)


def test_what_would_take_too_much_memory_for_a_single_run_is_read_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.build.project._MOST_BYTES", 1000)
    with Store(place(home)) as store:
        assert "texts" not in Project(home, store, again=False).steps
        assert "texts" in Project(home, store).steps


def test_a_text_is_in_memory_once_though_another_process_read_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "FEW_SECONDS", 0)
    with Store(None) as store:
        known = Project(home, store)
        outcome = known.read(on=small.DAY)
    own = {each.path: each for each in outcome.texts}
    readings = [text.reading for _, text in known.steps._steps["texts"].results.values()]
    assert readings
    assert all(each.source is own[each.source.path] for each in readings)
    assert all(each.divided is None or each.divided.source is each.source for each in readings)


def test_another_program_reads_everything(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.incremental.build_stamp.program", lambda: "another")
    assert texts_read(home) > 1


def test_a_folder_that_was_moved_is_not_read_again(home: Path) -> None:
    moved = home.rename(home.with_name("dipindah"))
    with Project.stored(moved) as project:
        outcome = project.read(on=small.DAY)
        assert project.steps.counts("texts")[0] == 0
    assert outcome.readiness == Project(moved).read(on=small.DAY).readiness


def test_what_one_command_reads_the_others_know(home: Path) -> None:
    """Editors check while they see the preview, from within the folder and by its whole name."""
    with Store(place(home)) as store:
        store.prune(())
    kept = []
    for arguments in (["build", "-o", "../site"], ["check"], ["check", str(home), "--as-of", "2023-01-01"]):
        catat(*arguments, cwd=home)
        with Store(place(home)) as store:
            kept.append(store.get("last run"))
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    previewer.remember()
    kept.append(previewer._project.store.get("last run"))
    previewer.close()
    assert kept[0] is not None
    assert set(kept) == {kept[0]}


@pytest.mark.parametrize("spoil", [lambda content: content[:-9], lambda content: content.split(b"\n", 1)[0] + b"\n."])
def test_what_cannot_be_read_is_as_if_it_were_not_there(home: Path, spoil: object) -> None:
    assert callable(spoil)
    with Store(place(home)) as store:
        store.put({"last run": spoil(store.get("last run"))})
    assert texts_read(home) > 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_others_may_have_written_is_not_read(home: Path) -> None:
    cache = place(home)
    assert cache is not None
    cache.parent.chmod(0o755)
    cache.chmod(0o666)
    assert texts_read(home) > 1


def test_little_that_is_new_is_not_worth_writing_all_of_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.project._WORTH", 1)
    with Store(place(home)) as store:
        before = store.get("last run")
    (home / RECORD).write_text(small.SECOND + "\nBaru disimpan.\n", "utf-8")
    build.build(home, home.parent / "site", on=small.DAY, progress=silent)
    with Store(place(home)) as store:
        assert store.get("last run") == before
    assert texts_read(home) == 1


def test_an_edit_computes_the_digests_of_its_record_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    third = "records/1-manajemen-perubahan/ketiga.md"
    text = "---\ntitle: Lain\ndate: 2023-03-02\n---\n".replace("Kegiatan kedua", "Kegiatan ketiga")
    text = text.replace("evidence/undangan.pdf", "evidence/ketiga.pdf")
    builders.write(home, {third: text, "evidence/ketiga.pdf": builders.pdf("Yang ketiga")})
    build.build(home, home.parent / "site", on=small.DAY, progress=silent)
    computed: list[int] = []
    really_keep = Project.keep

    def keep(known: Project) -> None:
        computed.append(known.steps.counts("digests")[0])
        really_keep(known)

    monkeypatch.setattr(Project, "keep", keep)
    builders.write(home, {third: text + "\nBaru.\n"})
    build.build(home, home.parent / "site", on=small.DAY, progress=silent)
    builders.write(home, {"assessment/1.md": "---\nanswers:\n  A.I.1.i.a: Tidak\n---\nKami belum siap.\n"})
    build.build(home, home.parent / "site", on=small.DAY, progress=silent)
    assert computed == [1, 0]


def test_a_document_is_looked_into_once_also_where_the_texts_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.write(home, {"evidence/undangan.pdf": builders.pdf("Undangan yang baru")})
    os.utime(home / "evidence/undangan.pdf", (1_700_000_001,) * 2)
    texts_read(home)
    looked: list[object] = []
    isolated = workers.isolated

    def look(items: Sequence[object], *given: Any, **named: Any) -> Iterator[object]:
        looked.extend(items)
        return isolated(items, *given, **named)

    with Store(place(home)) as store:
        known = Project(home, store)
        monkeypatch.setattr(workers, "isolated", look)
        known.read(on=small.DAY)
    assert looked == []


def test_a_run_that_sqlite_could_not_hold_is_not_kept_and_all_else_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "_MOST_BYTES", 1000)
    with Store(place(home)) as store:
        store.prune(())
        known = Project(home, store)
        known.read(on=small.DAY)
        known.keep()
        assert store.get("last run") is None
        store.put({"other": b"kept"})
    with Store(place(home)) as store:
        assert store.get("other") == b"kept"


@pytest.mark.parametrize("broken_off", [KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("stage", ["texts", "evidence", "pages"])
def test_a_build_that_is_broken_off_hides_no_change_from_the_next(
    home: Path, tmp_path: Path, stage: str, broken_off: type[BaseException]
) -> None:
    out = tmp_path / "site"
    small.build_site(home, out)
    (home / RECORD).write_text(small.SECOND + "\nBaru disimpan.\n", "utf-8")
    (home / "evidence/undangan.pdf").write_bytes(builders.pdf("Undangan lain"))
    for path in (home / RECORD, home / "evidence/undangan.pdf"):
        os.utime(path, (1_700_000_500,) * 2)  # as what is copied or synchronised has its time of before

    def break_off(now: str, _done: int, _of: int) -> None:
        if now == stage:
            raise broken_off

    with pytest.raises(broken_off):
        build.build(home, out, on=small.DAY, progress=break_off)
    small.build_site(home, out)
    kept = small.contents(out)
    with Store(place(home)) as store:
        store.prune(())
    small.build_site(home, tmp_path / "clean")
    assert kept == small.contents(tmp_path / "clean")


def test_a_look_that_went_wrong_loses_no_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    previewer = Previewer(home, lambda: small.DAY)
    previewer.refresh()
    new = home / "records/1-manajemen-perubahan/baru.md"
    new.write_text(small.SECOND.replace("Kegiatan kedua", "Kegiatan baru"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("generator.reading.tree.decode", lambda *_: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            previewer.refresh([str(new)])
    previewer.refresh([str(home / "portfolio.yaml")])
    assert previewer.page("records/baru.html")
    new.unlink()
    previewer.refresh()
    assert previewer.page("records/baru.html") is None
    previewer.close()


def test_a_file_of_two_records_that_was_touched_is_published_once(home: Path) -> None:
    other = small.SECOND.replace("Kegiatan kedua", "Kegiatan ketiga")
    builders.write(home, {"records/1-manajemen-perubahan/ketiga.md": other})
    with Store(place(home)) as store:
        known = Project(home, store)
        known.read(on=small.DAY)
        first = files_of(known.read(on=small.DAY))
        (home / RECORD).write_text(small.SECOND + "\nBaru disimpan.\n", "utf-8")
        os.utime(home / "evidence/undangan.pdf")
        again = files_of(known.read(on=small.DAY))
    assert sorted(each.reference for each in again) == sorted(each.reference for each in first)


def test_a_text_that_git_knows_by_its_composed_name_has_its_newest_change(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    (home / "portfolio.yaml").write_text(small.SETTINGS + "history: git\n", "utf-8")
    name = "records/1-manajemen-perubahan/kegiatan-\u00e9.md"
    repository = Repository(home)
    repository.commit({name: "---\ntitle: Lain\ndate: 2023-03-02\n---\n"}, author="Siti", day="2023-01-18")
    (home / name).rename(home / unicodedata.normalize("NFD", name))
    build.build(home, tmp_path / "site", on=small.DAY, progress=silent)
    repository.git("commit", "--quiet", "--amend", "--reset-author", "--no-edit", author="Budi", day="2023-02-02")
    outcome = build.build(home, tmp_path / "site", on=small.DAY, progress=silent).outcome
    assert outcome is not None
    assert {each.author for each in outcome.changes.values() if each.author != "Siti"} == {"Budi"}
    assert outcome.changes == project.read(home, on=small.DAY).changes
