"""What a review has to be to be merged: one of this portfolio, whole, and each entry as the contract says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator.exchange.review_schema import review_schema
from tests.support import reviews
from tests.support.command import catat
from tests.support.reviews import entry, merge, review, save, sealed, verdict

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portfolio that nothing is written into."""
    return reviews.write(tmp_path_factory.mktemp("review") / "p")


@pytest.fixture(scope="module")
def own(home: Path) -> str:
    """Its id."""
    return reviews.identity(home)


def refused(source: Path, home: Path) -> dict[str, Any]:
    """Merge a file that is refused as a whole; return its one remark."""
    done = merge(source, home)
    assert (done.code, done.data["findings"], done.data["files"], reviews.finding_files(home)) == (1, [], [], {})
    [remark] = done.data["remarks"]
    assert remark["file"] == source.name
    return dict(remark)


def test_a_review_of_the_desk_is_what_the_schema_says(own: str) -> None:
    schema = Draft7Validator(review_schema())
    schema.check_schema(review_schema())
    whole = review(own, entry("A.I.1.i.a", "Ya", verdict()), entry("B.I.a", {"inputs": {"n": 3}}, claimed="3"))
    assert not [*schema.iter_errors(whole)]
    for spoilt in ({"schema": "catat.review/2"}, {"digest": "abc"}, {"assessor": {"name": "", "level": "TPI"}}):
        assert not schema.is_valid({**whole, **spoilt})
    assert not schema.is_valid(review(own, entry("A.I.1.i.a", "Ya", verdict(verdict="maybe"))))


def test_the_schema_is_had_from_the_command_line() -> None:
    done = catat("schema", "review", "--lang", "en")
    assert (done.returncode, json.loads(done.stdout)) == (0, review_schema())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1 is no JSON"),
        (b'{"schema": "catat.review/1",\n "a": NaN}', "Line 2 is no JSON, from `NaN}` on"),
        (b'{"schema": "catat.review/1",\n\n "a": 1, "a": 2}', "Line 3: the key `a` is there twice"),
        (b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}", "nested too deeply"),
        (b'{"schema": "catat.review/1", "a": 1e999999999999999999999}', "Line 1: the number is too large"),
        (b'{"schema": "catat.review/1",\n "a": "\\ud83d"}', "Line 2: a text holds half a character"),
        (b'{"schema": "catat.review/1",\n "a": "\xff"}', "Line 2 is not in UTF-8"),
        ('{"schema": "catat.review/1"}'.encode("utf-16"), "UTF-16"),
        (b'{"a": "' + b"a" * (4 * 1024 * 1024) + b'"}', "larger than 4 MB"),
        (b'{"a": 1', "the end of the file"),
    ],
    ids=["nothing", "nan", "twice", "deep", "number", "half", "latin", "utf-16", "large", "cut"],
)
def test_what_is_no_json_is_refused_with_its_line(content: bytes, words: str, home: Path, tmp_path: Path) -> None:
    remark = refused(save(tmp_path / "r.json", content), home)
    assert remark["code"] == "json-invalid"
    assert words in remark["message"]
    assert "as the desk exported it" in remark["message"]


