"""The command `catat`: chooses the language, then hands over; turns what the environment refuses into one sentence."""

from __future__ import annotations

import contextlib
import gc
import gettext
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from generator import codepages, exitcodes
from generator.languages import selection


def main() -> None:
    """Run the command and leave with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # as where nobody listens (`catat check >&-`, pythonw)
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while another one was reported
        code = exitcodes.INTERRUPTED
    _tell_of_no_processes()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # there is nobody to tell it to
            stream.flush()
    # All is written, and no thread or process of ours goes on. To take apart what a build held, value by value, would
    # take another twentieth of its time.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command with its arguments; return the exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # Click turns one that comes later into Abort
        _tell(_stopped)
        return exitcodes.INTERRUPTED


def _run(arguments: list[str]) -> int:
    # Nearly all that a build makes it keeps to its end: looking for garbage among it finds none and takes a tenth.
    gc.set_threshold(200_000, 20, 20)
    chosen = selection.asked_for(arguments, os.environ)
    selection.speak(chosen or selection.found_for(arguments, os.environ))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal of another code page shows what it can, and breaks on nothing
            reconfigure(errors=codepages.READABLE)
    import click

    from generator.commands import catat

    try:
        plain = False if os.environ.get("NO_COLOR") else None  # https://no-color.org
        code = catat.main(arguments, prog_name="catat", standalone_mode=False, obj=chosen, color=plain)
        return code if isinstance(code, int) else exitcodes.OK
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        _tell(error.show)
        return exitcodes.USAGE
    except click.ClickException as error:
        _tell(error.show)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as by:
        _tell(_stopped)
        return exitcodes.stopped(by)
    except (BrokenPipeError, SystemExit):
        # The reader of our output left (`catat check | head`), for which Click leaves with an exit of its own. What was
        # still to come could have been an error.
        return exitcodes.ENVIRONMENT
    except OSError as error:
        _tell(partial(_refuse, error))
        return exitcodes.ENVIRONMENT
    except MemoryError:
        _tell(partial(click.echo, gettext.gettext("catat: not enough memory."), err=True))
        return exitcodes.ENVIRONMENT
    except Exception as error:
        if "CATAT_DEBUG" in os.environ:
            raise
        told = gettext.gettext("This is a mistake in Catat, not in your files: {error}. Nothing was changed.")
        _tell(partial(click.echo, told.format(error=f"{type(error).__name__}: {error}"), err=True))
        return exitcodes.ENVIRONMENT


def _tell_of_no_processes() -> None:
    """Say once where documents were opened without limits, for other processes could not be had."""
    workers = sys.modules.get("generator.incremental.workers")
    if workers is not None and workers.pool().refused:
        said = gettext.gettext(
            "catat: no other process could be started here, so documents were opened without limits of time and memory."
        )
        import click

        _tell(partial(click.echo, said, err=True))


def _stopped() -> None:
    sys.stderr.write(gettext.gettext("Stopped.") + "\n")


def _tell(tell: Callable[[], None]) -> None:
    """Tell what went wrong, where there is anybody to tell it to: the exit code says it too."""
    with contextlib.suppress(OSError):
        tell()


def _refuse(error: OSError) -> None:
    import click

    from generator.messages.refusals import why

    named = f"{error.filename}: " if isinstance(error.filename, str) else ""
    click.echo(f"catat: {named}{why(error)}", err=True)
