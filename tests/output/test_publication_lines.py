"""A line of the history of publications is read back as it was written."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction

from generator.exchange.publications import publication_line, with_line
from generator.model.publications import Publication, PublishedIndex
from generator.reading import publications

DAY = datetime.date(2026, 11, 30)
ODD = ("files/é \u2028 \x85.pdf", "files/\udcff.pdf", 'files/"a"\\b.pdf')


def line(*, added: tuple[str, ...] = ()) -> str:
    return publication_line(
        date=DAY,
        as_of=DAY,
        digest="0" * 16,
        content="ab",
        target="intranet",
        index={"weight": 100, "claimed": 1.5, "supported": 1, "assessed": 0},
        gates={"WBK": {"index": {"claimed": True, "supported": False, "assessed": False}}},
        answers={"A.I.1.i.a": ("Ya", None)},
        added=added,
        changed=("records/x.html",),
        withdrawn=(),
    )


def test_its_keys_are_in_the_order_of_the_contract() -> None:
    assert [*json.loads(line())] == [
        "date", "as_of", "digest", "content", "target", "index", "gates", "answers", "added", "changed", "withdrawn",
    ]  # fmt: skip


def test_what_is_written_is_read_back_whatever_the_names() -> None:
    content = with_line(b"", line(added=ODD))
    assert content.count(b"\n") == 1
    assert len(content.decode().splitlines()) == 1
    assert "é" in content.decode()
    found = publications.read(publications.decode(content))
    assert found.diagnostics == ()
    assert found.publications == (
        Publication(
            DAY,
            DAY,
            "0" * 16,
            "ab",
            "intranet",
            PublishedIndex(Fraction(100), Fraction(3, 2), Fraction(1), Fraction(0)),
            {"WBK": {"index": False}},
            {"A.I.1.i.a": ("Ya", None)},
            ODD,
            ("records/x.html",),
        ),
    )


def test_a_line_after_one_that_was_cut_stands_by_itself() -> None:
    whole = with_line(b"", line())
    content = with_line(with_line(whole + whole[:40], line()), line())
    found = publications.read(publications.decode(content))
    assert len(found.publications) == 3
    assert [each.place.line for each in found.diagnostics] == [2]
