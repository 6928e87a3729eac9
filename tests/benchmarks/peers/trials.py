"""What is done with another generator: its full build, a second one with nothing changed, one with a record edited."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from tests.benchmarks.measure import Command, Cost, Trial, of_command, run_once
from tests.benchmarks.peers.environment import Installed
from tests.benchmarks.peers.peer import Site
from tests.benchmarks.portfolios import Portfolio


def full(name: str) -> str:
    """What the full build of a peer is called."""
    return f"{name}: build, nothing cached"


def trials(installed: Installed, work: Path, portfolio: Portfolio) -> list[Trial]:
    """Write a peer's source, and return its trials."""
    peer, size = installed.peer, len(portfolio.records)
    source = work / f"{peer.name}-source"
    peer.write(source, portfolio)
    kept = Site(source, work / f"{peer.name}-kept", work / f"{peer.name}-kept-cache")
    if peer.cache_in_source:
        kept = Site(work / f"{peer.name}-kept-source", kept.output, kept.cache)
        peer.write(kept.source, portfolio)
    fresh = count()

    def cold(_: int) -> Command:
        number = next(fresh)
        return peer.build(
            installed.program, Site(source, work / f"{peer.name}-{number}", work / f"{peer.name}-cache-{number}")
        )

    begun: list[Cost] = []

    def unchanged(_: int) -> Command:
        command = peer.build(installed.program, kept)
        if not begun:  # later the build before is that of the edited record
            begun.append(run_once(command))
            command = peer.build(installed.program, kept)
        return command

    record = peer.home(kept.source, portfolio.records[size // 2]) / "index.md"
    original = record.read_bytes()

    def edited(number: int) -> Command:
        record.write_bytes(original + f"\nDiperbarui {number + 1} kali.\n".encode())
        return peer.build(installed.program, kept)

    commands: dict[str, Callable[[int], Command]] = {
        full(peer.name): cold,
        f"{peer.name}: build, nothing changed": unchanged,
        f"{peer.name}: build, one record edited": edited,
    }
    return [Trial(name, size, of_command(prepare)) for name, prepare in commands.items()]
