"""What a portfolio says in a worksheet: the answer to each item, its counts, its note, and its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from urllib.parse import quote

from msgspec import Struct

from generator.model.addresses import item_path
from generator.model.instrument import Choices, Decrease, Item, Linear, Ratio
from generator.model.portfolio import Answer
from generator.readiness.readiness import Readiness
from generator.readiness.scores import ItemReadiness

_FRACTION = re.compile(r"([0-9]+)/([0-9]+)")


class ItemContents(Struct, frozen=True):
    """What the cells of one item hold; `answer` is a choice or a mark, None where it is blank or given by counts.

    `counts` are by the keys of the item's inputs. Where the answer is a share without its counts, as `85%`, there are
    none, and `uncounted` is that share. `evidence` is the address of the item's page in the site, or the names of its
    accepted documents that are open to all.
    """

    item: Item
    answer: str | Fraction | None = None
    counts: Mapping[str, Fraction] = {}
    uncounted: str = ""
    note: str = ""
    evidence: str = ""


def contents(readiness: Readiness) -> Mapping[str, ItemContents]:
    """Return the contents of the cells of each item, by its id, in the order of the instrument."""
    site_url = readiness.portfolio.site_url
    return {each.item.id: given(each.item, each.answer, _evidence(each, site_url)) for each in readiness.items}


def given(item: Item, answer: Answer | None, evidence: str = "") -> ItemContents:
    """Return what the cells of an item hold for an answer, of the unit or of assessors."""
    if answer is None:
        return ItemContents(item, evidence=evidence)
    note = answer.note or ""
    match item.scale:
        case Choices():
            return ItemContents(item, answer.text, note=note, evidence=evidence)
        case Linear(maximum):
            return ItemContents(item, answer.value * maximum, note=note, evidence=evidence)
        case Ratio() | Decrease():
            counts = dict(answer.inputs) or dict(counts_of(item, answer))
            uncounted = "" if counts else answer.text
            return ItemContents(item, None, counts, uncounted, note, evidence)


def counts_of(item: Item, answer: Answer) -> Iterator[tuple[str, Fraction]]:
    """Yield the counts of an answer that is written as a fraction, where the item has one count for each part."""
    written = _FRACTION.fullmatch(answer.text)
    parts = [[each.key for each in item.inputs if each.role == role] for role in ("of", "over")]
    if written is not None and all(len(keys) == 1 for keys in parts):
        yield parts[0][0], Fraction(written[1])
        yield parts[1][0], Fraction(written[2])


def _evidence(readiness: ItemReadiness, site_url: str | None) -> str:
    """Return where the evidence of an item is: its page, where the site's address is known, else documents' names."""
    if site_url is not None:
        return f"{site_url}{quote(item_path(readiness.item.id))}"
    names = (document.name for document in readiness.accepted if not document.confidential)
    return "; ".join(dict.fromkeys(name for name in names if name))
