"""Days as people write them: a weekday is looked for by its first letter."""

import datetime
import re
import sys

import pytest

from generator.languages import dates

NAMES = dates.WEEKDAYS.split("|")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written", [str, str.upper, str.title])
def test_every_name_of_another_weekday_is_found(name: str, written: type[str]) -> None:
    days = [datetime.date(2023, 1, day).isoformat() for day in range(2, 9)]
    wrong = [day for day in days if [*dates.wrong_weekdays(f"Rapat, {written(name)}, {day}.")]]
    assert len(wrong) == 6


def test_a_letter_that_an_expression_takes_for_the_first_of_a_name_is_taken_for_it() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for name in NAMES:
        alike = re.findall(name[0], every, re.IGNORECASE)
        assert {name[0], name[0].upper()} <= {*alike}
        for letter in alike:
            assert dates._WEEKDAY_AND_DAY.search(f"{letter}{name[1:]} 2023-01-02"), (name, letter)
