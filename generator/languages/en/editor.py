"""What Catat writes for editors and git in English."""

from __future__ import annotations

TASKS = {
    "check": "Catat: check",
    "serve": "Catat: preview",
    "build": "Catat: build the site",
}
"""The names of tasks."""

SNIPPETS = {
    "record": ("record", "activity", "a new record"),
    "finding": ("finding", "verdict", "a finding of an assessor"),
    "assessment": ("answers", "assessment", "answers to the items of an area"),
    "page": ("page", "profile", "a free page"),
    "defaults": ("defaults", "folder", "defaults for all records of this folder"),
    "portfolio": ("portfolio", "settings", "settings of the portfolio"),
    "instrument": ("instrument", "worksheet", "an instrument of one's own"),
    "evidence": ("evidence", "document", "evidence: {label}"),
    "address": ("evidence-url", "url", "evidence: an address on the web"),
    "item": ("item", "", "item {label}"),
}
"""The prefix of each snippet, another one, and what it is for."""

PHRASES = {
    "done": "What was done",
    "text": "What was done, by whom, with what result.",
    "person": "Name or office",
    "file": "file-name.pdf",
    "finding": "What was found, and what is to be done.",
    "team": "Internal assessors",
    "page": "Title of the page",
    "page-text": "Text of the page.",
    "title": "Title of the portfolio",
    "unit": "Name of the work unit",
    "news": "News in the media",
    "area": "What the team of the area says of it.",
    "wording": "Name",
}
"""What a snippet has where something is to be filled in."""

HOOK = {
    "refused": "Catat: the commit is refused, for there are errors (see above).",
    "failed": "Catat: the check could not run, so the commit is refused.",
    "absent": "Catat: the program catat was not found, so the portfolio could not be checked.",
    "skip": "To skip the check this once: git commit --no-verify",
}
"""What the hook says, in ASCII: a shell on Windows may not speak UTF-8."""
