"""Where the desk keeps its entries, in real browsers: what is refused, full, erased or changed by another tab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import in_chromium, without_storage
from tests.support.desk import ASSESSOR, PORTFOLIO, Opener, Tab
from tests.support.firefox import Firefox, needs_firefox

KEY = f"catat/1/{PORTFOLIO['id']}/TPI:Rahmawati/"
OPEN = """([portfolio, assessor, shared]) => {
    window.heard = [];
    window.desk = catatDesk.store.open(portfolio, assessor, {shared});
    desk.onOther((...each) => heard.push(each));
}"""
SAVE = "([id, entry]) => [desk.save(id, entry), desk.problem()]"
STATE = "() => ({entries: desk.load(), problem: desk.problem(), unsaved: desk.unsaved()})"
STORED = "() => Object.fromEntries(Object.keys(localStorage).map(key => [key, localStorage.getItem(key)]))"
FILL = """() => {
    // In large pieces first and in single characters at last: there is room for no more.
    for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
        for (let at = 0; ; at += 1) {
            try { localStorage.setItem(`fill-${size}-${at}`, "x".repeat(size)); } catch (error) { break; }
        }
    }
    return localStorage.length;
}"""
MAKE_ROOM = """() => Object.keys(localStorage).forEach(key => {
    if (key.startsWith("fill-")) localStorage.removeItem(key);
})"""
HEARD = """count => new Promise((done, give_up) => {
    const until = Date.now() + 20000;
    const look = () => heard.length >= count ? done(heard)
        : Date.now() > until ? give_up(new Error(`heard ${JSON.stringify(heard)}`)) : setTimeout(look, 5);
    look();
})"""


def entry(item: str, note: str = "") -> dict[str, Any]:
    """What the desk keeps of an item, as far as the store looks."""
    return {"item": item, "answer": "Ya", "note": note, "evidence": []}


def begin(tab: Tab, place: str, *, shared: bool = False, **assessor: str) -> None:
    """Open the page and the desk of an assessor."""
    tab.goto(place)
    sit_down(tab, shared=shared, **assessor)


def sit_down(tab: Tab, *, shared: bool = False, **assessor: str) -> None:
    tab.evaluate(OPEN, [PORTFOLIO, {**ASSESSOR, **assessor}, shared])


def entries_of(tab: Tab) -> Any:
    return tab.evaluate("() => desk.load()")


def stored(tab: Tab) -> dict[str, Any]:
    """What this browser keeps of the desk, read."""
    found = tab.evaluate(STORED)
    return {key: json.loads(text) for key, text in found.items() if key.startswith("catat/")}


def test_each_change_is_stored_and_read_back(open_tab: Opener, place: str) -> None:
    first = open_tab()
    begin(first, place)
    assert entries_of(first) == {}
    assert first.evaluate(SAVE, ["A.1", entry("A.1", "satu")]) == [True, ""]
    assert first.evaluate(SAVE, ["A.1", entry("A.1", "dua \u2028 🎉")]) == [True, ""]
    assert first.evaluate(SAVE, ["A.2", entry("A.2")]) == [True, ""]
    assert stored(first) == {f"{KEY}A.1": entry("A.1", "dua \u2028 🎉"), f"{KEY}A.2": entry("A.2")}
    begin(first, place)
    assert entries_of(first) == {"A.1": entry("A.1", "dua \u2028 🎉"), "A.2": entry("A.2")}


def test_a_later_tab_and_another_page_of_the_copy_find_it(open_tab: Opener, place: str) -> None:
    first, second = open_tab(), open_tab()
    begin(first, place)
    first.evaluate(SAVE, ["A.1", entry("A.1")])
    begin(second, place.replace("desk.html", "other.html"))
    assert entries_of(second) == {"A.1": entry("A.1")}


def test_what_the_caller_changes_later_changes_nothing_here(open_tab: Opener, place: str) -> None:
    tab = open_tab()
    begin(tab, place)
    tab.evaluate("() => { window.entry = {note: 'satu'}; desk.save('A.1', entry); }")
    tab.evaluate("() => { entry.note = 'dua'; desk.load()['A.1'].note = 'tiga'; }")
    assert entries_of(tab) == {"A.1": {"note": "satu"}}


def test_assessors_are_kept_apart_whatever_their_names_hold(open_tab: Opener, addresses: dict[str, str]) -> None:
    tab = open_tab()
    names = ("Budi", "Budi/x", "Budi:TPI", "S/O Ra'is \u2028 🎉", "__proto__")
    for name in names:
        begin(tab, f"{addresses['http']}/desk.html", name=name)
        tab.evaluate(SAVE, ["A.1", entry("A.1", name)])
        assert entries_of(tab) == {"A.1": entry("A.1", name)}
    begin(tab, f"{addresses['http']}/desk.html", name="Budi", level="TPN", shared=True)
    tab.evaluate("() => { desk.save('A.1', {note: 'TPN'}); desk.save('A.2', {note: 'TPN'}); }")
    tab.evaluate("() => localStorage.setItem('catat/1/another/TPI:Ani/A.1', '{}')")
    found = tab.evaluate("portfolio => catatDesk.store.assessors(portfolio)", PORTFOLIO)
    by_name = {(each["level"], each["name"], each["items"], each["shared"]) for each in found}
    assert by_name == {*(("TPI", name, 1, False) for name in names), ("TPN", "Budi", 2, True)}


def test_what_no_desk_wrote_is_passed_over(open_tab: Opener, addresses: dict[str, str]) -> None:
    tab = open_tab()
    tab.goto(f"{addresses['http']}/desk.html")
    texts = {"A.1": "{", "A.2": "null", "A.3": "5", "": "{}", "x/A.4": "{}"}
    for id_, text in texts.items():
        tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY + id_, text])
    sit_down(tab)
    assert entries_of(tab) == {}
    assert tab.evaluate(SAVE, ["A.1", entry("A.1")]) == [True, ""]


# Full


def test_where_it_is_full_the_entry_stays_in_memory_until_there_is_room(open_tab: Opener, place: str) -> None:
    tab = open_tab()
    begin(tab, place)
    tab.evaluate(SAVE, ["A.1", entry("A.1")])
    assert tab.evaluate(FILL) > 5
    assert tab.evaluate(SAVE, ["A.1", entry("A.1", "lebih panjang")]) == [False, "full"]
    assert tab.evaluate(SAVE, ["A.2", entry("A.2")]) == [False, "full"]
    in_memory = {"A.1": entry("A.1", "lebih panjang"), "A.2": entry("A.2")}
    assert tab.evaluate(STATE) == {"entries": in_memory, "problem": "full", "unsaved": ["A.1", "A.2"]}
    assert stored(tab) == {f"{KEY}A.1": entry("A.1")}
    tab.evaluate(MAKE_ROOM)
    assert tab.evaluate(SAVE, ["A.3", entry("A.3")]) == [True, ""]
    assert tab.evaluate(STATE) == {"entries": {**in_memory, "A.3": entry("A.3")}, "problem": "", "unsaved": []}
    assert stored(tab) == {f"{KEY}{id_}": each for id_, each in {**in_memory, "A.3": entry("A.3")}.items()}


def test_an_entry_that_has_room_is_saved_though_another_has_none(open_tab: Opener, place: str) -> None:
    tab = open_tab()
    begin(tab, place)
    tab.evaluate(SAVE, ["A.1", entry("A.1", "x" * 100)])
    tab.evaluate(FILL)
    tab.evaluate(SAVE, ["A.2", entry("A.2")])
    assert tab.evaluate(SAVE, ["A.1", entry("A.1", "x" * 99)]) == [True, "full"]
    assert tab.evaluate("() => desk.unsaved()") == ["A.2"]


# Refused


def test_what_is_not_read_back_is_not_saved(open_tab: Opener, addresses: dict[str, str]) -> None:
    tab = open_tab()
    begin(tab, f"{addresses['http']}/desk.html")
    # No browser loses what it was given on demand.
    tab.evaluate("() => { Storage.prototype.setItem = () => {}; }")
    assert tab.evaluate(SAVE, ["A.1", entry("A.1")]) == [False, "refused"]
    assert entries_of(tab) == {"A.1": entry("A.1")}


@pytest.fixture
def sandboxed(addresses: dict[str, str], shared: Path) -> Iterator[str]:
    """The page by a server whose policy gives it no origin, and so no place to store anything."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(shared / "desk" / "site"))

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", "sandbox allow-scripts")
            self.send_header("Access-Control-Allow-Origin", "*")
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/without_policy.html"
    server.shutdown()
    server.server_close()


