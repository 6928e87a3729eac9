"""The guide for editors as a small site of its own, read without a network."""

from __future__ import annotations

import html
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from generator.disk import cache_folder
from generator.languages import guide as guide_folder
from generator.languages.words import Words
from generator.markup import render, sanitiser
from generator.messages.diagnostics import Diagnostic
from generator.messages.source import decode
from generator.model.text import TextLink
from generator.reading import free_pages

_MARKDOWN = ".md"
_STYLE = "guide.css"


class GuidePage(Struct, frozen=True):
    """A page of the guide: the name of its file without an ending, its title, its text as HTML."""

    name: str
    title: str
    text: str


def pages(language: str) -> tuple[GuidePage, ...]:
    """Return the pages of the guide in a language, in their order."""
    found = []
    for path in guide_folder(language).glob(f"*{_MARKDOWN}"):
        source = decode(f"pages/{path.name}", path.read_bytes())
        assert not isinstance(source, Diagnostic)  # a test renders the guide
        reading = free_pages.read(source)
        assert reading.divided is not None
        text = render.render(reading.divided.body_text).html(_address)
        found.append((reading.order, GuidePage(path.stem, reading.title, text)))
    return tuple(page for _order, page in sorted(found, key=lambda each: each[0]))


def _address(link: TextLink) -> str:
    """Return the address of a link: of the page for a text, else as it is written."""
    path, mark, fragment = link.target.partition("#")
    if not path.endswith(_MARKDOWN):
        return link.target
    return f"{path.removesuffix(_MARKDOWN)}.html{mark}{sanitiser.ID_PREFIX if fragment else ''}{fragment}"


def site(language: str) -> Mapping[str, bytes]:
    """Return all files of the guide in a language by their names; the first page is `index.html`."""
    every, words = pages(language), Words(language)
    texts = {_file_name(every, page): _page(every, page, words).encode() for page in every}
    pictures = {
        path.relative_to(guide_folder(language)).as_posix(): path.read_bytes()
        for path in sorted((guide_folder(language)).glob("*/*.png"))
    }
    return {**texts, **pictures, _STYLE: Path(__file__).with_name(_STYLE).read_bytes()}


def _file_name(every: Sequence[GuidePage], page: GuidePage) -> str:
    return "index.html" if page is every[0] else f"{page.name}.html"


def _page(every: Sequence[GuidePage], page: GuidePage, words: Words) -> str:
    first = f'href="{every[0].name}.html'
    text = page.text.replace(first, 'href="index.html')
    current = {page.name: " aria-current=page"}
    links = "".join(
        f'<li><a href="{_file_name(every, each)}"{current.get(each.name, "")}>{html.escape(each.title)}</a>'
        for each in every
    )
    return _PAGE.format(
        language=words.language,
        title=html.escape(page.title),
        guide=html.escape(words("Guide for editors")),
        links=links,
        text=re.sub(r"(<table>.*?</table>)", r'<div class="wide">\1</div>', text, flags=re.DOTALL),
    )


_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; style-src 'self' file:">
<title>{title} · Catat</title>
<link rel="stylesheet" href="guide.css">
</head>
<body>
<nav aria-label="{guide}"><strong>Catat · {guide}</strong><ul>{links}</ul></nav>
<main>
<h1>{title}</h1>
{text}
</main>
</body>
</html>
"""


def write(language: str) -> Path:
    """Write the guide into the user's cache folder, else into a temporary one; return its first page.

    Raises OSError where neither can be written to.
    """
    files = site(language)
    cache = cache_folder()
    if cache is not None:
        try:
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _write_into(cache / f"guide-{language}", files)
        except OSError:  # no permission, no space, a file in its place
            pass
    return _write_into(Path(tempfile.mkdtemp(prefix="catat-guide-")), files)


def _write_into(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or not path.is_file() or path.read_bytes() != content:
            temporary = path.with_name(f".{path.name}-{os.getpid()}.tmp")
            temporary.write_bytes(content)
            temporary.replace(path)  # a reader sees the old page or the new one
    return folder / "index.html"
