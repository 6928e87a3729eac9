"""The search part of a site on disk, without the rest of one: for the tests of search and for its benchmark."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from generator.model.addresses import ASSETS, SEARCH_INDEX
from generator.resources import themes
from generator.site.search import scripts
from generator.site.theme import Renderer, load
from generator.site.views.frame import Frame, Link
from generator.site.views.search_page import Facet, Option, SearchView

CHROMIUM = os.environ.get("CATAT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu"]
KINDS = ("item", "record", "document", "page")
TYPES = ("sk", "notulen", "daftar-hadir", "undangan", "laporan", "foto", "sop", "surat-tugas")


def write_site(out: Path, files: Iterable[tuple[str, bytes]], *, language: str) -> None:
    """Write the page, what it loads, and the index."""
    theme = load(themes() / "default", None, shown="")
    page = Renderer(theme, language).render("search", view(language))
    assets = {f"{ASSETS}/{name}": data for name, data in theme.assets.items()}
    for path, data in ({"search.html": page} | assets | dict(scripts.assets(language)) | dict(files)).items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def view(language: str) -> SearchView:
    """Return a view with every value that the tests' entries have."""
    plain = {name: () if "tuple" in str(type_) else "x.html" for name, type_ in Frame.__annotations__.items()}
    frame = Frame(**{**plain, "language": language, "assets": ASSETS})  # type: ignore[arg-type]
    options = {
        "kind": KINDS,
        "area": tuple("123456"),
        "type": TYPES,
        "year": ("2023", "2022", "2021"),
        "state": ("met", "unmet", "unknown"),
    }
    return SearchView(
        frame=frame,
        title="Cari",
        language=language,
        root="",
        shards=SEARCH_INDEX,
        scripts=scripts.script_paths(language, theme=f"{ASSETS}/search.js"),
        facets=tuple(
            Facet(name, name.title(), tuple(Option(value, value.title()) for value in values))
            for name, values in options.items()
        ),
        lists=(Link("Butir", "items.html"), Link("Kegiatan", "records.html"), Link("Eviden", "evidence.html")),
    )


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # as web servers do, many requests over one connection
    disable_nagle_algorithm = True  # as they do: the body of an answer does not wait 40 ms for its head to be confirmed

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and yield its address, which is a sub-folder of the server."""
    handler = functools.partial(_Quiet, directory=str(folder.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/{folder.name}"
    finally:
        server.shutdown()
        server.server_close()


def loaded(browser: Browser, address: str) -> int:
    """Return the bytes that a page loads until it stands, itself included."""
    page = browser.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(address, wait_until="networkidle")
    page.close()
    return sum(sizes)
