"""Reviews as files: Python's own canonical form and digest, and what is refused when one is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from random import Random
from typing import Any

from generator.authoring.new_portfolio import shipped
from tests.support.desk import ASSESSOR, PORTFOLIO, Tab, index_items

INDEX = index_items(shipped())
IDS = [each["id"] for each in INDEX]
WHEN = "2026-11-30T10:42:00+07:00"
READ = "given => catatDesk.review.read(...given)"
BUILD = "given => catatDesk.review.build(...given)"
PIECES = (
    *('"', "'", "\\", "/", "\n", "\r\n", "\t", "\b", "\f", "\0", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff"),
    *("é", "e\u0301", "İ", "ﬁ", "\uffff", "\ufffd", "🎉", "👨‍👩‍👧", "𝔸", "\U0010ffff", "بحث"),
    *("</script>", "__proto__", "1", "10", "a", "Z"),
)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def signed(review: dict[str, Any]) -> dict[str, Any]:
    """A review with the digest that it should have."""
    unsigned = {key: value for key, value in review.items() if key != "digest"}
    return {**unsigned, "digest": digest(unsigned)}


def entry(item: str, **fields: Any) -> dict[str, Any]:
    """What the desk keeps of an item."""
    return {
        "item": item,
        "claimed": "Ya",
        "answer": "Tidak",
        "condition": "Rapat tanpa notulen.",
        "note": "",
        "recommendation": "",
        "state": "decided",
        "decided": WHEN,
        "seen": "0123456789abcdef",
        "changed": WHEN,
        "evidence": [],
        **fields,
    }


def verdict(**fields: Any) -> dict[str, Any]:
    judged = {"record": "rapat", "file": "a b.pdf", "sha256": "9f" * 32}
    return {**judged, "verdict": "rejected", "reason": "period", "note": "", **fields}


def review(**fields: Any) -> dict[str, Any]:
    """A review as a file has it, signed."""
    item = {key: value for key, value in entry(IDS[0]).items() if key not in {"seen", "changed"}}
    portfolio = {key: PORTFOLIO[key] for key in ("id", "unit", "instrument", "as_of", "sums")}
    return signed(
        {
            "schema": "catat.review/1",
            "portfolio": portfolio,
            "assessor": ASSESSOR,
            "exported": WHEN,
            "items": [{**item, "evidence": [verdict()]}],
            **fields,
        }
    )


def reading(tab: Tab, text: str | dict[str, Any]) -> Any:
    written = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return tab.evaluate(READ, [written, PORTFOLIO, INDEX])


def any_value(random: Random, depth: int = 0) -> Any:
    kind = random.randrange(6 if depth > 3 else 8)
    if kind == 6:
        return [any_value(random, depth + 1) for _ in range(random.randrange(5))]
    if kind == 7:
        return {any_text(random): any_value(random, depth + 1) for _ in range(random.randrange(6))}
    return random.choice((None, True, False, random.randrange(-(2**53) + 1, 2**53), any_text(random), any_text(random)))


def any_text(random: Random) -> str:
    return "".join(random.choices(PIECES, k=random.randrange(6)))


def test_canonical_form_and_digest_are_those_of_python(tab: Tab) -> None:
    random = Random(1)
    values = [any_value(random) for _ in range(1500)]
    values += [dict.fromkeys(PIECES, 1), {"\uffff": 1, "\U00010000": 2, "\ue000": 3, "a": 4, "": 5}]
    found = tab.evaluate(
        """texts => texts.map(text => {
            const {canonical, sha256} = catatDesk.review, form = canonical(JSON.parse(text));
            return [form, sha256(form)];
        })""",
        [json.dumps(each) for each in values],
    )
    assert found == [[canonical(each), digest(each)] for each in values]


def test_the_digest_is_right_at_every_length_of_its_last_block(tab: Tab) -> None:
    texts = ["x" * length for length in range(200)] + ["é€🎉" * 40]
    found = tab.evaluate("texts => texts.map(catatDesk.review.sha256)", texts)
    assert found == [hashlib.sha256(each.encode()).hexdigest() for each in texts]


def test_the_check_code_is_the_beginning_of_the_digest_in_groups(tab: Tab) -> None:
    code = "digest => catatDesk.review.code(digest)"
    assert tab.evaluate(code, f"9f2c41ab07de55aa{'0' * 48}") == "9F2C 41AB 07DE 55AA"


def test_five_megabytes_of_notes_are_written_and_read_again(tab: Tab) -> None:
    written, found = tab.evaluate(
        """([build, portfolio, assessor, entry, items]) => {
            const {build: written, read} = catatDesk.review, note = "Rapat \\u2028 “é” 🎉 ".repeat(2500);
            const entries = Object.fromEntries(items.map(({id}) => [id, {...entry, item: id, note}]));
            const review = written(portfolio, assessor, entries, items, "2026-11-30T10:42:00+07:00");
            const text = JSON.stringify(review);
            return [text, read(text, portfolio, items)];
        }""",
        ["", PORTFOLIO, ASSESSOR, entry(IDS[0]), INDEX],
    )
    loaded = json.loads(written)
    assert len(written.encode()) > 5_000_000
    assert loaded == signed(loaded)
    assert found == {"review": loaded, "remarks": []}


def test_a_review_has_what_was_begun_in_the_order_of_the_index(tab: Tab) -> None:
    entries = {
        IDS[5]: entry(IDS[5], state="begun", answer="", decided=""),
        "X.1": entry("X.1"),
        IDS[2]: entry(IDS[2], evidence=[{**verdict(), "href": "files/a.pdf"}], answer={"inputs": {"n_agen": 5}}),
        IDS[0]: entry(IDS[0], seen="another"),
        IDS[1]: entry(IDS[1], state="flagged", claimed=None),
    }
    found = tab.evaluate(BUILD, [PORTFOLIO, ASSESSOR, entries, INDEX, WHEN])
    assert list(found) == ["schema", "portfolio", "assessor", "exported", "items", "digest"]
    assert found == signed(found)
    assert found["portfolio"] == {key: PORTFOLIO[key] for key in ("id", "unit", "instrument", "as_of", "sums")}
    assert (found["assessor"], found["exported"]) == (ASSESSOR, WHEN)
    assert [each["item"] for each in found["items"]] == [IDS[0], IDS[1], IDS[2], IDS[5], "X.1"]
    assert [each["state"] for each in found["items"]] == ["changed", "flagged", "decided", "begun", "changed"]
    assert found["items"][2] == {
        **{key: value for key, value in entries[IDS[2]].items() if key not in {"seen", "changed"}},
        "evidence": [verdict()],
    }
    assert found["items"][1]["claimed"] is None


def test_half_a_character_does_not_break_the_file(tab: Tab) -> None:
    broken = {IDS[0]: entry(IDS[0], note="surogat \ud800 tunggal \udfff", condition="🎉")}
    # As an escape: the protocols of the browsers carry no half of a character.
    given = json.dumps([PORTFOLIO, ASSESSOR, broken, INDEX, WHEN])
    found = tab.evaluate(f"text => ({BUILD})(JSON.parse(text))", given)
    assert found == signed(found)
    assert [found["items"][0][key] for key in ("note", "condition")] == ["surogat \ufffd tunggal \ufffd", "🎉"]


def test_what_was_written_is_read_again(tab: Tab) -> None:
    evidence = [verdict(), verdict(file="b.pdf")]
    entries = {each: entry(each, note=f"Catatan {each}", evidence=evidence) for each in IDS[:20]}
    written = tab.evaluate(BUILD, [PORTFOLIO, ASSESSOR, entries, INDEX, WHEN])
    plain = json.dumps(written, ensure_ascii=False)
    for text in (plain, f"\ufeff{plain}", json.dumps(written, indent=1)):
        assert reading(tab, text) == {"review": written, "remarks": []}


TAMPERED = review()
TAMPERED["items"][0]["answer"] = "Ya"

REFUSED: dict[str, tuple[str | dict[str, Any], str, str]] = {
    "empty": ("", "json", ""),
    "no-json": ("PK\x03\x04", "json", ""),
    "cut": (json.dumps(review())[:-9], "json", ""),
    "null": ("null", "json", ""),
    "too-deep": ('{"a":' * 200_000 + "1" + "}" * 200_000, "json", ""),
    "a-list": ("[]", "json", ""),
    "no-text-as-schema": ({"schema": {"a": 1}}, "json", ""),
    "other-schema": (review(schema="catat.lhe/1"), "schema", "catat.lhe/1"),
    "later-schema": (review(schema="catat.review/2"), "later", "catat.review/2"),
    "no-name": (review(assessor={**ASSESSOR, "name": " "}), "schema", "assessor.name"),
    "no-level": (review(assessor={**ASSESSOR, "level": "XXX"}), "schema", "assessor.level"),
    "tampered": (TAMPERED, "digest", ""),
    "unsigned": ({**review(), "digest": None}, "digest", ""),
    "other-portfolio": (review(portfolio={**PORTFOLIO, "id": "00", "unit": "Balai Lain"}), "portfolio", "Balai Lain"),
    "no-portfolio": (review(portfolio=None), "schema", "portfolio"),
    "no-assessor": (review(assessor=["Rahmawati"]), "schema", "assessor"),
    "no-items": (review(items={}), "schema", "items"),
    "twice": (review(items=review()["items"] * 2), "schema", "items[1]"),
    "no-entry": (review(items=[*review()["items"], None]), "schema", "items[1]"),
    "answer": (review(items=[{**review()["items"][0], "answer": ["Ya"]}]), "schema", "items[0]"),
    "inputs": (review(items=[{**review()["items"][0], "answer": {"inputs": 5}}]), "schema", "items[0]"),
    "state": (review(items=[{**review()["items"][0], "state": "selesai"}]), "schema", "items[0]"),
    "evidence": (review(items=[{**review()["items"][0], "evidence": {}}]), "schema", "items[0].evidence"),
    "verdict": (
        review(items=[{**review()["items"][0], "evidence": [verdict(), verdict(verdict="")]}]),
        "schema",
        "items[0].evidence[1]",
    ),
}


def test_what_is_no_review_of_this_portfolio_is_refused(tab: Tab) -> None:
    found = {case: reading(tab, text) for case, (text, _, _) in REFUSED.items()}
    assert found == {case: {"problem": problem, "detail": detail} for case, (_, problem, detail) in REFUSED.items()}


def test_an_unknown_item_is_a_remark_and_the_rest_is_read(tab: Tab) -> None:
    known = review()["items"][0]
    lost = {**known, "item": "X.1", "note": "Butir lain"}
    found = reading(tab, review(items=[lost, known]))
    assert found["review"]["items"] == [known]
    assert found["remarks"] == [{"code": "unknown", "detail": "X.1", "item": lost}]


def test_a_review_of_an_older_copy_is_read_with_remarks(tab: Tab) -> None:
    older = {**review()["portfolio"], "as_of": "2026-10-01", "sums": "decade"}
    found = reading(tab, review(portfolio=older))
    assert found["review"]["items"] == review()["items"]
    assert found["remarks"] == [{"code": "as_of", "detail": "2026-10-01"}, {"code": "sums", "detail": "decade"}]


def test_whose_review_it_is_stands_in_it(tab: Tab) -> None:
    other = {"name": "Budi", "level": "TPN"}
    found = reading(tab, review(assessor=other))
    assert found["review"]["assessor"] == {**other, "assignment": ""}
    assert found["remarks"] == []


def test_reading_never_fails_whatever_a_review_holds(tab: Tab) -> None:
    random = Random(3)
    texts = [json.dumps(signed(spoilt(json.loads(json.dumps(review())), random))) for _ in range(1500)]
    found = tab.evaluate(
        """([texts, portfolio, items]) => texts.map(text => {
            const {review, problem} = catatDesk.review.read(text, portfolio, items);
            return review ? typeof catatDesk.review.canonical(review) : problem;
        })""",
        [texts, PORTFOLIO, INDEX],
    )
    assert set(found) >= {"schema", "portfolio", "string"}
    assert set(found) <= {"schema", "portfolio", "string", "json"}


def spoilt(value: dict[str, Any], random: Random) -> dict[str, Any]:
    """A review with anything in the place of some thing in it."""
    places = list(inside(value))
    odd = (None, True, 5, -1.5, "", "\u2028", [], {}, [None], {"inputs": []}, {"__proto__": 1})
    random.choice(places)(random.choice(odd))
    return value


def inside(value: Any) -> list[Callable[[Any], None]]:
    """What sets each place within a value."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    here = [lambda new, key=key: value.__setitem__(key, new) for key, _ in pairs]
    return here + [each for _, below in pairs for each in inside(below)]
