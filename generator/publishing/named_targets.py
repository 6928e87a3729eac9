"""Finds the target that a person means: by its name in the settings, or by an address."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from generator.model.paths import SETTINGS
from generator.model.target_address import TargetAddress, TargetKind, parse_target
from generator.typos.near_names import near


class TargetUnknown(Exception):
    """No target has that name; `known` are the names, `suggestion` the one that was probably meant."""

    def __init__(self, name: str, known: tuple[str, ...], suggestion: str | None) -> None:
        super().__init__(name)
        self.name, self.known, self.suggestion = name, known, suggestion


class TargetIsPortfolio(Exception):
    """A portfolio was named where a target belongs."""


def is_bare(written: str) -> bool:
    """Whether what is written can only be a name, or is nothing."""
    return not any(mark in written for mark in "/\\:.")


def find_target(written: str, named: Mapping[str, str], root: Path) -> tuple[str, TargetAddress]:
    """Return how the history names a target, and its address; a folder in the settings is relative to the portfolio.

    Without `written` it is the only target of the settings. Raises TargetUnknown, TargetIsPortfolio, AddressInvalid.
    """
    if not written:
        if len(named) != 1:
            raise TargetUnknown("", tuple(named), None)
        written = next(iter(named))
    if written in named:
        address = parse_target(named[written])
        if address.kind is TargetKind.FOLDER:
            folder = os.path.normpath(root / address.path)
            address = TargetAddress(TargetKind.FOLDER, folder, folder)
        return written, address
    if is_bare(written) and not Path(written).is_dir():
        raise TargetUnknown(written, tuple(named), near(written, list(named)))
    address = parse_target(written)
    if address.kind is TargetKind.FOLDER and Path(written, SETTINGS).is_file():
        raise TargetIsPortfolio(written)
    if address.kind is TargetKind.FOLDER:
        folder = os.path.abspath(address.path)  # noqa: PTH100 - as the person wrote it, links kept
        return folder, TargetAddress(TargetKind.FOLDER, address.path, folder)
    return address.shown, address
