"""`catat server-config`: what it accepts, and what it writes without a server that reads it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.publishing.server_configuration import FILE_POLICY, PAGE_POLICY, TEMPLATES, Serving, lost_page
from generator.site.theme import CSP
from tests.support import vnu
from tests.support.command import catat

NGINX = ("server-config", "nginx", "--base", "/zi/")


@pytest.mark.parametrize("server", TEMPLATES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_configuration_has_no_gap_and_both_policies(server: str, language: str) -> None:
    done = catat("server-config", server, "--base", "/zi/", "--lang", language)
    assert done.returncode == 0
    assert re.findall(r"__[A-Z]|\{\w+\}\.", done.stdout) == []
    assert PAGE_POLICY in done.stdout
    assert PAGE_POLICY.startswith(CSP)
    assert "default-src 'none'" in FILE_POLICY
    assert ("Perubahan" in done.stdout) is (language == "id" and server != "iis")
    assert bool(done.stderr) is (server == "iis")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("network", [(), ("--network", "10.0.0.0/8", "--network", "192.168.1.7")])
def test_what_is_written_for_iis_is_xml_and_says_that_nobody_tried_it(language: str, network: tuple[str, ...]) -> None:
    done = catat("server-config", "iis", "--base", "/zi/", "--lang", language, *network)
    document = ElementTree.fromstring(done.stdout.encode())
    assert document.tag == "configuration"
    assert [each.get("verb") for each in document.iter("add") if each.get("verb") in {"GET", "HEAD"}] == ["GET", "HEAD"]
    masks = [each.get("subnetMask") for each in document.iter("add") if each.get("subnetMask")]
    assert masks == (["255.0.0.0", "255.255.255.255"] if network else [])
    for said in (done.stdout, done.stderr):
        assert {"id": "dicoba", "en": "tried"}[language] in said.lower()


@pytest.mark.parametrize(
    ("written", "base"), [("zi", "/zi/"), ("/zi", "/zi/"), ("/", "/"), ("", "/"), ("a/b.c_d~1", "/a/b.c_d~1/")]
)
def test_the_address_begins_and_ends_with_a_slash(written: str, base: str) -> None:
    assert f"location ^~ {base} {{" in catat("server-config", "nginx", "--base", written).stdout


@pytest.mark.parametrize(
    "base", ["/a b/", '/a"/', "/a{/", "/a}/", "/a;b/", "/a$b/", "/a'/", "/../", "/.catat/", "/a//b/", "/a\n/", "/é/", "/a%20/", "https://x/", "/__ROOT__ /"]
)  # fmt: skip
def test_an_address_that_a_server_could_read_otherwise_is_refused(base: str) -> None:
    done = catat("server-config", "nginx", "--base", base, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no address on a server" in done.stderr


@pytest.mark.parametrize(
    "root", ["zi", "./zi", "/a/../b", '/a"b', "/a'b", "/a$b", "/a{b", "/a\nb", "/a*b", "/a[b]", "/a\\b", "/a`b", "/a%b", "", "/"]
)  # fmt: skip
def test_a_folder_that_a_server_could_read_otherwise_is_refused(root: str) -> None:
    done = catat(*NGINX, "--root", root, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no whole path" in done.stderr


def test_a_folder_may_have_blanks_and_be_one_of_windows() -> None:
    assert 'alias "/srv/zona integritas/current/";' in catat(*NGINX, "--root", "/srv/zona integritas/current/").stdout
    assert 'alias "D:/situs zi/";' in catat(*NGINX, "--root", "D:\\situs zi").stdout
    assert 'alias "//server/bagian/zi/";' in catat(*NGINX, "--root", "\\\\server\\bagian\\zi").stdout


def test_who_may_read_is_an_example_until_a_network_is_named() -> None:
    assert "    # allow 10.0.0.0/8;" in catat(*NGINX).stdout
    written = catat(*NGINX, "--network", "10.1.2.3/16", "--network", "2001:db8::/32").stdout
    assert "    satisfy any;\n    allow 10.1.0.0/16;\n    allow 2001:db8::/32;\n    deny all;\n" in written
    assert catat(*NGINX, "--network", "kantor").returncode == 2


def test_a_name_stands_in_the_page_and_nowhere_else() -> None:
    name = """B & "C" '; } $host %{x} `é` \\"""
    written = catat(*NGINX, "--site-name", name).stdout
    page = re.search(r'return 404 "(.+)";', written)
    assert page is not None
    assert '"' not in page[1]
    assert not set("$\\{}%`") & set(page[1])
    assert "B &amp; &quot;C&quot; &#x27;; &#125; &#36;host &#37;&#123;x&#125; &#96;&#233;&#96; &#92;" in page[1]
    assert catat(*NGINX, "--site-name", "a\nb").returncode == 2


def test_the_page_for_what_is_not_here_is_valid(tmp_path: Path) -> None:
    jar = vnu.checker()
    if not jar:
        pytest.skip("NOT RUN: there is no W3C checker here")
    serving = Serving(base="/zi/", root="/a", networks=(), name="Portofolio <é>")
    (tmp_path / "lost.html").write_text(lost_page(serving), "ascii")
    assert vnu.errors(jar, [tmp_path / "lost.html"]) == []
