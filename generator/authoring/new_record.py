"""A new record: what is known of it, its text, and its folder, written aside and put in place whole."""

from __future__ import annotations

import datetime
import os
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from generator import folding
from generator.authoring import item_search, safe_names
from generator.authoring.intake import Dated, DaySource, IncomingFile, documents_in
from generator.authoring.yaml_text import line, name, plain
from generator.messages.printable import printable
from generator.messages.refusals import Refused, said_of
from generator.model.instrument import Area, Instrument, Item
from generator.model.portfolio import Portfolio
from generator.model.yaml_text import listed, quoted_if_needed
from generator.reading import records
from generator.reading.tree import is_text
from generator.site.words import Words
from generator.typos.near_names import near


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """What is known of a record that is to be written; `draft` is None where that is left to what else is known.

    `day_from` says where the day comes from where nobody gave it and nobody agreed to it.
    """

    area: int | None = None
    title: str | None = None
    day: datetime.date | None = None
    items: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    documents: tuple[IncomingFile, ...] = ()
    text: str = ""
    draft: bool | None = None
    day_from: Dated | None = None


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that can be written: sound, and unlike every other by its id. `why_draft` where it is not final.

    `day` is None where it has still to be filled in; `day_from` says where it comes from, if nobody gave it.
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
    day_from: Dated | None = None

    @property
    def home(self) -> str:
        """The folder of the record, from the portfolio."""
        return f"{self.folder}/{self.id}"

    @property
    def path(self) -> str:
        """The file of the record, from the portfolio."""
        return f"{self.home}/index.md"


# What is named by what was written


def area_named(written: str, of: Instrument) -> Area:
    """Return the area of that number, or the one whose label holds the words. Raises Refused."""
    plain = folding.straight(written).casefold().removeprefix("area").strip(" .")
    if plain.isdecimal():
        found = [area for area in of.areas if area.number == int(plain)]
    else:
        words = plain.split()
        found = [
            area
            for area in of.areas
            if words
            and all(word in f"{area.label.id} {area.label.en} {area.code} {area.folder}".casefold() for word in words)
        ]
    if len(found) == 1:
        return found[0]
    if results := results_named(written, of):
        told = _(
            "Results are in no area ({items}). Record them in the area that did the work: "
            "give its number, and name the item."
        )
        raise Refused(told.format(items=", ".join(_ids(results))))
    if found:
        several = ", ".join(f"{area.number}. {area.label.in_('id')}" for area in found)
        raise Refused(_("{name} could be several areas: {known}. Give the number.").format(name=written, known=several))
    known = ", ".join(str(area.number) for area in of.areas)
    raise Refused(_("There is no area {number}; there are {known}.").format(number=written.strip(), known=known))


def results_of(of: Instrument) -> tuple[Item, ...]:
    """Return the items in no area: those of results, which have records in the area that did the work."""
    return tuple(item for item in of.items() if item.area is None) if of.areas else ()


def results_named(written: str, of: Instrument) -> tuple[Item, ...]:
    """Return the items of results where the words name their component or one of its parts; else none."""
    words = folding.straight(written).casefold().split()
    for aspect in of.aspects():
        items = tuple(item for item in aspect.all_items() if item.area is None)
        whole = bool(items) and len(items) == len(tuple(aspect.all_items()))
        label = f"{aspect.label.id} {aspect.label.en}".casefold().split()
        if whole and (words == [aspect.id.casefold()] or (words and set(words) <= set(label))):
            return items
    return ()


def items_named(written: Iterable[str], of: Instrument) -> tuple[str, ...]:
    """Return the ids of the items that were named, in whatever case. Raises Refused."""
    items = of.items()
    named: list[str] = []
    for each in written:
        found = item_search.exactly(each, items)
        if not found:
            raise Refused(_("There is no item {name}.").format(name=each.strip()) + _items_meant(each, of))
        named += [item.id for item in found]
    return tuple(dict.fromkeys(named))


def _items_meant(written: str, of: Instrument) -> str:
    """Return the sentence that asks after the items that were probably meant: by a slip in an id, or by words."""
    items = of.items()
    near_id = meant(written, _ids(items))
    if near_id:
        return near_id
    found = item_search.matching(written, items, of.tree, area=None, types=item_search.type_phrases(of))
    if not found:
        return ""
    some = "; ".join(f"{item.id} {item.label.in_('id')}" for item in found[:_SOME_ITEMS])
    return " " + _("Name it by its id. With these words: {items}").format(
        items=some + ("; …" if found[_SOME_ITEMS:] else "")
    )


_SOME_ITEMS = 6


