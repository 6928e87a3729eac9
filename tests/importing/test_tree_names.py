"""Where names of folders and files say that they belong in the worksheet."""

from __future__ import annotations

import pytest

from generator.authoring.new_portfolio import shipped
from generator.importing.tree_names import parts_of
from generator.importing.tree_places import TreePlacement, TreePlacer
from generator.importing.worksheet_places import PlaceLevel
from generator.messages.source import Source
from generator.reading import instrument_file
from tests.conftest import ROOT

PLACER = TreePlacer(shipped())


def placed(path: str, *others: str) -> TreePlacement:
    return PLACER.placements([path, *others])[path]


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("1. MANAJEMEN PERUBAHAN", 1),
        ("01_Manajemen Perubahan", 1),
        ("I. Manajemen Perubahan", 1),
        ("AREA I", 1),
        ("area 1", 1),
        ("AREA 1 - MP", 1),
        ("AREA I: MANAJEMEN PERUBAHAN", 1),
        ("Manejemen Perubahn", 1),
        ("ManajemenPerubahan", 1),
        ("MP", 1),
        ("Area Perubahan II Tata Laksana", 2),
        ("PENATAAN TATALAKSANA", 2),
        ("Tata_Laksana 2025", 2),
        ("Pokja 3 SDM", 3),
        ("Manajemen Sumber Daya Manusia", 3),
        ("Kelompok Kerja III", 3),
        ("Pilar 4", 4),
        ("PILAR IV - AKUNTABILITAS", 4),
        ("Akuntabilitas Kinerja", 4),
        ("4. PENGUATAN AKUNTABILITAS", 4),
        ("Penguatan Pengawasan", 5),
        ("V. PENGUATAN PENGAWSAN", 5),
        ("Yanlik", 6),
        ("Area enam", 6),
        ("VI Peningkatan Kualitas Pelayanan Publik", 6),
        ("EVIDEN ZI 2025", None),
        ("AREA I-VI", None),
        ("6 AREA PERUBAHAN", None),
        ("Area 1 dan 2", None),
        ("Pencanangan ZI", None),
        ("Lain-lain", None),
        ("2025", None),
    ],
)
def test_areas_are_told_by_number_or_name(name: str, area: int | None) -> None:
    place = placed(f"ZI/{name}/berkas.pdf")
    assert (place.area, place.items) == (area, ())
    assert place.readings == ()


@pytest.mark.parametrize(
    ("path", "node", "items"),
    [
        ("A. PENGUNGKIT/I. PEMENUHAN/1. MANAJEMEN PERUBAHAN/i. Penyusunan Tim Kerja", "A.I.1.i", ()),
        ("A. PENGUNGKIT/I. PEMENUHAN/1. MANAJEMEN PERUBAHAN/i. Tim Kerja/a. Tim dibentuk", "A.I.1.i", ("A.I.1.i.a",)),
        ("I. Pemenuhan/1/ii/b", "A.I.1.ii", ("A.I.1.ii.b",)),
        ("Pemenuhan/AREA 1/2.b", "A.I.1.ii", ("A.I.1.ii.b",)),
        ("Pemenuhan/AREA 1/1.ii.b Target", "A.I.1.ii", ("A.I.1.ii.b",)),
        ("Pemenuhan/AREA 1/2b", "A.I.1.ii", ("A.I.1.ii.b",)),
        ("AREA 1/1.1 Tim Kerja", "A.I.1.i", ()),
        ("AREA 1/4.b 16", "A.I.1.iv", ("A.I.1.iv.b",)),
        ("PEMENUHAN/AREA 1/10 (3a)", "A.I.1.iii", ("A.I.1.iii.a",)),
        ("REFORM/AREA 3/iii", "A.II.3.iii", ("A.II.3.iii.a",)),
        ("Manajemen Perubahan (Reform)/ii", "A.II.1.ii", ("A.II.1.ii.a",)),
        ("Manajemen Perubahan/Reform", "A.II.1", ()),
        ("Area 1 Pemenuhan", "A.I.1", ()),
        ("A.I.1.i.a", "A.I.1.i", ("A.I.1.i.a",)),
        ("a-i-1-i-a", "A.I.1.i", ("A.I.1.i.a",)),
        ("A I 1 i a", "A.I.1.i", ("A.I.1.i.a",)),
        ("A.1.iv.b", "A.I.1.iv", ("A.I.1.iv.b",)),
        ("A.I.1.i.a dan b", "A.I.1.i", ("A.I.1.i.a", "A.I.1.i.b")),
        ("A.I.2.i.a-c", "A.I.2.i", ("A.I.2.i.a", "A.I.2.i.b", "A.I.2.i.c")),
        ("AREA V/Whistle Blowing System", "A.I.5.iv", ()),
        ("AREA V/SPIP", "A.I.5.ii", ()),
        ("AREA VI/SPKP", None, ("B.II.a",)),
        ("B. HASIL/I. Birokrasi bersih/IPAK", "B.I", ("B.I.a",)),
        ("KOMPONEN HASIL/SPKP", "B.II", ("B.II.a",)),
    ],
)
def test_nodes_and_items_are_told_by_number_and_words(path: str, node: str | None, items: tuple[str, ...]) -> None:
    place = placed(f"EVIDEN/{path}/berkas.pdf")
    assert (place.node, place.items) == (node, items)


