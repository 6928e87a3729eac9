"""Portfolios that nobody planned for: `python -m tests.odd FOLDER [name...]` writes and builds them to be looked at."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

from generator.build import build
from generator.messages.diagnostics import has_errors
from tests.benchmarks import prose
from tests.benchmarks.portfolios import write_portfolio
from tests.support import builders, shared_paths, small

DAY = datetime.date(2023, 6, 30)
AREA = "records/1-manajemen-perubahan"
AKREDITASI = Path(__file__).parents[1] / "instruments" / "akreditasi.yaml"
LONG = "Penyelenggaraan rapat koordinasi pembangunan zona integritas menuju wilayah bebas dari korupsi bagi seluruh "
UNBROKEN = "Pertanggungjawabanketidakberpihakan"

Files = dict[str, str | bytes]


def empty() -> Files:
    """Settings, and nothing else."""
    return {"portfolio.yaml": _settings("Portofolio kosong", instrument="lke-zi-90-2021")}


def one() -> Files:
    """One record with one document."""
    return {
        "portfolio.yaml": _settings("Portofolio satu kegiatan"),
        f"{AREA}/rapat/index.md": _record("Rapat pertama", evidence=[{"file": "notulen.pdf"}]),
        f"{AREA}/rapat/notulen.pdf": builders.pdf("Notulen rapat pertama"),
    }


def long_titles() -> Files:
    """Titles, people, file names, tags and ids of 200 characters, with spaces and without."""
    files: Files = {"portfolio.yaml": _settings(_long("Portofolio"), unit=_long("Satker"), institution=_unbroken("I"))}
    for number, stretch in enumerate((_long, _unbroken)):
        names = [f"{stretch(kind)[:-4]}.{kind}" for kind in ("pdf", "png", "xlsx")]
        identifier = stretch(f"kegiatan {number}" if stretch is _long else "kegiatan").rstrip(". ")
        evidence = [{"file": name, "type": "laporan", "title": stretch(name[-3:])} for name in names]
        evidence += [{"url": f"https://example.org/{stretch('a').replace(' ', '%20')}", "type": "media-publikasi"}]
        people, tags = [stretch("Orang"), stretch("Orang lain")], [stretch("label"), stretch("x")]
        text = (
            f"## {stretch('Judul')}\n\n{stretch('Isi')} `{stretch('kode')}`\n\n    {stretch('baris')}\n\n"
            f"| {stretch('Kolom')} | {stretch('Kolom lain')} |\n| --- | --- |\n| {stretch('a')} | {stretch('b')} |\n"
            f"\n<https://example.org/{_unbroken('alamat')}>\n\n> {stretch('Kutipan')}\n"
        )
        made = _record(stretch("Kegiatan"), text, people=people, tags=tags, evidence=evidence)
        files[f"{AREA}/{identifier}/index.md"] = made
        for name in names:
            files[f"{AREA}/{identifier}/{name}"] = _file(name, f"{number}{name[-4:]}")
        files[f"pages/halaman-{number}.md"] = builders.front_matter(text, title=stretch("Halaman"))
        files[f"findings/temuan-{number}.md"] = builders.front_matter(
            text, item="A.I.1.i.a", date=f"2023-05-0{number + 1}", assessor=stretch("Penilai"), answer="Ya"
        )
    note = {"answer": "Ya", "note": _unbroken("Catatan")}
    files["assessment/1.md"] = builders.front_matter(_unbroken("Kami"), answers={"A.I.1.i.a": note})
    return files


def area_with_nothing() -> Files:
    """Two areas at work, and one in which nothing is written at all."""
    files: Files = {"portfolio.yaml": _settings("Portofolio dengan area kosong")}
    for area, item in (("1-manajemen-perubahan", "A.I.1.i.a"), ("2-tatalaksana", "A.I.2.i.a")):
        for number in range(1, 4):
            name = f"notulen-{area[0]}-{number}.pdf"
            fields: dict[str, Any] = {"items": [item], "date": f"2023-0{number}-10", "evidence": [{"file": name}]}
            files[f"records/{area}/rapat-{area[0]}-{number}/index.md"] = _record(f"Rapat {number}", **fields)
            files[f"records/{area}/rapat-{area[0]}-{number}/{name}"] = builders.pdf(name)
    files["assessment/1.md"] = builders.front_matter("Kami siap.", answers={"A.I.1.i.a": "Ya"})
    return files


def crowded() -> Files:
    """400 documents in one record: PDFs, pictures, tables, addresses."""
    files: Files = {"portfolio.yaml": _settings("Portofolio padat")}
    evidence: list[dict[str, str]] = []
    types = ("notulen", "undangan", "daftar-hadir", "laporan", "foto", "sk")
    for number in range(400):
        kind, type_ = ("pdf", "png", "pdf", "jpg", "xlsx", "url", "pdf", "docx")[number % 8], types[number % 6]
        if kind == "url":
            evidence.append({"url": f"https://example.org/berita/{number}", "title": f"Berita {number}", "type": type_})
            continue
        name = f"{type_}-{number:03}.{kind}"
        evidence.append({"file": name, "type": type_, "title": f"{type_.title()} ke-{number}"})
        files[f"{AREA}/padat/{name}"] = _file(name, f"Dokumen {number}")
    files[f"{AREA}/padat/index.md"] = _record("Kegiatan dengan empat ratus dokumen", evidence=evidence)
    return files


def other_instrument() -> Files:
    """An instrument of its own, in English: other areas, depths, scales, types and predicates."""
    settings = {"language": "en", "instrument": "instruments/akreditasi.yaml", "target": "A", "held": ["B"]}
    holdings = [{"file": "list.pdf", "type": "daftar-koleksi"}, {"file": "figures.xlsx", "type": "statistik"}]
    room = [{"file": "reading-room.png", "type": "foto"}, {"url": "https://example.org/policy", "type": "foto"}]
    answers: dict[str, object] = {
        "1.1.1.a": "SB", "1.1.1.b": 8.5, "1.2.a": {"inputs": {"seluruh": 400, "baru": 90}}, "2.1.a": "C", "2.1.b": 7,
    }  # fmt: skip
    return {
        "portfolio.yaml": _settings("Portfolio of the library", unit="Library of the institute", **settings),
        "instruments/akreditasi.yaml": AKREDITASI.read_bytes(),
        "records/1-koleksi/stock/index.md": _record(
            "Stocktaking", "What was **counted**.", items=["1.1.1.a", "1.1.1.b"], people=["Head"], evidence=holdings
        ),
        "records/1-koleksi/stock/list.pdf": builders.pdf("Holdings"),
        "records/1-koleksi/stock/figures.xlsx": builders.xlsx("Figures"),
        "records/2-layanan/room/index.md": _record("Reading room", items=["2.1.a"], people=["Desk"], evidence=room),
        "records/2-layanan/room/reading-room.png": builders.png("room"),
        "assessment/all.md": builders.front_matter("We answer.", answers=answers),
        "findings/one.md": builders.front_matter("Mend it.", item="1.1.1.a", date="2023-05-01", answer="B"),
    }


def right_to_left() -> Files:
    """Arabic and Hebrew in titles, names, texts and file names, among Latin letters and figures."""
    arabic, hebrew = "محضر اجتماع فريق النزاهة (2023) رقم 12/أ", "פרוטוקול ישיבת צוות היושרה – ZI 2023, חלק 3"
    text = f"# {arabic}\n\nقال المدير: «نعم» at 09.30, {hebrew}.\n\n- أولاً\n- second\n- שלישי\n\n| {arabic} | n |\n| --- | --- |\n| {hebrew} | 7 |\n"
    names = ("محضر-2023.pdf", "פרוטוקול (final).pdf", "laporan قائمة 12 רשימה.xlsx")
    titles = (arabic, hebrew, f"Laporan {arabic} / {hebrew} (akhir)")
    evidence = [
        {"file": name, "title": title, "type": "notulen"} for name, title in zip(names, titles, strict=True)
    ] + [{"file": "rahasia سر.pdf", "title": arabic, "type": "sk", "classification": "restricted"}]
    people, tags = ["عبد الرحمن بن عوف", "דוד כהן", "Siti (سيتي)"], ["نزاهة", "יושרה", "ZI"]
    folder = f"{AREA}/اجتماع-2023"
    files: Files = {
        "portfolio.yaml": _settings(f"Portofolio {arabic}", unit="معهد التدريب – Balai", institution="משרד הדתות"),
        f"{folder}/index.md": _record(arabic, text, people=people, tags=tags, evidence=evidence),
        f"{folder}/rahasia سر.pdf": builders.pdf("Rahasia"),
        f"{AREA}/ישיבה.md": _record(hebrew, text, people=people[:1], evidence=[], date="2023-02-03"),
        f"{AREA}/campur.md": _record(titles[2], f"[{arabic}](اجتماع-2023/index.md) {hebrew}", date="2023-03-03"),
        "pages/تعريف.md": builders.front_matter(text, title=arabic),
        "findings/ملاحظة.md": builders.front_matter(text, item="A.I.1.i.a", date="2023-05-01", assessor=hebrew),
        "assessment/1.md": builders.front_matter(text, answers={"A.I.1.i.a": {"answer": "Ya", "note": hebrew}}),
    }
    return files | {f"{folder}/{name}": _file(name, name) for name in names}


def many_people() -> Files:
    """150 people who answer for records; names that are alike, and names that no file could have."""
    odd = [
        "Ketua Tim", "ketua tim", "KETUA TIM", "Ketua  Tim", "Ketua-Tim", "Ketua/Tim", "Ketua\\Tim", "Ani/Budi", "../Ani",
        "..", ".", "/", "CON", "index", "index.html", "Ani.", 'Siti "Nur" Aisyah', "O'Brien", "<b>Tebal</b>", "A & B",
        "{{ nama }}", "100%", "#1", "?q=1", "a:b", "🙂", "👩‍💼 Rina", "🙂 ", "Ren\u00e9", "Rene\u0301", "Straße", "STRASSE",
        "İsmail", "ismail", "Кирилл", "李雷", "عبد الرحمن", "Dr. H. Ahmad, S.Kom., M.M.", "n" * 120, "0", "-", "%2e%2e",
    ]  # fmt: skip
    chance = Random("people")
    plain = [f"{chance.choice(('Ahmad', 'Siti', 'Rina', 'Budi', 'Dewi'))} {_word(chance)} {n}" for n in range(150)]
    people = list(dict.fromkeys([*odd, *plain]))[:150]
    items = ("A.I.1.i.a", "A.I.1.ii.c", "A.I.1.i.b", "A.I.3.v.a", "A.I.2.i.a")
    files: Files = {"portfolio.yaml": _settings("Portofolio banyak orang")}
    for number in range(50):
        fields = {"people": people[number * 3 : number * 3 + 3], "items": [items[number % len(items)]]}
        files[f"{AREA}/kegiatan-{number:02}.md"] = _record(f"Kegiatan {number}", **fields)
    files[f"{AREA}/bersama.md"] = _record("Kegiatan bersama", people=people, items=list(items))
    return files


def all_restricted() -> Files:
    """Nothing may be seen: records that are restricted, and records with restricted documents only."""
    files: Files = {"portfolio.yaml": _settings("Portofolio terbatas")}
    for number in range(1, 7):
        whole = "restricted" if number % 2 else "internal"
        name = f"sk-{number}.pdf"
        evidence = [{"file": name, "type": "sk", "classification": "restricted"}]
        made = _record(f"Kegiatan {number}", "Isi.", date=f"2023-0{number}-10", classification=whole, evidence=evidence)
        files |= {f"{AREA}/terbatas-{number}/index.md": made, f"{AREA}/terbatas-{number}/{name}": builders.pdf(name)}
    return files


def drafts_only() -> Files:
    """Drafts, and nothing that is final."""
    files: Files = {"portfolio.yaml": _settings("Portofolio rancangan")}
    for number in range(1, 4):
        fields: dict[str, Any] = {"status": "draft", "evidence": [{"file": "notulen.pdf"}]}
        files[f"{AREA}/draf-{number}/index.md"] = _record(f"Rancangan {number}", "Belum.", **fields)
        files[f"{AREA}/draf-{number}/notulen.pdf"] = builders.pdf(f"Rancangan {number}")
    return files


def one_long_text() -> Files:
    """A record of 40,000 words with many tables."""
    chance = Random("long")
    parts, words = [], 0
    while words < 40_000:
        chapter = prose.text(chance, links=("[notulen](notulen.pdf)",))
        rows = "".join(f"| {_word(chance)} | {chance.randint(1, 999)} | {_word(chance)} |\n" for _ in range(5))
        parts += [
            f"# Bab {len(parts) // 2 + 1}",
            chapter + f"\n| Hal | Nilai | Catatan |\n| --- | ---: | --- |\n{rows}",
        ]
        words += len(chapter.split()) + 10
    made = _record("Laporan tahunan lengkap", "\n\n".join(parts), evidence=[{"file": "notulen.pdf"}])
    return {
        "portfolio.yaml": _settings("Portofolio satu teks panjang"),
        f"{AREA}/laporan/index.md": made,
        f"{AREA}/laporan/notulen.pdf": builders.pdf("Notulen laporan"),
    }


def official_wording() -> Files:
    """Official questions of 600 characters, a group of five types, and what a report holds beside what is missing."""
    question = f"{LONG * 6}"[:599].rstrip() + "?"
    wordings = {choice: {"wording": f"Jika {LONG * 2}{choice}"[:220]} for choice in ("A", "B", "C")}
    five = ["sk", "laporan", "notulen", "foto", "media-publikasi"]
    reform = {
        "id": "A.II.1.a",
        "label": "Agen perubahan",
        "scale": "abc",
        "weight": 2,
        "documents": [["laporan", "undangan"]],
    }
    overlay = {
        "schema": "catat.instrument/1",
        "id": "resmi",
        "title": "Lembar kerja dengan kalimat resmi",
        "extends": "ringkas.yaml",
        "items": {
            "A.I.1.i.a": {"question": question, "criteria": {"Ya": {"wording": question}, "Tidak": "Belum ada"}},
            "A.I.1.i.b": {"documents": ["sk", ["notulen", "laporan"]], "helpful": ["undangan", "foto"]},
            "A.I.1.ii.c": {
                "question": _unbroken("Pertanyaan"),
                "criteria": wordings,
                "documents": ["laporan", ["daftar-hadir", "notulen", "foto"]],
                "helpful": ["undangan", "media-publikasi"],
            },
            "A.I.2.i.a": {"documents": [five, "undangan"]},
        },
        "nodes": [
            {"id": "A", "children": [{"id": "A.II.1", "area": 1, "label": "Reform", "items": [reform]}]},
        ],
    }
    evidence = [
        {"file": "laporan.pdf", "type": "laporan", "items": ["A.I.1.ii.c"]},
        {"file": "undangan dan foto.pdf", "type": ["undangan", "foto"], "items": ["A.I.1.i.b"]},
        {"file": "lain.pdf", "type": [], "items": ["A.I.1.i.b"]},
        {"file": "lengkap.pdf", "type": five, "items": ["A.I.1.i.a", "A.II.1.a"]},
    ]
    answers = {"A.I.1.i.a": "Ya", "A.I.1.i.b": "A", "A.I.1.ii.c": "B", "A.II.1.a": "A"}
    items = ["A.I.1.i.a", "A.I.1.i.b", "A.I.1.ii.c", "A.II.1.a"]
    files: Files = {
        "portfolio.yaml": _settings("Portofolio dengan kalimat resmi", instrument="instruments/resmi.yaml"),
        "instruments/resmi.yaml": builders.yaml_of(**overlay),
        f"{AREA}/monev/index.md": _record("Monitoring dan evaluasi", items=items, evidence=evidence),
        "assessment/1.md": builders.front_matter("Kami siap.", answers=answers),
    }
    return files | {f"{AREA}/monev/{each['file']}": _file(str(each["file"]), str(each["file"])) for each in evidence}


def published_often() -> Files:
    """300 publications, each with more names than a page has room for, long and odd ones; much was withdrawn."""
    files = {**one(), "portfolio.yaml": _settings("Portofolio yang sering diterbitkan")}
    lines = []
    first = datetime.date(2022, 9, 1)
    for number in range(300):
        names = [f"files/evidence/{number}/{_unbroken(str(each))}.pdf" for each in range(120)]
        records = [f"records/{_long(f'Kegiatan {number} {each}')}html" for each in range(120)]
        odd = [
            "files/evidence/تقرير.pdf",
            "files/evidence/\"<b>&amp;'.pdf",
            "files/../../x",
            "/etc/passwd",
            "files/con.pdf",
        ]
        day = first + datetime.timedelta(days=number)
        lines.append(
            {
                "date": day.isoformat(),
                "as_of": first.isoformat(),
                "digest": f"{number:016x}",
                "index": {"weight": 8, "claimed": 5, "supported": (number % 50) / 10, "assessed": 0},
                "gates": {"WBK": {"index": {"supported": number % 2 == 0}}},
                "answers": {"A.I.1.i.a": ["Ya", "Tidak"], _unbroken("lama"): [None, _long("Jawaban")]},
                "added": [*names, *records, "records/rapat.html"],
                "changed": [*names, *odd],
                "withdrawn": [*names[:2], *records[:2], *odd] if number % 20 == 0 else [],
            }
        )
    files["publications.jsonl"] = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines)
    return files


SMALL: dict[str, Callable[[], Files]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        empty, one, long_titles, area_with_nothing, crowded, other_instrument, right_to_left, many_people, all_restricted,
        drafts_only, one_long_text, official_wording, published_often,
    )
}  # fmt: skip
THOUSANDS = "thousands"
"""10,000 records of 2.5 documents each: minutes to make, so for the command only."""


def write(name: str, home: Path) -> Path:
    """Write the portfolio of that name into a folder, and return the folder."""
    if name == THOUSANDS:
        write_portfolio(home, records=10_000)
        return home
    return builders.write(home, {"instruments/ringkas.yaml": small.RINGKAS.read_bytes(), **SMALL[name]()})


def build_site(home: Path, out: Path) -> Path:
    """Build a portfolio's site, and return its folder. Raises ValueError where the portfolio has errors."""
    outcome = build.build(home, out, on=DAY, progress=small.silent)
    count = outcome.files
    if not count or has_errors(outcome.diagnostics):
        raise ValueError("\n".join(each.message("en") for each in outcome.diagnostics if each.severity == "error"))
    return out


