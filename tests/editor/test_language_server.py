"""What an editor in VS Code sees of `portfolio.yaml` and an instrument: asked of the very server that VS Code runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator import resources
from generator.editor import workspace
from tests.conftest import SAMPLE
from tests.support import builders, casefiles, language_server
from tests.support.language_server import Editor

SERVER = language_server.server()
# The test command fetches the server where it can, and says aloud at its end that these did not run where it cannot.
pytestmark = [
    pytest.mark.skipif(not SERVER, reason="NOT RUN: the YAML language server is not here"),
    pytest.mark.xdist_group("language server"),
]
SETTINGS = "title: Portofolio ZI\nunit: Balai Contoh\n"


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    home = tmp_path_factory.mktemp("portfolio")
    builders.write(home, {"portfolio.yaml": SETTINGS})
    workspace.set_up(home)
    assert SERVER is not None
    with language_server.opened(SERVER, home) as started:
        yield started


def test_what_is_right_is_not_complained_of(editor: Editor) -> None:
    assert editor.diagnostics("portfolio.yaml", (SAMPLE / "portfolio.yaml").read_text("utf-8")) == []
    shipped = resources.instruments()["lke-zi-90-2021"].read_text("utf-8")
    assert editor.diagnostics("instruments/kami.yaml", shipped) == []
    own = (casefiles.CASES / "instrument.yaml").read_text("utf-8")
    assert editor.diagnostics("instruments/kami.yaml", own) == []
    indonesian = "judul: x\nsatuan_kerja: 12\nperiode:\n  dari: 2023-01-01\npratinjau: tidak\n"
    assert editor.diagnostics("portfolio.yaml", indonesian) == []


@pytest.mark.parametrize(
    ("written", "line", "expected"),
    [
        ("titel: x\nunit: y\n", 1, "kunci `judul` belum ada"),
        (f"{SETTINGS}stattus: x\n", 3, "kunci yang dikenal di sini: `judul`, `satuan_kerja`"),
        (f"{SETTINGS}period: [2023]\n", 3, "kunci yang dikenal di sini: `dari`, `sampai`"),
        (f"{SETTINGS}documents: [sk]\n", 3, "tulis kode butir"),
        (f"{SETTINGS}publish: x\n", 3, "tulis pasangan"),
        (f"{SETTINGS}judul: lagi\n", 1, "pakai salah satu saja: `judul`"),
        (f"{SETTINGS}period: {{from: 18/01/2023}}\n", 3, "misalnya 2023-01-18"),
        (f"{SETTINGS}period:\n  to: 2023-02-30\n", 4, "tanggal yang ada di kalender"),
        (f"{SETTINGS}target: WBX\n", 3, "nama ini tidak ada di instrumen"),
        (f"{SETTINGS}documents:\n  A.I.1.i.x: [sk]\n", 4, "tulis kode butir"),
        (f"{SETTINGS}documents:\n  A.I.1.i.a: [notulensi]\n", 4, "nama ini tidak ada di instrumen"),
        (f"{SETTINGS}institution: [a]\n", 3, "tulis satu teks di sini"),
        ("title:\nunit: y\n", 1, "tidak boleh kosong"),
        (f"{SETTINGS}language: jv\n", 3, "tulis salah satu dari: `id`, `en`"),
    ],
)
def test_a_mistake_in_the_settings_is_told_at_its_line(editor: Editor, written: str, line: int, expected: str) -> None:
    found = editor.diagnostics("portfolio.yaml", written)
    assert any(at == line and expected in message for at, message in found), found


def test_one_mistake_is_told_once(editor: Editor) -> None:
    for written in (
        f"{SETTINGS}language: jv\n",
        f"{SETTINGS}target: WBX\n",
        f"{SETTINGS}stattus: x\n",
        "title: x\n",
        f"{SETTINGS}period: [1]\n",
    ):
        assert len(editor.diagnostics("portfolio.yaml", written)) == 1


def test_a_mistake_in_an_instrument_is_told_at_its_line(editor: Editor) -> None:
    sound = (casefiles.CASES / "instrument.yaml").read_text("utf-8")
    for old, new, expected in (
        ("weight:", "weigth:", "kunci yang dikenal di sini: `id`"),
        ("kind: ratio", "kind: rasio", "tulis salah satu dari: `choices`"),
    ):
        broken = sound.replace(old, new, 1)
        line = broken[: broken.index(new)].count("\n") + 1
        found = editor.diagnostics("instruments/kami.yaml", broken)
        assert any(at == line and expected in message for at, message in found), found


def test_keys_are_offered_in_the_portfolios_language_with_what_they_are_for(editor: Editor) -> None:
    offered = editor.completions("portfolio.yaml", "|\n")
    assert {"judul", "satuan_kerja", "periode", "bahasa", "target"} <= set(offered)
    assert "title" not in offered
    assert "Nama satuan kerja" in offered["satuan_kerja"]
    assert {"dari", "sampai"} <= set(editor.completions("portfolio.yaml", f"{SETTINGS}periode:\n  |\n"))


@pytest.mark.parametrize(
    ("path", "written", "shown"),
    [
        ("portfolio.yaml", "ju|dul: x\n", "Judul portofolio, tampil di setiap halaman."),
        ("portfolio.yaml", "un|it: x\n", "Nama satuan kerja."),
        ("portfolio.yaml", "riwa|yat: git\n", "Perubahan terakhir setiap catatan menurut git"),
        ("portfolio.yaml", "period:\n  da|ri: 2023-01-01\n", "Hari pertama periode."),
        ("portfolio.yaml", "he|ld: [WBK]\n", "Predikat yang sudah dimiliki."),
        ("portfolio.yaml", "documents:\n  A.I.1.|i.a: [sk]\n", "Tim pembangunan ZI dibentuk di unit"),
        ("portfolio.yaml", "documents:\n  A.I.1.i.a: [s|k]\n", "Allowed Values:\n\n* `sk`: Surat Keputusan\n"),
        ("_defaults.yaml", "penanggung|_jawab:\n  - Siti\n", "Penanggung jawab semua catatan di bawah folder ini"),
    ],
)
def test_what_the_pointer_rests_on_is_explained(editor: Editor, path: str, written: str, shown: str) -> None:
    assert editor.hover(path, written).startswith(shown)


def test_ways_to_show_the_history_are_offered(editor: Editor) -> None:
    assert {"git", "hari", "day", "none"} <= set(editor.completions("portfolio.yaml", f"{SETTINGS}riwayat: |\n"))
    assert len(editor.diagnostics("portfolio.yaml", f"{SETTINGS}history: gti\n")) == 1


def test_names_of_the_instrument_are_offered_with_their_labels(editor: Editor) -> None:
    types = editor.completions("portfolio.yaml", f"{SETTINGS}documents:\n  A.I.1.i.a: [|]\n")
    assert types["sk"] == "Surat Keputusan"
    assert len(types) > 30
    items = editor.completions("portfolio.yaml", f"{SETTINGS}documents:\n  |\n")
    assert "A.I.1.i.a" in items
    assert len(items) >= 113
    assert {"TPI", "WBK", "WBBM"} <= set(editor.completions("portfolio.yaml", f"{SETTINGS}target: |\n"))
    assert "lke-zi-90-2021" in editor.completions("portfolio.yaml", f"{SETTINGS}instrument: |\n")


def test_nobody_is_offered_null_or_true_for_a_text(editor: Editor) -> None:
    for key in ("title", "institution", "target", "period", "theme", "instrument"):
        offered = set(editor.completions("portfolio.yaml", f"{SETTINGS.replace('title', 'judul')}{key}: |\n"))
        assert not offered & {"null", "true", "false"}, key


def test_an_instruments_words_are_offered(editor: Editor) -> None:
    assert {"schema", "id", "title", "scales", "nodes", "predicates"} <= set(
        editor.completions("instruments/kami.yaml", "|\n")
    )
    kinds = set(editor.completions("instruments/kami.yaml", "scales:\n  kami: {kind: |}\n"))
    assert {"choices", "ratio", "decrease", "linear"} <= kinds
    roles = "nodes:\n  - id: A\n    items:\n      - id: A.1\n        inputs:\n          - role: |\n"
    assert {"of", "over", "before", "now", "info"} <= set(editor.completions("instruments/kami.yaml", roles))


def test_a_folders_defaults_are_completed_and_checked(editor: Editor) -> None:
    assert set(editor.completions("records/1-x/_defaults.yaml", "|\n")) == {"penanggung_jawab", "label", "klasifikasi"}
    words = set(editor.completions("records/1-x/_defaults.yaml", "classification: |\n"))
    assert {"internal", "restricted", "terbatas"} <= words
    assert editor.diagnostics("records/_defaults.yaml", "people: Siti\nlabel: [rapat]\n") == []
    assert editor.diagnostics("records/_defaults.yaml", "area: 1\n")[0][0] == 1
