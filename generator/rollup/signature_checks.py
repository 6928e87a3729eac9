"""Whether sites are signed by somebody who may sign; good signatures are remembered: a check is two processes."""

from __future__ import annotations

import calendar
import hashlib
import re
import time
from pathlib import Path

from generator.disk import file_content
from generator.output.whole_files import write_whole
from generator.publishing import signature
from generator.publishing.signature import Signers
from generator.rollup.fetch_faults import BAD_SIGNATURE, FOREIGN_KEY, NOT_SIGNED, OTHER_SIGNER, unreadable

_MOST_SIGNERS = 16 << 20


class SignatureChecks:
    """The signatures of a run, checked with a file of `allowed_signers`; good ones are remembered in `memory`.

    `memory` has a line for each: the SHA-256 of what was checked with what, and of the state of the time limits.
    """

    def __init__(self, signers: Path, memory: Path) -> None:
        """Read both files. Raises OSError where the signers cannot be read."""
        self._signers, self._memory = signers, memory
        self._file = file_content(signers, _MOST_SIGNERS)
        self._limits = _limits(self._file)
        self._known = _lines(memory) if self._limits is not None else frozenset()
        self._good: set[str] = set()

    def is_signed(self, sums: bytes, signed: bytes | None, signer: str) -> bool:
        """Whether a list of checksums has a good signature: by `signer`, or where that is "" by anybody of the file.

        Raises Unreadable where the signature is not good, or a signer is named and there is none; SigningRefused,
        OSError where ssh-keygen cannot be run.
        """
        if signed is None:
            if signer:
                raise unreadable(NOT_SIGNED, passing=True, signer=signer)
            return False
        key = self._key(sums, signed, signer)
        if key not in self._known:
            self._check(sums, signed, signer)
        self._good.add(key)
        return True

    def _check(self, sums: bytes, signed: bytes, signer: str) -> None:
        fault = signature.fault(sums, signed, Signers(self._signers, signer)) if signer else ""
        if fault is None:
            return
        names = signature.identities(signed, self._signers)
        if not names:
            raise unreadable(FOREIGN_KEY, passing=True)
        faults = [signature.fault(sums, signed, Signers(self._signers, each)) for each in names]
        if None not in faults:
            raise unreadable(BAD_SIGNATURE, passing=True, why=fault or faults[-1] or "")
        if signer:
            raise unreadable(OTHER_SIGNER, passing=True, signer=signer, found=", ".join(names))

    def _key(self, sums: bytes, signed: bytes, signer: str) -> str:
        now = time.time()
        passed = bytes(limit <= now for limit in self._limits or ())
        parts = (sums, signed, self._file, signer.encode("utf-8", "surrogateescape"), passed)
        return hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in parts)).hexdigest()

    def remember(self) -> None:
        """Keep which signatures of this run are good. Raises OSError."""
        if self._limits is not None and self._good != self._known:
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._memory, "".join(f"{each}\n" for each in sorted(self._good)).encode())


def _lines(memory: Path) -> frozenset[str]:
    try:
        return frozenset(memory.read_text("ascii").split())
    except (OSError, ValueError):
        return frozenset()


_LIMIT = re.compile(rb"""valid-(?:after|before)\s*=\s*"?(\d{8})(\d{4})?(\d{2})?(Z?)(?=["\s,])""", re.IGNORECASE)


def _limits(signers: bytes) -> tuple[float, ...] | None:
    """Return the moments at which a key of a file begins or ceases to be good, in seconds since 1970.

    None where one is written in another way, so that nothing can be remembered.
    """
    found = []
    for day, clock, seconds, utc in _LIMIT.findall(signers):
        written = (day + (clock or b"0000") + (seconds or b"00")).decode()
        try:
            moment = time.strptime(written, "%Y%m%d%H%M%S")
            found.append(calendar.timegm(moment) if utc else time.mktime(moment))
        except (ValueError, OverflowError):
            continue
    return tuple(found) if len(found) == signers.lower().count(b"valid-") else None
