"""Merging reviews into a portfolio: which files come of it, and the laws (contract: review, section 4)."""

from __future__ import annotations

import datetime
import itertools
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exchange.readiness_json import readiness_data
from generator.fixes.changes import Change
from generator.importing import file_writing, review_merge
from generator.importing.assessment_changes import NewText
from generator.incremental.steps import Steps
from generator.readiness.readiness import Readiness
from tests.support import reviews
from tests.support.command import catat
from tests.support.plans import read_with
from tests.support.reviews import FOLDER, SHA256, entry, finding_files, merge, review, save, verdict

NAME = "2023-05-30-A.I.1.i.a-budi-santoso.md"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return reviews.write(tmp_path / "p")


def codes(home: Path) -> list[str]:
    """What `check` reports of the findings."""
    outcome = read_with(Steps(), home, on=datetime.date(2023, 6, 30))
    return [each.code for each in outcome.diagnostics if each.place.file.startswith("findings/")]


def test_a_decided_item_becomes_a_finding_with_all_that_the_assessor_said(home: Path, tmp_path: Path) -> None:
    said = entry(
        "A.I.1.i.a",
        "Ya",
        verdict(),
        verdict("sk.pdf", "rejected", reason="unsigned", note="Halaman 2:\ntanpa tanda tangan"),
        verdict(reviews.ADDRESS),
        condition="Tim: dibentuk,\n  tanpa #nomor",
        recommendation="Tanda tangani",
        note="# Catatan\n- satu",
    )
    found = review(reviews.identity(home), said, assignment="ST-12/2026")
    source = save(tmp_path / "r.json", found)
    shown = catat("merge", str(source), str(home), "--lang", "id")
    assert (shown.returncode, finding_files(home)) == (0, {})
    assert " ".join(found["digest"][at : at + 4].upper() for at in range(0, 16, 4)) in shown.stdout
    assert merge(source, home).states == {"A.I.1.i.a": "new"}
    assert finding_files(home) == {
        NAME: f"""\
---
item: A.I.1.i.a
date: 2023-05-30
assessor: Budi Santoso
level: TPI
assignment: ST-12/2026
answer: Ya
condition: |-
  Tim: dibentuk,
    tanpa #nomor
recommendation: Tanda tangani
evidence:
  - record: rapat
    file: notulen.pdf
    sha256: {SHA256["notulen.pdf"]}
    verdict: accepted
  - record: rapat
    file: sk.pdf
    sha256: {SHA256["sk.pdf"]}
    verdict: rejected
    reason: unsigned
    note: |-
      Halaman 2:
      tanpa tanda tangan
  - record: rapat
    url: https://example.org/berita
    verdict: accepted
status: open
---
\\# Catatan\\
\\- satu
"""
    }
    assert codes(home) == []


def test_in_an_indonesian_portfolio_the_keys_are_indonesian(tmp_path: Path) -> None:
    home = reviews.write(tmp_path / "p", language="id")
    said = entry("B.I.a", "3.5", verdict("sk.pdf", "rejected", reason="lain"), condition="Ada")
    merge(save(tmp_path / "r.json", review(reviews.identity(home), said)), home)
    [text] = finding_files(home).values()
    lines = [line.strip(" -").partition(":")[0] for line in text.split("\n")[1:-3]]
    assert lines == [
        "butir", "tanggal", "penilai", "tingkat", "jawaban", "kondisi", "bukti", "kegiatan", "berkas", "sha256",
        "putusan", "alasan", "status",
    ]  # fmt: skip
    assert "putusan: ditolak" in text
    assert "status: terbuka" in text
    assert codes(home) == []


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (entry("A.I.1.i.a", "ya", verdict()), "closed"),
        (entry("B.I.a", "3,5"), "closed"),
        (entry("A.I.1.i.a", "Tidak"), "open"),
        (entry("A.I.1.i.a", "Ya", verdict("sk.pdf", "rejected")), "open"),
        (entry("A.I.1.i.a", "Ya", recommendation="Lanjutkan"), "open"),
        (entry("A.I.1.i.a", "", verdict()), "open"),
        (entry("A.I.2.i.a", "A"), "open"),
    ],
)
def test_a_finding_is_closed_where_nothing_is_left_to_do(
    said: Mapping[str, Any], status: str, home: Path, tmp_path: Path
) -> None:
    merge(save(tmp_path / "r.json", review(reviews.identity(home), said)), home)
    [text] = finding_files(home).values()
    assert f"status: {status}" in text


