"""The exit codes of the command (contract: formats, section 9)."""

OK = 0
ERRORS = 1
USAGE = 2
ENVIRONMENT = 3
INTERRUPTED = 130
"""Ctrl+C, as shells count it: 128 and the number of the signal."""


def stopped(by: BaseException) -> int:
    """Return the code for what somebody stopped: by Ctrl+C, or by an answer or the end of what they typed."""
    interrupted = any(isinstance(each, KeyboardInterrupt) for each in (by, by.__context__, by.__cause__))
    return INTERRUPTED if interrupted else USAGE
