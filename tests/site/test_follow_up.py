"""Findings with all that they say, documents that were judged, and the report on the follow-up of recommendations."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator.exchange.todo_json import todo_json
from generator.incremental.steps import Steps
from generator.readiness.gaps import Gaps
from generator.site.plan import SitePlan
from tests.support import builders, plans
from tests.support.command import catat

SEEN, OTHER, KEPT, BAD = (
    builders.pdf(text) for text in ("Notulen yang dilihat", "Notulen yang lain", "Surat", "Buruk")
)
DIGESTS = {each: hashlib.sha256(each).hexdigest() for each in (SEEN, KEPT, BAD)}
FOLDER = "records/1-manajemen-perubahan"
SETTINGS = "title: T\nunit: U\nlanguage: en\ndownloads: true\nsignatory: {name: Ratna, place: Palembang}\n"
ITEM, OTHER_ITEM = "A.I.1.i.a", "A.I.1.i.b"


def record(*files: str, people: str = "Dewi", more: str = "") -> str:
    entries = "".join(f"  - {{file: {each}, type: notulen}}\n" for each in files)
    evidence = f"evidence:\n{entries}" if files else ""
    return f"---\ntitle: Rapat {people}\ndate: 2023-01-18\nitems: [{ITEM}]\npeople: [{people}]\n{more}{evidence}---\nIsi.\n"


FILES: dict[str, str | bytes] = {
    "portfolio.yaml": SETTINGS,
    "assessment/1.md": f"---\nanswers: {{{ITEM}: Ya}}\n---\n",
    f"{FOLDER}/rapat/index.md": record("notulen.pdf", "surat.pdf", "buruk.pdf"),
    f"{FOLDER}/rapat/notulen.pdf": OTHER,
    f"{FOLDER}/rapat/surat.pdf": KEPT,
    f"{FOLDER}/rapat/buruk.pdf": BAD,
    f"{FOLDER}/salinan/index.md": record("lain.pdf", people="Eka"),
    f"{FOLDER}/salinan/lain.pdf": BAD,
    f"{FOLDER}/tertutup.md": record(people="Tertutup", more="classification: restricted\n"),
    f"{FOLDER}/draf.md": record(people="Draf", more="status: draft\n"),
    "findings/1.md": f"""---
item: {ITEM}
date: 2023-03-02
assessor: Budi
assignment: ST-12
answer: Tidak
condition: |
  Baris satu.
  Baris dua.
recommendation: Lengkapi.
evidence:
  - {{record: rapat, file: notulen.pdf, sha256: {DIGESTS[SEEN]}, verdict: accepted}}
  - {{record: rapat, file: buruk.pdf, sha256: {DIGESTS[BAD]}, verdict: rejected, reason: unsigned, note: Halaman 2}}
  - {{record: rapat, file: surat.pdf, sha256: {DIGESTS[KEPT]}, verdict: accepted}}