@pytest.mark.parametrize(
    ("change", "code", "pointer", "words"),
    [
        ({"schema": "catat.review/2"}, "schema-unknown", "/schema", "newest version"),
        ({"schema": "catat.readiness/1"}, "schema-unknown", "/schema", "catat.readiness/1"),
        ({"schema": None}, "schema-unknown", "/schema", "catat.review/1"),
        (
            {"portfolio": {"id": "0" * 32, "unit": "Lain", "instrument": "x"}},
            "portfolio-other",
            "/portfolio/id",
            "period",
        ),
        ({"portfolio": 3}, "portfolio-missing", "/portfolio", "whose"),
        ({"assessor": {"name": " ", "level": "TPI"}}, "assessor-missing", "/assessor/name", "name"),
        ({"assessor": {"name": "Budi", "level": "TPX"}}, "level-unknown", "/assessor/level", "TPP, TPI, TPN"),
        ({"items": {}}, "items-missing", "/items", "list"),
        ({"items": [10**40]}, "number-too-large", "/items/0", "too large"),
    ],
)
def test_a_file_that_is_no_review_of_the_portfolio_is_refused_as_a_whole(
    change: Mapping[str, Any], code: str, pointer: str, words: str, home: Path, own: str, tmp_path: Path
) -> None:
    remark = refused(save(tmp_path / "r.json", sealed({**review(own, entry()), **change})), home)
    assert (remark["code"], remark["pointer"]) == (code, pointer)
    assert words in remark["message"]


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found["items"][0].update(answer="Tidak"),
        lambda found: found["assessor"].update(name="Orang Lain"),
        lambda found: found.pop("digest"),
        lambda found: found.update(digest="0" * 64),
        lambda found: found.update(more=1),
    ],
)
def test_a_review_that_was_edited_is_refused(change: Change, home: Path, own: str, tmp_path: Path) -> None:
    found = review(own, entry())
    change(found)
    remark = refused(save(tmp_path / "r.json", found), home)
    assert remark["code"] == "digest-broken"
    assert "changed after its export" in remark["message"]


def test_a_list_is_no_review(home: Path, tmp_path: Path) -> None:
    assert refused(save(tmp_path / "r.json", "[]"), home)["code"] == "schema-unknown"


def test_the_form_of_the_file_is_of_no_account(home: Path, own: str, tmp_path: Path) -> None:
    found = review(
        own, entry("A.I.1.i.a", "Ya", note="naïf 🙂 \u2028"), nomor=[1, 0, -1, 0.5, True, None, {"b": 1, "a": 2}]
    )
    forms = [json.dumps(found), json.dumps(found, ensure_ascii=False, indent=4), json.dumps(found, sort_keys=True)]
    forms.append("\ufeff" + forms[1].replace("\n", "\r\n"))
    for at, text in enumerate(forms):
        assert reviews.Merged(save(tmp_path / f"{at}.json", text), home).states == {"A.I.1.i.a": "new"}


