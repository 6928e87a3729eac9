"""What the system refuses is one sentence that names what the user named, and leaves nothing half-written behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import exitcodes
from generator.messages.refusals import errors_naming
from tests.conftest import ROOT
from tests.support import small
from tests.support.builders import write
from tests.support.command import Done, catat

resource = pytest.importorskip("resource", reason="only POSIX limits how large a file may be")


def on_a_full_disk(*arguments: str, most: int, **environment: str) -> Done:
    """Run the command where no file may be larger than so many bytes."""
    script = (
        "import resource, sys; from generator import cli; most = int(sys.argv[1]);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)); sys.argv[1:2] = []; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(most), *arguments, "--lang", "en"],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def below(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_on_a_full_disk_names_the_output_and_leaves_the_last_site(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    out, cache = tmp_path / "www/situs", str(tmp_path / "cache")
    arguments = ("build", str(home), "-o", str(out), "--as-of", "2023-06-30")
    done = on_a_full_disk(*arguments, most=8000, CATAT_CACHE=cache)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"catat: {out}: the disk takes no file that is so large.\n"
    assert not (tmp_path / "www").exists()
    assert catat(*arguments).returncode == 0
    before = below(out.parent)
    (home / "pages/profil.md").write_text("---\ntitle: Lain\n---\nLain.\n", "utf-8")
    assert on_a_full_disk(*arguments, most=8000, CATAT_CACHE=cache).returncode == 3
    assert below(out.parent) == before


def test_a_record_on_a_full_disk_is_not_begun(tmp_path: Path) -> None:
    home = write(tmp_path / "p", {"portfolio.yaml": "title: P\nunit: B\n", "pages/a.md": "---\ntitle: A\n---\n"})
    document = tmp_path / "notulen.txt"
    document.write_text("isi\n" * 5000, "utf-8")
    before = below(home)
    arguments = ("new", str(home), "--title", "Rapat", "--area", "1", "--date", "2023-01-18", "--item", "A.I.1.i.a")
    done = on_a_full_disk(*arguments, "--evidence", str(document), "--yes", most=10_000)
    assert done.returncode == 3, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"catat: {home / 'records'}")
    assert line.endswith("2023-01-18-rapat: the disk takes no file that is so large.")
    assert below(home) == before
    assert not (home / "records").exists()


def test_a_portfolio_on_a_full_disk_is_not_begun(tmp_path: Path) -> None:
    done = on_a_full_disk("init", str(tmp_path / "p"), "--yes", most=1000)
    assert done.returncode == 3, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"catat: {tmp_path / 'p'}")
    assert list(tmp_path.iterdir()) == []


def test_a_mount_point_is_no_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = small.write(tmp_path)
    (tmp_path / "www").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == tmp_path / "www")
    done = catat("build", str(home), "-o", str(tmp_path / "www"), "--lang", "en")
    assert done.returncode == 3
    assert f"{tmp_path / 'www'}: a disk of its own begins there" in done.stderr
    assert list((tmp_path / "www").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "name", "said"),
    [
        (errno.EACCES, "/www/.situs.catat-x1/a.html", "situs"),
        (errno.ENOSPC, None, "situs"),
        (errno.ENOSPC, "/home/dokumen.pdf", "situs"),
        (errno.EACCES, "/home/dokumen.pdf", "/home/dokumen.pdf"),
    ],
)
def test_what_is_refused_is_errors_naming_what_the_user_knows(number: int, name: str | None, said: str) -> None:
    with pytest.raises(OSError) as raised, errors_naming("situs", "/www/.situs.catat-"):  # noqa: PT012
        if name is None:
            raise OSError(number, os.strerror(number))
        raise OSError(number, os.strerror(number), name)
    assert (raised.value.errno, raised.value.filename) == (number, said)


@pytest.mark.parametrize("module", ["click", "generator.cli"])
def test_ctrl_c_in_the_first_moments_leaves_no_traceback(tmp_path: Path, module: str) -> None:
    interrupted = (
        "import sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from generator.__main__ import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", interrupted, "check", "."], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_what_somebody_stops_is_told_from_what_somebody_declines() -> None:
    def raised(by: type[BaseException]) -> Exception:
        try:
            try:
                raise by  # noqa: TRY301
            except by:
                raise RuntimeError from None
        except RuntimeError as error:
            return error

    assert exitcodes.stopped(KeyboardInterrupt()) == exitcodes.stopped(raised(KeyboardInterrupt)) == 130
    assert exitcodes.stopped(raised(EOFError)) == 2
