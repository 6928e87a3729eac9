"""Writes a single file, or several of one folder, whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from generator.messages.refusals import errors_naming


def write_whole(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file in one step, in the place of whatever has its name. Raises OSError, which names the file.

    One that is not `durable` may be damaged where the power fails: for what is checked when it is read.
    """
    prefix = f".{path.name}.catat-"
    with errors_naming(path, (path.parent / prefix).absolute()):
        handle, temporary = tempfile.mkstemp(prefix=prefix, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                if durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:  # Ctrl-C too
            Path(temporary).unlink(missing_ok=True)
            raise


def write_together(
    folder: Path,
    writers: Mapping[str, Callable[[IO[bytes]], None]],
    *,
    before: Callable[[Mapping[Path, Path]], None] = lambda _new: None,
) -> None:
    """Write files of a folder, by their names, in the place of whatever has them; the folder is made if it is missing.

    Where one cannot be written, all stay as they were. `before` gets each file with the one that is to take its place,
    and may raise an exception. Raises OSError, which names the file.
    """
    missing = not folder.exists()
    folder.mkdir(exist_ok=True)
    taken = next((folder / name for name in writers if (folder / name).is_dir()), None)
    if taken is not None:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(taken))
    try:
        with tempfile.TemporaryDirectory(prefix=".catat-", dir=folder) as beside:
            for name, write in writers.items():
                with errors_naming(folder / name, Path(beside).absolute()), (Path(beside) / name).open("wb") as stream:
                    write(stream)
                    stream.flush()
                    os.fsync(stream.fileno())
            before({folder / name: Path(beside) / name for name in writers})
            for name in writers:
                os.replace(Path(beside) / name, folder / name)
    except BaseException:  # Ctrl-C too
        if missing:
            with suppress(OSError):  # somebody has put something there since
                folder.rmdir()
        raise
