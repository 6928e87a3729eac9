"""Verdicts of assessors speak of bytes, and their answers of one level (contract: review, section 1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from generator.exchange.readiness_json import readiness_data
from generator.incremental.steps import Steps
from generator.model.portfolio import Level
from generator.readiness.acceptance import Acceptance, Refusal
from generator.readiness.readiness import Readiness
from tests.support import builders
from tests.support.plans import read_with

SEEN, OTHER = builders.pdf("Notulen yang dilihat"), builders.pdf("Notulen yang lain")
DIGEST, OTHER_DIGEST = (hashlib.sha256(each).hexdigest() for each in (SEEN, OTHER))
FOLDER = "records/1-manajemen-perubahan"


def record(*files: str, item: str = "A.I.1.i.a") -> str:
    entries = "".join(f"  - {{file: {each}, type: notulen}}\n" for each in files)
    return f"---\ntitle: Rapat\ndate: 2023-01-18\nitems: [{item}]\nevidence:\n{entries}---\n"


def finding(
    verdict: str = "rejected",
    *,
    sha256: str = "",
    date: str = "2023-03-02",
    record: str = "rapat",
    file: str = "notulen.pdf",
    reason: str = "period",
    more: str = "",
) -> str:
    digest = f", sha256: {sha256}" if sha256 else ""
    verdicts = f"evidence:\n  - {{record: {record}, file: {file}, verdict: {verdict}, reason: {reason}{digest}}}\n"
    return f"---\ndate: {date}\nitem: A.I.1.i.a\n{more}{verdicts}---\n"


def read(folder: Path, files: Mapping[str, str | bytes], *, settings: str = "") -> tuple[Readiness, list[str]]:
    """Return the readiness of a portfolio, and the codes of what is reported in findings."""
    written = {
        "portfolio.yaml": f"title: T\nunit: U\n{settings}",
        "assessment/1.md": "---\nanswers: {A.I.1.i.a: Ya}\n---\n",
    }
    outcome = read_with(Steps(), builders.write(folder, {**written, **files}), on=builders.DAY)
    assert outcome.readiness is not None, outcome.diagnostics
    return outcome.readiness, [
        each.code for each in outcome.diagnostics if each.place and each.place.file.startswith("findings/")
    ]


def acceptance(found: Readiness, record: str = "rapat", number: int = 1) -> Acceptance:
    return found.acceptance[record, number]


def test_a_rejection_stands_when_its_document_is_replaced(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": OTHER}
    found, codes = read(tmp_path, {**files, "findings/1.md": finding(sha256=DIGEST)})
    assert acceptance(found) == Acceptance((Refusal.REJECTED,), "period", stale=True)
    assert codes == ["finding-stale"]


def test_an_acceptance_of_other_bytes_reviews_nothing_and_lifts_no_rejection(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": OTHER}
    accepted = finding("accepted", sha256=DIGEST, date="2023-04-02")
    found, codes = read(tmp_path / "one", {**files, "findings/2.md": accepted})
    assert acceptance(found) == Acceptance((), None, reviewed=False, stale=True)
    assert codes == ["finding-stale"]
    rejected = finding(sha256="f" * 64, date="2023-03-02")
    found, _ = read(tmp_path / "two", {**files, "findings/1.md": rejected, "findings/2.md": accepted})
    assert not acceptance(found).accepted


def test_a_newer_verdict_on_the_bytes_of_now_decides_and_ends_the_warning(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": OTHER}
    files |= {
        "findings/1.md": finding(sha256=DIGEST),
        "findings/2.md": finding("accepted", sha256=OTHER_DIGEST, date="2023-04-02"),
    }
    found, codes = read(tmp_path, files)
    assert acceptance(found) == Acceptance((), None, reviewed=True)
    assert codes == []


@pytest.mark.parametrize(("name", "moved_to"), [("risalah.pdf", FOLDER), ("notulen.pdf", f"{FOLDER}/lain")])
@pytest.mark.parametrize("verdict", ["rejected", "accepted"])
def test_a_document_that_is_renamed_or_moved_keeps_its_verdict(
    tmp_path: Path, name: str, moved_to: str, verdict: str
) -> None:
    home = f"{moved_to}/rapat.md" if moved_to == FOLDER else f"{moved_to}/index.md"
    files = {home: record(name), f"{moved_to}/{name}": SEEN, "findings/1.md": finding(verdict, sha256=DIGEST)}
    found, codes = read(tmp_path, files)
    [judged] = found.acceptance.values()
    assert (judged.accepted, judged.reviewed, judged.stale) == (verdict == "accepted", verdict == "accepted", False)
    assert codes == []


def test_what_was_judged_and_is_gone_is_a_warning_and_makes_the_answer_stale(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("lain.pdf"), f"{FOLDER}/lain.pdf": OTHER}
    found, codes = read(tmp_path, {**files, "findings/1.md": finding("accepted", sha256=DIGEST, more="answer: Ya\n")})
    assert codes == ["finding-stale"]
    assert [each.stale for each in found.portfolio.findings] == [True]


@pytest.mark.parametrize("name", ["Notulen.PDF", "./NOTULEN.pdf"])
def test_a_rejection_stands_when_the_new_file_has_its_name_in_other_capitals(tmp_path: Path, name: str) -> None:
    files = {f"{FOLDER}/rapat.md": record(name), f"{FOLDER}/{name}": OTHER}
    found, codes = read(tmp_path, {**files, "findings/1.md": finding(sha256=DIGEST)})
    assert acceptance(found) == Acceptance((Refusal.REJECTED,), "period", stale=True)
    assert codes == ["finding-stale"]


def test_a_name_in_its_own_capitals_goes_before_others(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("Notulen.pdf", "notulen.pdf")}
    files |= {f"{FOLDER}/{name}": builders.pdf(name) for name in ("Notulen.pdf", "notulen.pdf")}
    found, _ = read(tmp_path, {**files, "findings/1.md": finding(sha256=DIGEST)})
    assert [acceptance(found, number=number).accepted for number in (1, 2)] == [True, False]


@pytest.mark.parametrize("verdict", ["rejected", "accepted"])
def test_a_judged_file_that_is_missing_is_reported_in_its_record_alone(tmp_path: Path, verdict: str) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), "findings/1.md": finding(verdict, sha256=DIGEST)}
    found, codes = read(tmp_path, files)
    assert codes == []
    assert (acceptance(found).accepted, acceptance(found).reviewed) == (False, False)
    assert [each.stale for each in found.portfolio.findings] == [True]


def test_a_copy_of_rejected_bytes_is_rejected_until_it_is_judged_itself(tmp_path: Path) -> None:
    files = {
        f"{FOLDER}/rapat.md": record("notulen.pdf", "salinan.pdf"),
        f"{FOLDER}/notulen.pdf": SEEN,
        f"{FOLDER}/salinan.pdf": SEEN,
        "findings/1.md": finding(sha256=DIGEST),
    }
    found, _ = read(tmp_path / "one", files)
    assert not acceptance(found, number=2).accepted
    files["findings/2.md"] = finding("accepted", sha256=DIGEST, file="salinan.pdf")
    found, _ = read(tmp_path / "two", files)
    assert not acceptance(found, number=1).accepted
    assert acceptance(found, number=2).reviewed


def test_a_duplicate_is_rejected_alone(tmp_path: Path) -> None:
    files = {
        f"{FOLDER}/rapat.md": record("notulen.pdf", "salinan.pdf"),
        f"{FOLDER}/notulen.pdf": SEEN,
        f"{FOLDER}/salinan.pdf": SEEN,
        "findings/1.md": finding(sha256=DIGEST, file="salinan.pdf", reason="duplicate"),
    }
    found, _ = read(tmp_path, files)
    assert acceptance(found, number=1).accepted
    assert not acceptance(found, number=2).accepted


def test_a_duplicate_that_was_removed_leaves_the_verdict_of_its_original(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{FOLDER}/rapat.md": record("notulen.pdf"),
        f"{FOLDER}/notulen.pdf": SEEN,
        "findings/1.md": finding(sha256=DIGEST, file="salinan.pdf", reason="duplicate"),
    }
    found, _ = read(tmp_path / "renamed", files)  # as far as anybody knows
    assert not acceptance(found).accepted
    files["findings/2.md"] = finding("accepted", sha256=DIGEST)
    found, codes = read(tmp_path / "removed", files)
    assert acceptance(found).reviewed
    assert codes == ["finding-stale"]


@pytest.mark.parametrize("digest", ["abc", "z" * 64, "0" * 63])
def test_a_digest_that_is_none_is_an_error_and_the_rejection_stands(tmp_path: Path, digest: str) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": SEEN}
    found, codes = read(tmp_path, {**files, "findings/1.md": finding(sha256=digest)})
    assert codes == ["field-invalid"]
    assert not acceptance(found).accepted


def answers(*given: tuple[str, str, str, str]) -> Mapping[str, str]:
    return {
        f"findings/{number}.md": f"---\nitem: A.I.1.i.b\ndate: {date}\nassessor: {who}\nlevel: {level}\nanswer: {answer}\n---\n"
        for number, (level, who, date, answer) in enumerate(given)
    }


def test_levels_are_never_mixed(tmp_path: Path) -> None:
    files = answers(("TPP", "Ani", "2023-03-01", "A"), ("tpn", "Budi", "2023-04-01", "C"))
    found, _ = read(tmp_path / "one", files)
    assert found.index.scores.assessed == 0  # TPI, which is the level by default, left it blank
    weight = found.item("A.I.1.i.b").item.weight
    data = json.loads(json.dumps(readiness_data(found)))
    assert data["levels"] == {"TPP": {"index": float(weight), "items": 1}, "TPN": {"index": 0, "items": 1}}
    item = next(each for each in data["items"] if each["id"] == "A.I.1.i.b")
    assert item["assessments"] == [
        {"level": "TPP", "assessor": "Ani", "date": "2023-03-01", "answer": "A"},
        {"level": "TPN", "assessor": "Budi", "date": "2023-04-01", "answer": "C"},
    ]
    found, _ = read(tmp_path / "two", files, settings="tingkat: TPP\n")
    assert found.portfolio.level is Level.TPP
    assert found.index.scores.assessed == weight


def test_of_two_assessors_of_a_level_the_newer_day_counts_and_on_one_day_the_lower_answer(tmp_path: Path) -> None:
    found, _ = read(tmp_path / "one", answers(("TPI", "Ani", "2023-03-02", "A"), ("TPI", "Budi", "2023-03-01", "B")))
    weight = found.item("A.I.1.i.b").item.weight
    assert found.index.scores.assessed == weight
    found, _ = read(tmp_path / "two", answers(("TPI", "Ani", "2023-03-02", "A"), ("TPI", "Budi", "2023-03-02", "B")))
    assert found.index.scores.assessed == weight * Fraction(1, 2)
    assert len(found.item("A.I.1.i.b").findings) == 2


RESPONSE = "response: {date: 2023-04-01, text: Sudah dilengkapi., evidence: [RAPAT]}\n"


def test_the_response_of_the_unit_is_kept_and_changes_no_figure(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": SEEN}
    before, _ = read(tmp_path / "before", {**files, "findings/1.md": finding(sha256=DIGEST)})
    after, codes = read(tmp_path / "after", {**files, "findings/1.md": finding(sha256=DIGEST, more=RESPONSE)})
    [found] = after.portfolio.findings
    assert codes == []
    assert found.response is not None
    assert (found.response.text, found.response.records) == ("Sudah dilengkapi.", ("rapat",))
    assert (after.index, after.acceptance) == (before.index, before.acceptance)


def test_a_response_that_names_a_record_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    files = {f"{FOLDER}/rapat.md": record("notulen.pdf"), f"{FOLDER}/notulen.pdf": SEEN}
    _, codes = read(tmp_path, {**files, "findings/1.md": finding(more=RESPONSE.replace("RAPAT", "rapta"))})
    assert codes == ["finding-target-unknown"]
