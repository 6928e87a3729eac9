"""Reads a built site before it is sent: its links, requests, what it must not hold, and personal data.

It looks at the files of the site and not at their sources; of restricted documents, drafts and personal data
it looks up in the portfolio what there is.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from generator.build.disclosed import disclosed, documents_that_mention
from generator.build.outcome import Outcome
from generator.exchange.checksums import Checksums
from generator.joining.evidence_files import Found
from generator.messages.diagnostics import Diagnostic, Place, Severity, ordered
from generator.model.addresses import FILES, READINESS, SEARCH, SEARCH_INDEX
from generator.model.paths import ACTIVE_SUFFIX, published_path
from generator.publishing import download_texts
from generator.publishing.site_links import FileLinks, LinkTarget, is_elsewhere, links_of, target_of
from generator.publishing.withheld import DRAFT, Said, Withheld, withheld

_READ = (".html", ".htm", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt", ".webmanifest")
"""Endings of files of the site, documents apart, that are read as text."""


def audit(site: Path, outcome: Outcome, files: Checksums) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a built site, errors and warnings; the place is the path in the site.

    Of warnings about personal data it is the path in the portfolio. `files` are the checksums of the site; what is not
    among them is hashed here. Raises OSError where the site cannot be read.
    """
    portfolio = outcome.portfolio
    assert portfolio is not None
    paths = site_paths(site)
    secret = withheld(portfolio, outcome.files, outcome.root)
    links: dict[str, FileLinks] = {}
    said: dict[tuple[str, Said], None] = {}
    notices: set[str] = set()
    for path in sorted(paths):
        if download_texts.is_read(path):
            text = download_texts.text_of(site / path)
            said.update(dict.fromkeys((path, each) for each in _said(path, text, secret)))
        elif not path.startswith(FILES) and path.endswith(_READ):
            text = (site / path).read_bytes().decode("utf-8", "replace")
            links[path] = links_of(path, text)
            said.update(dict.fromkeys((path, each) for each in _said(path, text, secret)))
            if secret.is_notice(path, text):
                notices.add(path)
    found = [problem for path in paths for problem in _name_problems(path, path, secret, is_notice=path in notices)]
    found += _said_problems(said, outcome)
    found += link_problems(links, paths, home=urlsplit(portfolio.site_url or "").path)
    found += _content_problems(site, paths, files, secret)
    found += _position_problems(outcome, files)
    return ordered((*found, *warnings(outcome)))


