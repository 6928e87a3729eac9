"""A small portfolio on disk that holds one of everything a site can hold."""

from __future__ import annotations

import datetime
from pathlib import Path

from generator.build import build
from generator.build.last_runs import BuildResult
from tests.support import builders

DAY = datetime.date(2023, 6, 30)
RINGKAS = Path(__file__).parents[1] / "instruments" / "ringkas.yaml"
"""The worksheet, but six items of it."""
SECRET = "Rahasia jabatan yang tidak boleh keluar"

SHORT = "instrument: instruments/ringkas.yaml\n"
SETTINGS = f"""\
title: Portofolio Uji
unit: Satker Uji
{SHORT}target: WBK
period: {{from: 2022-09-01, to: 2023-06-30}}
evidence_roots: {{scan: ../scan}}
"""

FIRST = """\
---
title: Rapat tim & "persiapan" <awal>
date: 2023-01-18
items: [A.I.1.i.a, A.I.1.ii.c]
people: [Sekretaris]
evidence:
  - file: "notulen rapat #1 (100%) [final].pdf"
    type: notulen
  - {file: évaluasi é.pdf, type: laporan}
  - {file: rahasia.pdf, type: sk, classification: restricted}
  - {file: logo.svg, type: media-publikasi}
  - {file: "scan:sk 2023.pdf", type: sk}
  - {url: "https://example.org/berita", type: media-publikasi}
---
Lihat [notulen](<notulen rapat %231 (100%25) [final].pdf>), [kedua](../kedua.md#hasil-rapat) dan
[rahasia](rahasia.pdf). ![Foto](foto.png) ![Logo](logo.svg) <a href="../kedua.md">mentah</a> [profil](../../../pages/profil.md)

# Judul
"""

SECOND = """\
---
title: Kegiatan kedua
date: 2023-02-01
items: [A.I.1.i.a]
evidence: [{file: evidence/undangan.pdf}]
---
## Hasil rapat
Kembali ke [pertama](pertama/index.md) dan ke [folder](pertama/).
"""

DRAFT = """\
---
title: Masih rancangan
date: 2023-03-01
items: [A.I.1.i.a]
status: draft
evidence: [{file: evidence/draf.pdf, type: sk}]
---
Belum selesai.
"""

HIDDEN = f"""\
---
title: Penjatuhan hukuman
date: 2023-03-02
items: [A.I.3.v.a]
people: [Kepala]
classification: restricted
evidence: [{{file: evidence/hukuman.pdf, type: sk, title: Judul yang tersembunyi}}]
---
{SECRET}
"""


def write(folder: Path, *, worksheet: bool = False) -> Path:
    """Write the portfolio into `folder/portofolio` and its scans beside it; return the portfolio's folder.

    It has six items of the shipped worksheet, or all: where they are not what is tried, 113 pages only take time.
    """
    home = folder / "portofolio"
    first = "records/1-manajemen-perubahan/pertama"
    composed, decomposed = "évaluasi é.pdf", "e\u0301valuasi e\u0301.pdf"
    assert composed != decomposed
    builders.write(
        home,
        {
            "portfolio.yaml": SETTINGS.replace(SHORT, "") if worksheet else SETTINGS,
            "instruments/ringkas.yaml": RINGKAS.read_bytes(),
            f"{first}/index.md": FIRST,
            f"{first}/notulen rapat #1 (100%) [final].pdf": builders.pdf("Notulen"),
            f"{first}/{decomposed}": builders.pdf("Evaluasi"),
            f"{first}/rahasia.pdf": builders.pdf(SECRET),
            f"{first}/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            f"{first}/foto.png": builders.png("foto"),
            f"{first}/tak disebut.pdf": builders.pdf("Tidak disebut"),
            "records/1-manajemen-perubahan/kedua.md": SECOND,
            "records/1-manajemen-perubahan/draf.md": DRAFT,
            "records/3-sdm/hukuman.md": HIDDEN,
            "evidence/undangan.pdf": builders.pdf("Undangan"),
            "evidence/draf.pdf": builders.pdf("Draf"),
            "evidence/hukuman.pdf": builders.pdf("Hukuman"),
            "assessment/1.md": "---\nanswers:\n  A.I.1.i.a: Ya\n  A.I.1.ii.c: B\n---\nKami *siap*.\n",
            "findings/satu.md": "---\nitem: A.I.1.i.a\ndate: 2023-05-01\nanswer: Ya\nstatus: open\nevidence:\n"
            "  - {record: kedua, file: evidence/undangan.pdf, verdict: rejected, reason: Tidak bertanda tangan}\n---\nPerbaiki.\n",
            "pages/profil.md": "---\ntitle: Profil\n---\nSatker uji. [Undangan](../evidence/undangan.pdf)\n",
        },
    )
    builders.write(folder / "scan", {"sk 2023.pdf": builders.pdf("SK")})
    return home


def silent(stage: str, done: int, of: int) -> None:
    """Show no progress."""


def build_site(home: Path, out: Path) -> tuple[BuildResult, int]:
    """Build a portfolio's site as of the day of these tests."""
    result = build.build(home, out, on=DAY, progress=silent)
    return result, result.files


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
