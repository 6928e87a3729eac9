"""The plan of a site without a folder: from a readiness, for tests of single pages."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.build.outcome import Outcome
from generator.build.project import Project
from generator.evidence.previews import DocumentPreview
from generator.incremental.steps import Steps
from generator.limits import Limits
from generator.model.paths import Reference
from generator.readiness.readiness import Readiness
from generator.site import published
from generator.site.contents import NO_PLACES, Contents, Places
from generator.site.plan import PlanInputs, SitePlan


def plan_of(readiness: Readiness, *, language: str = "en", places: Places = NO_PLACES, files: Any = ()) -> SitePlan:
    """Return the plan of a site in a language, with what stands at `places`."""
    portfolio = replace(readiness.portfolio, language=language)
    contents = Contents(replace(readiness, portfolio=portfolio), places)
    records = portfolio.published()
    return SitePlan(
        PlanInputs(contents, records, files, {}, frozenset(), lambda _sha256: "", lambda _entries, _language: dict)
    )


def read_with(steps: Steps, root: Path, *, on: datetime.date, limits: Limits | None = None) -> Outcome:
    """Read a portfolio with the results of others: what they have in common, such as the instrument, is read once."""
    project = Project(root, limits=limits or Limits())
    project.steps = steps
    return project.read(on=on)


def files_of(outcome: Outcome) -> Any:
    """Return the files that a site of an outcome copies."""
    assert outcome.portfolio is not None
    return published.copied(outcome.portfolio, outcome.files, outcome.root, drafts=False)


def planned(outcome: Outcome, previews: Mapping[str, DocumentPreview] | None = None) -> SitePlan:
    """Return the plan of the site of an outcome, with these previews of its documents."""
    assert outcome.readiness is not None
    files = files_of(outcome)
    records = outcome.readiness.portfolio.published()
    places = published.places(outcome.readiness, records, files, previews or {})
    return plan_of(outcome.readiness, language=outcome.language, places=places, files=files)


def placed(files: Mapping[Reference, str]) -> Places:
    """Return places of files alone."""
    return Places({}, files, {})


def view(plan: SitePlan, path: str) -> Any:
    """Return the view of the page at a path."""
    page = plan.page(path)
    assert page is not None, path
    return page.view()


def views(plan: SitePlan, template: str) -> dict[str, Any]:
    """Return the views of all pages of a template, by path."""
    return {page.path: page.view() for page in plan.pages() if page.template == template}
