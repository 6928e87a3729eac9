"""The readiness as lines of text."""

from __future__ import annotations

from dataclasses import replace

import click

from generator.model.addresses import FRONT
from generator.readiness.readiness import Readiness
from generator.site.site import Site
from generator.site.views import front
from generator.site.views.frame import frame
from generator.site.views.gates import GateRow

_SHAPES = {"met": "✓", "unmet": "✗", "unknown": "–"}
_COLOURS = {"met": "green", "unmet": "red", "unknown": None}


def status_lines(readiness: Readiness, language: str) -> list[str]:
    """Return the readiness as lines of text, worded as the front page words it."""
    site = replace(Site.of(readiness.portfolio, readiness.on), language=language)
    page, words = (
        front.front_page(site, frame(site, FRONT), readiness, front.Census(0, 0, (), ()), (), None, {}),
        site.words,
    )

    def mark(state: str) -> str:
        return click.style(_SHAPES[state], fg=_COLOURS[state])

    lines = [click.style(page.frame.title, bold=True), page.frame.as_of, "", page.verdict, page.verdict_more, ""]
    lines += [f" {mark(rung.mark.state)} {rung.name} ({rung.passed})" for rung in page.ladder]
    lines += ["", page.index.summary, "", words("Documents and value by area")]
    width = max((len(row.link.text) for row in page.areas), default=0)
    count = max((len(row.documents_count) for row in page.areas), default=0)
    lines += [
        f" {mark(row.documents_mark.state)} {row.link.text:<{width}}  {row.documents:>8}  "
        f"{row.documents_count:<{count}}  {mark(row.share_mark.state)} {row.share:>8}"
        for row in page.areas
    ]
    lines += ["", words("Thresholds: required, now, short by")]
    width = max((len(gate.name) for gate in page.gates), default=0)
    lines += [
        f" {mark(gate.mark.state)} {gate.name:<{width}}  {gate.required.text:>8}  "
        f"{gate.supported.text:>8}  {_behind(gate)}".rstrip()
        for gate in page.gates
    ]
    if page.next_documents:
        lines += ["", words("Next documents worth collecting")]
        lines += [
            f" {row.item.text:<14} {row.type} ({'; '.join(row.unlocks)})"
            if row.unlocks
            else f" {row.item.text:<14} {row.type}"
            for row in page.next_documents
        ]
    return lines


def _behind(gate: GateRow) -> str:
    """Return by what a gate is missed, and how many items have a document."""
    short = f"{gate.short.text} {gate.unit}" if gate.mend else ""
    return ", ".join(filter(None, (short, gate.note)))
