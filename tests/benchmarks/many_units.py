"""Portfolios of many units, from the sample: `python -m tests.benchmarks.many_units FOLDER --units 200`.

Each unit has some of the sample's records and answers, so that units reach different stages: every twentieth has all
records and a document for whatever the sample lacks, and answers the best; a few are faulty in a way of their own. What a unit gets depends on its number alone. The list `units.yaml` names them by folder.
"""

import argparse
import datetime
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from generator.build.project import Project
from tests.benchmarks.measure import ROOT

SAMPLE = ROOT / "content"
REGIONS = ("Aceh", "Bali", "Jawa Barat", "Jawa Timur", "Kalimantan Selatan", "Maluku", "Papua", "Sulawesi Selatan")
PARENTS = (
    "Direktorat Jenderal Perbendaharaan",
    "Direktorat Jenderal Kekayaan Negara",
    "Badan Pendidikan dan Pelatihan",
)
PEOPLE = ("Rahmawati", "Sutrisno", "Maria Lestari", "I Wayan Sudarma", "Yohanes Wenda")
KINDS = ("Balai Diklat", "Kantor Pelayanan", "Balai Pengujian", "Kantor Pengawasan")

FAULTS = ("settings", "answer", "evidence", "absent", "address", "twin")
"""What is wrong with a faulty unit: its settings, an answer, a document, its folder, its address, its id."""


def write_portfolios(folder: Path, count: int, *, faulty: int = 6, most_records: int = 12) -> Path:
    """Write so many portfolios and the list of them; return the list. The last `faulty` units are faulty."""
    folder.mkdir(parents=True, exist_ok=True)
    records = sorted(path.parent for path in (SAMPLE / "records").glob("*/*/index.md"))
    missing = _missing_documents()
    lines = ["title: Badan Tata Keuangan Nusantara", "deadline: 2026-12-31", "units:"]
    for number in range(1, count + 1):
        fault = FAULTS[(number - 1) % len(FAULTS)] if number > count - faulty else ""
        lines.append(_entry(number, fault))
        if fault not in {"absent", "address"}:
            _write_portfolio(folder / f"unit-{number:03}", number, records, most_records, fault)
            if number % _COMPLETE == 0:
                _complete(folder / f"unit-{number:03}", missing)
    file = folder / "units.yaml"
    file.write_text("\n".join((*lines, "")), encoding="utf-8")
    return file


_COMPLETE = 20
"""Every unit with a multiple of this number lacks nothing."""


def _missing_documents() -> dict[int, list[tuple[str, str]]]:
    """Return what the sample lacks, by area: items, each with the type of a document that is required."""
    with Project(SAMPLE, again=False) as project:
        readiness = project.read(on=datetime.date(2023, 6, 30)).readiness
    assert readiness is not None
    found: dict[int, list[tuple[str, str]]] = {}
    for each in readiness.items:
        for requirement in each.missing if each.item.area is not None else ():
            found.setdefault(each.item.area or 0, []).append((each.item.id, requirement.types[0]))
    return found


def _complete(folder: Path, missing: Mapping[int, Sequence[tuple[str, str]]]) -> None:
    """Write the documents that the sample lacks, and the best answers."""
    document = next((SAMPLE / "records").glob("*/*/*.pdf")).read_bytes()
    areas = {int(path.name.partition("-")[0]): path.name for path in (SAMPLE / "records").iterdir()}
    for area, documents in missing.items():
        record = folder / "records" / areas[area] / f"2023-06-01-kelengkapan-dokumen-area-{area}"
        record.mkdir(parents=True)
        entries = []
        for number, (item, type_) in enumerate(documents):
            (record / f"dokumen-{number}.pdf").write_bytes(document + b"%% %d.%d\n" % (area, number))
            entries.append(f"  - {{file: dokumen-{number}.pdf, type: {type_}, items: [{item}], date: 2023-06-01}}\n")
        items = ", ".join(dict.fromkeys(item for item, _ in documents))
        head = f"title: Kelengkapan dokumen\ndate: 2023-06-01\nitems: [{items}]\nevidence:\n{''.join(entries)}"
        (record / "index.md").write_text(f"---\n{head}---\nDokumen yang belum ada telah dilengkapi.\n", "utf-8")
    for path in (folder / "assessment").glob("*.md"):
        text = re.sub(r"(?m)^(  [AB]\.[\w.]+: (?:\{\w+: )?)[BCD]\b", r"\1A", path.read_text("utf-8"))
        path.write_text(text.replace('"3,58"', '"3,92"').replace("B.II.a: 3.44", "B.II.a: 3.9"), "utf-8")


