"""Whether the system announces changes of a folder: not on network shares, nor where inotify has no watches left."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_NEVER_INSIDE = b"/"
"""A folder outside every portfolio: a second watch of a watched folder would use up none of those left."""
_IN_DELETE_SELF = 0x400


def has_watches_left() -> bool:
    """Whether inotify could watch one more folder; True where the system has no inotify."""
    if sys.platform != "linux":
        return True
    libc = ctypes.CDLL(None, use_errno=True)
    instance = libc.inotify_init1(os.O_CLOEXEC)
    if instance < 0:
        return False
    try:
        watch = libc.inotify_add_watch(instance, _NEVER_INSIDE, _IN_DELETE_SELF)
        return watch >= 0 or ctypes.get_errno() not in {errno.ENOSPC, errno.ENOMEM}
    finally:
        os.close(instance)


_REMOTE_TYPES = (
    "nfs", "cifs", "smb", "9p", "fuse.sshfs", "fuse.rclone", "fuse.davfs", "davfs", "vboxsf", "drvfs", "afp", "ncp",
    "fuse.vmhgfs", "prl_fs", "virtiofs", "fuse.gvfs", "ceph", "glusterfs", "fuse.glusterfs",
)  # fmt: skip
_WINDOWS_REMOTE_DRIVE = 4


def is_remote(folder: Path, *, mounts: str | None = None) -> bool:
    """Whether a folder lies on a network share, as far as the system says; `mounts` in the form of /proc/mounts."""
    real = os.path.realpath(folder)
    if sys.platform == "win32":
        return _is_remote_on_windows(real)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:
            return False
    return mount_type(real, mounts).startswith(_REMOTE_TYPES)


def mount_type(path: str, mounts: str) -> str:
    """Return the type of the file system that a path lies on, by a list in the form of /proc/mounts."""
    best, type_ = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, type_ = point, fields[2]
    return type_


def _is_remote_on_windows(real: str) -> bool:
    if sys.platform != "win32":
        return False
    if real.startswith("\\\\"):
        return True
    drive = os.path.splitdrive(real)[0] + "\\"
    return int(ctypes.windll.kernel32.GetDriveTypeW(drive)) == _WINDOWS_REMOTE_DRIVE
