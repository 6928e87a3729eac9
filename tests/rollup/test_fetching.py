"""What is received of units: whatever lies at a place, the result is exact figures or a reason, and the rest goes on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.publishing.bag import Bag, write_bag
from generator.rollup.fetching import receive
from generator.rollup.unit_build import SiteFiles
from generator.rollup.unit_readiness import ReadinessInvalid, UnitReadiness, read_readiness
from generator.rollup.units import ListedUnit, UnitFault, UnitList
from tests.conftest import SAMPLE
from tests.support import unit_sites
from tests.support.command import catat
from tests.support.receiving import QUICK, kept, readiness_of, received, refused, why
from tests.support.unit_sites import readiness, sums, text, write_site

# Places


def test_units_are_received_in_the_order_of_the_list_with_exact_figures(tmp_path: Path) -> None:
    for number in range(1, 41):
        write_site(tmp_path / f"s{number}", readiness(f"Balai {number}", index=number + 0.123456))
    found = received(tmp_path, *(f"s{number}" for number in range(1, 41)))
    assert [readiness_of(each).unit for each in found] == [f"Balai {number}" for number in range(1, 41)]
    assert [readiness_of(each).index.claimed for each in found] == [Decimal(f"{n}.123456") for n in range(1, 41)]


def test_progress_is_reported_for_each_unit(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())
    steps: list[tuple[int, int]] = []
    roll = UnitList(tmp_path / "list.yaml", "Uji", (ListedUnit("a", "s"), ListedUnit("b", "none")))
    receive(roll, tmp_path / "received", built={}, limits=QUICK, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(1, 2), (2, 2)]


def test_what_was_read_is_kept_under_its_digest(tmp_path: Path) -> None:
    site = write_site(tmp_path / "s", readiness())
    (site / "SHA256SUMS.sig").write_bytes(b"signature")
    result = received(tmp_path, "s")[0]
    assert result.received is not None
    contents = [(site / name).read_bytes() for name in ("readiness.json", "SHA256SUMS", "SHA256SUMS.sig")]
    digests = [hashlib.sha256(each).hexdigest() for each in contents]
    assert kept(tmp_path) == {f"{each[:2]}/{each}": content for each, content in zip(digests, contents, strict=True)}
    assert [result.received.digest, result.received.site] == digests[:2]
    assert not result.received.signed, "nobody asked whose signature it is"


def test_a_kept_file_is_written_once_and_replaced_where_it_was_damaged(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())
    received(tmp_path, "s")
    before = {path: path.stat().st_ino for path in (tmp_path / "list.rollup").rglob("*") if path.is_file()}
    contents = kept(tmp_path)
    received(tmp_path, "s")
    assert {path: path.stat().st_ino for path in before} == before
    next(iter(before)).write_bytes(b"damaged")
    received(tmp_path, "s")
    assert kept(tmp_path) == contents


def pointer(folder: Path) -> Path:
    site = write_site(folder / "target/releases/0123456789abcdef", readiness())
    (folder / "target/.catat").mkdir()
    (folder / "target/current").symlink_to(site)
    return folder / "target"


def bundle(folder: Path) -> Path:
    site = write_site(folder / "site", readiness())
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in site.iterdir()}
    with (folder / "bukti.zip").open("wb") as stream:
        write_bag(Bag("bukti", site, files, {}, {}), stream, progress=lambda done, of: None)
    return folder / "bukti.zip"


def zipped(folder: Path) -> Path:
    return Path(shutil.make_archive(str(folder / "situs"), "zip", write_site(folder / "site", readiness())))


@pytest.mark.parametrize(
    "write",
    [
        pointer,
        bundle,
        zipped,
        lambda folder: write_site(folder / "site", readiness()) / "index.html",
        lambda folder: write_site(folder / "site", readiness()) / "SHA256SUMS",
        lambda folder: write_site(folder / "situs satker é #1", readiness()),
    ],
    ids=["pointer", "bundle", "zip", "front", "sums", "odd"],
)
def test_every_kind_of_place_is_read_relative_to_the_list(tmp_path: Path, write: object) -> None:
    assert callable(write)
    path = write(tmp_path)
    for place in (os.path.relpath(path, tmp_path), str(path)):
        assert readiness_of(received(tmp_path, place)[0]).unit == "Balai A"


def test_an_unpacked_bundle_is_read_as_well(tmp_path: Path) -> None:
    shutil.unpack_archive(bundle(tmp_path), tmp_path / "unpacked")
    assert readiness_of(received(tmp_path, "unpacked/bukti")[0]).unit == "Balai A"


def test_built_units_are_taken_from_their_builds(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness("Lain"))
    data = text(readiness("Dibangun"))
    built = {
        "good": SiteFiles(data, sums({"readiness.json": data})),
        "bad": UnitFault("its build failed"),
        "torn": SiteFiles(data, sums({"readiness.json": b"another"})),
    }
    found = received(tmp_path, *(ListedUnit(each, "s") for each in ("good", "bad", "torn", "other")), built=built)
    assert readiness_of(found[0]).unit == "Dibangun"
    assert why(found[1]) == "its build failed"
    assert "not the one that its list of checksums names" in why(found[2])
    assert readiness_of(found[3]).unit == "Lain"


def test_a_unit_with_a_fault_in_the_list_is_not_read(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())
    result = received(tmp_path, ListedUnit("a", "s", fault=UnitFault("its id is given twice")))[0]
    assert why(result) == "its id is given twice"
    assert kept(tmp_path) == {}


# What is no site


def test_reasons_name_what_is_wrong_with_a_place(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/portfolio.yaml").touch()
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    reasons = {
        "none": "there is nothing at its place",
        "none/deeper": "there is nothing at its place",
        "cut.zip/deeper": "there is nothing at its place",
        "empty": "no site of Catat",
        "sources": "use --build",
        "sources/portfolio.yaml": "use --build",
        "cut.zip": "cannot be read as a zip",
        "pipe": "a pipe or a device",
        "/dev/zero": "a pipe or a device",
        "loop": "its place cannot be read",
        "a\0b": "its place cannot be read",
        "x" * 5000: "its place cannot be read",
        "ftp://server/zi": "begins with ftp",
        "file:///etc/passwd": "begins with file",
        "http:///zi": "not the address of a folder",
        "http://[::1": "not the address of a folder",
        "https://h.example/zi?a=1": "not the address of a folder",
        "http://h..example/zi/": "not the address of a folder",
    }
    for result, (place, reason) in zip(received(tmp_path, *reasons), reasons.items(), strict=True):
        assert reason in why(result), place
    assert kept(tmp_path) == {}


def test_a_password_in_an_address_is_refused_and_shown_nowhere(tmp_path: Path) -> None:
    result = received(tmp_path, "https://admin:rahasia@h.example/zi/")[0]
    assert "has a user or a password" in why(result)
    assert "rahasia" not in repr(result)
    assert result.listed.place == "https://h.example/zi/"


def rewritten(site: Path, **files: bytes | None) -> None:
    """Change files of a site, given by the first letters of their names; None removes one."""
    names = {"readiness": "readiness.json", "sums": "SHA256SUMS"}
    for name, content in files.items():
        path = site / names[name]
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)


LINE = sums({"readiness.json": text(readiness())})


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"readiness": text(readiness("Lain"))}, "half published"),
        ({"readiness": None}, "has no readiness.json"),
        ({"sums": b""}, "is empty"),
        ({"sums": b"<!doctype html><title>Masuk</title>"}, "no list of checksums"),
        ({"sums": sums({"index.html": b""})}, "names no readiness.json"),
        ({"sums": LINE.replace(b"readiness", b"files/readiness")}, "names no readiness.json"),
        ({"sums": LINE.replace(b"\n", b".bak\n")}, "names no readiness.json"),
        ({"sums": LINE + sums({"readiness.json": b""})}, "half published"),
    ],
)
def test_a_list_that_does_not_match_is_a_reason(tmp_path: Path, files: Mapping[str, bytes], reason: str) -> None:
    site = write_site(tmp_path / "s", readiness())
    rewritten(site, **files)
    assert reason in refused(tmp_path, "s")
    assert kept(tmp_path) == {}


def test_a_publication_under_way_is_said(tmp_path: Path) -> None:
    site = write_site(tmp_path / "s", readiness())
    (site / ".catat").mkdir()
    (site / ".catat/state.json").write_text(json.dumps({"phase": "replacing", "touched": []}))
    assert readiness_of(received(tmp_path, "s")[0]).unit == "Balai A", "what is there belongs together"
    rewritten(site, readiness=text(readiness("Baru")))
    assert "being published" in refused(tmp_path, "s")
    rewritten(site, sums=None)
    assert "being published" in refused(tmp_path, "s")


def written(folder: Path, content: bytes) -> Path:
    """Write a site with any readiness.json."""
    site = write_site(folder, readiness())
    rewritten(site, readiness=content, sums=sums({"readiness.json": content}))
    return site


def test_figures_that_cannot_be_used_are_reasons(tmp_path: Path) -> None:
    met = readiness(index=50)
    met["predicates"][1]["met"]["claimed"] = True
    contents = {
        "schema catat.readiness/9": text(readiness(schema="catat.readiness/9")),
        "cannot be read": b"{",
        "contradicts itself (WBK: met.claimed)": text(met),
    }
    for number, content in enumerate(contents.values()):
        written(tmp_path / f"s{number}", content)
    found = received(tmp_path, *(f"s{number}" for number in range(3)))
    for result, reason in zip(found, contents, strict=True):
        assert reason in why(result)


# Limits


def test_files_above_their_limits_are_not_read(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())
    small = replace(QUICK, readiness=10 << 10)
    written(tmp_path / "large", b" " * (10 << 10) + b"{")
    assert readiness_of(received(tmp_path, "s", limits=small)[0])
    assert "readiness.json has more than" in refused(tmp_path, "large", small)
    assert "SHA256SUMS has more than" in refused(tmp_path, "s", replace(QUICK, sums=20))
    (tmp_path / "s/SHA256SUMS.sig").write_bytes(b"x" * (64 << 10) + b"x")
    assert "SHA256SUMS.sig has more than" in refused(tmp_path, "s")


def test_a_zip_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("SHA256SUMS", "w") as entry,
    ):
        for _ in range(9):
            entry.write(bytes(1 << 20))
    assert (tmp_path / "bomb.zip").stat().st_size < 20_000
    assert "SHA256SUMS has more than 8 MiB" in refused(tmp_path, "bomb.zip", replace(QUICK, sums=8 << 20))


def test_a_zip_with_millions_of_entries_is_not_opened(tmp_path: Path) -> None:
    size = 40 << 20
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0)
    with (tmp_path / "many.zip").open("wb") as stream:
        stream.truncate(size)
        stream.seek(size)
        stream.write(end)
    assert "many.zip has more than 32 MiB" in refused(tmp_path, "many.zip")


def test_a_large_file_of_garbage_is_no_zip(tmp_path: Path) -> None:
    with (tmp_path / "garbage.zip").open("wb") as stream:
        stream.truncate(2 << 30)
    assert "cannot be read as a zip" in refused(tmp_path, "garbage.zip")


def test_one_unit_costs_no_other(tmp_path: Path) -> None:
    for number in range(4):
        write_site(tmp_path / f"s{number}", readiness(f"Balai {number}"))
    places = ["s0", "none", "s1", "/dev/zero", "a\0b", "s2", "ftp://x/", "s3"]
    found = received(tmp_path, *places)
    assert [each.received is not None for each in found] == [place.startswith("s") for place in places]


def test_a_state_folder_that_cannot_be_written_fails_the_run(tmp_path: Path) -> None:
    write_site(tmp_path / "s", readiness())
    (tmp_path / "list.rollup").write_bytes(b"a file")
    with pytest.raises(OSError, match=r"list\.rollup"):
        received(tmp_path, "s")


# Any bytes


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The readiness.json of the sample portfolio."""
    return catat("status", str(SAMPLE), "--json", "--as-of", "2023-06-30").stdout.encode()


