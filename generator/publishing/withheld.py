"""What a site must not hold of restricted documents and drafts: their bytes, pictures, names and addresses.

It is found in the portfolio once more, and not by the code that leaves it out of a site (`joining.confidentiality`,
`site.published`): what the one overlooks the other shall see.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct, field

from generator.joining.evidence_files import Found
from generator.joining.links import Files
from generator.model.addresses import FILES, PREVIEWS, preview_path, record_path, slug
from generator.model.paths import Reference
from generator.model.portfolio import DocumentUrl, Portfolio, Record

RESTRICTED, DRAFT = "site-restricted", "site-draft"
"""The codes of what is found."""


class Secret(NamedTuple):
    """A file that no site holds: the code of its kind, its path in the portfolio, and its size in bytes."""

    code: str
    file: str
    size: int


class Said(NamedTuple):
    """Words in the site that say what is withheld: the code, whether they are a "name" or an "address", the words."""

    code: str
    sort: str
    words: str


class Withheld(Struct, frozen=True, dict=True):
    """What a site must not hold.

    `secrets` are files by SHA-256. `names` are the names of restricted files in small letters, `other_names` those of
    all others. `draft_pages` are the addresses of drafts. `notices` are those of them that a publication has withdrawn,
    where a page says so, with the title of the draft.
    """

    secrets: Mapping[str, Secret] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    other_names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    notices: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.secrets or self.names or self.addresses or self.drafts)

    @cached_property
    def sizes(self) -> frozenset[int]:
        """The sizes of the secret files, so that hardly any other has to be hashed."""
        return frozenset(each.size for each in self.secrets.values())

    @cached_property
    def pictures(self) -> Mapping[str, Secret]:
        """The secret files by the paths that their pictures would have in a site."""
        return {
            preview_path(sha256, large=large): each for sha256, each in self.secrets.items() for large in (False, True)
        }

    @cached_property
    def draft_pages(self) -> frozenset[str]:
        """The addresses that the pages of drafts would have."""
        return frozenset(map(record_path, self.drafts))

    def is_draft_page(self, path: str) -> bool:
        """Return whether a path of the site is that of a draft's page."""
        part = _PART.fullmatch(path)
        return path in self.draft_pages or (part is not None and part[1] in self._draft_parts)

    def is_notice(self, path: str, text: str) -> bool:
        """Return whether a page at a draft's address says that it was withdrawn, and nothing of the draft itself."""
        if path not in self.notices or _FILE_LINK.search(text):
            return False
        title = " ".join(self.notices[path].split())
        headings = (" ".join(html.unescape(_TAG.sub("", match[2])).split()) for match in _HEADING.finditer(text))
        return not any(each == title or each.startswith(f"{title} – ") for each in headings)

    @cached_property
    def _draft_parts(self) -> frozenset[str]:
        return frozenset(map(slug, self.drafts))

    def in_text(self, text: str, *, single_words: bool = False) -> Iterator[Said]:
        """Yield what a text of the site says of them.

        `single_words`: it is a list of words, in which the end of another file's name may stand alone.
        """
        plain = html.unescape(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "\\u" in text else text)
        for match in _DRAFT_PAGE.finditer(plain) if self.drafts else ():
            path = unquote(match[0], errors="surrogateescape")
            if self.is_draft_page(path):
                yield Said(DRAFT, "address", path)
        if self.addresses:
            yield from (Said(RESTRICTED, "address", each) for each in self._addresses_in(plain))
        if self.names:
            names = self._names_in(_ADDRESS.sub(" ", plain))
            yield from (Said(RESTRICTED, "name", each) for each in names if not single_words or each not in self._ends)

    def _addresses_in(self, plain: str) -> Iterator[str]:
        for match in _ADDRESS.finditer(plain):
            forms = (match[0], match[0].rstrip(".,;:!?)]}\\"))
            yield from (each for form in forms if (each := bare(form)) in self.addresses)

    def _names_in(self, plain: str) -> Iterator[str]:
        """Yield the names of restricted files in a text; a name within the longer one of another file is none."""
        endings, tails, length = self._by_tail
        written = _folded(unquote(plain, errors="surrogateescape") if "%" in plain else plain)
        for match in endings.finditer(written):
            end = match.end()
            for name in tails.get(written[max(0, end - length) : end], ()):
                start = end - len(name)
                if written.startswith(name, max(0, start)) and not (start and _LETTER.match(written, start - 1)):
                    if name in self.names:
                        yield name
                    break

    @cached_property
    def _ends(self) -> frozenset[str]:
        """The names of restricted files with which the longer name of another file ends."""
        ends = (name[match.start() :] for name in self.other_names for match in _BEGINNING.finditer(name, 1))
        return self.names.intersection(ends)

    @cached_property
    def _by_tail(self) -> tuple[re.Pattern[str], Mapping[str, tuple[str, ...]], int]:
        """Return a pattern of the endings of names, all names by their last characters, longest first, and how many."""
        length = min(12, *map(len, self.names), 12)
        tails: dict[str, list[str]] = {name[-length:]: [] for name in self.names}
        for name in sorted(self.names | self.other_names, key=lambda each: (-len(each), each)):
            if name[-length:] in tails:
                tails[name[-length:]].append(name)
        endings = sorted({re.escape(name.rpartition(".")[2]) for name in self.names})
        return (
            re.compile(rf"\.(?:{'|'.join(endings)})(?!\w)"),
            {key: tuple(each) for key, each in tails.items()},
            length,
        )


