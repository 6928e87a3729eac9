"""Registers as xlsx, csv and JSON: what is in them, what never is, and what a spreadsheet makes of it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.build.project import read
from generator.build.registers import register_contents
from generator.evidence import State
from generator.exchange.readiness_json import readiness_data, readiness_json
from generator.exchange.registers import csv_files, files, xlsx
from generator.exchange.registers.contents import RegisterContents
from generator.exchange.registers.portfolio_json import portfolio_json
from generator.exchange.registers.portfolio_schema import portfolio_schema
from generator.exchange.registers.tables import NAMES, CellLink, plain, tables
from generator.model.paths import published_path
from generator.model.portfolio import Answer, Portfolio
from generator.site.contents import Contents, Places
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.support import builders, plans, small
from tests.support.command import catat
from tests.support.libreoffice import convert, needs_libreoffice

DANGEROUS = (
    "=1+1", '=HYPERLINK("http://x","y")', "+62 812", "-5 derajat", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", "  =2+2",
    "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff201", "\u2212 1", "\u200b=1", "Tabel;=1+1", "Tabel, @SUM(A1)",
)  # fmt: skip
"""Words that some spreadsheet would take for a formula in a csv."""

SEPARATORS = (",", ";")


def contents_of(of: Portfolio, *, on: datetime.date = builders.DAY) -> RegisterContents:
    """The contents of registers of a portfolio in memory, all of whose open files are in its site."""
    open_to_all = (each.file for each in of.documents() if each.file is not None and not each.confidential)
    places = {each.reference: published_path(each.reference, active=False) for each in open_to_all}
    return RegisterContents(builders.readiness_of(of, on=on), places)


def workbook(contents: RegisterContents, base: xlsx.LinkBase | None = None, **more: Any) -> bytes:
    stream = io.BytesIO()
    xlsx.write_workbook(stream, contents, base or xlsx.LinkBase(), **more)
    return stream.getvalue()


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def written(contents: RegisterContents, **more: Any) -> dict[str, bytes]:
    """Every file of the registers."""
    found = {}
    for name, write in files.register_files(contents, **more).items():
        stream = io.BytesIO()
        write(stream)
        found[name] = stream.getvalue()
    return found


def rows_of(content: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def data_of(contents: RegisterContents) -> Any:
    return json.loads("".join(portfolio_json(contents)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small portfolio, with an answer with a note, and a finding on a draft's document."""
    home = small.write(tmp_path_factory.mktemp("registers"))
    builders.write(
        home,
        {
            "assessment/1.md": "---\nanswers:\n  A.I.1.i.a: {answer: Ya, note: =besok}\n  A.I.1.ii.c: B\n---\n",
            "findings/draf.md": "---\nitem: A.I.1.i.a\ndate: 2023-05-02\nstatus: closed\nevidence:\n"
            "  - {record: draf, file: evidence/draf.pdf, verdict: rejected, reason: Alasan pada draf}\n---\nLihat lagi.\n",
            "findings/rahasia.md": "---\nitem: A.I.3.v.a\ndate: 2023-05-03\nevidence:\n"
            "  - {record: hukuman, file: evidence/hukuman.pdf, verdict: rejected, reason: Alasan yang tertutup}\n---\n",
            "findings/nanti.md": "---\nitem: A.I.1.i.a\ndate: 2023-07-02\nanswer: Tidak\n---\nBelum berbicara.\n",
        },
    )
    return home


@pytest.fixture(scope="module")
def contents(home: Path) -> RegisterContents:
    return register_contents(read(home, on=small.DAY))


@pytest.fixture(scope="module")
def sample() -> RegisterContents:
    return register_contents(read(SAMPLE, on=SAMPLE_DAY))


# The workbook


