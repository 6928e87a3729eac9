"""The arithmetic of the desk: equal to that of the site, to the last fraction."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from generator.authoring.new_portfolio import shipped
from generator.languages.words import Words
from generator.messages.source import Source
from generator.model.instrument import Choices, Item, Linear
from generator.model.portfolio import Answer, Finding, Level
from generator.model.text import Span
from generator.readiness.scores import ItemFacts, Standings, item_readiness, standings
from generator.reading import nodes
from generator.reading.answers import understand
from generator.reading.problems import Problems
from tests.support import builders
from tests.support.desk import Tab, index_items

Given = str | Mapping[str, Any] | None

DAY = datetime.date(2026, 11, 30)
ITEMS = {item.id: item for item in shipped().items()}
INDEX = index_items(shipped())
NONSENSE = (
    *("", " ", "\u2028", "Mungkin", "ya tidak", "5", "0", "-1", "1e3", "1.250.000", "½", "٣", "3,5,1", "NaN", "null"),
    *("constructor", "__proto__", "100", "%", "/", "1/", "/2", "1//2", "1/2/3", "-1/2", "1.5/2", "9999999999999/1"),
)


def scalar(text: str) -> nodes.Scalar:
    return nodes.Scalar(text, Span(0, 1), plain=text == "")


def meant(item: Item, given: Given) -> Answer | None:
    """What the site reads in an answer."""
    problems = Problems(Source("assessment/1.md", "."))
    if given is None:
        return None
    if isinstance(given, str):
        return understand(scalar(given), item, problems)
    pairs = ((scalar(key), scalar("" if each is None else str(each))) for key, each in given["inputs"].items())
    inputs = nodes.Mapping(tuple(pairs), Span(0, 1))
    return understand(nodes.Mapping(((scalar("inputs"), inputs),), Span(0, 1)), item, problems)


def any_answer(item: Item, random: Random) -> Given:
    """Any answer that somebody may give, right or wrong."""
    if random.random() < 0.1:
        return random.choice((*NONSENSE, None))
    if item.inputs and random.random() < 0.7:
        return {"inputs": {key: any_count(random) for key in any_keys(item, random)}}
    space = random.choice(("", "", " ", "\u00a0", "\t", "\u3000\n"))
    match item.scale:
        case Choices(values):
            name = random.choice((*(name for name, _ in values), "yes", "No", "TRUE", "false", "ya", "F"))
            text = random.choice((name, name, name.upper(), name.lower()))
        case Linear(maximum):
            text = f"{random.uniform(0, float(maximum) * 1.1):.{random.randrange(5)}f}"
            text = random.choice((text, text.replace(".", ","), str(maximum)))
        case _:
            of, over = random.randrange(30), random.randrange(30) * random.choice((0, 1, 1, 1))
            percent = f"{random.uniform(0, 120):.{random.randrange(4)}f}{space}%"
            text = random.choice((f"{of}{space}/{space}{over}", f"{of}/{over}", percent, percent.replace(".", ",")))
    return f"{space}{text}{space}"


def any_keys(item: Item, random: Random) -> list[str]:
    keys = [each.key for each in item.inputs if random.random() < 0.95]
    return [*keys, *(["n_lain"] if random.random() < 0.05 else [])]


def any_count(random: Random) -> int | str | None:
    odd = random.choice((None, "", " 7 ", "1.250", "2,5", "-3", "1e2", "lima", "0", 10**12, 999999999999))
    return odd if random.random() < 0.15 else random.choice((0, random.randrange(10), random.randrange(10**6)))


def test_thousands_of_answers_are_worth_what_the_site_reads_in_them(tab: Tab) -> None:
    random = Random(7)
    times = {item.id: 150 if item.inputs else 30 for item in ITEMS.values()}
    rounds = [(item, any_answer(item, random)) for item in ITEMS.values() for _ in range(times[item.id])]
    found = tab.evaluate(
        """([items, rounds]) => {
            const {text, valueOf} = catatDesk.fractions, byId = new Map(items.map(each => [each.id, each]));
            return rounds.map(([id, answer]) => {
                const {value, problem} = valueOf(byId.get(id), answer);
                return value ? text(value) : problem ? null : "neither";
            });
        }""",
        [INDEX, [(item.id, given) for item, given in rounds]],
    )
    expected = [meant(item, given) for item, given in rounds]
    wrong = [
        (item.id, given, have, answer)
        for (item, given), have, answer in zip(rounds, found, expected, strict=True)
        if have != (None if answer is None else str(answer.value))
    ]
    assert len(rounds) > 4000
    assert sum(answer is not None for answer in expected) > 1500
    assert wrong == []


def test_a_sum_is_the_exact_assessed_index_and_that_of_each_area(tab: Tab) -> None:
    random = Random(8)
    rounds = [
        {item.id: any_answer(item, random) for item in ITEMS.values() if random.random() < 0.9} for _ in range(40)
    ]
    found = tab.evaluate(
        """([items, rounds]) => {
            const {text, sum} = catatDesk.fractions;
            return rounds.map(answers => {
                const {index, answered, areas} = sum(items, answers);
                return [text(index), answered, Object.fromEntries(Object.entries(areas).map(([n, f]) => [n, text(f)]))];
            });
        }""",
        [INDEX, rounds],
    )
    assert found == [as_assessed(answers) for answers in rounds]
    assert tab.evaluate("items => catatDesk.fractions.text(catatDesk.fractions.sum(items, {}).index)", INDEX) == "0"


def as_assessed(answers: Mapping[str, Given]) -> list[Any]:
    """The index, the count of answers and the areas that the site computes where an assessor answered so."""
    read = {id_: meant(item, answers.get(id_)) for id_, item in ITEMS.items()}
    stood = assessed(read)
    areas = {str(number): str(area.scores.assessed) for number, area in stood.areas.items()}
    return [str(stood.index.scores.assessed), sum(each is not None for each in read.values()), areas]


def assessed(answers: Mapping[str, Answer | None]) -> Standings:
    rows = []
    for item in ITEMS.values():
        finding = Finding("findings/1.md", item.id, DAY, None, answers[item.id], False, (), True, builders.no_text())
        rows.append(item_readiness(ItemFacts(item, None, (), (), (), (finding,), Level.TPI)))
    return standings(shipped(), rows)


def item_of(kind: str) -> dict[str, Any]:
    return next(each for each in INDEX if each["kind"] == kind)


DECREASE, RATIO, CHOICES, LINEAR = map(item_of, ("decrease", "ratio", "choices", "linear"))
BEFORE, NOW = (next(each["key"] for each in DECREASE["inputs"] if each["role"] == role) for role in ("before", "now"))
OF = next(each["key"] for each in RATIO["inputs"] if each["role"] == "of")
OVER = [each["key"] for each in RATIO["inputs"] if each["role"] == "over"]


def test_each_kind_of_answer_has_its_value_or_its_problem(tab: Tab) -> None:
    cases: list[tuple[dict[str, Any], Any, str]] = [
        (CHOICES, "", "incomplete"),
        (CHOICES, None, "incomplete"),
        (CHOICES, "Z", "scale"),
        (CHOICES, {"inputs": {"n": 5}}, "scale"),
        (CHOICES, {}, "scale"),
        (RATIO, "17/20", "17/20"),
        (RATIO, "0/0", "1"),
        (RATIO, "5/0", "over-zero"),
        (RATIO, "25/20", "1"),
        (RATIO, "94,7%", "947/1000"),
        (RATIO, "94.7 %", "947/1000"),
        (RATIO, "120%", "1"),
        (RATIO, "B", "scale"),
        (RATIO, {"inputs": {}}, "incomplete"),
        (RATIO, {"inputs": {OF: 5}}, "incomplete"),
        (RATIO, {"inputs": {OF: 5, **dict.fromkeys(OVER, 0)}}, "over-zero"),
        (RATIO, {"inputs": {OF: 0, **dict.fromkeys(OVER, 0)}}, "1"),
        (RATIO, {"inputs": {OF: "1.250", **dict.fromkeys(OVER, 5)}}, "count"),
        (RATIO, {"inputs": {OF: [1], **dict.fromkeys(OVER, 5)}}, "count"),
        (RATIO, {"inputs": {"lain": 5}}, "scale"),
        (RATIO, {"inputs": "lima"}, "scale"),
        (RATIO, ["17/20"], "incomplete"),
        (DECREASE, "50%", "scale"),
        (DECREASE, {"inputs": {BEFORE: 8, NOW: 2}}, "3/4"),
        (DECREASE, {"inputs": {BEFORE: 2, NOW: 8}}, "0"),
        (DECREASE, {"inputs": {BEFORE: 0, NOW: 0}}, "1"),
        (DECREASE, {"inputs": {BEFORE: 0, NOW: 1}}, "0"),
        (DECREASE, {"inputs": {BEFORE: 4}}, "incomplete"),
        (LINEAR, LINEAR["maximum"], "1"),
        (LINEAR, f"{LINEAR['maximum']},01", "range"),
        (LINEAR, "3,5", str(Fraction("3.5") / Fraction(LINEAR["maximum"]))),
        (LINEAR, "baik", "scale"),
    ]
    found = tab.evaluate(
        """cases => cases.map(([item, answer]) => {
            const {value, problem} = catatDesk.fractions.valueOf(item, answer);
            return value ? catatDesk.fractions.text(value) : problem;
        })""",
        cases,
    )
    assert list(zip((answer for _, answer, _ in cases), found, strict=True)) == [(a, e) for _, a, e in cases]


def test_what_is_blank_around_an_answer_is_what_python_takes_for_it(tab: Tab) -> None:
    letters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    found = tab.evaluate(
        "([item, letters]) => letters.filter(each => catatDesk.fractions.valueOf(item, `${each}Ya${each}`).value)",
        [next(each for each in INDEX if each["choices"][:1] == [{"answer": "Ya", "value": "1"}]), letters],
    )
    assert found == [each for each in letters if each.isspace()]


def test_figures_are_written_as_the_pages_write_them(tab: Tab) -> None:
    random = Random(9)
    halves = [(Fraction(n, 1000), 2) for n in (4, 5, 995, 1005, 99995, 74995, 1234567895)]
    rounds = [*halves, *((any_fraction(random), random.randrange(7)) for _ in range(500))]
    for language in ("id", "en"):
        found = tab.evaluate(
            "([rounds, language]) => rounds.map(([text, places]) => "
            "catatDesk.fractions.decimal(catatDesk.fractions.parse(text), places, language))",
            [[(str(value), places) for value, places in rounds], language],
        )
        words = Words(language)
        assert found == [words.number(value, places) for value, places in rounds]


def test_fractions_add_multiply_and_compare_exactly(tab: Tab) -> None:
    random = Random(10)
    pairs = [(any_fraction(random), any_fraction(random)) for _ in range(500)]
    pairs += [(Fraction(1, 3), Fraction(1, 3))]
    found = tab.evaluate(
        """pairs => pairs.map(pair => {
            const {parse, text, add, multiply, compare} = catatDesk.fractions, [a, b] = pair.map(parse);
            return [text(add(a, b)), text(multiply(a, b)), compare(a, b)];
        })""",
        [(str(a), str(b)) for a, b in pairs],
    )
    assert found == [[str(a + b), str(a * b), (a > b) - (a < b)] for a, b in pairs]


def any_fraction(random: Random) -> Fraction:
    return Fraction(random.randrange(10 ** random.randrange(18)), random.randrange(1, 10 ** random.randrange(1, 18)))


def test_what_is_no_fraction_is_not_read_as_one(tab: Tab) -> None:
    texts = ["2/4", "007", "0", "1/0", "-1/2", "1.5", "", " 1", "1/2\n", "1/", "٣"]
    read = "({parse, text}, texts) => texts.map(each => { const f = parse(each); return f && text(f); })"
    assert tab.evaluate(f"texts => ({read})(catatDesk.fractions, texts)", texts) == ["1/2", "7", "0", *[None] * 8]
