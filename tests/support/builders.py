"""Makes portfolios in memory out of the program's own types, and small real files, for the tests."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from generator.evidence import Inspection, State
from generator.evidence.addresses import url_form
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import Source
from generator.model.instrument import (
    Area,
    Aspect,
    Choices,
    Covered,
    Decrease,
    Documents,
    Gate,
    Held,
    Input,
    Instrument,
    Item,
    Label,
    Linear,
    Predicate,
    Ratio,
    Requirement,
    Scale,
    Score,
    Share,
)
from generator.model.paths import Reference
from generator.model.portfolio import (
    Answer,
    Document,
    DocumentFile,
    DocumentUrl,
    Finding,
    Judgement,
    Period,
    Portfolio,
    Record,
    Text,
)
from generator.model.text import Rendered, Span
from generator.readiness import scores
from generator.readiness.acceptance import judge_record, newest_judgements
from generator.readiness.readiness import Readiness, assess
from generator.reading import nodes
from generator.reading.answers import understand
from generator.reading.problems import Problems

DAY = datetime.date(2023, 6, 30)
"""The day that tests compute for unless they say another."""

SCALES: dict[str, Scale] = {
    "yes-no": Choices((("Ya", Fraction(1)), ("Tidak", Fraction(0)))),
    "abc": Choices((("A", Fraction(1)), ("B", Fraction("0.5")), ("C", Fraction(0)))),
    "abcd": Choices((("A", Fraction(1)), ("B", Fraction("0.67")), ("C", Fraction("0.33")), ("D", Fraction(0)))),
    "abcde": Choices(
        (
            ("A", Fraction(1)),
            ("B", Fraction("0.75")),
            ("C", Fraction("0.5")),
            ("D", Fraction("0.25")),
            ("E", Fraction(0)),
        )
    ),
    "ratio": Ratio(),
    "decrease": Decrease(),
    "survey4": Linear(Fraction(4)),
    "marks10": Linear(Fraction(10)),
}

TYPES = ("sk", "undangan", "daftar-hadir", "notulen", "foto", "laporan")

Number = int | float | str | Fraction
Written = str | int | float | Mapping[str, object]


def day(written: str | datetime.date) -> datetime.date:
    """A day, from `2023-01-18`."""
    return written if isinstance(written, datetime.date) else datetime.date.fromisoformat(written)


def exact(number: Number) -> Fraction:
    """The exact number that is written: 0.67 is 67/100 and not the binary fraction nearest to it."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


def label(text: str) -> Label:
    """One wording for both languages."""
    return Label(text, text)


# The instrument


@dataclass(frozen=True)
class ItemPart:
    """An item, and the answer that the portfolio gives to it."""

    item: Item
    answer: Written | None = None


def item(
    identifier: str,
    *,
    weight: Number = 1,
    scale: str | Scale = "abc",
    answer: Written | None = None,
    documents: Iterable[str | Sequence[str]] = ("sk",),
    helpful: Iterable[str] = (),
    area: int | None = 1,
    inputs: Mapping[str, str] | None = None,
) -> ItemPart:
    """An item; its required documents are types or groups of types, `inputs` maps each key to its role."""
    made = Item(
        id=identifier,
        label=label(f"Item {identifier}"),
        scale=SCALES[scale] if isinstance(scale, str) else scale,
        weight=exact(weight),
        area=area,
        documents=requirements(documents),
        helpful=tuple(helpful),
        inputs=tuple(Input(key, label(key), role) for key, role in (inputs or {}).items()),
    )
    return ItemPart(made, answer)


def requirements(written: Iterable[str | Sequence[str]]) -> tuple[Requirement, ...]:
    """Required documents: each a type, or a group of types of which any will do."""
    return tuple(Requirement((each,) if isinstance(each, str) else tuple(each)) for each in written)


def node(identifier: str, *below: Aspect | ItemPart, area: int | None = None) -> Aspect:
    """A node of the instrument's tree with what is below it; its weight is their sum."""
    children = tuple(each for each in below if isinstance(each, Aspect))
    items = tuple(each.item for each in below if isinstance(each, ItemPart))
    weight = sum([each.weight for each in children] + [each.weight for each in items], Fraction(0))
    return Aspect(identifier, label(f"Node {identifier}"), weight, area, children, items)


def gate(
    measure: str,
    minimum: Number = 0,
    *,
    node: str | None = None,
    areas: Iterable[int] = (),
    predicate: str | None = None,
    identifier: str | None = None,
) -> Gate:
    """A gate; `held` needs a predicate, the others a node or areas."""
    if predicate is not None:
        return Gate(identifier or measure, Held(predicate), Fraction(1))
    kind = {"score": Score, "share": Share, "documents": Documents, "covered": Covered}[measure]
    return Gate(identifier or measure, kind(), exact(minimum), node, tuple(areas))


def predicate(identifier: str, *gates: Gate) -> Predicate:
    """A predicate."""
    return Predicate(identifier, label(identifier), gates)


INDEX_75 = predicate("GOAL", gate("score", 75, node="index", identifier="index"))


