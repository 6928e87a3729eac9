"""The loop that works for code that is not asynchronous."""

from __future__ import annotations

import asyncio
import signal
import sys
import threading

import pytest

from generator.publishing.targets.loop_thread import LoopThread


@pytest.mark.skipif(sys.platform == "win32", reason="no thread can be sent Ctrl+C on Windows")
def test_ctrl_c_cancels_the_work_and_leaves_the_loop_in_use() -> None:
    loop, cancelled = LoopThread("test"), threading.Event()

    async def interrupt() -> None:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(KeyboardInterrupt):
        loop.run(interrupt())
    assert cancelled.wait(20)
    assert loop.run(asyncio.sleep(0, "still here")) == "still here"
    loop.close()
    loop.close()


def test_what_the_work_raises_is_raised() -> None:
    loop = LoopThread("test")

    async def fail() -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        loop.run(fail())
    loop.close()
