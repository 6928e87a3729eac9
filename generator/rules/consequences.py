"""One mistake, one diagnostic: which diagnostics follow from another mistake and are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.folding import unseen_spelt_out
from generator.messages.diagnostics import Diagnostic
from generator.model.paths import link_references


def without_consequences(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that follow from no other.

    A file that a misspelt name probably meant is not also unreferenced, and what lies in a misnamed folder is not also
    missing.
    """
    files, folders = _probably_meant(found)
    misnamed = tuple(filter(None, map(_folder_meant, found)))
    return tuple(
        each
        for each in found
        if not (each.code == "evidence-unreferenced" and _is_meant(each, files, folders))
        and not (misnamed and _lies_in(each, misnamed))
    )


def _probably_meant(found: Iterable[Diagnostic]) -> tuple[set[str], set[str]]:
    """Return the names of the files, and of the folders, that faulty names and links probably meant."""
    files: set[str] = set()
    folders: set[str] = set()
    for each in found:
        if each.code in {"evidence-missing", "link-broken"} and each.suggestion:
            files.add(each.suggestion.strip('"').split("/")[-1])
        if each.code == "link-missed" or each.sentence == "link-broken/outside":
            files.add(dict(each.values)["target"].split("/")[-1])
        if each.code in {"evidence-missing", "evidence-outside", "evidence-placeholder"}:
            written = dict(each.values)["file"].replace("\\", "/").strip("/")
            (folders if each.sentence.endswith("/folder") else files).add(written.split("/")[-1].removeprefix("~$"))
            files.update(part.strip() for part in re.split(r"[,;&]|\b(?:dan|and)\b", written))
            files.add(dict(each.values).get("name", written))
    return files, folders


def _folder_meant(found: Diagnostic) -> str | None:
    """Return the folder to which a misnamed folder or misplaced record belongs; None for any other diagnostic."""
    meant = dict(found.values).get("meant", "")
    if found.code == "folder-misnamed":
        return f"{meant}/"
    if found.code == "record-misplaced" and not found.sentence.endswith(("/copy", "/portfolio")):
        return f"{meant}/{found.place.file}/" if found.sentence.endswith("/folder") else "records/"
    return None


def _lies_in(found: Diagnostic, misnamed: tuple[str, ...]) -> bool:
    """Return whether what is reported missing may be in one of the folders that are not read."""
    values = dict(found.values)
    if found.sentence == "finding-target-unknown" or found.code == "answer-unsupported":
        return any(folder.startswith(("records/", "evidence/")) for folder in misnamed)
    if found.code == "evidence-missing" and "place" in values:
        return values["place"].startswith(misnamed)
    if found.code == "link-broken":
        folder = found.place.file.rpartition("/")[0]
        return any(each.path.startswith(misnamed) for each in link_references(folder, values["target"]))
    return False


def _is_meant(unreferenced: Diagnostic, files: set[str], folders: set[str]) -> bool:
    *above, name = unreferenced.place.file.split("/")
    return name in files or unseen_spelt_out(name) in files or any(folder in folders for folder in above)
