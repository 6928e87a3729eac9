"""The report of an evaluation: the figures of one level, what it did not judge, and nothing that is restricted."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import docx as reader
import pikepdf
import pytest

from generator.build import project
from generator.exchange.check_code import check_code
from generator.exchange.readiness_json import readiness_data
from generator.languages.words import words_in
from generator.model.addresses import DESK_INDEX
from generator.model.instrument import Choices
from generator.model.portfolio import Level
from generator.reports import docx, pdf
from generator.reports.evaluated import NotAssessed
from generator.reports.evaluation import evaluation
from generator.site import published
from generator.site.contents import Contents
from tests.conftest import SAMPLE, SAMPLE_DAY
from tests.reports.test_pdf import elements
from tests.support import builders, small
from tests.support.libreoffice import convert, needs_libreoffice
from tests.support.paper import everything, lines_of, pages_of, squeezed, table_with, tables_of

SHORT = "instruments/ringkas.yaml"
AREA = "records/1-manajemen-perubahan"


def read(home: Path, on: datetime.date = SAMPLE_DAY) -> Contents:
    """Return what the site of a portfolio shows on a day."""
    outcome = project.read(home, on=on)
    assert outcome.readiness is not None, outcome.diagnostics
    return published.contents(outcome.readiness, outcome.files, home)


@cache
def sample() -> Contents:
    return read(SAMPLE)


def found(item: str | None, answer: str | None = None, body: str = "", /, **fields: object) -> str:
    """Return the text of a finding."""
    given = {"item": item, "answer": answer, "date": "2023-05-02", **fields}
    return builders.front_matter(body, **{name: value for name, value in given.items() if value is not None})


def evaluated(
    folder: Path, *findings: str, files: Mapping[str, str | bytes] | None = None, **settings: object
) -> Contents:
    """Return a portfolio of six items with some findings, in English unless its settings say otherwise."""
    given = {
        "title": "P",
        "unit": "Unit",
        "institution": "Ministry",
        "language": "en",
        "instrument": SHORT,
        "target": "WBK",
    }
    answers = {"A.I.1.i.a": "Ya", "A.I.1.i.b": "B", "A.I.2.i.a": "A", "B.I.a": "3.6"}
    written: dict[str, str | bytes] = {
        "portfolio.yaml": builders.yaml_of(**{**given, **settings}),
        SHORT: small.RINGKAS.read_bytes(),
        "assessment/1.md": builders.front_matter(answers=answers),
        **{f"findings/{number}.md": text for number, text in enumerate(findings, start=1)},
        **(files or {}),
    }
    return read(builders.write(folder, written))


def written(figure: float, language: str, unit: str = "") -> str:
    """Write a figure of readiness.json as a person would."""
    scaled = Decimal(str(figure)) * (100 if unit == "%" else 1)
    plain = f"{scaled.quantize(Decimal('0.01'), ROUND_HALF_UP)}"
    return (plain if language == "en" else plain.replace(".", ",")) + unit


def items_table(word: bytes, language: str) -> list[list[str]]:
    """Return the rows of items, without the headings of their groups."""
    item, weight = words_in(language)("Item"), words_in(language)("Weight")
    return [row for row in table_with(word, item, weight) if len(row) > 1]


@pytest.fixture
def judged(tmp_path: Path) -> Contents:
    """Two levels that differ, a closed finding with a recommendation, and one of two assessors of a day."""
    return evaluated(
        tmp_path,
        found(
            "A.I.1.i.a", "Tidak", condition="No decree.", recommendation="Issue it.", assessor="Ani", assignment="ST-1"
        ),
        found("A.I.1.i.b", "C", "Only minutes.", assessor="Ani", assignment="ST-2"),
        found("A.I.1.i.b", "A", "All is there.", assessor="Budi", assignment="ST-1"),
        found("A.I.2.i.a", "A", assessor="Ani", recommendation="Keep it up.", status="closed"),
        found("A.I.2.i.a", "B", assessor="Cici", level="TPN", date="2023-06-01"),
        found("B.I.a", "3", level="TPN", date="2023-07-01"),
    )


# The figures


@pytest.mark.parametrize("level", [None, "TPI", "TPN"])
def test_every_figure_of_a_level_is_that_of_the_data(level: str | None, tmp_path: Path, judged: Contents) -> None:
    word = docx.content(evaluation(judged, None if level is None else Level(level)))
    # The data of a portfolio whose settings name this level have its figures as the assessed ones.
    named = read(small_with_level(tmp_path, level or "TPI"))
    assert_figures(word, readiness_data(named.readiness), "en")
    data = readiness_data(judged.readiness)["levels"][level or "TPI"]
    assert f"Index by the assessors: {written(data['index'], 'en')} of 15.00 ({data['items']} of 6" in everything(word)


def small_with_level(folder: Path, level: str) -> Path:
    settings = folder / "portfolio.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}level: {level}\n", "utf-8")
    return folder


def test_the_figures_of_the_sample_are_those_of_the_data() -> None:
    assert_figures(docx.content(evaluation(sample())), readiness_data(sample().readiness), "id")


def assert_figures(word: bytes, data: Mapping[str, Any], language: str) -> None:
    words = words_in(language)
    rows = table_with(word, words("Component"), words("Weight"))
    nodes = {each["id"]: each for each in data["nodes"]} | {words("Index"): data["index"]}
    assert rows[-1][0] == words("Index")
    for row in rows:
        node = nodes[row[0].split()[0]]
        assert [row[1], *row[3:5]] == [written(node[key], language) for key in ("weight", "claimed", "assessed")]
        assert abs(Decimal(str(node["assessed"])) - Decimal(str(node["claimed"])) - exact(row[5])) <= Decimal("0.0051")

    rows = items_table(word, language)
    assert [row[0].split()[0] for row in rows] == [each["id"] for each in data["items"]]
    judged_items = 0
    for row, item in zip(rows, data["items"], strict=True):
        assert (row[2] == "–") == (item["answer"] is None)
        if row[2] != "–":
            assert row[2].endswith(f" · {written(item['claimed'], language)}")
        judged_items += row[3] != "–"
        if row[3] != "–":
            assert row[3].endswith(f" · {written(item['assessed'], language)}")
        else:
            assert item["assessed"] == 0
    assert judged_items == data["counts"]["assessed"]

    [target] = [each for each in data["predicates"] if each["id"] == data["target"]]
    rows = table_with(word, words("Threshold"))
    for row, gate in zip(rows, target["gates"], strict=True):
        unit = "" if gate["measure"] == "score" else "%"
        figures = (gate["min"], gate["value"]["claimed"], gate["value"]["assessed"])
        assert row[1:4] == [written(each, language, unit) for each in figures]
        passed = gate["passed"]["assessed"]
        assert row[4] == words("meets the threshold" if passed else "does not meet the threshold yet")


def exact(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def test_a_score_that_misses_its_threshold_is_never_rounded_up_to_it() -> None:
    readiness = builders.readiness(
        builders.item("A.1", weight=Fraction(74999, 1000), scale="abc", answer="A", documents=()),
        builders.item("A.2", weight=Fraction(25001, 1000), scale="abc"),
        builders.finding("A.1", answer="A"),
    )
    word = docx.content(evaluation(Contents(readiness)))
    assert table_with(word, "Component")[-1][4] == "74.999"
    assert table_with(word, "Threshold")[0][1:] == ["75.00", "74.999", "74.999", "does not meet the threshold yet"]


# What was judged, and what was not


def test_a_level_that_has_not_spoken_is_refused(judged: Contents, tmp_path: Path) -> None:
    with pytest.raises(NotAssessed) as refused:
        evaluation(judged, Level.TPP)
    assert (refused.value.level, refused.value.levels) == (Level.TPP, (Level.TPI, Level.TPN))
    with pytest.raises(NotAssessed) as refused:
        evaluation(evaluated(tmp_path / "empty"))
    assert refused.value.levels == ()


def test_a_level_that_judged_no_item_gets_a_report_all_the_same(tmp_path: Path) -> None:
    contents = evaluated(tmp_path, found("A.I.1.i.a", None, "Seen.", status="closed"))
    word = docx.content(evaluation(contents))
    assert "0 of 6 items have an answer of this level." in everything(word)
    assert [row[3] for row in table_with(word, "Area of change")] == ["all"] * 4
    assert [row[3] for row in items_table(word, "en")] == ["–"] * 6
    assert items_table(word, "en")[0][5] == "Not judged. Seen."
    assert "The findings of this level recommend nothing." in everything(word)


def test_items_that_were_not_judged_are_named_by_area(judged: Contents) -> None:
    word = docx.content(evaluation(judged))
    assert table_with(word, "Area of change") == [
        ["1. Manajemen perubahan", "3", "2", "A.I.1.ii.c"],
        ["3. Penataan sistem manajemen SDM", "1", "0", "all"],
        ["B Hasil", "1", "0", "all"],
    ]
    assert "An item that was not judged counts 0" in everything(word)


def test_levels_are_not_mixed(judged: Contents) -> None:
    national = everything(docx.content(evaluation(judged, Level.TPN)))
    assert "Cici" in national
    assert not {"Ani", "Budi", "ST-1", "No decree.", "Issue it."} & set(national.replace(",", " ").split("\n"))
    assert "Ani" not in national
    assert "Cici" not in everything(docx.content(evaluation(judged)))


def test_both_findings_of_one_day_are_shown_with_their_assessors(judged: Contents) -> None:
    row = items_table(docx.content(evaluation(judged)), "en")[1]
    assert row[3] == "C · 0.00"
    assert row[5] == "2 May 2023, Ani: Only minutes. 2 May 2023, Budi: All is there."


def test_recommendations_are_open_ones_first(judged: Contents) -> None:
    rows = table_with(docx.content(evaluation(judged)), "Item", "Recommendation")
    assert [row[0] for row in rows if len(row) == 1] == [
        "1. Manajemen perubahan (open)",
        "2. Penataan tatalaksana (closed)",
    ]
    assert [row[1] for row in rows if len(row) > 1] == [
        "Issue it.", "Follow up the condition in section 7.", "Follow up the condition in section 7.", "Keep it up.",
    ]  # fmt: skip


def test_an_open_finding_in_agreement_recommends_nothing(tmp_path: Path) -> None:
    contents = evaluated(tmp_path, found("A.I.1.i.a", "Ya"), found("A.I.1.i.b", "C"))
    rows = table_with(docx.content(evaluation(contents)), "Item", "Recommendation")
    assert [row[0].split()[0] for row in rows if len(row) > 1] == ["A.I.1.i.b"]


# Documents


def with_documents(folder: Path, *findings: str, **settings: object) -> Contents:
    evidence = [
        {"file": "sk.pdf", "type": "sk"},
        {"file": "notulen.pdf", "type": "notulen"},
        {"file": "rahasia-negara.pdf", "type": "undangan", "classification": "restricted"},
        {"url": "https://example.org/berita", "type": "media-publikasi"},
        {"file": "hilang.pdf", "type": "foto"},
    ]
    record = builders.front_matter("Isi.", title="Kegiatan", date="2023-01-18", items=["A.I.1.i.a"], evidence=evidence)
    files = {f"{AREA}/a/{name}": builders.pdf(name) for name in ("sk.pdf", "notulen.pdf", "rahasia-negara.pdf")}
    return evaluated(folder, *findings, files={f"{AREA}/a/index.md": record, **files}, **settings)


def verdict(file: str, accepted: str = "rejected", **fields: str) -> dict[str, str]:
    return {"record": "a", "file": file, "verdict": accepted, **fields}


def test_documents_are_counted_by_place_and_by_verdict(tmp_path: Path) -> None:
    judged = [verdict("sk.pdf", "accepted"), verdict("notulen.pdf", reason="unsigned", note="No stamp")]
    contents = with_documents(tmp_path, found("A.I.1.i.a", "Tidak", evidence=judged))
    text = everything(docx.content(evaluation(contents)))
    assert "2 of 5 documents are in the copy. Not in it: 1 on the web, 1 restricted, 1 missing or withheld." in text
    assert "1 documents were accepted, 1 rejected, 3 not judged one by one." in text
    assert "2 verdicts name no SHA-256" in text


def test_rejected_documents_have_their_reason_and_note(tmp_path: Path) -> None:
    judged = [verdict("notulen.pdf", reason="unsigned", note="No stamp"), verdict("sk.pdf", reason="Wrong year")]
    contents = with_documents(tmp_path, found("A.I.1.i.a", "Tidak", evidence=judged))
    assert (
        items_table(docx.content(evaluation(contents)), "en")[0][6] == "Sk (Wrong year); Notulen (not signed, No stamp)"
    )


def test_a_verdict_of_another_level_is_not_told(tmp_path: Path) -> None:
    contents = with_documents(
        tmp_path,
        found("A.I.1.i.a", "Tidak", evidence=[verdict("sk.pdf", reason="Old")]),
        found("A.I.1.i.a", "Ya", level="TPN", date="2023-06-01", evidence=[verdict("sk.pdf", "accepted")]),
    )
    assert items_table(docx.content(evaluation(contents)), "en")[0][6] == "Sk (Old)"
    assert items_table(docx.content(evaluation(contents, Level.TPN)), "en")[0][6] == "–"


def test_a_document_that_was_replaced_since_is_named(tmp_path: Path) -> None:
    judged = [verdict("sk.pdf", reason="Old", sha256="0" * 64)]
    contents = with_documents(tmp_path, found("A.I.1.i.a", "Tidak", evidence=judged))
    word = docx.content(evaluation(contents))
    assert "1 document has been replaced since it was judged." in everything(word)
    assert "To be judged again, because a document judged there has changed or is gone: A.I.1.i.a." in everything(word)
    assert items_table(word, "en")[0][5:] == [
        "A document judged here has changed or is gone.",
        "Sk (Old, replaced since)",
    ]
    assert "SHA-256: a replacement" not in everything(word)


def test_a_finding_on_documents_alone_is_in_results_and_recommendations(tmp_path: Path) -> None:
    contents = with_documents(tmp_path, found(None, None, "See page 3.", evidence=[verdict("sk.pdf", reason="Old")]))
    word = docx.content(evaluation(contents))
    assert table_with(word, "Date", "Finding", "Condition") == [["2 May 2023", "On Sk", "See page 3."]]
    assert table_with(word, "Item", "Recommendation")[1][0] == "On Sk"


def test_nothing_that_is_restricted_or_a_draft_is_told(tmp_path: Path) -> None:
    secret = "rahasia-negara.pdf"
    draft = builders.front_matter(
        title="Rancangan gelap", date="2023-01-18", items=["A.I.1.i.a"], status="draft", people=["Orang gelap"],
        evidence=[{"file": "konsep-gelap.pdf", "type": "foto"}],
    )  # fmt: skip
    hidden = builders.front_matter(
        title="Perkara gelap", date="2023-01-18", items=["A.I.1.i.b"], classification="restricted",
        evidence=[{"file": "putusan-gelap.pdf", "type": "notulen"}],
    )  # fmt: skip
    about = f"Lihat {secret}."
    first = found(
        "A.I.1.i.a", "Tidak", about, condition=about, recommendation=about,
        evidence=[
            verdict(secret, reason=about, note=about),
            {"record": "b", "file": "konsep-gelap.pdf", "verdict": "rejected", "reason": "sangat gelap"},
        ],
    )  # fmt: skip
    on_draft = found(None, evidence=[{"record": "b", "file": "konsep-gelap.pdf", "verdict": "rejected"}])
    of_hidden = {"record": "c", "file": "putusan-gelap.pdf", "verdict": "rejected", "reason": "terlalu gelap"}
    second = found("A.I.1.i.b", "C", evidence=[of_hidden])
    home = tmp_path
    with_documents(home, first)
    builders.write(
        home,
        {
            f"{AREA}/b/index.md": draft,
            f"{AREA}/b/konsep-gelap.pdf": builders.pdf("konsep"),
            f"{AREA}/c/index.md": hidden,
            f"{AREA}/c/putusan-gelap.pdf": builders.pdf("putusan"),
            "findings/1.md": first,
            "findings/2.md": on_draft,
            "findings/3.md": second,
        },
    )
    contents = read(home)
    report = evaluation(contents)
    assert items_table(docx.content(report), "en")[1][6] == "document of a restricted record"
    text = everything(docx.content(report)).casefold() + "".join(pages_of(pdf.content(report))).casefold()
    assert "rahasia" not in text
    assert "gelap" not in text


def test_the_checksum_is_the_one_that_reviews_name(tmp_path: Path) -> None:
    home = small.write(tmp_path)
    small.build_site(home, tmp_path / "site")
    script = (tmp_path / "site" / DESK_INDEX).read_text("ascii")
    data = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    contents = read(home)
    assert contents.sums == data["portfolio"]["sums"]
    text = everything(docx.content(evaluation(contents)))
    assert contents.sums in text
    assert check_code(contents.readiness) in text


# The form


def test_the_head_is_neutral_and_what_is_not_known_is_left_to_fill_in(judged: Contents) -> None:
    word = docx.content(evaluation(judged))
    lines = lines_of(word)
    assert lines[:2] == ["Ministry", "Evaluation report (LHE)"]
    assert lines[2].startswith("Number: ......")
    fields = {row[0]: row[2] for table in tables_of(word) for row in table if len(row) == 3}
    assert (fields["Unit evaluated"], fields["Assignment letter"], fields["Team"]) == (
        "Unit",
        "ST-1; ST-2",
        "Ani and Budi",
    )
    assert set(fields["Date of the letter"]) == {"."}
    assert set(lines_of(docx.content(evaluation(judged, Level.TPN)))[0]) == {"."}


def test_the_assessors_sign_as_members_below_roles_to_fill_in(judged: Contents) -> None:
    cells = [cell for row in tables_of(docx.content(evaluation(judged)))[-1] for cell in row]
    assert [cell.split(".")[0] for cell in cells[:2]] == ["Technical controller", "Team leader"]
    assert [cell.partition("NIP")[0] for cell in cells[2:]] == ["MemberAni", "MemberBudi"]


@pytest.mark.parametrize("name", ["tpi", "Internal assessment team", None])
def test_a_level_is_no_person_who_signs(name: str | None, tmp_path: Path) -> None:
    contents = evaluated(tmp_path, found("A.I.1.i.a", "Ya", assessor=name))
    cells = [cell for row in tables_of(docx.content(evaluation(contents)))[-1] for cell in row]
    assert cells[2].startswith("Member.....")


def test_no_sentence_awards_a_predicate(judged: Contents) -> None:
    text = everything(docx.content(evaluation(judged)))
    assert "It awards no predicate." in text
    assert "thresholds are met by the figures of this level" in text
    assert "is WBK" not in text


def test_the_sections_are_numbered_in_both_languages(judged: Contents) -> None:
    for contents in (judged, sample()):
        lines = lines_of(docx.content(evaluation(contents)))
        assert [line[:2] for line in lines if line[:1].isdigit() and line[1:3] == ". "] == [
            f"{n}." for n in range(1, 10)
        ]
        assert not [line for line in lines if "{" in line]


def test_numbers_of_sentences_begin_anew_in_each_section(judged: Contents) -> None:
    document = reader.Document(io.BytesIO(docx.content(evaluation(judged))))
    numbered = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.style.name == "List Number"]
    assert len(set(numbered)) == 3
    assert numbered == sorted(numbered)


def test_the_pdf_is_tagged_with_title_and_language_and_has_every_row_of_the_document_of_word(judged: Contents) -> None:
    for contents, language in ((judged, "en"), (sample(), "id")):
        report = evaluation(contents)
        paper, word = pdf.content(report), docx.content(report)
        opened = pikepdf.open(io.BytesIO(paper))
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == language
        with opened.open_metadata() as metadata:
            assert metadata["dc:title"] == report.title
            assert metadata["pdfuaid:part"] == "1"
        levels = [str(each.S) for each in elements(opened.Root.StructTreeRoot.K) if str(each.S).startswith("/H")]
        assert levels == ["/H1", *["/H2"] * 7, *["/H3"] * 3, *["/H2"] * 2]
        text = "".join(pages_of(paper)).replace("-", "")  # at the end of a line it is told as another sign
        for line in [*("".join(row) for table in tables_of(word) for row in table), *lines_of(word)]:
            assert squeezed(line).replace("-", "") in text, line


def long(folder: Path) -> Contents:
    """Return the whole worksheet, each item with long texts by one of nine assessors."""
    home = builders.write(folder, {"portfolio.yaml": builders.yaml_of(title="P", unit="Unit", language="en")})
    findings = {}
    for number, each in enumerate(read(home).readiness.items):
        scale = each.item.scale
        answer = scale.values[-1][0] if isinstance(scale, Choices) else None
        condition = f"begin{number:03} " + "words " * (3000 if number == 50 else 90) + f"end{number:03}"
        findings[f"findings/{number}.md"] = found(
            each.item.id, answer, condition=condition, recommendation="advice " * 60, assessor=f"Person {number % 9}"
        )
    return read(builders.write(home, findings))


@needs_libreoffice
def test_long_texts_run_over_pages_below_repeated_heads(tmp_path: Path) -> None:
    report = evaluation(long(tmp_path / "home"))
    file = tmp_path / "lhe.docx"
    file.write_bytes(docx.content(report))
    [converted] = convert([file], "pdf", tmp_path / "converted")
    for pages in (pages_of(pdf.content(report)), pages_of(converted.read_bytes())):
        assert len(pages) > 20
        for number in (*range(50), *range(51, 113)):
            [page] = [each for each in pages if f"begin{number:03}" in each]
            assert f"end{number:03}" in page
        inside = [page for page in pages if "words" in page]
        assert all("ConditionRejecteddocuments" in page for page in inside)
        assert "Person8" in "".join(pages[-2:])
