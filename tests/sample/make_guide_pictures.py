"""Makes the pictures of the guide for editors: `python -m tests.sample.make_guide_pictures`.

The guide is followed step by step, and what is then on the terminal and in the browser is photographed: the real
program, its real preview, in a real Chromium. Only the numbers that the guide speaks of are put on top.
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from generator.build import build
from tests.conftest import SAMPLE, SAMPLE_DAY, silent
from tests.support import guide
from tests.support.chromium import launched

PICTURES = guide.folder("id") / "gambar"
WIDTH = 960
COLOURS = 128
RECORD = "records/1-manajemen-perubahan/2023-01-18-rapat-tim-zi/index.md"
_DOCUMENTS = {
    "Undangan rapat.pdf": "2022-09-12-pembentukan-tim-zi/undangan-rapat-tim.pdf",
    "Daftar hadir.pdf": "2022-09-12-pembentukan-tim-zi/daftar-hadir-rapat-tim.pdf",
    "Notulen rapat.pdf": "2022-10-18-penetapan-agen-perubahan/notulen-pemilihan-agen.pdf",
}
_SGR = re.compile(r"\x1b\[([0-9;]*)m")
_INK = {
    "31": "#ff8a80", "91": "#ff8a80", "32": "#8fd694", "92": "#8fd694", "33": "#ffd479", "93": "#ffd479",
    "34": "#8ab4ff", "94": "#8ab4ff", "36": "#7fdbea", "96": "#7fdbea", "35": "#e0a3ff", "2": "#9aa4b2",
}  # fmt: skip
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #14181f; color: #e8ecf1; font: 15px/1.5 "DejaVu Sans Mono", monospace; }}
div {{ display: flex; }} pre {{ margin: 0; font: inherit; white-space: pre-wrap; min-height: 1.5em; }}
main {{ padding: 16px 20px; }} aside {{ flex: 0 0 {gutter}px; }}
</style><main>{lines}</main>"""
_BADGE = (
    "display:inline-block;min-width:22px;height:22px;border-radius:11px;background:#b3261e;color:#fff;"
    "font:bold 14px/22px 'DejaVu Sans',sans-serif;text-align:center;margin-right:4px;"
)
_MAKE_MARGIN = """() => {
  document.querySelector("main").style.paddingLeft = "40px";
  const problems = document.getElementById("catat-problems");
  if (problems) { problems.style.paddingLeft = "44px"; }
}"""
_PUT_BADGE = """([x, y, number, style]) => {
  const badge = document.createElement("b");
  badge.textContent = number;
  badge.style.cssText = style + `position:absolute;z-index:10000;left:${x}px;top:${y}px;box-shadow:0 0 0 2px #fff;`;
  document.body.append(badge);
}"""


def sample_document(path: Path) -> bytes:
    """Return a document of the sample where the guide's has one like it, made on the guide's day."""
    other = _DOCUMENTS.get(path.name)
    if other is None:
        return guide.plain_document(path)
    content = (SAMPLE / "records" / "1-manajemen-perubahan" / other).read_bytes()
    return re.sub(rb"(/CreationDate \(D:)\d{8}", rb"\g<1>20230118", content)


def save(name: str, png: bytes) -> None:
    """Write a picture in few colours, which text needs no more than."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.save(PICTURES / name, optimize=True)
    print(f"{name}: {(PICTURES / name).stat().st_size // 1024} kB")


def opened(browser: Browser, height: int) -> Page:
    """Return a window as the guide shows it, to be closed by the caller."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": height}, device_scale_factor=1.25, bypass_csp=True, locale="id-ID"
    )
    return context.new_page()


def mark(page: Page, marks: Sequence[tuple[str, int]]) -> None:
    """Put a number beside each place, in a margin made for it."""
    page.evaluate(_MAKE_MARGIN)
    for place, number in marks:
        box = page.locator(place).first.bounding_box()
        assert box is not None, place
        page.evaluate(_PUT_BADGE, [max(4, box["x"] - 30), box["y"] + min(4, box["height"] / 4), number, _BADGE])


def photograph(page: Page, name: str, marks: Sequence[tuple[str, int]], *, height: int, top: str = "") -> None:
    """Save what is in the window, from the place `top` on, and close it."""
    mark(page, marks)
    start = page.locator(top).first.bounding_box() if top else None
    y = max(0.0, start["y"] - 16) if start else 0.0
    save(name, page.screenshot(full_page=True, clip={"x": 0, "y": y, "width": WIDTH, "height": height}))
    page.context.close()


