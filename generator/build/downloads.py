"""The files that a site offers besides its pages, where the unit wants them: what computes each, by its path."""

from __future__ import annotations

import io
import marshal
from collections.abc import Callable, Mapping
from functools import partial

from generator import resources
from generator.exchange.registers.contents import RegisterContents
from generator.exchange.registers.files import FileWriter, area_files, register_files
from generator.model.addresses import DOWNLOADS, Paper, paper_name
from generator.site.contents import Contents


def downloads(of: Contents) -> Mapping[str, Callable[[], bytes]]:
    """Return what computes each file, by its path in the site; none where the unit wants none."""
    if not of.portfolio.downloads:
        return {}
    contents = RegisterContents(of.readiness, of.places.files)
    writers = {**register_files(contents, folder=DOWNLOADS), **area_files(contents, folder=DOWNLOADS)}
    endings = (".pdf", ".docx") if resources.has_typesetter() else (".docx",)
    language = of.portfolio.language
    computed = {paper_name(Paper.REPORT, ending, language): partial(_report, of, ending) for ending in endings}
    computed |= {name: partial(_content, write) for name, write in writers.items()}
    return {f"{DOWNLOADS}{name}": content for name, content in computed.items()}


def depends_on(of: Contents) -> tuple[object, ...]:
    """Return the values that all these files are computed from."""
    files = sorted((reference.root, reference.path, path) for reference, path in of.places.files.items())
    return of.readiness, marshal.dumps(files, 2)


def _report(of: Contents, ending: str) -> bytes:
    from generator.reports import pack

    return pack.written(pack.readiness_report(of), ending)


def _content(write: FileWriter) -> bytes:
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()
