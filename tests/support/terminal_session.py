"""A command at a real terminal (a pseudo-terminal): reads until it asks, then answers; it never waits for a time."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import ROOT

PATIENCE_SECONDS = 60
_AT_A_TERMINAL = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests that run in the background would not hear
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl+C reaches it
from generator.cli import run
sys.exit(run(sys.argv[1:]))
"""
_INTERRUPT = b"\x03"
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Session:
    """`catat` with its arguments, running at a terminal of its own."""

    def __init__(self, arguments: Sequence[str], *, cwd: Path, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AT_A_TERMINAL, *arguments],
            cwd=cwd,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm", **environment},
        )
        os.close(theirs)
        self._read = b""
        self._seen = 0

    @property
    def text(self) -> str:
        """All that has been on the terminal, answers included, without colours."""
        return _COLOUR.sub("", self._read.decode("utf-8", "replace")).replace("\r\n", "\n")

    @property
    def coloured(self) -> str:
        """All that has been on the terminal, with the marks that colour it."""
        return self._read.decode("utf-8", "replace").replace("\r\n", "\n")

    def until(self, told: str) -> str:
        """Read until `told` appears after what was read before; return what came up to then."""
        while told not in self.text[self._seen :]:
            assert self._more(), f"ended without telling {told!r}:\n{self.text}"
        start, self._seen = self._seen, self.text.index(told, self._seen) + len(told)
        return self.text[start : self._seen]

    def answer(self, question: str, reply: str | bytes) -> str:
        """Wait for a question, then type a reply and Enter; return what was told before it."""
        told = self.until(question)
        os.write(self._ours, (reply if isinstance(reply, bytes) else reply.encode()) + b"\n")
        return told

    def interrupt(self, question: str) -> tuple[int, str]:
        """Wait for a question, press Ctrl+C, and read to the end.

        It is pressed again as long as nothing comes of it: between showing a question and waiting for the answer,
        Python does not hear it.
        """
        self.until(question)
        os.write(self._ours, _INTERRUPT)
        pressed = 1
        while not self.text[self._seen :].replace("^C", "").strip(": \n"):
            if not select.select([self._ours], [], [], 1)[0]:
                os.write(self._ours, _INTERRUPT)
                pressed += 1
                assert pressed < PATIENCE_SECONDS, f"Ctrl+C is not heard:\n{self.text}"
            elif not self._more():
                break
        return self.end()

    def end(self) -> tuple[int, str]:
        """Read to the end; return the exit code and what came since the last question."""
        while self._more():
            pass
        code = self._process.wait(PATIENCE_SECONDS)
        os.close(self._ours)
        return code, self.text[self._seen :]

    def _more(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE_SECONDS)
        assert ready, f"nothing more is told:\n{self.text}"
        try:
            block = os.read(self._ours, 65536)
        except OSError:  # what Linux says when the other side has gone
            return False
        self._read += block
        return bool(block)
