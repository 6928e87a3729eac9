"""Run one command and print what it cost: `single_run.py LOG COMMAND...`.

A process of its own because Linux counts what the caller held in memory before `exec` into the peak of the
called: started from the benchmark itself, every command would seem as large as the benchmark. Only the most
needed modules are imported, so peaks below some 10 MiB, and only those, are this script's.

Memory is that of all processes of the command together: every hundredth of a second what each of them holds is
added up, and the largest sum is kept. Pages that two of them share are counted for both. It is never less than the
peak that the kernel noted of the largest of them, which a sample can miss; where there is no `/proc`, it is that.
"""

import os
import signal
import sys
import time

import processes  # type: ignore[import-not-found]

PAUSE = 0.01
# `ru_maxrss` is in KiB on Linux and in bytes on macOS.
PEAKS_PER_MIB = 1024**2 if sys.platform == "darwin" else 1024


def main(log: str, command: list[str]) -> None:
    """Print exit code, wall seconds, processor seconds and the peak of all processes in MiB."""
    output = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    ended = {signal.SIGCHLD}
    signal.pthread_sigmask(signal.SIG_BLOCK, ended)
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=output, setsigmask=())
    peak = 0.0
    if hasattr(signal, "sigtimedwait"):
        while signal.sigtimedwait(ended, PAUSE) is None:
            peak = max(peak, processes.memory(processes.tree(process)))
    # Children are included where the command waits for them, as every pool of processes does at its end.
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    peak = max(peak, usage.ru_maxrss / PEAKS_PER_MIB)
    sys.stdout.write(f"{code} {wall} {usage.ru_utime + usage.ru_stime} {peak}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
