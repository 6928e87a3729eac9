"""Where `catat` and `python -m generator` begin: until the modules are there, Ctrl+C leaves at once."""

from __future__ import annotations

import os
import signal

_INTERRUPTED = 130


def main() -> None:
    """Load the command and run it."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:  # where it is ignored, as behind nohup, it stays so
        signal.signal(signal.SIGINT, _leave)
    try:
        from generator import cli

        if heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        cli.main()
    except KeyboardInterrupt:
        _leave()


def _leave(*_signal: object) -> None:
    """Leave with no word: the language to say it in is not known yet."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
