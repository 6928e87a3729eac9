"""A sign on this machine that a publisher lives: the system takes it away when its process ends, however it ends."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from generator.disk import cache_folder
from generator.output.swap import lock


class LivingSign:
    """The sign of a publisher with a nonce; none where the system has no locks of folders (Windows)."""

    def __init__(self, nonce: str) -> None:
        self._folder = _folder(nonce)
        self._handle: int | None = None
        if self._folder:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._handle = lock(self._folder)
            except OSError:
                return
            _sweep(self._folder.parent)

    def end(self) -> None:
        """Take the sign away."""
        if self._folder and self._handle is not None:
            _remove(self._folder)
        self.abandon()

    def abandon(self) -> None:
        """Leave the sign of a publisher that has ended without giving its lease back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @staticmethod
    def is_dead(nonce: str) -> bool:
        """Whether a publisher of this user on this machine has ended; False where that cannot be known."""
        folder = _folder(nonce)
        if not folder or not folder.is_dir():
            return False
        try:
            handle = lock(folder)
        except OSError:
            return False
        if handle is None:
            return False
        os.close(handle)
        return True


def _remove(folder: Path) -> None:
    with suppress(OSError):  # another publisher was quicker
        folder.rmdir()


def _sweep(folder: Path) -> None:
    """Take away the signs of publishers that were killed more than a day ago."""
    with suppress(OSError):
        for each in folder.iterdir():
            if time.time() - each.stat().st_mtime > _KEPT_SECONDS and LivingSign.is_dead(each.name):
                _remove(each)


_KEPT_SECONDS = 86_400


def _folder(nonce: str) -> Path | None:
    cache = cache_folder()
    name = re.sub(r"\W", "", nonce)[:64]
    return cache / "publishers" / name if cache and name else None
