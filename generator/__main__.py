"""The command `catat`, and `python -m generator`: what happens before anything else is imported."""

import os


def main() -> None:
    """Run the command. A Ctrl+C in the first moments, while it is still imported, leaves no traceback."""
    try:
        from generator import cli

        cli.main()
    except KeyboardInterrupt:
        os._exit(130)


if __name__ == "__main__":
    main()
