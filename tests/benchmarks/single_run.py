"""Run one command and print what it cost: `single_run.py LOG COMMAND...`.

A process of its own because Linux counts what the caller held in memory before `exec` into the peak of the
called: started from the benchmark itself, every command would seem as large as the benchmark. Only the most
needed modules are imported, so peaks below some 10 MiB, and only those, are this script's.
"""

import os
import sys
import time


def main(log: str, command: list[str]) -> None:
    """Print exit code, wall seconds, processor seconds and the raw peak of the command's largest process."""
    output = [
        (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=output)
    # Children are included where the command waits for them, as every pool of processes does at its end.
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    sys.stdout.write(f"{code} {wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
