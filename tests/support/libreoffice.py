"""Converts files with a real LibreOffice, which computes the formulas of workbooks anew."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or ""
# The test command installs LibreOffice where it can, and says aloud at its end that these did not run where it cannot.
needs_libreoffice = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
_SECONDS = 180
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Settings by which it computes every formula of an xlsx anew, whatever the file says."""


def convert(files: Sequence[Path], kind: str, folder: Path, *, recalculate: bool = False) -> list[Path]:
    """Convert files to a kind, as `xlsx`, `pdf` or a filter of LibreOffice, in one run; return the new ones in order.

    With `recalculate` values that the files keep beside formulas are ignored. Fails where a file was not converted.
    Files need names that differ in their stems.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if recalculate:
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_ALWAYS, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS)
    ending = kind.partition(":")[0]
    found = [folder / f"{each.stem}.{ending}" for each in files]
    missing = [each.name for each in found if not each.is_file()]
    assert not missing, (missing, done.stdout, done.stderr)
    return found
