"""Passwords of targets: from the environment or the user's key ring, never from a file of the portfolio."""

from __future__ import annotations

import os

SERVICE = "catat"
"""The name that the key ring keeps passwords under; the user's name there is the shown address."""
VARIABLE = "CATAT_PASSWORD"
"""The environment variable that comes before the key ring."""


def password_of(shown: str) -> str | None:
    """Return the password for an address; None where there is none, or no key ring that answers."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, shown)
    except (KeyringError, OSError, RuntimeError):  # locked, or no session that has one
        return None
