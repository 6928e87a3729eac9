"""Lets `python -m generator` stand for the command `catat`."""

from generator.cli import main

if __name__ == "__main__":
    main()
