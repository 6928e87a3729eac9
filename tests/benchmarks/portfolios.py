"""Portfolios of any size in the generator's own format, without a fault and the same for the same seed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.benchmarks import documents, prose, worksheet
from tests.benchmarks.documents import Ending
from tests.benchmarks.worksheet import INSTRUMENT, Area, Item, Worksheet

TITLE = "Portofolio Zona Integritas"
FIRST_DAY = date(2022, 9, 1)
LAST_DAY = date(2023, 6, 30)
ENDINGS: tuple[Ending, ...] = ("pdf", "pdf", "pdf", "jpg", "pdf", "pdf", "pdf", "png")
"""The kinds of documents, in turn."""
STRIDE = 70
"""Steps through the items: 113 is prime, so none is left out, and its golden section mixes the areas."""


@dataclass(frozen=True, slots=True)
class Document:
    """An evidence file next to its record."""

    number: int
    title: str
    type: str
    ending: Ending
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its file name; the number keeps it apart from every other."""
        return f"{self.type}-{self.number:06}.{self.ending}"

    def content(self) -> bytes:
        """Its bytes, made when asked for: those of a large portfolio would not fit in memory."""
        return documents.content(self.ending, number=self.number, lines=self.lines)


def write_document(path: Path, document: Document) -> None:
    """Write a document."""
    path.write_bytes(document.content())


@dataclass(frozen=True, slots=True)
class Record:
    """An activity with its text and its evidence."""

    id: str
    area: Area
    title: str
    day: date
    last_day: date
    items: tuple[str, ...]
    person: str
    tag: str
    evidence: tuple[Document, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What was written, for whoever writes the same content for another generator."""

    worksheet: Worksheet
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a record stands among the others, known before its text is: texts link to neighbours."""

    id: str
    area: Area
    day: date
    item: Item


def write_portfolio(
    folder: Path,
    *,
    records: int,
    documents_per_record: float = 2.5,
    seed: int = 1,
    instrument: Path | None = None,
    previews: bool = False,
    endings: tuple[Ending, ...] = ENDINGS,
    write: Callable[[Path, Document], None] = write_document,
) -> Portfolio:
    """Write a portfolio of so many records into a folder and return what is in it.

    The items come from the instrument that the generator ships, or from a file in its place. Previews are off unless
    asked for: the generators that are compared make none. `endings` are the kinds of documents, in turn; `write` puts a
    document where it belongs.
    """
    sheet = worksheet.read(instrument or worksheet.shipped())
    made = tuple(_records(sheet, records, documents_per_record, seed, endings))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "portfolio.yaml").write_text(_settings(previews=previews), encoding="utf-8")
    for record in made:
        home = folder / "records" / record.area.folder / record.id
        home.mkdir(parents=True)
        (home / "index.md").write_text(source(record), encoding="utf-8")
        for document in record.evidence:
            write(home / document.name, document)
    _write_assessment(folder / "assessment", sheet)
    return Portfolio(sheet, made)


def _records(
    sheet: Worksheet, count: int, documents_per_record: float, seed: int, endings: tuple[Ending, ...]
) -> Iterator[Record]:
    slots = [_slot(sheet, number, seed) for number in range(count)]
    types = {item.id: item.types for item in sheet.items}
    for number, slot in enumerate(slots):
        chance = Random(f"{seed}/{number}")
        items = _supported(sheet, slot, chance)
        # Cumulative, so that the total is exact: 2.5 gives two and three in turn.
        first, end = (int(documents_per_record * n) for n in (number, number + 1))
        wanted = [kind for item in items for kind in types[item]]
        evidence = tuple(_document(n, wanted[(n - first) % len(wanted)], endings, chance) for n in range(first, end))
        files = tuple(f"[{document.title}]({document.name})" for document in evidence[:2])
        before = slots[number - 1]
        links = (f"[kegiatan sebelumnya](../../{before.area.folder}/{before.id}/index.md)", *files)
        yield Record(
            id=slot.id,
            area=slot.area,
            title=f"{prose.title(chance)} {number + 1}",
            day=slot.day,
            last_day=slot.day + timedelta(days=chance.randint(0, 2)),
            items=items,
            person=chance.choice(prose.PERSONS),
            tag=chance.choice(prose.WORDS),
            evidence=evidence,
            text=prose.text(chance, links=links),
        )


def _slot(sheet: Worksheet, number: int, seed: int) -> Slot:
    chance = Random(f"{seed}/{number}/slot")
    item = sheet.items[number * STRIDE % len(sheet.items)]
    # An item of the results component belongs to no area: its records take turns.
    area = next((a for a in sheet.areas if a.number == item.area), sheet.areas[number % len(sheet.areas)])
    day = FIRST_DAY + timedelta(days=chance.randrange((LAST_DAY - FIRST_DAY).days - 1))
    return Slot(f"{day}-{chance.choice(prose.WORDS)}-{number + 1:05}", area, day, item)


def _supported(sheet: Worksheet, slot: Slot, chance: Random) -> tuple[str, ...]:
    """One to three items: the one whose turn it is, and others of the same area."""
    others = [item.id for item in sheet.items if item.area == slot.area.number and item != slot.item]
    return (slot.item.id, *sorted(chance.sample(others, k=chance.randint(0, 2))))


def _document(number: int, kind: str, endings: tuple[Ending, ...], chance: Random) -> Document:
    title = f"{kind.replace('-', ' ').capitalize()} {chance.choice(prose.WORDS)} {number + 1}"
    return Document(number, title, kind, endings[number % len(endings)], (title, *prose.lines(chance, 24)))


def _settings(*, previews: bool) -> str:
    return (
        f"title: {TITLE}\nunit: Balai Diklat Contoh\ninstitution: Kementerian Contoh\n"
        f"instrument: {INSTRUMENT}\ntarget: WBK\nlanguage: id\n"
        f"period: {{from: {FIRST_DAY}, to: {LAST_DAY}}}\n"
        f"previews: {str(previews).lower()}\n"
    )


def source(record: Record) -> str:
    """The file of a record."""
    entries = "".join(
        f"  - file: {document.name}\n    title: {document.title}\n    type: {document.type}\n"
        for document in record.evidence
    )
    return (
        f"---\ntitle: {record.title}\ndate: {record.day}\nend_date: {record.last_day}\n"
        f"items: [{', '.join(record.items)}]\npeople: [{record.person}]\ntags: [{record.tag}]\n"
        + (f"evidence:\n{entries}" if entries else "")
        + f"---\n\n{record.text}"
    )


def _write_assessment(folder: Path, sheet: Worksheet) -> None:
    """One file per area, and one for the results component, which together answer every item."""
    folder.mkdir()
    names: dict[int | None, str] = {area.number: area.folder for area in sheet.areas}
    names[None] = "hasil"
    for area, name in names.items():
        answers = "".join(f"  {item.id}: {item.answer}\n" for item in sheet.items if item.area == area)
        text = f"---\nanswers:\n{answers}---\n\n{prose.title(Random(name))}.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
