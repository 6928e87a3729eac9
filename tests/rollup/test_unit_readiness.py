"""One unit's readiness.json: its figures exactly as written, or refused where it is not what it says."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from generator.rollup.unit_readiness import ReadinessInvalid, read_readiness
from tests.support import unit_sites


def refused(data: dict[str, Any]) -> str:
    with pytest.raises(ReadinessInvalid) as caught:
        read_readiness(unit_sites.text(data))
    return caught.value.reason


def test_figures_are_exact() -> None:
    found = read_readiness(unit_sites.text(unit_sites.readiness(index=unit_sites.bases(80.33641, 74.909743, 21.14125))))
    assert found.index.each() == (Decimal("80.33641"), Decimal("74.909743"), Decimal("21.14125"))
    assert found.missing == (("A.I.1.i.a", ("sk",)),)


def test_another_schema_is_refused_before_its_figures_are_read() -> None:
    assert refused({"schema": "catat.readiness/2"}) == "schema"


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null", b"[" * 100_000, b'{"schema": 1}'])
def test_what_is_no_readiness_is_refused(content: bytes) -> None:
    with pytest.raises(ReadinessInvalid, match="no-readiness"):
        read_readiness(content)


def test_a_file_without_a_key_that_figures_need_is_refused() -> None:
    for key in ("counts", "index", "areas", "items", "predicates", "as_of"):
        data = unit_sites.readiness()
        del data[key]
        assert refused(data) == "no-readiness", key


def contradicting() -> list[dict[str, Any]]:
    base = unit_sites.readiness(index=50)
    met, passed, negative, above, more, weight, empty, closed, named = (copy.deepcopy(base) for _ in range(9))
    met["predicates"][1]["met"]["claimed"] = True
    passed["predicates"][1]["gates"][1]["passed"]["supported"] = True
    negative["index"]["claimed"] = -1
    above["index"]["supported"] = 100.1
    more["areas"][0]["documents"]["fulfilled"] = 11
    weight["index"]["weight"] = 1e300
    empty["predicates"] = [{"id": "WBK", "met": unit_sites.bases(claimed=True), "gates": []}]
    closed["predicates"][1]["gates"][1]["value"]["claimed"] = 76
    named["predicates"][0]["id"] = "units"
    return [met, passed, negative, above, more, weight, empty, closed, named]


@pytest.mark.parametrize(
    "data",
    contradicting(),
    ids=["met", "passed", "negative", "above", "documents", "weight", "empty", "closed", "named"],
)
def test_a_file_that_contradicts_itself_is_refused(data: dict[str, Any]) -> None:
    assert refused(data) == "contradiction"


def test_a_rounded_figure_may_lie_beside_its_minimum() -> None:
    data = unit_sites.readiness(index=75)
    data["predicates"][1]["gates"][1]["value"]["claimed"] = 74.999999
    assert read_readiness(unit_sites.text(data)).predicate("WBK") is not None
