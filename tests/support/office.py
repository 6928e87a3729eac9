"""A small portfolio that tests publish from, and the folder that it is published to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.support import builders, small
from tests.support.command import Done, catat
from tests.support.published import Tree, tree_of

AREA = "records/1-manajemen-perubahan"
FORMAL = ("--as-of", "2023-06-30")


class Office:
    """A portfolio on disk with the target `kantor`, the folder `kantor` beside it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.home, self.place = folder / "portofolio", folder / "kantor"
        settings = {"title": "Portofolio Uji", "unit": "Satker Uji", "publish": {"kantor": "../kantor"}, **settings}
        settings["instrument"] = "instruments/ringkas.yaml"
        files = {"portfolio.yaml": builders.yaml_of(**settings), "instruments/ringkas.yaml": small.RINGKAS.read_bytes()}
        builders.write(self.home, files)
        self.record("rapat", "notulen.pdf")
        self.record("apel", "foto.pdf")

    def record(self, name: str, *files: str, **fields: object) -> None:
        """Write a record with documents of these names."""
        evidence = [{"file": f"evidence/{each}", "type": "notulen"} for each in files]
        fields = {
            "title": f"Judul {name}",
            "date": "2023-01-18",
            "items": ["A.I.1.i.a"],
            "evidence": evidence,
            **fields,
        }
        documents = {f"evidence/{each}": builders.pdf(f"Isi {each}") for each in files}
        builders.write(self.home, {f"{AREA}/{name}.md": builders.front_matter(f"Isi {name}", **fields), **documents})

    def remove(self, name: str) -> None:
        """Delete a record."""
        (self.home / AREA / f"{name}.md").unlink()

    def publish(
        self, *options: str, target: str = "kantor", lang: str = "en", typed: str = "", **environment: str
    ) -> Done:
        """Publish, or do what the options say."""
        whole = ("publish", *filter(None, [target]), str(self.home), *FORMAL, "--lang", lang, *options)
        if not target:
            return catat("publish", *FORMAL, "--lang", lang, *options, cwd=self.home, typed=typed, **environment)
        return catat(*whole, typed=typed, **environment)

    def published(self, *options: str, **arguments: Any) -> Done:
        """Publish, which has to succeed."""
        done = self.publish(*options, **arguments)
        assert done.returncode == 0, done
        return done

    @property
    def public(self) -> Tree:
        """What readers see of the target."""
        return tree_of(self.place)

    @property
    def built(self) -> Tree:
        """The site as it was built last."""
        return tree_of(self.home / "site")

    @property
    def whole(self) -> dict[str, bytes]:
        """Every file of the target, with those of its state."""
        return small.contents(self.place)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The history of publications."""
        path = self.home / "publications.jsonl"
        return [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    def stages(self) -> list[Path]:
        """What a publisher left at the target: stages, and a lease."""
        state = self.place / ".catat"
        return [*(state / "stage").iterdir(), *state.glob("lock*")]

    def empty(self) -> None:
        """Delete what is at the target."""
        shutil.rmtree(self.place)
        self.place.mkdir()
