"""The subcommands: options in, one call, an exit code out.

Each module is one command, and `catat` the group, which imports a command when it is asked for. `options` has the
arguments and options that they share (the only place where the clock is asked), `console` prints reports and data.
Nothing is computed here.
"""

from generator.commands.group import catat

__all__ = ["catat"]
