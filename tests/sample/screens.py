"""Screenshots of invented applications, posters and box diagrams."""

import textwrap
from io import BytesIO

from cast import SHORT, long_date
from pictures import SCALE, SHIRTS, SIZE, Canvas, finish, scene_of
from PIL import Image
from tables import table_of
from wanted import Document

ACCENTS = ("#0f766e", "#1d4ed8", "#7c3aed", "#b45309", "#be123c", "#166534")


def screenshot(document: Document) -> Image.Image:
    """A browser window with a public page or the inside of an application."""
    c = Canvas(document.chance())
    accent = c.chance.choice(ACCENTS)
    c.box(0, 0, 960, 640, "#f1f5f9")
    c.box(0, 0, 960, 38, "#cbd5e1")
    for n, color in enumerate(("#ef4444", "#f59e0b", "#22c55e")):
        c.disc(22 + n * 22, 19, 7, 7, color)
    c.box(110, 8, 700, 22, "#ffffff", 10)
    c.words(460, 19, f"https://bdk-musiraya.example/{document.path.stem.replace(' ', '-')}", 13, "#475569", 660)
    public = any(word in document.title.lower() for word in ("laman", "halaman", "beranda", "unggahan", "menu"))
    (_public_page if public else _application)(c, document, accent)
    return c.image.resize(SIZE, Image.Resampling.LANCZOS)


def _public_page(c: Canvas, document: Document, accent: str) -> None:
    c.box(0, 38, 960, 52, accent)
    c.words(110, 64, SHORT, 20)
    for n, word in enumerate(("Profil", "Layanan", "Informasi publik", "Zona Integritas", "Pengaduan")):
        c.words(380 + n * 122, 64, word, 14)
    picture = Canvas(c.chance)
    scene_of(document)(picture, SHORT)
    c.image.paste(picture.image.resize((380 * SCALE, 253 * SCALE)), (540 * SCALE, 120 * SCALE))
    for n, text in enumerate(textwrap.wrap(document.title, 26)[:3]):
        c.words(285, 140 + n * 40, text, 30, "#0f172a", 470)
    c.words(285, 262, f"{SHORT}, {long_date(document.day)}", 14, "#64748b")
    c.box(195, 300, 180, 44, accent, 8)
    c.words(285, 322, "Selengkapnya", 16)
    c.box(40, 395, 880, 225, "#ffffff", 10)
    texts = textwrap.wrap(" ".join(document.text.points or document.text.sentences), 104)
    for n, text in enumerate(texts[:7]):
        c.words(480, 420 + n * 28, text, 15, "#334155", 850)


def _application(c: Canvas, document: Document, accent: str) -> None:
    c.box(0, 38, 170, 602, accent)
    c.words(85, 70, SHORT, 18)
    for n, word in enumerate(("Beranda", "Layanan", "Data", "Laporan", "Pengaturan")):
        c.words(80, 130 + n * 42, word, 16, "#ffffff" if n != 2 else "#fde68a")
    c.words(560, 72, document.title, 24, "#0f172a", 740)
    c.words(560, 100, f"Keadaan per {long_date(document.day)}", 14, "#64748b")
    _figures(c, accent)
    _rows(c, document, accent)


def _figures(c: Canvas, accent: str) -> None:
    for n, word in enumerate(("Masuk", "Proses", "Selesai")):
        x = 195 + n * 150
        c.box(x, 120, 135, 90, "#ffffff", 8)
        c.words(x + 67, 150, str(c.chance.randint(3, 480)), 30, accent)
        c.words(x + 67, 188, word, 14, "#64748b")
    c.box(660, 120, 280, 90, "#ffffff", 8)
    for n in range(10):
        height = c.chance.randint(10, 70)
        c.box(675 + n * 26, 202 - height, 17, height, accent if n % 3 else "#94a3b8")


def _rows(c: Canvas, document: Document, accent: str) -> None:
    rows = [row[:4] for row in table_of(document)[:10]]
    lengths = [max(min(len(row[i]), 52) for row in rows if i < len(row)) + 3 for i in range(len(rows[0]))]
    c.box(195, 225, 745, 395, "#ffffff", 8)
    c.box(195, 225, 745, 36, accent, 8)
    for n, row in enumerate(rows):
        x = 200.0
        for text, length in zip(row, lengths, strict=False):
            width = 735 * length / sum(lengths)
            short = text if len(text) <= 52 else text[:49] + "..."
            c.words(x + width / 2, 243 + n * 37, short, 14, "#ffffff" if n == 0 else "#334155", width - 6)
            x += width


def poster(document: Document) -> Image.Image:
    """A poster: a large title, a symbol and the points of the record."""
    c = Canvas(document.chance())
    top, low = c.chance.sample(ACCENTS, 2)
    c.box(0, 0, 960, 640, top)
    c.shape((0, 420), (960, c.chance.randint(300, 400)), (960, 640), (0, 640), color=low)
    words = document.title.upper().split()
    lines = [" ".join(words[: len(words) // 2 + 1]), " ".join(words[len(words) // 2 + 1 :])]
    for n, line in enumerate(lines):
        c.words(560, 120 + n * 62, line, 50, "#ffffff", 700)
    c.disc(120, 180, 85, 85, "#fde68a")
    c.shape((75, 180), (108, 222), (175, 130), (160, 118), (106, 188), (90, 168), color=top)
    for n, text in enumerate((document.text.points or document.text.sentences)[:4]):
        c.disc(90, 330 + n * 52, 9, 9, "#fde68a")
        c.words(500, 330 + n * 52, textwrap.shorten(text, 80, placeholder=" ..."), 22, "#ffffff", 760)
    return finish(c, f"{SHORT} - bersih, melayani, tanpa imbalan", grainy=False)


def diagram(document: Document) -> Image.Image:
    """Boxes under boxes: a map of processes, posts or targets."""
    c = Canvas(document.chance())
    c.box(0, 0, 960, 640, "#ffffff")
    c.words(480, 40, document.title, 28, "#0f172a")
    texts = [row[0] if not row[0].isdigit() else row[1] for row in table_of(document)[1:]]
    c.box(330, 80, 300, 60, "#1d3557", 8)
    c.words(480, 110, "Kepala Balai", 20)
    c.box(478, 140, 4, 25, "#94a3b8")
    c.box(173, 163, 614, 4, "#94a3b8")
    for n, text in enumerate(texts[:9]):
        x, y = 40 + (n % 3) * 305, 210 + (n // 3) * 125
        c.box(x + 133, y - 45, 4, 45, "#94a3b8")
        c.box(x, y, 270, 80, c.chance.choice(SHIRTS[:6]), 8)
        for k, part in enumerate(textwrap.wrap(text, 30)[:2]):
            c.words(x + 135, y + 30 + k * 24, part, 16, "#ffffff", 250)
    return finish(c, f"{document.record} | {long_date(document.day)}", grainy=False)


def png(image: Image.Image) -> bytes:
    """The picture as PNG with few colours."""
    out = BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()
