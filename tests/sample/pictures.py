"""Photos of the sample as flat scenes, and before/after pairs; see screens.py for posters and screenshots."""

from collections.abc import Callable
from io import BytesIO
from random import Random

from cast import SHORT, long_date
from PIL import ExifTags, Image, ImageDraw, ImageFont
from wanted import Document

SIZE = (960, 640)
SCALE = 2
SKINS = ("#8d5524", "#c68642", "#a9714b", "#e0ac69", "#b07b52")
SHIRTS = ("#1d3557", "#2a6f97", "#7b2d26", "#386641", "#6d597a", "#bc6c25", "#f1faee", "#52796f", "#9a031e")
WALLS = ("#e8e1d3", "#d9e4dd", "#e3d5ca", "#dbe2ef", "#f0ead2", "#e9edc9", "#d8e2dc", "#ece4db")
FLOORS = ("#b08968", "#8d99ae", "#a3a380", "#9c8c7a", "#7f8c8d")


class Canvas:
    """A drawing in picture coordinates (960 x 640), kept larger for smooth edges."""

    def __init__(self, chance: Random) -> None:
        """An empty wall in a colour of its own."""
        self.chance = chance
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), chance.choice(WALLS))
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, color: str, radius: float = 0) -> None:
        """A filled rectangle."""
        self.pen.rounded_rectangle(_big(x, y, x + w, y + h), radius * SCALE, fill=color)

    def disc(self, x: float, y: float, rx: float, ry: float, color: str) -> None:
        """A filled ellipse around a point."""
        self.pen.ellipse(_big(x - rx, y - ry, x + rx, y + ry), fill=color)

    def shape(self, *points: tuple[float, float], color: str) -> None:
        """A filled polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=color)

    def words(self, x: float, y: float, text: str, size: float, color: str = "#ffffff", width: float = 900) -> None:
        """Centred text, made small enough for its width."""
        text = text.translate({0x2013: "-", 0x2014: "-"})
        font = ImageFont.load_default(size * SCALE)
        while font.getlength(text) > width * SCALE and size > 9:
            size -= 1
            font = ImageFont.load_default(size * SCALE)
        self.pen.text((x * SCALE, y * SCALE), text, fill=color, font=font, anchor="mm")

    def floor(self, y: float) -> None:
        """The ground of a room."""
        self.box(0, y, 960, 640 - y, self.chance.choice(FLOORS))
        self.box(0, y, 960, 6, "#6c584c")

    def person(self, x: float, foot: float, tall: float, *, back: bool = False, shirt: str = "") -> None:
        """Somebody standing, seen from the front or from behind."""
        skin, hair = self.chance.choice(SKINS), self.chance.choice(("#1b1b1b", "#3d2b1f", "#22223b"))
        shirt = shirt or self.chance.choice(SHIRTS)
        head, wide = tall * 0.11, tall * 0.16
        top = foot - tall
        self.box(x - wide * 0.75, foot - tall * 0.46, wide * 0.65, tall * 0.46, "#2b2d42", 6)
        self.box(x + wide * 0.1, foot - tall * 0.46, wide * 0.65, tall * 0.46, "#2b2d42", 6)
        self.box(x - wide, top + head * 2, wide * 2, tall * 0.36, shirt, tall * 0.06)
        self.box(x - wide * 1.3, top + head * 2.2, wide * 0.4, tall * 0.33, shirt, tall * 0.03)
        self.box(x + wide * 0.9, top + head * 2.2, wide * 0.4, tall * 0.33, shirt, tall * 0.03)
        scarf = self.chance.random() < 0.4
        self.disc(x, top + head, head * 1.15, head * 1.2, self.chance.choice(SHIRTS) if scarf else hair)
        if not back:
            self.disc(x, top + head * 1.15, head * 0.85, head * 0.95, skin)


def _big(*numbers: float) -> tuple[float, ...]:
    return tuple(number * SCALE for number in numbers)


def ceremony(c: Canvas, title: str) -> None:
    """A stage with a banner, a lectern and people standing on it."""
    c.floor(430)
    c.box(90, 60, 780, 120, c.chance.choice(("#164e63", "#9a031e", "#386641", "#1d3557")), 8)
    c.words(480, 105, title.upper(), 30, width=720)
    c.words(480, 148, SHORT, 20, "#ffd166")
    c.box(60, 400, 840, 60, "#7f5539")
    for n in range(c.chance.randint(4, 8)):
        c.person(300 + n * 75, 410, c.chance.randint(180, 205))
    c.box(130, 300, 90, 110, "#a47148", 6)
    c.person(175, 400, 190)
    c.box(140, 320, 70, 80, "#b08968", 4)
    c.box(60, 190, 6, 220, "#8d99ae")
    c.box(66, 195, 70, 24, "#d62828")
    c.box(66, 219, 70, 24, "#f8f9fa")
    audience(c, 600, 150)


def audience(c: Canvas, foot: float, tall: float) -> None:
    """A row of people seen from behind."""
    start = c.chance.randint(40, 90)
    for x in range(start, 950, c.chance.randint(95, 130)):
        c.person(x, foot + 40, tall, back=True)


def meeting(c: Canvas, title: str) -> None:
    """A long table with people on three sides and a screen."""
    c.floor(380)
    c.box(280, 60, 400, 200, "#495057", 6)
    c.box(290, 70, 380, 180, "#f8f9fa")
    c.words(480, 120, title, 22, "#1d3557", 350)
    for n in range(4):
        c.box(320, 155 + n * 20, c.chance.randint(120, 310), 9, c.chance.choice(SHIRTS))
    for n in range(c.chance.randint(5, 7)):
        c.person(170 + n * 105, 470, c.chance.randint(205, 225))
    c.shape((140, 400), (820, 400), (930, 520), (30, 520), color=c.chance.choice(("#6f4518", "#8b5e34", "#582f0e")))
    for n in range(7):
        c.box(170 + n * 95, c.chance.randint(425, 480), 46, 30, "#f8f9fa", 2)
        c.disc(235 + n * 92, 440, 8, 8, "#90e0ef")
    audience(c, 620, 170)


def classroom(c: Canvas, title: str) -> None:
    """A presenter beside a screen, and rows of people from behind."""
    c.floor(400)
    c.box(250, 50, 480, 270, "#264653", 4)
    c.words(490, 110, title, 26, width=440)
    for n in range(3):
        c.disc(300, 175 + n * 45, 9, 9, "#ffd166")
        c.box(325, 168 + n * 45, c.chance.randint(160, 360), 14, "#e9ecef", 4)
    c.person(c.chance.choice((150, 815)), 420, 230)
    audience(c, 470, 140)
    audience(c, 540, 165)
    audience(c, 610, 190)


def counter(c: Canvas, title: str) -> None:
    """A service counter with staff, numbers and visitors."""
    c.floor(470)
    c.box(80, 50, 800, 70, "#0f766e", 6)
    c.words(480, 85, title, 28, width=760)
    for n in range(3):
        x = 190 + n * 270
        c.box(x - 40, 140, 80, 40, "#1b1b1b", 4)
        c.words(x, 160, f"{c.chance.choice('ABC')}{c.chance.randint(10, 98):03d}", 20, "#ff6b6b")
        c.person(x, 440, 210, shirt="#0f766e")
    c.box(60, 350, 840, 120, "#ddb892", 8)
    c.box(60, 350, 840, 16, "#7f5539", 6)
    for _ in range(c.chance.randint(3, 5)):
        c.person(c.chance.randint(90, 870), c.chance.randint(575, 620), c.chance.randint(215, 245), back=True)


def building(c: Canvas, title: str) -> None:
    """The office from the street."""
    c.box(0, 0, 960, 420, c.chance.choice(("#8ecae6", "#a2d2ff", "#bde0fe", "#ffd6a5")))
    c.disc(c.chance.randint(100, 860), 90, 38, 38, "#fff3b0")
    c.shape((120, 200), (480, 90), (840, 200), color="#9d4edd" if c.chance.random() < 0.2 else "#a4453a")
    c.box(160, 200, 640, 240, "#fefae0")
    for row in range(2):
        for n in range(7):
            c.box(185 + n * 87, 225 + row * 95, 60, 65, "#457b9d", 3)
    c.box(430, 340, 100, 100, "#6f4518", 4)
    c.box(0, 440, 960, 200, "#74a57f")
    c.shape((380, 440), (580, 440), (760, 640), (200, 640), color="#adb5bd")
    c.box(250, 150, 460, 40, "#fefae0", 6)
    c.words(480, 170, title, 20, "#1d3557", 440)
    for n in range(c.chance.randint(4, 9)):
        c.person(130 + n * 85, c.chance.randint(540, 580), 170)


def room(c: Canvas, title: str) -> None:
    """A small friendly room: sofa, cot, shelf and toys."""
    c.floor(440)
    c.box(90, 90, 220, 170, "#90e0ef", 4)
    c.box(196, 90, 8, 170, "#f8f9fa")
    c.box(380, 250, 330, 190, c.chance.choice(("#e76f51", "#2a9d8f", "#b5838d")), 30)
    c.box(400, 340, 290, 110, "#f4a261", 22)
    c.box(770, 180, 130, 270, "#ddb892", 6)
    for n in range(9):
        c.box(785 + (n % 3) * 38, 195 + (n // 3) * 80, 28, 60, c.chance.choice(SHIRTS))
    c.box(80, 350, 230, 110, "#faedcd", 14)
    for n in range(7):
        c.box(95 + n * 31, 350, 7, 110, "#d4a373")
    if "anak" in title.lower():
        for _ in range(12):
            color = c.chance.choice(("#ef476f", "#ffd166", "#06d6a0", "#118ab2"))
            c.disc(c.chance.randint(60, 900), c.chance.randint(480, 565), 20, 20, color)
    else:
        c.person(c.chance.randint(330, 730), 580, 260, back=True)
    c.words(545, 130, title, 26, "#6d597a", 380)


def store(c: Canvas, title: str) -> None:
    """A store room full of boxes."""
    c.floor(500)
    c.words(480, 60, title, 30, "#343a40")
    for row in range(3):
        c.box(60, 210 + row * 130, 840, 12, "#6c584c")
        for n in range(8):
            tall, color = c.chance.randint(60, 105), c.chance.choice(("#b08968", "#ddb892", "#a3a380"))
            c.box(75 + n * 103, 210 + row * 130 - tall, 85, tall, color, 3)


def board(c: Canvas, title: str) -> None:
    """A standing notice in the lobby, read by visitors."""
    c.floor(470)
    c.box(300, 60, 360, 440, "#f8f9fa", 8)
    c.box(300, 60, 360, 80, c.chance.choice(("#9a031e", "#0f766e", "#1d3557")), 8)
    c.words(480, 100, title, 22, width=330)
    for n in range(11):
        c.box(330, 165 + n * 28, c.chance.randint(180, 300), 11, "#adb5bd", 3)
    c.box(120, 330, 100, 150, "#6c584c", 8)
    c.disc(170, 280, 80, 75, "#588157")
    for _ in range(c.chance.randint(1, 3)):
        c.person(c.chance.choice((235, 720, 800)) + c.chance.randint(-20, 20), 590, 270, back=True)


def award(c: Canvas, title: str) -> None:
    """A certificate passed from one hand to another."""
    c.floor(450)
    c.box(150, 50, 660, 110, "#1d3557", 6)
    c.words(480, 105, title, 28, "#ffd166", 620)
    c.person(360, 560, 350, shirt="#f1faee")
    c.person(600, 560, 345)
    c.box(415, 330, 130, 92, "#ffd166", 4)
    c.box(422, 337, 116, 78, "#fffdf5", 2)
    c.box(445, 355, 70, 8, "#1d3557")
    c.disc(480, 390, 12, 12, "#d62828")
    for n in range(c.chance.randint(2, 4)):
        c.person(110 + n * 250, 540, 270)


def guard(c: Canvas, title: str) -> None:
    """The guards at their post by the gate."""
    c.box(0, 0, 960, 430, "#a2d2ff")
    c.box(0, 430, 960, 210, "#8d99ae")
    c.box(600, 170, 260, 300, "#fefae0")
    c.box(575, 140, 310, 40, "#9a031e", 6)
    c.box(640, 230, 170, 90, "#457b9d", 4)
    c.words(730, 160, title, 18, width=290)
    c.box(40, 380, 540, 16, "#f8f9fa")
    for n in range(0, 540, 60):
        c.box(40 + n, 380, 30, 16, "#d62828")
    for n in range(c.chance.randint(3, 5)):
        c.person(130 + n * 115, 560, 270, shirt="#343a40")


Scene = Callable[[Canvas, str], None]
SCENES: tuple[tuple[tuple[str, ...], Scene], ...] = (
    (("upacara", "pencanangan", "penandatanganan", "pakta", "apel"), ceremony),
    (("satpam", "keamanan"), guard),
    (("penghargaan", "penyerahan", "teladan", "terbaik"), award),
    (("papan", "maklumat", "banner", "poster", "spanduk", "kotak", "infografis"), board),
    (("laktasi", "pojok", "asrama", "klinik"), room),
    (("pelatihan", "sosialisasi", "internalisasi", "bimtek", "edukasi", "kelas", "materi", "peran"), classroom),
    (("rapat", "reviu", "dialog", "monev", "forum", "diskusi", "penyusunan", "pembahasan"), meeting),
    (("loket", "layanan", "konter", "kompensasi", "petugas"), counter),
    (("kunjungan", "gedung", "halaman", "tim di depan"), building),
)


def scene_of(document: Document) -> Scene:
    """The scene that the document's own title asks for, else its record's, else any."""
    for text in (document.title.lower(), document.record.lower()):
        for words, scene in SCENES:
            if any(word in text for word in words):
                return scene
    return document.chance().choice((meeting, classroom, building))


def photo(document: Document) -> Image.Image:
    """The scene with a caption band and the grain of a camera."""
    canvas = Canvas(document.chance())
    scene_of(document)(canvas, document.title)
    return finish(canvas, f"{document.title} | {long_date(document.day)}")


def before_after(document: Document) -> Image.Image:
    """Two pictures side by side: how it was and how it is."""
    left, right = Canvas(Random(document.key + "0")), Canvas(Random(document.key + "1"))
    scene = scene_of(document)
    (store if scene is room else counter)(left, "Sebelum")
    scene(right, "Sesudah")
    both = Canvas(document.chance())
    half = (SIZE[0] * SCALE // 2 - 6, SIZE[1] * SCALE)
    both.image.paste(left.image.convert("L").resize(half).convert("RGB"), (0, 0))
    both.image.paste(right.image.resize(half), (half[0] + 12, 0))
    return finish(both, f"{document.title} | {long_date(document.day)}")


def finish(canvas: Canvas, caption: str, *, grainy: bool = True) -> Image.Image:
    """The canvas at its final size, with a caption band and, for a photo, the grain of a camera."""
    canvas.box(0, 596, 960, 44, "#14213d")
    canvas.words(480, 618, caption, 19, width=930)
    image = canvas.image.resize(SIZE, Image.Resampling.LANCZOS)
    if not grainy:
        return image
    tile = (SIZE[0] // 3, SIZE[1] // 3)
    grain = Image.frombytes("L", tile, canvas.chance.randbytes(tile[0] * tile[1])).resize(SIZE)
    return Image.blend(image, grain.convert("RGB"), 0.05)


def jpeg(image: Image.Image, *, telephone: bool) -> bytes:
    """The picture as JPEG; one from a telephone lies on its side and knows where it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    if telephone:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[ExifTags.Base.Orientation] = 6
        exif[ExifTags.Base.Make] = "Contoh"
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {1: "S", 2: (3.0, 2.0, 11.0), 3: "E", 4: (104.0, 51.0, 7.0), 29: "2022:09:05"}
        )
    image.save(out, "JPEG", quality=70, optimize=True, exif=exif)
    return out.getvalue()