def test_each_register_is_a_sheet_with_a_fixed_header_and_filters(sample: RegisterContents) -> None:
    book = opened(workbook(sample))
    assert book.sheetnames == ["Kegiatan", "Eviden", "Temuan", "Kekurangan", "Butir"]
    for sheet, table in zip(book, tables(sample), strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert [cell.value for cell in sheet[1]] == [column.title for column in table.columns]
        assert sheet.max_row == 1 + len(list(table.rows())) > 1
        assert sheet.sheet_state == "visible"
        assert not any(each.hidden for each in sheet.column_dimensions.values())


def test_days_figures_and_sizes_are_values(sample: RegisterContents) -> None:
    book = opened(workbook(sample))
    for sheet, table in zip(book, tables(sample), strict=True):
        for cells, row in zip(sheet.iter_rows(min_row=2), table.rows(), strict=True):
            for cell, value in zip(cells, row, strict=True):
                match value:
                    case datetime.date():
                        assert cell.is_date, cell.coordinate
                        assert cell.value.date() == value
                    case int() | Fraction():
                        assert cell.data_type == "n"
                        assert abs(Fraction(cell.value) - value) <= Fraction(1, 10**6)
                    case CellLink():
                        assert cell.value == value.text
                    case _:
                        assert (cell.value or "") == (value or ""), cell.coordinate


def test_words_stay_words_in_the_workbook() -> None:
    records = [
        replace(builders.record(f"r{number}"), title=title, people=(title,), tags=(title,))
        for number, title in enumerate(DANGEROUS)
    ]
    book = opened(workbook(contents_of(builders.portfolio(builders.item("A.1"), *records))))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    found = {cell.value for cell in book.worksheets[0]["C"]}
    assert {plain(title) for title in DANGEROUS} <= found


def test_links_lead_to_the_address_of_the_site_or_nowhere(contents: RegisterContents) -> None:
    def targets(base: xlsx.LinkBase) -> list[str]:
        book = opened(workbook(contents, base))
        return [cell.hyperlink.target for sheet in book for row in sheet for cell in row if cell.hyperlink]

    assert targets(xlsx.LinkBase()) == ["https://example.org/berita"], "only what is on the web"
    public = targets(xlsx.LinkBase("https://intranet.example/zi/"))
    assert "https://intranet.example/zi/records/pertama.html" in public
    assert any(each.startswith("https://intranet.example/zi/files/records/") for each in public)
    relative = targets(xlsx.LinkBase(page="downloads/registers.xlsx"))
    assert "..\\records\\pertama.html" in relative


def test_the_same_registers_are_the_same_bytes(sample: RegisterContents, home: Path) -> None:
    assert workbook(sample) == workbook(sample)
    again = register_contents(read(home, on=small.DAY))
    assert written(register_contents(read(home, on=small.DAY))) == written(again)
    properties = opened(workbook(again)).properties
    assert properties.created == datetime.datetime(2023, 6, 30)  # noqa: DTZ001 - openpyxl has no zones
    assert (properties.title, properties.creator) == ("Portofolio Uji", "Satker Uji")


def test_what_excel_has_no_room_for_is_cut_or_goes_onto_a_further_sheet() -> None:
    answer = Answer("Ya", Fraction(1), note=f"Awal\x01 {'kata ' * 10_000}")
    of = builders.portfolio(builders.item("A.1"), *(builders.record(f"r{number}") for number in range(5)))
    book = opened(workbook(contents_of(replace(of, answers={"A.1": answer})), most_rows=2))
    assert [name for name in book.sheetnames if name.startswith("Records")] == ["Records", "Records 2", "Records 3"]
    assert [sheet.max_row for sheet in book.worksheets[:3]] == [3, 3, 2]
    note = book["Items"].cell(2, 18).value
    assert note.startswith("Awal\ufffd kata")
    assert note.endswith("…")
    assert len(note) <= xlsx.MOST_UNITS


@needs_libreoffice
def test_libreoffice_opens_them_without_a_formula(tmp_path: Path, contents: RegisterContents) -> None:
    records = [replace(builders.record(f"r{number}"), title=title) for number, title in enumerate(DANGEROUS)]
    dangerous = contents_of(builders.portfolio(builders.item("A.1"), *records))
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "buku.xlsx").write_bytes(workbook(contents, xlsx.LinkBase(page="downloads/registers.xlsx")))
    (folder / "bahaya.xlsx").write_bytes(workbook(dangerous))
    (folder / "tabel.csv").write_bytes(written(dangerous)["records.csv"])
    opened_by = convert([folder / name for name in ("buku.xlsx", "bahaya.xlsx", "tabel.csv")], "fods", tmp_path / "x")
    texts = [each.read_text("utf-8") for each in opened_by]
    assert not any("table:formula" in text for text in texts)
    assert 'office:date-value="2023-01-18"' in texts[0]
    assert 'xlink:href="../records/pertama.html"' in texts[0]
    assert 'office:date-value="2023-01-18"' in texts[2], "a day in a csv is one for a spreadsheet"


