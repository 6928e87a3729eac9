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
    return reasons.get(same.get(number, number)) or error.strerror or str(error)
