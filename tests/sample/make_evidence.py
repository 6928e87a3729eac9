"""Make the evidence files of the sample portfolio from its records: the same bytes on every run.

Usage: python tests/sample/make_evidence.py content
"""

import sys
from datetime import date
from pathlib import Path

import office
import pdf
import pictures
import screens
from paper import KINDS
from PIL import Image
from wanted import Document, read_text, wanted

COPIES = {
    "records/6-pelayanan-publik/2023-01-05-skm-triwulan-iv-2022/laporan-skm-tw4-salinan.pdf":
        "records/6-pelayanan-publik/2023-01-05-skm-triwulan-iv-2022/laporan-survei-skm-tw4-2022.pdf",
}  # fmt: skip
"""Copies meant as such: what an office does when it files one paper twice."""


SETTLED = Document(
    path=Path("tindak-lanjut-hasil-pengawasan-2022.pdf"),
    key="evidence/kinerja/tindak-lanjut-hasil-pengawasan-2022.pdf",
    title="Rekapitulasi tindak lanjut hasil pengawasan 2022",
    kinds=("laporan",),
    day=date(2023, 1, 31),
    valid_until=None,
    record="Penyelesaian tindak lanjut hasil pengawasan tahun 2022",
    held_on=date(2023, 1, 31),
    ends_on=None,
    people=("Agus Tirtawijaya",),
    text=read_text(
        "Tujuh rekomendasi hasil pengawasan tahun 2022 telah ditindaklanjuti dan dinyatakan selesai oleh Inspektorat. "
        "Tidak ada temuan yang masih terbuka pada akhir tahun.\n\n"
        "| Sumber | Rekomendasi | Selesai |\n| --- | --- | --- |\n| Inspektorat | 5 | 5 |\n| Pemeriksa eksternal | 2 | 2 |\n"
    ),
)
"""A document that no record names: a prerequisite in portfolio.yaml does."""


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
    made = {document.key: content(document) for document in (*wanted(portfolio, KINDS), SETTLED)}
    made |= {copy: made[source] for copy, source in COPIES.items() if source in made}
    files = {key: data for key, data in made.items() if data is not None}
    for key, data in files.items():
        path = portfolio / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(files)


if __name__ == "__main__":
    print(f"{main(Path(sys.argv[1]))} files")
