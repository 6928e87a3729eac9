"""Addresses within the site, and where a file stands in it."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.model.paths import Reference, href, published_path

segments = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\x00")
    | st.sampled_from("#%?&: +'\"<>\\()[];=@~é\udcff"),
    min_size=1,
    max_size=12,
).filter(lambda name: name not in {".", ".."})
site_paths = st.lists(segments, min_size=1, max_size=5).map("/".join)


@given(site_paths, site_paths)
@settings(max_examples=400, deadline=None)
def test_an_address_leads_back_to_its_target(page: str, target: str) -> None:
    address = href(page, target)
    decoded = unquote(address, errors="surrogateescape")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), decoded)) == posixpath.normpath(target)


@given(site_paths, site_paths)
@settings(max_examples=400, deadline=None)
def test_a_browser_takes_an_address_for_a_path_below_the_site(page: str, target: str) -> None:
    assume(not page.startswith(f"{target}/"))  # what is a folder is no file
    address = href(page, target)
    assert re.fullmatch(r"[\x21-\x7e]+", address)
    assert not set(address) & set('"<>\\^`{|}?# ')
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    folder = quote(posixpath.dirname(page).encode("utf-8", "surrogateescape"))
    resolved = posixpath.normpath(posixpath.join(folder, address))
    assert unquote(resolved, errors="surrogateescape") == target


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "items/A.1.html", "items/A.1.html"),
        ("items/A.1.html", "index.html", "../index.html"),
        ("items/A.1.html", "items/A.2.html", "A.2.html"),
        ("records/a.html", "files/records/1-a/foto #1.jpg", "../files/records/1-a/foto%20%231.jpg"),
        ("index.html", "files/100%.pdf", "files/100%25.pdf"),
        ("index.html", "a?b.html", "a%3Fb.html"),
        ("index.html", "é.html", "%C3%A9.html"),
    ],
)
def test_an_address_is_relative_and_encoded(page: str, target: str, expected: str) -> None:
    assert href(page, target) == expected


def test_an_address_may_point_into_a_page() -> None:
    assert href("index.html", "items/A.html", "bukti 1") == "items/A.html#bukti%201"
    assert href("items/A.html", "items/A.html", "x") == "A.html#x"


def test_a_name_with_a_colon_is_no_scheme() -> None:
    address = href("index.html", "javascript:alert(1).html")
    assert urlsplit(address).scheme == ""
    assert unquote(address) == "./javascript:alert(1).html"


@pytest.mark.parametrize(
    ("reference", "active", "path"),
    [
        (Reference("", "evidence/a.pdf"), False, "files/evidence/a.pdf"),
        (Reference("", "records/1-a/a.svg"), True, "files/records/1-a/a.svg.zip"),
        (Reference("scan", "2023/a.pdf"), False, "files/scan/2023/a.pdf"),
    ],
)
def test_a_file_stands_in_the_site_by_its_path(reference: Reference, active: bool, path: str) -> None:
    assert published_path(reference, active=active) == path
