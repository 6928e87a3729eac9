"""Runs the import of a worksheet as the command does, in English and where nobody can be asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from generator.commands.import_options import ImportOptions
from generator.commands.import_worksheet import import_worksheet


def blank_portfolio(root: Path) -> Path:
    """Make a portfolio that has nothing but its settings, in Indonesian."""
    root.mkdir()
    (root / "portfolio.yaml").write_text("judul: Uji\nsatuan_kerja: Uji\nbahasa: id\n", "utf-8")
    return root


@dataclass(frozen=True)
class Ran:
    """What came of the command."""

    code: int
    stdout: str
    stderr: str

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.stdout)
        return found


def run(source: Path, root: Path, **options: Any) -> Ran:
    @click.command()
    @click.pass_context
    def command(context: click.Context) -> None:
        context.exit(import_worksheet(source, root, ImportOptions(**options)))

    done = CliRunner().invoke(command, [], catch_exceptions=False)
    return Ran(done.exit_code, done.stdout, done.stderr)
