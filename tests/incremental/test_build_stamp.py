"""The program's digest: it changes with Catat's code and its libraries, and with nothing else."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import generator.markup
from generator.incremental import build_stamp
from tests.conftest import ROOT


def program(*folders: Path, before: str = "", at: Path = ROOT, catat: Path = ROOT) -> str:
    """Return the program's digest where modules are imported from these folders, and no library is installed."""
    code = f"{before}\nfrom generator.incremental import build_stamp\nprint(build_stamp.program())"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (catat, *folders)))}
    command = [sys.executable, "-S", "-P", "-B", "-c", code]
    return subprocess.run(command, env=environment, cwd=at, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """A folder of libraries: a package and a module, each with its version."""
    folder = tmp_path / "libraries"
    for name in ("jinja2", "jinja2-3.1.6.dist-info", "filetype-1.2.0.dist-info"):
        (folder / name).mkdir(parents=True)
    (folder / "jinja2/__init__.py").write_text("", "utf-8")
    (folder / "filetype.py").write_text("", "utf-8")
    return folder


def another_library(folder: Path) -> None:
    (folder / "rich").mkdir()
    (folder / "rich/__init__.py").write_text("", "utf-8")
    (folder / "rich-14.0.0.dist-info").mkdir()
    (folder / "babel.cfg").write_text("", "utf-8")


def bytecode(folder: Path) -> None:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/filetype.cpython-311.pyc").write_bytes(b"")


@pytest.mark.parametrize("happening", [another_library, bytecode, lambda _folder: None])
def test_the_program_is_the_same_whatever_else_is_installed_and_wherever_it_runs(
    libraries: Path, happening: Callable[[Path], None], tmp_path: Path
) -> None:
    before = program(libraries)
    happening(libraries)
    (tmp_path / "empty").mkdir()
    assert program(libraries, tmp_path / "none", tmp_path / "empty", at=tmp_path) == before


def upgraded(folder: Path) -> None:
    (folder / "jinja2-3.1.6.dist-info").rename(folder / "jinja2-3.1.7.dist-info")


def installed_again(folder: Path) -> None:
    (folder / "filetype-1.2.0.dist-info").rmdir()
    (folder / "filetype-1.2.0.dist-info").mkdir()


def removed(folder: Path) -> None:
    shutil.rmtree(folder / "jinja2")
    shutil.rmtree(folder / "jinja2-3.1.6.dist-info")


def without_version(folder: Path) -> None:
    (folder / "filetype-1.2.0.dist-info").rmdir()


@pytest.mark.parametrize("happening", [upgraded, installed_again, removed, without_version])
def test_the_program_is_another_with_another_library(libraries: Path, happening: Callable[[Path], None]) -> None:
    before = program(libraries)
    happening(libraries)
    assert program(libraries) != before


def test_a_library_without_a_version_is_known_by_its_files(libraries: Path) -> None:
    for folder in libraries.glob("*.dist-info"):
        folder.rmdir()
    digests = {program(libraries)}
    for name in ("jinja2/filters.py", "jinja2/__init__.py", "filetype.py"):
        (libraries / name).write_text("changed = True\n", "utf-8")
        digests.add(program(libraries))
    assert len(digests) == 4


def test_the_library_that_is_imported_counts_not_one_behind_it(libraries: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    (first / "jinja2").mkdir(parents=True)
    assert program(first, libraries) == program(libraries), "a folder without code is not imported"
    (first / "jinja2/__init__.py").write_text("", "utf-8")
    before = program(first, libraries)
    assert before != program(libraries)
    upgraded(libraries)
    assert program(first, libraries) == before


def test_a_zip_of_libraries_is_known_by_its_size_and_time(tmp_path: Path) -> None:
    place = tmp_path / "libraries.zip"
    digests = {program(place)}
    for content in ("", "changed = True"):
        with zipfile.ZipFile(place, "w") as packed:
            packed.writestr("jinja2.py", content)
        digests.add(program(place))
    assert len(digests) == 3


def test_an_editable_library_is_known_by_its_files(tmp_path: Path) -> None:
    source = tmp_path / "source/jinja2/__init__.py"
    source.parent.mkdir(parents=True)
    source.write_text("", "utf-8")
    finder = (
        "import sys\nfrom importlib.util import spec_from_file_location\nclass Finder:\n"
        "    def find_spec(name, path, target=None):\n"
        f"        return spec_from_file_location(name, {os.fspath(source)!r}) if name == 'jinja2' else None\n"
        "sys.meta_path.append(Finder)"
    )
    before = program(before=finder)
    assert before != program()
    (source.parent / "filters.py").write_text("", "utf-8")
    assert program(before=finder) != before


@pytest.mark.parametrize("name", ["generator/markup/render.py", "generator/instruments/new.yaml", "themes/new.css"])
def test_the_program_is_another_with_other_files_of_ours(name: str, tmp_path: Path) -> None:
    for folder in ("generator", "themes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = program(catat=tmp_path)
    (tmp_path / name).write_text("", "utf-8")
    assert program(catat=tmp_path) != before


def imported() -> Iterator[str]:
    """Yield the name of each module that the package imports."""
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            yield from (name.partition(".")[0] for name in names)


def test_every_library_on_which_a_result_depends_is_in_the_digest() -> None:
    """Those that speak to a server, a keyring or a terminal do not change what is read or written."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=]", each)[0].replace("-", "_") for each in declared}
    without_results = {"click", "h11", "watchdog"}
    assert {name for name in names if name not in build_stamp.LIBRARIES} == without_results
    others = {"asyncssh", "cryptography", "distributed", "keyring", "obstore", "smbclient", "smbprotocol"}
    known = {*build_stamp.LIBRARIES.values(), *without_results, *others, "generator", *sys.stdlib_module_names}
    assert set(imported()) - known == set()


def test_the_version_of_a_folder_is_another_with_another_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = build_stamp.version_of(generator.markup, "markdown", "nh3")
    assert build_stamp.version_of(generator.markup, "markdown") != before
    (tmp_path / "nh3.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert build_stamp.version_of(generator.markup, "markdown", "nh3") != before
