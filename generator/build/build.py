"""Builds a portfolio's site into a folder, and checks a portfolio: the two commands with a stamp of their last run."""

from __future__ import annotations

import datetime
import json
import os
import time
from collections.abc import Callable, Mapping
from concurrent import futures
from functools import partial
from pathlib import Path

from generator import disk
from generator.build import document_previews, last_runs, pages, planned_site, site_owner
from generator.build.copying import copying
from generator.build.downloads import depends_on
from generator.build.explanation import explain
from generator.build.last_runs import BuildResult
from generator.build.outcome import Outcome, Progress
from generator.build.page_keys import PageKeys
from generator.build.planned_site import PlannedSite, load_theme, prepare, with_diagnostics
from generator.build.project import Project
from generator.disk import Identity
from generator.incremental import build_stamp
from generator.incremental.store import Store, digest_of_path
from generator.limits import Limits
from generator.messages.diagnostics import Severity, ordered
from generator.output import folder_checks
from generator.output.folder_checks import OutputRefused
from generator.output.staging import Manifest, Staging, Written, staging
from generator.reading.settings import DEFAULT_THEME
from generator.reading.tree import Tree
from generator.site.theme import Renderer, ThemeError


def check(root: Path, *, on: datetime.date, progress: Progress) -> Outcome:
    """Read and judge a portfolio with its own theme, and remember what was found. Raises OSError."""
    begun = time.time_ns()
    with Project.stored(root) as project:
        outcome = project.read(on=on, progress=progress)
        project.keep()
        inputs = {**project.inputs(), **_theme_inputs(outcome)} if outcome.repeatable else {}
        outcome = with_theme_checked(outcome)
        if inputs and project.store is not None:
            found = (outcome.diagnostics, outcome.language)
            last_runs.note_check(project.store, root, on, *found, inputs=inputs, begun=begun)
    return outcome


def with_theme_checked(outcome: Outcome) -> Outcome:
    """Return the outcome with the problems of the portfolio's own theme; shipped ones have tests."""
    if outcome.settings is None or outcome.settings.theme.value == DEFAULT_THEME:
        return outcome
    try:
        Renderer(load_theme(outcome), outcome.language).compile()
    except ThemeError as error:
        return with_diagnostics(outcome, error.diagnostic)
    return outcome


def _theme_inputs(outcome: Outcome) -> Mapping[str, Identity | None]:
    """Return the files of the portfolio's own theme with their identities before they are read."""
    return {path: disk.identity_of(path) for path in planned_site.theme_paths(outcome)}


def build(
    root: Path,
    out: Path,
    *,
    on: datetime.date,
    progress: Progress,
    replace_other: bool = False,
    as_if: Callable[[Tree], Tree] | None = None,
    explained: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
) -> BuildResult:
    """Build a portfolio's site into `out`. With errors nothing is written.

    The site of another portfolio is replaced only with `replace_other`. `as_if` may replace texts of the portfolio.
    `limits` are for inspecting and previewing a document; the result names those that exceed them. With `explained`
    the result says why something was done again. Raises OutputRefused, FileChanged, OSError.
    """
    root = root.resolve()
    folder_checks.ensure_allowed(out, root)
    with Project.stored(root, limits) as project:
        result = _build(project, out, on, progress, replace_other=replace_other, as_if=as_if, explained=explained)
        # After a complete run only, and once the planned site is freed, for this takes memory.
        project.keep()
    return result


def _build(
    project: Project,
    out: Path,
    on: datetime.date,
    progress: Progress,
    *,
    replace_other: bool,
    as_if: Callable[[Tree], Tree] | None,
    explained: bool,
) -> BuildResult:
    begun, beside, root, store = time.time_ns(), _names_beside(out), project.root, project.store
    assert store is not None
    outcome = project.read(on=on, progress=progress, as_if=as_if)
    if outcome.portfolio is not None and not replace_other:
        unit = site_owner.other_unit(out, root, outcome.portfolio)
        if unit is not None:
            raise OutputRefused("another", str(out), unit=unit)
    if outcome.failed:
        return _failed(outcome)
    is_repeatable = outcome.repeatable and as_if is None
    inputs = {**project.inputs(), **_theme_inputs(outcome)} if is_repeatable else {}
    site, outcome = prepare(project, outcome)
    if site is None:
        return _failed(outcome)
    site.previews.make(progress=partial(progress, "previews"))
    # Forget the previews of earlier builds that this one does not need.
    store.prune(site.previews.keys_in_store(), among=document_previews.FOLDER)
    try:
        before, written = _write(project, outcome, site, out, progress)
    except ThemeError as error:
        return _failed(with_diagnostics(outcome, error.diagnostic))
    warnings, unseen = outcome.diagnostics, site.without_preview()
    found = ordered((*warnings, *unseen))
    reasons = explain(project.steps, site.plan.pages(), before, written) if explained else None
    result = BuildResult(len(written), len(warnings), unseen, outcome.language, found, outcome, reasons)
    # Other sites may come and go beside this one, unless that is the portfolio's own folder.
    is_apart = str(Path(os.path.realpath(out)).parent) not in inputs
    if inputs and site.previews.complete and (is_apart or beside == _names_beside(out)):
        last_runs.note_build(store, root, out, on, result, inputs=inputs, written=written, begun=begun)
    return result