def instrument(
    *tree: Aspect, predicates: Iterable[Predicate] = (INDEX_75,), types: Iterable[str] = TYPES
) -> Instrument:
    """An instrument of these nodes; its areas are those its items belong to."""
    numbers = sorted({each.area for top in tree for each in top.all_items() if each.area is not None})
    return Instrument(
        id="tests",
        title=label("An instrument"),
        document_types=OrderedDict((name, label(name)) for name in types),
        areas=tuple(Area(number, str(number), f"{number}-area", label(f"Area {number}")) for number in numbers),
        tree=tree,
        predicates=tuple(predicates),
    )


def answered(to: Item, written: Written | None) -> Answer | None:
    """What an answer means, read as an assessment file is read; it has to be a valid one."""
    answer, found = understood(to, written)
    assert not [each for each in found if each.severity == "error"], found
    return answer


def understood(to: Item, written: Written | None) -> tuple[Answer | None, list[Diagnostic]]:
    """What an answer means, and what there is to say about it. A text is YAML, as the editor would write it."""
    source = Source("assessment/1.md", written if isinstance(written, str) else json.dumps(written))
    composed = nodes.compose(source, Span(0, len(source.text)))
    assert not isinstance(composed, Diagnostic), composed
    problems = Problems(source)
    return (None if composed is None else understand(composed, to, problems)), problems.found


# Records, documents, findings


@dataclass(frozen=True)
class DocumentPart:
    """A document that does not know its record yet."""

    types: tuple[str, ...]
    file: str
    url: str | None
    state: State
    date: datetime.date | None
    valid_until: datetime.date | None
    items: tuple[str, ...] | None
    restricted: bool
    size: int


def document(
    type_: str | None = "sk",
    *more_types: str,
    file: str | None = None,
    url: str | None = None,
    state: State = State.SOUND,
    date: str | datetime.date | None = None,
    valid_until: str | datetime.date | None = None,
    items: Iterable[str] | None = None,
    restricted: bool = False,
    size: int = 1000,
) -> DocumentPart:
    """A document: a sound file unless it is told otherwise, or an address."""
    return DocumentPart(
        types=(*(() if type_ is None else (type_,)), *more_types),
        file=file or f"{type_ or 'untyped'}.pdf",
        url=url,
        state=state,
        date=None if date is None else day(date),
        valid_until=None if valid_until is None else day(valid_until),
        items=None if items is None else tuple(items),
        restricted=restricted,
        size=size,
    )


def record(
    identifier: str,
    *documents: DocumentPart,
    items: Iterable[str] = ("A.1",),
    date: str | datetime.date = "2023-01-18",
    draft: bool = False,
    restricted: bool = False,
    area: int | None = 1,
    people: Iterable[str] = (),
) -> Record:
    """A record with its documents."""
    on, supported = day(date), tuple(items)
    path = f"records/{area or 0}-area/{identifier}.md"
    return Record(
        id=identifier,
        path=path,
        title=f"Record {identifier}",
        date=on,
        end_date=None,
        area=area,
        items=supported,
        people=tuple(people),
        tags=(),
        draft=draft,
        restricted=restricted,
        documents=tuple(
            _document(each, identifier, number, on, supported, restricted=restricted or each.restricted)
            for number, each in enumerate(documents, start=1)
        ),
        text=no_text(),
        date_span=Span(0, 0),
    )


def _document(
    part: DocumentPart, record_id: str, number: int, date: datetime.date, items: tuple[str, ...], *, restricted: bool
) -> Document:
    source: DocumentFile | DocumentUrl
    if part.url is None:
        path = f"evidence/{record_id}/{number}-{part.file}"
        size = 0 if part.state in {State.EMPTY, State.MISSING, State.OUTSIDE} else part.size
        inspection = Inspection(part.state, size, f"{record_id}-{number}".encode().hex().rjust(64, "0"))
        source = DocumentFile(Reference("", path), inspection)
    else:
        source = DocumentUrl(part.url, url_form(part.url))
    return Document(
        key=(record_id, number),
        written=part.url or part.file,
        title=part.url or part.file,
        types=part.types,
        date=part.date or date,
        valid_until=part.valid_until,
        pages=None,
        items=items if part.items is None else part.items,
        restricted=restricted,
        source=source,
        span=Span(0, 1),
        date_span=Span(0, 1),
    )


@dataclass(frozen=True)
class FindingPart:
    """A finding whose answer has not been read on its item's scale yet."""

    item: str | None
    date: datetime.date
    answer: Written | None
    judgements: tuple[Judgement, ...]
    closed: bool


def finding(
    item: str | None = None,
    *,
    date: str | datetime.date = "2023-03-02",
    answer: Written | None = None,
    rejects: Iterable[tuple[str, int]] = (),
    accepts: Iterable[tuple[str, int]] = (),
    reason: str | None = None,
    closed: bool = False,
) -> FindingPart:
    """What assessors found: an answer for an item, and verdicts on documents by record and number from 1."""
    judgements = (
        *(Judgement(key, accepted=False, reason=reason) for key in rejects),
        *(Judgement(key, accepted=True, reason=None) for key in accepts),
    )
    return FindingPart(item, day(date), answer, judgements, closed)


