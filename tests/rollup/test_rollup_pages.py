"""The pages of a roll-up: what they say of units, what they never say, where they lead, what a further run writes."""

from __future__ import annotations

import csv
import datetime
import html
import posixpath
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.exchange.checksums import read_checksums
from generator.output.folder_checks import OutputRefused
from generator.rollup.history import IndexMove, MonthRow, Movement, StageStep
from generator.rollup.rollup import Rollup
from generator.rollup.state import RollupState
from generator.rollup.totals import stage_counts
from generator.rollup.units import UnitResult
from generator.rollup.writing import write_site
from generator.site.shared_parts import addresses
from tests.support import rollup_sites, unit_sites
from tests.support.rollup_sites import ODD, mixed, placed, readiness, rollup, write

BANNED = re.compile(r"<script>alert|<b>Papua")


def result(identifier: str, **given: object) -> UnitResult:
    return unit_sites.result(readiness(f"Balai {identifier}", **given), identifier)  # type: ignore[arg-type]


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", page)).split())


def rows(page: str) -> list[str]:
    return [text(each) for each in re.findall(r"<tr.*?</tr>", page, re.DOTALL)]


Pages = Callable[..., str]


@pytest.fixture
def page(tmp_path: Path) -> Pages:
    """Return a page of the site of some units, which is written first."""

    def read(name: str, *results: UnitResult, **listed: object) -> str:
        site = write(tmp_path, rollup(*results, **listed))  # type: ignore[arg-type]
        return (site / name).read_text("utf-8")

    return read


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of units of every state, in Indonesian."""
    found = rollup(*mixed(), language="id", deadline=datetime.date(2026, 5, 31))
    counts = stage_counts(found.units, found.predicates)
    moved = Movement(
        datetime.date(2026, 4, 20),
        gained=(StageStep("baik", "WBK", "supported"),),
        lost=(StageStep("kurang", "TPI", "supported"),),
        appeared=("lama",),
        gone=("hilang",),
        indexes=(IndexMove("kurang", Decimal("74.91"), Decimal(30)), IndexMove("baik", Decimal(1), Decimal("1.5"))),
        older=("lama",),
    )
    months = (MonthRow(datetime.date(2026, 4, 20), counts), MonthRow(rollup_sites.ON, counts))
    return write(tmp_path_factory.mktemp("rollup"), found, moved, months)


def pages_of(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


# Every page


def test_every_address_leads_to_a_file_of_the_site(site: Path) -> None:
    for name, content in pages_of(site).items():
        for address in addresses(content.encode()):
            path = unquote(address.partition("#")[0])
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert (site / target).exists(), (name, address)


def test_no_page_is_reached_by_its_address_alone(site: Path) -> None:
    pages = pages_of(site)
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address.partition("#")[0])))
        for name, content in pages.items()
        for address in addresses(content.encode())
    }
    assert pages.keys() <= linked


def test_names_and_regions_are_never_markup(site: Path) -> None:
    pages = pages_of(site)
    assert [name for name, content in pages.items() if BANNED.search(content)] == []
    assert "&lt;script&gt;alert" in pages["units.html"]
    assert "</script>" not in (site / "data/units-1.js").read_text("utf-8")


def test_the_list_of_checksums_names_every_file(site: Path) -> None:
    listed = read_checksums((site / "SHA256SUMS").read_bytes())
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert listed.keys() == files - {"SHA256SUMS"}
    assert {"rollup.json", "units.csv", "table-assessed.xlsx", "assets/rollup/units.js"} <= files


def test_pages_say_whose_figures_they_are_and_not_that_the_unit_computed_them(site: Path) -> None:
    for content in pages_of(site).values():
        assert "Angka sebagaimana tertulis dalam portofolio tiap satuan kerja" in content
        assert "Dihitung sendiri" not in content


def test_no_page_passes_half_a_megabyte_whatever_the_names_are(tmp_path: Path) -> None:
    low = {basis: {"share": 0.5, "B.I.a": 12.25} for basis in unit_sites.BASES}
    content = readiness("x", worse=low, documents=0.5)
    long = "Nama satuan kerja yang panjang sekali " * 6
    results = [
        unit_sites.result(content, f"satker-{number}", unit=f"{long}{number}", region=long, parent=long)
        for number in range(401)
    ]
    found = write(tmp_path, rollup(*results))
    assert max(path.stat().st_size for path in found.rglob("*.html")) < 500_000
    assert max(path.stat().st_size for path in (found / "data").iterdir()) < 400_000
    assert len(list(found.glob("units*.html"))) == 3


# The first page


def test_the_first_page_says_how_many_units_reach_the_predicate_that_most_aim_at(site: Path) -> None:
    front = text((site / "index.html").read_text("utf-8"))
    assert "4 dari 6 satuan kerja mencapai ambang batas WBK dengan dokumen yang diterima" in front
    assert (
        "6 satuan kerja; 1 di antaranya tidak terbaca dan tidak dihitung. Tenggat 31 Mei 2026: 11 hari lagi." in front
    )
    assert "Balai Mati its site is away" in front
    assert "Balai Lama Sekali 2 Januari 2026" in front


@pytest.mark.parametrize(
    ("day", "words"),
    [(20, "Deadline 20 May 2026: today."), (21, "Deadline 21 May 2026: 1 day left."), (18, "passed 2 days ago.")],
)
def test_the_deadline_is_counted_in_days(page: Pages, day: int, words: str) -> None:
    assert words in text(page("index.html", result("a"), deadline=datetime.date(2026, 5, day)))


def test_a_unit_that_is_not_read_lowers_no_bar_and_raises_none(tmp_path: Path) -> None:
    def bars(name: str, *results: UnitResult) -> list[str]:
        front = (write(tmp_path / name, rollup(*results)) / "index.html").read_text("utf-8")
        return re.findall(r'class="supported" y="20%" width="([\d.]+)%"', front)

    good, bad = result("a"), result("b", documents=0.1)
    assert bars("one", good, bad)[0] == bars("two", good, unit_sites.unread("b"))[0] == "50.00"


def test_what_moved_and_the_months_are_shown_and_nothing_of_them_at_the_first_run(site: Path, page: Pages) -> None:
    front = text((site / "index.html").read_text("utf-8"))
    head = "Sejak rekapitulasi 20 April 2026"
    assert (
        f"{head} Satuan kerja dengan indeks terdukung lebih tinggi: 1; lebih rendah: 1. Tercapai: 1 Balai Baik" in front
    )
    assert "Angka dari tanggal yang lebih lama daripada sebelumnya: 1 Balai Lama Sekali" in front
    assert "Tidak lagi terbaca, atau tidak lagi dalam daftar: 1 hilang" in front
    assert "Apr 2026 5 dari 6" in front
    better, worse, older = (
        text((site / f"units/{each}.html").read_text("utf-8")) for each in ("baik", "kurang", "lama")
    )
    assert f"{head} Tercapai: WBK, terdukung Indeks terdukung: 1,50, sebelumnya: 1,00" in better
    assert f"{head} Tidak lagi tercapai: TPI, terdukung Indeks terdukung: 30,00, sebelumnya: 74,91" in worse
    assert f"{head} Angkanya dari tanggal yang lebih lama" in older
    first = text(page("index.html", result("a")))
    assert "Since the run" not in first
    assert "By month" not in first


def test_gaps_are_banded_only_of_units_that_are_assessed_in_full(page: Pages) -> None:
    worse = {"assessed": {"share": 0.55}}
    units = (result("a", worse=worse), result("b", worse=worse, assessed=12), result("c", assessed=0))
    front = text(page("index.html", *units))
    assert "over 5 to 10 points 0 1" in front
    assert "answered every item: 1. Partly assessed: 1; not assessed: 1." in front


def test_a_roll_up_without_any_figure_is_written_and_says_so(page: Pages) -> None:
    assert "No work unit could be read." in page("index.html", unit_sites.unread("a"), unit_sites.unread("b"))


# Lists


def test_units_are_in_alphabetical_order_and_no_column_sorts_them(site: Path) -> None:
    names = ["Balai Baik", "Balai Belum", "Balai Kurang", "Balai Lama Sekali", "Balai Mati"]
    for path in ("units.html", "table.html", "table-claimed.html"):
        content = (site / path).read_text("utf-8")
        found = [text(each) for each in re.findall(r'<th scope="row"><a href.*?</a>', content)]
        assert found == [ODD, *names]
        assert "aria-sort" not in content


def test_a_unit_that_was_not_read_is_in_every_list_with_its_reason_and_without_figures(site: Path) -> None:
    for path in ("units.html", "table.html", "table-assessed.html", "unread.html", "units/mati.html"):
        content = (site / path).read_text("utf-8")
        assert "its site is away" in content, path
    row = next(each for each in rows((site / "table.html").read_text("utf-8")) if "Balai Mati" in each)
    assert not re.search(r"\d,\d", row)
    own = text((site / "units/mati.html").read_text("utf-8"))
    assert "Minta Budi menerbitkan kembali situsnya." in own
    assert "Indeks" not in own


def test_a_unit_is_marked_as_old_after_90_days_and_not_before(page: Pages) -> None:
    for day, old in (("2026-02-19", False), ("2026-02-18", True)):
        content = page("units.html", result("a", as_of=day))
        shown = next(each for each in rows(content) if "Balai a" in each)
        assert ("old" in shown) is old, day


def test_the_assessed_basis_of_a_unit_that_nobody_assessed_says_so(page: Pages) -> None:
    unassessed = result("a", assessed=0, documents=0.5)
    row = next(each for each in rows(page("units.html", unassessed)) if "Balai a" in each)
    assert "not assessed" in row
    row = next(each for each in rows(page("table-assessed.html", unassessed)) if "Balai a" in each)
    assert "The assessors have not answered any item." in row
    assert not re.search(r"\d\.\d", row)


def test_regions_count_their_units_and_those_without_one_come_last(site: Path) -> None:
    shown = rows((site / "regions.html").read_text("utf-8"))[2:]
    assert [each.split(" ")[0] for each in shown] == ["<b>Papua</b>", "Bali", "Maluku", "Tanpa"]
    assert shown[1].startswith("Bali 3 2 2 2 2")
    bali = next((site / "regions").glob("bali*.html"))
    assert "Balai Kurang" not in bali.read_text("utf-8")


# Gates and documents


def test_a_gate_has_a_page_of_the_units_that_miss_it_with_value_and_shortfall(site: Path) -> None:
    path = next(each for each in (site / "gates").glob("*.html") if each.name.startswith("wbk-ipak"))
    shown = [each for each in rows(path.read_text("utf-8")) if "Balai" in each]
    assert [each for each in shown if "12,25 3,50 poin 12,25 12,25" in each] == shown
    assert len(shown) == 1
    documents = next(each for each in (site / "gates").glob("*.html") if each.name.startswith("tpi-documents-1"))
    assert "50,00% 2 dokumen" in text(documents.read_text("utf-8"))


def test_gates_that_no_unit_misses_are_listed_without_a_page(page: Pages) -> None:
    content = page("gates.html", result("a"))
    shown = [each for each in rows(content) if each.startswith("Documents of area 1")]
    assert shown == ["Documents of area 1 Change management 60.00% 0"] * 3
    assert "gates/tpi" not in content


def test_missing_documents_are_counted_with_the_words_of_the_instrument(site: Path) -> None:
    content = text((site / "documents.html").read_text("utf-8"))
    assert "Notulen atau Laporan A.I.1.i.a" in content
    unit = text((site / "units/kurang.html").read_text("utf-8"))
    assert "2 dokumen wajib belum ada 1. Manajemen perubahan A.I.1.i.a" in unit


def test_a_threshold_that_is_met_or_not_has_no_minimum(site: Path) -> None:
    content = (site / "gates.html").read_text("utf-8")
    held = [each for each in rows(content) if each.startswith("Predikat WBK")]
    assert len(held) == 1
    assert " ya " not in held[0]
    assert "minimal ya" not in text((site / "units.html").read_text("utf-8"))


# Figures


@pytest.mark.parametrize(
    ("index", "shown"), [(74.999999, "74.999999"), (74.996, "74.996"), (75, "75.00"), (74.994, "74.99")]
)
def test_rounding_lifts_no_index_to_its_minimum(page: Pages, index: float, shown: str) -> None:
    given = result("a", worse={"supported": {"index": index}})
    unit = page("units/a.html", given)
    assert any(each.startswith(f"Index 75.00 {shown} ") for each in rows(unit))
    assert any(shown in each for each in rows(page("table.html", given)) if "Balai a" in each)


def test_a_share_below_its_minimum_is_not_seen_at_it_though_the_file_rounds_it(page: Pages) -> None:
    data = readiness("Balai a", worse={"supported": {"share": 0.6}})
    for each in data["predicates"][1]["gates"]:
        if each["id"] == "area-share":
            each["passed"]["supported"] = False
    data["predicates"][1]["met"]["supported"] = False
    given = unit_sites.result(data, "a")
    shown = next(each for each in rows(page("units/a.html", given)) if each.startswith("Share of value of area 1"))
    assert "60.00% 59.9999%" in shown
    cell = next(each for each in rows(page("table.html", given)) if "Balai a" in each)
    assert "59.9999% WBK" in cell


def test_the_table_has_the_columns_of_the_regulation_with_the_minimums_first(site: Path) -> None:
    content = (site / "table.html").read_text("utf-8")
    head, wbk, wbbm, *_ = rows(content)
    assert content.count('<th scope="col"') == 16
    assert re.findall(r"Area \d|A(?= Komponen)|\bB(?:\.[IVab]+)*(?= )|Indeks", head) == [
        *(f"Area {number}" for number in range(1, 7)), "A", "B.I.a", "B.I.b", "B.I", "B.II", "B", "Indeks",
    ]  # fmt: skip
    assert wbk == "Nilai minimal WBK" + " 60,00%" * 6 + " 40,00 15,75 2,50 18,25 14,00 75,00"
    assert wbbm == "Nilai minimal WBBM" + " 75,00%" * 6 + " 48,00 15,75 3,75 19,50 15,75 85,00"


def test_a_figure_below_a_minimum_names_the_predicate_that_it_misses(site: Path) -> None:
    content = (site / "table.html").read_text("utf-8")
    low = next(each for each in rows(content) if "Balai Kurang" in each)
    assert "5,00 50,00% WBK" in low
    aims_higher = next(each for each in rows(content) if "Balai Belum" in each)
    assert "7,00 70,00% WBBM" in aims_higher
    aims_lower = next(each for each in rows(content) if "Balai Baik" in each)
    assert "WBBM" not in aims_lower
    assert aims_lower.endswith("WBK")


def test_a_unit_that_only_documents_keep_from_a_predicate_says_which(page: Pages) -> None:
    row = next(each for each in rows(page("table.html", result("a", documents=0.5))) if "Balai a" in each)
    assert row.endswith("none yet WBK: documents of areas 1–4")


@pytest.mark.parametrize(
    ("missed", "named"),
    [((3,), "documents of area 3"), ((1, 2), "documents of areas 1 and 2"), ((1, 3, 4), "documents of areas 1, 3 and 4"),
     ((1, 2, 3), "documents of areas 1–3")],
)  # fmt: skip
def test_thresholds_on_several_areas_have_one_name(page: Pages, missed: tuple[int, ...], named: str) -> None:
    data = readiness("Balai a")
    for predicate in data["predicates"]:
        for each in predicate["gates"]:
            if each["measure"] == "documents" and each["area"] in missed:
                each |= {"value": unit_sites.bases(0.5), "passed": dict.fromkeys(unit_sites.BASES, False)}
        predicate["met"] = dict.fromkeys(unit_sites.BASES, False)
    row = next(each for each in rows(page("units.html", unit_sites.result(data))) if "Balai a" in each)
    assert f"WBK: {len(missed)} of 16 missed {named} " in row


def test_thresholds_without_a_column_are_named_beside_figures_that_are_marked(page: Pages) -> None:
    low = {basis: {"share": 0.5} for basis in unit_sites.BASES}
    row = next(each for each in rows(page("table.html", result("a", worse=low, documents=0.5))) if "Balai a" in each)
    assert "50.00% WBK" in row
    assert "none yet WBK: documents of areas 1–4" in row


def test_the_tables_of_the_bases_are_pages_of_their_own(page: Pages) -> None:
    given = result("a", worse={"claimed": {"share": 0.9}, "supported": {"share": 0.65}, "assessed": {"share": 0.5}})
    for name, share in (("table", "65.00%"), ("table-claimed", "90.00%"), ("table-assessed", "50.00%")):
        row = next(each for each in rows(page(f"{name}.html", given)) if "Balai a" in each)
        assert re.findall(r"\d\d\.00%", row) == [share] * 6


def test_the_page_of_a_unit_has_who_it_is_and_what_was_received(site: Path) -> None:
    content = text((site / "units/lama.html").read_text("utf-8"))
    for words in (
        "Nama di situsnya Balai Lama (berbeda dengan daftar)",
        "Situsnya sendiri https://intranet.example/lama/",
        "Angka per 2 Januari 2026 (138 hari)",
        "Temuan yang belum tuntas 2 dari 3",
        "Angka ini sudah berumur 138 hari",
    ):
        assert words in content
    assert 'href="https://intranet.example/lama/"' in (site / "units/lama.html").read_text("utf-8")


def test_a_place_that_is_no_address_is_no_link(page: Pages) -> None:
    content = page("units/a.html", placed(result("a"), "javascript:alert(1)"))
    assert "javascript:alert(1)" in content
    assert 'href="javascript' not in content


# Other instruments


def test_an_instrument_that_does_not_ship_is_shown_by_its_ids(page: Pages) -> None:
    given = result("a", instrument="lke-lain-2030", missing=("sk",))
    shown = page("table.html", given)
    assert "Area 1 Area 2" in rows(shown)[0]
    assert rows(shown)[1].startswith("Minimum for WBK 60.00%")
    assert "sk A.I.1.i.a" in text(page("documents.html", given))
    assert "B.I.a 15.75 16.00" in text(page("units/a.html", given))


def test_gates_that_the_instrument_does_not_know_are_named_by_what_the_file_says(page: Pages) -> None:
    data = readiness("Balai a", instrument="lke-uji")
    data["predicates"].append(
        unit_sites.predicate(
            "XYZ",
            [
                unit_sites.gate("strange", 1, 2, area=99, measure="share", node="Q.1"),
                unit_sites.gate("odd", 0, 1, measure="held"),
                unit_sites.gate("new/measure", 0, 1, measure="weather"),
            ],
        )
    )
    content = text(page("units/a.html", unit_sites.result(data, "a")))
    assert "strange, Area 99, Q.1" in content
    assert "new/measure" in content


# Writing


def times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def changed(folder: Path, before: Rollup, after: Rollup) -> set[str]:
    """Return what a second run writes anew; its site is the same as that of a run into an empty folder."""
    first = times(write(folder, before))
    second = write(folder, after)
    clean = write(folder / "clean", after)
    found = times(second)
    assert found.keys() == times(clean).keys()
    assert [path for path in found if (second / path).read_bytes() != (clean / path).read_bytes()] == []
    return {path for path, time in found.items() if first.get(path) != time}


def test_a_run_that_finds_the_same_writes_nothing(tmp_path: Path) -> None:
    found = rollup(*mixed())
    assert changed(tmp_path, found, found) <= {"rollup.json", "SHA256SUMS"}


def test_a_unit_with_other_figures_renders_its_own_page_and_the_lists_it_is_in(tmp_path: Path) -> None:
    units = mixed()
    one = unit_sites.result(
        readiness("Balai Baik", documents=0.65), "baik", region="Bali", parent="Ditjen A", target="WBK"
    )
    written = changed(tmp_path, rollup(*units), rollup(one, *units[1:]))
    assert {each for each in written if each.startswith("units/")} == {"units/baik.html"}
    assert {"units.html", "table.html", "units.csv", "data/units-1.js"} <= written
    assert not {"regions.html", "documents.html", "unread.html", "assets/style.css"} & written


def test_a_unit_that_is_read_no_longer_leaves_no_figure_behind(tmp_path: Path) -> None:
    units = mixed()
    gone = unit_sites.unread("baik", "it is away", unit="Balai Baik", region="Bali", parent="Ditjen A")
    assert "units/baik.html" in changed(tmp_path, rollup(*units), rollup(gone, *units[1:]))


def test_another_day_changes_the_ages(tmp_path: Path) -> None:
    units = mixed()
    later = rollup(*units, on=rollup_sites.ON + datetime.timedelta(days=1))
    assert "units/baik.html" in changed(tmp_path, rollup(*units), later)


def test_the_site_is_replaced_though_nobody_knows_what_was_written(tmp_path: Path) -> None:
    site = write(tmp_path, rollup(*mixed()))
    for each in (tmp_path / "units.rollup").iterdir():
        each.unlink()
    write(tmp_path, rollup(*mixed()[:2]))
    assert not (site / "units/lama.html").exists()


@pytest.mark.parametrize("name", ["notes.txt", "units/own.html"])
def test_a_folder_with_a_file_of_somebody_else_is_refused_and_stays(tmp_path: Path, name: str) -> None:
    site = write(tmp_path, rollup(*mixed()))
    (site / name).write_text("mine", "utf-8")
    before = times(site)
    with pytest.raises(OutputRefused) as caught:
        write(tmp_path, rollup(*mixed()[:2]))
    assert caught.value.reason == "not-ours"
    assert times(site) == before


def test_the_site_of_a_portfolio_is_refused(tmp_path: Path) -> None:
    unit_sites.write_site(tmp_path / "site", readiness("Balai a"))
    with pytest.raises(OutputRefused):
        write(tmp_path, rollup(*mixed()))
    assert (tmp_path / "site/readiness.json").exists()


def test_a_state_folder_in_the_site_of_a_unit_is_refused(tmp_path: Path) -> None:
    """The unit could not build its site any more: what is there besides is not Catat's."""
    place = unit_sites.write_site(tmp_path / "a", readiness("Balai a"))
    units = rollup(placed(unit_sites.result(readiness("Balai a")), str(place)))
    for state in (place, place / "units.rollup"):
        with pytest.raises(OutputRefused) as caught:
            write_site(tmp_path / "out", units, RollupState(state), None, None, progress=lambda *_given: None)
        assert (caught.value.reason, caught.value.unit) == ("read", str(place))
    assert sorted(each.name for each in place.iterdir()) == ["SHA256SUMS", "index.html", "readiness.json"]


