"""A review, `catat.review/1`, as values: what one assessor decided at the desk (contract: review, section 3).

A file that is no review of the portfolio is refused as a whole. An entry that is not what the contract says is refused
alone, with its place, and the rest is read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.exchange.readiness_json import portfolio_id
from generator.exchange.review_digest import SCHEMA, review_code, review_digest
from generator.exchange.review_schema import STATES, VERDICTS
from generator.importing import json_reading
from generator.importing.answer_edits import WrittenAnswer
from generator.importing.json_reading import JsonRefused, JsonValue
from generator.messages.printable import printable
from generator.messages.refusals import Refused
from generator.model.portfolio import Level, Portfolio
from generator.reading.findings import SHA256_PATTERN

_UNDECIDED = frozenset(("begun", "flagged"))
_SHOWN = 60
"""Characters of a value that a sentence shows."""
_DIGITS = 15


class ReviewPlace(Struct, frozen=True):
    """A value in a review: the file's name, the JSON pointer (RFC 6901), and the line; 0 where that is not known.

    In a workbook it is a cell, as `Jawaban!G12`, or a sheet; `parts` are the cells of values below, by their keys.
    """

    file: str
    pointer: str = ""
    line: int = 0
    cell: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return it as people read it: `penilaian.json:14 /items/3/answer`, `penilaian.xlsx Jawaban!G12`."""
        return f"{self.file}{f':{self.line}' if self.line else ''}{f' {self.within}' if self.within else ''}"

    @property
    def within(self) -> str:
        """The cell, else the JSON pointer."""
        return self.cell or self.pointer

    def below(self, key: str) -> ReviewPlace:
        """Return the place of a value of this object."""
        return ReviewPlace(self.file, f"{self.pointer}/{key}", self.line, dict(self.parts).get(key, self.cell))


class ReviewRemark(Struct, frozen=True):
    """One remark on a review, in the language that is spoken. `blocks`: something of it was not taken."""

    code: str
    place: ReviewPlace
    sentence: str
    blocks: bool = True


class ReviewRefused(Refused):
    """A review, or an entry of it, cannot be taken; `remark` says where and why."""

    def __init__(self, remark: ReviewRemark) -> None:
        super().__init__(remark.sentence)
        self.remark = remark


class ReviewVerdict(Struct, frozen=True):
    """A verdict on one document as a review has it."""

    place: ReviewPlace
    record: str
    file: str
    sha256: str
    accepted: bool
    reason: str
    note: str


class ReviewEntry(Struct, frozen=True):
    """What an assessor said of one item. `day` is that of the decision, else of the export.

    It is None where the assessor has begun the item or flagged it, also after a decision: what was changed since is
    not decided. `complete`: no verdict on it was refused.
    """

    place: ReviewPlace
    item: str
    claimed: str | None
    answer: WrittenAnswer
    condition: str
    note: str
    recommendation: str
    state: str
    day: datetime.date | None
    verdicts: tuple[ReviewVerdict, ...]
    complete: bool = True

    @property
    def is_blank(self) -> bool:
        """Whether the assessor said nothing."""
        texts = (self.answer.text, self.condition, self.note, self.recommendation)
        return not (any(texts) or self.answer.inputs or self.verdicts)


class Review(Struct, frozen=True):
    """One file of an assessor, and the remarks on the entries of it that were refused.

    `edited`: it is a workbook that says something else than when the desk exported it, and so no signed sheet is of it.
    """

    file: str
    digest: str
    assessor: str
    level: Level
    assignment: str
    exported: str
    entries: tuple[ReviewEntry, ...]
    remarks: tuple[ReviewRemark, ...] = ()
    edited: bool = False

    @property
    def exported_at(self) -> datetime.datetime:
        """The moment of its export, in UTC where it names no zone; the earliest one where it is no time."""
        try:
            moment = datetime.datetime.fromisoformat(self.exported.strip())
        except ValueError:
            moment = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=datetime.UTC)


def read(path: Path, portfolio: Portfolio) -> Review:
    """Return the review in a file. Raises ReviewRefused where it is none of the portfolio's, and OSError."""
    try:
        content = json_reading.read(path, exact=True)
    except JsonRefused as refused:
        sentence = f"{refused.sentence} {_('Ask the assessor for the file as the desk exported it.')}"
        raise ReviewRefused(ReviewRemark("json-invalid", ReviewPlace(printable(path.name)), sentence)) from refused
    return ReviewReader(printable(path.name)).review(content, portfolio)


