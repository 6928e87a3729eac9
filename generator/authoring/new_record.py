"""A new record: what is known of it, and the complete record with its id, folder and status."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Sequence
from gettext import gettext as _

from msgspec import Struct

from generator.authoring import lookup, safe_names
from generator.authoring.document_dates import DocumentDay
from generator.authoring.incoming_files import IncomingFile
from generator.messages.refusals import Refused
from generator.model.instrument import Area, Instrument, Item
from generator.model.portfolio import Portfolio


class RecordDraft(Struct, frozen=True):
    """What is known of a record that is to be written; `draft` is None where that is left to what else is known.

    `day_from` is where the day comes from, if it was read from documents and nobody confirmed it.
    """

    area: int | None = None
    title: str | None = None
    day: datetime.date | None = None
    items: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    documents: tuple[IncomingFile, ...] = ()
    text: str = ""
    draft: bool | None = None
    day_from: DocumentDay | None = None


class NewRecord(Struct, frozen=True):
    """A record that can be written: sound, and unlike every other by its id. `why_draft` where it is not final.

    `day` is None where it has still to be filled in; `day_from` is where it comes from, if nobody gave it.
    """

    id: str
    folder: str
    title: str
    day: datetime.date | None
    items: tuple[Item, ...]
    people: tuple[str, ...]
    documents: tuple[IncomingFile, ...]
    text: str
    draft: bool
    why_draft: str
    day_from: DocumentDay | None = None

    @property
    def home(self) -> str:
        """The folder of the record, from the portfolio."""
        return f"{self.folder}/{self.id}"

    @property
    def path(self) -> str:
        """The file of the record, from the portfolio."""
        return f"{self.home}/index.md"


def complete(
    draft: RecordDraft,
    portfolio: Portfolio,
    *,
    root_folders: Sequence[str],
    taken: Collection[str],
    today: datetime.date,
) -> NewRecord:
    """Return the record that can be written. Raises Refused where something is missing or cannot be.

    `root_folders` are the names below `records/`, `taken` the ids there are, in small letters.
    """
    area = _area(portfolio.instrument, draft.area)
    items = lookup.items_named(draft.items, portfolio.instrument)
    if not (draft.title or "").strip():
        raise Refused(_("A record needs a title: --title"))
    title, day = (draft.title or "").strip(), draft.day
    if day is None and draft.draft is False:
        raise Refused(_("A final record needs the day it was done: --date"))
    by_id = {item.id: item for item in portfolio.instrument.items()}
    reason = "" if draft.draft is False else _why_draft(draft, items, day, today)
    return NewRecord(
        id=safe_names.unlike(record_id(title, day), taken),
        folder="/".join(("records", *([area_folder(area, root_folders)] if area is not None else []))),
        title=title,
        day=day,
        items=tuple(by_id[item] for item in items),
        people=draft.people,
        documents=draft.documents,
        text=draft.text,
        draft=bool(reason),
        why_draft=reason,
        day_from=draft.day_from,
    )


def record_id(title: str, day: datetime.date | None) -> str:
    """Return the id that a record has by its title and day; without a day the id names none that might be wrong."""
    name = safe_names.slug(title)
    if day is not None:
        return f"{day.isoformat()}-{name or 'kegiatan'}"
    return safe_names.safe(name if name != "index" else "", otherwise="kegiatan")  # records/index.html is a list


def _area(instrument: Instrument, number: int | None) -> Area | None:
    if not instrument.areas:
        return None
    if number is None:
        known = ", ".join(str(area.number) for area in instrument.areas)
        raise Refused(_("A record needs an area: --area ({known})").format(known=known))
    return lookup.area_named(str(number), instrument)


def area_folder(area: Area, existing: Iterable[str]) -> str:
    """Return the folder of an area as the portfolio has it, else as the instrument names it."""
    own = (name for name in sorted(existing) if re.match(rf"0*{area.number}(?!\d)", name))
    return next(own, area.folder if re.match(r"\d", area.folder) else f"{area.number}-{area.folder}")


def _why_draft(draft: RecordDraft, items: Sequence[str], day: datetime.date | None, today: datetime.date) -> str:
    """Return why the record is a draft: without a day, a proof or an item, or still to come; "" if final."""
    if draft.draft:
        return "asked"
    if not draft.documents:
        return "no-evidence"
    if not items:
        return "no-items"
    if day is None:
        return "no-date"
    return "to-come" if day > today else ""
