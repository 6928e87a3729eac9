"""A sign on this machine that a publisher lives: the system takes it away when its process ends, however it ends."""

from __future__ import annotations

import hashlib
import os
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

    def end(self) -> None:
        """Take the sign away."""
        if self._folder and self._handle is not None:
            self._folder.rmdir()
            os.close(self._handle)
            self._handle = None

    @staticmethod
    def is_dead(nonce: str) -> bool:
        """Whether a publisher of this user on this machine was killed; False where that cannot be known."""
        folder = _folder(nonce)
        if not folder or not folder.is_dir():
            return False
        try:
            handle = lock(folder)
        except OSError:
            return False
        if handle is None:
            return False
        folder.rmdir()
        os.close(handle)
        return True


def _folder(nonce: str) -> Path | None:
    cache = cache_folder()
    return cache and cache / "publishers" / hashlib.sha256(nonce.encode()).hexdigest()[:16]
