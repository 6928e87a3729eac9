"""Finds the target that an address names."""

from __future__ import annotations

from pathlib import Path

from generator.model.target_address import TargetAddress, TargetKind
from generator.publishing.targets.folder import FolderTarget
from generator.publishing.targets.target import Target


def open_target(address: TargetAddress) -> Target:
    """Return the target at an address, connected. Raises TargetRefused, OSError."""
    match address.kind:
        case TargetKind.FOLDER:
            return FolderTarget(Path(address.path))
        case TargetKind.SFTP:
            from generator.publishing.targets.sftp import SftpTarget

            return SftpTarget(address)
        case TargetKind.SMB:
            from generator.publishing.targets.smb import SmbTarget

            return SmbTarget(address)
        case TargetKind.WEBDAV:
            from generator.publishing.targets.webdav import WebDavTarget

            return WebDavTarget(address)
        case TargetKind.S3:
            from generator.publishing.targets.s3 import S3Target

            return S3Target(address)
