"""A theme as a value: templates and assets, one's own over the shipped ones; renders a page to bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from html import unescape
from pathlib import Path
from typing import Any

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
"""What a page may load: its own scripts, style sheet, pictures and documents, from where it came, and nothing inline.

It stands in every page.
"""

SHIPPED_PREFIX = "default/"


class ThemeError(Exception):
    """A template that cannot be used; carries the diagnostic that tells the editor so."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.code)
        self.diagnostic = found


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates by name and assets by path; two of one digest are the same."""

    digest: str
    templates: Mapping[str, str] = field(compare=False)
    assets: Mapping[str, bytes] = field(compare=False)
    own: Mapping[str, str] = field(compare=False)


def load(shipped: Path, own: Path | None, *, shown: str) -> Theme:
    """Read a theme from its folders; `own` may hold any part of one, and `shown` is what a message calls it.

    A template of one's own can extend the shipped one of the same name as `default/<name>`.
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
    """Return the paths on disk that a theme of one's own hangs on: its folders and files."""
    return tuple(map(str, (own, *sorted(own.rglob("*")))))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if _is_read(path) and not path.name.startswith("."))


def _is_read(path: Path) -> bool:
    """Whether a path of a theme is read: files, and whatever else is there and no folder, so that it is reported."""
    return path.exists() and not path.is_dir()


def _texts(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): file_content(path).decode() for path in _files(folder)}


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): file_content(path) for path in _files(folder)}


class _Compiled(jinja2.BytecodeCache):
    """The templates of this process as they were compiled: where one is edited, the others are not compiled again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template's code, if it was compiled from the same text."""
        code = self._kept.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; the code of a text of before is forgotten."""
        self._kept = {key: code for key, code in self._kept.items() if key[0] != bucket.key}
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@lru_cache(maxsize=4)  # compiling the templates takes a third of a second, and a preview renders again and again
def _environment(theme: Theme, language: str) -> jinja2.Environment:
    environment: Any = jinja2.Environment(
        loader=jinja2.DictLoader(theme.templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)
    environment.globals["_"] = _said_once(environment, environment.globals["gettext"])
    environment.globals["csp"] = CSP
    environment.globals["generator"] = f"Catat {__version__}"
    made: jinja2.Environment = environment
    return made


def _said_once(environment: jinja2.Environment, gettext: Callable[..., Markup]) -> Callable[..., Markup]:
    """Return a `gettext` for templates that looks each sentence up once: tables say the same words in every row."""
    context = environment.from_string("").new_context()
    said = cache(partial(gettext, context))

    def translate(message: str, **values: object) -> Markup:
        return gettext(context, message, **values) if values else said(message)

    return translate


class _Once:
    """Calls a macro once for each view it is given: a row that stands in several lists is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int], tuple[object, str]] = {}

    def __call__(self, macro: Macro, view: object) -> str:
        """Return what the macro makes of a view."""
        place = (macro.name, id(view))  # the view is kept beside what was made of it, so its id stays its own
        if place not in self._made:
            self._made[place] = (view, macro(view))
        return self._made[place][1]


class Renderer:
    """Renders pages with a theme in a language."""

    def __init__(self, theme: Theme, language: str) -> None:
        self.theme, self.language = theme, language
        self._environment = _environment(theme, language)
        self._once = _Once()

    def key(self, template: str, fingerprint: bytes, *, program: str) -> str:
        """Return what tells a page as it will be rendered, of a view of that fingerprint, from any other program's."""
        made = hashlib.sha256(f"{program} {self.theme.digest} {self.language} {template} ".encode())
        made.update(fingerprint)
        return made.hexdigest()

    def forget(self) -> None:
        """Let go of what several pages share; the next ones share nothing with those before."""
        self._once = _Once()

    def render(self, template_name: str, view: PageView) -> bytes:
        """Return a page rendered from its view. Raises ThemeError where the template cannot be used."""
        name = f"pages/{template_name}.html"
        try:
            template = self._environment.get_template(name)
            content: str = template.render(page=view, once=self._once)
        except jinja2.TemplateSyntaxError as error:
            raise self._error(error.name, error.lineno, error.message or "") from error
        except jinja2.TemplateNotFound as error:
            raise self._error(name, None, f"{error.name}?") from error
        except Exception as error:  # a template may fail in any way; its author shall see where
            failed, line = self._where(error)
            raise self._error(failed or name, line, str(error)) from error
        if not content.strip():  # as of a template that is still being written
            raise self._error(template.name, 1, None)
        return content.encode()

    def compile(self) -> None:
        """Compile every template of one's own. Raises ThemeError at the first that cannot be."""
        for name in sorted(self.theme.own):
            try:
                self._environment.get_template(name)
            except jinja2.TemplateSyntaxError as error:
                raise self._error(error.name, error.lineno, error.message or "") from error

    def _where(self, error: Exception) -> tuple[str | None, int | None]:
        """Return the innermost template a failure passed through."""
        name, line = None, None
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
                name = trace.tb_frame.f_globals.get("name", name)
            trace = trace.tb_next
        return name, line

    def _error(self, name: str | None, line: int | None, problem: str | None) -> ThemeError:
        """Return what tells of a problem; None is that nothing at all comes of the template."""
        place = Place(self.theme.own.get(name or "", f"themes/default/templates/{name}"), line, 1 if line else None)
        if problem is None:
            return ThemeError(Diagnostic.error("theme-invalid", place, variant="empty"))
        return ThemeError(Diagnostic.error("theme-invalid", place, problem=problem))


_ADDRESS = re.compile(rb"""<[a-zA-Z][^<>]*?\s(?:href|src|action|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OWN_SCHEME = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def addresses(page: bytes) -> frozenset[str]:
    """Return the relative addresses that a rendered page leads to."""
    written = {match[0] or match[1] for match in _ADDRESS.findall(page)}
    found = (unescape(address.decode()) for address in written)
    return frozenset(address for address in found if not _OWN_SCHEME.match(address))