def kept_in_memory(tab: Tab, place: str) -> None:
    """Fail unless the desk works in memory alone, and says so."""
    for shared in (False, True):
        begin(tab, place, shared=shared)
        assert tab.evaluate(STATE) == {"entries": {}, "problem": "refused", "unsaved": []}
        assert tab.evaluate(SAVE, ["A.1", entry("A.1")]) == [False, "refused"]
        assert tab.evaluate(SAVE, ["A.2", entry("A.2")]) == [False, "refused"]
        assert tab.evaluate(STATE) == {
            "entries": {"A.1": entry("A.1"), "A.2": entry("A.2")},
            "problem": "refused",
            "unsaved": ["A.1", "A.2"],
        }
        assert tab.evaluate("portfolio => catatDesk.store.assessors(portfolio)", PORTFOLIO) == []
        assert tab.evaluate("() => [desk.erase(), desk.load()]") == [True, {}]


def test_where_a_policy_forbids_to_store_entries_stay_in_memory(open_tab: Opener, sandboxed: str) -> None:
    kept_in_memory(open_tab(), sandboxed)


@in_chromium
def test_where_chromium_may_keep_no_cookies_entries_stay_in_memory(
    browser: Browser, addresses: dict[str, str], tmp_path: Path
) -> None:
    with without_storage(browser, tmp_path) as context:
        kept_in_memory(context.new_page(), f"{addresses['http']}/desk.html")