def test_nothing_is_good_where_nothing_was_read(tmp_path: Path) -> None:
    unread = unit_sites.unread("a", "its site is away")
    sites = [
        write(tmp_path / str(number), rollup(unread, instrument=instrument))
        for number, instrument in enumerate(("", "lke-zi-90-2021"))
    ]
    assert all(
        "reach" not in text((site / "index.html").read_text("utf-8")).partition("Predicates")[0] for site in sites
    )
    for name, site in ((name, site) for site in sites for name in ("index.html", "documents.html")):
        page = text((site / name).read_text("utf-8"))
        assert "No work unit could be read." in page
        assert "Every required document is there" not in page
        assert "misses any of them" not in page


def test_units_to_look_at_are_on_the_front_page_and_in_the_table(tmp_path: Path) -> None:
    twice = [unit_sites.result(readiness("Balai a"), each) for each in ("a", "b")]
    site = write(tmp_path, rollup(*twice, unit_sites.result(readiness("Balai c"), "c")))
    front = (site / "index.html").read_text("utf-8")
    (section,) = re.findall(r'aria-labelledby="remarked".*?</section>', front, re.DOTALL)
    assert section.count("each of them counts") == 2
    remarks = [each["To look at"] for each in csv.DictReader((site / "units.csv").read_text("utf-8-sig").splitlines())]
    assert [("the same unit and period" in each) for each in remarks] == [True, True, False]


def test_the_state_folder_is_refused(tmp_path: Path) -> None:
    state = RollupState(tmp_path / "units.rollup")
    for out in (state.folder, state.sites / "site"):
        with pytest.raises(OutputRefused):
            write_site(out, rollup(*mixed()), state, None, None, progress=lambda *_given: None)
