"""Rules on a built site before it is published, which `publishing.audit` checks, and on personal data in it."""

from __future__ import annotations

from generator.messages.diagnostics import Severity
from generator.rules.rule import RECORD, Rule, record_with

RULES = (
    Rule(
        "site-link-broken",
        Severity.ERROR,
        place="site/index.html",
        wrong='<a href="Items.html">Butir</a>\n',
        right='<a href="items.html">Butir</a>\n',
    ),
    Rule(
        "site-request-elsewhere",
        Severity.ERROR,
        place="site/index.html",
        wrong='<img src="https://contoh.go.id/logo.png" alt="Logo">\n',
        right='<a href="https://contoh.go.id/">Situs kami</a>\n',
    ),
    Rule(
        "site-restricted",
        Severity.ERROR,
        place="site/index.html",
        wrong="<p>hukuman-disiplin.pdf</p>\n",
        right="<p>sk-tim.pdf</p>\n",
    ),
    Rule(
        "site-draft",
        Severity.ERROR,
        place="site/index.html",
        wrong="<p>records/rapat-persiapan.html</p>\n",
        right="<p>records/sk-tim.html</p>\n",
    ),
    Rule(
        "personal-data",
        Severity.WARNING,
        place=RECORD,
        wrong=record_with("", text="Narahubung: Siti, 0812-3456-7890.\n"),
        right=record_with("", text="Narahubung: Siti, Subbagian Umum.\n"),
    ),
)
