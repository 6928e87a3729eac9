"""The table of file types: for each ending what the content has to be, and who judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator.evidence import archives, media, ole, ooxml, opendocument, pdf, raster, texts, zips
from generator.evidence.model import SOUND, Verdict, mismatch
from generator.evidence.sample import Sample

Judge = Callable[[Sample], Verdict]


def judge(file: Sample, ending: str) -> Verdict:
    """Judge a file by the row of its ending; of an ending without a row nothing is expected. Raises OSError."""
    found = _TABLE.get(ending)
    return SOUND if found is None else found(file)


def _by_signature(file: Sample, *signatures: str) -> Verdict:
    return SOUND if file.signature in signatures else mismatch(file.signature)


def _rows() -> Iterator[tuple[str, Judge]]:
    """Yield each row: endings, and the function that judges files that end so."""
    yield "pdf", pdf.inspect_pdf
    for ending, form in raster.FORMATS.items():
        yield ending, partial(raster.inspect_picture, expected=form)
    yield "docx docm dotx dotm", partial(ooxml.inspect_office, program="word")
    yield "xlsx xlsm xlsb xltx xltm", partial(ooxml.inspect_office, program="excel")
    yield "pptx pptm ppsx ppsm potx", partial(ooxml.inspect_office, program="powerpoint")
    yield "odt", partial(opendocument.inspect_open_document, kind="text")
    yield "ods", partial(opendocument.inspect_open_document, kind="spreadsheet")
    yield "odp", partial(opendocument.inspect_open_document, kind="presentation")
    yield "odg", partial(opendocument.inspect_open_document, kind="graphics")
    for ending in ("doc", "xls", "ppt", "msg"):
        yield ending, partial(ole.inspect_old_office, kind=ending)
    yield "zip", zips.inspect_zip
    yield "7z", archives.inspect_seven_zip
    yield "rar", archives.inspect_rar
    yield "gz tgz", partial(archives.inspect_stream, kind="gz")
    yield "bz2", partial(archives.inspect_stream, kind="bz2")
    yield "mp4 m4v mov m4a 3gp", partial(media.inspect_iso_media, picture=False)
    yield "heic heif avif", partial(media.inspect_iso_media, picture=True)
    yield "mkv webm", media.inspect_matroska
    yield "wav", partial(media.inspect_riff, kind="wav")
    yield "avi", partial(media.inspect_riff, kind="avi")
    yield "mp3", media.inspect_mp3
    for ending in ("wmv", "ogg", "amr", "aac", "flac", "rtf", "epub", "psd"):
        yield ending, lambda file, ending=ending: _by_signature(file, ending)  # type: ignore[misc]
    yield "opus", lambda file: _by_signature(file, "ogg", "opus")
    yield "csv tsv", partial(texts.inspect_text, kind="csv")
    yield "txt md json yaml yml log ics vcf srt tex", partial(texts.inspect_text, kind="txt")
    yield "svg html htm xhtml xht shtml xml xsl xslt mht mhtml mathml", partial(texts.inspect_text, kind="txt")


_TABLE: Mapping[str, Judge] = {ending: judge for endings, judge in _rows() for ending in endings.split()}
