"""All that a site publishes as one file for programs: `portfolio.json`, schema `catat.portfolio/1`.

Words are exact here, where the tables have them on one line. Figures are in `readiness.json`, which it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.exchange.publications import plain_json
from generator.exchange.readiness_json import portfolio_id, rounded
from generator.exchange.registers.contents import RegisterContents, RegisteredDocument, RegisteredFinding, people_of
from generator.exchange.registers.tables import web_address
from generator.markup.render import words as words_of
from generator.model.addresses import READINESS, record_path
from generator.model.portfolio import Answer, DocumentUrl, Record
from generator.readiness.prerequisites import PrerequisiteReadiness
from generator.readiness.scores import ItemReadiness

SCHEMA = "catat.portfolio/1"


def portfolio_json(contents: RegisterContents) -> Iterator[str]:
    """Yield the file piece by piece; together they are one JSON object, a line for each member of its lists."""
    answers = contents.portfolio.answers
    items = (each.item.id for each in contents.items)
    lists: Mapping[str, Iterator[Mapping[str, Any]]] = {
        "records": (_record(contents, each) for each in contents.records),
        "documents": (_document(contents, each) for each in contents.documents()),
        "answers": (_answer(item, answers[item]) for item in items if item in answers),
        "findings": map(_finding, contents.findings),
        "gaps": map(_gap, contents.gaps),
    }
    yield "{\n"
    yield ",\n".join(f"{plain_json(key)}: {plain_json(value)}" for key, value in _head(contents).items())
    for name, members in lists.items():
        yield f",\n{plain_json(name)}: ["
        for number, member in enumerate(members):
            yield f"{',' if number else ''}\n{plain_json(member)}"
        yield "\n]"
    yield "\n}\n"


def _head(contents: RegisterContents) -> dict[str, Any]:
    portfolio, period = contents.portfolio, contents.portfolio.period
    return {
        "schema": SCHEMA,
        "portfolio": portfolio_id(portfolio),
        "title": portfolio.title,
        "unit": portfolio.unit,
        "institution": portfolio.institution,
        "instrument": portfolio.instrument.id,
        "target": portfolio.target.id,
        "language": portfolio.language,
        "site_url": portfolio.site_url,
        "as_of": contents.readiness.on.isoformat(),
        "period": None if period is None else {"from": _day(period.start), "to": _day(period.end)},
        "readiness": READINESS,
        "prerequisites": [_prerequisite(contents, each) for each in contents.readiness.prerequisites],
        "left_out": _left_out(contents),
    }


def _prerequisite(contents: RegisterContents, each: PrerequisiteReadiness) -> dict[str, Any]:
    answer = each.answer
    open_to_all = [document for document in (answer.documents if answer else ()) if not document.confidential]
    return {
        "id": each.prerequisite.id,
        "of": "institution" if each.prerequisite.of_institution else "unit",
        "required": each.required if isinstance(each.required, str) else rounded(each.required),
        "answer": None if answer is None else answer.text,
        "note": (answer.note or None) if answer is not None else None,
        "state": each.state.value,
        "documents": [
            {"title": one.name, "path": contents.path_of(one), "url": web_address(one) or None} for one in open_to_all
        ],
    }


def _left_out(contents: RegisterContents) -> dict[str, int]:
    """Return how many records and documents `readiness.json` counts that have no row here."""
    records = contents.portfolio.records
    return {
        "drafts": sum(each.draft for each in records),
        "documents_of_drafts": sum(len(each.documents) for each in records if each.draft),
        "documents_of_restricted_records": sum(
            len(each.documents) for each in records if each.restricted and not each.draft
        ),
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _record(contents: RegisterContents, record: Record) -> dict[str, Any]:
    acceptance, hidden = contents.readiness.acceptance, record.restricted
    return {
        "id": record.id,
        "title": record.title,
        "date": _day(record.date),
        "end_date": _day(record.end_date),
        "area": record.area,
        "items": list(record.items),
        "people": list(record.people),
        "tags": [] if hidden else list(record.tags),
        "restricted": hidden,
        "documents": None if hidden else len(record.documents),
        "accepted": None if hidden else sum(acceptance[each.key].accepted for each in record.documents),
        "page": record_path(record.id),
    }


def _document(contents: RegisterContents, of: RegisteredDocument) -> dict[str, Any]:
    document, verdict, source = of.document, of.acceptance, of.document.source
    file, hidden, path = document.file, document.confidential, contents.path_of(document)
    inspection = None if file is None else file.inspection
    shown = None if hidden else inspection
    strip = contents.portfolio.strip_location and path is not None
    return {
        "record": document.key[0],
        "number": document.key[1],
        "register": of.number,
        "title": contents.wording.document_title(document, of.record),
        "types": list(document.types),
        "date": _day(document.date),
        "valid_until": None if hidden else _day(document.valid_until),
        "pages": None if hidden else document.pages,
        "items": list(document.items),
        "state": str(source.form if isinstance(source, DocumentUrl) else source.inspection.state),
        "accepted": verdict.accepted,
        "refusals": [str(each) for each in verdict.refusals],
        "reason": verdict.reason,
        "sha256": (inspection.sha256 or None) if inspection is not None else None,
        "stripped_sha256": (inspection.stripped or None) if inspection is not None and strip else None,
        "size": None if shown is None else shown.size,
        "page_count": None if shown is None else shown.pages,
        "file": None if hidden or file is None else document.written,
        "path": path,
        "url": web_address(document) or None,
        "restricted": hidden,
    }


def _answer(item: str, answer: Answer) -> dict[str, Any]:
    inputs = {key: rounded(value) for key, value in answer.inputs}
    return {"item": item, "answer": answer.text, "inputs": inputs, "note": answer.note}


def _finding(of: RegisteredFinding) -> dict[str, Any]:
    finding, response = of.finding, of.finding.response
    return {
        "item": finding.item,
        "date": _day(finding.date),
        "assessor": finding.assessor,
        "answer": None if finding.answer is None else finding.answer.text,
        "status": "closed" if finding.closed else "open",
        "level": finding.level.value,
        "assignment": finding.assignment or None,
        "condition": finding.condition or None,
        "recommendation": finding.recommendation or None,
        "stale": finding.stale,
        "text": words_of(finding.text.rendered),
        "response": None
        if response is None
        else {"date": _day(response.date), "text": response.text, "records": [each.id for each in of.records]},
        "documents": [
            {
                "record": record.id,
                "number": None if record.restricted else document.key[1],
                "verdict": "accepted" if judgement.accepted else "rejected",
                "reason": judgement.reason or None,
                "note": judgement.note or None,
                "sha256": judgement.sha256 or None,
                "stale": judgement.stale,
            }
            for document, record, judgement in of.judged
        ],
    }


def _gap(each: ItemReadiness) -> dict[str, Any]:
    return {
        "item": each.item.id,
        "missing": [str(requirement) for requirement in each.missing],
        "answered": each.answer is not None,
        "supported": each.supported,
        "people": list(people_of(each)),
    }