@needs_firefox
def test_where_firefox_may_keep_no_cookies_entries_stay_in_memory(firefox: Firefox, addresses: dict[str, str]) -> None:
    firefox.set_preference("network.cookie.cookieBehavior", 2)
    tab = firefox.new_page()
    kept_in_memory(tab, f"{addresses['http']}/desk.html")
    tab.close()
    firefox.set_preference("network.cookie.cookieBehavior", None)


# Erased


def test_erasing_leaves_nothing_of_this_assessor_and_all_of_others(open_tab: Opener, place: str) -> None:
    tab = open_tab()
    begin(tab, place, name="Budi")
    tab.evaluate(SAVE, ["A.1", entry("A.1")])
    sit_down(tab, shared=True)
    tab.evaluate(SAVE, ["A.1", entry("A.1")])
    sit_down(tab)
    for item in ("A.1", "A.2", "A.3"):
        tab.evaluate(SAVE, [item, entry(item)])
    tab.evaluate("() => localStorage.setItem('lain', '1')")
    assert tab.evaluate("() => [desk.erase(), desk.load(), desk.problem(), sessionStorage.length]") == [True, {}, "", 0]
    assert tab.evaluate("() => Object.keys(localStorage).sort()") == [KEY.replace("Rahmawati", "Budi") + "A.1", "lain"]


def test_erasing_is_done_only_when_it_is_read_back(open_tab: Opener, addresses: dict[str, str]) -> None:
    tab = open_tab()
    begin(tab, f"{addresses['http']}/desk.html")
    tab.evaluate(SAVE, ["A.1", entry("A.1")])
    # No browser fails to remove on demand.
    tab.evaluate("() => { Storage.prototype.removeItem = () => {}; }")
    assert tab.evaluate("() => [desk.erase(), desk.load()]") == [False, {"A.1": entry("A.1")}]


