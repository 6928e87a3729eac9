"""The plan of a merge of reviews as text: whose they are, a table of what would be written, and the remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

import click

from generator.exchange.review_digest import review_code
from generator.messages.printable import printable

if TYPE_CHECKING:
    from generator.importing.review_merge import MergePlan, MergeRow
    from generator.importing.review_reading import Review

_AT_THE_DESK = frozenset(
    (
        "answer-invalid", "digest-invalid", "entry-invalid", "item-repeated", "note-too-long", "state-unknown",
        "time-invalid", "value-invalid", "verdict-unknown",
    )
)  # fmt: skip
"""The codes of what an assessor corrects at the desk."""
_WIDTH = 100
_MOST = (24, 30, 10, 24, 30)
"""How many characters of each column are shown; the last column is shown whole."""


def lines(plan: MergePlan) -> list[str]:
    """Return who speaks, the table of a plan, then its remarks."""
    return [*_reviews(plan.reviews), *_table(plan), *_remarks(plan)]


def _reviews(reviews: Sequence[Review]) -> Iterator[str]:
    for each in reviews:
        yield click.style(printable(each.file), bold=True)
        parts = (f"{each.assessor} ({each.level.value})", each.assignment, each.exported.partition("T")[0])
        yield f"  {printable(' · '.join(filter(None, parts)))}"
        if each.edited:
            yield "  " + _("no check code: the workbook was edited after its export, and no signed sheet confirms it")
        else:
            yield "  " + _("check code of the signed sheet: {code}").format(code=review_code(each.digest))
    if reviews:
        yield "  " + _("assessors declare who they are; it is not proven")
        yield ""


def _table(plan: MergePlan) -> Iterator[str]:
    from generator.importing.review_merge import MergeState

    shown = [_row(each) for each in plan.rows if each.state is not MergeState.SAME]
    if same := len(plan.rows) - len(shown):
        yield ngettext("{count} finding is there already.", "{count} findings are there already.", same).format(
            count=same
        )
    if shown:
        titles = (_("item"), _("assessor"), _("day"), _("answer"), _("verdicts"), _("what happens"))
        yield from _columns([titles, *shown])
    elif not plan.rows and plan.complete:
        yield _("No item was decided.")


def _row(row: MergeRow) -> tuple[str, ...]:
    entry = row.entry
    accepted = sum(row.verdicts)
    rejected = len(row.verdicts) - accepted
    counts = (
        ngettext("{count} accepted", "{count} accepted", accepted).format(count=accepted) if accepted else "",
        ngettext("{count} rejected", "{count} rejected", rejected).format(count=rejected) if rejected else "",
    )
    return (
        entry.item,
        f"{row.review.assessor} ({row.review.level.value})",
        "" if entry.day is None else entry.day.isoformat(),
        row.answer or "-",
        ", ".join(filter(None, counts)) or "-",
        _happens(row),
    )


def _happens(row: MergeRow) -> str:
    from generator.importing.review_merge import MergeState

    words = {
        MergeState.NEW: _("new: {path}"),
        MergeState.SAME: _("there already"),
        MergeState.DIFFERS: _("differs from {path}, which is left"),
        MergeState.REPLACED: _("replaces {path}"),
        MergeState.OLDER: _("gives way to a later export"),
        MergeState.UNDECIDED: _("flagged and not decided, is left out")
        if row.entry.state == "flagged"
        else _("begun and not decided, is left out"),
        MergeState.BLANK: _("says nothing, is left out"),
        MergeState.REFUSED: _("refused"),
    }
    return words[row.state].format(path=row.path)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    cut = [(*(_cut(text, most) for text, most in zip(row, _MOST, strict=False)), printable(row[-1])) for row in rows]
    widths = [max(len(row[at]) for row in cut) for at in range(len(_MOST))]
    for row in cut:
        cells = "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=False))
        yield f"  {cells}  {row[-1]}"


def _cut(text: str, most: int) -> str:
    text = printable(" ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _remarks(plan: MergePlan) -> Iterator[str]:
    if plan.remarks:
        yield "\n" + click.style(_("To look at"), bold=True)
    for each in plan.remarks:
        yield f"  {click.style(printable(str(each.place)), fg='red' if each.blocks else 'yellow')}"
        yield click.wrap_text(printable(each.sentence), _WIDTH, initial_indent="    ", subsequent_indent="    ")
    if any(each.code in _AT_THE_DESK and not each.place.cell for each in plan.remarks):
        yield "\n" + _(
            "What was refused is corrected at the desk and exported again: the digest of an edited file is broken."
        )
    if plan.passed_over:
        names = ", ".join(map(printable, plan.passed_over))
        yield "\n" + _("Passed over, for they are no reviews of the desk (.json, .xlsx): {names}").format(names=names)
