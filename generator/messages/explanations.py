"""A code explained to people: what it means, why it matters to who assesses, a wrong and a right example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _

from generator.languages.examples import Example, example
from generator.languages.sentences import sentence
from generator.messages.diagnostics import RULES, near, printable


@dataclass(frozen=True, slots=True)
class Explanation:
    """What there is to say of one code, in one language."""

    code: str
    severity: str
    means: str
    matters: str
    example: Example


def explanation(code: str, language: str) -> Explanation:
    """Return the explanation of a known code in "id" or "en"."""
    means, matters = _table(language)[code]
    return Explanation(code, sentence(str(RULES[code]), language).message, means, matters, example(code, language))


def code_meant(written: str) -> str | None:
    """Return the code that was probably meant: `error[date-invalid]:` and `date_invalid` are near `date-invalid`."""
    bare = written.strip().rstrip(":")
    if "[" in bare:
        bare = bare.partition("[")[2].rstrip("]")
    return near(bare, RULES)


def _table(language: str) -> dict[str, tuple[str, str]]:
    if language == "en":
        from generator.languages.en.explanations import EXPLAINED

        return EXPLAINED
    from generator.languages.id.explanations import EXPLAINED as INDONESIAN

    return INDONESIAN


def as_text(told: Explanation, *, style: Callable[[str, str], str]) -> str:
    """Render an explanation for a person; `style(text, role)` may colour a role, as of a report."""
    role = str(RULES[told.code])
    lines = [style(f"{told.severity}[{told.code}]", role), "", told.means, ""]
    lines += [style(_("Why it matters to who assesses"), "place"), told.matters, ""]
    where = _("What lies in {place}") if told.example.lists_files else _("In {place}")
    place = "portfolio/" if told.example.place == "./" else told.example.place
    lines += [where.format(place=place), ""]
    for heading, text, mark in ((_("Wrong"), told.example.wrong, role), (_("Right"), told.example.right, "hint")):
        lines += [style(f"{heading}:", mark), "", *(f"    {printable(line)}" for line in text.splitlines()), ""]
    return "\n".join(lines)


def in_brief(code: str, language: str) -> str:
    """Return the first sentence of what a known code means."""
    return _first_sentence(_table(language)[code][0])


def overview(language: str) -> str:
    """Return all codes, one a line, each with the first sentence of what it means."""
    width = max(map(len, RULES))
    return "\n".join(f"{code:{width}}  {in_brief(code, language)}" for code in sorted(RULES))


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")
