"""What cannot be done with what somebody gave, or what the system refuses: why, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


@contextmanager
def said_of(path: str | os.PathLike[str], *aside: str | os.PathLike[str]) -> Iterator[None]:
    """Have what the system refuses while something is written to `path` be said of `path`, which the user knows.

    Not of a temporary file or folder, which are those that begin as one of `aside` does, nor of the file that is copied
    to a full disk. What is refused of another file is said of that one. Raises OSError.
    """
    try:
        yield
    except OSError as error:
        name = error.filename
        beginnings = tuple(str(each) for each in aside)
        temporary = isinstance(name, str) and os.path.abspath(name).startswith(beginnings)  # noqa: PTH100
        if name is None or temporary or error.errno in _OF_THE_DISK:
            raise type(error)(error.errno, error.strerror, os.fspath(path)) from error
        raise


class Refused(Exception):
    """An answer or option that cannot be followed; `sentence` says why, and what to give instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def why(error: OSError) -> str:
    """Return why the system refuses, in the language that is spoken; rare reasons as the system says them."""
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
    """Return a text as it is; it is translated where it is told."""
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
    """Return in a few words why the system refuses: in English, to be translated where it is told.

    Rare reasons are the system's own words, in the language that it speaks.
    """
    return _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
