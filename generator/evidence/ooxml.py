"""Office documents (ECMA-376): found by their relationships as Office finds them, whatever folder the parts lie in."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from generator.evidence import ole
from generator.evidence.examination import SOUND, Examination, damaged, encrypted, mismatch
from generator.evidence.sample import Sample
from generator.evidence.xml import Attributes, is_written, parse
from generator.evidence.zips import Parts, judged, verify

_TYPES = "[Content_Types].xml"
_ROOTS = {"document": "word", "workbook": "excel", "presentation": "powerpoint"}
"""The element that a main part begins with, and the program whose document it is."""
_USUAL_ENDINGS = {"word": "docx", "excel": "xlsx", "powerpoint": "pptx"}


class _Relationship(NamedTuple):
    id: str
    type: str
    part: str


def inspect_office(file: Sample, program: str) -> Examination:
    """Judge a document of "word", "excel" or "powerpoint"."""
    if file.is_compound:
        with file.opened() as stream:
            if ole.is_protected_package(stream):
                return encrypted()
    return judged(file, partial(_judge_archive, program=program))


def _judge_archive(archive: zipfile.ZipFile, program: str) -> Examination:
    parts = Parts(archive)
    if _TYPES not in parts:
        return mismatch(_other_kind(parts))
    parse(parts.blocks(_TYPES))
    examination = _judge(parts, program)
    if examination == SOUND:
        verify(archive)
    return examination


def _other_kind(parts: Parts) -> str:
    if "mimetype" in parts:
        declared = parts.beginning("mimetype", 200)
        kinds = {b"opendocument.text": "odt", b"opendocument.spreadsheet": "ods", b"opendocument.presentation": "odp"}
        return next((kind for mark, kind in kinds.items() if mark in declared), "zip")
    return "zip"


def _judge(parts: Parts, program: str) -> Examination:
    main = next((each.part for each in _relationships(parts, "") if each.type == "officeDocument"), None)
    if main is None or main not in parts:
        return damaged("zip")
    found = "excel" if main.casefold().endswith(".bin") else _ROOTS.get(_root(parts, main), "")
    if found != program:
        return mismatch(_USUAL_ENDINGS[found]) if found else damaged("zip")
    return _SHOWN[program](parts, main)


def _root(parts: Parts, main: str) -> str:
    """Return the name of the element that a part begins with; the part is read to its end."""
    names: list[str] = []

    def element(name: str, _: Attributes) -> bool:
        names.append(name)
        return True

    parse(parts.blocks(main), element=element)
    return names[0]


def _relationships(parts: Parts, of: str) -> Iterator[_Relationship]:
    """Yield the relationships of a part, or with "" of the whole document, that lead to other parts."""
    folder, _, name = of.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in parts:
        return
    found: list[_Relationship] = []

    def element(name: str, attributes: Attributes) -> bool:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            part = part if part in parts else unquote(part)
            found.append(_Relationship(attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], part))
        return False

    parse(parts.blocks(listed), element=element)
    yield from found


# What is seen of each


_SEEN_IN_TEXT = frozenset(
    {"drawing", "pict", "object", "altChunk", "sym", "contentPart", "subDoc", "chart", "control", "fldSimple", "pgNum"}
)
_AROUND_TEXT = {"header", "footer", "footnotes", "endnotes"}


def _word(parts: Parts, main: str) -> Examination:
    def shows(part: str) -> bool:
        return parse(parts.blocks(part), element=lambda name, _: name in _SEEN_IN_TEXT, text=is_written)

    if shows(main):
        return SOUND
    around = [each.part for each in _relationships(parts, main) if each.type in _AROUND_TEXT and each.part in parts]
    return Examination(blank=not any(shows(part) for part in around))


_SEEN_ON_SHEET = frozenset({"drawing", "picture", "oleObject", "control"})
_IN_CELLS = frozenset({"v", "t", "f"})
"""Where the words of cells are; headers on paper have words as well, and every sheet of LibreOffice has them."""
_SHEETS = {"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}


def _excel(parts: Parts, main: str) -> Examination:
    sheets = [each for each in _relationships(parts, main) if each.type in _SHEETS and each.part in parts]
    if not sheets:
        return damaged("zip")
    if main.casefold().endswith(".bin"):  # a binary workbook: its records are read by nobody here
        return SOUND if parts.size(main) else damaged("zip")
    listed = _listed(parts, main, "sheet")
    if not any(each.id in listed for each in sheets):
        return damaged("zip")
    return Examination(blank=not any(_sheet_shows(parts, each) for each in sheets))


def _sheet_shows(parts: Parts, sheet: _Relationship) -> bool:
    if sheet.type != "worksheet" or sheet.part.casefold().endswith(".bin"):
        return True
    within = ""

    def element(name: str, _: Attributes) -> bool:
        nonlocal within
        within = name
        return name in _SEEN_ON_SHEET

    return parse(parts.blocks(sheet.part), element=element, text=lambda text: within in _IN_CELLS and is_written(text))


_SEEN_ON_SLIDE = frozenset({"pic", "graphicFrame", "cxnSp", "contentPart", "blip", "oMath", "bgPr", "control"})


def _powerpoint(parts: Parts, main: str) -> Examination:
    related = {each.id: each.part for each in _relationships(parts, main)}
    slides = [related.get(each, "") for each in _listed(parts, main, "sldId")]
    if not all(slide in parts for slide in slides):
        return damaged("zip")
    return Examination(blank=not any(_slide_shows(parts, slide) for slide in slides))


def _slide_shows(parts: Parts, slide: str) -> bool:
    """Whether a slide has a text, a picture, or a shape that is no place for one."""
    shapes: list[bool] = []

    def element(name: str, _: Attributes) -> bool:
        if name == "sp":
            shapes.append(True)
        elif name == "ph" and shapes:
            shapes[-1] = False
        return name in _SEEN_ON_SLIDE

    return parse(parts.blocks(slide), element=element, text=is_written) or any(shapes)


def _listed(parts: Parts, main: str, kind: str) -> list[str]:
    """Return the ids of the relationships that elements of a kind in the main part name."""
    ids: list[str] = []

    def element(name: str, attributes: Attributes) -> bool:
        if name == kind:
            ids.extend(value for key, value in attributes.items() if key.endswith(":id"))
        return False

    parse(parts.blocks(main), element=element)
    return ids


_SHOWN = {"word": _word, "excel": _excel, "powerpoint": _powerpoint}
