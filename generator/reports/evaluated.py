"""What the report of an evaluation is filled in from: the findings of one level of assessors, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from generator.markup.plain_text import plain_text
from generator.model.instrument import Area, Item
from generator.model.portfolio import Finding, Judgement, Level
from generator.readiness.acceptance import newest_judgements
from generator.readiness.readiness import Readiness, on_level
from generator.readiness.scores import ItemReadiness
from generator.site.contents import Contents
from generator.site.exhibits import CitedDocument, Exhibit
from generator.site.site import Site
from generator.site.views.documents import title_of


class NotAssessed(Exception):
    """A level of assessors has found nothing yet; `levels` are those that have."""

    def __init__(self, level: Level, levels: Sequence[Level]) -> None:
        super().__init__(level, levels)
        self.level, self.levels = level, tuple(levels)


class DocumentCounts(NamedTuple):
    """The documents of the published records, by where they are, and by the last verdict of a level."""

    all: int
    in_copy: int
    on_web: int
    restricted: int
    missing: int
    accepted: int
    rejected: int


class Evaluation(NamedTuple):
    """The evaluation of a portfolio by one level: its findings, oldest first, and its last verdict on each document.

    In `readiness` the answers of this level are the assessed ones.
    """

    site: Site
    contents: Contents
    readiness: Readiness
    level: Level
    findings: tuple[Finding, ...]
    verdicts: Mapping[tuple[str, int], Judgement]

    @classmethod
    def of(cls, contents: Contents, level: Level | None) -> Evaluation:
        """Return the evaluation by a level, else by the one of the settings. Raises NotAssessed."""
        readiness = contents.readiness
        level = level or readiness.portfolio.level
        if level not in readiness.levels:
            raise NotAssessed(level, tuple(readiness.levels))
        own = (each for each in contents.shown_findings if each.level is level)
        findings = tuple(sorted(own, key=lambda each: (each.date, each.path)))
        newest = chain.from_iterable(newest_judgements(findings, readiness.on).values())
        verdicts = {each.document: each for each in newest if not contents.records[each.document[0]].draft}
        site = Site.of(readiness.portfolio, readiness.on)
        return cls(site, contents, on_level(readiness, level), level, findings, verdicts)

    @property
    def assessors(self) -> tuple[str, ...]:
        """The names of the assessors in the order of their findings; the level itself is no name."""
        label = self.site.wording.level(self.level).casefold()
        level = {self.level.casefold(), label, label.partition(" (")[0]}
        names = dict.fromkeys(each.assessor.strip() for each in self.findings if each.assessor)
        return tuple(each for each in names if each and each.casefold() not in level)

    @property
    def not_judged(self) -> tuple[ItemReadiness, ...]:
        """The items without an answer of this level."""
        return tuple(each for each in self.readiness.items if each.assessed_answer is None)

    def current(self, item: Item) -> tuple[Finding, ...]:
        """Return the findings about an item that are open or of the newest day."""
        own = [each for each in self.findings if each.item == item.id]
        newest = max((each.date for each in own), default=None)
        return tuple(each for each in own if not each.closed or each.date == newest)

    def rejected(self, each: ItemReadiness) -> tuple[str, ...]:
        """Return the documents of an item that this level rejects, each with its reason."""
        documents = {document.key: document for document in (*each.accepted, *each.refused)}
        found = ((document, self.verdicts.get(key)) for key, document in documents.items())
        return tuple(
            self._rejection(self.contents.exhibit(document), verdict)
            for document, verdict in found
            if verdict is not None and not verdict.accepted
        )

    def _rejection(self, exhibit: Exhibit, verdict: Judgement) -> str:
        title = title_of(self.site, exhibit)
        if exhibit.record.restricted:
            return title
        replaced = self.site.words("replaced since") if verdict.stale else ""
        why = ", ".join(filter(None, (self.site.wording.reason(verdict.reason or ""), verdict.note, replaced)))
        return f"{title} ({why})" if why else title

    def unbound(self) -> int:
        """Return how many verdicts on open files name no SHA-256, so that a replacement would not be noticed."""
        exhibits = ((each, self._exhibit(each)) for each in self.verdicts.values())
        return sum(
            not verdict.sha256
            and exhibit.document.file is not None
            and not exhibit.document.confidential
            and not exhibit.record.restricted
            for verdict, exhibit in exhibits
        )

    def _exhibit(self, verdict: Judgement) -> Exhibit:
        record = self.contents.records[verdict.document[0]]
        return self.contents.exhibit(next(each for each in record.documents if each.key == verdict.document))

    def documents(self) -> DocumentCounts:
        """Count the documents of the published records."""
        cited = (*self.contents.register.listed, *self.contents.register.hidden)
        places = [_place(each) for each in cited]
        said = [self._said(each) for each in cited]
        return DocumentCounts(
            all=len(cited),
            in_copy=places.count("copy"),
            on_web=places.count("web"),
            restricted=places.count("restricted"),
            missing=places.count("missing"),
            accepted=said.count(True),
            rejected=said.count(False),
        )

    def _said(self, cited: CitedDocument) -> bool | None:
        """Return whether the level accepts a document everywhere; None where it said nothing."""
        found = [self.verdicts[each.document.key].accepted for each in cited if each.document.key in self.verdicts]
        return all(found) if found else None


def _place(cited: CitedDocument) -> str:
    if any(each.record.restricted or each.document.confidential for each in cited):
        return "restricted"
    if cited[0].document.file is None:
        return "web"
    return "copy" if any(each.path is not None for each in cited) else "missing"


def by_part(site: Site, items: Iterable[ItemReadiness]) -> Mapping[str, list[ItemReadiness]]:
    """Return items by the name of their area, the areas first; by that of their component where they have none."""
    found: dict[str, list[ItemReadiness]] = {site.label(area): [] for area in site.instrument.areas}
    for each in items:
        found.setdefault(part_of(site, each.item), []).append(each)
    return {name: several for name, several in found.items() if several}


def part_of(site: Site, item: Item) -> str:
    """Return the name of the area of an item, of its component where it has none."""
    area: Area | None = site.area(item.area) if item.area is not None else None
    if area is not None:
        return site.label(area)
    top = site.instrument.path_to(item)[0]
    return f"{top.id} {site.label(top)}"


def condition_of(finding: Finding) -> str:
    """Return what a finding says besides its recommendation: its condition and its text."""
    return " ".join(filter(None, (finding.condition, plain_text(finding.text.rendered))))