def test_what_the_unit_claims_now_decides_and_is_told(home: Path, tmp_path: Path) -> None:
    source = save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.b", "B", claimed="A")))
    done = merge(source, home)
    assert (done.code, done.remarks) == (0, [("claim-changed", "/items/0/claimed")])
    assert "status: closed" in finding_files(home)[NAME.replace(".i.a", ".i.b")]


# Documents


def test_a_renamed_record_and_a_moved_file_are_found_by_their_bytes(home: Path, tmp_path: Path) -> None:
    source = save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", verdict())))
    (home / FOLDER / "rapat").rename(home / FOLDER / "rapat-tim")
    (home / FOLDER / "rapat-tim/notulen.pdf").rename(home / FOLDER / "rapat-tim/risalah.pdf")
    index = home / FOLDER / "rapat-tim/index.md"
    index.write_text(index.read_text("utf-8").replace("notulen.pdf", "risalah.pdf"), "utf-8")
    done = merge(source, home)
    assert (done.code, done.remarks) == (0, [("document-moved", "/items/0/evidence/0")])
    text = finding_files(home)[NAME]
    assert "record: rapat-tim\n    file: risalah.pdf" in text
    assert codes(home) == []


def test_a_replaced_document_keeps_the_digest_that_was_judged(home: Path, tmp_path: Path) -> None:
    source = save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", verdict())))
    (home / FOLDER / "rapat/notulen.pdf").write_bytes(reviews.builders.pdf("lain"))
    done = merge(source, home)
    assert (done.code, done.remarks) == (0, [("document-replaced", "/items/0/evidence/0")])
    assert SHA256["notulen.pdf"] in finding_files(home)[NAME]
    assert codes(home) == ["finding-stale"]


