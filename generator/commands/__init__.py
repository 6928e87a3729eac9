"""The subcommands: options in, one call, an exit code out."""

from generator.commands import build, check, guide, init, new, schema, serve, setup, status, todo
from generator.commands.base import catat

__all__ = ["build", "catat", "check", "guide", "init", "new", "schema", "serve", "setup", "status", "todo"]
