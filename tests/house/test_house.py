"""How the package is built: names that mean one thing, functions and modules that are read in one go, folders with a job."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
LONGEST_FUNCTION = 60
LONGEST_MODULE = 500
USUAL_FUNCTION = 26
"""Lines that 95 of 100 functions keep within."""

# What was there when the rules were made. The lists only shrink: what keeps its rule is taken off.

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})


def named(path: Path) -> str:
    """Return the name that a module is imported by."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


TREES = {named(path): ast.parse(path.read_text("utf-8")) for path in MODULES}


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function by its module and name, with its length in lines."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                yield f"{module}:{node.name}", node.end_lineno - node.lineno + 1


def keep(offenders: set[str], known: set[str]) -> None:
    """Hold a rule: no offender is new, and who no longer offends is off the list of those that are known."""
    assert offenders - known == set(), "these break the rule"
    assert known - offenders == set(), "these keep the rule now: take them off the list"


def test_a_class_name_means_one_thing() -> None:
    names = Counter(node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert {name for name, times in names.items() if times > 1} == set()


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert {name for name, length in lengths.items() if length > LONGEST_FUNCTION} == set()
    assert sorted(lengths.values())[len(lengths) * 95 // 100] <= USUAL_FUNCTION


def test_modules_are_short() -> None:
    lengths = {named(path): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_says_its_one_job(folder: Path) -> None:
    said = ast.get_docstring(TREES.get(named(folder), ast.Module([], [])))
    assert said, f"{folder}/__init__.py says nothing"
    assert said.splitlines()[0].endswith("."), "its first line is one sentence"


def imports() -> Iterator[tuple[str, str, str]]:
    """Yield each name that a module imports of another of the package: who, from where, what."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator"):
                yield from ((module, str(node.module), each.name) for each in node.names)


def test_nobody_imports_what_another_module_keeps_to_itself() -> None:
    assert [each for each in imports() if each[2].startswith("_") and each[2] != "__version__"] == []


def test_what_a_folder_offers_itself_is_taken_from_there() -> None:
    """Names that are defined below a folder and offered by its `__init__` (`__all__`) are imported from the folder."""
    offered = {
        (folder, name): f"{folder}.{name}"
        for folder, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for name in ast.literal_eval(node.value)
    }
    assert [
        (who, where, what)
        for who, where, what in imports()
        for folder, name in offered
        if name == what and where.startswith(f"{folder}.") and not who.startswith(folder)
    ] == []
