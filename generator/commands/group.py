"""The command `catat`, whose help and usage speak the language of the program."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from gettext import gettext as _
from importlib import import_module
from typing import Any

import click

from generator import __version__
from generator.commands.options import lang_option
from generator.messages.refusals import N_


class _TranslatedCommand(click.Command):
    """A command whose usage line is translated when it is shown."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]


class _Subcommand(_TranslatedCommand):
    """A command whose help translates the names that Click has for the types of values."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        kinds = {click.types.StringParamType: _("TEXT"), click.IntRange: _("NUMBER")}
        for param in self.params:
            if (name := kinds.get(type(param.type))) is not None:
                param.type = copy(param.type)  # Click's own are shared
                param.type.name = name.lower()  # in the help Click writes it large


class _CommandGroup(_TranslatedCommand, click.Group):
    command_class = _Subcommand
    group_class: type[click.Group | type] = type


class LazyGroup(_CommandGroup):
    """A group of commands, each of which is imported when it is asked for; `modules` name where each is."""

    group_class = _CommandGroup

    def __init__(self, *positional: Any, modules: Mapping[str, str], **named: Any) -> None:
        super().__init__(*positional, **named)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as Click calls it
        """Return the names of the subcommands."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand; of a name that is none Click says which ones are like it, so all are imported."""
        for name in [cmd_name] if cmd_name in self._modules else self._modules:
            import_module(f"generator.commands.{self._modules[name]}")
        return super().get_command(ctx, cmd_name)


_MODULES = {
    "build": "build",
    "check": "check",
    "export": "export",
    "guide": "guide",
    "import": "import_",
    "init": "init",
    "merge": "merge",
    "new": "new",
    "publish": "publish",
    "rollup": "rollup",
    "schema": "schema",
    "serve": "serve",
    "server-config": "server_config",
    "setup": "setup",
    "sign": "sign",
    "status": "status",
    "todo": "todo",
    "verify": "verify",
}


@click.group(
    cls=LazyGroup,
    modules=_MODULES,
    options_metavar=N_("[OPTIONS]"),
    subcommand_metavar=N_("COMMAND [ARGS]..."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Catat: record what you do, do what you record.\n\n"
        "Turns a folder of Markdown records and their evidence into a portfolio for Zona Integritas, with its "
        "readiness computed."
    ),
    epilog=f"\b\n{_('Begin with: catat init my-portfolio')}\n{_('The guide for editors: catat guide')}",
)
@lang_option
@click.version_option(__version__, prog_name="catat", message="%(prog)s %(version)s", help=_("Show the version."))
def catat() -> None:
    """Hold the subcommands."""
