"""A command at a real terminal (a pseudo-terminal): reads until it asks, then answers; it never waits for a time."""

from __future__ import annotations

import multiprocessing
import os
import pty
import re
import select
import signal
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

PATIENCE_SECONDS = 60
_INTERRUPT = b"\x03"
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@cache
def _loaded() -> ForkServerContext:
    """Return what begins processes as forks of one that has loaded the program: to load it takes most of a command."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["generator.commands.new", "generator.build.build", "tests.support.terminal_session"]
    )
    return context


def _run(terminal: str, cwd: str, environment: Mapping[str, str], arguments: Sequence[str]) -> None:
    """Run a command in this process, which takes the terminal for its own, so that Ctrl+C reaches it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests that run in the background would not hear
    os.setsid()
    ours = os.open(terminal, os.O_RDWR)
    for stream in range(3):
        os.dup2(ours, stream)
    os.close(ours)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(stream, mode, encoding="utf-8", closefd=False) for stream, mode in enumerate("rww")
    )
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    from generator.cli import run

    sys.exit(run(list(arguments)))


class Session:
    """`catat` with its arguments, running at a terminal of its own."""

    def __init__(self, arguments: Sequence[str], *, cwd: Path, **environment: str) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **environment}
        self._process = _loaded().Process(target=_run, args=(os.ttyname(theirs), str(cwd), environment, arguments))
        self._process.start()
        self._theirs: int | None = theirs
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
            if not select.select([self._ours, self._process.sentinel], [], [], 1)[0]:
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
        self._process.join(PATIENCE_SECONDS)
        code = self._process.exitcode
        assert code is not None, f"does not end:\n{self.text}"
        os.close(self._ours)
        return code, self.text[self._seen :]

    def _more(self) -> bool:
        ready, _, _ = select.select([self._ours, self._process.sentinel], [], [], PATIENCE_SECONDS)
        if self._ours not in ready and self._theirs is not None:  # it has ended: what it wrote is read up to its end
            os.close(self._theirs)
            self._theirs = None
        assert ready, f"nothing more is told:\n{self.text}"
        try:
            block = os.read(self._ours, 65536)
        except OSError:  # what Linux says when the other side has gone
            return False
        self._read += block
        return bool(block)
