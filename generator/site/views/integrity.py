"""The page on the integrity of a copy: how to verify it, and what it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.evidence.personal_data import PersonalKind
from generator.model.addresses import (
    INTEGRITY,
    SUMS,
    list_path,
    record_path,
)
from generator.model.paths import href
from generator.model.portfolio import DocumentUrl, Record
from generator.site.disclosures import Disclosures
from generator.site.exhibits import Exhibit
from generator.site.site import Site
from generator.site.views.documents import ABSENT, card_link, title_of
from generator.site.views.frame import Frame, Link

MOST_LEFT_OUT = 500


class IntegrityView(Struct, frozen=True):
    """The page on the integrity of the copy."""

    frame: Frame
    title: str
    files: str
    command: str
    signature_command: str
    signer: str
    sums: Link
    data: Link
    drafts: str
    personal: tuple[tuple[str, str], ...]
    """What is disclosed of persons: the kind, and in how many documents and pages."""
    unread: str
    left_out: tuple[tuple[Link, str], ...]
    more: Link | None


class LeftOut(Struct, frozen=True):
    """The records that may have something left out of the site: drafts, and published records with their documents."""

    drafts: tuple[Record, ...]
    published: tuple[tuple[Record, tuple[Exhibit, ...]], ...]


def integrity_page(site: Site, frame: Frame, left: LeftOut, disclosed: Disclosures, files: int) -> IntegrityView:
    """Return the page on how to verify the copy; `files` counts all files of the site but SHA256SUMS itself."""
    words = site.words
    left_out = list(_left_out(site, left))
    identity = words("identity")
    return IntegrityView(
        frame=frame,
        title=words("Integrity"),
        files=words.plural(
            "This copy holds {count} file besides the list of checksums.",
            "This copy holds {count} files besides the list of checksums.",
            files,
        ),
        command=f"sha256sum -c {SUMS}",
        signature_command=f"ssh-keygen -Y verify -f allowed_signers -I <{identity}> -n catat -s {SUMS}.sig < {SUMS}",
        signer=f'<{identity}> namespaces="catat" ssh-ed25519 AAAA…',
        sums=Link(SUMS, SUMS),
        data=Link("readiness.json", "readiness.json"),
        drafts=_drafts(site, left.drafts),
        personal=tuple(_personal(site, disclosed)),
        unread=""
        if disclosed.documents_read
        else words("The words of documents were not read, for this copy is made without previews."),
        left_out=tuple(left_out[:MOST_LEFT_OUT]),
        more=Link(
            words("The documents that are not in this copy"), href(INTEGRITY, list_path("evidence", "state", ABSENT))
        )
        if len(left_out) > MOST_LEFT_OUT
        else None,
    )


def _left_out(site: Site, left: LeftOut) -> Iterator[tuple[Link, str]]:
    """Yield what is not in this copy, and why."""
    words = site.words
    if left.drafts:
        yield Link(words("Drafts"), ""), words.plural("{count} record", "{count} records", len(left.drafts))
    for record, exhibits in left.published:
        if record.restricted:
            yield Link(record.title, href(INTEGRITY, record_path(record.id))), words("restricted record")
            continue
        for exhibit in exhibits:
            why = _why_left_out(site, exhibit)
            if why:
                yield Link(title_of(site, exhibit), card_link(INTEGRITY, exhibit).href), why


def _why_left_out(site: Site, exhibit: Exhibit) -> str:
    document, words = exhibit.document, site.words
    if document.restricted:
        return words("restricted; its SHA-256 stands on the record's page")
    if document.restricted_elsewhere and document.file is None:
        return words("withheld: the same address is restricted elsewhere")
    if isinstance(document.source, DocumentUrl):
        return words("an address on the web, not part of this copy")
    return "" if exhibit.path is not None else words("withheld: the same file is restricted elsewhere")


def _personal(site: Site, disclosed: Disclosures) -> Iterator[tuple[str, str]]:
    """Yield each kind of personal data, and how many documents and pages have it."""
    words = site.words
    labels = {
        PersonalKind.NIK: "NIK",
        PersonalKind.NPWP: "NPWP",
        PersonalKind.NIP: "NIP",
        PersonalKind.CARD: words("Numbers of bank cards"),
        PersonalKind.MOBILE: words("Mobile telephone numbers"),
    }
    for kind, documents, texts in disclosed.counts():
        counts = (
            words.plural("{count} document", "{count} documents", documents) if documents else "",
            words.plural("{count} page", "{count} pages", texts) if texts else "",
        )
        yield labels[kind], ", ".join(filter(None, counts))
    if disclosed.photographs:
        photographs = words.plural("{count} photograph", "{count} photographs", disclosed.photographs)
        yield words("Photographs that say where they were taken"), photographs


def _drafts(site: Site, drafts: Sequence[Record]) -> str:
    """Say how many drafts and documents of drafts the data count in addition to the pages."""
    words = site.words
    if not drafts:
        return ""
    return words(
        "Its counts of records and documents hold the drafts as well: {records} with {documents}.",
        records=words.plural("{count} draft", "{count} drafts", len(drafts)),
        documents=words.plural("{count} document", "{count} documents", sum(len(each.documents) for each in drafts)),
    )
