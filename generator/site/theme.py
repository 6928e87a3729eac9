"""A theme as a value: the shipped templates and assets with the unit's own in their place; renders views to bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from html import unescape
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup

from generator import __version__
from generator.disk import file_content
from generator.languages.catalogues import translations
from generator.messages.diagnostics import Diagnostic, Place
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


class _BytecodeCache(jinja2.BytecodeCache):
    """Compiled templates, kept for the life of the process: after an edit only the edited template is compiled."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code, if it was compiled from the same text."""
        code = self._code.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template's code in place of that of an older text."""
        self._code = {key: code for key, code in self._code.items() if key[0] != bucket.key}
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_BYTECODE = _BytecodeCache()


@lru_cache(maxsize=4)  # compiling the templates takes a third of a second, and a preview renders again and again
def _environment(theme: Theme, language: str) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(theme.templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_BYTECODE,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals["_"] = _cached_gettext(environment)
    environment.globals["csp"] = CSP
    environment.globals["generator"] = f"Catat {__version__}"
    return environment


def _cached_gettext(environment: jinja2.Environment) -> Callable[..., Markup]:
    """Return a `gettext` for templates that looks up each sentence once, because tables repeat words in every row."""
    gettext: Callable[..., Markup] = environment.globals["gettext"]  # type: ignore[assignment]
    context = environment.from_string("").new_context()
    cached = cache(partial(gettext, context))

    def translate(message: str, **values: object) -> Markup:
        return gettext(context, message, **values) if values else cached(message)

    return translate


class _MacroCache:
    """Renders a macro once for each view: rows are rendered once, though several lists have them."""

    def __init__(self) -> None:
        self._rendered: dict[tuple[str, int], tuple[object, str]] = {}

    def __call__(self, macro: Macro, view: object) -> str:
        """Return the macro rendered with a view."""
        key = (macro.name, id(view))  # the view is stored too, so that no other gets its id
        if key not in self._rendered:
            self._rendered[key] = (view, macro(view))
        return self._rendered[key][1]


class Renderer:
    """Renders pages with a theme in a language."""

    def __init__(self, theme: Theme, language: str) -> None:
        self.theme, self.language = theme, language
        self._environment = _environment(theme, language)
        self._cached = _MacroCache()

    def digest(self, _template: str) -> str:
        """Return a digest of all that a page depends on besides its view: the theme and the language."""
        return hashlib.sha256(f"{self.theme.digest} {self.language}".encode()).hexdigest()

    def forget(self) -> None:
        """Drop the rows rendered so far; the next pages share none of them."""
        self._cached = _MacroCache()

    def render(self, template_name: str, view: PageView) -> bytes:
        """Return a page rendered from its view. Raises ThemeError where the template cannot be used."""
        name = f"pages/{template_name}.html"
        try:
            template = self._environment.get_template(name)
            content: str = template.render(page=view, cached=self._cached)
        except jinja2.TemplateSyntaxError as error:
            raise self._error(error.name, error.lineno, error.message or "") from error
        except jinja2.TemplateNotFound as error:
            raise self._error(name, None, f"{error.name}?") from error
        except Exception as error:  # a template may fail in any way; its author needs the line
            failed, line = self._where(error)
            raise self._error(failed or name, line, str(error)) from error
        if not content.strip():  # such as a template that is still being written
            raise self._error(template.name, 1, None)
        return content.encode()

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


_ADDRESS = re.compile(rb"""<[a-zA-Z][^<>]*?\s(?:href|src|action|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OWN_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def addresses(page: bytes) -> frozenset[str]:
    """Return the relative addresses that a rendered page links to."""
    written = {match[0] or match[1] for match in _ADDRESS.findall(page)}
    found = (unescape(address.decode()) for address in written)
    return frozenset(address for address in found if not _OWN_SCHEME.match(address))
