"""The files that registers are written to, by their names: the workbook, a csv for each register, and the data."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import IO

from msgspec.structs import replace

from generator.exchange.readiness_json import readiness_json
from generator.exchange.registers import csv_files
from generator.exchange.registers.contents import RegisterContents
from generator.exchange.registers.portfolio_json import portfolio_json
from generator.exchange.registers.portfolio_schema import portfolio_schema_json
from generator.exchange.registers.tables import NAMES, tables
from generator.exchange.registers.xlsx import LinkBase, write_workbook
from generator.model.addresses import PORTFOLIO_JSON, PORTFOLIO_SCHEMA, REGISTERS, area_register

FileWriter = Callable[[IO[bytes]], None]
"""Writes a file to a stream."""


def register_files(contents: RegisterContents, *, folder: str = "", separator: str = ",") -> Mapping[str, FileWriter]:
    """Return what writes each file of the registers, by its name; `folder` is their place in a site, if any."""
    return {
        REGISTERS: partial(write_registers, contents=contents, page=folder and f"{folder}{REGISTERS}"),
        **{f"{name}.csv": partial(_write_csv, contents=contents, name=name, separator=separator) for name in NAMES},
        PORTFOLIO_JSON: partial(write_json, contents=contents),
        PORTFOLIO_SCHEMA: _write_schema,
    }


def area_files(contents: RegisterContents, *, folder: str) -> Mapping[str, FileWriter]:
    """Return what writes the workbook of each area, by its name; `folder` is their place in the site."""
    areas = contents.portfolio.instrument.areas
    names = {area_register(each.number): each for each in areas}
    return {
        name: partial(
            write_registers,
            contents=replace(contents, area=area.number),
            page=f"{folder}{name}",
            title=contents.wording.label(area),
        )
        for name, area in names.items()
    }


def write_registers(stream: IO[bytes], *, contents: RegisterContents, page: str = "", title: str = "") -> None:
    """Write the workbook; `page` is its path in the site, if it has one."""
    write_workbook(stream, contents, LinkBase(contents.portfolio.site_url or "", page), title=title)


def write_json(stream: IO[bytes], *, contents: RegisterContents) -> None:
    """Write `portfolio.json`."""
    stream.writelines(piece.encode() for piece in portfolio_json(contents))


def figures_of(contents: RegisterContents) -> FileWriter:
    """Return what writes `readiness.json`, to which `portfolio.json` leads."""
    return partial(_write_figures, contents=contents)


def _write_figures(stream: IO[bytes], *, contents: RegisterContents) -> None:
    stream.write(readiness_json(contents.readiness).encode())


def _write_schema(stream: IO[bytes]) -> None:
    stream.write(portfolio_schema_json().encode())


def _write_csv(stream: IO[bytes], *, contents: RegisterContents, name: str, separator: str) -> None:
    table = tables(contents)[NAMES.index(name)]
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    csv_files.write_csv(text, table, separator=separator)
    text.detach()