def strict(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics with every warning as an error."""
    return tuple(replace(each, severity=Severity.ERROR) for each in found)


def site_paths(site: Path) -> frozenset[str]:
    """Return the paths of all files of a site, in the letters that the disk has. Raises OSError."""

    def refuse(error: OSError) -> None:
        raise error

    found = (
        os.path.relpath(os.path.join(folder, name), site).replace(os.sep, "/")
        for folder, _, names in os.walk(site, onerror=refuse)
        for name in names
    )
    return frozenset(found)


# Links and requests


def link_problems(links: Mapping[str, FileLinks], paths: frozenset[str], *, home: str = "") -> Iterator[Diagnostic]:
    """Yield each link that leads nowhere, at the first page that has it, and each request to another host.

    `links` are those of pages by their paths, `paths` all files of the site, `home` its path on the server.
    """
    broken: dict[tuple[str, LinkTarget], list[str]] = {}
    sound: set[tuple[str, str]] = set()
    for page, each in links.items():
        folder = page.rpartition("/")[0]
        for link in each.links:
            if is_elsewhere(link):
                yield Diagnostic.error("site-request-elsewhere", Place(page), address=link.address[:_LONGEST])
            elif link.address.startswith("#") or (folder, link.address) not in sound:
                target = target_of(page, link.address, home=home)
                variant = "" if target is None else _problem(target, links, paths)
                if target is not None and variant:
                    broken.setdefault((variant, target), []).append(page)
                elif not link.address.startswith("#"):
                    sound.add((folder, link.address))
    for (variant, target), pages in broken.items():
        address = f"{target.path}#{target.fragment}" if variant == "fragment" else target.path
        related = map(Place, pages[1:_MOST_RELATED])
        yield Diagnostic.error("site-link-broken", Place(pages[0]), variant=variant, related=related, target=address)


_MOST_RELATED = 4
_LONGEST = 200
"""Characters of an address that a message shows."""


def _problem(target: LinkTarget, links: Mapping[str, FileLinks], paths: frozenset[str]) -> str:
    """Return the variant of what is wrong with where a link leads, nothing where it is right."""
    if target.path not in paths:
        return "case" if target.path.casefold() in _small(paths) else "missing"
    page = target.path.endswith((".html", ".htm")) and target.path in links
    question = target.path == SEARCH and "=" in target.fragment  # what to search for, which its script reads
    named = not page or question or target.fragment in {"", "top"} or target.fragment in links[target.path].ids
    return "" if named else "fragment"


@lru_cache(maxsize=1)
def _small(paths: frozenset[str]) -> frozenset[str]:
    return frozenset(map(str.casefold, paths))


# What must not be there


def _said(path: str, text: str, secret: Withheld) -> Iterator[Said]:
    """Yield what a text of the site says of restricted documents and drafts."""
    if secret:
        words = path.startswith(f"{SEARCH_INDEX}/") and "/entries-" not in path
        yield from secret.in_text(text, single_words=words)
    named = _records_in(text) if path == READINESS else download_texts.records_in(path, text)
    yield from (Said(DRAFT, "address", each) for each in sorted(secret.drafts & named))


def _said_problems(said: Iterable[tuple[str, Said]], outcome: Outcome) -> Iterator[Diagnostic]:
    """Yield each name and address that the site says; of a name that a published document says, that it does."""
    said = tuple(said)
    names = {each.words for _, each in said if each.sort == "name"}
    mentioned = documents_that_mention(outcome, names) if names else {}
    for path, each in said:
        if each.sort == "name" and each.words in mentioned:
            place = Place(mentioned[each.words])
            yield Diagnostic.warning(each.code, place, variant="mentioned", words=each.words)
        else:
            yield Diagnostic.error(each.code, Place(path), variant=each.sort, words=each.words)


def _records_in(text: str) -> frozenset[str]:
    """Return the ids of the records that `readiness.json` names; none where it is not readable."""
    import json

    try:
        return frozenset(record for item in json.loads(text)["items"] for record in item["records"])
    except (ValueError, KeyError, TypeError):
        return frozenset()


def _name_problems(written: str, path: str, secret: Withheld, *, is_notice: bool = False) -> Iterator[Diagnostic]:
    """Yield that a path of the site, or a name in one of its zips, is that of something withheld."""
    if secret.is_draft_page(written) and not is_notice:
        yield Diagnostic.error("site-draft", Place(path), variant="page")
    for each in dict.fromkeys(secret.in_text(written)) if secret.names else ():
        if each.sort == "name":
            yield Diagnostic.error(each.code, Place(path), variant="name", words=each.words)
    if (found := secret.pictures.get(written)) is not None:
        yield Diagnostic.error(found.code, Place(path), variant="picture", file=found.file)


def _content_problems(site: Path, paths: frozenset[str], files: Checksums, secret: Withheld) -> Iterator[Diagnostic]:
    """Yield each file of the site that is something withheld, or is a zip that holds it."""
    if not secret:
        return
    for path in sorted(paths):
        if path not in files and (site / path).stat().st_size not in secret.sizes:
            digest = ""
        else:
            digest = files.get(path) or _sha256(site / path)
        if (found := secret.secrets.get(digest)) is not None:
            yield Diagnostic.error(found.code, Place(path), variant="content", file=found.file)
        if path.casefold().endswith(ACTIVE_SUFFIX):
            yield from _zip_problems(site / path, path, secret)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _zip_problems(real: Path, path: str, secret: Withheld) -> Iterator[Diagnostic]:
    """Yield what a zip holds; one that cannot be read, or a file in it with a password, is passed over."""
    try:
        with zipfile.ZipFile(real) as archive:
            for member in archive.infolist():
                yield from _name_problems(member.filename, path, secret)
                if member.file_size not in secret.sizes or member.flag_bits & 1:
                    continue
                with archive.open(member) as stream:
                    found = secret.secrets.get(hashlib.file_digest(stream, "sha256").hexdigest())  # type: ignore[arg-type]
                if found is not None:
                    yield Diagnostic.error(found.code, Place(path), variant="inside", file=found.file)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, RuntimeError):
        return  # as damaged as the unit's own file


# Personal data


def _position_problems(outcome: Outcome, files: Checksums) -> Iterator[Diagnostic]:
    """Yield each photograph whose position was to be left out of the site and is in it."""
    if outcome.portfolio is None or not outcome.portfolio.strip_location:
        return
    for reference, found in sorted(outcome.files.items()):
        if isinstance(found, Found) and found.inspection.stripped:
            path = published_path(reference, active=False)
            if files.get(path) == found.inspection.sha256:
                yield Diagnostic.error("site-restricted", Place(path), variant="location", file=str(reference))


def warnings(outcome: Outcome) -> Iterator[Diagnostic]:
    """Yield what the site of an outcome discloses of persons, at the file in the portfolio; no number stands whole."""
    yield from (each for each in outcome.diagnostics if each.code == "evidence-location")
    found = disclosed(outcome)
    for each in (*found.texts, *found.documents):
        for number in each.numbers:
            yield Diagnostic.warning(
                "personal-data",
                Place(each.file),
                variant=f"{number.kind}-page" if number.page else str(number.kind),
                numbers=number.numbers,
                masked=number.masked,
                page=number.page,
            )
