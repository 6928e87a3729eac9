"""PDF files, judged by pdfium, the library that browsers open them with."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generator.evidence.examination import Examination, damaged, encrypted, mismatch
from generator.evidence.sample import Sample
from generator.model.evidence import State

ONE_AT_A_TIME = threading.Lock()
"""Held by whoever uses pdfium, which is not safe for threads."""

_PASSWORD, _SECURITY = 4, 5
_PAGES_FOR_BLANK = 30
_SIDE = 150
"""Pixels of the longer side of a page that is drawn to see whether anything is on it."""
_OBJECTS = 2000
_HEIGHT = 0.1
"""Points, below which a text is taken for blanks."""
_DENSE_BITS, _LARGE_IMAGE = 0.4, 64 * 1024
"""Bits a pixel and bytes, above which an image is no empty sheet: JPEG needs 0.28 bits for one colour at its best."""


def inspect_pdf(file: Sample) -> Examination:
    """Judge a PDF: it opens, and its first page can be loaded."""
    if not file.is_pdf:
        return mismatch(file.signature)
    import pypdfium2.raw as pdfium

    with ONE_AT_A_TIME:
        document = _opened(file, pdfium)
        if not document:
            # Only where nothing was opened does the library's last error speak of this file, not of an earlier one.
            locked = pdfium.FPDF_GetLastError() in {_PASSWORD, _SECURITY}
            return encrypted("pdf") if locked else damaged("pdf")
        try:
            return _judge(document, pdfium)
        finally:
            pdfium.FPDF_CloseDocument(document)


def _opened(file: Sample, pdfium: Any) -> Any:
    if file.content is not None:
        return pdfium.FPDF_LoadMemDocument64(file.content, file.size, None)
    return pdfium.FPDF_LoadDocument(os.fsencode(file.path) + b"\0", None)


def _judge(document: Any, pdfium: Any) -> Examination:
    count = pdfium.FPDF_GetPageCount(document)
    shows = False
    for number in range(min(count, _PAGES_FOR_BLANK)):
        with _page(document, number, pdfium) as page:
            if not page and number == 0:
                return damaged("pdf")
            shows = not page or _shows(page, pdfium)
        if shows:
            break
    if count < 1:
        return damaged("pdf")
    return Examination(State.SOUND, "pdf", count, blank=not shows and count <= _PAGES_FOR_BLANK)


@contextmanager
def _page(document: Any, number: int, pdfium: Any) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, number)
    try:
        yield page
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def _shows(page: Any, pdfium: Any) -> bool:
    """Whether a page shows anything: a note, words, a large picture, or else something once it is drawn."""
    notes = (
        pdfium.FPDFPage_GetAnnot(page, number) for number in range(min(_OBJECTS, pdfium.FPDFPage_GetAnnotCount(page)))
    )
    for note in notes:
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind not in {pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}:
            return True
    count = pdfium.FPDFPage_CountObjects(page)
    if count < 1:
        return False
    if count > _OBJECTS:
        return True
    has_text = False
    for number in range(count):
        if _is_visible_text(each := pdfium.FPDFPage_GetObject(page, number), pdfium):
            if _has_height(each, pdfium):
                return True
            has_text = True
    if has_text and _has_words(page, pdfium):
        return True
    objects = (pdfium.FPDFPage_GetObject(page, number) for number in range(count))
    return any(_is_dense(each, pdfium) for each in objects) or _is_drawn(page, pdfium)


def _is_visible_text(each: Any, pdfium: Any) -> bool:
    if pdfium.FPDFPageObj_GetType(each) != pdfium.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(pdfium.FPDFTextObj_GetTextRenderMode(each) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _has_height(text: Any, pdfium: Any) -> bool:
    """Whether a text has signs that are no blanks: those of a blank have no height.

    Others may have none either, of fonts that do not say. Reading the words of a page takes longer than opening it.
    """
    bottom, top, aside = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    is_known = pdfium.FPDFPageObj_GetBounds(text, aside, bottom, aside, top)
    return bool(is_known) and top.value - bottom.value > _HEIGHT


def _has_words(page: Any, pdfium: Any) -> bool:
    text = pdfium.FPDFText_LoadPage(page)
    try:
        count = min(_OBJECTS, pdfium.FPDFText_CountChars(text))
        return any(not chr(pdfium.FPDFText_GetUnicode(text, each)).isspace() for each in range(count))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _is_dense(each: Any, pdfium: Any) -> bool:
    """Whether an object is an image with too many bytes for one colour; it is not decoded."""
    if pdfium.FPDFPageObj_GetType(each) != pdfium.FPDF_PAGEOBJ_IMAGE:
        return False
    size = pdfium.FPDFImageObj_GetImageDataRaw(each, None, 0)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if size < _LARGE_IMAGE or not pdfium.FPDFImageObj_GetImagePixelSize(each, width, height):
        return False
    return bool(size * 8 > _DENSE_BITS * width.value * height.value)


def _is_drawn(page: Any, pdfium: Any) -> bool:
    """Whether a page, drawn small, has more than one colour."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (0 < wide < float("inf") and 0 < high < float("inf")):
        return False
    scale = _SIDE / max(wide, high)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        drawn = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
        return any(drawn[row * stride : row * stride + 3 * width] != drawn[:3] * width for row in range(height))
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
