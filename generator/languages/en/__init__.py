"""English."""

from __future__ import annotations

from generator.languages.language import Calendar, Language

ENGLISH = Language(
    code="en",
    names="inggris bahasa-inggris english eng",
    locale="en_GB",
    stemmer="english",
    calendar=Calendar(
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        weekday_words=("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        month_words=(
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
        ),
        days_ago={"today": 0, "yesterday": 1},
        hours="at",
        prepositions="on|the",
        between_days="to|and",
        ordinals="st|nd|rd|th",
    ),
    own_words={},
)  # fmt: skip
