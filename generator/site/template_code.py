"""Templates compiled to code that writes values quickly, and the code kept, so that a template is compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from functools import cache, partial
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

from generator.languages.catalogues import translations
from generator.site.shared_parts import SharedParts

CompiledCode = MutableMapping[str, bytes]
"""The code of templates by language and name; each knows the text that it was compiled from."""


def environment(templates: Mapping[str, str], language: str, code: CompiledCode) -> jinja2.Environment:
    """Return the environment for templates by name in a language; what is compiled goes into `code`."""
    made = _Environment(
        loader=jinja2.DictLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_CodeCache(language, code),
        extensions=["jinja2.ext.i18n", _FixedWords],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["_"] = _Gettext(made)
    return made


def _written(value: object) -> str:
    """Return a value as `escape` writes it; a text that needs no escaping is returned as it is."""
    if type(value) is str:
        special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if special else value
    return value if isinstance(value, Markup) else escape(value)


class _CodeGenerator(CodeGenerator):
    """Writes values with `_written`, because `escape` makes a new object of each."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Context(Context):
    """Calls macros at once; to find out what kind of function one is takes longer than most macros."""

    @internalcode
    def call(self, called: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
        """Return the result of a call in a template."""
        kind = type(called)
        if kind is not Macro and kind not in _PLAIN:
            return super().call(called, *values, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(self.eval_ctx, *values, **named) if kind is Macro else called(*values, **named)


class _FixedWords(Extension):
    """Puts the words of the language in place of calls such as `_("Items")`, so that they are part of the code."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, those of such a call as `("Butir"|safe)`."""
        tokens = list(stream)
        gettext = cast("_Gettext", self.environment.globals["_"])
        place = 0
        while place < len(tokens):
            call = tokens[place : place + 4]
            if [each.type for each in call] != _CALL or call[0].value != "_" or tokens[place - 1].type == "dot":
                yield tokens[place]
                place += 1
                continue
            _, opening, text, closing = call
            yield from (opening, text._replace(value=str(gettext(text.value))))
            yield from (Token(text.lineno, "pipe", "|"), Token(text.lineno, "name", "safe"), closing)
            place += len(call)


_CALL = ["name", "lparen", "string", "rparen"]


class _Environment(jinja2.Environment):
    code_generator_class = _CodeGenerator
    context_class = _Context
    written = staticmethod(_written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template: a plain mapping, for every import compares its names."""
        return {**self.globals, **(d or {})}


class _CodeCache(jinja2.BytecodeCache):
    """The code of templates in a language, in a mapping by their names."""

    def __init__(self, language: str, code: CompiledCode) -> None:
        self._language, self._code = language, code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - no file is read
        """Return the key of a template's code."""
        return f"{self._language}/{name}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template's code, if it was compiled from the same text."""
        kept = self._code.get(bucket.key)
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a template's code in place of that of an older text."""
        self._code[bucket.key] = bucket.bytecode_to_string()


class _Gettext:
    """A `gettext` for templates that looks up each sentence once, because tables repeat words in every row."""

    def __init__(self, environment: jinja2.Environment) -> None:
        gettext: Callable[..., Markup] = environment.globals["gettext"]  # type: ignore[assignment]
        self._filled = partial(gettext, environment.from_string("").new_context())
        self._plain = cache(self._filled)

    def __call__(self, message: str, **values: object) -> Markup:
        """Return a message in the language, filled in."""
        return self._filled(message, **values) if values else self._plain(message)


_PLAIN = {_Gettext, SharedParts}
