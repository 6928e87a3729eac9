"""The benchmarks' portfolios are without fault, repeat exactly, and what is measured is what was run."""

import json
import sys
from pathlib import Path

import pypdfium2
import pytest
import yaml

from tests.benchmarks import __main__ as benchmark
from tests.benchmarks import fold, measure, publishing, scenarios, serving, sparse, table
from tests.benchmarks import previews as previews_speed
from tests.benchmarks.documents import pdf_with_a_hole
from tests.benchmarks.measure import CannotMeasureError, Command, Cost, Result, Trial
from tests.benchmarks.peers import PEERS, environment
from tests.benchmarks.peers import trials as peer_trials
from tests.benchmarks.portfolios import write_portfolio
from tests.support.command import catat


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_portfolio_has_no_errors(tmp_path: Path) -> None:
    write_portfolio(tmp_path / "portfolio", records=12)
    checked = catat("check", str(tmp_path / "portfolio"), "--format", "json")
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


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_gets_the_same_records_and_documents(name: str, tmp_path: Path) -> None:
    portfolio = write_portfolio(tmp_path / "ours", records=12)
    PEERS[name].write(tmp_path / "peer", portfolio)
    for record in portfolio.records:
        home = PEERS[name].home(tmp_path / "peer", record)
        theirs = files(home)
        assert theirs.keys() == {"index.md", *(document.name for document in record.evidence)}
        assert all(theirs[document.name] == document.content() for document in record.evidence)
        written = theirs["index.md"].decode()
        assert written.replace("/index.md)", "/)").endswith(record.text.replace("/index.md)", "/)"))
        if name != "pelican":  # whose front matter is its own
            matter = yaml.safe_load(written.split("---\n")[1])
            assert (matter["title"], matter["items"]) == (record.title, list(record.items))
            assert [each["file"] for each in matter["evidence"]] == [document.name for document in record.evidence]
        else:
            assert f"Title: {record.title}\n" in written
            assert all(document.name in written for document in record.evidence)


def test_every_trial_runs_on_a_small_portfolio_and_every_edit_is_undone(tmp_path: Path) -> None:
    root = tmp_path / "portfolio"
    portfolio = write_portfolio(root, records=3)
    before = files(root)
    trials, undo = scenarios.trials(tmp_path, root, portfolio, old=0)
    kept: dict[str, dict[str, bytes]] = {}
    for trial in trials:
        assert trial.run(0).wall > 0
        kept[trial.name] = files(tmp_path / "kept-site") if (tmp_path / "kept-site").exists() else {}
    assert kept["build, nothing changed"] == files(tmp_path / "site-0")
    assert _differing(kept["build, nothing changed"], kept["build, one record edited"], "records/")
    assert _differing(kept["build, one record edited"], kept["build, one document replaced"], "files/")
    assert b"Templat 1" in files(tmp_path / "themed-site")[f"records/{portfolio.records[0].id}.html"]
    undo()
    assert files(root) == before
    assert files(tmp_path / "kept-site") == files(tmp_path / "site-0")


def _differing(one: dict[str, bytes], other: dict[str, bytes], folder: str) -> set[str]:
    """Return the paths in a folder whose files differ; the address of a document's page has its digest in it."""
    lasting = [{path for path in files_ if not path.startswith("documents/")} for files_ in (one, other)]
    assert lasting[0] == lasting[1]
    return {path for path in one if path.startswith(folder) and one[path] != other[path]}


def test_the_command_prints_a_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "REST_SECONDS", 0.1)  # what is measured is not looked at
    monkeypatch.setattr(serving, "RESTING_SECONDS", 0.01)
    arguments = ["--sizes", "1", "--runs", "1", "--peers", "", "--parts", "serve", "--folder", str(tmp_path)]
    benchmark.main(arguments)
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("| 1 ")]
    assert [row[1] for row in rows] == [
        "serve until the first page, nothing cached",
        "serve until the first page, again",
    ]
    assert all(float(row[2]) > 0 and float(row[3]) > 0 and int(row[4]) > 10 for row in rows)
    assert list(tmp_path.iterdir()) == []


def test_a_fold_reads_what_was_edited_and_leaves_the_portfolio_as_it_was(tmp_path: Path) -> None:
    portfolio = write_portfolio(tmp_path, records=3)
    before = files(tmp_path)
    found = [*fold.results(tmp_path, portfolio, runs=1, say=lambda _: None)]
    assert [(each.name, each.records, len(each.costs), each.reason) for each in found] == [
        ("fold, nothing changed", 3, 1, ""),
        ("fold, one record edited", 3, 1, ""),
    ]
    assert files(tmp_path) == before


