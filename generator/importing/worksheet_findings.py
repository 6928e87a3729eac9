"""What assessors answer in a worksheet, as files of `findings/`: one for each item that they speak of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _

from msgspec import Struct

from generator import folding
from generator.authoring import safe_names
from generator.authoring.yaml_text import line
from generator.exchange.worksheet.columns import AnswerColumns
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.importing import worksheet_answers
from generator.importing.assessment_changes import NewText
from generator.importing.worksheet_answers import SheetAnswer
from generator.importing.worksheet_remarks import Remark
from generator.messages.refusals import Refused
from generator.messages.source import Source
from generator.model.portfolio import Finding, Portfolio
from generator.model.yaml_text import quoted, quoted_if_needed
from generator.reading import answers, findings


class SheetFinding(Struct, frozen=True):
    """The answer and note of one level to an item."""

    level: str
    given: SheetAnswer


class FindingsPlan(Struct, frozen=True):
    """The new files, what goes into them, what the portfolio has already, and the remarks."""

    files: tuple[NewText, ...]
    new: tuple[SheetFinding, ...]
    known: tuple[SheetFinding, ...]
    differing: tuple[SheetFinding, ...]
    remarks: tuple[Remark, ...]


def plan(
    worksheet: Worksheet,
    placement: Placement,
    portfolio: Portfolio,
    texts: Sequence[Source],
    own: Mapping[str, SheetAnswer],
    *,
    day: datetime.date | None,
    level: str | None,
) -> FindingsPlan:
    """Return the findings of a worksheet; `own` are the unit's answers by item.

    Raises Refused where assessors answered and no day is given, or `level` names none of several levels.
    """
    read = [(each, worksheet_answers.read(worksheet, placement, each)) for each in worksheet.columns.levels]
    spoken = [(each, found) for each, found in read if found[0] or found[1]]
    chosen = _chosen(spoken, level)
    given = [SheetFinding(name, each) for name, (answered, _told) in chosen for each in answered]
    remarks = [remark for _name, (_answered, remarks) in chosen for remark in remarks]
    if not given:
        return FindingsPlan((), (), (), (), tuple(remarks))
    if day is None:
        names = ", ".join(dict.fromkeys(each.level for each in given))
        raise Refused(
            _("The sheet has answers of {levels}, but not the day: give it with --date.").format(levels=names)
        )
    files: list[NewText] = []
    new: list[SheetFinding] = []
    known: list[SheetFinding] = []
    differing: list[SheetFinding] = []
    bodies = {text.path: text for text in texts if text.path.startswith("findings/")}
    taken = {path.casefold() for path in bodies}
    for each in given:
        before = _same_subject(each, portfolio.findings, day, bodies)
        if before is not None:
            same = _is_same(each, before, bodies)
            (known if same else differing).append(each)
            remarks += [] if same else [_differs(each, before)]
            continue
        stem = (
            f"findings/{day.isoformat()}-{safe_names.slug(each.given.item.id)}-{safe_names.slug(each.level) or 'tpi'}"
        )
        path = safe_names.unlike(stem, taken, ".md")
        taken.add(path.casefold())
        files.append(NewText(path, _text(each, own.get(each.given.item.id), day, portfolio.language)))
        new.append(each)
    return FindingsPlan(tuple(files), tuple(new), tuple(known), tuple(differing), tuple(remarks))


_Answered = tuple[tuple[SheetAnswer, ...], tuple[Remark, ...]]


def _chosen(spoken: Sequence[tuple[AnswerColumns, _Answered]], level: str | None) -> list[tuple[str, _Answered]]:
    """Return the levels to import by their names: all, or the one that `level` names; a single one gets that name."""
    if level is None:
        return [(each.name, found) for each, found in spoken]
    named = [(each.name, found) for each, found in spoken if folding.folded(each.name) == folding.folded(level)]
    if named or len(spoken) <= 1:
        return named or [(level, found) for _columns, found in spoken]
    names = ", ".join(each.name for each, _found in spoken)
    raise Refused(_("No level of the sheet is called {level}; it has {levels}.").format(level=level, levels=names))


def _same_subject(
    given: SheetFinding, known: Iterable[Finding], day: datetime.date, bodies: Mapping[str, Source]
) -> Finding | None:
    """Return the finding of the same assessor on the same item and day."""
    for each in known:
        same = each.item == given.given.item.id and each.date == day and each.path in bodies
        if same and folding.folded(each.assessor or "") == folding.folded(given.level):
            return each
    return None


def _is_same(given: SheetFinding, before: Finding, bodies: Mapping[str, Source]) -> bool:
    answer, other = given.given.answer, before.answer
    if (answer is None) != (other is None):
        return False
    if answer is not None and other is not None and answer.value != other.value:
        return False
    reading = findings.read(bodies[before.path])
    body = "" if reading.divided is None else reading.divided.body_text
    return " ".join(body.split()) == " ".join(given.given.note.split())


def _differs(given: SheetFinding, before: Finding) -> Remark:
    sentence = _("{path} says otherwise of {item} and was left: the sheet has `{value}`.")
    value = given.given.answer.text if given.given.answer is not None else given.given.note
    filled_in = sentence.format(path=before.path, item=given.given.item.id, value=" ".join(value.split()))
    return Remark("finding-differs", given.given.place, filled_in)


def _text(finding: SheetFinding, own: SheetAnswer | None, day: datetime.date, language: str) -> str:
    """Return the text of a finding: closed where it has no note and the unit's own answer, so that nothing is left."""
    given = finding.given
    claimed = None if own is None or own.answer is None else own.answer.value
    done = not given.note and given.answer is not None and given.answer.value == claimed
    status = {"id": ("terbuka", "selesai"), "en": ("open", "closed")}[language][done]
    lines = [
        "---",
        line(findings.ITEM, given.item.id, language),
        line(findings.DATE, day.isoformat(), language),
        line(findings.ASSESSOR, quoted_if_needed(finding.level), language),
    ]
    if given.inputs:
        counts = ", ".join(f"{key}: {count}" for key, count in given.inputs)
        inputs = answers.INPUTS.alias if language == "id" else answers.INPUTS.name
        lines.append(line(answers.ANSWER, f"{{{inputs}: {{{counts}}}}}", language))
    elif given.text:
        lines.append(
            line(answers.ANSWER, quoted_if_needed(given.text) if given.text.isalpha() else quoted(given.text), language)
        )
    return "\n".join([*lines, line(findings.STATUS, status, language), "---", given.note, ""])