def _name(number: int) -> str:
    return f"{KINDS[number % len(KINDS)]} {REGIONS[number % len(REGIONS)]} {number}"


def _entry(number: int, fault: str) -> str:
    place = "http://127.0.0.1:9/zi/" if fault == "address" else f"unit-{number:03}"
    identifier = "satker-001" if fault == "twin" else f"satker-{number:03}"
    values = {
        "id": identifier,
        "unit": _name(number),
        "region": REGIONS[number % len(REGIONS)],
        "parent": PARENTS[number % len(PARENTS)],
        "person": PEOPLE[number % len(PEOPLE)],
        "target": "WBK" if number % 4 else "WBBM",
        "place": place,
    }
    return "  - {" + ", ".join(f"{key}: {value!r}" for key, value in values.items()) + "}"


def _write_portfolio(folder: Path, number: int, records: list[Path], most_records: int, fault: str) -> None:
    random = Random(number)
    many = number % 10 == 0  # a unit that is nearly there
    few = 0 if number % _COMPLETE == 0 else 4
    chosen = random.sample(records, len(records) - few if many else random.randint(1, min(most_records, len(records))))
    for record in chosen:
        _copy_record(record, folder)
    for path in sorted((SAMPLE / "assessment").glob("*.md")):
        target = folder / "assessment" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_answers(_without_links(path.read_text(encoding="utf-8")), random), encoding="utf-8")
    target = "WBKK" if fault == "settings" else "WBK" if number % 4 else "WBBM"
    settings = f"title: Portofolio {_name(number)}\nunit: {_name(number)}\ntarget: {target}\n"
    (folder / "portfolio.yaml").write_text(
        f"{settings}period: {{from: 2022-09-01, to: 2023-06-30}}\n", encoding="utf-8"
    )
    if fault == "answer":
        with (folder / "assessment" / "1-manajemen-perubahan.md").open("a", encoding="utf-8") as stream:
            stream.write("\n")
        path = folder / "assessment" / "2-tatalaksana.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("answers:", "answers:\n  A.I.2.i.a: Mungkin\n", 1),
            encoding="utf-8",
        )
    if fault == "evidence":
        next(folder.glob("records/*/*/*.pdf")).write_bytes(b"")


def _copy_record(record: Path, folder: Path) -> None:
    target = folder / record.relative_to(SAMPLE)
    shutil.copytree(record, target)
    text = (record / "index.md").read_text(encoding="utf-8")
    for path in re.findall(r"evidence/[\w./ -]+\.\w+", text):
        if (SAMPLE / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SAMPLE / path, folder / path)
    (target / "index.md").write_text(_without_links(text), encoding="utf-8")


def _without_links(text: str) -> str:
    """Return a text without its links to other texts, which the unit may not have."""
    return re.sub(r"(?<!!)\[([^\]]+)\]\([^)\s]+\.md\)", r"\1", text)


def _answers(text: str, random: Random) -> str:
    """Return answers of which some are worse than those of the sample, or none."""
    worse = max(0.0, random.random() * 0.8 - 0.2)
    return re.sub(
        r"(?m)^(  [AB]\.[\w.]+: )A$", lambda match: f"{match[1]}{'B' if random.random() < worse else 'A'}", text
    )


def main() -> None:
    """Write the portfolios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--faulty", type=int, default=6)
    parser.add_argument("--most-records", type=int, default=12)
    given = parser.parse_args()
    file = write_portfolios(given.folder, given.units, faulty=given.faulty, most_records=given.most_records)
    print(file)


if __name__ == "__main__":
    main()
