"""Responses with documents: whole or in part, packed or stripped on the way where they are published so."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from generator.disk import file_content
from generator.evidence.photo_positions import blocks_without
from generator.output.document_copies import FileChanged, pack
from generator.preview.http_server import Body, Response
from generator.preview.responses import PLAIN, response
from generator.site import media_types
from generator.site.copies import Copy

_RANGE = re.compile(r"bytes=[ \t]*(?:(\d{1,99})-(\d{0,99})|-(\d{1,99}))[ \t]*", re.IGNORECASE | re.ASCII)
"""A Range header with one range (RFC 9110, section 14)."""


def document_response(copy: Copy, headers: Mapping[str, str]) -> Response:
    """Return a document, or the part of it that is asked for; 404 where it is no longer the file that was published."""
    missing = response(HTTPStatus.NOT_FOUND, PLAIN, b"")
    try:
        if copy.packed:
            packed = io.BytesIO()
            pack(copy, packed)
            return _partial_response(copy.path, packed, packed.getbuffer().nbytes, f'"{copy.sha256}"', headers)
        if os.path.realpath(copy.real) != copy.real or not Path(copy.real).is_file():  # it is a link now
            return missing
        if copy.stripped:
            stripped = io.BytesIO(b"".join(blocks_without(io.BytesIO(file_content(copy.real)))))
            return _partial_response(copy.path, stripped, stripped.getbuffer().nbytes, f'"{copy.stripped}"', headers)
        file = Path(copy.real).open("rb")  # noqa: SIM115 - the server closes it
        found = os.fstat(file.fileno())
    except (FileChanged, OSError):
        return missing
    tag = f'"{found.st_ino:x}-{found.st_size:x}-{found.st_mtime_ns:x}"'
    return _partial_response(copy.path, file, found.st_size, tag, headers)


def _partial_response(path: str, file: BinaryIO, size: int, tag: str, headers: Mapping[str, str]) -> Response:
    """Return the part of a file that a Range header asks for: the whole where If-Range names another version."""
    is_same = headers.get("if-range", tag) == tag
    part = _requested_range(headers.get("range") if is_same else None, size)
    status, described = _range_headers(part, size)
    sent = range(size) if part is None else part
    file.seek(sent.start)
    return response(status, media_types.of_document(path), Body(file, len(sent)), {**described, "ETag": tag})


def _requested_range(written: str | None, size: int) -> range | None:
    """Return the bytes of a file of `size` bytes that a Range header asks for, None where it asks for the whole.

    What is no range, or several, is answered with the whole. The range is empty where the file has none of the bytes.
    """
    match = _RANGE.fullmatch(written or "")
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1, size) if last else size)


def _range_headers(part: range | None, size: int) -> tuple[HTTPStatus, dict[str, str]]:
    """Return the status and headers of a response with a part of a file, None: with the whole."""
    accepts = {"Accept-Ranges": "bytes"}
    if part is None:
        return HTTPStatus.OK, accepts
    if not part:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {**accepts, "Content-Range": f"bytes */{size}"}
    return HTTPStatus.PARTIAL_CONTENT, {**accepts, "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}