def test_hugo_builds_what_it_is_given_where_it_is_installed(tmp_path: Path) -> None:
    hugo = environment.present(PEERS["hugo"])
    portfolio = write_portfolio(tmp_path / "portfolio", records=3)
    if hugo is None:  # it belongs to the benchmark, which installs it, and not to the tests
        PEERS["hugo"].write(tmp_path / "source", portfolio)
        return
    cold, unchanged, edited = peer_trials.trials(hugo, tmp_path, portfolio)
    for trial in (cold, unchanged, edited):
        assert trial.run(0).wall > 0
    record = portfolio.records[1]
    page = tmp_path / "hugo-kept" / record.area.folder / record.id / "index.html"
    assert "Diperbarui 1 kali." in page.read_text("utf-8")
    assert record.evidence[0].title in page.read_text("utf-8")


def test_memory_and_work_are_those_of_all_processes_and_not_of_the_caller() -> None:
    ballast = bytearray(b"x" * 200_000_000)
    hold = "held = bytearray(b'x' * 30_000_000); sum(range(3_000_000)); print(flush=True); input()"
    two = f"""
import subprocess, sys
pair = [subprocess.Popen([sys.executable, "-c", {hold!r}], stdin=-1, stdout=-1) for _ in range(2)]
[each.stdout.readline() for each in pair]
sum(range(5_000_000))  # while both hold it
[each.communicate(b"\\n") for each in pair]
"""
    cost = measure.run_once(Command((sys.executable, "-c", two)))
    assert (cost.processor or 0) > 0.05
    least = 2 * 30_000_000 if Path("/proc/self/statm").exists() else 30_000_000
    assert least / 1024**2 < (cost.memory or 0) < len(ballast) / 1024**2


def test_a_command_is_measured_as_users_run_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    program = "import os, sys; sys.exit(sys.dont_write_bytecode or os.environ['MINE'] != 'kept')"
    measure.run_once(Command((sys.executable, "-c", program), {"MINE": "kept"}))


def test_a_command_that_fails_is_not_measured() -> None:
    program = "import sys; sys.exit('the reason')"
    with pytest.raises(CannotMeasureError, match="exit code 1: the reason"):
        measure.run_once(Command((sys.executable, "-c", program)))


def test_trials_take_turns_and_one_that_fails_is_left_alone() -> None:
    order: list[str] = []

    def run(name: str, number: int) -> Cost:
        order.append(f"{name}{number}")
        if name == "b" and number == 1:
            raise CannotMeasureError("gone")
        return Cost(float(number))

    trials = [Trial(name, 1, lambda number, name=name: run(name, number)) for name in "ab"]  # type: ignore[misc]
    first, second = measure.in_turns(trials, runs=3)
    assert order == ["a0", "b0", "a1", "b1", "a2", "a3"]
    assert (first.median.wall, first.best.wall) == (2.0, 1.0)
    assert (second.costs, second.reason) == ((), "gone")


def test_the_table_has_ratios_to_the_best_run_and_how_costs_grow() -> None:
    results = [
        Result("hugo", 100, (Cost(2.0, 4.0, 100.0), Cost(1.0, 5.0, 90.0))),
        Result("ours", 100, (Cost(1.0, 2.0, 45.0),)),
        Result("hugo", 1000, (Cost(10.0, 40.0, 900.0),)),
        Result("snake", 1000, (Cost(4.0), Cost(5.0))),
        Result("ours", 1000, (Cost(10.0, 200.0, 45.0),)),
        Result("broken", 1000, (), "it fell"),
    ]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.rows(results, "hugo", ("snake",))]
    assert lines[2][:8] == ["100", "hugo, best run", "1.000", "4.00", "90", "1.000", "1.000", "1.000"]
    assert lines[4][5:] == ["1.000", "0.500", "0.500", "-", "-", "-"]
    assert lines[-1][5:] == ["1.000", "5.000", "0.050", "2.500", "n^1.00", "n^2.00"]
    assert not any("broken" in cell for line in lines for cell in line)


def test_a_document_with_a_hole_opens_and_takes_no_space(tmp_path: Path) -> None:
    beginning, hole, end = pdf_with_a_hole(lines=("Notulen",), side=300)
    assert hole == 90_000
    with pypdfium2.PdfDocument(beginning + bytes(hole) + end) as document:
        assert "Notulen" in document[0].get_textpage().get_text_range()
    portfolio = sparse.write_sparse(tmp_path, records=2)
    assert sparse.sizes(tmp_path)[0] > 5 * 1_900_000
    assert sum(len(record.evidence) for record in portfolio.records) == 5


def test_previews_are_measured_beside_the_bare_libraries(tmp_path: Path) -> None:
    rows = list(previews_speed.rows(tmp_path, "pdf", count=1, runs=1))
    assert len(rows) == 7
    assert all(row.startswith("| 4 | PDFs: ") for row in rows)


def test_what_is_measured_of_publishing_sends_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "SMALL", 30)
    monkeypatch.setattr(publishing, "LARGE", 1)
    publishing.write_tree(tmp_path / "tree")
    (tmp_path / "place").mkdir()
    publishing.publish(tmp_path / "tree", str(tmp_path / "place"))
    assert files(tmp_path / "place/current") == files(tmp_path / "tree")
    assert sum(map(len, files(tmp_path / "tree").values())) > 1 << 20
