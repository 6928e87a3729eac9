"""Reviews as the assessor's desk exports them, built by Python: `catat.review/1`."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.exchange.readiness_json import portfolio_id
from generator.incremental.steps import Steps
from generator.model.portfolio import Portfolio
from tests.support import builders
from tests.support.command import catat
from tests.support.plans import read_with

RINGKAS = Path(__file__).parents[1] / "instruments" / "ringkas.yaml"
FOLDER = "records/1-manajemen-perubahan"
SETTINGS = (
    "title: T\nunit: Satker Uji\ninstrument: instruments/ringkas.yaml\nperiod: {from: 2023-01-01, to: 2023-12-31}\n"
)
DOCUMENTS = {name: builders.pdf(name) for name in ("notulen.pdf", "sk.pdf", "foto.pdf")}
SHA256 = {name: hashlib.sha256(content).hexdigest() for name, content in DOCUMENTS.items()}
ADDRESS = "https://example.org/berita"


def write(root: Path, *, language: str = "en", **more: str | bytes) -> Path:
    """Write a portfolio with two records, answers and a finding; return its folder."""
    files: dict[str, str | bytes] = {
        "portfolio.yaml": f"{SETTINGS}language: {language}\n",
        "instruments/ringkas.yaml": RINGKAS.read_bytes(),
        f"{FOLDER}/rapat/index.md": record(("notulen.pdf", "notulen"), ("sk.pdf", "sk"), (ADDRESS, "laporan")),
        f"{FOLDER}/rapat/notulen.pdf": DOCUMENTS["notulen.pdf"],
        f"{FOLDER}/rapat/sk.pdf": DOCUMENTS["sk.pdf"],
        f"{FOLDER}/rencana/index.md": record(("foto.pdf", "foto"), items="A.I.1.ii.c"),
        f"{FOLDER}/rencana/foto.pdf": DOCUMENTS["foto.pdf"],
        "assessment/1.md": "---\nanswers:\n  A.I.1.i.a: Ya\n  A.I.1.i.b: B\n  B.I.a: 3.5\n---\n",
    }
    return builders.write(root, {**files, **more})


def record(*documents: tuple[str, str], items: str = "A.I.1.i.a, A.I.1.i.b") -> str:
    """A record with its documents: files or addresses, each with its type."""
    keys = {True: "url", False: "file"}
    entries = "".join(f"  - {{{keys['://' in name]}: '{name}', type: {type_}}}\n" for name, type_ in documents)
    return f"---\ntitle: Rapat\ndate: 2023-01-18\nitems: [{items}]\nevidence:\n{entries}---\n"


def verdict(file: str = "notulen.pdf", verdict: str = "accepted", **more: Any) -> dict[str, Any]:
    """A verdict on a document of a record, by its bytes."""
    found = {"record": "rapat", "file": file, "sha256": SHA256.get(file, ""), "verdict": verdict}
    return {**found, "reason": "", "note": "", **more}


def entry(item: str = "A.I.1.i.a", answer: Any = "Ya", *evidence: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An entry of an item that was decided."""
    blank = {"condition": "", "note": "", "recommendation": "", "claimed": None}
    decided = {"state": "decided", "decided": "2023-05-30T09:12:00+07:00"}
    return {"item": item, "answer": answer, **blank, **decided, "evidence": [*evidence], **more}


def review(
    portfolio: str,
    *entries: Mapping[str, Any],
    name: str = "Budi Santoso",
    level: str = "TPI",
    assignment: str = "",
    **more: Any,
) -> dict[str, Any]:
    """A review of a portfolio, by its id, with its digest."""
    found: dict[str, Any] = {
        "schema": "catat.review/1",
        "portfolio": {
            "id": portfolio,
            "unit": "Satker Uji",
            "instrument": "ringkas",
            "as_of": "2023-05-30",
            "sums": "",
        },
        "assessor": {"name": name, "level": level, "assignment": assignment},
        "exported": "2023-05-31T16:00:00+07:00",
        "items": [*entries],
        **more,
    }
    return sealed(found)


def sealed(found: Mapping[str, Any]) -> dict[str, Any]:
    """A review with the digest of its content."""
    signed = {key: value for key, value in found.items() if key != "digest"}
    canonical = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return {**signed, "digest": hashlib.sha256(canonical.encode()).hexdigest()}


def read(root: Path) -> Portfolio:
    """The portfolio in a folder."""
    found = read_with(Steps(), root, on=datetime.date(2023, 6, 30)).portfolio
    assert found is not None
    return found


def identity(root: Path) -> str:
    """The id of the portfolio in a folder."""
    return portfolio_id(read(root))


def save(target: Path, found: Mapping[str, Any] | str | bytes) -> Path:
    """Write a review as a file, and return it."""
    text = json.dumps(found, ensure_ascii=False, indent=1) if isinstance(found, Mapping) else found
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode() if isinstance(text, str) else text)
    return target


class Merged:
    """What came of `catat merge … --json`."""

    def __init__(self, source: Path, root: Path, *options: str) -> None:
        done = catat("merge", str(source), str(root), "--json", "--lang", "en", *options)
        self.code, self.errors = done.returncode, done.stderr
        self.data: dict[str, Any] = json.loads(done.stdout) if done.stdout else {}

    @property
    def states(self) -> dict[str, str]:
        """The states by item."""
        return {each["item"]: each["state"] for each in self.data["findings"]}

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """The codes of the remarks, each with its pointer."""
        return [(each["code"], each["pointer"]) for each in self.data["remarks"]]


def merge(source: Path, root: Path, *options: str) -> Merged:
    """Merge and write."""
    return Merged(source, root, "--write", *options)


def finding_files(root: Path) -> dict[str, str]:
    """The findings of a portfolio: their texts by name."""
    folder = root / "findings"
    return {each.name: each.read_text("utf-8") for each in sorted(folder.iterdir())} if folder.is_dir() else {}
