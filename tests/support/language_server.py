"""The YAML language server that VS Code runs, driven over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FETCHED = "yaml-language-server-*/node_modules/yaml-language-server/bin/yaml-language-server"
"""Where the test command puts it below the virtual environment."""


def server() -> str | None:
    """Return the path of the server: the one that the test command hands over, or fetched before; it needs node."""
    if shutil.which("node") is None:
        return None
    given = os.environ.get("CATAT_YAML_SERVER")
    return given if given is not None else next(map(str, sorted(Path(sys.prefix).glob(FETCHED), reverse=True)), None)


class Editor:
    """An editor that has a folder open, with the settings that its `.vscode/settings.json` gives."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._number = 0
        self._told: dict[str, list[dict[str, Any]]] = {}
        self._settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))

    def begin(self) -> None:
        """Shake hands; tell the server the settings as VS Code does."""
        here = self._folder.as_uri()
        words = {"textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}}}
        workspace = {"configuration": True, "workspaceFolders": True}
        self._ask(
            "initialize",
            processId=os.getpid(),
            rootUri=here,
            capabilities={**words, "workspace": workspace},
            workspaceFolders=[{"uri": here, "name": "portfolio"}],
        )
        self._say("initialized")
        self._say("workspace/didChangeConfiguration", settings={})

    def diagnostics(self, path: str, text: str) -> list[tuple[int, str]]:
        """Open a file and return what the server says of it: lines counted from 1, and messages."""
        uri = self._open(path, text)
        while uri not in self._told:
            self._listen()
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in self._told[uri]]

    def completions(self, path: str, text: str) -> dict[str, str]:
        """Open a file whose text has a `|`, and return what is offered there, each with its description."""
        uri, position = self._open_at(path, text)
        answer = self._ask("textDocument/completion", textDocument={"uri": uri}, position=position)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return {each["label"]: _words(each.get("documentation")) for each in items}

    def hover(self, path: str, text: str) -> str:
        """Open a file whose text has a `|`, and return what is shown where the pointer rests there."""
        uri, position = self._open_at(path, text)
        while uri not in self._told:  # before it has looked at a file it shows nothing
            self._listen()
        answer = self._ask("textDocument/hover", textDocument={"uri": uri}, position=position)
        return "" if answer is None else _words(answer["contents"])

    def _open_at(self, path: str, text: str) -> tuple[str, dict[str, int]]:
        before, after = text.split("|")
        uri = self._open(path, before + after)
        return uri, {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}

    def _open(self, path: str, text: str) -> str:
        self._number += 1
        target = self._folder / f"{self._number}" / path  # a name of its own, so that no answer is an older one
        uri = target.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._say("textDocument/didOpen", textDocument=document)
        return uri

    def _say(self, method: str, /, **parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _ask(self, method: str, /, **parameters: object) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            answer = self._listen()
            if answer.get("id") == number and "method" not in answer:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _listen(self) -> dict[str, Any]:
        """Return the next message, having answered what the server asks and kept what it says of a file."""
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline()) not in {b"\r\n", b""}:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise RuntimeError("the language server has ended")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, asked: dict[str, Any]) -> Any:
        if asked["method"] != "workspace/configuration":
            return None
        return [self._section(each.get("section", "")) for each in asked["params"]["items"]]

    def _section(self, name: str) -> Any:
        """Return the settings below a name, as VS Code hands them over."""
        found: dict[str, Any] = {}
        for key, value in self._settings.items():
            section, _, rest = key.partition(".")
            if section != name or not rest:
                continue
            inner = found
            *outer, last = rest.split(".")
            for part in outer:
                inner = inner.setdefault(part, {})
            inner[last] = value
        return found


def _words(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else documentation or ""


@contextmanager
def opened(path: str, folder: Path) -> Iterator[Editor]:
    """Run the server for a folder that `catat setup` has been at."""
    process = subprocess.Popen(
        ["node", path, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        editor = Editor(process, folder)
        editor.begin()
        yield editor
    finally:
        process.kill()
        process.communicate()
