"""The W3C checker (vnu): what is wrong with the pages and style sheets of a site by the standards' own rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

FETCHED = "vnu-*/node_modules/vnu-jar/build/dist/vnu.jar"
"""Where the test command puts it below the virtual environment."""

KINDS = ("html", "css", "svg")


def checker() -> str | None:
    """Return the path of the checker: the one that the test command hands over, or fetched before."""
    given = os.environ.get("CATAT_CHECKER")
    return given if given is not None else next(map(str, sorted(Path(sys.prefix).glob(FETCHED), reverse=True)), None)


def without_containers(sheet: str) -> str:
    """Return a style sheet in the words that the checker knows, line by line: its CSS has no container queries.

    A condition on the width of a container is one on that of the window there.
    """
    return sheet.replace("@container page", "@media").replace("container: page / inline-size;", "")


def errors(jar: str, paths: Iterable[Path]) -> list[str]:
    """Return every error in the pages, style sheets and drawings, as `path:line: what is wrong`.

    Raises RuntimeError where the checker itself fails, so that its silence always means that it looked.
    """
    names = sorted(map(str, paths))
    sheets = [name for name in names if name.endswith(".css")]
    # Pages and drawings in one run, for each begins anew; with style sheets among them it miscounts the lines of all.
    others = [name for name in names if name not in sheets]
    runs = (("--also-check-svg", others), ("--css", sheets))
    return [error for option, wanted in runs if wanted for error in _run(jar, option, wanted)]


def _run(jar: str, option: str, names: list[str]) -> list[str]:
    options = ["--errors-only", "--exit-zero-always", "--format", "json"]
    # The compiler of short runs: this one ends before the other has paid for itself.
    command = ["java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar, option, *options, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode or not done.stderr.startswith("{"):
        raise RuntimeError(done.stderr[-2000:] or done.stdout[-2000:])
    return [
        f"{unquote(each.get('url', '')).removeprefix('file:')}:{each.get('lastLine', '?')}: {each['message']}"
        for each in json.loads(done.stderr)["messages"]
    ]
