"""Search: what the index holds, and what somebody finds with it in a real Chromium, from the disk and over http."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.site.search import scripts
from generator.site.search.entries import LazyText, SearchEntry, digest
from generator.site.search.index import FEWEST, MOST, blocks, index_files, join
from generator.site.search.numbers import FINAL, MORE, written
from generator.site.search.segments import OFTEN, segment
from generator.site.search.tokens import LONGEST, spellings, stemmer, tokens
from tests.benchmarks import prose
from tests.benchmarks.search_speed import entries as many_entries
from tests.conftest import SAMPLE
from tests.support.chromium import in_chromium, show, violations
from tests.support.search_site import KINDS, TYPES, loaded, served, write_site

HOSTILE = (
    "</script><script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\"> \"quoted\" 'single' \\ back\\slash `tick` ${x}",
    "baris\u2028pisah\u2029paragraf",
    "surogat \ud800 tunggal \udfff",
    "rapat 🎉 keluarga 👨‍👩‍👧",
    "اجتماع فريق العمل",
    "__proto__ constructor hasOwnProperty toString",
)


BEFORE = ("di", "ke", "me", "mem", "men", "meng", "meny", "pem", "pen", "peng", "peny", "ter", "be", "ber", "bel", "per",
          "memper", "diper", "keber", "se")  # fmt: skip
AFTER = ("kah", "lah", "pun", "nya", "ku", "mu", "i", "an", "kan", "kannya", "annya", "kanlah", "s", "ed", "ing", "ly",
         "ness", "ation")  # fmt: skip


PLAIN_PAGE = "<!DOCTYPE html><title>x</title><link rel=icon href=../assets/icon.svg><p>Hasil"


def entry(title: str, **changed: object) -> SearchEntry:
    plain = SearchEntry("record", title, "records/x.html", "", "", (), (), "", "", (), "")
    return replace(plain, **changed)  # type: ignore[arg-type]


# The index


def called(content: bytes) -> list[object]:
    """Return what a script hands over."""
    match = re.fullmatch(r"catatSearch\.\w+\((.*)\);\n", content.decode("ascii"), re.DOTALL)
    assert match
    return json.loads(f"[{match[1]}]")  # type: ignore[no-any-return]


def numbers(text: str) -> Iterator[int]:
    before = 0
    for digit in text:
        if digit in MORE:
            before = before * len(MORE) + MORE.index(digit) + 1
        else:
            yield before * len(FINAL) + FINAL.index(digit)
            before = 0


def decoded(files: dict[str, bytes]) -> dict[str, dict[int, int]]:
    """Read the postings back: for each stem, the level of each entry."""
    found: dict[str, dict[int, int]] = {}
    for path, content in files.items():
        if path.startswith("search/stems-"):
            _, stems, lists = called(content)
            for stem, text in zip(str(stems).split(" "), str(lists).split(" "), strict=True):
                place, levels = -1, {}
                for number in numbers(text):
                    place += number // 4 + 1
                    levels[place] = number % 4
                assert stem not in found
                found[stem] = levels
    return found


def expected(entries: list[SearchEntry]) -> dict[str, dict[int, int]]:
    stem = stemmer("id")
    found: dict[str, dict[int, int]] = {}
    for number, each in enumerate(entries):
        assert isinstance(each.body, str)

        def stems(*texts: str) -> Counter[str]:
            words = (set(map(stem, spellings(token))) for text in texts for token in tokens(text))
            return Counter(word for several in words for word in several)

        levels = {word: int(times >= OFTEN) for word, times in stems(each.body, each.context).items()}
        levels |= dict.fromkeys(stems(*each.words, each.year, each.day), 2)
        levels |= dict.fromkeys(stems(each.title), 3)
        for word, level in levels.items():
            found.setdefault(word, {})[number] = level
    return found


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["rapat", "pelayanan", "melayani", "A.I.1.i.a", "notulen.pdf", "2023", "Café", "ﬁle", "x.y.z"]),
        st.text(max_size=12),
    ),
    max_size=12,
).map(" ".join)
ENTRIES = st.lists(
    st.builds(
        entry,
        TEXTS,
        context=TEXTS,
        body=TEXTS,
        year=st.sampled_from(["", "2023"]),
        words=st.lists(TEXTS, max_size=2).map(tuple),
    ),
    max_size=80,
)


@given(ENTRIES)
def test_what_the_index_encodes_decodes_to_the_same_postings(entries: list[SearchEntry]) -> None:
    files = index_files(iter(entries), language="id")
    assert decoded(files) == expected(entries)


@given(ENTRIES)
def test_every_word_stands_in_exactly_one_shard_and_the_directory_leads_to_it(entries: list[SearchEntry]) -> None:
    files = index_files(entries, language="id")
    start = called(files["search/start.js"])[0]
    assert isinstance(start, dict)
    for kind in ("stems", "words"):
        shards = [str(called(files[f"search/{kind}-{n}.js"])[1]).split(" ") for n in range(len(start[kind].split()))]
        if kind == "words":
            shards = [[rated[:-1] for rated in shard] for shard in shards]
        assert [shard[0] for shard in shards] == start[kind].split()
        flat = [word for shard in shards for word in shard]
        assert len(set(flat)) == len(flat)
        assert flat == sorted(flat, key=lambda word: word.encode("utf-16-be"))


@given(st.lists(st.integers(min_value=0, max_value=10**9)))
def test_numbers_read_back(values: list[int]) -> None:
    assert list(numbers("".join(map(written, values)))) == values


def test_two_builds_give_the_same_bytes_and_the_start_names_them() -> None:
    one, other = (index_files(many_entries(count, count), language="id") for count in (40, 40))
    assert list(one.items()) == list(other.items())
    *others, start = one.values()
    assert called(start)[0]["version"] == hashlib.sha256(b"".join(others)).hexdigest()[:12]  # type: ignore[index]


def test_an_empty_site_has_a_start_and_nothing_else() -> None:
    assert list(index_files((), language="en")) == ["search/start.js"]


def test_entries_without_words_are_there() -> None:
    files = index_files([entry(""), entry("")], language="id")
    assert called(files["search/entries-0.js"])[1] == [["", "records/x.html", "", ""]] * 2
    assert decoded(files) == {}


# Blocks


@cache
def indexed() -> tuple[SearchEntry, ...]:
    """Entries for several blocks, with short texts."""
    return tuple(
        replace(each, title=f"Judul {number}", body=str(each.body)[-30:], kind="document" if number % 3 else "record")
        for number, each in enumerate(many_entries(150, 450))
    )


def edited(entries: tuple[SearchEntry, ...], chance: Random) -> tuple[SearchEntry, ...]:
    """Return entries after one edit: a word more, an entry less, or an entry more."""
    place = chance.randrange(len(entries))
    before, each, after = entries[:place], entries[place], entries[place + 1 :]
    change = chance.choice(("word", "less", "more"))
    if change == "less":
        return before + after
    word = "".join(chance.choices("aiueobdgk", k=5))
    if change == "word":
        return (*before, replace(each, body=f"{each.body} {word}"), *after)
    return (*before, replace(each, address=f"records/{word}.html", title=word), each, *after)


@pytest.mark.parametrize("seed", range(4))
def test_any_history_of_edits_gives_the_index_of_a_clean_build_and_makes_few_segments_anew(seed: int) -> None:
    chance, entries = Random(seed), indexed()
    kept = {digest(block): segment(block, "id") for block in blocks(entries)}
    for _ in range(12):
        entries = edited(entries, chance)
        new = {digest(block): block for block in blocks(entries) if digest(block) not in kept}
        assert len(new) <= 3
        kept |= {key: segment(block, "id") for key, block in new.items()}
    files = join(kept[digest(block)] for block in blocks(entries))
    assert files == index_files(entries, language="id")
    assert decoded(files) == expected(list(entries))


def test_blocks_keep_order_and_limits() -> None:
    several = list(blocks(indexed()))
    assert tuple(each for block in several for each in block) == indexed()
    assert all(FEWEST <= len(block) <= MOST for block in several[:-1])
    assert [len(block) for block in blocks([entry("x", address="1")] * 300)] == [MOST, MOST, 300 - 2 * MOST]


def test_a_segment_does_not_depend_on_what_the_process_indexed_before() -> None:
    first, *others = blocks(indexed())
    made = segment(first, "id")
    for block in others:
        segment(block, "id")
    segment([entry("melayani pelayanan")], "en")
    assert segment(first, "id") == made


def test_one_word_more_changes_the_files_of_its_block_and_of_its_own_words_alone() -> None:
    entries = tuple(many_entries(300, 900))
    before = index_files(entries, language="id")
    after = index_files((replace(entries[0], body=f"{entries[0].body} kuqibon"), *entries[1:]), language="id")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert len(before) > 50
    assert {path.split("-")[0] for path in changed} == {"search/start.js", "search/stems", "search/words"}
    assert len(changed) <= 5


def test_one_word_more_hardly_moves_the_cuts_between_files_of_words() -> None:
    chance = Random(5)
    words = ["".join(chance.choices("abdegiklmnoprstu", k=8)) for _ in range(20_010)]
    entries = [entry("x", address=f"{n}", body=" ".join(words[n * 50 : n * 50 + 50])) for n in range(400)]
    *others, last = blocks(entries)
    kept = [segment(block, "id") for block in others]

    def firsts(*more: str) -> set[str]:
        start = called(join([*kept, segment((*last, entry(" ".join(more))), "id")])["search/start.js"])[0]
        return set(str(start["words"]).split(" "))  # type: ignore[index]

    before = firsts()
    assert len(before) > 5
    assert sum(firsts(word) == before for word in words[-10:]) >= 8


LETTERHEAD = "Pemerintah Kabupaten Contoh Dinas Kependudukan Jalan Merdeka 1 "


def test_what_documents_of_a_block_begin_with_in_common_is_not_shown() -> None:
    texts = ("notulen rapat tim kerja zona integritas", "daftar hadir peserta pelatihan petugas loket")
    found = [entry(f"D{n}", kind="document", body=LETTERHEAD + text) for n, text in enumerate(texts)]
    found += [entry("R", body=LETTERHEAD + "sebuah kegiatan"), entry("L", kind="document", body="Laporan yang lain")]
    rows = called(index_files(found, language="id")["search/entries-0.js"])[1]
    assert [row[3] for row in rows] == [*texts, f"{LETTERHEAD}sebuah kegiatan", "Laporan yang lain"]  # type: ignore[attr-defined]


def test_a_document_that_is_there_twice_shows_its_text() -> None:
    found = [entry("D", kind="document", address=f"{n}", body=f"{LETTERHEAD}notulen") for n in range(2)]
    rows = called(index_files(found, language="id")["search/entries-0.js"])[1]
    assert [row[3] for row in rows] == [f"{LETTERHEAD}notulen"] * 2  # type: ignore[attr-defined]


def test_entries_are_known_without_their_texts_being_read() -> None:
    read: list[str] = []

    def lazy(text: str) -> LazyText:
        return LazyText(f"versi {text}", lambda: read.append(text) or text)  # type: ignore[func-returns-value]

    one, same, other = (digest([entry("x", body=lazy(text))]) for text in ("a", "a", "b"))
    assert one == same != other
    assert read == []
    assert segment([entry("x", body=lazy("isi"))], "id") == segment([entry("x", body="isi")], "id")
    assert read == ["isi"]


def test_no_file_is_longer_than_a_hundred_thousand_characters() -> None:
    files = index_files(many_entries(300, 900), language="id")
    assert max(map(len, files.values())) < 100_000


def test_words_as_people_and_pdf_files_write_them() -> None:
    assert tokens("Rapat-kerja (ke-2), TIM_zi: “Jum'at”") == [
        "rapat",
        "kerja",
        "ke",
        "2",
        "tim",
        "zi",
        "jum",
        "at",
    ]
    assert tokens("pela\u00adyanan pelak\u0002\r\nsanaan e\ufb01sien") == ["pelayanan", "pelaksanaan", "efisien"]
    assert spellings("a.i.1.ii.c") == ("a.i", "a.i.1", "a.i.1.ii", "a.i.1.ii.c", "ii")
    assert spellings("notulen.pdf") == ("notulen", "pdf")
    assert spellings("café") == ("café", "cafe")
    assert len(spellings("f" * 64)[0]) == LONGEST
    assert len(spellings(".".join("1" * 500))) == 1


@pytest.mark.parametrize(
    ("word", "found_by"),
    [
        ("antigratifikasi", ("antigratifikasi", "anti", "gratifikasi")),
        ("antisuap", ("antisuap", "anti", "suap")),
        ("nonaktif", ("nonaktif", "non", "aktif")),
        ("pascabencana", ("pascabencana", "pasca", "bencana")),
        ("prasarana", ("prasarana", "pra", "sarana")),
        ("antarlembaga", ("antarlembaga", "antar", "lembaga")),
        ("multimedia", ("multimedia", "multi", "media")),
        ("swadaya", ("swadaya",)),
        ("subbagian", ("subbagian", "sub", "bagian")),
        ("pratama", ("pratama",)),
        ("swasta", ("swasta",)),
        ("antik", ("antik",)),
    ],
)
def test_a_word_with_a_bound_form_before_it_is_found_by_both_parts(word: str, found_by: tuple[str, ...]) -> None:
    assert spellings(word) == found_by


# The browser


@cache
def small() -> list[SearchEntry]:
    """A thousand entries, and some that tests look for by name."""
    chance = Random(7)
    found = [
        entry("Survei melayani dengan senyum", address="records/senyum.html", words=("A.I.1.ii.c",), areas=(3,)),
        entry("A.I.1.i.a Butir tentang tim", kind="item", address="items/A.I.1.i.a.html", areas=(1, 2)),
        entry(
            "Kunjungan ke Café Kopi",
            body="Zebra berjalan. " * 9,
            day="2023-02-01",
            year="2023",
            context="1 Februari 2023",
        ),
        entry("Daftar hadir kampanye antigratifikasi", address="records/kampanye.html"),
        entry("Perjanjian kerjasama zoologi", address="records/kerjasama.html"),
        *(entry(title, address=f"records/hostile-{n}.html", body=title) for n, title in enumerate(HOSTILE)),
    ]
    for number in range(1000):
        kind = chance.choice(("record", "document", "document"))
        year = chance.choice(("2021", "2022", "2023"))
        found.append(
            SearchEntry(
                kind=kind,
                title=prose.title(chance),
                address=f"{kind}s/{number}.html",
                context=f"Kegiatan {number}",
                day=f"{year}-05-01",
                areas=tuple(sorted(chance.sample(range(1, 7), chance.randint(1, 2)))),
                types=(chance.choice(TYPES),) if kind == "document" else (),
                year=year,
                state=chance.choice(("met", "unmet", "unknown")),
                words=(f"berkas-{number}.pdf",),
                body=" ".join(prose.lines(chance, 3)),
            )
        )
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("www") / "unit"
    write_site(out, index_files(small(), language="id").items(), language="id")
    (out / "records").mkdir()
    (out / "items").mkdir()
    for each in ("records/senyum", "records/hostile-0", "items/A.I.1.i.a"):
        (out / f"{each}.html").write_text(PLAIN_PAGE, "utf-8")
    return out


@pytest.fixture(scope="module", params=["file", "http"])
def base(site: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "file":
        yield f"file://{site}/search.html"
    else:
        with served(site) as address:
            yield f"{address}/search.html"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose every complaint fails the test."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("requestfailed", lambda r: complaints.append(r.url) if r.failure != "net::ERR_ABORTED" else None)
    opened.on(
        "request", lambda r: complaints.append(r.url) if not r.url.startswith(("file://", "http://127.0.0.1")) else None
    )
    yield opened
    opened.close()
    assert complaints == []


def ready(page: Page) -> None:
    """Wait for the results of the newest search; by a selector, for the page's policy forbids the other way."""
    page.wait_for_selector(".results[aria-busy=false]", state="attached")