Keys = Mapping[str, JsonValue]
_IN_PLACES = ("item", "claimed", "answer")
"""The keys of an entry that the place of the entry leads to."""


class ReviewReader(Struct):
    """Reads one review; `cells` are the cells of a workbook by the JSON pointers of what they hold, if it is one."""

    file: str
    cells: Mapping[str, str] = {}
    remarks: list[ReviewRemark] = field(default_factory=list)
    edited: bool = False

    def review(self, content: JsonValue, portfolio: Portfolio) -> Review:
        """Return the review that a value is. Raises ReviewRefused where it is none of the portfolio's."""
        keys = self._keys(content, "", "schema-unknown", _("This is no review of the assessor's desk."))
        self._ensure_schema(keys)
        digest = self._ensure_digest(content, keys)
        self._ensure_portfolio(keys, portfolio)
        name, level, assignment = self._assessor(keys)
        exported = self._text(keys, "", "exported")
        items = keys.get("items", JsonValue(None, content.line))
        if not isinstance(items.value, tuple):
            raise self._refused("items-missing", "/items", items.line, _("There has to be a list of items."))
        entries = tuple(self._once([*self._entries(items.value, exported)]))
        return Review(self.file, digest, name, level, assignment, exported, entries, tuple(self.remarks), self.edited)

    # The whole file

    def _ensure_schema(self, keys: Keys) -> None:
        given = keys.get("schema", JsonValue(None, 0))
        if given.value == SCHEMA:
            return
        shown = _shown(given.value) if isinstance(given.value, str) else ""
        if shown.startswith(SCHEMA.partition("/")[0] + "/"):
            sentence = _("The file is {schema}, and this program reads {known}. Use the newest version of Catat.")
        elif shown:
            sentence = _("The file is {schema}, and no review of the assessor's desk ({known}).")
        else:
            sentence = _("This is no review of the assessor's desk: it does not begin with its schema, {known}.")
        raise self._refused("schema-unknown", "/schema", given.line, sentence.format(schema=shown, known=SCHEMA))

    def _ensure_digest(self, content: JsonValue, keys: Keys) -> str:
        given = keys.get("digest", JsonValue(None, content.line))
        written = given.value.strip().casefold() if isinstance(given.value, str) else ""
        plain = self._plain(content, "")
        computed = review_digest(plain)
        if written != computed and self.cells:
            self.edited = True
            self._tell_edited(written)
        elif written != computed:
            sentence = _(
                "The digest does not fit the content: the file was changed after its export, or is not whole. Ask the "
                "assessor for the file as the desk exported it, or load it at the desk and export it again."
            )
            raise self._refused("digest-broken", "/digest", given.line, sentence)
        return computed

    def _tell_edited(self, written: str) -> None:
        sentence = _(
            "The workbook was edited after its export. It is read as it is now and has no check code: the signed sheet "
            "with the code {code} confirms what the desk exported, not this."
        )
        place, filled_in = self._place("/digest", 0), sentence.format(code=_code(written))
        self.remarks.append(ReviewRemark("workbook-edited", place, filled_in, blocks=False))

    def _plain(self, value: JsonValue, pointer: str) -> Any:
        """Return a value as Python's own reader of JSON has it."""
        match value.value:
            case dict() as keys:
                return {key: self._plain(each, f"{pointer}/{_token(key)}") for key, each in keys.items()}
            case tuple() as several:
                return [self._plain(each, f"{pointer}/{at}") for at, each in enumerate(several)]
            case Decimal() as number:
                if abs(number.adjusted()) > _DIGITS or len(number.as_tuple().digits) > _DIGITS:
                    raise self._refused("number-too-large", pointer, value.line, _("The number is too large."))
                return int(number) if number.as_tuple().exponent == 0 else float(number)
            case other:
                return other

    def _ensure_portfolio(self, keys: Keys, portfolio: Portfolio) -> None:
        given = keys.get("portfolio", JsonValue(None, 0))
        named = self._keys(
            given, "/portfolio", "portfolio-missing", _("The review does not say whose portfolio it is of.")
        )
        if self._text(named, "/portfolio", "id").casefold() == portfolio_id(portfolio):
            return
        parts = [self._text(named, "/portfolio", key) for key in ("unit", "instrument")]
        sentence = _(
            "The review is of another portfolio, {given}; this one is of {own}. What identifies a portfolio are its "
            "unit, instrument and period in portfolio.yaml: if one of them was changed since the desk was built, merge "
            "with the old line, or build the site again and let the assessor export from its desk."
        )
        own = f"{printable(portfolio.unit)} ({printable(portfolio.instrument.id)})"
        filled_in = sentence.format(given=f"{_shown(parts[0]) or '?'} ({_shown(parts[1]) or '?'})", own=own)
        raise self._refused("portfolio-other", "/portfolio/id", named.get("id", given).line, filled_in)

    def _assessor(self, keys: Keys) -> tuple[str, Level, str]:
        given = keys.get("assessor", JsonValue(None, 0))
        sentence = _("The review does not name its assessor. Load it at the desk, give the name, and export it again.")
        named = self._keys(given, "/assessor", "assessor-missing", sentence)
        name, level, assignment = (
            _line(self._text(named, "/assessor", key)) for key in ("name", "level", "assignment")
        )
        if not name:
            raise self._refused("assessor-missing", "/assessor/name", named.get("name", given).line, sentence)
        known = [*map(str, Level)]
        if level.upper() not in {*known, ""}:
            sentence = _("There is no level {level}; there are {known}.")
            filled_in = sentence.format(level=_shown(level), known=", ".join(known))
            raise self._refused("level-unknown", "/assessor/level", named["level"].line, filled_in)
        return name, Level(level.upper()) if level else Level.TPI, assignment

    # The entries

    def _entries(self, items: tuple[JsonValue, ...], exported: str) -> Iterator[ReviewEntry]:
        for at, each in enumerate(items):
            try:
                yield self._entry(each, f"/items/{at}", exported)
            except ReviewRefused as refused:
                self.remarks.append(refused.remark)

    def _entry(self, given: JsonValue, pointer: str, exported: str) -> ReviewEntry:
        keys = self._keys(given, pointer, "entry-invalid", _("This is no entry of an item."))
        item = _line(self._text(keys, pointer, "item"))
        state = self._text(keys, pointer, "state").strip()
        if state not in STATES:
            sentence = _("There is no state `{state}`; there are {known}.")
            filled_in = sentence.format(state=_shown(state), known=", ".join(STATES))
            raise self._refused("state-unknown", f"{pointer}/state", keys.get("state", given).line, filled_in)
        claimed = keys.get("claimed", JsonValue(None, given.line))
        verdicts, complete = self._verdicts(keys, pointer, given.line)
        return ReviewEntry(
            place=self._place(pointer, given.line),
            item=item,
            claimed=None if claimed.value is None else self._text(keys, pointer, "claimed"),
            answer=self._answer(keys, pointer),
            condition=self._text(keys, pointer, "condition").strip(),
            note=self._text(keys, pointer, "note").strip(),
            recommendation=self._text(keys, pointer, "recommendation").strip(),
            state=state,
            day=None if state in _UNDECIDED else self._day(keys, pointer, given.line, exported),
            verdicts=verdicts,
            complete=complete,
        )

    def _day(self, keys: Keys, pointer: str, line: int, exported: str) -> datetime.date:
        decided = self._text(keys, pointer, "decided").strip()
        try:
            return datetime.datetime.fromisoformat(decided or exported.strip()).date()
        except ValueError:
            sentence = _("`{written}` is no time of the form 2026-05-30T09:12:00+07:00, and so gives no day.")
            where = (f"{pointer}/decided", keys["decided"].line) if decided else ("/exported", line)
            filled_in = sentence.format(written=_shown(decided or exported))
            raise self._refused("time-invalid", *where, filled_in) from None

    def _answer(self, keys: Keys, pointer: str) -> WrittenAnswer:
        given = keys.get("answer")
        if given is None or not isinstance(given.value, dict):
            return WrittenAnswer(_line(self._text(keys, pointer, "answer")))
        below = f"{pointer}/answer/inputs"
        sentence = _('An answer is a text, or {"inputs": {…}} with the counts of the item.')
        counts = self._keys(given.value.get("inputs", JsonValue(None, given.line)), below, "answer-invalid", sentence)
        written = {key: self._count(each, f"{below}/{_token(key)}") for key, each in counts.items()}
        return WrittenAnswer("", tuple((_line(key), count) for key, count in written.items() if count))

    def _count(self, given: JsonValue, pointer: str) -> str:
        match given.value:
            case None:
                return ""
            case str() as text if re.fullmatch(r"\s*[0-9]{0,12}\s*", text, re.ASCII):
                return text.strip()
            case Decimal() as number if number >= 0 and number == number.to_integral_value():
                return str(int(number))
        raise self._refused("answer-invalid", pointer, given.line, _("This is no count; a whole number belongs here."))

    def _verdicts(self, keys: Keys, pointer: str, line: int) -> tuple[tuple[ReviewVerdict, ...], bool]:
        """Return the verdicts of an entry, and whether none was refused."""
        given = keys.get("evidence", JsonValue((), line))
        if not isinstance(given.value, tuple):
            sentence = _("There has to be a list of verdicts.")
            raise self._refused("entry-invalid", f"{pointer}/evidence", given.line, sentence)
        found: list[ReviewVerdict] = []
        before = len(self.remarks)
        for at, each in enumerate(given.value):
            try:
                found.append(self._verdict(each, f"{pointer}/evidence/{at}"))
            except ReviewRefused as refused:
                self.remarks.append(refused.remark)
        return tuple(found), len(self.remarks) == before

    def _verdict(self, given: JsonValue, pointer: str) -> ReviewVerdict:
        keys = self._keys(given, pointer, "entry-invalid", _("This is no verdict on a document."))
        verdict, sha256 = (self._text(keys, pointer, key) for key in ("verdict", "sha256"))
        if verdict not in VERDICTS:
            sentence = _("There is no verdict `{verdict}`; there are {known}.")
            filled_in = sentence.format(verdict=_shown(verdict), known=", ".join(VERDICTS))
            raise self._refused("verdict-unknown", f"{pointer}/verdict", keys.get("verdict", given).line, filled_in)
        if sha256 and not re.match(SHA256_PATTERN, sha256):
            sentence = _("`{written}` is no SHA-256, which has 64 hexadecimal digits.")
            filled_in = sentence.format(written=_shown(sha256))
            raise self._refused("digest-invalid", f"{pointer}/sha256", keys["sha256"].line, filled_in)
        return ReviewVerdict(
            place=self._place(pointer, given.line),
            record=_line(self._text(keys, pointer, "record")),
            file=self._text(keys, pointer, "file"),
            sha256=sha256.strip().casefold(),
            accepted=verdict == "accepted",
            reason=_line(self._text(keys, pointer, "reason")),
            note=self._text(keys, pointer, "note").strip(),
        )

    def _once(self, entries: list[ReviewEntry]) -> Iterator[ReviewEntry]:
        """Yield the entries whose item has no other; of several, which one is meant cannot be known."""
        by_item: dict[str, list[ReviewEntry]] = {}
        for each in entries:
            by_item.setdefault(each.item.casefold(), []).append(each)
        for several in by_item.values():
            for other in several[1:]:
                sentence = _("{item} is there twice, first at {place}; none was taken.")
                filled_in = sentence.format(item=_shown(other.item), place=several[0].place.within)
                self.remarks.append(ReviewRemark("item-repeated", other.place, filled_in))
        yield from (each for each in entries if len(by_item[each.item.casefold()]) == 1)

    # Values

    def _place(self, pointer: str, line: int) -> ReviewPlace:
        """Return the place of a value; that of a part which has no cell of its own is the cell of the whole."""
        if not self.cells:
            return ReviewPlace(self.file, printable(pointer), line)
        parts = tuple((key, self.cells[below]) for key in _IN_PLACES if (below := f"{pointer}/{key}") in self.cells)
        whole = pointer
        while whole and whole not in self.cells:
            whole = whole.rpartition("/")[0]
        return ReviewPlace(self.file, printable(pointer), 0, self.cells.get(whole, ""), parts)

    def _refused(self, code: str, pointer: str, line: int, sentence: str) -> ReviewRefused:
        return ReviewRefused(ReviewRemark(code, self._place(pointer, line), sentence))

    def _keys(self, given: JsonValue, pointer: str, code: str, sentence: str) -> Keys:
        """Return an object as its keys; what is none is refused with a sentence."""
        if not isinstance(given.value, dict):
            raise self._refused(code, pointer, given.line, sentence)
        return given.value

    def _text(self, keys: Keys, pointer: str, key: str) -> str:
        """Return the text of a key, blank where there is none; with ends of lines and signs that a file can hold."""
        given = keys.get(key, JsonValue(None, 0)).value
        if given is None:
            return ""
        if not isinstance(given, str):
            sentence = _("`{key}` has to be a text.").format(key=key)
            raise self._refused("value-invalid", f"{pointer}/{key}", keys[key].line, sentence)
        return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\r\n?", "\n", given))


def _code(digest: str) -> str:
    """Return the check code of a digest as it is written; `?` where it is none."""
    return review_code(digest) if re.match(SHA256_PATTERN, digest) else "?"


_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    return printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _token(key: str) -> str:
    """Return a key as a part of a JSON pointer."""
    return key.replace("~", "~0").replace("/", "~1")
