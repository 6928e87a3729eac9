"""Which bytes of a file a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from http import HTTPStatus

_ONE = re.compile(r"bytes=[ \t]*(?:(\d{1,99})-(\d{0,99})|-(\d{1,99}))[ \t]*", re.IGNORECASE | re.ASCII)


def requested(written: str | None, size: int) -> range | None:
    """Return the bytes of a file of `size` bytes that a Range header asks for, None where it asks for the whole.

    What is no range, or several, is answered with the whole. The range is empty where the file has none of the bytes.
    """
    match = _ONE.fullmatch(written or "")
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1, size) if last else size)


def headers(part: range | None, size: int) -> tuple[HTTPStatus, dict[str, str]]:
    """Return the status and headers of a response with a part of a file, None: with the whole."""
    accepts = {"Accept-Ranges": "bytes"}
    if part is None:
        return HTTPStatus.OK, accepts
    if not part:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, {**accepts, "Content-Range": f"bytes */{size}"}
    return HTTPStatus.PARTIAL_CONTENT, {**accepts, "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}
