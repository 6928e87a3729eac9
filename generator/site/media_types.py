"""The media type and policy with which a browser is sent a file. What is not listed is data to save.

The tables of the system (`mimetypes`) differ between computers, and know types that a browser runs.
"""

from __future__ import annotations

from generator.evidence import ending
from generator.evidence.filetypes import file_type

_SITE = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "svg": "image/svg+xml",
    "ico": "image/vnd.microsoft.icon",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
}  # fmt: skip


def of_document(path: str) -> str:
    """Return the type of a document: none that a browser could run."""
    return file_type(path).media_type


def of_site_file(path: str) -> str:
    """Return the type of a page, an asset or a data file of the site."""
    return _SITE.get(ending(path)) or of_document(path)


_NOTHING = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def policy(content_type: str) -> str:
    """Return the Content-Security-Policy of anything but a page: no scripts run, whatever type a browser guesses.

    The document that a browser builds around a picture, a sound or a film loads it, and saves it, as its own origin,
    which a sandbox has only with `allow-same-origin`. Without `allow-scripts` nothing can use that origin. Viewers of
    PDFs need neither (Chromium 156, Firefox 153).
    """
    is_media = content_type.startswith(("image/", "video/", "audio/"))
    return f"sandbox{' allow-same-origin allow-downloads' if is_media else ''}; {_NOTHING}"
