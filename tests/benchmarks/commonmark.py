"""Counts the examples of the CommonMark specification that come out the same.

`python -m tests.benchmarks.commonmark spec.txt [--show SECTION]`

`spec.txt` is in the npm package `commonmark-spec` (`npm pack commonmark-spec`); `--show` prints what differs.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.markup import render
from generator.markup.sanitiser import sanitised
from tests.markup.test_texts_like_github import ours, structure

_EXAMPLE = re.compile(r"^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$|^#{1,6} *(.*)$", re.MULTILINE)


class Example(NamedTuple):
    section: str
    text: str
    html: str

    def is_met(self) -> bool:
        """Tell whether a text is shown as the specification says, what the sanitiser takes away aside."""
        html = re.sub(r"(</?)h1\b", r"\1h2", self.html)
        return ours(self.text) == structure(sanitised(html, "").html(lambda link: link.target))


def examples(spec: str) -> Iterator[Example]:
    section = ""
    for match in _EXAMPLE.finditer(spec):
        if match[3] is not None:
            section = match[3]
        else:
            yield Example(section, match[1].replace("→", "\t"), match[2].replace("→", "\t"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("spec", type=Path)
    parser.add_argument("--show", default=None)
    options = parser.parse_args()
    counts: dict[str, list[int]] = {}
    for example in examples(options.spec.read_text("utf-8")):
        count = counts.setdefault(example.section, [0, 0])
        count[0] += example.is_met()
        count[1] += 1
        if not example.is_met() and example.section == options.show:
            print(
                f"{example.text}-- specification --\n{example.html}-- here --\n{render.render(example.text).pieces}\n"
            )
    for section, (met, all_) in counts.items():
        print(f"{met:4} of {all_:3}  {section}")
    print(f"{sum(met for met, _ in counts.values()):4} of {sum(all_ for _, all_ in counts.values()):3}")


if __name__ == "__main__":
    main()
