"""The files for VS Code in a portfolio: settings, schemas, snippets and tasks.

Files that differ are never overwritten, except those that Catat wrote and nobody has changed since.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator import disk
from generator.build import configuration
from generator.editor import schemas
from generator.editor.snippets import snippets
from generator.languages import DEFAULT, LANGUAGES, part
from generator.messages.diagnostics import Diagnostic
from generator.messages.refusals import errors_naming
from generator.model.instrument import Instrument

SCHEMAS = {"portfolio": "portfolio.yaml", "instrument": "instruments/*.yaml", "defaults": "_defaults.yaml"}
"""The schemas of YAML files, each with the pattern of their names."""

MATCHER = r"^(.+?):(\d+):(\d+): (error|warning)\[([a-z-]+)\]: (.*)$"
"""What a line of `catat check --format line` looks like to VS Code, which reads it as a JavaScript expression."""

_WORDS: Mapping[str, Mapping[str, str]] = {code: part(code, "editor").TASKS for code in LANGUAGES}


class KeptFile(Struct, frozen=True):
    """An existing file that differs: its path, and the lines that Catat would have added."""

    path: str
    lines: tuple[str, ...]


class FileReport(Struct, frozen=True):
    """The result of writing files: paths written, renewed and already right; those kept; what is wrong."""

    written: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    kept: tuple[KeptFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def set_up(folder: Path) -> FileReport:
    """Write what VS Code needs into a portfolio's folder; `catat init` ends with this call.

    Without sound settings and instrument the schemas know no names of items and types, and there are no snippets.
    Raises OSError where the disk refuses.
    """
    found, instrument, diagnostics = configuration.basis(folder)
    report = write(folder, files(instrument, found.language if found is not None else DEFAULT))
    return FileReport(report.written, report.renewed, report.same, report.kept, diagnostics)


def files(instrument: Instrument | None, language: str) -> Mapping[str, str]:
    """Return the files for VS Code by their paths in the portfolio."""
    texts = {
        ".vscode/settings.json": _json(_settings()),
        ".vscode/tasks.json": _json(_tasks(language)),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }
    for name in schemas.NAMES:
        schema = schemas.schema(name, instrument=instrument, language=language)
        texts[f".vscode/schemas/{name}.json"] = marked(_json({"$comment": f"catat setup {_UNMARKED}", **schema}))
    if instrument is not None:
        texts[".vscode/catat.code-snippets"] = marked(f"// catat setup {_UNMARKED}\n{snippets(instrument, language)}")
    return texts


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _settings() -> Mapping[str, object]:
    typing = {"other": "on", "comments": "off", "strings": "on"}
    two_spaces = {"editor.insertSpaces": True, "editor.tabSize": 2, "editor.detectIndentation": False}
    return {
        "yaml.schemas": {f".vscode/schemas/{name}.json": pattern for name, pattern in SCHEMAS.items()},
        "yaml.schemaStore.enable": False,
        "yaml.yamlVersion": "1.2",
        "files.associations": {"*.md": "markdown", "*.yaml": "yaml"},
        "files.encoding": "utf8",
        "files.autoGuessEncoding": False,
        "files.exclude": {"**/Thumbs.db": True, "**/desktop.ini": True, "**/~$*": True},
        "[markdown]": {
            **two_spaces,
            "editor.wordWrap": "on",
            "editor.quickSuggestions": typing,
            "editor.snippetSuggestions": "top",
            "editor.wordBasedSuggestions": "off",
        },
        "[yaml]": {**two_spaces, "editor.wordWrap": "on", "editor.quickSuggestions": typing},
    }


def _tasks(language: str) -> Mapping[str, object]:
    words = _WORDS[language]
    matcher = {
        "owner": "catat",
        "source": "catat",
        "applyTo": "allDocuments",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": MATCHER,
            "file": 1,
            "line": 2,
            "column": 3,
            "severity": 4,
            "code": 5,
            "message": 6,
        },
    }
    # Python writes its output in the system's old code page on Windows unless it is told otherwise.
    common = {"type": "process", "command": "catat", "options": {"env": {"PYTHONUTF8": "1"}}}
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": words["check"],
                **common,
                "args": ["check", ".", "--format", "line"],
                "group": {"kind": "build", "isDefault": True},
                "presentation": {"reveal": "silent", "clear": True, "revealProblems": "onProblem"},
                "problemMatcher": matcher,
            },
            {"label": words["serve"], **common, "args": ["serve", "."], "isBackground": True, "problemMatcher": []},
            {"label": words["build"], **common, "args": ["build", "."], "group": "build", "problemMatcher": []},
        ],
    }


# Files that Catat writes carry the digest of their own text, by which it recognises them.

_MARK = re.compile(r"sha256:[0-9a-f]{64}")
_UNMARKED = "sha256:" + "0" * 64


def marked(text: str) -> str:
    """Return a text with the digest of itself in the place of `_UNMARKED`."""
    return text.replace(_UNMARKED, f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", 1)


def is_untouched(text: str) -> bool:
    """Whether a text is exactly what Catat once wrote, in this version or another."""
    unmarked = _MARK.sub(_UNMARKED, text, count=1)
    return unmarked != text and marked(unmarked) == text


def write(folder: Path, texts: Mapping[str, str]) -> FileReport:
    """Write files below a folder: new ones, and those that Catat wrote and nobody changed."""
    written, renewed, same, kept = [], [], [], []
    for path, text in texts.items():
        target = folder / path
        existing = _text_of(target)
        if existing is None:
            with errors_naming(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                _create(target, text)
            written.append(path)
        elif existing == text:
            same.append(path)
        elif is_untouched(existing):
            with errors_naming(target):
                target.write_text(text, encoding="utf-8", newline="\n")
            renewed.append(path)
        else:
            kept.append(KeptFile(path, _added(existing, text)))
    return FileReport(tuple(written), tuple(renewed), tuple(same), tuple(kept))


def _create(target: Path, text: str) -> None:
    """Write a new file; nothing is left of it where that fails. Raises OSError, FileExistsError."""
    with target.open("x", encoding="utf-8", newline="\n") as new:
        try:
            new.write(text)
            new.flush()
        except BaseException:  # Ctrl-C too
            target.unlink(missing_ok=True)
            raise


def _text_of(path: Path) -> str | None:
    """Return a file's text with plain line ends, None where there is no file."""
    try:
        return disk.file_content(path).decode("utf-8-sig", "backslashreplace").replace("\r\n", "\n")
    except FileNotFoundError:
        return None


def _added(existing: str, text: str) -> tuple[str, ...]:
    compared = difflib.unified_diff(existing.splitlines(), text.splitlines(), lineterm="", n=0)
    return tuple(line[1:] for line in compared if line.startswith("+") and not line.startswith("+++"))
