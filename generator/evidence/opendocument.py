"""OpenDocument files (ISO/IEC 26300): declared by `mimetype` or the manifest, their content well formed."""

from __future__ import annotations

import zipfile
from functools import partial

from generator.evidence.examination import Examination, encrypted, mismatch
from generator.evidence.sample import Sample
from generator.evidence.xml import Attributes, is_written, parse
from generator.evidence.zips import Parts, judged, verify

_MANIFEST, _CONTENT = "META-INF/manifest.xml", "content.xml"
_SEEN = frozenset(
    {
        "image",
        "object",
        "object-ole",
        "plugin",
        "applet",
        "floating-frame",
        "chart",
        "line",
        "rect",
        "polyline",
        "polygon",
        "regular-polygon",
        "path",
        "circle",
        "ellipse",
        "connector",
        "measure",
        "caption",
        "custom-shape",
        "control",
        "scene",
    }
)


def inspect_open_document(file: Sample, kind: str) -> Examination:
    """Judge a document of a kind ("text", "spreadsheet" …)."""
    return judged(file, partial(_judge, kind=kind))


def _judge(archive: zipfile.ZipFile, kind: str) -> Examination:
    parts = Parts(archive)
    declared, protected = _manifest(parts)
    if "mimetype" in parts:
        declared = parts.beginning("mimetype", 200).decode("ascii", "replace").strip()
    if f"opendocument.{kind}" not in declared:
        return mismatch("zip" if "opendocument" not in declared else declared.rpartition(".")[2])
    if protected:
        return encrypted()
    in_body: list[str] = []

    def element(name: str, attributes: Attributes) -> bool:
        if name == "body":
            in_body.append(name)
        return bool(in_body) and (name in _SEEN or (name == "table-cell" and _has_value(attributes)))

    shows = parse(parts.blocks(_CONTENT), element=element, text=lambda text: bool(in_body) and is_written(text))
    verify(archive)
    return Examination(blank=not shows)


def _has_value(cell: Attributes) -> bool:
    return any(key.endswith((":value", ":string-value", ":date-value", ":formula")) for key in cell)


def _manifest(parts: Parts) -> tuple[str, bool]:
    """Return the kind that the manifest declares, and whether it tells of encryption."""
    declared: list[str] = []
    protected: list[str] = []

    def element(name: str, attributes: Attributes) -> bool:
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "file-entry" and values.get("full-path") == "/":
            declared.append(values.get("media-type", ""))
        elif name == "encryption-data":
            protected.append(name)
        return False

    if _MANIFEST in parts:
        parse(parts.blocks(_MANIFEST), element=element)
    return "".join(declared[:1]), bool(protected)
