"""Files that lie among answers, findings and pages, or are called as defaults, where nobody reads them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from urllib.parse import quote

from generator.diagnostics import Diagnostic, Place, diagnostic
from generator.portfolio import Portfolio
from generator.slips import answer_or_page_meant, is_for_defaults
from generator.source import Source

_TO_BE_WRITTEN_ANEW = (".html", ".htm", ".doc", ".docx", ".odt", ".rtf")


def beside_records(path: str) -> bool:
    """Whether a file lies where evidence does, and is no defaults that no record would follow."""
    return path.startswith("records/") or (
        path.startswith("evidence/") and not is_for_defaults(path.rpartition("/")[2])
    )


def tell(
    paths: Sequence[str], portfolio: Portfolio, texts: Mapping[str, Source], unreadable: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with each of the files that nothing names: it was meant for a text, or is not published.

    Beside a text of its folder that could not be read whole a file is passed over if that text has its name.
    """
    if not paths:
        return
    whole = {page.path for page in portfolio.pages}
    whole |= {statement.path for statement in portfolio.statements} | {finding.path for finding in portfolio.findings}
    silent = [each for path, each in texts.items() if path not in whole and not path.startswith("records/")]
    for path in paths:
        top, _, below = path.partition("/")
        folder, _, name = path.rpartition("/")
        if is_for_defaults(name):
            yield diagnostic("text-misplaced", Place(path), variant="defaults", file=name)
            continue
        if any(each.startswith(f"{top}/") for each in unreadable):
            continue
        if any(each.path.startswith(f"{top}/") and (name in each.text or quote(name) in each.text) for each in silent):
            continue
        meant = answer_or_page_meant(name)
        if meant is None or f"{folder}/{meant}" in texts:
            yield diagnostic("evidence-unreferenced", Place(path), variant="among-texts", file=below)
        else:
            variant = "other-format" if name.casefold().endswith(_TO_BE_WRITTEN_ANEW) else "ending"
            yield diagnostic("text-misnamed", Place(path), variant=variant, file=name, folder=top, meant=meant)
