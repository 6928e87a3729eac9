"""Portfolios and answers for the exchange with PortalRB."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.authoring.new_portfolio import shipped
from generator.build.outcome import Outcome
from generator.build.project import Project
from generator.exchange.portalrb import UnitAnswers, unit_answers
from generator.model.instrument import Choices, Decrease, Item, Linear, Ratio
from tests.support import builders

DAY = datetime.date(2026, 11, 1)
SETTINGS: dict[str, Any] = {
    "title": "Uji",
    "unit": "Balai Uji",
    "target": "WBK",
    "period": {"from": "2026-01-01", "to": "2026-12-31"},
    "portalrb": {"unit_id": "UNIT-001"},
}


def write(root: Path, files: Mapping[str, str | bytes] | None = None, **settings: Any) -> Path:
    """Write a portfolio with the settings of a unit that PortalRB knows; None leaves one out."""
    given = {key: value for key, value in {**SETTINGS, **settings}.items() if value is not None}
    return builders.write(root, {"portfolio.yaml": builders.yaml_of(**given), **(files or {})})


def answers(**given: Any) -> dict[str, str | bytes]:
    """A file with answers by the ids of items, whose points are `_`."""
    return {
        "assessment/a.md": builders.front_matter(answers={key.replace("_", "."): each for key, each in given.items()})
    }


def finding(item: str, text: str = "", day: str = "2026-05-01", **fields: Any) -> str:
    """The text of a finding."""
    return builders.front_matter(text, item=item, date=day, **fields)


def read(root: Path) -> Outcome:
    """Read a portfolio as of the day of these tests."""
    return Project(root).read(on=DAY)


def exported(root: Path) -> UnitAnswers:
    """Return what PortalRB is given; there is no fault."""
    outcome = read(root)
    assert not outcome.failed, outcome.diagnostics
    assert outcome.readiness is not None
    unit, faults = unit_answers(outcome.readiness)
    assert unit is not None, faults
    return unit


def given(root: Path) -> dict[int, dict[str, str | None]]:
    """Return the answers that PortalRB is given, by their questions."""
    return {
        each.soal_id: {name: getattr(each, name) for name in each.__struct_fields__[1:]}
        for each in exported(root).answers
    }


def entries(**other: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All 127 answers of a file, blank but for those of the questions given as `s12`."""
    blank = dict.fromkeys(("jawaban_unit", "jawaban_tpi", "catatan_unit", "bukti_dukung_unit", "catatan_tpi"))
    return [{"soal_id": number, **blank, **other.get(f"s{number}", {})} for number in range(1, 128)]


def answers_file(path: Path, answers: Any, **other: Any) -> Path:
    """Write a file of answers."""
    data = {"unit_id": "UNIT-001", "nama_unit": "Balai Uji", "tahun": 2026, "answers": answers, **other}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2), "utf-8")
    return path


# Any answers

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30
).filter(str.strip)  # fmt: skip


def answer_to(item: Item) -> st.SearchStrategy[Any]:
    """Any answer to an item as a file of answers has it, with or without a note, or none."""
    return st.one_of(
        st.none(),
        _value_of(item),
        st.builds(lambda value, note: {**_long(value), "note": note}, _value_of(item), WORDS),
    )


def _long(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"answer": value}


def _value_of(item: Item) -> st.SearchStrategy[Any]:
    counts = {each.key: st.integers(0, 99) for each in item.inputs}
    match item.scale:
        case Choices(values):
            return st.sampled_from([name for name, _value in values])
        case Linear(maximum):
            return st.integers(0, int(maximum) * 100).map(
                lambda hundredths: f"{hundredths // 100}.{hundredths % 100:02}"
            )
        case Ratio():
            over = {each.key for each in item.inputs if each.role == "over"}
            above = {key: st.integers(1, 99) if key in over else each for key, each in counts.items()}
            return st.fixed_dictionaries(above).map(lambda given: {"inputs": given})
        case Decrease():
            return st.fixed_dictionaries(counts).map(lambda given: {"inputs": given})


def any_answers() -> st.SearchStrategy[dict[str, Any]]:
    """Any answers to the items of the shipped instrument."""
    return st.fixed_dictionaries({item.id: answer_to(item) for item in shipped().items()}).map(
        lambda found: {key: value for key, value in found.items() if value is not None}
    )