# csv


def test_a_csv_begins_with_a_mark_and_has_a_line_for_each_row(contents: RegisterContents) -> None:
    found = written(contents)
    for table in tables(contents):
        content = found[f"{table.name}.csv"]
        assert content.startswith(b"\xef\xbb\xbf")
        rows = rows_of(content)
        assert rows[0] == [column.title for column in table.columns]
        assert len(rows) == content.count(b"\r\n") == 1 + len(list(table.rows()))


def test_with_semicolons_figures_have_the_comma_of_indonesia(contents: RegisterContents) -> None:
    point, comma = (rows_of(written(contents, separator=each)["items.csv"], each) for each in ",;")
    assert [len(row) for row in point] == [len(row) for row in comma]
    weights = {(one[4], other[4]) for one, other in zip(point[1:], comma[1:], strict=True)}
    assert weights
    assert all("," not in one and one.replace(".", ",") == other for one, other in weights)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_like_a_formula_has_an_apostrophe_in_csv(text: str) -> None:
    assert "'" in csv_files.guarded(text)
    of = builders.portfolio(builders.item("A.1"), replace(builders.record("r"), title=text))
    for separator in SEPARATORS:
        content = written(contents_of(of), separator=separator)["records.csv"]
        for seen_by in (*SEPARATORS, "\t"):
            assert not any(begins_a_formula(cell) for row in rows_of(content, seen_by) for cell in row), seen_by


def begins_a_formula(cell: str) -> bool:
    unseen = ("Cc", "Cf", "Zs", "Zl", "Zp")
    first = next((each for each in cell if unicodedata.category(each) not in unseen), " ")
    return unicodedata.normalize("NFKC", first) in "=+-@\u2212"


@given(st.text(st.sampled_from("=+-@\uff1d\t\r\n ;,\"'aé\u200b0"), max_size=12))
def test_no_guarded_words_begin_a_formula_and_harmless_ones_stay(text: str) -> None:
    guarded = csv_files.guarded(text)
    assert not begins_a_formula(guarded)
    assert not guarded.startswith(("\t", "\r", "\n"))
    if not re.search("[=+\\-@\uff1d]", text) and not text.startswith(("\t", "\r", "\n")):
        assert guarded == text
    assert guarded.replace("'", "") == text.replace("'", "")


