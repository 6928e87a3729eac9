"""`python -m tests.benchmarks.previews`: what the previews of many PDFs and photographs cost, beside the bare libraries.

A portfolio of PDFs of one page, and one of photographs of eight megapixels, are built without previews, with them, and
once more after a record was edited, when none has to be made. The bare calls make the same pictures of the same files
in a loop in one process: pypdfium2 draws the first page and Pillow writes it as WebP; Pillow opens a photograph no
larger than it has to be and writes a thumbnail. That is divided by the number of processors. The second bare row also
makes what Catat keeps beside that: a page's text, a photograph's large picture.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageFilter

from tests.benchmarks import documents
from tests.benchmarks.documents import Ending
from tests.benchmarks.measure import Cost, run_once
from tests.benchmarks.portfolios import Document, Portfolio, source, write_portfolio
from tests.benchmarks.scenarios import Place, record_file

PHOTO = (3264, 2448)
PHOTOS = 8
"""Different photographs; each file has a note of its own, so that none is there twice."""
PER_RECORD = 4
SMALL, LARGE = 400, 1600
NAMES: dict[Ending, str] = {"pdf": "PDFs", "jpg": "photographs"}
Bare = Callable[[Path], None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.previews",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--documents", type=int, default=1000, help="how many of each kind (default 1000)")
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each, no warm-up (default 3)")
    parser.add_argument("--folder", type=Path, help="where to work (default: the system's temporary folder)")
    options = parser.parse_args(arguments)
    _say("| documents | what | wall s | processor s | memory MiB | : bare / processors |")
    _say("| --: | --- | --: | --: | --: | --: |")
    kinds: tuple[Ending, ...] = ("pdf", "jpg")
    with TemporaryDirectory(dir=options.folder, ignore_cleanup_errors=True, prefix="catat-") as name:
        for ending in kinds:
            for row in rows(Path(name) / ending, ending, count=options.documents, runs=options.runs):
                _say(row)


def rows(work: Path, ending: Ending, *, count: int, runs: int) -> Iterator[str]:
    """The lines of the table for one kind of documents."""
    pictures = tuple(_photograph(number) for number in range(PHOTOS)) if ending == "jpg" else ()

    def write(path: Path, document: Document) -> None:
        noted = pictures and _noted(pictures[document.number % PHOTOS], document.number)
        path.write_bytes(noted or document.content())

    def portfolio(folder: str, *, previews: bool) -> Portfolio:
        return write_portfolio(
            work / folder, records=-(-count // PER_RECORD), documents_per_record=PER_RECORD,
            previews=previews, endings=(ending,), write=write,
        )  # fmt: skip

    portfolio("without", previews=False)
    made = portfolio("with", previews=True)
    files = sorted((work / "with").rglob(f"*.{ending}"))
    edited = record_file(work / "with", made.records[0])
    costs: list[tuple[Cost, Cost, Cost, float, float]] = []
    for number in range(runs):
        os.sync()
        without = run_once(_place(work, "without", number).build())
        kept = _place(work, "with", number)
        first = run_once(kept.build())
        edited.write_text(f"{source(made.records[0])}\nDiperbarui {number + 1} kali.\n", "utf-8")
        again = run_once(kept.build())
        shown_calls, kept_calls = BARE[ending]
        costs.append((without, first, again, _bare(files, shown_calls), _bare(files, kept_calls)))
    withouts, firsts, agains, shown, all_kept = zip(*costs, strict=True)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    least = median(shown) / cores
    name = NAMES[ending]
    yield _row(len(files), f"{name}: bare calls, one processor", median(shown), None, None, cores)
    rest = median(all_kept)
    yield _row(len(files), f"{name}: bare calls for all that is kept", rest, None, None, rest / least)
    for what, several in (("without previews", withouts), ("with previews", firsts), ("next, record edited", agains)):
        processor, memory = (
            median(getattr(each, field) or 0.0 for each in several) for field in ("processor", "memory")
        )
        yield _row(len(files), f"{name}: build {what}", median(each.wall for each in several), processor, memory, None)
    more = median(first.wall - without.wall for first, without in zip(firsts, withouts, strict=True))
    work_more = median(
        (first.processor or 0.0) - (without.processor or 0.0) for first, without in zip(firsts, withouts, strict=True)
    )
    yield _row(len(files), f"{name}: the previews (the difference)", more, work_more, None, more / least)
    yield _row(len(files), f"{name}: the same beside all that is kept", more, work_more, None, more / (rest / cores))


def _place(work: Path, folder: str, number: int) -> Place:
    """A portfolio with an output and a cache that never were."""
    return Place(work / folder, work / f"{folder}-site-{number}", work / f"{folder}-cache-{number}")


def _bare(files: Sequence[Path], calls: Bare) -> float:
    start = time.perf_counter()
    for path in files:
        calls(path)
    return time.perf_counter() - start


def _page(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        page.render(scale=SMALL / page.get_width()).to_pil().convert("RGB").save(io.BytesIO(), "WEBP")


def _page_and_text(path: Path) -> None:
    _page(path)
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


def _thumbnail(path: Path) -> None:
    with Image.open(path) as picture:
        picture.thumbnail((SMALL, SMALL))
        picture.save(io.BytesIO(), "WEBP")


def _two_sizes(path: Path) -> None:
    with Image.open(path) as picture:
        picture.thumbnail((LARGE, LARGE))
        picture.save(io.BytesIO(), "WEBP", quality=75)
        picture.thumbnail((SMALL, SMALL))
        picture.save(io.BytesIO(), "WEBP", quality=75)


BARE: dict[Ending, tuple[Bare, Bare]] = {"pdf": (_page, _page_and_text), "jpg": (_thumbnail, _two_sizes)}


def _photograph(number: int) -> bytes:
    """A JPEG with large and small shapes and some grain, as a camera gives it."""
    width, height = PHOTO
    noise = Image.frombytes("RGB", (width // 8, height // 8), documents.noise(number, width * height * 3 // 64))
    picture = noise.filter(ImageFilter.GaussianBlur(2)).resize(PHOTO, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(PHOTO, 12).convert("RGB")
    target = io.BytesIO()
    Image.blend(picture, grain, 0.2).save(target, "JPEG", quality=88)
    return target.getvalue()


def _noted(picture: bytes, number: int) -> bytes:
    """The JPEG with a comment after its first mark."""
    note = f"foto {number}".encode()
    return picture[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + picture[2:]


def _row(count: int, what: str, wall: float, processor: float | None, memory: float | None, ratio: float | None) -> str:
    figures = (f"{wall:.2f}", *("-" if each is None else f"{each:.2f}" for each in (processor,)))
    held = "-" if memory is None else f"{memory:.0f}"
    beside = "-" if ratio is None else f"{ratio:.2f}"
    return f"| {count:,} | {what} | {' | '.join(figures)} | {held} | {beside} |"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