def test_what_another_tab_erased_stays_in_memory_and_is_not_written_again(open_tab: Opener, place: str) -> None:
    first, second = open_tab(), open_tab()
    begin(first, place)
    first.evaluate(SAVE, ["A.1", entry("A.1")])
    begin(second, place)
    entries_of(second)
    assert second.evaluate("() => desk.erase()") is True
    assert first.evaluate(HEARD, 1) == [["A.1", None, entry("A.1")]]
    assert first.evaluate(SAVE, ["A.2", entry("A.2")]) == [False, "erased"]
    kept = {"A.1": entry("A.1"), "A.2": entry("A.2")}
    assert first.evaluate("() => [desk.load(), desk.problem()]") == [kept, "erased"]
    assert stored(first) == {}
    # To go on, the desk is opened anew.
    first.evaluate("() => { window.kept = desk.load(); }")
    sit_down(first)
    assert first.evaluate("() => Object.keys(kept).map(id => desk.save(id, kept[id]))") == [True, True]
    assert stored(first) == {f"{KEY}{id_}": each for id_, each in kept.items()}


def test_what_the_browser_erased_without_a_word_is_noticed_when_saved(open_tab: Opener, place: str) -> None:
    tab = open_tab()
    begin(tab, place)
    tab.evaluate(SAVE, ["A.1", entry("A.1")])
    tab.evaluate("() => localStorage.clear()")
    assert tab.evaluate(SAVE, ["A.1", entry("A.1")]) == [False, "erased"]
    assert tab.evaluate("() => [desk.load(), desk.problem()]") == [{"A.1": entry("A.1")}, "erased"]


def test_all_that_another_tab_clears_is_told_once(open_tab: Opener, place: str) -> None:
    first, second = open_tab(), open_tab()
    begin(first, place)
    first.evaluate(SAVE, ["A.1", entry("A.1")])
    second.goto(place)
    second.evaluate("() => localStorage.clear()")
    assert first.evaluate(HEARD, 1) == [["", None, None]]
    assert first.evaluate("() => [desk.load(), desk.problem()]") == [{"A.1": entry("A.1")}, "erased"]


# Two tabs


def two_tabs(open_tab: Opener, place: str) -> tuple[Tab, Tab]:
    """Open the desk in two tabs, each of which has read what is stored, as the desk does: from then on it hears."""
    tabs = open_tab(), open_tab()
    for tab in tabs:
        begin(tab, place)
        assert entries_of(tab) == {}
    return tabs


def test_two_tabs_on_two_items_lose_nothing(open_tab: Opener, place: str) -> None:
    first, second = two_tabs(open_tab, place)
    for round_ in range(5):
        first.evaluate(SAVE, ["A.1", entry("A.1", f"pertama {round_}")])
        second.evaluate(SAVE, ["A.2", entry("A.2", f"kedua {round_}")])
    assert first.evaluate(HEARD, 5)[-1] == ["A.2", entry("A.2", "kedua 4"), None]
    assert second.evaluate(HEARD, 5)[-1] == ["A.1", entry("A.1", "pertama 4"), None]
    both = {"A.1": entry("A.1", "pertama 4"), "A.2": entry("A.2", "kedua 4")}
    for tab in (first, second):
        assert tab.evaluate(STATE) == {"entries": both, "problem": "", "unsaved": []}


