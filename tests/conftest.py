"""What several tests share: the sample built once, and small portfolios on disk."""

from __future__ import annotations

import datetime
import gettext
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket
from playwright.sync_api import Browser, BrowserContext, Page

from generator.build import build
from generator.resources import themes
from generator.site import template_code
from tests.support import firefox as firefoxes
from tests.support import shared_paths
from tests.support.chromium import complaints, launched, launched_to_measure, window

settings.register_profile("quick", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "content"
SAMPLE_DAY = datetime.date(2023, 6, 30)


LONGEST = ("tests/site/test_validity.py", "tests/benchmarks/", "tests/build/", "tests/output/")
"""Where the longest tests are: what begins last and is long keeps the other processes waiting."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the longest tests begin first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def silent(stage: str, done: int, of: int) -> None:
    """Show no progress."""


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what builds remember out of the user's own folder; the processes that tests start inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATAT_CACHE", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(shared: Path) -> Iterator[None]:
    """Keep what Python compiles where it was told to keep nothing: or each process that tests start compiles it all."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.setattr(sys, "dont_write_bytecode", False)
            patch.setattr(sys, "pycache_prefix", str(shared / "compiled"))
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(shared / "compiled"))
            flags = subprocess._args_from_interpreter_flags  # type: ignore[attr-defined]
            patch.setattr(subprocess, flags.__name__, lambda: [each for each in flags() if each != "-B"])
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Compile each shipped template once in a process; for a small site in a new folder that is half of the time.

    The code is put where the compiler would have put it, and only that of a shipped text is kept: other templates,
    damaged code and code of another text are compiled.
    """
    cache = template_code._CodeCache
    load, dump = cache.load_bytecode, cache.dump_bytecode
    texts = (path.read_text("utf-8") for path in (themes() / "default/templates").rglob("*.html"))
    shipped = {cache.get_source_checksum(cache("", {}), text) for text in texts}
    kept: dict[tuple[str, str], bytes] = {}

    def loaded(self: template_code._CodeCache, bucket: Bucket) -> None:
        load(self, bucket)
        code = kept.get((bucket.key, bucket.checksum))
        if bucket.code is None and code is not None:
            bucket.bytecode_from_string(code)
            dump(self, bucket)

    def dumped(self: template_code._CodeCache, bucket: Bucket) -> None:
        dump(self, bucket)
        if bucket.checksum in shipped:
            kept[bucket.key, bucket.checksum] = self._code[bucket.key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "load_bytecode", loaded)
        patch.setattr(cache, "dump_bytecode", dumped)
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """Take back the language that a command of this process speaks, which is the whole process's."""
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    yield
    gettext.textdomain(domain)
    if language is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = language


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of a process: two would each want the same loop."""
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def firefox() -> Iterator[firefoxes.Firefox]:
    """The one Firefox of a process, which takes seconds to start."""
    with firefoxes.launched() as started:
        yield started


@pytest.fixture(scope="session")
def measuring(browser: Browser) -> Iterator[BrowserContext]:
    """A window for pages that are measured and examined by axe, and in which nothing is clicked."""
    with launched_to_measure(browser) as started, window(started) as opened:
        yield opened


@pytest.fixture
def measured(measuring: BrowserContext) -> Iterator[Page]:
    """A page of that window whose every complaint fails the test, and of which no picture is taken."""
    yield from _watched(measuring)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of the browser for the tests of one module."""
    with window(browser) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose every complaint fails the test."""
    yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    found = complaints(page)
    yield page
    page.close()
    assert found == []


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for what is made once for all processes of the run, and only looked at from then on."""
    return shared_paths.folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def sample_site(shared: Path) -> Path:
    """The site of the sample portfolio."""

    def make(out: Path) -> None:
        outcome = build.build(SAMPLE, out, on=SAMPLE_DAY, progress=silent)
        count = outcome.files
        assert count, outcome.diagnostics

    return shared_paths.created(shared / "sample" / "site", make)
