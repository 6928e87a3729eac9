r"""Walks the guide for editors (`generator/languages/<code>/guide/*.md`) as its reader would: every command, answer and change.

A block marked `console` is what a terminal shows. `PS>` stands before a command (`PS C:\…>` where it is not given in
the portfolio's folder), `⏎` after each line that its reader types, and a last line `…` says that more is shown. What
the reader does outside the terminal stands in a link definition before the block that shows it, `[uji]: # "…"`, which
no page shows:

    berkas PATH          a document is there, beside the portfolio or in it (a PDF or a picture, by its ending)
    tulis PATH           the next block is this file
    sama PATH            the next block is what stands in this file
    tambah PATH          the next block is added to the end of this record's front matter
    sisip PATH           the next block's lines follow its first one, which is there already
    ganti PATH           the next block takes the place of the lines it is another wording of
    betulkan PATH        the next block takes the place of what was put in last
    kosongkan PATH       a file is emptied; potong PATH: cut short; hapus PATH: a folder is removed
"""

from __future__ import annotations

import datetime
import difflib
import gettext
import io
import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import cli, languages
from tests.support import builders
from tests.support.terminal_session import Session

_NAMES = {
    "id": ("catatan-pertama", "bukti-yang-dihitung", "membaca-kesiapan", "memperbaiki-kesalahan"),
    "en": ("first-record", "evidence-that-counts", "reading-readiness", "fixing-mistakes"),
}


def folder(language: str) -> Path:
    """The folder of the guide in a language."""
    return languages.guide(language)


PAGES = {language: tuple(folder(language) / f"{name}.md" for name in names) for language, names in _NAMES.items()}
DOCUMENTS = "C:\\Users\\Ani\\Documents"
"""Where the guide's reader keeps documents; a folder beside the portfolio here."""
_DRIVES = {"Z:\\zi": "share", "E:\\": "stick/"}
"""Where the guide's reader publishes to; folders beside the documents here."""
NOON = int(datetime.datetime(2023, 1, 18, 12, tzinfo=datetime.UTC).timestamp())
"""The guide's day."""