def test_two_tabs_on_one_item_follow_each_other(open_tab: Opener, place: str) -> None:
    first, second = two_tabs(open_tab, place)
    first.evaluate(SAVE, ["A.1", entry("A.1", "satu")])
    assert second.evaluate(HEARD, 1) == [["A.1", entry("A.1", "satu"), None]]
    second.evaluate(SAVE, ["A.1", entry("A.1", "dua")])
    assert first.evaluate(HEARD, 1) == [["A.1", entry("A.1", "dua"), None]]
    for tab in (first, second):
        assert tab.evaluate(STATE) == {"entries": {"A.1": entry("A.1", "dua")}, "problem": "", "unsaved": []}


# A frame stands for the other tab where both have to write in one instant.
WITH_FRAME = """([address, portfolio, assessor]) => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.src = address;
    frame.onload = () => {
        window.other = frame.contentWindow.catatDesk.store.open(portfolio, assessor);
        window.otherTold = [];
        other.onOther((...each) => otherTold.push(each));
        done();
    };
    document.documentElement.append(frame);
})"""


@pytest.fixture
def crossing(open_tab: Opener, addresses: dict[str, str]) -> Tab:
    """A tab with a second desk of the same assessor, which is another page to the browser."""
    tab = open_tab()
    begin(tab, f"{addresses['http']}/desk.html")
    tab.evaluate(WITH_FRAME, ["other.html", PORTFOLIO, ASSESSOR])
    return tab


def test_both_entries_are_told_where_two_tabs_crossed_on_one_item(crossing: Tab) -> None:
    theirs, ours = entry("A.1", "mereka"), entry("A.1", "kita")
    both = "([theirs, ours]) => [other.save('A.1', theirs), desk.save('A.1', ours)]"
    assert crossing.evaluate(both, [theirs, ours]) == [True, True]
    assert crossing.evaluate(HEARD, 1) == [["A.1", theirs, ours]]
    assert crossing.evaluate(STATE) == {"entries": {"A.1": ours}, "problem": "", "unsaved": []}
    assert crossing.evaluate("() => [otherTold, other.load()]") == [[["A.1", ours, None]], {"A.1": ours}]


def test_what_is_not_saved_here_never_writes_over_another_tab_by_itself(crossing: Tab) -> None:
    theirs, ours = entry("A.1", "mereka"), entry("A.1", "kita " * 99)
    crossing.evaluate(SAVE, ["A.1", entry("A.1", "x" * 99)])
    crossing.evaluate("() => other.load()")
    crossing.evaluate(FILL)
    assert crossing.evaluate(SAVE, ["A.1", ours]) == [False, "full"]
    assert crossing.evaluate("theirs => other.save('A.1', theirs)", theirs) is True
    assert crossing.evaluate(HEARD, 1) == [["A.1", theirs, ours]]
    crossing.evaluate(MAKE_ROOM)
    assert crossing.evaluate(SAVE, ["A.2", entry("A.2")])[0] is True
    assert stored(crossing)[f"{KEY}A.1"] == theirs
    assert crossing.evaluate("() => [desk.unsaved(), desk.load()['A.1']]") == [["A.1"], ours]
    # What somebody chose to write is tried again like anything else.
    crossing.evaluate(FILL)
    assert crossing.evaluate(SAVE, ["A.1", ours]) == [False, "full"]
    crossing.evaluate(MAKE_ROOM)
    assert crossing.evaluate(SAVE, ["A.3", entry("A.3")]) == [True, ""]
    assert stored(crossing)[f"{KEY}A.1"] == ours


# A shared computer


def test_on_a_shared_computer_it_is_kept_for_this_tab_only(open_tab: Opener, place: str) -> None:
    first, second = open_tab(), open_tab()
    begin(first, place, shared=True)
    assert first.evaluate(SAVE, ["A.1", entry("A.1")]) == [True, ""]
    assert first.evaluate("() => localStorage.length") == 0
    begin(first, place, shared=True)
    assert entries_of(first) == {"A.1": entry("A.1")}
    for shared in (True, False):
        begin(second, place, shared=shared)
        assert entries_of(second) == {}
    assert first.evaluate("() => [desk.erase(), sessionStorage.length]") == [True, 0]