def site(name: str, shared: Path) -> Path:
    """Return the site of a small portfolio, built once for all processes of the test run."""
    home = shared / "odd" / name
    return shared_paths.created(home / "site", lambda out: build_site(write(name, home / "portfolio"), out))


def _settings(title: str, *, unit: str = "Satker Uji", **more: object) -> str:
    given = {"instrument": "instruments/ringkas.yaml", "target": "WBK", **more}
    return builders.yaml_of(title=title, unit=unit, period={"from": "2022-09-01", "to": "2023-06-30"}, **given)


def _record(title: str, text: str = "Isi.", **fields: object) -> str:
    given = {"title": title, "date": "2023-01-18", "items": ["A.I.1.i.a"], "people": ["Sekretaris"]}
    return builders.front_matter(text, **{**given, **fields})


def _long(start: str) -> str:
    return f"{start} {LONG * 2}"[:199].rstrip() + "."


def _unbroken(start: str) -> str:
    return (start + UNBROKEN * 6)[:200].replace(" ", "_")


def _word(chance: Random) -> str:
    return chance.choice(prose.WORDS).capitalize()


def _file(name: str, text: str) -> bytes:
    """Return a real file of the kind its name says, with this text in it, or at least of its own."""
    latin = text.encode("latin-1", "replace").decode("latin-1")
    match name.rsplit(".", 1)[1]:
        case "pdf":
            return builders.pdf(latin)
        case "xlsx":
            return builders.xlsx(text)
        case "docx":
            return builders.docx(text)
        case kind:
            return builders.picture("JPEG" if kind == "jpg" else "PNG", text=text)


def main(arguments: Iterable[str]) -> int:
    """Write and build the portfolios that are named, or all, below a folder."""
    folder, *names = arguments or [""]
    known = [*SMALL, THOUSANDS]
    if not folder or not set(names) <= set(known):
        print(f"{__doc__}\nNames: {', '.join(known)}")
        return 2
    for name in names or known:
        home = Path(folder) / name
        print(f"{name}: {build_site(write(name, home / 'portfolio'), home / 'site') / 'index.html'}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
