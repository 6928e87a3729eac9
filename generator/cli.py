"""The command `catat`: chooses the language, runs the subcommand, prints what the system refuses as one sentence."""

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
        if getattr(sys, name) is None:  # as where the stream is closed (`catat check >&-`, pythonw)
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while another one was reported
        code = exitcodes.INTERRUPTED
    _report_missing_limits()
    for stream in (sys.stdout, sys.stderr):
        _print(stream.flush)
    # All is written, and no thread or process of ours goes on. To free what a build holds, value by value, would take
    # another twentieth of its time.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command with its arguments; return the exit code."""
    try:
        chosen = _prepare(arguments)
        _complete_builds()
        return _run(arguments, chosen)
    except KeyboardInterrupt:  # Click turns one that comes later into Abort
        _print(_print_stopped)
        return exitcodes.INTERRUPTED


def _prepare(arguments: list[str]) -> str | None:
    """Set up the garbage collector, the language and the streams; return the language that was asked for."""
    # Nearly all that a build makes it keeps to its end: looking for garbage among it finds none and takes a tenth.
    gc.set_threshold(200_000, 20, 20)
    chosen = selection.asked_for(arguments, os.environ)
    selection.speak(chosen or selection.found_for(arguments, os.environ))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal of another code page shows what it can
            reconfigure(errors=codepages.READABLE)
    return chosen


def _complete_builds() -> None:
    """Remove what killed builds have left beside their sites, whatever the command is: a document may be withdrawn."""
    from generator.output import unfinished

    if unfinished.notes():
        from generator.output import standby

        standby.complete()


def _run(arguments: list[str], chosen: str | None) -> int:
    import click

    from generator.commands import catat

    try:
        plain = False if os.environ.get("NO_COLOR") else None  # https://no-color.org
        code = catat.main(arguments, prog_name="catat", standalone_mode=False, obj=chosen, color=plain)
        return code if isinstance(code, int) else exitcodes.OK
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        _print(error.show)
        return exitcodes.USAGE
    except click.ClickException as error:
        _print(error.show)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as by:
        _print(_print_stopped)
        return exitcodes.stopped(by)
    except (BrokenPipeError, SystemExit):
        # The reader of our output left (`catat check | head`), for which Click leaves with an exit of its own. What was
        # still to come could have been an error.
        return exitcodes.ENVIRONMENT
    except Exception as error:
        if not isinstance(error, (OSError, MemoryError)) and "CATAT_DEBUG" in os.environ:
            raise
        _print(partial(click.echo, _sentence(error), err=True))
        return exitcodes.ENVIRONMENT


def _sentence(error: Exception) -> str:
    """Return the sentence that a user sees for an exception."""
    if isinstance(error, OSError):
        from generator.messages.refusals import why

        named = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return f"catat: {named}{why(error)}"
    if isinstance(error, MemoryError):
        return gettext.gettext("catat: not enough memory.")
    sentence = gettext.gettext("This is a mistake in Catat, not in your files: {error}. Nothing was changed.")
    return sentence.format(error=f"{type(error).__name__}: {error}")


def _report_missing_limits() -> None:
    """Say once that documents were opened without limits, if no other processes could be started."""
    workers = sys.modules.get("generator.incremental.workers")
    if workers is not None and workers.pool().refused:
        sentence = gettext.gettext(
            "catat: no other process could be started here, so documents were opened without limits of time and memory."
        )
        import click

        _print(partial(click.echo, sentence, err=True))


def _print_stopped() -> None:
    sys.stderr.write(gettext.gettext("Stopped.") + "\n")


def _print(write: Callable[[], None]) -> None:
    """Print something, unless the reader has left: the exit code says it too."""
    with contextlib.suppress(OSError):
        write()