def test_a_small_portfolio_gives_these_tables() -> None:
    document = builders.document("sk", valid_until="2024-01-01")
    link = builders.document(None, url="https://drive.google.com/drive/folders/x", items=["A.1"])
    of = builders.portfolio(
        builders.item("A.1", documents=("sk", "notulen"), answer="A"),
        replace(builders.record("satu", document, link, people=("Ani", "Budi")), tags=("a", "b")),
        builders.record("dua", builders.document("sk"), restricted=True, date="2023-02-01"),
        builders.record("tiga", draft=True),
        builders.finding("A.1", rejects=[("satu", 1)], reason="Tidak ditandatangani", answer="C"),
    )
    found = {name: content.decode("utf-8-sig") for name, content in written(contents_of(of)).items() if "csv" in name}
    assert found["records.csv"].splitlines()[1:] == [
        "2023-02-01,,Record dua,dua,1,A.1,,,,,restricted",
        "2023-01-18,,Record satu,satu,1,A.1,Ani; Budi,a; b,2,0,",
    ]
    assert [row[:2] + row[8:12] for row in rows_of(found["evidence.csv"].encode())[1:]] == [
        ["1", "https://drive.google.com/drive/folders/x", "does not count",
         "The address leads to a shared folder; a folder is no document.", "", "https://drive.google.com/drive/folders/x"],
        ["2", "sk.pdf", "does not count", "Rejected by the assessors: Tidak ditandatangani",
         "", "sk.pdf"],
    ]  # fmt: skip
    assert found["findings.csv"].splitlines()[1:] == [
        "2023-03-02,open,A.1,Item A.1,TPI,,,C,,,,sk.pdf: rejected (Tidak ditandatangani),,,,,120,Ani; Budi"
    ]
    assert found["gaps.csv"].splitlines()[1:] == ["1,A.1,Item A.1,,1,notulen,Ani; Budi"]


# What they never say