def typed(page: Page, text: str) -> int:
    """Type into an open page, wait for the results, return how many it tells."""
    page.fill("#query", text)
    ready(page)
    told = page.inner_text(".search [role=status]")
    return int(told.split()[0].replace(".", "")) if told[:1].isdigit() else 0


def opened(page: Page, address: str) -> None:
    page.goto(address)
    ready(page)


def titles(page: Page) -> list[str]:
    return page.locator(".results a").all_inner_texts()


@cache
def stems_of_small() -> list[set[str]]:
    """Return the stems of each of the thousand entries."""
    stem = stemmer("id")

    def stems(each: SearchEntry) -> set[str]:
        text = "\n".join((each.title, each.context, str(each.body), *each.words, each.day, each.year))
        return {stem(word) for token in tokens(text) for word in spellings(token)}

    return [stems(each) for each in small()]


def plain(words: list[str]) -> list[SearchEntry]:
    """Find entries that have all stems, without an index."""
    wanted = set(map(stemmer("id"), words))
    return [each for each, stems in zip(small(), stems_of_small(), strict=True) if wanted <= stems]


@cache
def generated_words() -> list[str]:
    """Return the words of the sample portfolio, and forms of them with affixes."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(SAMPLE.rglob("*.md")))
    known = sorted({word for word in tokens(text) if word.isalpha() and word.isascii()})
    chance = Random(3)
    made = {chance.choice(BEFORE) + word + chance.choice([*AFTER, ""]) for word in known for _ in range(3)}
    return sorted({*known, *made, *(word + chance.choice(AFTER) for word in known), "internal", "internals"})


class TestBothSides:
    pytestmark = in_chromium

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_the_stemmers_of_both_languages_agree(self, page: Page, language: str) -> None:
        words = generated_words()
        assert len(words) > 5000
        page.goto("about:blank")
        for source in scripts.assets(language).values():
            page.evaluate(source.decode())
        name = {"id": "IndonesianStemmer", "en": "EnglishStemmer"}[language]
        stems = page.evaluate(f"words => words.map(word => new {name}().stemWord(word))", words)
        assert stems == list(map(stemmer(language), words))

    def test_both_cut_texts_into_the_same_words(self, page: Page, base: str) -> None:
        opened(page, base)
        texts = [*HOSTILE, "A.I.1.i.a, notulen.pdf; e\ufb01sien pela\u00adyanan pelak\u0002\n sanaan", "ǅ İ ß Σς ½ ² ١٢ ①",
                 "हिन्दी ไทย 日本語 한국어 кафе́ A\u0301 a\u0328", "..a..b.c. 1.234,56 x_y"]  # fmt: skip
        assert page.evaluate("texts => texts.map(catatSearch.tokens)", texts) == [tokens(text) for text in texts]


class TestFinding:
    pytestmark = in_chromium

    def test_a_word_is_found_in_its_other_forms(self, page: Page, base: str) -> None:
        opened(page, base)
        assert typed(page, "pelayanan ") == len(plain(["melayani"])) > 100
        assert typed(page, "pelayan senyum") == 1
        assert titles(page) == ["Survei melayani dengan senyum"]
        assert page.locator(".results mark").all_inner_texts() == ["melayani", "senyum"]

    @pytest.mark.parametrize(
        "asked", ["gratifikasi kampanye", "anti gratifikasi", "antigratifikasi", "anti-gratifikasi "]
    )
    def test_a_campaign_against_gratuities_is_found_however_it_is_written(
        self, page: Page, base: str, asked: str
    ) -> None:
        opened(page, base)
        assert typed(page, asked) == 1
        assert titles(page) == ["Daftar hadir kampanye antigratifikasi"]
        assert "antigratifikasi" in page.locator(".results a mark").all_inner_texts()

    def test_words_are_found_joined_where_they_were_typed_apart_and_offered_apart_where_they_were_typed_joined(
        self, page: Page, base: str
    ) -> None:
        opened(page, base)
        assert typed(page, "kerja sama zoologi ") == 1
        assert titles(page) == ["Perjanjian kerjasama zoologi"]
        assert typed(page, "kunjunganzebra ") == 0
        assert page.inner_text(".hint a") == "kunjungan zebra"

    @pytest.mark.parametrize(
        "day", ["1 feb 2023", "1 Feb 2023 ", "1 Februari 2023", "1/2/2023", "1-2-2023", "01/02/2023"]
    )
    def test_a_day_is_found_as_people_write_it(self, page: Page, base: str, day: str) -> None:
        opened(page, base)
        typed(page, f"kunjungan {day}")
        assert titles(page) == ["Kunjungan ke Café Kopi"]

    def test_enter_opens_the_first_result(self, page: Page, base: str) -> None:
        opened(page, base)
        typed(page, "senyum")
        page.keyboard.press("Enter")
        page.wait_for_url("**/records/senyum.html")

    def test_enter_waits_for_the_results(self, page: Page, base: str) -> None:
        opened(page, base)
        page.keyboard.type("melayani senyum")
        page.keyboard.press("Enter")
        page.wait_for_url("**/records/senyum.html")

    def test_a_code_that_another_page_asks_for_is_opened_at_once_and_other_words_are_not(
        self, page: Page, base: str
    ) -> None:
        page.goto(base.replace("search.html", "records/senyum.html"))
        page.goto(f"{base}#q=a.i.1.i.a&go=1")
        page.wait_for_url("**/items/A.I.1.i.a.html")
        page.go_back()
        page.wait_for_url("**/records/senyum.html")
        opened(page, f"{base}#q=a.i.1&go=1")
        assert len(titles(page)) == 2

    def test_nothing_on_the_page_moves_while_it_loads(self, page: Page, base: str) -> None:
        show(page, 1280, "light")
        for state in ("", "#q=rapat&area=3"):
            page.goto("about:blank")
            opened(page, base + state)
            shift = page.evaluate(
                "() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()"
                ".reduce((sum, each) => sum + each.value, 0))).observe({type: 'layout-shift', buffered: true})"
                " || setTimeout(() => done(0), 300))"
            )
            assert shift < 0.01, state

    def test_all_words_have_to_be_there(self, page: Page, base: str) -> None:
        opened(page, base)
        words = ["rapat", "pengaduan", "dokumen"]
        assert typed(page, " ".join(words) + " ") == len(plain(words)) > 0
        assert typed(page, "rapat zebra ") == 0

    def test_any_two_words_find_what_a_search_without_an_index_finds(self, page: Page, base: str) -> None:
        opened(page, base)
        chance = Random(11)
        words = sorted({word for each in small() for word in tokens(f"{each.title} {each.body}") if word.isalpha()})
        for asked in (chance.sample(words, 2) for _ in range(6)):
            assert typed(page, " ".join(asked) + " ") == len(plain(asked)), asked

    def test_a_word_is_found_while_it_is_typed(self, page: Page, base: str) -> None:
        opened(page, base)
        for beginning in ("zeb", "zebr", "zebra", "kunjungan zeb", "ZEB"):
            assert typed(page, beginning) == 1, beginning
        assert typed(page, "zeb ") == 0

    @pytest.mark.parametrize("code", ["A.I.1.i.a", "a.i.1.i.a", "a.i.1.i", "A.I.1.i."])
    def test_an_item_is_found_by_its_code_and_by_its_beginning(self, page: Page, base: str, code: str) -> None:
        opened(page, base)
        assert typed(page, code) >= 1
        assert "A.I.1.i.a Butir tentang tim" in titles(page)
        assert typed(page, "a.i.1") == 2

    def test_file_names_years_and_words_without_their_accents_are_found(self, page: Page, base: str) -> None:
        opened(page, base)
        assert typed(page, "berkas-17.pdf ") == 1
        assert typed(page, "cafe ") == typed(page, "café ") == typed(page, "CAFE\u0301 ") == 1
        assert typed(page, "2023 ") == len(plain(["2023"]))
        assert typed(page, "2023-02-01 ") == 1

    def test_a_slip_is_answered_with_a_word_that_is_there(self, page: Page, base: str) -> None:
        opened(page, base)
        for slip in ("pengadaun", "penggaduan", "pengaduam", "engaduan"):
            assert typed(page, f"{slip} rapat ") == 0
            assert page.inner_text(".hint a") == "pengaduan rapat", slip
        page.click(".hint a")
        expect(page.locator(".results a").first).to_be_visible()
        assert page.input_value("#query") == "pengaduan rapat"
        assert not page.locator(".hint").is_visible()

    def test_a_title_counts_for_more_than_a_text(self, page: Page, base: str) -> None:
        opened(page, base)
        typed(page, "sosialisasi ")
        assert all("sosialisasi" in title.lower() for title in titles(page))

    def test_hostile_titles_are_shown_as_they_are_typed(self, page: Page, base: str) -> None:
        opened(page, base)
        before = page.title()
        for number, title in enumerate(HOSTILE):
            words = tokens(title)[:3]
            assert typed(page, " ".join(words) + " ") >= 1, title
            link = page.locator(f".results a[href='records/hostile-{number}.html']")
            assert link.evaluate("link => link.textContent") == title
        assert page.title() == before
        assert page.locator(".results img, .results script").count() == 0
        for odd in ("constructor ", "__proto__ ", "\ud800", "\\", '"', "'", "%", "a" * 5000, "🎉"):
            typed(page, odd)


class TestNarrowing:
    pytestmark = in_chromium

    @pytest.mark.parametrize(
        ("query", "choices"),
        [
            ("", {"kind": ["document"], "area": ["3"]}),
            ("rapat ", {}),
            ("rapat ", {"area": ["3", "4"], "type": ["sk", "notulen"]}),
            ("pelayanan ", {"year": ["2022"], "state": ["met"], "kind": ["record", "document"]}),
        ],
    )
    def test_counts_are_those_of_the_entries_that_all_other_choices_leave(
        self, page: Page, base: str, query: str, choices: dict[str, list[str]]
    ) -> None:
        opened(page, f"{base}#{urlencode({'q': query, **choices}, doseq=True)}")
        if query:  # the address keeps no blank at the end, which says that a word is complete
            typed(page, query)
        matches = plain(query.split())
        told = page.inner_text(".search [role=status]")
        left = [each for each in matches if passes(each, choices)]
        assert told == (f"{len(left)} hasil" if len(left) < 1000 else f"{len(left):,} hasil".replace(",", "."))
        shown = page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('.search input[type=checkbox]')].map(box => "
            "[`${box.name}=${box.value}`, Number(box.closest('li').querySelector('.count').textContent.replace('.', ''))]))"
        )
        for key, count in shown.items():
            name, value = key.split("=")
            others = {other: values for other, values in choices.items() if other != name} | {name: [value]}
            assert count == sum(passes(each, others) for each in matches), key

    def test_an_empty_query_without_a_choice_counts_all_and_lists_nothing(self, page: Page, base: str) -> None:
        opened(page, base)
        assert titles(page) == []
        assert page.inner_text(".search [role=status]") == ""
        assert page.locator("li", has=page.locator("input[value=item]")).locator(".count").inner_text() == "1"

    def test_choices_can_be_made_sorted_and_taken_back(self, page: Page, base: str) -> None:
        opened(page, base)
        page.check("input[name=year][value='2022']")
        ready(page)
        newest = [each for each in small() if each.year == "2022"]
        assert titles(page) == [each.title for each in newest[:20]]
        page.select_option("select[name=sort]", "oldest")
        ready(page)
        assert titles(page) == [each.title for each in newest[::-1][:20]]
        page.click(".clear")
        ready(page)
        assert titles(page) == []
        assert page.locator("#query").evaluate("input => input === document.activeElement")


def passes(each: SearchEntry, choices: dict[str, list[str]]) -> bool:
    values = {
        "kind": {each.kind},
        "area": set(map(str, each.areas)),
        "type": set(each.types),
        "year": {each.year},
        "state": {each.state},
    }
    return all(values[name] & set(chosen) for name, chosen in choices.items())


class TestThePage:
    pytestmark = in_chromium

    def test_going_back_from_a_result_finds_everything_as_it_was(self, page: Page, base: str) -> None:
        opened(page, base)
        typed(page, "rapat")
        page.check("input[name=area][value='3']")
        for count in (40, 60):
            page.click(".more")
            expect(page.locator(".results a")).to_have_count(count)
        before = titles(page)
        page.evaluate(
            "document.querySelector('.results li:nth-child(50) a').setAttribute('href', 'records/senyum.html')"
        )
        link = page.locator(".results li:nth-child(50) a")
        link.scroll_into_view_if_needed()
        top = page.evaluate("scrollY")
        assert top > 1000
        link.click()
        page.wait_for_url("**/senyum.html")
        page.go_back()
        expect(page.locator(".results a")).to_have_count(60)
        assert page.input_value("#query") == "rapat"
        assert page.is_checked("input[name=area][value='3']")
        assert titles(page) == before
        assert abs(page.evaluate("scrollY") - top) <= 1
        assert page.evaluate("location.hash") == "#q=rapat&area=3&n=60"

    def test_the_keyboard_leads_into_the_results_and_out_again(self, page: Page, base: str) -> None:
        opened(page, base)
        assert page.locator("#query").evaluate("input => input === document.activeElement")
        typed(page, "rapat")
        focused = "[...document.querySelectorAll('.results a')].indexOf(document.activeElement)"
        for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0)):
            page.keyboard.press(key)
            assert page.evaluate(focused) == place
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "query"
        assert page.input_value("#query") == "rapat"
        page.keyboard.press("Escape")
        ready(page)
        assert page.input_value("#query") == ""
        assert titles(page) == []

    def test_the_link_to_the_content_is_no_query(self, page: Page, base: str) -> None:
        opened(page, f"{base}#q=zebra")
        page.evaluate("document.querySelector('a.skip').click()")
        page.wait_for_url("**#main")
        assert page.input_value("#query") == "zebra"
        assert len(titles(page)) == 1

    def test_a_shard_that_is_missing_is_told(self, browser: Browser, tmp_path: Path) -> None:
        write_site(tmp_path, index_files(small()[:3], language="id").items(), language="id")
        (tmp_path / "search/stems-0.js").unlink()
        page = browser.new_page()
        page.goto(f"file://{tmp_path}/search.html")
        page.fill("#query", "zebra")
        expect(page.locator(".search [role=status]")).to_contain_text(re.compile(r".{40}"))
        page.close()

    def test_an_empty_index_answers(self, page: Page, tmp_path: Path) -> None:
        write_site(tmp_path, index_files((), language="id").items(), language="id")
        opened(page, f"file://{tmp_path}/search.html")
        assert typed(page, "rapat") == 0

    def test_without_scripts_the_page_leads_to_the_lists(self, browser: Browser, site: Path) -> None:
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"file://{site}/search.html")
        assert page.locator("main noscript a, main ul.plain a").count() == 3
        assert not page.locator("#query").is_visible()
        page.close()

    @pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")])
    def test_it_fits_and_axe_finds_nothing(self, page: Page, site: Path, width: int, scheme: str) -> None:
        show(page, width, scheme)
        opened(page, f"file://{site}/search.html#q=rapat&area=3")
        page.evaluate("document.querySelector('details.narrow').open = true")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert violations(page) == []

    def test_printed_it_shows_the_results_and_no_choices(self, page: Page, site: Path) -> None:
        opened(page, f"file://{site}/search.html#q=rapat")
        page.emulate_media(media="print", color_scheme="dark")
        assert not page.locator("details.narrow").is_visible()
        assert page.locator(".results a").first.is_visible()

    def test_less_than_a_megabyte_is_loaded_before_the_first_letter(self, browser: Browser, tmp_path: Path) -> None:
        # Ten words in each text are enough here: what grows with the entries is the start.
        entries = (replace(entry(f"Rapat {n}"), address=f"r/{n}.html", areas=(n % 6 + 1,), kind=KINDS[n % 4],
                           types=(TYPES[n % 8],), year=str(2000 + n % 23), body=f"kata{n} isi") for n in range(35_000))  # fmt: skip
        write_site(tmp_path, index_files(entries, language="id").items(), language="id")
        with served(tmp_path) as address:
            assert loaded(browser, f"{address}/search.html") < 500_000


@in_chromium
def test_findings_and_people_are_found(page: Page, sample_site: Path) -> None:
    opened(page, f"file://{sample_site}/search.html")
    open_findings = [path for path in (SAMPLE / "findings").glob("*.md") if "status: open" in path.read_text("utf-8")]
    assert typed(page, "temuan belum tuntas ") >= len(open_findings) > 0
    assert all("Temuan · belum tuntas" in line for line in page.locator(".results p.small").all_inner_texts()[:4])
    typed(page, "bambang suryantoro ")
    assert page.locator(".results a").first.get_attribute("href") == "people/bambang-suryantoro-739e3764.html"
