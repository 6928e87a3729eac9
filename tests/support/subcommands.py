"""The subcommands of `catat` by name, all imported."""

from __future__ import annotations

import click

from generator.commands import catat


def subcommands() -> dict[str, click.Command]:
    """Return each subcommand by its name."""
    context = click.Context(catat)
    found = {name: catat.get_command(context, name) for name in catat.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}
