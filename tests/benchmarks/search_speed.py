"""`python -m tests.benchmarks.search_speed`: what search costs, to make and to use, at the size of a large unit.

Makes so many records and documents, writes the search part of a site, types queries in Chromium over http and from
the disk, and prints per query the milliseconds from the input event to the results standing in the page. The first
query of each row finds nothing loaded; the page is opened anew for every query.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from generator.site.search.entries import SearchEntry
from generator.site.search.index import index_files
from tests.benchmarks import prose
from tests.support.search_site import CHROMIUM, FLAGS, loaded, served, write_site

QUERIES = ("r", "ra", "rapat", "melayani", "pelayanan publik", "sosialisasi pengaduan notulen", "2023", "a.i.1",
           "bab", "babuno", "peleyanan", "")  # fmt: skip
FACETS = {"": "#kind=document&area=3"}
TYPES = ("sk", "notulen", "daftar-hadir", "undangan", "laporan", "foto", "sop", "surat-tugas")
PERIOD = 300
SYLLABLES = tuple("".join(pair) for pair in product("bcdgjklmnprst", "aiueo"))


@dataclass(frozen=True, slots=True)
class Trial:
    """Milliseconds until the first results of a query stand and until all do, and what was loaded for it."""

    first: float
    milliseconds: float
    files: int
    size: int
    told: str


def entries(records: int, documents: int) -> Iterator[SearchEntry]:
    """Yield records of about 300 words and documents of about 40, newest first.

    The prose has a hundred different words, which makes the longest lists of postings. So every text also has a name
    of its own, which makes the large vocabulary of a real unit.
    """
    chance = Random(1)
    total = records + documents
    for number in range(total):
        record = number * records // total != (number + 1) * records // total
        area = chance.randint(1, 6)
        year = 2023 - number * 3 // total
        day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        kind = "" if record else chance.choice(TYPES)
        name = "".join(chance.choices(SYLLABLES, k=3))
        body = prose.text(chance, links=()) if record else "\n".join(prose.lines(chance, 4))
        item = f"A.{chance.choice(('I', 'II'))}.{area}.{chance.choice(('i', 'ii', 'iii'))}.{chance.choice('abcd')}"
        yield SearchEntry(
            kind="record" if record else "document",
            title=prose.title(chance),
            address=f"records/{day}-{number}.html",
            context=f"{item} · {chance.choice(prose.PERSONS)} · {day}",
            day=day,
            areas=(area,),
            types=(kind,) if kind else (),
            year=str(year),
            state=chance.choice(("met", "unmet", "unknown")),
            words=(item, kind, f"{kind}-{number}.pdf"),
            body=f"{body} {name} nomor {chance.randint(1, 9999)}",
        )


def main() -> None:
    """Make, measure, print."""
    options = _options()
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        site = Path(name)
        _say(_made(site, options.records, options.documents))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(site) as address:
            for base in (address, f"file://{site}"):
                _say(
                    f"\n{base.split(':')[0]}: {loaded(browser, f'{base}/search.html') // 1000} kB before the first letter"
                )
                _say(
                    "| typed | ms to first results | ms to all | ms to all, loaded before | files | kB | told |\n| --- | --: | --: | --: | --: | --: | --- |"
                )
                for query in QUERIES:
                    _say(_row(browser, f"{base}/search.html", query, options.runs))
        browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search_speed", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=25_000)
    parser.add_argument("--runs", type=int, default=5, help="measured runs per query (default 5)")
    return parser.parse_args()


def _made(site: Path, records: int, documents: int) -> str:
    made = list(entries(records, documents))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    files = index_files(made, language="id").items()
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    write_site(site, files, language="id")
    kinds = ("start", "entries", "stems", "words")
    sizes = {kind: [len(data) for path, data in files if path.startswith(f"search/{kind}")] for kind in kinds}
    parts = (
        f"{kind} {len(s)} files, {sum(s) / 1e6:.2f} MB, largest {max(s) / 1e3:.0f} kB" for kind, s in sizes.items()
    )
    return f"{records:,} records, {documents:,} documents: {seconds:.2f} s of one processor, {grown:.0f} MiB more; {'; '.join(parts)}."


def _row(browser: Browser, address: str, query: str, runs: int) -> str:
    cold = [_trial(browser, address, query) for _ in range(runs)]
    warm = median(trial[1].milliseconds for trial in cold)
    first = cold[0][0]
    figures = (median(t[0].first for t in cold), median(t[0].milliseconds for t in cold), warm)
    times = " | ".join(f"{figure:.0f}" for figure in figures)
    return f"| {query or FACETS[query]} | {times} | {first.files} | {first.size / 1000:.0f} | {first.told} |"


def _trial(browser: Browser, address: str, query: str) -> tuple[Trial, Trial]:
    """Type a query twice in a new page: with nothing loaded, and with all of it there."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_function(
        "document.querySelector('.search input[type=search]') && !document.querySelector('.search').hidden"
    )
    trials = tuple(Trial(**page.evaluate(_TYPED, {"query": query, "hash": FACETS.get(query, "")})) for _ in range(2))
    page.close()
    return trials[0], trials[1]


_TYPED = """async ({query, hash}) => {
  const input = document.querySelector('.search input[type=search]');
  const results = document.querySelector('.results');
  let first = 0;
  const done = () => new Promise(resolve => {
    const watcher = new MutationObserver(changes => {
      if (!first && changes.some(change => change.type === 'childList')) first = performance.now();
      if (results.ariaBusy === 'false') { watcher.disconnect(); resolve(); }
    });
    watcher.observe(results, {attributes: true, childList: true});
  });
  const type = text => { input.value = text; input.dispatchEvent(new Event('input')); };
  const emptied = done();
  if (location.hash) location.hash = '';
  type('');
  await emptied;
  await new Promise(resolve => setTimeout(resolve, 300));
  performance.clearResourceTimings();
  first = 0;
  const start = performance.now();
  const finished = done();
  if (query) type(query); else location.hash = hash;
  await finished;
  const milliseconds = performance.now() - start;
  first = first ? first - start : milliseconds;
  const loads = performance.getEntriesByType('resource');
  const size = loads.reduce((sum, load) => sum + load.decodedBodySize, 0);
  return {first, milliseconds, files: loads.length, size, told: document.querySelector('[role=status]').textContent};
}"""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
