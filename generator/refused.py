"""What cannot be done with what somebody gave, or what the system refuses: why, and what to do."""

from __future__ import annotations

import errno
from gettext import gettext as _


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
        errno.ENOENT: _("there is no such file or folder."),
        errno.ENOTDIR: _("one of its folders is a file."),
        errno.ENAMETOOLONG: _("the name is too long."),
        errno.EIO: _("the disk does not answer. Look whether it is connected."),
    }
    same = {errno.EPERM: errno.EACCES, errno.EBUSY: errno.EACCES}
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
