"""The password of a target: from the environment, or from the key ring of the system."""

from __future__ import annotations

import ipaddress
import os

from generator.model.target_address import TargetAddress

SERVICE = "catat"
"""The service that key rings know passwords of targets by; the user is the address."""
VARIABLE = "CATAT_PASSWORD"


def password_of(address: TargetAddress) -> str | None:
    """Return the password of the user at an address; None where neither the environment nor the key ring has one."""
    return os.environ.get(VARIABLE) or _kept(address.shown)


def _kept(shown: str) -> str | None:
    try:
        import keyring

        return keyring.get_password(SERVICE, shown)
    except Exception:  # noqa: BLE001  key rings are plug-ins: none installed, no desktop, locked; the server says what is missing
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, so that nobody else reads what is sent to it."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
