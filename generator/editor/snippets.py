"""Snippets for VS Code: a start for each kind of file, an entry for each document type, the code of each item.

No language server completes the front matter of Markdown files; snippets do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from generator.languages import LANGUAGES, part
from generator.model.instrument import Instrument
from generator.reading import assessment, findings, free_pages, records, settings
from generator.reading.fields import Key

Snippet = dict[str, Any]

TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
_SCOPES = dict.fromkeys(("portfolio", "instrument", "defaults"), "yaml")

_WORDS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {code: part(code, "editor").SNIPPETS for code in LANGUAGES}
_PHRASES: Mapping[str, Mapping[str, str]] = {code: part(code, "editor").PHRASES for code in LANGUAGES}


def snippets(instrument: Instrument, language: str) -> str:
    """Return the snippets as VS Code reads them (`*.code-snippets`)."""
    writer = SnippetWriter(instrument, language)
    every = {**writer.files(), **writer.entries(), **writer.items()}
    return json.dumps(every, ensure_ascii=False, indent=2) + "\n"


def _plain(text: str) -> str:
    """Return text escaped for a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def _choice(number: int, words: Iterable[str]) -> str:
    escaped = (_plain(word).replace(",", "\\,").replace("|", "\\|") for word in words)
    return f"${{{number}|{','.join(escaped)}|}}"


class SnippetWriter:
    """Writes the snippets of an instrument in a language."""

    def __init__(self, instrument: Instrument, language: str) -> None:
        self._instrument = instrument
        self._language = language
        self._say = {name: _plain(words) for name, words in _PHRASES[language].items()}
        self._items = [item.id for item in instrument.items()]
        self._types = tuple(instrument.document_types)

    def _key(self, key: Key[Any]) -> str:
        return key.alias if key.alias and self._language == "id" else key.name

    def _snippet(self, kind: str, body: list[str], *, also: tuple[str, ...] = (), label: str = "") -> Snippet:
        prefix, other, description = _WORDS[self._language][kind]
        return {
            "scope": _SCOPES.get(kind, "markdown"),
            "prefix": [*(also or (prefix, other))],
            "description": description.format(label=label),
            "body": body,
        }

    def files(self) -> dict[str, Snippet]:
        """Return one snippet for each kind of file."""
        bodies = {
            "record": self._record(),
            "finding": self._finding(),
            "assessment": self._assessment(),
            "page": [
                "---",
                f"{self._key(free_pages.TITLE)}: ${{1:{self._say['page']}}}",
                "---",
                f"${{0:{self._say['page-text']}}}",
            ],
            "defaults": [f"{self._key(records.PEOPLE)}: [${{1:{self._say['person']}}}]"],
            "portfolio": self._portfolio(),
            "instrument": self._own_instrument(),
        }
        return {f"catat {kind}": self._snippet(kind, body) for kind, body in bodies.items()}

    def _record(self) -> list[str]:
        status = [LANGUAGES[self._language].own_word(each) for each in ("draft", "final")]
        return [
            "---",
            f"{self._key(records.TITLE)}: ${{1:{self._say['done']}}}",
            f"{self._key(records.DATE)}: ${{2:{TODAY}}}",
            f"{self._key(records.ITEMS)}: [${{3:{_plain(self._items[0])}}}]",
            f"{self._key(records.PEOPLE)}: [${{4:{self._say['person']}}}]",
            f"{self._key(records.STATUS_KEY)}: {_choice(5, status)}",
            f"{self._key(records.EVIDENCE)}:",
            f"  - {self._key(records.FILE)}: ${{6:{self._say['file']}}}",
            *([f"    {self._key(records.TYPE)}: {_choice(7, self._types)}"] if self._types else []),
            "---",
            f"${{0:{self._say['text']}}}",
        ]

    def _finding(self) -> list[str]:
        status = [LANGUAGES[self._language].own_word(each) for each in ("open", "closed")]
        return [
            "---",
            f"{self._key(findings.ITEM)}: ${{1:{_plain(self._items[0])}}}",
            f"{self._key(findings.DATE)}: ${{2:{TODAY}}}",
            f"{self._key(findings.ASSESSOR)}: ${{3:{self._say['team']}}}",
            f"{self._key(findings.STATUS)}: {_choice(4, status)}",
            "---",
            f"${{0:{self._say['finding']}}}",
        ]

    def _assessment(self) -> list[str]:
        return [
            "---",
            f"{self._key(assessment.ANSWERS)}:",
            f"  ${{1:{_plain(self._items[0])}}}: $2",
            "---",
            f"${{0:{self._say['area']}}}",
        ]

    def _portfolio(self) -> list[str]:
        start, end = self._key(settings.FROM), self._key(settings.TO)
        return [
            f"{self._key(settings.TITLE)}: ${{1:{self._say['title']}}}",
            f"{self._key(settings.UNIT)}: ${{2:{self._say['unit']}}}",
            f"{self._key(settings.INSTRUMENT)}: {_plain(self._instrument.id)}",
            f"{self._key(settings.TARGET)}: {_choice(3, (each.id for each in self._instrument.predicates))}",
            f"{self._key(settings.PERIOD)}: {{{start}: ${{4:{TODAY}}}, {end}: ${{5:{TODAY}}}\\}}",
            f"{self._key(settings.LANGUAGE)}: {self._language}",
        ]

    def _own_instrument(self) -> list[str]:
        word = self._say["wording"]
        return [
            "schema: catat.instrument/1",
            "id: ${1:lke-kami}",
            f"title: ${{2:{word}}}",
            "scales:",
            "  ya-tidak: {choices: {Ya: 1, Tidak: 0\\}\\}",
            "document_types: {sk: Surat Keputusan\\}",
            f"areas: [{{number: 1, label: ${{3:{word}}}\\}}]",
            "nodes:",
            "  - id: A",
            "    weight: 100",
            "    area: 1",
            "    items:",
            f"      - {{id: A.1, label: ${{4:{word}}}, scale: ya-tidak, documents: [sk]\\}}",
            "predicates:",
            f"  - id: ${{5:WBK}}\n    label: ${{6:{word}}}",
            "    gates: [{id: index, measure: score, node: index, min: ${7:75}\\}]",
        ]

    def entries(self) -> dict[str, Snippet]:
        """Return one snippet for each document type, and one for an address."""
        prefix, _other, _description = _WORDS[self._language]["evidence"]
        file, type_ = self._key(records.FILE), self._key(records.TYPE)
        entries = {
            f"catat {prefix} {name}": self._snippet(
                "evidence",
                [f"- {file}: ${{1:{_plain(name)}.pdf}}", f"  {type_}: {_plain(name)}$0"],
                also=(f"{prefix}-{name}", name),
                label=label.in_(self._language),
            )
            for name, label in self._instrument.document_types.items()
        }
        address = [
            f"- {self._key(records.URL)}: ${{1:https://}}",
            f"  {self._key(records.DOCUMENT_TITLE)}: ${{2:{self._say['news']}}}",
            *([f"  {type_}: {_choice(3, self._types)}"] if self._types else []),
        ]
        return {**entries, "catat address": self._snippet("address", address)}

    def items(self) -> dict[str, Snippet]:
        """Return one snippet for each item: its code, found by the code or by what it asks."""
        return {
            f"catat {item.id}": self._snippet(
                "item",
                [_plain(item.id)],
                also=(item.id, f"{_WORDS[self._language]['item'][0]} {item.label.in_(self._language)}"),
                label=f"{item.id}: {item.label.in_(self._language)}",
            )
            for item in self._instrument.items()
        }
