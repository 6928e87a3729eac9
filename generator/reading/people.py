"""Lists of people and of tags, where commas and semicolons part what was not meant to be parted, or do not part."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence as Sequence_

from generator.model.text import Span
from generator.model.yaml_text import quoted
from generator.reading.fields import written_as
from generator.reading.forms import ListForm, TextForm
from generator.reading.nodes import Node, Scalar, Sequence
from generator.reading.problems import Located, Problems
from generator.reading.values import many, text
from generator.typos import lists
from generator.typos.correction import Correction

_DEGREES = re.compile(
    "s(?:ag|e|ei|farm|h|hi|hum|i|ip|ked|km|kom|os|pd|pdi|psi|ptk|si|sos|stp|t|thi)|"
    "m(?:a|ag|ap|ba|ei|h|hi|hum|ikom|ip|kes|kom|m|pa|pd|pdi|phil|pp|psi|sc|si|t)|phd|edd|lc|ak|ca|cpa|apt"
)


_names = many(text)


@written_as(ListForm(TextForm(r"^[^;]*[^;\s][^;]*$")))
def people(node: Node, problems: Problems) -> tuple[Located[str], ...] | None:
    """Accept a list of people; the comma in `[Dr. Ahmad, M.Si.]` parts a name from its degree."""
    found = _names(node, problems)
    for each in found or ():
        if ";" in each.value:
            _several_people(each, node, problems)
    for name, *degrees in _names_with_degrees(found or ()):
        if degrees:
            whole = Correction(quoted(", ".join(each.value for each in (name, *degrees))))
            cut_off = ", ".join(each.value for each in degrees)
            span = Span(name.span.start, degrees[-1].span.end)
            if "\n" in problems.source.text[span.start : span.end]:
                span = degrees[0].span
            problems.error("field-invalid", span, whole, variant="degree", value=cut_off)
    _note_joined(node, _names_in, "people", problems)
    return found


def _names_with_degrees(found: Sequence_[Located[str]]) -> list[list[Located[str]]]:
    """Return the names of a list, each with the degrees that follow it."""
    runs: list[list[Located[str]]] = []
    for each in found:
        if runs and _DEGREES.fullmatch(re.sub(r"[\s.]", "", each.value).casefold()):
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


@written_as(ListForm(TextForm()))
def tags(node: Node, problems: Problems) -> tuple[Located[str], ...] | None:
    """Accept a list of tags."""
    found = _names(node, problems)
    _note_joined(node, lambda written: written.split(","), "tags", problems)
    return found


def _note_joined(node: Node, parts_of: Callable[[str], list[str]], of: str, problems: Problems) -> None:
    """Note a text with commas that stands where a list belongs, and in a list one without quotation marks."""
    several = node.items if isinstance(node, Sequence) else (node,)
    for each in several:
        if not isinstance(each, Scalar) or not (each.plain or each is node) or ";" in each.text:
            continue
        parts = [part for written in parts_of(each.text) if (part := " ".join(written.split()))]
        if len(parts) > 1:
            value = " ".join(each.text.split())
            plain = [quoted(part) if re.search(r"[^\w ./-]", part) else part for part in parts]
            if each is node:
                listed, one = f"[{', '.join(plain)}]", f"[{quoted(value)}]"
            else:
                listed, one = "`, `".join(f"- {part}" for part in plain), f"- {quoted(value)}"
            problems.warning("value-joined", each.span, variant=of, value=value, listed=listed, one=one)


def _names_in(written: str) -> list[str]:
    """Return the names that commas part; degrees belong to the name before them."""
    names: list[str] = []
    for part in written.split(","):
        plain = re.sub(r"[\s.]", "", part)
        is_degree = _DEGREES.fullmatch(plain.casefold()) or _LIKE_A_DEGREE.fullmatch(part.strip()) or not plain
        if names and is_degree:
            names[-1] += f",{part}"
        else:
            names.append(part)
    return names


_LIKE_A_DEGREE = re.compile(r"(?:[A-Za-z]{1,5}\.){1,4}\s?[A-Za-z]{0,6}\.?")


def _several_people(written: Located[str], within: Node, problems: Problems) -> None:
    """Note a name that holds a semicolon, which nobody's does: several people, who would be one that nobody knows."""
    in_brackets = problems.source.text.startswith("[", within.span.start)
    mark = "" if isinstance(within, Scalar) else "[" if in_brackets else "-"
    correction = lists.people(written.value, problems.written(written.span), mark)
    problems.error("field-invalid", written.span, correction, variant="people", value=written.value)
