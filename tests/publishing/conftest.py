"""The servers of the tests of publishing; each is a real one on this machine."""

from __future__ import annotations

from tests.support.dav_server import webdav, webdav_place
from tests.support.s3_server import s3, s3_place
from tests.support.smb_server import smb, smb_place

__all__ = ["s3", "s3_place", "smb", "smb_place", "webdav", "webdav_place"]
