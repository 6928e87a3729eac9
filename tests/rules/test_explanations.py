"""`check --explain`: every code is explained in both languages, and its examples do what they say."""

from __future__ import annotations

import datetime
import http.server
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator.build.build import build, with_theme_checked
from generator.build.outcome import Outcome, silent
from generator.cli import run
from generator.commands.web_links import unreachable
from generator.exchange.checksums import read_checksums
from generator.incremental.steps import Steps
from generator.joining import history
from generator.languages.sentences import rule_words
from generator.limits import Limits
from generator.messages.diagnostics import Diagnostic, Severity
from generator.publishing.audit import audit
from generator.reading.settings import HistoryDetail
from generator.rules import RULES
from generator.rules.rule import Rule
from tests.support import bombs, builders, casefiles
from tests.support.casefiles import Block
from tests.support.plans import read_with

ON = datetime.date(2023, 6, 30)
LANGUAGES = casefiles.LANGUAGES
SETTINGS = "judul: Portofolio Zona Integritas\nsatuan_kerja: Balai Diklat Musi Raya\n"
AREA = "records/1-manajemen-perubahan/"
RECORD = "---\njudul: Rapat persiapan\ntanggal: 2023-01-18\nbutir: [A.I.1.i.a]\n"
STEPS = Steps()
SMALL = Limits(mebibytes=160)
"""So that it is quick to take too much."""

Files = Mapping[str, str | bytes]
Maker = Callable[[str, str], bytes | str]
"""Makes a file of its name and of what a listing says of it."""


OF_SITES = ("site-link-broken", "site-request-elsewhere", "site-restricted", "site-draft")
"""Codes whose example is a part of a page of a built site."""


def naming(*names: str) -> str:
    """A record that names files as its evidence."""
    return RECORD + "bukti:\n" + "".join(f"  - {{berkas: {name}, jenis: sk}}\n" for name in names) + "---\n"


def shown_pdf(name: str, remark: str) -> bytes:
    if remark.startswith("9."):
        return bombs.pages_in_a_bomb(SMALL.mebibytes << 20)
    if remark.startswith("1 ="):
        return bombs.page_of(1, 1e9)
    return {
        "0 B": b"",
        "%PDF … ✂": casefiles.pdf(name)[:60],
        "🔒": casefiles.encrypted_pdf(),
        "☐": casefiles.pdf_showing("", name),
        "JPEG": builders.jpeg(),
    }.get(remark, casefiles.pdf(remark or name))


def shown_text(name: str, remark: str) -> bytes:
    text = "---\njudul: Profil\n---\n"
    if remark.startswith("A."):
        return f"---\njawaban:\n  {remark}\n---\n".encode()
    if remark == "UTF-16":
        return text.encode("utf-16")
    if remark == "5 MiB":
        return text.encode() + b"x" * (5 * 1024 * 1024)
    return naming("sk.pdf").encode() if re.match("butir:|items:", remark) else text.encode()


def shown_record(name: str, remark: str) -> str:
    return RECORD + "---\n"


MAKERS: Mapping[str, Maker] = {
    ".pdf": shown_pdf,
    ".jpg": lambda name, remark: casefiles.located(name) if remark.startswith("GPS") else builders.jpeg(),
    ".svg": lambda name, remark: casefiles.KINDS["svg"](Block(name, "svg", "", "")),
    ".lnk": lambda name, remark: "L",
    ".txt": shown_record,
    ".md": shown_text,
}
OF_RECORDS = {"record-duplicate", "folder-misnamed", "text-misplaced", "text-misnamed", "record-misplaced"}
"""Codes whose listings show the texts of records."""


def listed(code: str, shown: Rule, text: str) -> Files:
    """Return the files of a listing, and a record beside that names the documents among them."""
    made: dict[str, str | bytes] = {}
    for line in text.splitlines():
        name, _, remark = re.sub(r" {2,}", "\t", line.strip()).partition("\t")
        maker = shown_record if code in OF_RECORDS else MAKERS[Path(name).suffix]
        made[(shown.place + name).removeprefix("./")] = maker(name, remark)
    documents = [name.removeprefix(AREA) for name in made if shown.place == AREA and not name.endswith((".md", ".txt"))]
    return {**made, **({f"{AREA}rapat.md": naming(*documents)} if documents else {})}


OF_SITE: Files = {
    f"{AREA}sk-tim.md": naming("sk-tim.pdf"),
    f"{AREA}sk-tim.pdf": casefiles.pdf("sk-tim"),
    f"{AREA}rapat-persiapan.md": naming().replace("bukti:\n", "status: draf\n"),
    f"{AREA}hukuman.md": naming("hukuman-disiplin.pdf").replace("bukti:", "klasifikasi: terbatas\nbukti:"),
    f"{AREA}hukuman-disiplin.pdf": casefiles.pdf("hukuman-disiplin"),
}