NUMBERS = st.sampled_from(
    [
        *("1e999999999", "-1", "0.0", "1e-99999999", "-0.0", '"NaN"', '"Infinity"', "9" * 5000, "0." + "1" * 5000),
        *("null", "true", "1.0000001", "100.1", "[]", '"\\ud800"', "1e400", '"0.6"', "{}", '"' + "x" * 100_000 + '"'),
    ]
)


def read_or_reason(content: bytes) -> UnitReadiness | str:
    try:
        return read_readiness(content)
    except ReadinessInvalid as error:
        return error.reason


@given(data=st.data())
@settings(max_examples=200)
def test_whatever_a_readiness_has_the_result_is_figures_or_a_reason(real: bytes, data: st.DataObject) -> None:
    content = bytearray(real)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content)))
        match data.draw(st.sampled_from(["bytes", "cut", "value"])):
            case "bytes":
                content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
            case "cut":
                del content[at : at + data.draw(st.integers(0, 2000))]
            case _:
                start = content.find(b": ", at) + 2
                end = min(each for each in (content.find(b",", start), content.find(b"\n", start)) if each >= 0)
                content[start:end] = data.draw(NUMBERS).encode()
    found = read_or_reason(bytes(content))
    if isinstance(found, str):
        assert found in {"no-readiness", "schema", "contradiction", "too-large"}
        return
    for part in found.parts:
        for figure in (*part.scores.each(), part.weight):
            assert 0 <= figure <= 10_001
            assert len(str(figure)) < 40
    assert all(0 <= each <= 10_000_000 for each in (found.counts.items, found.counts.records))
    assert found == read_readiness(bytes(content), {}), "shared values change nothing"


