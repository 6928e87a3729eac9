"""The protocol of a publication, stopped at every single operation, and between publishers (contract: publish, 2)."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

import pytest

from generator.publishing import target_state
from generator.publishing.edition import Edition
from generator.publishing.lease import Busy, Lost
from generator.publishing.publish import Publisher, kept_versions, set_up, wrong_after
from generator.publishing.target_state import Layout, NotASite, read_holding
from generator.publishing.targets.target import TargetRefused
from tests.conftest import silent
from tests.support.published import (
    A,
    B,
    Place,
    Stopped,
    StoppingTarget,
    Tree,
    edition_tree,
    ensure_invariants,
    new_site,
    old_site,
    page,
    site,
)

LAYOUTS = [Layout.POINTER, Layout.PLAIN]


@pytest.fixture(params=LAYOUTS, ids=lambda each: each.value)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return Place(tmp_path / "target", request.param)


@pytest.fixture
def old(tmp_path: Path) -> Edition:
    return old_site(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Edition:
    return new_site(tmp_path / "new")


def test_a_site_is_published_whole_and_the_next_one_costs_what_changed(
    place: Place, old: Edition, new: Edition
) -> None:
    assert place.publish(old) == len(old.checksums)
    assert place.public == edition_tree(old)
    sent = place.publish(new)
    assert place.public == edition_tree(new)
    # What moved, what has the same bytes twice and what stays is not sent again.
    assert sent == len(new.checksums) - len({"moved", "same", "readiness"})
    assert place.stages() == []
    assert not (place.root / target_state.LOCK).exists()


def test_a_publication_of_the_same_site_changes_nothing(place: Place, old: Edition) -> None:
    place.publish(old)
    before = {each: each.stat().st_mtime_ns for each in place.root.rglob("*.html")}
    assert place.publish(old) == 0
    assert {each: each.stat().st_mtime_ns for each in place.root.rglob("*.html")} == before


@pytest.mark.parametrize("half", [False, True], ids=["whole", "half"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.value)
def test_stopped_at_any_operation_nobody_sees_half_a_site(
    layout: Layout, old: Edition, new: Edition, tmp_path: Path, *, half: bool
) -> None:
    begun = Place(tmp_path / "begun", layout)
    begun.publish(old)
    trees = edition_tree(old), edition_tree(new)
    stops = 0
    while True:
        stops += 1
        place = Place(tmp_path / f"{stops}", layout)
        shutil.rmtree(place.root)
        shutil.copytree(begun.root, place.root, symlinks=True)
        stopping = StoppingTarget(place.opened(), stops, half=half)
        try:
            place.publish(new, target=stopping)
        except Stopped:
            pass
        else:
            break
        public = place.public
        if layout is Layout.POINTER:
            assert public in trees, f"I0 at {stops}"
        ensure_invariants(public, *trees)
        _ensure_recovery(place, new, old, stops)
        shutil.rmtree(place.root)
    assert stops > 30


def _ensure_recovery(place: Place, new: Edition, old: Edition, stops: int) -> None:
    """The next publication succeeds, leaves no stage, and the old site can be published again."""
    again = new if stops % 2 else old
    place.age_lease()
    place.publish(again, B)
    assert place.public == edition_tree(again), f"I4 at {stops}"
    assert place.stages() == []
    other = old if again is new else new
    place.publish(other)
    assert place.public == edition_tree(other), f"I6 at {stops}"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.value)
def test_a_first_publication_can_be_stopped_anywhere(layout: Layout, old: Edition, tmp_path: Path) -> None:
    stops = 0
    while True:
        stops += 1
        place = Place(tmp_path / f"{stops}", layout)
        try:
            place.publish(old, target=StoppingTarget(place.opened(), stops, half=True))
        except Stopped:
            pass
        else:
            break
        if place.layout is Layout.POINTER:
            assert place.public in ({}, edition_tree(old))
        place.age_lease()
        place.publish(old, B)
        assert place.public == edition_tree(old), stops
        assert place.stages() == []
    assert stops > 20


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda each: each.value)
def test_a_publisher_that_was_robbed_changes_nothing(
    layout: Layout, old: Edition, new: Edition, tmp_path: Path
) -> None:
    """Paused at each operation, robbed by another who publishes something else, and woken again."""
    begun = Place(tmp_path / "begun", layout)
    begun.publish(old)
    other = site(tmp_path / "other", {"index.html": page("index.html", "files/o.pdf"), "files/o.pdf": "o"})
    number, last = 0, 1
    while number <= last:
        place = Place(tmp_path / f"{number}", layout)
        shutil.rmtree(place.root)
        shutil.copytree(begun.root, place.root, symlinks=True)
        robbed = False

        def rob(count: int, place: Place = place, at: int = number) -> None:
            nonlocal robbed
            if count == at and (place.root / target_state.LOCK).exists():
                robbed = True
                place.age_lease()
                place.publish(other, B)

        woken = StoppingTarget(place.opened(), before=rob)
        with contextlib.suppress(Lost, TargetRefused, OSError):
            place.publish(new, target=woken)
        last = max(last, woken.count)
        public = place.public
        if robbed:
            _ensure_one_site(layout, public, (edition_tree(other), edition_tree(new)), number)
        place.age_lease()
        place.publish(new, B)
        assert place.public == edition_tree(new)
        assert place.stages() == []
        shutil.rmtree(place.root)
        number += 1
    assert last > 30


def _ensure_one_site(layout: Layout, public: Tree, trees: tuple[Tree, Tree], number: int) -> None:
    """The public tree is one publisher's whole: never a mixture (I5)."""
    assert public in trees, f"I5 at {number} ({layout.value}): {sorted(public)}"


