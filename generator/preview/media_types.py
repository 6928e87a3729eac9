"""The media type and policy with which a browser is sent a file. What is not listed is data to save.

The tables of the system (`mimetypes`) differ between computers, and know types that a browser runs.
"""

from __future__ import annotations

DATA = "application/octet-stream"

_SHOWN = {
    "pdf": "application/pdf",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "jfif": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff",
    "heic": "image/heic", "heif": "image/heif",
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg",
    "mkv": "video/x-matroska", "3gp": "video/3gpp",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "flac": "audio/flac", "aac": "audio/aac",
}  # fmt: skip
_SAVED = {
    "zip": "application/zip", "7z": "application/x-7z-compressed", "rar": "application/vnd.rar",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation", "rtf": "application/rtf",
}  # fmt: skip
_TEXT = "text/plain; charset=utf-8"
_TEXTS = dict.fromkeys(("txt", "csv", "tsv", "md", "log", "json", "yaml", "yml", "srt"), _TEXT)
_DOCUMENTS = {**_SHOWN, **_SAVED, **_TEXTS}
_SITE = {
    **_DOCUMENTS,
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
    return _DOCUMENTS.get(_ending(path), DATA)


def of_site_file(path: str) -> str:
    """Return the type of a page, an asset or a data file of the site."""
    return _SITE.get(_ending(path), DATA)


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].casefold()


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
