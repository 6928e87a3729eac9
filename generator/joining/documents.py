"""Resolves evidence entries to documents, and reports those whose file is missing or faulty."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from generator import folding
from generator.evidence import Inspection, State, placeholder
from generator.evidence.addresses import url_fault, url_form, without_password
from generator.joining.evidence_files import SPECIAL, Found, NotFound
from generator.joining.links import Files
from generator.joining.vocabulary import Vocabulary
from generator.limits import Limits
from generator.model.paths import FROM_PORTFOLIO, SETTINGS, Reference, as_written, evidence_reference, unknown_root
from generator.model.portfolio import UNDATED, Document, DocumentFile, DocumentUrl
from generator.model.publications import PUBLICATIONS
from generator.model.yaml_text import quoted
from generator.reading.problems import Located, Problems, optional
from generator.reading.records import EvidenceEntry, RecordReading
from generator.reading.tree import DEFAULTS, TEXT_FOLDERS, is_text
from generator.typos.addresses import address_meant, without_marks
from generator.typos.correction import NO_CORRECTION, Correction
from generator.typos.near_names import near


def named_files(reading: RecordReading, roots: tuple[str, ...]) -> tuple[Reference, ...]:
    """Return every file that a record's evidence entries name."""
    folder = reading.folder
    named = (evidence_reference(folder, entry.file.value, roots) for entry in reading.evidence if entry.file)
    return tuple(reference for reference in named if reference is not None)


