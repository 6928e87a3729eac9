r"""Case files: a title, a small portfolio in blocks `-- path --`, and the report that is expected of it.

A block's text follows its head until the next head. `-- path (kind argument) --` makes a special file of it; the kinds
are the functions of `KINDS` below. `\u00a0` in a path or in an `escaped` text is that character, `‹ab×3›` is `ababab`.
A case without `portfolio.yaml` has the shared one, which names `instruments/kami.yaml` where the case has that file;
`-- instruments/kami.yaml (edited) --` is the sound `instrument.yaml` beside the cases with its `- ` lines replaced by
the `+ ` lines after them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CASES = Path(__file__).parents[1] / "rules"
LANGUAGES = ("id", "en")
NOTHING = "(nothing)"
SETTINGS = "title: Portofolio Zona Integritas\nunit: Balai Diklat Keagamaan\n"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a case: where its file goes, of which kind it is, and the text below its head."""

    path: str
    kind: str
    argument: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its file tells it; `given` is everything above the expected reports, to the letter."""

    title: str
    given: str
    blocks: tuple[Block, ...]
    expected: Mapping[str, str]


_HEAD = re.compile(r"^-- (?P<path>.+?)(?: \((?P<kind>[a-z0-9-]+)(?: (?P<argument>[^()]*))?\))? --$", re.MULTILINE)


def parse(text: str) -> Case:
    """Read a case file."""
    heads = list(_HEAD.finditer(text))
    blocks, expected = [], {}
    given_ends = len(text)
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() + 1 : following.start() if following else len(text)]
        if head["path"].startswith("expected "):
            given_ends = min(given_ends, head.start())
            expected[head["path"].removeprefix("expected ")] = body.strip("\n")
        else:
            content = body.rstrip("\n") + "\n" if body.strip("\n") else ""
            blocks.append(Block(_unescaped(head["path"]), head["kind"] or "text", head["argument"] or "", content))
    title = text[: heads[0].start()].strip() if heads else text.strip()
    return Case(title, text[:given_ends], tuple(blocks), expected)


def with_expected(case: Case, reports: Mapping[str, str]) -> str:
    """Return the case's file with these reports as the expected ones."""
    parts = [case.given.rstrip("\n")]
    parts += [f"-- expected {language} --\n{reports[language]}" for language in LANGUAGES]
    return "\n".join(parts) + "\n"


def build(case: Case, folder: Path) -> Path:
    """Write the case's portfolio below `folder`, and return its own folder; `../` in a block's path leads beside it."""
    root = folder / "portfolio"
    root.mkdir()
    paths = {block.path for block in case.blocks}
    if "portfolio.yaml" not in paths:
        own = "instrument: instruments/kami.yaml\n" if "instruments/kami.yaml" in paths else ""
        (root / "portfolio.yaml").write_text(SETTINGS + own, encoding="utf-8")
    made: dict[str, bytes] = {}
    for block in case.blocks:
        path = root / block.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if block.kind == "absent":
            continue
        if block.kind == "symlink":
            path.symlink_to(block.argument)
        elif block.kind == "folder":
            path.mkdir(exist_ok=True)
        elif block.kind == "copy":
            path.write_bytes(made[block.argument])
        else:
            made[block.path] = KINDS[block.kind](block)
            path.write_bytes(made[block.path])
    return root


