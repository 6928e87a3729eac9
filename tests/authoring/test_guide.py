"""The guide for editors says what the program does: each command is run, each answer typed, each mistake made."""

from __future__ import annotations

import difflib
import json
import os
import pickle
import re
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from generator.authoring import new_portfolio
from generator.authoring.document_types import guess_types
from generator.build import project
from generator.joining.type_names import TypeNames
from tests.conftest import SAMPLE_DAY
from tests.support import guide, shared_paths

RECORDS = {"id": "records/2023-01-18-rapat-tim-zi.html", "en": "records/2023-01-18-zi-team-meeting.html"}
TEXTS = {page.stem: page.read_text("utf-8") for language in guide.PAGES for page in guide.PAGES[language]}
LANGUAGES = tuple(guide.PAGES)


@dataclass
class Walked:
    """What came of following the whole guide, page after page."""

    told: dict[str, list[guide.Told]] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)
    home: Path = Path()


@pytest.fixture(scope="module", params=LANGUAGES)
def walked(request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """What came of the guide in a language, followed once for all processes of the run."""

    def follow(out: Path) -> None:
        out.write_bytes(pickle.dumps(_followed(request.param, tmp_path_factory.mktemp("panduan"))))

    found = pickle.loads(shared_paths.created(shared / "guide" / request.param, follow).read_bytes())
    assert isinstance(found, Walked)
    return found


def _followed(language: str, folder: Path) -> Walked:
    found = Walked()

    def watch(address: str) -> None:
        state = {"number": 0}
        while not state["number"]:
            with urllib.request.urlopen(f"{address}__catat/state?after=-1&page=/") as answer:
                state = json.load(answer)
        with urllib.request.urlopen(address + RECORDS[language]) as answer:
            found.previews.append(answer.read().decode("utf-8"))
        found.addresses.append(address)

    walk = guide.Walk(folder, watch, language=language)
    found.home = walk.home
    for page in guide.PAGES[language]:
        found.told[page.stem] = list(walk.follow(page))
        if "UPDATE_EXPECTED" in os.environ:
            page.write_text(guide.rewritten(page, found.told[page.stem]), "utf-8")
    return found


def test_every_command_of_the_guide_tells_what_the_guide_says(walked: Walked) -> None:
    wrong = [
        f"{each.command.place}: {each.command.line}\n{difference(each)}"
        for told in walked.told.values()
        for each in told
        if each.seen != each.expected
    ]
    assert not wrong, "\n".join(wrong)


def difference(told: guide.Told) -> str:
    return "\n".join(difflib.unified_diff(told.expected, told.seen, lineterm=""))


def test_the_first_record_is_in_the_browser_with_its_three_documents(walked: Walked) -> None:
    served = [each for told in walked.told.values() for each in told if each.command.line.startswith("catat serve")]
    assert [each.opened for each in served] == walked.addresses, "the browser is sent to the preview"
    first = walked.previews[0]
    assert re.search("Tim kerja Zona Integritas dibentuk[.]|The Zona Integritas team was formed[.]", first)
    assert first.count('<li class="card met"') == 3


def test_every_mistake_of_the_guide_is_told_and_its_mending_is_right(walked: Walked) -> None:
    told = [*walked.told.values()][-1]
    checks = [each for each in told if each.command.line == "catat check" and each.command.prompt == "PS> "]
    assert len(checks) >= 12
    for each in checks:
        last = "\n".join(each.lines)
        assert re.search(
            r"^(?:1 galat, 0 peringatan|0 galat, 1 peringatan)$|^1 error, 0 warnings$|^0 errors, 1 warning$",
            last,
            re.MULTILINE,
        ), each.command.place
    assert project.read(walked.home, on=SAMPLE_DAY).diagnostics == ()


@pytest.mark.parametrize("page", TEXTS)
def test_every_command_that_the_guide_mentions_is_run_in_it(page: str) -> None:
    run = {
        step.line
        for pages in guide.PAGES.values()
        for each in pages
        for step in guide.steps(each)
        if isinstance(step, guide.Command)
    }
    mentioned = set(
        re.findall(r"`(catat [^`]+)`", re.sub(r"^```.*?^```", "", TEXTS[page], flags=re.MULTILINE | re.DOTALL))
    )
    assert {each for each in mentioned if not any(line.startswith(each) for line in run)} == set()


def test_names_tell_the_types_that_the_guide_says() -> None:
    types, names = new_portfolio.shipped().document_types, TypeNames.of(new_portfolio.shipped())
    rows = re.findall(r"^\| `([^`]+\.\w+)` \| (.+) \|$", TEXTS["bukti-yang-dihitung"], re.MULTILINE)
    assert len(rows) >= 6
    for name, said in rows:
        labels = [types[type_].in_("id") for type_ in guess_types(name, names)]
        assert said == (", ".join(labels) or "belum dikenali"), name


def test_the_thresholds_of_the_guide_are_those_of_the_instrument() -> None:
    """Each row of the table stands for a gate, in the instrument's order."""
    table = TEXTS["membaca-kesiapan"].partition("## Ambang batas")[2]
    rows = [
        [cell.strip() for cell in line.split("|")[2:5]] for line in re.findall(r"^\|.+\|$", table, re.MULTILINE)[2:]
    ]
    said = [[cell for cell in column if cell] for column in zip(*rows, strict=True)]
    for predicate, column in zip(new_portfolio.shipped().predicates, said, strict=True):
        assert column == [_written(gate.measure.name, gate.minimum) for gate in predicate.gates], predicate.id


def _written(measure: str, least: object) -> str:
    if measure == "held":
        return "ya"
    number = float(least)  # type: ignore[arg-type]
    return (
        f"{number:.0%}".replace("%", " %") if measure in {"share", "documents"} else f"{number:.2f}".replace(".", ",")
    )


def test_the_pictures_of_the_guide_are_there_described_and_small() -> None:
    linked = {
        name: alt for text in TEXTS.values() for alt, name in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text)
    }  # fmt: skip
    folder = guide.folder("id")
    assert {f"gambar/{path.name}" for path in folder.joinpath("gambar").iterdir()} == set(linked)
    for name, alt in linked.items():
        assert len(alt) > 40, name
        assert (folder / name).stat().st_size < 120_000, name
        with Image.open(folder / name) as picture:
            assert picture.width > 600, name