class EvidenceResolver(Struct, frozen=True):
    """Resolves evidence entries by the instrument's names, the files that were found and the declared roots."""

    vocabulary: Vocabulary
    files: Files
    roots: tuple[str, ...]
    absent_roots: frozenset[str] = frozenset()
    areas: frozenset[int] = frozenset()

    def document(
        self,
        reading: RecordReading,
        number: int,
        entry: EvidenceEntry,
        record_items: tuple[str, ...],
        problems: Problems,
    ) -> Document | None:
        """Return one entry as a document; None where it names nothing."""
        given = None if entry.types is None else self._given_types(entry.types.value, problems)
        items = self._narrowed(entry, reading, record_items, problems)
        source = self._document_source(reading, entry, problems)
        date = entry.date or reading.date or (Located(UNDATED, entry.span) if reading.draft else None)
        if source is None or date is None:
            return None
        types = self._types_by_name(source, entry.title) if given is None else given
        if entry.pages is not None:
            _check_pages(entry.pages, source, problems)
        written = entry.file or entry.url
        assert written is not None  # a source comes from one of the two
        return Document(
            key=(reading.id, number),
            written=written.value,
            title=entry.title or "",
            types=types,
            date=date.value,
            valid_until=entry.valid_until.value if entry.valid_until else None,
            pages=optional(entry.pages),
            items=items,
            restricted=entry.restricted or reading.restricted,
            source=source,
            span=written.span,
            date_span=date.span,
            type_given=given is not None,
        )

    def _given_types(self, written: Iterable[Located[str]], problems: Problems) -> tuple[str, ...]:
        named = (self.vocabulary.type(each, problems) for each in written)
        return tuple(dict.fromkeys(type_ for type_ in named if type_ is not None))

    def _types_by_name(self, source: DocumentFile | DocumentUrl, title: str | None) -> tuple[str, ...]:
        """Return the types that the name of a file says, or the title of an address."""
        if isinstance(source, DocumentFile):
            return self.vocabulary.type_names.in_file_name(source.name)
        return self.vocabulary.type_names.in_title(title or "")

    def _narrowed(
        self, entry: EvidenceEntry, reading: RecordReading, record_items: tuple[str, ...], problems: Problems
    ) -> tuple[str, ...]:
        if entry.items is None:
            return record_items
        listed = {written.value for written in reading.items}
        chosen = []
        for written in entry.items:
            item = self.vocabulary.item(written, problems)
            if item is None:
                continue
            if item not in listed:
                problems.error("field-invalid", written.span, variant="not-narrower", item=item)
            else:
                chosen.append(item)
        return tuple(chosen)

    def _document_source(
        self, reading: RecordReading, entry: EvidenceEntry, problems: Problems
    ) -> DocumentFile | DocumentUrl | None:
        if entry.file is not None:
            return self._document_file(reading, entry.file, problems)
        if entry.url is None:
            return None
        written, span = entry.url.value, entry.url.span
        fault = url_fault(written)
        if fault is not None:
            plain = without_marks(written)
            correction = Correction(plain or address_meant(written), value=plain)
            shown = without_password(written)
            problems.error("url-invalid", span, correction, variant=fault.value, url=shown)
        return DocumentUrl(written, url_form(written))

    def _document_file(self, reading: RecordReading, file: Located[str], problems: Problems) -> DocumentFile:
        written = file.value
        reference = evidence_reference(reading.folder, written, self.roots)
        found = self.files.get(reference) if reference is not None else NotFound(State.OUTSIDE)
        if reference is None or isinstance(found, NotFound) or found is None:
            if reference is None or reference.root not in self.absent_roots:
                self._report_absent(reading, file, reference, found, problems)
            state = found.state if isinstance(found, NotFound) else State.MISSING
            return DocumentFile(reference or Reference("", written), Inspection(state, 0, ""))
        inspection = found.inspection
        if not found.reference.root and _of_the_portfolio(found.reference.path):
            problems.error("evidence-placeholder", file.span, variant="text", file=written)
            return DocumentFile(found.reference, replace(inspection, state=State.PLACEHOLDER, found="text"))
        code, variant = _FAULTS.get(inspection.state, ("", ""))
        if code:
            if inspection.state is State.DAMAGED and not inspection.sha256:
                variant = SPECIAL if inspection.found == SPECIAL else "unreadable"
            if inspection.state is State.MISMATCH and not inspection.found:
                variant = "unknown"
            if inspection.state in {State.PLACEHOLDER, State.UNEXAMINED}:
                variant = inspection.found
            ending = PurePosixPath(written).suffix
            seconds, mebibytes = round(Limits().seconds), Limits().mebibytes
            report = problems.warning if inspection.state in _WARNED_OF else problems.error
            report(
                code, file.span, variant=variant, file=written, ending=ending, found=inspection.found,
                seconds=seconds, mebibytes=mebibytes,
            )  # fmt: skip
        return DocumentFile(found.reference, inspection)

    def _report_absent(
        self,
        reading: RecordReading,
        file: Located[str],
        reference: Reference | None,
        found: NotFound | Found | None,
        problems: Problems,
    ) -> None:
        written = file.value
        comment = re.match(r"[ \t]+#[^\n]*", reading.source.text[file.span.end :])
        root = unknown_root(written, self.roots)
        local = _on_a_computer(written)
        if re.match(r"https?://|www\.", written, re.IGNORECASE):
            renamed = _key_renamed(file, problems)
            problems.error("evidence-missing", file.span, renamed, variant="address", file=written)
        elif local is not None:
            name = re.split(r"[\\/:]", written)[-1] or "sk.pdf"
            problems.error("evidence-outside", file.span, variant=local, file=written, name=name)
        elif written.startswith("/") and written[1:].startswith(FROM_PORTFOLIO):
            suggestion = written.lstrip("/")
            problems.error("evidence-outside", file.span, variant="slash", suggestion=suggestion, file=written)
        elif reference is None:
            problems.error("evidence-outside", file.span, file=written)
        elif isinstance(found, NotFound) and found.state is State.OUTSIDE:
            problems.error("evidence-outside", file.span, variant="link", file=written)
        elif root is not None:
            problems.error(
                "evidence-outside",
                file.span,
                Correction(near(root, self.roots), value=self._root_mended(written, root)),
                variant="root",
                file=written,
                root=root,
            )
        elif comment is not None:  # YAML reads ` #` as the beginning of a comment
            whole = _with_comment(file, comment[0].rstrip(), problems)
            problems.error("evidence-missing", file.span, whole, file=written, place=reference)
        elif isinstance(found, NotFound) and found.folder:
            problems.error("evidence-missing", file.span, variant="folder", file=written)
        elif (sort := placeholder(PurePosixPath(written).name)) == "lock":
            suggested = found.suggestion if isinstance(found, NotFound) else None
            meant = as_written(written, suggested)
            problems.error("evidence-placeholder", file.span, variant=sort, suggestion=meant, file=written)
        elif "\\" in written:
            suggestion = written.replace("\\", "/")
            problems.error("evidence-missing", file.span, variant="backslash", suggestion=suggestion, file=written)
        elif _SEVERAL.fullmatch(written):
            problems.error("evidence-missing", file.span, variant="several", file=written)
        else:
            suggested = found.suggestion if isinstance(found, NotFound) else None
            self._report_missing(file, reference, as_written(written, suggested), problems)

    @staticmethod
    def _report_missing(file: Located[str], reference: Reference, meant: str | None, problems: Problems) -> None:
        """Report a missing file, and invisible characters in its name or in that of the file that was meant."""
        shown = folding.unseen_spelt_out(file.value)
        if meant is not None and shown == file.value and folding.unseen_spelt_out(meant) != meant:
            problems.error(
                "evidence-missing",
                file.span,
                variant="unseen-name",
                file=file.value,
                place=reference,
                name=folding.unseen_spelt_out(meant),
                better=folding.straight(meant),
            )
            return
        variant, place = "" if shown == file.value else "unseen", folding.unseen_spelt_out(str(reference))
        problems.error("evidence-missing", file.span, variant=variant, suggestion=meant, file=shown, place=place)

    def _root_mended(self, written: str, root: str) -> str | None:
        meant = folding.only(folding.misspelt(root, self.roots))
        return None if meant is None else meant + written[len(root) :]


