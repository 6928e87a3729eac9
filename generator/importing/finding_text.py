"""A finding as the text of a file of `findings/`, with keys and words in the portfolio's language."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from generator.authoring.yaml_text import line
from generator.importing.answer_edits import WrittenAnswer
from generator.model.portfolio import Level
from generator.model.yaml_text import quoted, quoted_if_needed
from generator.reading import answers, findings
from generator.reading.fields import Key
from generator.reading.nodes import LOADER


class WrittenVerdict(Struct, frozen=True):
    """A verdict on one document: its record, and its file (or web address) as the record writes it."""

    record: str
    target: str
    accepted: bool
    is_address: bool = False
    sha256: str = ""
    reason: str = ""
    note: str = ""


class WrittenResponse(Struct, frozen=True):
    """The unit's answer to a finding, with the ids of the records that it names."""

    day: datetime.date
    text: str
    records: tuple[str, ...] = ()


class WrittenFinding(Struct, frozen=True):
    """A finding to be written; what is empty is left out. `body` is Markdown, the other texts are plain."""

    item: str
    day: datetime.date
    closed: bool
    assessor: str = ""
    level: Level | None = None
    assignment: str = ""
    answer: WrittenAnswer = WrittenAnswer()
    condition: str = ""
    recommendation: str = ""
    verdicts: tuple[WrittenVerdict, ...] = ()
    body: str = ""
    response: WrittenResponse | None = None


def finding_text(finding: WrittenFinding, language: str) -> str:
    """Return the text of the file of a finding."""
    return "\n".join(["---", *_lines(finding, language), "---", finding.body, ""])


def scalar(text: str) -> str:
    """Return text as a value of YAML that is read back to the letter, in a form that people can edit.

    Text of several lines becomes a block, whose lines below are indented by two blanks.
    """
    import yaml

    if "\n" not in text:
        written = quoted_if_needed(text)
    else:
        written = "|-\n" + "\n".join(f"  {each}" if each else "" for each in text.split("\n"))
    try:
        if str(yaml.load(f"key: {written}\n", LOADER)["key"]) == text:  # noqa: S506 - one of the two safe ones
            return written
    except (yaml.YAMLError, TypeError, KeyError, ValueError):
        pass
    escaped: str = yaml.safe_dump(text, allow_unicode=True, width=10**6, default_style='"')
    return escaped.strip()


def _lines(finding: WrittenFinding, language: str) -> Iterator[str]:
    texts: list[tuple[Key[Any], str]] = [
        (findings.ITEM, finding.item),
        (findings.DATE, finding.day.isoformat()),
        (findings.ASSESSOR, finding.assessor),
        (findings.LEVEL, "" if finding.level is None else finding.level.value),
        (findings.ASSIGNMENT, finding.assignment),
        (answers.ANSWER, _answer(finding.answer, language)),
        (findings.CONDITION, finding.condition),
        (findings.RECOMMENDATION, finding.recommendation),
    ]
    for key, text in texts:
        if text:
            is_written = key in {findings.ITEM, findings.DATE, answers.ANSWER}
            yield line(key, text if is_written else scalar(text), language)
    if finding.verdicts:
        yield line(findings.EVIDENCE, "", language).rstrip()
        for each in finding.verdicts:
            yield from _verdict(each, language)
    yield line(findings.STATUS, _STATUS[language][finding.closed], language)
    if finding.response is not None:
        yield from _response(finding.response, language)


_STATUS = {"id": ("terbuka", "selesai"), "en": ("open", "closed")}
_VERDICTS = {"id": ("ditolak", "diterima"), "en": ("rejected", "accepted")}


def _answer(answer: WrittenAnswer, language: str) -> str:
    if answer.inputs:
        inputs = answers.INPUTS.alias if language == "id" else answers.INPUTS.name
        return f"{{{inputs}: {{{', '.join(f'{key}: {count}' for key, count in answer.inputs)}}}}}"
    if not answer.text:
        return ""
    return quoted_if_needed(answer.text) if answer.text.isalpha() else quoted(answer.text)


def _verdict(verdict: WrittenVerdict, language: str) -> Iterator[str]:
    sign = "  - "
    texts: list[tuple[Key[Any], str]] = [
        (findings.RECORD, verdict.record),
        (findings.URL if verdict.is_address else findings.FILE, verdict.target),
        (findings.SHA256, verdict.sha256),
        (findings.VERDICT, _VERDICTS[language][verdict.accepted]),
        (findings.REASON, verdict.reason),
        (findings.NOTE, verdict.note),
    ]
    for key, text in texts:
        if text:
            yield _indented(line(key, scalar(text), language), sign)
            sign = "    "


def _response(response: WrittenResponse, language: str) -> Iterator[str]:
    yield line(findings.RESPONSE, "", language).rstrip()
    yield f"  {line(findings.RESPONSE_DATE, response.day.isoformat(), language)}"
    yield _indented(line(findings.RESPONSE_TEXT, scalar(response.text), language), "  ")
    if response.records:
        yield f"  {line(findings.RESPONSE_EVIDENCE, '', language).rstrip()}"
        yield from (f"    - {scalar(each)}" for each in response.records)


def _indented(lines: str, sign: str) -> str:
    """Return lines with a sign before the first, and as many blanks before the others."""
    first, *others = lines.split("\n")
    return "\n".join([sign + first, *(" " * len(sign) + each if each else "" for each in others)])
