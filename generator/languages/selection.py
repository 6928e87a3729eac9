"""Which language one run speaks: `--lang`, else the portfolio's, else the locale's."""

from __future__ import annotations

import gettext
import locale
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.languages import DEFAULT, LANGUAGES, language_meant
from generator.languages.catalogues import DOMAIN, FOLDER
from generator.model.paths import SETTINGS

_KEY = re.compile(
    r"(?:^|[{,][ \t]*)[\"']?(?:language|bahasa)[\"']?[ \t]*:[ \t]*[\"']?(?P<written>\w[\w \-]*)", re.MULTILINE
)
_MOST_BYTES = 65_536


def asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Return the language that `--lang` or CATAT_LANG asks for; None where they name none."""
    chosen = _option(arguments, "--lang") or environment.get("CATAT_LANG", "")
    return chosen if chosen in LANGUAGES else None


def found_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language of a run for which none is asked: its portfolio's, else the locale's.

    The options are not known yet: a folder among the arguments is the portfolio if it holds one.
    """
    if "init" in arguments[:3]:  # there is no portfolio yet
        written = _option(arguments, "--language")
        return (language_meant(written) if written else None) or of_locale(environment)
    return _of_portfolio(arguments) or of_locale(environment)


def _option(arguments: Sequence[str], name: str) -> str | None:
    """Return the last value that is given for an option."""
    found = None
    for position, argument in enumerate(arguments):
        if argument == name and position + 1 < len(arguments):
            found = arguments[position + 1]
        elif argument.startswith(f"{name}="):
            found = argument.removeprefix(f"{name}=")
    return found


def _of_portfolio(arguments: Sequence[str]) -> str | None:
    """Return the language of the portfolio that is named, else of the one here; None where there is none."""
    try:
        folders = [Path(each) for each in _without_places(arguments) if Path(each).is_dir()]
        named = next((folder for folder in folders if (folder / SETTINGS).is_file()), None)
        if named is None and not folders:
            named = next((folder for folder in (Path(), Path("content")) if (folder / SETTINGS).is_file()), None)
        return None if named is None else _written_in(named / SETTINGS)
    except (OSError, ValueError):  # the command reports what is wrong with it
        return None


def _without_places(arguments: Sequence[str]) -> list[str]:
    """Return the arguments that are no options and no values of options that name other folders than the portfolio."""
    before = ["", *arguments]
    return [
        each for last, each in zip(before, arguments, strict=False) if not each.startswith("-") and last not in _PLACES
    ]


_PLACES = {"-o", "--output", "--from", "--evidence"}


def _written_in(settings: Path) -> str:
    """Return the language that settings name, the default one where they name none, without reading them as YAML."""
    with settings.open("rb") as stream:
        text = stream.read(_MOST_BYTES).decode("utf-8-sig", "replace")
    match = _KEY.search(text)
    return (language_meant(match["written"].strip()) if match else None) or DEFAULT


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language that the locale names, else the default one: `C` and other languages say nothing."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    if named is None and os.name == "nt":  # elsewhere Python names the encoding C.UTF-8 `en_US`
        named = locale.getlocale()[0]
    code = re.match(r"[a-z]*", named or "", re.IGNORECASE)
    return (language_meant(code[0]) if code else None) or DEFAULT


def speak(language: str) -> None:
    """Set the language of everything that goes through gettext, Click's own texts included."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, FOLDER)
    gettext.textdomain(DOMAIN)


def spoken() -> str | None:
    """Return the language that this run speaks; None where none was set."""
    language = os.environ.get("LANGUAGE", "")
    return language if language in LANGUAGES else None
