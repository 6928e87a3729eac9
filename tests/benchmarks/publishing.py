"""`python -m tests.benchmarks.publishing`: what a publication by SFTP costs, beside rsync and rclone.

Makes a tree of 2,001 files of 4 to 16 KB and 200 of 1 MiB, starts OpenSSH on this machine, and sends the tree to a new
folder of it, and once more with one file changed: all trials once, then all once more, medians of so many rounds.
Client and server share the processors.
Catat also has every file's digest computed by the server; the others read nothing back as they are called here, but
for `rclone as it comes`, which starts a process of the server for each file and is stopped after two minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from getpass import getuser
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from generator.exchange.checksums import checksum_lines
from generator.exchange.readiness_json import SCHEMA
from generator.model.addresses import READINESS, SUMS
from generator.model.target_address import parse_target
from generator.publishing.edition import Edition
from generator.publishing.publish import Publisher, set_up
from generator.publishing.target_state import read_holding
from generator.publishing.targets.opening import open_target
from tests.benchmarks.measure import ROOT, Command, Result, Trial, in_turns, of_command
from tests.support import ssh_server
from tests.support.ssh_server import SshServer

SMALL, LARGE = 2001, 200
BOUND = 120
CATAT, RCLONE = "catat", "rclone without a shell"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a table and what could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.publishing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=3, help="measured rounds, after one to warm up (default 3)")
    parser.add_argument("--trials", default="", help="only ways whose name this regular expression finds")
    parser.add_argument("--send", nargs=2, metavar=("FOLDER", "ADDRESS"), help="only publish a folder, as Catat does")
    options = parser.parse_args(arguments)
    if options.send:
        publish(Path(options.send[0]), options.send[1])
        return
    if ssh_server.MISSING:
        sys.exit(ssh_server.MISSING)
    with TemporaryDirectory(prefix="catat-") as name, ssh_server.running() as server:
        tree = Path(name, "tree")
        write_tree(tree)
        wanted = [trial for trial in trials(tree, server) if re.search(options.trials, trial.name)]
        print(f"Load average {_load()} before", file=sys.stderr)
        results = in_turns(wanted, runs=options.runs, say=lambda line: print(line, file=sys.stderr))
        print("\n".join(_rows(results)))
        print(f"\nMedians of {options.runs}, {os.cpu_count()} processors, load average {_load()} at the end.")
        for each in results:
            if each.reason:
                print(f"Not measured: {each.name}. {each.reason}")


def publish(folder: Path, address: str) -> None:
    """Publish a tree, as `catat publish` does with a site that is built: lease, transfer, digests, commit, history."""
    with open_target(parse_target(address)) as target:
        set_up(target)
        edition = Edition.of_folder(folder)
        Publisher("benchmark").publish(target, edition, read_holding(target), lambda *_: None)


def write_tree(folder: Path) -> None:
    """Write the files of a large unit's site; their bytes are by chance, for documents do not compress."""
    chance = Random(1)
    for number in range(SMALL + LARGE):
        small = number < SMALL
        path = folder / (f"records/{number % 40}/{number}.html" if small else f"files/{number}.pdf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.randint(4096, 16384) if small else 1 << 20))
    write_sums(folder)


def write_sums(folder: Path) -> None:
    """Write the readiness and the list of checksums, by which the tree is a site."""
    (folder / READINESS).write_text(json.dumps({"schema": SCHEMA, "portfolio": "benchmark"}), encoding="utf-8")
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    files.pop(SUMS, None)
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    (folder / SUMS).write_bytes(checksum_lines(digests))


def trials(tree: Path, server: SshServer) -> list[Trial]:
    """Return each way of sending the tree to a new folder of the server; what sent before is deleted."""
    key, hosts = server.folder / "user", server.folder / "known_hosts"
    shell = f"ssh -p {server.port} -i {key} -o UserKnownHostsFile={hosts}"
    remote = f":sftp,host=127.0.0.1,port={server.port},user={getuser()},key_file={key},known_hosts_file={hosts}"
    quick = f"{remote},shell_type=none,disable_hashcheck=true"
    rclone = ("rclone", "sync", "--config", os.devnull, str(tree))
    this = (sys.executable, "-m", "tests.benchmarks.publishing", "--send", str(tree))
    kept = server.place.parent / "kept"
    ways: dict[str, Callable[[Path], tuple[str, ...]]] = {
        "rsync -a": lambda place: ("rsync", "-a", "-e", shell, f"{tree}/", f"{getuser()}@127.0.0.1:{place}/"),
        RCLONE: lambda place: (*rclone, f"{quick}:{place}"),
        CATAT: lambda place: (*this, server.address(place)),
        "rclone as it comes": lambda place: ("timeout", str(BOUND), *rclone, f"{remote}:{place}"),
    }
    numbers = count()

    def trial(name: str, way: Callable[[Path], tuple[str, ...]]) -> Trial:
        def prepare(_: int) -> Command:
            for old in server.place.iterdir():
                shutil.rmtree(old)
            place = server.place / str(next(numbers))
            place.mkdir()
            return Command(way(place), server.environment, ROOT)

        return Trial(name, None, of_command(prepare))

    def change(name: str, way: Callable[[Path], tuple[str, ...]]) -> Trial:
        """The next publication, with another record, to a place that has the site already."""
        place = kept / name

        def prepare(number: int) -> Command:
            if not place.exists():
                place.mkdir(parents=True)
                subprocess.run(way(place), cwd=ROOT, env={**os.environ, **server.environment}, check=True)
            record = tree / "records/0/0.html"
            record.write_bytes(Random(f"{name} {number}").randbytes(9000))
            write_sums(tree)
            return Command(way(place), server.environment, ROOT)

        return Trial(f"{name}, one changed record", None, of_command(prepare))

    first = [trial(name, way) for name, way in ways.items()]
    return [*first, *(change(name, ways[name]) for name in ("rsync -a", RCLONE, CATAT))]


def _rows(results: Sequence[Result]) -> Iterator[str]:
    yield "| way | wall s | client's processor s | peak MiB | wall : rclone |"
    yield "| --- | --: | --: | --: | --: |"
    reference = next((each.median.wall for each in results if each.name == RCLONE and each.costs), None)
    for each in results:
        if each.costs:
            cost = each.median
            ratio = f"{cost.wall / reference:.2f}" if reference else "-"
            yield f"| {each.name} | {cost.wall:.2f} | {cost.processor:.2f} | {cost.memory:.0f} | {ratio} |"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
