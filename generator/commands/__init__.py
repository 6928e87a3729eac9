"""The subcommands: options in, one call, an exit code out.

Each module is one command, and `catat` the group that holds them. `base` has what they share: the portfolio's folder,
the day that a command computes for (the only place where the clock is asked), and the report of what is wrong.
Nothing is computed here.
"""

from generator.commands import build, check, guide, init, new, schema, serve, setup, status, todo
from generator.commands.base import catat

__all__ = ["build", "catat", "check", "guide", "init", "new", "schema", "serve", "setup", "status", "todo"]
