"""How a user is known to an HTTP server: Basic or Digest, and nothing that would show a password to others."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Sequence
from itertools import count
from urllib.request import parse_http_list, parse_keqv_list

_DIGESTS = {"MD5": "md5", "SHA-256": "sha256"}


class HttpLogin:
    """The user and password that requests are signed with; Basic until the server asks for Digest."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._challenge: dict[str, str] = {}
        self._counter = count(1)

    def header(self, method: str, address: str) -> str:
        """Return the value of `Authorization` for a request."""
        if self._challenge:
            return self._digest(method, address)
        pair = f"{self._user}:{self._password}".encode()
        return f"Basic {base64.b64encode(pair).decode('ascii')}"

    def learns(self, challenges: Sequence[str]) -> bool:
        """Take in what a server asks for that refused a request; return whether asking again may help."""
        for each in challenges:
            scheme, _, rest = each.partition(" ")
            if scheme.casefold() != "digest":
                continue
            challenge = parse_keqv_list(parse_http_list(rest))
            if challenge.get("algorithm", "MD5").upper() not in _DIGESTS or not _has_auth(challenge):
                continue
            is_first, is_stale = not self._challenge, challenge.get("stale", "").casefold() == "true"
            if is_first or is_stale:
                self._challenge, self._counter = challenge, count(1)
                return True
        return False

    def _digest(self, method: str, address: str) -> str:
        asked = self._challenge
        algorithm = asked.get("algorithm", "MD5").upper()

        def hashed(*parts: str) -> str:
            return hashlib.new(_DIGESTS[algorithm], ":".join(parts).encode(), usedforsecurity=False).hexdigest()

        realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
        number, own = f"{next(self._counter):08x}", secrets.token_hex(8)
        user, request = hashed(self._user, realm, self._password), hashed(method, address)
        signed = hashed(user, nonce, number, own, "auth", request)
        parts = {"username": self._user, "realm": realm, "nonce": nonce, "uri": address, "response": signed}
        parts |= {"cnonce": own} | ({"opaque": asked["opaque"]} if "opaque" in asked else {})
        quoted = ", ".join(f'{name}="{_escaped(value)}"' for name, value in parts.items())
        return f"Digest {quoted}, algorithm={algorithm}, qop=auth, nc={number}"


def schemes(challenges: Sequence[str]) -> str:
    """Return the names of what a server asks for, for a message."""
    return ", ".join(dict.fromkeys(each.partition(" ")[0] for each in challenges))


def _has_auth(challenge: dict[str, str]) -> bool:
    return "auth" in re.split(r"[,\s]+", challenge.get("qop", ""))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
