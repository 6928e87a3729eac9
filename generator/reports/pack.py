"""The reports of a portfolio, and the files of the pack that goes with a proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.model.addresses import Paper, paper_name
from generator.reports import annex, statement, summary
from generator.reports.blocks import DOTS, Heading, Report
from generator.reports.frame import SUBTITLE_LENGTH, framed, period_of, shortened
from generator.reports.summary import Summary
from generator.site.contents import Contents
from generator.site.site import Site


def readiness_report(contents: Contents) -> Report:
    """Return the readiness report for the head of the unit: two pages and the annex."""
    filled = Summary.of(contents)
    words = filled.site.words
    parts = (
        *summary.blocks(filled),
        Heading(words("Annex"), level=1, new_page=True),
        *annex.blocks(filled),
    )
    return framed(filled.site, contents.portfolio, words("Readiness report"), _subtitle(filled.site), parts)


def proposal_annex(contents: Contents) -> Report:
    """Return the annex to the letter of proposal, for itself."""
    filled = Summary.of(contents)
    site, title = filled.site, filled.site.words("Annex to the letter of proposal")
    return framed(site, contents.portfolio, title, _subtitle(site), tuple(annex.blocks(filled)))


def responsibility(contents: Contents) -> Report:
    """Return the statement of absolute responsibility (SPTJM)."""
    filled = Summary.of(contents)
    words = filled.site.words
    title, number = words("Statement of absolute responsibility"), (words("Number: {dots}", dots=DOTS),)
    sworn = tuple(statement.blocks(filled))
    return framed(filled.site, contents.portfolio, title, number, sworn, centred=True)


def _subtitle(site: Site) -> tuple[str, ...]:
    return tuple(filter(None, (shortened(site.title, SUBTITLE_LENGTH), site.as_of, period_of(site))))


PDF, WORD = ".pdf", ".docx"


class PaperFiles(NamedTuple):
    """A report as files: what it is, what returns it, and the endings that it is written with in a folder.

    `of` returns what its name says besides, where there may be several of its kind.
    """

    paper: Paper
    report: Callable[[Contents], Report]
    endings: tuple[str, ...] = (PDF, WORD)
    of: Callable[[Contents], str] = lambda _contents: ""


PROPOSAL = (
    PaperFiles(Paper.REPORT, readiness_report),
    PaperFiles(Paper.ANNEX, proposal_annex, (WORD,)),
    PaperFiles(Paper.STATEMENT, responsibility),
)
"""What goes with a proposal; the first is what is written where one file is wanted."""


def pack(contents: Contents, papers: Sequence[PaperFiles] = PROPOSAL) -> Mapping[str, bytes]:
    """Return reports as files by their names. Raises NoTypesetter where PDF cannot be written here."""
    reports = [(each, each.report(contents)) for each in papers]
    return {
        paper_name(each.paper, ending, contents.portfolio.language, each.of(contents)): written(report, ending)
        for each, report in reports
        for ending in each.endings
    }


def written(report: Report, ending: str) -> bytes:
    """Return a report as a file of the kind `PDF` or `WORD`. Raises NoTypesetter where PDF cannot be written here."""
    from generator.reports import docx, pdf

    return pdf.content(report) if ending.casefold() == PDF else docx.content(report)