_STEP = re.compile(
    r"^\[uji\]: # \"(?P<verb>\w+) (?P<path>.+?)\"$|^```(?P<language>\w+)\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def _as_on_windows(match: re.Match[str]) -> str:
    return DOCUMENTS + (match[1] or "").replace("/", "\\")


_PROMPT = re.compile(r"^PS(?P<folder> C:[^>]+)?> ", re.MULTILINE)
_KEY = re.compile(r"\s*(?:- )?([\w.]+)")
_ENTER, _MORE = " ⏎", "…"


@dataclass(frozen=True)
class Deed:
    """What the guide's reader does outside the terminal, and the block that shows it."""

    verb: str
    path: str
    block: str


@dataclass(frozen=True)
class Command:
    """A command of the guide and what the guide says comes of it: lines, those typed ending in `⏎`."""

    prompt: str
    line: str
    shown: tuple[str, ...]
    place: str

    @property
    def first_line(self) -> str:
        """The line that gives the command, as the guide shows it."""
        return f"{self.prompt}{self.line}{_ENTER}"


def steps(page: Path) -> Iterator[Deed | Command]:
    """Return what a page of the guide has its reader do, in its order."""
    text = page.read_text("utf-8")
    deed: Deed | None = None
    for found in _STEP.finditer(text):
        if found["verb"] is not None:
            if deed is not None:
                yield deed
            deed = Deed(found["verb"], found["path"], "")
        elif found["language"] == "console":
            if deed is not None:
                yield deed
            deed = None
            line = text.count("\n", 0, found.start("block")) + 1
            yield from _commands(found["block"], f"{page.name}:{line}")
        elif deed is not None:
            yield Deed(deed.verb, deed.path, found["block"])
            deed = None
    if deed is not None:
        yield deed


def _commands(block: str, place: str) -> Iterator[Command]:
    prompts = list(_PROMPT.finditer(block))
    assert prompts, f"{place}: no command"
    assert prompts[0].start() == 0, f"{place}: a block of the terminal begins with a command"
    ends = [*(each.start() for each in prompts[1:]), len(block)]
    for prompt, end in zip(prompts, ends, strict=True):
        line, *shown = block[prompt.end() : end].rstrip("\n").split("\n")
        assert line.endswith(_ENTER), f"{place}: a command is followed by Enter"
        yield Command(prompt[0], line.removesuffix(_ENTER), tuple(shown), place)


@dataclass(frozen=True)
class Told:
    """What really came of a command: the lines at the terminal, those typed marked as the guide marks them."""

    command: Command
    code: int
    lines: tuple[str, ...]
    opened: str = ""
    """The page that a browser was sent to, by `catat serve`."""
    coloured: str = ""
    """All of it as the terminal was given it, marks of colour included."""

    @property
    def expected(self) -> list[str]:
        """What the guide says, as far as it says it."""
        shown = list(self.command.shown)
        return [_alike(line) for line in (shown[:-1] if shown[-1:] == [_MORE] else shown)]

    @property
    def seen(self) -> list[str]:
        """What was told, as far as the guide shows it."""
        lines = [_alike(line) for line in self.lines]
        return lines[: len(self.expected)] if self.command.shown[-1:] == (_MORE,) else lines


def _alike(line: str) -> str:
    """Return a line without what is another on each computer."""
    line = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8000", line.rstrip().replace("\\", "/"))
    return re.sub(r"^(catat) [\d.]+\w*$", r"\1 0", line)


def plain_document(path: Path) -> bytes:
    """Return a document that is what its name says, and no other is the same as."""
    return builders.jpeg(path.name) if path.suffix in {".jpg", ".jpeg"} else builders.pdf(path.stem, pages=3)


class Walk:
    """A reader of the guide: a folder of documents, a portfolio beside it, and all that the pages have one do."""

    def __init__(
        self,
        folder: Path,
        watch: Callable[[str], None],
        document: Callable[[Path], bytes] = plain_document,
        *,
        quick: bool = True,
        language: str = "id",
    ) -> None:
        self._quick = quick
        self._spoken = {} if language == "id" else {"CATAT_LANG": language}
        self.documents = folder / "Documents"
        self.home = self.documents / "portofolio-zi"
        self.home.mkdir(parents=True)
        for name in _DRIVES.values():
            (folder / name).mkdir()
        self._watch = watch
        """Called with the address of a preview while it runs."""
        self._document = document
        self._browser = folder / "browser"
        self._browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{folder / "opened"}"\n', "utf-8")
        self._browser.chmod(0o755)
        self._opened = folder / "opened"
        self._changed = 0

    def follow(self, page: Path) -> Iterator[Told]:
        """Do what a page says, step by step; return what came of each command."""
        for step in steps(page):
            if isinstance(step, Command):
                yield self._run(step)
            else:
                self._do(step)

    # At the terminal

    def _run(self, command: Command) -> Told:
        line = command.line
        for drive, name in _DRIVES.items():
            line = line.replace(drive, f"{self.documents.parent}/{name}")
        arguments = shlex.split(line)
        assert arguments[0] == "catat", command
        serves = arguments[1:2] == ["serve"]
        if self._quick and arguments[1:2] == ["check"] and not any(line.endswith(_ENTER) for line in command.shown):
            return self._check(command, arguments[1:])
        at = Session(
            [*arguments[1:], *(("--port", "0") if serves else ())],
            cwd=self._folder_of(command), SOURCE_DATE_EPOCH=str(NOON), LANGUAGE="", BROWSER=f"{self._browser} %s",
            **self._spoken,
        )  # fmt: skip
        if serves:
            return self._serve(command, at)
        typed = [line.removesuffix(_ENTER) for line in command.shown if line.endswith(_ENTER)]
        marked = []
        for line in typed:
            question = f"{line} " if line.endswith(":") else line[: line.rindex(": ") + 2]
            answer = line.removeprefix(question.rstrip()).strip()
            at.answer(question, self._here(answer))
            marked.append(question + answer)
        code, _rest = at.end()
        return Told(command, code, tuple(self._marked(at.text, marked)), coloured=at.coloured)

    def _check(self, command: Command, arguments: list[str]) -> Told:
        """Run a command that asks nothing within this process: most of them only check, and Python starts slowly."""
        told = io.StringIO()
        domain = gettext.textdomain()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(told), redirect_stderr(told):
            patch.chdir(self._folder_of(command))
            patch.setenv("SOURCE_DATE_EPOCH", str(NOON))
            patch.setenv("LANGUAGE", "")
            for name, value in self._spoken.items():
                patch.setenv(name, value)
            code = cli.run(arguments)
        gettext.textdomain(domain)
        return Told(command, code, tuple(self._lines(told.getvalue())))

    def _folder_of(self, command: Command) -> Path:
        return self.home if command.prompt == "PS> " else self.documents

    def _serve(self, command: Command, at: Session) -> Told:
        address = re.search(r"http://127\.0\.0\.1:\d+/", at.until("Ctrl+C)\n"))
        assert address is not None
        self._watch(address[0])
        code, _rest = at.interrupt("")
        shown = [line for line in self._lines(at.text) if line.replace("^C", "")]
        return Told(command, code, tuple(shown), self._opened.read_text() if self._opened.exists() else "")

    def _lines(self, text: str) -> list[str]:
        """Return what stands on the terminal at the end: a line that was written over is not there any more."""
        text = re.sub(rf"{re.escape(str(self.documents))}(/[\w./\-]*)?", _as_on_windows, text)
        return [line.rpartition("\r")[2] for line in text.rstrip("\n").split("\n")]

    def _marked(self, text: str, typed: list[str]) -> Iterator[str]:
        waiting = list(typed)
        for line in self._lines(text):
            if waiting and _alike(line) == _alike(waiting[0]):
                yield waiting.pop(0).rstrip() + _ENTER
            else:
                yield line

    def _here(self, written: str) -> str:
        return written.replace(f"{DOCUMENTS}\\", f"{self.documents}/").replace("\\", "/")

    # Outside it

    def _path(self, written: str) -> Path:
        return Path(self._here(written)) if written.startswith(DOCUMENTS) else self.home / written

    def _do(self, deed: Deed) -> None:
        doing: Mapping[str, Callable[[Deed], object]] = {
            "berkas": self._lay_down,
            "tulis": lambda each: builders.write(self.home, {each.path: each.block}),
            "tambah": self._add,
            "sisip": self._insert,
            "ganti": self._change,
            "betulkan": self._mend,
            "kosongkan": lambda each: self._path(each.path).write_bytes(b""),
            "potong": lambda each: self._path(each.path).write_bytes(self._path(each.path).read_bytes()[:400]),
            "sama": self._compare,
            "hapus": lambda each: shutil.rmtree(self._path(each.path)),
        }
        doing[deed.verb](deed)

    def _lay_down(self, deed: Deed) -> None:
        path = self._path(deed.path)
        builders.write(path.parent, {path.name: self._document(path)})

    def _compare(self, deed: Deed) -> None:
        assert self._path(deed.path).read_text("utf-8") == deed.block, deed.path

    def _add(self, deed: Deed) -> None:
        path = self._path(deed.path)
        head, text = path.read_text("utf-8").removeprefix("---\n").split("---\n", 1)
        path.write_text(f"---\n{head}{deed.block}---\n{text}", "utf-8")

    def _insert(self, deed: Deed) -> None:
        path, (first, rest) = self._path(deed.path), deed.block.split("\n", 1)
        text = path.read_text("utf-8")
        assert f"{first}\n" in text, deed
        path.write_text(text.replace(f"{first}\n", f"{first}\n{rest}", 1), "utf-8")

    def _change(self, deed: Deed) -> None:
        """Put the block in the place of as many lines, from the one that has its first key or is most like it."""
        lines, new = self._lines_of(deed.path), deed.block.splitlines()
        alike = [n for n, line in enumerate(lines) if _key(line) == _key(new[0])] or range(len(lines))
        start = max(alike, key=lambda n: difflib.SequenceMatcher(None, lines[n], new[0]).ratio())
        self._put(deed, start)

    def _mend(self, deed: Deed) -> None:
        self._put(deed, self._changed)

    def _put(self, deed: Deed, start: int) -> None:
        lines, new = self._lines_of(deed.path), deed.block.splitlines()
        lines[start : start + len(new)] = new
        self._changed = start
        self._path(deed.path).write_text("\n".join(lines) + "\n", "utf-8")

    def _lines_of(self, path: str) -> list[str]:
        return self._path(path).read_text("utf-8").splitlines()


def _key(line: str) -> str | None:
    found = _KEY.match(line)
    return found[1] if found else None


def rewritten(page: Path, told: list[Told]) -> str:
    """Return a page with what was really told in the place of what it says was told."""
    text = page.read_text("utf-8")
    at = 0
    for each in told:
        old = "".join(f"{line}\n" for line in (each.command.first_line, *each.command.shown))
        more = each.command.shown[-1:] == (_MORE,)
        new = [*each.lines[: len(each.command.shown) - 1], _MORE] if more else list(each.lines)
        at = text.index(old, at)
        kept = dict(enumerate(each.command.shown))
        new = [kept.get(n, line) if _alike(kept.get(n, "")) == _alike(line) else line for n, line in enumerate(new)]
        made = "".join(f"{line.rstrip()}\n" for line in (each.command.first_line, *new))
        text = text[:at] + made + text[at + len(old) :]
        at += len(made)
    return text