BESIDE: Mapping[str, Files] = {
    "type-unknown": {f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "record-without-evidence": {f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "finding-target-unknown": {f"{AREA}rapat.md": naming("sk.pdf"), f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "finding-stale": {f"{AREA}rapat.md": naming("sk.pdf"), f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "evidence-missing": {f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "evidence-outside": {f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "evidence-out-of-period": {
        "portfolio.yaml": SETTINGS + "periode: {dari: 2022-09-01, sampai: 2023-06-30}\n",
        f"{AREA}sk.pdf": casefiles.pdf("sk"),
    },
    "evidence-many-items": {
        f"{AREA}{name}.pdf": casefiles.pdf(name) for name in ("laporan-zi", "sk-tim", "laporan-monev")
    },
    "evidence-of-draft": {
        f"{AREA}rapat/index.md": naming().replace("bukti:\n", "status: draf\n"),
        f"{AREA}rapat/lhp.pdf": casefiles.pdf("lhp"),
        "evidence/lhp.pdf": casefiles.pdf("laporan"),
    },
    "evidence-pages": {f"{AREA}sk.pdf": casefiles.pdf("sk")},
    "evidence-untyped": {f"{AREA}pindaian-001.pdf": casefiles.pdf("notulen")},
    "evidence-unreferenced": {f"{AREA}{name}.pdf": casefiles.pdf(name) for name in ("sk", "notulen")},
    "link-broken": {"pages/struktur.pdf": casefiles.pdf("struktur")},
    "link-missed": {"pages/struktur.pdf": casefiles.pdf("struktur")},
    "image-remote": {"pages/gedung.jpg": builders.jpeg()},
    "instrument-invalid": {"portfolio.yaml": SETTINGS + "instrumen: instruments/kami.yaml\n"},
    "theme-invalid": {"portfolio.yaml": SETTINGS + "tema: tema\n"},
    **dict.fromkeys(OF_SITES, OF_SITE),
}
"""What the example of a code takes for granted beside the text that it shows."""


def portfolio(code: str, shown: Rule, text: str, folder: Path) -> Path:
    """Write the portfolio that an example speaks of."""
    files: dict[str, str | bytes] = {"portfolio.yaml": SETTINGS, **BESIDE.get(code, {})}
    if code == "instrument-invalid":
        sound = (casefiles.CASES / "instrument.yaml").read_text(encoding="utf-8")
        (line,) = re.findall(r"^  survei: .*$", sound, re.MULTILINE)
        assert line in shown.right
        text = sound.replace(line, text.splitlines()[1])
    files |= listed(code, shown, text) if shown.lists_files else {shown.place: text}
    return builders.write(folder / "portofolio", files)


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    """The address of a proxy through which every host has one page, `/berita`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200 if self.path.endswith("/berita") else 404)
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def diagnostics(root: Path, code: str) -> tuple[Diagnostic, ...]:
    outcome = with_theme_checked(read_with(STEPS, root, on=ON, limits=SMALL))
    if code == "preview-failed":
        return build(root, root.parent / "site", on=ON, progress=silent).diagnostics
    if code in OF_SITES or code == "personal-data":
        return audited(root, root.parent / "situs", outcome)
    if code == "url-unreachable":
        return (*outcome.diagnostics, *unreachable(outcome, progress=silent))
    if outcome.settings is not None and outcome.settings.history.value is not HistoryDetail.NOTHING:
        settings = outcome.settings
        found = history.problem(history.read(root), settings.source.place(settings.history.span))
        return (*outcome.diagnostics, *((found,) if found else ()))
    return outcome.diagnostics


def audited(root: Path, site: Path, outcome: Outcome) -> tuple[Diagnostic, ...]:
    """What the audit finds in the site of a portfolio, with the part of a page that an example shows."""
    assert build(root, site, on=ON, progress=silent).files
    shown = root / "site/index.html"
    if shown.exists():
        with (site / "index.html").open("a", encoding="utf-8") as page:
            page.write(shown.read_text(encoding="utf-8"))
    return audit(site, outcome, read_checksums((site / "SHA256SUMS").read_bytes()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(RULES))
def test_the_wrong_example_is_reported_and_the_right_one_has_no_error(
    code: str, language: str, tmp_path: Path, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", web)
    monkeypatch.delenv("no_proxy", raising=False)
    shown = RULES[code].shown_in(language)
    before = diagnostics(portfolio(code, shown, shown.wrong, tmp_path / "wrong"), code)
    assert code in {each.code for each in before}
    after = diagnostics(portfolio(code, shown, shown.right, tmp_path / "right"), code)
    assert code not in {each.code for each in after}
    assert [each for each in after if each.severity is Severity.ERROR] == []


def test_every_code_is_explained_in_both_languages_and_no_other() -> None:
    indonesian, english = (rule_words(language) for language in LANGUAGES)
    assert set(indonesian) == set(english) == set(RULES)
    for code in RULES:
        assert indonesian[code].means != english[code].means
        assert indonesian[code].matters != english[code].matters


@pytest.mark.parametrize(("language", "words"), [("id", "Mengapa penting bagi penilai"), ("en", "Why it matters")])
def test_a_code_is_explained(language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "date-invalid", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert words in out
    assert "18/01/2023" in out
    assert "2023-01-18" in out


@pytest.mark.parametrize("arguments", [["--explain"], ["--explain", "list"]])
def test_without_a_code_all_of_them_are_listed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *arguments, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[: len(RULES)]] == sorted(RULES)
    assert all(len(line.split()) > 3 for line in lines[: len(RULES)])


@pytest.mark.parametrize(
    ("written", "meant"), [("date_invald", "date-invalid"), ("error[key-unknown]:", "key-unknown"), ("zzz", "list")]
)
def test_a_misspelt_code_gets_a_suggestion(written: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", written, "--lang", "en"]) == 2
    assert meant in capsys.readouterr().err


def test_the_report_says_once_where_a_code_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = builders.write(tmp_path, {"portfolio.yaml": SETTINGS, f"{AREA}rapat.md": "---\ntitel: Rapat\n---\n"})
    assert run(["check", str(home), "--lang", "en"]) == 1
    assert capsys.readouterr().out.count("catat check --explain ") == 1
    assert run(["check", str(home), "--format", "json"]) == 1
    assert "--explain" not in capsys.readouterr().out


def test_without_a_mistake_the_report_does_not_mention_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(builders.write(tmp_path, {"portfolio.yaml": SETTINGS})), "--lang", "en"]) == 0
    assert "--explain" not in capsys.readouterr().out
