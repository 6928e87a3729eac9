"""Reviews of assessors as a plan for a portfolio: which findings would be written, which are there, what was refused.

Files of a folder are taken as if they were merged one after the other, in the order in which they were exported. The
plan of the same files is empty once it was carried out (contract: review, section 4).
"""

from __future__ import annotations

import datetime
import errno
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from gettext import gettext as _
from pathlib import Path

from msgspec import Struct, field

from generator import disk
from generator.authoring import safe_names
from generator.fixes.changes import Change
from generator.importing import file_writing, review_contents, review_reading, review_workbook
from generator.importing.assessment_changes import NewText
from generator.importing.file_writing import WrittenFiles
from generator.importing.review_contents import FindingContent, FindingKey
from generator.importing.review_documents import DocumentFinder
from generator.importing.review_findings import ReviewFinding, ReviewFindings
from generator.importing.review_reading import Review, ReviewEntry, ReviewRefused, ReviewRemark
from generator.messages.printable import printable
from generator.messages.source import Source, decode
from generator.model.portfolio import Level, Portfolio
from generator.reading import findings
from generator.reading.findings import FindingReading

ENDINGS = frozenset((".json",)) | review_workbook.ENDINGS


class MergeState(Enum):
    """What becomes of an entry of a review.

    NEW and REPLACED are written, SAME is there. DIFFERS is left, for the assessor has another finding on the item of
    that day; OLDER gives way to a later export. An entry that is UNDECIDED or BLANK says nothing, REFUSED is a fault.
    """

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"
    REPLACED = "replaced"
    OLDER = "older"
    UNDECIDED = "undecided"
    BLANK = "blank"
    REFUSED = "refused"


class MergeRow(Struct, frozen=True):
    """One entry of a review in the table; `path` is the file of its finding, "" where there is none.

    `verdicts` are those that were not refused, each whether it accepts.
    """

    review: Review
    entry: ReviewEntry
    state: MergeState
    answer: str = ""
    verdicts: tuple[bool, ...] = ()
    path: str = ""


class MergePlan(Struct, frozen=True):
    """All that a merge would do, and all that it tells; `passed_over` are names in the folder that are no reviews."""

    reviews: tuple[Review, ...]
    rows: tuple[MergeRow, ...]
    remarks: tuple[ReviewRemark, ...]
    changes: tuple[Change, ...]
    new_files: tuple[NewText, ...]
    passed_over: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that would be written, replaced ones first."""
        return (*(each.path for each in self.changes), *(each.path for each in self.new_files))

    @property
    def complete(self) -> bool:
        """Whether all that the assessors decided is written, or there already."""
        return not any(each.blocks for each in self.remarks)


def review_files(source: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Return the files that may be reviews, and the names that are passed over. Raises OSError."""
    if not source.is_dir():
        return (source,), ()
    names = sorted(source.iterdir())
    taken = tuple(
        each for each in names if each.suffix.casefold() in ENDINGS and not each.name.startswith(".") and each.is_file()
    )
    return taken, tuple(each.name for each in names if each not in taken)


def plan(
    source: Path,
    portfolio: Portfolio,
    texts: Sequence[Source],
    root: Path,
    *,
    roots: tuple[str, ...] = (),
    replacing: bool = False,
    on: datetime.date | None = None,
) -> MergePlan:
    """Return what merging a review, or a folder of them, would do; `roots` are the names of the evidence roots.

    `replacing`: the findings of the reviews take the place of those that differ. `on` is the day after which a finding
    does not count yet, which is remarked. Raises OSError.
    """
    files, others = review_files(source)
    passed_over = [*others]
    reviews: list[Review] = []
    remarks: list[ReviewRemark] = []
    for each in files:
        try:
            if (review := _read(each, portfolio)) is None:
                passed_over.append(each.name)
            else:
                reviews.append(review)
        except ReviewRefused as refused:
            remarks.append(refused.remark)
    standing = _standing(texts)
    finder = DocumentFinder(portfolio.records, roots)
    merger = _Merger(ReviewFindings(portfolio, finder, standing, on), texts, root, replacing=replacing)
    for review in sorted(reviews, key=lambda one: (one.exported_at, one.exported, one.file)):
        merger.take(review)
    merger.settle()
    remarks += [remark for review in reviews for remark in review.remarks]
    order = [entry.place for review in reviews for entry in review.entries]
    places = {place: at for at, place in enumerate(order)}
    rows = sorted(merger.rows, key=lambda row: places[row.entry.place])
    return MergePlan(
        tuple(reviews),
        tuple(rows),
        tuple(sorted((*remarks, *merger.remarks), key=_by_place)),
        tuple(merger.changes),
        tuple(merger.new_files),
        tuple(sorted(passed_over)),
    )


