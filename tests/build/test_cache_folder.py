"""The cache only saves time: where its folder takes nothing, the commands do what they do elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.build.test_rebuilding import site
from tests.conftest import ROOT
from tests.support import small

# Within a namespace of mounts, which ends with the command; "$0" is the cache's folder.
MOUNTS = {
    "read-only": 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"',
    "with little space": 'mount -t tmpfs -o size=64k none "$0"',
    "full": 'mount -t tmpfs -o size=4k none "$0"',
    "absent": 'mount --bind /dev/null "$0/x"; export CATAT_CACHE="$0/x/y"',
}


def arguments(state: str, cache: Path, *command: str) -> list[str]:
    program = [sys.executable, "-m", "generator", *command, "--as-of", small.DAY.isoformat()]
    return ["unshare", "-rm", "sh", "-c", f'{MOUNTS[state]} && exec "$@"', str(cache), *program]


def run(state: str, cache: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CATAT_CACHE": str(cache)}
    return subprocess.run(
        arguments(state, cache, *command), cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def front_page(state: str, cache: Path, home: Path) -> str:
    """Return the front page that `serve` shows."""
    command = arguments(state, cache, "serve", str(home), "--port", "0", "--no-open")
    environment = {**os.environ, "CATAT_CACHE": str(cache), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert found
        with urllib.request.urlopen(found[0]) as answer:
            return str(answer.read().decode())
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder for the cache, on a system where it can be put under another disk."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "x").touch()
    mount = ["unshare", "-rm", "sh", "-c", MOUNTS["full"], str(folder)]
    if shutil.which("unshare") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    return folder


@pytest.mark.parametrize("state", MOUNTS)
def test_every_command_works_whatever_the_folder_of_the_cache_refuses(state: str, cache: Path, tmp_path: Path) -> None:
    home, out, other = small.write(tmp_path), tmp_path / "site", tmp_path / "other"
    environment = {**os.environ, "CATAT_CACHE": str(cache)}
    command = [sys.executable, "-m", "generator", "build", str(home), "--as-of", small.DAY.isoformat(), "-o"]
    subprocess.run([*command, str(out)], cwd=ROOT, env=environment, capture_output=True, check=True)
    (home / "pages/profil.md").write_text("---\ntitle: Lain\n---\nLain.\n", "utf-8")
    done = run(state, cache, "build", str(home), "-o", str(out))
    assert done.returncode == 0, done.stderr
    subprocess.run([*command, str(other)], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert site(out) == site(other)
    assert run(state, cache, "check", str(home)).returncode == 0
    assert "<title>" in front_page(state, cache, home)
