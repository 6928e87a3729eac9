"""A theme as a value: the shipped templates and assets with the unit's own in their place; renders views to bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import jinja2

from generator import __version__
from generator.disk import file_content
from generator.messages.diagnostics import Diagnostic, Place
from generator.site.shared_parts import SharedParts, addresses_of
from generator.site.template_code import CompiledCode, environment
from generator.site.views.frame import PageView

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""The content security policy of every page: only what is of the same origin, and nothing inline."""

SHIPPED_PREFIX = "default/"


class ThemeError(Exception):
    """A template that cannot be used; carries the diagnostic for the editor."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.diagnostic = found


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates by name, assets by path, and the paths of the unit's `own` templates; compared by digest alone."""

    digest: str
    templates: Mapping[str, str] = field(compare=False)
    assets: Mapping[str, bytes] = field(compare=False)
    own: Mapping[str, str] = field(compare=False)

    def without_assets(self) -> Theme:
        """Return the theme for a process that renders pages."""
        return replace(self, assets={})

    def closure(self, template: str) -> list[str]:
        """Return the names of all templates that one of a page is compiled from: its own, and those that it names.

        One that computes a name may use any template of the theme.
        """
        names = [f"pages/{template}.html"]
        for name in names:
            named = _names_in(self.templates.get(name, ""))
            if named is None:
                return sorted(self.templates)
            names += [each for each in named if each not in names]
        return sorted(names)

    def digest_of(self, template: str) -> str:
        """Return a digest of all that a template of a page is compiled from."""
        texts = [(name, self.templates.get(name)) for name in self.closure(template)]
        return hashlib.sha256(repr((__version__, texts)).encode()).hexdigest()


_TAG = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%\}", re.DOTALL)
_NAME = re.compile(r"""\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*(?:(?:import|as|ignore|with|without)\b.*|[-+]?)""", re.DOTALL)


def _names_in(template: str) -> list[str] | None:
    """Return the templates that a template names, in comments too; None where it computes a name."""
    named = [_NAME.fullmatch(tag) for tag in _TAG.findall(template)]
    return None if None in named else [each[1] or each[2] for each in named if each is not None]


def load(shipped: Path, own: Path | None, *, shown: str) -> Theme:
    """Read a theme from its folders; `own` may have any part of one; messages call it `shown`.

    A template of the unit can extend the shipped one of the same name as `default/<name>`.
    """
    templates = _texts(shipped / "templates")
    assets = _bytes(shipped / "assets")
    templates |= {f"{SHIPPED_PREFIX}{name}": text for name, text in templates.items()}
    named: dict[str, str] = {}
    if own is not None:
        over = _texts(own / "templates")
        templates |= over
        assets |= _bytes(own / "assets")
        named = {name: f"{shown}/templates/{name}" for name in over}
    summed = hashlib.sha256(repr((__version__, sorted(templates.items()), sorted(named.items()))).encode())
    for name, content in sorted(assets.items()):
        summed.update(repr((name, content)).encode())
    return Theme(summed.hexdigest(), templates, assets, named)


def sources(own: Path) -> tuple[str, ...]:
    """Return the paths on disk of all folders and files of a unit's own theme."""
    return tuple(map(str, (own, *sorted(own.rglob("*")))))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if _is_read(path) and not path.name.startswith("."))


def _is_read(path: Path) -> bool:
    """Whether a path of a theme is read: everything but folders, so that reading reports what is no file."""
    return path.exists() and not path.is_dir()


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): file_content(path).decode() for path in _files(folder)}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): file_content(path) for path in _files(folder)}


class RenderedPage(NamedTuple):
    """A rendered page, and the relative addresses that it links to."""

    content: bytes
    addresses: frozenset[str]


_COMPILED: dict[str, bytes] = {}
"""The templates compiled in this process: a preview renders again and again, and compiling all takes 0.3 s."""


class Renderer:
    """Renders pages with a theme in a language. Code of templates is taken from `compiled`, and put there.

    That code is run, so `compiled` may hold only what this version of the program put there.
    """

    def __init__(self, theme: Theme, language: str, compiled: CompiledCode = _COMPILED) -> None:
        self.theme, self.language, self.compiled = theme, language, compiled
        self._environment = environment(theme.templates, language, compiled)
        self._environment.globals |= {"csp": CSP, "generator": f"Catat {__version__}"}
        self._cached = SharedParts()
        self._digests: dict[str, str] = {}

    def digest(self, template: str) -> str:
        """Return a digest of all that a page depends on besides its view: its templates and the language."""
        if template not in self._digests:
            found = f"{self.theme.digest_of(template)} {self.language} {template}"
            self._digests[template] = hashlib.sha256(found.encode()).hexdigest()
        return self._digests[template]

    def compile_pages(self, templates: Iterable[str]) -> None:
        """Compile the templates of some pages with what they use, as far as they can be, for other processes."""
        for name in {name for each in templates for name in self.theme.closure(each)}:
            with suppress(jinja2.TemplateError):  # which is reported for a page
                self._environment.get_template(name)

    def forget(self) -> None:
        """Drop the rows rendered so far; the next pages share none of them."""
        self._cached = SharedParts()

    def render(self, template_name: str, view: PageView) -> bytes:
        """Return a page rendered from its view. Raises ThemeError where the template cannot be used."""
        return "".join(self._pieces(template_name, view)).encode()

    def page(self, template_name: str, view: PageView) -> RenderedPage:
        """Return a page rendered from its view, with its addresses. Raises ThemeError as `render` does."""
        pieces = self._pieces(template_name, view)
        return RenderedPage("".join(pieces).encode(), addresses_of(pieces))

    def _pieces(self, template_name: str, view: PageView) -> list[str]:
        """Return a page rendered from its view in pieces, the shared ones as they are. Raises ThemeError."""
        name = f"pages/{template_name}.html"
        try:
            template = self._environment.get_template(name)
            pieces = list(template.generate(page=view, cached=self._cached))
        except jinja2.TemplateSyntaxError as error:
            raise self._error(error.name, error.lineno, error.message or "") from error
        except jinja2.TemplateNotFound as error:
            raise self._error(name, None, f"{error.name}?") from error
        except Exception as error:  # a template may fail in any way; its author needs the line
            failed, line = self._where(error)
            raise self._error(failed or name, line, str(error)) from error
        if not any(map(str.strip, pieces)):  # such as a template that is still being written
            raise self._error(template.name, 1, None)
        return pieces

    def compile(self) -> None:
        """Compile every template of the unit's own theme. Raises ThemeError at the first that cannot be compiled."""
        for name in sorted(self.theme.own):
            try:
                self._environment.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                raise self._error(error.name, error.lineno, error.message or "") from error

    def _where(self, error: Exception) -> tuple[str | None, int | None]:
        """Return the innermost template in the traceback of a failure, and its line."""
        name, line = None, None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
                name = trace.tb_frame.f_globals.get("name", name)
            trace = trace.tb_next
        return name, line

    def _error(self, name: str | None, line: int | None, problem: str | None) -> ThemeError:
        """Return the error for a problem in a template; without a problem, that its page is empty."""
        place = Place(self.theme.own.get(name or "", f"themes/default/templates/{name}"), line, 1 if line else None)
        if problem is None:
            return ThemeError(Diagnostic.error("theme-invalid", place, variant="empty"))
        return ThemeError(Diagnostic.error("theme-invalid", place, problem=problem))
