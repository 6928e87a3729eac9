"""Sets a report as PDF with Typst: tagged, for archives (PDF/A-2a, PDF/UA-1), the same bytes for the same report."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import msgspec

from generator.reports.blocks import Report, one_line


class NoTypesetter(Exception):
    """Typst is not installed: there is none for this kind of computer."""


def content(report: Report) -> bytes:
    """Return a report as a PDF. Raises NoTypesetter where Typst is not installed."""
    try:
        import typst
    except ImportError as missing:
        raise NoTypesetter from missing

    template = resources.files(__package__).joinpath("report.typ").read_bytes()
    # As data, not as text of the template, no word of a user can be an instruction to Typst.
    inputs = {"report": json.dumps(_cleaned(msgspec.to_builtins(report)))}
    try:
        written = typst.compile(
            template, sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"], timestamp=0
        )
    except typst.TypstError:
        # These standards allow no character that the fonts in Typst lack, such as of Chinese.
        written = typst.compile(template, sys_inputs=inputs, timestamp=0)
    assert isinstance(written, bytes)
    return written


def _cleaned(value: Any) -> Any:
    """Return plain data with all texts on one line, as JSON and a PDF can hold them."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    return value
