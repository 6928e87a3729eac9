"""What the preview adds to the site: the script of each page, the list of problems over it, and own pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import escape

from generator import resources
from generator.messages.diagnostics import Diagnostic, Severity
from generator.messages.printable import printable
from generator.messages.renderers import excerpt
from generator.model.addresses import NOT_FOUND
from generator.preview.previewer import Previewer, PreviewState
from generator.reading.settings import DEFAULT_THEME
from generator.site.theme import CSP

_OWN = "/__catat/"
STATE, PROBLEMS, OPEN = f"{_OWN}state", f"{_OWN}problems", f"{_OWN}open"
_SCRIPT, _STYLE, _ICON = f"{_OWN}live.js", f"{_OWN}live.css", f"{_OWN}icon.svg"
_LIVE = Path(__file__).parent / "live"
FILES = {
    _SCRIPT: _LIVE / "live.js",
    _STYLE: _LIVE / "live.css",
    _ICON: resources.themes() / DEFAULT_THEME / "assets/icon.svg",
}
"""The files that its pages load, by their paths."""
# What the preview adds to a page needs more than the page itself may do.
_PREVIEW_CSP = f"{CSP}; connect-src 'self'"


def unstyled(text: str, role: str) -> str:  # noqa: ARG001 - styles take the role
    """Return a part of a report as it is, where reports have no colours."""
    return text


def with_script(page: bytes, fingerprint: str, appearance: str) -> bytes:
    """Add the script to a page that is sent, and let the policy of the page allow it."""
    added = (
        f'<link rel="stylesheet" href="{_STYLE}">'
        f'<script src="{_SCRIPT}" data-sum="{fingerprint}" data-appearance="{appearance}" defer></script></head>'
    )
    for written in (escape, str):  # as templates escape it, or as a theme of one's own has it
        page = page.replace(written(CSP).encode(), written(_PREVIEW_CSP).encode(), 1)
    return page.replace(b"</head>", added.encode(), 1)


def state(problems: Sequence[Diagnostic], language: str) -> dict[str, object]:
    """Return the data of the overlay: the first errors, and how many errors and warnings there are."""
    errors = [each for each in problems if each.severity is Severity.ERROR]
    warnings = len(problems) - len(errors)
    count = ngettext("{count} error", "{count} errors", len(errors)).format(count=len(errors))
    also = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    return {
        "problems": [_problem(each, language) for each in errors[:MOST_PROBLEMS]],
        "title": f"{count}, {also}" if warnings else count,
        "note": _("You see the last good page. It is renewed when these are mended."),
        "all": {"text": _("All problems"), "href": PROBLEMS},
        "warnings": also if warnings else "",
        "fold": _("Fold"),
        "unfold": _("Show"),
        "gone": _("The preview was stopped. Start it again with: catat serve"),
        "unopened": _("No editor could be opened. Open the file by hand."),
    }


MOST_PROBLEMS = 20
"""Problems shown over a page; the page of all problems has the rest."""


def _problem(found: Diagnostic, language: str) -> dict[str, str]:
    place = found.place
    where = ":".join(str(part) for part in (printable(place.file), place.line, place.column) if part is not None)
    query = urlencode({"file": place.file, "line": place.line or 1, "column": place.column or 1}, errors="replace")
    opens = place.file.casefold().endswith(TEXTS)
    return {
        "severity": str(found.severity),
        "code": found.code,
        "message": found.message(language),
        "where": _("Open {place}").format(place=where) if opens else where,
        "open": f"{OPEN}?{query}" if opens else "",
        "excerpt": "\n".join(excerpt(place, unstyled, "")[1:]),
        "hint": found.hint(language),
    }


TEXTS = (".md", ".yaml", ".yml", ".html", ".css", ".js")
"""Endings of the files that may be opened in an editor, where they are edited and never run."""


def problems_page(previewer: Previewer, language: Callable[[PreviewState], str], *, first: bool = False) -> bytes:
    """Return the page of all problems; `first` where there is no good site yet."""
    preview = previewer.preview
    spoken = language(preview)
    problems = previewer.problems(preview)
    rows = [_problem(each, spoken) for each in problems]
    listed = "".join(map(_as_row, rows))
    title = _("All problems") if rows else _("There are no problems.")
    body = f'<ol class="catat-list">{listed}</ol>'
    if first:
        return _own_page(_("There are problems to mend first."), body, spoken)
    back = html.escape(_("Back to the portfolio"))
    return _own_page(title, f'<p><a href="/">{back}</a></p>{body}', spoken)


def _as_row(problem: Mapping[str, str]) -> str:
    """Return one problem as HTML, the same as the script of a page shows it."""
    escaped = {name: html.escape(text) for name, text in problem.items()}
    place = f'<a href="{escaped["open"]}" data-open>{escaped["where"]}</a>' if problem["open"] else escaped["where"]
    shown = f"<pre>{escaped['excerpt']}</pre>" if problem["excerpt"] else ""
    return (
        f'<li class="{escaped["severity"]}"><p><strong>{escaped["message"]}</strong> <code>{escaped["code"]}</code></p>'
        f"<p>{place}</p>{shown}<p>{escaped['hint']}</p></li>"
    )


def not_found(previewer: Previewer) -> bytes:
    """Return the site's page for what is not found, its links made absolute."""
    preview = previewer.preview
    page = previewer.page(NOT_FOUND)
    if page:
        return _RELATIVE.sub(rb'\1="/', page)
    if preview.number:
        return _own_page(_("There are problems to mend first."), "", preview.language)
    _stage, done, of = previewer.progress
    progress = _("{done} of {of} read").format(done=done, of=of) if of else ""
    return _own_page(_("The portfolio is being read."), f'<p class="catat-progress">{html.escape(progress)}</p>', "id")


_RELATIVE = re.compile(rb'(?<= )(href|src)="(?![#/]|[a-z]+:)')


def _own_page(title: str, body: str, language: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(CSP)}">'
        f'<link rel="icon" href="{_ICON}" type="image/svg+xml">'
        f'<title>{html.escape(title)} – Catat</title></head><body class="catat-own"><main>'
        f"<h1>{html.escape(title)}</h1>{body}</main></body></html>\n"
    ).encode()
