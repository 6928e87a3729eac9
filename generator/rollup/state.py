"""The folder beside a list in which a roll-up keeps what it received, what each run found, and the sites it built."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class RollupState(Struct, frozen=True):
    """The folder `<name of the list>.rollup` beside a list; the name has its ending unless that is .yaml.

    `received` has every readiness.json, SHA256SUMS and signature under the SHA-256 of its bytes; `runs` a file for each
    run, and `sites` the site of each unit that is built here.
    """

    folder: Path

    @property
    def received(self) -> Path:
        """Where received files are kept."""
        return self.folder / "received"

    @property
    def runs(self) -> Path:
        """Where the lines of each run are kept."""
        return self.folder / "runs"

    @property
    def sites(self) -> Path:
        """Where the sites of units are built that lie here as sources."""
        return self.folder / "sites"


def state_of(list_file: Path, folder: Path | None = None) -> RollupState:
    """Return the folder of a list, the one beside it unless another is given; it may not be there yet."""
    if folder is not None:
        return RollupState(folder)
    name = list_file.stem if list_file.suffix.casefold() == ".yaml" else list_file.name
    return RollupState(list_file.with_name(f"{name}.rollup"))
