"""What the site of an outcome discloses of persons, from the previews that a build keeps."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path

from generator.build.document_previews import DocumentPreviews
from generator.build.outcome import Outcome
from generator.incremental.store import Store, place
from generator.joining.evidence_files import Found
from generator.site import published
from generator.site.disclosures import Disclosure, Disclosures, disclosures, personal_numbers_in, shown_texts


def disclosed(outcome: Outcome) -> Disclosures:
    """Return what a site without drafts discloses of persons.

    No document is read that a build has read. Where the unit wants no previews, documents are read here all the same.
    """
    assert outcome.readiness is not None
    readiness, portfolio = outcome.readiness, outcome.readiness.portfolio
    shown = shown_texts(portfolio, portfolio.published(), readiness.on)
    texts = ((path, personal_numbers_in(each)) for path, each in sorted(shown.items(), key=itemgetter(0)))
    found = tuple(Disclosure(path, numbers) for path, numbers in texts if numbers)
    with _previewed(outcome) as (files, previews):
        return disclosures(found, files, previews, strip_location=portfolio.strip_location)


def documents_that_mention(outcome: Outcome, names: Collection[str]) -> Mapping[str, str]:
    """Return the names, given in small letters, that a published document says, each with the path of the first."""
    found: dict[str, str] = {}
    with _previewed(outcome) as (files, previews):
        for each in sorted(files, key=lambda file: file.reference):
            text = unicodedata.normalize("NFC", previews.text(each.inspection.sha256)).casefold()
            found |= {name: str(each.reference) for name in names if name not in found and name in text}
    return found


@contextmanager
def _previewed(outcome: Outcome) -> Iterator[tuple[Sequence[Found], DocumentPreviews]]:
    """Yield the files that a site without drafts copies, and the previews of all of them."""
    assert outcome.portfolio is not None
    files = published.copied(outcome.portfolio, outcome.files, outcome.root, drafts=False)
    with Store(place(Path(os.path.realpath(outcome.root)))) as store:
        previews = DocumentPreviews(published.previewed(files), store)
        previews.make()
        yield files, previews
