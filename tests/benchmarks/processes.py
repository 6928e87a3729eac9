"""What a process and all that it started hold in memory and have worked, as Linux tells it in `/proc`.

Imports nothing that is large, for `single_run.py` is measured by its smallness.
"""

import os

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1024**2


def tree(process: int) -> list[int]:
    """The process and everything below it that still runs; nothing where there is no `/proc`."""
    found, waiting = [], [process]
    while waiting:
        each = waiting.pop()
        try:
            threads = os.listdir(f"/proc/{each}/task")
        except OSError:
            continue
        found.append(each)
        for thread in threads:
            waiting += map(int, _read(f"/proc/{each}/task/{thread}/children").split())
    return found


def memory(processes: list[int]) -> float:
    """MiB that they hold now, each with all its pages: what two share counts twice."""
    pages = (_read(f"/proc/{each}/statm").split() for each in processes)
    return sum(int(fields[1]) for fields in pages if fields) * PAGE / MIB


def seconds(processes: list[int]) -> float:
    """Seconds of all processors that they have worked, with those of their children that have ended."""
    told = (_read(f"/proc/{each}/stat").rpartition(") ")[2].split() for each in processes)
    return sum(sum(map(int, fields[11:15])) for fields in told if fields) / TICKS


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - pathlib is what is not imported
            return file.read()
    except OSError:
        return ""
