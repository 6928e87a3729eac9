"""What a site shows at its addresses, and what changed between two publications."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import project
from generator.build.published_contents import (
    PublishedChanges,
    PublishedContents,
    changes_between,
    line_of,
    published_contents,
)
from generator.reading import publications
from tests.support import builders, small

AREA = "records/1-manajemen-perubahan"
FIRST, SECOND, PAGE = f"{AREA}/pertama/index.md", f"{AREA}/kedua.md", "pages/profil.md"


def contents(home: Path, *, on: datetime.date = small.DAY) -> PublishedContents:
    outcome = project.read(home, on=on)
    assert not outcome.failed, outcome.diagnostics
    return published_contents(outcome)


def changed(home: Path, path: str, edit: Callable[[str], str]) -> PublishedChanges:
    """Return what an edit of a text changes."""
    before = contents(home)
    target = home / path
    target.write_text(edit(target.read_text("utf-8")), "utf-8")
    return changes_between(json.loads(json.dumps(before.as_plain())), contents(home))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small.write(tmp_path)


def test_every_open_document_record_page_and_answer_has_a_digest(home: Path, tmp_path: Path) -> None:
    now = contents(home)
    assert small.build_site(home, tmp_path / "site")[1]
    site = small.contents(tmp_path / "site")
    files = {path for path in site if path.startswith("files/")}
    others = {"records/pertama.html", "records/kedua.html", "pages/profil.html"}
    answers = {"items/A.I.1.i.a.html", "items/A.I.1.ii.c.html"}
    assert set(now.addresses) == files | others | answers
    copied = {path for path in files if not path.endswith(".zip")}
    assert {path: hashlib.sha256(site[path]).hexdigest() for path in copied} == {
        path: now.addresses[path] for path in copied
    }
    assert now.answers == {"A.I.1.i.a": "Ya", "A.I.1.ii.c": "B"}
    assert {*now.gates} == {"TPI", "WBK"}
    assert now.index["supported"] <= now.index["claimed"]


def test_the_plain_data_name_nothing_restricted(home: Path) -> None:
    now = contents(home)
    plain = json.dumps(now.as_plain())
    assert not [each for each in ("rahasia", "hukuman", "draf") if each in plain]
    assert f"files/{AREA}/pertama/rahasia.pdf" in now.restricted
    assert "files/evidence/hukuman.pdf.zip" in now.restricted
    assert "records/hukuman.html" in now.restricted


@pytest.mark.parametrize(
    ("path", "edit", "expected"),
    [
        (SECOND, lambda text: text.replace("Kembali", "Lagi"), "records/kedua.html"),
        (SECOND, lambda text: text.replace("2023-02-01", "2023-02-02"), "records/kedua.html"),
        (SECOND, lambda text: text.replace("---\n##", "tags: [baru]\n---\n##"), "records/kedua.html"),
        (SECOND, lambda text: text.replace("undangan.pdf}", "undangan.pdf, pages: 2}"), "records/kedua.html"),
        (PAGE, lambda text: text.replace("Satker uji", "Satker"), "pages/profil.html"),
        ("assessment/1.md", lambda text: text.replace(": B", ": {answer: B, note: Baru}"), "items/A.I.1.ii.c.html"),
        # No reader sees these.
        (SECOND, lambda text: text.replace("title:", "# catatan\ntitle:"), ""),
        (PAGE, lambda text: text.replace("---\nSatker", "order: 7\n---\nSatker"), ""),
    ],
)  # fmt: skip
def test_an_edit_changes_the_address_that_shows_it_alone(
    home: Path, path: str, edit: Callable[[str], str], expected: str
) -> None:
    found = changed(home, path, edit)
    assert (found.added, found.changed, found.withdrawn) == ((), (expected,) if expected else (), ())
    assert found.answers == {}


def test_another_title_of_a_neighbour_and_another_day_change_nothing_else(home: Path) -> None:
    found = changed(home, SECOND, lambda text: text.replace("Kegiatan kedua", "Kegiatan lain"))
    assert found.changed == ("records/kedua.html",)
    later = contents(home, on=small.DAY + datetime.timedelta(days=400))
    assert changes_between(contents(home), later) == PublishedChanges((), (), (), {})


def test_an_answer_is_given_before_and_after(home: Path) -> None:
    found = changed(home, "assessment/1.md", lambda text: text.replace("A.I.1.ii.c: B", "A.I.1.i.b: A"))
    assert found.answers == {"A.I.1.i.b": (None, "A"), "A.I.1.ii.c": ("B", None)}
    assert (found.added, found.withdrawn) == ((), ()), "the pages of items are there with and without an answer"
    assert found.changed == ("items/A.I.1.i.b.html", "items/A.I.1.ii.c.html")


def test_what_is_gone_is_withdrawn_and_what_is_new_is_added(home: Path) -> None:
    before = contents(home)
    (home / "evidence/undangan.pdf").rename(home / "evidence/lain.pdf")
    for path in (SECOND, PAGE, "findings/satu.md"):
        target = home / path
        target.write_text(target.read_text("utf-8").replace("undangan.pdf", "lain.pdf"), "utf-8")
    found = changes_between(before, contents(home))
    assert (found.added, found.withdrawn) == (("files/evidence/lain.pdf",), ("files/evidence/undangan.pdf",))


@pytest.mark.parametrize("how", ["document", "record", "moved", "packed"])
def test_what_is_restricted_now_is_not_told_as_withdrawn(home: Path, how: str) -> None:
    new = f"{AREA}/baru/index.md"
    name = "lagu.svg" if how == "packed" else "lagu.pdf"
    record = f"---\ntitle: Baru\ndate: 2023-01-18\nevidence: [{{file: {name}, type: sk}}]\n---\nIsi.\n"
    builders.write(home, {new: record, f"{AREA}/baru/{name}": "<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>" if how == "packed" else builders.pdf("x")})  # fmt: skip
    before = contents(home)
    assert [each for each in before.addresses if "lagu" in each]
    restricted = record.replace("type: sk", "type: sk, classification: restricted")
    if how == "record":
        restricted = record.replace("evidence:", "classification: restricted\nevidence:")
    if how == "moved":
        (home / f"{AREA}/baru").rename(home / f"{AREA}/pindah")
        new = f"{AREA}/pindah/index.md"
    (home / new).write_text(restricted, "utf-8")
    found = changes_between(before, contents(home))
    assert not [each for each in found.withdrawn if "lagu" in each]
    assert ("records/baru.html" in found.withdrawn) == (how == "moved")


def test_a_draft_is_withdrawn(home: Path) -> None:
    builders.write(home, {f"{AREA}/lain.md": "---\ntitle: Lain\ndate: 2023-01-18\n---\n"})
    found = changed(home, f"{AREA}/lain.md", lambda text: text.replace("---\n", "---\nstatus: draft\n", 1))
    assert found.withdrawn == ("records/lain.html",)


@pytest.mark.parametrize("before", [None, {}, {"addresses": 7}, {"addresses": {"x": 1}, "answers": []}])
def test_the_first_publication_adds_all_there_is(home: Path, before: dict[str, object] | None) -> None:
    now = contents(home)
    found = changes_between(before, now)
    known = before is not None and isinstance(before.get("addresses"), dict)
    assert {*found.added, *found.changed} == {*now.addresses}
    assert bool(found.changed) == known
    assert found.answers == {item: (None, answer) for item, answer in now.answers.items()}


def test_the_line_of_a_publication_is_read_back(home: Path) -> None:
    now = contents(home)
    line = line_of(now, changes_between(None, now), date=small.DAY, digest="0" * 16, target="intranet")
    (read,) = publications.read(publications.decode(line.encode())).publications
    assert read.added == tuple(sorted(now.addresses))
    assert (read.digest, read.content, read.target, read.as_of) == ("0" * 16, now.content, "intranet", small.DAY)
    assert float(read.index.supported or 0) == now.index["supported"]
    assert read.gates == {
        predicate: {gate: bases["supported"] for gate, bases in gates.items()} for predicate, gates in now.gates.items()
    }
    assert now.content == contents(home).content
