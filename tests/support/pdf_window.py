"""Shows PDFs in a window of Chromium under several policies: `python -m tests.support.pdf_window FOLDER`.

Needs Xvfb and ImageMagick's `import`. Writes a picture of the screen for each policy into the folder, with the document
opened in a record's page and alone, and prints how many pages the viewer counts: 0 means that it shows nothing. Needed
because pictures of a page that a browser takes itself do not hold what its viewer draws. What was seen is in
docs/platforms.md.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from generator.build import build
from generator.publishing.server_configuration import FILE_POLICY, PAGE_POLICY
from tests.conftest import SAMPLE, SAMPLE_DAY, silent
from tests.support.search_site import CHROMIUM, FLAGS

POLICIES = {
    "none": "",
    "files": FILE_POLICY,
    "files-without-objects": FILE_POLICY.replace("object-src 'self'; ", ""),
    "nothing-at-all": "default-src 'none'; frame-ancestors 'self'",
    "sandbox": f"sandbox; {FILE_POLICY}",
    "sandbox-with-scripts": f"sandbox allow-scripts; {FILE_POLICY}",
    "sandbox-with-origin": f"sandbox allow-same-origin allow-downloads; {FILE_POLICY}",
    "no-frames": "default-src 'none'; frame-ancestors 'none'",
}


class _WithPolicies(http.server.SimpleHTTPRequestHandler):
    policy = ""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def end_headers(self) -> None:
        """Add the headers that the configurations of servers add."""
        policy = type(self).policy if self.path.startswith("/files/") else PAGE_POLICY
        if policy:
            self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Yield the environment of a screen that nobody looks at."""
    readable, writable = os.pipe()
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writable], stderr=subprocess.DEVNULL)
    os.close(writable)
    yield {**os.environ, "DISPLAY": f":{os.read(readable, 16).decode().strip()}"}
    server.terminate()
    server.wait()


def pages_shown(page: Page) -> str:
    """Return how many pages the browser's viewer counts, asking for at most 10 seconds."""
    for _ in range(200):
        page.wait_for_timeout(50)
        for frame in page.frames:
            if frame.url.startswith("chrome-extension:") and frame.locator("#pagelength").count():
                shown = frame.locator("#pagelength").inner_text()
                if shown not in {"", "0"}:
                    return shown
    return "0"


def show(browser: Browser, base: str, record: str, folder: Path, environment: dict[str, str]) -> None:
    """Open the first PDF of a record under each policy, and take the pictures."""
    for name, policy in POLICIES.items():
        _WithPolicies.policy = policy
        page = browser.new_page(viewport={"width": 1280, "height": 760})
        page.goto(base + record)
        link = page.locator("main a[data-viewer=pdf]").first
        address = link.evaluate("link => link.href")
        link.click()
        for way in ("in-page", "alone"):
            if way == "alone":
                page.goto(address)
            print(f"{name}, {way}: {pages_shown(page)}")
            subprocess.run(["import", "-window", "root", f"{folder}/{name}-{way}.png"], env=environment, check=True)
        page.close()


def main(folder: Path) -> int:
    """Build the sample, serve it, and show it under each policy."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, screen() as environment, sync_playwright() as playwright:
        site = Path(temporary) / "site"
        build.build(SAMPLE, site, on=SAMPLE_DAY, progress=silent)
        record = next(each for each in sorted(site.glob("records/*.html")) if "data-viewer=" in each.read_text("utf-8"))
        handler = functools.partial(_WithPolicies, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        flags = [*FLAGS, "--window-size=1280,900", "--window-position=0,0"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=False, args=flags, env={**environment})
        print(f"Chromium {browser.version}")
        show(browser, f"http://127.0.0.1:{server.server_port}/", f"records/{record.name}", folder, environment)
        browser.close()
        server.shutdown()
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
