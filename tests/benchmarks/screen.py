"""From saving a file to the new words standing in the page of a real Chromium, in milliseconds on the clock.

A page of a running `catat serve` is open, as it is beside an editor. What is saved shows words that were never there.
A script that the browser runs in every document looks for them whenever the document changes, and notes the moment of
the first frame that has them; the page itself knows nothing of it. Both clocks are compared before each save.
"""

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from tests.benchmarks import documents, worksheet
from tests.benchmarks.measure import CannotMeasureError, Cost, Result, Trial, in_turns
from tests.benchmarks.portfolios import TITLE, Portfolio, source
from tests.benchmarks.scenarios import NEW_DOCUMENTS, TEMPLATE, own_template, record_file, use_theme
from tests.benchmarks.serving import Server, served
from tests.support.search_site import CHROMIUM, FLAGS

PAUSE = 2.5
"""Seconds between two saves; nobody saves more often, and what follows a save is done by then."""
PATIENCE, POLLING = 60.0, 0.02
"""Seconds: how long is waited, how often is asked whether the words were seen (not when)."""
INSTRUMENT = "instruments/lke.yaml"

_LOOK = """(() => {
  const look = () => {
    const wanted = sessionStorage.getItem("wanted");
    if (!wanted || sessionStorage.getItem("seen") || !document.body) return;
    if (!document.body.textContent.includes(wanted)) return;
    requestAnimationFrame(() => sessionStorage.setItem("seen", performance.timeOrigin + performance.now()));
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
  document.addEventListener("DOMContentLoaded", look);
})()"""


@dataclass(frozen=True, slots=True)
class Save:
    """A file that is saved, the page that shows it, and the bytes and the words of a save by its number."""

    name: str
    file: Path
    page: str
    changed: Callable[[int], tuple[bytes, str]]


def results(work: Path, root: Path, portfolio: Portfolio, *, runs: int, say: Callable[[str], None]) -> Iterator[Result]:
    """What saves of each kind take, each kind once and then all once more; afterwards every file is what it was.

    Templates and instruments are those of a copy of the portfolio that has its own.
    """
    own = work / "own"
    groups = {
        root: _plain(root, portfolio),
        own: _of_own(own, portfolio),
    }
    size = len(portfolio.records)
    for home, saves in groups.items():
        if home == own:
            shutil.copytree(root, own)
            _begin_own(own)
        before = {save.file: save.file.read_bytes() for save in saves}
        try:
            with served(home, work / "screen-cache") as server, _page() as page:
                server.wait()
                trials = [Trial(f"save to screen: {save.name}", size, _run(server, page, save)) for save in saves]
                yield from in_turns(trials, runs=runs, say=say)
        except CannotMeasureError as reason:
            yield from (Result(f"save to screen: {save.name}", size, (), str(reason)) for save in saves)
        finally:
            for file, content in before.items():
                file.write_bytes(content)


