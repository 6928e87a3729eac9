"""The readiness report, the annex and the statement: the figures of the site, on paper that can be signed."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.build import project
from generator.exchange.check_code import check_code
from generator.exchange.readiness_json import readiness_data
from generator.reports import docx, pack, pdf
from generator.reports.blocks import Report
from generator.site import published
from generator.site.contents import Contents
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support import builders, odd, small
from tests.support.paper import everything, lines_of, pages_of, squeezed, table_with, tables_of

SIGNED = {
    "institution": "Badan Uji",
    "address": ["Jalan Melati 12", "Telepon 000"],
    "signatory": {"name": "Ani Wati", "position": "Kepala Balai", "number": "1972 0814", "place": "Palembang"},
}


def read(home: Path, on: datetime.date = SAMPLE_DAY) -> Contents:
    """Return what the site of a portfolio shows on a day."""
    outcome = project.read(home, on=on)
    assert outcome.readiness is not None, outcome.diagnostics
    return published.contents(outcome.readiness, outcome.files, home)


@cache
def sample() -> Contents:
    return read(SAMPLE)


def plain(folder: Path, **settings: object) -> Contents:
    """Return a portfolio with the whole worksheet and no record."""
    given = {"title": "Portofolio", "unit": "Balai", "instrument": "lke-zi-90-2021", **settings}
    return read(builders.write(folder, {"portfolio.yaml": builders.yaml_of(**given)}))


def portfolio(name: str, folder: Path) -> Contents:
    """Return a portfolio by its name: the sample, an empty one in English, the small one, or an odd one."""
    match name:
        case "sample":
            return sample()
        case "empty":
            return plain(folder, language="en")
        case "small":
            return read(small.write(folder))
        case _:
            return read(odd.write(name, folder))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    return plain(tmp_path_factory.mktemp("english"), language="en", **SIGNED)


# The figures


def written(figure: float | Decimal, language: str, unit: str = "") -> str:
    """Write a figure of readiness.json as a person would."""
    scaled = Decimal(str(figure)) * (100 if unit == "%" else 1)
    plain = f"{scaled.quantize(Decimal('0.01'), ROUND_HALF_UP)}"
    return (plain if language == "en" else plain.replace(".", ",")) + unit


def gate_figure(gate: Mapping[str, Any], figure: float, language: str) -> str:
    return written(figure, language, "" if gate["measure"] == "score" else "%")


FIGURES = ("sample", "empty", "small", "one", "area-with-nothing", "all-restricted", "published-often")
HEADS = {
    "id": ("Area perubahan", "Ambang batas", "Kode", "dari", "terpenuhi", "belum"),
    "en": ("Area of change", "Threshold", "Code", "of", "met", "not met"),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_that_of_the_data(name: str, tmp_path: Path) -> None:
    contents = portfolio(name, tmp_path)
    data, language = readiness_data(contents.readiness), contents.portfolio.language
    word = docx.content(pack.readiness_report(contents))
    area_head, gate_head, code_head, of, met, unmet = HEADS[language]

    index = next(table[1:] for table in tables_of(word) if table[0][0] in {"Dasar", "Basis"})
    assert [row[2] for row in index] == [
        written(data["index"][basis], language) for basis in ("claimed", "supported", "assessed")
    ]
    for row, area in zip(table_with(word, area_head), data["areas"], strict=True):
        fulfilled, expected = area["documents"]["fulfilled"], area["documents"]["expected"]
        share = Decimal(fulfilled) / expected if expected else Decimal(1)
        value = Decimal(str(area["supported"])) / Decimal(str(area["weight"]))
        assert row[1:3] == [f"{fulfilled} {of} {expected}", written(share, language, "%")]
        assert row[4] == written(value, language, "%")

    [target] = [each for each in data["predicates"] if each["id"] == data["target"]]
    rows = table_with(word, gate_head)
    assert len(rows) == len(target["gates"])
    for row, gate in zip(rows, target["gates"], strict=True):
        assert row[1:3] == [gate_figure(gate, figure, language) for figure in (gate["min"], gate["value"]["supported"])]
        assert row[5] == (met if gate["passed"]["supported"] else unmet)
        assert (row[3] == "–") == gate["passed"]["supported"]

    items = [row for row in table_with(word, code_head) if len(row) > 1]
    assert len(items) == data["counts"]["items"]
    for row, item in zip(items, data["items"], strict=True):
        documents = item["documents"]
        assert (row[0], row[4]) == (item["id"], written(item["supported"], language))
        assert row[5] == f"{len(documents['fulfilled'])} {of} {len(documents['expected'])}"
        assert (row[2] == "–") == (item["answer"] is None)


@pytest.mark.parametrize("name", ["sample", "empty", "small"])
def test_the_pdf_has_every_row_and_every_line_of_the_document_of_word(name: str, tmp_path: Path) -> None:
    contents = portfolio(name, tmp_path)
    for report in (pack.readiness_report(contents), pack.proposal_annex(contents), pack.responsibility(contents)):
        word, paper = docx.content(report), "".join(pages_of(pdf.content(report)))
        letterhead = 1 + bool(report.letterhead.institution) + len(report.letterhead.address)
        for text in [*("".join(row) for table in tables_of(word) for row in table), *lines_of(word)[letterhead:]]:
            assert squeezed(text) in paper, text


def test_the_table_of_components_adds_up_to_the_index() -> None:
    rows = table_with(docx.content(pack.proposal_annex(sample())), "Komponen", "Bobot")
    figures = [[Fraction(cell.replace(",", ".")) for cell in row[1:]] for row in rows]
    codes = [row[0].split()[0] for row in rows]
    nodes = sample().readiness.nodes
    assert codes[:-1] == [node for node in nodes if node.count(".") < 3]
    for code, (weight, *scores) in zip(codes[:-1], figures[:-1], strict=True):
        assert weight == nodes[code].weight
        assert all(
            abs(shown - exact) <= Fraction(1, 200)
            for shown, exact in zip(scores, nodes[code].scores.each(), strict=True)
        )
    tops = [row for code, row in zip(codes, figures, strict=True) if "." not in code and code != "Indeks"]
    assert figures[-1][0] == sum(row[0] for row in tops)


def test_a_score_that_misses_its_threshold_is_never_rounded_up_to_it() -> None:
    readiness = builders.readiness(
        builders.item("A.1", weight=Fraction(74999, 1000), scale="abc", answer="A", documents=()),
        builders.item("A.2", weight=Fraction(25001, 1000), scale="abc"),
    )
    word = docx.content(pack.readiness_report(Contents(readiness)))
    assert "74.999" in everything(word)
    assert table_with(word, "Component")[-1][2] == "74.999"


# What else it says


def test_it_says_who_writes_for_which_days_and_who_signs(english: Contents) -> None:
    word = docx.content(pack.readiness_report(english))
    lines = lines_of(word)
    assert lines[:4] == ["BADAN UJI", "Balai", "Jalan Melati 12", "Telepon 000"]
    assert lines[4:6] == ["Readiness report", "Portofolio · State of 30 June 2023"]
    signature = next(table for table in tables_of(word) if "Ani Wati" in str(table))
    assert "Palembang, 30 June 2023" in signature[0][1]
    assert "Kepala Balai" in signature[0][1]
    assert "NIP 1972 0814" in signature[0][1]
    assert check_code(english.readiness) in signature[0][0]


def test_what_the_settings_leave_open_is_a_dotted_line(tmp_path: Path) -> None:
    contents = plain(tmp_path)
    report, statement = (docx.content(each(contents)) for each in (pack.readiness_report, pack.responsibility))
    assert "NIP ......" in everything(report)
    assert "......, 30 Juni 2023" in everything(report)
    fields = {row[0]: row[2] for table in tables_of(statement) for row in table if len(row) == 3}
    assert set(fields["Nama"]) == set(fields["Jabatan"]) == set(fields["Instansi"]) == {"."}
    assert fields["Satuan kerja yang diusulkan"] == "Balai"
    assert "None" not in everything(report) + everything(statement)


def test_the_statement_names_the_index_and_the_code_and_leaves_the_day_open(english: Contents) -> None:
    word = docx.content(pack.responsibility(english))
    text = everything(word)
    assert "as of 30 June 2023 gives an index of 0.00 of 100" in text
    assert check_code(english.readiness) in text
    assert "Palembang, ....." in text
    assert "Duty stamp" in text


def test_prerequisites_are_there_with_their_state_and_their_documents() -> None:
    word = docx.content(pack.readiness_report(sample()))
    short, parts = (table[1:] for table in tables_of(word) if table[0][0] == "Prasyarat")
    long = [row for row in parts if len(row) > 1]
    assert [row for row in parts if len(row) == 1] == [["Instansi"], ["Satuan kerja"]]
    states = [each.state.value for each in sample().readiness.prerequisites]
    assert len(short) == len(long) == len(states)
    by_state = dict(zip(states, [row[4] for row in long], strict=True))
    assert by_state["met"] == "terpenuhi"
    assert by_state["unmet"] == "belum"
    assert by_state["unanswered"] == "belum dijawab"
    named = [row[3] for row in long]
    assert any("https://" in each for each in named)
    assert [each == "–" for each in named] == [
        each.answer is None or not each.answer.documents for each in sample().readiness.prerequisites
    ]


def test_the_history_of_publications_is_told_where_there_is_one(tmp_path: Path) -> None:
    lines = [
        {"date": f"2023-0{month}-28", "index": {"weight": 100, "supported": month * 10.25}} for month in range(1, 7)
    ]
    home = builders.write(tmp_path, {"publications.jsonl": "".join(f"{json.dumps(each)}\n" for each in lines)})
    text = everything(docx.content(pack.readiness_report(plain(home, language="en"))))
    assert "Publication of 28 May 2023: 51.25. Now 0.00, down 51.25." in text
    assert "28 February 2023: 20.50; 28 March 2023: 30.75" in text
    assert "28 January" not in text


def test_open_findings_are_listed_and_closed_ones_are_not() -> None:
    word = docx.content(pack.readiness_report(sample()))
    rows = table_with(word, "Tanggal", "Temuan")
    found = sorted((each for each in sample().shown_findings if not each.closed), key=lambda each: each.date)
    assert [row[1].split()[0] for row in rows] == [each.item for each in found[: len(rows)]]
    assert f"{len(found) - len(rows)} lagi ada di lampiran." in everything(word)


def test_persons_are_listed_with_what_they_have_to_do() -> None:
    rows = table_with(docx.content(pack.readiness_report(sample())), "Penanggung jawab")
    assert rows
    assert [int(row[2]) for row in rows] == sorted((int(row[2]) for row in rows), reverse=True)


def test_nothing_that_is_restricted_or_a_draft_is_told(tmp_path: Path) -> None:
    secret = "rahasia-jabatan"
    record = builders.front_matter(
        "Isi.",
        title="Kegiatan",
        date="2023-01-18",
        items=["A.I.1.i.a"],
        evidence=[{"file": f"{secret}.pdf", "type": "sk", "classification": "restricted"}],
    )
    draft = builders.front_matter(
        "Isi.", title="Rancangan gelap", date="2023-01-18", items=["A.I.1.i.a"], status="draft", people=["Orang gelap"],
        evidence=[{"file": "konsep-gelap.pdf"}],
    )  # fmt: skip
    area = "records/1-manajemen-perubahan"
    judged = [{"record": "a", "file": f"{secret}.pdf", "verdict": "rejected", "reason": "Lain"}]
    of_draft = [{"record": "b", "file": "konsep-gelap.pdf", "verdict": "rejected", "reason": "Lain"}]
    settings = builders.yaml_of(
        title="P", unit="Balai", prerequisites={"opini-bpk": {"answer": "WTP", "documents": [f"{area}/a/{secret}.pdf"]}}
    )
    home = builders.write(
        tmp_path,
        {
            "portfolio.yaml": settings,
            f"{area}/a/index.md": record,
            f"{area}/a/{secret}.pdf": builders.pdf(secret),
            f"{area}/b/index.md": draft,
            f"{area}/b/konsep-gelap.pdf": builders.pdf("konsep"),
            "findings/1.md": builders.front_matter("Lihat.", date="2023-03-01", evidence=judged),
            "findings/2.md": builders.front_matter("Lihat.", date="2023-03-02", evidence=of_draft),
        },
    )
    contents = read(home)
    assert len([each for each in contents.portfolio.findings if not each.closed]) == 2
    for report in (pack.readiness_report(contents), pack.proposal_annex(contents), pack.responsibility(contents)):
        text = everything(docx.content(report)).casefold() + "".join(pages_of(pdf.content(report))).casefold()
        assert "rahasia" not in text
        assert "gelap" not in text


def test_the_same_portfolio_gives_the_same_bytes() -> None:
    assert pack.pack(read(SAMPLE)) == pack.pack(sample())


REPORTS: list[Any] = [pack.readiness_report, pack.proposal_annex, pack.responsibility]


@pytest.mark.parametrize("of", REPORTS)
def test_user_text_stays_text_whatever_it_looks_like(of: Any, tmp_path: Path) -> None:
    odd_text = '#set page(width: 1pt) $x^2$ *b* _i_ `c` <w:p> </w:t> {{ n }} {% if %} "\\n" #panic("!") @label // & &amp; [c] = h'
    contents = plain(
        tmp_path, unit=odd_text, institution="#let x = 1", title=odd_text, address=[odd_text],
        signatory={"name": odd_text, "position": odd_text, "number": "#1", "place": "$"},
    )  # fmt: skip
    report: Report = of(contents)
    assert odd_text in everything(docx.content(report))
    assert squeezed(odd_text) in "".join(pages_of(pdf.content(report)))


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("漢字 Balai 😀", "漢字 Balai 😀"),
        ("a\x00b\x1fc", "a\ufffdb\ufffdc"),
        ("a\tb\nc", "a b c"),
        ("معهد – B", "معهد – B"),
    ],
)
def test_a_name_of_any_characters_does_not_stop_it(unit: str, shown: str, english: Contents) -> None:
    named = replace(english.readiness, portfolio=replace(english.portfolio, unit=unit))
    report = pack.responsibility(Contents(named))
    assert shown in everything(docx.content(report))
    assert "Page1of1" in pages_of(pdf.content(report))[0]


def test_a_day_before_the_first_of_zips_and_clocks_is_no_obstacle(english: Contents) -> None:
    early = Contents(replace(english.readiness, on=datetime.date(1912, 2, 29)))
    report = pack.responsibility(early)
    assert "29 February 1912" in everything(docx.content(report))
    assert "29February1912" in pages_of(pdf.content(report))[0]
