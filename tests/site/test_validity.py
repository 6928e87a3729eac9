"""Every page, style sheet and drawing of a site passes the W3C checker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support import builders, odd, small, vnu

CHECKER = vnu.checker()
# The test command fetches the checker where it can, and says aloud at its end that these did not run where it cannot.
pytestmark = pytest.mark.skipif(not CHECKER, reason="NOT RUN: the W3C checker is not here")


def made(site: Path) -> list[Path]:
    """Return what Catat itself wrote of a site; what lies in `files` is the unit's own."""
    found = (path for path in site.rglob("*") if path.suffix[1:] in vnu.KINDS)
    return [path for path in found if path.relative_to(site).parts[0] != "files"]


_TAG = re.compile(r"<[^<>]*>")
_VALUE = re.compile(r'="([^"]*)"')


def traits(page: Path) -> set[object]:
    """Return what the checker could object to in a page: tags beside tags, and odd characters in attributes."""
    found: set[object] = set()
    tags = []
    for tag in _TAG.findall(page.read_text("utf-8")):
        for value in _VALUE.findall(tag):
            found.update(re.sub(r"[\w/.#-]+", "", value))
        tags.append(_VALUE.sub("", tag))
    return found.union(pairwise(tags))


def distinct(pages: Iterable[Path]) -> list[Path]:
    """Return the pages that have a trait which no larger one has: the checker takes long, and most are like others."""
    seen: set[object] = set()
    kept = []
    for page in sorted(pages, key=lambda each: (-each.stat().st_size, each)):
        if not (own := traits(page)) <= seen:
            kept.append(page)
            seen |= own
    return kept


FAULTS = {
    "a.html": "<!DOCTYPE html>\n<html lang=id><title>x</title>\n<p><img src=a.png></p>",
    "b.css": "a { color: red }\nb { colr: red }",
    "c.svg": "<svg xmlns='http://www.w3.org/2000/svg'>\n<circle radius='2'/></svg>",
}


@pytest.fixture(scope="module")
def sites(sample_site: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Every site there is, that of the sample first."""
    folder = tmp_path_factory.mktemp("validity")
    _, count = small.build_site(small.write(folder), folder / "site")
    assert count
    return (sample_site, folder / "site", *(odd.site(name, shared) for name in odd.SMALL))


@pytest.fixture(scope="module")
def told(sites: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the checker tells of every site, and of a page, a style sheet and a drawing that have a fault each.

    All at once, for the checker takes longer to start than to read a hundred pages.
    """
    assert CHECKER is not None
    faults = builders.write(tmp_path_factory.mktemp("faulty") / "faults", FAULTS)
    pages = [path for site in sites for path in made(site) if path.suffix == ".html"]
    assert len(pages) > 500
    others = [path for path in made(sites[0]) if path.suffix not in {".html", ".css"}]
    for path in (path for path in made(sites[0]) if path.suffix == ".css"):
        sheet = tmp_path_factory.mktemp("sheets") / path.name
        sheet.write_text(vnu.without_containers(path.read_text("utf-8")), "utf-8")
        others.append(sheet)
    return vnu.errors(CHECKER, [*distinct(pages), *others, *(faults / name for name in FAULTS)])


def test_the_checker_finds_no_error_in_any_site(told: list[str]) -> None:
    assert [each for each in told if "/faults/" not in each] == []


def test_no_id_is_twice_on_a_page(sites: tuple[Path, ...]) -> None:
    for site in sites:
        for page in (path for path in made(site) if path.suffix == ".html"):
            ids = re.findall(r'\sid="([^"]*)"', page.read_text("utf-8"))
            assert len(ids) == len(set(ids)), page


@pytest.mark.parametrize("fault", ["a.html:3: An “img” element", "b.css:2: CSS: “colr”", "c.svg:2: Attribute “radius”"])
def test_the_checker_tells_file_line_and_fault(fault: str, told: list[str]) -> None:
    assert any(f"/faults/{fault}" in each for each in told)


def test_a_checker_that_does_not_run_is_no_silence(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<!DOCTYPE html><title>x</title>", "utf-8")
    with pytest.raises(RuntimeError):
        vnu.errors(str(tmp_path / "no.jar"), [tmp_path / "a.html"])
