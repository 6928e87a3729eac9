"""What PortalRB pulls of a unit: its place among the units that are proposed, and its answers with those of TPI.

The contract is section 4 of the exchange ("Panduan Teknis API Integrasi ZI" 1.0.0): three files by fixed names, every
value of an answer a string or null, an answer for each question (`soal`) in the order of its id. Of an item with counts
each count is a question of its own, the computed percentage is not sent, and its notes go to the first count.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from gettext import gettext as _
from typing import Any, assert_never
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import asdict

from generator.exchange.worksheet.assessed import shown_finding
from generator.exchange.worksheet.columns import one_line
from generator.exchange.worksheet.contents import counts_of
from generator.markup.plain_text import plain_text
from generator.model.addresses import item_path
from generator.model.instrument import Choices, Decrease, Instrument, Item, Linear, Ratio
from generator.model.paths import DEVICES
from generator.model.portfolio import Answer, DocumentUrl, Level, PortalrbUnit, Portfolio
from generator.model.text import Span
from generator.readiness.readiness import Readiness, on_level
from generator.readiness.scores import ItemReadiness

UNITS_WBK, UNITS_WBBM, ANSWERS = "pengusulan/unit-wbk", "pengusulan/unit-wbbm", "lke/jawaban-unit"
"""The files of units to propose, and the folder with a file of answers for each unit."""
CATEGORIES = {"WBK": UNITS_WBK, "WBK-AFIRMASI": UNITS_WBK, "WBBM": UNITS_WBBM}
"""The categories of a proposal, with the file that lists their units."""
AFFIRMATIVE = "WBK-AFIRMASI"
SETTINGS, INSTRUMENT = "portfolio.yaml", "instrument"
UNIT_ID = "[A-Za-z0-9](?:[A-Za-z0-9._~-]{0,126}[A-Za-z0-9_~-])?"
"""An id that is part of an address as it is, and the name of a file, unless Windows keeps that for a device."""
SOALS = 127
"""The questions of PortalRB in 2026."""


class SoalAnswer(Struct, frozen=True):
    """The answer to one question, with the names and in the order of the contract; what is blank is None."""

    soal_id: int
    jawaban_unit: str | None = None
    jawaban_tpi: str | None = None
    catatan_unit: str | None = None
    bukti_dukung_unit: str | None = None
    catatan_tpi: str | None = None


class UnitAnswers(Struct, frozen=True):
    """A unit with its answers; `affirmative` is None where nobody says whether affirmation applies."""

    id: str
    name: str
    year: int
    category: str
    affirmative: bool | None
    answers: tuple[SoalAnswer, ...]

    @property
    def blank(self) -> int:
        """How many questions the unit has not answered."""
        return sum(each.jawaban_unit is None for each in self.answers)


class PortalrbFault(Struct, frozen=True):
    """What PortalRB would reject, and what to do.

    `path` is a file of the portfolio, or INSTRUMENT; `at` is where in it: a span, a key of the settings, an item's id.
    """

    path: str
    at: Span | str | None
    sentence: str
    hint: str


def unit_answers(readiness: Readiness) -> tuple[UnitAnswers | None, tuple[PortalrbFault, ...]]:
    """Return what PortalRB is given of a unit; None, with every fault, where it would reject it."""
    portfolio = readiness.portfolio
    faults = [*_setting_faults(portfolio), *_instrument_faults(portfolio.instrument)]
    answers: list[SoalAnswer] = []
    for each in on_level(readiness, Level.TPI).items:
        found = _ItemAnswers(portfolio, each)
        answers += found.answers()
        faults += found.faults()
    unit, period = portfolio.portalrb, portfolio.period
    if faults or unit is None or period is None or period.end is None:
        return None, tuple(faults)
    category = _category(unit, portfolio)
    affirmative = True if category == AFFIRMATIVE else unit.affirmative
    ordered = tuple(sorted(answers, key=lambda each: each.soal_id))
    return UnitAnswers(unit.id, one_line(portfolio.unit), period.end.year, category, affirmative, ordered), ()


# The files


def files(units: Sequence[UnitAnswers]) -> dict[str, bytes]:
    """Return the files by their paths for one or more units of a year, the units in the order of their ids.

    Raises ValueError where there is no unit, two have one id, or their years differ.
    """
    ordered = sorted(units, key=lambda each: each.id)
    years, ids = {each.year for each in ordered}, Counter(each.id.casefold() for each in ordered)
    if len(years) != 1 or len(ids) != len(ordered):
        raise ValueError("one year, and each unit once")
    found: dict[str, Any] = {path: {"tahun": min(years), "units": []} for path in (UNITS_WBK, UNITS_WBBM)}
    for each in ordered:
        known = {} if each.affirmative is None else {"afirmasi": each.affirmative}
        row = {"id": each.id, "nama": each.name, "kategori": each.category, **known}
        found[CATEGORIES[each.category]]["units"].append(row)
    for each in ordered:
        answers = [asdict(answer) for answer in each.answers]
        found[f"{ANSWERS}/{each.id}"] = {
            "unit_id": each.id, "nama_unit": each.name, "tahun": each.year, "answers": answers
        }  # fmt: skip
    return {path: _encoded(data) for path, data in found.items()}


def _encoded(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def exported_units(paths: Collection[str], unit_wbk: bytes) -> tuple[str, ...] | None:
    """Return the ids of the units in an export, by the paths of its files and the content of UNITS_WBK.

    None where it is no export.
    """
    ids = tuple(sorted(path.removeprefix(f"{ANSWERS}/") for path in paths if path.startswith(f"{ANSWERS}/")))
    try:
        known = json.loads(unit_wbk).keys() == {"tahun", "units"}
    except (ValueError, AttributeError, RecursionError):
        return None
    expected = {UNITS_WBK, UNITS_WBBM, *(f"{ANSWERS}/{each}" for each in ids)}
    return ids if known and ids and set(paths) == expected else None


# Settings and instrument


def _category(unit: PortalrbUnit, portfolio: Portfolio) -> str:
    """Return the category of the proposal: as the settings say, else the predicate aimed at."""
    return unit.category or portfolio.target.id


def _setting_faults(portfolio: Portfolio) -> Iterator[PortalrbFault]:
    path, unit = SETTINGS, portfolio.portalrb
    if unit is None:
        sentence = _("PortalRB knows the unit by an id, which portfolio.yaml does not have.")
        yield PortalrbFault(path, None, sentence, _hint(_UNIT_LINES[portfolio.language]))
    else:
        yield from _unit_faults(path, unit, portfolio)
    if portfolio.period is None or portfolio.period.end is None:
        sentence = _(
            "The year of the answers is that of the last day of the period, which portfolio.yaml does not have."
        )
        at = None if portfolio.period is None else "period"
        yield PortalrbFault(path, at, sentence, _hint(_PERIOD_LINES[portfolio.language]))


_UNIT_LINES = {
    "id": "portalrb: {id_unit: UNIT-001, kategori: WBK}",
    "en": "portalrb: {unit_id: UNIT-001, category: WBK}",
}
_PERIOD_LINES = {
    "id": "periode: {dari: 2026-01-01, sampai: 2026-12-31}",
    "en": "period: {from: 2026-01-01, to: 2026-12-31}",
}


def _hint(line: str) -> str:
    return _("write in portfolio.yaml: {line}").format(line=line)


def _unit_faults(path: str, unit: PortalrbUnit, portfolio: Portfolio) -> Iterator[PortalrbFault]:
    if not re.fullmatch(UNIT_ID, unit.id) or re.fullmatch(rf"(?i:{DEVICES})(?:\..*)?", unit.id):
        sentence = _("`{id}` cannot be part of the address that PortalRB asks for.").format(id=unit.id)
        hint = _("let unit_id be letters without accents, digits, `-`, `.`, `_` and `~`, as in UNIT-001")
        yield PortalrbFault(path, "portalrb", sentence, hint)
    if _category(unit, portfolio) not in CATEGORIES:
        sentence = _("PortalRB has no category for {target}, the predicate aimed at.").format(
            target=portfolio.target.id
        )
        hint = _("write category: WBK, WBK-AFIRMASI or WBBM below portalrb")
        yield PortalrbFault(path, "portalrb", sentence, hint)
    if unit.category == AFFIRMATIVE and unit.affirmative is False:
        sentence = _("The category is WBK-AFIRMASI, and affirmative says that no affirmation applies.")
        yield PortalrbFault(path, "portalrb", sentence, _("write affirmative: true, or category: WBK"))


def soals_of(item: Item) -> tuple[tuple[int | None, str], ...]:
    """Return the questions of an item: the id of each, None where the instrument has none, and the key of its count."""
    if item.inputs:
        return tuple((each.portalrb, each.key) for each in item.inputs)
    return ((item.portalrb, ""),)


def _instrument_faults(instrument: Instrument) -> Iterator[PortalrbFault]:
    questions = [(item, *each) for item in instrument.items() for each in soals_of(item)]
    hint = _("give each item, or each of its counts, its own `portalrb`; the instrument lke-zi-90-2021 has them")
    if all(number is None for _item, number, _key in questions):
        sentence = _("The instrument {id} has no numbers of PortalRB.").format(id=instrument.id)
        yield PortalrbFault(INSTRUMENT, None, sentence, hint)
        return
    owners: dict[int, str] = {}
    for item, number, key in questions:
        name = f"{item.id} ({key})" if key else item.id
        if number is None:
            sentence = _("{item} has no number of PortalRB in the instrument {id}.").format(item=name, id=instrument.id)
            yield PortalrbFault(INSTRUMENT, item.id, sentence, hint)
        elif number in owners:
            sentence = _("{item} and {other} have the same number of PortalRB, {number}.")
            filled_in = sentence.format(item=name, other=owners[number], number=number)
            yield PortalrbFault(INSTRUMENT, item.id, filled_in, hint)
        else:
            owners[number] = name


# The answers of an item


class _ItemAnswers(Struct, frozen=True):
    portfolio: Portfolio
    item: ItemReadiness

    def answers(self) -> Iterator[SoalAnswer]:
        """Yield the answers to the questions of an item that have an id."""
        own, assessed = (_values(self.item.item, each) for each in (self.item.answer, self.item.assessed_answer))
        notes = (self._note() or None, self._finding_text() or None)
        for number, key in soals_of(self.item.item):
            if number is not None:
                note, finding = notes
                yield SoalAnswer(
                    number, own.get(key), assessed.get(key), note, self._evidence() or None, finding
                )  # fmt: skip
                notes = (None, None)

    def faults(self) -> Iterator[PortalrbFault]:
        """Yield the answers of which the counts are missing: PortalRB takes no percentage."""
        item, own, assessed = self.item.item, self.item.answer, self.item.assessed_answer
        hint = _("write its counts: {inputs}").format(
            inputs="{" + ", ".join(f"{each.key}: …" for each in item.inputs) + "}"
        )
        if own is not None and not _values(item, own):
            path, at = self.portfolio.answer_places.get(item.id, ("assessment", None))
            sentence = _("{item} is answered with {value}, and PortalRB takes its counts alone.")
            yield PortalrbFault(path, at, sentence.format(item=item.id, value=own.text), hint)
        finding = shown_finding(self.item)
        if finding is not None and assessed is not None and not _values(item, assessed):
            sentence = _("TPI answers {item} with {value}, and PortalRB takes its counts alone.")
            yield PortalrbFault(finding.path, None, sentence.format(item=item.id, value=assessed.text), hint)

    def _note(self) -> str:
        answer = self.item.answer
        note = self.portfolio.notes.get(self.item.item.id) if answer is None else answer.note
        return one_line(note or "")

    def _finding_text(self) -> str:
        finding = shown_finding(self.item)
        if finding is None:
            return ""
        lines = plain_text(finding.text.rendered).split("\n")
        return "\n".join("".join(each if each.isprintable() else " " for each in line).rstrip() for line in lines)

    def _evidence(self) -> str:
        """Return the address of the item's page, else those of its accepted documents on the web."""
        if self.portfolio.site_url is not None:
            return f"{self.portfolio.site_url}{quote(item_path(self.item.item.id))}"
        addresses = (
            each.source.address
            for each in self.item.accepted
            if isinstance(each.source, DocumentUrl) and not each.confidential
        )
        return ";".join(dict.fromkeys(one_line(each).replace(";", "%3B") for each in addresses))


def _values(item: Item, answer: Answer | None) -> Mapping[str, str]:
    """Return the answer to each question of an item by the key of its count; nothing where counts are missing."""
    if answer is None:
        return {}
    if item.inputs:
        counts = dict(answer.inputs) or dict(counts_of(item, answer))
        return {key: str(int(count)) for key, count in _whole(counts.items())}
    match item.scale:
        case Choices():
            return {"": answer.text.upper() if len(answer.text) == 1 else answer.text}
        case Linear(maximum):
            return {"": decimal_text(answer.value * maximum)}
        case Ratio() | Decrease():
            return {"": answer.text}
        case _:
            assert_never(item.scale)


def _whole(counts: Iterable[tuple[str, Fraction]]) -> Iterable[tuple[str, Fraction]]:
    """Return counts, or nothing where one of them counts nothing: it is no whole number, or below 0."""
    found = list(counts)
    return found if all(count.denominator == 1 and count >= 0 for _key, count in found) else ()


def decimal_text(value: Fraction) -> str:
    """Write a number whose decimals end with all of them and a decimal point."""
    with localcontext() as context:
        context.prec = 80
        written = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