def photograph_terminal(browser: Browser, name: str, command: str, text: str, marks: dict[int, str]) -> None:
    """Save what a terminal shows; `marks`: the numbers beside a line."""
    shown = [f"PS> {command}", *text.rstrip("\n").split("\n")] if command else text.rstrip("\n").split("\n")
    rows = "".join(
        "<div><aside>{}</aside><pre>{}</pre></div>".format(
            "".join(f'<b style="{_BADGE}">{number}</b>' for number in marks.get(at, "").split()), _coloured(line)
        )
        for at, line in enumerate(shown)
    )
    page = opened(browser, 400)
    page.set_content(_TERMINAL.format(lines=rows, gutter=62 if marks else 0))
    save(name, page.locator("main").screenshot())
    page.context.close()


def _coloured(line: str) -> str:
    """Return a line of the terminal as HTML in its colours."""
    made, ink, bold = [], "", False
    for at, part in enumerate(_SGR.split(line.rpartition("\r")[2])):
        if at % 2:
            for code in part.split(";"):
                ink = "" if code in {"", "0"} else _INK.get(code, ink)
                bold = code == "1" or (bold and code not in {"", "0"})
        elif part:
            style = f"color:{ink or 'inherit'};font-weight:{700 if bold else 400}"
            made.append(f'<span style="{style}">{html.escape(part)}</span>')
    return "".join(made)


def photograph_preview(browser: Browser, home: Path, address: str) -> None:
    """Save the new record's page in the preview, and the page with a mistake over it."""
    state = {"number": 0, "complete": False}
    while not (state["number"] and state["complete"]):
        with urllib.request.urlopen(f"{address}__catat/state?after={state['number'] or -1}&page=/") as answer:
            state = json.load(answer)
    page = opened(browser, 900)
    page.goto(f"{address}records/2023-01-18-rapat-tim-zi.html")
    page.wait_for_selector("li.card img")
    places = [(".path", 1), ("dl.facts > div:nth-of-type(1)", 2), ("dl.facts > div:nth-of-type(2)", 3)]
    photograph(page, "kegiatan.png", [*places, ("div.text", 4), ("#evidence", 5)], height=760)

    record = home / RECORD
    good = record.read_text("utf-8")
    page = opened(browser, 640)
    page.goto(f"{address}records/2023-01-18-rapat-tim-zi.html")
    record.write_text(good.replace("judul: Rapat tim ZI", "judul: Rapat tim ZI: pembagian tugas"), "utf-8")
    page.wait_for_selector("#catat-problems li")
    mark(page, [("h1", 1), ("#catat-problems li strong", 2), ("#catat-problems li a", 3)])
    save("pratinjau-salah.png", page.screenshot())
    page.context.close()
    record.write_text(good, "utf-8")


def photograph_sample(browser: Browser, site: Path) -> None:
    """Save the pages of the sample that the guide explains."""
    pages = (
        ("index.html", "halaman-depan.png", 900, "", [
            (".verdict", 1), ("ol.ladder", 2), ("section.index", 3), ("table.areas thead th:nth-of-type(2)", 4),
            ("table.areas thead th:nth-of-type(3)", 5),
        ]),
        ("items/A.I.3.ii.b.html", "butir.png", 1290, "", [
            ("dl.figures > div:nth-of-type(1)", 1), ("dl.figures > div:nth-of-type(2)", 2), ("#criteria", 3),
            ("ul.checklist > li:nth-of-type(1)", 4),
        ]),
    )  # fmt: skip
    for path, name, height, top, marks in pages:
        page = opened(browser, 1600)
        page.goto(f"file://{site}/{path}")
        photograph(page, name, marks, top=top, height=height)
    page = opened(browser, 2400)
    page.goto(f"file://{site}/records/2022-10-13-analisis-kebutuhan-pelatihan.html")
    marks = [("ul.cards > li:nth-of-type(4)", 1), ("ul.cards > li.card:not(.met)", 2)]
    photograph(page, "bukti-tidak-dihitung.png", marks, top="ul.cards > li:nth-of-type(4)", height=505)


def main() -> int:
    """Follow the guide and make its pictures."""
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        seen: list[str] = []

        def watch(address: str) -> None:
            if not seen:
                photograph_preview(browser, walk.home, address)
            seen.append(address)

        walk = guide.Walk(Path(folder), watch, sample_document, quick=False)
        commands = [each for page in guide.PAGES["id"] for each in walk.follow(page)]
        begun = next(each for each in commands if each.command.line == "catat new")
        text = begun.coloured.replace(str(walk.documents), guide.DOCUMENTS)
        photograph_terminal(browser, "terminal-catat-new.png", "", text[text.index("Ceritakan hasilnya") :], {})
        wrong = next(each for each in commands if "1 galat" in each.coloured)
        photograph_terminal(
            browser, "pesan.png", wrong.command.line, wrong.coloured, {1: "1 2", 2: "3", 4: "4", 6: "5"}
        )
        build.build(SAMPLE, Path(folder) / "site", on=SAMPLE_DAY, progress=silent)
        photograph_sample(browser, Path(folder) / "site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
