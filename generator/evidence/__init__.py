"""What a document is: its kind by signature and by opening it, its pages, its digest. No file is changed.

`inspect` is a function of the bytes and the name of one file. `filetypes` is the table of file types: how each is
judged, previewed, shown and served; the judges have a module for each family of formats. `active_content` says what a
browser or server may run; `document_texts`, `tables` and `pictures` take out what a preview and the search show.
"""

from __future__ import annotations

from pathlib import Path

from generator.evidence import photo_positions
from generator.evidence.active_content import is_active, runs_on_server
from generator.evidence.examination import InspectionRequest
from generator.evidence.filetypes import file_type, judged
from generator.evidence.names import ending, placeholder
from generator.evidence.pdf import ONE_AT_A_TIME
from generator.evidence.sample import Sample
from generator.model.evidence import Inspection, State

__all__ = [
    "ONE_AT_A_TIME",
    "Inspection",
    "State",
    "digest",
    "ending",
    "inspect",
    "placeholder",
    "runs_on_server",
    "unexamined",
]


def inspect(path: Path, *, name: str = "") -> Inspection:
    """Inspect a file, called `name` if not as its path. A large one is never held whole in memory; none is run.

    Raises OSError where the file system refuses.
    """
    name = name or path.name
    file = Sample.of(path)
    size, sha256 = file.size, file.sha256()
    if size == 0:
        return Inspection(State.EMPTY, 0, sha256)
    active = is_active(file, name)
    if (sort := placeholder(name)) is not None:
        return Inspection(State.PLACEHOLDER, size, sha256, found=sort, active=active)
    examination = judged(file, name)
    location = _location(file, name) if examination.state is State.SOUND else ""
    return Inspection(
        examination.state,
        size,
        sha256,
        pages=examination.pages,
        found=examination.found,
        active=active,
        blank=examination.blank,
        location=location,
        stripped=_stripped(file) if location else "",
    )


def inspection(request: InspectionRequest) -> Inspection | OSError:
    """Return the inspection of a file, or why the file system refuses."""
    try:
        return inspect(Path(request.real), name=request.name)
    except OSError as error:
        return error


def digest(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError where the file system refuses."""
    return Sample.of(path).sha256()


def unexamined(path: Path, *, why: str, name: str = "") -> Inspection:
    """Return what can be said of a file that took too much to open: it is read, but not opened as what it is.

    `why` is what `found` is to be. Raises OSError where the file system refuses.
    """
    file = Sample.of(path)
    return Inspection(State.UNEXAMINED, file.size, file.sha256(), found=why, active=is_active(file, name or path.name))


def _location(file: Sample, name: str) -> str:
    if not file_type(name).camera_notes:
        return ""
    with file.opened() as stream:
        found = photo_positions.position(stream)
    return "" if found is None else str(found)


def _stripped(file: Sample) -> str:
    with file.opened() as stream:
        return photo_positions.sha256_without(stream)