def test_every_item_is_found_in_folders_as_the_worksheet_has_them() -> None:
    instrument = shipped()
    labels = {aspect.id: aspect.label.id for aspect in instrument.aspects()}
    paths = {}
    for item in instrument.items():
        nodes = [node.id for node in instrument.path_to(item)]
        folders = [f"{each.rpartition('.')[2]}. {labels[each]}".replace("/", "-") for each in nodes]
        paths["/".join((*folders, item.id.rpartition(".")[2], "berkas.pdf"))] = item.id
    found = PLACER.placements(paths)
    assert {path: found[path].items for path in paths} == {path: (id_,) for path, id_ in paths.items()}


def test_a_file_says_its_item_itself() -> None:
    place = placed("AREA 1/A.I.1.i.a SK Tim.pdf")
    assert (place.area, place.items, place.readings) == (1, ("A.I.1.i.a",), ())


@pytest.mark.parametrize("name", ["1. Undangan.pdf", "2. Foto.jpg", "3_Notulen.pdf", "1) Daftar hadir.pdf"])
def test_numbers_of_a_list_are_no_items(name: str) -> None:
    place = placed(f"Pemenuhan/AREA 1/i. Tim kerja/{name}")
    assert (place.node, place.items) == ("A.I.1.i", ())


@pytest.mark.parametrize(
    "name", ["2023-01-18 Rapat", "18 Januari 2023 Rapat", "18-01-2023 Rapat", "e-SKP", "TW 1", "Triwulan I"]
)
def test_days_periods_and_prefixes_are_no_numbers(name: str) -> None:
    assert parts_of(name, is_file=False).codes == ()


def test_two_readings_are_both_told_and_none_is_chosen() -> None:
    place = placed("AREA I/2./berkas.pdf")
    assert (place.area, place.node, place.items) == (1, None, ())
    assert place.readings == ("A.I.1.ii", "A.II.1.ii")


def test_a_number_against_the_words_leaves_the_area_only() -> None:
    place = placed("Pemenuhan/AREA 1/3. Tim Kerja/berkas.pdf")
    assert place.area == 1
    assert place.items == ()
    assert {"A.I.1.i", "A.I.1.iii"} <= set(place.readings)


@pytest.mark.parametrize(
    "name", ["1. Upacara", "3. Rapat internal", "2. Pelaksanaan", "1. Foto", "Bagian 3", "Indikator 3", "D"]
)
def test_a_number_of_another_list_gives_no_area(name: str) -> None:
    place = placed(f"Dokumentasi/{name}/foto.jpg")
    assert (place.area, place.items) == (None, ())
    assert {PLACER.index.places[each].level for each in place.readings} == {PlaceLevel.AREA}


def test_a_folder_of_one_letter_leaves_the_area_to_those_below() -> None:
    place = placed("D/ZI/AREA 1/1. Tim Kerja/SK.pdf")
    assert (place.area, place.node) == (1, "A.I.1.i")


def test_two_folders_that_give_two_areas_are_told() -> None:
    place = placed("Pemenuhan/AREA 2/Pokja 5/berkas.pdf")
    assert {"A.I.2", "A.I.5"} <= set(place.readings)


