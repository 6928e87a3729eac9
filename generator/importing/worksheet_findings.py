"""What assessors answer in a worksheet, as files of `findings/`: one for each item that they speak of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from msgspec import Struct
from msgspec.structs import replace

from generator import folding
from generator.authoring import safe_names
from generator.exchange.worksheet.columns import AnswerColumns
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.importing import worksheet_answers, worksheet_merge
from generator.importing.answer_edits import WrittenAnswer
from generator.importing.assessment_changes import NewText
from generator.importing.finding_text import WrittenFinding, finding_text
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_base import BaseState, ExportedAnswer, ExportedFinding, WorksheetBase
from generator.importing.worksheet_remarks import Remark, day_words
from generator.markup.plain_text import plain_text
from generator.markup.render import render
from generator.messages.refusals import Refused
from generator.messages.source import Source
from generator.model.portfolio import Finding, Level, Portfolio
from generator.reading import findings


class SheetFinding(Struct, frozen=True):
    """The answer and note of one level (as findings name the assessor) to an item, and the day; None if not given.

    `of` is the level that the finding is of. `exported` is what the cells held when Catat exported them, where that is
    known and nobody changed it since; `follows` the same where somebody did.
    """

    level: str
    given: SheetAnswer
    day: datetime.date | None = None
    of: Level = Level.TPI
    exported: ExportedFinding | None = None
    follows: ExportedFinding | None = None


class FindingsPlan(Struct, frozen=True):
    """The new files, what goes into them, what the portfolio has already, and the remarks."""

    files: tuple[NewText, ...]
    new: tuple[SheetFinding, ...]
    known: tuple[SheetFinding, ...]
    differing: tuple[SheetFinding, ...]
    remarks: tuple[Remark, ...]

    @property
    def undated(self) -> tuple[SheetFinding, ...]:
        """The new findings without a day, which no file can hold."""
        return tuple(each for each in self.new if each.day is None)

    def day_missing(self) -> str:
        """Return the sentence that asks for the day of those findings."""
        names = ", ".join(dict.fromkeys(each.level for each in self.undated))
        return _("The sheet has answers of {levels}, but not the day: give it with --date.").format(levels=names)


def plan(
    worksheet: Worksheet,
    placement: Placement,
    portfolio: Portfolio,
    texts: Sequence[Source],
    own: Mapping[str, SheetAnswer],
    *,
    day: datetime.date | None,
    level: str | None,
    base: WorksheetBase | None = None,
    anonymous: bool = False,
) -> FindingsPlan:
    """Return the findings of a worksheet; `own` are the unit's answers by item, `base` what was exported.

    `anonymous`: it names neither days nor assessors, so a finding of the item that says the same is the same one.

    A finding that was exported and not changed since is the one of its own day; one that was edited is a newer one of
    the same assessor. Raises Refused where `level` names none of several levels.
    """
    every = [(each, worksheet_answers.read_all(worksheet, placement, each)) for each in worksheet.columns.levels]
    read = [(each, (worksheet_answers.spoken(found), remarks)) for each, (found, remarks) in every]
    spoken = [(each, found) for each, found in read if found[0] or found[1]]
    chosen = _chosen(spoken, level)
    bodies = {text.path: text for text in texts if text.path.startswith("findings/")}
    state = _Findings(portfolio, bodies, base, anonymous=anonymous)
    if base is not None:
        for columns, (found, _remarks) in every:
            state.remarks += _emptied(columns, found, base)
    for columns, name, (answered, remarks) in chosen:
        state.remarks += remarks
        for each in answered:
            exported = None if base is None else base.of_level(columns.name, each.item.id)
            if exported is None or exported.finding is None:
                state.take(SheetFinding(name, each, day, _level_of(name, columns.name)))
            elif worksheet_merge.is_untouched(each, exported):
                state.take(_as_exported(each, exported, exported.finding))
            elif _says_anew(each, exported):
                asked_for = level is not None and folding.folded(level) != folding.folded(columns.name)
                assessor = name if asked_for else exported.finding.assessor or name
                kind = exported.finding.level or _level_of(columns.name)
                state.take(SheetFinding(assessor, each, day, kind, follows=exported.finding))
    for given in _further(worksheet, placement, base) if base is not None and level is None else ():
        state.take(given)
    return state.plan(own)


class _Findings:
    """The findings of a sheet, sorted by what the portfolio has."""

    def __init__(
        self, portfolio: Portfolio, bodies: Mapping[str, Source], base: WorksheetBase | None, *, anonymous: bool
    ) -> None:
        self._portfolio, self._bodies = portfolio, bodies
        self._merging = base is not None and base.state in {BaseState.USED, BaseState.EMPTY}
        self._unlevelled = anonymous or (self._merging and base is not None and not base.levels)
        self.new: list[SheetFinding] = []
        self.known: list[SheetFinding] = []
        self.differing: list[SheetFinding] = []
        self.remarks: list[Remark] = []

    def take(self, each: SheetFinding) -> None:
        if (self._unlevelled and self._is_there(each)) or self._is_followed(each):
            self.known.append(each)
            return
        if each.day is None:
            self.new.append(each)
            return
        before = _same_subjects(each, self._portfolio.findings, each.day, self._bodies)
        if any(_is_same(each, finding, self._bodies) for finding in before):
            self.known.append(each)
        elif each.exported is not None and self._merging and (before or self._portfolio.findings):
            self.known.append(each)  # changed or removed in the portfolio since, which stays so
        elif each.follows is not None and each.day <= each.follows.day:
            self.differing.append(each)
            self.remarks.append(_not_later(each, each.follows.day))
        elif before:
            self.differing.append(each)
            self.remarks.append(_differs(each, before[0]))
        else:
            self.new.append(each)

    def _is_followed(self, each: SheetFinding) -> bool:
        """Whether the portfolio has the newer finding that an edited one is, whatever its day."""
        if each.follows is None:
            return False
        days = {finding.date for finding in self._portfolio.findings if finding.date >= each.follows.day}
        same = (found for day in days for found in _same_subjects(each, self._portfolio.findings, day, self._bodies))
        return any(_is_same(each, finding, self._bodies) for finding in same)

    def _is_there(self, each: SheetFinding) -> bool:
        """Whether an export that tells nothing of levels could have shown a finding: one of the item says the same."""
        return any(
            finding.item == each.given.item.id
            and finding.path in self._bodies
            and (_is_same(each, finding, self._bodies) or _is_said(each, finding))
            for finding in self._portfolio.findings
        )

    def plan(self, own: Mapping[str, SheetAnswer]) -> FindingsPlan:
        """Return the plan of what was taken."""
        found = FindingsPlan(
            self._files(own), tuple(self.new), tuple(self.known), tuple(self.differing), tuple(self.remarks)
        )
        if not found.undated:
            return found
        missing = Remark("date-missing", found.undated[0].given.place, found.day_missing())
        return replace(found, remarks=(*found.remarks, missing))

    def _files(self, own: Mapping[str, SheetAnswer]) -> tuple[NewText, ...]:
        """Return the new files."""
        found: list[NewText] = []
        taken = {path.casefold() for path in self._bodies}
        for each in self.new:
            if each.day is None:
                continue
            slugs = safe_names.slug(each.given.item.id), safe_names.slug(each.level) or "tpi"
            path = safe_names.unlike(f"findings/{each.day.isoformat()}-{'-'.join(slugs)}", taken, ".md")
            taken.add(path.casefold())
            text = _text(each, own.get(each.given.item.id), each.day, self._portfolio.language)
            found.append(NewText(path, text))
        return tuple(found)


def _level_of(*names: str) -> Level:
    """Return the level that the first of some names has in it, as `TPN` or `TPI KESDM`; TPI where none has."""
    words = (re.search(r"\b(?:TPP|TPI|TPN)\b", name.upper()) for name in names)
    return next((Level(found[0]) for found in words if found is not None), Level.TPI)


def _as_exported(given: SheetAnswer, exported: ExportedAnswer, finding: ExportedFinding) -> SheetFinding:
    """Return a finding as it was exported, with its own day and assessor."""
    said = replace(given, note=exported.note or given.note)
    return SheetFinding(finding.assessor, said, finding.day, finding.level or Level.TPI, finding)


def _says_anew(given: SheetAnswer, exported: ExportedAnswer) -> bool:
    """Whether edited cells say something that is not reported: another verdict, or another note.

    A verdict that was emptied takes none back, and one that is off its scale is none.
    """
    if given.note_unread or (given.answer is None and not given.blank):
        return False
    return given.answer is not None or not worksheet_merge.is_same_note(given.note, exported.note)


def _further(worksheet: Worksheet, placement: Placement, base: WorksheetBase) -> Iterable[SheetFinding]:
    """Yield the findings that were exported besides those that cells show, at the cells of their items."""
    rows = {each.item.id: each for each in placement.item_rows()}
    for item, exported in base.findings:
        if (row := rows.get(item)) is None or exported.finding is None:
            continue
        cell = worksheet.sheet.place(row.row.number, worksheet.columns.unit.answer)
        given = SheetAnswer(
            row.item,
            row.row.number,
            cell,
            exported.text,
            exported.inputs,
            exported.note,
            row.certain,
            row.likeness,
            exported.answer,
        )
        source = exported.finding
        yield SheetFinding(source.assessor, given, source.day, source.level or Level.TPI, source)


def _emptied(columns: AnswerColumns, every: Iterable[SheetAnswer], base: WorksheetBase) -> Iterable[Remark]:
    """Yield the remark on each finding whose cells, or that of its verdict, are empty since the export."""
    for each in every:
        exported = base.of_level(columns.name, each.item.id)
        if exported is None or not each.blank:
            continue
        if each.note and exported.answer is not None:
            sentence = _("The verdict on {item} is empty since the export; the earlier one still counts.")
        elif not each.note and (exported.answer is not None or exported.note):
            sentence = _("The cells of the finding on {item} are empty since the export; no finding was removed.")
        else:
            continue
        yield Remark("finding-emptied", each.place, sentence.format(item=each.item.id))


_Answered = tuple[tuple[SheetAnswer, ...], tuple[Remark, ...]]


def _chosen(
    spoken: Sequence[tuple[AnswerColumns, _Answered]], level: str | None
) -> list[tuple[AnswerColumns, str, _Answered]]:
    """Return the levels to import and their names: all, or the one that `level` names; a single one gets that name."""
    if level is None:
        return [(each, each.name, found) for each, found in spoken]
    named = [(each, each.name, found) for each, found in spoken if folding.folded(each.name) == folding.folded(level)]
    if named or len(spoken) <= 1:
        return named or [(each, level, found) for each, found in spoken]
    names = ", ".join(each.name for each, _found in spoken)
    raise Refused(_("No level of the sheet is called {level}; it has {levels}.").format(level=level, levels=names))


def _same_subjects(
    given: SheetFinding, known: Iterable[Finding], day: datetime.date, bodies: Mapping[str, Source]
) -> list[Finding]:
    """Return the findings of the same assessor on the same item and day."""
    return [
        each
        for each in known
        if each.item == given.given.item.id
        and each.date == day
        and each.path in bodies
        and each.level is given.of
        and folding.folded(each.assessor or "") == folding.folded(given.level)
    ]


def _is_same(given: SheetFinding, before: Finding, bodies: Mapping[str, Source]) -> bool:
    answer, other = given.given.answer, before.answer
    if (answer is None) != (other is None):
        return False
    if answer is not None and other is not None and answer.value != other.value:
        return False
    reading = findings.read(bodies[before.path])
    body = "" if reading.divided is None else reading.divided.body_text
    return " ".join(body.split()) == " ".join(given.given.note.split())


def _is_said(given: SheetFinding, before: Finding) -> bool:
    """Whether a finding gives the same answer in the same words, whatever their marks."""
    answers_ = [None if each is None else each.value for each in (given.given.answer, before.answer)]
    words = [plain_text(each).split() for each in (render(given.given.note), before.text.rendered)]
    return answers_[0] == answers_[1] and words[0] == words[1]


def _differs(given: SheetFinding, before: Finding) -> Remark:
    sentence = _("{path} says otherwise of {item} and was left: the sheet has `{value}`.")
    value = worksheet_merge.answer_text(given.given.answer) or given.given.note
    filled_in = sentence.format(path=before.path, item=given.given.item.id, value=" ".join(value.split()))
    return Remark("finding-differs", given.given.place, filled_in)


def _not_later(given: SheetFinding, day: datetime.date) -> Remark:
    sentence = _(
        "The finding of {day} on {item} was edited since the export; what it says now needs a later day: give it with "
        "--date."
    )
    filled_in = sentence.format(day=day_words(day), item=given.given.item.id)
    return Remark("finding-not-later", given.given.place, filled_in, blocks=True)


def _text(finding: SheetFinding, own: SheetAnswer | None, day: datetime.date, language: str) -> str:
    """Return the text of a finding: closed where it has no note and the unit's own answer, so that nothing is left."""
    given = finding.given
    claimed = None if own is None or own.answer is None else own.answer.value
    done = not given.note and given.answer is not None and given.answer.value == claimed
    done = finding.exported.closed if finding.exported is not None and finding.exported.closed is not None else done
    source = finding.exported or finding.follows
    written = WrittenFinding(
        item=given.item.id,
        day=day,
        closed=done,
        assessor=finding.level,
        level=None if finding.of is Level.TPI else finding.of,
        assignment="" if source is None else source.assignment,
        condition="" if finding.exported is None else finding.exported.condition,
        recommendation="" if finding.exported is None else finding.exported.recommendation,
        answer=WrittenAnswer(given.text, given.inputs),
        body=given.note,
    )
    return finding_text(written, language)
