"""`catat publish` where the site is the same, or the option of a digest takes the target."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import cli
from tests.support import small


def test_keep_prunes_older_versions_also_where_the_site_is_the_same(tmp_path: Path) -> None:
    home, target = small.write(tmp_path), tmp_path / "target"
    target.mkdir()
    publish = ["publish", str(target), str(home), "--as-of", "2023-06-30"]
    assert cli.run(publish) == 0
    page = next(home.glob("pages/*.md"))
    page.write_text(f"{page.read_text('utf-8')}\nLagi.\n", "utf-8")
    assert cli.run(publish) == 0
    manifests = target / ".catat/manifests"
    assert [*manifests.iterdir()] != []
    assert cli.run([*publish, "--keep", "1"]) == 0
    assert [*manifests.iterdir()] == []


def test_a_target_that_the_option_for_a_digest_took_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["publish", "--rollback", "kantor", str(small.write(tmp_path))]) == 2
    assert "catat publish kantor --rollback" in capsys.readouterr().err