response: {{date: 2023-04-01, text: Sudah., evidence: [rapat, tertutup, draf]}}
---
""",
    "findings/2.md": f"---\nitem: {ITEM}\ndate: 2023-04-02\nassessor: Nas\nlevel: TPN\nanswer: Ya\nstatus: closed\n---\nBaik.\n",
    "findings/3.md": f"---\nitem: {OTHER_ITEM}\ndate: 2023-03-02\nassessor: Budi\nanswer: B\n---\nKurang.\n",
    "findings/4.md": f"---\nitem: {OTHER_ITEM}\ndate: 2023-03-02\nassessor: Sari\nanswer: C\n---\nKurang.\n",
    "findings/5.md": f"---\nitem: {OTHER_ITEM}\ndate: 2023-07-20\nassessor: Sari\nanswer: A\n---\nKemudian.\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return builders.write(tmp_path_factory.mktemp("follow-up"), FILES)


@pytest.fixture(scope="module")
def plan(home: Path) -> SitePlan:
    outcome = plans.read_with(Steps(), home, on=builders.DAY)
    assert outcome.readiness is not None, outcome.diagnostics
    return plans.planned(outcome)


# Findings


def test_a_finding_says_who_found_what_and_what_the_unit_answered(plan: SitePlan) -> None:
    view = plans.view(plan, f"items/{ITEM}.html").findings[-1]
    assert (view.level, view.assessor, view.assignment, view.answer) == ("TPI", "Budi", "ST-12", "Tidak")
    assert (view.condition, view.recommendation) == ("Baris satu.\nBaris dua.", "Lengkapi.")
    assert (view.mark.state, view.mark.word) == ("answered", "answered")
    assert (view.response.date, view.response.text) == ("1 April 2023", "Sudah.")


def test_a_verdict_says_its_reason_in_words_and_that_its_document_was_replaced_and_lists_no_copies(
    plan: SitePlan,
) -> None:
    rows = plans.view(plan, f"items/{ITEM}.html").findings[-1].documents
    found = [(each.link.text, each.verdict, each.reason, each.note, each.stale) for each in rows]
    assert found == [
        ("Notulen", "accepted", "", "", "replaced since it was judged"),
        ("Buruk", "rejected", "not signed", "Halaman 2", ""),
        ("Surat", "accepted", "", "", ""),
    ]
    assert plans.view(plan, f"items/{ITEM}.html").findings[-1].stale == "replaced since it was judged"


def test_a_response_links_to_no_draft_and_no_restricted_record(plan: SitePlan) -> None:
    records = plans.view(plan, f"items/{ITEM}.html").findings[-1].response.records
    assert [(each.text, each.href) for each in records] == [
        ("Rapat Dewi", "../records/rapat.html"),
        ("Rapat Tertutup", ""),
    ]


def test_the_list_of_findings_narrows_to_levels_and_to_what_was_replaced(plan: SitePlan) -> None:
    whole = plans.view(plan, "findings.html")
    counts = {choice.link.text: choice.count for each in whole.narrowings for choice in each.choices}
    assert counts["answered"] == "1"
    assert counts["replaced since it was judged"] == "1"
    assert counts["open"] == "3", "one that is answered is still open"
    assert counts["National assessment team (TPN)"] == "1"


def test_the_list_of_findings_has_no_choice_of_levels_where_only_one_spoke() -> None:
    of = builders.readiness(builders.item("A.1"), builders.finding("A.1", answer="C"))
    labels = [each.label for each in plans.view(plans.plan_of(of), "findings.html").narrowings]
    assert labels == ["State", "Area of change"]


# Documents


def test_a_document_says_who_accepted_it_that_it_was_replaced_and_that_a_copy_was_rejected(plan: SitePlan) -> None:
    shown = {
        each.title: each for path in ("rapat", "salinan") for each in plans.view(plan, f"records/{path}.html").documents
    }
    assert shown["Surat"].review == ("accepted by TPI on 2 March 2023",)
    assert shown["Notulen"].review == ("replaced since it was judged",)
    assert shown["Lain"].review == ("The same file was rejected under another name.",)
    assert shown["Lain"].why == ("Rejected by the assessors: not signed",)


# Levels, and assessors who differ


def test_an_item_shows_the_answers_of_each_level_and_which_counts(plan: SitePlan) -> None:
    view = plans.view(plan, f"items/{ITEM}.html")
    assert [(each.answer, each.assessor, each.counts) for each in view.assessments] == [
        ("Tidak", "Budi", True),
        ("Ya", "Nas", False),
    ]
    assert view.differences == (), "assessors of two levels do not differ: they are never mixed"
    rows = [row for group in plans.view(plan, "items.html").groups for row in group.items if row.link.text == ITEM]
    assert [(row.assessed, row.other_answers) for row in rows] == [("Tidak", "TPN: Ya")]


@pytest.mark.parametrize(
    ("second", "counts", "why"),
    [("2023-03-02", "C", "it is the lower of two of one day"), ("2023-03-01", "B", "it is the newer one")],
)
def test_an_item_says_which_of_two_assessors_counts(second: str, counts: str, why: str, tmp_path: Path) -> None:
    home = builders.write(tmp_path, {
        "portfolio.yaml": SETTINGS,
        "findings/1.md": f"---\nitem: {OTHER_ITEM}\ndate: 2023-03-02\nassessor: Budi\nanswer: B\n---\n",
        "findings/2.md": f"---\nitem: {OTHER_ITEM}\ndate: {second}\nassessor: Sari\nanswer: C\n---\n",
    })  # fmt: skip
    view = plans.view(plans.planned(plans.read_with(Steps(), home, on=builders.DAY)), f"items/{OTHER_ITEM}.html")
    [sentence] = view.differences
    assert sentence.startswith("Assessors of TPI differ: ")
    assert sentence.endswith(f"is {counts}, because {why}.")
    assert view.assessed == counts
    assert len(view.findings) == 2


def test_the_front_page_has_the_index_of_each_level_where_more_than_one_spoke(plan: SitePlan) -> None:
    levels = plans.view(plan, "index.html").index.levels
    assert [(level, items) for level, _, items in levels] == [
        ("Internal assessment team (TPI)", "2 items"),
        ("National assessment team (TPN)", "1 item"),
    ]
    of = builders.readiness(builders.item("A.1"), builders.finding("A.1", answer="C"))
    assert plans.view(plans.plan_of(of), "index.html").index.levels == ()


# The report on the follow-up


def test_the_follow_up_lists_findings_by_item_with_their_state_and_age(plan: SitePlan) -> None:
    view = plans.view(plan, "follow-up.html")
    [area] = view.areas
    rows = [(row.link.text, row.assessor, row.mark.word, row.age) for row in area.rows]
    assert rows == [
        (ITEM, "Budi", "answered", "open for 120 days"),
        (ITEM, "Nas", "closed", ""),
        (OTHER_ITEM, "Budi", "open", "open for 120 days"),
        (OTHER_ITEM, "Sari", "open", "open for 120 days"),
    ]
    assert [(name, figure) for _, name, figure in view.sums] == [
        ("Findings", "4"), ("open", "2"), ("answered", "1"), ("closed", "1"),
    ]  # fmt: skip
    assert view.oldest == "Oldest open finding: 2 March 2023, open for 120 days."
    assert area.rows[0].people == "Dewi; Eka; Tertutup"
    assert [each.href for each in view.downloads] == ["downloads/registers.xlsx", "downloads/findings.csv"]
    assert any(link.current and link.text == "Follow-up" for group in view.frame.navigation for link in group.links)


def test_a_follow_up_without_findings_has_no_sums() -> None:
    view = plans.view(plans.plan_of(builders.readiness(builders.item("A.1"))), "follow-up.html")
    assert (view.areas, view.oldest) == ((), "")


# The terminal


def test_todo_lists_open_findings_by_person_and_what_waits_for_the_assessors(home: Path) -> None:
    done = catat("todo", str(home), "--findings", "--as-of", "2023-06-30", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "3 findings are open." in done.stdout
    assert done.stdout.index("To do: Dewi") < done.stdout.index("nobody yet")
    ours = done.stdout[done.stdout.index("To do: Dewi") : done.stdout.index("To do: Eka")]
    assert "answered, waiting for the assessors" in ours
    assert "Lengkapi." in ours
    assert "Kemudian" not in done.stdout


def test_todo_narrows_open_findings_and_groups_them_by_area(home: Path) -> None:
    options = ("--as-of", "2023-06-30", "--lang", "en", "--findings")
    eka = catat("todo", str(home), *options, "--person", "Eka").stdout
    assert "1 finding is open." in eka
    by_area = catat("todo", str(home), *options, "--by", "area").stdout
    assert by_area.count("Area 1.") == 1
    assert "No finding is open." in catat("todo", str(home), *options, "--area", "3").stdout


def test_open_findings_are_data_too(home: Path) -> None:
    outcome = plans.read_with(Steps(), home, on=builders.DAY)
    assert outcome.readiness is not None
    found = json.loads(todo_json(Gaps(outcome.readiness)))["findings"]
    assert [(each["item"], each["state"], each["age"], each["answered"]) for each in found] == [
        (ITEM, "answered", 120, "2023-04-01"),
        (OTHER_ITEM, "open", 120, None),
        (OTHER_ITEM, "open", 120, None),
    ]
    assert found[0]["people"] == ["Dewi", "Eka", "Tertutup"]
    assert found[1]["people"] == []
