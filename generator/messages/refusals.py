"""Why an answer cannot be accepted, or why the system refuses something, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


@contextmanager
def errors_naming(path: str | os.PathLike[str], *temporary: str | os.PathLike[str]) -> Iterator[None]:
    """Let errors of writing to `path` name `path`, which the user knows.

    They would otherwise name a temporary file or folder (one whose path begins with one of `temporary`), or the file
    that is copied to a full disk. Errors about other files keep their names. Raises OSError.
    """
    try:
        yield
    except OSError as error:
        name = error.filename
        prefixes = tuple(str(each) for each in temporary)
        is_temporary = isinstance(name, str) and os.path.abspath(name).startswith(prefixes)  # noqa: PTH100
        if name is None or is_temporary or error.errno in _DISK_ERRORS:
            raise type(error)(error.errno, error.strerror, os.fspath(path)) from error
        raise


class Refused(Exception):
    """An answer or option cannot be accepted; `sentence` says why, and what to give instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def why(error: OSError) -> str:
    """Return why the system refuses, in the current language; rare reasons in the system's words."""
    reasons = {
        errno.EACCES: _("not permitted. Look whether it is open in another program, or belongs to somebody else."),
        errno.EROFS: _("it can only be read there. Choose another folder."),
        errno.ENOSPC: _("the disk is full."),
        errno.EFBIG: _("the disk takes no file that is so large."),
        errno.EXDEV: _("a disk of its own begins there (a mount point). Name a folder in it."),
        errno.ENOENT: _("there is no such file or folder."),
        errno.ENOTDIR: _("one of its folders is a file."),
        errno.ENAMETOOLONG: _("the name is too long."),
        errno.EIO: _("the disk does not answer. Look whether it is connected."),
    }
    same = {errno.EPERM: errno.EACCES, errno.EBUSY: errno.EACCES, errno.EDQUOT: errno.ENOSPC}
    number = error.errno or 0
    return reasons.get(same.get(number, number)) or _(reason(error))


def N_(text: str) -> str:  # noqa: N802 - the name by which texts are found that are translated later
    """Return a text as it is; it is translated where it is shown."""
    return text


_REASONS = {
    errno.EACCES: N_("not permitted"),
    errno.EPERM: N_("not permitted"),
    errno.EBUSY: N_("another program has it open"),
    errno.ENOENT: N_("it is not there any more"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("it is a link that leads back to itself"),
    errno.EIO: N_("the disk does not answer"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENODEV: N_("it is no file, but a pipe or a device"),
    errno.EADDRINUSE: N_("another program uses it"),
    errno.EADDRNOTAVAIL: N_("this computer does not have it"),
}


def reason(error: OSError) -> str:
    """Return in a few words why the system refuses: in English, to be translated where it is shown.

    Rare reasons are in the system's own words and language.
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
