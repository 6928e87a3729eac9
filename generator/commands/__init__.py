"""The subcommands: options in, one call, an exit code out.

Each module is one command, and `catat` the group that holds them. `options` has the arguments and options that they
share (the only place where the clock is asked), `console` prints reports and data. Nothing is computed here.
"""

from generator.commands import (
    build,
    check,
    export,
    guide,
    import_,
    init,
    new,
    publish,
    schema,
    serve,
    server_config,
    setup,
    sign,
    status,
    todo,
    verify,
)
from generator.commands.group import catat

__all__ = [
    "build",
    "catat",
    "check",
    "export",
    "guide",
    "import_",
    "init",
    "new",
    "publish",
    "schema",
    "serve",
    "server_config",
    "setup",
    "sign",
    "status",
    "todo",
    "verify",
]