@contextmanager
def _page() -> Iterator[Page]:
    """An empty page of a browser. Raises CannotMeasureError."""
    if CHROMIUM is None:
        raise CannotMeasureError("There is no Chromium here; CATAT_CHROMIUM names one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.add_init_script(_LOOK)
        yield page
        browser.close()


def _run(server: Server, page: Page, save: Save) -> Callable[[int], Cost]:
    def run(number: int) -> Cost:
        content, words = save.changed(number)
        page.goto(f"{server.address}/{save.page}", wait_until="load")
        page.evaluate(
            "wanted => { sessionStorage.removeItem('seen'); sessionStorage.setItem('wanted', wanted); }", words
        )
        time.sleep(PAUSE)
        ahead = _ahead(page)
        start = time.time()
        save.file.write_bytes(content)
        seen = _seen(page, until=start + PATIENCE)
        return Cost(seen - ahead - start)

    return run


def _seen(page: Page, *, until: float) -> float:
    """When the page noted that it shows the words, by its clock. Raises CannotMeasureError where it does not."""
    while time.time() < until:
        # Asked from here, for the page's policy lets nobody wait in it; while it is loaded again there is no answer.
        with suppress(Error):
            if noted := page.evaluate("sessionStorage.getItem('seen')"):
                return float(noted) / 1000
        time.sleep(POLLING)
    raise CannotMeasureError(f"{page.url} did not show within {PATIENCE:.0f} s what was saved.")


def _ahead(page: Page) -> float:
    """Seconds that the browser's clock is ahead of ours, to half of what asking it takes."""
    before = time.time()
    theirs = float(page.evaluate("performance.timeOrigin + performance.now()")) / 1000
    return theirs - (before + time.time()) / 2


def _plain(root: Path, portfolio: Portfolio) -> tuple[Save, ...]:
    """Saves of what every portfolio has."""
    size, item = len(portfolio.records), portfolio.worksheet.items[0]
    edited, replaced = portfolio.records[size // 2], portfolio.records[size // 3]
    document = replaced.evidence[0]
    area = next(area for area in portfolio.worksheet.areas if area.number == item.area)
    answers = root / "assessment" / f"{area.folder}.md"
    settings = root / "portfolio.yaml"
    written, titled = answers.read_text("utf-8"), settings.read_text("utf-8")
    answer = f"  {item.id}: {item.answer}\n"

    def record(number: int) -> tuple[bytes, str]:
        return f"{source(edited)}\n{_words('Catatan', number)}.\n".encode(), _words("Catatan", number)

    def evidence(number: int) -> tuple[bytes, str]:
        new = documents.content(document.ending, number=NEW_DOCUMENTS + number, lines=document.lines)
        return new, hashlib.sha256(new).hexdigest()

    def assessment(number: int) -> tuple[bytes, str]:
        words = _words("Jawaban", number)
        noted = f"  {item.id}: {{answer: {item.answer}, note: {words}}}\n"
        return written.replace(answer, noted).encode(), words

    def setting(number: int) -> tuple[bytes, str]:
        words = _words("Judul", number)
        return titled.replace(TITLE, f"{TITLE} {words}").encode(), words

    return (
        Save("record", record_file(root, edited), f"records/{edited.id}.html", record),
        Save("evidence", record_file(root, replaced).parent / document.name, f"records/{replaced.id}.html", evidence),
        Save("assessment", answers, f"items/{item.id}.html", assessment),
        Save("settings", settings, "index.html", setting),
    )


def _of_own(own: Path, portfolio: Portfolio) -> tuple[Save, ...]:
    """Saves of a template and an instrument of one's own."""
    item, record = portfolio.worksheet.items[0], portfolio.records[len(portfolio.records) // 2]
    sheet = worksheet.shipped().read_text("utf-8")

    def template(number: int) -> tuple[bytes, str]:
        return own_template(_words("Templat", number)), _words("Templat", number)

    def instrument(number: int) -> tuple[bytes, str]:
        words = _words("Butir", number)
        return sheet.replace(item.label, f"{item.label} {words}", 1).encode(), words

    return (
        Save("template", own / TEMPLATE, f"records/{record.id}.html", template),
        Save("instrument", own / INSTRUMENT, f"items/{item.id}.html", instrument),
    )


def _begin_own(own: Path) -> None:
    """Give a portfolio a theme and an instrument of its own."""
    use_theme(own)
    instrument = own / INSTRUMENT
    instrument.parent.mkdir()
    instrument.write_bytes(worksheet.shipped().read_bytes())
    settings = own / "portfolio.yaml"
    written = settings.read_text("utf-8").replace(f"instrument: {worksheet.INSTRUMENT}", f"instrument: {INSTRUMENT}")
    settings.write_text(written, "utf-8")


def _words(kind: str, number: int) -> str:
    return f"{kind} diubah {number + 1} kali"
