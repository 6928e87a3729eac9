"""`python -m tests.benchmarks.publishing`: what a first publication by SFTP costs, beside rsync and rclone.

Makes a tree of 2,001 files of 4 to 16 KB and 200 of 1 MiB, starts OpenSSH on this machine, and sends the tree to a new
folder of it: all trials once, then all once more, medians of so many rounds. Client and server share the processors.
Catat also has every file's digest computed by the server; the others read nothing back as they are called here, but
for `rclone as it comes`, which starts a process of the server for each file and is stopped after two minutes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from getpass import getuser
from itertools import count
from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory

from generator.model.target_address import parse_target
from generator.publishing.targets.opening import open_target
from generator.publishing.targets.target import Upload
from tests.benchmarks.measure import ROOT, Command, Result, Trial, in_turns, of_command
from tests.support import ssh_server
from tests.support.ssh_server import SshServer

SMALL, LARGE = 2001, 200
BOUND = 120
PART = 32 << 20
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
    """Publish a tree for the first time: what is measured of Catat. Digests of one part are got while another is sent."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    uploads = [Upload(each, each.relative_to(folder).as_posix(), each.stat().st_size) for each in files]
    folders = {parent.as_posix() for each in uploads for parent in PurePosixPath(each.path).parents} - {"."}
    with open_target(parse_target(address)) as target, ThreadPoolExecutor(1) as checking:
        target.make_folders(folders)
        digests = []
        for part in _parts(uploads):
            target.upload_all(part)
            digests.append(checking.submit(target.digests, [each.path for each in part]))
        if any(None in each.result() for each in digests):
            sys.exit("not all files arrived")


def _parts(uploads: Sequence[Upload]) -> Iterator[list[Upload]]:
    """Yield the files in parts of some size: a part that is interrupted is sent again."""
    part: list[Upload] = []
    for each in uploads:
        part.append(each)
        if sum(other.size for other in part) >= PART:
            yield part
            part = []
    yield part


def write_tree(folder: Path) -> None:
    """Write the files of a large unit's site; their bytes are by chance, for documents do not compress."""
    chance = Random(1)
    for number in range(SMALL + LARGE):
        small = number < SMALL
        path = folder / (f"records/{number % 40}/{number}.html" if small else f"files/{number}.pdf")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(chance.randbytes(chance.randint(4096, 16384) if small else 1 << 20))


def trials(tree: Path, server: SshServer) -> list[Trial]:
    """Return each way of sending the tree to a new folder of the server; what sent before is deleted."""
    key, hosts = server.folder / "user", server.folder / "known_hosts"
    shell = f"ssh -p {server.port} -i {key} -o UserKnownHostsFile={hosts}"
    remote = f":sftp,host=127.0.0.1,port={server.port},user={getuser()},key_file={key},known_hosts_file={hosts}"
    quick = f"{remote},shell_type=none,disable_hashcheck=true"
    rclone = ("rclone", "sync", "--config", os.devnull, str(tree))
    this = (sys.executable, "-m", "tests.benchmarks.publishing", "--send", str(tree))
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

    return [trial(name, way) for name, way in ways.items()]


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