@pytest.mark.parametrize("name", ["4. Foto Kegiatan", "3. SK", "II. Rapat pembinaan", "III. LKj"])
def test_numbers_of_folders_that_name_something_else_are_not_taken_in_silence(name: str) -> None:
    place = placed(f"ZI/AREA 4/{name}/berkas.pdf")
    assert (place.area, place.items) == (4, ())
    assert place.node is None or place.node in place.readings


def test_numbered_folders_of_types_stay_with_their_activity() -> None:
    paths = [f"AREA 1/1. Tim Kerja/{name}/x.pdf" for name in ("1. Undangan", "2. Daftar hadir", "3. Notulen")]
    found = PLACER.placements(paths)
    assert [(found[path].node, found[path].items) for path in paths] == [("A.I.1.i", ())] * 3


@pytest.mark.parametrize(
    "name", ["Pengadaan", "Pengajuan", "Kelurahan", "Pengadilan", "Pelantikan", "Kecamatan", "Lembar kerja", "Barang"]
)
def test_words_of_other_matters_are_no_slips(name: str) -> None:
    place = placed(f"{name}/berkas.pdf")
    assert (place.area, place.items, place.readings) == (None, (), ())


@pytest.mark.parametrize(
    ("name", "item"),
    [("A1.ii.c Foto.jpg", "A.I.1.ii.c"), ("A5.iii.d TL.pdf", "A.I.5.iii.d"), ("A6.4.c SKM.pdf", "A.I.6.iv.c")],
)
def test_component_and_area_may_be_one_word(name: str, item: str) -> None:
    assert placed(f"Unggahan/{name}").items == (item,)


def test_paper_sizes_are_no_numbers() -> None:
    assert parts_of("A4 kertas", is_file=False).codes == ()


def test_an_item_of_another_area_is_told_as_uncertain() -> None:
    place = placed("AREA 2/A.I.1.i.a SK Tim.pdf")
    assert place.area == 2
    assert "A.I.1.i.a" in place.readings


def test_a_name_alone_in_no_area_is_a_suggestion_only() -> None:
    place = placed("Laporan SPIP.pdf")
    assert (place.area, place.items) == (None, ())
    assert "A.I.5.ii" in place.readings


def test_numbers_in_one_folder_mean_one_aspect() -> None:
    paths = ["AREA 1/1.a/x1.pdf", "AREA 1/2.b/x2.pdf", "AREA 1/4.d/x3.pdf"]
    found = PLACER.placements(paths)
    assert [found[path].items for path in paths] == [("A.I.1.i.a",), ("A.I.1.ii.b",), ("A.I.1.iv.d",)]


def test_what_lies_beside_a_folder_for_reform_is_of_the_other_aspect() -> None:
    found = PLACER.placements(["AREA 1/Reform/i/x1.pdf", "AREA 1/i/x2.pdf"])
    assert found["AREA 1/Reform/i/x1.pdf"].node == "A.II.1.i"
    assert found["AREA 1/i/x2.pdf"].node == "A.I.1.i"


def test_a_document_that_one_item_of_a_part_expects_is_suggested_for_it() -> None:
    placer = TreePlacer(shipped(), lambda name: ("tna",) if "TNA" in name else ())
    place = placer.placements(["AREA 3/iii. Pengembangan kompetensi/TNA.xlsx"])[
        "AREA 3/iii. Pengembangan kompetensi/TNA.xlsx"
    ]
    assert place.items == ("A.I.3.iii.a",)
    assert place.readings == ("A.I.3.iii", "A.I.3.iii.a")


@pytest.mark.parametrize("name", ["ringkas", "akreditasi"])
def test_other_instruments_are_read_alike(name: str) -> None:
    text = (ROOT / f"tests/instruments/{name}.yaml").read_text("utf-8")
    instrument, problems = instrument_file.read(Source(f"{name}.yaml", text))
    assert instrument is not None, problems
    placer = TreePlacer(instrument)
    for item in instrument.items():
        path = f"EVIDEN/{item.id} berkas.pdf"
        assert placer.placements([path])[path].items == (item.id,), item.id


def test_names_of_any_letters_are_placed_or_left() -> None:
    odd = [
        "\udcff/\udcfe.pdf",
        "a" * 250 + "/b.pdf",
        "./x.pdf",
        "\u202eAREA 1/x.pdf",
        "AREA 0/x.pdf",
        "AREA 99/x.pdf",
        "...",
        "A" * 40,
    ]
    assert len(PLACER.placements(odd)) >= len(odd)
