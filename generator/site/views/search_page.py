"""The search page: its facets, its scripts, and the lists that need no script."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model.addresses import ASSETS, EVIDENCE, ITEMS, RECORDS, SEARCH, SEARCH_INDEX
from generator.model.paths import href
from generator.site.search.entries import SearchEntry
from generator.site.search.scripts import script_paths
from generator.site.site import Site
from generator.site.views.frame import Frame, Link


class Option(Struct, frozen=True):
    """One value of a facet, with its label on the page."""

    id: str
    label: str


class Facet(Struct, frozen=True):
    """A group of choices on the page; `id` is "kind", "area", "type", "year" or "state"."""

    id: str
    label: str
    options: tuple[Option, ...]


class SearchView(Struct, frozen=True):
    """The search page; `lists` are the links for browsers without scripts.

    `root` is the address of the site's root from the page, `shards` that of the folder of the index.
    """

    frame: Frame
    title: str
    language: str
    root: str
    shards: str
    facets: tuple[Facet, ...]
    scripts: tuple[str, ...]
    lists: tuple[Link, ...]


def search_page(site: Site, frame: Frame, entries: tuple[SearchEntry, ...]) -> SearchView:
    """Return the search page of a site with these entries."""
    words, language = site.words, site.language
    scripts = script_paths(language, theme=f"{ASSETS}/search.js")
    lists = ((words("Items"), ITEMS), (words("Records"), RECORDS), (words("Evidence"), EVIDENCE))
    return SearchView(
        frame=frame,
        title=words("Search"),
        language=language,
        root="",
        shards=SEARCH_INDEX,
        facets=tuple(_facets(site, entries)),
        scripts=tuple(href(SEARCH, script) for script in scripts),
        lists=tuple(Link(name, href(SEARCH, path)) for name, path in lists),
    )


def _facets(site: Site, entries: tuple[SearchEntry, ...]) -> Iterator[Facet]:
    """Yield the facets of the entries, each with the values that some entry has."""
    words = site.words
    kinds = {
        "item": words("Items"),
        "record": words("Records"),
        "document": words("Documents"),
        "finding": words("Findings"),
        "person": words("People"),
        "page": words("Pages"),
    }
    states = {
        "supported": words("supported"),
        "unsupported": words("not supported"),
        "unanswered": words("not answered"),
        "counts": words("counts"),
        "refused": words("does not count"),
        "open": words("open"),
        "closed": words("closed"),
    }
    types = {id_: site.type_label(id_) for id_ in site.instrument.document_types}
    areas = {str(area.number): site.label(area) for area in site.instrument.areas}
    years = {year: year for year in sorted({each.year for each in entries}, reverse=True)}
    yield _facet("kind", words("Kind"), kinds, {each.kind for each in entries})
    yield _facet("area", words("Area of change"), areas, {str(area) for each in entries for area in each.areas})
    yield _facet("state", words("State"), states, {each.state for each in entries})
    yield _facet("year", words("Year"), years, {each.year for each in entries})
    yield _facet("type", words("Document type"), types, {type_ for each in entries for type_ in each.types})


def _facet(identifier: str, label: str, labels: dict[str, str], used: set[str]) -> Facet:
    return Facet(identifier, label, tuple(Option(id_, name) for id_, name in labels.items() if id_ and id_ in used))
