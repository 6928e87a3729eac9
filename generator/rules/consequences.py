"""One mistake, one diagnostic: which diagnostics follow from another mistake and are left out."""

from __future__ import annotations

import re

from generator.folding import unseen_spelt_out
from generator.messages.diagnostics import Diagnostic
from generator.model.paths import link_references


def without_consequences(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return those that follow from no other: a file that a slip probably meant is not also reported unreferenced."""
    meant: set[str] = set()
    folders: set[str] = set()
    for each in found:
        if each.code in {"evidence-missing", "link-broken"} and each.suggestion:
            meant.add(each.suggestion.strip('"').split("/")[-1])
        if each.code == "link-missed" or each.sentence == "link-broken/outside":
            meant.add(dict(each.values)["target"].split("/")[-1])
        if each.code in {"evidence-missing", "evidence-outside", "evidence-placeholder"}:
            written = dict(each.values)["file"].replace("\\", "/").strip("/")
            (folders if each.sentence.endswith("/folder") else meant).add(written.split("/")[-1].removeprefix("~$"))
            meant.update(part.strip() for part in re.split(r"[,;&]|\b(?:dan|and)\b", written))
            meant.add(dict(each.values).get("name", written))
    misnamed = tuple(filter(None, map(_folder_meant, found)))
    return tuple(
        each
        for each in found
        if not (each.code == "evidence-unreferenced" and _meant(each, meant, folders))
        and not (misnamed and _lies_in(each, misnamed))
    )


def _folder_meant(found: Diagnostic) -> str | None:
    """Return the folder in which what a diagnostic speaks of would be read; None where it speaks of no such thing."""
    meant = dict(found.values).get("meant", "")
    if found.code == "folder-misnamed":
        return f"{meant}/"
    if found.code == "record-misplaced" and not found.sentence.endswith(("/copy", "/portfolio")):
        return f"{meant}/{found.place.file}/" if found.sentence.endswith("/folder") else "records/"
    return None


def _lies_in(found: Diagnostic, misnamed: tuple[str, ...]) -> bool:
    """Whether what is told to be missing may well lie in a folder that is not read for its name."""
    values = dict(found.values)
    if found.sentence == "finding-target-unknown" or found.code == "answer-unsupported":
        return any(folder.startswith(("records/", "evidence/")) for folder in misnamed)
    if found.code == "evidence-missing" and "place" in values:
        return values["place"].startswith(misnamed)
    if found.code == "link-broken":
        folder = found.place.file.rpartition("/")[0]
        return any(each.path.startswith(misnamed) for each in link_references(folder, values["target"]))
    return False


def _meant(unreferenced: Diagnostic, names: set[str], folders: set[str]) -> bool:
    *above, name = unreferenced.place.file.split("/")
    return name in names or unseen_spelt_out(name) in names or any(folder in folders for folder in above)
