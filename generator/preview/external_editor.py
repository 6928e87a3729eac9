"""Opens a file of the portfolio in the user's editor, at a line where the editor can."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "CATAT_EDITOR"
"""The user's own command: `{file}`, `{line}` and `{column}` in it are filled in, else the file comes last."""

_AT_A_LINE = ("code", "codium", "code-insiders")
_SYSTEM = {"darwin": ("open", "-t"), "linux": ("xdg-open",), "win32": ("notepad.exe",)}


def command(file: Path, line: int, column: int, environment: Mapping[str, str]) -> list[str] | None:
    """Return the command that opens a file at a line, None where there is none.

    No command runs the file, as a double click on a script would.
    """
    own = environment.get(VARIABLE, "").strip()
    if own:
        parts = shlex.split(own, posix=sys.platform != "win32")
        filled = [_filled(part, file, line, column) for part in parts]
        return filled if filled != parts else [*parts, str(file)]
    for name in _AT_A_LINE:
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            return [_program(Path(found)), "--goto", f"{file}:{line}:{column}"]
    system = _SYSTEM.get(sys.platform)
    return [*system, str(file)] if system and shutil.which(system[0], path=environment.get("PATH")) else None


def _filled(part: str, file: Path, line: int, column: int) -> str:
    # The file last, for its name may hold braces.
    return part.replace("{line}", str(line)).replace("{column}", str(column)).replace("{file}", str(file))


def _program(found: Path) -> str:
    """Return the program behind an editor's command, which on Windows is a batch file that would interpret `&`."""
    programs = sorted(found.parent.parent.glob("*.exe")) if found.suffix.casefold() == ".cmd" else []
    return str(programs[0] if programs else found)


def open_at(file: Path, line: int, column: int) -> bool:
    """Open a file in an editor without waiting for it; return whether there is one."""
    chosen = command(file, line, column, os.environ)
    if chosen is None:
        return False
    try:
        subprocess.Popen(chosen, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return True
