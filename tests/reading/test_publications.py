"""The history of publications is read as far as it is sound, and never stops a build."""

from __future__ import annotations

import datetime
import os
from fractions import Fraction
from pathlib import Path

import pytest

from generator.build import project
from generator.model.publications import Publication, PublishedIndex, distinct
from generator.reading import publications
from tests.support import builders, small

DAY = datetime.date(2023, 6, 30)
SETTINGS = "title: Portofolio\nunit: Balai\ninstrument: instruments/ringkas.yaml\n"


def read(content: bytes | str) -> publications.PublicationsReading:
    return publications.read(publications.decode(content if isinstance(content, bytes) else content.encode()))


def portfolio(folder: Path, **files: str | bytes) -> Path:
    own: dict[str, str | bytes] = {"portfolio.yaml": SETTINGS, "instruments/ringkas.yaml": small.RINGKAS.read_bytes()}
    return builders.write(folder / "p", {**own, **{f"{name}.jsonl": content for name, content in files.items()}})


def test_a_line_gives_all_that_it_says() -> None:
    line = (
        '{"date": "2023-06-30", "as_of": "2023-06-29", "digest": "ab", "content": "cd", "target": "intranet",'
        ' "index": {"weight": 100, "claimed": 1.5, "supported": 1, "assessed": 0},'
        ' "gates": {"WBK": {"area-share/1": {"claimed": true, "supported": false}, "index": true}},'
        ' "answers": {"A.a": ["Ya", null]}, "added": ["records/x.html"], "changed": [], "withdrawn": ["files/é.pdf"]}'
    )
    assert read(line).publications == (
        Publication(
            date=DAY,
            as_of=datetime.date(2023, 6, 29),
            digest="ab",
            content="cd",
            target="intranet",
            index=PublishedIndex(Fraction(100), Fraction(3, 2), Fraction(1), Fraction(0)),
            gates={"WBK": {"area-share/1": False, "index": True}},
            answers={"A.a": ("Ya", None)},
            added=("records/x.html",),
            withdrawn=("files/é.pdf",),
        ),
    )


@pytest.mark.parametrize(
    "odd",
    [
        '"index": 7, "gates": [], "answers": "x", "added": {"a": 1}, "digest": 5, "as_of": "kemarin"',
        '"index": {"supported": NaN, "claimed": Infinity, "assessed": -1, "weight": true}',
        '"index": {"supported": 1e999, "claimed": "7", "assessed": 1e300}',
        '"gates": {"WBK": ["index"], "X": {"index": {"supported": "ya"}}}',
        '"answers": {"A": ["Ya"], "B": [1, 2], "C": null}, "withdrawn": [1, null, "", ["x"]]',
    ],
)
def test_what_is_odd_in_a_line_is_left_out(odd: str) -> None:
    found = read(f'{{"date": "2023-06-30", {odd}}}')
    assert found.diagnostics == ()
    (only,) = found.publications
    assert (only.index, only.answers, only.added, only.withdrawn) == (PublishedIndex(), {}, (), ())
    assert not any(only.gates.values())


def test_marks_and_line_ends_of_windows_are_fine() -> None:
    found = read(b'\xef\xbb\xbf{"date": "2023-06-30"}\r\n\r\n{"date": "2023-07-01"}\r\n')
    assert found.diagnostics == ()
    assert [each.date.day for each in found.publications] == [30, 1]


@pytest.mark.parametrize(
    "line",
    [
        '{"date": "2023-06-30", "added": ["files/é'.encode()[:-1],
        b"\x00" * 4096,
        b"[" * 100_000,
        b'{"date": "2023-06-30", "index": ' + b"1" * 5000 + b"}",
        b'"teks"',
        b'{"date": "30-06-2023"}',
        b'{"date": "20230630"}',
        b'{"date": 20230630}',
    ],
)
def test_a_line_that_is_no_publication_is_passed_over_with_a_warning(line: bytes) -> None:
    found = read(b'{"date": "2023-06-29"}\n' + line)
    assert [each.date.day for each in found.publications] == [29]
    assert [(str(each.severity), each.code, each.place.line) for each in found.diagnostics] == [
        ("warning", "publication-invalid", 2)
    ]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publications, "MAX_BYTES", 10)
    (warning,) = read('{"date": "2023-06-29"}').diagnostics
    assert warning.sentence == "publication-invalid/large"


def test_no_file_gives_no_publications() -> None:
    assert publications.read(None) == publications.PublicationsReading()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes that lie in folders")
def test_a_pipe_in_its_place_is_a_warning_and_the_portfolio_is_read(tmp_path: Path) -> None:
    home = portfolio(tmp_path)
    os.mkfifo(home / "publications.jsonl")
    outcome = project.read(home, on=DAY)
    assert not outcome.failed
    assert [each.sentence for each in outcome.diagnostics] == ["publication-invalid/special"]


def test_a_folder_of_that_name_is_no_history(tmp_path: Path) -> None:
    home = portfolio(tmp_path)
    (home / "publications.jsonl").mkdir()
    outcome = project.read(home, on=DAY)
    assert outcome.diagnostics == ()
    assert outcome.portfolio is not None
    assert outcome.portfolio.publications == ()


def test_the_portfolio_has_them_in_the_order_of_the_file(tmp_path: Path) -> None:
    home = portfolio(tmp_path, publications='{"date": "2023-06-30"}\n{"date": "2023-01-01"}\n')
    outcome = project.read(home, on=DAY)
    assert outcome.diagnostics == ()
    assert outcome.portfolio is not None
    assert [each.date.month for each in outcome.portfolio.publications] == [6, 1]


def test_what_went_to_a_second_target_is_told_once_and_a_return_to_the_old_again() -> None:
    def published(day: int, content: str, target: str = "intranet") -> Publication:
        return Publication(datetime.date(2023, 6, day), content=content, target=target)

    history = (published(1, "a"), published(1, "a", "cadangan"), published(2, "b"), published(2, "b", "x"))
    again = (published(5, "a"), published(3, ""), published(4, ""))
    assert [each.date.day for each in distinct((*history, *again))] == [1, 2, 3, 4, 5]
