"""The words of `catat build --explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

from generator.build.explanation import GONE, LINKS, NEW, REPLACED, Explanation, Reason
from generator.build.page_keys import DAY
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
        yield f"  {printable(each.path)}: {', '.join(dict.fromkeys(map(_words, each.why)))}"
    if len(reasons) > MOST_REASONS:
        yield "  " + _("and {count} more").format(count=len(reasons) - MOST_REASONS)


def _words(part: str) -> str:
    """Return a reason in words; what a page shows has no name of its own but for what editors know."""
    known = {
        NEW: _("new"),
        GONE: _("gone"),
        REPLACED: _("replaced"),
        LINKS: _("a page or file is gone that it may link to"),
        DAY: _("the day of the figures"),
        "text": _("its text"),
        "defaults": _("the defaults of its folder"),
        "program": _("Catat, a library or Python"),
        "template": _("its template"),
        "site": _("settings or instrument"),
        "frame": _("the navigation"),
        "record": _("its front matter or documents"),
        "exhibits": _("its documents"),
        "findings": _("findings"),
        "previous": _("the page before it"),
        "next": _("the page after it"),
        "change": _("its last change"),
        "members": _("rows of the list"),
    }
    return known.get(part, _("the figures and documents on it"))
