"""One zip with the whole site, or one area's part of it, that proves itself: a bag with its lists and its signature."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator import __version__
from generator.build import build as builder
from generator.build.outcome import Outcome, Progress
from generator.build.planned_site import PlannedSite, prepare
from generator.build.project import Project
from generator.exchange.checksums import read_checksums, site_digest
from generator.exchange.readiness_json import readiness_json
from generator.messages.diagnostics import Diagnostic
from generator.messages.refusals import errors_naming
from generator.model.addresses import FILES, READINESS, SIGNATURE, SUMS
from generator.output import swap
from generator.output.document_copies import FileChanged, sha256_of
from generator.publishing import area_part, bag, bundle_text
from generator.publishing.bag import SOFTWARE, Bag
from generator.publishing.signature import SigningKey, sign_bytes
from generator.site.site import Site
from generator.site.views.part import part_title

_SOFTWARE = "Catat"
_MOST_LETTERS = 60


class BundleRequest(Struct, frozen=True):
    """A bundle that is asked for; `area` is the number of the area of which it is a part, None for the whole site.

    A file that is no bundle of ours is replaced only with `replace_other`.
    """

    root: Path
    out: Path
    on: datetime.date
    area: int | None = None
    key: SigningKey | None = None
    replace_other: bool = False


class BundleResult(Struct, frozen=True):
    """What came of a bundle: the number of files of the site in it and what identifies it, or why there is none.

    `errors` are those of the build, `unfit` the paths of files whose names no bag can have.
    """

    language: str
    files: int = 0
    digest: str = ""
    size: int = 0
    errors: tuple[Diagnostic, ...] = ()
    unfit: tuple[str, ...] = ()


class NoArea(Exception):
    """The instrument has no area of that number; `known` are those that it has."""

    def __init__(self, known: Sequence[int]) -> None:
        super().__init__(known)
        self.known = tuple(known)


class NotOurs(Exception):
    """The file to write is there, and it is no bundle of ours."""


def write(request: BundleRequest, *, progress: Progress) -> BundleResult:
    """Build the site, and write it as a bundle: the file is there whole, or as it was.

    Raises NotOurs, OutputRefused, NoArea, SigningRefused, FileChanged, OSError.
    """
    out = Path(os.path.realpath(request.out))
    if out.exists() and not request.replace_other and not bag.is_bag_of(out, _SOFTWARE):
        raise NotOurs
    with errors_naming(request.out, swap.staging_prefix(out)), swap.staging_folder(out) as folder:
        result = builder.build(request.root, folder / "site", on=request.on, progress=progress)
        if not result.files:
            return BundleResult(result.language, errors=result.errors)
        with Project.stored(request.root) as project:
            return _write(request, project, folder, out, progress)


def _write(request: BundleRequest, project: Project, folder: Path, out: Path, progress: Progress) -> BundleResult:
    built, payload = folder / "site", folder / "site"
    outcome = project.read(on=request.on, progress=progress)
    if outcome.readiness is None or readiness_json(outcome.readiness).encode() != (built / READINESS).read_bytes():
        raise FileChanged(str(request.root))
    of = None
    if request.area is not None:
        of = area_part.part_of(outcome, request.area)
        if of is None:
            raise NoArea([each.number for each in outcome.readiness.portfolio.instrument.areas])
        payload = folder / "part"
        area_part.write_part(_planned(project, outcome), outcome, of, built, payload)
    sums = (payload / SUMS).read_bytes()
    files = read_checksums(sums)
    unfit = bag.unfit_names(files)
    if unfit:
        return BundleResult(outcome.language, unfit=tuple(path.removeprefix(FILES) for path in unfit))
    if request.key is not None:
        (payload / SIGNATURE).write_text(sign_bytes(sums, request.key), encoding="ascii")
    own = [name for name in (SUMS, SIGNATURE) if (payload / name).exists()]
    files |= {name: sha256_of(os.fspath(payload / name)) for name in own}
    ready = folder / "bundle.zip"
    with ready.open("wb") as stream:
        described = _bag(request, outcome, of, payload, files)
        bag.write_bag(described, stream, progress=partial(progress, "bundle"))
        stream.flush()
        os.fsync(stream.fileno())
    size = ready.stat().st_size
    os.replace(ready, out)  # noqa: PTH105 - as everywhere where a file takes another's place
    return BundleResult(outcome.language, len(files), site_digest(sums), size)


def _planned(project: Project, outcome: Outcome) -> PlannedSite:
    site, _ = prepare(project, outcome)
    assert site is not None  # it was built just now
    site.previews.make(progress=lambda done, of: None)
    return site


def _bag(
    request: BundleRequest, outcome: Outcome, of: area_part.AreaSelection | None, payload: Path, files: dict[str, str]
) -> Bag:
    portfolio = outcome.portfolio
    assert portfolio is not None
    site = Site.of(portfolio, request.on)
    part = "" if of is None else part_title(site, of.area)
    text = bundle_text.readme(site, portfolio, None if of is None else of.records, part, signed=request.key is not None)
    return Bag(
        name="-".join(filter(None, (_plain(site.unit), request.on.isoformat(), part and f"area-{request.area}"))),
        folder=payload,
        files=files,
        information={
            "Source-Organization": ", ".join(filter(None, (site.unit, site.institution))),
            "External-Description": " · ".join(filter(None, (site.title, part))),
            "Bagging-Date": request.on.isoformat(),
            SOFTWARE: f"{_SOFTWARE} {__version__}",
        },
        texts={bundle_text.readme_name(site.words): text},
    )


def _plain(name: str) -> str:
    """Return a name as that of a folder on any system: its letters and digits."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_MOST_LETTERS].strip("-") or "catat"
