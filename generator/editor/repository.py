"""The files for git and its hosts: what git ignores, what it keeps byte for byte, and checks for hooks and CI."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator import __version__, disk
from generator.languages import LANGUAGES, part
from generator.model.paths import SITE
from generator.model.yaml_text import single_quoted

WHEEL = f"./catat-{__version__}-py3-none-any.whl"
"""What CI installs by default: Catat's wheel at the top of the repository."""

_PAPERS = "pdf jpg jpeg png gif webp tif tiff bmp heic heif docx docm xlsx xlsm xls xlsb doc ppt pptx odt ods odp"
_OTHERS = "zip 7z rar mp3 m4a mp4 mov avi mkv wav"


class Repository(Struct, frozen=True):
    """The git repository of a portfolio: the top of its work tree, and the path from there (`""` or `a/b/`).

    `hooks` is the folder of the repository's own hooks; None where git takes them from elsewhere.
    """

    top: Path
    prefix: str
    hooks: Path | None


def find(portfolio: Path) -> Repository | None:
    """Return the repository of a portfolio; None where there is none, or no git."""
    arguments = ("--show-toplevel", "--show-prefix", "--absolute-git-dir", "--git-common-dir", "--git-path", "hooks")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
    try:
        done = subprocess.run(
            ["git", "rev-parse", *arguments],
            cwd=portfolio,
            env=environment,
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except FileNotFoundError:
        return None
    if done.returncode:
        return None
    top, prefix, _own, common, hooks = done.stdout.splitlines()
    folder = portfolio / hooks
    inside = folder.resolve().is_relative_to((portfolio / common).resolve())
    return Repository(Path(top), prefix, folder if inside else None)


def files(prefix: str, package: str) -> Mapping[str, str]:
    """Return the files for the top of a repository: `prefix` leads to the portfolio, `package` is what CI installs."""
    portfolio = prefix.rstrip("/") or "."
    return {
        ".gitignore": ignored(prefix),
        ".gitattributes": _attributes(),
        ".github/workflows/catat.yml": _GITHUB.format(
            package=single_quoted(package), portfolio=single_quoted(portfolio), prefixed=_prefixed("file=", prefix)
        ),
        ".gitlab-ci.yml": _GITLAB.format(
            package=single_quoted(package), portfolio=single_quoted(portfolio), prefixed=_prefixed('"path": "', prefix)
        ),
    }


def ignored(prefix: str) -> str:
    """Return what git leaves out, as a file for the top of a repository: `prefix` leads to the portfolio."""
    escaped = re.sub(r"([\\*?\[\]!# ])", r"\\\1", prefix)
    return _IGNORED.format(site=f"/{escaped}{SITE}/")


_IGNORED = """\
# The site is built from the portfolio: it is no part of its history.
{site}
# What Windows, Office and macOS leave behind.
Thumbs.db
desktop.ini
.DS_Store
~$*
"""


def _attributes() -> str:
    lines = [
        "# Evidence is kept to the letter: its digests stand in the site. Only Catat's own texts have line ends.",
        "* -text",
        "*.md text",
        "portfolio.yaml text",
        "**/instruments/*.yaml text",
        "_defaults.yaml text",
        *(f"*.{ending} binary" for ending in f"{_PAPERS} {_OTHERS}".split()),
    ]
    return "\n".join(lines) + "\n"


def _prefixed(mark: str, prefix: str) -> str:
    """Return the rest of a pipe that puts the path of the portfolio before the paths of its files."""
    if not prefix:
        return ""
    escaped = "".join(f"\\{char}" if char in r"\&|" else char for char in f"{mark}{prefix}")
    return f" | sed {shlex.quote(f's|{mark}|{escaped}|')}"


_GITHUB = """\
# Checks the portfolio on every push, and shows each finding beside its line.
name: Catat
on: [push, pull_request]
permissions: {{contents: read}}
jobs:
  check:
    runs-on: ubuntu-latest
    defaults: {{run: {{shell: bash}}}}  # a pipe fails where any part of it does
    env:
      CATAT_PACKAGE: {package}
      PORTFOLIO: {portfolio}
    steps:
      - uses: actions/checkout@v4
        with: {{fetch-depth: 0}}
      - uses: actions/setup-python@v5
        with: {{python-version: '3.12'}}
      - run: python -m pip install "$CATAT_PACKAGE"
      - run: |
          catat check "$PORTFOLIO" --format github{prefixed}
"""

_GITLAB = """\
# Checks the portfolio on every push; the findings stand in the merge request as a code quality report.
catat:
  image: python:3.12
  variables:
    CATAT_PACKAGE: {package}
    PORTFOLIO: {portfolio}
    GIT_DEPTH: 0
  script:
    - set -o pipefail
    - python -m pip install "$CATAT_PACKAGE"
    - |
      catat check "$PORTFOLIO" --format gitlab{prefixed} > gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


def hook(prefix: str, language: str) -> str:
    """Return a pre-commit hook for the shell that comes with git on every system."""
    words = _HOOK_WORDS[language]
    return _HOOK.format(
        python=shlex.quote(Path(sys.executable).as_posix()),
        portfolio=shlex.quote(prefix.rstrip("/") or "."),
        **{name: shlex.quote(text) for name, text in words.items()},
    )


_HOOK_WORDS: Mapping[str, Mapping[str, str]] = {code: part(code, "editor").HOOK for code in LANGUAGES}

_HOOK = """\
#!/bin/sh
# Written by `catat setup --git`: refuses a commit while the portfolio has errors.
# Delete this file to be rid of it; `git commit --no-verify` skips it once.
# It checks the files as they lie in the folder, which with `git add -p` may differ from what is committed.

unset $(git rev-parse --local-env-vars)
export PYTHONUTF8=1
refuse() {{
    printf '%s\\n%s\\n' "$1" {skip} >&2
    exit 1
}}
if command -v catat >/dev/null 2>&1; then
    set -- catat
elif [ -x {python} ]; then
    set -- {python} -m generator
else
    refuse {absent}
fi
"$@" check {portfolio} >&2
case $? in
    0) exit 0 ;;
    1) refuse {refused} ;;
    *) refuse {failed} ;;
esac
"""


def write_hook(repository: Repository, text: str) -> bool:
    """Write the hook where there is none yet; return whether it is there now, byte for byte."""
    assert repository.hooks is not None
    target = repository.hooks / "pre-commit"
    try:
        repository.hooks.mkdir(exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        return disk.file_content(target) == text.encode()
    target.chmod(0o755)
    return True
