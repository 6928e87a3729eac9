"""Numbers as characters of a script: short, without escapes, and with an end that needs no separator."""

from __future__ import annotations

FINAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MORE = "!#$%&'()*,-.:;=>?@[]^_`{|}~"
"""The digits of written numbers: the last one of a number, and those before it. None needs an escape."""


def written(number: int) -> str:
    """Write a number of 0 or more: its remainder by 64 is the final digit, the rest before it in bijective base 27.

    The writing of a number is unique and ends where its final digit is; 0 to 63 are one character.
    """
    rest, last = divmod(number, len(FINAL))
    before = ""
    while rest:
        rest, digit = divmod(rest - 1, len(MORE))
        before = MORE[digit] + before
    return before + FINAL[last]


class WrittenNumbers(dict[int, bytes]):
    """The writings of numbers, each computed when it is first asked for."""

    def __missing__(self, number: int) -> bytes:
        found = self[number] = written(number).encode()
        return found


WRITTEN = WrittenNumbers()
