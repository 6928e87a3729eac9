"""What `catat new` says about a record: its documents, its day, its fields, its status, and what its items lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from gettext import gettext as _
from gettext import ngettext

from generator.authoring.document_dates import DaySource, DocumentDay
from generator.authoring.incoming_files import IncomingFile
from generator.authoring.intake import SkippedFile
from generator.authoring.new_record import NewRecord
from generator.languages.words import Words
from generator.messages.printable import printable
from generator.model.instrument import Instrument
from generator.readiness.readiness import Readiness
from generator.site.site import Site


def day_source(day: DocumentDay, words: Words) -> str:
    """Return a sentence that says where a suggested day comes from."""
    sentences = {
        DaySource.PHOTO: _("The photo {name} was taken on {day}."),
        DaySource.NAME: _("The name {name} tells the date {day}."),
        DaySource.PDF: _("The PDF {name} was made on {day}; look whether the activity was on that day."),
    }
    return sentences[day.source].format(name=printable(day.by), day=words.day(day.day))


def taken_lines(
    taken: Iterable[IncomingFile], skipped: Iterable[SkippedFile], instrument: Instrument, language: str
) -> list[str]:
    """Return a line for each file: under which name and type it is taken, or why it is not."""
    lines = []
    for each in taken:
        labels = [instrument.document_types[type_].in_(language) for type_ in each.types] or [_("type not known")]
        lines.append("  + " + f"{printable(each.path.name)} -> {each.name} ({', '.join(labels)})")
        if each.locked:
            lines.append("    " + _("It asks for a password: as long as it does, it does not count."))
    return lines + ["  - " + f"{printable(each.path.name)}: {_skip_reason(each.reason)}" for each in skipped]


def _skip_reason(reason: str) -> str:
    reasons: Mapping[str, str] = {
        "again": _("taken already"),
        "lock": _("skipped, a lock file: the document is open in Office; the document itself is what counts"),
        "junk": _("skipped, a file of the system and no document"),
        "text": _("skipped: a .md file would be taken for a record; save it as PDF or .txt"),
        "special": _("skipped: it is no file but a pipe, a device or a folder"),
        "gone": _("skipped: it is a link that leads to no file, or the file is no longer there"),
        "unreadable": _("skipped: it may not be read; look whether it is open elsewhere or whom it belongs to"),
        "empty": _("skipped: the file is empty (0 bytes); copy it again from where it came from"),
        "damaged": _("skipped: the file is damaged and does not open; copy or scan it again"),
        "unexamined": _("skipped: it takes too much time or memory to open; save it again, smaller or in parts"),
        "mismatch": _("skipped: its content is not what its ending says; save it again in the right format"),
        "placeholder": _("skipped: it only points to a document and holds none; download the document itself"),
    }
    return reasons.get(reason, _("skipped: it is no document"))


def summary_lines(record: NewRecord, words: Words) -> list[str]:
    """Return a record in a few lines, for the user to confirm."""
    count = len(record.documents)
    area = record.folder.partition("/")[2]
    rows = [
        *([(_("Area"), area)] if area else []),
        (_("Title"), record.title),
        (_("Date"), words.day(record.day) if record.day is not None else _("still to be filled in")),
        (_("Items"), ", ".join(item.id for item in record.items) or "-"),
        (_("People"), "; ".join(record.people) or "-"),
        (_("Evidence"), ngettext("{count} document", "{count} documents", count).format(count=count)),
        (_("Status"), _("draft") if record.draft else _("final")),
    ]
    width = max(len(name) for name, _value in rows)
    return [f"  {name:<{width}}  {value}" for name, value in rows]


def status_line(record: NewRecord, *, counts: bool) -> str:
    """Return what a record's status means, and the reason for it; `counts` if any of its documents counts."""
    if not record.draft and counts:
        return _("Status final: it counts, and catat build publishes it.")
    if not record.draft:
        return _("Status final: catat build publishes it, but none of its documents counts yet.")
    why = {
        "asked": _("as you asked"),
        "no-evidence": _("because it has no evidence yet"),
        "no-items": _("because it names no item yet"),
        "to-come": _("because its date is still to come"),
        "no-date": _("because its date is still to be filled in"),
    }[record.why_draft]
    return _(
        "Status draft, {why}: you see it in catat serve, but it does not count and is not published. "
        "Set its status to final when it is complete."
    ).format(why=why)


def missing_lines(record: NewRecord, readiness: Readiness) -> list[str]:
    """Return which documents the items of a record still lack, one line each."""
    site = Site.of(readiness.portfolio, readiness.on)
    lines = [_("What its items still lack:")]
    for item in record.items:
        missing = site.missing_label(readiness.item(item.id).missing)
        lines.append(f"  {item.id}: {missing or _('nothing, all required documents are there')}")
    return lines