def test_of_two_publishers_at_once_one_waits(place: Place, old: Edition, new: Edition) -> None:
    place.publish(old)
    refused: list[str] = []

    def second(count: int) -> None:
        if (place.root / target_state.LOCK).exists() and not refused:
            with pytest.raises(Busy) as busy:
                place.publish(old, B)
            refused.append(busy.value.by)

    place.publish(new, target=StoppingTarget(place.opened(), before=second))
    assert refused == ["a@here"]
    assert place.public == edition_tree(new)


def test_a_cut_connection_is_gone_on_with(
    place: Place, old: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publishing.staged_files._BATCH_FILES", 3)
    edition = site(tmp_path / "many", {"index.html": "x", **{f"files/{n}.pdf": f"{n}" for n in range(30)}})
    stopping = StoppingTarget(place.opened(), 60)
    with pytest.raises(Stopped):
        place.publish(edition, target=stopping)
    sent = place.publish(edition)  # at once: the lease is this user's own
    assert place.public == edition_tree(edition)
    assert 0 < sent < len(edition.checksums)


def test_files_of_others_are_refused(place: Place, old: Edition) -> None:
    if place.layout is Layout.POINTER:
        return
    (place.root / "laporan.docx").write_text("x")
    with pytest.raises(NotASite):
        place.publish(old)
    assert os.listdir(place.root) == ["laporan.docx"]


def test_a_servers_own_files_stay(place: Place, old: Edition, new: Edition) -> None:
    if place.layout is Layout.POINTER:
        return
    (place.root / "web.config").write_text("<configuration/>")
    place.publish(old)
    place.publish(new)
    assert (place.root / "web.config").read_text() == "<configuration/>"


def test_a_site_that_was_copied_by_hand_is_taken_over(tmp_path: Path, old: Edition, new: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    assert old.folder is not None
    shutil.copytree(old.folder, place.root, dirs_exist_ok=True)
    place.publish(new)
    assert place.public == edition_tree(new)


def test_an_older_version_is_brought_back_and_only_some_are_kept(
    place: Place, old: Edition, new: Edition, tmp_path: Path
) -> None:
    few = Publisher("a@here", keep=3)
    place.publish(old, few)
    place.publish(new, few)
    target = place.opened()
    few.roll_back(target, old.digest, silent)
    assert place.public == edition_tree(old)
    assert [each.rollback for each in read_holding(target).history] == [False, False, True]
    for number in range(4):
        place.publish(site(tmp_path / f"v{number}", {"index.html": f"{number}", "files/x": f"x{number}"}), few)
    holding = read_holding(target)
    kept = kept_versions(target, holding.layout, holding.history, holding.digest)
    assert len(kept) == 3
    assert kept[-1].digest == holding.digest
    few.roll_back(target, kept[0].digest, silent)
    assert place.public["files/x"] == b"x1"
    with pytest.raises(TargetRefused, match="no-version"):
        few.roll_back(target, old.digest, silent)


def test_a_version_that_was_changed_is_not_brought_back(place: Place, old: Edition, new: Edition) -> None:
    place.publish(old)
    place.publish(new)
    kept = [each for each in place.root.rglob("*") if each.is_file() and each.read_bytes() == b"a"]
    assert kept
    for each in kept:
        each.write_bytes(b"forged")
    with pytest.raises(TargetRefused, match="version-incomplete"):
        A.roll_back(place.opened(), old.digest, silent)
    assert place.public == edition_tree(new)


def test_what_somebody_changed_at_the_target_is_mended_when_all_is_checked(
    place: Place, old: Edition, new: Edition
) -> None:
    place.publish(old)
    public = place.root / ("current" if place.layout is Layout.POINTER else "")
    (public / "files/a.pdf").unlink()
    (public / "files/a.pdf").write_bytes(b"forged")
    (public / "files/sub/c.pdf").unlink()
    target = place.opened()
    transfer = Publisher("a@here", check_all=True).publish(target, old, read_holding(target), silent)
    assert sorted(transfer.difference.doubtful) == ["files/a.pdf", "files/sub/c.pdf"]
    assert place.public == edition_tree(old)
    (public / "files/a.pdf").unlink()
    (public / "files/a.pdf").write_bytes(b"forged")
    kept = Publisher("a@here", check_all=True)
    transfer = kept.publish(target, new, read_holding(target), silent)
    assert place.public == edition_tree(new)
    assert wrong_after(target, new, transfer, check_all=True) == ()


def test_a_damaged_public_file_is_seen_afterwards(place: Place, old: Edition) -> None:
    target = place.opened()
    transfer = A.publish(target, old, read_holding(target), silent)
    public = place.root / ("current" if place.layout is Layout.POINTER else "")
    (public / "index.html").unlink()
    assert wrong_after(target, old, transfer, check_all=False) == ("index.html",)


def test_a_site_that_changes_while_it_is_sent_is_refused(place: Place, old: Edition) -> None:
    assert old.folder is not None
    (old.folder / "files/a.pdf").write_bytes(b"replaced meanwhile")
    with pytest.raises(TargetRefused) as refused:
        place.publish(old)
    assert (refused.value.reason, refused.value.detail) == ("site-changed", "files/a.pdf")
    assert place.public == {}


def test_a_signature_goes_with_its_list(place: Place, old: Edition, new: Edition) -> None:
    from msgspec.structs import replace

    place.publish(replace(old, signature=b"old"))
    assert place.public["SHA256SUMS.sig"] == b"old"
    place.publish(new)
    assert "SHA256SUMS.sig" not in place.public
    place.publish(replace(new, signature=b"new"))
    assert place.public["SHA256SUMS.sig"] == b"new"
    A.roll_back(place.opened(), old.digest, silent)
    assert place.public == {**edition_tree(old), "SHA256SUMS.sig": b"old"}


def test_a_target_that_is_set_up_twice_stays_as_it_is(place: Place, old: Edition) -> None:
    place.publish(old)
    with place.opened() as target:
        assert set_up(target) is place.layout
    assert place.public == edition_tree(old)


HOSTILE = ("../outside", "/etc/passwd", "a/../../outside", ".catat/lock", ".CATAT/history.jsonl", "")


def test_what_a_target_says_leads_nobody_out_of_it(tmp_path: Path, old: Edition) -> None:
    """A forged list, state and history name files that are none of the site: they are neither read nor removed."""
    place = Place(tmp_path / "target", Layout.PLAIN)
    place.publish(old)
    outside = tmp_path / "outside"
    outside.write_text("mine", encoding="utf-8")
    digest = "a" * 64
    forged = old.sums + "".join(f"{digest}  {path}\n" for path in HOSTILE).encode()
    (place.root / "SHA256SUMS").write_bytes(forged)
    state = {"phase": "replacing", "digest": "x", "touched": [*HOSTILE, 5, None, "files/a.pdf"]}
    (place.root / target_state.STATE).write_text(json.dumps(state), encoding="utf-8")
    rows = [{"digest": "../../outside"}, {"digest": 5}, [], "x", {"digest": old.digest, "files": "many"}]
    (place.root / target_state.HISTORY).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    holding = read_holding(place.opened())
    assert set(holding.checksums) == set(old.checksums)
    assert holding.doubtful == {"files/a.pdf"}
    assert [each.digest for each in holding.history] == [old.digest]
    place.publish(old)
    assert outside.read_text(encoding="utf-8") == "mine"
    assert place.public == edition_tree(old)


def test_a_link_that_leads_elsewhere_is_no_source_of_files(tmp_path: Path, old: Edition, new: Edition) -> None:
    place = Place(tmp_path / "target", Layout.POINTER)
    place.publish(old)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(place.root / "current/", elsewhere)
    (elsewhere / "files/moved.pdf").write_text("not of the site", encoding="utf-8")
    (place.root / "current").unlink()
    (place.root / "current").symlink_to(elsewhere)
    place.publish(new)
    assert place.public == edition_tree(new)


@pytest.mark.parametrize("folder", target_state.FOLDERS)
def test_a_state_folder_that_is_a_link_is_refused(folder: str, tmp_path: Path, old: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    mine = tmp_path / "mine"
    (mine / "stage").mkdir(parents=True)
    (mine / "photo.jpg").write_text("mine", encoding="utf-8")
    (place.root / folder).parent.mkdir(parents=True, exist_ok=True)
    (place.root / folder).symlink_to(mine)
    with pytest.raises(NotASite):
        place.publish(old)
    assert sorted(each.name for each in mine.iterdir()) == ["photo.jpg", "stage"]


def test_what_lies_in_the_folder_of_the_stages_and_is_none_stays(tmp_path: Path, old: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    (place.root / target_state.STAGES).mkdir(parents=True)
    (place.root / target_state.STAGES / "notes").write_text("mine", encoding="utf-8")
    place.publish(old)
    assert place.stages() == ["notes"]


def test_a_file_of_others_under_an_added_name_is_not_replaced(tmp_path: Path, old: Edition, new: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    place.publish(old)
    (place.root / "lists").mkdir()
    (place.root / "lists/tag.html").write_text("of somebody else", encoding="utf-8")
    with pytest.raises(NotASite, match=r"lists/tag\.html"):
        place.publish(new)
    assert place.public == {**edition_tree(old), "lists/tag.html": b"of somebody else"}


def test_a_publisher_that_is_robbed_while_it_prunes_deletes_nothing(place: Place, old: Edition, new: Edition) -> None:
    """Woken after the commit, it must not delete what the thief needs to bring a version back."""
    place.publish(old)
    few = Publisher("a@here", keep=1)
    robbed: list[int] = []

    def rob(count: int) -> None:
        names = place.root / target_state.HISTORY
        if not robbed and new.digest in names.read_text(encoding="utf-8"):
            robbed.append(count)
            place.age_lease()
            place.publish(old, B)
            place.publish(new, B)

    target = StoppingTarget(place.opened(), before=rob)
    with contextlib.suppress(Lost):
        place.publish(new, few, target)
    assert robbed
    A.roll_back(place.opened(), old.digest, silent)
    assert place.public == edition_tree(old)


def test_a_lease_from_the_future_does_not_block_for_ever(tmp_path: Path, old: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    lock = place.root / target_state.LOCK
    lock.parent.mkdir()
    lock.write_text('{"nonce": "0011223344556677", "by": "x"}', encoding="utf-8")
    with pytest.raises(Busy):
        place.publish(old)
    future = lock.stat().st_mtime + 86_400
    os.utime(lock, (future, future))
    place.publish(old)
    assert place.public == edition_tree(old)


@pytest.mark.parametrize("state", ["[[[[" * 5000, '{"phase": "replacing", "touched": 5}', "5", "null", "\ufeff"])
def test_a_state_that_is_none_is_passed_over(state: str, tmp_path: Path, old: Edition, new: Edition) -> None:
    place = Place(tmp_path / "target", Layout.PLAIN)
    place.publish(old)
    (place.root / target_state.STATE).write_text(state, encoding="utf-8")
    place.publish(new)
    assert place.public == edition_tree(new)
