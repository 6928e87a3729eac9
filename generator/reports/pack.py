"""The reports of a portfolio, and the files of the pack that goes with a proposal."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.addresses import REPORT_DOCX, REPORT_PDF
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


def pack(contents: Contents) -> Mapping[str, bytes]:
    """Return the files of a proposal by their names. Raises NoTypesetter where PDF cannot be written here."""
    from generator.reports import docx, pdf

    report, sworn = readiness_report(contents), responsibility(contents)
    return {
        REPORT_PDF: pdf.content(report),
        REPORT_DOCX: docx.content(report),
        "lampiran-usulan.docx": docx.content(proposal_annex(contents)),
        "sptjm.pdf": pdf.content(sworn),
        "sptjm.docx": docx.content(sworn),
    }
