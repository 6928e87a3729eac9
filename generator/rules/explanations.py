"""A code explained to people: what it means, why it matters to who assesses, a wrong and a right example."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

from generator.languages.sentences import in_brief, report_words, rule_words
from generator.messages.printable import printable
from generator.rules import RULES
from generator.typos.near_names import near


def code_meant(written: str) -> str | None:
    """Return the code that was probably meant: `error[date-invalid]:` and `date_invalid` are near `date-invalid`."""
    bare = written.strip().rstrip(":")
    if "[" in bare:
        bare = bare.partition("[")[2].rstrip("]")
    return near(bare, RULES)


def explanation(code: str, language: str, *, style: Callable[[str, str], str]) -> str:
    """Return a known code explained in "id" or "en"; `style(text, role)` may colour a role, as of a report."""
    rule, words = RULES[code].shown_in(language), rule_words(language)[code]
    role = str(rule.severity)
    lines = [style(f"{report_words(language)[role]}[{code}]", role), "", words.means, ""]
    lines += [style(_("Why it matters to who assesses"), "place"), words.matters, ""]
    where = _("What lies in {place}") if rule.lists_files else _("In {place}")
    lines += [where.format(place="portfolio/" if rule.place == "./" else rule.place), ""]
    for heading, text, mark in ((_("Wrong"), rule.wrong, role), (_("Right"), rule.right, "hint")):
        lines += [style(f"{heading}:", mark), "", *(f"    {printable(line)}" for line in text.splitlines()), ""]
    return "\n".join(lines)


def overview(language: str) -> str:
    """Return all codes, one a line, each with the first sentence of what it means."""
    width = max(map(len, RULES))
    return "\n".join(f"{code:{width}}  {in_brief(code, language)}" for code in sorted(RULES))
