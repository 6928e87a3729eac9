"""The verdicts on a copy, as lines of text and as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext

import click
from msgspec import Struct

from generator.messages.printable import printable
from generator.publishing.verify import ListDifference, Verification

_SHOWN_DIGITS = 16


class Comparison(Struct, frozen=True):
    """A verified copy, and how it compares with what was known of it.

    `another`: its list is not the one that was asked for; `difference` says how, where that is a list. `newest` is the
    digest seen last, where this one was seen before it. `signature_fault` is None where nobody asked, or it is good.
    """

    place: str
    found: Verification
    another: bool
    difference: ListDifference | None
    newest: str | None
    signed_by: str | None
    signature_fault: str | None

    @property
    def sound(self) -> bool:
        """Whether the copy is what its list says, and its list the right one."""
        return self.found.sound and not (self.another or self.newest or self.signature_fault)


def comparison_lines(compared: Comparison) -> Iterator[str]:
    """Yield the verdicts as lines, every file by name, and the counts last."""
    found = compared.found
    yield from verdict_lines(found)
    yield from _about_list(compared)
    if compared.signed_by is not None:
        yield _signature_line(compared)
    if found.under_way:
        yield _("A publication is under way there. Verify it again when that is done.")
    if found.unlisted:
        yield _("Only files of the list were looked at: an address does not show which other files there are.")
    yield _("Digest: {digest}").format(digest=found.digest[:_SHOWN_DIGITS])
    yield click.style(_summary(found), fg="green" if compared.sound else "red", bold=True)


def verdict_lines(found: Verification) -> Iterator[str]:
    """Yield the files that are not as the list says, each verdict by itself."""
    yield from _named(_("Missing:"), found.missing)
    yield from _named(_("Changed:"), found.changed)
    yield from _named(_("Unexpected:"), found.unexpected)
    yield from _named(_("In the list, but outside of the copy; not read:"), found.outside)


def _named(heading: str, paths: Sequence[str]) -> Iterator[str]:
    if paths:
        yield heading
        yield from (f"  {printable(path)}" for path in paths)


def _about_list(compared: Comparison) -> Iterator[str]:
    digest = compared.found.digest[:_SHOWN_DIGITS]
    if compared.newest is not None:
        sentence = _("This is an older version ({digest}) than the one seen last ({newest}): it was rolled back.")
        yield sentence.format(digest=digest, newest=compared.newest[:_SHOWN_DIGITS])
        yield _("If that was meant, accept it: {command}").format(command=f"--against {digest}")
    if compared.another:
        yield _("The list of this copy is not the one that was asked for.")
    if compared.difference is not None:
        yield from _named(_("Only in the list of the copy:"), compared.difference.only_here)
        yield from _named(_("Only in the list that was asked for:"), compared.difference.only_there)
        yield from _named(_("With another checksum:"), compared.difference.other)


def _signature_line(compared: Comparison) -> str:
    identity = printable(compared.signed_by or "")
    if compared.signature_fault is None:
        return _("The signature is good: {identity}").format(identity=identity)
    sentence = _("The signature is not good for {identity}: {why}")
    return sentence.format(identity=identity, why=printable(compared.signature_fault))


def _summary(found: Verification) -> str:
    if found.sound:
        return ngettext("{count} file right", "{count} files right", found.right).format(count=found.right)
    counts = (
        (found.missing, _("{count} missing")),
        (found.changed, _("{count} changed")),
        (found.unexpected, _("{count} unexpected")),
        (found.outside, _("{count} outside")),
    )
    return ", ".join(words.format(count=len(paths)) for paths, words in counts if paths)


def comparison_json(compared: Comparison) -> str:
    """Return the verdicts as JSON."""
    found, difference = compared.found, compared.difference
    data = {
        "place": compared.place,
        "digest": found.digest,
        "sound": compared.sound,
        "right": found.right,
        "missing": found.missing,
        "changed": found.changed,
        "unexpected": None if found.unlisted else found.unexpected,
        "outside": found.outside,
        "under_way": found.under_way,
        "another_list": compared.another,
        "difference": None
        if difference is None
        else {"only_here": difference.only_here, "only_there": difference.only_there, "other": difference.other},
        "rolled_back_from": compared.newest,
        "signature": None if compared.signed_by is None else compared.signature_fault or "good",
    }
    return json.dumps(data, ensure_ascii=False, indent=2)
