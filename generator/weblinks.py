"""Tries the addresses of documents on the web, which nothing else in Catat does."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable

from generator import __version__
from generator.addresses import UrlForm
from generator.diagnostics import Diagnostic, diagnostic
from generator.pipeline import Outcome
from generator.portfolio import DocumentUrl

TIMEOUT_SECONDS = 10.0


def unreachable(outcome: Outcome, *, progress: Callable[[str, int, int], None]) -> tuple[Diagnostic, ...]:
    """Return a warning for each address that does not answer; each address is tried once."""
    portfolio = outcome.portfolio
    assert portfolio is not None  # asked only of a portfolio that could be read
    cited = [
        (record, document, document.source.address)
        for record in portfolio.records
        for document in record.documents
        if isinstance(document.source, DocumentUrl) and document.source.form is not UrlForm.INVALID
    ]
    answers: dict[str, str | None] = {}
    found = []
    for number, (record, document, address) in enumerate(cited, start=1):
        if address not in answers:
            answers[address] = _refusal(address)
        progress("links", number, len(cited))
        reason = answers[address]
        if reason is not None:
            place = outcome.source(record.path).place(document.span)
            found.append(diagnostic("url-unreachable", place, url=address, reason=reason))
    return tuple(found)


def _refusal(address: str) -> str | None:
    """Return why an address does not answer, None where it does."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, method=method, headers={"User-Agent": f"Catat/{__version__}"})  # noqa: S310 - http and https only, by form
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
                return None
        except urllib.error.HTTPError as error:
            if method == "GET" or error.code not in {403, 405, 501}:
                return f"HTTP {error.code}"
        except (urllib.error.URLError, OSError, ValueError) as error:
            return str(getattr(error, "reason", error))
    return None