def no_text() -> Text:
    """A text that says nothing."""
    return Text(Rendered(("",)))


# The portfolio


def portfolio(
    *parts: ItemPart | Record | FindingPart,
    gates: Iterable[Gate] = (),
    of: Instrument | None = None,
    target: str | None = None,
    held: Iterable[str] = (),
    period: tuple[str | None, str | None] | None = None,
    expected: Mapping[str, Sequence[str | Sequence[str]]] | None = None,
    language: str = "en",
) -> Portfolio:
    """A portfolio of items with their answers, records and findings.

    Without an instrument (`of`), the items stand below one node `A`; `gates` are those of its one predicate.
    """
    items = [each for each in parts if isinstance(each, ItemPart)]
    chosen = tuple(gates)
    if of is None:
        goals = (predicate("GOAL", *chosen),) if chosen else (INDEX_75,)
        of = instrument(node("A", *items), predicates=goals)
    known = {each.id: each for each in of.items()}
    answers = {each.item.id: made for each in items if (made := answered(known[each.item.id], each.answer)) is not None}
    findings = tuple(
        Finding(
            path=f"findings/{number}.md",
            item=each.item,
            date=each.date,
            assessor=None,
            answer=answered(known[each.item], each.answer) if each.item is not None else None,
            invalid=False,
            judgements=each.judgements,
            closed=each.closed,
            text=no_text(),
        )
        for number, each in enumerate((part for part in parts if isinstance(part, FindingPart)), start=1)
    )
    by_id = {each.id: each for each in of.predicates}
    return Portfolio(
        title="A portfolio",
        unit="A unit",
        institution=None,
        language=language,
        instrument=of,
        target=by_id[target] if target else of.default_target(),
        held=tuple(held),
        period=_period(period),
        expected={name: requirements(types) for name, types in (expected or {}).items()},
        records=tuple(each for each in parts if isinstance(each, Record)),
        answers=answers,
        answer_places={name: ("assessment/1.md", Span(0, 1)) for name in answers},
        statements=(),
        findings=findings,
        pages=(),
    )


def _period(written: tuple[str | None, str | None] | None) -> Period | None:
    if written is None:
        return None
    start, end = (None if each is None else day(each) for each in written)
    return Period(start, end)


def readiness(*parts: ItemPart | Record | FindingPart, on: str | datetime.date = DAY, **settings: Any) -> Readiness:
    """The readiness of `portfolio(...)` on a day."""
    return readiness_of(portfolio(*parts, **settings), on=day(on))


def readiness_of(of: Portfolio, *, on: datetime.date) -> Readiness:
    """The readiness of a whole portfolio, all of its records judged anew."""
    judgements = newest_judgements(of.findings, on)
    judged = [judge_record(record, judgements.get(record.id, ()), of.period, on) for record in of.records]
    items = tuple(map(scores.item_readiness, scores.item_facts(of, judged, on=on).values()))
    return assess(of, judged, items, scores.standings(of.instrument, items), on=on)


# Folders


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files by their paths below a folder, and return the folder."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def front_matter(text: str = "", /, **fields: object) -> str:
    """A Markdown file with front matter; JSON is YAML too."""
    return f"---\n{yaml_of(**fields)}---\n{text}\n"


def yaml_of(**fields: object) -> str:
    """A mapping as YAML, a key a line."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


# Real files


@cache
def pdf(text: str = "Isi dokumen", *, pages: int = 1) -> bytes:
    """A PDF of one page, or of so many."""
    from fpdf import FPDF

    made = FPDF()
    made.set_creation_date(datetime.datetime(2023, 1, 18, tzinfo=datetime.UTC))
    for _ in range(pages):
        made.add_page()
        made.set_font("Helvetica", size=12)
        made.cell(text=text)
    return bytes(made.output())


@cache
def encrypted_pdf(*, owner_only: bool = False) -> bytes:
    """A PDF that asks for a password to be opened; with `owner_only`, only to be changed."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document_:
        document_.save(made, encryption=pikepdf.Encryption(user="" if owner_only else "rahasia", owner="pemilik"))
    return made.getvalue()


@cache
def picture(format_: str, *, side: int = 64, text: str = "") -> bytes:
    """A picture that no other text's is the same as, with enough detail for a damaged half to be noticed."""
    from PIL import Image

    seed = sum(map(ord, text))
    made = Image.new("RGB", (side, side))
    made.putdata([((x * 7 + seed) % 256, (x * y) % 256, (y * 5) % 256) for y in range(side) for x in range(side)])
    out = io.BytesIO()
    made.save(out, format=format_)
    return out.getvalue()


def png(text: str = "") -> bytes:
    """A PNG picture."""
    return picture("PNG", text=text)


def jpeg(text: str = "") -> bytes:
    """A JPEG picture."""
    return picture("JPEG", text=text)


@cache
def xlsx(text: str = "Isi") -> bytes:
    """A workbook of one cell."""
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active["A1"] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def docx(text: str = "Isi") -> bytes:
    """A text document of one paragraph."""
    from docx import Document as new_document

    made = new_document()
    made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
