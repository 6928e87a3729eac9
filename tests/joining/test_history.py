"""What git tells of a portfolio's texts: read from real repositories, in one go, and from nothing that is none."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.joining import history
from generator.joining.history import Commit, GitProblem, History
from generator.languages import sentences
from generator.messages.diagnostics import Place, Severity
from generator.messages.source import Source, decode
from generator.model.portfolio import LastChange
from generator.reading import settings
from generator.reading.settings import HistoryDetail
from tests.support import builders, small

NEITHER = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


class Repository:
    """A git repository in a folder, whose commits have the author and the day they are given."""

    def __init__(self, top: Path, *options: str) -> None:
        self.top = top
        top.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, author: str = "Siti Aminah", day: str = "2023-01-18") -> str:
        at = f"{day}T10:00:00+07:00"
        who = {f"GIT_{role}_{part}": author for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        when = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env={**os.environ, **NEITHER, **who, **when},
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout

    def commit(self, files: dict[str, str | bytes], *, author: str = "Siti Aminah", day: str) -> None:
        for path, content in files.items():
            target = self.top / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x", author=author, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def last(home: Path, path: str) -> LastChange | None:
    """Return the last change of a text as it lies on the disk."""
    source = decode(path, (home / path).read_bytes())
    assert isinstance(source, Source)
    return history.read(home).of(source)


def change(day: str, author: str, *, edited: bool = False) -> LastChange:
    return LastChange(datetime.date.fromisoformat(day), author, edited)


A, B = "records/1-mp/rapat.md", "records/1-mp/2023-01-18-studi/index.md"


def test_each_text_has_the_day_and_author_of_its_own_last_commit(repository: Repository) -> None:
    repository.commit({A: "satu\n", B: "satu\n"}, day="2023-01-18")
    repository.commit({A: "dua\n", "records/1-mp/sk.pdf": "x"}, author="Budi Santoso", day="2023-02-01")
    repository.commit({"evidence/x.pdf": "x"}, author="Orang Lain", day="2023-03-01")
    assert last(repository.top, A) == change("2023-02-01", "Budi Santoso")
    assert last(repository.top, B) == change("2023-01-18", "Siti Aminah")
    assert set(history.read(repository.top).commits) == {A, B}


def test_the_day_is_the_authors_own_wherever_it_is_asked(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    builders.write(repository.top, {A: "satu\n"})
    repository.git("add", "--all")
    environment = {**os.environ, **NEITHER, "GIT_AUTHOR_DATE": "2023-01-18T00:30:00+07:00"}
    words = ["git", "-c", "user.name=Siti", "-c", "user.email=s@x", "commit", "--quiet", "--message", "x"]
    subprocess.run(words, cwd=repository.top, env=environment, check=True)
    found = last(repository.top, A)
    assert found is not None
    assert found.day == datetime.date(2023, 1, 18)


def test_a_text_that_is_no_longer_what_was_committed_says_so(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    builders.write(repository.top, {A: "dua\n", B: "baru\n"})
    assert last(repository.top, A) == change("2023-01-18", "Siti Aminah", edited=True)
    assert last(repository.top, B) is None
    repository.git("add", "--all")
    assert last(repository.top, A) == change("2023-01-18", "Siti Aminah", edited=True)


def test_line_ends_and_byte_order_marks_are_no_change(repository: Repository) -> None:
    forms = (b"a\nb\n", b"a\r\nb\r\n", b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfa\r\nb\r\n")
    repository.commit({f"pages/{number}.md": form for number, form in enumerate(forms)}, day="2023-01-18")
    read = history.read(repository.top)
    for number, _ in enumerate(forms):
        for laid in forms:
            source = decode(f"pages/{number}.md", laid)
            assert isinstance(source, Source)
            assert read.of(source) == change("2023-01-18", "Siti Aminah")


def test_any_name_is_found(repository: Repository) -> None:
    names = (
        "rapat & lain", "[rapat]", 'kata "penting"', "rapat\nbaru", "@2023-01-18 x", ":100644", "notulén", "表", "*", " ",
        "\\",
    )  # fmt: skip
    paths = [f"records/1-mp/{name}.md" for name in names] + ["records/1-mp/RAPAT.MD"]
    repository.commit({A: "satu\n", **dict.fromkeys(paths, "satu\n")}, day="2023-01-18")
    repository.commit(dict.fromkeys(paths, "dua\n"), author="Budi", day="2023-02-01")
    read = history.read(repository.top)
    assert [read.of(Source(path, "dua\n")) for path in paths] == [change("2023-02-01", "Budi")] * len(paths)
    assert set(read.commits) == {A, *paths}


def test_a_name_in_the_other_unicode_form_is_the_same_text(repository: Repository) -> None:
    composed, decomposed = "records/1-mp/notul\u00e9n.md", "records/1-mp/notule\u0301n.md"
    repository.commit({composed: "satu\n"}, day="2023-01-18")
    assert history.read(repository.top).of(Source(decomposed, "satu\n")) == change("2023-01-18", "Siti Aminah")


@pytest.mark.parametrize("below", ["portofolio", "berkas [kerja]/a&b", "Berkas"])
def test_a_portfolio_may_lie_anywhere_in_a_repository(repository: Repository, below: str) -> None:
    home = repository.top / below
    repository.commit({f"{below}/{A}": "satu\n", A: "lain\n", f"{below}-lain/{A}": "x\n"}, day="2023-01-18")
    repository.commit({A: "lain lagi\n"}, author="Orang Lain", day="2023-05-01")
    assert last(home, A) == change("2023-01-18", "Siti Aminah")
    assert set(history.read(home).commits) == {A}


def test_a_text_that_was_only_moved_was_changed_when_it_was_written(repository: Repository) -> None:
    new = "records/2-tl/rapat.md"
    repository.commit({A: "satu\n"}, author="Budi", day="2023-01-01")
    repository.commit({A: "dua\n"}, day="2023-01-18")
    (repository.top / "records/2-tl").mkdir()
    repository.git("mv", A, new)
    repository.commit({}, author="Orang Lain", day="2023-03-01")
    assert last(repository.top, new) == change("2023-01-18", "Siti Aminah")


def test_a_text_that_was_moved_and_changed_was_changed_then(repository: Repository) -> None:
    new = "records/1-mp/lain.md"
    repository.commit({A: "satu\n" * 20}, day="2023-01-18")
    repository.git("mv", A, new)
    repository.commit({new: "satu\n" * 20 + "dua\n"}, author="Budi", day="2023-03-01")
    assert last(repository.top, new) == change("2023-03-01", "Budi")


def test_two_texts_that_changed_places_and_equal_ones_that_moved_are_all_known(repository: Repository) -> None:
    repository.commit({A: "satu\n", B: "dua\n"}, day="2023-01-18")
    repository.commit({A: "dua\n", B: "satu\n"}, author="Budi", day="2023-02-01")
    assert last(repository.top, A) == last(repository.top, B) == change("2023-02-01", "Budi")
    repository.commit({A: "sama\n", B: "sama\n"}, day="2023-03-01")
    for old, new in ((A, "records/1-mp/x.md"), (B, "records/1-mp/y.md")):
        repository.git("mv", old, new)
    repository.commit({}, author="Budi", day="2023-04-01")
    for new in ("records/1-mp/x.md", "records/1-mp/y.md"):
        assert last(repository.top, new) == change("2023-03-01", "Siti Aminah")


def test_a_text_moved_into_the_portfolio_begins_there(repository: Repository) -> None:
    repository.commit({"konsep.md": "satu\n"}, author="Budi", day="2023-01-01")
    (repository.top / "p/records/1-mp").mkdir(parents=True)
    repository.git("mv", "konsep.md", f"p/{A}")
    repository.commit({}, day="2023-01-18")
    assert last(repository.top / "p", A) == change("2023-01-18", "Siti Aminah")


def test_what_a_merge_brings_in_is_its_authors_and_what_it_discards_is_not(repository: Repository) -> None:
    repository.commit({A: "satu\n", B: "satu\n"}, day="2023-01-01")
    repository.git("checkout", "--quiet", "-b", "samping")
    repository.commit({A: "samping\n"}, author="Budi", day="2023-02-01")
    repository.git("checkout", "--quiet", "main")
    repository.commit({B: "utama\n"}, author="Siti Aminah", day="2023-01-18")
    repository.git("merge", "--quiet", "--no-edit", "samping", author="Penggabung", day="2023-03-01")
    assert last(repository.top, A) == change("2023-02-01", "Budi")
    assert last(repository.top, B) == change("2023-01-18", "Siti Aminah")
    repository.git("checkout", "--quiet", "-b", "dibuang")
    repository.commit({A: "dibuang\n", B: "dibuang\n"}, author="Orang Lain", day="2023-04-01")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"pages/profil.md": "x\n"}, day="2023-04-02")
    repository.git("merge", "--quiet", "--strategy=ours", "--no-edit", "dibuang", author="Penggabung", day="2023-05-01")
    assert last(repository.top, A) == change("2023-02-01", "Budi")
    assert last(repository.top, B) == change("2023-01-18", "Siti Aminah")


def test_what_a_merge_changes_by_itself_is_its_own(repository: Repository) -> None:
    repository.commit({f"p/{A}": "satu\n"}, day="2023-01-01")
    repository.git("checkout", "--quiet", "-b", "samping")
    repository.commit({f"p/{A}": "samping\n"}, author="Budi", day="2023-02-01")
    repository.git("checkout", "--quiet", "main")
    repository.commit({f"p/{A}": "utama\n"}, day="2023-02-02")
    repository.git("merge", "--quiet", "--no-commit", "--strategy=ours", "samping")
    repository.commit({f"p/{A}": "utama dan samping\n"}, author="Penggabung", day="2023-03-01")
    assert last(repository.top / "p", A) == change("2023-03-01", "Penggabung")


def test_a_name_in_mailmap_takes_the_place_of_another(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, author="User", day="2023-01-18")
    before = history.state(repository.top)
    builders.write(repository.top, {".mailmap": "Siti Aminah <siti@example.go.id> <User>\n"})
    assert last(repository.top, A) == change("2023-01-18", "Siti Aminah")
    assert history.state(repository.top) != before


def test_settings_of_the_user_change_nothing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    plain = history.read(repository.top)
    other = tmp_path / "gitconfig"
    other.write_text(
        "[log]\nshowRoot = false\nshowSignature = true\ndate = relative\n[color]\nui = always\n[diff]\nrenames = copies\n"
        "relative = true\nexternal = false\n[core]\npager = false\nabbrev = 5\n[format]\npretty = oneline\n",
        "utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(other))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    assert plain.commits
    assert history.read(repository.top) == plain


@pytest.mark.parametrize("kind", ["", "--object-format=sha256"])
def test_ids_of_either_length_are_understood(tmp_path: Path, kind: str) -> None:
    repository = Repository(tmp_path / "repo", *filter(None, [kind]))
    repository.commit({A: "satu\n"}, day="2023-01-18")
    assert last(repository.top, A) == change("2023-01-18", "Siti Aminah")


def test_control_codes_in_a_name_reach_nobody(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, author="Siti \x1b[31m\u202eAminah", day="2023-01-18")
    found = last(repository.top, A)
    assert found is not None
    assert found.author == "Siti \ufffd[31m\ufffdAminah"


def test_a_commit_of_a_day_that_no_calendar_has_is_passed_over(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    blob = repository.git("rev-parse", f"HEAD:{A}").strip()
    head = b"@12023-01-18 Budi\0\n:100644 100644 %s %s M\0%s\0" % (b"1" * 40, b"2" * 40, A.encode())
    told = head + b"@2023-01-18 Siti Aminah\0\n:000000 100644 %s %s A\0%s\0" % (b"0" * 40, blob.encode(), A.encode())
    assert history._by_path(told, "") == {A: (Commit(datetime.date(2023, 1, 18), "Siti Aminah", blob),)}


# Where git says nothing


def test_without_a_repository_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    builders.write(tmp_path, {A: "satu\n"})
    assert history.read(tmp_path) == History(refusal=GitProblem.NO_REPOSITORY)
    assert history.state(tmp_path) == GitProblem.NO_REPOSITORY
    (tmp_path / ".git").write_text("gitdir: /no/such/folder\n", "utf-8")
    assert history.read(tmp_path).refusal == GitProblem.NO_REPOSITORY
    (tmp_path / ".git").write_bytes(b"\xff\xfe")
    assert history.read(tmp_path).refusal == GitProblem.NO_REPOSITORY
    (tmp_path / ".git").unlink()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n", "utf-8")
    assert history.read(tmp_path).refusal == GitProblem.NO_COMMIT
    (tmp_path / ".git/HEAD").write_text("0" * 40 + "\n", "utf-8")
    assert history.read(tmp_path).refusal == GitProblem.NO_REPOSITORY


def test_without_git_nothing_is_known(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    monkeypatch.setenv("PATH", str(repository.top))
    assert history.read(repository.top).refusal == GitProblem.NO_GIT


def test_before_the_first_commit_nothing_is_known(repository: Repository) -> None:
    builders.write(repository.top, {A: "satu\n"})
    assert history.read(repository.top).refusal == GitProblem.NO_COMMIT


def test_a_part_of_a_history_is_none(repository: Repository, tmp_path: Path) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    repository.commit({B: "satu\n"}, day="2023-02-01")
    part = tmp_path / "part"
    address = repository.top.as_uri()
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", address, str(part)], env={**os.environ, **NEITHER}, check=True
    )
    assert history.read(part).refusal == GitProblem.SHALLOW
    before = history.state(part)
    subprocess.run(["git", "fetch", "--quiet", "--unshallow"], cwd=part, check=True)
    assert last(part, A) == change("2023-01-18", "Siti Aminah")
    assert history.state(part) != before


def test_a_repository_of_another_account_is_not_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    for name, value in NEITHER.items():
        monkeypatch.setenv(name, value)
    assert history.read(repository.top).refusal == GitProblem.OWNER


def test_a_damaged_repository_says_what_git_says(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    shutil.rmtree(repository.top / ".git/objects")
    (repository.top / ".git/objects").mkdir()
    found = history.read(repository.top)
    assert (found.refusal, found.commits) == (GitProblem.FAILED, {})
    assert found.reason


def test_a_git_that_never_answers_is_given_up(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    tools = repository.top / "tools"
    tools.mkdir()
    slow = tools / "git"
    slow.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n", "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setattr(history, "SECONDS", 0.05)
    assert history.read(repository.top).refusal == GitProblem.SLOW


@pytest.mark.parametrize(("language", "reason"), [("id", "tidak diizinkan"), ("en", "not permitted")])
def test_a_git_that_may_not_be_started_is_told_in_the_language_of_the_report(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, language: str, reason: str
) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    tools = repository.top / "tools"
    tools.mkdir()
    (tools / "git").write_text("x", "utf-8")
    monkeypatch.setenv("PATH", str(tools))
    told = history.problem(history.read(repository.top), Place("portfolio.yaml"))
    assert told is not None
    assert reason in told.message(language)


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_refusal_is_told_as_a_warning_where_history_was_asked_for(language: str) -> None:
    place = Place("portfolio.yaml", 3, 10, "history: git", 1, 3)
    assert history.problem(History(), place) is None
    for refusal in GitProblem:
        told = history.problem(History(refusal=refusal, reason="fatal: bad object"), place)
        assert told is not None
        assert (told.severity, told.place) == (Severity.WARNING, place)
        assert told.message(language)
        assert told.hint(language)
    known = {f"history-unknown/{refusal}" for refusal in GitProblem}
    assert {key for key in sentences.sentences(language) if key.startswith("history-unknown")} == known


# What a history hangs on


def rewritten(repository: Repository) -> None:
    repository.git("commit", "--quiet", "--amend", "--message", "y", author="Budi")


def packed(repository: Repository) -> None:
    repository.commit({A: "dua\n"}, day="2023-02-01")
    repository.git("pack-refs", "--all")


def switched(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "-b", "lain")
    repository.commit({A: "dua\n"}, day="2023-02-01")


def detached(repository: Repository) -> None:
    repository.commit({A: "dua\n"}, day="2023-02-01")
    repository.git("checkout", "--quiet", "--detach")


@pytest.mark.parametrize("happening", [rewritten, packed, switched, detached], ids=lambda each: each.__name__)
def test_the_state_changes_with_the_commit(repository: Repository, happening: Callable[[Repository], None]) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    before = history.state(repository.top)
    assert history.state(repository.top) == before
    happening(repository)
    assert history.state(repository.top) != before


def test_the_state_is_the_same_whatever_is_edited_and_however_refs_are_kept(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    before = history.state(repository.top)
    builders.write(repository.top, {A: "dua\n", B: "baru\n"})
    repository.git("add", "--all")
    repository.git("pack-refs", "--all")
    repository.git("gc", "--quiet")
    assert history.state(repository.top) == before


def test_a_second_work_tree_has_a_state_and_a_history_of_its_own(repository: Repository) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    other = repository.top.parent / "lain"
    repository.git("worktree", "add", "--quiet", "-b", "lain", str(other))
    assert last(other, A) == change("2023-01-18", "Siti Aminah")
    assert history.state(other) == history.state(repository.top)
    builders.write(other, {A: "dua\n"})
    repository.git("-C", str(other), "commit", "--quiet", "--all", "--message", "x", author="Budi", day="2023-02-01")
    assert last(other, A) == change("2023-02-01", "Budi")
    assert history.state(other) != history.state(repository.top)


def test_git_is_not_started_to_tell_the_state(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({A: "satu\n"}, day="2023-01-18")
    before = history.state(repository.top)
    monkeypatch.setenv("PATH", str(repository.top))
    assert history.state(repository.top) == before


# What the settings ask for


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", HistoryDetail.NOTHING),
        ("history: git\n", HistoryDetail.AUTHOR),
        ("riwayat: Git\n", HistoryDetail.AUTHOR),
        ("history: day\n", HistoryDetail.DAY),
        ("riwayat: hari\n", HistoryDetail.DAY),
        ("riwayat: tidak\n", HistoryDetail.NOTHING),
        ("history: none\n", HistoryDetail.NOTHING),
        ("history: false\n", HistoryDetail.NOTHING),
    ],
)
def test_names_are_shown_only_where_the_settings_ask_for_them(written: str, told: HistoryDetail) -> None:
    found, _language, problems = settings.read(Source("portfolio.yaml", f"title: x\nunit: y\n{written}"))
    assert problems == ()
    assert found is not None
    assert found.history.value is told


def test_a_records_page_says_no_more_of_its_history_than_the_settings_ask_for(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    made = Repository(home)
    made.commit({}, author="Siti Aminah", day="2023-05-02")
    settings_file = home / "portfolio.yaml"
    plain = settings_file.read_text("utf-8")

    def pages(written: str, into: str) -> tuple[str, str]:
        settings_file.write_text(plain + written, "utf-8")
        outcome, count = small.build_site(home, tmp_path / into)
        assert count, outcome.diagnostics
        open_to_all, hidden = (tmp_path / into / "records" / name for name in ("kedua.html", "hukuman.html"))
        return open_to_all.read_text("utf-8"), hidden.read_text("utf-8")

    for written, said in (("", ()), ("history: day\n", ("2 Mei 2023",)), ("history: git\n", ("2 Mei 2023", "Siti"))):
        shown, hidden = pages(written, f"site-{len(said)}")
        for words in ("2 Mei 2023", "Siti"):
            assert (words in shown) is (words in said), (written, words)
            assert words not in hidden, "a restricted record shows its title, date, items and people only"
    (home / "records/1-manajemen-perubahan/kedua.md").write_text(small.SECOND + "\nLagi.\n", "utf-8")
    assert "belum dicatat di git" in pages("history: git\n", "site-edited")[0]
