"""What cannot be done with what somebody gave: raised with the sentence that says why and what to do."""

from __future__ import annotations


class Refused(Exception):
    """An answer or option that cannot be followed; `sentence` says why, and what to give instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
