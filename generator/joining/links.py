"""Resolves the links of rendered texts to files and texts of the portfolio, and reports broken ones."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.evidence import State, runs_on_server
from generator.evidence.addresses import without_password
from generator.joining.evidence_files import Found, NotFound
from generator.messages.diagnostics import Diagnostic, Edit, Place
from generator.model.paths import Reference, as_written, link_references
from generator.model.portfolio import DocumentFile, Text
from generator.model.text import Foreign, NoLink, Rendered, Span, TextLink
from generator.reading.front_matter import Divided
from generator.typos.addresses import address_meant
from generator.typos.near_names import near

Files = Mapping[Reference, Found | NotFound]


def shown(divided: Divided, rendered: Rendered | None) -> tuple[Rendered, tuple[Diagnostic, ...]]:
    """Return the rendered body, empty where it was nested too deep, and what is wrong with its notation."""
    if rendered is None:
        place = divided.source.place(Span(divided.body.start, divided.body.start + 1))
        is_long = len(divided.source.text) - divided.body.start > _LONG
        return Rendered(("",)), (Diagnostic.error("text-unreadable", place, variant="long" if is_long else ""),)
    remote = (
        Diagnostic.warning("image-remote", _link_place(divided, address), target=address)
        for address in rendered.remote_images
    )
    missed = _no_links(divided, rendered.no_links) if rendered.no_links else ()
    return rendered, (
        *remote,
        *_no_addresses(divided, rendered.addresses),
        *_foreign(divided, rendered.foreign),
        *missed,
    )


_LONG = 40_000
"""Characters above which a text is more likely too long than too deep."""


def _no_addresses(divided: Divided, addresses: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield the links whose address no browser opens. Addresses of an intranet are accepted."""
    for address in addresses:
        place = partial(_link_place, divided, address)
        if (bare := without_password(address)) != address:
            yield Diagnostic.error("url-invalid", place(), variant="password", url=_cut(bare))
        elif not _is_address(address):
            yield Diagnostic.error("url-invalid", place(), suggestion=_address_meant(address), url=_cut(address))


def _is_address(written: str) -> bool:
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", written):
        return False
    try:
        parts = urlsplit(written)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme.casefold() in {"http", "https"} and re.search(r"\w", host) is not None


def _address_meant(written: str) -> str | None:
    """Return the address that was probably meant: its scheme misspelt, a slash too few, or a space in it."""
    scheme, _, rest = written.partition(":")
    if near(scheme.casefold(), ["http", "https"]) is None or not re.match(r"/{0,3}\w", rest):
        return None
    meant = "http" if scheme.casefold() == "http" else "https"
    whole = re.sub(r"\s+", "%20", f"{meant}://{rest.lstrip('/')}")
    return whole if _is_address(whole) else None


def _foreign(divided: Divided, foreign: Sequence[Foreign]) -> Iterator[Diagnostic]:
    """Yield the notation of other programs that occurs in a text; the same words once."""
    text, start = divided.source.text, divided.body.start
    for each in dict.fromkeys(foreign):
        hit = re.compile(rf"(?<!\\){re.escape(each.written)}").search(text, start)
        span = Span(*hit.span()) if hit else Span(start, start + 1)
        yield Diagnostic.warning(
            "text-dialect", divided.source.place(span), variant=each.sort, written=_cut(each.written.partition("\n")[0])
        )


def _no_links(divided: Divided, missed: Sequence[NoLink]) -> Iterator[Diagnostic]:
    """Yield what was meant for a link and is none, with the link that was meant as the fix of wrong brackets."""
    text, start, path = divided.source.text, divided.body.start, divided.source.path
    times = Counter(each.written for each in missed)
    seen: Counter[str] = Counter()
    for each in missed:
        # Words that have marks of emphasis are reported without, so they are found by their target.
        forms = (re.escape(each.written), rf"(?<=[\])])(?:\s+\(|\[){re.escape(each.target)}[)\]]")
        hits = next(filter(None, ([*re.compile(form).finditer(text, start)] for form in forms)), [])
        hit = Span(*hits[min(seen[each.written], len(hits) - 1)].span()) if hits else Span(start, start + 1)
        seen[each.written] += 1
        link = f"[{each.words}]({each.target})" if each.sort in {"swapped", "spaced"} else None
        certain = text[hit.start : hit.end] == each.written and "\n" not in each.written
        certain = certain and len(hits) == times[each.written]  # else one of them may be in code
        yield Diagnostic.warning(
            "link-missed",
            divided.source.place(hit),
            variant=each.sort,
            suggestion=link,
            remedy=(Edit(path, hit.start, hit.end, link),) if certain and link is not None else (),
            written=" ".join(each.written.split()),
            words=each.words,
            target=each.target,
        )


