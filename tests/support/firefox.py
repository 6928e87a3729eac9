"""Drives a real Firefox by its own Marionette protocol, which needs neither a driver nor a library."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pytest

FIREFOX = os.environ.get("CATAT_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""
# The test command installs Firefox where it can, and says aloud at its end that these did not run where it cannot.
needs_firefox = pytest.mark.skipif(not FIREFOX, reason="NOT RUN: there is no Firefox here")

_SECONDS = 60
_PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
"""It takes a free port, and asks no other host for anything."""


class FirefoxError(Exception):
    """Firefox refused a command, or the script it was given failed."""


class Firefox:
    """A Firefox that runs; `new_page` opens a tab."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_SECONDS)
        self._stream = self._socket.makefile("rb")
        self._count = 0
        self._read()
        self.send("WebDriver:NewSession", {})
        self.send("WebDriver:SetTimeouts", {"script": _SECONDS * 1000})
        self._first = self.send("WebDriver:GetWindowHandle", {})["value"]

    def send(self, command: str, values: dict[str, Any]) -> Any:
        """Send one command of the protocol and return its result."""
        self._count += 1
        message = json.dumps([0, self._count, command, values]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise FirefoxError(f"{error['error']}: {error['message']}")
        return result

    def _read(self) -> Any:
        size = 0
        while (digit := self._stream.read(1)).isdigit():
            size = size * 10 + int(digit)
        return json.loads(self._stream.read(size))

    def new_page(self) -> FirefoxPage:
        """Open a tab beside the first one, which stays, and from which it is opened."""
        self.send("WebDriver:SwitchToWindow", {"handle": self._first, "focus": False})
        return FirefoxPage(self, self.send("WebDriver:NewWindow", {"type": "tab", "focus": False})["handle"])

    def set_preference(self, name: str, value: int | None) -> None:
        """Set a number of `about:config`; None takes the browser's own value again."""
        self.send("Marionette:SetContext", {"value": "chrome"})
        script = (
            "const [name, value] = arguments, {prefs} = Services;"
            "if (value === null) prefs.clearUserPref(name); else prefs.setIntPref(name, value);"
        )
        self.send("WebDriver:ExecuteScript", {"script": script, "args": [name, value]})
        self.send("Marionette:SetContext", {"value": "content"})

    def close(self) -> None:
        """Let it end."""
        with suppress(OSError, ValueError):
            self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._stream.close()
        self._socket.close()


class FirefoxPage:
    """One tab, with what a page of Playwright has under the same names."""

    def __init__(self, firefox: Firefox, handle: str) -> None:
        self._firefox = firefox
        self._handle = handle

    def _send(self, command: str, values: dict[str, Any]) -> Any:
        self._firefox.send("WebDriver:SwitchToWindow", {"handle": self._handle, "focus": False})
        return self._firefox.send(command, values)

    def goto(self, address: str) -> None:
        """Open an address and wait until all of it is loaded."""
        self._send("WebDriver:Navigate", {"url": address})

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """Return what a function of JavaScript gives for an argument, or what its promise comes to."""
        values = {"script": f"return ({function})(arguments[0])", "args": [argument], "sandbox": None}
        return self._send("WebDriver:ExecuteScript", values)["value"]

    def close(self) -> None:
        """Close the tab."""
        self._send("WebDriver:CloseWindow", {})


@contextmanager
def launched() -> Iterator[Firefox]:
    """Yield a Firefox with a profile of its own that is closed afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        Path(profile, "user.js").write_text("".join(lines), "utf-8")
        driven = ["--marionette", "--remote-allow-system-access"]
        command = [FIREFOX, "--headless", *driven, "--no-remote", "--profile", profile]
        environment = {**os.environ, "HOME": profile}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True
        ) as process:
            assert process.stdout is not None
            port = _port(process.stdout)
            # What nobody reads would stop it once the pipe is full.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            firefox = Firefox(port)
            try:
                yield firefox
            finally:
                firefox.close()
                process.terminate()


def _port(output: IO[str]) -> int:
    said = []
    for line in output:
        if found := re.search(r"Listening on port (\d+)", line):
            return int(found[1])
        said.append(line)
    raise FirefoxError("".join(said))