FAULTS: Mapping[str, tuple[dict[str, Any] | Any, str, str]] = {
    "no entry": (3, "entry-invalid", "/items/1"),
    "unknown item": (entry("A.I.1.i.zz"), "item-unknown", "/items/1/item"),
    "off its scale": (entry("A.I.1.i.b", "D"), "answer-invalid", "/items/1/answer"),
    "a mark above the scale": (entry("B.I.a", "4.5"), "answer-invalid", "/items/1/answer"),
    "counts where there are none": (entry("B.I.a", {"inputs": {"n": 3}}), "answer-invalid", "/items/1/answer"),
    "a count that is none": (entry("B.I.a", {"inputs": {"n": 0.5}}), "answer-invalid", "/items/1/answer/inputs/n"),
    "an answer that is a list": (entry("B.I.a", [1]), "value-invalid", "/items/1/answer"),
    "a note that is a number": (entry("B.I.a", "3", note=1), "value-invalid", "/items/1/note"),
    "another state": (entry("B.I.a", "3", state="done"), "state-unknown", "/items/1/state"),
    "no time": (entry("B.I.a", "3", decided="kemarin"), "time-invalid", "/items/1/decided"),
    "front matter without end": (entry("B.I.a", "3", condition="a " * 600_000), "finding-unwritable", "/items/1"),
    "a note that is too long to be shown": (
        entry("B.I.a", "3", note="kata " * 130_000),
        "note-too-long",
        "/items/1/note",
    ),
    "a note of marks alone": (entry("B.I.a", "3", note="[x" * 60_000), "note-too-long", "/items/1/note"),
    "verdicts that are no list": (entry("B.I.a", "3", evidence={}), "entry-invalid", "/items/1/evidence"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_entry_that_is_faulty_is_refused_with_its_place_and_the_rest_is_shown(
    name: str, home: Path, own: str, tmp_path: Path
) -> None:
    spoilt, code, pointer = FAULTS[name]
    source = save(tmp_path / "r.json", review(own, entry("A.I.1.i.a"), spoilt, entry("A.I.1.ii.c", "A")))
    done = reviews.Merged(source, home)
    assert done.code == 1
    assert done.remarks == [(code, pointer)]
    states = done.states
    assert (states.pop("A.I.1.i.a"), states.pop("A.I.1.ii.c")) == ("new", "new")
    assert set(states.values()) <= {"refused"}
    lines = source.read_text("utf-8").split("\n")
    assert 1 < done.data["remarks"][0]["line"] < len(lines)


@pytest.mark.parametrize(
    ("given", "code", "pointer"),
    [
        (verdict(verdict="maybe"), "verdict-unknown", "/items/0/evidence/1/verdict"),
        (verdict(sha256="abc"), "digest-invalid", "/items/0/evidence/1/sha256"),
        (verdict("lain.pdf", sha256="0" * 64), "document-unknown", "/items/0/evidence/1"),
        (verdict("lain.pdf"), "document-unknown", "/items/0/evidence/1"),
        (verdict("notulen.pdf", sha256="", record="lain"), "document-unknown", "/items/0/evidence/1"),
        ("notulen.pdf", "entry-invalid", "/items/0/evidence/1"),
    ],
)
def test_a_verdict_that_is_faulty_is_refused_and_the_rest_of_its_item_is_written_as_open(
    given: Any, code: str, pointer: str, own: str, tmp_path: Path
) -> None:
    home = reviews.write(tmp_path / "p")
    source = save(tmp_path / "r.json", review(own, entry("A.I.1.i.a", "Ya", verdict("sk.pdf"), given)))
    for _again in range(2):
        done = merge(source, home)
        assert (done.code, done.remarks) == (1, [(code, pointer)])
    [text] = reviews.finding_files(home).values()
    assert "answer: Ya" in text
    assert text.count("- record:") == 1
    assert "status: open" in text  # something is left to do


def test_of_an_entry_of_which_all_was_refused_nothing_is_written(home: Path, own: str, tmp_path: Path) -> None:
    gone, unread = verdict("lain.pdf"), verdict(verdict="maybe")
    source = save(tmp_path / "r.json", review(own, entry("A.I.1.i.a", "", gone), entry("A.I.1.i.b", "", unread)))
    done = reviews.Merged(source, home)
    assert (done.code, done.states, done.data["files"]) == (1, {"A.I.1.i.a": "refused", "A.I.1.i.b": "refused"}, [])


def test_an_item_that_is_there_twice_is_not_taken(home: Path, own: str, tmp_path: Path) -> None:
    source = save(tmp_path / "r.json", review(own, entry(), entry("A.I.1.i.a", "Tidak"), entry("B.I.a", "3")))
    done = reviews.Merged(source, home)
    assert (done.code, done.states) == (1, {"B.I.a": "new"})
    assert done.remarks == [("item-repeated", "/items/1")]


@pytest.mark.parametrize("decided", ["", "2023-05-30T09:12:00+07:00"], ids=["never", "before"])
def test_what_is_not_decided_is_named_and_not_written(decided: str, home: Path, own: str, tmp_path: Path) -> None:
    begun = entry("A.I.1.i.b", "B", state="begun", decided=decided)
    flagged = entry("A.I.1.ii.c", "A", state="flagged", decided=decided)
    changed = entry("A.I.2.i.a", "A", state="changed")
    source = save(tmp_path / "r.json", review(own, begun, flagged, changed, entry("B.I.a", "")))
    done = reviews.Merged(source, home)
    assert (done.code, done.remarks) == (0, [])
    assert done.states == {"A.I.1.i.b": "undecided", "A.I.1.ii.c": "undecided", "A.I.2.i.a": "new", "B.I.a": "blank"}
    shown = catat("merge", str(source), str(home), "--lang", "en").stdout
    assert "begun and not decided" in shown
    assert "flagged and not decided" in shown


def test_the_day_is_that_of_the_decision_else_of_the_export(home: Path, own: str, tmp_path: Path) -> None:
    entries = entry("A.I.1.i.a", decided=""), entry("B.I.a", "3", decided="2023-05-30T23:50:00+07:00")
    done = reviews.Merged(save(tmp_path / "r.json", review(own, *entries)), home)
    assert [each["date"] for each in done.data["findings"]] == ["2023-05-31", "2023-05-30"]
