"""The command `catat` as it is called where nobody sits at a terminal."""

from __future__ import annotations

import gc
import gettext
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import cli
from tests.conftest import ROOT


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def catat(*arguments: str, cwd: Path = ROOT, typed: str = "", **environment: str) -> Done:
    """Run the command within this process, which is quicker; its help is in the language that was spoken first.

    `typed` is what it reads from its standard input.
    """
    domain, thresholds = gettext.textdomain(), gc.get_threshold()
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        patch.setattr(sys, "stdin", io.StringIO(typed))
        for name, value in {"LANGUAGE": "", **environment}.items():
            patch.setenv(name, value)
        with redirect_stdout(out), redirect_stderr(err):
            code = cli.run(list(arguments))
    gettext.textdomain(domain)
    gc.set_threshold(*thresholds)
    told = []
    for stream in (out, err):
        stream.seek(0)
        told.append(stream.read())
    return Done(code, *told)


def started(*arguments: str, **environment: str) -> Done:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )
    return Done(done.returncode, done.stdout, done.stderr)
