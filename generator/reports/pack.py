"""The reports of a portfolio, and the files of the pack that goes with a proposal."""

from __future__ import annotations

from collections.abc import Mapping

from generator.readiness.readiness import Readiness
from generator.reports import annex, statement, summary
from generator.reports.blocks import DOTS, Begins, Heading, Report
from generator.reports.frame import framed, period_of
from generator.reports.summary import Summary
from generator.site.site import Site


def readiness_report(readiness: Readiness) -> Report:
    """Return the readiness report for the head of the unit: two pages and the annex."""
    site = Site.of(readiness.portfolio, readiness.on)
    words = site.words
    parts = (
        *summary.blocks(Summary.of(site, readiness)),
        Heading(words("Annex"), level=1, begins=Begins.NEW_PAGE),
        *annex.blocks(site, readiness),
    )
    return framed(readiness, site, words("Readiness report"), _subtitle(site), parts)


def proposal_annex(readiness: Readiness) -> Report:
    """Return the annex to the letter of proposal, for itself."""
    site = Site.of(readiness.portfolio, readiness.on)
    title = site.words("Annex to the letter of proposal")
    return framed(readiness, site, title, _subtitle(site), tuple(annex.blocks(site, readiness)))


def responsibility(readiness: Readiness) -> Report:
    """Return the statement of absolute responsibility (SPTJM)."""
    site = Site.of(readiness.portfolio, readiness.on)
    title = site.words("Statement of absolute responsibility")
    number = (site.words("Number: {dots}", dots=DOTS),)
    sworn = tuple(statement.blocks(Summary.of(site, readiness)))
    return framed(readiness, site, title, number, sworn, centred=True)


def _subtitle(site: Site) -> tuple[str, ...]:
    return tuple(filter(None, (site.title, site.as_of, period_of(site))))


def pack(readiness: Readiness) -> Mapping[str, bytes]:
    """Return the files of a proposal by their names. Raises NoTypesetter where PDF cannot be written here."""
    from generator.reports import docx, pdf

    report, sworn = readiness_report(readiness), responsibility(readiness)
    return {
        "laporan-kesiapan.pdf": pdf.content(report),
        "laporan-kesiapan.docx": docx.content(report),
        "lampiran-usulan.docx": docx.content(proposal_annex(readiness)),
        "sptjm.pdf": pdf.content(sworn),
        "sptjm.docx": docx.content(sworn),
    }
