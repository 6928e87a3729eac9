"""The words that go with a bundle: what it is, how it is read and verified, and what was left out and why."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.languages.words import Words
from generator.model.portfolio import Portfolio, Record
from generator.publishing.signature import check_command
from generator.site.site import Site

_COLUMNS = 78


def readme_name(words: Words) -> str:
    """Return the name of the file in the language of the portfolio."""
    return words("READ-ME.txt")


def readme(site: Site, portfolio: Portfolio, records: Sequence[Record] | None, part: str, *, signed: bool) -> bytes:
    """Return the text for whoever opens the bundle. `records` are those of a part, None for the whole portfolio."""
    words = site.words
    blocks = (
        (site.title, ", ".join(filter(None, (site.unit, site.institution))), site.as_of, *filter(None, (part,))),
        _reading(words),
        _verifying(words, signed=signed),
        (words("What was left out, and why").upper(), "", *_left_out(site, portfolio, records)),
    )
    return "\n\n".join("\n".join(_wrapped(block)) for block in blocks).encode() + b"\n"


def _wrapped(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if line or number:  # a blank first line is one that does not apply
            indent = "  " if line.startswith("- ") else ""
            is_command = line.startswith("  ")
            yield (
                line
                if is_command
                else textwrap.fill(
                    line, _COLUMNS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
                )
            )


def _reading(words: Words) -> tuple[str, ...]:
    return (
        words("How to read it").upper(),
        "",
        words("Unpack the whole zip, then open data/index.html in a browser. It needs no network."),
    )


def _verifying(words: Words, *, signed: bool) -> tuple[str, ...]:
    signature = (
        (
            words("The unit signed it. With its public key in a file allowed_signers, in the folder data:"),
            "  " + check_command(f"<{words('identity')}>"),
        )
        if signed
        else (words("The unit did not sign this copy."),)
    )
    return (
        words("How to verify it").upper(),
        "",
        words("With Catat, the zip as it is:"),
        "  catat verify bundle.zip",
        words("Without it, after unpacking, in the folder of this file and then in the folder data:"),
        "  sha256sum -c manifest-sha256.txt",
        "  sha256sum -c SHA256SUMS",
        *signature,
    )


def _left_out(site: Site, portfolio: Portfolio, records: Sequence[Record] | None) -> Iterator[str]:
    words, own = site.words, None if records is None else {record.id for record in records}
    if own is not None:
        yield words("Everything that concerns other areas only: it is in the whole site of the unit.")
    drafts = [record for record in portfolio.records if record.draft] if own is None else []
    if drafts:
        yield words(
            "Drafts, which are not published: {records} with {documents}.",
            records=words.plural("{count} draft", "{count} drafts", len(drafts)),
            documents=words.plural(
                "{count} document", "{count} documents", sum(len(each.documents) for each in drafts)
            ),
        )
    restricted = [each for each in portfolio.published() if own is None or each.id in own]
    lines = tuple(filter(None, (_restricted(site, record) for record in restricted)))
    if lines:
        yield words("Restricted documents, which the unit shows on request, by record and type:")
        yield from lines
    if own is None and not drafts and not lines:
        yield words("Nothing: every document of every record is in this copy.")


def _restricted(site: Site, record: Record) -> str:
    """Return how many documents of each type a record keeps to itself, without their names."""
    types = Counter(site.types_label(each.types) for each in record.documents if each.confidential)
    if not types:
        return ""
    counts = ", ".join(f"{site.words.count(number)} × {type_}" for type_, number in sorted(types.items()))
    return f"- {record.title}: {counts}"
