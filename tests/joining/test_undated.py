"""A draft may leave its date open: it is counted among the drafts, shown in the preview without a day, and counts nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import project
from generator.build.planned_site import prepare
from generator.build.project import Project
from generator.exchange.readiness_json import readiness_data
from generator.incremental.store import Store, place
from generator.site.theme import Renderer
from tests.support import builders, small

DRAFT = """\
---
title: Rapat tanpa tanggal
date:{date}
items: [A.I.1.i.a]
status: draft
evidence:
  - {{file: sk.pdf, type: sk}}
---
Isi.
"""


@pytest.mark.parametrize("date", ["", " ~", " # diisi nanti"])
def test_a_draft_without_a_date_is_counted_and_shown(date: str, tmp_path: Path) -> None:
    home = builders.write(
        tmp_path / "p",
        {
            "portfolio.yaml": "title: t\nunit: u\nperiod: {from: 2022-09-01, to: 2023-06-30}\n",
            "records/1-x/rapat/index.md": DRAFT.format(date=date),
            "records/1-x/rapat/sk.pdf": builders.pdf("sk"),
        },
    )
    outcome = project.read(home, on=small.DAY)
    assert [each.code for each in outcome.diagnostics] == ["evidence-guessed-date"]
    assert outcome.readiness is not None
    counts = readiness_data(outcome.readiness)["counts"]
    assert (counts["records"], counts["drafts"], counts["documents"], counts["accepted"]) == (1, 1, 1, 0)
    site, _ = prepare(Project(home, Store(place(home))), outcome, drafts=True)
    assert site is not None
    for path in ("records/rapat.html", "records.html", "items/A.I.1.i.a.html", "index.html"):
        page = site.plan.page(path)
        assert page is not None
        shown = Renderer(site.theme, site.language).render(page.template, page.view()).decode()
        assert "0001" not in shown
        assert "1 Januari 1" not in shown
        assert ("tanggal belum diisi" in shown) is path.startswith("record")
    assert small.build_site(home, tmp_path / "site")[1]
    assert not (tmp_path / "site/records/rapat.html").exists()
