"""What `catat export registers` costs: `python -m tests.benchmarks.registers --records 10000`.

Each command is a process of its own, with a cache of its own that `catat check` fills: first all is read anew, then
nothing. "Alone" is what the files cost beside the reading, within this process.
"""

import argparse
import datetime
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from generator.build.project import Project
from generator.build.registers import register_contents
from generator.exchange.registers.files import register_files
from tests.benchmarks import processes
from tests.benchmarks.portfolios import LAST_DAY, write_portfolio

MEBIBYTE = 1024**2


def _command(*arguments: str, cache: Path) -> str:
    """Run Catat, and say what it took: seconds, seconds of processors, the most memory that it held.

    Memory is that of the first process, and of all together, looked at every 20 ms: what two share counts twice.
    """
    program = [sys.executable, "-m", "generator", *arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(
        program,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    together, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            together.append(processes.memory(processes.tree(process.pid)))

    watching = threading.Thread(target=watch)
    watching.start()
    _, status, used = os.wait4(process.pid, 0)
    ended.set()
    watching.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"{' '.join(program)}: exit {process.returncode}")
    cost = f"{seconds:6.1f} s, processor {used.ru_utime + used.ru_stime:6.1f} s"
    return f"{cost}, {used.ru_maxrss / 1024:6.0f} MiB, all processes {max(together):6.0f} MiB"


def _alone(home: Path, day: datetime.date) -> str:
    with Project(home, again=False) as project:
        contents = register_contents(project.read(on=day))
    before, lines = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, []
    for name, write in register_files(contents).items():
        begun = time.process_time()
        with tempfile.TemporaryFile() as stream:
            write(stream)
            size = stream.tell() / MEBIBYTE
        lines.append(f"  {name:24} {time.process_time() - begun:5.1f} s  {size:6.1f} MiB")
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return "\n".join((*lines, f"  more memory than the reading took: {more:.0f} MiB"))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--alone", action="store_true", help="measure the files alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, cache, out = (Path(folder) / name for name in ("portfolio", "cache", "registers"))
        write_portfolio(home, records=given.records)
        if not given.alone:
            export = ("export", "registers", str(home), "-o", str(out), "--as-of", LAST_DAY.isoformat())
            print("export, nothing known:   ", _command(*export, cache=cache))
            print(
                "check:                   ", _command("check", str(home), "--as-of", LAST_DAY.isoformat(), cache=cache)
            )
            print("export, all known:       ", _command(*export, cache=cache))
        print("alone:", _alone(home, LAST_DAY), sep="\n")


if __name__ == "__main__":
    main()
