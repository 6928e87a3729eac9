"""A planned site: its pages, which are rendered on demand, and its other files."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator import disk, resources
from generator.build import pages, search_index
from generator.build.document_previews import DocumentPreviews
from generator.build.downloads import downloads
from generator.build.outcome import Outcome
from generator.build.project import Project
from generator.messages.diagnostics import Diagnostic, Place, ordered
from generator.model.addresses import ASSETS, DESK_FOLDER, FILES, ROLLUP_FOLDER
from generator.output.document_copies import FileChanged
from generator.reading.settings import DEFAULT_THEME
from generator.site import published, theme
from generator.site.contents import Contents
from generator.site.disclosures import Disclosure, personal_numbers_in, shown_texts
from generator.site.pages import Page
from generator.site.plan import PlanInputs, SitePlan, StoredPicture
from generator.site.theme import Renderer, Theme, ThemeError
from generator.typos.near_names import near

WITHOUT_PREVIEW = "preview-failed"
"""The code of a warning of a build and the preview only: `check` makes no previews."""


class PlannedSite(Struct, frozen=True):
    """A planned site with its theme. `previews` may be incomplete; pages that are rendered before show none."""

    plan: SitePlan
    theme: Theme
    language: str
    previews: DocumentPreviews

    def assets(self) -> Mapping[str, bytes]:
        """Return the theme's own files by their path in the site."""
        return _assets(self.theme, review=self.plan.site.review)

    def file(self, path: str) -> bytes | None:
        """Return a file that is no page: one of the theme, or data; None where there is none."""
        return self.assets().get(path) or self.plan.data_file(path)

    def again(self) -> PlannedSite:
        """Return the site with a new plan, for more previews may exist by now."""
        return replace(self, plan=self.plan.again())

    def render(self) -> Iterator[tuple[Page, bytes]]:
        """Render every page. Raises ThemeError at a template that fails or writes a broken link."""
        renderer = Renderer(self.theme, self.language)
        sound: dict[str, set[str]] = {}
        for page in self.plan.pages():
            content = renderer.render(page.template, page.view())
            pages.audit(page, content, self.plan.may_link_to, sound.setdefault(posixpath.dirname(page.path), set()))
            yield page, content

    def picture(self, picture: StoredPicture) -> bytes:
        """Return a picture's bytes, made again where the store has lost them. Raises FileChanged."""
        content = self.previews.content(picture.key, picture.sha256)
        if content is None:
            raise FileChanged(picture.path)
        return content

    def without_preview(self) -> tuple[Diagnostic, ...]:
        """Return a warning for each document that has no preview because it exceeds a limit."""
        failed, limits = self.previews.failed, self.previews.limits
        return tuple(
            Diagnostic.warning(
                WITHOUT_PREVIEW,
                Place(path.removeprefix(FILES)),
                variant=failed[copy.sha256],
                file=copy.name,
                seconds=round(limits.seconds),
                mebibytes=limits.mebibytes,
            )
            for path, copy in (sorted(self.plan.copies.items()) if failed else ())
            if copy.sha256 in failed
        )


def _assets(chosen: Theme, *, review: bool) -> Mapping[str, bytes]:
    """Return the theme's own files by path; those of the assessor's desk where the site has one."""
    named = {f"{ASSETS}/{name}": content for name, content in chosen.assets.items()}
    others = (f"{ASSETS}/{ROLLUP_FOLDER}", *(() if review else (f"{ASSETS}/{DESK_FOLDER}",)))
    return {path: each for path, each in named.items() if not path.startswith(others)}


def prepare(project: Project, outcome: Outcome, *, drafts: bool = False) -> tuple[PlannedSite | None, Outcome]:
    """Return the site of an outcome, with pages of drafts if so wanted, and the outcome with the theme's problems."""
    if outcome.readiness is None or outcome.settings is None:
        return None, outcome
    try:
        chosen = load_theme(outcome)
    except ThemeError as error:
        return None, with_diagnostics(outcome, error.diagnostic)
    store, steps = project.store, project.steps
    assert store is not None  # previews are kept there
    readiness, portfolio = outcome.readiness, outcome.readiness.portfolio
    copied = steps.once(
        "files copied",
        (portfolio, outcome.files, outcome.root, drafts),
        lambda shown, files, root, drafts: published.copied(shown, files, root, drafts=drafts),
    )
    wanted = published.previewed(copied) if outcome.settings.previews else ()
    previews = steps.once(
        "previews", (wanted, project.limits), lambda files, limits: DocumentPreviews(files, store, limits)
    )
    records = published.shown(portfolio, drafts=drafts)
    numbers = steps.map("personal data", shown_texts(portfolio, records, readiness.on), personal_numbers_in)
    contents = Contents(readiness, published.places(readiness, records, copied, previews))
    source = PlanInputs(
        contents,
        records,
        copied,
        outcome.changes,
        frozenset(_assets(chosen, review=portfolio.review)),
        previews.lazy_text,
        partial(search_index.index, store=store),
        tuple(Disclosure(path, found) for path, found in sorted(numbers.items()) if found),
        downloads(contents),
    )
    return PlannedSite(SitePlan(source), chosen, portfolio.language, previews), outcome


def with_diagnostics(outcome: Outcome, *found: Diagnostic) -> Outcome:
    """Return the outcome with further diagnostics."""
    return replace(outcome, diagnostics=ordered((*outcome.diagnostics, *found)))


def load_theme(outcome: Outcome) -> Theme:
    """Return the theme that the settings name. Raises ThemeError."""
    assert outcome.settings is not None
    written = outcome.settings.theme
    place = outcome.settings.source.place(written.span)
    shipped = resources.themes()
    names = [folder.name for folder in sorted(shipped.iterdir()) if folder.is_dir()]
    if written.value in names:
        own = None if written.value == DEFAULT_THEME else shipped / written.value
    else:
        own = outcome.root / written.value
        if not own.is_dir():
            suggestion = near(written.value, names)
            raise ThemeError(
                Diagnostic.error("settings-invalid", place, variant="theme", suggestion=suggestion, name=written.value)
            )
    try:
        return theme.load(shipped / DEFAULT_THEME, own, shown=written.value)
    except UnicodeDecodeError as error:
        raise ThemeError(Diagnostic.error("theme-invalid", place, problem=str(error))) from error
    except disk.NoFile as error:
        name = os.path.relpath(error.filename, outcome.root).replace(os.sep, "/")
        raise ThemeError(Diagnostic.error("theme-invalid", place, variant="special", name=name)) from error


def theme_paths(outcome: Outcome) -> tuple[str, ...]:
    """Return the paths on disk that the portfolio's own theme depends on."""
    if outcome.settings is None:
        return ()
    own = (outcome.root / outcome.settings.theme.value).absolute()
    return theme.sources(own) if own.is_dir() else (os.fspath(own),)