@pytest.mark.parametrize(
    "figure",
    ["1e999999999", "-1", "1e-99999999", '"NaN"', '"Infinity"', "1" * 5000, "0." + "1" * 5000, '"x"', "1e400"],
    ids=["vast", "negative", "tiny", "nan", "infinite", "long", "fine", "word", "large"],
)
@pytest.mark.parametrize("place", ["index", "nodes", "areas", "min", "value"])
def test_figures_that_are_none_are_refused_wherever_they_are(place: str, figure: str) -> None:
    data, mark = readiness(index=0, documents=0), "FIGURE"
    gate = data["predicates"][1]["gates"][1]
    where = {"index": data["index"], "nodes": data["nodes"][0], "areas": data["areas"][0], "value": gate["value"]}
    where.get(place, gate)["min" if place == "min" else "claimed"] = mark
    content = text(data)
    assert isinstance(read_or_reason(content.replace(b'"FIGURE"', b"0.5")), UnitReadiness)
    assert isinstance(read_or_reason(content.replace(b'"FIGURE"', figure.encode())), str)


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ("records", "100000000"),
        ("drafts", "2"),
        ("accepted", "2"),
        ("answered", "2"),
        ("items", "-1"),
        ("items", "9" * 5000),
    ],
    ids=["many", "drafts", "accepted", "answered", "negative", "huge"],
)
def test_counts_of_more_than_there_are_are_refused(counts: str, value: str) -> None:
    data = readiness()
    data["counts"][counts] = 7777777
    assert isinstance(read_or_reason(text(data).replace(b"7777777", value.encode())), str)


