"""The values that all pages of a site share: unit, day, language, instrument, the unit's own pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.exchange.wording import Wording
from generator.languages.words import Words, words_in
from generator.model.instrument import Area, Aspect, Instrument, Item, Requirement
from generator.model.portfolio import Level, Period, Portfolio


@dataclass(frozen=True, slots=True)
class Site:
    """The values that every page may show; `own_pages` are the ids and titles of the unit's own pages.

    `downloads`: the site has registers as files. The answers of a `level` are the assessed ones.
    """

    title: str
    unit: str
    institution: str
    language: str
    on: datetime.date
    site_url: str
    period: Period | None
    strip_location: bool
    instrument: Instrument
    own_pages: tuple[tuple[str, str], ...]
    downloads: bool
    review: bool
    level: Level
    _items: Mapping[str, Item] = field(compare=False, repr=False)

    @classmethod
    def of(cls, portfolio: Portfolio, on: datetime.date) -> Site:
        """Return the site of a portfolio on a day."""
        return cls(
            title=portfolio.title,
            unit=portfolio.unit,
            institution=portfolio.institution or "",
            language=portfolio.language,
            on=on,
            site_url=portfolio.site_url or "",
            period=portfolio.period,
            strip_location=portfolio.strip_location,
            instrument=portfolio.instrument,
            downloads=portfolio.downloads,
            review=portfolio.review,
            level=portfolio.level,
            own_pages=tuple((page.id, page.title) for page in portfolio.pages),
            _items={item.id: item for item in portfolio.instrument.items()},
        )

    @property
    def words(self) -> Words:
        """The words of the site's language."""
        return words_in(self.language)

    @property
    def as_of(self) -> str:
        """The day of the figures, in words."""
        return self.words("State of {day}", day=self.words.day(self.on))

    @property
    def period_text(self) -> str:
        """The period in words; "" where the portfolio has none."""
        if self.period is None:
            return ""
        start, end = ("…" if day is None else self.words.day(day) for day in (self.period.start, self.period.end))
        return self.words("Period {start} – {end}", start=start, end=end)

    def item(self, identifier: str) -> Item:
        """Return the item of that id. Raises KeyError."""
        return self._items[identifier]

    def area(self, number: int | None) -> Area | None:
        """Return the area of that number; None where there is none."""
        return next((area for area in self.instrument.areas if area.number == number), None)

    @property
    def wording(self) -> Wording:
        """The wording of documents and of the parts of its instrument."""
        return Wording(self.words, self.instrument, self.period)

    def label(self, of: Area | Aspect | Item) -> str:
        """Return the wording of a part of the instrument; of an area with its number."""
        return self.wording.label(of)

    def type_label(self, type_: str) -> str:
        """Return the wording of a document type."""
        return self.wording.type_label(type_)

    def types_label(self, types: Sequence[str]) -> str:
        """Return the wording of the types of a document, its main one first."""
        return self.wording.types_label(types)

    def requirement_label(self, requirement: Requirement) -> str:
        """Return the wording of a required document: the types of which any will do."""
        return self.wording.requirement_label(requirement)

    def missing_label(self, requirements: Iterable[Requirement]) -> str:
        """Return the wording of several required documents."""
        return self.wording.missing_label(requirements)
