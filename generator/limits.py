"""How much time and memory one document may take."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

_BYTES_A_SECOND = 10e6


class Limits(Struct, frozen=True):
    """What one item may take: seconds of the processor, seconds by the clock, mebibytes of address space.

    Time by the clock is for what blocks (a share that does not answer); what only computes reaches the other first.
    """

    seconds: float = 10.0
    clock_seconds: float = 60.0
    mebibytes: int = 1536

    def for_bytes(self, size: int) -> Limits:
        """Return the limits for a file of a size: more time, for it is read through, perhaps from a slow share."""
        more = size / _BYTES_A_SECOND
        return replace(self, seconds=self.seconds + more, clock_seconds=self.clock_seconds + 10 * more)
