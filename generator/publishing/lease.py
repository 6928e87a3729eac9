"""The lease of a target: of several publishers one holds it, and one that lost it changes nothing any more.

A publisher writes only below its own stage, and every effect is a rename out of it. Who takes the lease first removes
all other stages, so that whoever held it before fails at its next rename. Times are compared by the target's clock.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from generator.publishing import target_state
from generator.publishing.targets.living_sign import LivingSign
from generator.publishing.targets.target import Target

STOLEN_AFTER = 300.0
"""Seconds, by the target's clock, after which a lease that nobody renewed is taken over."""
_RENEWED_AFTER = 60.0
_TRIES = 20
_STAGE_OF = "site"


class Holder(NamedTuple):
    """Who holds a lease: the nonce, and the person and machine."""

    nonce: str
    by: str


class Busy(Exception):
    """Somebody else is publishing to the target; `seconds` since that publisher was last heard of."""

    def __init__(self, by: str, seconds: float) -> None:
        super().__init__(by, seconds)
        self.by, self.seconds = by, seconds


class Lost(Exception):
    """Somebody else has taken the lease, so that nothing more may be changed."""


class Lease:
    """A lease that is held, and the stage that belongs to it."""

    def __init__(self, target: Target, holder: Holder) -> None:
        self._target, self._holder = target, holder
        self._renewed = time.monotonic()
        self.nonce = holder.nonce
        self.stage = f"{target_state.STAGES}/{holder.nonce}"

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew the lease while a long step runs; whether it is still held is found out by the next `check`."""
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(_RENEWED_AFTER / 2):
                with suppress(Exception):  # in a thread nobody would see it; the next `check` raises it again
                    self.check()

        thread = threading.Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def check(self) -> None:
        """Make sure that the lease is still held, and renew it when it is time. Raises Lost."""
        found = read_holder(self._target)
        if found is None or found.nonce != self._holder.nonce:
            raise Lost
        if time.monotonic() - self._renewed > _RENEWED_AFTER:
            if not self._target.touch(target_state.LOCK):
                raise Lost
            if not self._target.renew():
                raise Lost
            self._renewed = time.monotonic()

    def release(self) -> None:
        """Give the lease back, if it is still held; the stage stays."""
        found = read_holder(self._target)
        if found is not None and found.nonce == self._holder.nonce:
            self._target.let_go()
            self._target.remove(target_state.LOCK)


def discard(target: Target, lease: Lease, paths: Sequence[str]) -> None:
    """Delete files by renames into the stage, so that a publisher that lost its lease deletes nothing. Raises Lost."""
    lease.check()
    for number, path in enumerate(paths):
        try:
            target.move(path, f"{lease.stage}/discarded-{number}")
        except FileNotFoundError:
            lease.check()


def new_nonce() -> str:
    """Return a name for a publisher that no other has."""
    return secrets.token_hex(8)


def read_holder(target: Target) -> Holder | None:
    """Return who holds the lease of a target; None where nobody does."""
    content = target.read(target_state.LOCK)
    if content is None:
        return None
    try:
        found = json.loads(content)
        return Holder(str(found["nonce"]), str(found["by"]))
    except (ValueError, KeyError, TypeError):
        return Holder("", "?")


def take(target: Target, holder: Holder, *, digest: str) -> Lease:
    """Take the lease of a target, for the publication of the site with a digest, with an empty or resumed stage.

    The lease of a process of this user on this machine that was killed is taken over at once. Raises Busy.
    """
    _ensure_no_links(target)
    target.make_folder(target_state.ROOT)
    target.make_folder(target_state.STAGES)
    content = f"{json.dumps(holder._asdict(), ensure_ascii=False)}\n".encode()
    for _ in range(_TRIES):
        if target.create(target_state.LOCK, content):
            break
        _free(target, holder)
    else:
        raise Busy("?", 0)
    target.hold(holder.nonce)
    lease = Lease(target, holder)
    _fence(target, lease, digest)
    return lease


def _ensure_no_links(target: Target) -> None:
    """Make sure that nothing of the state is a link, behind which files of others would be deleted. Raises NotASite."""
    for path in target_state.FOLDERS:
        if target.read_link(path) is not None:
            raise target_state.NotASite(path)


_NONCE = re.compile("[0-9a-f]{16}")


def _free(target: Target, holder: Holder) -> None:
    """Remove the lease of a publisher that is dead. Raises Busy where it may be alive."""
    before = read_holder(target)
    if before is None:
        return
    age = _age(target, holder.nonce)
    if age is None:  # it was given back just now
        return
    if abs(age) < STOLEN_AFTER and not LivingSign.is_dead(before.nonce):
        raise Busy(before.by, max(age, 0))
    aside = f"{target_state.LOCK}-{holder.nonce}"
    try:
        target.move(target_state.LOCK, aside)
    except FileNotFoundError:  # another was quicker
        return
    moved = target.read(aside) or b""
    if before.nonce.encode() not in moved:  # another was quicker, and this is its own new lease
        target.create(target_state.LOCK, moved)
    target.remove(aside)


def _age(target: Target, nonce: str) -> float | None:
    """Return how long ago the lease was renewed, in seconds by the target's clock; None where there is none."""
    probe = f"{target_state.ROOT}/clock-{nonce}"
    target.write(probe, b"")
    try:
        now, then = target.modified(probe), target.modified(target_state.LOCK)
    finally:
        target.remove(probe)
    return None if now is None or then is None else now - then


def _fence(target: Target, lease: Lease, digest: str) -> None:
    """Make the stage of a lease, and take all others away; one of the same site is gone on with."""
    names = sorted(name for name in target.names(target_state.STAGES) if _NONCE.fullmatch(name))
    others = [f"{target_state.STAGES}/{name}" for name in names]
    resumed = next((each for each in others if target.read(f"{each}/{_STAGE_OF}") == digest.encode()), None)
    if resumed is not None and target.has_folders:
        target.move(resumed, lease.stage)
        others.remove(resumed)
    else:
        target.make_folder(lease.stage)
        target.write(f"{lease.stage}/{_STAGE_OF}", digest.encode())
    for number, each in enumerate(others):
        try:
            target.move(each, f"{lease.stage}/fenced-{number}-{lease.nonce}")
        except OSError:  # a share where one of its files is open
            target.remove_tree(each)
