"""The words of `catat build --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

from generator.build.explanation import GONE, NEW, REPLACED, Explanation, Reason
from generator.messages.printable import printable

MOST_REASONS = 20
"""Lines of each kind; a change of the theme has thousands."""


def explanation_text(of: Explanation) -> str:
    """Return what a build did again, and why, as lines."""
    kinds = (
        (ngettext("{count} text read", "{count} texts read", len(of.texts)), of.texts),
        (
            ngettext("{count} document copied or removed", "{count} documents copied or removed", len(of.documents)),
            of.documents,
        ),
        (ngettext("{count} page written or removed", "{count} pages written or removed", len(of.pages)), of.pages),
        (
            ngettext("{count} other file written or removed", "{count} other files written or removed", len(of.others)),
            of.others,
        ),
    )
    lines = [line for heading, reasons in kinds if reasons for line in _lines(heading, reasons)]
    return "\n".join(lines or [_("Nothing has changed since the last build.")])


def _lines(heading: str, reasons: Sequence[Reason]) -> Iterator[str]:
    yield f"{heading.format(count=len(reasons))}:"
    for each in reasons[:MOST_REASONS]:
        yield f"  {printable(each.path)}: {', '.join(_words(part) for part in each.why)}"
    if len(reasons) > MOST_REASONS:
        yield "  " + _("and {count} more").format(count=len(reasons) - MOST_REASONS)


def _words(part: str) -> str:
    """Return a reason in words; of an argument that no reader of pages would know, its name."""
    known = {
        NEW: _("new"),
        GONE: _("gone"),
        REPLACED: _("replaced"),
        "text": _("its text"),
        "defaults": _("the defaults of its folder"),
        "program": _("Catat, a library or Python"),
        "template": _("its template"),
        "site": _("settings or instrument"),
        "frame": _("the navigation"),
        "record": _("its front matter or documents"),
        "exhibits": _("its documents"),
        "readiness": _("the figures"),
        "findings": _("findings"),
        "previous": _("the record before it"),
        "next": _("the record after it"),
        "change": _("its last change"),
        "item": _("the item"),
        "members": _("rows of the list"),
        "total": _("rows of the list"),
        "listing": _("what the list can be narrowed to"),
    }
    return known.get(part, part)
