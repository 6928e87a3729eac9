"""Prerequisites on the front page: what is required, answered and proved, in words; and what the sheet says of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from msgspec.structs import replace

from generator.exchange.check_code import check_code
from generator.exchange.readiness_json import readiness_json
from generator.site.site import Site
from generator.site.views import front
from generator.site.views.frame import frame
from tests.support import builders, small
from tests.support.builders import gate, item


def section(site: Path) -> str:
    """Return the prerequisites on a front page, as text."""
    page = (site / "index.html").read_text("utf-8")
    found = re.search(
        r'<section aria-labelledby="prerequisites">(.*?)</section>\s*<section aria-labelledby="gates">', page, re.DOTALL
    )
    assert found is not None, "they are there, before the gates"
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_each_prerequisite_says_who_what_is_required_the_answer_and_how_it_stands(sample_site: Path) -> None:
    text = section(sample_site)
    for each in (
        "5 dari 9 prasyarat terpenuhi; prasyarat tidak mengubah angka.",
        "Opini BPK atas laporan keuangan instansi WTP WTP Laporan keuangan tahun 2022 terpenuhi https://btkn.example/",
        "Indeks Reformasi Birokrasi instansi instansi B atau lebih baik BB dijawab, belum ada dokumen yang terbuka –",
        "Maturitas SPIP instansi instansi paling rendah 3 dari 5 – belum dijawab –",
        "satuan kerja paling singkat 1 tahun sejak 5 September 2022 memenuhi mulai 5 September 2023 belum",
        "LHKAN disampaikan satuan kerja seluruhnya 36 dari 38",
        "dokumen terbatas Tidak disertakan: berkas yang sama dibatasi di tempat lain.",
    ):
        assert each in text
    assert "rekap" not in text.casefold(), "nothing names what is restricted"


def test_a_level_and_a_percentage_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    settings = "title: P\nunit: B\nlanguage: {}\nprerequisites: {{spip: 3.25, tlhp: 99.5%, lhkpn: 0/0}}\n"
    for language, expected in (("en", ("3.25", "99.5%", "0 of 0")), ("id", ("3,25", "99,5%", "0 dari 0"))):
        home = builders.write(tmp_path / language, {"portfolio.yaml": settings.format(language)})
        assert small.build_site(home, tmp_path / f"{language}-site")[1]
        text = section(tmp_path / f"{language}-site")
        assert [each for each in expected if each not in text] == []


def test_a_predicate_without_prerequisites_has_no_section_and_all_thresholds_reached_are_said(tmp_path: Path) -> None:
    readiness = builders.readiness(item("A.1", answer="A"), gates=[gate("score", 0, node="A", identifier="a")])
    site = Site.of(readiness.portfolio, readiness.on)
    view = front.front_page(site, frame(site, "index.html"), readiness, front.Census(0, 0, (), ()), (), None, {})
    assert view.prerequisites is None
    (gates,) = view.sheet.lacks
    assert (gates.summary, gates.lines, gates.more) == ("The only threshold is reached.", (), "")


def test_the_check_code_begins_the_digest_of_the_data_and_changes_with_any_figure(tmp_path: Path) -> None:
    readiness = builders.readiness(item("A.1", answer="A"))
    code = check_code(readiness)
    digest = hashlib.sha256(readiness_json(readiness).encode()).hexdigest()
    assert re.fullmatch(r"[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}", code)
    assert digest.startswith(code.replace(" ", "").lower())
    assert check_code(builders.readiness(item("A.1", answer="B"))) != code
    assert check_code(replace(readiness, on=builders.day("2023-07-01"))) != code