def _by_place(remark: ReviewRemark) -> tuple[str, int, str, str]:
    return remark.place.file, remark.place.line, remark.place.pointer, remark.place.cell


def _read(path: Path, portfolio: Portfolio) -> Review | None:
    """Return the review in a file, as JSON or as a workbook; None of a workbook that is none of the desk."""
    if path.suffix.casefold() in review_workbook.ENDINGS:
        return review_workbook.read(path, portfolio)
    return review_reading.read(path, portfolio)


def write(root: Path, planned: MergePlan) -> WrittenFiles:
    """Carry out a plan, as a whole or not at all, and read each file again.

    Raises OSError where the disk refuses, or does not give back what was written.
    """
    done = file_writing.write(root, planned.changes, planned.new_files)
    meant = {each.path: each.after for each in planned.changes}
    meant |= {each.path: each.text.encode() for each in planned.new_files}
    for path in done.written:
        if disk.file_content(root / path) != meant[path]:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(root / path))
    return done


def _standing(texts: Iterable[Source]) -> Mapping[FindingKey, list[FindingReading]]:
    """Return the findings of a portfolio by whose they are."""
    found: dict[FindingKey, list[FindingReading]] = {}
    for text in texts:
        if text.path.startswith("findings/"):
            reading = findings.read(text)
            if (key := review_contents.key_of(reading)) is not None:
                found.setdefault(key, []).append(reading)
    return found