def linked_files(divided: Divided, rendered: Rendered, roots: Collection[str]) -> tuple[Reference, ...]:
    """Return every file or text that a link of a text may name, be it in one of the `roots`."""
    folder = posixpath.dirname(divided.source.path)
    named = (reference for link in rendered.links for reference in link_references(folder, link.target, roots))
    return tuple(dict.fromkeys(named))


def as_sources(reference: Reference) -> tuple[str, ...]:
    """Return the texts that a link to a file may mean: the file itself, or the `index.md` of a folder.

    A name with several Unicode forms is returned as written and composed.
    """
    if reference.root:
        return ()
    names = (reference.path, f"{reference.path}/index.md")
    return names if reference.path.isascii() else tuple(dict.fromkeys((*names, *map(composed, names))))


def composed(path: str) -> str:
    """Return a path in its composed Unicode form (NFC), whichever form the disk has."""
    return unicodedata.normalize("NFC", path)


def published_file(
    file: Found | DocumentFile, place: Callable[[], Place], written: str, *, keeps_location: bool
) -> Iterator[Diagnostic]:
    """Yield the warnings of a published file, `written` in its text: that it is packed, or has its position."""
    if file.inspection.active:
        name = posixpath.basename(file.reference.path)
        variant = "server" if runs_on_server(name) else ""
        yield Diagnostic.warning("evidence-active", place(), variant=variant, file=written, zip=f"{name}.zip")
    if file.inspection.location and keeps_location:
        yield Diagnostic.warning("evidence-location", place(), file=written, position=file.inspection.location)


class LinkTargets(Struct, frozen=True):
    """The texts and files that links may lead to.

    `headings` has the ids of each text's headings by its path, and `paths` the path of a text that has several Unicode
    forms by each of them. `drafts` are the sources without a page in a build, `draft_files` the evidence that only
    drafts name.
    """

    headings: Mapping[str, frozenset[str]]
    paths: Mapping[str, str]
    files: Files
    drafts: frozenset[str]
    draft_files: frozenset[Reference]

    def source(self, reference: Reference) -> str | None:
        """Return the path of the text that a link names: the file, or the folder of an `index.md`."""
        named = next((path for path in as_sources(reference) if path in self.headings), None)
        return None if named is None else self.paths.get(named, named)


