"""Which finding an export shows of an item."""

from __future__ import annotations

from msgspec.structs import replace

from generator.exchange.worksheet.assessed import shown_finding
from tests.support.builders import finding, item, readiness


def test_the_finding_shown_is_the_one_with_the_assessed_answer() -> None:
    of = readiness(
        item("A.1"),
        finding("A.1", date="2023-03-01", answer="A"),
        finding("A.1", date="2023-03-02", answer="B"),
        finding("A.1", date="2023-03-02", answer="A"),
        finding("A.1", date="2023-03-03"),
    )
    shown = shown_finding(of.item("A.1"))
    assert shown is not None
    assert (shown.date.day, shown.answer and shown.answer.text) == (2, "B")


def test_of_findings_without_an_answer_the_newest_is_shown() -> None:
    of = readiness(item("A.1"), finding("A.1", date="2023-03-01"), finding("A.1", date="2023-03-04"))
    shown = shown_finding(of.item("A.1"))
    assert shown is not None
    assert shown.date.day == 4
    assert shown_finding(replace(of.item("A.1"), findings=())) is None
