"""The links of a worksheet as draft records: one for each sub-area, with an entry for each address.

A draft counts nothing and has no page: somebody looks at what the links lead to, fills in the day, and makes it final.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from gettext import gettext as _
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from generator.authoring import record_files, safe_names
from generator.authoring.new_record import area_folder
from generator.authoring.yaml_text import line, name
from generator.exchange.worksheet.columns import one_line
from generator.exchange.worksheet.matching import Placement
from generator.exchange.worksheet.rows import Worksheet
from generator.exchange.xlsx.workbook_parts import Position
from generator.importing.assessment_changes import NewText
from generator.importing.worksheet_remarks import Remark
from generator.languages.words import Words
from generator.messages.source import Source
from generator.model.addresses import item_path
from generator.model.instrument import Aspect, Item
from generator.model.portfolio import DocumentUrl, Portfolio
from generator.model.yaml_text import listed, quoted_if_needed
from generator.reading import records


class SheetLink(Struct, frozen=True):
    """An address beside an item, with the words that name the document and the cell that it stands in."""

    item: Item
    row: int
    place: str
    address: str
    title: str


class EvidencePlan(Struct, frozen=True):
    """The new records, the links that go into them, and those that the portfolio has already."""

    files: tuple[NewText, ...]
    new: tuple[SheetLink, ...]
    known: tuple[SheetLink, ...]
    remarks: tuple[Remark, ...]


def plan(
    worksheet: Worksheet,
    placement: Placement,
    portfolio: Portfolio,
    texts: Sequence[Source],
    root: Path,
    exported: Mapping[str, str] | None = None,
) -> EvidencePlan:
    """Return the records that bring the links of a worksheet into a portfolio.

    `exported` is the evidence that Catat itself wrote into the cells of items, where it is known.
    """
    own = _own_cells(worksheet, placement, portfolio, exported or {})
    found, remarks = _links(worksheet, placement, own)
    known = [each for each in found if _is_known(each, portfolio, texts)]
    new = [each for each in found if each not in known]
    results = [each for each in new if each.item.area is None and portfolio.instrument.areas]
    for each in results:
        sentence = _("{address} proves {item}, a result: record it in the area that did the work.")
        filled_in = sentence.format(address=each.address, item=each.item.id)
        remarks.append(Remark("link-of-result", each.place, filled_in))
    new = [each for each in new if each not in results]
    remarks += _words_alone(worksheet, placement, {each.item.id for each in found}, own)
    folders, taken = record_files.existing_names(root, (text.path for text in texts))
    files = _records(worksheet, placement, portfolio, new, folders, taken)
    return EvidencePlan(tuple(files), tuple(new), tuple(known), tuple(remarks))


def _records(
    worksheet: Worksheet,
    placement: Placement,
    portfolio: Portfolio,
    links: Sequence[SheetLink],
    folders: Sequence[str],
    taken: AbstractSet[str],
) -> Iterator[NewText]:
    """Yield a record for each sub-area with links; `folders` are those of areas, `taken` the ids there are."""
    nodes = {item.id: aspect for aspect in portfolio.instrument.aspects() for item in aspect.items}
    areas = {area.number: area for area in portfolio.instrument.areas}
    by_node: dict[str, list[SheetLink]] = {}
    for each in links:
        by_node.setdefault(nodes[each.item.id].id, []).append(each)
    taken = {*taken, "index"}
    for several in by_node.values():
        item = several[0].item
        title = _title(worksheet, nodes[item.id], portfolio)
        home = ["records"] if item.area is None else ["records", area_folder(areas[item.area], folders)]
        id_ = safe_names.unlike(safe_names.safe(safe_names.slug(title), otherwise="bukti"), taken)
        taken.add(id_)
        named = _words(worksheet, placement, {each.item.id for each in several})
        yield NewText("/".join((*home, f"{id_}.md")), _text(title, several, named, portfolio.language))


# The links of the sheet


_ADDRESS = re.compile(r"https?://\S+?(?=[;,.)>\]]*(?:\s|$|https?://))", re.IGNORECASE)
_LONGEST_TITLE = 120


def _own_cells(
    worksheet: Worksheet, placement: Placement, portfolio: Portfolio, exported: Mapping[str, str]
) -> frozenset[Position]:
    """Return the cells that hold what Catat wrote: the page of the item in the site, or what was exported."""
    found = set()
    for row, item in placement.every_row():
        page = f"{portfolio.site_url}{quote(item_path(item.id))}" if portfolio.site_url is not None else None
        written = {page, " ".join(exported.get(item.id, "").split())} - {None, ""}
        for column in _columns(worksheet):
            position = row.number, column
            said = {" ".join(worksheet.sheet.text(*position).split()), worksheet.sheet.links.get(position, "")} - {""}
            if said and said <= written:
                found.add(position)
    return frozenset(found)


def _links(
    worksheet: Worksheet, placement: Placement, own: AbstractSet[Position]
) -> tuple[list[SheetLink], list[Remark]]:
    """Return every address beside the rows of items and their counts, in the order of the sheet, but for our `own`."""
    found: dict[tuple[str, str], SheetLink] = {}
    remarks: list[Remark] = []
    for row, item in placement.every_row():
        for column in _columns(worksheet):
            if (row.number, column) in own:
                continue
            addresses, unread = _addresses(worksheet, row.number, column)
            remarks += unread
            for address in addresses:
                place, title = worksheet.sheet.place(row.number, column), _title_of(worksheet, row.number, column)
                found.setdefault((item.id, address), SheetLink(item, row.number, place, address, title))
    return list(found.values()), remarks


def _addresses(worksheet: Worksheet, row: int, column: int) -> tuple[list[str], list[Remark]]:
    """Return the addresses of a cell: where it leads to, and what its words name; with what is odd about them."""
    sheet = worksheet.sheet
    place, behind = sheet.place(row, column), sheet.links.get((row, column), "")
    shown = [_on_the_web(each) for each in _ADDRESS.findall(sheet.text(row, column))]
    if not behind:
        return shown, []
    if not _ADDRESS.match(behind):
        sentence = _("{address} is no address on the web and was left out.")
        return shown, [Remark("link-local", place, sentence.format(address=behind))]
    leads_to = _on_the_web(behind)
    if len(shown) > 1:
        return list(dict.fromkeys([*shown, leads_to])), []
    if shown and shown[0].rstrip("/") != leads_to.rstrip("/"):
        sentence = _("The cell shows {shown} and leads to {address}, which was taken.")
        return [leads_to], [Remark("link-other", place, sentence.format(shown=shown[0], address=leads_to))]
    return [leads_to], []


def _on_the_web(address: str) -> str:
    """Return an address as it can stand in a file: its blanks as `%20`, as browsers send them."""
    return "".join(
        "%20" if each.isspace() else each for each in address.strip() if each.isspace() or each.isprintable()
    )


def _columns(worksheet: Worksheet) -> tuple[int, ...]:
    columns = worksheet.columns
    return tuple(dict.fromkeys((*columns.links, *([columns.evidence] if columns.evidence is not None else []))))


def _title_of(worksheet: Worksheet, row: int, column: int) -> str:
    """Return what names the document: the words beside the link, else those of the link; nothing where there are none.

    A list of documents is no name of one.
    """
    columns = worksheet.columns
    for each in (columns.evidence, column):
        words = [line for line in _lines(worksheet, row, each) if not _ADDRESS.search(line)]
        if len(words) == 1 and len(words[0]) <= _LONGEST_TITLE:
            return words[0]
    return ""


def _lines(worksheet: Worksheet, row: int, column: int | None) -> list[str]:
    """Return the lines of a cell without the numbers of a list."""
    lines = (one_line(each) for each in worksheet.sheet.text(row, column).splitlines())
    plain = (re.sub(r"^(?:[0-9]{1,2}[.)]|[a-z][.)]|[-•])\s*", "", each) for each in lines)
    return [each for each in plain if each]


def _words(worksheet: Worksheet, placement: Placement, items: AbstractSet[str]) -> list[tuple[str, str]]:
    """Return what the sheet names as evidence of some items, with the item."""
    if worksheet.columns.evidence is None:
        return []
    return [
        (item.id, words)
        for row, item in placement.every_row()
        if item.id in items
        for words in _lines(worksheet, row.number, worksheet.columns.evidence)
        if not _ADDRESS.search(words)
    ]


def _words_alone(
    worksheet: Worksheet, placement: Placement, linked: AbstractSet[str], own: AbstractSet[Position]
) -> Iterable[Remark]:
    """Yield the remark on the cells that name evidence without a link, which no record holds."""
    column = worksheet.columns.evidence
    if column is None:
        return
    rows = [
        row.number for row, item in placement.every_row() if item.id not in linked and (row.number, column) not in own
    ]
    cells = [worksheet.sheet.place(row, column) for row in rows if worksheet.sheet.text(row, column)]
    if cells:
        sentence = _("These cells name evidence without a link, for which nothing was written: {cells}.")
        shown = ", ".join(each.rpartition("!")[2] for each in cells)
        yield Remark("evidence-without-link", cells[0], sentence.format(cells=shown))


# The portfolio


def _is_known(link: SheetLink, portfolio: Portfolio, texts: Iterable[Source]) -> bool:
    """Whether a record has the address for this item, or has it as a restricted document, whose items are hidden."""
    if any(
        link.item.id in each.items
        and isinstance(each.source, DocumentUrl)
        and link.address in {each.source.address, each.written}
        for each in portfolio.documents()
    ):
        return True
    hidden = {each.path for each in portfolio.records if any(document.confidential for document in each.documents)}
    return any(text.path in hidden and link.address in text.text and link.item.id in text.text for text in texts)


def _title(worksheet: Worksheet, node: Aspect, portfolio: Portfolio) -> str:
    titles: Mapping[str, str] = {each.path.casefold(): each.title for each in reversed(worksheet.headings)}
    return titles.get(node.id.casefold()) or node.label.in_(portfolio.language)


def _text(title: str, links: Sequence[SheetLink], named: Sequence[tuple[str, str]], language: str) -> str:
    """Return the text of a draft record."""
    words = Words(language)
    hint = words("fill in the day it was done, such as 2023-01-18, then set the status to final")
    items = list(dict.fromkeys(each.item.id for each in links))
    lines = [
        "---",
        line(records.TITLE, quoted_if_needed(title), language),
        f"{name(records.DATE, language)}: # {hint}",
        line(records.ITEMS, listed(items), language),
        line(records.STATUS_KEY, {"id": "draf", "en": "draft"}[language], language),
        f"{name(records.EVIDENCE, language)}:",
    ]
    by_address: dict[str, list[SheetLink]] = {}
    for each in links:
        by_address.setdefault(each.address, []).append(each)
    for address, several in by_address.items():
        shown = next((each.title for each in several if each.title), "")
        own = [each.item.id for each in several]
        shown = shown or words("Evidence of {items}", items=", ".join(own))
        lines += [
            f"  - {line(records.URL, quoted_if_needed(address), language)}",
            f"    {line(records.DOCUMENT_TITLE, quoted_if_needed(shown), language)}",
            *([f"    {line(records.NARROWED_ITEMS, listed(own), language)}"] if own != items else []),
        ]
    body = [f"- {item}: {each}" for item, each in named]
    heading = [words("The worksheet names as evidence:"), ""] if body else []
    return "\n".join([*lines, "---", *heading, *body, ""])
