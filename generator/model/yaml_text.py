"""Text as it is written in YAML, on one line."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """Return text between quotation marks, as YAML reads it back to the letter."""
    return single_quoted(text) if '"' in text or "\\" in text else f'"{text}"'


def single_quoted(text: str) -> str:
    """Return text between single quotation marks, in which a backslash is only a backslash."""
    return "'" + text.replace("'", "''") + "'"


def quoted_if_needed(text: str) -> str:
    """Return text as it is, or in quotation marks where YAML would read it otherwise."""
    import yaml

    written: str = yaml.safe_dump(text, allow_unicode=True, width=10**6)
    return written.removesuffix("\n").removesuffix("\n...").strip()


def listed(texts: Iterable[str]) -> str:
    """Return texts as a list in brackets, each in quotation marks where it needs them."""
    import yaml

    written: str = yaml.safe_dump(list(texts), allow_unicode=True, width=10**6, default_flow_style=True)
    return written.strip()