def _unescaped(text: str) -> str:
    text = re.sub(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\t", lambda m: chr(int(m[1] or m[2] or "9", 16)), text)
    return re.sub(r"‹(.+?)×(\d+)›", lambda m: m[1] * int(m[2]), text)


# Kinds of files. Their bytes hold the path they were made for, so that no two are the same unless copied.


def pdf(name: str) -> bytes:
    """Return a PDF of one page with a black square on it."""
    return pdf_showing("20 20 100 100 re f", name)


def pdf_showing(content: str, name: str) -> bytes:
    """Return a PDF of one page that these drawing commands fill."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )
    made = b"%PDF-1.4\n% " + name.encode("utf-8", "surrogateescape") + b"\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(made))
        made += f"{number} 0 obj\n{each}\nendobj\n".encode()
    start = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return made + f"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


@cache
def encrypted_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("encrypted"))) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="pemilik", user="rahasia"))
    return made.getvalue()


def picture(kind: str, name: str) -> bytes:
    """Return a small picture ("PNG", "JPEG") whose pixels come from its name."""
    from PIL import Image

    made = io.BytesIO()
    seed = sum(name.encode("utf-8", "surrogateescape"))
    pixels = bytes((x * 7 + y * 13 + seed) % 256 for y in range(64) for x in range(64))
    Image.frombytes("L", (64, 64), pixels).save(made, format=kind)
    return made.getvalue()


def located(name: str) -> bytes:
    """Return a photograph that says that it was taken in Palembang."""
    from PIL import Image

    notes = Image.Exif()
    notes[0x8825] = {1: "S", 2: (2.0, 58.0, 34.2), 3: "E", 4: (104.0, 46.0, 31.4)}
    made = io.BytesIO()
    Image.open(io.BytesIO(picture("JPEG", name))).save(made, format="JPEG", exif=notes)
    return made.getvalue()


def office(folder: str, main: str, name: str) -> bytes:
    """Return an Office document with the parts that make it one; `main` is the root of its main part."""
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = f'<Relationships><Relationship Id="r1" Type="{relationships}/%s" Target="%s"/></Relationships>'
    sheet = f'<sheets><sheet xmlns:r="{relationships}" name="a" r:id="r1"/></sheets>' if main == "workbook" else name
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", listed % ("officeDocument", f"{folder}/{main}.xml"))
        archive.writestr(f"{folder}/{main}.xml", f"<{main}>{sheet}</{main}>")
        if main == "workbook":
            archive.writestr(f"{folder}/_rels/{main}.xml.rels", listed % ("worksheet", "sheet.xml"))
            archive.writestr(f"{folder}/sheet.xml", f"<worksheet><c><v>{name}</v></c></worksheet>")
    return made.getvalue()


KINDS: Mapping[str, Callable[[Block], bytes]] = {
    "text": lambda block: block.text.encode(),
    "escaped": lambda block: _unescaped(block.text).encode(),
    "crlf": lambda block: block.text.replace("\n", "\r\n").encode(),
    "bom": lambda block: block.text.encode("utf-8-sig"),
    "utf-16": lambda block: block.text.encode("utf-16"),
    "latin-1": lambda block: block.text.encode("latin-1"),
    "edited": lambda block: _edited(block.text),
    "empty": lambda block: b"",
    "hex": lambda block: bytes.fromhex(block.text),
    "pdf": lambda block: pdf(block.path),
    "blank-pdf": lambda block: pdf_showing("", block.path),
    "truncated-pdf": lambda block: pdf(block.path)[:60],
    "encrypted-pdf": lambda block: encrypted_pdf(),
    "png": lambda block: picture("PNG", block.path),
    "jpeg": lambda block: picture("JPEG", block.path),
    "truncated-jpeg": lambda block: picture("JPEG", block.path)[:400],
    "located-jpeg": lambda block: located(block.path),
    "docx": lambda block: office("word", "document", block.path),
    "xlsx": lambda block: office("xl", "workbook", block.path),
    "truncated-docx": lambda block: office("word", "document", block.path)[:100],
    "svg": lambda block: f'<svg xmlns="http://www.w3.org/2000/svg"><title>{block.path}</title></svg>'.encode(),
}


def _edited(changes: str) -> bytes:
    text = (CASES / "instrument.yaml").read_text(encoding="utf-8")
    for old, new in re.findall(r"((?:^- .*\n)+)((?:^\+ .*\n)*)", changes, re.MULTILINE):
        old, new = (re.sub(r"^. ", "", lines, flags=re.MULTILINE) for lines in (old, new))
        if text.count(old) != 1:
            raise ValueError(f"instrument.yaml holds {text.count(old)} times:\n{old}")
        text = text.replace(old, new)
    return text.encode()