def _ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def type_named(written: str, of: Instrument) -> str:
    """Return the document type that was named by its key or label. Raises Refused."""
    word = folding.folded(written)
    names = {folding.folded(each): key for key, label in of.document_types.items() for each in (label.id, label.en)}
    names |= {folding.folded(key): key for key in of.document_types}
    if word not in names:
        told = _("There is no document type {name}.").format(name=written.strip())
        raise Refused(told + meant(written, tuple(of.document_types)))
    return names[word]


def meant(written: str, known: Sequence[str]) -> str:
    """Return the sentence that asks after the name that was probably meant; nothing where none is near."""
    found = near(written, known)
    return " " + _("Did you mean {name}?").format(name=found) if found else ""


def people_of(portfolio: Portfolio, area: int | None) -> tuple[str, ...]:
    """Return those who answer for records, those of the area and of most records first."""
    weights: Counter[str] = Counter()
    for record in portfolio.records:
        for person in record.people:
            weights[person] += 1000 if record.area == area else 1
    return tuple(sorted(weights, key=lambda person: (-weights[person], person.casefold())))


def people_meant(written: str, known: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Return the persons who were named: by numbers of the list shown, by part of a known name, or as they stand.

    A name may hold commas (`Dr. Andi, M.M.`), so several names at once are given by numbers only.
    """
    numbers = item_search.numbers(written)
    if numbers is not None:
        wrong = next((number for number in numbers if not 1 <= number <= len(shown)), None)
        if wrong is not None:
            raise Refused(_("The list has no number {number}.").format(number=wrong))
        return tuple(shown[number - 1] for number in numbers)
    name_ = plain(written)
    if name_ != folding.straight(name_):  # in quotes: just so
        return (folding.straight(name_),)
    words = name_.casefold().split()
    same = [person for person in known if person.casefold() == name_.casefold()]
    like = [person for person in known if set(words) <= set(re.split(r"[\s,.]+", person.casefold()))]
    found = same or like
    return (found[0],) if len(found) == 1 else (name_,)


def missing_types(portfolio: Portfolio, items: Iterable[str], missing: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the types that the items still lack, each once; where they lack none, all that they expect."""
    chosen = tuple(items)
    lacking = tuple(dict.fromkeys(type_ for item in chosen for type_ in missing.get(item, ())))
    if lacking:
        return lacking
    by_id = {item.id: item for item in portfolio.instrument.items()}
    return tuple(dict.fromkeys(type_ for item in chosen for type_ in portfolio.expected_of(by_id[item])))


# What is made of it


def settle(
    wishes: RecordDraft, of: Portfolio, *, root_folders: Sequence[str], taken: Collection[str], today: datetime.date
) -> NewRecord:
    """Return the record that can be written. Raises Refused where something is missing or cannot be.

    `root_folders` are the names below `records/`, `taken` the ids there are, in small letters.
    """
    area = _area(of.instrument, wishes.area)
    items = items_named(wishes.items, of.instrument)
    if not (wishes.title or "").strip():
        raise Refused(_("A record needs a title: --title"))
    title, day = (wishes.title or "").strip(), wishes.day
    if day is None and wishes.draft is False:
        raise Refused(_("A final record needs the day it was done: --date"))
    by_id = {item.id: item for item in of.instrument.items()}
    reason = "" if wishes.draft is False else _why_draft(wishes, items, day, today)
    return NewRecord(
        id=safe_names.unlike(_stem(title, day), taken),
        folder="/".join(("records", *([area_folder(area, root_folders)] if area is not None else []))),
        title=title,
        day=day,
        items=tuple(by_id[item] for item in items),
        people=wishes.people,
        documents=wishes.documents,
        text=wishes.text,
        draft=bool(reason),
        why_draft=reason,
        day_from=wishes.day_from,
    )


def _stem(title: str, day: datetime.date | None) -> str:
    """Return the id that a record has by its title and day; without a day the id names none that might be wrong."""
    name_ = safe_names.slug(title)
    if day is not None:
        return f"{day.isoformat()}-{name_ or 'kegiatan'}"
    return safe_names.safe(name_ if name_ != "index" else "", otherwise="kegiatan")  # records/index.html is a list


def _area(of: Instrument, number: int | None) -> Area | None:
    if not of.areas:
        return None
    if number is None:
        known = ", ".join(str(area.number) for area in of.areas)
        raise Refused(_("A record needs an area: --area ({known})").format(known=known))
    return area_named(str(number), of)


def area_folder(area: Area, existing: Iterable[str]) -> str:
    """Return the folder of an area as the portfolio has it, else as the instrument names it."""
    own = (name_ for name_ in sorted(existing) if re.match(rf"0*{area.number}(?!\d)", name_))
    return next(own, area.folder if re.match(r"\d", area.folder) else f"{area.number}-{area.folder}")


def _why_draft(wishes: RecordDraft, items: Sequence[str], day: datetime.date | None, today: datetime.date) -> str:
    """Return why the record is a draft: without a day, a proof or an item, or still to come; "" if final."""
    if wishes.draft:
        return "asked"
    if not wishes.documents:
        return "no-evidence"
    if not items:
        return "no-items"
    if day is None:
        return "no-date"
    return "to-come" if day > today else ""


def text_of(record: NewRecord, of: Portfolio) -> str:
    """Return the text of a record's file."""
    language = of.language
    words = Words(language)
    status = {"id": {True: "draf", False: "final"}, "en": {True: "draft", False: "final"}}[language]
    lines = [
        "---",
        line(records.TITLE, quoted_if_needed(record.title), language),
        f"{line(records.DATE, _day(record), language)}{_day_comment(record, words)}",
        line(records.ITEMS, listed(item.id for item in record.items), language),
        *(f"# {item.id}: {_one_line(item.label.in_(language))}" for item in record.items),
        *([line(records.PEOPLE, listed(record.people), language)] if record.people else []),
        line(records.STATUS_KEY, status[record.draft], language),
    ]
    if record.documents:
        lines.append(f"{name(records.EVIDENCE, language)}:")
    for document in record.documents:
        lines.append(f"  - {line(records.FILE, quoted_if_needed(document.name), language)}")
        if document.title:
            lines.append(f"    {line(records.DOCUMENT_TITLE, quoted_if_needed(document.title), language)}")
        written = line(records.TYPE, document.type or "", language).rstrip()
        lines.append(f"    {written}" if document.type else f"    # {written} …")
    hint = words("Tell below the line what was done, by whom, with what result.")
    lines += [*([] if record.text else [f"# {hint}"]), "---", *([record.text] if record.text else []), ""]
    return "\n".join(lines)


def _day(record: NewRecord) -> str:
    return record.day.isoformat() if record.day is not None else ""


def _day_comment(record: NewRecord, words: Words) -> str:
    """Return the comment behind the date: what to fill in, or where a date comes from that nobody gave."""
    if record.day is None:
        return f" # {words('fill in the day it was done, such as 2023-01-18, then set the status to final')}"
    if record.day_from is None:
        return ""
    by = printable(record.day_from.by)
    match record.day_from.source:
        case DaySource.PHOTO:
            told = words("the photo {name} was taken on this day", name=by)
        case DaySource.NAME:
            told = words("read from the name {name}", name=by)
        case DaySource.PDF:
            told = words("the PDF {name} was made on this day; look whether the activity was, too", name=by)
    return f"  # {told}"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def write(root: Path, record: NewRecord, of: Portfolio) -> Path:
    """Write a record with its documents and return its file's path; whatever goes wrong, nothing is left behind.

    Raises OSError as the disk does. What lies in the portfolio already is named where it lies, not copied.
    """
    home = root / record.home
    aside = home.parent / f".{record.id}-{os.getpid()}.tmp"  # a name that is passed over wherever files are listed
    made = [folder for folder in (home.parent, *home.parent.parents) if not folder.exists()]
    try:
        with said_of(home, os.path.abspath(aside)):  # noqa: PTH100 - as `said_of` compares it
            aside.mkdir(parents=True)
            for document in record.documents:
                if not in_place(document.name):
                    shutil.copyfile(document.path, aside / document.name)
            with (aside / "index.md").open("x", encoding="utf-8", newline="\n") as new:
                new.write(text_of(record, of))
            aside.rename(home)
    except BaseException:  # Ctrl-C too
        shutil.rmtree(aside, ignore_errors=True)
        for folder in made:
            try:
                folder.rmdir()
            except OSError:  # somebody has put something there since
                break
        raise
    return home / "index.md"


def in_place(name_: str) -> bool:
    """Whether a document's name is a path of the portfolio, where it lies already."""
    return "/" in name_


def where_it_lies(root: Path, path: Path) -> str | None:
    """Return the path from the portfolio of a file that lies among its evidence or records already."""
    try:
        inside = Path(os.path.realpath(path)).relative_to(os.path.realpath(root)).as_posix()
    except (ValueError, OSError):
        return None
    return inside if inside.startswith(("evidence/", "records/")) else None


def refuse_own(root: Path, folder: Path) -> None:
    """Raise Refused where a folder is no one's evidence: the portfolio itself, what holds it, or records of it."""
    own, meant_ = root.resolve(), folder.resolve()
    if own.is_relative_to(meant_):
        told = _(
            "{name} is the folder of this portfolio, or one that holds it. "
            "Name a folder with nothing but the documents of the record, or the documents one by one."
        )
    elif meant_.is_relative_to(own / "records") and any(is_text(file.name) for file in documents_in(meant_)):
        told = _(
            "{name} holds records of this portfolio. "
            "Name a folder with nothing but the documents of the record, or the documents one by one."
        )
    else:
        return
    raise Refused(told.format(name=printable(str(folder))))
