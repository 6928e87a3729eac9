"""Reads the bytes of a tree's files: digest, state, and the days that photos and PDFs tell."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from generator.authoring.document_dates import days_within
from generator.build.inspections import Inspections
from generator.disk import identity_of
from generator.evidence.examination import InspectionRequest
from generator.importing.tree_days import day_in_name
from generator.importing.tree_files import TreeFile
from generator.importing.tree_plan import ExaminedFile
from generator.model.evidence import Inspection, State


def examine(files: Sequence[TreeFile], *, on: datetime.date) -> tuple[ExaminedFile, ...]:
    """Return each file as its bytes are; they are opened in other processes, within limits, on all cores.

    The days within a file are read only where its name tells none.
    """
    requests = [_request(each) for each in files]
    found = Inspections(None).inspect(requests, complete=False)
    inspected = [found[request] for request in requests]
    undated = [
        file
        for file, each in zip(files, inspected, strict=True)
        if isinstance(each, Inspection)
        and each.state is State.SOUND
        and day_in_name(file.path.rpartition("/")[2], on=on) is None
    ]
    days = dict(zip((file.path for file in undated), days_within([file.real for file in undated]), strict=True))
    return tuple(
        ExaminedFile(file, *_bytes(each), days.get(file.path, (None, None)))
        for file, each in zip(files, inspected, strict=True)
    )


def _request(file: TreeFile) -> InspectionRequest:
    real = os.path.abspath(file.real)  # noqa: PTH100 - with `..` and links as they are
    return InspectionRequest(real, file.path.rpartition("/")[2], identity_of(real) or (0, 0, 0, 0, 0, 0))


def _bytes(inspection: Inspection | OSError) -> tuple[str, str]:
    if isinstance(inspection, OSError):
        return "", "unreadable"
    return inspection.sha256, str(inspection.state)