class _Merger(Struct):
    """The entries of reviews, sorted by what becomes of them."""

    findings: ReviewFindings
    texts: Sequence[Source]
    root: Path
    replacing: bool
    rows: list[MergeRow] = field(default_factory=list)
    remarks: list[ReviewRemark] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    new_files: list[NewText] = field(default_factory=list)
    found: dict[FindingKey, list[ReviewFinding]] = field(default_factory=dict)

    def take(self, review: Review) -> None:
        """Take the entries of a review, each as a finding if it is decided."""
        for entry in review.entries:
            try:
                if entry.day is None or entry.is_blank:
                    self.findings.item(entry)
                    said = MergeState.BLANK if entry.complete else MergeState.REFUSED
                    self.rows.append(_row(review, entry, said if entry.day is not None else MergeState.UNDECIDED))
                    continue
                finding = self.findings.finding(review, entry)
            except ReviewRefused as refused:
                self.remarks.append(refused.remark)
                self.rows.append(_row(review, entry, MergeState.REFUSED))
                continue
            if finding.is_blank:
                self._tell(finding, MergeState.REFUSED)
            else:
                self.found.setdefault(finding.key, []).append(finding)

    def settle(self) -> None:
        """Decide what becomes of each finding, in an order that does not depend on the files."""
        levels = list(map(str, Level))
        taken = {text.path.casefold() for text in self.texts} | _names_in(self.root / "findings")
        for key in sorted(self.found, key=lambda each: (each[1], each[0], levels.index(each[2]), each[3])):
            self._settle(self.found[key], self.findings.standing.get(key, ()), taken)

    def _settle(self, several: Sequence[ReviewFinding], standing: Sequence[FindingReading], taken: set[str]) -> None:
        """Settle the findings of one assessor on one item and day: usually one."""
        chosen = several[-1] if self.replacing else several[0]
        item = self.findings.item(chosen.entry)
        there = [(each.source.path, review_contents.content_of(each, item, self.findings.finder)) for each in standing]
        if not there:
            path = _free_path(chosen, taken)
            self.new_files.append(NewText(path, chosen.text(self.findings.portfolio.language)))
            self._tell(chosen, MergeState.NEW, path)
        elif self.replacing and not any(content == chosen.content for _path, content in there):
            self._replace(chosen, standing, there)
        else:
            self._compare(chosen, there)
        for each in several:
            if each is not chosen and each.content == chosen.content:
                self._tell(each, MergeState.SAME)
            elif each is not chosen and self.replacing:
                self._tell(each, MergeState.OLDER)
            elif each is not chosen:
                self._compare(each, there or [(chosen.review.file, chosen.content)])

    def _compare(self, given: ReviewFinding, there: Sequence[tuple[str, FindingContent]]) -> None:
        same = next((path for path, content in there if content == given.content), None)
        if same is not None:
            self._tell(given, MergeState.SAME, same)
            return
        path, content = there[0]
        sentence = _("{path} has another finding of {assessor} on {item} of that day, and was left. Other: {parts}.")
        hint = _("--replace puts that of the review in its place.")
        self._differs(given, path, f"{sentence} {hint}", parts=_in_words(given.content.differing(content)))

    def _replace(
        self, given: ReviewFinding, standing: Sequence[FindingReading], there: Sequence[tuple[str, FindingContent]]
    ) -> None:
        before, path = standing[0], there[0][0]
        if len(standing) > 1:
            others = ", ".join(printable(each) for each, _content in there)
            sentence = _("{assessor} has several findings on {item} of that day: {others}. Leave one, and merge again.")
            self._differs(given, path, sentence, others=others)
            return
        content = disk.file_content(self.root / path)
        if decode(path, content) != before.source:
            sentence = _("{file} was not changed: somebody else changed it in the meantime. Run the command again.")
            self._differs(given, path, sentence, file=printable(path))
            return
        text = given.text(self.findings.portfolio.language, before)
        self.changes.append(Change(path, content, text.encode(), 1))
        self._tell(given, MergeState.REPLACED, path)

    def _differs(self, given: ReviewFinding, path: str, sentence: str, **values: str) -> None:
        names = {"path": printable(path), "assessor": printable(given.review.assessor), "item": given.key[0]}
        remark = ReviewRemark("finding-differs", given.entry.place, sentence.format(**names, **values))
        self.remarks.append(remark)
        self._tell(given, MergeState.DIFFERS, path)

    def _tell(self, given: ReviewFinding, state: MergeState, path: str = "") -> None:
        quiet = state in {MergeState.SAME, MergeState.OLDER}
        self.remarks += [each for each in given.remarks if each.blocks or not quiet]
        verdicts = tuple(each.accepted for each in given.written.verdicts)
        self.rows.append(MergeRow(given.review, given.entry, state, given.answer, verdicts, path))


def _row(review: Review, entry: ReviewEntry, state: MergeState) -> MergeRow:
    """Return the row of an entry that is no finding, as its file has it."""
    return MergeRow(review, entry, state, entry.answer.text, tuple(each.accepted for each in entry.verdicts))


def _names_in(folder: Path) -> set[str]:
    """Return the paths in a folder of a portfolio in small letters, also of what could not be read."""
    if not folder.is_dir():
        return set()
    return {f"{folder.name}/{each.name}".casefold() for each in folder.iterdir()}


def _free_path(finding: ReviewFinding, taken: set[str]) -> str:
    """Return the path of a new finding, and take it: its day, its item and its assessor."""
    item, day, level, _name = finding.key
    written = item if re.fullmatch(r"[A-Za-z0-9._-]+", item) else safe_names.slug(item)
    name = safe_names.slug(finding.review.assessor) or level.casefold()
    path = safe_names.unlike(f"findings/{day}-{written}-{name}", taken, ".md")
    taken.add(path.casefold())
    return path


def _in_words(parts: Iterable[str]) -> str:
    words = {
        "answer": _("answer"),
        "verdicts": _("verdicts"),
        "condition": _("condition"),
        "recommendation": _("recommendation"),
        "assignment": _("assignment"),
        "note": _("note"),
    }
    return ", ".join(words[each] for each in parts)
