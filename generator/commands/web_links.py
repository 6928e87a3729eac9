"""Tries the addresses of documents on the web; the only module that connects to other computers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable

from msgspec import Struct

from generator import __version__
from generator.build.outcome import Outcome
from generator.evidence.addresses import UrlFault, url_fault, url_form
from generator.messages.diagnostics import Diagnostic, Place
from generator.model.evidence import UrlForm
from generator.model.portfolio import DocumentUrl

TIMEOUT_SECONDS = 10.0
_TRIED_FAULTS = {None, UrlFault.PRIVATE, UrlFault.ONE_WORD}
"""Faults of addresses that are tried all the same: one in the office network may be dead, too."""


class _LinkResult(Struct, frozen=True):
    """The result of trying an address: where it led in the end, or why it could not be opened."""

    address: str
    refusal: str | None = None


def unreachable(outcome: Outcome, *, progress: Callable[[str, int, int], None]) -> tuple[Diagnostic, ...]:
    """Return a warning for each address that does not answer or redirects to a folder; each is tried once."""
    portfolio = outcome.portfolio
    assert portfolio is not None  # the caller has a portfolio that could be read
    texts = [(outcome.source(record.path), record.documents) for record in portfolio.records]
    if outcome.settings is not None:
        texts += [(outcome.settings.source, each.documents) for each in portfolio.prerequisites.values()]
    cited = [
        (text.place(document.span), document.source)
        for text, documents in texts
        for document in documents
        if isinstance(document.source, DocumentUrl) and url_fault(document.source.address) in _TRIED_FAULTS
    ]
    opener = urllib.request.build_opener()
    answers: dict[str, _LinkResult] = {}
    found = []
    for number, (place, source) in enumerate(cited, start=1):
        if source.address not in answers:
            answers[source.address] = _try(source.address, opener)
        progress("links", number, len(cited))
        problem = _problem(source, answers[source.address], place)
        if problem is not None:
            found.append(problem)
    return tuple(found)


def _problem(source: DocumentUrl, answer: _LinkResult, place: Place) -> Diagnostic | None:
    if answer.refusal is not None:
        return Diagnostic.warning("url-unreachable", place, url=source.address, reason=answer.refusal)
    if source.form is UrlForm.UNCLEAR and url_form(answer.address) is UrlForm.FOLDER:
        return Diagnostic.warning("url-ambiguous", place, variant="folder", url=source.address, target=answer.address)
    return None


def _try(address: str, opener: urllib.request.OpenerDirector) -> _LinkResult:
    """Open an address and follow its redirects."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, method=method, headers={"User-Agent": f"Catat/{__version__}"})  # noqa: S310 - http and https only, by form
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                return _LinkResult(str(response.url))
        except urllib.error.HTTPError as error:
            if method == "GET" or error.code not in {403, 405, 501}:
                return _LinkResult(address, f"HTTP {error.code}")
        except (urllib.error.URLError, OSError, ValueError) as error:
            return _LinkResult(address, str(getattr(error, "reason", error)))
    return _LinkResult(address)
