"""Makes the picture in the README from the sample: `python -m tests.screenshot`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.build import build
from tests.conftest import ROOT, SAMPLE, SAMPLE_DAY, silent

PICTURE = ROOT / "docs" / "portfolio.png"


def main() -> int:
    """Build the sample and take the picture of its front page."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium here to take the picture with.")
        return 3
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        build.build(SAMPLE, Path(folder) / "site", on=SAMPLE_DAY, progress=silent)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"file://{folder}/site/index.html")
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE} ({PICTURE.stat().st_size // 1024} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