_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_DRAFT_PAGE = re.compile(r"(?:records/|lists/record-)[^\s\"'<>?#]+?\.html")
_PART = re.compile(r"lists/record-(.+)\.\d+\.html")
_HEADING = re.compile(r"<(h1|title)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_FILE_LINK = re.compile(rf"""(?:href|src)=["']?[^"'>]*\b(?:{FILES}|{PREVIEWS}/)""", re.IGNORECASE)
_LETTER = re.compile(r"\w")
_BEGINNING = re.compile(r"(?<!\w)\w")
_ENDING = re.compile(r"\.\w{1,8}\Z")


def bare(address: str) -> str:
    """Return a web address in the form in which two are compared."""
    return address.strip().rstrip("/")


def _folded(written: str) -> str:
    return unicodedata.normalize("NFC", written).casefold()


def withheld(portfolio: Portfolio, files: Files, root: Path) -> Withheld:
    """Return what a site of a portfolio without its drafts must not hold; `files` are all that it names."""
    restricted = _restricted(portfolio, files)
    named = {each for record in portfolio.published() if not record.restricted for each in _files_of(record)}
    texts = {os.path.realpath(root / each.path) for each in portfolio.records if each.restricted or each.draft}
    shown = {
        each for each in {*named, *portfolio.files_named_besides()} - restricted if _real(each, files) not in texts
    }
    drafts = [each for each in portfolio.records if each.draft]
    withdrawn = {address for each in portfolio.publications for address in each.withdrawn}
    only_drafts = {each for record in drafts for each in _files_of(record) if each not in shown | restricted}
    public = {digest for digest, _ in _digests(shown, files)}
    secrets = {digest: Secret(DRAFT, *of) for digest, of in _digests(only_drafts, files)}
    secrets |= {digest: Secret(RESTRICTED, *of) for digest, of in _digests(restricted, files)}
    secrets |= _texts(portfolio, root)
    others = {_folded(name) for each in files if each not in restricted for name in _names(each)}
    names = {_folded(name) for each in restricted for name in _names(each) if _ENDING.search(name)}
    return Withheld(
        {digest: each for digest, each in secrets.items() if digest not in public},
        frozenset(names - others),
        frozenset(others),
        frozenset(bare(each) for each in _restricted_addresses(portfolio)),
        frozenset(each.id for each in drafts),
        {record_path(each.id): each.title for each in drafts if record_path(each.id) in withdrawn},
    )


def _real(reference: Reference, files: Files) -> str:
    found = files.get(reference)
    return found.real if isinstance(found, Found) else ""


def _restricted(portfolio: Portfolio, files: Files) -> set[Reference]:
    """Return the restricted files under all their names: a link to one is one."""
    named = {
        document.file.reference
        for document in portfolio.documents()
        if document.restricted and document.file is not None
    }
    real = {_real(each, files) for each in named} - {""}
    return named | {each for each in files if _real(each, files) in real}


def _restricted_addresses(portfolio: Portfolio) -> Iterator[str]:
    for document in portfolio.documents():
        if document.restricted and isinstance(document.source, DocumentUrl):
            yield document.source.address


def _files_of(record: Record) -> Iterator[Reference]:
    yield from (each.file.reference for each in record.documents if each.file is not None and not each.restricted)
    yield from record.text.files.values()


def _digests(references: set[Reference], files: Files) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the digests of some files with content, as they are and without a position, and the path and size."""
    for each in sorted(references):
        found = files.get(each)
        if isinstance(found, Found) and found.inspection.size:
            for digest in filter(None, (found.inspection.sha256, found.inspection.stripped)):
                yield digest, (str(each), found.inspection.size)


def _texts(portfolio: Portfolio, root: Path) -> Mapping[str, Secret]:
    """Return the texts themselves of restricted records and drafts."""
    found = {}
    for record in portfolio.records:
        if record.restricted or record.draft:
            try:
                content = (root / record.path).read_bytes()
            except OSError:
                continue  # it was read a moment ago; what is gone is in no site
            code = RESTRICTED if record.restricted else DRAFT
            found[hashlib.sha256(content).hexdigest()] = Secret(code, record.path, len(content))
    return found


def _names(reference: Reference) -> tuple[str, str]:
    return reference.path, PurePosixPath(reference.path).name