def _failed(outcome: Outcome) -> BuildResult:
    warnings = sum(each.severity is Severity.WARNING for each in outcome.diagnostics)
    return BuildResult(0, warnings, (), outcome.language, outcome.diagnostics)


def _names_beside(out: Path) -> frozenset[str]:
    """Return the names in the parent folder of the site, except its own.

    A build changes the time of that folder, so where it is the portfolio other changes are found by these names.
    """
    real = Path(os.path.realpath(out))
    names = os.listdir(real.parent) if real.parent.is_dir() else ()
    return frozenset(name for name in names if name != real.name and not name.startswith(f".{real.name}"))


def _write(
    project: Project, outcome: Outcome, site: PlannedSite, out: Path, progress: Progress
) -> tuple[Manifest, Manifest]:
    """Write the site, and return what the last build wrote and what this one wrote."""
    root, settings, store = project.root, outcome.settings, project.store
    assert settings is not None  # or there would be no site
    assert store is not None
    sources = [root / path.value for _, path in settings.evidence_roots]
    sources += [root / settings.theme.value] if (root / settings.theme.value).is_dir() else []
    folder_checks.ensure_apart(out, root, sources=sources)
    before = _manifest(store, out)
    with staging(out, before) as stage:
        with futures.ThreadPoolExecutor(1) as thread, copying(site.plan.copies.values(), stage) as copied:
            thread.submit(lambda: site.plan.data)  # its slow part is done by other processes
            compiled = _compiled_templates(store)
            renderer = Renderer(site.theme, site.language, dict(compiled))
            keys = PageKeys(site.plan.records, renderer, project.steps)
            pages.write(site.plan, renderer, stage, before, keys, progress=partial(progress, "pages"))
            for path, content in {**site.plan.data, **site.assets()}.items():
                stage.write(path, content)
            _write_downloads(site, stage, keys)
            for path, each in site.plan.desk.items():
                key = keys.of_values(*each.arguments)
                if not stage.keep(path, key):
                    stage.write(path, each.content(), key)
            for picture in site.plan.pictures.values():
                if not stage.keep(picture.path, picture.key):
                    stage.write(picture.path, site.picture(picture), picture.key)
            copied(partial(progress, "documents"))
        stage.finish()
    if renderer.compiled != compiled:
        store.save(_TEMPLATES, build_stamp.program(), renderer.compiled)
    store.put({_manifest_key(out): json.dumps(stage.written).encode()})
    site_owner.note(out, root)
    return before, stage.written


def _write_downloads(site: PlannedSite, stage: Staging, keys: PageKeys) -> None:
    """Write the downloads, computed only where a value that they depend on has changed."""
    downloads = site.plan.downloads
    key = keys.of_values(*depends_on(site.plan.contents)) if downloads else ""
    for path, content in downloads.items():
        if not stage.keep(path, key):
            stage.write(path, content(), key)


_TEMPLATES = "templates"


def _compiled_templates(store: Store) -> dict[str, bytes]:
    """Return the compiled templates that an earlier build kept, by name."""
    found = store.load(_TEMPLATES, build_stamp.program())
    return found if isinstance(found, dict) else {}


def _manifest(store: Store, out: Path) -> Manifest:
    """Return the manifest of the last build into a folder; empty where it is not known."""
    try:
        rows = json.loads(store.get(_manifest_key(out)) or b"{}")
        return {path: Written(*row) for path, row in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _manifest_key(out: Path) -> str:
    return f"site/{digest_of_path(out)}"
