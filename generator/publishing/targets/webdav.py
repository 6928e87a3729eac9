"""A target that is a folder of a WebDAV server (RFC 4918). It replaces no file in one step, but it locks."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Collection, Mapping
from types import MappingProxyType
from xml.sax.saxutils import escape

from generator.model.target_address import TargetAddress
from generator.publishing.targets.http_connections import blocks
from generator.publishing.targets.living_sign import LivingSign
from generator.publishing.targets.target import Target, TargetRefused, Upload
from generator.publishing.targets.webdav_answers import (
    LOCK_QUESTION,
    QUESTION,
    DavAnswer,
    DavEntry,
    entries,
    refusal,
    seconds,
    summed,
)
from generator.publishing.targets.webdav_session import STATE_FOLDER, DavSession

_LEASE = ".catat/lock"
_SECONDS = 300
"""How long a lock holds that is not renewed: as long as the lease does."""
_CREATING = 30
"""Seconds that the name of a file is locked at most while it is created."""
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
_OWNER = "catat "
_GONE = frozenset({404, 409, 410})
_NO_LOCKS = frozenset({405, 501})
_CREATED = 201
_EXISTS = 405
_PRECONDITION = 412
_LOCKED = 423
_BAD = 400
_ABSENT = _GONE | {_BAD}
"""Also of a path below a file, which Apache calls a bad request."""
_INDEX = "index.html"
_SEVERAL = 207
_STRANGER = frozenset({400, 502})
_NONE: Mapping[str, str] = MappingProxyType({})
_XML = {"Content-Type": "application/xml; charset=utf-8"}


class WebDavTarget(Target):
    """A folder of a WebDAV server; many requests at once."""

    replaces_whole = False
    parallel = 8

    def __init__(self, address: TargetAddress) -> None:
        self.shown = address.shown
        self._session = DavSession(address)
        self._way: int | None = None
        try:
            self._require_folder()
        except BaseException:  # Ctrl-C too
            self.close()
            raise

    def close(self) -> None:
        """Close the connections; a lock that was not given back is found dead by the next publisher."""
        self._session.close()

    # Reading

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        answer = self._session.ask("GET", path, is_folder=False)
        if answer.status in _GONE or (answer.status // 100 == 3 and self.exists(path)):  # sent on: a folder
            return None
        return _done(answer, path).content

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return self._entry(path) is not None

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder."""
        if (entry := self._entry(folder)) is not None and entry.is_folder and entry.modified is None:
            return (_INDEX,)
        inside = self._inside(folder)
        return tuple(each.path.rstrip("/").rpartition("/")[2] for each in inside or [])

    def modified(self, path: str) -> float | None:
        """Return when a file was last written, in whole seconds of the server's clock."""
        entry = self._entry(path)
        return entry and entry.modified

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, read back."""
        digest = hashlib.sha256()
        with self._session.answered("GET", path, is_folder=False) as response:
            status, reason, headers = response.status, response.reason, dict(response.headers.items())
            if status == 200:
                for block in blocks(response):
                    digest.update(block)
        if status in _GONE or (status // 100 == 3 and self.exists(path)):
            return None
        _done(DavAnswer(status, reason, headers, "", b""), path)
        return digest.hexdigest()

    # Writing

    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content; False where the name is taken.

        Apache does not keep two requests that must not replace a file apart, but two that lock its name.
        """
        if self.exists(path):
            return False
        if self._session.token:
            return self._create(path, content)
        answer = self._change("LOCK", path, _locking("0", _CREATING), _lock("creating"), accepted={*_NO_LOCKS, _LOCKED})
        if answer.status in _NO_LOCKS:
            return self._create(path, content)
        if answer.status == _LOCKED:
            return False
        token = _token(answer)
        own = {"If": f"(<{token}>)"} | ({} if answer.status == _CREATED else {"If-None-Match": "*"})
        try:
            return self._change("PUT", path, own, content, accepted={_PRECONDITION}).status != _PRECONDITION
        finally:
            self._unlock(token, path)

    def _create(self, path: str, content: bytes) -> bool:
        answer = self._change("PUT", path, {"If-None-Match": "*"}, content, accepted={_PRECONDITION})
        if answer.status == _PRECONDITION and self._session.token and not self.exists(path):
            raise TargetRefused("changed-meanwhile", path)
        return answer.status != _PRECONDITION

    def touch(self, path: str) -> bool:
        """Give a file the present time: its content is written again, unless it is another one or gone by then."""
        answer = self._session.ask("GET", path, is_folder=False)
        if answer.status in _GONE:
            return False
        tag = _done(answer, path).headers.get("ETag", "")
        match = tag if tag.startswith('"') else "*"  # a weak tag matches nothing
        written = self._change("PUT", path, {"If-Match": match}, answer.content, accepted={_PRECONDITION, *_GONE})
        if written.status == _PRECONDITION and self._session.token and self.exists(path):
            raise TargetRefused("changed-meanwhile", path)
        return written.status // 100 == 2

    def upload(self, upload: Upload) -> None:
        """Send a file."""
        self._change("PUT", upload.path, body=upload)

    def write(self, path: str, content: bytes) -> None:
        """Write a small file."""
        self._change("PUT", path, body=content)

    def copy(self, source: str, path: str) -> None:
        """Copy a file on the server."""
        self._carry("COPY", source, path, {"Overwrite": "T", "Depth": "0"})

    def move(self, source: str, path: str) -> None:
        """Rename a file over another, which is gone for a moment, or a folder to a free name."""
        answer = self._carry("MOVE", source, path, {"Overwrite": "F"}, accepted={_PRECONDITION})
        if answer.status != _PRECONDITION:
            return
        entry = self._entry(source)
        if entry is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), source)
        if entry.is_folder:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        self._carry("MOVE", source, path, {"Overwrite": "T"})

    def make_folder(self, path: str) -> None:
        """Create a folder, unless it is there."""
        if self._change("MKCOL", path, is_folder=True, accepted={_EXISTS}).status == _EXISTS:
            entry = self._entry(path)
            if entry is None or not entry.is_folder:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    def remove(self, path: str) -> None:
        """Delete a file, if it is there; below a file there is nothing, which Apache calls a bad request."""
        self._change("DELETE", path, is_folder=False, accepted=_ABSENT)

    def remove_folder(self, path: str) -> bool:
        """Delete a folder if it is empty. The server has no such step: only a lock keeps others from it meanwhile."""
        if self._inside(path) != []:
            return False
        return self._change("DELETE", path, is_folder=True, accepted=_GONE).status not in _GONE

    def remove_tree(self, path: str) -> None:
        """Delete a folder with all that is in it, if it is there."""
        self._change("DELETE", path, is_folder=True, accepted=_GONE)

    # The server's lock

    def hold(self, nonce: str) -> None:
        """Lock the folder of the target's state, with the stages in it, where the server has locks.

        Not the root: Apache refuses every method of WebDAV on a folder that has an `index.html`.
        """
        for pause in (*_PAUSES, None):
            try:
                self._lock_state(nonce)
            except TargetRefused as refused:
                if refused.reason != "locked" or refused.detail or pause is None:
                    raise
                time.sleep(pause)  # only a file is locked: another publisher tries to create the lease
            else:
                return

    def _lock_state(self, nonce: str) -> None:
        headers = _locking("infinity", _SECONDS)
        answer = self._change("LOCK", STATE_FOLDER, headers, _lock(nonce), is_folder=True, accepted=_NO_LOCKS)
        if answer.status not in _NO_LOCKS:
            self._session.token = _token(answer)

    def renew(self) -> bool:
        """Renew the lock; False where it is another's by now."""
        if self._session.token:
            headers = {"Timeout": f"Second-{_SECONDS}", "If": self._session.under_lock()}
            answer = self._session.ask("LOCK", STATE_FOLDER, headers, is_folder=True)
            if answer.status in {_PRECONDITION, _LOCKED, 400, 404}:
                return False
            _done(answer, "")
        return True

    def let_go(self) -> None:
        """Give the lock back, if it is still ours."""
        if self._session.token:
            self._unlock(self._session.token, STATE_FOLDER)
            self._session.token = ""

    def _unlock(self, token: str, path: str) -> bool:
        headers = {"Lock-Token": f"<{token}>"}
        return self._session.ask("UNLOCK", path, headers, is_folder=path == STATE_FOLDER).status // 100 == 2

    def _require_folder(self) -> None:
        root = self._entry("")
        if root is None or not root.is_folder:
            raise TargetRefused("no-folder", self.shown)

    def _frees(self) -> bool:
        """Whether a lock that hinders is no more: its publisher was killed, or has not renewed its lease."""
        held = self._state_lock()
        if not held.token:
            return True
        is_ours = held.owner.startswith(_OWNER)
        is_dead = is_ours and (LivingSign.is_dead(held.owner.removeprefix(_OWNER)) or self._is_lease_old())
        return is_dead and self._unlock(held.token, STATE_FOLDER)

    def _state_lock(self) -> DavEntry:
        """Return the folder of the state with its lock; without one where the server has none, or does not say."""
        answer = self._session.ask("PROPFIND", STATE_FOLDER, _XML | {"Depth": "0"}, LOCK_QUESTION, is_folder=True)
        found = entries(answer.content) if answer.status == _SEVERAL else []
        return found[0] if found else DavEntry("", is_folder=True, modified=None, token="", owner="")

    def _is_lease_old(self) -> bool:
        answer = self._properties(_LEASE, depth=0)
        now = seconds(answer.headers.get("Date", ""))
        lease = next(iter(entries(answer.content)), None) if answer.status == _SEVERAL else None
        written = lease and lease.modified
        return now is not None and written is not None and now - written > _SECONDS

    # Requests

    def _change(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = _NONE,
        body: bytes | Upload = b"",
        *,
        is_folder: bool | None = None,
        accepted: Collection[int] = (),
    ) -> DavAnswer:
        """Change something, or return a refusal with a status that is accepted."""
        answer = summed(self._session.ask(method, path, headers, body, is_folder=is_folder))
        if answer.status == _LOCKED and not self._session.token and self._frees():
            answer = summed(self._session.ask(method, path, headers, body, is_folder=is_folder))
        if answer.status == _LOCKED:
            held = self._state_lock()
            if _LOCKED not in accepted or held.token:
                raise TargetRefused("locked", held.owner)
        if answer.status in accepted:
            return answer
        if answer.status == _PRECONDITION and self._session.token:
            raise TargetRefused("changed-meanwhile", path)
        return _done(answer, path)

    def _carry(
        self, method: str, source: str, path: str, headers: Mapping[str, str], *, accepted: Collection[int] = ()
    ) -> DavAnswer:
        """Copy or move. A server behind one that ends TLS takes its own address for a stranger's, until it fits."""
        addresses = self._session.addresses(path)
        for way in range(len(addresses)) if self._way is None else (self._way,):
            where = {"Destination": addresses[way]}
            answer = self._change(method, source, {**headers, **where}, accepted={*accepted, *_STRANGER})
            if answer.status not in _STRANGER:
                self._way = way
                break
        return answer if answer.status in accepted else _done(answer, path)

    def _entry(self, path: str) -> DavEntry | None:
        """Return what the server says of a file or folder; None where it is not there."""
        answer = self._properties(path, depth=0)
        if answer.status in _ABSENT:
            return None
        if answer.status == _EXISTS:
            return DavEntry(path, is_folder=True, modified=None, token="", owner="")
        return next(iter(entries(answer.content)), None)

    def _inside(self, folder: str) -> list[DavEntry] | None:
        """Return what is in a folder; None where it is not there, or is none."""
        answer = self._properties(folder, depth=1)
        if answer.status in _ABSENT or answer.status == _EXISTS:
            return None
        found = entries(answer.content)
        own = min((each.path.rstrip("/") for each in found), key=len, default="")
        if not any(each.is_folder for each in found if each.path.rstrip("/") == own):
            return None
        return [each for each in found if each.path.rstrip("/") != own]

    def _properties(self, path: str, *, depth: int) -> DavAnswer:
        """Return what the server says of a file or folder; with the status 405, it is a folder with an index page.

        Of such a folder Apache answers no more, unless it is set up with `DirectoryIndex disabled`.
        """
        answer = self._session.ask("PROPFIND", path, _XML | {"Depth": str(depth)}, QUESTION)
        if answer.status == _EXISTS and self._session.ask("HEAD", path, is_folder=True).status == 200:
            return answer
        if answer.status in {200, 405, 501}:
            raise TargetRefused("unsupported", f"PROPFIND: {answer.status} {answer.reason}")
        return answer if answer.status in _ABSENT else _done(answer, path)


def _lock(owner: str) -> bytes:
    """Return the content of a request for a lock."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope>'
        f"<locktype><write/></locktype><owner>{escape(_OWNER + owner)}</owner></lockinfo>"
    ).encode()


def _locking(depth: str, duration: int) -> dict[str, str]:
    return _XML | {"Timeout": f"Second-{duration}", "Depth": depth}


def _token(answer: DavAnswer) -> str:
    return answer.headers.get("Lock-Token", "").strip().strip("<>")


def _done(answer: DavAnswer, path: str) -> DavAnswer:
    """Return an answer that is no refusal; raise what a refusal is."""
    if answer.status // 100 != 2:
        raise refusal(answer, path)
    return answer
