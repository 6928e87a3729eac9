"""A target that is a bucket of S3, or what is below a prefix in it: each file is put whole; there are no folders."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.model.target_address import TargetAddress
from generator.publishing.targets.passwords import is_loopback
from generator.publishing.targets.target import Target, TargetRefused, Upload
from generator.site.media_types import of_site_file

if TYPE_CHECKING:
    from obstore import Attributes, ObjectMeta, PutMode
    from obstore.store import BackoffConfig, S3Store

_PART = 5 * 1024 * 1024
"""Bytes of a part of a large file, the least that S3 takes."""
_LONGEST = timedelta(minutes=30)
"""How long a request may take, its content included: the parts of eight files share a slow line."""
_AT_ONCE = 2
"""Parts of a file that are sent at once, and so are in memory."""
_BLOCK = 1024 * 1024
_PARTS = 10_000
"""The most parts that a file may have."""
_CREDENTIALS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SKIP_SIGNATURE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
"""One of these says who asks; without any the library would look for a computer of Amazon in the network."""
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
_LOGIN = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken")
_FULL = ("StorageFull", "QuotaExceeded", "status code: 507")
_STATE = ".catat/"


class S3Target(Target):
    """A bucket, or the files below a prefix in it."""

    has_folders = False
    has_versions = True
    parallel = 8

    def __init__(self, address: TargetAddress) -> None:
        self.shown = address.shown
        try:
            import obstore
        except ImportError as error:
            raise TargetRefused("library", "obstore") from error
        self._library = obstore
        self._store = _store(address)
        with self._errors("", is_start=True):
            next(iter(obstore.list(self._store, chunk_size=1)), None)

    # Reading

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes; None where there is no such file."""
        try:
            with self._errors(path):
                return bytes(self._library.get(self._store, path).bytes())
        except FileNotFoundError:
            return None

    def exists(self, path: str) -> bool:
        """Whether there is a file, or one below that path."""
        return self._known(path) is not None or next(self.paths(path), None) is not None

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names below a path."""
        with self._errors(folder):
            found = self._library.list_with_delimiter(self._store, folder or None)
        paths = [*found["common_prefixes"], *(each["path"] for each in found["objects"])]
        return tuple(path.rpartition("/")[2] for path in paths)

    def modified(self, path: str) -> float | None:
        """Return when a file was put, in whole seconds of the server's clock."""
        known = self._known(path)
        return known["last_modified"].timestamp() if known else None

    def digest(self, path: str) -> str | None:
        """Return the SHA-256 of a file, read back."""
        digest = hashlib.sha256()
        try:
            with self._errors(path):
                for block in self._library.get(self._store, path).stream(min_chunk_size=_BLOCK):
                    digest.update(bytes(block))
        except FileNotFoundError:
            return None
        return digest.hexdigest()

    # Writing

    def create(self, path: str, content: bytes) -> bool:
        """Create a file with its content; False where the name is taken."""
        return self._put(path, content, mode="create")

    def touch(self, path: str) -> bool:
        """Give a file the present time: its content is put again, unless it is another one or gone by then."""
        version = self.version(path)
        content = self.read(path)
        return version is not None and content is not None and self.write_if(path, content, version)

    def upload(self, upload: Upload) -> None:
        """Send a file, a large one in parts."""
        part = max(_PART, upload.size // _PARTS + 1)
        with self._errors(upload.path):
            self._library.put(
                self._store,
                upload.path,
                upload.source,
                attributes=_type(upload.path),
                chunk_size=part,
                max_concurrency=2,
            )

    def write(self, path: str, content: bytes) -> None:
        """Write a small file."""
        self._put(path, content, mode="overwrite")

    def copy(self, source: str, path: str) -> None:
        """Copy a file on the server, where the copy gets the type that its name says; else through this machine."""
        with self._errors(path):
            if path.startswith(_STATE) or self._type_of(source) == _type(path).get("Content-Type"):
                self._library.copy(self._store, source, path)
                return
            with tempfile.TemporaryDirectory() as folder:  # the library cannot send what it is still getting
                draft = Path(folder, "copy")
                with draft.open("wb") as stream:
                    for block in self._library.get(self._store, source).stream(min_chunk_size=_BLOCK):
                        stream.write(bytes(block))
                self.upload(Upload(draft, path, draft.stat().st_size))

    def move(self, source: str, path: str) -> None:
        """Copy a file and delete it, or all files below a path. Others may see both, or a part of the files."""
        if self._known(source):
            self.copy(source, path)
            self.remove(source)
            return
        inside = list(self.paths(source))
        if not inside:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), source)
        self._each(lambda each: self.copy(each, path + each.removeprefix(source)), inside)
        self._delete(inside)

    def make_folder(self, path: str) -> None:
        """Do nothing: paths are mere names."""

    def remove(self, path: str) -> None:
        """Delete a file, if it is there."""
        self._delete([path])

    def remove_folder(self, path: str) -> bool:
        """Do nothing: there is no folder."""
        del path
        return False

    def remove_tree(self, path: str) -> None:
        """Delete all files below a path."""
        self._delete(list(self.paths(path)))

    # Conditional writes

    def version(self, path: str) -> str | None:
        """Return the entity tag of a file."""
        known = self._known(path)
        return known["e_tag"] if known else None

    def write_if(self, path: str, content: bytes, version: str | None) -> bool:
        """Write a small file if its version is still this one."""
        return self._put(path, content, mode="create" if version is None else {"e_tag": version})

    # Requests

    def _put(self, path: str, content: bytes, mode: PutMode) -> bool:
        exceptions = self._library.exceptions
        try:
            with self._errors(path):
                self._library.put(self._store, path, content, attributes=_type(path), mode=mode)
        except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
            return False
        return True

    def _delete(self, paths: list[str]) -> None:
        with self._errors(paths[0] if paths else ""):
            try:
                self._library.delete(self._store, paths)
            except FileNotFoundError:
                return

    def _known(self, path: str) -> ObjectMeta | None:
        if not path:  # a prefix is no file
            return None
        try:
            with self._errors(path):
                return self._library.head(self._store, path)
        except FileNotFoundError:
            return None

    def _type_of(self, path: str) -> str | None:
        return self._library.get(self._store, path, options={"head": True}).attributes.get("Content-Type")

    def paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of all files below a path, or of all that there are."""
        with self._errors(folder):
            for several in self._library.list(self._store, folder or None):
                yield from (each["path"] for each in several)

    @contextmanager
    def _errors(self, path: str, *, is_start: bool = False) -> Iterator[None]:
        """Raise what the library raises as a disk or a connection has it; what a condition forbade, as it is."""
        exceptions = self._library.exceptions
        try:
            yield
        except FileNotFoundError as error:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path) from error
        except ValueError as error:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path) from error
        except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
            raise
        except exceptions.NotSupportedError as error:
            raise TargetRefused("unsupported", _said(error)) from error
        except exceptions.BaseError as error:
            raise self._worded(error, path, is_start=is_start) from error

    def _worded(self, error: Exception, path: str, *, is_start: bool) -> Exception:
        exceptions, text = self._library.exceptions, str(error)
        denied = isinstance(error, (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError))
        if denied or re.search("status code: 40[13]", text):
            if is_start or any(code in text for code in _LOGIN):
                return TargetRefused("login", _said(error))
            return PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        if "NoSuchBucket" in text:
            return TargetRefused("no-folder", self.shown)
        if any(code in text for code in _FULL):
            return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if "status code: 4" in text and not is_start:
            return OSError(errno.EIO, _said(error), path)
        return TargetRefused("unreachable", _said(error))


def _store(address: TargetAddress) -> S3Store:
    """Return the bucket with what the environment says. Raises TargetRefused."""
    from obstore.store import S3Store

    if not any(os.environ.get(each) for each in _CREDENTIALS):
        raise TargetRefused("login", "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY")
    endpoint = urlsplit(next((os.environ[each] for each in _ENDPOINTS if os.environ.get(each)), "https:"))
    is_plain = endpoint.scheme == "http"
    if is_plain and not is_loopback(endpoint.hostname or ""):
        raise TargetRefused("login", "http: a bucket is written over https only")
    settings: dict[str, Any] = {} if endpoint.netloc == "" else {"endpoint": endpoint.geturl()}
    if not (os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")):
        settings["region"] = "us-east-1"
    pause: BackoffConfig = {
        "init_backoff": timedelta(milliseconds=100),
        "max_backoff": timedelta(seconds=3),
        "base": 2,
    }
    return S3Store(
        address.host,
        prefix=address.path.strip("/") or None,
        client_options={"allow_http": is_plain, "connect_timeout": timedelta(seconds=15), "timeout": _LONGEST},
        retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60), "backoff": pause},
        **settings,
    )


def _type(path: str) -> Attributes:
    """Return the type that a server sends a file with: what was said when it was put."""
    name = path.rpartition("/")[2]
    return {"Content-Type": "text/plain; charset=utf-8" if name == "SHA256SUMS" else of_site_file(path)}


def _said(error: Exception) -> str:
    """Return what a server said, in a line."""
    text = str(error)
    code, message = (re.search(f"<{tag}>([^<]*)</{tag}>", text) for tag in ("Code", "Message"))
    if code:
        return f"{code[1]}: {message[1]}" if message else code[1]
    return text.partition("\n")[0][:300]
