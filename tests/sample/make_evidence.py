"""Make the evidence files of the sample portfolio from its records: the same bytes on every run.

Usage: python tests/sample/make_evidence.py content
"""

import sys
from pathlib import Path

import office
import pdf
import pictures
import screens
from paper import KINDS
from PIL import Image
from wanted import Document, wanted

COPIES = {
    "records/6-pelayanan-publik/2023-01-05-skm-triwulan-iv-2022/laporan-skm-tw4-salinan.pdf":
        "records/6-pelayanan-publik/2023-01-05-skm-triwulan-iv-2022/laporan-survei-skm-tw4-2022.pdf",
}  # fmt: skip
"""Copies meant as such: what an office does when it files one paper twice."""


def picture(document: Document) -> Image.Image:
    """The picture that the document's kind asks for."""
    match document.kind:
        case "tangkapan-layar":
            return screens.screenshot(document)
        case "media-publikasi" | "materi" | "maklumat" | "sertifikat":
            return screens.poster(document)
        case "peta-proses-bisnis" | "peta-jabatan" | "pohon-kinerja":
            return screens.diagram(document)
        case "before-after":
            return pictures.before_after(document)
        case _:
            return pictures.photo(document)


def content(document: Document) -> bytes | None:
    """The bytes of a document, by its ending; None where it is not ours to make."""
    match document.path.suffix.lower():
        case ".pdf":
            return pdf.make(document)
        case ".jpg":
            return pictures.jpeg(picture(document), telephone=document.path.name.startswith("IMG_"))
        case ".png":
            return screens.png(picture(document))
        case ".xlsx":
            return office.workbook(document)
        case ".docx":
            return office.text_document(document)
        case _:
            return None


def main(portfolio: Path) -> int:
    """Make every file, then the copies; return how many there are."""
    made = {document.key: content(document) for document in wanted(portfolio, KINDS)}
    made |= {copy: made[source] for copy, source in COPIES.items() if source in made}
    files = {key: data for key, data in made.items() if data is not None}
    for key, data in files.items():
        path = portfolio / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(files)


if __name__ == "__main__":
    print(f"{main(Path(sys.argv[1]))} files")
