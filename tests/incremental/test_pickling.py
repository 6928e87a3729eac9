"""Values for another process: what several messages have in common is one thing there too, until it is let go of."""

from __future__ import annotations

import pytest

from generator.incremental.pickling import Reader, Writer
from generator.site.views.figures import Mark
from generator.site.views.frame import Link


def test_what_messages_have_in_common_is_written_once_and_is_one_thing_there() -> None:
    writer, reader = Writer(), Reader()
    link = Link("a" * 10_000, "b.html")
    first, second = writer.write((link, 1)), writer.write((link, Mark("met", "counts")))
    assert len(second) < len(first) / 10
    (one, number), (other, mark) = reader.read(first), reader.read(second)
    assert (one, number, mark) == (link, 1, Mark("met", "counts"))
    assert one is other


def test_what_was_let_go_of_is_written_again_for_another_reader() -> None:
    writer = Writer()
    link = Link("a", "b.html")
    assert Reader().read(writer.write(link)) == link
    writer.forget()
    assert Reader().read(writer.write(link)) == link
    with pytest.raises(Exception, match=r"memo|Memo"):  # and is of no use to one that has not read what came before
        Reader().read(writer.write(link))


def test_what_is_of_another_package_is_written_as_it_knows_itself() -> None:
    value = {"a": (1, None, Mark("met", "counts")), "b": frozenset({"c"})}
    assert Reader().read(Writer().write(value)) == value
