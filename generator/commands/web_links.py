"""Tries the addresses of documents on the web, which nothing else in Catat does."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from generator import __version__
from generator.build.outcome import Outcome
from generator.evidence.addresses import UrlFault, url_fault, url_form
from generator.messages.diagnostics import Diagnostic, Place
from generator.model.evidence import UrlForm
from generator.model.portfolio import DocumentUrl

TIMEOUT_SECONDS = 10.0
_TRIED = {None, UrlFault.PRIVATE, UrlFault.ONE_WORD}
"""What can be tried: an address of the office network may be dead besides."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of trying an address: where it led in the end, or why it could not be opened."""

    address: str
    refusal: str | None = None


def unreachable(outcome: Outcome, *, progress: Callable[[str, int, int], None]) -> tuple[Diagnostic, ...]:
    """Return a warning for each address that does not answer or leads on to a folder; each is tried once."""
    portfolio = outcome.portfolio
    assert portfolio is not None  # asked only of a portfolio that could be read
    cited = [
        (record, document, document.source)
        for record in portfolio.records
        for document in record.documents
        if isinstance(document.source, DocumentUrl) and url_fault(document.source.address) in _TRIED
    ]
    opener = urllib.request.build_opener()
    answers: dict[str, _Answer] = {}
    found = []
    for number, (record, document, source) in enumerate(cited, start=1):
        if source.address not in answers:
            answers[source.address] = _tried(source.address, opener)
        progress("links", number, len(cited))
        problem = _problem(source, answers[source.address], outcome.source(record.path).place(document.span))
        if problem is not None:
            found.append(problem)
    return tuple(found)


def _problem(source: DocumentUrl, answer: _Answer, place: Place) -> Diagnostic | None:
    if answer.refusal is not None:
        return Diagnostic.warning("url-unreachable", place, url=source.address, reason=answer.refusal)
    if source.form is UrlForm.UNCLEAR and url_form(answer.address) is UrlForm.FOLDER:
        return Diagnostic.warning("url-ambiguous", place, variant="folder", url=source.address, target=answer.address)
    return None


def _tried(address: str, opener: urllib.request.OpenerDirector) -> _Answer:
    """Open an address, following where it leads on."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, method=method, headers={"User-Agent": f"Catat/{__version__}"})  # noqa: S310 - http and https only, by form
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return _Answer(str(response.url))
        except urllib.error.HTTPError as error:
            if method == "GET" or error.code not in {403, 405, 501}:
                return _Answer(address, f"HTTP {error.code}")
        except (urllib.error.URLError, OSError, ValueError) as error:
            return _Answer(address, str(getattr(error, "reason", error)))
    return _Answer(address)
