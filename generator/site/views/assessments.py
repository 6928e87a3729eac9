"""What assessors answered on an item: by level, and which of several answers counts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model.portfolio import Finding, Level
from generator.readiness.scores import ItemReadiness, deciding_finding
from generator.site.site import Site


class AssessmentRow(Struct, frozen=True):
    """The answer of one level of assessors; `counts` where it is the assessed one."""

    level: str
    answer: str
    date: str
    assessor: str
    counts: bool


def assessments(site: Site, each: ItemReadiness) -> tuple[AssessmentRow, ...]:
    """Return the answer of each level, where another than the one that counts has given any."""
    found = tuple((level, finding) for level in Level if (finding := _answering(each, level)) is not None)
    if all(level is site.level for level, _ in found):
        return ()
    words = site.words
    return tuple(
        AssessmentRow(
            site.wording.level(level),
            _answer(site, finding),
            words.day(finding.date),
            finding.assessor or "",
            level is site.level,
        )
        for level, finding in found
    )


def other_answers(site: Site, each: ItemReadiness) -> str:
    """Return the answers of the levels that do not count, as in "TPN: B"; nothing where there are none."""
    others = ((level, _answering(each, level)) for level in Level if level is not site.level)
    return ", ".join(f"{level.value}: {_answer(site, finding)}" for level, finding in others if finding is not None)


def differences(site: Site, each: ItemReadiness) -> Iterator[str]:
    """Yield a sentence for each level whose assessors differ: which answer counts, and why."""
    words = site.words
    for level in Level:
        counting = _answering(each, level)
        others = () if counting is None else _others(each, counting)
        if counting is None or not others:
            continue
        newest = max(others, key=lambda finding: finding.date)
        given = words.together([_given(site, finding) for finding in (counting, *others)])
        why = (
            words("it is the newer one") if counting.date > newest.date else words("it is the lower of two of one day")
        )
        yield words(
            "Assessors of {level} differ: {given}. The answer that counts for this level is {answer}, because {why}.",
            level=level.value,
            given=given,
            answer=_answer(site, counting),
            why=why,
        )


def _answering(each: ItemReadiness, level: Level) -> Finding | None:
    """Return the finding whose answer counts for a level; None where there is none, or where it has errors."""
    found = deciding_finding(each.findings, level)
    return found if found is not None and found.answer is not None else None


def _others(each: ItemReadiness, counting: Finding) -> tuple[Finding, ...]:
    """Return the last answers of other assessors of the same level that differ from the one that counts."""
    last: dict[str | None, Finding] = {}
    for finding in each.findings:  # in the order of their days
        if finding.level is counting.level and finding.answer is not None:
            last[finding.assessor] = finding
    return tuple(
        finding
        for assessor, finding in last.items()
        if assessor != counting.assessor and finding.answer != counting.answer
    )


def _answer(site: Site, finding: Finding) -> str:
    return "" if finding.answer is None else site.words.answer(finding.answer.text)


def _given(site: Site, finding: Finding) -> str:
    words, who = site.words, finding.assessor or site.words("an assessor without a name")
    return words("{answer} by {who} on {day}", answer=_answer(site, finding), who=who, day=words.day(finding.date))
