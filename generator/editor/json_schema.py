"""Parts of JSON Schemas as the YAML language server reads them: it shows `errorMessage` where a schema refuses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.reading import forms

Schema = dict[str, Any]

BLANK: Schema = {"not": {"not": {"type": "null"}}}  # nothing written; plain `null` would be offered as a word
FILLED: Schema = {"not": {"anyOf": [BLANK, {"type": "array", "maxItems": 0}]}}


def refused_where(fault: Schema, message: str) -> Schema:
    """Return a schema that refuses what another one describes, in words of its own."""
    return {"if": fault, "then": {"type": "string", "maxLength": 0, "pattern": "x", "errorMessage": message}}


def scalar(types: Iterable[str], message: str, pattern: str) -> Schema:
    """Return a schema of what is written on one line: none of some types, and where it is text, of a pattern."""
    return {
        **refused_where({"type": [*types]}, message),
        "pattern": pattern,
        "patternErrorMessage": message,
    }


def described(text: str) -> Schema:
    """Return the descriptions of a schema: where there is a choice, the language server needs both."""
    return {"description": text, "markdownDescription": text}


def distinguished(schema: Schema) -> Schema:
    """Return a schema whose choices the language server can distinguish.

    It does so by their `properties`, and shows one line for all of them where it cannot.
    """
    if "anyOf" not in schema:
        return schema
    return {**schema, "anyOf": [each if "$ref" in each else {"properties": {}, **each} for each in schema["anyOf"]]}


NUMBER = r"[0-9]{1,12}([.,][0-9]{1,12})?"
NUMBER_PATTERN = rf"^\s*{NUMBER}\s*$"
WHOLE_PATTERN = r"^\s*[0-9]{1,9}\s*$"


def in_any_case(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, in any case, with spaces around."""
    return rf"^\s*({'|'.join(map(forms.any_case, words))})\s*$"