_PAGES = re.compile(r"(?:[\d\s,;&.\-\u2013\u2014]|dan|and|s/?d|sampai|hal(?:aman)?|pages?|pp?)+", re.IGNORECASE)
_FROM_TO = re.compile(r"(\d{1,6})\s*[\-\u2013\u2014]\s*(\d{1,6})")


def _check_pages(written: Located[str], source: DocumentFile | DocumentUrl, problems: Problems) -> None:
    """Report reversed pages, and those that a PDF does not have; words such as `lampiran 7` are ignored."""
    if not _PAGES.fullmatch(written.value):
        return
    for match in _FROM_TO.finditer(written.value):
        if int(match[1]) > int(match[2]):
            turned = written.value.replace(match[0], f"{match[2]}-{match[1]}")
            problems.warning(
                "evidence-pages", written.span, variant="reversed", suggestion=turned, first=match[1], last=match[2]
            )
            return
    if isinstance(source, DocumentUrl) or (count := source.inspection.pages) is None:
        return
    absent = (each for each in re.findall(r"\d+", written.value) if not 1 <= int(each[:9]) <= count)
    if (page := next(absent, None)) is not None:
        problems.warning("evidence-pages", written.span, file=source.name, page=page, count=count)


def _of_the_portfolio(path: str) -> bool:
    """Whether a file is one that Catat reads as text or settings, and so proves nothing by itself."""
    if path in {SETTINGS, PUBLICATIONS} or path.rpartition("/")[2] == DEFAULTS:
        return True
    return is_text(path) and path.partition("/")[0] in TEXT_FOLDERS


_SEVERAL = re.compile(r".+\.[A-Za-z0-9]{2,5}\s*(?:[,;&]|\bdan\b|\band\b)\s*.+\.[A-Za-z0-9]{2,5}", re.DOTALL)


def _on_a_computer(written: str) -> str | None:
    """Return the variant for a path that is valid on one computer ("computer") or office network ("share") only."""
    if re.match(r"(?:file:/*)?[A-Za-z]:[\\/]|~[\\/]|file:///", written):
        return "computer"
    return "share" if re.match(r"(?:file:)?(?:\\\\|//)[^\\/]", written) else None


def _key_renamed(file: Located[str], problems: Problems) -> Correction:
    """Return the correction of the key of an address that was given as a file."""
    key = re.search(r"(file|berkas)[ \t]*:\s*$", problems.source.text[: file.span.start][-80:])
    if key is None:
        return NO_CORRECTION
    start = -len(key[0])
    return Correction(changes=((start, start + len(key[1]), "url" if key[1] == "file" else "tautan"),))


def _with_comment(file: Located[str], comment: str, problems: Problems) -> Correction:
    """Return the correction of a name with ` #` in it, which YAML reads as a comment: quotation marks around it."""
    as_written = problems.written(file.span) == file.value
    changes = ((0, len(file.value) + len(comment), quoted(file.value + comment)),) if as_written else ()
    return Correction(f'"{file.value}{comment}"', changes=changes)


_FAULTS = {
    State.EMPTY: ("evidence-empty", ""),
    State.DAMAGED: ("evidence-damaged", ""),
    State.MISMATCH: ("evidence-mismatch", ""),
    State.ENCRYPTED: ("evidence-encrypted", ""),
    State.UNEXAMINED: ("evidence-unexamined", ""),
    State.PLACEHOLDER: ("evidence-placeholder", ""),
}
_WARNED_OF = {State.ENCRYPTED, State.UNEXAMINED}
