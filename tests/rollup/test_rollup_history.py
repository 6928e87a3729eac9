"""The runs of a roll-up: who moved since the last, the last of each month, and nothing new for an equal run."""

import datetime
from pathlib import Path

import pytest

from generator.rollup.history import StageStep, history, note_run
from generator.rollup.rollup import Rollup, roll_up
from generator.rollup.units import UnitList, UnitResult
from tests.support import unit_sites

ON = datetime.date(2026, 5, 20)


def rollup(*results: UnitResult, on: datetime.date = ON) -> Rollup:
    return roll_up(UnitList(Path("units.yaml"), "Kementerian", tuple(each.listed for each in results)), results, on)


def unit(name: str, index: int) -> UnitResult:
    return unit_sites.result(unit_sites.readiness(name, index=index, as_of="2026-01-31"))


def test_the_first_run_has_no_movement_and_one_month(tmp_path: Path) -> None:
    found = history(tmp_path / "runs", rollup(unit("A", 80)))
    assert found.movement is None
    assert [each.on for each in found.months] == [ON]


def test_two_runs_compared_say_who_moved(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    before = rollup(unit("A", 80), unit("B", 60), unit("C", 60), unit_sites.unread("D"), on=ON)
    note_run(runs, before)
    later = rollup(
        unit("A", 60), unit("B", 80), unit_sites.unread("C"), unit("D", 80), on=ON + datetime.timedelta(days=1)
    )
    moved = history(runs, later).movement
    assert moved is not None
    assert moved.previous == ON
    assert moved.gained == tuple(StageStep("B", "WBK", basis) for basis in unit_sites.BASES)
    assert moved.lost == tuple(StageStep("A", "WBK", basis) for basis in unit_sites.BASES)
    assert (moved.appeared, moved.gone) == (("D",), ("C",))
    assert [(each.id, int(each.before), int(each.after)) for each in moved.indexes] == [("A", 80, 60), ("B", 60, 80)]
    assert moved.older == ()


def test_figures_of_an_earlier_day_than_before_are_found(tmp_path: Path) -> None:
    for day, as_of in ((ON, "2026-05-19"), (ON + datetime.timedelta(days=1), "2026-05-01")):
        one = unit_sites.result(unit_sites.readiness("A", as_of=as_of))
        found = history(tmp_path, rollup(one, on=day))
        note_run(tmp_path, rollup(one, on=day))
    assert found.movement is not None
    assert (found.movement.older, found.movement.indexes) == (("A",), ())


def test_an_equal_run_adds_nothing_and_shows_the_same(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    note_run(runs, rollup(unit("A", 60)))
    second = rollup(unit("A", 80))
    before = history(runs, second)
    note_run(runs, second)
    files = {each.name: each.read_bytes() for each in runs.iterdir()}
    assert history(runs, second) == before
    note_run(runs, second)
    assert {each.name: each.read_bytes() for each in runs.iterdir()} == files
    assert sorted(files) == ["2026-05-20.1.jsonl", "2026-05-20.2.jsonl"]


def test_a_fall_is_seen_although_one_run_could_not_read_the_unit(tmp_path: Path) -> None:
    days = [ON + datetime.timedelta(days=number) for number in range(3)]
    note_run(tmp_path, rollup(unit("A", 80), on=days[0]))
    note_run(tmp_path, rollup(unit_sites.unread("A"), on=days[1]))
    moved = history(tmp_path, rollup(unit("A", 60), on=days[2])).movement
    assert moved is not None
    assert moved.lost == tuple(StageStep("A", "WBK", basis) for basis in unit_sites.BASES)
    assert moved.appeared == ("A",)


def test_what_moved_is_what_moved_since_the_last_run(tmp_path: Path) -> None:
    days = [ON + datetime.timedelta(days=number) for number in range(3)]
    note_run(tmp_path, rollup(unit("A", 60), on=days[0]))
    note_run(tmp_path, rollup(unit("A", 80), on=days[1]))
    moved = history(tmp_path, rollup(unit("A", 80), on=days[2])).movement
    assert moved is not None
    assert (moved.previous, moved.gained) == (days[1], ())


def test_what_moved_is_said_since_a_day_where_one_is_given(tmp_path: Path) -> None:
    days = [ON + datetime.timedelta(days=number) for number in range(5)]
    for day, index in zip(days[:4], (60, 60, 80, 80), strict=True):
        note_run(tmp_path, rollup(unit("A", index), on=day))
    now = rollup(unit("A", 80), on=days[4])
    for since, previous, count in ((days[1], days[1], 3), (days[2], days[2], 0), (days[4], days[3], 0)):
        moved = history(tmp_path, now, since).movement
        assert moved is not None
        assert (moved.previous, len(moved.gained)) == (previous, count)
    assert history(tmp_path, now, ON - datetime.timedelta(days=1)).movement is None
    assert history(tmp_path, now, days[1]).months == history(tmp_path, now).months


def test_a_run_of_an_earlier_day_looks_back_and_is_not_kept(tmp_path: Path) -> None:
    assert note_run(tmp_path, rollup(unit("A", 60)))
    before = [each.name for each in tmp_path.iterdir()]
    assert not note_run(tmp_path, rollup(unit("A", 80), on=ON - datetime.timedelta(days=1)))
    assert [each.name for each in tmp_path.iterdir()] == before


def test_each_run_has_one_line_for_each_unit(tmp_path: Path) -> None:
    note_run(tmp_path, rollup(unit("A", 60), unit_sites.unread("B")))
    (file,) = tmp_path.iterdir()
    assert len(file.read_text().splitlines()) == 2


def test_a_month_shows_its_last_run_and_later_days_are_not_seen(tmp_path: Path) -> None:
    for day, index in (("2026-03-01", 60), ("2026-03-31", 80), ("2026-04-10", 60), ("2026-07-01", 80)):
        note_run(tmp_path, rollup(unit("A", index), on=datetime.date.fromisoformat(day)))
    found = history(tmp_path, rollup(unit("A", 80)))
    assert [(each.on.isoformat(), dict(each.counts.predicates)["WBK"].claimed) for each in found.months] == [
        ("2026-03-31", 1), ("2026-04-10", 0), ("2026-05-20", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["", "{"])
def test_a_file_that_cannot_be_read_is_named_and_left_out(tmp_path: Path, content: str) -> None:
    note_run(tmp_path, rollup(unit("A", 60), on=datetime.date(2026, 3, 1)))
    (tmp_path / "2026-04-01.1.jsonl").write_text(content)
    found = history(tmp_path, rollup(unit("A", 80)))
    assert found.unreadable == ("2026-04-01.1.jsonl",)
    assert [each.on.month for each in found.months] == [3, 5]
    assert found.movement is not None
