"""What is signed has at most two pages, as PDF and for Word, whatever the portfolio holds; no head is broken in a word."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from generator.exchange.check_code import check_code
from generator.reports import docx, pack, pdf
from generator.reports.blocks import Heading, Report, ReportTable
from generator.site.contents import Contents
from tests.reports.test_report_contents import plain, portfolio, read, sample
from tests.support import builders
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.paper import pages_of, squeezed

ODD = ("crowded", "empty", "long-titles", "many-people", "other-instrument", "published-often", "right-to-left")
WHOLE = {"sample", "own", "bare-en", "long-titles"}
"""The reports that are tried with their annex; of the others only its title is set."""
LANGUAGES = ("id", "en")
LONG = "Kelompok Kerja Penataan Tata Laksana dan Penguatan Akuntabilitas pada Sekretariat Direktorat Jenderal Bina Administrasi "
Reports = dict[str, tuple[Report, str]]
NAMES = [f"{number} {LONG * 2}" for number in range(9)]


def brimming(folder: Path, language: str) -> Contents:
    """Return a portfolio with the whole worksheet in which all that is shown is long, and much of it."""
    area, signatory = "records/1-manajemen-perubahan", {"name": NAMES[0], "position": NAMES[1], "place": "Musi Raya"}
    settings = {
        "target": "WBBM", "institution": NAMES[2], "unit": NAMES[3], "address": NAMES, "signatory": signatory,
        "title": NAMES[4], "language": language, "period": {"from": "2022-09-01", "to": "2023-06-30"},
        "prerequisites": {"opini-bpk": {"answer": "WTP", "note": LONG * 3}},
    }  # fmt: skip
    lines = [{"date": f"2023-0{each}-28", "index": {"weight": 100, "supported": each * 9}} for each in range(1, 7)]
    files = {
        "publications.jsonl": "".join(f"{json.dumps(line)}\n" for line in lines),
        f"{area}/a.md": builders.front_matter("Isi.", title=LONG, date="2023-01-18", items=["A.I.1.i.a"], people=NAMES),
    }
    for number, name in enumerate(NAMES):
        finding = {"item": "A.I.1.ii.b", "date": f"2023-05-0{number + 1}", "assessor": name}
        files[f"findings/{number}.md"] = builders.front_matter(LONG * 4, **finding)
    return plain(builders.write(folder, files), **settings)


def of_its_own(folder: Path) -> Contents:
    """Return a portfolio with a worksheet of its own: 14 areas with long names, two thresholds for each."""
    areas = [{"number": each, "folder": f"{each}-a", "label": f"{each} {LONG * 2}"} for each in range(1, 15)]
    nodes = [
        {"id": f"A.{each['number']}", "area": each["number"], "label": LONG, "items": [
            {"id": f"A.{each['number']}.a", "label": LONG, "scale": "abc", "weight": 2, "documents": ["sk"]}
        ]}
        for each in areas
    ]  # fmt: skip
    gates = [{"id": kind, "measure": kind, "per": "area", "min": 0.6} for kind in ("documents", "share")]
    instrument = {
        "schema": "catat.instrument/1", "id": "sendiri", "title": LONG * 2, "scales": {"abc": {"choices": {"A": 1, "B": 0}}},
        "document_types": {"sk": "Surat"}, "areas": areas, "nodes": nodes,
        "predicates": [{"id": f"P{each}", "label": f"{each} {LONG}", "gates": gates} for each in range(5)],
    }  # fmt: skip
    settings = {"title": "P", "unit": LONG, "instrument": "instruments/sendiri.yaml", "target": "P4"}
    files = {
        "portfolio.yaml": builders.yaml_of(**settings),
        "instruments/sendiri.yaml": builders.yaml_of(**instrument),
    }
    return read(builders.write(folder, files))


def in_english(home: Path) -> Contents:
    """Return a portfolio, its language changed to English."""
    settings = re.sub("(?m)^language:.*\n", "", (home / "portfolio.yaml").read_text("utf-8"))
    (home / "portfolio.yaml").write_text(f"{settings}\nlanguage: en\n", "utf-8")
    return read(home)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Reports by names, each with its check code."""
    folder = tmp_path_factory.mktemp("two-pages")
    contents = {"sample": sample(), "own": of_its_own(folder / "own")}
    for language in LANGUAGES:
        contents[f"brimming-{language}"] = brimming(folder / f"brimming-{language}", language)
        contents[f"bare-{language}"] = plain(folder / f"bare-{language}", language=language, target="WBBM")
    contents |= {name: portfolio(name, folder / name) for name in ODD}
    contents |= {f"{name}-en": in_english(folder / name) for name in ("long-titles", "many-people")}
    return {
        name: (shown(pack.readiness_report(each), whole=name in WHOLE), squeezed(check_code(each.readiness)))
        for name, each in contents.items()
    }


def shown(report: Report, *, whole: bool) -> Report:
    """Return a report, or what is before its annex and the title of that."""
    annex = next(number for number, each in enumerate(report.blocks) if isinstance(each, Heading) and each.new_page)
    return report if whole else replace(report, blocks=report.blocks[: annex + 1])


def faults(reports: Reports, papers: Sequence[bytes]) -> dict[str, list[str]]:
    """Return what is wrong with some reports on paper, by their names."""
    found = {}
    for (name, (report, code)), paper in zip(reports.items(), papers, strict=True):
        pages = [] if is_signed_on_two_pages(paper, report, code) else ["pages"]
        found[name] = [*pages, *sorted(heads_broken(paper, report))]
    return {name: each for name, each in found.items() if each}


def is_signed_on_two_pages(paper: bytes, report: Report, code: str) -> bool:
    """Whether the check code, next to the signature, is on the page before the annex, which is at most the third."""
    pages = pages_of(paper)
    annex = next(each.text for each in report.blocks if isinstance(each, Heading) and each.new_page)
    first = next(number for number, page in enumerate(pages) if page.startswith(annex))
    return first <= 2 and [number for number, page in enumerate(pages) if code in page] == [first - 1]


def heads_broken(paper: bytes, report: Report) -> set[str]:
    """Return the words of heads of tables that the paper has on no line as a whole."""
    lines = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))
    tables = [each for each in report.blocks if isinstance(each, ReportTable)]
    return {word for each in tables for column in each.columns for word in column.head.split()} - set(lines.split())


def test_the_pdf_is_signed_on_two_pages_and_no_head_is_broken(reports: Reports) -> None:
    assert faults(reports, [pdf.content(each) for each, _ in reports.values()]) == {}


@needs_libreoffice
def test_the_document_of_word_is_signed_on_two_pages_and_no_head_is_broken(reports: Reports, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.docx" for name in reports]
    for file, (each, _) in zip(files, reports.values(), strict=True):
        file.write_bytes(docx.content(each))
    assert faults(reports, [each.read_bytes() for each in convert(files, "pdf", tmp_path / "converted")]) == {}
