"""Portfolios of many units, from the sample: `python -m tests.benchmarks.many_units FOLDER --units 200`.

Each unit has some of the sample's records and answers, so that units reach different stages; a few are faulty in a way
of their own. What a unit gets depends on its number alone. The list `units.yaml` names them by folder.
"""

import argparse
import re
import shutil
from pathlib import Path
from random import Random

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
    lines = ["title: Badan Tata Keuangan Nusantara", "deadline: 2026-12-31", "units:"]
    for number in range(1, count + 1):
        fault = FAULTS[(number - 1) % len(FAULTS)] if number > count - faulty else ""
        lines.append(_entry(number, fault))
        if fault not in {"absent", "address"}:
            _write_portfolio(folder / f"unit-{number:03}", number, records, most_records, fault)
    file = folder / "units.yaml"
    file.write_text("\n".join((*lines, "")), encoding="utf-8")
    return file


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
    chosen = random.sample(records, len(records) - 4 if many else random.randint(1, min(most_records, len(records))))
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
