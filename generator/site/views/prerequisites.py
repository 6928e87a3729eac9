"""What a proposal requires besides the items: each prerequisite with its answer and the documents that prove it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from msgspec import Struct

from generator.model.addresses import FRONT
from generator.model.instrument import Completed, Grades, MaturityLevel, Since
from generator.model.paths import href
from generator.model.portfolio import DocumentFile, DocumentUrl, PrerequisiteAnswer
from generator.readiness.acceptance import fault_of
from generator.readiness.prerequisites import PrerequisiteReadiness, PrerequisiteState, years_later
from generator.site.exhibits import PlacedProof
from generator.site.site import Site
from generator.site.views.documents import card_link, title_of
from generator.site.views.figures import NOTHING, Mark


class ProofView(Struct, frozen=True):
    """One document of a prerequisite; `href` is None where it is not in the site, `note` says why or what is wrong."""

    title: str
    href: str | None = None
    note: str = ""
    external: bool = False


class PrerequisiteRow(Struct, frozen=True):
    """One prerequisite: who has to meet it, what is required, the answer, how it stands, its documents.

    `in_short` says how it stands in few words.
    """

    name: str
    holder: str
    required: str
    answer: str
    remark: str
    mark: Mark
    in_short: str
    proofs: tuple[ProofView, ...]


class PrerequisitesView(Struct, frozen=True):
    """The prerequisites of the predicate aimed at; `summary` says how many are met."""

    title: str
    summary: str
    rows: tuple[PrerequisiteRow, ...]


def prerequisites_view(
    site: Site, standing: Sequence[PrerequisiteReadiness], proofs: Mapping[str, Sequence[PlacedProof]]
) -> PrerequisitesView | None:
    """Return the prerequisites for the front page; None where the predicate aimed at has none."""
    words = site.words
    if not standing:
        return None
    met = sum(each.state is PrerequisiteState.MET for each in standing)
    return PrerequisitesView(
        title=words("Prerequisites of the proposal"),
        summary=words.plural(
            "{met} of {count} prerequisite is met; prerequisites change no figure.",
            "{met} of {count} prerequisites are met; prerequisites change no figure.",
            len(standing),
            met=words.count(met),
        ),
        rows=tuple(_row(site, each, proofs.get(each.prerequisite.id, ())) for each in standing),
    )


def _row(site: Site, each: PrerequisiteReadiness, proofs: Sequence[PlacedProof]) -> PrerequisiteRow:
    words, asked, mark = site.words, each.prerequisite, _mark(site, each.state)
    return PrerequisiteRow(
        name=asked.label.in_(site.language),
        holder=words("institution") if asked.of_institution else words("work unit"),
        required=_required(site, each),
        answer=NOTHING if each.answer is None else _answer(site, each.answer),
        remark="; ".join(filter(None, (_awaited(site, each), each.answer.note if each.answer else ""))),
        mark=mark,
        in_short=words("no document") if each.state is PrerequisiteState.UNPROVEN else mark.word,
        proofs=tuple(_proof(site, proof) for proof in proofs),
    )


def _required(site: Site, each: PrerequisiteReadiness) -> str:
    """Say what is required at least."""
    words, least = site.words, each.required
    match each.prerequisite.scale:
        case Grades(names):
            return str(least) if least == names[0] else words("{grade} or better", grade=least)
        case MaturityLevel(maximum):
            return words("at least {level} of {most}", level=words.exact(Fraction(least)), most=words.exact(maximum))
        case Completed():
            share = words.exact(Fraction(least) * 100)
            return words("all") if least == 1 else words("at least {share}", share=f"{share}%")
        case Since():
            return words.plural("at least {count} year", "at least {count} years", int(Fraction(least)))
        case _:
            assert_never(each.prerequisite.scale)


def _answer(site: Site, answer: PrerequisiteAnswer) -> str:
    """Return an answer as the language writes it."""
    words, value = site.words, answer.value
    if isinstance(value, datetime.date):
        return words("since {day}", day=words.day(value))
    part, of, whole = answer.text.partition("/")
    is_part = bool(of) and isinstance(value, Fraction)
    return words("{part} of {whole}", part=part, whole=whole) if is_part else words.answer(answer.text)


def _awaited(site: Site, each: PrerequisiteReadiness) -> str:
    """Say from which day on a time will have been long enough that is too short so far."""
    if each.state is not PrerequisiteState.UNMET or each.answer is None or not isinstance(each.required, Fraction):
        return ""
    since = each.answer.value
    if not isinstance(since, datetime.date):
        return ""
    return site.words("long enough from {day} on", day=site.words.day(years_later(since, int(each.required))))


def _mark(site: Site, state: PrerequisiteState) -> Mark:
    words = site.words
    match state:
        case PrerequisiteState.MET:
            return Mark("met", words("met"))
        case PrerequisiteState.UNPROVEN:
            return Mark("unproven", words("answered, no document that opens"))
        case PrerequisiteState.UNMET:
            return Mark("unmet", words("not met"))
        case PrerequisiteState.UNANSWERED:
            return Mark("unknown", words("not answered"))
        case _:
            assert_never(state)


def _proof(site: Site, proof: PlacedProof) -> ProofView:
    """Return a document with a link to its card where a record has it, else to itself; of a withheld one no name."""
    words, document, exhibit = site.words, proof.document, proof.exhibit
    fault = fault_of(document)
    note = "" if fault is None else site.wording.refusal(fault, document, None)
    match document.source:
        case DocumentUrl() if document.confidential:
            withheld = words("Withheld: the same address is restricted elsewhere.")
            return ProofView(words("restricted web address"), note=withheld)
        case DocumentFile() if document.confidential or not (proof.path or note):
            withheld = words("Withheld: the same file is restricted elsewhere.")
            return ProofView(words("restricted document"), note=withheld)
        case _ if exhibit is not None:
            return ProofView(title_of(site, exhibit), card_link(FRONT, exhibit).href, note)
        case DocumentUrl(address, form):
            return ProofView(document.name, None if form == "invalid" else address, note, external=True)
        case DocumentFile():
            return ProofView(document.name, None if proof.path is None else href(FRONT, proof.path), note)
        case _:
            assert_never(document.source)
