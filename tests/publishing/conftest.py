"""The servers of the tests of publishing; each is a real one on this machine."""

from __future__ import annotations

from tests.support.dav_server import webdav, webdav_place

__all__ = ["webdav", "webdav_place"]
