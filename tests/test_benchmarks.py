"""The benchmarks' portfolios are without fault, repeat exactly, and what is measured is what was run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.benchmarks import measure
from tests.benchmarks.hugo_site import write_hugo_site
from tests.benchmarks.measure import CannotMeasureError, Command
from tests.benchmarks.portfolios import write_portfolio

ROOT = Path(__file__).resolve().parents[1]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_portfolio_has_no_errors(tmp_path: Path) -> None:
    write_portfolio(tmp_path / "portfolio", records=12)
    command = [sys.executable, "-m", "generator", "check", str(tmp_path / "portfolio"), "--format", "json"]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert [entry for entry in json.loads(checked.stdout) if entry["severity"] == "error"] == []
    assert checked.returncode == 0, checked.stderr


def test_a_portfolio_is_the_same_each_time_and_no_document_is_twice_in_it(tmp_path: Path) -> None:
    portfolio = write_portfolio(tmp_path / "one", records=120, documents_per_record=1.5)
    write_portfolio(tmp_path / "two", records=120, documents_per_record=1.5)
    written = files(tmp_path / "one")
    assert written == files(tmp_path / "two")
    documents = [data for path, data in written.items() if not path.endswith((".md", ".yaml"))]
    assert len(set(documents)) == len(documents) == 180
    supported = {item for record in portfolio.records for item in record.items}
    assert supported == {item.id for item in portfolio.worksheet.items}


def test_the_peer_gets_the_same_records_and_documents(tmp_path: Path) -> None:
    portfolio = write_portfolio(tmp_path / "ours", records=12)
    write_hugo_site(tmp_path / "peer", portfolio)
    ours, theirs = files(tmp_path / "ours" / "records"), files(tmp_path / "peer" / "content")
    assert ours.keys() == {path for path in theirs if not path.endswith("_index.md")}
    for path, data in ours.items():
        if path.endswith("index.md"):
            matter, text = data.decode().removeprefix("---\n").split("\n---\n")
            peer_matter, peer_text = theirs[path].decode().removeprefix("---\n").split("\n---\n")
            assert yaml.safe_load(matter) == yaml.safe_load(peer_matter)
            assert text.replace("/index.md)", "/)") == peer_text
        else:
            assert data == theirs[path]


def test_children_are_measured_and_the_memory_of_the_caller_is_not() -> None:
    ballast = bytearray(b"x" * 100_000_000)
    busy = "sum(range(10_000_000))"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}], check=True)"
    cost = measure.measure(lambda _: Command((sys.executable, "-c", program)), runs=1)
    assert cost.processor > 0.05
    assert 5 < cost.memory < len(ballast) / 1024**2


def test_a_command_that_fails_is_not_measured() -> None:
    program = "import sys; sys.exit('the reason')"
    with pytest.raises(CannotMeasureError, match="exit code 1: the reason"):
        measure.measure(lambda _: Command((sys.executable, "-c", program)))
