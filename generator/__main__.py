"""The entry point of `catat` and `python -m generator`: until the modules are loaded, Ctrl+C leaves at once."""

from __future__ import annotations

import os
import signal

_INTERRUPTED = 130


def main() -> None:
    """Load the command and run it."""
    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_default:  # where it is ignored, as behind nohup, it stays so
        signal.signal(signal.SIGINT, _leave)
    try:
        from generator import cli

        if is_default:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        cli.main()
    except KeyboardInterrupt:
        _leave()


def _leave(*_signal: object) -> None:
    """Leave without a message: the language is not known yet."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