def test_a_document_that_is_missing_is_not_said_to_be_replaced(home: Path, tmp_path: Path) -> None:
    (home / FOLDER / "rapat/notulen.pdf").unlink()
    done = merge(save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", verdict()))), home)
    assert (done.code, done.remarks) == (0, [("document-missing", "/items/0/evidence/0")])
    assert f"sha256: {SHA256['notulen.pdf']}" in finding_files(home)[NAME]
    assert codes(home) == []


def test_a_duplicate_that_was_removed_is_not_taken_for_its_original(home: Path, tmp_path: Path) -> None:
    removed = verdict("salinan.pdf", "rejected", sha256=SHA256["notulen.pdf"], reason="duplicate")
    source = save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", removed, verdict())))
    assert merge(source, home).states == {"A.I.1.i.a": "new"}
    assert merge(source, home).states == {"A.I.1.i.a": "same"}
    assert finding_files(home)[NAME].count("file: salinan.pdf") == 1
    readiness = read_with(Steps(), home, on=datetime.date(2023, 6, 30)).readiness
    assert readiness is not None
    assert readiness.acceptance["rapat", 1].reviewed


def test_an_address_has_no_bytes_and_is_not_said_to_be_replaced(home: Path, tmp_path: Path) -> None:
    said = entry("A.I.1.i.a", "Ya", verdict(reviews.ADDRESS, sha256="a" * 64))
    done = merge(save(tmp_path / "r.json", review(reviews.identity(home), said)), home)
    assert (done.code, done.remarks, codes(home)) == (0, [], [])


def test_a_new_file_of_the_same_name_in_other_capitals_is_the_document_that_was_judged(tmp_path: Path) -> None:
    other = {
        f"{FOLDER}/rapat/index.md": reviews.record(("Notulen.PDF", "notulen")),
        f"{FOLDER}/rapat/Notulen.PDF": b"x",
    }
    home = reviews.write(tmp_path / "p", **other)
    done = merge(save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", verdict()))), home)
    assert (done.code, done.remarks) == (0, [("document-replaced", "/items/0/evidence/0")])
    assert "file: Notulen.PDF" in finding_files(home)[NAME]


def test_of_copies_in_records_that_were_renamed_each_keeps_its_own_verdict(tmp_path: Path) -> None:
    content = reviews.builders.pdf("salinan")
    copies = {f"{FOLDER}/{name}/salinan.pdf": content for name in ("baru-1", "baru-2")}
    records = {f"{FOLDER}/{name}/index.md": reviews.record(("salinan.pdf", "sk")) for name in ("baru-1", "baru-2")}
    home = reviews.write(tmp_path / "p", **copies, **records)
    digest = reviews.hashlib.sha256(content).hexdigest()
    both = [
        verdict("salinan.pdf", word, record=record, sha256=digest, reason=reason)
        for record, word, reason in (("lama-1", "rejected", "duplicate"), ("lama-2", "accepted", ""))
    ]
    merge(save(tmp_path / "r.json", review(reviews.identity(home), entry("A.I.1.i.a", "Ya", *both))), home)
    text = finding_files(home)[NAME]
    assert [text.count(f"record: baru-{number}") for number in (1, 2)] == [1, 1]


def test_a_name_finds_an_address_and_a_document_whose_digest_was_not_known(home: Path, tmp_path: Path) -> None:
    said = entry("A.I.1.i.a", "Ya", verdict(reviews.ADDRESS, record="lama"), verdict("sk.pdf", sha256=""))
    assert merge(save(tmp_path / "r.json", review(reviews.identity(home), said)), home).code == 0
    text = finding_files(home)[NAME]
    assert "record: rapat\n    url: https://example.org/berita" in text
    assert "sha256" not in text
    assert codes(home) == []


# Again, and otherwise


def test_merging_again_changes_nothing_whatever_came_since(home: Path, tmp_path: Path) -> None:
    said = entry("A.I.1.i.a", "Tidak", verdict(), verdict("sk.pdf", "rejected", reason="period"))
    source = save(tmp_path / "r.json", review(reviews.identity(home), said))
    merge(source, home)
    path = home / "findings" / NAME
    response = "response: {date: 2023-06-02, text: Sudah., evidence: [rapat]}\n"
    path.write_text(path.read_text("utf-8").replace("status: open\n", f"status: closed\n{response}"), "utf-8")
    (home / FOLDER / "rapat").rename(home / FOLDER / "rapat-tim")
    (home / FOLDER / "rapat-tim/sk.pdf").unlink()
    index = home / FOLDER / "rapat-tim/index.md"
    index.write_text("\n".join(line for line in index.read_text("utf-8").split("\n") if "sk.pdf" not in line), "utf-8")
    before = finding_files(home)
    for options in ((), ("--replace",)):
        done = merge(source, home, *options)
        assert (done.code, done.states) == (0, {"A.I.1.i.a": "same"})
        assert finding_files(home) == before


def test_another_word_of_the_same_assessor_and_day_is_shown_and_left_until_it_shall_replace(
    home: Path, tmp_path: Path
) -> None:
    own = reviews.identity(home)
    merge(save(tmp_path / "1.json", review(own, entry("A.I.1.i.a", "Tidak", verdict(), note="Belum"))), home)
    path = home / "findings" / NAME
    response = "response:\n  date: 2023-06-02\n  text: |-\n    Sudah\n    dilengkapi.\n  evidence:\n    - rapat\n"
    path.write_text(path.read_text("utf-8").replace("status: open\n", f"status: open\n{response}"), "utf-8")
    before = finding_files(home)
    other = save(tmp_path / "2.json", review(own, entry("A.I.1.i.a", "Ya", verdict()), name="budi santoso"))
    done = merge(other, home)
    assert (done.code, done.states, done.remarks) == (1, {"A.I.1.i.a": "differs"}, [("finding-differs", "/items/0")])
    assert "answer, note" in done.data["remarks"][0]["message"]
    assert finding_files(home) == before
    done = merge(other, home, "--replace")
    assert (done.code, done.states) == (0, {"A.I.1.i.a": "replaced"})
    [text] = finding_files(home).values()
    assert "answer: Ya" in text
    assert "status: closed" in text
    assert response in text  # what the unit answered stays
    assert merge(other, home, "--replace").states == {"A.I.1.i.a": "same"}
    assert codes(home) == []


def test_of_several_findings_that_differ_none_is_replaced(home: Path, tmp_path: Path) -> None:
    own = reviews.identity(home)
    merge(save(tmp_path / "1.json", review(own, entry("A.I.1.i.a", "Tidak"))), home)
    shutil.copy(home / "findings" / NAME, home / "findings/lain.md")
    before = finding_files(home)
    done = merge(save(tmp_path / "2.json", review(own, entry("A.I.1.i.a", "Ya"))), home, "--replace")
    assert (done.code, done.states, finding_files(home)) == (1, {"A.I.1.i.a": "differs"}, before)
    assert "findings/lain.md" in done.data["remarks"][0]["message"]


def test_another_assessor_another_level_and_another_day_have_findings_of_their_own(home: Path, tmp_path: Path) -> None:
    own = reviews.identity(home)
    given = [("Budi Santoso", "TPI"), ("Budi  Santóso", "TPI"), ("Budi Santoso", "TPN"), ("李", "TPP")]
    for at, (name, level) in enumerate(given):
        merge(save(tmp_path / f"{at}.json", review(own, entry("A.I.1.i.a", "Ya"), name=name, level=level)), home)
    later = entry("A.I.1.i.a", "Tidak", decided="2023-06-01T08:00:00+07:00")
    merge(save(tmp_path / "later.json", review(own, later)), home)
    assert [*finding_files(home)] == [
        "2023-05-30-A.I.1.i.a-budi-santoso-2.md", "2023-05-30-A.I.1.i.a-budi-santoso-3.md", NAME,
        "2023-05-30-A.I.1.i.a-tpp.md", "2023-06-01-A.I.1.i.a-budi-santoso.md",
    ]  # fmt: skip


def test_of_a_folder_each_review_is_merged_and_what_is_none_is_named(home: Path, tmp_path: Path) -> None:
    own, folder = reviews.identity(home), tmp_path / "tim"
    save(folder / "a.json", review(own, entry("A.I.1.i.a", "Ya")))
    save(folder / "b.JSON", review(own, entry("B.I.a", "3"), name="Ani"))
    save(folder / "rusak.json", "{")
    save(folder / "tanda tangan.pdf", "x")
    save(folder / "._a.json", b"\0\5\x16\7\0\2\0\0Mac OS X")  # what macOS adds to an archive
    save(folder / "lama/c.json", review(own, entry("A.I.1.i.b", "A")))
    done = merge(folder, home)
    assert (done.code, done.states) == (1, {"A.I.1.i.a": "new", "B.I.a": "new"})
    assert done.data["passed_over"] == ["._a.json", "lama", "tanda tangan.pdf"]
    assert [each["file"] for each in done.data["remarks"]] == ["rusak.json"]
    assert len(finding_files(home)) == 2


def test_two_exports_of_an_assessor_in_a_folder_are_taken_in_their_order(home: Path, tmp_path: Path) -> None:
    own, folder = reviews.identity(home), tmp_path / "tim"
    save(folder / "2.json", review(own, entry("A.I.1.i.a", "Ya"), entry("B.I.a", "3")))
    later = review(own, entry("A.I.1.i.a", "Tidak"), entry("B.I.a", "3"), exported="2023-05-31T18:00:00+07:00")
    save(folder / "1.json", later)
    done = merge(folder, home)
    assert (done.code, [each["state"] for each in done.data["findings"]]) == (1, ["differs", "same", "new", "new"])
    assert "answer: Ya" in finding_files(home)[NAME]
    for states in (["replaced", "same", "older", "same"], ["same", "same", "older", "same"]):
        done = merge(folder, home, "--replace")
        assert (done.code, [each["state"] for each in done.data["findings"]]) == (0, states)
        assert "answer: Tidak" in finding_files(home)[NAME]


@pytest.mark.parametrize("later", ["2023-05-31T09:30:00Z", "2023-05-31T18:30:00+09:00", "2023-05-31T09:30:00"])
def test_of_two_exports_the_later_is_known_whatever_the_time_zones(later: str, home: Path, tmp_path: Path) -> None:
    own, folder = reviews.identity(home), tmp_path / "tim"
    for name, answer, exported in (("1", "Ya", "2023-05-31T16:00:00+07:00"), ("0", "Tidak", later)):
        save(folder / f"{name}.json", review(own, entry("A.I.1.i.a", answer), exported=exported))
    assert [each["state"] for each in merge(folder, home, "--replace").data["findings"]] == ["new", "older"]
    assert "answer: Tidak" in finding_files(home)[NAME]


def test_a_decision_of_a_day_to_come_is_named_and_written(home: Path, tmp_path: Path) -> None:
    said = entry("A.I.1.i.a", "Ya", decided="2199-05-30T09:00:00+07:00")
    source = save(tmp_path / "r.json", review(reviews.identity(home), said))
    done = merge(source, home)
    assert (done.code, done.remarks) == (0, [("date-in-future", "/items/0/decided")])
    assert list(finding_files(home)) == [NAME.replace("2023", "2199")]


# Where nothing can be written


@pytest.mark.parametrize(("state", "said"), [("begun", False), ("done", False), (None, True)])
def test_that_no_item_was_decided_is_said_where_there_is_none(
    state: str | None, said: bool, home: Path, tmp_path: Path
) -> None:
    entries = [] if state is None else [entry("A.I.1.i.a", "Ya", state=state)]
    source = save(tmp_path / "r.json", review(reviews.identity(home), *entries))
    assert ("No item was decided." in catat("merge", str(source), str(home), "--lang", "en").stdout) is said


@pytest.mark.parametrize(("name", "words"), [("lke.xlsx", "catat import"), ("kosong/x.txt", "There is no review")])
def test_what_is_no_review_at_all_is_wrong_use(name: str, words: str, home: Path, tmp_path: Path) -> None:
    source = save(tmp_path / name, "x")
    done = catat("merge", str(source if source.parent == tmp_path else source.parent), str(home), "--lang", "en")
    assert done.returncode == 2
    assert words in done.stderr


def test_a_disk_that_refuses_one_file_gets_none(tmp_path: Path) -> None:
    (tmp_path / "lama.md").write_text("lama", "utf-8")
    (tmp_path / "penuh").write_text("x", "utf-8")
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    changed = Change("lama.md", b"lama", b"baru", 1)
    with pytest.raises(OSError, match="penuh"):
        file_writing.write(tmp_path, (changed,), (NewText("findings/a.md", "a"), NewText("penuh/b.md", "b")))
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


def test_a_portfolio_that_cannot_be_read_is_left(home: Path, tmp_path: Path) -> None:
    source = save(tmp_path / "r.json", review(reviews.identity(home), entry()))
    (home / "portfolio.yaml").write_text("titel: x\n", "utf-8")
    done = catat("merge", str(source), str(home), "--write", "--lang", "en")
    assert (done.returncode, finding_files(home)) == (1, {})
    assert "titel" in done.stderr


# Laws

TEXTS = st.one_of(
    st.just(""),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    st.sampled_from(
        ["---\nitem: x\n---", "a: b # c", "- x\n\n  y\n", "'\"\\", "~", "null", " \u2028x", "<b>*x*", "#", "|", "=1"]
    ),
)
ANSWERS = {
    "A.I.1.i.a": ["", "Ya", "tidak"], "A.I.1.i.b": ["", "A", "b", "C"], "A.I.1.ii.c": ["", "A", "C"],
    "A.I.2.i.a": ["B"], "B.I.a": ["", "3.5", "3,25", "4"],
}  # fmt: skip
JUDGED = [("rapat", "notulen.pdf"), ("rapat", "sk.pdf"), ("rapat", reviews.ADDRESS), ("rencana", "foto.pdf")]
ASSESSORS = [("Budi", "TPI"), ("Budi.", "TPI"), ("Budi", "TPN"), ("Ani", "TPI"), ("Ani", "TPP")]


@st.composite
def entries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Entries of a review on some items."""
    found = []
    for item in draw(st.lists(st.sampled_from([*ANSWERS]), min_size=1, unique=True)):
        judged = draw(st.lists(st.sampled_from(JUDGED), unique=True))
        verdicts = [
            verdict(
                file,
                draw(st.sampled_from(["accepted", "rejected"])),
                record=record,
                reason=draw(st.sampled_from(["", "period", "duplicate", "kurang: jelas #1"])),
                note=draw(TEXTS),
            )
            for record, file in judged
        ]
        texts = {key: draw(TEXTS) for key in ("condition", "note", "recommendation")}
        day = draw(st.sampled_from(["2023-05-29", "2023-05-30"]))
        found.append(entry(item, draw(st.sampled_from(ANSWERS[item])), *verdicts, decided=f"{day}T09:00:00Z", **texts))
    return found


REVIEWS = st.dictionaries(st.sampled_from(ASSESSORS), entries(), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio that each example copies."""
    return reviews.write(tmp_path_factory.mktemp("laws") / "p")


STEPS = Steps()


class Merging:
    """A copy of a portfolio that reviews are merged into, within this process."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.root, self._folder, self._number = folder / "p", folder, itertools.count()
        shutil.copytree(template, self.root)

    def merge(self, *several: Mapping[str, Any]) -> review_merge.MergePlan:
        source = self._folder / f"reviews-{next(self._number)}"
        for number, each in enumerate(several):
            save(source / f"{number}.json", each)
        outcome = read_with(STEPS, self.root, on=datetime.date(2023, 6, 30))
        assert outcome.portfolio is not None
        plan = review_merge.plan(source, outcome.portfolio, outcome.texts, self.root)
        review_merge.write(self.root, plan)
        return plan

    def readiness(self) -> Readiness:
        outcome = read_with(STEPS, self.root, on=datetime.date(2023, 6, 30))
        assert outcome.readiness is not None
        assert {each.code for each in outcome.diagnostics if each.place.file.startswith("findings/")} <= {
            "date-mismatch"
        }
        return outcome.readiness


def documents(readiness: Readiness) -> Mapping[tuple[str, int], tuple[str, str]]:
    """Return the record and name of each document by its key."""
    return {each.key: (each.key[0], each.written) for each in readiness.portfolio.documents()}


def said(several: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]) -> Iterator[tuple[object, ...]]:
    """Yield what reviews say: answers and verdicts, each with its assessor, level, item and day."""
    for (name, level), given_entries in several.items():
        for each in given_entries:
            subject = name, level, each["item"], each["decided"][:10]
            if each["answer"]:
                shown = each["answer"].replace(",", ".")
                yield (*subject, shown.capitalize() if shown.isalpha() else shown)
            for one in each["evidence"]:
                yield (*subject, one["record"], one["file"], one["verdict"], one["reason"])


def built(readiness: Readiness) -> Iterator[tuple[object, ...]]:
    """Yield the same as a build has it: answers as readiness.json tells them, and the verdicts of the findings."""
    for item in readiness_data(readiness)["items"]:
        for each in item["assessments"]:
            yield each["assessor"], str(each["level"]), item["id"], each["date"], each["answer"]
    named = documents(readiness)
    for finding in readiness.portfolio.findings:
        for one in finding.judgements:
            if not one.of_copy:
                subject = finding.assessor, str(finding.level), finding.item, finding.date.isoformat()
                yield (*subject, *named[one.document], ("rejected", "accepted")[one.accepted], one.reason or "")


@given(REVIEWS)
@settings(max_examples=20)
def test_a_build_shows_the_answers_and_verdicts_that_the_reviews_say(template: Path, several: Any) -> None:
    with TemporaryDirectory() as folder:
        merging = Merging(Path(folder), template)
        own = reviews.identity(template)
        before = {path: path.read_bytes() for path in merging.root.rglob("*") if path.is_file()}
        files = [
            review(own, *given_entries, name=name, level=level) for (name, level), given_entries in several.items()
        ]
        assert merging.merge(*files).complete
        assert sorted(map(str, built(merging.readiness()))) == sorted(map(str, said(several)))
        assert {path: path.read_bytes() for path in before} == before
        again = merging.merge(*files)
        assert (again.paths, again.complete) == ((), True)


@given(REVIEWS, st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_no_order_and_no_grouping_of_merges_makes_a_difference(template: Path, several: Any, random: Any) -> None:
    own = reviews.identity(template)
    files = [review(own, *given_entries, name=name, level=level) for (name, level), given_entries in several.items()]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        at_once, apart = Merging(Path(one), template), Merging(Path(other), template)
        at_once.merge(*files)
        random.shuffle(files)
        while files:
            count = random.randint(1, len(files))
            apart.merge(*files[:count])
            del files[:count]
        found, expected = finding_files(apart.root), finding_files(at_once.root)
        assert sorted(found) == sorted(expected)
        assert sorted(found.values()) == sorted(expected.values())
        assert sorted(map(str, built(apart.readiness()))) == sorted(map(str, built(at_once.readiness())))