class LinkResolver(Struct, frozen=True):
    """Resolves the links of texts. Missing files of `absent_roots` are not reported."""

    targets: LinkTargets
    roots: tuple[str, ...] = ()
    absent_roots: frozenset[str] = frozenset()
    strip_location: bool = False

    def text(
        self,
        divided: Divided | None,
        rendered: Rendered,
        *,
        reported: Collection[Reference] = (),
        is_published: bool = True,
    ) -> tuple[Text, tuple[Diagnostic, ...]]:
        """Return one rendered text with its links resolved, and what is wrong with them.

        The warnings of files in `reported` are the caller's; files of a text that is not published have none.
        """
        if divided is None:
            return Text(Rendered(("",))), ()
        files: dict[str, Reference] = {}
        sources: dict[str, str] = {}
        problems = [
            self._fragment_problem(partial(_link_place, divided, f"#{fragment}"), fragment, rendered.ids)
            for fragment in rendered.fragments
        ]
        seen: Counter[str] = Counter()
        folder, targets = posixpath.dirname(divided.source.path), self.targets
        is_draft = divided.source.path in targets.drafts
        for link in rendered.links:
            place = partial(_link_place, divided, link.target, seen[link.target])
            seen[link.target] += 1
            if not link.target.strip():
                at = _empty_link_place(divided, seen[link.target] - 1)
                problems.append(Diagnostic.error("link-broken", at, variant="empty", target=link.target))
                continue
            named = link_references(folder, link.target, self.roots)
            source = next((path for each in named if (path := targets.source(each)) is not None), None)
            hit = next((found for each in named if isinstance(found := targets.files.get(each), Found)), None)
            if source is not None and not link.image:
                sources[link.target] = source
                problems.append(self._source_problem(divided, link, source, place))
            elif hit is not None:
                is_new = link.target not in files
                files[link.target] = hit.reference
                if hit.reference in targets.draft_files and not is_draft:
                    problems.append(Diagnostic.error("link-broken", place(), variant="draft", target=link.target))
                if is_published and is_new and hit.reference not in reported:
                    keeps = not self.strip_location and not is_draft
                    problems += published_file(hit, place, link.target, keeps_location=keeps)
            elif not any(each.root in self.absent_roots for each in named):
                problems.append(self._broken(link, named, place))
        problems += [_local(divided, target) for target in rendered.local_addresses]
        return Text(rendered, files, sources), tuple(problem for problem in problems if problem is not None)

    @staticmethod
    def _fragment_problem(place: Callable[[], Place], fragment: str, headings: frozenset[str]) -> Diagnostic | None:
        if not fragment or {fragment, unquote(fragment)} & headings:
            return None
        meant = near(fragment, sorted(headings))
        suggestion = None if meant is None else f"#{meant}"
        return Diagnostic.error(
            "link-broken", place(), variant="fragment", suggestion=suggestion, target=f"#{fragment}"
        )

    def _source_problem(
        self, divided: Divided, link: TextLink, source: str, place: Callable[[], Place]
    ) -> Diagnostic | None:
        """Report a link to a missing heading, or from a page to a draft, which has no page."""
        if source in self.targets.drafts and divided.source.path not in self.targets.drafts:
            return Diagnostic.error("link-broken", place(), variant="draft", target=link.target)
        fragment = link.target.partition("#")[2]
        return self._fragment_problem(place, fragment, self.targets.headings[source])

    def _broken(self, link: TextLink, named: Sequence[Reference], place: Callable[[], Place]) -> Diagnostic:
        outcome = self.targets.files.get(named[0]) if named else NotFound(State.OUTSIDE)
        suggestion, variant = None, ""
        if link.target.startswith("//"):
            variant = "no-scheme"
        elif link.target.startswith("www.") or _HOST.match(link.target):
            suggestion, variant = address_meant(link.target), "no-scheme"
        elif isinstance(outcome, NotFound) and outcome.folder:
            variant = "folder"
        elif isinstance(outcome, NotFound) and outcome.state is State.OUTSIDE:
            variant = "outside"
        elif isinstance(outcome, NotFound):
            suggestion = as_written(unquote(link.target), outcome.suggestion)
        return Diagnostic.error("link-broken", place(), variant=variant, suggestion=suggestion, target=link.target)


_HOST = re.compile(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:(?:go|ac|co|or|sch|web|desa|my)\.id|com|org|net)(?:/|$)")


def _local(divided: Divided, target: str) -> Diagnostic:
    """Report an address that works on one computer or program only; of a picture pasted as data its beginning."""
    place, shown = _link_place(divided, target), _cut(target)
    pasted = re.match(r"(?:data|blob|cid):", target, re.IGNORECASE) is not None
    return Diagnostic.error("link-broken", place, variant="pasted" if pasted else "outside", target=shown)


def _cut(written: str) -> str:
    return written if len(written) <= _SHOWN else f"{written[:_SHOWN]}…"


_SHOWN = 80


_EMPTY_LINK = re.compile(r"\]\(\s*(?:<\s*>)?\s*\)|(?:href|src)\s*=\s*(?:\"\s*\"|'\s*')")


def _empty_link_place(divided: Divided, occurrence: int) -> Place:
    """Return the place of a link without an address, the given one of several."""
    hits = list(_EMPTY_LINK.finditer(divided.source.text, divided.body.start))
    if not hits:
        return divided.source.place(Span(divided.body.start, divided.body.start + 1))
    return divided.source.place(Span(*hits[min(occurrence, len(hits) - 1)].span()))


def _link_place(divided: Divided, target: str, occurrence: int = 0) -> Place:
    """Return the place of a link's target in its source; the beginning of the text where it is not found."""
    text, start = divided.source.text, divided.body.start
    forms = "|".join(re.escape(form) for form in dict.fromkeys((target, html.escape(target), unquote(target))))
    for pattern in (rf"(?:\]\(\s*<?|\]:\s*<?|=\s*[\"']?)({forms})", f"({forms})"):
        hits = list(re.compile(pattern).finditer(text, start))
        if hits:
            hit = hits[min(occurrence, len(hits) - 1)]
            return divided.source.place(Span(*hit.span(1)))
    return divided.source.place(Span(start, start + 1))
