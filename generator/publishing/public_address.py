"""Looks at a published site through its public address, as its readers do."""

from __future__ import annotations

import hashlib
import http.client
import urllib.request
from collections.abc import Iterable, Mapping
from urllib.parse import quote

_SECONDS = 20
_MOST_BYTES = 512 * 1024 * 1024


def wrong_at(site_url: str, expected: Mapping[str, str], paths: Iterable[str]) -> dict[str, str]:
    """Return why each of some paths is not, at the public address, the file with the expected SHA-256.

    The reason is "changed", or what the server or the network said.
    """
    wrong = {}
    for path in paths:
        address = f"{site_url}{quote(path)}"
        request = urllib.request.Request(address, headers={"Cache-Control": "no-cache"})  # noqa: S310 - settings allow http(s) alone
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
                found = hashlib.sha256(answer.read(_MOST_BYTES)).hexdigest()
        except (OSError, http.client.HTTPException) as error:
            wrong[path] = str(getattr(error, "reason", "") or error)
            continue
        if found != expected[path]:
            wrong[path] = "changed"
    return wrong