def test_real_figures_are_those_of_the_file(real: bytes) -> None:
    found, written_ = read_readiness(real), json.loads(real, parse_float=Decimal, parse_int=Decimal)
    weights = {each["id"]: each["weight"] for each in written_["nodes"]}
    assert {each.id: each.weight for each in found.parts if each.weight}.items() <= weights.items()
    assert {each for each in weights if "." not in each} <= {each.id for each in found.parts}
    assert [each.scores.each() for each in found.areas] == [
        tuple(each[basis] for basis in unit_sites.BASES) for each in written_["areas"]
    ]
    gates = [gate for each in found.predicates for gate in each.gates]
    assert [(gate.min, *gate.value.each(), *gate.passed.each()) for gate in gates] == [
        (gate["min"], *gate["value"].values(), *gate["passed"].values())
        for each in written_["predicates"]
        for gate in each["gates"]
    ]
    assert all(isinstance(each, bool) for gate in gates for each in gate.passed.each())


@pytest.mark.parametrize("written_as", ["crlf", "capitals"])
def test_a_list_of_checksums_from_another_system_is_read(tmp_path: Path, written_as: str) -> None:
    site = unit_sites.write_site(tmp_path / "s", readiness())
    sums = site / "SHA256SUMS"
    content = sums.read_bytes()
    digest = content.split()[-2]
    changed = content.replace(b"\n", b"\r\n") if written_as == "crlf" else content.replace(digest, digest.upper())
    sums.write_bytes(changed)
    assert readiness_of(received(tmp_path, "s")[0]).unit == "Balai A"
