"""Writes a single file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.messages.refusals import errors_naming


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, in the place of whatever has its name. Raises OSError, which names the file."""
    prefix = f".{path.name}.catat-"
    with errors_naming(path, (path.parent / prefix).absolute()):
        handle, temporary = tempfile.mkstemp(prefix=prefix, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