def texts_of(found: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name, content in found.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from ((f"{name}/{part}", archive.read(part).decode()) for part in archive.namelist())
        else:
            yield name, content.decode()


def test_nothing_of_drafts_and_no_more_of_what_is_restricted_than_pages_show(contents: RegisterContents) -> None:
    found = written(contents, folder="downloads/")
    for file in files.area_files(contents, folder="downloads/").items():
        stream = io.BytesIO()
        file[1](stream)
        found[file[0]] = stream.getvalue()
    withheld = (
        "Masih rancangan", "draf.pdf", "records/draf", "Alasan pada draf", "rahasia.pdf", "hukuman.pdf",
        "Judul yang tersembunyi", "Alasan yang tertutup", small.SECRET, "Belum berbicara",
    )  # fmt: skip
    for name, text in texts_of(found):
        assert not [each for each in withheld if each in text], name
    restricted = next(each for each in contents.portfolio.records if each.restricted).documents[0]
    shown = next(each for each in contents.documents() if each.document.restricted).document
    assert restricted.file
    assert shown.file
    data = "".join(text for _, text in texts_of(found))
    assert restricted.file.inspection.sha256 not in data
    assert shown.file.inspection.sha256 in data, "the page of an open record shows the digest of a restricted document"
    row = next(each for each in data_of(contents)["documents"] if each["restricted"])
    assert (row["file"], row["path"], row["url"], row["size"], row["pages"]) == (None, None, None, None, None)


def test_what_the_files_of_others_restrict_is_named_nowhere(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(
        home,
        {
            "records/3-sdm/lain.md": "---\ntitle: Lain\ndate: 2023-03-02\nevidence:\n"
            "  - {file: evidence/undangan.pdf, type: undangan, classification: restricted}\n"
            "  - {url: 'https://rahasia.example/a', type: undangan, classification: restricted}\n---\n",
            "records/3-sdm/lagi.md": "---\ntitle: Lagi\ndate: 2023-03-03\nevidence:\n"
            "  - {url: 'https://rahasia.example/a', type: undangan}\n---\n",
        },
    )
    contents = register_contents(read(home, on=small.DAY))
    for name, text in texts_of(written(contents)):
        assert "undangan.pdf" not in text, name
        assert "rahasia.example" not in text, name


# The data


@pytest.fixture(scope="module")
def various(contents: RegisterContents, sample: RegisterContents) -> dict[str, RegisterContents]:
    """Contents of many sorts: every state of a document, no record at all, an instrument of one's own."""
    states = [builders.document(f"d{number}", state=state) for number, state in enumerate(State)]
    urls = [builders.document(None, url=url) for url in ("https://x.example/a.pdf", "ftp://x", "mailto:a@b")]
    items = (builders.item("A.1", scale="ratio", answer="3/4", documents=("sk", ["notulen", "laporan"])),)
    many = builders.portfolio(
        *items,
        builders.record("satu", *urls, date="2024-01-01", area=None),
        builders.record("dua", builders.document("sk", restricted=True), builders.document("sk"), draft=True),
        builders.finding("A.1", date="2023-01-02", answer="1/2", closed=True),
        builders.finding(rejects=[("satu", 1), ("dua", 1)], reason="Buram"),
        period=("2023-01-01", None),
    )
    of_states = builders.portfolio(*items, builders.record("satu", *states[:0]))
    return {
        "small": contents,
        "sample": sample,
        "many": contents_of(many),
        "states": contents_of(of_states),
        "empty": contents_of(builders.portfolio(builders.item("A.1"))),
        "states of files": contents_of(
            builders.portfolio(*items, builders.record("satu", *(replace_type(each) for each in states)))
        ),
    }


def replace_type(part: builders.DocumentPart) -> builders.DocumentPart:
    return builders.document("sk", state=part.state)


def strict(schema: Any) -> Any:
    """The schema as one that takes no key that it does not name."""
    if isinstance(schema, dict):
        found = {key: strict(value) for key, value in schema.items()}
        return {**found, "additionalProperties": False} if "properties" in found else found
    return [strict(each) for each in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize("name", ["small", "sample", "many", "states", "empty", "states of files"])
def test_the_data_is_what_its_schema_says(name: str, various: dict[str, RegisterContents]) -> None:
    validator = jsonschema.Draft202012Validator(
        strict(portfolio_schema()), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    jsonschema.Draft202012Validator.check_schema(portfolio_schema())
    problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data_of(various[name]))]
    assert problems == []


@pytest.mark.parametrize("name", ["small", "sample", "many", "states of files"])
def test_the_data_agrees_with_the_readiness(name: str, various: dict[str, RegisterContents]) -> None:
    contents = various[name]
    data, readiness = data_of(contents), readiness_data(contents.readiness)
    counts, left_out = readiness["counts"], data["left_out"]
    assert counts["records"] == len(data["records"]) + left_out["drafts"]
    assert counts["documents"] == len(data["documents"]) + sum(left_out.values()) - left_out["drafts"]
    assert counts["answered"] == len(data["answers"])
    assert data["portfolio"] == readiness["portfolio"]
    assert {each["id"]: each["answer"] for each in readiness["items"] if each["answer"] is not None} == {
        each["item"]: each["answer"] for each in data["answers"]
    }
    missing = {each["id"]: each["documents"]["missing"] for each in readiness["items"] if each["documents"]["missing"]}
    assert {each["item"]: each["missing"] for each in data["gaps"] if each["missing"]} == missing
    named = {each["id"]: set(each["records"]) for each in readiness["items"] if each["records"]}
    assert all(record in {each["id"] for each in data["records"]} for ids in named.values() for record in ids)


def test_words_are_exact_in_the_data(contents: RegisterContents) -> None:
    data = data_of(contents)
    assert next(each["note"] for each in data["answers"] if each["note"]) == "=besok"
    assert 'Rapat tim & "persiapan" <awal>' in {each["title"] for each in data["records"]}
    undated = replace(contents.portfolio.records[0], title="a\udce9\u2028b\nc")
    of = replace(contents.portfolio, records=(undated,), findings=())
    text = "".join(portfolio_json(contents_of(of, on=small.DAY)))
    text.encode()
    assert json.loads(text)["records"][0]["title"] == "a\udce9\u2028b\nc"


# The same as the site


def test_registers_have_what_the_lists_of_the_site_have(sample: RegisterContents) -> None:
    plan = plans.plan_of(sample.readiness, language="id", places=Places({}, sample.files, {}))
    totals = {page.path: page.arguments()[-1].total for page in plan.pages() if "list_view" in repr(page.view_of)}
    assert len(list(tables(sample)[0].rows())) == totals["records.html"]
    assert max(each.number for each in sample.documents()) == totals["evidence.html"]
    assert len(sample.findings) == totals["findings.html"]
    for area in sample.portfolio.instrument.areas:
        part, name = replace(sample, area=area.number), f"area-{area.number}"
        assert len(part.records) == totals.get(f"lists/records-{name}.html", 0)
        assert len({each.number for each in part.documents()}) == totals.get(f"lists/evidence-{name}.html", 0)
        assert len(part.findings) == totals.get(f"lists/findings-{name}.html", 0)
        assert {each.item.area for each in part.items} == {area.number}
        assert len(part.gaps) == sum(each.item.area == area.number for each in sample.gaps)
    register = Contents(sample.readiness, Places({}, sample.files, {})).register
    firsts = [each.document.key for each in sample.documents()]
    assert firsts == [exhibit.document.key for cited in register.listed for exhibit in cited]


# The command


def test_a_folder_gets_every_file_and_keeps_others(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "daftar"
    builders.write(out, {"lain.txt": "tetap", "items.csv": "lama"})
    done = catat("export", "registers", str(home), "-o", str(out), "--as-of", "2023-06-30", "--lang", "en", "--yes")
    assert (done.returncode, done.stdout.strip()) == (0, f"9 files written in {out}.")
    found = small.contents(out)
    assert found.pop("lain.txt") == b"tetap"
    assert found.pop("readiness.json") == readiness_json(read(home, on=small.DAY).readiness).encode()
    assert found == written(register_contents(read(home, on=small.DAY)))
    assert set(found) == {
        "registers.xlsx",
        "portfolio.json",
        "portfolio.schema.json",
        *(f"{name}.csv" for name in NAMES),
    }


@pytest.mark.parametrize(("name", "same"), [("satu.xlsx", "registers.xlsx"), ("dua.JSON", "portfolio.json")])
def test_a_file_gets_the_workbook_or_the_data_alone(home: Path, tmp_path: Path, name: str, same: str) -> None:
    done = catat("export", "registers", str(home), "-o", str(tmp_path / name), "--as-of", "2023-06-30")
    assert done.returncode == 0
    assert small.contents(tmp_path) == {name: written(register_contents(read(home, on=small.DAY)))[same]}


@pytest.mark.parametrize(
    ("out", "more", "says"),
    [
        ("daftar.csv", (), "A csv holds one table, and there are five. Name a folder: -o {out}"),
        ("daftar.ods", (), "is of no kind that can be written. Name a folder (-o {out}), or a file .xlsx or .json."),
        ("a.xlsx", ("--csv-separator", ";"), "has no csv. Name a folder, or leave out --csv-separator."),
        ("berkas", (), "is a file. Name a folder."),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_hint(
    home: Path, tmp_path: Path, out: str, more: tuple[str, ...], says: str
) -> None:
    (tmp_path / "berkas").write_text("isi")
    done = catat("export", "registers", str(home), "-o", str(tmp_path / out), *more, "--lang", "en")
    assert done.returncode == 2
    assert says.format(out=tmp_path / Path(out).stem) in " ".join(done.stderr.split())
    assert small.contents(tmp_path) == {"berkas": b"isi"}


def test_errors_in_the_portfolio_leave_everything_as_it_was(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitel: x\n---\n"})
    done = catat("export", "registers", str(home), "-o", str(tmp_path / "daftar"), "--lang", "en")
    assert done.returncode == 1
    assert "Nothing was written." in done.stderr
    assert not (tmp_path / "daftar").exists()
    own = catat("export", "registers", str(home), "-o", str(home / "records/daftar"), "--lang", "en")
    assert own.returncode == 2
    (tmp_path / "penuh" / "items.csv").mkdir(parents=True)
    builders.write(home, {"records/1-manajemen-perubahan/rusak.md": "---\ntitle: x\ndate: 2023-01-02\n---\n"})
    taken = catat("export", "registers", str(home), "-o", str(tmp_path / "penuh"), "--lang", "en")
    assert taken.returncode == 3
    assert not small.contents(tmp_path / "penuh")


def test_the_schema_is_a_command_too() -> None:
    done = catat("schema", "portfolio-json", str(SAMPLE))
    assert json.loads(done.stdout) == portfolio_schema()
