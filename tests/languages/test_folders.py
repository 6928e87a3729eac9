"""A language is one folder: it is listed, and offers what every language has to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from generator import languages
from generator.editor import schemas
from generator.languages import DEFAULT, LANGUAGES, WRITTEN_IN, catalogues, keys, language_meant
from generator.languages.language import PARTS
from generator.site.search import scripts
from generator.site.search.tokens import stemmer
from tests.conftest import ROOT
from tests.support import builders

TABLES = [(part, table) for part, tables in PARTS.items() for table in tables]
OTHERS = sorted(set(LANGUAGES) - {DEFAULT})


def table(language: str, part: str, name: str) -> dict[str, object]:
    found: dict[str, object] = getattr(languages.part(language, part), name)
    return found


def test_every_folder_is_a_language_that_is_listed() -> None:
    folders = {path.parent.name for path in Path(languages.__file__).parent.glob("*/__init__.py")}
    assert folders == set(LANGUAGES)
    assert {import_module(f"generator.languages.{code}").__name__ for code in LANGUAGES} == {
        f"generator.languages.{each.code}" for each in LANGUAGES.values()
    }


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("part", "name"), TABLES)
def test_every_language_says_what_the_others_say(part: str, name: str, language: str) -> None:
    assert table(language, part, name).keys() == table(DEFAULT, part, name).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_calendar_a_guide_and_a_catalogue(language: str) -> None:
    calendar = LANGUAGES[language].calendar
    assert (len(calendar.weekdays), len(calendar.weekday_words), len(calendar.month_words)) == (7, 7, 12)
    assert list(languages.guide(language).glob("*.md"))
    assert language == WRITTEN_IN or (catalogues.FOLDER / language / "LC_MESSAGES" / "catat.po").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_language_names_is_known_to_the_libraries(language: str) -> None:
    Locale.parse(LANGUAGES[language].locale)
    assert stemmer(language)("a")
    assert all((scripts.VENDOR / Path(name).name).is_file() for name in scripts.stemmer_files(language))


@pytest.mark.parametrize(
    ("written", "language"),
    [("id", "id"), ("Bahasa Indonesia", "id"), ("English", "en"), ("EN", "en"), ("inggris", "en"), ("zz", None)],
)
def test_a_language_is_known_by_what_people_call_it(written: str, language: str | None) -> None:
    assert language_meant(written) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_every_shape_is_described_and_no_other(language: str) -> None:
    known = {f"{shape.name}.{key.name}" for shape in schemas.SHAPES.values() for key in shape.keys}
    assert table(language, "keys", "KEYS").keys() == known
    assert keys._EXAMPLES.keys() <= known


def test_a_language_more_is_a_folder_and_a_line(tmp_path: Path) -> None:
    """English once more, as `zz`, in a copy of the program: its messages and pages are in it."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "themes").symlink_to(ROOT / "themes")
    folder = tmp_path / "generator" / "languages"
    shutil.copytree(folder / "en", folder / "zz")
    for path in (folder / "zz").rglob("*.py"):
        text = path.read_text("utf-8").replace("generator.languages.en", "generator.languages.zz")
        text = text.replace('code="en"', 'code="zz"').replace("english eng", "zzish").replace("inggris", "zzz")
        path.write_text(text, "utf-8")
    (folder / "zz" / "LC_MESSAGES").mkdir()
    catalogue = Catalog(locale="en")
    catalogue.add("Items", "Zitems")
    with (folder / "zz" / "LC_MESSAGES" / "catat.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    registry = folder / "__init__.py"
    text = registry.read_text("utf-8").replace("(INDONESIAN, ENGLISH)", "(INDONESIAN, ENGLISH, ZZ)")
    text = text.replace("\n\n__all__", "\nfrom generator.languages.zz import ENGLISH as ZZ\n\n__all__")
    registry.write_text(text, "utf-8")
    settings = "title: Zona Integritas\nunit: BDK Musi Raya\nlanguage: "
    home = builders.write(tmp_path / "home", {"portfolio.yaml": f"{settings}zzish\n"})

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "generator", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LANG": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    assert "did you mean `zz`?" in run("check", str(home), "--lang", "zz")
    (home / "portfolio.yaml").write_text(f"{settings}zz\n", "utf-8")
    said = run("build", str(home), "-o", str(tmp_path / "site"))
    assert (tmp_path / "site" / "index.html").is_file(), said
    front = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert '<html lang="zz"' in front
    assert "Zitems" in front
